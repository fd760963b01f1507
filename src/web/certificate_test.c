/* The page of a certificate, as a stranger gets it. [M21] [M24] */

#include "http/response.h"
#include "web/test_site.h"

#include <stdio.h>

/* --- what it says ----------------------------------------------------- */

TEST(a_certificates_page_says_its_status_and_since_when_in_both_languages)
{
    static const struct {
        const char *number;
        const char *style; /* the plaque's */
        const char *word;
        const char *since; /* zh */
    } rows[] = {
        { REGISTER_VALID, "plaque valid", "status.valid", "2026年3月16日" },
        { REGISTER_SUSPENDED, "plaque suspended", "status.suspended",
          "2026年10月9日" },
        { REGISTER_WITHDRAWN, "plaque withdrawn", "status.withdrawn",
          "2026年9月1日" },
        { REGISTER_CANCELLED, "plaque ended", "status.cancelled",
          "2026年8月3日" },
        /* Both sides of the last day, and suspension ends with it. */
        { REGISTER_LAST_DAY, "plaque valid", "status.valid", "2023年11月25日" },
        { REGISTER_EXPIRED, "plaque ended", "status.expired",
          "2026年11月24日" },
        { REGISTER_OVERDUE, "plaque ended", "status.expired",
          "2026年11月24日" },
    };
    TEST_WEB(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *target = site_path(&s, "/c/", str_of(rows[i].number));

        for (enum lang l = 0; l < LANG_COUNT; l++) {
            struct response rs = site_get(&s, target, l);
            const char *word = site_words(&s, l, rows[i].word, NULL);
            const char *plaque = site_path(&s, "\"word\">", str_of(word));

            EXPECT_ROW(target, rs.status == 200);
            EXPECT_ROW(target, answer_holds(&rs, rows[i].style));
            EXPECT_ROW(target, answer_holds(&rs, rows[i].number));
            EXPECT_ROW(target, answer_holds(&rs, plaque));
            EXPECT_ROW(target,
                       l == LANG_EN || answer_holds(&rs, rows[i].since));
        }
    }
}

/* [CR3] The register's certificates have none; its page then does not offer
 * any.
 */
TEST(a_certificates_page_says_when_there_is_no_signed_file_of_it)
{
    TEST_WEB(s);

    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct response rs = site_get(&s, "/c/" REGISTER_VALID, l);

        EXPECT(answer_holds(&rs, site_words(&s, l, "page.no_files", NULL)));
        EXPECT(!answer_holds(&rs, site_words(&s, l, "page.files", NULL)));
        EXPECT(!answer_holds(&rs, "/credential.json"));
    }
}

/* [17065 7.11] As the JSON has it; whatever ended the suspension ended that. */
TEST(a_suspended_certificates_page_says_until_when_at_the_longest)
{
    static const char *const says[] = {
        [LANG_ZH] = "<span>最长至2027年1月8日</span>",
        [LANG_EN] = "<span>until 8 January 2027 at the longest</span>",
    };
    static const char *const words[] = { "最长", "at the longest" };
    static const char *const others[] = { REGISTER_VALID, REGISTER_WITHDRAWN,
                                          REGISTER_OVERDUE };
    TEST_WEB(s);

    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct response rs = site_get(&s, "/c/" REGISTER_SUSPENDED, l);

        EXPECT_ROW(says[l], answer_holds(&rs, says[l]));
        for (size_t i = 0; i < COUNT(others); i++) {
            rs = site_get(&s, site_path(&s, "/c/", str_of(others[i])), l);
            EXPECT_ROW(others[i], !answer_holds(&rs, words[l]));
        }
    }
}

