#include "service/test_issue.h"

#include "base/check.h"
#include "base/embed.h"
#include "codec/json.h"
#include "codec/yaml.h"
#include "crypto/hash.h"
#include "demo_data.h"
#include "scheme/test_files.h"
#include "service/demo.h"
#include "service/registry.h"
#include "service/script.h"
#include "service/sequence.h"

#include <stdio.h>

enum { DESK_ARENA = 256 << 20, STEPS_MAX = 200, SEED = 1 };

#define NEWCOMER S("newcomer")

/* --- a desk ----------------------------------------------------------- */

static void go_to(struct desk *d, day today)
{
    const int64_t ten = INT64_C(10) * 3600 * 1000000;

    clock_set_init(&d->clock, day_start_micros(today) + ten);
}

err desk_take(struct desk *d, const struct issue *at, struct heap *h,
              struct file_ops *files, enum app_use use)
{
    d->at = at;
    arena_init(&d->arena, h, DESK_ARENA);
    go_to(d, at->today);
    entropy_seeded_init(&d->entropy, (uint64_t)at->today);
    d->world =
        (struct app_world){ h, &d->clock.clock, &d->entropy.entropy, files };
    return app_open(&d->arena, &d->world, str_of(at->dir), use, &d->app);
}

void desk_leave(struct desk *d)
{
    if (d->at == NULL)
        return;
    app_close(&d->app);
    entropy_seeded_end(&d->entropy);
    arena_end(&d->arena);
    d->at = NULL;
}

static err log_in(struct desk *d, str login, struct session *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct claim claim = {
        .login = str_eq(login, S("applicant")) ? NEWCOMER : login,
        .demonstration = true,
        .channel = S("demo"),
    };

    TRY(app_read(d->app, &d->arena, &tx));
    return session_open(tx, &d->arena, &claim, out);
}

static err give(struct desk *d, str login, struct case_order *order,
                struct case_answer *out)
{
    struct session who;

    TRY(log_in(d, login, &who));
    order->who = &who;
    order->today = DAY_NEVER;
    order->expected = -1;
    return cases_do(d->app, &d->arena, order, out);
}

err desk_give(struct desk *d, str login, str command, const struct json *data,
              struct case_answer *out)
{
    struct case_order order = {
        .ref = str_of(d->at->number),
        .command = command,
        .data = data,
    };

    return give(d, login, &order, out);
}

err desk_issue(struct desk *d, struct case_answer *out)
{
    struct case_order order = {
        .ref = str_of(d->at->number),
        .command = S("certificate.issue"),
        .data = json_new_object(&d->arena),
        .command_id = { { 0x15, 0x5e } },
    };

    TRY_MEMORY(order.data);
    return give(d, S("certificates"), &order, out);
}

err desk_sequence(struct desk *d)
{
    int64_t size;

    return sequence_log(d->app, &d->arena, &size);
}

/* --- the case --------------------------------------------------------- */

static err freeze_mini(struct desk *d)
{
    struct package_file file = {
        S("scheme.yaml"),
        test_file(&d->arena, "tests/schemes/mini/scheme.yaml"),
    };
    struct package package = { &file, 1 };
    struct registrar by = { .today = d->at->today, .channel = S("demo") };
    struct hash hash;

    return registry_scheme(d->app, &d->arena, &by, &package,
                           (id){ { 0x3c, 0x5e } }, &hash);
}

static err open_case(struct desk *d, struct issue *at)
{
    struct json *data = json_new_object(&d->arena);
    struct case_answer answer;

    json_set(data, S("scheme"), json_new_str(&d->arena, S("mini")));
    json_set(data, S("level"), json_new_str(&d->arena, S("ten")));
    TRY(desk_give(d, S("applicant"), S("case.open"), data, &answer));
    check(answer.number.n < sizeof at->number);
    (void)snprintf(at->number, sizeof at->number, "%.*s",
                   STR_ARG(answer.number));
    return OK;
}

