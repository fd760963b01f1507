/* The pages that tell of the body and what it does: directory, schemes, fees,
 * self-check, the body itself. [条例 20] [M25] [M28] [M7] */

#include "service/body_contact.h"
#include "web/test_site.h"

#include <stdio.h>

static bool open_site(struct test_site *s)
{
    const struct route_table all[] = { web_routes,       credential_routes,
                                       directory_routes, scheme_routes,
                                       fees_routes,      selfcheck_routes,
                                       body_routes,      batch_routes };

    return test_site_open(s, all, COUNT(all), web_error);
}

#define TEST_PUBLIC(name)                                                      \
    scoped(test_site_end) struct test_site name;                               \
    if (!open_site(&(name)))                                                   \
    return

static size_t times(str where, const char *what)
{
    size_t n = 0;

    for (str rest = where; str_contains(rest, str_of(what)); n++)
        rest = str_from(rest, str_find(rest, str_of(what)) + strlen(what));
    return n;
}

/* What stands between these two, after the first of the former. */
static str between(str text, const char *from, const char *to)
{
    str rest = str_from(text, str_find(text, str_of(from)) + strlen(from));

    return str_first(rest, str_find(rest, str_of(to)));
}

/* --- directory ------------------------------------------------------------ */

TEST(a_directory_goes_on_by_key_until_every_certificate_was_seen_once)
{
    TEST_PUBLIC(s);
    const char *target = "/directory";
    size_t seen = 0;
    int pages = 0;

    for (; pages < 10; pages++) {
        struct response rs = site_get(&s, target, LANG_ZH);
        str next = between(rs.body, "class=\"on\" href=\"", "\"");

        EXPECT(rs.status == 200);
        seen += times(rs.body, "class=\"card\"");
        if (!answer_holds(&rs, "rel=\"next\""))
            break;
        EXPECT(times(rs.body, "class=\"card\"") == 20);
        EXPECT(str_begins(next, S("?after=")));
        EXPECT(answer_holds(&rs, "href=\"/directory\"") ||
               answer_holds(&rs, target));
        target = site_path(&s, "/directory", next);
    }
    EXPECT(pages == 2);
    EXPECT(seen == 10 + 20 + 21);
}

TEST(a_directory_is_narrowed_by_what_stands_in_its_address)
{
    static const struct {
        const char *why;
        const char *target;
        size_t cards;
        const char *holds;
    } rows[] = {
        { "a code", "/directory?q=" REGISTER_USCC, 1, REGISTER_VALID },
        { "a number in small letters with a blank",
          "/directory?q=00026sc+0101r0m", 1, REGISTER_VALID },
        { "a scheme", "/directory?scheme=iso-9001", 1, REGISTER_PLAIN },
        { "a level", "/directory?scheme=five-star:five", 1, REGISTER_BOUND },
        { "another level", "/directory?scheme=five-star:four", 0,
          "class=\"empty\"" },
        { "suspended", "/directory?status=suspended", 1, REGISTER_SUSPENDED },
        { "expired without a record of it", "/directory?status=expired", 2,
          REGISTER_OVERDUE },
        { "no status", "/directory?status=nonsense&q=" REGISTER_USCC, 1,
          REGISTER_VALID },
        { "words of the English scope", "/directory?scope=SERVICE+of+examples",
          1, REGISTER_VALID },
        { "a place", "/directory?place=nowhere", 0, "value=\"nowhere\"" },
        { "an empty filter", "/directory?q=&place=&scheme=iso-9001&status=", 1,
          REGISTER_PLAIN },
        { "a filter that is there twice is none",
          "/directory?scheme=iso-9001&scheme=ten-star&q=" REGISTER_USCC, 1,
          REGISTER_VALID },
    };
    TEST_PUBLIC(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = site_get(&s, rows[i].target, LANG_EN);

        EXPECT_ROW(rows[i].why, rs.status == 200);
        EXPECT_ROW(rows[i].why,
                   times(rs.body, "class=\"card\"") == rows[i].cards);
        EXPECT_ROW(rows[i].why, answer_holds(&rs, rows[i].holds));
    }
}

