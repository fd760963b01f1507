#include "service/cases.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/idcode.h"
#include "codec/json.h"
#include "codec/utf8.h"
#include "crypto/hash.h"
#include "domain/command.h"
#include "service/agree.h"
#include "service/case_parts.h"
#include "service/project.h"
#include "service/stream.h"
#include "store/blob.h"
#include "store/certificates.h"
#include "store/command.h"
#include "store/counters.h"
#include "store/people.h"
#include "store/refusals.h"
#include "sys/clock.h"
#include "sys/entropy.h"

#include <stdio.h>

enum { REQUEST_MAX = 16 << 20, ANSWER_MAX = 1 << 20, COMMAND_SHOWN = 60 };

/* One command on its way. */
struct doing {
    struct app *app;
    const struct case_order *order;
    id command_id;
    id fresh[2]; /* random ids: of a new case, of a certificate */
    struct hash request;
    struct case_answer answer;
    /* of the newest run */
    struct case_file file;
    struct stream_row stream;
    struct facts facts;
    struct person people[NAMED_PEOPLE_MAX + 1];
    struct event_list events;
};

/* --- facts ----------------------------------------------------------- */

static void add_person(struct doing *d, const struct person *p)
{
    d->people[d->facts.person_count++] = *p;
}

/* The actor, and whoever the command names; a login nobody has is left out,
 * and the rule that looks for it says so. */
static err find_people(struct tx *tx, struct doing *d, const struct command *c)
{
    str names[NAMED_PEOPLE_MAX];
    size_t n = c->kind->people == NULL
                   ? 0
                   : c->kind->people(c->data, names, NAMED_PEOPLE_MAX);
    struct person p;

    d->facts.people = d->people;
    d->facts.person_count = 0;
    if (!id_is_zero(d->order->who->actor.person)) {
        TRY(person_by_key(tx, d->order->who->actor.person, &p));
        add_person(d, &p);
    }
    for (size_t i = 0; i < n; i++) {
        err e = person_by_name(tx, names[i], &p);

        if (err_is(e, ERR_NOT_FOUND))
            continue;
        TRY(e);
        add_person(d, &p);
    }
    return OK;
}

/* "C2026-0001", the next of the year. */
static err next_case_number(struct tx *tx, struct doing *d)
{
    char name[40];
    char number[40];
    int32_t year = date_of_day(d->facts.today).year;
    int64_t n;

    (void)snprintf(name, sizeof name, "case/%d", year);
    TRY(counter_next(tx, str_of(name), &n));
    (void)snprintf(number, sizeof number, "C%d-%04lld", year, (long long)n);
    TRY_MEMORY(arena_str(tx_arena(tx), str_of(number), &d->facts.case_number));
    return OK;
}

/* The serial of a certificate counts by year and is used only if it is
 * issued: the transaction that does not issue gives it back. */
static err next_serial(struct tx *tx, struct doing *d)
{
    char name[40];

    (void)snprintf(name, sizeof name, "certificate/%d",
                   date_of_day(d->facts.today).year);
    return counter_next(tx, str_of(name), &d->facts.serial);
}

static err gather_facts(struct tx *tx, struct doing *d, const struct command *c)
{
    int64_t now = app_world_of(d->app)->clock->now(app_world_of(d->app)->clock);

    d->facts = (struct facts){
        .at = now,
        .today =
            d->order->today == DAY_NEVER ? day_of_micros(now) : d->order->today,
        .calendar = app_calendar(d->app),
        .actor = d->order->who->actor,
        .channel = d->order->who->channel,
        .body = app_body(d->app),
        .enterprise = &d->file.enterprise,
        .certificate = d->fresh[1],
        .journal_head = d->stream.head,
    };
    if (strcmp(c->kind->name, "case.open") == 0)
        TRY(next_case_number(tx, d));
    if (strcmp(c->kind->name, "certificate.issue") == 0)
        TRY(next_serial(tx, d));
    return find_people(tx, d, c);
}

/* --- the case -------------------------------------------------------- */

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
        struct event_list *to =
            e->kind->stream == STREAM_CASE ? of_case : of_certificate;

        next = e->next;
        e->next = NULL;
        if (to->last == NULL)
            to->first = e;
        else
            to->last->next = e;
        to->last = e;
        to->n++;
    }
}

