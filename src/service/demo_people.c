/*
 * demo_people -- who works at the demonstration's body, and who applies to it.
 *
 * The staff of demo.yaml audit as many cases as its list of characters has.
 * For each time through that list again two more auditors are hired, so that a
 * body of any size finds two for every audit.
 */

#include "service/demo_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "codec/json.h"
#include "service/cast.h"
#include "service/registers.h"

#include <stdio.h>

enum {
    REGISTERED_FOR = 900,
    PAIR = 2,
    FIRST_MORE = 4,          /* after auditor3 .. */
    REGISTRATION_BASE = 1001 /* .. who is 1003, as 1004 is taken */
};

/* --- somebody -------------------------------------------------------- */

static int64_t role_bits(const struct yaml *names)
{
    int64_t bits = 0;

    for (const struct yaml *y = names->first; y != NULL; y = y->next) {
        for (unsigned r = 0; r < ROLE_COUNT; r++) {
            if (str_eq(y->text, str_of(role_names[r])))
                bits |= ROLE_BIT(r);
        }
    }
    return bits;
}

static err add_person(struct demo *d, str login, str name, int64_t roles,
                      id enterprise, id *out)
{
    struct registrar by = demo_registrar(d);
    struct person_row row = {
        .login = login,
        .name = name,
        .roles = roles,
        .enterprise = enterprise,
    };
    uint8_t salt[PASSWORD_SALT_BYTES];

    TRY(entropy_fill(d->world.entropy, salt, sizeof salt));
    TRY(session_secret(d->a, login, salt, PASSWORD_COST_LEAST, &row.secret));
    TRY(entropy_id(d->world.entropy, &row.id));
    demo_next_minute(d);
    *out = row.id;
    return registry_person(d->app, d->a, &by, &row);
}

/* Whoever is tied consulted for the newcomer's enterprise, and still does. */
static err tie_person(struct demo *d, id person)
{
    struct registrar by = demo_registrar(d);
    struct relation_row tie = { d->enterprises[0].id, DAY_NEVER };

    return registry_relation(d->app, d->a, &by, person, &tie, S(""));
}

/* --- auditors -------------------------------------------------------- */

/* A registered auditor or expert: what the register is told. */
struct auditing {
    str login;
    str registration;
    str level;
    const struct yaml *fields;
};

static struct json *field_list(struct demo *d, const struct yaml *fields)
{
    struct json *list = json_new_array(d->a);

    for (const struct yaml *y = fields->first; y != NULL; y = y->next)
        json_add(list, json_new_str(d->a, y->text));
    return list;
}

/* An evaluator's registration, entered by the administrator. [条例 38] */
static err qualify(struct demo *d, const struct auditing *x)
{
    struct session admin = {
        .actor = { .person = d->admin, .roles = ROLE_BIT(ROLE_ADMIN) },
        .channel = S("demo"),
    };
    struct json *data = json_new_object(d->a);
    struct case_answer unused;
    char until[DAY_TEXT];
    struct buf ref;

    buf_init(&ref, d->a, 200);
    buf_str(&ref, S("person:"));
    buf_str(&ref, x->login);
    json_set(data, S("registration"), json_new_str(d->a, x->registration));
    json_set(data, S("level"), json_new_str(d->a, x->level));
    json_set(data, S("until"),
             json_new_str(d->a,
                          day_text(d->wish->today + REGISTERED_FOR, until)));
    json_set(data, S("fields"), field_list(d, x->fields));
    json_set(data, S("full_time"), json_new_bool(d->a, true));

    struct case_order order = {
        .who = &admin,
        .today = DAY_NEVER,
        .command = S("person.qualify"),
        .data = data,
        .expected = -1,
    };
    TRY(buf_done(&ref, &order.ref));
    demo_next_minute(d);
    return registers_do(d->app, d->a, &order, &unused);
}

/* From here on the planner may choose them. */
static void put_on_roster(struct demo *d, str login)
{
    check(d->auditor_count < d->auditor_room);
    d->auditors[d->auditor_count++] = (struct auditor){ login, DAY_MIN };
}

/* --- the staff of demo.yaml ------------------------------------------ */

