#include "service/check.h"

#include "base/arena.h"
#include "domain/body_facts.h"
#include "domain/standing.h"
#include "service/agree.h"
#include "service/case_complaints.h"
#include "service/case_parts.h"
#include "service/case_tasks.h"
#include "service/check_parts.h"
#include "service/credentials.h"
#include "service/formers.h"
#include "service/sealed_parts.h"
#include "service/stream.h"
#include "service/streams.h"
#include "service/subs.h"
#include "service/witnesses.h"
#include "store/bookings.h"
#include "store/certificates.h"
#include "store/people.h"
#include "store/schemes.h"

/* A part of the check as a part of the tx. */
struct apart {
    struct checking *c;
    check_part *part;
    void *what;
};

static err run_part(struct tx *, struct arena *a, void *context)
{
    const struct apart *x = context;

    return x->part(x->c, a, x->what);
}

err check_apart(struct checking *c, check_part *part, void *what)
{
    struct apart x = { c, part, what };

    return tx_apart(c->tx, run_part, &x);
}

/* A row that must be there: it is the caller's to see whether it was. */
static err found(err e, bool *out)
{
    *out = !failed(e);
    return err_is(e, ERR_NOT_FOUND) ? OK : e;
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
    c->booked += (int64_t)want.n;
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

/* --- streams of every kind -------------------------------------------- */

static err check_logged(struct checking *c, struct arena *a,
                        const struct stream_row *stream,
                        const struct event_list *events)
{
    int64_t index;

    c->counts.events += (int64_t)events->n;
    for (const struct event *e = events->first; e != NULL; e = e->next)
        TRY(check_entered(c, a, stream->number, events, e, &index));
    return OK;
}

/* A stream on record has an event. */
static err read_stream(struct checking *c, struct arena *a,
                       const struct stream_row *stream, struct event_list *out)
{
    TRY(stream_events(c->tx, a, stream, out));
    if (out->n == 0)
        return err_new(a, ERR_CORRUPT, "journal.tampered",
                       ARG_STR("stream", stream->number), ARG_INT("event", 1));
    return OK;
}

err check_read_events(struct checking *c, struct arena *a,
                      const struct stream_row *stream, struct event_list *out)
{
    TRY(read_stream(c, a, stream, out));
    return check_logged(c, a, stream, out);
}

/* --- cases ------------------------------------------------------------ */

static err bad_certificate(struct arena *a, str number)
{
    return err_new(a, ERR_CORRUPT, "check.certificate",
                   ARG_STR("number", number));
}

/* What the case records is what the certificate's own journal says. */
static err check_recorded(struct checking *c, struct arena *a,
                          const struct case_file *file)
{
    const struct certificate *recorded = case_certificate(&file->events);
    struct standing stands = { 0 };
    struct event_list events;
    struct stream_row row;
    bool there;

    if (recorded == NULL)
        return OK;
    TRY(found(stream_get(c->tx, a, recorded->certificate, &row), &there));
    if (!there)
        return bad_certificate(a, recorded->number);
    TRY(read_stream(c, a, &row, &events));
    if (events.first->kind->stream != STREAM_CERTIFICATE ||
        !agree_records(recorded, events.first->data))
        return bad_certificate(a, recorded->number);
    for (const struct event *e = events.first; e != NULL; e = e->next)
        standing_apply(&stands, e);
    return agree_subs(file->state, &stands)
               ? OK
               : bad_certificate(a, recorded->number);
}

static err check_case(struct checking *c, struct arena *a, void *what)
{
    const struct stream_row *stream = what;
    struct case_file file;
    struct case_row row;
    bool there;

    TRY(case_fold(c->app, c->tx, a, stream, &file));
    TRY(case_sound(a, file.state, stream->number));
    TRY(sealed_parts_check(c->app, a, &file)); /* before its leaves: this says
                                                  what of it was altered */
    TRY(check_logged(c, a, stream, &file.events));
    c->counts.cases++;
    TRY(found(case_get(c->tx, a, stream->id, &row), &there));
    if (!there || !agree_case(&row, file.state, stream->number))
        return err_new(a, ERR_CORRUPT, "check.case",
                       ARG_STR("case", stream->number));
    TRY(check_bookings(c, a, file.state, stream->number));
    TRY(case_complaints_check(c->tx, file.state, stream->number,
                              &c->complaints));
    TRY(case_counts_check(c->app, c->tx, file.state, stream->number));
    if (c->tasks)
        TRY(case_tasks_check(c->tx, file.state, stream->number));
    return check_recorded(c, a, &file);
}

/* --- certificates ----------------------------------------------------- */

static err check_signed(struct checking *c, const struct standing *stands,
                        const struct event *e)
{
    if (!credentials_is_one(e))
        return OK;
    c->credentials++;
    return credentials_check(c->tx, c->app, stands, e);
}

/* Its case must know of it; that case's own check compares the rest. */
static err check_certificate(struct checking *c, struct arena *a, void *what)
{
    const struct stream_row *stream = what;
    struct case_row of_case = { 0 };
    struct certificate_row row;
    struct event_list events;
    bool there;

    TRY(read_stream(c, a, stream, &events));
    c->counts.events += (int64_t)events.n;
    c->counts.certificates++;

    const struct certificate *issued = events.first->data;
    struct standing stands = { 0 };
    int64_t index = LOG_INDEX_NONE;
    for (const struct event *e = events.first; e != NULL; e = e->next) {
        TRY(check_entered(c, a, stream->number, &events, e, &index));
        standing_apply(&stands, e);
        TRY(check_signed(c, &stands, e));
    }
    TRY(found(case_get(c->tx, a, issued->case_id, &of_case), &there));
    if (!there || !str_eq(of_case.certificate, issued->number) ||
        !str_eq(stream->number, issued->number))
        return bad_certificate(a, stream->number);
    TRY(found(certificate_by_id(c->tx, a, stream->id, &row), &there));
    if (!there || !agree_certificate(&row, &stands, of_case.enterprise, index))
        return bad_certificate(a, stream->number);
    TRY(subs_agree(c->tx, a, &stands, &there));
    if (there)
        TRY(formers_agree(c->tx, a, &stands, &there));
    return there ? OK : bad_certificate(a, stream->number);
}

/* --- registers -------------------------------------------------------- */

static err check_enterprise(struct checking *c, struct arena *a, void *what)
{
    const struct stream_row *stream = what;
    struct enterprise_row row;
    struct event_list events;
    bool there;

    TRY(check_read_events(c, a, stream, &events));
    TRY(found(enterprise_get(c->tx, a, stream->id, &row), &there));
    if (!there || !agree_enterprise(&row, &events))
        return err_new(a, ERR_CORRUPT, "check.enterprise",
                       ARG_STR("uscc", stream->number));
    return OK;
}

static err check_person(struct checking *c, struct arena *a, void *what)
{
    const struct stream_row *stream = what;
    struct person_row row;
    struct event_list events;
    struct list ties = { 0 };
    bool there;

    TRY(check_read_events(c, a, stream, &events));
    TRY(found(person_get(c->tx, a, stream->id, &row), &there));
    TRY(relation_list(c->tx, a, stream->id, (id){ { 0 } }, STORE_PAGE_MAX,
                      &ties));
    if (!there || !agree_person(&row, &events) || !agree_ties(&ties, &events))
        return err_new(a, ERR_CORRUPT, "check.person",
                       ARG_STR("person", stream->number));
    return OK;
}

/* A package is there, and its files still have its hash. */
static err check_package(struct checking *c, struct arena *a,
                         const struct scheme_frozen *frozen,
                         const struct event_list *events)
{
    const struct scheme *loaded;
    struct scheme_row row;
    bool there;

    TRY(scheme_find(c->tx, a, &frozen->scheme_hash, &row, &there));
    if (!there || !agree_scheme(&row, events))
        return err_new(a, ERR_CORRUPT, "check.package",
                       ARG_STR("scheme", frozen->scheme));
    return app_scheme(c->app, c->tx, &frozen->scheme_hash, &loaded);
}

static err check_scheme(struct checking *c, struct arena *a, void *what)
{
    struct event_list events;

    TRY(check_read_events(c, a, what, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next)
        TRY(check_package(c, a, e->data, &events));
    return OK;
}

/* The body's own changes follow one another as its rules let them.
 * domain/body_facts.h [BF2] */
static err check_body(struct checking *c, struct arena *a, void *what)
{
    const struct stream_row *stream = what;
    struct body_stand now = { .from = 0 };
    struct event_list events;

    TRY(check_read_events(c, a, what, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next) {
        bool fits = body_stand_follows(a, &now, e);

        if (!fits)
            return err_new(a, ERR_CORRUPT, "check.body",
                           ARG_STR("stream", stream->number),
                           ARG_INT("event", e->n));
        (void)body_stand_apply(&now, e);
    }
    return OK;
}

/* --- all of them ------------------------------------------------------ */

static check_part *const parts[STREAM_KIND_COUNT] = {
    [STREAM_CASE] = check_case,
    [STREAM_CERTIFICATE] = check_certificate,
    [STREAM_ENTERPRISE] = check_enterprise,
    [STREAM_PERSON] = check_person,
    [STREAM_BODY] = check_body,
    [STREAM_SCHEME] = check_scheme,
    [STREAM_IMPORT] = check_import,
};

/* Streams of one kind at a time. */
struct kind_checked {
    struct checking *c;
    check_part *part;
};

static err check_one(struct arena *a, struct stream_row *stream, void *context)
{
    const struct kind_checked *k = context;

    return k->part(k->c, a, stream);
}

static err check_streams(struct checking *c)
{
    struct kind_checked k = { .c = c };
    struct streams s = {
        .tx = c->tx,
        .part = check_one,
        .context = &k,
    };

    for (int kind = 0; kind < STREAM_KIND_COUNT; kind++) {
        k.part = parts[kind];
        TRY(streams_each(&s, (enum stream_kind)kind));
    }
    c->counts.streams = s.seen;
    return OK;
}

/* The log first: what it says is then held against the journals. */
static err check_in_tx(struct checking *c)
{
    TRY(tlog_verify(c->tx, app_log_key(c->app), &c->counts.entries));
    TRY(witnesses_check(c->app, c->tx));
    TRY(check_said_begin(c));
    TRY(case_tasks_made(c->tx, &c->tasks));
    TRY(check_streams(c));
    TRY(check_rows(c));
    TRY(check_imports(c));
    return check_said(c);
}

err check_records(struct app *app, struct arena *a, const _Atomic bool *stop,
                  struct check_counts *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct checking c = { .app = app, .kept = a };

    TRY(app_read(app, a, &tx));
    tx_watch(tx, stop);
    c.tx = tx;
    TRY(check_in_tx(&c));
    *out = c.counts;
    return OK;
}

err check_all(struct app *app, struct arena *a, struct check_counts *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct checking c = { .app = app, .kept = a };

    TRY(app_integrity(app, a));
    TRY(app_read(app, a, &tx));
    c.tx = tx;
    c.whole = true;
    TRY(check_in_tx(&c));
    TRY(check_files(&c));
    *out = c.counts;
    return OK;
}
