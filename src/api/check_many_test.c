/* Many certificates checked at once, for programs. [AI10] [AI2] [M24] */

#include "api/api.h"
#include "base/buf.h"
#include "codec/json.h"
#include "http/response.h"
#include "web/batch_ask.h"
#include "web/test_site.h"

static err on_error(struct request *rq, err why, struct response *rs)
{
    return api_is(rq) ? api_error(rq, why, rs) : web_error(rq, why, rs);
}

static bool open_site(struct test_site *s)
{
    return test_site_open(s, &api_check_routes, 1, on_error);
}

#define TEST_CHECK(name)                                                       \
    scoped(test_site_end) struct test_site name;                               \
    if (!open_site(&(name)))                                                   \
    return

/* What is posted there. */
struct posting {
    const char *query;
    const char *type;
    const char *body;
};

static struct response post_in(struct test_site *s, struct arena *a,
                               const struct posting *p)
{
    const struct header headers[] = {
        { S("Content-Type"), str_of(p->type) },
        { S("Accept-Language"), S("en") },
    };
    struct request rq = {
        .arena = a,
        .app = &s->faces,
        .id = S("0"),
        .headers = headers,
        .header_count = COUNT(headers),
        .peer = { .bytes = { 127, 0, 0, 1 } },
    };
    struct incoming in = {
        .asked = ASKED_METHOD,
        .method = METHOD_POST,
        .target = str_of(site_path(s, "/api/v1/check", str_of(p->query))),
        .body = str_of(p->body),
    };
    struct response rs;

    response_init(&rs, a);
    (void)site_answer(&s->site, &rq, &in, &rs);
    return rs;
}

static struct response post(struct test_site *s, const struct posting *p)
{
    return post_in(s, &s->reg.arena, p);
}

static const struct json *parse(struct test_site *s, const struct response *rs)
{
    struct json *j = NULL;

    EXPECT_OK(json_parse(&s->reg.arena, rs->body, &j));
    return j;
}

#define JSON_BODY "application/json"

/* [AI10] */
TEST(rows_of_a_json_body_are_answered_in_their_order)
{
    TEST_CHECK(s);
    const struct posting p = {
        .query = "",
        .type = JSON_BODY,
        .body = "{\"rows\":[\"" REGISTER_VALID
                "\",{\"number\":\"" REGISTER_SUSPENDED
                "\",\"holder\":\"x\",\"uscc\":\"" REGISTER_USCC
                "\"},{\"holder\":\"y\"}],"
                "\"on\":\"" REGISTER_TODAY "\",\"known\":false}",
    };
    struct response rs = post(&s, &p);
    const struct json *j = parse(&s, &rs);
    const struct json *results = json_get(j, S("results"));

    EXPECT(rs.status == 200);
    EXPECT_STR(answer_header(&rs, "Access-Control-Allow-Origin"), S("*"));
    EXPECT(results->count == 3);
    EXPECT_STR(json_get_str(results->first, S("verdict")), S("valid"));
    EXPECT_STR(json_get_str(results->first->next, S("verdict")),
               S("suspended"));
    EXPECT_STR(json_get_str(results->first->next, S("holder_match")),
               S("differs"));
    EXPECT_STR(json_get_str(results->last, S("verdict")), S("no_number"));
    EXPECT(json_get(results->last, S("line"))->number == 3);
}

/* A table as it is; the day and the form from the address. */
TEST(a_table_is_taken_as_the_page_takes_it)
{
    TEST_CHECK(s);
    struct posting p = {
        .query = "?on=2026-11-23&known=1",
        .type = "text/csv",
        .body = "number,holder\n" REGISTER_EXPIRED ",\n",
    };
    struct response rs = post(&s, &p);
    const struct json *j = parse(&s, &rs);

    EXPECT_STR(json_get_str(json_get(j, S("results"))->first, S("verdict")),
               S("valid"));
    EXPECT(json_get(json_get(j, S("batch")), S("known"))->boolean);
    p.query = "?as=csv";
    rs = post(&s, &p);
    EXPECT_STR(rs.type, S("text/csv; charset=utf-8"));
    EXPECT(answer_holds(&rs, "\"Expired\""));
    p.query = "?as=xlsx";
    rs = post(&s, &p);
    EXPECT(str_begins(rs.body, S("PK")));
    p.query = "?as=zip";
    rs = post(&s, &p);
    EXPECT_STR(rs.type, S("application/zip"));
}

