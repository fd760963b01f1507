/* What proves an enterprise's certificates, for programs: what is in it,
 * service/register_root_test.c tries. [AI9] [M24] */

#include "api/api.h"
#include "codec/json.h"
#include "http/response.h"
#include "service/rooted.h"
#include "web/test_site.h"

#define TEST_HOLDERS(name)                                                     \
    scoped(test_site_end) struct test_site name;                               \
    if (!test_site_open(&(name), &api_holder_routes, 1, api_error))            \
    return

#define AT  "/api/v1/holders/"
#define ONE "91350100M000100Y43"

/* A register in which nothing is said of anybody, by the log's first entry. */
static void lay_root(struct test_site *s)
{
    struct arena *a = &s->reg.arena;
    const struct rooted_mark mark = { .index = 0 };
    struct book_writer *w = NULL;
    struct book *book = NULL;

    EXPECT_OK(rooted_book_made(s->reg.app, a, &book));
    EXPECT_OK(book_write(book, a, &w));
    EXPECT_OK(rooted_mark_put(w, a, &mark));
    EXPECT_OK(book_commit(&w, a));
}

/* [AI4] */
TEST(anybody_is_given_the_proof_and_may_keep_it_for_a_minute)
{
    TEST_HOLDERS(s);
    struct json *j = NULL;

    lay_root(&s);
    struct response rs = site_get(&s, AT ONE, LANG_ZH);
    EXPECT(rs.status == 200);
    EXPECT_OK(json_parse(&s.reg.arena, rs.body, &j));
    EXPECT_STR(json_get_str(j, S("uscc")), S(ONE));
    EXPECT(json_get(j, S("holder")) != NULL &&
           json_get(j, S("holder"))->kind == JSON_NULL);
    EXPECT(str_begins(json_get_str(j, S("log")), S("c2sp.org/tlog-proof@v1")));
    EXPECT_STR(rs.cache, S("public, max-age=60"));
    EXPECT_STR(rs.type, S("application/json; charset=utf-8"));
    EXPECT_STR(answer_header(&rs, "Access-Control-Allow-Origin"), S("*"));

    struct response again =
        site_ask(&s,
                 &(struct asked_for){ .target = AT ONE, .known = rs.etag.p });
    EXPECT(again.status == 304 && rs.etag.n > 2);
}

TEST(what_cannot_be_proved_is_said_with_the_reason)
{
    static const struct {
        const char *target;
        int status;
        const char *id;
    } rows[] = {
        { AT ONE, 404, "register.no_root" },
        { AT "91350100M000100Y44", 400, "holder.uscc" },
        { AT "me", 400, "holder.uscc" },
    };
    TEST_HOLDERS(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = site_get(&s, rows[i].target, LANG_EN);
        struct json *j = NULL;

        EXPECT_ROW(rows[i].target, rs.status == rows[i].status);
        EXPECT_ROW_OK(rows[i].target, json_parse(&s.reg.arena, rs.body, &j));
        EXPECT_ROW_STR(rows[i].target, json_get_str(j, S("id")),
                       str_of(rows[i].id));
    }
}
