#include "http/site.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

/* A site that does what its addresses say. */
enum { OPEN_TO_ALL, FORBIDDEN };

static err show(struct request *rq, struct response *rs)
{
    respond(rs, 200, TYPE_TEXT, request_parameter(rq, S("what")));
    response_cache(rs, S("public, max-age=60"));
    return response_etag(rs, S("tag"));
}

static err made(struct request *rq, struct response *rs)
{
    str name = S("nobody");

    (void)form_get(&rq->form, S("name"), &name);
    respond(rs, 201, TYPE_TEXT, rq->body.n > 0 ? rq->body : name);
    return OK;
}

static err fail(struct request *rq, struct response *rs)
{
    TRY(response_header(rs, S("X-Half"), S("done")));
    return err_new(rq->arena, ERR_REFUSED, "test.refused");
}

static err break_down(struct request *rq, struct response *)
{
    return err_new(rq->arena, ERR_IO, "test.disk");
}

static const struct route routes[] = {
    { METHOD_GET, "/show/{what}", OPEN_TO_ALL, BODY_NONE, show },
    { METHOD_GET, "/secret", FORBIDDEN, BODY_NONE, show },
    { METHOD_POST, "/form", OPEN_TO_ALL, BODY_FORM, made },
    { METHOD_PUT, "/json", OPEN_TO_ALL, BODY_JSON, made },
    { METHOD_PUT, "/bytes", OPEN_TO_ALL, BODY_BYTES, made },
    { METHOD_DELETE, "/json", OPEN_TO_ALL, BODY_NONE, made },
    { METHOD_GET, "/refused", OPEN_TO_ALL, BODY_NONE, fail },
    { METHOD_GET, "/broken", OPEN_TO_ALL, BODY_NONE, break_down },
};

static err permit(struct request *rq, int right)
{
    if (right == FORBIDDEN)
        return err_new(rq->arena, ERR_DENIED, "test.denied");
    rq->visitor = rq->app;
    return OK;
}

static bool words_fail;

static err on_error(struct request *rq, err why, struct response *rs)
{
    if (words_fail)
        return err_new(rq->arena, ERR_CORRUPT, "test.no_words");
    respond(rs, rs->status, TYPE_TEXT, str_of(why.info->id));
    return OK;
}

/* What a request is made of. */
struct asked_for {
    const char *method;
    const char *target;
    const char *type; /* NULL: no Content-Type */
    str body;
    const char *known; /* NULL: no If-None-Match */
};

static err ask(struct arena *a, const struct asked_for *q, struct request *rq,
               struct response *rs)
{
    const struct route_table table = { routes, COUNT(routes) };
    struct router *router = NULL;
    struct incoming in = { .target = str_of(q->target), .body = q->body };
    struct header *headers = arena_array(a, 2, sizeof *headers);

    TRY_MEMORY(headers);
    TRY(router_new(a, &table, 1, &router));
    struct web_site site = { .app = &words_fail,
                             .router = router,
                             .permit = permit,
                             .on_error = on_error };
    *rq = (struct request){ .arena = a, .id = S("the-id"), .headers = headers };
    if (q->type != NULL)
        headers[rq->header_count++] =
            (struct header){ S("content-type"), str_of(q->type) };
    if (q->known != NULL)
        headers[rq->header_count++] =
            (struct header){ S("If-None-Match"), str_of(q->known) };
    incoming_method(&in, str_of(q->method));
    return site_answer(&site, rq, &in, rs);
}

#define FORM "application/x-www-form-urlencoded"

