#include "service/changes.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "codec/idcode.h"
#include "codec/json.h"
#include "service/lookup_parts.h"
#include "store/certificates.h"
#include "store/imported.h"
#include "store/log.h"
#include "store/rows.h"
#include "verify/instant.h"

#include <stdlib.h>

enum {
    PART = 200,          /* entries that are read at once */
    LOOKED_MOST = 20000, /* entries that one question goes through */
};

#define SUBJECT "certificate/"
#define IMPORT  "import/"

const char *const register_act_names[] = {
    [ACT_ISSUED] = "issued",
    [ACT_REISSUED] = "reissued",
    [ACT_REDUCED] = "reduced",
    [ACT_SUSPENDED] = "suspended",
    [ACT_RESTORED] = "restored",
    [ACT_WITHDRAWN] = "withdrawn",
    [ACT_CANCELLED] = "cancelled",
    [ACT_EXPIRED] = "expired",
    [REGISTER_SUB_ISSUED] = "sub_issued",
    [REGISTER_SUB_ENDED] = "sub_ended",
    [REGISTER_IMPORTED] = "imported",
    [REGISTER_ACTS] = NULL,
};

/* --- one entry [CG1] ------------------------------------------------------ */

/* REGISTER_ACTS: none [CG3]. */
static int32_t act_of(str type)
{
    const str prefix = S("certificate.");
    str name = str_from(type, prefix.n);
    int32_t act = 0;

    if (!str_begins(type, prefix))
        return REGISTER_ACTS;
    while (act < REGISTER_IMPORTED &&
           !str_eq(name, str_of(register_act_names[act])))
        act++;
    return act < REGISTER_IMPORTED ? act : REGISTER_ACTS;
}

static err bad_entry(struct arena *a, const struct log_entry_row *e)
{
    return err_new(a, ERR_CORRUPT, "tlog.entry", ARG_INT("index", e->index));
}

static err keep_moment(struct arena *a, int64_t at, str *out)
{
    char text[INSTANT_TEXT];

    TRY_MEMORY(arena_str(a, instant_text(at, text), out));
    return OK;
}

/* It ran out by itself the day after its last, whenever that was entered. */
static void take_holder(struct register_change *c,
                        const struct certificate_row *row)
{
    c->holder = row->holder;
    c->uscc = row->uscc;
    if (c->act == ACT_EXPIRED)
        c->on = row->valid_until + 1;
}

static err find_holder(struct tx *tx, struct arena *a,
                       struct register_change *c)
{
    struct certificate_row row;
    err e = certificate_get(tx, a, c->main.n > 0 ? c->main : c->number, &row);

    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    take_holder(c, &row);
    return OK;
}

static err parse_leaf(struct arena *a, const struct log_entry_row *e,
                      struct json **out)
{
    err bad = json_parse(a, e->leaf, out);

    if (!failed(bad) || err_is(bad, ERR_MEMORY))
        return bad;
    return bad_entry(a, e);
}

/* A member; -1: it is not there, or no number. */
static int64_t int_of(const struct json *object, str key)
{
    const struct json *j = json_get(object, key);

    return j != NULL && j->kind == JSON_INT ? j->number : -1;
}

/* Of a leaf that is about rows of a file; one that brought none is none. */
static err read_import(struct arena *a, const struct log_entry_row *e,
                       struct register_change *c)
{
    struct json *leaf = NULL;
    const struct json *shown;

    TRY(parse_leaf(a, e, &leaf));
    if (!str_eq(json_get_str(leaf, S("type")), S("import.chunk")))
        return OK;
    shown = json_get(leaf, S("public"));
    *c = (struct register_change){
        .index = e->index,
        .act = REGISTER_ACTS,
        .until = DAY_NEVER,
        .first = int_of(shown, S("first")),
        .last = int_of(shown, S("last")),
    };
    c->count = c->last - c->first + 1;
    if (c->first < 1 || c->count < 0 ||
        !day_parse(json_get_str(leaf, S("on")), &c->on))
        return bad_entry(a, e);
    c->act = c->count > 0 ? REGISTER_IMPORTED : REGISTER_ACTS;
    return keep_moment(a, e->at, &c->at);
}

/* Of a leaf that is about a certificate. */
static err read_leaf(struct arena *a, const struct log_entry_row *e,
                     struct register_change *c)
{
    struct json *leaf = NULL;
    const struct json *shown;

    TRY(parse_leaf(a, e, &leaf));
    *c = (struct register_change){ .index = e->index, .until = DAY_NEVER };
    c->act = act_of(json_get_str(leaf, S("type")));
    if (c->act == REGISTER_ACTS)
        return OK;
    shown = json_get(leaf, S("public"));
    c->number = json_get_str(shown, S("number"));
    c->main = json_get_str(shown, S("main"));
    if (c->number.n == 0 || !day_parse(json_get_str(leaf, S("on")), &c->on))
        return bad_entry(a, e);
    if (c->act == ACT_SUSPENDED)
        (void)day_parse(json_get_str(shown, S("until")), &c->until);
    return keep_moment(a, e->at, &c->at);
}

