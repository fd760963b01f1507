/* The contract, read in one piece and accepted. [CN1] [CN2] [CN3] [M13]
 * [17065 4.1.2] */

#include "web/test_work.h"

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

/* What the page put into its form, `more` after it. */
static const char *form_of(struct test_work *w, const struct response *rs,
                           const char *more)
{
    const char *version =
        work_text(w, "version=", value_of(rs, "name=\"version\" value=\""),
                  "&command-id=");
    const char *more_of =
        work_text(w, version, value_of(rs, "name=\"command-id\" value=\""),
                  "&offer=");

    return work_text(w, more_of, value_of(rs, "name=\"offer\" value=\""), more);
}

/* A case in which finance has made its quote. */
static str quoted_case(struct test_work *w)
{
    str ref = office_case(&w->office);

    office_go_to(&w->office, ref, STAGE_CONTRACT);
    EXPECT_OK(
        office_do(&w->office, "finance", ref, "quote.make", "{'prepay':3000}"));
    return ref;
}

ONE_STORE_TEST(the_contract_says_who_what_how_much_and_what_both_owe, true)
{
    static const char *const texts[] = {
        "contract_page.parties",
        "contract_page.money",
        "contract_page.open_result",
        "page_case.prepayment",
    };
    static const char *const parts[2][2] = {
        [SIDE_CLIENT] = { [TERM_RIGHT] = "sheet.client_rights",
                          [TERM_DUTY] = "sheet.client_duties" },
        [SIDE_BODY] = { [TERM_RIGHT] = "sheet.body_rights",
                        [TERM_DUTY] = "sheet.body_duties" },
    };
    TEST_WORK(w, place);
    str ref = quoted_case(&w);
    const struct state *s = office_read(&w.office, ref).state;
    const struct term *terms = s->quote->terms.p;
    struct browser b = work_enter(&w, "newcomer");
    struct response rs =
        work_get(&w, &b, work_text(&w, "/cases/", ref, "/contract"));

    EXPECT(rs.status == 200 && s->quote->terms.n > 0);
    for (size_t i = 0; i < COUNT(texts); i++)
        EXPECT_ROW(texts[i], says(&rs, texts[i]));
    for (size_t i = 0; i < s->quote->terms.n; i++)
        EXPECT(str_contains(rs.body, terms[i].text) &&
               says(&rs, parts[terms[i].side][terms[i].kind]));
}

/* [CN2] */
ONE_STORE_TEST(who_may_accept_the_contract_gets_a_form_for_it, true)
{
    static const struct {
        const char *login;
        int status;
        bool may;
    } rows[] = {
        { "newcomer", 200, true },
        { "intake", 200, false }, /* it is on no paper */
        { "finance", 200, false },
        { "auditor1", 200, false },
        { "quality", 200, false },
        { "rival", 404, false },
    };
    TEST_WORK(w, place);
    str ref = quoted_case(&w);
    const char *way = work_text(&w, "/cases/", ref, "/contract");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = work_enter(&w, rows[i].login);
        struct response rs = work_get(&w, &b, way);

        EXPECT_ROW(rows[i].login, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].login,
                   work_holds(&rs, "name=\"offer\"") == rows[i].may);
    }
}

/* [CN3] */
ONE_STORE_TEST(a_contract_that_was_read_is_accepted_once, true)
{
    TEST_WORK(w, place);
    str ref = quoted_case(&w);
    const char *way = work_text(&w, "/cases/", ref, "/contract");
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, "/work");

    EXPECT(work_holds(&rs, "/contract\"")); /* the next step leads here */
    rs = work_get(&w, &b, way);
    const char *unread = form_of(&w, &rs, "");
    const char *form = form_of(&w, &rs, "&read=yes&note=OUR%20NUMBER%207");
    EXPECT(work_post(&w, &b, way, "read=yes").status == 403);
    rs = work_post(&w, &b, way, unread);
    EXPECT(rs.status == 400 && says(&rs, "contract_page.not_read"));
    EXPECT(!office_read(&w.office, ref).state->client_accepted);
    EXPECT(work_post(&w, &b, way, form).status == 303);
    EXPECT(work_post(&w, &b, way, form).status == 303);
    EXPECT(office_read(&w.office, ref).state->client_accepted);
    rs = work_get(&w, &b, way);
    EXPECT(!work_holds(&rs, "name=\"offer\""));
    EXPECT(says(&rs, "page_case.contract_signing"));
    EXPECT(work_holds(&rs, "/print/contract\""));
}

/* [CN1] */
ONE_STORE_TEST(a_quote_that_is_no_more_the_newest_is_not_accepted, true)
{
    TEST_WORK(w, place);
    str ref = quoted_case(&w);
    const char *way = work_text(&w, "/cases/", ref, "/contract");
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, way);
    const char *form = form_of(&w, &rs, "&read=yes");

    EXPECT_OK(
        office_do(&w.office, "finance", ref, "quote.make", "{'prepay':5000}"));
    rs = work_post(&w, &b, way, form);
    EXPECT(rs.status == 409);
    EXPECT(!office_read(&w.office, ref).state->client_accepted);
    EXPECT(work_post(&w, &b, way, form_of(&w, &rs, "&read=yes")).status == 303);
}

ONE_STORE_TEST(before_there_is_a_quote_there_is_nothing_to_accept, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs =
        work_get(&w, &b, work_text(&w, "/cases/", ref, "/contract"));

    EXPECT(rs.status == 200 && says(&rs, "page_case.no_quote"));
    EXPECT(!work_holds(&rs, "name=\"offer\""));
}
