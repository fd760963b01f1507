#include "domain/test_fixture.h"

#include "base/check.h"
#include "base/size.h"
#include "codec/json.h"

#include <assert.h>

/* --- people ------------------------------------------------------------- */

static const struct {
    const char *login;
    unsigned roles;
} crowd[] = {
    { "applicant", ROLE_BIT(ROLE_APPLICANT) },
    { "rival", ROLE_BIT(ROLE_APPLICANT) },
    { "intake", ROLE_BIT(ROLE_INTAKE) },
    { "finance", ROLE_BIT(ROLE_FINANCE) },
    { "planner", ROLE_BIT(ROLE_PLANNER) },
    { "lead", ROLE_BIT(ROLE_AUDITOR) },
    { "auditor", ROLE_BIT(ROLE_AUDITOR) },
    { "spare", ROLE_BIT(ROLE_AUDITOR) },
    { "tied",
      ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_REVIEWER) | ROLE_BIT(ROLE_HEAD) },
    { "expert", ROLE_BIT(ROLE_EXPERT) },
    { "reviewer", ROLE_BIT(ROLE_REVIEWER) },
    { "jack",
      ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_REVIEWER) | ROLE_BIT(ROLE_HEAD) },
    { "certificates", ROLE_BIT(ROLE_CERTIFICATES) },
    { "quality", ROLE_BIT(ROLE_QUALITY) },
    { "head", ROLE_BIT(ROLE_HEAD) },
    { "appeal", ROLE_BIT(ROLE_APPEAL) },
    { "reporter", ROLE_BIT(ROLE_REPORTER) },
    { "authority", ROLE_BIT(ROLE_AUTHORITY) },
    { "admin", ROLE_BIT(ROLE_ADMIN) },
    { "insider", (1U << ROLE_COUNT) - 1 },
    { "retired", ROLE_BIT(ROLE_AUDITOR) },
    { "critic", ROLE_BIT(ROLE_REVIEWER) },
    { "umpire", ROLE_BIT(ROLE_REVIEWER) | ROLE_BIT(ROLE_HEAD) },
};

static_assert(COUNT(crowd) <= FIXTURE_PEOPLE, "room for everybody");

static id number_id(uint8_t kind, size_t n)
{
    return (id){ { kind, [15] = (uint8_t)n } };
}

enum { ID_PERSON = 1, ID_ENTERPRISE = 2, ID_CASE = 3, ID_CERTIFICATE = 4 };

static const str sc03[] = { S_INIT("SC03") };

static void invite(struct fixture *f)
{
    for (size_t i = 0; i < COUNT(crowd); i++)
        f->people[i] = (struct person){
            .id = number_id(ID_PERSON, i + 1),
            .login = str_of(crowd[i].login),
            .roles = crowd[i].roles,
            .active = strcmp(crowd[i].login, "retired") != 0,
        };
    f->people_count = COUNT(crowd);
    for (size_t i = 0; i < COUNT(crowd); i++) {
        if ((crowd[i].roles & ROLE_BIT(ROLE_EXPERT)) != 0) {
            f->people[i].qualification.fields = sc03;
            f->people[i].qualification.field_count = 1;
        }
        if ((crowd[i].roles & ROLE_BIT(ROLE_AUDITOR)) != 0)
            f->people[i].qualification = (struct qualification){
                .registration = str_of(crowd[i].login),
                .level = AUDITOR_FULL,
                .until = DAY_NEVER,
                .fields = sc03,
                .field_count = 1,
                .full_time = true,
            };
    }
    f->tie = (struct relation){ number_id(ID_ENTERPRISE, 1), DAY_NEVER };
    person_of(f, "tied")->relations = &f->tie;
    person_of(f, "tied")->relation_count = 1;
}

static const str expert_fields[] = { S_INIT("SC99"), S_INIT("SC03") };

const struct expert_row expert_rows[EXPERT_ROWS] = {
    { "nothing on record", { .field_count = 0 }, "team.expert_unknown" },
    { "another field",
      { .fields = expert_fields, .field_count = 1 },
      "team.expert_field" },
    { "this field", { .fields = &expert_fields[1], .field_count = 1 }, NULL },
    { "both", { .fields = expert_fields, .field_count = 2 }, NULL },
};

struct person *person_of(struct fixture *f, const char *login)
{
    for (size_t i = 0; i < f->people_count; i++) {
        if (str_eq(f->people[i].login, str_of(login)))
            return &f->people[i];
    }
    test_fail(__FILE__, __LINE__, login, "somebody with this login");
    return &f->people[0];
}

static struct actor actor_of(struct fixture *f, const char *login)
{
    const struct person *p = person_of(f, login);
    struct actor a = { .person = p->id, .roles = p->roles };

    if (strcmp(login, "applicant") == 0 || strcmp(login, "insider") == 0)
        a.enterprise = f->enterprise.id;
    if (strcmp(login, "rival") == 0)
        a.enterprise = number_id(ID_ENTERPRISE, 2);
    return a;
}

