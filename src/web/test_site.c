#include "web/test_site.h"

#include "base/buf.h"

enum { REQUEST_MAX = 8 << 20, HEADERS = 7, PATH_BYTES = 10000 };

bool test_site_open(struct test_site *s, const struct route_table *tables,
                    size_t n, site_explain *on_error)
{
    struct router *router = NULL;

    *s = (struct test_site){ .faces = { .today = DAY_NEVER } };
    if (!test_register_open(&s->reg))
        return false;
    s->faces.app = s->reg.app;
    EXPECT_OK(router_new(&s->reg.arena, tables, n, &router));
    s->site = (struct web_site){
        .app = &s->faces,
        .router = router,
        .permit = web_permit,
        .on_error = on_error,
    };
    return router != NULL;
}

void test_site_end(struct test_site *s)
{
    test_register_end(&s->reg);
}

static void add(struct request *rq, struct header *headers, const char *name,
                const char *value)
{
    if (value != NULL)
        headers[rq->header_count++] =
            (struct header){ str_of(name), str_of(value) };
}

static err answer(struct test_site *s, struct arena *a,
                  const struct asked_for *q, struct response *rs)
{
    struct incoming in = { .target = str_of(q->target) };
    struct header headers[HEADERS];
    struct request rq = {
        .arena = a,
        .id = S("0123456789abcdef0123456789abcdef"),
        .headers = headers,
    };

    add(&rq, headers, "Accept-Language", q->lang);
    add(&rq, headers, "Cookie", q->cookie);
    add(&rq, headers, "If-None-Match", q->known);
    add(&rq, headers, "Accept", q->accept);
    add(&rq, headers, "HX-Request", s->typing);
    add(&rq, headers, "Accept-Encoding", q->packed);
    if (q->json != NULL) {
        add(&rq, headers, "Content-Type", "application/json");
        in.body = str_of(q->json);
    }
    incoming_method(&in, q->method == NULL ? S("GET") : str_of(q->method));
    return site_answer(&s->site, &rq, &in, rs);
}

struct response site_ask(struct test_site *s, const struct asked_for *q)
{
    struct response rs;

    EXPECT_ROW_OK(q->target, answer(s, &s->reg.arena, q, &rs));
    return rs;
}

struct response site_get(struct test_site *s, const char *target, enum lang l)
{
    return site_ask(s, &(struct asked_for){ .target = target,
                                            .lang = lang_tag(l).p });
}

err site_try(struct test_site *s, struct heap *heap, const char *target)
{
    struct asked_for q = { .target = target };
    scoped(arena_end) struct arena a;
    struct response rs;

    arena_init(&a, heap, REQUEST_MAX);
    return err_keep(&s->reg.arena, answer(s, &a, &q, &rs));
}

const char *site_path(struct test_site *s, const char *folder, str name)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &s->reg.arena, PATH_BYTES);
    buf_str(&b, str_of(folder));
    buf_str(&b, name);
    EXPECT_OK(buf_done(&b, &out));
    return out.n == 0 ? "" : out.p;
}

const char *site_words(struct test_site *s, enum lang l, const char *message,
                       const struct err_arg *args)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &s->reg.arena, PATH_BYTES);
    text_render(&b, l, message, args);
    EXPECT_OK(buf_done(&b, &out));
    EXPECT_ROW(message, out.n > 0 && text_get(l, message).n > 0);
    return out.n == 0 ? "" : out.p;
}

str answer_header(const struct response *rs, const char *name)
{
    for (size_t i = 0; i < rs->header_count; i++) {
        if (syntax_equal(rs->headers[i].name, str_of(name)))
            return rs->headers[i].value;
    }
    return S("");
}

bool answer_holds(const struct response *rs, const char *text)
{
    return str_contains(rs->body, str_of(text));
}
