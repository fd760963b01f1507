#include "service/registers.h"

#include "base/arena.h"
#include "codec/idcode.h"
#include "codec/json.h"
#include "codec/record.h"
#include "domain/commands.h"
#include "domain/registers.h"
#include "service/administrators.h"
#include "service/case_parts.h"
#include "service/order.h"
#include "service/register_home.h"
#include "service/stream.h"
#include "store/calendars.h"
#include "store/enterprises.h"
#include "store/people.h"
#include "store/web_sessions.h"
#include "sys/clock.h"

/* One command on its way. */
struct doing {
    struct app *app;
    const struct case_order *order;
    /* of the newest run */
    struct stream_row stream;
    struct register_entry entry;
    struct enterprise related; /* person.relate: with whom */
    const void *data;          /* of the command */
    struct facts facts;
    struct event_list events;
};

/* --- refs ------------------------------------------------------------- */

bool registers_ref(str ref)
{
    return str_eq(ref, S("body")) || str_begins(ref, S("enterprise:")) ||
           str_begins(ref, S("person:"));
}

static err missing(struct tx *tx, str ref)
{
    return err_new(tx_arena(tx), ERR_NOT_FOUND, "register.missing",
                   ARG_STR("ref", ref));
}

static bool is_missing(err e)
{
    return err_is(e, ERR_NOT_FOUND);
}

/* A code as it is printed, however it was typed. */
static err find_enterprise(struct tx *tx, str uscc, struct enterprise_row *out)
{
    struct idcode code;

    idcode_check(uscc, &code);
    return enterprise_by_uscc(tx, tx_arena(tx),
                              code.kind == IDCODE_USCC ? str_of(code.text)
                                                       : uscc,
                              out);
}

static err find_id(struct tx *tx, str ref, id *out)
{
    struct enterprise_row enterprise;
    struct person_row person;
    struct stream_row body;

    if (str_begins(ref, S("enterprise:"))) {
        TRY(find_enterprise(tx, str_from(ref, strlen("enterprise:")),
                            &enterprise));
        *out = enterprise.id;
    } else if (str_begins(ref, S("person:"))) {
        TRY(person_by_login(tx, tx_arena(tx), str_from(ref, strlen("person:")),
                            &person));
        *out = person.id;
    } else {
        TRY(stream_by_number(tx, tx_arena(tx), S("body"), S("body"), &body));
        *out = body.id;
    }
    return OK;
}

/* --- folding ---------------------------------------------------------- */

static enum stream_kind kind_of(str name)
{
    for (int k = 0; k < STREAM_KIND_COUNT; k++) {
        if (str_eq(name, str_of(stream_names[k])))
            return (enum stream_kind)k;
    }
    return STREAM_KIND_COUNT;
}

static err fold(struct tx *tx, const struct stream_row *row,
                struct register_entry *out)
{
    struct event_list events;

    TRY(stream_events(tx, tx_arena(tx), row, &events));
    register_begin(out, kind_of(row->kind), row->id);
    for (const struct event *e = events.first; e != NULL; e = e->next)
        register_apply(out, e);
    return OK;
}

err registers_fold(struct tx *tx, id stream, struct register_entry *out)
{
    struct stream_row row;

    TRY(stream_get(tx, tx_arena(tx), stream, &row));
    return fold(tx, &row, out);
}

/* --- facts ------------------------------------------------------------ */

/* Is it the registration of this person, who is somebody else? */
static err compare_registration(struct tx *tx, struct doing *d, id person,
                                str registration)
{
    struct register_entry x;

    TRY(registers_fold(tx, person, &x));
    if (!id_eq(person, d->entry.id) &&
        str_eq(x.qualification.registration, registration))
        d->facts.registration_taken = true;
    return OK;
}

/* Does somebody else work under this registration? [条例 14] */
static err find_registration(struct tx *tx, struct doing *d, str registration)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct list people;

    do {
        TRY(person_list(tx, tx_arena(tx), &page, &people));
        const struct person_row *p = people.p;

        for (size_t i = 0; i < people.n; i++)
            TRY(compare_registration(tx, d, p[i].id, registration));
        if (people.n > 0)
            page.after = p[people.n - 1].login;
    } while (people.n == STORE_PAGE_MAX);
    return OK;
}

