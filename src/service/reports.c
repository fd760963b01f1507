#include "service/reports.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "codec/utf8.h"
#include "crypto/hash.h"
#include "crypto/secret.h"
#include "domain/keys.h"
#include "domain/rights.h"
#include "service/case_parts.h"
#include "service/overview_parts.h"
#include "service/turn_key.h"
#include "service/typed.h"
#include "store/counters.h"
#include "store/reports.h"
#include "sys/entropy.h"

#include <assert.h>
#include <stdio.h>

enum { BOX_MOST = 4000, NUMBER_MOST = 40 };

static_assert(REPORTED_KIND_LAST == (int)REPORT_KINDS - 1);
static_assert(REPORTED_TAKEN == (int)REPORT_IS_TAKEN);

const char *const report_kind_names[REPORT_KINDS + 1] = {
    [REPORT_AFTER_END] = "after_end", [REPORT_OUTSIDE_SCOPE] = "outside_scope",
    [REPORT_ALTERED] = "altered",     [REPORT_OF_ANOTHER] = "of_another",
    [REPORT_OTHER] = "other",         NULL,
};

/* --- what somebody says --------------------------------------------------- */

static err check_text(struct arena *a, str text, int64_t least, int64_t most,
                      const char *missing)
{
    size_t n = 0;

    if (!utf8_is_text(text) || !utf8_check(text, &n))
        return err_new(a, ERR_INVALID, "reports.no_text");
    if ((int64_t)n < least)
        return err_new(a, ERR_INVALID, missing);
    if ((int64_t)n > most)
        return err_new(a, ERR_INVALID, "reports.too_long",
                       ARG_INT("most", most), ARG_INT("found", (int64_t)n));
    return OK;
}

static err check_kind(struct arena *a, int32_t kind)
{
    if (kind >= 0 && kind < REPORT_KINDS)
        return OK;
    return err_new(a, ERR_INVALID, "reports.no_kind");
}

static err check_seen(struct arena *a, const struct report_wish *w, day today)
{
    if (w->seen_wrong)
        return err_new(a, ERR_INVALID, "reports.no_day");
    if (w->seen != DAY_NEVER && w->seen > today)
        return err_new(a, ERR_INVALID, "reports.not_yet",
                       ARG_DAY("today", today));
    return OK;
}

void reports_check(struct arena *a, const struct report_wish *w, day today,
                   struct report_problems *out)
{
    *out =
        (struct report_problems){ .of = {
                                      [REPORT_KIND] = check_kind(a, w->kind),
                                      [REPORT_CERTIFICATE] =
                                          check_text(a, w->certificate, 0,
                                                     REPORT_CERTIFICATE_MOST,
                                                     ""),
                                      [REPORT_PLACE] =
                                          check_text(a, w->place, 1,
                                                     REPORT_PLACE_MOST,
                                                     "reports.no_place"),
                                      [REPORT_SEEN] = check_seen(a, w, today),
                                      [REPORT_WORDS] =
                                          check_text(a, w->words, 1,
                                                     REPORT_WORDS_MOST,
                                                     "reports.no_words"),
                                      [REPORT_NAME] =
                                          check_text(a, w->name, 0,
                                                     REPORT_NAME_MOST, ""),
                                      [REPORT_CONTACT] =
                                          check_text(a, w->contact, 0,
                                                     REPORT_CONTACT_MOST, ""),
                                  } };
    for (size_t i = 0; i < REPORT_FIELDS; i++)
        out->n += failed(out->of[i]);
}

/* --- the box of who reported it [RO1] ------------------------------------- */

static void box_key(const struct app *app, uint8_t out[static SECRET_KEY_BYTES])
{
    static const char purpose[] = "tenstar reports";
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, purpose, sizeof purpose);
    sha256_add(&h, app_salt_key(app), SALT_KEY_BYTES);
    sha256_end(&h, out);
}

static err seal(const struct app *app, struct arena *a, str number, str text,
                str *out)
{
    uint8_t nonce[SECRET_NONCE_BYTES];
    uint8_t key[SECRET_KEY_BYTES];

    TRY(entropy_fill(app_world_of(app)->entropy, nonce, sizeof nonce));
    box_key(app, key);
    err e = secret_seal(a, key, nonce, number, text, out);
    explicit_bzero(key, sizeof key);
    return e;
}

static err seal_reporter(const struct app *app, struct arena *a,
                         const struct report_wish *w, str number, str *out)
{
    struct json *j = json_new_object(a);
    str text;

    *out = S("");
    if (w->name.n + w->contact.n == 0)
        return OK;
    json_set(j, S("name"), json_new_str(a, w->name));
    json_set(j, S("contact"), json_new_str(a, w->contact));
    TRY_MEMORY(j != NULL && !j->broken);
    TRY(json_text(a, j, BOX_MOST, &text));
    return seal(app, a, number, text, out);
}

