/* Which branches and outlets a round visits. [M15] [17065 7.4] */

#include "domain/test_fixture.h"

#include "codec/json.h"
#include "domain/plan.h"
#include "domain/sampling.h"
#include "domain/stages.h"
#include "domain/view.h"

#include <stdio.h>

/* [SI1], against the table of IAF MD 1 (domain.md 3.8). */
TEST(the_least_number_of_sites_is_the_square_root_rounded_up)
{
    static const struct {
        int64_t x;
        int64_t first;
        int64_t surveillance;
        int64_t renewal;
    } rows[] = {
        { 0, 0, 0, 0 },    { 1, 1, 1, 1 },       { 2, 2, 1, 2 },
        { 4, 2, 2, 2 },    { 5, 3, 2, 2 },       { 9, 3, 2, 3 },
        { 10, 4, 2, 3 },   { 16, 4, 3, 4 },      { 25, 5, 3, 4 },
        { 26, 6, 4, 5 },   { 60, 8, 5, 7 },      { 100, 10, 6, 8 },
        { 101, 11, 7, 9 }, { 2000, 45, 27, 36 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char row[24];

        (void)snprintf(row, sizeof row, "%d sites", (int)rows[i].x);
        EXPECT_ROW(row, sites_least_of(100, rows[i].x) == rows[i].first);
        EXPECT_ROW(row, sites_least_of(60, rows[i].x) == rows[i].surveillance);
        EXPECT_ROW(row, sites_least_of(80, rows[i].x) == rows[i].renewal);
    }
}

/* An application with a headquarters and `n` outlets, up to the plan. */
static void network(struct fixture *f, int n)
{
    struct buf b;
    str json;

    buf_init(&b, &f->arena, 1 << 16);
    buf_str(&b, S("{'scope':'家用电器的售后服务','staff':40,"
                  "'service_staff':12,'sites':[{'name':'总部','place':'示例市',"
                  "'kind':'hq'}"));
    for (int i = 1; i <= n; i++)
        buf_printf(&b, ",{'name':'%d店','place':'示例市','kind':'outlet'}", i);
    buf_str(&b, S("]}"));
    EXPECT_OK(buf_done(&b, &json));
    prepare_case(f);
    DO(f, "applicant", "application.submit", json.p);
    do_completeness(f);
    do_contract(f);
    do_documents(f);
}

static err plan_sites(struct fixture *f, const str *names, size_t n)
{
    struct buf b;
    str json;

    buf_init(&b, &f->arena, 1 << 16);
    buf_str(&b, S("{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
                  "'to':'2026-03-18','person_days':45,'sites':['总部'"));
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, ",'%.*s'", (int)names[i].n, names[i].p);
    buf_str(&b, S("]}"));
    TRY(buf_done(&b, &json));
    return give(f, "planner", "plan.make", json.p);
}

/* The plan that the package asks for, as plan.make takes it; one tenth of a day
 * less, if so. */
static err plan_asked_for(struct fixture *f, const struct plan_asked *asked,
                          int64_t less)
{
    const str *names = asked->sites.p;
    struct buf b;
    str json;

    buf_init(&b, &f->arena, 1 << 16);
    buf_printf(&b,
               "{'lead':'lead','members':['auditor','spare'],"
               "'from':'2026-03-16','to':'2026-03-18','person_days':%d,"
               "'sites':[",
               (int)(asked->days - less));
    for (size_t i = 0; i < asked->sites.n; i++)
        buf_printf(&b, "%s'%.*s'", i == 0 ? "" : ",", (int)names[i].n,
                   names[i].p);
    buf_str(&b, S("]}"));
    TRY(buf_done(&b, &json));
    return give(f, "planner", "plan.make", json.p);
}

/* [PK1] [PK2] Not a site and not a tenth of a day more than is needed. */
TEST(what_the_package_asks_of_a_plan_is_taken_and_less_is_not)
{
    static const int outlets[] = { 1, 2, 9 };

    for (size_t i = 0; i < COUNT(outlets); i++) {
        FIXTURE(f);
        struct plan_asked asked = { 0 };

        network(f, outlets[i]);
        EXPECT_OK(plan_asks(&f->arena, f->state, &asked));
        EXPECT(asked.sites.n == (size_t)outlets[i] + 1); /* before a draw */
        if (asked.least_sites < outlets[i])
            DO(f, "planner", "sites.draw", "{}");
        EXPECT_OK(plan_asks(&f->arena, f->state, &asked));
        EXPECT((int64_t)asked.sites.n == asked.least_sites + 1);
        EXPECT(asked.days >= asked.table && asked.table > 0);
        EXPECT_ERR(plan_asked_for(f, &asked, 1), ERR_REFUSED,
                   "plan.below_table");
        EXPECT_OK(plan_asked_for(f, &asked, 0));
        EXPECT(f->state->plan->needed == asked.days);
    }
}

