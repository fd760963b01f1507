/* Who is acting, proved. [SE1] [SE2] */
#include "auth/session.h"

#include "base/size.h"
#include "store/admission.h"
#include "store/enterprises.h"
#include "store/people.h"
#include "store/store_test_env.h"

static const uint8_t salt[PASSWORD_SALT_BYTES] = { 1, 2, 3 };

static const struct enterprise_row enterprise = {
    .id = { { 0xE1 } },
    .uscc = S_INIT("91350100M000100Y43"),
    .name = S_INIT("示例"),
    .scope = S_INIT("销售"),
};

/* PASSWORD_SECRET_MAX bytes, and one more than that. */
static str long_secret(struct arena *a, size_t n)
{
    char *p = arena_zero(a, n);

    EXPECT(p != NULL);
    if (p == NULL)
        return S("");
    memset(p, 'x', n);
    return (str){ p, n };
}

static err hire(struct tx *tx, struct arena *a, struct person_row p, str secret)
{
    TRY(session_secret(a, secret, salt, PASSWORD_COST_LEAST, &p.secret));
    return person_put(tx, &p);
}

/* li, an auditor; zhang, an applicant; gone, who left; long, whose secret is
 * as long as one may be; and bad, whose secret is none. */
static err hire_all(struct tx *tx, struct arena *a)
{
    TRY(enterprise_put(tx, &enterprise));
    TRY(hire(tx, a,
             (struct person_row){ .id = { { 1 } },
                                  .login = S("li"),
                                  .roles = ROLE_BIT(ROLE_AUDITOR) },
             S("opensesame")));
    TRY(hire(tx, a,
             (struct person_row){ .id = { { 2 } },
                                  .login = S("zhang"),
                                  .roles = ROLE_BIT(ROLE_APPLICANT),
                                  .enterprise = enterprise.id },
             S("秘密")));
    TRY(hire(tx, a,
             (struct person_row){
                 .id = { { 3 } }, .login = S("gone"), .state = PERSON_LEFT },
             S("opensesame")));
    TRY(hire(tx, a, (struct person_row){ .id = { { 4 } }, .login = S("long") },
             long_secret(a, PASSWORD_SECRET_MAX)));
    struct person_row bad = { .id = { { 5 } },
                              .login = S("bad"),
                              .secret = S("opensesame") };
    return person_put(tx, &bad);
}

/* As service/log_in.h does it, in one tx. */
static err log_in(struct tx *tx, struct arena *a, struct claim *who,
                  struct session *out)
{
    str kept;

    TRY(session_kept(tx, a, who, &kept));
    TRY(session_prove(a, who, kept));
    return session_open(tx, a, who, out);
}

static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    TRY(tx_begin(s, a, TX_WRITE, tx));
    return hire_all(*tx, a);
}

EACH_STORE_TEST(a_session_says_who_acts_and_how_they_came)
{
    TEST_ARENA(a, 1 << 22);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct session got = { .login = S("") };
    struct claim li = { S("li"), S("opensesame"), false, S("cli"), S(""), 0 };
    struct claim zhang = { S("zhang"), S("秘密"), false, S("web"), S(""), 0 };

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(log_in(tx, &a, &li, &got));
    EXPECT(id_eq(got.actor.person, (id){ { 1 } }));
    EXPECT(got.actor.roles == ROLE_BIT(ROLE_AUDITOR));
    EXPECT(id_is_zero(got.actor.enterprise));
    EXPECT_STR(got.login, S("li"));
    EXPECT_STR(got.channel, S("cli"));
    EXPECT_OK(log_in(tx, &a, &zhang, &got));
    EXPECT(got.actor.roles == ROLE_BIT(ROLE_APPLICANT));
    EXPECT(id_eq(got.actor.enterprise, enterprise.id));
    EXPECT_STR(got.channel, S("web"));
}

struct attempt {
    const char *why;
    const char *login;
    str secret;
    enum err_code code;
    const char *id; /* NULL: they may */
};