/* [WD1] */
TEST(filters_go_along_to_the_next_page_and_to_the_other_language)
{
    TEST_PUBLIC(s);
    struct response rs =
        site_get(&s, "/directory?scheme=ten-star&status=valid", LANG_EN);

    EXPECT(answer_holds(&rs, "href=\"?scheme=ten-star&amp;status=valid&amp;"
                             "after="));
    EXPECT(answer_holds(&rs,
                        "href=\"/directory?lang=zh&amp;scheme=ten-star&amp;"
                        "status=valid\""));
    EXPECT(answer_holds(&rs, "<option value=\"ten-star\" selected>"));
    EXPECT(answer_holds(&rs, "<option value=\"valid\" selected>"));
    EXPECT(answer_holds(&rs, "<details class=\"more-filters\" open>"));
}

TEST(a_damaged_row_takes_nothing_else_out_of_the_directory)
{
    TEST_PUBLIC(s);
    test_register_damage(&s.reg, REGISTER_PLAIN);
    struct response rs = site_get(&s, "/directory?q=", LANG_ZH);

    EXPECT(rs.status == 200);
    EXPECT(times(rs.body, "class=\"card\"") == 20);
    EXPECT(!answer_holds(&rs, "href=\"/c/" REGISTER_PLAIN "\""));
    EXPECT(answer_holds(&rs, "rel=\"next\""));
}

/* --- schemes -------------------------------------------------------------- */

TEST(every_scheme_has_a_page_in_both_languages)
{
    static const struct {
        const char *target;
        const char *zh;
        const char *en;
    } rows[] = {
        { "/schemes", "href=\"/schemes/iso-9001\"",
          "href=\"/check/ten-star\"" },
        { "/schemes/ten-star", "<h1>十星级售后服务认证</h1>", "points: 40" },
        { "/schemes/ten-star", "5 个工作日内", "within 5 working days" },
        { "/schemes/ten-star", "近 12 个月", "of the last 12 months" },
        { "/schemes/five-star", ">95<", "Three stars" },
        { "/schemes/iso-9001", "逐条判定", "without a score" },
    };
    TEST_PUBLIC(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response zh = site_get(&s, rows[i].target, LANG_ZH);
        struct response en = site_get(&s, rows[i].target, LANG_EN);

        EXPECT_ROW(rows[i].zh, zh.status == 200 && en.status == 200);
        EXPECT_ROW(rows[i].zh, answer_holds(&zh, rows[i].zh));
        EXPECT_ROW(rows[i].en, answer_holds(&en, rows[i].en));
    }
}

TEST(a_scheme_is_a_page_by_its_name_and_a_package_by_its_hash)
{
    TEST_PUBLIC(s);
    struct response page = site_get(&s, "/schemes/ten-star", LANG_EN);
    str hash = between(page.body, "1 · <a href=\"", "\"");
    struct response package = site_get(&s, site_path(&s, "", hash), LANG_EN);

    EXPECT(str_begins(hash, S("/schemes/")) && hash.n == 9 + 64);
    EXPECT(package.status == 200);
    EXPECT_STR(package.type, S("application/octet-stream"));
    EXPECT(site_get(&s, "/schemes/0000", LANG_EN).status == 404);
    EXPECT(site_get(&s, "/schemes/%00", LANG_EN).status >= 400);
}

/* --- fees [WF1] [WF2] ----------------------------------------------------- */

