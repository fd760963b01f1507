#include "http/response.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/size.h"
#include "http/cookie.h"

enum { COOKIE_LIMIT = 4096, TAG_LIMIT = 200 };

/* Nothing runs in data, so nothing has to be kept from devices and windows. */
const struct policy policy_data = {
    .content = "default-src 'none'; frame-ancestors 'none'",
    .referrer = "no-referrer",
    .resource = "same-origin",
};

const struct policy policy_page = {
    .content = "default-src 'none'; style-src 'self'; script-src 'self'; "
               "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
               "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    .referrer = "same-origin",
    .opener = "same-origin",
    .resource = "same-origin",
    .permissions =
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

void response_init(struct response *rs, struct arena *a)
{
    *rs = (struct response){
        .arena = a,
        .status = 200,
        .cache = S("no-store"),
        .policy = &policy_data,
    };
}

void respond(struct response *rs, int status, str type, str body)
{
    rs->status = status;
    rs->type = type;
    rs->body = body;
    rs->policy = str_eq(type, TYPE_HTML) ? &policy_page : &policy_data;
}

/* "//host" and "/\host" are addresses of other servers to a browser. */
static bool is_local(str to)
{
    for (size_t i = 0; i < to.n; i++) {
        if (to.p[i] <= ' ' || to.p[i] > '~' || to.p[i] == '\\')
            return false;
    }
    return str_begins(to, S("/")) && !str_begins(to, S("//"));
}

err respond_redirect(struct response *rs, int status, str to)
{
    check(status == 303 || status == 302 || status == 308);
    if (!is_local(to))
        return err_new(rs->arena, ERR_INVALID, "http.redirect");
    TRY(response_header(rs, S("Location"), to));
    respond(rs, status, S(""), S(""));
    return OK;
}

static bool is_ours(str name)
{
    static const str ours[] = {
        S_INIT("Cache-Control"),
        S_INIT("Connection"),
        S_INIT("Content-Length"),
        S_INIT("Content-Security-Policy"),
        S_INIT("Content-Type"),
        S_INIT("Cross-Origin-Opener-Policy"),
        S_INIT("Cross-Origin-Resource-Policy"),
        S_INIT("Date"),
        S_INIT("ETag"),
        S_INIT("Permissions-Policy"),
        S_INIT("Referrer-Policy"),
        S_INIT("Set-Cookie"),
        S_INIT("Transfer-Encoding"),
        S_INIT("Upgrade"),
        S_INIT("X-Content-Type-Options"),
    };

    for (size_t i = 0; i < COUNT(ours); i++) {
        if (syntax_equal(ours[i], name))
            return true;
    }
    return false;
}

static bool is_there(const struct response *rs, str name)
{
    for (size_t i = 0; i < rs->header_count; i++) {
        if (syntax_equal(rs->headers[i].name, name))
            return true;
    }
    return false;
}

/* [RS2] */
static err add_header(struct response *rs, str name, str value)
{
    struct header h = { S(""), S("") };

    check(rs->header_count < RESPONSE_HEADERS);
    check(value.n > 0 && syntax_value(value));
    TRY_MEMORY(arena_str(rs->arena, name, &h.name));
    TRY_MEMORY(arena_str(rs->arena, value, &h.value));
    rs->headers[rs->header_count++] = h;
    return OK;
}

err response_header(struct response *rs, str name, str value)
{
    check(syntax_token(name) && !is_ours(name));
    check(!is_there(rs, name));
    return add_header(rs, name, value);
}

err response_cookie(struct response *rs, const struct cookie *c)
{
    struct buf b;
    str text = S("");

    buf_init(&b, rs->arena, COOKIE_LIMIT);
    cookie_write(&b, c);
    TRY(buf_done(&b, &text));
    return add_header(rs, S("Set-Cookie"), text);
}

err response_etag(struct response *rs, str tag)
{
    struct buf b;
    str text = S("");

    check(syntax_token(tag));
    buf_init(&b, rs->arena, TAG_LIMIT);
    buf_char(&b, '"');
    buf_str(&b, tag);
    buf_char(&b, '"');
    TRY(buf_done(&b, &text));
    rs->etag = text;
    return OK;
}

void response_cache(struct response *rs, str rule)
{
    check(syntax_value(rule));
    rs->cache = rule;
}

bool etag_matches(str list, str etag)
{
    if (str_eq(str_trim(list), S("*")))
        return true;
    while (list.p != NULL) {
        str tag = syntax_cut(&list, ',');
        if (str_begins(tag, S("W/")))
            tag = str_from(tag, 2);
        if (str_eq(tag, etag))
            return true;
    }
    return false;
}
