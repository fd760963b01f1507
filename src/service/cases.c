#include "service/cases.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/idcode.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "domain/command.h"
#include "domain/commands.h"
#include "domain/rights.h"
#include "domain/standing.h"
#include "service/agree.h"
#include "service/case_facts.h"
#include "service/case_letters.h"
#include "service/credentials.h"
#include "service/drafts.h"
#include "service/kept.h"
#include "service/order.h"
#include "service/project.h"
#include "service/reports.h"
#include "service/stream.h"
#include "store/blob.h"
#include "store/certificates.h"
#include "store/drafts.h"
#include "sys/clock.h"
#include "sys/entropy.h"

/* One command on its way. */
struct doing {
    struct app *app;
    const struct case_order *order;
    id fresh[3]; /* random ids: of a new case, of a certificate; a salt */
    /* of the newest run */
    struct case_file file;
    struct kept_case *kept; /* it has the file's state; NULL: the tx has */
    struct stream_row stream;
    struct case_facts x;
    struct event_list events;
    struct event_list of_case;
};

/* --- the case --------------------------------------------------------- */

static bool opens(const struct case_order *o)
{
    return str_eq(o->ref, S("new"));
}

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
    struct arena *a = tx_arena(tx);
    id own = d->order->who->actor.enterprise;
    str uscc = d->order->enterprise;
    struct enterprise_row row;

    if (uscc.n == 0 && id_is_zero(own))
        return err_new(a, ERR_INVALID, "case.whose");
    err e = uscc.n == 0 ? enterprise_get(tx, a, own, &row)
                        : enterprise_typed(tx, uscc, &row);
    if (err_is(e, ERR_NOT_FOUND) && uscc.n > 0)
        return err_new(a, ERR_NOT_FOUND, "case.enterprise",
                       ARG_STR("uscc", uscc));
    TRY(e);
    d->file.enterprise = enterprise_of_row(&row);
    return OK;
}

/* What a new case is opened with is read before anything is looked up by it. */
static err new_case(struct tx *tx, struct doing *d, const struct command *c)
{
    const struct case_open *opening = c->data;
    const struct scheme *scheme;
    struct state *s;

    TRY(find_enterprise(tx, d));
    TRY(app_scheme_named(d->app, tx, opening->scheme, &scheme));
    TRY(state_new(tx_arena(tx), scheme, &s));
    d->stream = (struct stream_row){ .id = d->fresh[0], .kind = S("case") };
    d->file.state = s;
    return OK;
}

/* What is wrong with a command itself is said of it before what is wrong with
 * its data. [C4] */