TEST(a_fee_is_estimated_only_from_fields_that_make_sense)
{
    static const struct {
        const char *why;
        const char *target;
        bool answered;
        const char *holds;
    } rows[] = {
        { "nothing asked yet", "/fees", false, "name=\"staff\"" },
        { "the first scheme stands in the form", "/fees", false,
          "name=\"scheme\" value=\"five-star\"" },
        { "staff alone", "/fees?scheme=ten-star&staff=100", true, "Total" },
        { "one person", "/fees?scheme=ten-star&staff=1", true, "Total" },
        { "nobody", "/fees?scheme=ten-star&staff=0", false,
          "aria-invalid=\"true\"" },
        { "a word for a number", "/fees?scheme=ten-star&staff=many", false,
          "value=\"many\"" },
        { "more sites than there can be",
          "/fees?scheme=ten-star&staff=9&sites=2001", false,
          "aria-invalid=\"true\"" },
        { "as many as there can be", "/fees?scheme=ten-star&staff=9&sites=2000",
          true, "Total" },
        { "a trade that is no number",
          "/fees?scheme=ten-star&staff=9&trade=abc", false,
          "aria-invalid=\"true\"" },
        { "more staff than the table has",
          "/fees?scheme=ten-star&staff=10000000", false, "No estimate" },
        { "a level of it", "/fees?scheme=five-star&staff=9&level=four", true,
          "value=\"four\" selected" },
        { "a renewal", "/fees?scheme=ten-star&staff=9&renewal=1", true,
          "Renewal</h2>" },
        { "a scheme that is not there is the first one",
          "/fees?scheme=x&staff=9", true,
          "name=\"scheme\" value=\"five-star\"" },
    };
    TEST_PUBLIC(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = site_get(&s, rows[i].target, LANG_EN);

        EXPECT_ROW(rows[i].why, rs.status == 200);
        EXPECT_ROW(rows[i].why,
                   answer_holds(&rs, "id=\"estimate\"") == rows[i].answered);
        EXPECT_ROW(rows[i].why, answer_holds(&rs, rows[i].holds));
        EXPECT_ROW(rows[i].why,
                   answer_holds(&rs, site_words(&s, LANG_EN,
                                                "public.others_mark", NULL)));
    }
}

/* The same figures as domain/fees has (fees_test.c), in fen to yuan. */
TEST(what_the_page_adds_up_is_what_its_lines_say)
{
    TEST_PUBLIC(s);
    struct response rs =
        site_get(&s, "/fees?scheme=ten-star&staff=100&sites=3", LANG_ZH);

    EXPECT(answer_holds(&rs, "¥66,500.00 – ¥113,365.00"));
    EXPECT(answer_holds(&rs, "¥37,400.00 – ¥63,615.00")); /* first .. */
    EXPECT(answer_holds(&rs, "¥14,550.00 – ¥24,875.00")); /* .. and twice */
    EXPECT(answer_holds(&rs, "9.5 人日"));
}

/* --- self-check ----------------------------------------------------------- */

TEST(a_self_check_goes_step_by_step_and_carries_its_answers_along)
{
    TEST_PUBLIC(s);
    struct response first = site_get(&s, "/check/ten-star", LANG_EN);
    struct response later =
        site_get(&s,
                 "/check/ten-star?page=2&5.1.1.1.1=met&5.1.1.2.1%3Ak=3&"
                 "5.1.1.2.1%3An=4&lang=en&nonsense=1",
                 LANG_EN);

    EXPECT(answer_holds(&first, "name=\"5.1.1.1.1\" value=\"met\">"));
    EXPECT(answer_holds(&first, "value=\"2\">"));
    EXPECT(!answer_holds(&first, "type=\"hidden\""));
    EXPECT(times(later.body, "type=\"hidden\"") == 3);
    EXPECT(answer_holds(&later, "name=\"5.1.1.1.1\" value=\"met\""));
    EXPECT(answer_holds(&later, "name=\"5.1.1.2.1:n\" value=\"4\""));
    EXPECT(!answer_holds(&later, "name=\"nonsense\""));
    EXPECT(answer_holds(&later, "2 of 100 answered"));
    EXPECT(site_get(&s, "/check/no-such", LANG_EN).status == 404);
}

TEST(every_indicator_is_asked_in_one_step)
{
    static const struct {
        const char *scheme;
        size_t leaves;
    } rows[] = { { "ten-star", 100 }, { "five-star", 0 }, { "iso-9001", 0 } };
    TEST_PUBLIC(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t asked = 0;
        size_t of = 0;

        for (int page = 1; page <= 40; page++) {
            char target[100];
            struct response rs;

            (void)snprintf(target, sizeof target, "/check/%s?page=%d",
                           rows[i].scheme, page);
            rs = site_get(&s, target, LANG_EN);
            asked += times(rs.body, "<legend><span class=\"code\">");
            if (page == 1)
                of = times(site_get(&s,
                                    site_path(&s, "/schemes/",
                                              str_of(rows[i].scheme)),
                                    LANG_EN)
                               .body,
                           "<tr class=\"depth-");
            if (!answer_holds(&rs, "class=\"secondary outline\">See"))
                break;
        }
        EXPECT_ROW(rows[i].scheme, asked > 10 && asked < of);
        EXPECT_ROW(rows[i].scheme,
                   rows[i].leaves == 0 || asked == rows[i].leaves);
    }
}