static void expect(struct tx *tx, struct arena *a, const struct attempt *row,
                   bool demonstration)
{
    struct session got = { .login = S("untouched") };
    struct claim who = { str_of(row->login), row->secret, demonstration,
                         S("cli"),           S(""),       0 };
    err e = log_in(tx, a, &who, &got);

    if (row->id == NULL) {
        EXPECT_ROW_OK(row->why, e);
        EXPECT_ROW_STR(row->why, got.login, who.login);
        return;
    }
    EXPECT_ROW_ERR(row->why, e, row->code, row->id);
    if (failed(e) && row->code == ERR_DENIED)
        EXPECT_ROW_STR(row->why, err_arg_text(e, "login"), who.login);
    EXPECT_ROW_STR(row->why, got.login, S("untouched")); /* [E2] */
}

/* [SE1] [SE2] Nobody can tell an unknown login from a wrong secret. */
ONE_STORE_TEST(who_may_act_is_who_knows_the_secret, true)
{
    TEST_ARENA(a, 1 << 22);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const str longest = long_secret(&a, PASSWORD_SECRET_MAX);
    const str longer = long_secret(&a, PASSWORD_SECRET_MAX + 1);
    const struct attempt rows[] = {
        { "the right secret", "li", S("opensesame"), 0, NULL },
        { "a wrong secret", "li", S("opensesam"), ERR_DENIED,
          "session.secret" },
        { "in capitals", "li", S("OPENSESAME"), ERR_DENIED, "session.secret" },
        { "somebody else's", "li", S("秘密"), ERR_DENIED, "session.secret" },
        { "no secret", "li", S(""), ERR_DENIED, "session.needs_secret" },
        { "too long a secret", "li", longer, ERR_DENIED, "session.secret" },
        { "an unknown login", "wang", S("opensesame"), ERR_DENIED,
          "session.secret" },
        { "unknown, no secret", "wang", S(""), ERR_DENIED,
          "session.needs_secret" },
        { "unknown, too long a secret", "wang", longer, ERR_DENIED,
          "session.secret" },
        { "a login in capitals", "LI", S("opensesame"), ERR_DENIED,
          "session.secret" },
        { "who left", "gone", S("opensesame"), ERR_DENIED, "session.secret" },
        { "who left, wrong", "gone", S("x"), ERR_DENIED, "session.secret" },
        { "the longest secret", "long", longest, 0, NULL },
        { "and one more", "long", longer, ERR_DENIED, "session.secret" },
        { "a register that was damaged", "bad", S("opensesame"), ERR_CORRUPT,
          "password.form" },
    };

    EXPECT_OK(begin(s, &a, &tx));
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(tx, &a, &rows[i], false);
}

/* [SE1] */
EACH_STORE_TEST(in_a_demonstration_nobody_is_asked_for_a_secret)
{
    TEST_ARENA(a, 1 << 22);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    static const struct attempt rows[] = {
        { "without one", "li", S_INIT(""), 0, NULL },
        { "with a wrong one", "li", S_INIT("wrong"), 0, NULL },
        { "who has none that is right", "bad", S_INIT(""), 0, NULL },
        { "an unknown login", "wang", S_INIT(""), ERR_DENIED,
          "session.unknown" },
        { "who left", "gone", S_INIT("opensesame"), ERR_DENIED,
          "session.secret" },
    };

    EXPECT_OK(begin(s, &a, &tx));
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(tx, &a, &rows[i], true);
}

