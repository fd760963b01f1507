#include "service/lookup_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/utf8.h"
#include "domain/standing.h"
#include "service/body_known.h"
#include "service/project.h"
#include "service/stream.h"
#include "service/subs.h"
#include "service/typed.h"
#include "store/cases.h"
#include "store/certificates.h"
#include "store/imported.h"
#include "store/journal.h"
#include "store/schemes.h"
#include "store/subs.h"
#include "text/text.h"

enum { WORDING_MAX = 1 << 16 };

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

static void set_status(struct public_certificate *c,
                       const struct certificate_row *row, day today)
{
    const struct stand recorded = { (enum certificate_status)row->status,
                                    row->status_since, row->suspended_until };
    struct stand now = stand_on(recorded, row->valid_until, today);

    c->status = now.status;
    c->status_since = now.since;
    c->suspended_until = now.until;
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
    c->assumed = scheme_is_assumed(s);
    if (level >= 0)
        c->level_label = s->levels[level].label;
    TRY(fill(a, LANG_ZH, rule->statement.zh, c, &c->statement.zh));
    return fill(a, LANG_EN, rule->statement.en, c, &c->statement.en);
}

err lookup_complete(struct app *app, struct tx *tx,
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

/* What was asked for: a certificate, or one of its sub-certificates, or one
 * that a file brought. */
struct asked {
    struct certificate_row row; /* of the main one */
    struct sub_row sub;
    bool is_sub;
    struct imported_row imported; /* and then the rest says nothing */
    bool is_imported;
};

/* By the number as it is written there. */
static err find_written(struct tx *tx, struct arena *a, str number,
                        struct asked *out)
{
    err e = certificate_get(tx, a, number, &out->row);

    if (!err_is(e, ERR_NOT_FOUND))
        return e;
    TRY(sub_find(tx, a, number, &out->sub, &out->is_sub));
    if (out->is_sub)
        return certificate_get(tx, a, out->sub.main, &out->row);
    e = imported_get(tx, a, number, &out->imported);
    out->is_imported = !failed(e);
    return e;
}

static err find_row(struct tx *tx, struct arena *a, str number,
                    struct asked *out)
{
    str normal;

    if (!utf8_is_text(number)) /* nothing in the register is called so */
        return no_such(a, number);
    TRY(typed_number(a, number, &normal));
    err e = find_written(tx, a, normal, out);
    if (err_is(e, ERR_NOT_FOUND))
        return no_such(a, number);
    return e;
}

err lookup_main(struct tx *tx, struct arena *a, str number, str *out)
{
    struct asked x = { 0 };

    TRY(find_row(tx, a, number, &x));
    *out = x.is_imported ? x.imported.number : x.row.number;
    return OK;
}

/* The same as lookup_complete(), of what was asked for. */
static err complete_asked(struct app *app, struct tx *tx, const struct asked *x,
                          day today, struct public_certificate *out)
{
    if (x->is_imported)
        return lookup_imported(app, tx, &x->imported, today, out);
    TRY(lookup_complete(app, tx, &x->row, today, out));
    TRY(body_today_in(app, tx, today, &out->body));
    if (x->is_sub)
        lookup_narrow(out, &x->sub, today);
    return OK;
}

/* --- its history ------------------------------------------------------ */

enum public_act lookup_act(const struct event *e)
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

void lookup_end_history(struct public_certificate *c,
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
    lookup_end_history(c, changes);
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
        enum public_act act = lookup_act(e);

        if (act != ACT_COUNT)
            changes[c->history.n++] = (struct public_change){
                act == ACT_EXPIRED ? c->status_since : e->on, act
            };
    }
    lookup_end_history(c, changes);
    return OK;
}

/* --- before and after it [M23] ----------------------------------------- */

static str renews(const struct event_list *events)
{
    struct standing s = { 0 };

    for (const struct event *e = events->first; e != NULL; e = e->next)
        standing_apply(&s, e);
    return s.certificate == NULL ? S("") : s.certificate->previous;
}

/* One that was issued by day `on`; the case of another may be under way, or
 * have come to nothing. */
static err take_renewal(struct tx *tx, struct arena *a,
                        const struct case_row *renewal, day on,
                        struct public_certificate *c)
{
    struct certificate_row row;

    if (renewal->certificate.n == 0)
        return OK;
    TRY(certificate_get(tx, a, renewal->certificate, &row));
    if (row.issued <= on)
        c->renewed_by = row.number;
    return OK;
}

static err take_family(struct tx *tx, struct arena *a,
                       const struct event_list *events, day on,
                       struct public_certificate *c)
{
    const struct page all = { .limit = STORE_PAGE_MAX };
    struct list cases;

    c->renews = renews(events);
    TRY(case_list_following(tx, a, c->number, &all, &cases));
    for (size_t i = 0; i < cases.n; i++)
        TRY(take_renewal(tx, a, (const struct case_row *)cases.p + i, on, c));
    return OK;
}

/* --- as it stands ----------------------------------------------------- */

err lookup_certificate_in(struct app *app, struct tx *tx, str number, day today,
                          struct public_certificate *out)
{
    struct arena *a = tx_arena(tx);
    struct asked x = { 0 };
    struct event_list events;
    struct list subs;

    TRY(find_row(tx, a, number, &x));
    TRY(complete_asked(app, tx, &x, today, out));
    if (x.is_imported)
        return OK;
    TRY(stream_events_known(tx, a, x.row.id, &events));
    TRY(lookup_credential(app, tx, &events, out));
    if (x.is_sub)
        return lookup_sub_history(a, &events, &x.sub, out);
    TRY(sub_list(tx, a, x.row.number, &subs));
    TRY(lookup_carry(a, out, &subs, today));
    TRY(take_family(tx, a, &events, today, out));
    if (events.n == 0)
        return take_known(a, &x.row, out);
    return take_history(a, &events, out);
}

