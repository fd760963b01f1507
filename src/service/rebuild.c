#include "service/rebuild.h"

#include "base/check.h"
#include "base/size.h"
#include "domain/registers.h"
#include "domain/standing.h"
#include "service/case_parts.h"
#include "service/case_tasks.h"
#include "service/credentials.h"
#include "service/formers.h"
#include "service/import_parts.h"
#include "service/logged.h"
#include "service/project.h"
#include "service/projections.h"
#include "service/stream.h"
#include "service/streams.h"
#include "service/subs.h"
#include "store/bookings.h"
#include "store/calendars.h"
#include "store/certificates.h"
#include "store/complaints.h"
#include "store/formers.h"
#include "store/hooks.h"
#include "store/log.h"
#include "store/people.h"
#include "store/subs.h"

struct rebuilding {
    struct app *app;
    struct tx *tx;
    struct rebuilt made; /* of the newest run */
};

/* A row whose other half stands in the register only. [RB3] */
static err needed(err e, struct arena *a, str name)
{
    if (!err_is(e, ERR_NOT_FOUND))
        return e;
    return err_new(a, ERR_CORRUPT, "rebuild.lost", ARG_STR("name", name));
}

/* Every event of a stream; at least one [SM1]. */
static err read_events(struct rebuilding *r, struct arena *a,
                       const struct stream_row *stream, struct event_list *out)
{
    TRY(stream_events(r->tx, a, stream, out));
    if (out->n == 0)
        return err_new(a, ERR_CORRUPT, "journal.tampered",
                       ARG_STR("stream", stream->number), ARG_INT("event", 1));
    r->made.events += (int64_t)out->n;
    return OK;
}

static struct register_entry fold(const struct event_list *events,
                                  enum stream_kind kind, id stream)
{
    struct register_entry x;

    register_begin(&x, kind, stream);
    for (const struct event *e = events->first; e != NULL; e = e->next)
        register_apply(&x, e);
    return x;
}

/* --- enterprises ------------------------------------------------------ */

static err make_enterprise(struct arena *a, struct stream_row *stream,
                           void *context)
{
    struct rebuilding *r = context;
    const struct enterprise_registered *now;
    struct enterprise_row row;
    struct event_list events;

    TRY(read_events(r, a, stream, &events));
    TRY(needed(enterprise_get(r->tx, a, stream->id, &row), a, stream->number));
    now = fold(&events, STREAM_ENTERPRISE, stream->id).enterprise;
    check(now != NULL); /* [SM1] */
    row.uscc = now->uscc;
    row.name = now->name;
    row.registered = now->registered;
    row.province = now->province;
    row.city = now->city;
    row.scope = now->scope;
    r->made.enterprises++;
    return enterprise_put(r->tx, &row);
}

/* --- people ----------------------------------------------------------- */

/* The newest word about each stays. */
static err make_ties(struct tx *tx, const struct event_list *events, id person)
{
    for (const struct event *e = events->first; e != NULL; e = e->next) {
        const struct person_related *related = e->data;
        struct relation_row row;

        if (strcmp(e->kind->name, "person.related") != 0)
            continue;
        row = (struct relation_row){ related->enterprise, related->until };
        TRY(relation_put(tx, person, &row));
    }
    return OK;
}

static err make_person(struct arena *a, struct stream_row *stream,
                       void *context)
{
    struct rebuilding *r = context;
    struct register_entry x;
    struct event_list events;
    struct person_row row;

    TRY(read_events(r, a, stream, &events));
    TRY(needed(person_get(r->tx, a, stream->id, &row), a, stream->number));
    x = fold(&events, STREAM_PERSON, stream->id);
    row.roles = (int64_t)x.roles;
    row.state = x.active ? PERSON_ACTIVE : PERSON_LEFT;
    row.enterprise = x.employer;
    r->made.people++;
    TRY(person_put(r->tx, &row));
    return make_ties(r->tx, &events, stream->id);
}

/* --- cases ------------------------------------------------------------ */

static err make_case(struct arena *a, struct stream_row *stream, void *context)
{
    struct rebuilding *r = context;
    struct case_file file;

    TRY(case_fold_sound(r->app, r->tx, a, stream, &file));
    r->made.events += (int64_t)file.events.n;
    r->made.cases++;
    return case_project(r->app, r->tx, file.state, stream->number, NULL, NULL);
}

/* --- certificates ----------------------------------------------------- */

