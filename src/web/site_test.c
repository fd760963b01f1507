/* Home and its search, help, assets, languages and errors. */

#include "http/response.h"
#include "page/asset.h"
#include "sys/log.h"
#include "web/parts.h"
#include "web/test_site.h"

#include <stdio.h>
#include <unistd.h>

/* --- what every page has ----------------------------------------------- */

TEST(every_page_leads_to_where_anybody_checks_for_himself)
{
    TEST_WEB(s);
    const char *const pages[] = { "/", "/?q=x", "/help", "/nowhere",
                                  site_path(&s, "/c/", S(REGISTER_VALID)) };

    for (size_t i = 0; i < COUNT(pages); i++) {
        struct response rs = site_get(&s, pages[i], LANG_ZH);

        EXPECT_ROW(pages[i], answer_holds(&rs, "href=\"/verify\""));
        EXPECT_ROW(pages[i], answer_holds(&rs, "href=\"/log\""));
    }
}

/* --- languages [WB1] -------------------------------------------------- */

TEST(the_language_is_what_was_asked_for_last_and_most_clearly)
{
    static const struct {
        const char *why;
        struct asked_for q;
        enum lang lang;
        const char *cookie; /* what is to be kept */
    } rows[] = {
        { "nothing said", { .target = "/" }, LANG_ZH, "" },
        { "a browser in English",
          { .target = "/", .lang = "en-GB,en;q=0.8" },
          LANG_EN,
          "" },
        { "a browser in Chinese",
          { .target = "/", .lang = "zh-CN,zh;q=0.9,en;q=0.8" },
          LANG_ZH,
          "" },
        { "a browser in French", { .target = "/", .lang = "fr" }, LANG_ZH, "" },
        { "a cookie before the browser",
          { .target = "/", .lang = "zh-CN", .cookie = "lang=en" },
          LANG_EN,
          "" },
        { "a cookie of no language",
          { .target = "/", .lang = "en", .cookie = "lang=xx" },
          LANG_EN,
          "" },
        { "a cookie among others",
          { .target = "/", .lang = "en", .cookie = "a=b; lang=zh" },
          LANG_ZH,
          "" },
        { "the switch before the cookie",
          { .target = "/?lang=zh", .lang = "en", .cookie = "lang=en" },
          LANG_ZH,
          "lang=zh; " },
        { "the switch on a certificate",
          { .target = "/c/" REGISTER_VALID "?lang=en", .lang = "zh" },
          LANG_EN,
          "lang=en; " },
        { "a switch to no language is as good as none, and is not kept",
          { .target = "/?lang=fr", .lang = "en", .cookie = "lang=zh" },
          LANG_ZH,
          "" },
        { "an empty switch",
          { .target = "/?lang=", .lang = "en" },
          LANG_EN,
          "" },
    };
    TEST_WEB(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = site_ask(&s, &rows[i].q);
        str kept = answer_header(&rs, "Set-Cookie");

        EXPECT_ROW_STR(rows[i].why, answer_header(&rs, "Content-Language"),
                       lang_tag(rows[i].lang));
        EXPECT_ROW(rows[i].why,
                   answer_holds(&rs, rows[i].lang == LANG_EN
                                         ? "<html lang=\"en\">"
                                         : "<html lang=\"zh-CN\">"));
        EXPECT_ROW(rows[i].why, rows[i].cookie[0] == '\0'
                                    ? kept.n == 0
                                    : str_begins(kept, str_of(rows[i].cookie)));
        EXPECT_ROW(rows[i].why, str_contains(answer_header(&rs, "Vary"),
                                             S("Accept-Language, Cookie")));
    }
}

TEST(the_switch_leads_to_the_same_page_in_the_other_language)
{
    static const struct {
        const char *target;
        enum lang lang;
        const char *link;
    } rows[] = {
        { "/", LANG_ZH, "href=\"/?lang=en\"" },
        { "/", LANG_EN, "href=\"/?lang=zh\"" },
        { "/help", LANG_ZH, "href=\"/help?lang=en\"" },
        { "/c/" REGISTER_VALID, LANG_EN,
          "href=\"/c/" REGISTER_VALID "?lang=zh\"" },
        { "/c/a%2Fb", LANG_EN, "href=\"/c/a%2Fb?lang=zh\"" },
        { "/?q=a%26b+c", LANG_ZH, "href=\"/?lang=en&amp;q=a%26b%20c\"" },
    };
    TEST_WEB(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = site_get(&s, rows[i].target, rows[i].lang);
        EXPECT_ROW(rows[i].target, answer_holds(&rs, rows[i].link));
    }
}

