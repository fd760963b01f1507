/* The enterprise's own notes: offers of others, and what it spends beside the
 * certification. [M10] [M32] [17065 4.2] */

#include "domain/offers.h"

#include "codec/json.h"
#include "domain/rights.h"
#include "domain/test_fixture.h"
#include "domain/view.h"

#include <stdio.h>

#define OFFER(body, approval, price)                                           \
    "{'body':'" body "','approval':'" approval                                 \
    "','cycle':40,'seniors':2,'team':'两名高级审查员','price':" price "}"

static void open_case(struct fixture *f)
{
    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
}

/* --- who may ------------------------------------------------------------ */

TEST(only_the_enterprise_itself_notes_offers)
{
    static const char *const others[] = {
        "intake", "finance", "planner", "lead",  "reviewer", "certificates",
        "head",   "quality", "expert",  "admin", "reporter", "authority",
    };
    FIXTURE(f);
    struct event_list events = { 0 };

    open_case(f);
    for (size_t i = 0; i < COUNT(others); i++) {
        EXPECT_ROW_ERR(others[i],
                       try_it(f, others[i], "offer.note",
                              OFFER("甲", "CNCA-R-2099-001", "1"), &events),
                       ERR_DENIED, "rights.role");
        EXPECT_ROW_ERR(others[i],
                       try_it(f, others[i], "cost.note",
                              "{'kind':'training','provider':'乙','amount':1}",
                              &events),
                       ERR_DENIED, "rights.role");
    }
    EXPECT_ERR(try_it(f, "rival", "offer.note",
                      OFFER("甲", "CNCA-R-2099-001", "1"), &events),
               ERR_DENIED, "rights.own");
    DO(f, "applicant", "offer.note", OFFER("甲", "CNCA-R-2099-001", "1"));
}

/* [RI4] [M11] Staff who enter a paper application never see the others'. */
TEST(staff_note_no_offers_for_a_paper_case_either)
{
    FIXTURE(f);

    DO(f, "intake", "case.open", "{'scheme':'mini','level':'ten'}");
    NO(f, "intake", "offer.note", OFFER("甲", "CNCA-R-2099-001", "1"),
       ERR_DENIED, "rights.role");
}

TEST(offers_are_noted_until_the_choice_is_made)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    DO(f, "applicant", "offer.note", OFFER("甲", "CNCA-R-2099-001", "1"));
    do_contract(f);
    NO(f, "applicant", "offer.note", OFFER("甲", "CNCA-R-2099-001", "1"),
       ERR_REFUSED, "rights.stage");
}

/* --- [OF1] --------------------------------------------------------------- */

static bool mentions(struct fixture *f, const char *word)
{
    struct json *j = NULL;
    struct buf b;

    EXPECT_OK(case_view_json(&f->arena, f->state, S("C2026-0001"),
                             &f->enterprise, READER_BODY, &j));
    buf_init(&b, &f->arena, 1 << 20);
    json_canonical(&b, j);
    return str_contains(buf_view(&b), str_of(word));
}

TEST(the_view_of_a_case_holds_no_note_of_the_enterprise)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    DO(f, "applicant", "offer.note",
       OFFER("隐秘认证公司", "CNCA-R-2099-001", "1234567"));
    DO(f, "applicant", "cost.note",
       "{'kind':'consulting','provider':'隐秘咨询公司','amount':7654321}");
    EXPECT(mentions(f, "示例电器有限公司"));
    EXPECT(!mentions(f, "隐秘"));
    EXPECT(!mentions(f, "1234567") && !mentions(f, "7654321"));
}

TEST(its_notes_and_nothing_else_are_the_enterprise_s_own)
{
    size_t own = 0;

    for (size_t i = 0; i < event_kind_count(); i++) {
        const struct event_kind *k = event_kind_at(i);

        own += event_is_own(k);
        EXPECT_ROW(k->name,
                   event_is_own(k) == (strcmp(k->name, "offer.noted") == 0 ||
                                       strcmp(k->name, "cost.noted") == 0));
    }
    EXPECT(own == 2);
}