static str text_in(const struct json *j, str name)
{
    const struct json *x = json_get(j, name);

    return x != NULL && x->kind == JSON_STR ? x->text : S("");
}

static err open_reporter(const struct app *app, struct arena *a,
                         const struct reported_row *row,
                         struct report_file *out)
{
    uint8_t key[SECRET_KEY_BYTES];
    struct json *j = NULL;
    str text;

    if (row->reporter.n == 0)
        return OK;
    box_key(app, key);
    err e = secret_open(a, key, row->number, row->reporter, &text);
    explicit_bzero(key, sizeof key);
    TRY(e);
    TRY(json_parse(a, text, &j));
    out->name = text_in(j, S("name"));
    out->contact = text_in(j, S("contact"));
    return OK;
}

/* --- filing --------------------------------------------------------------- */

struct filing_report {
    struct app *app;
    const struct report_wish *wish;
    struct arena *arena; /* of who asks */
    day today;
    str number;
};

/* "R2026-0001", the next of the year. */
static err next_number(struct tx *tx, struct filing_report *f)
{
    char name[NUMBER_MOST];
    char number[NUMBER_MOST];
    int32_t year = date_of_day(f->today).year;
    int64_t n;

    (void)snprintf(name, sizeof name, "report/%d", year);
    TRY(counter_next(tx, str_of(name), &n));
    (void)snprintf(number, sizeof number, "R%d-%04lld", year, (long long)n);
    TRY_MEMORY(arena_str(f->arena, str_of(number), &f->number));
    return OK;
}

static err file_in_tx(struct tx *tx, void *context)
{
    struct filing_report *f = context;
    const struct report_wish *w = f->wish;
    struct reported_row row = {
        .kind = w->kind,
        .place = w->place,
        .seen = w->seen,
        .words = w->words,
        .filed = f->today,
    };

    TRY(next_number(tx, f));
    row.number = f->number;
    TRY(typed_number(tx_arena(tx), w->certificate, &row.certificate));
    TRY(seal_reporter(f->app, tx_arena(tx), w, f->number, &row.reporter));
    return reported_put(tx, &row);
}

err reports_file(struct app *app, struct arena *a,
                 const struct report_wish *wish, day today, str *number)
{
    struct filing_report f = {
        .app = app, .wish = wish, .arena = a, .today = today
    };
    struct report_problems problems;

    reports_check(a, wish, today, &problems);
    for (size_t i = 0; i < REPORT_FIELDS; i++)
        TRY(problems.of[i]);
    TRY(app_write_case(app, a, file_in_tx, &f));
    *number = f.number;
    return OK;
}

static bool are_digits(str text, size_t least, size_t most)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    }
    return text.n >= least && text.n <= most;
}

bool reports_is_number(str text)
{
    str year = str_cut(&text, '-');

    return str_begins(year, S("R")) && are_digits(str_from(year, 1), 4, 4) &&
           are_digits(text, 4, 9);
}

/* --- reading -------------------------------------------------------------- */

bool reports_open_to(const struct session *who)
{
    return rights_may_read_reports(&who->actor);
}

bool reports_settled_by(const struct session *who)
{
    return rights_may_settle_reports(&who->actor);
}

/* [RO3] */
static bool may_read(const struct looking *l, const struct reported_row *row)
{
    return reports_open_to(l->who) && looking_may_read(l, row->enterprise);
}

static struct report_line line_of(const struct reported_row *row)
{
    return (struct report_line){
        .number = row->number,
        .kind = (enum report_kind)row->kind,
        .certificate = row->certificate,
        .holder = row->holder,
        .place = row->place,
        .seen = row->seen,
        .filed = row->filed,
        .state = (enum report_state)row->standing,
        .ended = row->ended,
        .case_number = row->case_number,
    };
}

/* "20784.R2026-0001" */
static err key_text(struct arena *a, const struct reported_row *last, str *out)
{
    struct buf b;

    buf_init(&b, a, TURN_KEY_MOST);
    buf_int(&b, reported_turn(last));
    buf_char(&b, '.');
    buf_str(&b, last->number);
    return buf_done(&b, out);
}

static void key_read(str text, struct reported_key *out)
{
    struct reported_key key = { .number = S("") };
    bool whole = turn_key_cut(&text, &key.turn) && reports_is_number(text);

    key.number = text;
    *out = whole ? key : (struct reported_key){ .number = S("") };
}

static err list_lines(const struct looking *l, const struct list *rows,
                      struct overview *out)
{
    const struct reported_row *row = rows->p;
    size_t n = looking_shown(rows);
    struct report_line *lines = arena_array(l->a, n, sizeof *lines);
    size_t found = 0;

    TRY_MEMORY(lines);
    for (size_t i = 0; i < n; i++) {
        if (may_read(l, &row[i]))
            lines[found++] = line_of(&row[i]);
    }
    out->found = (struct list){ lines, found };
    return n < rows->n ? key_text(l->a, &row[n - 1], &out->next) : OK;
}