/* --- search ----------------------------------------------------------- */

static size_t times(str where, const char *what)
{
    size_t n = 0;

    for (str rest = where; str_contains(rest, str_of(what)); n++)
        rest = str_from(rest, str_find(rest, str_of(what)) + strlen(what));
    return n;
}

TEST(a_search_by_a_former_name_says_so)
{
    static const char *const says[] = {
        [LANG_ZH] = ">曾用名：示例曾名<", [LANG_EN] = ">formerly 示例曾名<"
    };
    TEST_WEB(s);

    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct response rs =
            site_get(&s, "/?q=%E6%9B%BE%E5%90%8D", l); /* 曾名 */

        EXPECT_ROW(says[l], times(rs.body, "class=\"card\"") == 2);
        EXPECT_ROW(says[l], times(rs.body, "class=\"formerly\"") == 2);
        EXPECT_ROW(says[l], answer_holds(&rs, says[l]));
        EXPECT_ROW(says[l], answer_holds(&rs, "&lt;i&gt;曾名"));
        rs = site_get(&s, "/?q=" REGISTER_PLAIN, l);
        EXPECT_ROW(says[l], !answer_holds(&rs, "曾名"));
    }
}

TEST(a_search_finds_by_number_code_and_name_and_says_how_many)
{
    static const struct {
        const char *why;
        const char *target;
        const char *says; /* NULL: no result list at all */
        size_t cards;
    } rows[] = {
        { "nothing asked", "/", NULL, 0 },
        { "blanks only", "/?q=%20%20", NULL, 0 },
        { "a number", "/?q=" REGISTER_VALID, "page.found", 1 },
        { "a number in small letters", "/?q=00026sc0101r0m", "page.found", 1 },
        { "a code", "/?q=" REGISTER_USCC, "page.found", 1 },
        { "a part of a name", "/?q=%E6%9C%89%E6%95%88", "page.found", 1 },
        { "a part of a name with blanks around", "/?q=+%E6%9C%89%E6%95%88+",
          "page.found", 1 },
        { "as many as are shown", "/?q=%E4%BA%8C%E5%8D%81%E5%AE%B6",
          "page.found", 20 },
        { "one more than are shown", "/?q=%E5%BB%BF%E4%B8%80%E5%AE%B6",
          "page.found_more", 20 },
        { "nobody", "/?q=%E5%BB%BF%E4%BA%8C%E5%AE%B6", "page.none_means", 0 },
        { "what stands for anything in SQL stands for itself", "/?q=%25",
          "page.none_means", 0 },
        { "an underscore too", "/?q=_", "page.none_means", 0 },
        { "a quote, which one name has", "/?q='x'", "page.found", 1 },
        { "narrowed to what it is", "/?q=%E6%9C%89%E6%95%88&status=valid",
          "page.found", 1 },
        { "and to what it is not", "/?q=%E6%9C%89%E6%95%88&status=expired",
          "page.none_means", 0 },
        { "to a place of nobody", "/?q=%E6%9C%89%E6%95%88&place=82",
          "page.none_means", 0 },
        { "to a level of nobody", "/?q=%E6%9C%89%E6%95%88&scheme=x%3Ay",
          "page.none_means", 0 },
    };
    TEST_WEB(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct err_arg count[] = { ARG_INT("count", rows[i].cards),
                                         { 0 } };
        struct response rs = site_get(&s, rows[i].target, LANG_EN);

        EXPECT_ROW(rows[i].why, rs.status == 200);
        EXPECT_ROW(rows[i].why,
                   times(rs.body, "class=\"card\"") == rows[i].cards);
        EXPECT_ROW(rows[i].why,
                   rows[i].says == NULL
                       ? !answer_holds(&rs, "id=\"found\"")
                       : answer_holds(&rs, site_words(&s, LANG_EN, rows[i].says,
                                                      count)));
    }
}

