#include "service/cases.h"

#include "base/arena.h"
#include "codec/idcode.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "domain/command.h"
#include "domain/standing.h"
#include "service/agree.h"
#include "service/case_facts.h"
#include "service/order.h"
#include "service/project.h"
#include "service/stream.h"
#include "store/blob.h"
#include "store/certificates.h"
#include "sys/clock.h"
#include "sys/entropy.h"

/* One command on its way. */
struct doing {
    struct app *app;
    const struct case_order *order;
    id fresh[2]; /* random ids: of a new case, of a certificate */
    /* of the newest run */
    struct case_file file;
    struct stream_row stream;
    struct case_facts x;
    struct event_list events;
    struct event_list of_case;
};

/* --- the case
 * ------------------------------------------------------------------ */

/* The enterprise with this code, however it was typed. */
static err enterprise_typed(struct tx *tx, str uscc, struct enterprise_row *out)
{
    struct idcode x;

    idcode_check(uscc, &x);
    return enterprise_by_uscc(tx, tx_arena(tx),
                              x.kind == IDCODE_USCC ? str_of(x.text) : uscc,
                              out);
}

/* An applicant opens for their own enterprise; staff name one. */
static err find_enterprise(struct tx *tx, struct doing *d)
{
    struct enterprise_row row;
    str uscc = d->order->enterprise;
    err e = uscc.n == 0 ? enterprise_get(tx, tx_arena(tx),
                                         d->order->who->actor.enterprise, &row)
                        : enterprise_typed(tx, uscc, &row);

    if (err_is(e, ERR_NOT_FOUND))
        return err_new(tx_arena(tx), ERR_NOT_FOUND, "case.enterprise",
                       ARG_STR("uscc", uscc));
    TRY(e);
    d->file.enterprise = enterprise_of_row(&row);
    return OK;
}

static err new_case(struct tx *tx, struct doing *d)
{
    const struct scheme *scheme;
    str name = json_get_str(d->order->data, S("scheme"));
    struct state *s;

    TRY(find_enterprise(tx, d));
    TRY(app_scheme_named(d->app, tx, name, &scheme));
    TRY(state_new(tx_arena(tx), scheme, &s));
    d->stream = (struct stream_row){ .id = d->fresh[0], .kind = S("case") };
    d->file.state = s;
    return OK;
}

/* [CA5] A journal that was cut short fits in itself; the row knows better. */
static err check_row(struct tx *tx, const struct doing *d)
{
    struct case_row row;
    err e = case_get(tx, tx_arena(tx), d->stream.id, &row);

    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    if (failed(e) || !agree_case(&row, d->file.state, d->stream.number))
        return err_new(tx_arena(tx), ERR_CORRUPT, "check.case",
                       ARG_STR("case", d->stream.number));
    return OK;
}

static err old_case(struct tx *tx, struct doing *d)
{
    const struct case_order *o = d->order;

    TRY(case_stream(tx, o->ref, &d->stream));
    TRY(case_for(d->app, tx, &o->who->actor, o->ref, &d->stream, &d->file));
    if (o->expected >= 0 && o->expected != d->stream.version)
        return err_new(tx_arena(tx), ERR_CONFLICT, "case.version",
                       ARG_INT("expected", o->expected),
                       ARG_INT("found", d->stream.version));
    return check_row(tx, d);
}

static bool opens(const struct case_order *o)
{
    return str_eq(o->ref, S("new"));
}

/* --- storing --------------------------------------------------------- */

/* The events of the case; those of a certificate go to its own stream. */
static void split_events(struct event_list *all, struct event_list *of_case,
                         struct event_list *of_certificate)
{
    struct event *next;

    for (struct event *e = all->first; e != NULL; e = next) {
        next = e->next;
        event_list_add(e->kind->stream == STREAM_CASE ? of_case
                                                      : of_certificate,
                       e);
    }
}

/* The stream of the case's certificate, which its first event opens, and what
 * stands in it so far. */
static err certificate_stream(struct tx *tx, const struct certificate *c,
                              int64_t at, struct stream_row *row,
                              struct standing *so_far)
{
    struct event_list before;
    err e = stream_get(tx, tx_arena(tx), c->certificate, row);

    if (err_is(e, ERR_NOT_FOUND)) {
        *row = (struct stream_row){
            .id = c->certificate,
            .kind = str_of(stream_names[STREAM_CERTIFICATE]),
            .number = c->number,
            .opened = at,
        };
        return stream_open(tx, row);
    }
    TRY(e);
    TRY(stream_events(tx, tx_arena(tx), row, &before));
    for (const struct event *b = before.first; b != NULL; b = b->next)
        standing_apply(so_far, b);
    return OK;
}

