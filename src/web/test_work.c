#include "web/test_work.h"

#include "base/buf.h"
#include "service/registers.h"

#include <stdio.h>

enum { TEXT_MAX = 1 << 16, HEADERS_MOST = 5 };

bool test_work_open(struct test_work *w, const struct store_place *place)
{
    struct router *router = NULL;
    struct route_table *tables;

    *w = (struct test_work){ .faces = { .today = DAY_NEVER } };
    if (!office_open(&w->office, place))
        return false;
    w->faces.app = w->office.app;
    tables = arena_array(&w->office.arena, web_table_count, sizeof *tables);
    for (size_t i = 0; i < web_table_count; i++)
        tables[i] = *web_tables[i];
    EXPECT_OK(router_new(&w->office.arena, tables, web_table_count, &router));
    w->site = (struct web_site){
        .app = &w->faces,
        .router = router,
        .permit = web_permit,
        .admit = web_admit,
        .on_error = web_error,
    };
    return router != NULL;
}

void test_work_end(struct test_work *w)
{
    office_end(&w->office);
}

/* --- what a browser keeps [TW1] ------------------------------------------ */

static str between(str where, const char *before, const char *after)
{
    size_t at = str_find(where, str_of(before));

    if (at >= where.n)
        return S("");
    str rest = str_from(where, at + strlen(before));
    return str_first(rest, str_find(rest, str_of(after)));
}

static void keep_cookie(struct browser *b, str set)
{
    if (str_begins(set, S("s=")))
        b->session = between(set, "s=", ";");
    if (str_begins(set, S("g=")))
        b->guest = between(set, "g=", ";");
}

static void keep(struct browser *b, const struct response *rs)
{
    str token = between(rs->body, "name=\"token\" value=\"", "\"");

    for (size_t i = 0; i < rs->header_count; i++) {
        if (str_eq(rs->headers[i].name, S("Set-Cookie")))
            keep_cookie(b, rs->headers[i].value);
    }
    if (token.n > 0)
        b->token = token;
}

static str cookies(struct test_work *w, const struct browser *b)
{
    struct buf out;
    str text = S("");

    buf_init(&out, &w->office.arena, TEXT_MAX);
    if (b->session.n > 0)
        buf_printf(&out, "s=%.*s; ", (int)b->session.n, b->session.p);
    if (b->guest.n > 0)
        buf_printf(&out, "g=%.*s; ", (int)b->guest.n, b->guest.p);
    buf_str(&out, S("lang="));
    buf_str(&out, b->lang == LANG_EN ? S("en") : S("zh"));
    EXPECT_OK(buf_done(&out, &text));
    return text;
}

/* --- asking --------------------------------------------------------------- */

/* What a browser says of itself. */
static void introduce(struct test_work *w, const struct browser *b,
                      struct header headers[HEADERS_MOST], struct request *rq)
{
    headers[0] = (struct header){ S("Cookie"), cookies(w, b) };
    headers[1] = (struct header){ S("User-Agent"), S("a browser") };
    *rq = (struct request){
        .arena = &w->office.arena,
        .id = S("0123456789abcdef0123456789abcdef"),
        .network = S("192.0.2.0/24"),
        .peer = b->peer,
        .headers = headers,
        .header_count = 2,
    };
    if (b->from != NULL)
        headers[rq->header_count++] =
            (struct header){ S("Sec-Fetch-Site"), str_of(b->from) };
    if (b->typing)
        headers[rq->header_count++] =
            (struct header){ S("HX-Request"), S("true") };
}

/* `type` is the body's; empty: there is none. */
static struct response ask(struct test_work *w, struct browser *b,
                           const struct incoming *in, str type)
{
    struct header headers[HEADERS_MOST];
    struct request rq;
    struct response rs;

    introduce(w, b, headers, &rq);
    if (type.n > 0)
        headers[rq.header_count++] = (struct header){ S("Content-Type"), type };
    EXPECT_ROW_OK(in->target.p, site_answer(&w->site, &rq, in, &rs));
    keep(b, &rs);
    return rs;
}

err work_admit(struct test_work *w, struct browser *b, const char *target,
               bool *admitted)
{
    struct incoming in = { .target = str_of(target) };
    struct header headers[HEADERS_MOST];
    struct request rq;

    introduce(w, b, headers, &rq);
    incoming_method(&in, S("POST"));
    return site_admit(&w->site, &rq, &in, admitted);
}

struct response work_send(struct test_work *w, struct browser *b,
                          const char *method, const char *target,
                          const char *form)
{
    struct incoming in = { .target = str_of(target),
                           .body = form == NULL ? S("") : str_of(form) };

    incoming_method(&in, str_of(method));
    return ask(w, b, &in,
               form == NULL ? S("") : S("application/x-www-form-urlencoded"));
}

struct response work_upload(struct test_work *w, struct browser *b,
                            const char *target, str body)
{
    struct incoming in = { .target = str_of(target), .body = body };

    incoming_method(&in, S("POST"));
    return ask(w, b, &in, S("multipart/form-data; boundary=" WORK_BOUNDARY));
}

struct response work_get(struct test_work *w, struct browser *b,
                         const char *target)
{
    return work_send(w, b, "GET", target, NULL);
}

struct response work_post(struct test_work *w, struct browser *b,
                          const char *target, const char *fields)
{
    const char *rest = work_text(w, "&", str_of(fields), "");

    return work_send(w, b, "POST", target,
                     work_text(w, "token=", b->token, rest));
}

struct browser work_enter(struct test_work *w, const char *login)
{
    struct browser b = { .lang = LANG_ZH };
    char fields[100];

    (void)snprintf(fields, sizeof fields, "login=%s", login);
    (void)work_get(w, &b, "/login");
    struct response rs = work_post(w, &b, "/login", fields);
    EXPECT_ROW(login, rs.status == 303 && b.session.n > 0);
    (void)work_get(w, &b, "/work");
    return b;
}

void work_approve(struct test_work *w, const char *from, const char *field)
{
    char json[300];
    struct case_answer unused;

    (void)snprintf(json, sizeof json,
                   "{'from':'%s','name_zh':'示例认证中心','name_en':'Example',"
                   "'approval':'CNCA-R-2099-417','fields':['%s'],"
                   "'document':'示例批复','reason':'批准变更'}",
                   from, field);
    struct case_order order =
        office_order(&w->office, "admin", S("body"), "body.change", json);
    EXPECT_ROW_OK(field, registers_do(w->office.app, &w->office.arena, &order,
                                      &unused));
}

str work_led(const struct response *rs)
{
    for (size_t i = 0; i < rs->header_count; i++) {
        if (str_eq(rs->headers[i].name, S("Location")))
            return rs->headers[i].value;
    }
    return S("");
}

const char *work_text(struct test_work *w, const char *before, str middle,
                      const char *after)
{
    struct buf out;
    str text = S("");

    buf_init(&out, &w->office.arena, TEXT_MAX);
    buf_str(&out, str_of(before));
    buf_str(&out, middle);
    buf_str(&out, str_of(after));
    buf_char(&out, '\0');
    EXPECT_OK(buf_done(&out, &text));
    return text.p;
}

bool work_holds(const struct response *rs, const char *text)
{
    return str_contains(rs->body, str_of(text));
}
