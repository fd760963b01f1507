#include "domain/registers.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/contact.h"
#include "domain/names.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field qualified_fields[] = {
    F_STR(struct person_qualified, registration, 1, 60),
    F_ENUM(struct person_qualified, level, auditor_names),
    F_DAY(struct person_qualified, until),
    F_STRS_OPT(struct person_qualified, fields, 100),
    F_BOOL_OPT(struct person_qualified, full_time),
};
const struct record person_qualified_record =
    RECORD(person_qualified, qualified_fields);

static const struct field roles_fields[] = {
    F_STRS_OPT(struct person_roles, roles, ROLE_COUNT),
};
const struct record person_roles_record = RECORD(person_roles, roles_fields);

static const struct field changed_fields[] = {
    F_STR(struct enterprise_changed, name, 1, 200),
    F_STR(struct enterprise_changed, scope, 1, 10000),
    F_STR_OPT(struct enterprise_changed, province, 40),
    F_STR_OPT(struct enterprise_changed, city, 40),
    F_STR_OPT(struct enterprise_changed, note, 2000),
};
const struct record enterprise_changed_record =
    RECORD(enterprise_changed, changed_fields);

static const struct field body_fields_fields[] = {
    F_STRS_OPT(struct body_fields, fields, 100),
    F_STR(struct body_fields, document, 1, 200),
};
const struct record body_fields_record =
    RECORD(body_fields, body_fields_fields);

static const struct field relate_fields[] = {
    F_STR(struct person_relate, uscc, 1, 40),
    F_ENUM(struct person_relate, tie, tie_names),
    F_DAY_OPT(struct person_relate, until),
    F_STR_OPT(struct person_relate, note, 500),
};
static const struct record person_relate_record =
    RECORD(person_relate, relate_fields);

static const struct field contact_fields[] = {
    F_STR(struct enterprise_contact, name, 1, 100),
    F_STR(struct enterprise_contact, phone, 1, 40),
    F_STR_OPT(struct enterprise_contact, mail, 200),
};
static const struct record contact_record =
    RECORD(enterprise_contact, contact_fields);

#define ADMIN     ROLE_BIT(ROLE_ADMIN)
#define FINANCE   ROLE_BIT(ROLE_FINANCE)
#define QUALITY   ROLE_BIT(ROLE_QUALITY)
#define INTAKE    ROLE_BIT(ROLE_INTAKE)
#define APPLICANT ROLE_BIT(ROLE_APPLICANT)

static const struct register_kind kinds[] = {
    { "person.qualify", STREAM_PERSON, ADMIN | QUALITY, &person_qualified_record, "person.qualified" },
    { "person.set_roles", STREAM_PERSON, ADMIN, &person_roles_record, "person.roles_set" },
    { "person.leave", STREAM_PERSON, ADMIN, &reasons_record, "person.left" },
    { "person.return", STREAM_PERSON, ADMIN, &note_record, "person.returned" },
    { "person.revoke_calendars", STREAM_PERSON, ADMIN, &note_record, "person.calendars_revoked" },
    { "person.relate", STREAM_PERSON, ADMIN | QUALITY, &person_relate_record, "person.related" },
    { "enterprise.change", STREAM_ENTERPRISE, INTAKE | APPLICANT, &enterprise_changed_record, "enterprise.changed" },
    { "enterprise.contact", STREAM_ENTERPRISE, INTAKE | APPLICANT, &contact_record, "enterprise.contact_set" },
    { "body.change", STREAM_BODY, ADMIN, &body_changed_record, "body.changed" },
    { "body.set_approved", STREAM_BODY, ADMIN, &approved_list_record, "body.approved_set" },
    { "body.set_subsidies", STREAM_BODY, ADMIN | FINANCE, &subsidy_list_record, "body.subsidies_set" },
};
/* clang-format on */

size_t register_kind_count(void)
{
    return COUNT(kinds);
}

const struct register_kind *register_kind_at(size_t i)
{
    return i < COUNT(kinds) ? &kinds[i] : NULL;
}

const struct register_kind *register_kind_find(str name)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (str_eq(str_of(kinds[i].name), name))
            return &kinds[i];
    }
    return NULL;
}

/* --- folding [RE4] ------------------------------------------------------ */

void register_begin(struct register_entry *x, enum stream_kind kind, id stream)
{
    *x = (struct register_entry){
        .kind = kind,
        .id = stream,
        .active = true,
        .qualification = { .until = DAY_NEVER },
    };
}

