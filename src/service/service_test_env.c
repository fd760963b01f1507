#include "service/service_test_env.h"

#include "base/buf.h"
#include "codec/json.h"
#include "codec/yaml.h"
#include "scheme/test_files.h"
#include "service/keys.h"

#include <stdio.h>

enum { OFFICE_ARENA = 1 << 30, JSON_MAX = 1 << 20, OFFICE_SEED = 1 };

/* --- days ------------------------------------------------------------- */

day office_day(const char *date)
{
    day d = 0;

    EXPECT_ROW(date, day_parse(str_of(date), &d));
    return d;
}

day office_today(const struct office *o)
{
    return day_of_micros(o->world.clock->now(o->world.clock));
}

void office_pass_days(struct office *o, int32_t days)
{
    clock_set_forward(&o->clock, days * INT64_C(86400) * 1000000);
}

/* --- a world ---------------------------------------------------------- */

bool office_world(struct office *o, const struct store_place *place)
{
    const int64_t nine = INT64_C(9) * 3600 * 1000000;
    char dir[PLACE_FOLDER + 8];

    *o = (struct office){
        .place = *place,
        .heap = HEAP_LIBC,
        .files = FILE_SYSTEM,
    };
    arena_init(&o->arena, &o->heap, OFFICE_ARENA);
    clock_set_init(&o->clock,
                   day_start_micros(office_day(OFFICE_TODAY)) + nine);
    entropy_seeded_init(&o->entropy, OFFICE_SEED);
    o->world = (struct app_world){ &o->heap, &o->clock.clock,
                                   &o->entropy.entropy, &o->files, S("") };
    (void)snprintf(dir, sizeof dir, "%s/body", place->folder);
    bool kept = arena_str(&o->arena, str_of(dir), &o->dir);
    EXPECT(kept);
    return kept;
}

void office_end(struct office *o)
{
    app_close(&o->app);
    entropy_seeded_end(&o->entropy);
    arena_end(&o->arena);
}

/* --- acting ----------------------------------------------------------- */

struct registrar office_registrar(const struct office *o)
{
    return (struct registrar){ .today = office_today(o), .channel = S("demo") };
}

err office_hire(struct office *o, const char *login, unsigned roles,
                id enterprise)
{
    struct registrar by = office_registrar(o);
    struct person_row row = {
        .login = str_of(login),
        .name = S("示例"),
        .roles = roles,
        .enterprise = enterprise,
    };

    TRY(entropy_id(o->world.entropy, &row.id));
    return registry_person(o->app, &o->arena, &by, &row);
}

err office_freeze(struct office *o, str yaml, struct hash *out)
{
    struct registrar by = office_registrar(o);
    struct package_file file = { S("scheme.yaml"), yaml };
    struct package package = { &file, 1 };
    id stream;

    TRY(entropy_id(o->world.entropy, &stream));
    return registry_scheme(o->app, &o->arena, &by, &package, stream, out);
}

