/* What an application says, and what it may not say. [M11] [17065 7.2]
 * [AL1]..[AL5] */

#include "domain/test_fixture.h"

#include <stdio.h>

#define HQ "{'name':'总部','place':'示例市','kind':'hq'}"
#define APPLY_AT(sites, more)                                                  \
    "{'scope':'家用电器的售后服务','staff':40,'service_staff':12,"    \
    "'sites':[" sites "]" more "}"
#define APPLY(more) APPLY_AT(HQ, more)

#define TRY_APPLY(what, json, ...)                                             \
    {                                                                          \
        what, "applicant", "application.submit", json, __VA_ARGS__             \
    }

/* [AL1] */
TEST(no_part_of_the_staff_is_larger_than_the_whole)
{
    static const struct attempt rows[] = {
        TRY_APPLY("nothing more is said", APPLY(""), ALLOWED),
        TRY_APPLY("all are covered", APPLY(",'covered_staff':40"), ALLOWED),
        TRY_APPLY("one more than there are", APPLY(",'covered_staff':41"),
                  ERR_INVALID, "application.covered"),
        TRY_APPLY("functions of all",
                  APPLY(",'functions':[{'function':'维修','number':12},"
                        "{'function':'销售','number':28}]"),
                  ALLOWED),
        TRY_APPLY("functions of one more",
                  APPLY(",'functions':[{'function':'维修','number':12},"
                        "{'function':'销售','number':29}]"),
                  ERR_INVALID, "application.functions"),
        TRY_APPLY("a function of nobody",
                  APPLY(",'functions':[{'function':'维修','number':0}]"),
                  ERR_INVALID, "record.range"),
        TRY_APPLY("all at the sites",
                  APPLY_AT("{'name':'a','place':'p','kind':'hq','staff':30},"
                           "{'name':'b','place':'p','kind':'outlet',"
                           "'staff':10}",
                           ""),
                  ALLOWED),
        TRY_APPLY("one more at the sites",
                  APPLY_AT("{'name':'a','place':'p','kind':'hq','staff':30},"
                           "{'name':'b','place':'p','kind':'outlet',"
                           "'staff':11}",
                           ""),
                  ERR_INVALID, "application.site_staff"),
    };
    FIXTURE(f);

    prepare_case(f);
    ATTEMPTS(f, rows);
}

/* [AL2] */
TEST(products_regions_and_functions_are_named_once)
{
    static const struct attempt rows[] = {
        TRY_APPLY("two products",
                  APPLY(",'products':[{'name':'冰箱'},{'name':'空调'}]"),
                  ALLOWED),
        TRY_APPLY("a product twice",
                  APPLY(",'products':[{'name':'冰箱'},{'name':'空调'},"
                        "{'name':'冰箱','trade':'5137'}]"),
                  ERR_INVALID, "application.twice"),
        TRY_APPLY("two regions", APPLY(",'regions':['甲省','乙省']"), ALLOWED),
        TRY_APPLY("a region twice", APPLY(",'regions':['甲省','甲省']"),
                  ERR_INVALID, "application.twice"),
        TRY_APPLY("a function twice",
                  APPLY(",'functions':[{'function':'维修','number':1},"
                        "{'function':'维修','number':2}]"),
                  ERR_INVALID, "application.twice"),
        TRY_APPLY("a site twice", APPLY_AT(HQ "," HQ, ""), ERR_INVALID,
                  "application.headquarters"),
    };
    FIXTURE(f);

    prepare_case(f);
    ATTEMPTS(f, rows);
}

