#include "service/lookup.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/utf8.h"
#include "domain/number.h"
#include "domain/standing.h"
#include "service/project.h"
#include "service/stream.h"
#include "store/certificates.h"
#include "store/journal.h"
#include "store/schemes.h"
#include "text/text.h"

enum { WORDING_MAX = 1 << 16, SCHEMES_MOST = 100, EXAMPLE_STAFF = 100 };

enum { SHOWN = 60 }; /* characters of what was typed */

const char *const public_act_names[] = {
    [ACT_ISSUED] = "issued",
    [ACT_REISSUED] = "reissued",
    [ACT_REDUCED] = "reduced",
    [ACT_SUSPENDED] = "suspended",
    [ACT_RESTORED] = "restored",
    [ACT_WITHDRAWN] = "withdrawn",
    [ACT_CANCELLED] = "cancelled",
    [ACT_EXPIRED] = "expired",
    NULL,
};

/* --- the row ---------------------------------------------------------- */

/* [SD3] of domain/standing.h, from the row. */
static void set_status(struct public_certificate *c,
                       const struct certificate_row *row, day today)
{
    c->status = (enum certificate_status)row->status;
    c->status_since = row->status_since;
    c->suspended_until = row->suspended_until;
    if (!status_is_final(c->status) && today > row->valid_until) {
        c->status = CERTIFICATE_EXPIRED;
        c->status_since = row->valid_until + 1;
        c->suspended_until = DAY_NEVER;
    }
}

static void take_row(struct public_certificate *c,
                     const struct certificate_row *row, day today)
{
    *c = (struct public_certificate){
        .number = row->number,
        .holder = row->holder,
        .uscc = row->uscc,
        .scheme = row->scheme_id,
        .criterion = row->criterion,
        .level = row->level_id,
        .stars = row->stars,
        .scope = row->scope_zh,
        .scope_en = row->scope_en,
        .issued = row->issued,
        .from = row->valid_from,
        .until = row->valid_until,
        .first_issued = row->first_issued,
        .log_index = row->log_index,
    };
    set_status(c, row, today);
}

/* Does the level rest on points nobody has published? [SC5] */
static bool is_assumed(const struct scheme *s)
{
    for (size_t i = 0; i < s->indicator_count; i++) {
        if (s->indicators[i].assumed)
            return true;
    }
    return false;
}

/* The package's wording with {level} and {criterion} filled in. */
static err fill(struct arena *a, enum lang l, str wording,
                const struct public_certificate *c, str *out)
{
    const struct err_arg blanks[] = {
        ARG_LABEL("level", c->level_label),
        ARG_STR("criterion", c->criterion),
        { 0 },
    };
    struct buf b;

    buf_init(&b, a, WORDING_MAX);
    text_fill(&b, l, wording, blanks);
    return buf_done(&b, out);
}

static err take_scheme(struct arena *a, const struct scheme *s,
                       struct public_certificate *c)
{
    int32_t level = scheme_level(s, c->level);
    const struct certificate_rule *rule = &s->certificate;

    c->scheme_name = s->name;
    c->criterion_title = s->criterion_title;
    c->title = rule->title;
    c->scheme_hash = s->hash;
    c->assumed = is_assumed(s);
    if (level >= 0)
        c->level_label = s->levels[level].label;
    TRY(fill(a, LANG_ZH, rule->statement.zh, c, &c->statement.zh));
    return fill(a, LANG_EN, rule->statement.en, c, &c->statement.en);
}

/* By the package it was issued under (app.h [AP2]); one without a case here is
 * shown by the newest package of that name. */
static err complete(struct app *app, struct tx *tx,
                    const struct certificate_row *row, day today,
                    struct public_certificate *out)
{
    const struct scheme *scheme;

    take_row(out, row, today);
    if (id_is_zero(row->of_case))
        TRY(app_scheme_named(app, tx, row->scheme_id, &scheme));
    else
        TRY(app_scheme(app, tx, &row->scheme_hash, &scheme));
    return take_scheme(tx_arena(tx), scheme, out);
}

static char upper(char c)
{
    if (c >= 'a' && c <= 'z')
        return (char)(c - 'a' + 'A');
    return c;
}

/* Without blanks, in capitals: as numbers are printed. */
static err normal_number(struct arena *a, str number, str *out)
{
    char *made = arena_zero(a, number.n + 1);
    size_t n = 0;

    TRY_MEMORY(made);
    for (size_t i = 0; i < number.n; i++) {
        char c = number.p[i];

        if (c == ' ' || c == '\t')
            continue;
        made[n++] = upper(c);
    }
    *out = (str){ made, n };
    return OK;
}