/* --- the world ---------------------------------------------------------- */

day on(const char *date)
{
    day d = 0;

    EXPECT_ROW(date, day_parse(str_of(date), &d));
    return d;
}

void set_today(struct fixture *f, const char *date)
{
    pass_days(f, on(date) - f->facts.today);
}

void pass_days(struct fixture *f, int32_t days)
{
    f->facts.today += days;
    f->facts.at = day_start_micros(f->facts.today) + INT64_C(36000000000);
}

static void found(struct fixture *f)
{
    f->enterprise = (struct enterprise){
        .id = number_id(ID_ENTERPRISE, 1),
        .name = S("示例电器有限公司"),
        .uscc = S("91350100M000100Y43"),
        .registered = on("2020-01-15"),
        .scope = S("家用电器销售；家用电器安装服务。"),
        .province = S("示例省"),
        .city = S("示例市"),
    };
    f->fields[0] = S("SC03");
    f->body = (struct body){
        .name_zh = S("示例认证中心"),
        .name_en = S("Example Certification Centre"),
        .approval = S("CNCA-R-2099-000"),
        .number = S("000"),
        .fields = f->fields,
        .field_count = 1,
        .demonstration = true,
    };
}

struct fixture *fixture_with(const char *old, const char *new)
{
    static struct heap heap = { heap_libc_resize };
    struct arena arena;

    arena_init(&arena, &heap, FIXTURE_ARENA);
    struct fixture *f = arena_zero(&arena, sizeof *f);
    check(f != NULL);
    f->arena = arena;
    f->scheme =
        test_scheme_from(&f->arena, test_scheme_with(&f->arena, old, new));
    check(f->scheme != NULL);
    EXPECT_OK(calendar_official(&f->arena, &f->calendar));
    EXPECT_OK(state_new(&f->arena, f->scheme, &f->state));
    found(f);
    invite(f);
    f->facts = (struct facts){
        .calendar = f->calendar,
        .channel = S("test"),
        .body = &f->body,
        .enterprise = &f->enterprise,
        .people = f->people,
        .person_count = f->people_count,
        .case_number = S("C2026-0001"),
        .serial = 6,
        .certificate = number_id(ID_CERTIFICATE, 1),
    };
    set_today(f, "2026-03-02");
    return f;
}

struct fixture *fixture_new(void)
{
    return fixture_with("id: mini", "id: mini");
}

void fixture_end(struct fixture **f)
{
    struct arena arena;

    if (*f == NULL)
        return;
    arena = (*f)->arena; /* it holds the fixture itself */
    *f = NULL;
    arena_end(&arena);
}

/* --- giving commands ---------------------------------------------------- */

/* {'a':1} is easier on the eyes than "{\"a\":1}". */
static str unquote(struct arena *a, const char *json)
{
    str copy = S("");

    check(arena_str(a, str_of(json), &copy));
    char *p = arena_zero(a, copy.n + 1);
    check(p != NULL);
    for (size_t i = 0; i < copy.n; i++)
        p[i] = copy.p[i] == '\'' ? '"' : copy.p[i];
    return (str){ p, copy.n };
}

struct json *fixture_json(struct fixture *f, const char *json)
{
    struct json *data = NULL;

    check(EXPECT_ROW_OK(json, json_parse(&f->arena, unquote(&f->arena, json),
                                         &data)));
    return data;
}

/* Padding too: a state that is not touched is the same to the last byte. */
static str bytes_of(const struct state *s)
{
    return (str){ (const char *)s, sizeof *s };
}

/* Those of the register who have the role, but for who acts for the enterprise
 * of the case. */
static void tell_heads(struct fixture *f, struct facts *told)
{
    struct person *heads =
        arena_array(&f->arena, f->people_count, sizeof *heads);

    check(heads != NULL);
    told->heads = heads;
    for (size_t i = 0; i < f->people_count; i++) {
        if ((f->people[i].roles & ROLE_BIT(ROLE_HEAD)) != 0 &&
            !str_eq(f->people[i].login, S("insider")))
            heads[told->head_count++] = f->people[i];
    }
}

/* As the service does it: what the command does not ask for it is not told. */
static struct facts facts_for(struct fixture *f, const struct command_kind *k)
{
    unsigned needed = command_facts(k);
    struct facts told = f->facts;

    if ((needed & FACT_NUMBER) == 0)
        told.case_number = S("");
    if ((needed & FACT_SERIAL) == 0)
        told.serial = 0;
    if ((needed & FACT_LIBRARY) == 0)
        told.library_count = 0;
    if ((needed & FACT_HEADS) != 0)
        tell_heads(f, &told);
    return told;
}