/* [AL3] domain.md 4 */
TEST(codes_have_the_form_of_their_standard)
{
    static const struct attempt rows[] = {
        TRY_APPLY("a trade", APPLY(",'trade':'5272'"), ALLOWED),
        TRY_APPLY("three digits", APPLY(",'trade':'527'"), ERR_INVALID,
                  "application.trade"),
        TRY_APPLY("five digits", APPLY(",'trade':'52721'"), ERR_INVALID,
                  "record.length"),
        TRY_APPLY("the letter of its section", APPLY(",'trade':'F527'"),
                  ERR_INVALID, "application.trade"),
        TRY_APPLY("a sign before the digits", APPLY(",'trade':'/527'"),
                  ERR_INVALID, "application.trade"),
        TRY_APPLY("a sign after the digits", APPLY(",'trade':'527:'"),
                  ERR_INVALID, "application.trade"),
        TRY_APPLY("of the last division", APPLY(",'trade':'9700'"), ALLOWED),
        TRY_APPLY("of no division", APPLY(",'trade':'9800'"), ERR_INVALID,
                  "application.trade_division"),
        TRY_APPLY("a product's of no division",
                  APPLY(",'products':[{'name':'冰箱','trade':'0011'}]"),
                  ERR_INVALID, "application.trade_division"),
        TRY_APPLY("a product's trade",
                  APPLY(",'products':[{'name':'冰箱','trade':'52'}]"),
                  ERR_INVALID, "application.trade"),
        TRY_APPLY("a district", APPLY(",'district':'990100'"), ALLOWED),
        TRY_APPLY("five digits", APPLY(",'district':'99010'"), ERR_INVALID,
                  "application.district"),
        TRY_APPLY("its name", APPLY(",'district':'甲乙丙'"), ERR_INVALID,
                  "application.district"),
        TRY_APPLY("a site's district",
                  APPLY_AT("{'name':'a','place':'p','kind':'hq',"
                           "'district':'9901'}",
                           ""),
                  ERR_INVALID, "application.district"),
    };
    FIXTURE(f);

    prepare_case(f);
    ATTEMPTS(f, rows);
}

/* decisions.md: no event holds personal data. */
TEST(an_application_takes_no_contact)
{
    static const struct attempt rows[] = {
        TRY_APPLY("a name", APPLY(",'contact':'张三'"), ERR_INVALID,
                  "record.unknown"),
        TRY_APPLY("a number", APPLY(",'phone':'13900000000'"), ERR_INVALID,
                  "record.unknown"),
    };
    FIXTURE(f);

    prepare_case(f);
    ATTEMPTS(f, rows);
}

#define EVERYTHING                                                             \
    ",'scope_en':'After-sales','covered_staff':30,'trade':'5272',"             \
    "'district':'990100','address':'示例路1号','address_en':'1 Road',"     \
    "'regions':['甲省'],'products':[{'name':'冰箱'},"                      \
    "{'name':'空调','trade':'5137'}],"                                       \
    "'functions':[{'function':'维修','number':9}],"                          \
    "'previous_certifications':[{'criterion':'GB/T 19001','body':"             \
    "'示例机构','number':'99925Q1','until':'2027-05-01'}]"

/* [M11] [17065 7.2] The authority's sheets ask for these (domain.md 3.5). */
TEST(what_an_application_says_is_on_record)
{
    FIXTURE(f);

    prepare_case(f);
    DO(f, "applicant", "application.submit",
       APPLY_AT("{'name':'总部','place':'示例市','kind':'hq','staff':31,"
                "'address':'示例路1号','district':'990100'}",
                EVERYTHING));

    const struct application *p = replayed(f)->application;
    const struct site *site = p->sites.p;
    const struct product *products = p->products.p;
    const struct staff_function *function = p->functions.p;
    const struct certification *before = p->previous_certifications.p;
    const str *region = p->regions.p;

    EXPECT(p->covered_staff == 30);
    EXPECT_STR(p->trade, S("5272"));
    EXPECT_STR(p->district, S("990100"));
    EXPECT_STR(p->address, S("示例路1号"));
    EXPECT_STR(p->address_en, S("1 Road"));
    EXPECT(site->staff == 31);
    EXPECT_STR(site->address, S("示例路1号"));
    EXPECT_STR(site->district, S("990100"));
    EXPECT(p->products.n == 2);
    EXPECT_STR(products[1].trade, S("5137"));
    EXPECT(p->regions.n == 1);
    EXPECT_STR(*region, S("甲省"));
    EXPECT(p->functions.n == 1 && function->number == 9);
    EXPECT_STR(before->body, S("示例机构"));
    EXPECT(before->until == on("2027-05-01"));
}

/* --- the body's fields [AL5] [条例 9] ------------------------------------ */