TEST(every_request_gets_its_status_and_its_words)
{
    static const struct {
        const char *why;
        struct asked_for q;
        int status;
        const char *body;
    } rows[] = {
        { "found", { "GET", "/show/it", NULL, S_INIT(""), NULL }, 200, "it" },
        { "found, by HEAD",
          { "HEAD", "/show/it", NULL, S_INIT(""), NULL },
          200,
          "it" },
        { "a form",
          { "POST", "/form", FORM, S_INIT("name=a+b"), NULL },
          201,
          "a b" },
        { "a form, with parameters and case",
          { "POST", "/form", "Application/X-WWW-Form-URLencoded; charset=x",
            S_INIT("name=c"), NULL },
          201,
          "c" },
        { "JSON",
          { "PUT", "/json", "application/json", S_INIT("{}"), NULL },
          201,
          "{}" },
        { "bytes of any type",
          { "PUT", "/bytes", "a/b", S_INIT("x"), NULL },
          201,
          "x" },
        { "bytes of no type",
          { "PUT", "/bytes", NULL, S_INIT("x"), NULL },
          201,
          "x" },
        { "no such address",
          { "GET", "/no", NULL, S_INIT(""), NULL },
          404,
          "http.no_address" },
        { "a wrong method",
          { "POST", "/show/it", NULL, S_INIT(""), NULL },
          405,
          "http.method" },
        { "a wrong method on what is not there",
          { "POST", "/no", NULL, S_INIT(""), NULL },
          404,
          "http.no_address" },
        { "no method at all",
          { "BREW", "/", NULL, S_INIT(""), NULL },
          501,
          "http.unknown_method" },
        { "methods have a case",
          { "get", "/show/it", NULL, S_INIT(""), NULL },
          501,
          "http.unknown_method" },
        { "not allowed",
          { "GET", "/secret", NULL, S_INIT(""), NULL },
          403,
          "test.denied" },
        { "a broken address",
          { "GET", "/%zz", NULL, S_INIT(""), NULL },
          400,
          "path.percent" },
        { "a way out",
          { "GET", "/show/%2e%2e", NULL, S_INIT(""), NULL },
          400,
          "path.dots" },
        { "a broken query",
          { "GET", "/show/it?%", NULL, S_INIT(""), NULL },
          400,
          "form.percent" },
        { "a star for GET",
          { "GET", "*", NULL, S_INIT(""), NULL },
          400,
          "path.form" },
        { "a broken form",
          { "POST", "/form", FORM, S_INIT("a=%"), NULL },
          400,
          "form.percent" },
        { "a form that is JSON",
          { "POST", "/form", "application/json", S_INIT("{}"), NULL },
          415,
          "http.type" },
        { "a form of no type",
          { "POST", "/form", NULL, S_INIT("a=b"), NULL },
          415,
          "http.type" },
        { "JSON that is a form",
          { "PUT", "/json", FORM, S_INIT("a=b"), NULL },
          415,
          "http.type" },
        { "JSON that only begins so",
          { "PUT", "/json", "application/jsonx", S_INIT("{}"), NULL },
          415,
          "http.type" },
        { "a body where none belongs",
          { "DELETE", "/json", "a/b", S_INIT("x"), NULL },
          415,
          "http.no_body" },
        { "refused by the trade",
          { "GET", "/refused", NULL, S_INIT(""), NULL },
          422,
          "test.refused" },
        { "our fault",
          { "GET", "/broken", NULL, S_INIT(""), NULL },
          500,
          "test.disk" },
        { "OPTIONS", { "OPTIONS", "/json", NULL, S_INIT(""), NULL }, 204, "" },
        { "OPTIONS of everything",
          { "OPTIONS", "*", NULL, S_INIT(""), NULL },
          204,
          "" },
        { "OPTIONS of nothing",
          { "OPTIONS", "/no", NULL, S_INIT(""), NULL },
          404,
          "http.no_address" },
        { "known already",
          { "GET", "/show/it", NULL, S_INIT(""), "\"x\", \"tag\"" },
          304,
          "it" },
        { "known in another version",
          { "GET", "/show/it", NULL, S_INIT(""), "\"x\"" },
          200,
          "it" },
        { "only answers can be known",
          { "POST", "/form", FORM, S_INIT("name=n"), "*" },
          201,
          "n" },
    };

    words_fail = false;
    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct request rq = { 0 };
        struct response rs = { 0 };
        err e = ask(&a, &rows[i].q, &rq, &rs);
        EXPECT_ROW(rows[i].why, failed(e) == (rows[i].status == 500));
        EXPECT_ROW(rows[i].why, rs.status == rows[i].status);
        EXPECT_ROW_STR(rows[i].why, rs.body, str_of(rows[i].body));
    }
}

static str allowed(struct arena *a, const char *method, const char *target)
{
    struct asked_for q = { method, target, NULL, S(""), NULL };
    struct request rq = { 0 };
    struct response rs = { 0 };

    EXPECT_OK(ask(a, &q, &rq, &rs));
    EXPECT(rs.header_count == 1);
    EXPECT_STR(rs.headers[0].name, S("Allow"));
    return rs.headers[0].value;
}