static err gather(struct tx *tx, struct doing *d, const struct register_kind *k,
                  const void *data)
{
    struct clock *clock = app_world_of(d->app)->clock;
    int64_t now = clock->now(clock);
    const struct case_order *o = d->order;

    d->facts = (struct facts){
        .at = now,
        .today = o->today == DAY_NEVER ? day_of_micros(now) : o->today,
        .calendar = app_calendar(d->app),
        .actor = o->who->actor,
        .channel = o->who->channel,
    };
    if (strcmp(k->name, "person.qualify") == 0)
        TRY(find_registration(
            tx, d, ((const struct person_qualified *)data)->registration));
    if (strcmp(k->name, "person.relate") != 0)
        return OK;

    struct enterprise_row row;
    err e =
        find_enterprise(tx, ((const struct person_relate *)data)->uscc, &row);
    if (is_missing(e))
        return OK; /* the rule that looks for it says so */
    TRY(e);
    d->related = enterprise_of_row(&row);
    d->facts.enterprise = &d->related;
    return OK;
}

/* --- the last administrator [RS2] --------------------------------------- */

static bool is_admin(unsigned roles)
{
    return (roles & ROLE_BIT(ROLE_ADMIN)) != 0;
}

/* `before` is what the events in `d` were judged of. */
static err check_last_admin(struct tx *tx, const struct doing *d,
                            const struct register_entry *before)
{
    bool was = before->active && is_admin(before->roles);
    bool is = d->entry.active && is_admin(d->entry.roles);
    bool found = false;

    if (before->kind != STREAM_PERSON || !was || is)
        return OK;
    TRY(administrators_find(tx, d->entry.id, d->facts.today, &found));
    return found ? OK
                 : err_new(tx_arena(tx), ERR_REFUSED, "register.last_admin");
}

/* --- projections ------------------------------------------------------ */

static err project_person(struct tx *tx, const struct doing *d)
{
    struct person_row row;

    TRY(person_get(tx, tx_arena(tx), d->entry.id, &row));
    row.roles = d->entry.roles;
    row.state = d->entry.active ? PERSON_ACTIVE : PERSON_LEFT;
    if (!d->entry.active)
        TRY(web_session_drop_others(tx, d->entry.id, 0));
    if (!d->entry.active || /* for good: who comes back makes new ones */
        str_eq(d->order->command, S("person.revoke_calendars")))
        TRY(calendar_link_drop_all(tx, d->entry.id));
    return person_put(tx, &row);
}

static err project_relation(struct tx *tx, const struct doing *d)
{
    for (const struct event *e = d->events.first; e != NULL; e = e->next) {
        const struct person_related *related = e->data;
        struct relation_row row;

        if (strcmp(e->kind->name, "person.related") != 0)
            continue;
        row = (struct relation_row){ related->enterprise, related->until };
        TRY(relation_put(tx, d->entry.id, &row));
    }
    return OK;
}

/* Nothing of it stands in an event, so a replay keeps what is there.
 * domain/registers.h [RE5] */
static void put_contact(struct enterprise_row *row,
                        const struct enterprise_contact *c)
{
    row->contact_name = c->name;
    row->contact_phone = c->phone;
    row->contact_mail = c->mail;
}

static err project_enterprise(struct tx *tx, const struct doing *d)
{
    const struct enterprise_registered *now = d->entry.enterprise;
    struct enterprise_row row;

    TRY(enterprise_get(tx, tx_arena(tx), d->entry.id, &row));
    row.name = now->name;
    row.scope = now->scope;
    row.province = now->province;
    row.city = now->city;
    if (str_eq(d->order->command, S("enterprise.contact")))
        put_contact(&row, d->data);
    return enterprise_put(tx, &row);
}