static err store_certificate(struct tx *tx, struct doing *d,
                             struct event_list *events)
{
    const struct certificate *c = d->file.state->certificate;
    struct standing s = { 0 };
    struct stream_row row;

    TRY(certificate_stream(tx, c, d->x.facts.at, &row, &s));
    TRY(stream_append(tx, row.id, row.version, &row.head, events));
    for (const struct event *e = events->first; e != NULL; e = e->next)
        standing_apply(&s, e);
    TRY(stream_enter_log(tx, d->app, events));
    return certificate_project(tx, &s, d->file.enterprise.id);
}

static err store_case(struct tx *tx, struct doing *d, struct event_list *events)
{
    struct state *s = d->file.state;

    if (opens(d->order)) {
        d->stream.number = d->x.facts.case_number;
        d->stream.opened = d->x.facts.at;
        TRY(stream_open(tx, &d->stream));
    }
    TRY(stream_append(tx, d->stream.id, d->stream.version, &d->stream.head,
                      events));
    for (const struct event *e = events->first; e != NULL; e = e->next)
        apply(s, e);

    const char *broken = state_invariant(s);
    if (broken != NULL)
        return err_new(tx_arena(tx), ERR_CORRUPT, "case.invariant",
                       ARG_STR("invariant", str_of(broken)),
                       ARG_STR("case", d->stream.number));
    TRY(stream_enter_log(tx, d->app, events));
    return case_project(d->app, tx, s, d->stream.number);
}

/* --- one transaction [CA1] -------------------------------------------- */

static err carry_out(struct tx *tx, void *context, struct done *out)
{
    struct doing *d = context;
    const struct case_order *o = d->order;
    struct event_list of_certificate = { 0 };
    struct command c;

    TRY(opens(o) ? new_case(tx, d) : old_case(tx, d));
    TRY(command_read(tx_arena(tx), o->command, o->data, &c));
    d->x = (struct case_facts){ .app = d->app,
                                .order = o,
                                .file = &d->file,
                                .stream = &d->stream,
                                .certificate = d->fresh[1] };
    TRY(case_facts_gather(tx, &d->x, &c));
    TRY(decide(tx_arena(tx), d->file.state, &c, &d->x.facts, &d->events));
    d->of_case = (struct event_list){ 0 };
    split_events(&d->events, &d->of_case, &of_certificate);
    TRY(store_case(tx, d, &d->of_case));
    if (of_certificate.n > 0)
        TRY(store_certificate(tx, d, &of_certificate));

    const struct state *s = d->file.state;
    *out = (struct done){
        .stream = d->stream.id,
        .number = d->stream.number,
        .version = s->version,
        .events = &d->of_case,
        .certificate = s->certificate == NULL ? S("") : s->certificate->number,
    };
    return OK;
}

err cases_do(struct app *app, struct arena *a, const struct case_order *order,
             struct case_answer *out)
{
    static const id nothing = { { 0 } };
    struct doing *d = arena_zero(a, sizeof *d);

    TRY_MEMORY(d);
    d->app = app;
    d->order = order;
    for (size_t i = 0; i < 2; i++)
        TRY(entropy_id(app_world_of(app)->entropy, &d->fresh[i]));

    struct order_work work = {
        .carry_out = carry_out,
        .context = d,
        .about = opens(order) ? &nothing : &d->stream.id,
    };
    return order_do(app, a, order, &work, out);
}

/* --- documents -------------------------------------------------------- */

static err record_blob(struct tx *tx, void *context)
{
    return blob_record(tx, (const struct blob_row *)context);
}

static err is_kept(struct app *app, struct arena *a, const struct hash *hash,
                   bool *kept)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct blob_row row;

    TRY(app_read(app, a, &tx));
    return blob_find(tx, a, hash, &row, kept);
}

err cases_keep_file(struct app *app, struct arena *a, str bytes, str media_type,
                    str name, struct hash *out)
{
    const struct app_world *w = app_world_of(app);
    struct blobs blobs = { w->files, app_blob_folder(app) };
    struct blob_row row = {
        .size = (int64_t)bytes.n,
        .media_type = media_type,
        .name = name,
        .at = w->clock->now(w->clock),
    };
    bool kept = false;

    sha256(bytes.p, bytes.n, row.hash.b);
    TRY(is_kept(app, a, &row.hash, &kept)); /* [BL2] */
    if (!kept) {
        TRY(blob_write(&blobs, a, &row.hash, bytes)); /* [BL1] first the file */
        TRY(app_write(app, a, record_blob, &row));
    }
    *out = row.hash;
    return OK;
}