TEST(a_wrong_method_is_told_the_right_ones)
{
    TEST_ARENA(a, 1 << 20);

    words_fail = false;
    EXPECT_STR(allowed(&a, "POST", "/json"), S("PUT, DELETE, OPTIONS"));
    EXPECT_STR(allowed(&a, "DELETE", "/show/it"), S("GET, HEAD, OPTIONS"));
    EXPECT_STR(allowed(&a, "OPTIONS", "/form"), S("POST, OPTIONS"));
    EXPECT_STR(allowed(&a, "OPTIONS", "*"),
               S("GET, HEAD, POST, PUT, DELETE, OPTIONS"));
}

TEST(a_handler_sees_what_was_found_out_before)
{
    TEST_ARENA(a, 1 << 20);
    struct asked_for q = { "HEAD", "/show/%E6%98%9F?a=1", "x/y", S(""), NULL };
    struct request rq = { 0 };
    struct response rs = { 0 };
    str value = S("");

    EXPECT_OK(ask(&a, &q, &rq, &rs));
    EXPECT(rq.method == METHOD_GET && rq.route == &routes[0]);
    EXPECT(rq.visitor == &words_fail && rq.app == &words_fail);
    EXPECT_STR(request_parameter(&rq, S("what")), S("\xe6\x98\x9f"));
    EXPECT(form_get(&rq.query, S("a"), &value));
    EXPECT_STR(value, S("1"));
    EXPECT_STR(request_header(&rq, S("Content-Type")), S("x/y"));
    EXPECT_STR(request_header(&rq, S("Accept")), S(""));
}

/* What a handler had put into its answer before it failed is not sent. */
TEST(half_an_answer_is_not_sent)
{
    TEST_ARENA(a, 1 << 20);
    struct asked_for q = { "GET", "/refused", NULL, S(""), NULL };
    struct request rq = { 0 };
    struct response rs = { 0 };

    words_fail = false;
    EXPECT_OK(ask(&a, &q, &rq, &rs));
    EXPECT(rs.header_count == 0);
    EXPECT_STR(rs.cache, S("no-store"));
}

TEST(when_words_fail_too_the_answer_is_the_id)
{
    static const struct {
        const char *target;
        const char *method;
        int status;
        const char *logged;
    } rows[] = {
        { "/broken", "GET", 500, "test.disk" },
        { "/refused", "GET", 422, "test.no_words" },
        { "/show/it", "PUT", 405, "test.no_words" },
    };

    words_fail = true;
    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct asked_for q = { rows[i].method, rows[i].target, NULL, S(""),
                               NULL };
        struct request rq = { 0 };
        struct response rs = { 0 };
        err e = ask(&a, &q, &rq, &rs);
        EXPECT(failed(e) && strcmp(e.info->id, rows[i].logged) == 0);
        EXPECT(rs.status == rows[i].status);
        EXPECT_STR(rs.body, S("the-id"));
        EXPECT(rs.policy == &policy_data);
        EXPECT(rs.header_count == (rows[i].status == 405));
    }
    words_fail = false;
}

TEST(what_was_refused_before_is_only_put_into_words)
{
    TEST_ARENA(a, 1 << 16);
    struct web_site site = { .on_error = on_error };
    struct incoming in = { .refused = err_new(&a, ERR_LIMIT, "test.limit"),
                           .status = 431 };
    struct request rq = { .arena = &a };
    struct response rs = { 0 };

    EXPECT_OK(site_answer(&site, &rq, &in, &rs));
    EXPECT(rs.status == 431);
    EXPECT_STR(rs.body, S("test.limit"));
}

static err answer_one(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct request rq = { 0 };
    struct response rs = { 0 };

    arena_init(&a, h, 1 << 20);
    TRY(ask(&a, context, &rq, &rs));
    /* A wrong method stays one when there is no memory to say so. */
    return str_eq(rs.body, S("err.memory")) ? err_memory() : OK;
}

TEST(answering_survives_every_allocation_failure)
{
    static struct asked_for rows[] = {
        { "GET", "/show/it?a=b", NULL, S_INIT(""), NULL },
        { "POST", "/form", FORM, S_INIT("name=a"), NULL },
        { "PUT", "/show/it", NULL, S_INIT(""), NULL },
        { "OPTIONS", "*", NULL, S_INIT(""), NULL },
        { "GET", "/%", NULL, S_INIT(""), NULL },
    };

    words_fail = false;
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(test_every_allocation_fails(answer_one, NULL, &rows[i]) > 0);
}