static err project(struct tx *tx, const struct doing *d)
{
    if (d->entry.kind == STREAM_ENTERPRISE)
        return project_enterprise(tx, d);
    if (d->entry.kind != STREAM_PERSON)
        return OK;
    TRY(project_person(tx, d));
    return project_relation(tx, d);
}

/* --- one transaction -------------------------------------------------- */

static err read_data(struct tx *tx, const struct doing *d,
                     const struct register_kind *k, void **out)
{
    void *data = arena_zero(tx_arena(tx), k->record->size);

    TRY_MEMORY(data);
    TRY(record_read(tx_arena(tx), k->record, d->order->data, data));
    *out = data;
    return OK;
}

/* Somebody else was quicker. */
static err check_version(struct tx *tx, const struct doing *d)
{
    int64_t expected = d->order->expected;

    if (expected < 0 || expected == d->stream.version)
        return OK;
    return err_new(tx_arena(tx), ERR_CONFLICT, "case.version",
                   ARG_INT("expected", expected),
                   ARG_INT("found", d->stream.version));
}

/* What the body is stands in what is said of every certificate, and no entry of
 * the log tells of it (register_home.h [RG2]). */
static err tell_of_body(struct tx *tx, const struct doing *d)
{
    return str_eq(d->order->ref, S("body"))
               ? register_news_all(d->app, tx_arena(tx))
               : OK;
}

static err carry_out(struct tx *tx, void *context, struct done *out)
{
    struct doing *d = context;
    const struct register_kind *k = register_kind_find(d->order->command);
    struct register_entry before;
    void *data = NULL;
    id stream;

    if (k == NULL)
        return err_new(tx_arena(tx), ERR_NOT_FOUND, "command.unknown",
                       ARG_STR("name", d->order->command));
    err e = find_id(tx, d->order->ref, &stream);
    if (is_missing(e))
        return missing(tx, d->order->ref);
    TRY(e);
    TRY(stream_get(tx, tx_arena(tx), stream, &d->stream));
    TRY(check_version(tx, d));
    TRY(fold(tx, &d->stream, &d->entry));
    before = d->entry;
    TRY(read_data(tx, d, k, &data));
    d->data = data;
    TRY(gather(tx, d, k, data));
    d->events = (struct event_list){ 0 };
    TRY(register_judge(tx_arena(tx), &d->entry, k, data, &d->facts,
                       &d->events));
    TRY(stream_append(tx, d->stream.id, d->stream.version, &d->stream.head,
                      &d->events));
    for (const struct event *v = d->events.first; v != NULL; v = v->next)
        register_apply(&d->entry, v);
    TRY(check_last_admin(tx, d, &before));
    TRY(tell_of_body(tx, d));
    TRY(project(tx, d));
    *out = (struct done){
        .stream = d->stream.id,
        .number = d->order->ref,
        .version = d->entry.version,
        .events = &d->events,
        .certificate = S(""),
        .late = DAY_NEVER,
    };
    return OK;
}

err registers_do(struct app *app, struct arena *a,
                 const struct case_order *order, struct case_answer *out)
{
    struct doing *d = arena_zero(a, sizeof *d);

    TRY_MEMORY(d);
    d->app = app;
    d->order = order;

    struct order_work work = { carry_out, d, &d->stream.id, false };
    return order_do(app, a, order, &work, out);
}

/* It fails, so that nothing of it is kept. */
static err only_ask(struct tx *tx, void *context)
{
    struct done unused;

    TRY(carry_out(tx, context, &unused));
    return err_new(tx_arena(tx), ERR_REFUSED, "case.asked");
}

err registers_ask(struct app *app, struct arena *a,
                  const struct case_order *order)
{
    struct doing *d = arena_zero(a, sizeof *d);

    TRY_MEMORY(d);
    d->app = app;
    d->order = order;

    err e = app_write(app, a, only_ask, d);
    return failed(e) && strcmp(e.info->id, "case.asked") == 0 ? OK : e;
}

err registers_find(struct tx *tx, str ref, id *out)
{
    err e = registers_ref(ref) ? find_id(tx, ref, out) : missing(tx, ref);

    return is_missing(e) ? missing(tx, ref) : e;
}