TEST(only_the_enterprise_owns_its_case)
{
    const id here = { { 2, 1 } };
    const struct {
        const char *name;
        struct actor actor;
        bool owns;
    } rows[] = {
        { "its applicant",
          { { { 1 } }, ROLE_BIT(ROLE_APPLICANT), here },
          true },
        { "its auditor", { { { 1 } }, ROLE_BIT(ROLE_AUDITOR), here }, false },
        { "another's applicant",
          { { { 1 } }, ROLE_BIT(ROLE_APPLICANT), { { 2, 2 } } },
          false },
        { "quality", { { { 1 } }, ROLE_BIT(ROLE_QUALITY), { { 0 } } }, false },
        { "the program", { { { 0 } }, 0, { { 0 } } }, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].name,
                   rights_owns(&rows[i].actor, here) == rows[i].owns);
    EXPECT(!rights_owns(&rows[0].actor, (id){ { 0 } }));
}

/* Two notes that say the same have different hashes. */
TEST(a_salt_keeps_the_hash_from_telling_what_was_noted)
{
    FIXTURE(f);
    const struct offer *first;

    open_case(f);
    f->facts.salt = (id){ { 1 } };
    DO(f, "applicant", "offer.note", OFFER("甲", "CNCA-R-2099-001", "1"));
    first = f->state->money.offers[0];
    f->facts.salt = (id){ { 2 } };
    DO(f, "applicant", "offer.note", OFFER("甲", "CNCA-R-2099-001", "1"));
    EXPECT(!id_eq(first->salt, f->state->money.offers[0]->salt));
}

/* --- approval [OF2] ------------------------------------------------------ */

TEST(an_approval_number_has_its_form)
{
    static const struct {
        const char *number;
        bool ok;
    } rows[] = {
        { "CNCA-R-2099-000", true },    { "CNCA-R-2099-0000", true },
        { "CNCA-RF-2099-00", true },    { "CNCA-R-2099-0", false },
        { "CNCA-R-2099-00000", false }, { "CNCA-R-099-000", false },
        { "CNCA-R-20990-000", false },  { "CNCA-R-2099", false },
        { "CNCA-R-2099-", false },      { "CNCA-Q-2099-000", false },
        { "CNAS-R-2099-000", false },   { "CNCA-R-2099-00A", false },
        { "CNCA-R-2O99-000", false },   { "cnca-r-2099-000", false },
        { "CNCA-R-2099-000-1", false }, { "", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].number,
                   approval_is_form(str_of(rows[i].number)) == rows[i].ok);
}

TEST(an_offer_is_held_against_the_list_that_is_loaded)
{
    static const struct {
        const char *approval;
        enum approval want;
    } rows[] = {
        { "CNCA-R-2099-001", APPROVAL_LISTED },
        { "CNCA-R-2099-002", APPROVAL_OTHER_FIELD },
        { "CNCA-R-2099-003", APPROVAL_NOT_LISTED },
    };
    str fields[] = { S_INIT("SC01"), S_INIT("SC03") };
    const struct approved_body list[] = {
        { S("CNCA-R-2099-001"), S("甲认证"), { fields, 2 } },
        { S("CNCA-R-2099-002"), S("乙认证"), { fields, 1 } },
    };
    FIXTURE(f);

    EXPECT(approval_of(&f->facts, S("CNCA-R-2099-001"), S("SC03")) ==
           APPROVAL_UNKNOWN);
    f->facts.approved = list;
    f->facts.approved_count = COUNT(list);
    open_case(f);
    for (size_t i = 0; i < COUNT(rows); i++) {
        char json[300];

        (void)snprintf(json, sizeof json,
                       "{'body':'某认证','approval':'%s','cycle':40,"
                       "'price':100}",
                       rows[i].approval);
        DO(f, "applicant", "offer.note", json); /* noted all the same */
        EXPECT_ROW(rows[i].approval,
                   f->state->money.offers[i]->state == (int)rows[i].want);
    }
    f->facts.approved = NULL;
    EXPECT(f->state->money.offers[0]->state == APPROVAL_LISTED); /* as noted */
    f->facts.approved = list; /* a list with nobody on it is a list */
    f->facts.approved_count = 0;
    EXPECT(approval_of(&f->facts, S("CNCA-R-2099-001"), S("SC03")) ==
           APPROVAL_NOT_LISTED);
}