err changes_of_entry(struct tx *tx, struct arena *a,
                     const struct log_entry_row *e, struct register_change *out,
                     bool *is)
{
    struct register_change c = { .act = REGISTER_ACTS };

    if (str_begins(e->subject, S(SUBJECT)))
        TRY(read_leaf(a, e, &c));
    else if (str_begins(e->subject, S(IMPORT)))
        TRY(read_import(a, e, &c));
    if (c.number.n > 0 && c.act != REGISTER_ACTS)
        TRY(find_holder(tx, a, &c));
    *is = c.act != REGISTER_ACTS;
    if (*is)
        *out = c;
    return OK;
}

/* --- a walk through the log ----------------------------------------------- */

/* Through the entries of one subject, or all. */
struct walk {
    struct arena *keep; /* what was found lives there */
    const struct changes_asked *asked;
    str subject;      /* empty: all */
    struct list rows; /* of struct imported_row: an import is told as far as it
                         brought these; none: as it is */
    int64_t size;
    int64_t at;     /* the next index, or the one after it */
    size_t found_n; /* by this walk */
    size_t looked;
    bool over; /* there is no other entry */
    struct list *found;
    size_t *room;
};

static bool copy_texts(struct arena *a, struct register_change *c)
{
    return arena_str(a, c->at, &c->at) && arena_str(a, c->number, &c->number) &&
           arena_str(a, c->main, &c->main) &&
           arena_str(a, c->holder, &c->holder) &&
           arena_str(a, c->uscc, &c->uscc);
}

static err add(struct walk *w, struct register_change *c)
{
    TRY_MEMORY(copy_texts(w->keep, c) &&
               rows_grow(w->keep, w->found, sizeof *c, w->room));
    ((struct register_change *)w->found->p)[w->found->n++] = *c;
    w->found_n++;
    return OK;
}

/* Of an import, those of the rows that are asked about. [CG5] */
static bool is_about(const struct walk *w, struct register_change *c)
{
    const struct imported_row *rows = w->rows.p;

    if (w->rows.n == 0)
        return true;
    c->count = 0;
    for (size_t i = 0; i < w->rows.n; i++) {
        if (rows[i].row < c->first || rows[i].row > c->last)
            continue;
        c->number = c->count++ == 0 ? rows[i].number : S("");
        c->holder = rows[i].holder;
        c->uscc = rows[i].uscc;
    }
    return c->count > 0;
}

static err list_entries(struct tx *tx, struct arena *a, const struct walk *w,
                        struct list *out)
{
    bool all = w->subject.n == 0;

    if (w->asked->back)
        return all ? log_entry_list_back(tx, a, w->at, PART, out)
                   : log_entry_list_back_of_subject(tx, a, w->subject, w->at,
                                                    PART, out);
    return all ? log_entry_list(tx, a, w->at, PART, out)
               : log_entry_list_of_subject(tx, a, w->subject, w->at, PART, out);
}

static err look(struct tx *tx, struct arena *a, void *context)
{
    struct walk *w = context;
    struct list rows;

    TRY(list_entries(tx, a, w, &rows));
    w->over = rows.n < PART;
    w->looked += rows.n;
    for (size_t i = 0; i < rows.n && w->found_n < w->asked->most; i++) {
        const struct log_entry_row *e =
            (const struct log_entry_row *)rows.p + i;
        struct register_change c;
        bool is;

        if (e->index >= w->size) { /* [CG2] */
            w->over = true;
            break;
        }
        TRY(changes_of_entry(tx, a, e, &c, &is));
        if (is && is_about(w, &c))
            TRY(add(w, &c));
        w->at = w->asked->back ? e->index : e->index + 1;
    }
    return OK;
}

static err go(struct tx *tx, struct walk *w)
{
    w->at = w->asked->at;
    if (w->asked->back && w->at > w->size)
        w->at = w->size;
    while (!w->over && w->found_n < w->asked->most &&
           (w->subject.n > 0 || w->looked < LOOKED_MOST))
        TRY(tx_apart(tx, look, w));
    return OK;
}

/* --- whose ---------------------------------------------------------------- */

/* Entries of one subject. */
static err go_of(struct tx *tx, struct walk *w, const char *folder, str name)
{
    struct buf b;

    buf_init(&b, w->keep, sizeof SUBJECT + name.n);
    buf_str(&b, str_of(folder));
    buf_str(&b, name);
    TRY(buf_done(&b, &w->subject));
    w->found_n = 0;
    w->looked = 0;
    w->over = false;
    return go(tx, w);
}

