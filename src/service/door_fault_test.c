/* The door while memory and disk fail: a factor counts with all its codes or
 * not at all, a ticket is good or somebody came by it. [DO4] [AC2] */

#include "auth/totp.h"
#include "codec/base32.h"
#include "service/accounts.h"
#include "service/registry.h"
#include "service/test_issue.h"
#include "service/test_tamper.h"
#include "store/test_faults.h"

#define PASSWORD S("correct horse")

static const struct door_origin here = { S_INIT("192.0.2.7"),
                                         S_INIT("a browser") };

/* An installation at work, and what the newest run was told. */
struct fault_door {
    struct issue *at;
    str ticket; /* of the invitation that is there; empty: none */
    bool done;
};

/* --- somebody comes in and makes a second factor ---------------------------
 */

static err hire(struct desk *d)
{
    static const uint8_t salt[PASSWORD_SALT_BYTES] = { 5 };
    const struct registrar by = { .today = d->at->today, .channel = S("demo") };
    struct person_row row = {
        .login = S("wang"),
        .name = S("示例"),
        .roles = ROLE_BIT(ROLE_HEAD),
        .id = { { 0x3A } },
    };

    TRY(session_secret(&d->arena, PASSWORD, salt, PASSWORD_COST_LEAST,
                       &row.secret));
    return registry_person(d->app, &d->arena, &by, &row);
}

/* No demonstration any more. */
static err take_desk(struct desk *d, const struct fault_door *x, struct heap *h,
                     struct file_ops *files)
{
    const struct body *body;

    TRY(desk_take(d, x->at, h, files, APP_WRITE));
    body = app_body(d->app);
    ((struct body *)(uintptr_t)body)->demonstration = false;
    return OK;
}

/* What a telephone makes of the secret it was shown. */
static err code_of(struct desk *d, const struct door_secret *shown, str *out)
{
    int64_t step = totp_step(d->clock.clock.now(&d->clock.clock));
    char code[TOTP_DIGITS + 1];
    bool valid;
    str secret;

    TRY(base32_decode(&d->arena, shown->text, &secret, &valid));
    totp_code((const uint8_t *)secret.p, step, code);
    TRY_MEMORY(arena_str(&d->arena, str_of(code), out));
    return OK;
}

static err make_factor(struct desk *d, struct visitor *v)
{
    struct door_secret shown;
    struct list codes;
    str code;

    TRY(door_factor_begin(d->app, &d->arena, v, S(""), &shown));
    TRY(code_of(d, &shown, &code));
    return door_factor_prove(d->app, &d->arena, v, code, &codes);
}

static err come_and_go(struct heap *h, struct file_ops *files, void *context)
{
    struct fault_door *x = context;
    scoped(desk_leave) struct desk d = { 0 };
    const struct door_knock said = { S("wang"), PASSWORD, &here, LANG_EN };
    enum web_session_state state;
    struct visitor v = { 0 };
    str token;

    TRY(take_desk(&d, x, h, files));
    TRY(door_sign_in(d.app, &d.arena, &said, &token, &state));
    TRY(door_visit(d.app, &d.arena, token, &v));
    TRY(make_factor(&d, &v));
    x->done = true;
    return door_leave(d.app, &d.arena, &v);
}

static void forget_all(void *context)
{
    struct fault_door *x = context;

    (void)office_ask(&x->at->office,
                     "DELETE FROM web_session;DELETE FROM second_factor;"
                     "DELETE FROM recovery_code;DELETE FROM failure;"
                     "DELETE FROM passage;DELETE FROM ticket;");
    x->done = false;
}

static int64_t count(const struct fault_door *x, const char *sql)
{
    return office_count(&x->at->office, sql);
}

/* Passage 6: a factor counts from now on. */
static void expect_whole_factor(const struct fault_run *run, void *context)
{
    const struct fault_door *x = context;
    int64_t counts =
        count(x, "SELECT count(*) FROM second_factor WHERE proved = 1");

    EXPECT(counts == 1 || (run->failed && counts == 0));
    EXPECT(counts == 1 || !x->done);
    EXPECT(count(x, "SELECT count(*) FROM recovery_code") ==
           counts * RECOVERY_CODES);
    EXPECT(count(x, "SELECT count(*) FROM passage WHERE what = 6") == counts);
    EXPECT(count(x, "SELECT count(*) FROM web_session") <= 1);
    EXPECT(run->failed || count(x, "SELECT count(*) FROM web_session") == 0);
}