static unsigned role_bits(const struct list *names)
{
    const str *role = names->p;
    unsigned bits = 0;

    for (size_t i = 0; i < names->n; i++) {
        for (unsigned r = 0; r < ROLE_COUNT; r++) {
            if (str_eq(role[i], str_of(role_names[r])))
                bits |= ROLE_BIT(r);
        }
    }
    return bits;
}

static void on_added(struct register_entry *x, const struct event *e)
{
    EVENT_DATA(person_added, added, e);

    x->roles = role_bits(&added->roles);
    x->employer = added->enterprise;
}

static void on_roles(struct register_entry *x, const struct event *e)
{
    EVENT_DATA(person_roles, set, e);

    x->roles = role_bits(&set->roles);
}

static void on_qualified(struct register_entry *x, const struct event *e)
{
    EVENT_DATA(person_qualified, q, e);

    x->qualification = (struct qualification){
        .registration = q->registration,
        .level = (enum auditor_level)q->level,
        .until = q->until,
        .fields = q->fields.p,
        .field_count = q->fields.n,
        .full_time = q->full_time,
    };
}

static void on_left(struct register_entry *x, const struct event *)
{
    x->active = false;
}

static void on_returned(struct register_entry *x, const struct event *)
{
    x->active = true;
}

static void on_registered(struct register_entry *x, const struct event *e)
{
    x->enterprise = e->data;
}

static void on_body(struct register_entry *x, const struct event *e)
{
    (void)body_stand_apply(&x->stand, e);
}

static void on_approved(struct register_entry *x, const struct event *e)
{
    x->approved = e->data;
}

static void on_subsidies(struct register_entry *x, const struct event *e)
{
    x->subsidies = e->data;
}

void register_apply(struct register_entry *x, const struct event *e)
{
    static const struct {
        const char *name;
        void (*fold)(struct register_entry *x, const struct event *e);
    } folds[] = {
        { "person.added", on_added },
        { "person.roles_set", on_roles },
        { "person.qualified", on_qualified },
        { "person.left", on_left },
        { "person.returned", on_returned },
        { "enterprise.registered", on_registered },
        { "enterprise.updated", on_registered },
        { "body.founded", on_body },
        { "body.fields_set", on_body },
        { "body.changed", on_body },
        { "body.approved_set", on_approved },
        { "body.subsidies_set", on_subsidies },
    };

    for (size_t i = 0; i < COUNT(folds); i++) {
        if (strcmp(folds[i].name, e->kind->name) == 0)
            folds[i].fold(x, e);
    }
    x->version = e->n;
    x->head = e->hash;
}

/* --- judging ------------------------------------------------------------ */

static err role_ids(struct arena *a, unsigned roles, str *out)
{
    struct buf b;

    buf_init(&b, a, 1000);
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if ((roles & ROLE_BIT(i)) != 0)
            buf_printf(&b, "%srole.%s", buf_view(&b).n > 0 ? "|" : "",
                       role_names[i]);
    }
    return buf_done(&b, out);
}

/* An applicant speaks for their own enterprise and nobody else. */
static unsigned roles_here(const struct register_entry *x,
                           const struct facts *f)
{
    bool own =
        x->kind == STREAM_ENTERPRISE && id_eq(f->actor.enterprise, x->id);

    return own ? f->actor.roles : f->actor.roles & ~APPLICANT;
}

static err check_roles(struct arena *a, const struct register_entry *x,
                       const struct register_kind *k, const struct facts *f)
{
    struct buf b;
    str command;
    str roles;

    if ((roles_here(x, f) & k->roles) != 0)
        return OK;
    buf_init(&b, a, 100);
    buf_printf(&b, "command.%s", k->name);
    TRY(buf_done(&b, &command));
    TRY(role_ids(a, k->roles, &roles));
    return err_new(a, ERR_DENIED, "rights.role", ARG_IDS("command", command),
                   ARG_IDS("roles", roles));
}

/* [RE1] */
static err check_not_own(struct arena *a, const struct register_entry *x,
                         const struct facts *f)
{
    if (x->kind == STREAM_PERSON && id_eq(x->id, f->actor.person))
        return err_new(a, ERR_DENIED, "register.own");
    return OK;
}