TEST(an_offer_that_makes_no_sense_is_refused_without_repeating_it)
{
    static const struct attempt rows[] = {
        { "no approval number", "applicant", "offer.note",
          OFFER("甲", "无", "1"), ERR_INVALID, "offer.approval" },
        { "no name", "applicant", "offer.note",
          OFFER(" ", "CNCA-R-2099-001", "1"), ERR_INVALID, "offer.approval" },
        { "this body's own", "applicant", "offer.note",
          OFFER("本机构", "CNCA-R-2099-000", "1"), ERR_INVALID, "offer.own" },
        { "for less than nothing", "applicant", "offer.note",
          OFFER("甲", "CNCA-R-2099-001", "-1"), ERR_INVALID, "record.range" },
        { "taken back, and never noted", "applicant", "offer.note",
          OFFER("甲", "CNCA-R-2099-001", "0"), ERR_NOT_FOUND, "offer.none" },
        { "the whole below its part", "applicant", "offer.note",
          "{'body':'甲','approval':'CNCA-R-2099-001','cycle':1,'price':10,"
          "'whole':9}",
          ERR_INVALID, "offer.whole" },
        { "the whole as its part", "applicant", "offer.note",
          "{'body':'甲','approval':'CNCA-R-2099-001','cycle':1,'price':10,"
          "'whole':10}",
          ALLOWED },
        { "done in no time", "applicant", "offer.note",
          "{'body':'甲','approval':'CNCA-R-2099-001','cycle':0,'price':10}",
          ERR_INVALID, "record.range" },
    };
    FIXTURE(f);
    struct event_list events = { 0 };

    open_case(f);
    ATTEMPTS(f, rows);
    err e =
        try_it(f, "applicant", "offer.note", OFFER("甲", "无", "1"), &events);
    EXPECT(failed(e) && e.info->args[0].name == NULL);
}

/* --- the newest of each --------------------------------------------------- */

TEST(a_body_s_newer_offer_takes_the_place_of_the_older)
{
    FIXTURE(f);

    open_case(f);
    DO(f, "applicant", "offer.note", OFFER("甲", "CNCA-R-2099-001", "5"));
    DO(f, "applicant", "offer.note", OFFER("乙", "CNCA-R-2099-002", "6"));
    DO(f, "applicant", "offer.note", OFFER("甲", "CNCA-R-2099-001", "4"));
    EXPECT(f->state->money.offer_count == 2);
    EXPECT(f->state->money.offers[0]->price == 4);
    EXPECT(replayed(f)->money.offer_count == 2);
}

TEST(offers_and_costs_have_their_most)
{
    char json[200];
    FIXTURE(f);

    open_case(f);
    for (int i = 0; i <= OFFER_MAX; i++) {
        (void)snprintf(json, sizeof json,
                       "{'body':'某','approval':'CNCA-R-2099-%03d','cycle':1,"
                       "'price':1}",
                       i + 1);
        if (i < OFFER_MAX)
            DO(f, "applicant", "offer.note", json);
        else
            NO(f, "applicant", "offer.note", json, ERR_LIMIT, "offer.full");
    }
    DO(f, "applicant", "offer.note", OFFER("某", "CNCA-R-2099-001", "2"));
    for (int i = 0; i <= COST_MAX; i++) {
        (void)snprintf(json, sizeof json,
                       "{'kind':'other','provider':'某%d','amount':1}", i);
        if (i < COST_MAX)
            DO(f, "applicant", "cost.note", json);
        else
            NO(f, "applicant", "cost.note", json, ERR_LIMIT,
               "offer.costs_full");
    }
}

