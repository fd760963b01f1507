/* The register for programs. [M24] */

#include "api/api.h"
#include "codec/json.h"
#include "http/response.h"
#include "web/test_site.h"

static err on_error(struct request *rq, err why, struct response *rs)
{
    return api_is(rq) ? api_error(rq, why, rs) : web_error(rq, why, rs);
}

static bool open_both(struct test_site *s)
{
    enum { MOST = 100 };
    struct route_table tables[MOST];
    size_t n = web_table_count;

    EXPECT(n < MOST);
    for (size_t i = 0; i < n; i++)
        tables[i] = *web_tables[i];
    tables[n] = api_routes;
    bool open = test_site_open(s, tables, n + 1, on_error);
    s->site.options = api_options;
    return open;
}

/* Pages and API, as they are served. */
#define TEST_API(name)                                                         \
    scoped(test_site_end) struct test_site name;                               \
    if (!open_both(&(name)))                                                   \
    return

#define AT "/api/v1/certificates/"

static const struct json *parse(struct test_site *s, const struct response *rs)
{
    struct json *j = NULL;

    EXPECT_OK(json_parse(&s->reg.arena, rs->body, &j));
    return j;
}

static str status_of_json(struct test_site *s, const char *number)
{
    const char *target = site_path(s, AT, str_of(number));
    struct response rs = site_get(s, target, LANG_EN);

    return json_get_str(parse(s, &rs), S("status"));
}

/* --- a certificate [AI1] ---------------------------------------------- */

/* No member beyond these: what is added here becomes public. */
TEST(a_certificate_has_these_members_and_no_other)
{
    static const char *const members[] = {
        "assumed",
        "credential",
        "criterion",
        "criterion_title",
        "first_issued",
        "history",
        "holder",
        "issued",
        "issuer",
        "level",
        "level_name",
        "log",
        "main",
        "number",
        "renewed_by",
        "renews",
        "scheme",
        "scheme_hash",
        "scheme_name",
        "scope",
        "site",
        "stars",
        "statement",
        "status",
        "status_since",
        "sub_certificates",
        "suspended_until",
        "title",
        "uscc",
        "valid_from",
        "valid_until",
    };
    TEST_API(s);
    struct response rs = site_get(&s, AT REGISTER_VALID, LANG_ZH);
    const struct json *j = parse(&s, &rs);

    EXPECT(j != NULL && j->count == COUNT(members));
    for (size_t i = 0; j != NULL && i < COUNT(members); i++)
        EXPECT_ROW(members[i], json_get(j, str_of(members[i])) != NULL);
}

/* [LU4] */
TEST(a_sub_certificate_is_got_as_any_other_and_leads_to_the_main_one)
{
    TEST_API(s);
    struct response rs = site_get(&s, AT REGISTER_SUB, LANG_ZH);
    const struct json *j = parse(&s, &rs);

    EXPECT(rs.status == 200);
    EXPECT_STR(json_get_str(j, S("number")), S(REGISTER_SUB));
    EXPECT_STR(json_get_str(j, S("main")), S(REGISTER_VALID));
    EXPECT_STR(json_get_str(json_get(j, S("site")), S("name")), S("示例一店"));
    EXPECT_STR(status_of_json(&s, REGISTER_SUB), S("valid"));
    EXPECT_STR(status_of_json(&s, REGISTER_SUB_ENDED), S("cancelled"));

    rs = site_get(&s, AT REGISTER_VALID, LANG_ZH);
    EXPECT(json_get(parse(&s, &rs), S("sub_certificates"))->count == 2);
    EXPECT(site_get(&s, AT REGISTER_VALID "-3", LANG_ZH).status == 404);
}