err reports_list(struct app *app, struct arena *a, const struct session *who,
                 const struct reports_wish *wish, struct overview *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct looking l = { .app = app, .a = a, .who = who };
    struct reported_page page = { .done = wish->ended,
                                  .limit = OVERVIEW_PAGE + 1 };
    struct list rows;

    *out = (struct overview){ .next = S("") };
    if (!reports_open_to(who))
        return OK;
    key_read(wish->after, &page.after);
    TRY(app_read(app, a, &tx));
    l.tx = tx;
    TRY(reported_list(tx, a, &page, &rows));
    return list_lines(&l, &rows, out);
}

err reports_count(struct app *app, struct arena *a, const struct session *who,
                  int64_t *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    *out = 0;
    if (!reports_open_to(who))
        return OK;
    TRY(app_read(app, a, &tx));
    return reported_count_open(tx, out);
}

/* In the same words whether there is none or one may not read it. */
static err find(const struct looking *l, str number, struct reported_row *out)
{
    err missing = err_new(l->a, ERR_NOT_FOUND, "reports.none",
                          ARG_STR("number", str_first(number, NUMBER_MOST)));

    if (!reports_open_to(l->who) || !reports_is_number(number))
        return missing;
    err e = reported_get(l->tx, l->a, number, out);
    if (err_is(e, ERR_NOT_FOUND))
        return missing;
    TRY(e);
    return may_read(l, out) ? OK : missing;
}

err reports_one(struct app *app, struct arena *a, const struct session *who,
                str number, struct report_file *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct looking l = { .app = app, .a = a, .who = who };
    struct reported_row row = { .number = S("") };
    struct report_file file;

    TRY(app_read(app, a, &tx));
    l.tx = tx;
    TRY(find(&l, number, &row));
    file = (struct report_file){
        .line = line_of(&row),
        .words = row.words,
        .ended_by = row.ended_name,
        .why = row.why,
        .of_case = row.of_case,
    };
    TRY(open_reporter(app, a, &row, &file));
    *out = file;
    return OK;
}

/* --- what becomes of it [RO2] --------------------------------------------- */

struct ending_report {
    struct app *app;
    const struct report_ending *end;
    enum reported_standing standing;
};

/* A case they may read, by the number it is known by. */
static err find_case(struct tx *tx, const struct ending_report *x, str *out)
{
    struct stream_row stream;
    struct case_file file;

    TRY(case_stream(tx, x->end->case_ref, &stream));
    TRY(case_for(x->app, tx, &x->end->who->actor, x->end->case_ref, &stream,
                 &file));
    *out = file.number;
    return OK;
}

static err end_in(struct tx *tx, const struct ending_report *x)
{
    const struct report_ending *end = x->end;
    struct arena *a = tx_arena(tx);
    struct looking l = { .app = x->app, .tx = tx, .a = a, .who = end->who };
    struct reported_row row = { .number = S("") };

    TRY(find(&l, end->number, &row));
    if (!reports_settled_by(end->who))
        return err_new(a, ERR_DENIED, "reports.not_yours");
    if (row.standing != REPORTED_OPEN)
        return err_new(a, ERR_REFUSED, "reports.ended",
                       ARG_STR("number", row.number));
    row.standing = x->standing;
    row.ended = end->today;
    row.ended_by = end->who->actor.person;
    row.why = S("");
    row.case_number = S("");
    if (x->standing == REPORTED_TAKEN)
        TRY(find_case(tx, x, &row.case_number));
    else
        row.why = end->why;
    return reported_end(tx, &row);
}

static err end_in_tx(struct tx *tx, void *context)
{
    return end_in(tx, context);
}

err reports_take_in(struct tx *tx, struct app *app,
                    const struct report_ending *end)
{
    const struct ending_report x = { app, end, REPORTED_TAKEN };
    err e = end_in(tx, &x);

    return err_is(e, ERR_REFUSED) || err_is(e, ERR_NOT_FOUND) ||
                   err_is(e, ERR_DENIED)
               ? OK
               : e;
}

err reports_close(struct app *app, struct arena *a,
                  const struct report_ending *end)
{
    struct ending_report x = { app, end, REPORTED_CLOSED };
    size_t n = 0;

    if (!utf8_is_text(end->why) || !utf8_check(end->why, &n) || n == 0 ||
        n > REPORT_WORDS_MOST)
        return err_new(a, ERR_INVALID, "reports.why",
                       ARG_INT("most", REPORT_WORDS_MOST));
    return app_write_case(app, a, end_in_tx, &x);
}

err reports_take(struct app *app, struct arena *a,
                 const struct report_ending *end)
{
    struct ending_report x = { app, end, REPORTED_TAKEN };

    return app_write_case(app, a, end_in_tx, &x);
}