/* As much of what was typed as a message can show. */
static str shown(str typed)
{
    size_t at = 0;
    uint32_t c;

    for (int n = 0; n < SHOWN && at < typed.n && typed.p[at] != '\0'; n++) {
        if (!utf8_next(typed, &at, &c))
            break;
    }
    return str_first(typed, at);
}

static err no_such(struct arena *a, str number)
{
    return err_new(a, ERR_NOT_FOUND, "lookup.number",
                   ARG_STR("number", shown(number)));
}

static err find_row(struct tx *tx, struct arena *a, str number,
                    struct certificate_row *out)
{
    str normal;

    if (!utf8_is_text(number)) /* nothing in the register is called so */
        return no_such(a, number);
    TRY(normal_number(a, number, &normal));
    err e = certificate_get(tx, a, normal, out);
    if (err_is(e, ERR_NOT_FOUND))
        return no_such(a, number);
    return e;
}

/* --- its history ------------------------------------------------------ */

/* ACT_COUNT for an event that is none of the public's acts. */
static enum public_act act_of(const struct event *e)
{
    str name = str_of(e->kind->name);
    str prefix = S("certificate.");

    for (int i = 0; i < ACT_COUNT; i++) {
        if (str_begins(name, prefix) &&
            str_eq(str_from(name, prefix.n), str_of(public_act_names[i])))
            return (enum public_act)i;
    }
    return ACT_COUNT;
}

/* Expiry is shown on its day also before the program has entered it. */
static void end_history(struct public_certificate *c,
                        struct public_change *changes)
{
    size_t n = c->history.n;

    if (c->status == CERTIFICATE_EXPIRED &&
        (n == 0 || changes[n - 1].act != ACT_EXPIRED))
        changes[c->history.n++] =
            (struct public_change){ c->status_since, ACT_EXPIRED };
}

/* The act that brings a certificate to where it stands; ACT_COUNT: none. */
static enum public_act act_to(enum certificate_status status)
{
    static const enum public_act acts[] = {
        [CERTIFICATE_VALID] = ACT_COUNT,
        [CERTIFICATE_SUSPENDED] = ACT_SUSPENDED,
        [CERTIFICATE_WITHDRAWN] = ACT_WITHDRAWN,
        [CERTIFICATE_CANCELLED] = ACT_CANCELLED,
        [CERTIFICATE_EXPIRED] = ACT_COUNT,
    };

    return acts[status];
}

/* What the row alone says of one whose acts are not in the journal: brought
 * from another program, or entered before there was one. */
static err take_known(struct arena *a, const struct certificate_row *row,
                      struct public_certificate *c)
{
    enum public_act act = act_to((enum certificate_status)row->status);
    struct public_change *changes = arena_array(a, 3, sizeof *changes);

    TRY_MEMORY(changes);
    c->history = (struct list){ changes, 0 };
    changes[c->history.n++] = (struct public_change){ row->issued, ACT_ISSUED };
    if (act != ACT_COUNT)
        changes[c->history.n++] =
            (struct public_change){ row->status_since, act };
    end_history(c, changes);
    return OK;
}

static err take_history(struct arena *a, const struct event_list *events,
                        struct public_certificate *c)
{
    struct public_change *changes =
        arena_array(a, events->n + 1, sizeof *changes);

    TRY_MEMORY(changes);
    c->history = (struct list){ changes, 0 };
    for (const struct event *e = events->first; e != NULL; e = e->next) {
        enum public_act act = act_of(e);

        if (act != ACT_COUNT)
            changes[c->history.n++] = (struct public_change){
                act == ACT_EXPIRED ? c->status_since : e->on, act
            };
    }
    end_history(c, changes);
    return OK;
}

err lookup_certificate(struct app *app, struct arena *a, str number, day today,
                       struct public_certificate *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct certificate_row row = { 0 };
    struct event_list events;

    TRY(app_read(app, a, &tx));
    TRY(find_row(tx, a, number, &row));
    TRY(complete(app, tx, &row, today, out));
    TRY(stream_events_known(tx, a, row.id, &events));
    if (events.n == 0)
        return take_known(a, &row, out);
    return take_history(a, &events, out);
}

/* --- as it stood ------------------------------------------------------ */

static bool counts(const struct event *e, const struct as_of *when)
{
    if (when->known)
        return e->on <= when->on;
    return e->at < day_start_micros(when->on + 1);
}

static struct event_list events_by(const struct event_list *all,
                                   const struct as_of *when)
{
    struct event_list kept = { 0 };
    struct event *next;

    for (struct event *e = all->first; e != NULL; e = next) {
        next = e->next;
        if (counts(e, when))
            event_list_add(&kept, e);
    }
    return kept;
}

