/* Webhooks and their messages, on both engines. [HK1]-[HK3] */

#include "store/hooks.h"

#include "base/size.h"
#include "store/people.h"
#include "store/store_test_env.h"

static const id owner = { { 7 } };

static err put_rows(struct tx *tx)
{
    const struct person_row person = {
        .id = owner, .login = S("lin"), .name = S("Lin"), .secret = S("-")
    };
    const struct hook_row rows[] = {
        { .id = { { 1 } },
          .person = owner,
          .number = 1,
          .about = S("certificate/A1"),
          .box = S("\0box"),
          .made = 100,
          .since = 41 },
        { .id = { { 2 } },
          .person = owner,
          .number = 3,
          .about = S("holder/U"),
          .box = S("b"),
          .made = 100,
          .since = 0 },
    };

    TRY(person_put(tx, &person));
    for (size_t i = 0; i < COUNT(rows); i++)
        TRY(hook_add(tx, &rows[i]));
    return OK;
}

/* A tx in which they are. */
static struct tx *begin(struct store *s, struct arena *a)
{
    struct tx *tx = NULL;

    EXPECT_OK(tx_begin(s, a, TX_WRITE, &tx));
    EXPECT_OK(put_rows(tx));
    return tx;
}

static struct hook_row got(struct tx *tx, uint8_t n)
{
    struct hook_row row = { 0 };

    EXPECT_OK(hook_get(tx, tx_arena(tx), (id){ { n } }, &row));
    return row;
}

/* A message of `id` n to hook 1, at `made`. */
static void add(struct tx *tx, uint8_t n, int64_t index, int64_t made)
{
    const struct hook_row hook = got(tx, 1);
    const struct hook_call_row row = {
        .id = { { n } }, .index = index, .body = S("{}"), .made = made
    };

    EXPECT_OK(hook_call_add(tx, &hook, &row));
}

static struct hook_call_row first(struct tx *tx)
{
    struct hook_call_row row = { 0 };
    bool found = false;

    EXPECT_OK(hook_call_first(tx, tx_arena(tx), (id){ { 1 } }, &row, &found));
    return found ? row : (struct hook_call_row){ 0 };
}

/* The first byte of the next one's id; 0: there is none. */
static int next(struct tx *tx, int64_t due, int64_t now)
{
    struct hook_row row = { 0 };
    bool found = false;

    EXPECT_OK(hook_next(tx, tx_arena(tx), due, now, &row, &found));
    return found ? row.id.b[0] : 0;
}

/* --- hooks ---------------------------------------------------------------- */

EACH_STORE_TEST(a_webhook_is_kept_as_it_was_given_and_nothing_waits)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = begin(s, &a);
    struct hook_row row = got(tx, 1);

    EXPECT(memcmp(&row.person, &owner, sizeof owner) == 0 && row.number == 1);
    EXPECT_STR(row.about, S("certificate/A1"));
    EXPECT_STR(row.box, S("\0box"));
    EXPECT(row.made == 100 && row.since == 41 && row.placed == 0);
    EXPECT(row.due == HOOK_IDLE && row.leased == 0 && row.tries == 0);
    EXPECT(row.failing == 0 && !row.stopped);
    EXPECT(next(tx, HOOK_IDLE - 1, 0) == 0);
    EXPECT_ERR(hook_get(tx, &a, (id){ { 9 } }, &row), ERR_NOT_FOUND,
               "store.missing");
    row.id = (id){ { 9 } };
    EXPECT_ERR(hook_add(tx, &row), ERR_CONFLICT, "store.constraint");
}

