#include "net/net.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "net/parts.h"

#include <curl/curl.h>

#include <stdio.h>

enum {
    STATUS_OK = 200,
    STATUS_NONE = 404,
    STATUS_GONE = 410,
    HEADER_MAX = 200
};

/* --- ends ------------------------------------------------------------- */

void net_end_url(CURLU **u)
{
    curl_url_cleanup(*u);
}

void net_end_part(char **p)
{
    curl_free(*p);
}

void net_end_call(CURL **c)
{
    curl_easy_cleanup(*c);
}

void net_end_list(struct curl_slist **l)
{
    curl_slist_free_all(*l);
}

/* --- addresses [NT1] [NT2] -------------------------------------------- */

bool net_is_here(const char *host)
{
    return strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0 ||
           strcmp(host, "localhost") == 0;
}

bool net_has_part(CURLU *u, CURLUPart part)
{
    scoped(net_end_part) char *p = NULL;

    return curl_url_get(u, part, &p, 0) == CURLUE_OK;
}

/* `z` is NUL-ended.  *here: it is an address of this machine. */
static bool is_address(const char *z, bool plain, bool *here)
{
    scoped(net_end_url) CURLU *u = curl_url();
    scoped(net_end_part) char *scheme = NULL;
    scoped(net_end_part) char *host = NULL;

    if (u == NULL || curl_url_set(u, CURLUPART_URL, z, 0) != CURLUE_OK ||
        curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(u, CURLUPART_HOST, &host, 0) != CURLUE_OK)
        return false;
    *here = net_is_here(host);
    if (net_has_part(u, CURLUPART_USER) || net_has_part(u, CURLUPART_PASSWORD))
        return false;
    return strcmp(scheme, "https") == 0 ||
           (strcmp(scheme, "http") == 0 && (plain || *here));
}

/* A call that was prepared. */
struct call {
    struct arena *a;
    const struct net_request *r;
    char address[NET_ADDRESS_MAX + 1];
    str type; /* of what is sent */
    bool here;
    int64_t micros; /* at most */
    struct buf answer;
};

static err bad_address(struct arena *a, str address)
{
    return err_new(a, ERR_INVALID, "net.address", ARG_STR("address", address));
}

static err read_address(struct arena *a, str address, bool plain,
                        char z[static NET_ADDRESS_MAX + 1], bool *here)
{
    if (address.n > NET_ADDRESS_MAX || memchr(address.p, '\0', address.n))
        return bad_address(a, address);
    (void)snprintf(z, NET_ADDRESS_MAX + 1, "%.*s", STR_ARG(address));
    return is_address(z, plain, here) ? OK : bad_address(a, address);
}

err net_check(struct arena *a, str address, bool plain)
{
    char z[NET_ADDRESS_MAX + 1];
    bool here;

    return read_address(a, address, plain, z, &here);
}

/* --- the call --------------------------------------------------------- */

/* Fewer bytes than were given: libcurl ends the call. [NT3] */
static size_t keep(const char *p, size_t size, size_t n, void *context)
{
    struct call *c = context;

    buf_str(&c->answer, (str){ p, size * n });
    return failed(c->answer.first) ? 0 : size * n;
}

static bool set_limits(CURL *curl, const struct call *c)
{
    long limit = (long)(c->micros / 1000);

    return curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, limit) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") ==
               CURLE_OK &&
           /* No proxy stands between us and this machine. */
           (!c->here || curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK);
}

static bool set_body(CURL *curl, const struct call *c,
                     struct curl_slist *headers)
{
    return curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                            (curl_off_t)c->r->body.n) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_POSTFIELDS, c->r->body.p) == CURLE_OK;
}

static bool set_request(CURL *curl, struct call *c)
{
    return curl_easy_setopt(curl, CURLOPT_URL, c->address) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEDATA, c) == CURLE_OK;
}

static err failure(const struct call *c, CURLcode code)
{
    if (code == CURLE_OUT_OF_MEMORY)
        return err_memory();
    if (code == CURLE_OPERATION_TIMEDOUT)
        return err_new(c->a, ERR_BUSY, "net.slow",
                       ARG_STR("address", c->r->address));
    if (code == CURLE_WRITE_ERROR && err_is(c->answer.first, ERR_LIMIT))
        return err_new(c->a, ERR_LIMIT, "net.long",
                       ARG_STR("address", c->r->address),
                       ARG_INT("most", c->r->most));
    TRY(c->answer.first);
    return err_new(c->a, ERR_IO, "net.failed",
                   ARG_STR("address", c->r->address),
                   ARG_STR("why", str_of(curl_easy_strerror(code))));
}