/* What befell it and when, never why. [17065 7.8] */
TEST(the_history_of_a_certificate_has_acts_and_days_and_nothing_else)
{
    static const char *const acts[] = { "issued", "suspended" };
    TEST_API(s);
    struct response rs = site_get(&s, AT REGISTER_SUSPENDED, LANG_ZH);
    const struct json *j = parse(&s, &rs);
    const struct json *history = j == NULL ? NULL : json_get(j, S("history"));
    const struct json *change = history == NULL ? NULL : history->first;

    EXPECT(history != NULL && history->count == COUNT(acts));
    for (size_t i = 0; i < COUNT(acts) && change != NULL; i++) {
        EXPECT_ROW(acts[i], change->count == 2);
        EXPECT_ROW(acts[i], json_get_str(change, S("on")).n == 10);
        EXPECT_ROW_STR(acts[i], json_get_str(change, S("act")),
                       str_of(acts[i]));
        change = change->next;
    }
}

TEST(a_certificates_members_say_what_the_register_has)
{
    static const struct {
        const char *member;
        const char *inner; /* NULL: the member itself */
        const char *text;
    } rows[] = {
        { "number", NULL, REGISTER_VALID },
        { "status", NULL, "valid" },
        { "status_since", NULL, "2026-03-16" },
        { "holder", NULL, REGISTER_ONE_ALL },
        { "uscc", NULL, REGISTER_USCC },
        { "scheme", NULL, "ten-star" },
        { "criterion", NULL, "Q/ZZLH 1001-2021" },
        { "title", "zh", "服务认证证书" },
        { "level", NULL, "ten" },
        { "level_name", "en", "Ten stars" },
        { "scope", "zh", "示例产品的售后服务" },
        { "scope", "en", "After-sales service of examples" },
        { "valid_from", NULL, "2026-03-16" },
        { "valid_until", NULL, "2029-03-15" },
        { "issuer", "approval", "CNCA-R-2099-000" },
    };
    TEST_API(s);
    struct response rs = site_get(&s, AT REGISTER_VALID, LANG_ZH);
    const struct json *j = parse(&s, &rs);

    for (size_t i = 0; j != NULL && i < COUNT(rows); i++) {
        const struct json *member = json_get(j, str_of(rows[i].member));

        EXPECT_ROW(rows[i].member, member != NULL);
        if (member == NULL)
            continue;
        EXPECT_ROW_STR(rows[i].member,
                       rows[i].inner == NULL
                           ? member->text
                           : json_get_str(member, str_of(rows[i].inner)),
                       str_of(rows[i].text));
    }

    const struct json *log = j == NULL ? NULL : json_get(j, S("log"));
    EXPECT(log != NULL && log->kind == JSON_OBJECT);
    if (log != NULL && log->kind == JSON_OBJECT)
        EXPECT(json_get(log, S("index"))->number == 41);
}

TEST(every_status_has_its_name)
{
    static const struct {
        const char *number;
        const char *status;
    } rows[] = {
        { REGISTER_VALID, "valid" },
        { REGISTER_SUSPENDED, "suspended" },
        { REGISTER_WITHDRAWN, "withdrawn" },
        { REGISTER_CANCELLED, "cancelled" },
        { REGISTER_LAST_DAY, "valid" },
        { REGISTER_EXPIRED, "expired" },
        { REGISTER_OVERDUE, "expired" },
    };
    TEST_API(s);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].number, status_of_json(&s, rows[i].number),
                       str_of(rows[i].status));
}

TEST(a_certificate_that_is_not_in_the_log_yet_says_null)
{
    TEST_API(s);
    struct response rs = site_get(&s, AT REGISTER_PLAIN, LANG_EN);
    const struct json *j = parse(&s, &rs);

    EXPECT(j != NULL && json_get(j, S("log"))->kind == JSON_NULL);
}

/* A name full of markup is data here, and comes back as it was. */
TEST(a_hostile_name_is_one_text)
{
    TEST_API(s);
    struct response rs = site_get(&s, AT REGISTER_HOSTILE, LANG_EN);
    str holder = json_get_str(parse(&s, &rs), S("holder"));

    EXPECT(str_contains(holder, S("\"><script>alert('x')</script>")));
    EXPECT_STR(rs.type, S("application/json; charset=utf-8"));
    EXPECT(rs.policy == &policy_data);
}