err try_it(struct fixture *f, const char *who, const char *command,
           const char *json, struct event_list *out)
{
    struct json *data = fixture_json(f, json);
    struct command c;

    TRY(command_read(&f->arena, str_of(command), data, &c));
    f->facts.actor = who == NULL ? (struct actor){ 0 } : actor_of(f, who);
    f->facts.journal_head = f->state->head;

    struct state *before = arena_zero(&f->arena, sizeof *before);
    check(before != NULL);
    memcpy(before, f->state, sizeof *before);

    struct facts facts = facts_for(f, c.kind);
    err e = decide(&f->arena, f->state, &c, &facts, out);
    EXPECT_ROW(command, str_eq(bytes_of(before), bytes_of(f->state)));
    return e;
}

/* What was sealed is read back, and written the same again. */
static const struct event *read_back(struct fixture *f, const struct event *e)
{
    struct event *again = NULL;
    struct event *copy = NULL;

    if (!EXPECT_ROW_OK(e->kind->name, event_read(&f->arena, e->text, &again)))
        return e;
    EXPECT_ROW(e->kind->name, event_follows(again, e->stream, e->n, &e->prev));
    copy = arena_zero(&f->arena, sizeof *copy);
    check(copy != NULL);
    *copy = *again;
    EXPECT_ROW_OK(e->kind->name,
                  event_seal(&f->arena, copy, e->stream, e->n, &e->prev));
    EXPECT_ROW_STR(e->kind->name, copy->text, e->text);
    return again;
}

static err keep(struct fixture *f, struct event *e)
{
    static const struct hash nothing;

    if (e->kind->stream == STREAM_CERTIFICATE) {
        TRY(event_seal(&f->arena, e, f->facts.certificate, 1, &nothing));
        const struct event *read = read_back(f, e);

        if (strcmp(e->kind->name, "certificate.issued") == 0)
            f->issued = read;
        check(f->public_count < FIXTURE_PUBLICS);
        f->publics[f->public_count++] = read;
        return OK;
    }
    check(f->n < FIXTURE_EVENTS);
    TRY(event_seal(&f->arena, e, number_id(ID_CASE, 1), f->state->version + 1,
                   &f->state->head));
    (void)read_back(f, e);
    f->texts[f->n] = e->text;
    f->events[f->n++] = e;
    apply(f->state, e);
    return OK;
}

static void expect_sound(struct fixture *f, const char *command)
{
    const char *broken = state_invariant(f->state);

    if (broken != NULL)
        test_fail(__FILE__, __LINE__, command, broken);
}

struct deciding {
    struct fixture *f;
    const char *command;
    struct json *data;
};

static err decide_in(struct heap *h, void *context)
{
    const struct deciding *d = context;
    scoped(arena_end) struct arena a;
    struct event_list events = { 0 };
    struct command c;

    arena_init(&a, h, 16 << 20);
    TRY(command_read(&a, str_of(d->command), d->data, &c));
    err e = decide(&a, d->f->state, &c, &d->f->facts, &events);
    EXPECT_ROW(d->command, failed(e) == (events.n == 0));
    return failed(e) && e.info->code != ERR_MEMORY ? OK : e; /* a refusal */
}

/* With plenty first, which also makes `who` the actor. */
long try_without_memory(struct fixture *f, const char *who, const char *command,
                        const char *json, err *plenty)
{
    struct deciding d = { f, command, fixture_json(f, json) };
    struct event_list got = { 0 };

    *plenty = try_it(f, who, command, json, &got);
    return test_every_allocation_fails(decide_in, NULL, &d);
}

err give(struct fixture *f, const char *who, const char *command,
         const char *json)
{
    struct event_list events = { 0 };
    struct event *next;

    TRY(try_it(f, who, command, json, &events));
    for (struct event *e = events.first; e != NULL; e = next) {
        next = e->next;
        TRY(keep(f, e));
        expect_sound(f, command);
    }
    return OK;
}

void expect_attempts(struct fixture *f, const struct attempt *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct attempt *r = &rows[i];
        struct event_list events = { 0 };
        err e = try_it(f, r->who, r->command, r->json, &events);

        if (r->id == NULL)
            EXPECT_ROW_OK(r->name, e);
        else
            EXPECT_ROW_ERR(r->name, e, r->code, r->id);
        EXPECT_ROW(r->name, (events.n > 0) == (r->id == NULL));
    }
}

struct state *replayed(struct fixture *f)
{
    struct state *s = NULL;

    check(EXPECT_OK(state_new(&f->arena, f->scheme, &s)));
    for (size_t i = 0; i < f->n; i++) {
        struct event *e = NULL;

        if (EXPECT_OK(event_read(&f->arena, f->texts[i], &e)))
            apply(s, e);
    }
    return s;
}

struct event_list fixture_journal(struct fixture *f)
{
    struct event_list list = { 0 };

    for (size_t i = 0; i < f->n; i++) {
        struct event *copy = arena_zero(&f->arena, sizeof *copy);

        check(copy != NULL);
        *copy = *f->events[i];
        copy->next = NULL;
        event_list_add(&list, copy);
    }
    return list;
}