/* What the newcomer's case is like: nothing is weak. */
static err write_script(struct desk *d, struct script *out)
{
    str document = S("the document every requirement is given");
    struct yaml *root;

    TRY(yaml_parse(&d->arena, S("demo.yaml"), embedded_text(&demo_data[0]),
                   &root));
    *out = (struct script){
        .texts = yaml_get(root, S("texts")),
        .calendar = app_calendar(d->app),
        .level = S("ten"),
        .scope = S("家用电器的售后服务"),
        .staff = 40,
        .nature = UINT64_C(0x0123456789abcdef),
        .outlets = 1,
        .lead = S("auditor1"),
        .member = S("auditor2"),
        .blob_size = (int64_t)document.n,
        .nonces = { { { 1 } }, { { 2 } } },
    };
    return cases_keep_file(d->app, &d->arena, document, S("text/plain"),
                           S("document.txt"), &out->blob);
}

static day workday(const struct desk *d, day from)
{
    bool known;

    while (!calendar_workday(app_calendar(d->app), from, &known))
        from++;
    return from;
}

/* One step further; *ready when the next one issues the certificate. */
static err step_on(struct desk *d, struct issue *at, struct script *s,
                   bool *ready)
{
    struct case_file file;
    struct case_answer answer;
    struct session quality;
    struct step step;

    TRY(log_in(d, S("quality"), &quality));
    TRY(cases_load(d->app, &d->arena, &quality, str_of(at->number), &file));
    s->state = file.state;
    s->client = file.enterprise.name;
    s->today = at->today;
    TRY(script_next(&d->arena, s, &step));
    *ready = str_eq(step.command, S("certificate.issue"));
    if (*ready)
        return OK;
    if (step.days > 0) {
        at->today = workday(d, at->today + step.days);
        go_to(d, at->today);
        s->today = at->today;
        TRY(script_next(&d->arena, s, &step));
    }
    return desk_give(d, step.login, step.command, step.data, &answer);
}

static err carry_case(struct desk *d, struct issue *at)
{
    struct script s;
    bool ready = false;

    TRY(freeze_mini(d));
    (void)snprintf(at->number, sizeof at->number, "new");
    TRY(open_case(d, at));
    TRY(write_script(d, &s));
    for (int i = 0; i < STEPS_MAX && !ready; i++)
        TRY(step_on(d, at, &s, &ready));
    check(ready);
    return desk_sequence(d);
}

/* --- the installation ------------------------------------------------- */

static err found(struct arena *a, struct issue *at)
{
    struct heap h = HEAP_LIBC;
    struct file_ops files = FILE_SYSTEM;
    struct app_world world = { .heap = &h, .files = &files };
    struct demo_wish wish = { .seed = SEED, .today = at->today };
    struct demo_made made;
    char path[ISSUE_DIR + 8];

    if (!at->place.sqlite) {
        (void)snprintf(path, sizeof path, "%s/store", at->dir);
        TRY(folder_make(&files, a, str_of(at->dir), FOLDER_PRIVATE));
        TRY(file_write(&files, a, str_of(path), at->place.where, FILE_SECRET));
    }
    return demo_make(a, &world, str_of(at->dir), &wish, &made);
}

static err make(struct issue *at)
{
    TEST_ARENA(a, (size_t)2 * DESK_ARENA);
    struct heap h = HEAP_LIBC;
    struct file_ops files = FILE_SYSTEM;
    scoped(desk_leave) struct desk d = { 0 };

    TRY(found(&a, at));
    TRY(desk_take(&d, at, &h, &files, APP_WRITE));
    return carry_case(&d, at);
}

bool issue_new(bool sqlite, struct issue *out)
{
    *out = (struct issue){ 0 };
    if (!day_of_date((struct date){ 2026, 3, 2 }, &out->today) ||
        !store_place_new(sqlite, &out->place))
        return false;
    (void)snprintf(out->dir, sizeof out->dir, "%s/body", out->place.folder);
    if (sqlite)
        (void)snprintf(out->place.where_text, sizeof out->place.where_text,
                       "sqlite:%s/tenstar.db", out->dir);
    out->place.where = str_of(out->place.where_text);
    return EXPECT_OK(make(out));
}