TEST(what_a_certificate_is_called_and_says_comes_from_its_package)
{
    static const struct {
        const char *why;
        const char *number;
        const char *zh;
        const char *en;
    } rows[] = {
        { "its title", REGISTER_VALID, "\"kind\">服务认证证书<",
          "\"kind\">Certificate of service certification<" },
        { "a management system's title", REGISTER_PLAIN,
          "\"kind\">管理体系认证证书<",
          "\"kind\">Certificate of management system certification<" },
        { "its statement", REGISTER_PLAIN, "所列范围内的管理体系符合",
          "management system within" },
        { "its level", REGISTER_VALID, "\"level-name\">十星级<",
          "\"level-name\">Ten stars<" },
        { "its criterion's name", REGISTER_VALID,
          "售后服务体系完善程度认证评价规范",
          "Evaluation of the completeness of after-sales" },
        { "the package it was issued under, though a newer one has another"
          " title",
          REGISTER_BOUND, "\"kind\">服务认证证书<",
          "\"kind\">Certificate of service certification<" },
    };
    TEST_WEB(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *target = site_path(&s, "/c/", str_of(rows[i].number));
        struct response zh = site_get(&s, target, LANG_ZH);
        struct response en = site_get(&s, target, LANG_EN);
        EXPECT_ROW(rows[i].why, answer_holds(&zh, rows[i].zh));
        EXPECT_ROW(rows[i].why, answer_holds(&en, rows[i].en));
    }
}

TEST(the_address_is_the_bodys_unless_it_is_served_elsewhere)
{
    static const struct {
        const char *why;
        str public_url; /* of the faces */
        const char *address;
    } rows[] = {
        { "as the body was founded", S_INIT(""), ">http://127.0.0.1:8010/c/" },
        { "where it is served", S_INIT("https://demo.example"),
          ">https://demo.example/c/" },
    };
    TEST_WEB(s);
    const char *target = site_path(&s, "/c/", S(REGISTER_VALID));

    for (size_t i = 0; i < COUNT(rows); i++) {
        s.faces.public_url = rows[i].public_url;
        struct response rs = site_get(&s, target, LANG_EN);
        EXPECT_ROW(rows[i].why,
                   answer_holds(&rs, site_path(&s, rows[i].address,
                                               S(REGISTER_VALID))));
    }
}

/* [LU3] The row above would say nothing if the newer title were not there. */
TEST(the_newest_package_has_another_title_than_the_bound_certificates)
{
    TEST_WEB(s);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct scheme *newest = NULL;

    EXPECT_OK(app_read(s.reg.app, &s.reg.arena, &tx));
    EXPECT_OK(app_scheme_named(s.reg.app, tx, S("five-star"), &newest));
    EXPECT(newest != NULL);
    if (newest != NULL)
        EXPECT_STR(newest->certificate.title.zh, S(REGISTER_NEW_TITLE));
}

TEST(a_page_leaves_out_what_a_certificate_does_not_have)
{
    static const struct {
        const char *why;
        const char *number;
        const char *text; /* or the id of one */
        bool there;
    } rows[] = {
        { "stars where the level has them", REGISTER_VALID, "★★★★★★★★★★",
          true },
        { "none where it has none", REGISTER_PLAIN, "★", false },
        { "its entry in the log", REGISTER_VALID, ">41<", true },
        { "or that there is none yet", REGISTER_PLAIN, "page.not_logged",
          true },
        { "but not both", REGISTER_VALID, "page.not_logged", false },
        { "an expired one's history ends with it", REGISTER_EXPIRED,
          "change.expired", true },
        { "a valid one's does not", REGISTER_LAST_DAY, "change.expired",
          false },
        { "every history begins with issue", REGISTER_LAST_DAY, "change.issued",
          true },
    };
    TEST_WEB(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *target = site_path(&s, "/c/", str_of(rows[i].number));
        struct response rs = site_get(&s, target, LANG_ZH);
        str words = text_get(LANG_ZH, rows[i].text);
        const char *text = words.n > 0 ? words.p : rows[i].text;

        EXPECT_ROW(rows[i].why, answer_holds(&rs, text) == rows[i].there);
    }
}