str office_mini_text(struct office *o, const char *old, const char *new)
{
    str text = test_file(&o->arena, "tests/schemes/mini/scheme.yaml");
    size_t at = str_find(text, str_of(old));
    struct buf b;
    str out = S("");

    EXPECT_ROW(old, at < text.n);
    buf_init(&b, &o->arena, text.n + strlen(new));
    buf_str(&b, str_first(text, at));
    buf_str(&b, str_of(new));
    buf_str(&b, str_from(text, at + strlen(old)));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

struct hash office_mini_with(struct office *o, const char *old, const char *new)
{
    struct hash hash = { 0 };

    clock_set_forward(&o->clock, 1);
    EXPECT_ROW_OK(new, office_freeze(o, office_mini_text(o, old, new), &hash));
    return hash;
}

static err log_in(struct office *o, const char *login, struct session *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct claim claim = { .login = str_of(login),
                           .demonstration = true,
                           .channel = S("demo") };

    TRY(app_read(o->app, &o->arena, &tx));
    return session_open(tx, &o->arena, &claim, out);
}

const struct session *office_as(struct office *o, const char *login)
{
    static const struct session nobody;
    struct session *who = arena_zero(&o->arena, sizeof *who);

    EXPECT(who != NULL);
    if (who == NULL || !EXPECT_ROW_OK(login, log_in(o, login, who)))
        return &nobody;
    return who;
}

struct json *office_json(struct office *o, const char *json)
{
    struct json *j = NULL;
    struct buf b;
    str text = S("");

    buf_init(&b, &o->arena, JSON_MAX);
    for (const char *p = json; *p != '\0'; p++)
        buf_char(&b, *p == '\'' ? '"' : *p);
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_ROW_OK(json, json_parse(&o->arena, text, &j));
    return j;
}

struct case_order office_order(struct office *o, const char *login, str ref,
                               const char *command, const char *json)
{
    return (struct case_order){
        .who = office_as(o, login),
        .today = DAY_NEVER,
        .ref = ref,
        .command = str_of(command),
        .data = office_json(o, json),
        .expected = -1,
    };
}

err office_give(struct office *o, const struct case_order *order,
                struct case_answer *out)
{
    struct case_answer unused;

    return cases_do(o->app, &o->arena, order, out == NULL ? &unused : out);
}

err office_do(struct office *o, const char *login, str ref, const char *command,
              const char *json)
{
    struct case_order order = office_order(o, login, ref, command, json);

    return office_give(o, &order, NULL);
}

static err make_key(struct office *o, enum key_purpose purpose)
{
    const struct keys_order order = { office_as(o, "admin"), office_today(o) };
    int64_t serial;

    return keys_make(o->app, &o->arena, &order, purpose, KEY_ED25519, &serial);
}

static err reopen(struct office *o)
{
    app_close(&o->app);
    return app_open(&o->arena, &o->world, o->dir, APP_WRITE, &o->app);
}

err office_make_keys(struct office *o)
{
    TRY(make_key(o, KEY_CREDENTIAL));
    TRY(make_key(o, KEY_QR));
    return reopen(o);
}

static err lose_key(struct office *o, enum key_purpose purpose)
{
    const struct keys_order order = { office_as(o, "admin"), office_today(o) };
    const struct key_retired lost = {
        .purpose = (int)purpose,
        .serial = app_key(o->app, purpose)->row->made.serial,
        .ending = KEY_LOST,
        .since = DAY_NEVER,
    };

    return keys_retire(o->app, &o->arena, &order, &lost);
}

err office_lose_keys(struct office *o)
{
    TRY(lose_key(o, KEY_CREDENTIAL));
    TRY(lose_key(o, KEY_QR));
    return reopen(o);
}

str office_case_of(struct office *o, const char *login)
{
    struct case_order order = office_order(o, login, S("new"), "case.open",
                                           "{'scheme':'mini','level':'ten'}");
    struct case_answer answer = { 0 };

    EXPECT_OK(office_give(o, &order, &answer));
    return answer.number;
}

str office_case(struct office *o)
{
    return office_case_of(o, "newcomer");
}

struct case_file office_read(struct office *o, str ref)
{
    struct case_file file = { 0 };

    EXPECT_OK(
        cases_load(o->app, &o->arena, office_as(o, "quality"), ref, &file));
    return file;
}

/* --- going on --------------------------------------------------------- */

struct script office_script(struct office *o)
{
    str bytes = yaml_get(o->texts, S("document_note"))->text;
    struct script s = {
        .texts = o->texts,
        .calendar = app_calendar(o->app),
        .level = S("ten"),
        .client = o->own.name,
        .scope = S("家用电器的售后服务"),
        .scope_en = S("After-sales service of household appliances"),
        .staff = 40,
        .outlets = 2,
        .nature = UINT64_MAX, /* every customer is reached and satisfied */
        .lead = S("auditor1"),
        .member = S("auditor3"),
        .blob_size = (int64_t)bytes.n,
        .nonces = { { { 1 } }, { { 2 } } },
    };

    const struct case_upload file = { bytes, S("text/plain"), S("demo.txt") };

    EXPECT_OK(cases_keep_file(o->app, &o->arena, office_as(o, "intake"), &file,
                              &s.blob));
    return s;
}

/* The days before a step, and on to a day of work. */
static void pass_to_workday(struct office *o, int32_t days)
{
    bool known;

    office_pass_days(o, days);
    while (days > 0 &&
           !calendar_workday(app_calendar(o->app), office_today(o), &known))
        office_pass_days(o, 1);
}

/* Who speaks for the enterprise of the case, and pays for it. */
static const char *client_of(const struct office *o,
                             const struct case_file *file,
                             struct script *script)
{
    if (!id_eq(file->enterprise.id, o->other.id))
        return "newcomer";
    script->client = o->other.name;
    return "rival";
}

err office_step(struct office *o, struct script *script, str ref, bool *over)
{
    struct case_file file = office_read(o, ref);
    const char *client = client_of(o, &file, script);
    struct step step = { 0 };

    script->state = file.state;
    script->today = office_today(o);
    TRY(script_next(&o->arena, script, &step));
    *over = step.command.n == 0;
    if (*over)
        return OK;
    if (step.days > 0) {
        pass_to_workday(o, step.days);
        script->today = office_today(o);
        TRY(script_next(&o->arena, script, &step));
    }

    struct case_order order = {
        .who = office_as(o, str_eq(step.login, S("applicant")) ? client
                                                               : step.login.p),
        .today = DAY_NEVER,
        .ref = ref,
        .command = step.command,
        .data = step.data,
        .expected = file.state->version,
    };
    return office_give(o, &order, NULL);
}

void office_go_to(struct office *o, str ref, enum stage stage)
{
    struct script script = office_script(o);
    bool over = false;

    while (!over && !test_failing() &&
           (stage == STAGE_ENDED || office_read(o, ref).state->stage != stage))
        EXPECT_OK(office_step(o, &script, ref, &over));
    EXPECT_ROW(stage_names[stage], !over || stage == STAGE_ENDED);
}

str office_certified_of(struct office *o, const char *login)
{
    str ref = office_case_of(o, login);

    office_go_to(o, ref, STAGE_UPKEEP);
    return ref;
}

str office_certified(struct office *o)
{
    return office_certified_of(o, "newcomer");
}

/* --- looking ---------------------------------------------------------- */

/* Where the app keeps its store, for questions of the test's own. */
static struct store_place store_of(const struct office *o)
{
    struct store_place p = o->place;

    if (p.sqlite)
        (void)snprintf(p.where_text, sizeof p.where_text,
                       "sqlite:%s/body/tenstar.db", p.folder);
    return p;
}

str office_where(struct office *o)
{
    struct store_place p = store_of(o);
    str copy = S("");

    EXPECT(arena_str(&o->arena, str_of(p.where_text), &copy));
    return copy;
}

int64_t office_count(const struct office *o, const char *sql)
{
    struct store_place p = store_of(o);

    return store_test_count(&p, sql);
}

str office_ask(struct office *o, const char *sql)
{
    struct store_place p = store_of(o);

    return store_test_ask(&p, &o->arena, sql);
}

static err read_refusals(struct office *o, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(o->app, &o->arena, &tx));
    return refusal_list(tx, &o->arena, 0, STORE_PAGE_MAX, out);
}

