#include "net/mail.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/mime.h"
#include "net/net.h"
#include "net/parts.h"

#include <curl/curl.h>

enum {
    SAID_MAX = 400, /* bytes of the server's last line that are kept */
    STATUS_LATER = 400,
    STATUS_FOR_GOOD = 500,
    STATUS_NO_MORE = 600,
};

/* --- the server [NM1] ------------------------------------------------------
 */

static bool is_server(const char *z, bool *here)
{
    scoped(net_end_url) CURLU *u = curl_url();
    scoped(net_end_part) char *scheme = NULL;
    scoped(net_end_part) char *host = NULL;
    scoped(net_end_part) char *path = NULL;

    if (u == NULL || curl_url_set(u, CURLUPART_URL, z, 0) != CURLUE_OK ||
        curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(u, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
        curl_url_get(u, CURLUPART_PATH, &path, 0) != CURLUE_OK)
        return false;
    *here = net_is_here(host);
    return !net_has_part(u, CURLUPART_USER) &&
           !net_has_part(u, CURLUPART_PASSWORD) &&
           !net_has_part(u, CURLUPART_QUERY) && strcmp(path, "/") == 0 &&
           (strcmp(scheme, "smtps") == 0 || strcmp(scheme, "smtp") == 0);
}

/* NUL-ended, into *z. */
static err read_server(struct arena *a, str address, str *z, bool *here)
{
    bool fits = address.n > 0 && address.n <= MAIL_SERVER_MAX &&
                memchr(address.p, '\0', address.n) == NULL;

    TRY_MEMORY(arena_str(a, address, z));
    if (fits && is_server(z->p, here))
        return OK;
    return err_new(a, ERR_INVALID, "mail.server", ARG_STR("address", address));
}

err mail_check_server(struct arena *a, str address)
{
    str z;
    bool here;

    return read_server(a, address, &z, &here);
}

/* --- the call -------------------------------------------------------------
 */

/* A mail that is being handed over; texts are NUL-ended. */
struct handing {
    struct arena *a;
    const struct mail_server *server;
    str url;
    bool here;
    str user;
    str password;
    str from;
    str to;
    str left; /* of the mail */
    long milliseconds;
    char said[SAID_MAX + 1]; /* the server's last line */
};

static size_t give(char *p, size_t size, size_t n, void *context)
{
    struct handing *h = context;
    str part = str_first(h->left, size * n);

    memcpy(p, part.p, part.n);
    h->left = str_from(h->left, part.n);
    return part.n;
}

/* Its lines come here one by one.  The last one that refuses is kept, without
 * foreign letters; not what it answers to our goodbye. */
static size_t hear(const char *p, size_t size, size_t n, void *context)
{
    struct handing *h = context;
    str line = str_first(str_trim((str){ p, size * n }), SAID_MAX);

    if (line.n == 0 || (line.p[0] != '4' && line.p[0] != '5'))
        return size * n;
    memcpy(h->said, line.p, line.n);
    h->said[line.n] = '\0';
    for (char *c = h->said; *c != '\0'; c++)
        *c = *c >= ' ' && *c <= '~' ? *c : '?';
    return size * n;
}

static bool set_safety(CURL *c, const struct handing *h)
{
    struct curl_blob authority = { (void *)(uintptr_t)h->server->authority.p,
                                   h->server->authority.n, CURL_BLOB_COPY };
    long tls = h->here ? CURLUSESSL_TRY : CURLUSESSL_ALL;

    return curl_easy_setopt(c, CURLOPT_USE_SSL, tls) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2) ==
               CURLE_OK &&
           (authority.len == 0 ||
            curl_easy_setopt(c, CURLOPT_CAINFO_BLOB, &authority) == CURLE_OK);
}

static bool set_user(CURL *c, const struct handing *h)
{
    return h->user.n == 0 ||
           (curl_easy_setopt(c, CURLOPT_USERNAME, h->user.p) == CURLE_OK &&
            curl_easy_setopt(c, CURLOPT_PASSWORD, h->password.p) == CURLE_OK);
}

static bool set_whole(CURL *c, struct handing *h)
{
    return curl_easy_setopt(c, CURLOPT_READFUNCTION, give) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_READDATA, h) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, hear) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HEADERDATA, h) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_INFILESIZE_LARGE,
                            (curl_off_t)h->left.n) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_UPLOAD, 1L) == CURLE_OK;
}