/* The package is of SC03. [M12] */
TEST(what_the_body_is_not_approved_for_is_not_handed_in)
{
    static const struct {
        const char *name;
        str fields[2];
        size_t n;
        bool taken;
    } rows[] = {
        { "its only field", { S_INIT("SC03") }, 1, true },
        { "the second of two", { S_INIT("SC22"), S_INIT("SC03") }, 2, true },
        { "another field", { S_INIT("SC22") }, 1, false },
        { "a field that begins alike", { S_INIT("SC0") }, 1, false },
        { "none", { S_INIT("SC03") }, 0, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct event_list events = { 0 };

        prepare_case(f);
        f->body.fields = rows[i].fields;
        f->body.field_count = rows[i].n;
        err e =
            try_it(f, "applicant", "application.submit", APPLY(""), &events);
        EXPECT_ROW(rows[i].name,
                   application_is_outside(f->state, &f->body) != rows[i].taken);
        if (rows[i].taken)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_REFUSED, "application.field");
    }
}

/* Nothing else is said before it: what would be wrong here, too, does not
 * matter. */
TEST(the_field_comes_before_whatever_else_is_wrong)
{
    FIXTURE(f);

    prepare_case(f);
    f->enterprise.scope = S("软件开发"); /* not eligible */
    NO(f, "applicant", "application.submit", APPLY(""), ERR_REFUSED,
       "application.not_eligible");
    f->fields[0] = S("SC22");
    NO(f, "applicant", "application.submit", APPLY(""), ERR_REFUSED,
       "application.field");
}

/* What was sent on paper is here: entered, and answered with reasons. [M11] */
TEST(a_paper_outside_the_body_s_fields_is_entered_and_declined)
{
    FIXTURE(f);

    DO(f, "intake", "case.open", "{'scheme':'mini','level':'ten'}");
    DO(f, "intake", "eligibility.answer", DECLARED("false"));
    DO(f, "intake", "assessment.record",
       "{'answers':[" FIRST_FIVE ",{'indicator':'3.2','result':'met'}]}");
    f->fields[0] = S("SC22");
    EXPECT(!application_is_outside(f->state, &f->body));
    DO(f, "intake", "application.submit", APPLY(""));
    NO(f, "intake", "application.accept", "{}", ERR_REFUSED,
       "completeness.missing");
    DO(f, "intake", "application.decline", "{'reasons':'领域未获批准'}");
    EXPECT(f->state->ending == ENDING_DECLINED);
}

/* --- trades [AL4] [条例 9] ---------------------------------------------- */

#define WITH_TRADES                                                            \
    fixture_with("field: SC03", "field: SC03\ntrades: ['51', '527']")

TEST(a_package_that_lists_trades_wants_to_know_the_trade)
{
    static const struct attempt rows[] = {
        TRY_APPLY("none at all", APPLY(""), ERR_INVALID,
                  "application.trade_needed"),
        TRY_APPLY("the enterprise's", APPLY(",'trade':'5272'"), ALLOWED),
        TRY_APPLY("each product's",
                  APPLY(",'products':[{'name':'冰箱','trade':'5137'}]"),
                  ALLOWED),
        TRY_APPLY("one product's of two",
                  APPLY(",'products':[{'name':'冰箱','trade':'5137'},"
                        "{'name':'空调'}]"),
                  ERR_INVALID, "application.trade_needed"),
        TRY_APPLY("outside is no reason to refuse yet",
                  APPLY(",'trade':'7020'"), ALLOWED),
    };
    scoped(fixture_end) struct fixture *f = WITH_TRADES;

    prepare_case(f);
    ATTEMPTS(f, rows);
}

/* A body that certified property management as if it were trade was punished:
 * domain.md 0. */