TEST(a_scope_without_english_is_shown_in_chinese)
{
    TEST_WEB(s);
    struct response with = site_get(&s, "/c/" REGISTER_VALID, LANG_EN);
    struct response without = site_get(&s, "/c/" REGISTER_PLAIN, LANG_EN);

    EXPECT(answer_holds(&with, "After-sales service of examples"));
    EXPECT(answer_holds(&without, "示例产品的售后服务"));
}

/* --- how it is found [WB2] -------------------------------------------- */

TEST(a_number_is_found_however_it_is_typed_or_not_at_all)
{
    static const struct {
        const char *why;
        const char *target;
        int status;
    } rows[] = {
        { "as printed", "/c/" REGISTER_VALID, 200 },
        { "as in a QR code", "/C/" REGISTER_VALID, 200 },
        { "in small letters", "/c/00026sc0101r0m", 200 },
        { "with blanks", "/c/00026%20SC%200101%20R0M", 200 },
        { "with a letter O for a zero", "/c/OOO26SC0101R0M", 404 },
        { "one digit short", "/c/00026SC0101R0", 404 },
        { "one letter more", "/c/00026SC0101R0MM", 404 },
        { "a zero byte after it", "/c/00026SC0101R0M%00", 400 },
        { "a quote", "/c/00026SC0101R0M'", 404 },
        { "a per cent sign for anything", "/c/0002%25", 404 },
        { "an underscore for anything", "/c/00026SC0101R0_", 404 },
        { "bytes that are no text", "/c/%ff%fe", 400 },
        { "another folder", "/d/" REGISTER_VALID, 404 },
        { "nothing after the slash", "/c/", 404 },
        { "more after it", "/c/" REGISTER_VALID "/x", 404 },
    };
    TEST_WEB(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            struct response rs = site_get(&s, rows[i].target, l);
            EXPECT_ROW(rows[i].why, rs.status == rows[i].status);
            EXPECT_ROW(rows[i].why, rs.policy == &policy_page);
            EXPECT_ROW_STR(rows[i].why, answer_header(&rs, "Content-Language"),
                           lang_tag(l));
        }
    }
}

TEST(a_number_that_is_not_there_is_named_and_where_to_read_about_numbers)
{
    TEST_WEB(s);
    const struct err_arg number[] = { ARG_STR("number", S("00026SC9999R0M")),
                                      { 0 } };
    struct response rs = site_get(&s, "/c/00026SC9999R0M", LANG_EN);

    EXPECT(rs.status == 404);
    EXPECT(answer_holds(&rs, site_words(&s, LANG_EN, "page.no_certificate",
                                        number)));
    EXPECT(answer_holds(&rs, "href=\"/help#number\""));
    /* It stands in the search box, to be mended. */
    EXPECT(answer_holds(&rs, "value=\"00026SC9999R0M\""));
    EXPECT_STR(rs.cache, S("no-store"));
}

/* --- who wants to do harm --------------------------------------------- */

/* [LU4] domain.md 3.6 */
TEST(a_sub_certificates_page_shows_its_site_and_leads_to_the_main_one)
{
    static const char *const holds[] = {
        "\"code\">" REGISTER_SUB "<",
        "href=\"/c/" REGISTER_VALID "\"",
        "示例一店<br>示例路 9 号",
        "plaque valid",
        REGISTER_ONE_ALL,
    };
    TEST_WEB(s);

    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct response rs = site_get(&s, "/c/" REGISTER_SUB, l);

        EXPECT(rs.status == 200);
        for (size_t i = 0; i < COUNT(holds); i++)
            EXPECT_ROW(holds[i], answer_holds(&rs, holds[i]));
        EXPECT(!answer_holds(&rs, "id=\"subs\""));
        rs = site_get(&s, "/c/" REGISTER_SUB_ENDED, l);
        EXPECT(answer_holds(&rs, "plaque ended"));
    }
}