static err read_command(struct tx *tx, const struct case_order *o,
                        struct command *out)
{
    if (opens(o) && command_kind_find(o->command) != NULL &&
        !str_eq(o->command, S("case.open")))
        return err_new(tx_arena(tx), ERR_INVALID, "case.new",
                       ARG_STR("command", o->command));
    return command_read(tx_arena(tx), o->command, o->data, out);
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

/* From its journal; and kept from now on. */
static err read_case(struct tx *tx, struct doing *d)
{
    const struct case_order *o = d->order;

    TRY(case_for(d->app, tx, &o->who->actor, o->ref, &d->stream, &d->file));
    TRY(check_row(tx, d));
    if (o->once)
        return OK;
    TRY(kept_make(app_kept(d->app), tx, &d->file, &d->kept));
    if (d->kept != NULL)
        d->file.state = d->kept->state;
    return OK;
}

static err old_case(struct tx *tx, struct doing *d)
{
    const struct case_order *o = d->order;

    TRY(case_stream(tx, o->ref, &d->stream));
    TRY(kept_take(app_kept(d->app), tx, &d->stream, &d->kept));
    if (d->kept != NULL)
        TRY(case_for_kept(d->app, tx, &o->who->actor, o->ref, d->kept,
                          &d->file));
    else
        TRY(read_case(tx, d));
    if (o->expected >= 0 && o->expected != d->stream.version)
        return err_new(tx_arena(tx), ERR_CONFLICT, "case.version",
                       ARG_INT("expected", o->expected),
                       ARG_INT("found", d->stream.version));
    return OK;
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
    for (const struct event *e = events->first; e != NULL; e = e->next)
        standing_apply(&s, e);
    TRY(credentials_sign(tx, d->app, &s, &d->x.facts, events));
    TRY(stream_append(tx, row.id, row.version, &row.head, events));
    s.version = events->last->n;
    TRY(stream_enter_log_known(tx, d->app, events));
    return certificate_project(tx, &s, d->file.enterprise.id);
}

static err fold_in(struct doing *d, const struct event_list *events)
{
    for (const struct event *e = events->first; e != NULL; e = e->next) {
        if (d->kept != NULL)
            TRY(kept_apply(d->kept, e));
        else
            apply(d->file.state, e);
    }
    return OK;
}

static err store_case(struct tx *tx, struct doing *d, struct event_list *events)
{
    struct state *s = d->file.state;
    struct case_before before;

    TRY(case_before(d->app, tx, s, d->stream.number, &before));
    if (opens(d->order)) {
        d->stream.number = d->x.facts.case_number;
        d->stream.opened = d->x.facts.at;
        TRY(stream_open(tx, &d->stream));
    }
    TRY(stream_append(tx, d->stream.id, d->stream.version, &d->stream.head,
                      events));
    TRY(fold_in(d, events));
    TRY(case_sound(tx_arena(tx), s, d->stream.number));
    TRY(stream_enter_log_known(tx, d->app, events));
    return case_project(d->app, tx, s, d->stream.number, d->kept, &before);
}

/* --- one transaction [CA1] -------------------------------------------- */

/* A stage, and the limit that ran in it. */
struct running {
    enum stage stage;
    day due;
};

/* The limit of the stage that ended, where it had passed.  Of a case that is
 * over nobody needs to know. */
static day late(const struct state *s, const struct running *before, day today)
{
    bool went_on = s->stage != before->stage && s->stage != STAGE_ENDED;

    return went_on && before->due < today ? before->due : DAY_NEVER;
}

/* [KP3] Give back what the command had in hands: it is on disk, or not. */
static void give_back(struct doing *d, bool done)
{
    kept_give(app_kept(d->app), d->kept, done);
    d->kept = NULL;
}

/* For whoever asked: the case is another's as soon as it is given back. */
static err tell(struct tx *tx, const struct doing *d, day late,
                struct done *out)
{
    const struct state *s = d->file.state;
    str number = s->certificate == NULL ? S("") : s->certificate->number;

    *out = (struct done){
        .stream = d->stream.id,
        .number = d->stream.number,
        .version = s->version,
        .events = &d->of_case,
        .late = late,
    };
    TRY_MEMORY(arena_str(tx_arena(tx), number, &out->certificate));
    return OK;
}

/* What would happen: the events, or the refusal. */
static err judge_order(struct tx *tx, struct doing *d)
{
    const struct case_order *o = d->order;
    struct command c;

    give_back(d, false); /* of a run before this one, which came to nothing */
    if (!opens(o))
        TRY(old_case(tx, d));
    TRY(read_command(tx, o, &c));
    if (opens(o))
        TRY(new_case(tx, d, &c));
    d->x = (struct case_facts){ .app = d->app,
                                .order = o,
                                .file = &d->file,
                                .stream = &d->stream,
                                .certificate = d->fresh[1],
                                .salt = d->fresh[2] };
    TRY(case_facts_gather(tx, &d->x, &c));
    return decide(tx_arena(tx), d->file.state, &c, &d->x.facts, &d->events);
}

/* drafts.h [DR2] */
static err drop_drafts(struct tx *tx, const struct doing *d, enum stage before)
{
    const struct case_order *o = d->order;

    if (d->file.state->stage == STAGE_ENDED)
        return draft_drop_case(tx, d->stream.id);
    if (str_eq(o->command, S(DRAFT_MESSAGE)))
        return draft_drop_own(tx, d->stream.id, o->command,
                              o->who->actor.person);
    if (before != STAGE_PREPARATION)
        return OK;
    if (d->file.state->stage != STAGE_PREPARATION)
        return draft_drop_case(tx, d->stream.id);
    return draft_drop(tx, d->stream.id, o->command);
}

/* [OB1] What happened is told in the same transaction. */
static err post(struct tx *tx, const struct doing *d)
{
    const struct told_act act = {
        .state = d->file.state,
        .number = d->stream.number,
        .enterprise = &d->file.enterprise,
        .events = &d->of_case,
    };

    return case_letters(d->app, tx, &act);
}

/* One that meanwhile ended some other way is left as it is. */
static err take_report(struct tx *tx, const struct doing *d)
{
    const struct report_ending ending = {
        .who = d->order->who,
        .today = d->x.facts.today,
        .number = d->order->report,
        .case_ref = d->stream.number,
    };

    return d->order->report.n == 0 ? OK : reports_take_in(tx, d->app, &ending);
}

static err carry_out(struct tx *tx, void *context, struct done *out)
{
    struct doing *d = context;
    struct event_list of_certificate = { 0 };

    TRY(judge_order(tx, d));
    const struct running before = { d->file.state->stage, d->file.state->due };
    d->of_case = (struct event_list){ 0 };
    split_events(&d->events, &d->of_case, &of_certificate);
    TRY(store_case(tx, d, &d->of_case));
    TRY(drop_drafts(tx, d, before.stage));
    if (of_certificate.n > 0)
        TRY(store_certificate(tx, d, &of_certificate));
    TRY(post(tx, d));
    TRY(take_report(tx, d));

    return tell(tx, d, late(d->file.state, &before, d->x.facts.today), out);
}

static err begin_doing(struct app *app, struct arena *a,
                       const struct case_order *order, struct doing **out)
{
    const struct app_world *w = app_world_of(app);
    struct doing *d = arena_zero(a, sizeof *d);

    TRY_MEMORY(d);
    d->app = app;
    d->order = order;
    TRY(entropy_ids(w->entropy, d->fresh, COUNT(d->fresh)));
    /* Everybody may know when it was issued, but not when a case was opened. */
    entropy_date_id(&d->fresh[1], w->clock->now(w->clock));
    *out = d;
    return OK;
}

err cases_do(struct app *app, struct arena *a, const struct case_order *order,
             struct case_answer *out)
{
    static const id nothing = { { 0 } };
    struct doing *d;