err lookup_in_store(struct app *app, struct arena *a, str number, day today,
                    struct public_certificate *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return lookup_certificate_in(app, tx, number, today, out);
}

err lookup_certificate(struct app *app, struct arena *a, str number, day today,
                       struct public_certificate *out)
{
    bool found;

    TRY(lookup_in_book(app, a, number, today, out, &found));
    return found ? OK : lookup_in_store(app, a, number, today, out);
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

/* The sub-certificate that was asked for as it was then; false: not issued. */
static bool find_then(const struct list *subs, struct sub_row *sub)
{
    const struct sub_row *rows = subs->p;

    for (size_t i = 0; i < subs->n; i++) {
        if (!str_eq(rows[i].number, sub->number))
            continue;
        *sub = rows[i];
        return true;
    }
    return false;
}

/* Turn what was asked for into what the events say of it, and *subs into the
 * sub-certificates they tell of.  Without a number it was not issued. */
static err stood(struct arena *a, const struct event_list *events,
                 struct asked *x, struct list *subs)
{
    struct standing then = { 0 };
    struct certificate_row was = x->row;

    x->row = (struct certificate_row){ 0 };
    for (const struct event *e = events->first; e != NULL; e = e->next)
        standing_apply(&then, e);
    if (then.certificate == NULL)
        return OK;
    TRY(subs_want(a, &then, subs));
    if (x->is_sub && !find_then(subs, &x->sub))
        return OK;
    x->row = certificate_row_of(&then, was.enterprise);
    x->row.log_index = was.log_index;
    return OK;
}

err lookup_as_of(struct app *app, struct arena *a, str number,
                 const struct as_of *when, struct public_certificate *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct asked x = { 0 };
    struct event_list events;
    struct list subs;

    if (when->on > when->today)
        return err_new(a, ERR_REFUSED, "lookup.not_yet",
                       ARG_DAY("on", when->on), ARG_DAY("today", when->today));
    TRY(app_read(app, a, &tx));
    TRY(find_row(tx, a, number, &x));
    if (x.is_imported && when->on >= x.imported.issued)
        return lookup_imported(app, tx, &x.imported, when->on, out);
    TRY(stream_events_known(tx, a, x.row.id, &events));
    events = events_by(&events, when);
    TRY(stood(a, &events, &x, &subs));
    if (x.row.number.n == 0)
        return err_new(a, ERR_NOT_FOUND, "lookup.not_then",
                       ARG_STR("number", shown(number)),
                       ARG_DAY("on", when->on));
    TRY(complete_asked(app, tx, &x, when->on, out));
    TRY(lookup_credential(app, tx, &events, out));
    if (x.is_sub)
        return lookup_sub_history(a, &events, &x.sub, out);
    TRY(lookup_carry(a, out, &subs, when->on));
    TRY(take_family(tx, a, &events, when->on, out));
    return take_history(a, &events, out);
}

/* --- many at once ----------------------------------------------------- */

static void take_asked(const struct asked *x, day on,
                       struct public_certificate *out)
{
    take_row(out, &x->row, on);
    out->scheme_hash = x->row.scheme_hash;
    if (x->is_sub)
        lookup_narrow(out, &x->sub, on);
}

static err take_others(struct arena *a, const struct event_list *events,
                       struct list *out)
{
    struct standing *now = arena_zero(a, sizeof *now);
    str *names;

    TRY_MEMORY(now);
    for (const struct event *e = events->first; e != NULL; e = e->next)
        standing_apply(now, e);
    names = arena_array(a, (size_t)now->former_count, sizeof *names);
    TRY_MEMORY(names);
    memcpy(names, now->formers, (size_t)now->former_count * sizeof *names);
    *out = (struct list){ names, (size_t)now->former_count };
    return OK;
}

/* What a row alone says of a day: nothing before its issue; of what befell it
 * later, nothing before that. */
static void stood_by_row(struct asked *x, day on)
{
    day issued = x->is_sub ? x->sub.issued : x->row.issued;

    if (on < issued) {
        x->row.number = S("");
        return;
    }
    if (on >= x->row.status_since)
        return;
    x->row.status = CERTIFICATE_VALID;
    x->row.status_since = x->row.issued;
    x->row.suspended_until = DAY_NEVER;
}

err lookup_both(struct tx *tx, struct arena *a, str number,
                const struct as_of *when, struct lookup_both *out)
{
    struct lookup_both both = { 0 };
    struct asked x = { 0 };
    struct event_list events;
    struct list subs;

    TRY(find_row(tx, a, number, &x));
    if (x.is_imported)
        return no_such(a, number);
    take_asked(&x, when->today, &both.now);
    TRY(stream_events_known(tx, a, x.row.id, &events));
    TRY(take_others(a, &events, &both.others));
    if (events.n == 0) {
        stood_by_row(&x, when->on);
    } else {
        events = events_by(&events, when);
        TRY(stood(a, &events, &x, &subs));
    }
    both.issued = x.row.number.n > 0;
    if (both.issued)
        take_asked(&x, when->on, &both.then);
    *out = both;
    return OK;
}

err lookup_holds(struct tx *tx, struct arena *a, str number, bool *out)
{
    struct asked x = { 0 };
    err e = find_written(tx, a, number, &x);

    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    *out = !failed(e);
    return OK;
}

/* --- for a search ------------------------------------------------------ */

err lookup_written(struct app *app, struct tx *tx, str number, day today,
                   struct public_certificate *out, bool *found)
{
    struct asked x = { 0 };
    err e = find_written(tx, tx_arena(tx), number, &x);

    *found = !failed(e);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    return complete_asked(app, tx, &x, today, out);
}
