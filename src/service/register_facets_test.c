/* What a search narrows by. [RF1] [RF3] [RF4] [M24] */
#include "service/register_facets.h"

#include "base/size.h"
#include "base/test.h"
#include "domain/names.h"

static bool lies_in(struct search_range r, uint16_t value)
{
    return value >= r.from && value <= r.to;
}

/* As lookups have it: on a day after the last one it has expired. */
static enum certificate_status stands(enum certificate_status recorded,
                                      day until, day today)
{
    const struct stand s = { recorded, 0, DAY_NEVER };

    return stand_on(s, until, today).status;
}

/* [RF3] Each status, on each day, is in the one range that it should be. */
TEST(a_status_is_one_range_whatever_day_it_is)
{
    static const day days[] = {
        FACET_FIRST_DAY + 1, 20400, 20499, 20500, 20501, 20600,
        FACET_LAST_DAY - 1
    };

    for (size_t i = 0; i < COUNT(days); i++)
        for (size_t j = 0; j < COUNT(days); j++)
            for (int s = 0; s <= (int)CERTIFICATE_EXPIRED; s++)
                for (int wanted = 0; wanted <= (int)CERTIFICATE_EXPIRED;
                     wanted++) {
                    enum certificate_status is =
                        stands((enum certificate_status)s, days[i], days[j]);

                    EXPECT(
                        lies_in(facet_statuses((enum certificate_status)wanted,
                                               days[j]),
                                facet_status((enum certificate_status)s,
                                             days[i])) == ((int)is == wanted));
                }
}

TEST(days_beyond_what_a_facet_knows_count_as_the_last_ones)
{
    EXPECT(facet_status(CERTIFICATE_VALID, 0) ==
           facet_status(CERTIFICATE_VALID, FACET_FIRST_DAY));
    EXPECT(facet_status(CERTIFICATE_SUSPENDED, DAY_NEVER) ==
           facet_status(CERTIFICATE_SUSPENDED, FACET_LAST_DAY));
    EXPECT(facet_status(CERTIFICATE_VALID, DAY_NEVER) < UINT16_MAX);
}

TEST(a_place_is_said_or_that_of_the_code)
{
    static const struct {
        const char *why;
        str place;
        str uscc;
        uint16_t is;
    } rows[] = {
        { "it is said", S_INIT("440305"), S_INIT("91350100M000100Y43"), 4403 },
        { "of the code", S_INIT(""), S_INIT("91350100M000100Y43"), 3501 },
        { "short", S_INIT("44"), S_INIT("91350100M000100Y43"), 4400 },
        { "no code", S_INIT(""), S_INIT("9135"), 0 },
        { "nothing", S_INIT(""), S_INIT(""), 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct public_certificate c = { .place = rows[i].place,
                                              .uscc = rows[i].uscc };

        EXPECT_ROW(rows[i].why, facet_place(&c) == rows[i].is);
    }
    const struct public_certificate c = { .trade = S("F5211") };
    EXPECT(facet_trade(&c) == 5211);
}

TEST(codes_are_ranges_of_what_begins_so)
{
    static const struct {
        str typed;
        uint16_t from;
        uint16_t to;
    } rows[] = {
        { S_INIT(""), 0, UINT16_MAX },  { S_INIT("4"), 4000, 4999 },
        { S_INIT("44"), 4400, 4499 },   { S_INIT("440"), 4400, 4409 },
        { S_INIT("4403"), 4403, 4403 },
    };
    static const str wrong[] = { S_INIT("44030"), S_INIT("4a"), S_INIT("-1") };
    TEST_ARENA(a, 10000);
    struct search_range r;

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_OK(facet_digits(&a, "place", rows[i].typed, &r));
        EXPECT_ROW(rows[i].typed.p,
                   r.from == rows[i].from && r.to == rows[i].to);
    }
    for (size_t i = 0; i < COUNT(wrong); i++)
        EXPECT_ERR(facet_digits(&a, "trade", wrong[i], &r), ERR_INVALID,
                   "lookup.digits");
}

TEST(a_status_is_told_by_its_name)
{
    TEST_ARENA(a, 10000);
    int32_t status;

    for (int32_t i = 0; i <= (int32_t)CERTIFICATE_EXPIRED; i++) {
        EXPECT_OK(facet_status_read(&a, str_of(status_names[i]), &status));
        EXPECT(status == i);
    }
    EXPECT_OK(facet_status_read(&a, S(""), &status));
    EXPECT(status == -1);
    EXPECT_ERR(facet_status_read(&a, S("Valid"), &status), ERR_INVALID,
               "lookup.status");
}

/* [RF4] */
TEST(what_fits_fits_in_every_part)
{
    const struct public_certificate c = { .scheme = S("ten-star"),
                                          .level = S("ten"),
                                          .status = CERTIFICATE_VALID,
                                          .place = S("440300"),
                                          .trade = S("5211") };
    static const struct {
        const char *why;
        struct lookup_wish wish;
        bool narrows;
        bool fits;
    } rows[] = {
        { "anything", { .most = 1 }, false, true },
        { "its scheme", { .scheme = S_INIT("ten-star") }, true, true },
        { "another", { .scheme = S_INIT("ten") }, true, false },
        { "its level", { .level = S_INIT("ten") }, true, true },
        { "another level", { .level = S_INIT("nine") }, true, false },
        { "its status", { .status = S_INIT("valid") }, true, true },
        { "another status", { .status = S_INIT("expired") }, true, false },
        { "its place", { .place = S_INIT("44") }, true, true },
        { "another place", { .place = S_INIT("45") }, true, false },
        { "its trade", { .trade = S_INIT("5211") }, true, true },
        { "another trade", { .trade = S_INIT("5212") }, true, false },
    };
    TEST_ARENA(a, 10000);
    struct facet_wish w;

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_OK(facet_wish_read(&a, &rows[i].wish, &w));
        EXPECT_ROW(rows[i].why, facet_narrows(&w) == rows[i].narrows);
        EXPECT_ROW(rows[i].why, facet_fits(&w, &c) == rows[i].fits);
    }

    const struct lookup_wish wrong = { .status = S("x") };
    EXPECT_ERR(facet_wish_read(&a, &wrong, &w), ERR_INVALID, "lookup.status");
}