static err add_registration(struct demo *d, const struct yaml *y)
{
    struct auditing x = {
        .login = demo_text(y, "login"),
        .registration = demo_text(y, "registration"),
        .level = demo_text(y, "level"),
        .fields = yaml_get(y, S("fields")),
    };

    return qualify(d, &x);
}

static err add_staff_member(struct demo *d, const struct yaml *y)
{
    int64_t roles = role_bits(yaml_get(y, S("roles")));
    bool registered = yaml_get(y, S("registration")) != NULL;
    bool audits = registered && ((unsigned)roles & ROLE_BIT(ROLE_AUDITOR)) != 0;
    bool tied = false;
    id person;

    (void)yaml_bool(yaml_get(y, S("tied")), &tied);
    TRY(add_person(d, demo_text(y, "login"), demo_text(y, "name"), roles,
                   (id){ { 0 } }, &person));
    if (id_is_zero(d->admin))
        d->admin = person; /* the first of the list */
    if (registered)
        TRY(add_registration(d, y));
    if (audits && !tied)
        put_on_roster(d, demo_text(y, "login"));
    return tied ? tie_person(d, person) : OK;
}

static err add_staff(struct demo *d)
{
    const struct yaml *y = demo_part(d, "people")->first;

    for (; y != NULL; y = y->next)
        TRY(add_staff_member(d, y));
    return OK;
}

/* --- more auditors --------------------------------------------------- */

static err numbered(struct demo *d, const struct yaml *y, const char *key,
                    size_t n, str *out)
{
    struct buf b;

    buf_init(&b, d->a, 200);
    buf_str(&b, demo_text(y, key));
    buf_int(&b, (int64_t)n);
    return buf_done(&b, out);
}

static err hire_auditor(struct demo *d, const struct yaml *y, size_t n)
{
    struct auditing x = {
        .level = demo_text(y, "level"),
        .fields = yaml_get(y, S("fields")),
    };
    str name;
    id unused;

    TRY(numbered(d, y, "login", n, &x.login));
    TRY(numbered(d, y, "name", n, &name));
    TRY(numbered(d, y, "registration", REGISTRATION_BASE + n, &x.registration));
    TRY(add_person(d, x.login, name, ROLE_BIT(ROLE_AUDITOR), (id){ { 0 } },
                   &unused));
    TRY(qualify(d, &x));
    put_on_roster(d, x.login);
    return OK;
}

/* How many times the cases go through their list again. */
static size_t rounds_again(const struct demo *d)
{
    size_t cases = (size_t)d->wish->size;

    return cases == 0 ? 0 : (cases - 1) / demo_part(d, "cases")->count;
}

static err hire_auditors(struct demo *d)
{
    const struct yaml *y = demo_part(d, "auditors");
    size_t n = PAIR * rounds_again(d);

    for (size_t i = 0; i < n; i++)
        TRY(hire_auditor(d, y, FIRST_MORE + i));
    return OK;
}

/* --- applicants ------------------------------------------------------ */

static err add_applicants(struct demo *d)
{
    str name = demo_text(demo_part(d, "texts"), "applicant");
    size_t n = (size_t)d->wish->size + 1;

    for (size_t i = 0; i < n && i < d->enterprise_count; i++) {
        str login;
        id person;

        TRY(demo_login(d->a, i, &login));
        TRY(add_person(d, login, name, ROLE_BIT(ROLE_APPLICANT),
                       d->enterprises[i].id, &person));
    }
    return OK;
}

err demo_login(struct arena *a, size_t enterprise, str *out)
{
    char text[40];

    if (enterprise == 0)
        return arena_str(a, str_of(cast_newcomer), out) ? OK : err_memory();
    (void)snprintf(text, sizeof text, "applicant-%03zu", enterprise);
    return arena_str(a, str_of(text), out) ? OK : err_memory();
}

err demo_people(struct demo *d)
{
    d->auditor_room = demo_part(d, "people")->count + PAIR * rounds_again(d);
    d->auditors = arena_array(d->a, d->auditor_room, sizeof *d->auditors);
    TRY_MEMORY(d->auditors);
    TRY(add_staff(d));
    TRY(hire_auditors(d));
    return add_applicants(d);
}