/* [NT4] */
static err check_status(const struct call *c, long status)
{
    if (status == STATUS_OK)
        return OK;
    return err_new(c->a,
                   status == STATUS_NONE || status == STATUS_GONE
                       ? ERR_NOT_FOUND
                       : ERR_IO,
                   "net.status", ARG_STR("address", c->r->address),
                   ARG_INT("status", status));
}

static err perform(CURL *curl, struct call *c, long *status)
{
    if (!set_limits(curl, c) || !set_request(curl, c))
        return failure(c, CURLE_FAILED_INIT);
    CURLcode code = curl_easy_perform(curl);
    if (code != CURLE_OK)
        return failure(c, code);
    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
    return OK;
}

static err perform_once(struct call *c, long *status)
{
    scoped(net_end_call) CURL *curl = curl_easy_init();
    scoped(net_end_list) struct curl_slist *headers =
        curl_slist_append(NULL, c->type.p);

    TRY_MEMORY(curl != NULL && headers != NULL);
    if (!c->r->get && !set_body(curl, c, headers))
        return failure(c, CURLE_FAILED_INIT);
    return perform(curl, c, status);
}

/* NUL-ended, as texts of an arena are. */
static err write_type(struct arena *a, str media_type, str *out)
{
    struct buf b;

    buf_init(&b, a, HEADER_MAX);
    buf_str(&b, S("Content-Type: "));
    buf_str(&b, media_type);
    return buf_done(&b, out);
}

static err begin(struct arena *a, const struct net_request *r, struct call *c)
{
    long milliseconds =
        r->milliseconds == 0 ? NET_MILLISECONDS : r->milliseconds;

    *c = (struct call){ .a = a, .r = r, .micros = milliseconds * 1000 };
    TRY(read_address(a, r->address, r->plain, c->address, &c->here));
    buf_init(&c->answer, a, r->most);
    return OK;
}

static err ask(struct call *c, struct net_answer *out)
{
    struct net_answer got = { 0 };

    TRY(write_type(c->a, c->r->media_type, &c->type));
    TRY(perform_once(c, &got.status));
    TRY(buf_done(&c->answer, &got.body));
    *out = got;
    return OK;
}

err net_ask(struct arena *a, const struct net_request *r,
            struct net_answer *out)
{
    struct call c;

    TRY(begin(a, r, &c));
    return ask(&c, out);
}

err net_post(struct arena *a, const struct net_request *r, str *answer)
{
    struct net_answer got;
    struct call c;

    check(!r->get);
    TRY(begin(a, r, &c));
    TRY(ask(&c, &got));
    TRY(check_status(&c, got.status));
    *answer = got.body;
    return OK;
}

/* --- a line [NT5] ----------------------------------------------------- */

err net_line_open(struct net_line *out)
{
    struct net_line made = { curl_easy_init(),
                             (int64_t)NET_LINE_MILLISECONDS * 1000 };

    TRY_MEMORY(made.curl);
    *out = made;
    return OK;
}

void net_line_end(struct net_line *l)
{
    curl_easy_cleanup(l->curl);
    *l = (struct net_line){ 0 };
}

err net_get(struct net_line *l, struct arena *a, const struct net_request *r,
            str *answer)
{
    curl_off_t spent = 0;
    long status = 0;
    struct call c;

    TRY(begin(a, r, &c));
    if (c.micros > l->left)
        c.micros = l->left;
    if (c.micros < 1000) /* none would be no limit to libcurl */
        return failure(&c, CURLE_OPERATION_TIMEDOUT);
    curl_easy_reset(l->curl); /* which keeps the connection */
    err e = perform(l->curl, &c, &status);
    (void)curl_easy_getinfo(l->curl, CURLINFO_TOTAL_TIME_T, &spent);
    l->left -= spent;
    TRY(e);
    TRY(check_status(&c, status));
    return buf_done(&c.answer, answer);
}