static err check_role_names(struct arena *a, const struct person_roles *wish)
{
    const str *names = wish->roles.p;

    for (size_t i = 0; i < wish->roles.n; i++) {
        struct list one = { (void *)(uintptr_t)&names[i], 1 };

        if (role_bits(&one) == 0)
            return err_new(a, ERR_INVALID, "register.role",
                           ARG_STR("role", names[i]));
    }
    return OK;
}

/* The registration must still run, and its number be nobody else's. [RE2] */
static err check_qualified(struct arena *a, const struct person_qualified *q,
                           const struct facts *f)
{
    if (q->until < f->today)
        return err_new(a, ERR_INVALID, "register.until",
                       ARG_DAY("until", q->until), ARG_DAY("today", f->today));
    if (f->registration_taken)
        return err_new(a, ERR_CONFLICT, "register.registration",
                       ARG_STR("registration", q->registration));
    return OK;
}

static err check_active(struct arena *a, const struct register_entry *x,
                        const struct register_kind *k)
{
    bool returns = strcmp(k->name, "person.return") == 0;

    if (x->kind == STREAM_PERSON && x->active == returns)
        return err_new(a, ERR_REFUSED,
                       returns ? "register.not_left" : "register.left");
    return OK;
}

static err emit_related(struct arena *a, const struct person_relate *wish,
                        const struct facts *f, struct event_list *out)
{
    struct person_related related = {
        .tie = wish->tie,
        .until = wish->until,
        .note = wish->note,
    };

    if (f->enterprise == NULL)
        return err_new(a, ERR_NOT_FOUND, "case.enterprise",
                       ARG_STR("uscc", wish->uscc));
    related.enterprise = f->enterprise->id;
    return event_emit(a, out, "person.related", f, &related);
}

/* That it was said, by whom and when; not what. [RE5] */
static err emit_contact(struct arena *a, const struct enterprise_contact *c,
                        const struct facts *f, struct event_list *out)
{
    static const struct nothing nothing;

    TRY(contact_check(a, c));
    return event_emit(a, out, "enterprise.contact_set", f, &nothing);
}

/* The newest facts, with what changed. */
static err emit_changed(struct arena *a, const struct register_entry *x,
                        const struct enterprise_changed *c,
                        const struct facts *f, struct event_list *out)
{
    struct enterprise_registered now = *x->enterprise;

    now.name = str_trim(c->name);
    now.scope = c->scope;
    now.province = c->province;
    now.city = c->city;
    return event_emit(a, out, "enterprise.updated", f, &now);
}

static err emit_body(struct arena *a, const struct register_entry *x,
                     const struct body_changed *wish, const struct facts *f,
                     struct event_list *out)
{
    struct body_changed made;

    TRY(body_change_judge(a, &x->stand, wish, f->today, &made));
    return event_emit(a, out, "body.changed", f, &made);
}

bool register_is_confirmed(const char *command)
{
    return strcmp(command, "person.set_roles") == 0 ||
           strcmp(command, "body.change") == 0;
}

err register_may(struct arena *a, const struct register_entry *x,
                 const struct register_kind *k, const struct facts *f)
{
    if (x->kind != k->stream)
        return err_new(a, ERR_INVALID, "register.kind",
                       ARG_STR("command", str_of(k->name)));
    TRY(check_roles(a, x, k, f));
    TRY(check_not_own(a, x, f));
    return check_active(a, x, k);
}

err register_judge(struct arena *a, const struct register_entry *x,
                   const struct register_kind *k, const void *data,
                   const struct facts *f, struct event_list *out)
{
    TRY(register_may(a, x, k, f));
    if (k->record == &person_roles_record)
        TRY(check_role_names(a, data));
    if (k->record == &person_qualified_record)
        TRY(check_qualified(a, data, f));
    if (k->record == &approved_list_record)
        TRY(approved_list_check(a, data));
    if (k->record == &subsidy_list_record)
        TRY(subsidy_list_check(a, data, f->today));
    if (k->record == &person_relate_record)
        return emit_related(a, data, f, out);
    if (k->record == &contact_record)
        return emit_contact(a, data, f, out);
    if (k->record == &body_changed_record)
        return emit_body(a, x, data, f, out);
    TRY(event_emit(a, out, k->event, f, data));
    if (k->record == &enterprise_changed_record)
        TRY(emit_changed(a, x, data, f, out));
    return OK;
}