/* [NW1] */
TEST(what_narrows_a_search_stands_in_its_form)
{
    static const char *const parts[] = {
        "<details class=\"more-filters\" open>",
        "<option value=\"valid\" selected>",
        "<option value=\"4403\" selected>",
        "name=\"trade\" type=\"text\" value=\"52\"",
    };
    TEST_WEB(s);
    struct response rs =
        site_get(&s, "/?q=x&status=valid&place=4403&trade=52", LANG_EN);

    for (size_t i = 0; i < COUNT(parts); i++)
        EXPECT_ROW(parts[i], answer_holds(&rs, parts[i]));
    rs = site_get(&s, "/?q=x&place=44", LANG_ZH);
    EXPECT(answer_holds(&rs, "<option value=\"44\" selected>"));
    rs = site_get(&s, "/", LANG_ZH);
    EXPECT(answer_holds(&rs, "<details class=\"more-filters\">"));
    rs = site_get(&s, "/?q=x&trade=abc", LANG_ZH);
    EXPECT(rs.status == 400);
}

TEST(a_full_list_says_that_there_is_more_only_when_there_is)
{
    TEST_WEB(s);
    const char *more = site_words(&s, LANG_ZH, "page.found_more", NULL);
    struct response all =
        site_get(&s, "/?q=%E4%BA%8C%E5%8D%81%E5%AE%B6", LANG_ZH);
    struct response part =
        site_get(&s, "/?q=%E5%BB%BF%E4%B8%80%E5%AE%B6", LANG_ZH);

    EXPECT(!answer_holds(&all, more));
    EXPECT(answer_holds(&part, more));
}

TEST(what_was_found_stands_with_its_status_and_in_the_readers_language)
{
    TEST_WEB(s);

    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct response rs = site_get(&s, "/?q=%E6%9A%82%E5%81%9C", l);
        const char *word = site_words(&s, l, "status.suspended", NULL);

        EXPECT(answer_holds(&rs,
                            site_path(&s, "badge suspended\">", str_of(word))));
        EXPECT(answer_holds(&rs, "href=\"/c/" REGISTER_SUSPENDED "\""));
        EXPECT(answer_holds(&rs, "value=\"暂停\"")); /* what was asked */
        EXPECT(answer_holds(&rs, l == LANG_EN ? "<span>Since " : "<span>自2"));
        rs = site_get(&s, "/?q=" REGISTER_SUB, l);
        EXPECT(answer_holds(&rs, "<span>示例一店</span>"));
        EXPECT(!answer_holds(&rs, l == LANG_EN ? "<span>Since " : "<span>自2"));
    }
}

/* --- help ------------------------------------------------------------- */

TEST(help_shows_how_each_schemes_numbers_are_made_up)
{
    static const char *const examples[] = {
        "质量管理体系认证 <span class=\"code\">00026Q0001R0M<",
        "十星级售后服务认证 <span class=\"code\">00026SC0001R0M<",
    };
    static const char *const parts[] = { "number.body", "number.yy",
                                         "number.serial4", "number.recert",
                                         "number.size" };
    TEST_WEB(s);
    struct response zh = site_get(&s, "/help", LANG_ZH);
    struct response en = site_get(&s, "/help", LANG_EN);

    for (size_t i = 0; i < COUNT(examples); i++)
        EXPECT_ROW(examples[i], answer_holds(&zh, examples[i]));
    /* Three schemes, each once however many packages of it were frozen. */
    for (size_t i = 0; i < COUNT(parts); i++) {
        EXPECT_ROW(parts[i], times(zh.body, site_words(&s, LANG_ZH, parts[i],
                                                       NULL)) == 3);
        EXPECT_ROW(parts[i], times(en.body, site_words(&s, LANG_EN, parts[i],
                                                       NULL)) == 3);
    }
    EXPECT(answer_holds(&zh, "、“Q”、"));
    EXPECT(answer_holds(&en, ", “Q”, "));
}

/* --- assets ----------------------------------------------------------- */

/* The address between `before` and the next quote, of the n-th such place. */
static str address_at(str body, const char *before, size_t n)
{
    for (size_t i = 0; i <= n; i++) {
        if (!str_contains(body, str_of(before)))
            return S("");
        body = str_from(body, str_find(body, str_of(before)) + strlen(before));
    }
    return str_first(body, str_index(body, '"'));
}