static err store_certificate(struct tx *tx, struct doing *d,
                             struct event_list *events)
{
    const struct certificate *c = events->first->data;
    struct stream_row row = {
        .id = c->certificate,
        .kind = str_of(stream_names[STREAM_CERTIFICATE]),
        .number = c->number,
        .opened = d->facts.at,
    };

    TRY(stream_open(tx, &row));
    TRY(stream_append(tx, row.id, 0, &row.head, events));
    TRY(stream_enter_log(tx, d->app, events));
    return certificate_project(tx, c, d->file.enterprise.id, 1);
}

static err store_case(struct tx *tx, struct doing *d, struct event_list *events)
{
    struct state *s = d->file.state;

    if (opens(d->order)) {
        d->stream.number = d->facts.case_number;
        d->stream.opened = d->facts.at;
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
    return case_project(tx, s, d->stream.number);
}

/* --- the answer [CA3] ------------------------------------------------ */

struct answer_record {
    id id;
    str number;
    int64_t version;
    struct list events;
    str certificate;
};

/* clang-format off */
static const struct field answer_fields[] = {
    F_ID(struct answer_record, id),
    F_STR(struct answer_record, number, 1, 40),
    F_INT(struct answer_record, version, 1, INT64_MAX),
    F_STRS_OPT(struct answer_record, events, 100),
    F_STR_OPT(struct answer_record, certificate, 40),
};
static const struct record answer_kind = RECORD(answer_record, answer_fields);
/* clang-format on */

static err name_events(struct tx *tx, const struct event_list *events,
                       struct list *out)
{
    str *names = arena_array(tx_arena(tx), events->n, sizeof *names);
    size_t n = 0;

    TRY_MEMORY(names);
    for (const struct event *e = events->first; e != NULL; e = e->next)
        names[n++] = str_of(e->kind->name);
    *out = (struct list){ names, n };
    return OK;
}

static err record_answer(struct tx *tx, struct doing *d,
                         const struct event_list *events)
{
    const struct state *s = d->file.state;
    struct answer_record r = {
        .id = d->stream.id,
        .number = d->stream.number,
        .version = s->version,
        .certificate = s->certificate == NULL ? S("") : s->certificate->number,
    };
    struct json *j;
    struct buf b;
    str text;

    TRY(name_events(tx, events, &r.events));
    TRY(record_write(tx_arena(tx), &answer_kind, &r, &j));
    buf_init(&b, tx_arena(tx), ANSWER_MAX);
    json_canonical(&b, j);
    TRY(buf_done(&b, &text));

    struct command_row row = {
        .id = d->command_id,
        .actor = d->order->who->actor.person,
        .request = d->request,
        .stream = d->stream.id,
        .version = s->version,
        .answer = text,
        .at = d->facts.at,
    };
    d->answer = (struct case_answer){ r.id,     r.number,      r.version,
                                      r.events, r.certificate, false };
    return command_record(tx, &row);
}

static err repeat_answer(struct tx *tx, struct doing *d,
                         const struct command_row *row)
{
    struct answer_record r = { 0 };
    struct json *j;

    TRY(json_parse(tx_arena(tx), row->answer, &j));
    TRY(record_read(tx_arena(tx), &answer_kind, j, &r));
    d->answer = (struct case_answer){ r.id,     r.number,      r.version,
                                      r.events, r.certificate, true };
    return OK;
}

/* --- one transaction [CA1] ------------------------------------------- */

static err carry_out(struct tx *tx, struct doing *d)
{
    const struct case_order *o = d->order;
    struct event_list of_case = { 0 };
    struct event_list of_certificate = { 0 };
    struct command c;

    TRY(opens(o) ? new_case(tx, d) : old_case(tx, d));
    TRY(command_read(tx_arena(tx), o->command, o->data, &c));
    TRY(gather_facts(tx, d, &c));
    TRY(decide(tx_arena(tx), d->file.state, &c, &d->facts, &d->events));
    split_events(&d->events, &of_case, &of_certificate);
    TRY(store_case(tx, d, &of_case));
    if (of_certificate.n > 0)
        TRY(store_certificate(tx, d, &of_certificate));
    return record_answer(tx, d, &of_case);
}

static err do_in_tx(struct tx *tx, void *context)
{
    struct doing *d = context;
    struct command_row want = {
        .id = d->command_id,
        .actor = d->order->who->actor.person,
        .request = d->request,
    };
    struct command_row row;
    bool found;

    TRY(command_find(tx, tx_arena(tx), &want, &row, &found));
    return found ? repeat_answer(tx, d, &row) : carry_out(tx, d);
}

/* --- the audit trail [CA4] ------------------------------------------- */

struct refusing {
    const struct doing *d;
    err why;
    str arguments;
    int64_t at;
};

/* What was typed, as far as the trail can hold it. */
static str storable(str typed)
{
    return utf8_is_text(typed) ? typed : S("");
}

static err write_arguments(struct arena *a, err why, str *out)
{
    struct json *j = json_new_object(a);
    struct buf b;

    for (const struct err_arg *g = why.info->args; g->name != NULL; g++)
        json_set(j, str_of(g->name),
                 g->kind == ARG_IS_TEXT || g->kind == ARG_IS_IDS ||
                         g->kind == ARG_IS_LABEL
                     ? json_new_str(a, storable(g->text))
                     : json_new_int(a, g->number));
    buf_init(&b, a, ANSWER_MAX);
    json_canonical(&b, j);
    return buf_done(&b, out);
}

static err record_refusal(struct tx *tx, void *context)
{
    const struct refusing *r = context;
    const struct case_order *o = r->d->order;
    struct refusal_row row = {
        .at = r->at,
        .actor = o->who->actor.person,
        .channel = o->who->channel,
        .stream = opens(o) ? (id){ { 0 } } : r->d->stream.id,
        .command = utf8_first(storable(o->command), COMMAND_SHOWN),
        .code = r->why.info->code,
        .message = str_of(r->why.info->id),
        .arguments = r->arguments,
    };

    return refusal_record(tx, &row);
}

/* Whatever was asked for and not done; but not what failed the machine. */
static bool is_refusal(err e)
{
    enum err_code code = failed(e) ? e.info->code : ERR_IO;

    return code != ERR_IO && code != ERR_MEMORY && code != ERR_BUSY;
}

/* The refusal is what the caller hears, also when the trail cannot be kept:
 * then nothing else can be written either. */
static err keep_refusal(struct app *app, struct arena *a, const struct doing *d,
                        err why)
{
    struct clock *clock = app_world_of(app)->clock;
    struct refusing r = { .d = d, .why = why, .at = clock->now(clock) };

    TRY(write_arguments(a, why, &r.arguments));
    return app_write(app, a, record_refusal, &r);
}

/* --- the service ------------------------------------------------------ */

/* The version that the caller saw is left out: whoever got no answer, read the
 * case and asks again, asks for the same. */
static err hash_request(struct arena *a, const struct case_order *o,
                        struct hash *out)
{
    struct json *j = json_new_object(a);
    struct json data = *o->data;
    struct buf b;
    str text;

    json_set(j, S("command"), json_new_str(a, o->command));
    json_set(j, S("ref"), json_new_str(a, o->ref));
    json_set(j, S("enterprise"), json_new_str(a, o->enterprise));
    json_set(j, S("today"), json_new_int(a, o->today));
    json_set(j, S("data"), &data);
    buf_init(&b, a, REQUEST_MAX);
    json_canonical(&b, j);
    TRY(buf_done(&b, &text));
    sha256(text.p, text.n, out->b);
    return OK;
}

err cases_do(struct app *app, struct arena *a, const struct case_order *order,
             struct case_answer *out)
{
    struct entropy *entropy = app_world_of(app)->entropy;
    struct doing *d = arena_zero(a, sizeof *d);

    TRY_MEMORY(d);
    d->app = app;
    d->order = order;
    d->command_id = order->command_id;
    if (id_is_zero(d->command_id))
        TRY(entropy_id(entropy, &d->command_id));
    for (size_t i = 0; i < 2; i++)
        TRY(entropy_id(entropy, &d->fresh[i]));
    TRY(hash_request(a, order, &d->request));

    err e = app_write(app, a, do_in_tx, d);
    if (is_refusal(e)) {
        err kept = keep_refusal(app, a, d, e);
        (void)kept.info; /* see keep_refusal() */
    }
    TRY(e);
    *out = d->answer;
    return OK;
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