/* Whose it is says its case. */
static err enterprise_of(struct rebuilding *r, struct arena *a,
                         const struct certificate *c, id *out)
{
    struct case_row row;
    err e = case_get(r->tx, a, c->case_id, &row);

    if (err_is(e, ERR_NOT_FOUND))
        return err_new(a, ERR_CORRUPT, "check.certificate",
                       ARG_STR("number", c->number));
    TRY(e);
    *out = row.enterprise;
    return OK;
}

static err make_certificate(struct arena *a, struct stream_row *stream,
                            void *context)
{
    struct rebuilding *r = context;
    struct standing stands = { 0 };
    struct logged_leaf newest = { .index = LOG_INDEX_NONE };
    struct certificate_row row;
    struct event_list events;
    id enterprise;

    TRY(read_events(r, a, stream, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next) {
        standing_apply(&stands, e);
        if (credentials_is_one(e))
            TRY(credentials_stored(r->tx, e));
    }
    check(stands.certificate != NULL); /* [SM1] */
    TRY(logged_leaf_of(r->app, r->tx, a, &events, events.last, &newest));
    TRY(enterprise_of(r, a, stands.certificate, &enterprise));
    row = certificate_row_of(&stands, enterprise);
    row.log_index = newest.index;
    r->made.certificates++;
    TRY(certificate_put(r->tx, &row));
    TRY(formers_project(r->tx, &stands));
    return subs_project(r->tx, &stands);
}

/* --- what waits ------------------------------------------------------- */

/* A renewal looks at the certificate before it, and that one's case at the
 * renewal: both once all of them are there. */
static err make_renewal_tasks(struct arena *a, struct stream_row *stream,
                              void *context)
{
    struct rebuilding *r = context;
    struct case_file file;
    struct case_row row;

    TRY(case_get(r->tx, a, stream->id, &row));
    if (row.previous.n == 0)
        return OK;
    TRY(case_fold(r->app, r->tx, a, stream, &file));
    TRY(case_tasks_project(r->tx, file.state, NULL));
    return case_project_previous(r->app, r->tx, row.previous);
}

/* --- files of certificates --------------------------------------------- */

static err make_chunks(struct arena *a, struct stream_row *stream,
                       void *context)
{
    struct rebuilding *r = context;
    struct event_list events;

    TRY(read_events(r, a, stream, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next) {
        const struct imported_chunk row = import_chunk_row(e->data);

        TRY(imported_chunk_put(r->tx, &row));
    }
    return OK;
}

/* --- all of them ------------------------------------------------------ */

static err clear(struct tx *tx)
{
    TRY(task_clear(tx));
    TRY(case_counts_clear(tx));
    TRY(booking_clear_all(tx));
    TRY(complaint_clear_all(tx));
    TRY(sub_clear(tx));
    TRY(former_clear(tx));
    TRY(certificate_clear(tx));
    TRY(case_clear(tx));
    TRY(relation_clear(tx));
    TRY(imported_chunk_clear(tx));
    TRY(imported_code_clear(tx));
    TRY(calendar_link_clear_strays(tx));
    TRY(hook_clear_strays(tx));
    return person_clear_strays(tx);
}

static err make_codes(struct tx *tx)
{
    bool done = false;

    while (!done)
        TRY(imported_code(tx, IMPORTED_CODED, &done));
    return OK;
}

/* What only now can be seen to belong to nothing, and what was told. */
static err finish(struct tx *tx)
{
    TRY(make_codes(tx));
    TRY(enterprise_clear_strays(tx));
    TRY(notice_clear_strays(tx));
    TRY(task_tell_again(tx));
    TRY(case_tasks_set_made(tx));
    return projections_set_made(tx);
}

/* Those first that others refer to. */
static const struct {
    enum stream_kind kind;
    streams_part *make;
} kinds[] = {
    { STREAM_ENTERPRISE, make_enterprise },
    { STREAM_PERSON, make_person },
    { STREAM_CASE, make_case },
    { STREAM_CERTIFICATE, make_certificate },
    { STREAM_CASE, make_renewal_tasks },
    { STREAM_IMPORT, make_chunks },
};

static err rebuild_in_tx(struct tx *tx, void *context)
{
    struct rebuilding *r = context;
    struct streams s = { .tx = tx, .context = r };

    r->tx = tx;
    r->made = (struct rebuilt){ 0 };
    TRY(clear(tx));
    for (size_t i = 0; i < COUNT(kinds); i++) {
        s.part = kinds[i].make;
        TRY(streams_each(&s, kinds[i].kind));
    }
    return finish(tx);
}

err rebuild(struct app *app, struct arena *a, struct rebuilt *out)
{
    struct rebuilding r = { .app = app };

    TRY(app_write(app, a, rebuild_in_tx, &r));
    *out = r.made;
    return OK;
}