/* The same bytes whoever asks, so that anybody can keep them. [AI4] */
TEST(an_answer_depends_on_no_reader_and_has_a_tag)
{
    TEST_API(s);
    struct response zh = site_get(&s, AT REGISTER_VALID, LANG_ZH);
    struct response en = site_get(&s, AT REGISTER_VALID "?lang=en", LANG_EN);
    struct response other = site_get(&s, AT REGISTER_PLAIN, LANG_EN);

    EXPECT_STR(zh.body, en.body);
    EXPECT_STR(zh.etag, en.etag);
    EXPECT(zh.etag.n > 2 && !str_eq(zh.etag, other.etag));
    EXPECT_STR(zh.cache, S("public, max-age=60"));
    EXPECT_STR(answer_header(&zh, "Access-Control-Allow-Origin"), S("*"));
    EXPECT(answer_header(&zh, "Set-Cookie").n == 0);

    struct response again =
        site_ask(&s, &(struct asked_for){ .target = AT REGISTER_VALID,
                                          .known = zh.etag.p });
    struct response changed =
        site_ask(&s, &(struct asked_for){ .target = AT REGISTER_VALID,
                                          .known = other.etag.p });
    EXPECT(again.status == 304);
    EXPECT(changed.status == 200);
}

/* --- what goes wrong [AI2] -------------------------------------------- */

TEST(what_goes_wrong_is_a_problem_with_its_code_and_id)
{
    static const struct {
        const char *why;
        struct asked_for q;
        int status;
        const char *code;
        const char *id;
    } rows[] = {
        { "no such certificate",
          { .target = AT "00026SC9999R0M" },
          404,
          "not_found",
          "lookup.number" },
        { "no number", { .target = AT }, 404, "not_found", "http.no_address" },
        { "no such address",
          { .target = "/api/v2/certificates/x" },
          404,
          "not_found",
          "http.no_address" },
        { "the folder itself",
          { .target = "/api" },
          404,
          "not_found",
          "http.no_address" },
        { "a method that is none of ours",
          { .target = AT REGISTER_VALID, .method = "DELETE" },
          405,
          "invalid",
          "http.method" },
        { "a query that is no query",
          { .target = AT REGISTER_VALID "?%zz" },
          400,
          "invalid",
          "form.percent" },
    };
    TEST_API(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            struct asked_for q = rows[i].q;

            q.lang = lang_tag(l).p;
            struct response rs = site_ask(&s, &q);
            const struct json *j = parse(&s, &rs);

            EXPECT_ROW(rows[i].why, rs.status == rows[i].status);
            EXPECT_ROW_STR(rows[i].why, rs.type, S("application/problem+json"));
            EXPECT_ROW_STR(rows[i].why, rs.cache, S("no-store"));
            EXPECT_ROW_STR(rows[i].why, json_get_str(j, S("code")),
                           str_of(rows[i].code));
            EXPECT_ROW_STR(rows[i].why, json_get_str(j, S("id")),
                           str_of(rows[i].id));
            EXPECT_ROW(rows[i].why,
                       json_get(j, S("status"))->number == rows[i].status);
            EXPECT_ROW(rows[i].why, json_get_str(j, S("detail")).n > 0);
            EXPECT_ROW_STR(rows[i].why, answer_header(&rs, "Content-Language"),
                           lang_tag(l));
        }
    }
}

TEST(a_problem_says_what_was_looked_for_in_the_readers_language)
{
    TEST_API(s);
    struct response zh = site_get(&s, AT "00026SC9999R0M", LANG_ZH);
    struct response en = site_get(&s, AT "00026SC9999R0M", LANG_EN);
    const struct json *j = parse(&s, &zh);

    EXPECT_STR(json_get_str(json_get(j, S("arguments")), S("number")),
               S("00026SC9999R0M"));
    EXPECT(str_contains(json_get_str(j, S("detail")), S("00026SC9999R0M")));
    EXPECT(!str_eq(json_get_str(j, S("detail")),
                   json_get_str(parse(&s, &en), S("detail"))));
    EXPECT_STR(json_get_str(parse(&s, &en), S("title")),
               text_get(LANG_EN, "page.not_found"));
}