static bool set_call(CURL *c, struct handing *h, struct curl_slist *to)
{
    return curl_easy_setopt(c, CURLOPT_URL, h->url.p) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps") ==
               CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, h->milliseconds) ==
               CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_MAIL_FROM, h->from.p) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to) == CURLE_OK &&
           set_safety(c, h) && set_user(c, h) && set_whole(c, h);
}

/* --- what came of it [NM5] --------------------------------------------------
 */

/* 530: it wants a user; 534, 535, 538: not in this way. [RFC 4954 6] */
static bool is_login(CURLcode code, long status)
{
    return code == CURLE_LOGIN_DENIED || status == 530 || status == 534 ||
           status == 535 || status == 538;
}

static bool is_unsafe(CURLcode code)
{
    return code == CURLE_USE_SSL_FAILED || code == CURLE_SSL_CONNECT_ERROR ||
           code == CURLE_PEER_FAILED_VERIFICATION ||
           code == CURLE_SSL_CACERT_BADFILE;
}

static err answered(const struct handing *h, long status)
{
    bool for_good = status >= STATUS_FOR_GOOD && status < STATUS_NO_MORE;

    return err_new(h->a, for_good ? ERR_REFUSED : ERR_BUSY,
                   for_good ? "mail.refused" : "mail.later",
                   ARG_INT("status", status), ARG_STR("said", str_of(h->said)));
}

/* The server did not answer, or not so that we could go on. */
static err broken(const struct handing *h, CURLcode code)
{
    str why = str_of(curl_easy_strerror(code));

    if (code == CURLE_OPERATION_TIMEDOUT)
        return err_new(h->a, ERR_BUSY, "net.slow",
                       ARG_STR("address", h->server->address));
    return err_new(h->a, ERR_IO, is_unsafe(code) ? "mail.unsafe" : "net.failed",
                   ARG_STR("address", h->server->address), ARG_STR("why", why));
}

static err outcome(const struct handing *h, CURLcode code, long status)
{
    if (code == CURLE_OK)
        return OK;
    if (code == CURLE_OUT_OF_MEMORY)
        return err_memory();
    if (is_login(code, status))
        return err_new(h->a, ERR_DENIED, "mail.login",
                       ARG_STR("address", h->server->address),
                       ARG_INT("status", status),
                       ARG_STR("said", str_of(h->said)));
    if (code != CURLE_OPERATION_TIMEDOUT && !is_unsafe(code) &&
        status >= STATUS_LATER && status < STATUS_NO_MORE)
        return answered(h, status);
    return broken(h, code);
}

/* --- handing over ----------------------------------------------------------
 */

static err check_address(struct arena *a, str address)
{
    if (mime_is_address(address))
        return OK;
    return err_new(a, ERR_INVALID, "mime.address", ARG_STR("address", address));
}

/* We call ourselves what stands behind the sender's @. */
static err write_url(struct handing *h, str server)
{
    struct buf b;

    while (str_ends(server, S("/")))
        server.n--;
    buf_init(&b, h->a, MAIL_SERVER_MAX + MIME_ADDRESS_MAX + 1);
    buf_str(&b, server);
    buf_char(&b, '/');
    buf_str(&b, str_from(h->from, str_index(h->from, '@') + 1));
    return buf_done(&b, &h->url);
}

static err begin(struct arena *a, const struct mail_server *server,
                 const struct mail_handing *with, struct handing *h)
{
    str z;

    *h = (struct handing){
        .a = a,
        .server = server,
        .left = with->message,
        .milliseconds =
            with->milliseconds == 0 ? MAIL_MILLISECONDS : with->milliseconds,
    };
    TRY(read_server(a, server->address, &z, &h->here));
    TRY(check_address(a, with->from));
    TRY(check_address(a, with->to));
    TRY_MEMORY(arena_str(a, with->from, &h->from));
    TRY_MEMORY(arena_str(a, with->to, &h->to));
    TRY_MEMORY(arena_str(a, server->user, &h->user));
    TRY_MEMORY(arena_str(a, server->password, &h->password));
    return write_url(h, z);
}

err mail_send(struct arena *a, const struct mail_server *server,
              const struct mail_handing *with)
{
    scoped(net_end_call) CURL *curl = curl_easy_init();
    scoped(net_end_list) struct curl_slist *to = NULL;
    struct handing h;
    long status = 0;

    TRY_MEMORY(curl);
    TRY(begin(a, server, with, &h));
    to = curl_slist_append(NULL, h.to.p);
    TRY_MEMORY(to);
    if (!set_call(curl, &h, to))
        return broken(&h, CURLE_FAILED_INIT);
    CURLcode code = curl_easy_perform(curl);
    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return outcome(&h, code, status);
}