static err go_of_file(struct tx *tx, struct walk *w, const struct hash *file)
{
    struct buf b;
    str name;

    buf_init(&b, w->keep, 2 * sizeof file->b);
    buf_hex(&b, file->b, sizeof file->b);
    TRY(buf_done(&b, &name));
    return go_of(tx, w, IMPORT, name);
}

static bool is_among(const struct hash *all, size_t n, const struct hash *file)
{
    while (n > 0 && !hash_eq(&all[n - 1], file))
        n--;
    return n > 0;
}

/* Each file that brought some of w->rows, once. */
static err go_of_files(struct tx *tx, struct walk *w)
{
    const struct imported_row *rows = w->rows.p;
    struct hash *files = arena_array(w->keep, w->rows.n, sizeof *files);
    size_t n = 0;

    TRY_MEMORY(files);
    for (size_t i = 0; i < w->rows.n; i++) {
        struct imported_chunk chunk = { .part = 0 };
        bool found;

        TRY(imported_chunk_with(tx, rows[i].row, &chunk, &found));
        if (!found || is_among(files, n, &chunk.file))
            continue;
        files[n++] = chunk.file;
        TRY(go_of_file(tx, w, &chunk.file));
    }
    return OK;
}

static err go_of_number(struct tx *tx, struct walk *w)
{
    struct imported_row *row = arena_zero(w->keep, sizeof *row);
    str number;
    err e;

    TRY_MEMORY(row);
    TRY(lookup_main(tx, w->keep, w->asked->number, &number));
    e = imported_get(tx, w->keep, number, row);
    if (err_is(e, ERR_NOT_FOUND))
        return go_of(tx, w, SUBJECT, number);
    TRY(e);
    w->rows = (struct list){ row, 1 };
    return go_of_files(tx, w);
}

static err go_of_holder(struct tx *tx, struct walk *w)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct idcode code;
    struct list rows;

    idcode_check(w->asked->uscc, &code);
    if (code.kind != IDCODE_USCC || !idcode_may_be(&code))
        return err_new(w->keep, ERR_INVALID, "changes.uscc",
                       ARG_STR("uscc", w->asked->uscc));
    do {
        TRY(certificate_list_of_uscc(tx, w->keep, str_of(code.text), &page,
                                     &rows));
        const struct certificate_row *r = rows.p;
        for (size_t i = 0; i < rows.n; i++)
            TRY(go_of(tx, w, SUBJECT, r[i].number));
        if (rows.n > 0)
            page.after = r[rows.n - 1].number;
    } while (rows.n == STORE_PAGE_MAX);
    TRY(imported_of(tx, w->keep, str_of(code.text), &w->rows));
    TRY(go_of_files(tx, w));
    w->over = true;
    return OK;
}

static int by_index(const void *a, const void *b)
{
    int64_t x = ((const struct register_change *)a)->index;
    int64_t y = ((const struct register_change *)b)->index;

    return (x > y) - (x < y);
}

static int by_index_back(const void *a, const void *b)
{
    return by_index(b, a);
}

/* Where it goes on: every walk went to its end, or found as many as asked. */
static void set_next(const struct walk *w, struct changes *out)
{
    const struct changes_asked *k = w->asked;
    const struct register_change *c = out->list.p;
    size_t n = out->list.n;

    if (n > 1)
        qsort(out->list.p, n, sizeof *c, k->back ? by_index_back : by_index);
    out->list.n = n > k->most ? k->most : n;
    if (n >= k->most)
        out->next = c[k->most - 1].index + (k->back ? 0 : 1);
    else if (!w->over)
        out->next = w->at;
    else
        out->next = k->back ? 0 : k->at > w->size ? k->at : w->size;
    out->more = k->back ? out->next > 0 : out->next < w->size;
}

static err set_began(struct tx *tx, struct arena *a, struct changes *out)
{
    struct list first;

    TRY(log_entry_list(tx, a, 0, 1, &first));
    return keep_moment(a,
                       first.n == 0
                           ? 0
                           : ((const struct log_entry_row *)first.p)->at,
                       &out->began);
}

err changes_list(struct app *app, struct arena *a,
                 const struct changes_asked *asked, struct changes *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct changes made = { 0 };
    struct checkpoint newest;
    size_t room = 0;
    struct walk w = {
        .keep = a, .asked = asked, .found = &made.list, .room = &room
    };

    check(asked->most >= 1 && asked->most <= CHANGES_MOST);
    TRY(app_read(app, a, &tx));
    TRY(tlog_newest(tx, a, &newest));
    made.size = w.size = newest.size;
    if (asked->number.n > 0)
        TRY(go_of_number(tx, &w));
    else if (asked->uscc.n > 0)
        TRY(go_of_holder(tx, &w));
    else
        TRY(go(tx, &w));
    TRY(set_began(tx, a, &made));
    set_next(&w, &made);
    *out = made;
    return OK;
}