    TRY(begin_doing(app, a, order, &d));

    struct order_work work = {
        .carry_out = carry_out,
        .context = d,
        .about = opens(order) ? &nothing : &d->stream.id,
        .of_case = true,
    };
    err e = order_do(app, a, order, &work, out);
    give_back(d, !failed(e) && !out->repeated);
    return e;
}

/* --- asking beforehand [CA8] ---------------------------------------------- */

/* It fails, so that nothing of it is kept: numbers were taken on the way. */
static err only_ask(struct tx *tx, void *context)
{
    TRY(judge_order(tx, context));
    return err_new(tx_arena(tx), ERR_REFUSED, "case.asked");
}

err cases_ask(struct app *app, struct arena *a, const struct case_order *order)
{
    struct doing *d;

    TRY(begin_doing(app, a, order, &d));
    err e = app_write_case(app, a, only_ask, d);
    give_back(d, false);
    return failed(e) && strcmp(e.info->id, "case.asked") == 0 ? OK : e;
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

/* Who may, and how large: before anything is written. */
static err check_upload(struct arena *a, const struct session *who, str command,
                        const struct case_upload *file)
{
    TRY(right_check_role(a, right_find(command.p), &who->actor));
    if (file->bytes.n == 0)
        return err_new(a, ERR_INVALID, "case.file_empty");
    if (file->bytes.n > CASE_FILE_MAX)
        return err_new(a, ERR_LIMIT, "case.file_size",
                       ARG_INT("size", file->bytes.n),
                       ARG_INT("most", CASE_FILE_MAX));
    return OK;
}

static err keep_bytes(struct app *app, struct arena *a,
                      const struct case_upload *file, struct hash *out)
{
    const struct app_world *w = app_world_of(app);
    struct blobs blobs = { w->files, app_blob_folder(app) };
    struct blob_row row = {
        .size = (int64_t)file->bytes.n,
        .media_type = file->media_type,
        .name = file->name,
        .at = w->clock->now(w->clock),
    };
    bool kept = false;

    sha256(file->bytes.p, file->bytes.n, row.hash.b);
    TRY(is_kept(app, a, &row.hash, &kept)); /* [BL2] */
    if (!kept) {
        TRY(blob_write(&blobs, a, &row.hash, file->bytes)); /* [BL1] first */
        TRY(app_write_case(app, a, record_blob, &row));
    }
    *out = row.hash;
    return OK;
}

err cases_keep_file_for(struct app *app, struct arena *a,
                        const struct session *who, str command,
                        const struct case_upload *file, struct hash *out)
{
    err e = check_upload(a, who, command, file);

    if (!failed(e))
        return keep_bytes(app, a, file, out);

    struct refused r = { .who = who, .command = command, .why = e };
    order_refused(app, a, &r);
    return e;
}

err cases_keep_file(struct app *app, struct arena *a, const struct session *who,
                    const struct case_upload *file, struct hash *out)
{
    return cases_keep_file_for(app, a, who, S("document.add"), file, out);
}