/* --- somebody accepts an invitation ----------------------------------------
 */

/* The desk's world is the same each time, so the token is, too. */
static err invite(struct desk *d, struct fault_door *x)
{
    const struct session admin = { .actor = { .person = { { 1 } },
                                              .roles = ROLE_BIT(ROLE_ADMIN) },
                                   .channel = S("cli") };
    const struct invitation_wish wish = { S("li@example.com"), S("auditor"),
                                          S(""), DAY_NEVER };
    struct ticket_letter l;

    TRY(accounts_invite(d->app, &d->arena, &admin, &wish, NULL, &l));
    TRY_MEMORY(arena_str(&x->at->office.arena,
                         str_from(l.path, strlen("/invitation/")), &x->ticket));
    return OK;
}

static void invite_anew(void *context)
{
    struct fault_door *x = context;
    TEST_DESK(d, x->at, APP_WRITE);

    forget_all(x);
    (void)office_ask(&x->at->office,
                     "DELETE FROM admission;"
                     "DELETE FROM journal WHERE stream IN "
                     "(SELECT id FROM person WHERE login = 'li');"
                     "DELETE FROM stream WHERE id IN "
                     "(SELECT id FROM person WHERE login = 'li');"
                     "DELETE FROM person WHERE login = 'li';");
    EXPECT_OK(invite(&d, x));
}

static err accept(struct heap *h, struct file_ops *files, void *context)
{
    struct fault_door *x = context;
    const struct arrival li = { S("li"), S("李"), S("a first secret") };
    scoped(desk_leave) struct desk d = { 0 };
    id made;

    TRY(take_desk(&d, x, h, files));
    d.entropy.seed++; /* other ids than those of the invitation */
    TRY(accounts_accept(d.app, &d.arena, x->ticket, &li, &made));
    x->done = true;
    return OK;
}

static void expect_ticket_or_person(const struct fault_run *run, void *context)
{
    const struct fault_door *x = context;
    int64_t there = count(x, "SELECT count(*) FROM person WHERE login = 'li'");

    EXPECT(there == 1 || (run->failed && there == 0));
    EXPECT(there == 1 || !x->done);
    EXPECT(count(x, "SELECT count(*) FROM ticket") == 1 - there);
    EXPECT(count(x, "SELECT count(*) FROM admission") == there);
    EXPECT(count(x, "SELECT count(*) FROM stream s, person p "
                    "WHERE s.id = p.id AND p.login = 'li'") == there);
}

/* --- the runs ------------------------------------------------------------- */

struct row {
    enum fault what;
    long stride; /* a prime: a quick look */
};

static void run_each(struct fault_door *x, const struct fault_plan *plan,
                     const struct row *rows, size_t n)
{
    struct fault_plan p = *plan;

    p.context = x;
    for (size_t i = 0; i < n; i++) {
        p.stride = rows[i].stride;
        EXPECT(fault_each(rows[i].what, &p) > 1);
    }
}

ONE_STORE_TEST(a_factor_counts_with_all_its_codes_or_not_at_all, true)
{
    static const struct row rows[] = {
        { FAULT_HEAP, 61 },       { FAULT_SQLITE_MEMORY, 307 },
        { FAULT_DISK_ERROR, 23 }, { FAULT_DISK_FULL, 17 },
        { FAULT_KILL, 17 },
    };
    static const struct fault_plan plan = {
        .prepare = forget_all,
        .body = come_and_go,
        .check = expect_whole_factor,
    };
    TEST_TAMPER(at, place);
    struct fault_door x = { .at = &at };
    {
        TEST_DESK(d, &at, APP_WRITE);

        EXPECT_OK(hire(&d));
    }
    run_each(&x, &plan, rows, COUNT(rows));
}

ONE_STORE_TEST(a_ticket_is_good_or_somebody_came_by_it, true)
{
    static const struct row rows[] = {
        { FAULT_HEAP, 211 },
        { FAULT_SQLITE_MEMORY, 907 },
        { FAULT_DISK_ERROR, 41 },
        { FAULT_KILL, 29 },
    };
    static const struct fault_plan plan = {
        .prepare = invite_anew,
        .body = accept,
        .check = expect_ticket_or_person,
    };
    TEST_TAMPER(at, place);
    struct fault_door x = { .at = &at };

    run_each(&x, &plan, rows, COUNT(rows));
}
