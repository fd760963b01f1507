/* The secret addresses of calendars, on both engines. */

#include "store/calendars.h"

#include "base/size.h"
#include "store/people.h"
#include "store/store_test_env.h"

static const id li = { { 1 } };
static const id zhang = { { 2 } };

static struct calendar_row link_of(id person, uint8_t n, int64_t number)
{
    return (struct calendar_row){
        .id = { { n } },
        .person = person,
        .number = number,
        .team = number == 2,
        .lang = S("en"),
        .made = 20000,
        .secret = { { n, 7 } },
    };
}

/* A tx with two people. */
static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    const struct person_row people[] = { { .id = li, .login = S("li") },
                                         { .id = zhang, .login = S("zhang") } };

    TRY(tx_begin(s, a, TX_WRITE, tx));
    for (size_t i = 0; i < COUNT(people); i++)
        TRY(person_put(*tx, &people[i]));
    return OK;
}

static size_t count_after(struct tx *tx, struct arena *a, id person,
                          int64_t after, int32_t limit)
{
    struct list l = { 0 };

    EXPECT_OK(calendar_link_list(tx, a, person, after, limit, &l));
    return l.n;
}

EACH_STORE_TEST(an_address_is_found_by_its_id_listed_by_person_and_dropped)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct calendar_row rows[] = {
        link_of(li, 10, 1),
        link_of(li, 11, 2),
        link_of(zhang, 12, 1),
    };
    struct calendar_row got;
    bool found = true;

    EXPECT_OK(begin(s, &a, &tx));
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_OK(calendar_link_add(tx, &rows[i]));
    EXPECT_OK(calendar_link_get(tx, &a, rows[1].id, &got));
    EXPECT(id_eq(got.id, rows[1].id) && id_eq(got.person, li));
    EXPECT(got.number == 2 && got.team && got.made == 20000);
    EXPECT_STR(got.lang, S("en"));
    EXPECT(memcmp(&got.secret, &rows[1].secret, sizeof got.secret) == 0);

    EXPECT(count_after(tx, &a, li, 0, 10) == 2);
    EXPECT(count_after(tx, &a, li, 1, 10) == 1);
    EXPECT(count_after(tx, &a, li, 0, 1) == 1);
    EXPECT_OK(calendar_link_drop(tx, zhang, 2, &found)); /* li's number */
    EXPECT(!found);
    EXPECT_OK(calendar_link_drop(tx, li, 2, &found));
    EXPECT(found);
    EXPECT(count_after(tx, &a, li, 0, 10) == 1);
    EXPECT(count_after(tx, &a, zhang, 0, 10) == 1);
    EXPECT_ERR(calendar_link_get(tx, &a, rows[1].id, &got), ERR_NOT_FOUND,
               "store.missing");
}

EACH_STORE_TEST(an_address_is_one_person_s_and_has_a_number_of_its_own)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    static const struct {
        const char *why;
        id person;
        uint8_t link;
        int64_t number;
    } rows[] = {
        { "the id is taken", { { 2 } }, 10, 1 },
        { "the number is", { { 1 } }, 11, 1 },
        { "nobody has that id", { { 3 } }, 12, 1 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(tx_abort) struct tx *tx = NULL;
        const struct calendar_row first = link_of(li, 10, 1);
        const struct calendar_row next =
            link_of(rows[i].person, rows[i].link, rows[i].number);

        EXPECT_OK(begin(s, &a, &tx));
        EXPECT_OK(calendar_link_add(tx, &first));
        EXPECT_ROW_ERR(rows[i].why, calendar_link_add(tx, &next), ERR_CONFLICT,
                       "store.constraint");
    }
}