/* --- what is spent beside it [OF4] [M32] ---------------------------------- */

TEST(this_body_provides_no_consulting)
{
    static const struct attempt rows[] = {
        { "by its Chinese name", "applicant", "cost.note",
          "{'kind':'consulting','provider':'示例认证中心','amount':1}",
          ERR_REFUSED, "offer.not_the_body" },
        { "by its English name, blanks around it", "applicant", "cost.note",
          "{'kind':'training','provider':' Example Certification Centre ',"
          "'amount':1}",
          ERR_REFUSED, "offer.not_the_body" },
        { "by nobody", "applicant", "cost.note",
          "{'kind':'training','provider':' ','amount':1}", ERR_INVALID,
          "offer.provider" },
        { "by somebody", "applicant", "cost.note",
          "{'kind':'customer_system','provider':'软件公司','amount':1}",
          ALLOWED },
    };
    FIXTURE(f);

    open_case(f);
    ATTEMPTS(f, rows);
}

/* --- the comparison [OF3] --------------------------------------------------
 */

static struct comparison compare(struct fixture *f)
{
    struct comparison c = { 0 };

    EXPECT_OK(offers_compare(&f->arena, f->state, &f->body, &c));
    return c;
}

TEST(three_bodies_are_enough_and_the_cheapest_comes_first)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    EXPECT(compare(f).count == 1 && !compare(f).enough);
    DO(f, "applicant", "offer.note", OFFER("贵", "CNCA-R-2099-001", "2300001"));
    EXPECT(compare(f).count == 2 && !compare(f).enough);
    DO(f, "applicant", "offer.note", OFFER("廉", "CNCA-R-2099-002", "500000"));

    struct comparison c = compare(f);
    EXPECT(c.count == 3 && c.enough);
    EXPECT_STR(c.rows[0].body, S("廉"));
    EXPECT_STR(c.rows[1].body, f->body.name_zh);
    EXPECT_STR(c.rows[2].body, S("贵"));
    EXPECT(!c.rows[1].firm && c.rows[1].offer == NULL); /* an estimate */
    EXPECT(c.rows[1].price.least == 2300000);
    do_contract(f);
    c = compare(f);
    EXPECT(c.rows[1].firm && c.rows[1].price.least == 1800000);
    EXPECT(c.rows[1].whole.least == 1800000 + 2 * 800000);
}

TEST(offers_of_one_price_stay_as_they_were_noted)
{
    FIXTURE(f);

    open_case(f);
    DO(f, "applicant", "offer.note", OFFER("一", "CNCA-R-2099-001", "5"));
    DO(f, "applicant", "offer.note", OFFER("二", "CNCA-R-2099-002", "5"));
    EXPECT_STR(compare(f).rows[0].body, S("一"));
    EXPECT(compare(f).count == 2); /* nothing to estimate from yet */
}

#define OLD_FEES "prepay: [30, 50], assumed: true }"
#define CARS                                                                   \
    "prepay: [30, 50], assumed: true, trades: [{ code: '526', factor: 120,"    \
    " label: { zh: 车, en: Cars } }] }"

/* [OF5] */
TEST(an_offer_that_is_taken_back_is_compared_no_more_until_noted_again)
{
    FIXTURE(f);

    open_case(f);
    DO(f, "applicant", "offer.note", OFFER("一", "CNCA-R-2099-001", "5"));
    DO(f, "applicant", "offer.note", OFFER("二", "CNCA-R-2099-002", "6"));
    DO(f, "applicant", "offer.note", OFFER("一", "CNCA-R-2099-001", "0"));
    EXPECT(compare(f).count == 1);
    EXPECT_STR(compare(f).rows[0].body, S("二"));
    EXPECT(compare(f).rows[0].best == 0);
    DO(f, "applicant", "offer.note", OFFER("一", "CNCA-R-2099-001", "7"));
    EXPECT(compare(f).count == 2 && f->state->money.offer_count == 2);
}