/* [M15] [SI1] [SI2] [SI3]: 60 outlets, 8 of them at least, 2 by chance. */
TEST(a_chain_store_is_sampled_and_chance_decides_a_quarter)
{
    FIXTURE(f);
    str eight[] = { S("1店"), S("2店"), S("3店"), S("4店"),
                    S("5店"), S("6店"), S("7店"), S("8店") };

    network(f, 60);
    EXPECT_ERR(plan_sites(f, eight, 7), ERR_REFUSED, "plan.few_sites");
    EXPECT_ERR(plan_sites(f, eight, 8), ERR_REFUSED, "plan.not_drawn");
    NO(f, "applicant", "sites.draw", "{}", ERR_DENIED, "rights.role");
    DO(f, "planner", "sites.draw", "{}");
    NO(f, "planner", "sites.draw", "{}", ERR_REFUSED, "sites.drawn_already");

    const struct sites_drawn *drawn = f->state->sites_drawn;
    const str *names = drawn->drawn.p;
    EXPECT(drawn->least == 8 && drawn->drawn.n == 2);
    EXPECT(!str_eq(names[0], names[1]));

    eight[0] = names[0]; /* one of the two is not enough */
    for (size_t i = 1; i < COUNT(eight); i++) {
        if (str_eq(eight[i], names[0]) || str_eq(eight[i], names[1]))
            eight[i] = S("60店");
    }
    EXPECT_ERR(plan_sites(f, eight, 8), ERR_REFUSED, "plan.drawn_site");
    eight[1] = names[1];
    EXPECT_OK(plan_sites(f, eight, 8));
    EXPECT(f->state->plan->sites.n == 9);
}

/* The planner has to name them in the plan. [M15] */
TEST(a_draw_is_read_in_the_case_until_the_round_is_over)
{
    FIXTURE(f);
    struct json *j;

    network(f, 60);
    EXPECT_OK(case_view_json(&f->arena, f->state, S("C2026-0001"),
                             &f->enterprise, READER_BODY, &j));
    EXPECT(json_get(j, S("sites_drawn"))->kind == JSON_NULL);
    DO(f, "planner", "sites.draw", "{}");
    EXPECT_OK(case_view_json(&f->arena, f->state, S("C2026-0001"),
                             &f->enterprise, READER_BODY, &j));
    const struct json *drawn = json_get(j, S("sites_drawn"));
    const str *names = f->state->sites_drawn->drawn.p;
    EXPECT(json_get(drawn, S("least"))->number == 8);
    EXPECT_STR(json_get(drawn, S("drawn"))->first->text, names[0]);
}

/* [SI2]: the same journal gives the same draw, another another. */
TEST(a_draw_can_be_repeated_from_the_journal)
{
    FIXTURE(f);
    struct event_list first = { 0 };
    struct event_list again = { 0 };
    struct event_list other = { 0 };

    network(f, 60);
    EXPECT_OK(try_it(f, "planner", "sites.draw", "{}", &first));
    EXPECT_OK(try_it(f, "planner", "sites.draw", "{}", &again));
    f->state->head.b[0] ^= 1;
    EXPECT_OK(try_it(f, "planner", "sites.draw", "{}", &other));

    const struct sites_drawn *a = first.first->data;
    const struct sites_drawn *b = again.first->data;
    const struct sites_drawn *c = other.first->data;
    EXPECT(memcmp(&a->seed, &b->seed, sizeof a->seed) == 0);
    EXPECT(memcmp(&a->seed, &c->seed, sizeof a->seed) != 0);
    EXPECT_STR(((const str *)a->drawn.p)[0], ((const str *)b->drawn.p)[0]);
    for (int i = 0; i < 2; i++) { /* the first rows of the seed's sequence */
        char name[20];

        (void)snprintf(name, sizeof name, "%d店",
                       (int)sampling_row(&a->seed, 60, i + 1));
        EXPECT_STR(((const str *)a->drawn.p)[i], str_of(name));
    }
}

/* [SI1] */
TEST(without_a_rule_in_the_package_every_site_is_visited)
{
    scoped(fixture_end) struct fixture *f = fixture_with(
        "sites: { first: 100, surveillance: 60, renewal: 80, random: 25 }\n",
        "");
    str nine[] = { S("1店"), S("2店"), S("3店"), S("4店"), S("5店"),
                   S("6店"), S("7店"), S("8店"), S("9店") };

    network(f, 9);
    EXPECT(sites_least(f->state) == 9);
    NO(f, "planner", "sites.draw", "{}", ERR_REFUSED, "sites.all");
    EXPECT_ERR(plan_sites(f, nine, 8), ERR_REFUSED, "plan.few_sites");
    EXPECT_OK(plan_sites(f, nine, 9));
}

/* [M15] [17065 7.4] */
TEST(where_all_sites_are_visited_nothing_is_drawn)
{
    FIXTURE(f);
    str all[] = { S("1店"), S("2店") };

    network(f, 2); /* two of two */
    NO(f, "planner", "sites.draw", "{}", ERR_REFUSED, "sites.all");
    EXPECT_ERR(plan_sites(f, all, 1), ERR_REFUSED, "plan.few_sites");
    EXPECT_OK(plan_sites(f, all, 2));
}

TEST(outlets_are_told_from_the_headquarters_and_from_what_nobody_has)
{
    str names[] = { S("总部"), S("1店"), S("2店"), S("nowhere") };
    FIXTURE(f);

    network(f, 60);
    for (size_t n = 0; n <= COUNT(names); n++) {
        struct list sites = { names, n };
        int64_t want = n < 2 ? 0 : n < 3 ? 1 : 2;

        EXPECT(sites_outlets(f->state, &sites) == want);
    }
}

/* --- memory --------------------------------------------------------------- */

/* Whether a quarter of the sites is drawn or, where the package draws none,
 * only the seed is on record. [SI2] */
TEST(every_allocation_of_a_draw_may_fail)
{
    static const char *const random[] = { "random: 25", "random: 0" };

    for (size_t i = 0; i < COUNT(random); i++) {
        scoped(fixture_end) struct fixture *f =
            fixture_with("random: 25", random[i]);
        err plenty;

        network(f, 60);
        EXPECT_ROW(random[i], try_without_memory(f, "planner", "sites.draw",
                                                 "{}", &plenty) > 0);
        EXPECT_ROW_OK(random[i], plenty);
    }
}
