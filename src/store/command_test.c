#include "store/command.h"

#include "base/arena.h"
#include "store/counters.h"
#include "store/meta.h"
#include "store/refusals.h"
#include "store/store_test_env.h"

static const struct command_row sample = {
    .id = { { 1 } },
    .actor = { { 2 } },
    .request = { { 3 } },
    .version = 0,
    .answer = S_INIT("{\"number\":\"C1\"}"),
    .at = 100,
};

/* [CM1] [CM2] */
EACH_STORE_TEST(the_same_command_finds_its_answer)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct command_row got;
    bool found = true;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(command_find(tx, &a, &sample, &got, &found));
    EXPECT(!found);
    EXPECT_OK(command_record(tx, &sample));
    EXPECT_OK(command_find(tx, &a, &sample, &got, &found));
    EXPECT(found && got.version == 0 && id_is_zero(got.stream));
    EXPECT_STR(got.answer, sample.answer);

    struct command_row other = sample;
    other.actor.b[0]++;
    EXPECT_ERR(command_find(tx, &a, &other, &got, &found), ERR_CONFLICT,
               "command.reused");
    other = sample;
    other.request.b[31]++;
    EXPECT_ERR(command_find(tx, &a, &other, &got, &found), ERR_CONFLICT,
               "command.reused");
    EXPECT_ERR(command_record(tx, &sample), ERR_CONFLICT, "store.constraint");
}

EACH_STORE_TEST(commands_are_forgotten_by_age)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct command_row c = sample;
    int64_t n = -1;
    bool found;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(command_record(tx, &c));
    c.id.b[0]++;
    c.at++;
    EXPECT_OK(command_record(tx, &c));
    EXPECT_OK(command_forget(tx, 101, &n));
    EXPECT(n == 1);
    EXPECT_OK(command_find(tx, &a, &sample, &c, &found));
    EXPECT(!found);
    EXPECT_OK(command_forget(tx, 101, &n));
    EXPECT(n == 0);
}

EACH_STORE_TEST(refusals_are_kept_in_order)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct refusal_row r = {
        .at = 7,
        .channel = S("web"),
        .command = S("certificate.issue"),
        .code = ERR_DENIED,
        .message = S("rights.role"),
        .arguments = S("{}"),
    };
    struct list l;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(refusal_record(tx, &r));
    r.actor = (id){ { 4 } };
    r.stream = (id){ { 5 } };
    r.code = ERR_REFUSED;
    EXPECT_OK(refusal_record(tx, &r));
    EXPECT_OK(refusal_list(tx, &a, 0, 10, &l));
    const struct refusal_row *got = l.p;
    EXPECT(l.n == 2 && got[0].id < got[1].id);
    EXPECT(id_is_zero(got[0].actor) && got[0].code == ERR_DENIED);
    EXPECT(got[1].actor.b[0] == 4 && got[1].code == ERR_REFUSED);
    EXPECT_STR(got[1].message, S("rights.role"));

    int64_t first = got[0].id;
    EXPECT_OK(refusal_list(tx, &a, first, 10, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(refusal_list(tx, &a, 0, 1, &l));
    EXPECT(l.n == 1 && ((struct refusal_row *)l.p)->id == first);
    EXPECT_OK(refusal_list_of_stream(tx, &a, (id){ { 5 } }, 0, 10, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(refusal_list_of_stream(tx, &a, (id){ { 6 } }, 0, 10, &l));
    EXPECT(l.n == 0);
}

EACH_STORE_TEST(counters_have_no_gaps)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    int64_t n = -1;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(counter_get(tx, S("case/2026"), &n));
    EXPECT(n == 0);
    for (int64_t want = 1; want <= 3; want++) {
        EXPECT_OK(counter_next(tx, S("case/2026"), &n));
        EXPECT(n == want);
    }
    EXPECT_OK(counter_next(tx, S("case/2027"), &n));
    EXPECT(n == 1);
    EXPECT_OK(tx_commit(&tx));

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(counter_next(tx, S("case/2026"), &n));
    EXPECT(n == 4);
    tx_abort(&tx); /* not used after all */
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_OK(counter_get(tx, S("case/2026"), &n));
    EXPECT(n == 3);
}

EACH_STORE_TEST(a_fact_replaces_the_one_before)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    str got = S("");
    bool found = true;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(meta_get(tx, &a, S("log/origin"), &got, &found));
    EXPECT(!found);
    EXPECT_OK(meta_set(tx, S("log/origin"), S("one")));
    EXPECT_OK(meta_set(tx, S("log/origin"), S("two")));
    EXPECT_OK(meta_get(tx, &a, S("log/origin"), &got, &found));
    EXPECT(found);
    EXPECT_STR(got, S("two"));
}
