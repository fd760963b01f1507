#include "net/webhook.h"

#include "base/arena.h"
#include "base/buf.h"
#include "net/parts.h"

#include <curl/curl.h>
#include <string.h>
#include <sys/socket.h>

enum {
    HEADER_MAX = 2000,
    ANSWER_MOST = 65536, /* bytes that are listened to [WH4] */
    STATUS_TAKEN = 200,
    STATUS_ELSEWHERE = 300,
};

/* --- the address [WH1] ---------------------------------------------------- */

/* *host is the caller's to free. */
static bool is_address(const char *z, bool here, char **host)
{
    scoped(net_end_url) CURLU *u = curl_url();
    scoped(net_end_part) char *scheme = NULL;

    if (u == NULL || curl_url_set(u, CURLUPART_URL, z, 0) != CURLUE_OK ||
        curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(u, CURLUPART_HOST, host, 0) != CURLUE_OK)
        return false;
    if (net_has_part(u, CURLUPART_USER) ||
        net_has_part(u, CURLUPART_PASSWORD) || (net_is_here(*host) && !here))
        return false;
    return strcmp(scheme, "https") == 0 ||
           (strcmp(scheme, "http") == 0 && net_is_here(*host));
}

/* NUL-ended, into *z; what errors may show of it into *shown. */
static err read_address(struct arena *a, str address, bool here, str *z,
                        str *shown)
{
    scoped(net_end_part) char *host = NULL;
    bool fits = address.n > 0 && address.n <= WEBHOOK_ADDRESS_MAX &&
                memchr(address.p, '\0', address.n) == NULL;

    TRY_MEMORY(arena_str(a, address, z));
    if (!fits || !is_address(z->p, here, &host))
        return err_new(a, ERR_INVALID, "webhook.address");
    TRY_MEMORY(arena_str(a, str_of(host), shown));
    return OK;
}

err webhook_check(struct arena *a, str address, bool here)
{
    str z;
    str host;

    return read_address(a, address, here, &z, &host);
}

/* --- the call ------------------------------------------------------------- */

struct call {
    struct arena *a;
    const struct webhook *w;
    str address; /* NUL-ended */
    str host;
    long milliseconds;
    bool closed; /* [WH2] it led where nobody is called */
    size_t heard;
};

/* [WH2] */
static curl_socket_t open_socket(void *context, curlsocktype purpose,
                                 struct curl_sockaddr *to)
{
    struct call *c = context;

    if (purpose != CURLSOCKTYPE_IPCXN ||
        !(net_is_public(&to->addr) ||
          (c->w->here && net_is_loopback(&to->addr)))) {
        c->closed = true;
        return CURL_SOCKET_BAD;
    }
    /* rules: allow socket because libcurl asks for it */
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* Nothing of it is kept, and of a long one the rest not waited for. [WH4] */
static size_t hear(const char *, size_t size, size_t n, void *context)
{
    struct call *c = context;

    c->heard += size * n;
    return c->heard > ANSWER_MOST ? 0 : size * n;
}

static bool set_limits(CURL *curl, struct call *c)
{
    return curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, c->milliseconds) ==
               CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") ==
               CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSLVERSION,
                            CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket) ==
               CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, c) == CURLE_OK;
}

static bool set_request(CURL *curl, struct call *c, struct curl_slist *headers)
{
    return curl_easy_setopt(curl, CURLOPT_URL, c->address.p) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                            (curl_off_t)c->w->body.n) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_POSTFIELDS, c->w->body.p) ==
               CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, hear) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEDATA, c) == CURLE_OK;
}

/* --- what came of it ------------------------------------------------------ */

static bool is_unsafe(CURLcode code)
{
    return code == CURLE_SSL_CONNECT_ERROR ||
           code == CURLE_PEER_FAILED_VERIFICATION ||
           code == CURLE_SSL_CACERT_BADFILE;
}

static err broken(const struct call *c, CURLcode code)
{
    str why = str_of(curl_easy_strerror(code));

    if (code == CURLE_OUT_OF_MEMORY)
        return err_memory();
    if (c->closed)
        return err_new(c->a, ERR_DENIED, "webhook.private",
                       ARG_STR("host", c->host));
    if (code == CURLE_OPERATION_TIMEDOUT)
        return err_new(c->a, ERR_BUSY, "webhook.slow",
                       ARG_STR("host", c->host));
    return err_new(c->a, ERR_IO,
                   is_unsafe(code) ? "webhook.unsafe" : "webhook.failed",
                   ARG_STR("host", c->host), ARG_STR("why", why));
}

static err outcome(const struct call *c, CURLcode code, long status)
{
    bool heard_enough = code == CURLE_WRITE_ERROR && c->heard > ANSWER_MOST;

    if (code != CURLE_OK && !heard_enough)
        return broken(c, code);
    if (status >= STATUS_TAKEN && status < STATUS_ELSEWHERE)
        return OK;
    return err_new(c->a, ERR_IO, "webhook.answered", ARG_STR("host", c->host),
                   ARG_INT("status", status));
}

/* --- sending -------------------------------------------------------------- */

static err add_header(struct arena *a, const char *name, str value,
                      struct curl_slist **list)
{
    struct curl_slist *longer;
    struct buf b;
    str line;

    buf_init(&b, a, HEADER_MAX);
    buf_printf(&b, "%s: ", name);
    buf_str(&b, value);
    TRY(buf_done(&b, &line));
    longer = curl_slist_append(*list, line.p);
    TRY_MEMORY(longer);
    *list = longer;
    return OK;
}

static err add_headers(const struct call *c, struct curl_slist **list)
{
    const struct webhook *w = c->w;

    TRY(add_header(c->a, "Content-Type", S("application/json"), list));
    TRY(add_header(c->a, "User-Agent", S("tenstar-webhook"), list));
    TRY(add_header(c->a, "Expect", S(""), list)); /* it is asked for nothing */
    TRY(add_header(c->a, "webhook-id", w->id, list));
    TRY(add_header(c->a, "webhook-timestamp", w->moment, list));
    return add_header(c->a, "webhook-signature", w->signature, list);
}

err webhook_send(struct arena *a, const struct webhook *w)
{
    scoped(net_end_call) CURL *curl = curl_easy_init();
    scoped(net_end_list) struct curl_slist *headers = NULL;
    struct call c = {
        .a = a,
        .w = w,
        .milliseconds =
            w->milliseconds == 0 ? WEBHOOK_MILLISECONDS : w->milliseconds,
    };
    long status = 0;

    TRY_MEMORY(curl);
    TRY(read_address(a, w->address, w->here, &c.address, &c.host));
    TRY(add_headers(&c, &headers));
    if (!set_limits(curl, &c) || !set_request(curl, &c, headers))
        return broken(&c, CURLE_FAILED_INIT);
    CURLcode code = curl_easy_perform(curl);
    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return outcome(&c, code, status);
}