struct refusal_row office_refusal(struct office *o)
{
    struct list l = { 0 };

    EXPECT_OK(read_refusals(o, &l));
    EXPECT(l.n > 0);
    return l.n == 0 ? (struct refusal_row){ 0 }
                    : ((const struct refusal_row *)l.p)[l.n - 1];
}

struct office_rows office_rows(struct office *o)
{
    str rest = office_ask(
        o, "SELECT (SELECT count(*) FROM stream),"
           " (SELECT count(*) FROM journal), (SELECT count(*) FROM command),"
           " (SELECT count(*) FROM refusal),"
           " (SELECT coalesce(sum(value), 0) FROM counter),"
           " (SELECT coalesce(sum(version), 0) FROM case_view),"
           " (SELECT count(*) FROM log_pending)");
    int64_t n[7] = { 0 };

    for (size_t i = 0; i < COUNT(n); i++)
        n[i] = store_test_number(str_cut(&rest, '|'));
    return (struct office_rows){ n[0], n[1], n[2], n[3], n[4], n[5], n[6] };
}

bool office_rows_same(const struct office_rows *before,
                      const struct office_rows *after, int64_t refusals)
{
    return before->streams == after->streams &&
           before->events == after->events &&
           before->commands == after->commands &&
           before->refusals + refusals == after->refusals &&
           before->counted == after->counted &&
           before->versions == after->versions &&
           before->pending == after->pending;
}
