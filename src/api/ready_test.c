/* The register for programs: answers that were made beforehand. [AI7] [AI8]
 * [LY1] [M24] [M25] */

#include "api/api.h"
#include "base/buf.h"
#include "codec/gzip.h"
#include "codec/json.h"
#include "http/response.h"
#include "service/register_feed.h"
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

/* --- from the book [AI7] -------------------------------------------------- */

static void feed(struct test_site *s)
{
    struct register_feeder f = { .app = s->reg.app };
    struct register_turn made;

    EXPECT_OK(register_turn(&f, &s->reg.arena, faces_today(&s->faces), &made));
    EXPECT(made.left_out == 0 && register_is_fed(s->reg.app));
}

/* [LY1] */
TEST(the_book_answers_as_the_store_does)
{
    static const char *const numbers[] = {
        REGISTER_VALID,     REGISTER_PLAIN,     REGISTER_SUSPENDED,
        REGISTER_WITHDRAWN, REGISTER_CANCELLED, REGISTER_LAST_DAY,
        REGISTER_EXPIRED,   REGISTER_OVERDUE,   REGISTER_HOSTILE,
        REGISTER_BOUND,     REGISTER_SUB,       REGISTER_SUB_ENDED,
        REGISTER_SUB_EVIL,
    };
    struct response before[COUNT(numbers)];
    TEST_API(s);

    for (size_t i = 0; i < COUNT(numbers); i++)
        before[i] =
            site_get(&s, site_path(&s, AT, str_of(numbers[i])), LANG_EN);
    feed(&s);
    for (size_t i = 0; i < COUNT(numbers); i++) {
        struct response rs =
            site_get(&s, site_path(&s, AT, str_of(numbers[i])), LANG_EN);

        EXPECT_ROW(numbers[i], rs.status == 200);
        EXPECT_ROW_STR(numbers[i], rs.body, before[i].body);
        EXPECT_ROW_STR(numbers[i], rs.etag, before[i].etag);
        EXPECT_ROW_STR(numbers[i], rs.type, before[i].type);
        EXPECT_ROW_STR(numbers[i], rs.cache, before[i].cache);
    }

    /* It needs the store no more: what that says of it was damaged. */
    test_register_damage(&s.reg, REGISTER_VALID);
    EXPECT(site_get(&s, AT REGISTER_VALID, LANG_EN).status == 200);
    EXPECT(site_get(&s, AT " " REGISTER_VALID, LANG_EN).status == 400);
    EXPECT(site_get(&s, AT "00026sc0101r0m", LANG_EN).status == 200);
}

TEST(an_answer_is_compressed_for_who_takes_that)
{
    TEST_API(s);
    struct asked_for q = { .target = AT REGISTER_VALID, .packed = "gzip, br" };

    for (int from = 0; from < 2; from++) {
        struct response plain = site_get(&s, AT REGISTER_VALID, LANG_ZH);
        struct response packed = site_ask(&s, &q);
        str read = S("");

        EXPECT(answer_header(&plain, "Content-Encoding").n == 0);
        EXPECT_STR(answer_header(&plain, "Vary"), S("Accept-Encoding"));
        EXPECT_STR(answer_header(&packed, "Content-Encoding"), S("gzip"));
        EXPECT_STR(answer_header(&packed, "Vary"), S("Accept-Encoding"));
        EXPECT(packed.body.n < plain.body.n);
        EXPECT_OK(gzip_read(&s.reg.arena, packed.body, plain.body.n, &read));
        EXPECT_STR(read, plain.body);
        EXPECT(!str_eq(packed.etag, plain.etag));
        q.known = packed.etag.p;
        EXPECT(site_ask(&s, &q).status == 304);
        q.known = NULL;
        feed(&s);
    }

    /* What fits in a packet is sent as it is. */
    q.target = "/api/v1/certificates?uscc=91990000MA0000000X";
    struct response rs = site_ask(&s, &q);
    EXPECT(rs.status == 200);
    EXPECT(answer_header(&rs, "Content-Encoding").n == 0);
}

/* --- several at once -------------------------------------------------------
 */

static struct response post(struct test_site *s, const char *json)
{
    return site_ask(s, &(struct asked_for){ .target = "/api/v1/certificates",
                                            .method = "POST",
                                            .json = json });
}

TEST(several_are_answered_in_the_order_they_were_asked_for)
{
    TEST_API(s);

    for (int from = 0; from < 2; from++) {
        struct response rs =
            post(&s, "{\"numbers\":[\"00026SC01O1R0M\",\"" REGISTER_VALID
                     "\",\" 00026q0102r0m \"]}");
        const struct json *j = parse(&s, &rs);
        const struct json *one = json_get(j, S("answers"))->first;
        struct response single = site_get(&s, AT REGISTER_VALID, LANG_EN);

        EXPECT(rs.status == 200 && json_get(j, S("answers"))->count == 3);
        EXPECT_STR(json_get_str(j, S("as_of")), S(REGISTER_TODAY));
        EXPECT_STR(json_get_str(one, S("asked")), S("00026SC01O1R0M"));
        EXPECT(json_get(one, S("certificate"))->kind == JSON_NULL);
        EXPECT_STR(json_get(one, S("near"))->first->text, S(REGISTER_VALID));
        one = one->next;
        EXPECT(json_get(one, S("certificate"))->kind == JSON_OBJECT);
        EXPECT(
            str_contains(rs.body, str_first(single.body, single.body.n - 1)));
        one = one->next;
        EXPECT_STR(json_get_str(json_get(one, S("certificate")), S("number")),
                   S(REGISTER_PLAIN));
        feed(&s);
    }
    struct response none = post(&s, "{\"numbers\":[]}");
    EXPECT_STR(none.body,
               S("{\"answers\":[],\"as_of\":\"" REGISTER_TODAY "\"}\n"));
}