TEST(the_result_is_what_the_answers_are_worth)
{
    static const struct {
        const char *why;
        const char *target;
        const char *holds;
        const char *lacks;
    } rows[] = {
        { "nothing answered", "/check/ten-star?page=result", ">0.00<",
          "exactly" },
        { "one met of one point", "/check/ten-star?page=result&5.1.1.1.1=met",
          ">1.00<", "exactly" },
        { "a sample that is no round number",
          "/check/ten-star?page=result&5.1.2.1.1:k=1&5.1.2.1.1:n=3", ">0.33<",
          "no such thing" },
        { "it stands there exactly",
          "/check/ten-star?page=result&5.1.2.1.1:k=1&5.1.2.1.1:n=3",
          "exactly 1/3", "no such thing" },
        { "more met than there are is no answer",
          "/check/ten-star?page=result&5.1.2.1.1:k=4&5.1.2.1.1:n=3", ">0.00<",
          "exactly" },
        { "more than a sample may have is none",
          "/check/ten-star?page=result&5.1.2.1.1:k=61&5.1.2.1.1:n=61", ">0.00<",
          "exactly" },
        { "as many as it may",
          "/check/ten-star?page=result&5.1.2.1.1:k=60&5.1.2.1.1:n=60", ">1.00<",
          "exactly" },
        { "a sample is not just met",
          "/check/ten-star?page=result&5.1.2.1.1=met", ">0.00<", "exactly" },
        { "a bonus", "/check/ten-star?page=result&bonus=1", ">1.00<",
          "exactly" },
        { "a deduction takes it away again",
          "/check/ten-star?page=result&bonus=1&deductions=1", ">0.00<",
          "exactly" },
        { "five deductions fail", "/check/ten-star?page=result&deductions=5",
          "fail whatever", "no such thing" },
        { "four do not", "/check/ten-star?page=result&deductions=4", ">0.00<",
          "fail whatever" },
        { "a figure that meets its gate",
          "/check/ten-star?page=result&first_resolution:k=9&"
          "first_resolution:n=10",
          "badge valid", "badge withdrawn" },
        { "one that does not",
          "/check/ten-star?page=result&first_resolution:k=8&"
          "first_resolution:n=10",
          "badge withdrawn", "badge valid" },
        { "the wanted level", "/check/five-star?page=result&wish=four",
          "What “Four stars” still lacks", "What “Five stars”" },
        { "without points there is no score", "/check/iso-9001?page=result",
          "Clauses not met", ">0.00<" },
    };
    TEST_PUBLIC(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = site_get(&s, rows[i].target, LANG_EN);

        EXPECT_ROW(rows[i].why, rs.status == 200);
        EXPECT_ROW(rows[i].why, answer_holds(&rs, rows[i].holds));
        EXPECT_ROW(rows[i].why, !answer_holds(&rs, rows[i].lacks));
    }
}

TEST(an_answer_that_is_none_is_marked_where_it_was_given)
{
    TEST_PUBLIC(s);
    struct response half =
        site_get(&s, "/check/ten-star?page=2&5.1.2.1.1:k=3", LANG_EN);
    struct response whole =
        site_get(&s, "/check/ten-star?page=2&5.1.2.1.1:k=3&5.1.2.1.1:n=3",
                 LANG_EN);

    EXPECT(times(half.body, "class=\"question wrong\"") == 1);
    EXPECT(answer_holds(&half, "role=\"alert\""));
    EXPECT(times(whole.body, "class=\"question wrong\"") == 0);
}

/* [SK1] */
TEST(nothing_of_a_self_check_is_kept_by_anybody_on_the_way)
{
    TEST_PUBLIC(s);
    struct response form = site_get(&s, "/check/ten-star?page=2", LANG_EN);
    struct response result =
        site_get(&s, "/check/ten-star?page=result", LANG_EN);

    EXPECT_STR(form.cache, S("no-store"));
    EXPECT_STR(result.cache, S("no-store"));
    EXPECT(answer_header(&form, "Set-Cookie").n == 0);
    EXPECT(answer_header(&result, "Set-Cookie").n == 0);
}

/* --- the body ------------------------------------------------------------- */