TEST(every_asset_of_a_page_is_there_for_a_year_and_not_sent_twice)
{
    TEST_WEB(s);
    struct response home = site_get(&s, "/", LANG_ZH);
    size_t n = 0;

    for (; address_at(home.body, "href=\"/assets/", n).n > 0; n++) {
        str name = address_at(home.body, "href=\"/assets/", n);
        const char *target = site_path(&s, "/assets/", name);
        struct response rs = site_get(&s, target, LANG_ZH);
        EXPECT_ROW(target, rs.status == 200 && rs.body.n > 0);
        EXPECT_ROW_STR(target, rs.cache, S(ASSET_CACHE_CONTROL));
        EXPECT_ROW(target, rs.etag.n > 2);
        struct response again =
            site_ask(&s, &(struct asked_for){ .target = target,
                                              .known = rs.etag.p });
        EXPECT_ROW(target, again.status == 304);
        struct response other =
            site_ask(&s,
                     &(struct asked_for){ .target = target, .known = "\"x\"" });
        EXPECT_ROW(target, other.status == 200);
    }
    EXPECT(n == 6);
}

TEST(an_asset_that_is_not_there_is_a_page_not_found)
{
    TEST_WEB(s);
    struct response rs = site_get(&s, "/assets/tenstar.css", LANG_EN);

    EXPECT(rs.status == 404);
    EXPECT(answer_holds(&rs, "tenstar.css"));
    EXPECT_STR(rs.cache, S("no-store"));
}

/* --- methods, caching, policies --------------------------------------- */

TEST(pages_are_asked_for_by_get_and_head_only_and_kept_for_a_minute)
{
    static const struct {
        const char *method;
        const char *target;
        int status;
        const char *cache;
        const char *allow;
    } rows[] = {
        { "GET", "/", 200, "private, max-age=60", "" },
        { "HEAD", "/", 200, "private, max-age=60", "" },
        { "GET", "/help", 200, "private, max-age=60", "" },
        { "GET", "/c/" REGISTER_VALID, 200, "private, max-age=60", "" },
        { "HEAD", "/c/" REGISTER_VALID, 200, "private, max-age=60", "" },
        { "POST", "/", 405, "no-store", "GET, HEAD, OPTIONS" },
        { "PUT", "/c/" REGISTER_VALID, 405, "no-store", "GET, HEAD, OPTIONS" },
        { "DELETE", "/c/" REGISTER_VALID, 405, "no-store",
          "GET, HEAD, OPTIONS" },
        { "OPTIONS", "/", 204, "no-store", "GET, HEAD, OPTIONS" },
        { "BREW", "/", 501, "no-store", "" },
        { "GET", "/nothing", 404, "no-store", "" },
        { "GET", "/%zz", 400, "no-store", "" },
        { "GET", "/c/%2e%2e", 400, "no-store", "" },
    };
    TEST_WEB(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs =
            site_ask(&s, &(struct asked_for){ .target = rows[i].target,
                                              .method = rows[i].method });
        char why[80];

        (void)snprintf(why, sizeof why, "%s %s", rows[i].method,
                       rows[i].target);
        EXPECT_ROW(why, rs.status == rows[i].status);
        EXPECT_ROW_STR(why, rs.cache, str_of(rows[i].cache));
        EXPECT_ROW_STR(why, answer_header(&rs, "Allow"), str_of(rows[i].allow));
        EXPECT_ROW(why, rs.status == 204 || rs.policy == &policy_page);
    }
}

/* --- what went wrong -------------------------------------------------- */

TEST(every_failure_has_a_page_of_its_own)
{
    static const struct {
        int status;
        const char *words;
    } rows[] = {
        { 400, "page.bad_request" }, { 404, "page.no_page" },
        { 405, "page.bad_request" }, { 429, "page.too_many" },
        { 500, "page.failure" },     { 503, "page.unavailable" },
    };
    TEST_WEB(s);
    struct request rq = { .arena = &s.reg.arena,
                          .app = &s.faces,
                          .id = S("the-id") };
    err why = err_new(&s.reg.arena, ERR_REFUSED, "test.secret",
                      ARG_STR("name", S("张三")));

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            struct header lang = { S("Accept-Language"), lang_tag(l) };
            const char *words = site_words(&s, l, rows[i].words, NULL);
            struct response rs;

            rq.headers = &lang;
            rq.header_count = 1;
            response_init(&rs, &s.reg.arena);
            rs.status = rows[i].status;
            EXPECT_ROW_OK(words, web_error(&rq, why, &rs));
            EXPECT_ROW(words, rs.status == rows[i].status);
            EXPECT_ROW(words, answer_holds(&rs, words));
            /* Our own troubles are the log's, under the request's id. */
            EXPECT_ROW(words, rs.status != 500 || answer_holds(&rs, "the-id"));
            EXPECT_ROW(words, !answer_holds(&rs, "张三"));
        }
    }
}