/* [AI3] */
TEST(a_failure_of_ours_names_its_request_and_nothing_of_the_machine)
{
    static const struct {
        int status;
        const char *title;
    } rows[] = { { 500, "page.failure" }, { 503, "page.unavailable" } };
    TEST_API(s);
    struct request rq = { .arena = &s.reg.arena,
                          .app = &s.faces,
                          .id = S("the-id") };
    err why = err_new(&s.reg.arena, ERR_IO, "file.denied",
                      ARG_STR("path", S("/srv/secret/tenstar.db")));

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs;

        response_init(&rs, &s.reg.arena);
        rs.status = rows[i].status;
        EXPECT_OK(api_error(&rq, why, &rs));
        const struct json *j = parse(&s, &rs);

        EXPECT(rs.status == rows[i].status);
        EXPECT(!str_contains(rs.body, S("secret")));
        EXPECT(!str_contains(rs.body, S("file.denied")));
        EXPECT_STR(json_get_str(j, S("instance")), S("the-id"));
        EXPECT_STR(json_get_str(j, S("title")),
                   text_get(LANG_ZH, rows[i].title));
    }
}

/* --- together with the pages ------------------------------------------ */

/* Every address of ours in the links of a page, one after the other. */
static str next_link(str *rest)
{
    static const char before[] = "href=\"/";
    size_t at = str_find(*rest, str_of(before));

    if (at == rest->n)
        return S("");
    *rest = str_from(*rest, at + sizeof before - 2); /* keeps the slash */
    return str_first(*rest, str_index(*rest, '"'));
}

/* &amp; is the only entity that our links have. */
static const char *link_target(struct test_site *s, str link)
{
    size_t at = str_find(link, S("&amp;"));
    const char *head = site_path(s, "", str_first(link, at));

    return at == link.n ? head
                        : site_path(s, site_path(s, head, S("&")),
                                    str_from(link, at + 5));
}

TEST(every_link_of_every_page_leads_somewhere)
{
    static const char *const pages[] = {
        "/",
        "/help",
        "/?q=" REGISTER_USCC,
        "/?q=%E7%A4%BA%E4%BE%8B",
        "/c/" REGISTER_VALID,
        "/c/" REGISTER_PLAIN,
        "/c/" REGISTER_HOSTILE,
    };
    TEST_API(s);
    size_t links = 0;

    for (size_t i = 0; i < COUNT(pages); i++) {
        struct response rs = site_get(&s, pages[i], LANG_EN);
        str rest = rs.body;

        for (str l = next_link(&rest); l.n > 0; l = next_link(&rest)) {
            const char *target = link_target(&s, l);
            struct response there = site_get(&s, target, LANG_EN);
            EXPECT_ROW(target, there.status == 200);
            links++;
        }
    }
    EXPECT(links > 8 * COUNT(pages));
}

TEST(pages_and_answers_to_programs_fail_each_in_their_own_way)
{
    TEST_API(s);
    struct response page = site_get(&s, "/nothing", LANG_EN);
    struct response api = site_get(&s, "/api/nothing", LANG_EN);
    struct response neither = site_get(&s, "/apis", LANG_EN);

    EXPECT(str_contains(page.type, S("text/html")));
    EXPECT_STR(api.type, S("application/problem+json"));
    EXPECT(str_contains(neither.type, S("text/html")));
}

/* --- memory ----------------------------------------------------------- */

static err try_answer(struct heap *h, void *context)
{
    return site_try(context, h, AT REGISTER_VALID);
}

TEST(an_answer_that_finds_no_memory_says_so_and_keeps_nothing)
{
    TEST_API(s);

    EXPECT_OK(site_try(&s, &s.reg.heap, AT REGISTER_VALID));
    EXPECT(test_every_allocation_fails(try_answer, NULL, &s) > 0);
}