TEST(the_body_publishes_its_approval_and_its_rules)
{
    TEST_PUBLIC(s);
    struct response rs = site_get(&s, "/body", LANG_EN);
    const char *not_said =
        site_words(&s, LANG_EN, "public.body_not_said", NULL);
    const struct session admin = {
        .actor = { .roles = ROLE_BIT(ROLE_ADMIN) },
        .channel = S("test"),
    };
    const struct body_contact nothing = { .address = S("") };
    scoped(app_close) struct app *app = NULL;

    EXPECT(rs.status == 200);
    EXPECT(answer_holds(&rs, "CNCA-R-2099-000"));
    EXPECT(answer_holds(&rs, ">SC22<"));
    EXPECT(answer_holds(&rs, "href=\"/schemes/ten-star\""));
    EXPECT(answer_holds(&rs, "href=\"/fees\""));
    EXPECT(times(rs.body, not_said) == 0);
    EXPECT(answer_holds(&rs, "office@example.test"));
    EXPECT(answer_holds(&rs, "complaints@example.test"));
    EXPECT_OK(app_open(&s.reg.arena, &s.reg.world, str_of(s.reg.folder),
                       APP_WRITE, &app));
    EXPECT_OK(body_contact_set(app, &s.reg.arena, &admin, &nothing));
    rs = site_get(&s, "/body", LANG_EN);
    EXPECT(times(rs.body, not_said) == 2); /* contact, and complaints */
}

/* --- all of them ---------------------------------------------------------- */

static const char *const everywhere[] = {
    "/",
    "/directory",
    "/directory?q=none",
    "/schemes",
    "/schemes/ten-star",
    "/fees",
    "/fees?staff=100",
    "/check",
    "/check/ten-star",
    "/check/ten-star?page=result",
    "/body",
    "/batch",
};

TEST(whoever_shares_a_page_finds_what_it_is_about)
{
    TEST_PUBLIC(s);

    for (size_t i = 0; i < COUNT(everywhere); i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            struct response rs = site_get(&s, everywhere[i], l);
            str about =
                between(rs.body, "<meta name=\"description\" content=\"", "\"");

            EXPECT_ROW(everywhere[i], rs.status == 200);
            EXPECT_ROW(everywhere[i], about.n > 20 && about.n < 400);
            EXPECT_ROW(everywhere[i],
                       answer_holds(&rs, "<meta property=\"og:title\""));
            EXPECT_ROW(everywhere[i], answer_holds(&rs, "href=\"/verify\""));
            EXPECT_ROW(everywhere[i], answer_holds(&rs, "href=\"/log\""));
        }
    }
}

TEST(what_somebody_asks_stays_text)
{
    static const char *const evil[] = {
        "/directory?q=%22%3E%3Cscript%3E&place=%3Cb%3E&scope=%27%3E&scheme=%3C",
        "/directory?after=%22%3E%3Cscript%3E",
        "/fees?staff=%22%3E%3Cscript%3E&trade=%3Cscript%3E",
        "/check/ten-star?5.1.1.1.1=%22%3E%3Cscript%3E&wish=%3Cscript%3E",
        "/check/ten-star?page=2&5.1.1.1.1=%22%3E%3Cscript%3E",
        "/check/ten-star?page=result&5.1.1.1.1=%22%3E%3Cscript%3E",
    };
    TEST_PUBLIC(s);

    for (size_t i = 0; i < COUNT(evil); i++) {
        struct response rs = site_get(&s, evil[i], LANG_EN);

        EXPECT_ROW(evil[i], rs.status == 200);
        EXPECT_ROW(evil[i], !answer_holds(&rs, "<script>"));
        EXPECT_ROW(evil[i], !answer_holds(&rs, "<b>"));
    }
}

struct fetching {
    struct test_site *site;
    const char *target;
};

static err fetch(struct heap *h, void *context)
{
    const struct fetching *x = context;

    return site_try(x->site, h, x->target);
}

TEST(every_public_page_reports_every_allocation_failure)
{
    static const char *const targets[] = { "/directory?scheme=iso-9001",
                                           "/schemes",
                                           "/fees?staff=9",
                                           "/check",
                                           "/body",
                                           "/batch" };
    TEST_PUBLIC(s);

    for (size_t i = 0; i < COUNT(targets); i++) {
        struct fetching x = { &s, targets[i] };

        EXPECT_ROW(targets[i],
                   test_every_allocation_fails(fetch, NULL, &x) > 0);
    }
}
