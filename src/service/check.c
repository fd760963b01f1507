#include "service/check.h"

#include "base/arena.h"
#include "service/case_parts.h"
#include "service/project.h"
#include "service/stream.h"
#include "store/bookings.h"
#include "store/cases.h"
#include "store/certificates.h"

enum { PAGE = 200, STREAM_ARENA = 256 << 20 };

struct checking {
    struct app *app;
    struct tx *tx;
    struct arena *kept; /* for the error that is found */
    struct check_counts counts;
};

/* --- cases -------------------------------------------------------------------
 */

static bool same_hash(const struct hash *x, const struct hash *y)
{
    return memcmp(x->b, y->b, sizeof x->b) == 0;
}

static bool case_row_fits(const struct case_row *row, const struct state *s,
                          str number)
{
    str certificate = s->certificate == NULL ? S("") : s->certificate->number;

    return str_eq(row->number, number) &&
           id_eq(row->enterprise, s->opened->enterprise) &&
           same_hash(&row->scheme_hash, &s->opened->scheme_hash) &&
           row->stage == (int32_t)s->stage &&
           row->status == (int32_t)s->waiting && row->due == s->due &&
           row->due_provisional == s->due_provisional &&
           str_eq(row->certificate, certificate) && row->version == s->version;
}

static const struct booking_row *booking_of(const struct list *rows, id person)
{
    const struct booking_row *r = rows->p;

    for (size_t i = 0; i < rows->n; i++) {
        if (id_eq(r[i].person, person))
            return &r[i];
    }
    return NULL;
}

static err check_bookings(struct checking *c, struct arena *a,
                          const struct state *s, str number)
{
    struct list want;
    struct list found;
    bool fits;

    TRY(case_bookings(c->tx, s, &want));
    TRY(booking_of_case(c->tx, a, s->id, &found));
    fits = want.n == found.n;
    for (size_t i = 0; i < want.n && fits; i++) {
        const struct booking_row *w = (const struct booking_row *)want.p + i;
        const struct booking_row *r = booking_of(&found, w->person);

        fits = r != NULL && r->from == w->from && r->to == w->to;
    }
    if (fits)
        return OK;
    return err_new(a, ERR_CORRUPT, "check.case", ARG_STR("case", number));
}

static err check_case(struct checking *c, struct arena *a,
                      const struct stream_row *stream)
{
    struct case_file file;
    struct case_row row;

    TRY(case_fold(c->app, c->tx, a, stream, &file));
    c->counts.events += (int64_t)file.events.n;
    c->counts.cases++;

    const char *broken = state_invariant(file.state);
    if (broken != NULL)
        return err_new(a, ERR_CORRUPT, "case.invariant",
                       ARG_STR("invariant", str_of(broken)),
                       ARG_STR("case", stream->number));
    err e = case_get(c->tx, a, stream->id, &row);
    if (failed(e) && e.info->code != ERR_NOT_FOUND)
        return e;
    TRY(check_bookings(c, a, file.state, stream->number));
    if (failed(e) || !case_row_fits(&row, file.state, stream->number))
        return err_new(a, ERR_CORRUPT, "check.case",
                       ARG_STR("case", stream->number));
    return OK;
}

/* --- certificates
 * ---------------------------------------------------------------- */

static bool certificate_row_fits(const struct certificate_row *row,
                                 const struct standing *s)
{
    struct certificate_row want = certificate_row_of(s, row->enterprise);

    return str_eq(row->number, want.number) && id_eq(row->id, want.id) &&
           id_eq(row->of_case, want.of_case) &&
           str_eq(row->holder, want.holder) && str_eq(row->uscc, want.uscc) &&
           same_hash(&row->scheme_hash, &want.scheme_hash) &&
           str_eq(row->criterion, want.criterion) &&
           str_eq(row->level_id, want.level_id) && row->stars == want.stars &&
           row->issued == want.issued && row->valid_from == want.valid_from &&
           row->valid_until == want.valid_until && row->status == want.status &&
           row->status_since == want.status_since &&
           row->suspended_until == want.suspended_until &&
           row->version == want.version &&
           str_eq(row->scope_zh, want.scope_zh) &&
           str_eq(row->scope_en, want.scope_en);
}

static err check_certificate(struct checking *c, struct arena *a,
                             const struct stream_row *stream)
{
    struct standing s = { 0 };
    struct event_list events;
    struct certificate_row row;

    TRY(stream_events(c->tx, a, stream, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next)
        standing_apply(&s, e);
    c->counts.events += (int64_t)events.n;
    c->counts.certificates++;

    err e = certificate_by_id(c->tx, a, stream->id, &row);
    if (failed(e) && e.info->code != ERR_NOT_FOUND)
        return e;
    if (failed(e) || s.certificate == NULL || !certificate_row_fits(&row, &s))
        return err_new(a, ERR_CORRUPT, "check.certificate",
                       ARG_STR("number", stream->number));
    return OK;
}

/* --- streams of every kind
 * ----------------------------------------------------------- */

static err check_plain(struct checking *c, struct arena *a,
                       const struct stream_row *stream)
{
    struct event_list events;

    TRY(stream_events(c->tx, a, stream, &events));
    c->counts.events += (int64_t)events.n;
    return OK;
}

typedef err check_one(struct checking *c, struct arena *a,
                      const struct stream_row *stream);

static check_one *const checks[STREAM_KIND_COUNT] = {
    [STREAM_CASE] = check_case,        [STREAM_CERTIFICATE] = check_certificate,
    [STREAM_ENTERPRISE] = check_plain, [STREAM_PERSON] = check_plain,
    [STREAM_BODY] = check_plain,       [STREAM_SCHEME] = check_plain,
};

/* One stream in an arena of its own, so that any number fits. */
static err check_stream(struct checking *c, enum stream_kind kind,
                        const struct stream_row *stream)
{
    scoped(arena_end) struct arena a;
    struct arena *before;

    arena_init(&a, app_world_of(c->app)->heap, STREAM_ARENA);
    before = tx_use_arena(c->tx, &a);
    err e = err_keep(c->kept, checks[kind](c, &a, stream));
    (void)tx_use_arena(c->tx, before);
    c->counts.streams++;
    return e;
}

static err check_kind(struct checking *c, struct arena *a,
                      enum stream_kind kind)
{
    struct page page = { .limit = PAGE };
    struct list rows;

    do {
        TRY(stream_list(c->tx, a, str_of(stream_names[kind]), &page, &rows));
        for (size_t i = 0; i < rows.n; i++)
            TRY(check_stream(c, kind, (const struct stream_row *)rows.p + i));
        if (rows.n > 0)
            page.after = ((const struct stream_row *)rows.p)[rows.n - 1].number;
    } while (rows.n == PAGE);
    return OK;
}

err check_all(struct app *app, struct arena *a, struct check_counts *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct checking c = { .app = app, .kept = a };

    TRY(app_integrity(app, a));
    TRY(app_read(app, a, &tx));
    c.tx = tx;
    for (int kind = 0; kind < STREAM_KIND_COUNT; kind++)
        TRY(check_kind(&c, a, (enum stream_kind)kind));
    TRY(tlog_verify(tx, a, app_log_key(app), &c.counts.entries));
    *out = c.counts;
    return OK;
}