TEST(an_application_outside_the_trades_is_declined_not_accepted)
{
    static const struct {
        const char *name;
        const char *json;
        bool accepted;
    } rows[] = {
        { "begins with two digits", APPLY(",'trade':'5137'"), true },
        { "begins with three digits", APPLY(",'trade':'5272'"), true },
        { "beside them", APPLY(",'trade':'5281'"), false },
        { "property management", APPLY(",'trade':'7020'"), false },
        { "digits in the middle", APPLY(",'trade':'4511'"), false },
        { "products of their own trades",
          APPLY(",'trade':'7020','products':[{'name':'冰箱',"
                "'trade':'5137'}]"),
          true },
        { "products of the enterprise's trade",
          APPLY(",'trade':'5137','products':[{'name':'冰箱'}]"), true },
        { "one of them outside",
          APPLY(",'trade':'5137','products':[{'name':'冰箱'},"
                "{'name':'物业','trade':'7020'}]"),
          false },
        { "a product of the enterprise's trade, which is outside",
          APPLY(",'trade':'7020','products':[{'name':'冰箱','trade':'5137'},"
                "{'name':'物业'}]"),
          false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f = WITH_TRADES;

        prepare_case(f);
        DO(f, "applicant", "application.submit", rows[i].json);
        if (rows[i].accepted) {
            EXPECT_ROW_OK(rows[i].name,
                          give(f, "intake", "application.accept", "{}"));
            continue;
        }
        EXPECT_ROW_ERR(rows[i].name,
                       give(f, "intake", "application.accept", "{}"),
                       ERR_REFUSED, "completeness.trade");
        EXPECT_ROW_OK(rows[i].name, give(f, "intake", "application.decline",
                                         "{'reasons':'行业不在批准范围内'}"));
        EXPECT_ROW(rows[i].name, f->state->ending == ENDING_DECLINED);
    }
}

/* Each trade of the package, so that staff see what it covers. */
TEST(a_refused_trade_names_those_that_are_covered)
{
    scoped(fixture_end) struct fixture *f = WITH_TRADES;

    prepare_case(f);
    DO(f, "applicant", "application.submit",
       APPLY(",'trade':'5137','products':[{'name':'冰箱','trade':'7020'}]"));
    err e = give(f, "intake", "application.accept", "{}");
    EXPECT_ERR(e, ERR_REFUSED, "completeness.trade");
    EXPECT_STR(err_arg_text(e, "trades"), S("51, 527"));
    EXPECT_STR(err_arg_text(e, "trade"), S("7020"));
}

TEST(a_package_that_lists_no_trades_takes_any)
{
    FIXTURE(f);

    prepare_case(f);
    DO(f, "applicant", "application.submit", APPLY(",'trade':'7020'"));
    DO(f, "intake", "application.accept", "{}");
}

/* --- size ---------------------------------------------------------------- */

/* domain.md 3.6: the size class counts the staff under the certificate. */
TEST(the_size_in_the_number_is_that_of_the_covered_staff)
{
    static const struct {
        const char *name;
        const char *covered;
        const char *number;
    } rows[] = {
        { "fifty of sixty", ",'covered_staff':50", "00026SC0006R0S" },
        { "fifty-one of sixty", ",'covered_staff':51", "00026SC0006R0M" },
        { "not said: all sixty", "", "00026SC0006R0M" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        char json[300];

        prepare_case(f);
        (void)snprintf(json, sizeof json,
                       "{'scope':'服务','staff':60,'service_staff':12,"
                       "'sites':[" HQ "]%s}",
                       rows[i].covered);
        DO(f, "applicant", "application.submit", json);
        do_completeness(f);
        do_contract(f);
        do_documents(f);
        do_plan(f);
        do_audit(f);
        do_report(f);
        do_decision(f);
        DO(f, "certificates", "certificate.issue", "{}");
        EXPECT_ROW_STR(rows[i].name, f->state->certificate->number,
                       str_of(rows[i].number));
    }
}

TEST(one_person_is_covered_where_one_is_said_to_be)
{
    struct application p = { .staff = 40, .covered_staff = 1 };

    EXPECT(application_covered(&p) == 1);
    p.covered_staff = 0; /* not said: all of them */
    EXPECT(application_covered(&p) == 40);
}

TEST(an_enterprise_has_ten_million_people_at_most)
{
    static const struct attempt rows[] = {
        TRY_APPLY("as many",
                  "{'scope':'家用电器的售后服务','staff':10000000,"
                  "'service_staff':12,'sites':[" HQ "]}",
                  ALLOWED),
        TRY_APPLY("one more",
                  "{'scope':'家用电器的售后服务','staff':10000001,"
                  "'service_staff':12,'sites':[" HQ "]}",
                  ERR_INVALID, "record.range"),
    };
    FIXTURE(f);

    prepare_case(f);
    ATTEMPTS(f, rows);
}
