/* Public money, as the body entered it and no other. [M34] [D3] */

#include "domain/subsidies.h"

#include "base/buf.h"
#include "codec/json.h"
#include "domain/test_fixture.h"

/* One of 示例省 that runs until the end of March. */
static struct subsidy example(void)
{
    return (struct subsidy){
        .place = S("示例省"),
        .programme = S("示例奖励"),
        .amount = 1000000,
        .document = S("示例发〔2026〕1号"),
        .link = S("https://example.invalid/1"),
        .until = on("2026-03-31"),
    };
}

TEST(a_subsidy_shows_in_its_place_while_it_runs)
{
    static const struct {
        const char *name;
        const char *place;
        const char *today;
        bool shows;
    } rows[] = {
        { "the province", "示例省", "2026-03-02", true },
        { "the city", "示例市", "2026-03-02", true },
        { "both", "示例省示例市", "2026-03-02", true },
        { "another province", "广东省", "2026-03-02", false },
        { "another city of the province", "示例省他市", "2026-03-02", false },
        { "a part of the name", "示例", "2026-03-02", false },
        { "no place", "", "2026-03-02", false },
        { "its last day", "示例省", "2026-03-31", true },
        { "the day after", "示例省", "2026-04-01", false },
    };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct subsidy x = example();

        x.place = str_of(rows[i].place);
        EXPECT_ROW(rows[i].name,
                   subsidy_shows(&x, &f->enterprise, on(rows[i].today)) ==
                       rows[i].shows);
    }
}

TEST(an_enterprise_without_place_is_shown_none)
{
    FIXTURE(f);
    struct subsidy x = example();

    f->enterprise.city = S("");
    EXPECT(subsidy_shows(&x, &f->enterprise, f->facts.today));
    x.place = S("示例省示例市");
    EXPECT(!subsidy_shows(&x, &f->enterprise, f->facts.today));
    f->enterprise.province = S("");
    EXPECT(!subsidy_shows(&x, &f->enterprise, f->facts.today));
    x.place = S("");
    EXPECT(!subsidy_shows(&x, &f->enterprise, f->facts.today));
}

/* [D3] [SU1] */
TEST(a_line_without_its_source_is_not_shown)
{
    FIXTURE(f);
    struct subsidy lacking[6];

    for (size_t i = 0; i < COUNT(lacking); i++)
        lacking[i] = example();
    lacking[1].document = S("");
    lacking[2].link = S("");
    lacking[3].until = DAY_NEVER;
    lacking[4].amount = 0;
    lacking[5].programme = S("");
    for (size_t i = 0; i < COUNT(lacking); i++)
        EXPECT(subsidy_shows(&lacking[i], &f->enterprise, f->facts.today) ==
               (i == 0));
}

/* The product asserts nothing: it says whose entry it is. */
TEST(the_view_names_the_body_and_the_source)
{
    FIXTURE(f);
    struct subsidy table[3] = { example(), example(), example() };
    struct json *j = NULL;
    struct buf b;

    table[1].place = S("广东省");
    table[2].until = on("2026-03-01");
    f->facts.subsidies = table;
    f->facts.subsidy_count = COUNT(table);
    EXPECT_OK(subsidies_json(&f->arena, &f->facts, &j));
    buf_init(&b, &f->arena, 1 << 16);
    json_canonical(&b, j);
    EXPECT_STR(buf_view(&b),
               S("{\"entered_by\":\"示例认证中心\",\"subsidies\":[{"
                 "\"amount\":1000000,\"document\":\"示例发〔2026〕1号\","
                 "\"link\":\"https://example.invalid/1\",\"place\":\"示例省\","
                 "\"programme\":\"示例奖励\",\"until\":\"2026-03-31\"}]}"));
}

TEST(without_a_table_nothing_is_shown)
{
    FIXTURE(f);
    struct json *j = NULL;

    EXPECT_OK(subsidies_json(&f->arena, &f->facts, &j));
    EXPECT(json_get(j, S("subsidies"))->count == 0);
}

static err show_once(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct json *j = NULL;

    arena_init(&a, h, 1 << 20);
    return subsidies_json(&a, context, &j);
}

TEST(every_failed_allocation_of_the_view_is_reported)
{
    FIXTURE(f);
    struct subsidy table = example();

    f->facts.subsidies = &table;
    f->facts.subsidy_count = 1;
    EXPECT(test_every_allocation_fails(show_once, NULL, &f->facts) > 0);
}