EACH_STORE_TEST(webhooks_are_listed_by_owner_and_by_what_they_are_about)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = begin(s, &a);
    struct list l;

    EXPECT_OK(hook_list_of_person(tx, &a, owner, 0, 9, &l));
    EXPECT(l.n == 2 && ((struct hook_row *)l.p)[1].number == 3);
    EXPECT_OK(hook_list_of_person(tx, &a, owner, 1, 9, &l));
    EXPECT(l.n == 1 && ((struct hook_row *)l.p)->id.b[0] == 2);
    EXPECT_OK(hook_list_of_person(tx, &a, (id){ { 8 } }, 0, 9, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(hook_list(tx, &a, (id){ { 0 } }, 1, &l));
    EXPECT(l.n == 1 && ((struct hook_row *)l.p)->id.b[0] == 1);
    EXPECT_OK(hook_list(tx, &a, (id){ { 1 } }, 9, &l));
    EXPECT(l.n == 1 && ((struct hook_row *)l.p)->id.b[0] == 2);
    EXPECT_OK(hook_list_about(tx, &a, S("holder/U"), (id){ { 0 } }, 9, &l));
    EXPECT(l.n == 1 && ((struct hook_row *)l.p)->id.b[0] == 2);
    EXPECT_OK(hook_list_about(tx, &a, S("holder/U"), (id){ { 2 } }, 9, &l));
    EXPECT(l.n == 0);
}

/* [HK3] */
EACH_STORE_TEST(a_webhook_is_taken_by_one_when_it_is_due_and_comes_back)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = begin(s, &a);

    add(tx, 11, 41, 200);
    struct hook_row row = got(tx, 1);
    struct hook_row same = row;
    EXPECT(row.due == 200 && row.placed == 1);
    EXPECT(next(tx, 199, 199) == 0);
    EXPECT(next(tx, 200, 200) == 1);
    EXPECT_OK(hook_lease(tx, &row, 300));
    EXPECT(row.leased == 300 && row.tries == 1);
    EXPECT(next(tx, 200, 299) == 0);
    EXPECT(next(tx, 200, 300) == 1);
    EXPECT_ERR(hook_lease(tx, &same, 400), ERR_CONFLICT, "store.changed");
    row.due = 500;
    row.failing = 200;
    EXPECT_OK(hook_set(tx, &row));
    EXPECT(next(tx, 499, 499) == 0 && next(tx, 500, 500) == 1);
    EXPECT(got(tx, 1).leased == 0 && got(tx, 1).failing == 200);
    EXPECT(got(tx, 1).tries == 1);
    row.stopped = true;
    EXPECT_OK(hook_set(tx, &row));
    EXPECT(next(tx, 500, 500) == 0);
    row = got(tx, 1);
    EXPECT(row.stopped);
    EXPECT_ERR(hook_lease(tx, &row, 900), ERR_CONFLICT, "store.changed");
    row.id = (id){ { 9 } };
    EXPECT_ERR(hook_set(tx, &row), ERR_CONFLICT, "store.changed");
}

/* --- messages [HK2] ------------------------------------------------------- */

EACH_STORE_TEST(messages_stand_in_a_queue)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = begin(s, &a);
    struct hook_call_row row;
    struct list l;
    int64_t n = 9;

    add(tx, 12, 41, 200);
    add(tx, 11, HOOK_NO_INDEX, 201);
    EXPECT(got(tx, 1).due == 200); /* the one before it is due then */
    EXPECT_OK(hook_call_waiting(tx, (id){ { 1 } }, &n));
    EXPECT(n == 2);
    row = first(tx);
    EXPECT(row.id.b[0] == 12 && row.hook.b[0] == 1 && row.place == 1);
    EXPECT(row.index == 41 && row.made == 200 && row.taken == 0);
    EXPECT(row.tries == 0 && row.trouble == 0 && row.status == 0);
    EXPECT_STR(row.body, S("{}"));
    row.trouble = 5;
    row.status = 500;
    EXPECT_OK(hook_call_set(tx, &row)); /* not taken */
    EXPECT(first(tx).tries == 1 && first(tx).trouble == 5);
    EXPECT(first(tx).status == 500);
    row.taken = 300;
    row.trouble = row.status = 0;
    EXPECT_OK(hook_call_set(tx, &row));
    EXPECT(first(tx).id.b[0] == 11 && first(tx).index == HOOK_NO_INDEX);
    EXPECT_ERR(hook_call_set(tx, &row), ERR_CONFLICT, "store.changed");
    EXPECT_OK(hook_call_waiting(tx, (id){ { 1 } }, &n));
    EXPECT(n == 1);
    EXPECT_OK(hook_call_list(tx, &a, (id){ { 1 } }, INT64_MAX, 9, &l));
    const struct hook_call_row *all = l.p;
    EXPECT(l.n == 2 && all[0].place == 2 && all[1].taken == 300);
    EXPECT(all[1].tries == 2);
    EXPECT_OK(hook_call_list(tx, &a, (id){ { 1 } }, 2, 9, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(hook_call_forget(tx, (id){ { 1 } }, 300));
    EXPECT_OK(hook_call_list(tx, &a, (id){ { 1 } }, 2, 9, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(hook_call_forget(tx, (id){ { 1 } }, 301));
    EXPECT_OK(hook_call_list(tx, &a, (id){ { 1 } }, INT64_MAX, 9, &l));
    EXPECT(l.n == 1); /* what waits stays */
}

EACH_STORE_TEST(a_webhook_goes_with_its_messages)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = begin(s, &a);
    struct hook_row row;
    struct list l;

    add(tx, 11, 41, 200);
    EXPECT_OK(hook_drop(tx, (id){ { 1 } }));
    EXPECT_ERR(hook_get(tx, &a, (id){ { 1 } }, &row), ERR_NOT_FOUND,
               "store.missing");
    EXPECT_OK(hook_call_list(tx, &a, (id){ { 1 } }, INT64_MAX, 9, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(hook_clear_strays(tx)); /* nobody here has a stream */
    EXPECT_OK(hook_list(tx, &a, (id){ { 0 } }, 9, &l));
    EXPECT(l.n == 0);
}