/* [SE3] What happens between the proof and the transaction that acts on it. */
EACH_STORE_TEST(a_proof_holds_as_long_as_what_was_proved)
{
    TEST_ARENA(a, 1 << 22);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct claim who = { S("li"), S("opensesame"), false, S("cli"), S(""), 0 };
    struct session got = { .login = S("untouched") };
    struct person_row li;
    str kept;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(session_kept(tx, &a, &who, &kept));
    EXPECT_ERR(session_open(tx, &a, &who, &got), ERR_DENIED, "session.secret");
    EXPECT_STR(got.login, S("untouched")); /* nothing is proved yet */
    EXPECT_OK(session_prove(&a, &who, kept));
    EXPECT_OK(session_open(tx, &a, &who, &got));

    EXPECT_OK(person_by_login(tx, &a, S("li"), &li));
    EXPECT_OK(hire(tx, &a, li, S("another")));
    EXPECT_ERR(session_open(tx, &a, &who, &got), ERR_DENIED, "session.secret");
    li.state = PERSON_LEFT;
    EXPECT_OK(person_put(tx, &li));
    EXPECT_ERR(session_open(tx, &a, &who, &got), ERR_DENIED, "session.secret");
    li.state = PERSON_ACTIVE;
    EXPECT_OK(person_put(tx, &li));
    EXPECT_OK(session_open(tx, &a, &who, &got));
    li.login = S("li2");
    EXPECT_OK(person_put(tx, &li));
    EXPECT_ERR(session_open(tx, &a, &who, &got), ERR_DENIED, "session.secret");
}

/* Of somebody without a secret on record no proof can be had. */
ONE_STORE_TEST(an_empty_secret_on_record_opens_nothing, true)
{
    TEST_ARENA(a, 1 << 22);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct claim who = { S("none"), S("x"), false, S("cli"), S(""), 0 };
    struct person_row none = { .id = { { 9 } }, .login = S("none") };
    struct session got;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(person_put(tx, &none));
    EXPECT_ERR(log_in(tx, &a, &who, &got), ERR_DENIED, "session.secret");
    EXPECT_ERR(session_open(tx, &a, &who, &got), ERR_DENIED, "session.secret");
}

/* [SE4] Both sides of the last day; in a demonstration too. */
ONE_STORE_TEST(whose_last_day_is_over_acts_no_more, true)
{
    static const struct {
        const char *why;
        day today;
        bool demonstration;
        bool may;
    } rows[] = {
        { "the last day", 20000, false, true },
        { "the day after", 20001, false, false },
        { "the last day of a demonstration", 20000, true, true },
        { "the day after, in a demonstration", 20001, true, false },
    };
    TEST_ARENA(a, 1 << 22);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct admission_row until = { 20000, S(""), S("") };

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(admission_put(tx, (id){ { 1 } }, &until));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct claim who = {
            .login = S("li"),
            .secret = S("opensesame"),
            .demonstration = rows[i].demonstration,
            .channel = S("cli"),
            .proved = S(""),
            .today = rows[i].today,
        };
        struct session got;
        err e = log_in(tx, &a, &who, &got);

        if (rows[i].may)
            EXPECT_ROW_OK(rows[i].why, e);
        else
            EXPECT_ROW_ERR(rows[i].why, e, ERR_DENIED, "session.secret");
    }
}

TEST(a_secret_is_kept_as_a_salted_hash_of_its_cost)
{
    TEST_ARENA(a, 1 << 20);
    static const uint8_t other[PASSWORD_SALT_BYTES] = { 9 };
    struct password_cost cost = { 0, 0 };
    str one = S("");
    str two = S("");

    EXPECT_OK(session_secret(&a, S("x"), salt, PASSWORD_COST_LEAST, &one));
    EXPECT_OK(session_secret(&a, S("x"), other, PASSWORD_COST_LEAST, &two));
    EXPECT(str_begins(one, S("$argon2id$v=19$")) && !str_eq(one, two));
    EXPECT_OK(password_cost_of(&a, one, &cost));
    EXPECT(cost.kib == PASSWORD_KIB_MIN && cost.passes == 1);
    EXPECT_ERR(session_secret(&a, long_secret(&a, PASSWORD_SECRET_MAX + 1),
                              salt, PASSWORD_COST_LEAST, &one),
               ERR_LIMIT, "password.long");
}