TEST(a_main_certificates_page_lists_its_sub_certificates)
{
    TEST_WEB(s);

    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct response rs = site_get(&s, "/c/" REGISTER_VALID, l);

        EXPECT(answer_holds(&rs, "href=\"/c/" REGISTER_SUB "\""));
        EXPECT(answer_holds(&rs, "href=\"/c/" REGISTER_SUB_ENDED "\""));
        EXPECT(answer_holds(&rs, "示例二店"));
        EXPECT(answer_holds(&rs, "badge ended"));
        EXPECT(answer_holds(&rs, l == LANG_EN ? "Since 3 August 2026"
                                              : "自2026年8月3日起"));
        rs = site_get(&s, "/c/" REGISTER_PLAIN, l);
        EXPECT(!answer_holds(&rs, "id=\"subs\""));
    }
}

TEST(hostile_names_numbers_and_searches_open_no_element)
{
    static const char *const targets[] = {
        ("/c/" REGISTER_HOSTILE),
        ("/C/" REGISTER_HOSTILE),
        ("/c/" REGISTER_SUB_EVIL),
        "/?q=%E7%A4%BA%E4%BE%8B%22", /* finds it by its name's quote */
        "/?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/c/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/%3Cscript%3Ealert(1)",
        "/?q=%22%20onfocus=alert(1)%20x=%22",
        "/?lang=%3Cscript%3E",
        "/?lang=en%0d%0aX-Injected:%20yes",
        "/?q=a&q=%3Cscript%3E",
        "/assets/%3Cscript%3E",
    };
    TEST_WEB(s);

    for (size_t i = 0; i < COUNT(targets); i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            struct response rs = site_get(&s, targets[i], l);

            EXPECT_ROW(targets[i], !answer_holds(&rs, "<script>"));
            EXPECT_ROW(targets[i], !answer_holds(&rs, "<b>"));
            EXPECT_ROW(targets[i], !answer_holds(&rs, "\"javascript:"));
            EXPECT_ROW(targets[i], !answer_holds(&rs, "\" onfocus"));
            EXPECT_ROW(targets[i], rs.policy == &policy_page);
            EXPECT_ROW(targets[i], answer_header(&rs, "X-Injected").n == 0);
        }
    }
}

/* The longest address the server takes (http.h, target), of bytes that take
 * three when they are written into a link. */
TEST(the_longest_address_is_answered_as_a_short_one)
{
    enum { LONGEST = 4096 };
    static const char *const begins[] = { "/?q=", "/c/", "/" };
    static const int statuses[] = { 200, 404, 404 };
    TEST_WEB(s);

    for (size_t i = 0; i < COUNT(begins); i++) {
        char target[LONGEST + 1];
        size_t n = strlen(begins[i]);

        memset(target, '(', LONGEST);
        memcpy(target, begins[i], n);
        target[LONGEST] = '\0';
        struct response rs = site_get(&s, target, LANG_EN);
        EXPECT_ROW(begins[i], rs.status == statuses[i]);
        EXPECT_ROW(begins[i], str_contains(rs.type, S("text/html")));
    }
}

/* --- memory ----------------------------------------------------------- */

struct trying {
    struct test_site *site;
    const char *target;
};

static err try_page(struct heap *h, void *context)
{
    const struct trying *t = context;

    return site_try(t->site, h, t->target);
}

TEST(a_page_that_finds_no_memory_says_so_and_keeps_nothing)
{
    static const char *const targets[] = { "/c/" REGISTER_VALID, "/help",
                                           "/?q=" REGISTER_USCC };
    TEST_WEB(s);

    for (size_t i = 0; i < COUNT(targets); i++) {
        struct trying t = { &s, targets[i] };

        EXPECT_OK(site_try(&s, &s.reg.heap, targets[i]));
        EXPECT_ROW(targets[i],
                   test_every_allocation_fails(try_page, NULL, &t) > 0);
    }
}