TEST(every_status_of_the_register_has_the_pages_words)
{
    static const struct {
        enum certificate_status status;
        enum page_status page;
    } rows[] = {
        { CERTIFICATE_VALID, PAGE_STATUS_VALID },
        { CERTIFICATE_SUSPENDED, PAGE_STATUS_SUSPENDED },
        { CERTIFICATE_WITHDRAWN, PAGE_STATUS_WITHDRAWN },
        { CERTIFICATE_CANCELLED, PAGE_STATUS_CANCELLED },
        { CERTIFICATE_EXPIRED, PAGE_STATUS_EXPIRED },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(web_status(rows[i].status) == rows[i].page);
}

/* --- the day ---------------------------------------------------------- */

TEST(the_day_is_the_clocks_unless_one_is_given)
{
    const int64_t half = INT64_C(12) * 3600 * 1000000;
    TEST_WEB(s);
    struct response before = site_get(&s, "/c/" REGISTER_LAST_DAY, LANG_EN);

    /* Twelve hours after noon at +08:00 the last day is over. */
    clock_set_forward(&s.reg.clock, half - 1);
    struct response last = site_get(&s, "/c/" REGISTER_LAST_DAY, LANG_EN);
    clock_set_forward(&s.reg.clock, 1);
    struct response after = site_get(&s, "/c/" REGISTER_LAST_DAY, LANG_EN);

    EXPECT(answer_holds(&before, "plaque valid"));
    EXPECT(answer_holds(&last, "plaque valid"));
    EXPECT(answer_holds(&after, "plaque ended"));
    EXPECT(day_parse(S(REGISTER_TODAY), &s.faces.today));
    struct response given = site_get(&s, "/c/" REGISTER_LAST_DAY, LANG_EN);
    EXPECT(answer_holds(&given, "plaque valid"));
}

/* --- damage [WB4] ----------------------------------------------------- */

enum { LOGGED_MOST = 4 * LOG_LINE };

/* What was logged, in the register's arena. */
static str logged(struct test_site *s, int from)
{
    char *text = arena_zero(&s->reg.arena, LOGGED_MOST);
    ssize_t n = text == NULL ? -1 : read(from, text, LOGGED_MOST);

    EXPECT(n > 0);
    return n > 0 ? (str){ text, (size_t)n } : S("");
}

TEST(a_damaged_row_takes_away_no_page_but_its_own)
{
    static const char *const pages[] = { "/", "/help" };
    TEST_WEB(s);
    struct heap heap = HEAP_LIBC;
    struct log log;
    int ends[2];

    EXPECT(pipe(ends) == 0);
    log_init(&log, &s.reg.clock.clock, ends[1], LEVEL_INFO);
    s.faces.log = &log;
    test_register_damage(&s.reg, REGISTER_EXPIRED);
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct response rs = site_get(&s, pages[i], LANG_ZH);

        EXPECT_ROW(pages[i], rs.status == 200);
        EXPECT_ROW(pages[i], answer_holds(&rs, REGISTER_LAST_DAY));
        EXPECT_ROW(pages[i], !answer_holds(&rs, REGISTER_EXPIRED));

        str line = logged(&s, ends[0]);
        EXPECT_ROW(pages[i],
                   str_contains(line, S("\"event\":\"listing.left_out\"")));
        EXPECT_ROW(pages[i],
                   str_contains(line, S("\"row\":\"" REGISTER_EXPIRED "\"")));
    }
    EXPECT_OK(site_try(&s, &heap, "/c/" REGISTER_LAST_DAY));
    EXPECT_ERR(site_try(&s, &heap, "/c/" REGISTER_EXPIRED), ERR_CORRUPT,
               "store.row");
    EXPECT(close(ends[0]) == 0 && close(ends[1]) == 0);
}