#define TWO(cycle_a, whole_a, cycle_b, whole_b)                                \
    {                                                                          \
        "{'body':'甲','approval':'CNCA-R-2099-001','cycle':" cycle_a           \
        ",'seniors':2,'price':500,'whole':" whole_a "}",                       \
            "{'body':'乙','approval':'CNCA-R-2099-002','cycle':" cycle_b       \
            ",'seniors':1,'price':600,'whole':" whole_b "}"                    \
    }

/* [OF6] [M10] */
TEST(the_most_favourable_of_each_kind_is_marked_where_it_is_certain)
{
    static const struct {
        const char *why;
        const char *notes[2];
        unsigned best[2];
    } rows[] = {
        { "each is best at something",
          TWO("40", "900", "30", "800"),
          { BEST_PRICE | BEST_SENIORS, BEST_WHOLE | BEST_CYCLE } },
        { "both are",
          TWO("30", "900", "30", "900"),
          { BEST_PRICE | BEST_SENIORS | BEST_WHOLE | BEST_CYCLE,
            BEST_WHOLE | BEST_CYCLE } },
        { "one said nothing of the whole",
          TWO("40", "0", "50", "800"),
          { BEST_PRICE | BEST_SENIORS | BEST_CYCLE, 0 } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        open_case(f);
        DO(f, "applicant", "offer.note", rows[i].notes[0]);
        EXPECT_ROW(rows[i].why, compare(f).rows[0].best == 0); /* alone */
        DO(f, "applicant", "offer.note", rows[i].notes[1]);
        EXPECT_ROW(rows[i].why, compare(f).rows[0].best == rows[i].best[0]);
        EXPECT_ROW(rows[i].why, compare(f).rows[1].best == rows[i].best[1]);
    }
}

/* [OF6] An estimate is a range: 2300000 to 2760000. */
TEST(an_estimate_is_the_least_only_where_all_of_it_is)
{
    static const struct {
        const char *price;
        unsigned own;
        unsigned other;
    } rows[] = {
        { "2300000", 0, BEST_PRICE },
        { "2300001", 0, 0 },
        { "2759999", 0, 0 },
        { "2760000", BEST_PRICE, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f = fixture_with(OLD_FEES, CARS);
        char json[200];
        unsigned of[2] = { 0, 0 };

        do_preparation_of_trade(f, "");
        (void)snprintf(json, sizeof json,
                       "{'body':'甲','approval':'CNCA-R-2099-001','cycle':1,"
                       "'price':%s}",
                       rows[i].price);
        DO(f, "applicant", "offer.note", json);
        struct comparison c = compare(f);
        for (size_t k = 0; k < c.count; k++)
            of[c.rows[k].offer == NULL ? 0 : 1] = c.rows[k].best;
        EXPECT_ROW(rows[i].price, of[0] == rows[i].own);
        EXPECT_ROW(rows[i].price, of[1] == rows[i].other);
    }
}

/* [OF6] */
TEST(what_is_offered_without_approval_is_best_at_nothing)
{
    str fields[] = { S_INIT("SC03") };
    const struct approved_body list[] = {
        { S("CNCA-R-2099-001"), S("甲认证"), { fields, 1 } },
        { S("CNCA-R-2099-002"), S("乙认证"), { fields, 1 } },
    };
    FIXTURE(f);

    f->facts.approved = list;
    f->facts.approved_count = COUNT(list);
    open_case(f);
    DO(f, "applicant", "offer.note", OFFER("无", "CNCA-R-2099-003", "1"));
    DO(f, "applicant", "offer.note", OFFER("甲", "CNCA-R-2099-001", "5"));
    DO(f, "applicant", "offer.note", OFFER("乙", "CNCA-R-2099-002", "6"));
    struct comparison c = compare(f);
    EXPECT(c.rows[0].state == APPROVAL_NOT_LISTED && c.rows[0].best == 0);
    EXPECT((c.rows[1].best & BEST_PRICE) != 0);
    EXPECT((c.rows[2].best & BEST_PRICE) == 0);
}

TEST(where_the_rules_cannot_tell_only_the_others_are_compared)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("staff: [26, 45]", "staff: [26, 39]");

    go_to(f, STAGE_CONTRACT);
    DO(f, "applicant", "offer.note", OFFER("一", "CNCA-R-2099-001", "5"));
    EXPECT(compare(f).count == 1);
}

/* [M33] */
TEST(the_estimate_is_of_the_trade_applied_for)
{
    static const struct {
        const char *trade;
        int64_t least;
        int64_t most;
    } rows[] = {
        { "", 2300000, 2760000 }, /* any */
        { "5254", 2300000, 2300000 },
        { "5264", 2760000, 2760000 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f = fixture_with(OLD_FEES, CARS);

        do_preparation_of_trade(f, rows[i].trade);
        struct comparison c = compare(f);
        EXPECT_ROW(rows[i].trade, c.rows[0].price.least == rows[i].least);
        EXPECT_ROW(rows[i].trade, c.rows[0].price.most == rows[i].most);
    }
}

/* [M28] [M32] */
TEST(the_document_adds_optional_costs_and_says_whose_business_they_are_not)
{
    FIXTURE(f);
    struct comparison c;
    struct json *j = NULL;
    struct buf b;

    open_case(f);
    DO(f, "applicant", "offer.note",
       "{'body':'甲','approval':'CNCA-R-2099-001','cycle':40,'seniors':1,"
       "'team':'三人','price':1000,'whole':1500,'note':'口头'}");
    DO(f, "applicant", "cost.note",
       "{'kind':'consulting','provider':'乙','amount':300}");
    DO(f, "applicant", "cost.note",
       "{'kind':'training','provider':'丙','amount':70}");
    DO(f, "applicant", "cost.note",
       "{'kind':'training','provider':'丙','amount':0}"); /* taken back */
    c = compare(f);
    EXPECT_OK(offers_json(&f->arena, f->state, &c, &j));
    buf_init(&b, &f->arena, 1 << 16);
    json_canonical(&b, j);
    EXPECT_STR(
        buf_view(&b),
        S("{\"enough\":false,\"offers\":[{\"all_in\":[1800,1800],"
          "\"approval\":\"CNCA-R-2099-001\",\"body\":\"甲\",\"cycle\":40,"
          "\"firm\":true,\"note\":\"口头\",\"own\":false,"
          "\"price\":[1000,1000],\"seniors\":1,\"state\":\"unknown\","
          "\"team\":\"三人\",\"whole\":[1500,1500]}],"
          "\"optional_costs\":[{\"amount\":300,\"kind\":\"consulting\","
          "\"note\":\"\",\"of_the_body\":false,\"provider\":\"乙\"}],"
          "\"optional_total\":300,\"wanted\":3}"));
}

static err compare_once(struct heap *h, void *context)
{
    struct fixture *f = context;
    scoped(arena_end) struct arena a;
    struct comparison c;
    struct json *j = NULL;

    arena_init(&a, h, 1 << 20);
    TRY(offers_compare(&a, f->state, &f->body, &c));
    return offers_json(&a, f->state, &c, &j);
}

TEST(every_failed_allocation_of_the_comparison_is_reported)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    DO(f, "applicant", "offer.note", OFFER("甲", "CNCA-R-2099-001", "1"));
    DO(f, "applicant", "cost.note",
       "{'kind':'training','provider':'丙','amount':7}");
    EXPECT(test_every_allocation_fails(compare_once, NULL, f) > 0);
}

/* Of what the rules cannot tell there is a refusal to be made, which is left
 * out again: without memory for it nothing is compared. */
TEST(every_failed_allocation_of_an_estimate_that_is_refused_is_reported)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("staff: [26, 45]", "staff: [26, 39]");

    go_to(f, STAGE_CONTRACT);
    EXPECT(test_every_allocation_fails(compare_once, NULL, f) > 0);
}