/* [AI2]  And nothing is half done: there is nothing to do. */
TEST(what_cannot_be_used_is_a_problem)
{
    TEST_CHECK(s);
    static const struct {
        struct posting p;
        int status;
        const char *id;
    } rows[] = {
        { { "", JSON_BODY, "[]" }, 400, "api.field" },
        { { "", JSON_BODY, "{}" }, 400, "api.field" },
        { { "", JSON_BODY, "{\"rows\":1}" }, 400, "api.field" },
        { { "", JSON_BODY, "{\"rows\":[1]}" }, 400, "api.field" },
        { { "", JSON_BODY, "{\"rows\":[]}" }, 400, "batch.empty" },
        { { "", JSON_BODY, "{\"rows\":[\"A\"],\"known\":1}" },
          400,
          "api.field" },
        { { "", JSON_BODY, "{\"rows\":[\"A\"],\"as\":\"page\"}" },
          400,
          "api.field" },
        { { "", JSON_BODY, "{\"rows\":[\"A\"],\"on\":\"x\"}" },
          400,
          "batch.day" },
        { { "", JSON_BODY, "{" }, 400, "json.end" },
        { { "?as=pdf", "text/plain", "A" }, 400, "api.field" },
        { { "?on=2026-11-25", "text/plain", "A" }, 422, "lookup.not_yet" },
        { { "", "text/plain", "" }, 400, "batch.empty" },
        { { "", "text/plain", "a,b\nc,d\n" }, 400, "batch.no_numbers" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = post(&s, &rows[i].p);

        EXPECT_ROW(rows[i].p.body, rs.status == rows[i].status);
        EXPECT_ROW_STR(rows[i].p.body, json_get_str(parse(&s, &rs), S("id")),
                       str_of(rows[i].id));
    }
}

/* [BK1] */
TEST(more_rows_than_the_public_has_are_refused)
{
    TEST_CHECK(s);
    struct buf b;
    str body = S("");

    buf_init(&b, &s.reg.arena, 1 << 20);
    buf_str(&b, S("{\"rows\":[\"A\""));
    for (int i = 0; i < BATCH_PUBLIC_ROWS; i++)
        buf_str(&b, S(",\"A\""));
    buf_str(&b, S("]}"));
    EXPECT_OK(buf_done(&b, &body));
    const struct posting p = { "", JSON_BODY, body.p };
    struct response rs = post(&s, &p);
    EXPECT(rs.status == 413);
    EXPECT_STR(json_get_str(parse(&s, &rs), S("id")), S("batch.rows"));
}

/* Whatever allocation fails, once. */
static void try_faults(struct test_site *s, const struct posting *p)
{
    for (long n = 1;; n++) {
        struct heap_fault f;
        struct arena a;

        heap_fault_init(&f, n, false);
        arena_init(&a, &f.heap, 32 << 20);
        struct response rs = post_in(s, &a, p);
        EXPECT(rs.status == (f.injected > 0 ? 503 : 200));
        arena_end(&a);
        EXPECT(f.live == 0);
        if (f.injected == 0)
            return;
    }
}

TEST(an_answer_that_finds_no_memory_says_so)
{
    TEST_CHECK(s);
    static const struct posting rows[] = {
        { "", JSON_BODY,
          "{\"rows\":[\"" REGISTER_VALID
          "\",{\"number\":\"NONE\",\"holder\":\"x\"}]}" },
        { "?as=csv", "text/csv", "number,holder\n" REGISTER_SUB ",x\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        try_faults(&s, &rows[i]);
}
