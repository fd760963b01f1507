#include "service/complaints.h"

#include "base/arena.h"
#include "base/buf.h"
#include "domain/rights.h"
#include "service/overview_parts.h"
#include "service/turn_key.h"
#include "store/complaints.h"

bool complaints_open_to(const struct session *who)
{
    return rights_may_read_complaints(&who->actor);
}

/* --- where the list goes on: "0.20784.0.2.<case>" ------------------------- */

static err key_text(struct arena *a, const struct complaint_line *last,
                    str *out)
{
    const struct complaint_row *row = &last->row;
    char of_case[ID_TEXT];
    struct buf b;

    buf_init(&b, a, TURN_KEY_MOST);
    buf_int(&b, row->ended == DAY_NEVER ? 0 : 1);
    buf_char(&b, '.');
    buf_int(&b, complaint_turn(row));
    buf_char(&b, '.');
    buf_int(&b, row->kind);
    buf_char(&b, '.');
    buf_int(&b, row->number);
    buf_char(&b, '.');
    buf_str(&b, id_text(row->of_case, of_case));
    return buf_done(&b, out);
}

/* Zeroed of what is none: from the start. */
static void key_read(str text, struct complaint_key *out)
{
    struct complaint_key key = { 0 };
    bool whole =
        turn_key_cut(&text, &key.done) && turn_key_cut(&text, &key.turn) &&
        turn_key_cut(&text, &key.kind) && turn_key_cut(&text, &key.number) &&
        id_parse(text, &key.of_case);

    *out = whole ? key : (struct complaint_key){ 0 };
}

/* --- the list ------------------------------------------------------------- */

static struct complaint_entry entry_of(const struct complaint_line *line)
{
    const struct complaint_row *row = &line->row;

    return (struct complaint_entry){
        .appeal = row->kind == COMPLAINT_IS_APPEAL,
        .about = row->about,
        .subject = row->subject,
        .case_number = line->case_number,
        .enterprise = line->enterprise_name,
        .number = row->number,
        .recorded = row->recorded,
        .handler = line->handler,
        .others = row->others,
        .ended = row->ended,
        .right = row->outcome == COMPLAINT_FOUND_RIGHT,
    };
}

static err list_entries(const struct looking *l, const struct list *rows,
                        struct overview *out)
{
    const struct complaint_line *line = rows->p;
    size_t n = looking_shown(rows);
    struct complaint_entry *entries = arena_array(l->a, n, sizeof *entries);
    size_t found = 0;

    TRY_MEMORY(entries);
    for (size_t i = 0; i < n; i++) {
        if (looking_may_read(l, line[i].enterprise))
            entries[found++] = entry_of(&line[i]);
    }
    out->found = (struct list){ entries, found };
    return n < rows->n ? key_text(l->a, &line[n - 1], &out->next) : OK;
}

static int32_t done_of(enum complaints_which which)
{
    static const int32_t done[] = {
        [COMPLAINTS_ALL] = -1,
        [COMPLAINTS_OPEN] = 0,
        [COMPLAINTS_ENDED] = 1,
    };

    return done[which];
}

err complaints_list(struct app *app, struct arena *a, const struct session *who,
                    const struct complaints_wish *wish, struct overview *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct looking l = { .app = app, .a = a, .who = who };
    struct complaint_page page = { .done = done_of(wish->which),
                                   .limit = OVERVIEW_PAGE + 1 };
    struct list rows;

    *out = (struct overview){ .next = S("") };
    if (!complaints_open_to(who))
        return OK;
    key_read(wish->after, &page.after);
    TRY(app_read(app, a, &tx));
    l.tx = tx;
    TRY(complaint_list(tx, a, &page, &rows));
    return list_entries(&l, &rows, out);
}

err complaints_count(struct app *app, struct arena *a,
                     const struct session *who, int64_t *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    *out = 0;
    if (!complaints_open_to(who))
        return OK;
    TRY(app_read(app, a, &tx));
    return complaint_count_open(tx, out);
}