err lookup_as_of(struct app *app, struct arena *a, str number,
                 const struct as_of *when, struct public_certificate *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct certificate_row row = { 0 };
    struct event_list events;
    struct standing then = { 0 };

    TRY(app_read(app, a, &tx));
    TRY(find_row(tx, a, number, &row));
    TRY(stream_events_known(tx, a, row.id, &events));
    events = events_by(&events, when);
    for (const struct event *e = events.first; e != NULL; e = e->next)
        standing_apply(&then, e);
    if (then.certificate == NULL)
        return no_such(a, number);

    int64_t log_index = row.log_index;
    row = certificate_row_of(&then, row.enterprise);
    row.log_index = log_index;
    TRY(complete(app, tx, &row, when->on, out));
    return take_history(a, &events, out);
}

/* --- search ----------------------------------------------------------- */

/* By number, else by code, else by the holder's name. */
static err find_rows(struct tx *tx, struct arena *a, str words, int32_t most,
                     struct list *out)
{
    struct page page = { .limit = most };
    struct certificate_row *row = arena_zero(a, sizeof *row);
    str normal;

    TRY_MEMORY(row);
    TRY(normal_number(a, words, &normal));
    err e = certificate_get(tx, a, normal, row);
    if (!failed(e)) {
        *out = (struct list){ row, 1 };
        return OK;
    }
    if (!err_is(e, ERR_NOT_FOUND))
        return e;
    TRY(certificate_list_of_uscc(tx, a, normal, &page, out));
    if (out->n > 0)
        return OK;
    return certificate_search(tx, a, str_trim(words), &page, out);
}

static err complete_all(struct app *app, struct tx *tx, struct arena *a,
                        const struct list *rows, day today, struct list *out)
{
    struct public_certificate *found = arena_array(a, rows->n, sizeof *found);

    TRY_MEMORY(found);
    for (size_t i = 0; i < rows->n; i++)
        TRY(complete(app, tx, (const struct certificate_row *)rows->p + i,
                     today, &found[i]));
    *out = (struct list){ found, rows->n };
    return OK;
}

err lookup_first(struct app *app, struct arena *a, day today, int32_t most,
                 struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct page page = { .limit = most };
    struct list rows;

    TRY(app_read(app, a, &tx));
    TRY(certificate_list(tx, a, &page, &rows));
    return complete_all(app, tx, a, &rows, today, out);
}

err lookup_search(struct app *app, struct arena *a, str words, day today,
                  size_t most, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct list rows = { NULL, 0 };

    TRY(app_read(app, a, &tx));
    if (str_trim(words).n > 0 && utf8_is_text(words))
        TRY(find_rows(tx, a, words, (int32_t)most, &rows));

    return complete_all(app, tx, a, &rows, today, out);
}

/* --- what numbers look like -------------------------------------------- */

static err make_example(struct app *app, struct arena *a, day today,
                        const struct scheme *s, struct number_example *out)
{
    struct number_parts parts = {
        .body = app_body(app)->number,
        .year = date_of_day(today).year,
        .serial = 1,
        .staff = EXAMPLE_STAFF,
    };

    out->scheme_name = s->name;
    out->template = s->certificate.number;
    return number_make(a, s->certificate.number, &parts, &out->number);
}

/* Is this package the newest of its scheme? */
static err is_newest(struct tx *tx, struct arena *a,
                     const struct scheme_row *row, bool *out)
{
    struct scheme_row newest;

    TRY(scheme_newest(tx, a, row->id, &newest));
    *out = hash_eq(&newest.hash, &row->hash);
    return OK;
}

err lookup_numbers(struct app *app, struct arena *a, day today,
                   struct list *out)
{
    static const struct hash first;
    scoped(tx_abort) struct tx *tx = NULL;
    struct number_example *made;
    struct list rows;
    size_t n = 0;

    TRY(app_read(app, a, &tx));
    TRY(scheme_list(tx, a, &first, SCHEMES_MOST, &rows));
    made = arena_array(a, rows.n, sizeof *made);
    TRY_MEMORY(made);
    for (size_t i = 0; i < rows.n; i++) {
        const struct scheme_row *row = (const struct scheme_row *)rows.p + i;
        const struct scheme *s;
        bool newest = false;

        TRY(is_newest(tx, a, row, &newest));
        if (!newest)
            continue;
        TRY(app_scheme(app, tx, &row->hash, &s));
        TRY(make_example(app, a, today, s, &made[n++]));
    }
    *out = (struct list){ made, n };
    return OK;
}
