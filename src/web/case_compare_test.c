/* Offers side by side. [CC1] [CC2] [CC3] [M10] [M32] */

#include "web/test_work.h"

#define NOTE(approval, price)                                                  \
    "{'body':'甲认证" approval "','approval':'CNCA-R-2099-" approval           \
    "','cycle':40,'seniors':2,'price':" price ",'note':'SAID BY PHONE'}"

static bool says(const struct response *rs, const char *text)
{
    return str_contains(rs->body, text_get(LANG_ZH, text));
}

static str value_of(const struct response *rs, const char *begin)
{
    size_t found = str_find(rs->body, str_of(begin));
    str rest = str_from(rs->body, found + strlen(begin));

    return str_first(rest, str_find(rest, S("\"")));
}

static const char *removal(struct test_work *w, const struct response *rs,
                           const char *number)
{
    const char *version =
        work_text(w, "version=", value_of(rs, "name=\"version\" value=\""),
                  "&command-id=");
    const char *more =
        work_text(w, version, value_of(rs, "name=\"command-id\" value=\""),
                  "&offer=");

    return work_text(w, more, str_of(number), "");
}

/* [CC1] Whoever works for the body, and other enterprises: nobody. */
ONE_STORE_TEST(nobody_but_the_enterprise_sees_what_others_offered_it, true)
{
    static const struct {
        const char *login;
        int status;
    } rows[] = {
        { "intake", 403 },   { "finance", 403 },      { "planner", 403 },
        { "auditor1", 403 }, { "reviewer", 403 },     { "head", 403 },
        { "quality", 403 },  { "certificates", 403 }, { "authority", 403 },
        { "admin", 404 },    { "rival", 404 },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const char *way = work_text(&w, "/cases/", ref, "/offers");

    office_go_to(&w.office, ref, STAGE_CONTRACT);
    EXPECT_OK(office_do(&w.office, "newcomer", ref, "offer.note",
                        NOTE("001", "100")));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = work_enter(&w, rows[i].login);
        struct response rs = work_get(&w, &b, way);

        EXPECT_ROW(rows[i].login, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].login, !work_holds(&rs, "SAID BY PHONE"));
        EXPECT_ROW(rows[i].login, !work_holds(&rs, "CNCA-R-2099-001"));
        rs = work_post(&w, &b, way, "offer=1");
        EXPECT_ROW(rows[i].login, rs.status == rows[i].status);
        rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/money"));
        EXPECT_ROW(rows[i].login, !work_holds(&rs, "/offers\""));
    }
    EXPECT(office_read(&w.office, ref).state->money.offers[0]->price == 100);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, way);
    EXPECT(rs.status == 200 && work_holds(&rs, "SAID BY PHONE"));
    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/money"));
    EXPECT(work_holds(&rs, "/offers\""));
}

/* [CC2] */
ONE_STORE_TEST(it_says_what_is_least_and_what_is_missing, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const char *way = work_text(&w, "/cases/", ref, "/offers");
    struct browser b;
    struct response rs;

    office_go_to(&w.office, ref, STAGE_CONTRACT);
    b = work_enter(&w, "newcomer");
    rs = work_get(&w, &b, way);
    EXPECT(says(&rs, "compare_page.missing"));
    EXPECT(says(&rs, "compare_page.own_estimate"));
    EXPECT(!work_holds(&rs, "class=\"best\""));
    EXPECT_OK(office_do(&w.office, "newcomer", ref, "offer.note",
                        NOTE("001", "100")));
    EXPECT_OK(office_do(&w.office, "newcomer", ref, "offer.note",
                        NOTE("002", "900000000")));
    EXPECT_OK(office_do(&w.office, "newcomer", ref, "cost.note",
                        "{'kind':'training','provider':'丙','amount':7000}"));
    rs = work_get(&w, &b, way);
    EXPECT(!says(&rs, "compare_page.missing"));
    EXPECT(says(&rs, "compare_page.to_ask")); /* what three years come to */
    EXPECT(says(&rs, "compare_page.lowest"));
    EXPECT(says(&rs, "compare_page.all_in") && work_holds(&rs, "71.00"));
    EXPECT_OK(
        office_do(&w.office, "finance", ref, "quote.make", "{'prepay':3000}"));
    rs = work_get(&w, &b, way);
    EXPECT(says(&rs, "compare_page.own_quote"));
}

/* [CC3] Sent twice it is done once; what stands in the form is what was noted.
 */
ONE_STORE_TEST(an_offer_is_changed_in_its_form_and_taken_back_here, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const char *way = work_text(&w, "/cases/", ref, "/offers");
    struct browser b = work_enter(&w, "newcomer");
    struct response rs;

    EXPECT_OK(office_do(&w.office, "newcomer", ref, "offer.note",
                        NOTE("001", "12300")));
    rs = work_get(&w, &b,
                  work_text(&w, "/cases/", ref, "/do/offer.note?number=1"));
    EXPECT(work_holds(&rs, "CNCA-R-2099-001") && work_holds(&rs, "123"));
    EXPECT(work_holds(&rs, "SAID BY PHONE"));
    rs = work_get(&w, &b, way);
    const char *form = removal(&w, &rs, "1");
    EXPECT(work_post(&w, &b, way, "offer=1").status == 403);
    EXPECT(work_post(&w, &b, way, removal(&w, &rs, "2")).status == 404);
    EXPECT(work_post(&w, &b, way, form).status == 303);
    EXPECT(work_post(&w, &b, way, form).status == 303);
    EXPECT(office_read(&w.office, ref).state->money.offers[0]->price == 0);
    rs = work_get(&w, &b, way);
    EXPECT(says(&rs, "compare_page.none"));
}

ONE_STORE_TEST(after_the_contract_offers_are_read_and_no_more_noted, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const char *way = work_text(&w, "/cases/", ref, "/offers");
    struct browser b;
    struct response rs;

    EXPECT_OK(office_do(&w.office, "newcomer", ref, "offer.note",
                        NOTE("001", "100")));
    office_go_to(&w.office, ref, STAGE_DOCUMENTS);
    b = work_enter(&w, "newcomer");
    rs = work_get(&w, &b, way);
    EXPECT(work_holds(&rs, "SAID BY PHONE") && says(&rs, "compare_page.over"));
    EXPECT(!work_holds(&rs, "name=\"offer\""));
}