static const char *too_many(struct test_site *s)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &s->reg.arena, 10000);
    buf_str(&b, S("{\"numbers\":[\"1\""));
    for (int i = 0; i < 100; i++)
        buf_str(&b, S(",\"1\""));
    buf_str(&b, S("]}"));
    EXPECT_OK(buf_done(&b, &out));
    return out.n > 0 ? out.p : "";
}

TEST(what_is_no_list_of_numbers_is_said)
{
    TEST_API(s);
    const struct {
        const char *json;
        int status;
        const char *id;
    } rows[] = {
        { "", 400, "json.end" },
        { "[]", 400, "lookup.numbers" },
        { "{}", 400, "lookup.numbers" },
        { "{\"numbers\":\"1\"}", 400, "lookup.numbers" },
        { "{\"numbers\":[1]}", 400, "lookup.numbers" },
        { too_many(&s), 413, "lookup.many" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = post(&s, rows[i].json);

        EXPECT_ROW(rows[i].json, rs.status == rows[i].status);
        EXPECT_ROW_STR(rows[i].json, json_get_str(parse(&s, &rs), S("id")),
                       str_of(rows[i].id));
    }
}

/* [M25] */
TEST(certificates_are_found_by_code_and_by_name)
{
    static const struct {
        const char *query;
        size_t found;
        bool more;
    } rows[] = {
        { "?uscc=" REGISTER_USCC, 1, false },
        { "?uscc=91990000MA0000000X", 0, false },
        { "?name=%E7%A4%BA%E4%BE%8B%E4%BA%8C%E5%8D%81%E5%AE%B6", 20, false },
        { "?name=%E7%A4%BA%E4%BE%8B%E6%9C%89%E6%95%88", 1, false },
    };
    TEST_API(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = site_get(&s,
                                      site_path(&s, "/api/v1/certificates",
                                                str_of(rows[i].query)),
                                      LANG_EN);
        const struct json *j = parse(&s, &rs);

        EXPECT_ROW(rows[i].query, rs.status == 200);
        EXPECT_ROW(rows[i].query,
                   json_get(j, S("certificates"))->count == rows[i].found);
        EXPECT_ROW(rows[i].query,
                   json_get(j, S("more"))->boolean == rows[i].more);
    }
    struct response rs = site_get(&s, "/api/v1/certificates", LANG_EN);
    EXPECT(rs.status == 400);
    EXPECT_STR(json_get_str(parse(&s, &rs), S("id")), S("lookup.by"));
    rs = site_get(&s, "/api/v1/certificates?uscc=+", LANG_EN);
    EXPECT(rs.status == 400);
}

/* --- scripts of other sites -------------------------------------------------
 */

/* [AI4] [AI5] */
TEST(scripts_of_other_sites_may_ask_what_is_public_and_nothing_else)
{
    TEST_API(s);
    struct asked_for q = { .target = "/api/v1/certificates",
                           .method = "OPTIONS" };
    struct response rs = site_ask(&s, &q);

    EXPECT(rs.status == 204);
    EXPECT_STR(answer_header(&rs, "Allow"), S("GET, HEAD, POST, OPTIONS"));
    EXPECT_STR(answer_header(&rs, "Access-Control-Allow-Origin"), S("*"));
    EXPECT_STR(answer_header(&rs, "Access-Control-Allow-Methods"),
               S("GET, HEAD, POST"));
    EXPECT_STR(answer_header(&rs, "Access-Control-Allow-Headers"),
               S("Content-Type, If-None-Match"));
    q.target = AT REGISTER_VALID;
    rs = site_ask(&s, &q);
    EXPECT_STR(answer_header(&rs, "Access-Control-Allow-Origin"), S("*"));
    q.target = "/c/" REGISTER_VALID;
    rs = site_ask(&s, &q);
    EXPECT(rs.status == 204);
    EXPECT(answer_header(&rs, "Access-Control-Allow-Origin").n == 0);
}

/* --- near ones [AI8] --------------------------------------------------------
 */

TEST(a_number_that_is_not_there_is_answered_with_those_that_are_near)
{
    TEST_API(s);

    for (int from = 0; from < 2; from++) {
        struct response rs = site_get(&s, AT "O0026SC0101R0M", LANG_EN);
        const struct json *j = parse(&s, &rs);
        struct response page = site_get(&s, "/c/00026SC0101ROM", LANG_EN);

        EXPECT(rs.status == 404 && page.status == 404);
        EXPECT_STR(json_get(j, S("near"))->first->text, S(REGISTER_VALID));
        EXPECT_STR(json_get_str(j, S("means")),
                   text_get(LANG_EN, "page.not_proof"));
        EXPECT(answer_holds(&page, "<a href=\"/c/" REGISTER_VALID "\">"));
        EXPECT(answer_holds(&page, text_get(LANG_EN, "page.not_proof").p));
        rs = site_get(&s, AT "X1", LANG_EN);
        EXPECT(json_get(parse(&s, &rs), S("near"))->count == 0);
        page = site_get(&s, "/c/X1", LANG_EN);
        EXPECT(!answer_holds(&page, text_get(LANG_EN, "page.near").p));
        feed(&s);
    }
}
