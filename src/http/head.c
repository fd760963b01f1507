#include "http/head.h"

/* How often a header comes; *value gets its last value. */
static size_t times(const struct head *h, str name, str *value)
{
    size_t n = 0;

    for (size_t i = 0; i < h->n; i++) {
        if (!syntax_equal(h->headers[i].name, name))
            continue;
        *value = h->headers[i].value;
        n++;
    }
    return n;
}

/* [HD1]  Bytes above ASCII may stand in a value; their meaning is for whoever
 * reads that header. */
static bool is_sound(const struct header *h)
{
    for (size_t i = 0; i < h->value.n; i++) {
        unsigned char c = (unsigned char)h->value.p[i];
        if ((c < ' ' && c != '\t') || c == 0x7f)
            return false;
    }
    return syntax_token(h->name);
}

/* Digits that fit; leading zeros are as good as none. */
static bool parse_length(str s, uint64_t *out)
{
    uint64_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || n > UINT64_MAX / 10 - 1)
            return false;
        n = n * 10 + (uint64_t)(s.p[i] - '0');
    }
    *out = n;
    return s.n > 0;
}

static bool is_host(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] <= ' ' || s.p[i] > '~' || strchr("/\\@?#,", s.p[i]) != NULL)
            return false;
    }
    return true;
}

/* [HD2] */
static err check_length(struct arena *a, const struct head *h,
                        struct announced *out, int *status)
{
    struct announced found = { 0 };
    str length = S("");
    str coding = S("");
    size_t lengths = times(h, S("Content-Length"), &length);
    size_t codings = times(h, S("Transfer-Encoding"), &coding);

    *status = 400;
    if (lengths > 1 || codings > 1 || (lengths > 0 && codings > 0))
        return err_new(a, ERR_INVALID, "http.length");
    if (lengths == 1 && !parse_length(length, &found.length))
        return err_new(a, ERR_INVALID, "http.length");
    if (codings == 1 && !str_eq(h->version, S("HTTP/1.1")))
        return err_new(a, ERR_INVALID, "http.length");
    if (codings == 1 && !syntax_equal(coding, S("chunked"))) {
        *status = 501;
        return err_new(a, ERR_INVALID, "http.coding");
    }
    found.chunked = codings == 1;
    *out = found;
    return OK;
}

err head_check(struct arena *a, const struct head *h, struct announced *out,
               int *status)
{
    str host = S("");
    str expected = S("");

    *status = 400;
    for (size_t i = 0; i < h->n; i++) {
        if (!is_sound(&h->headers[i]))
            return err_new(a, ERR_INVALID, "http.header", ARG_INT("at", i + 1));
    }

    /* HTTP/1.0 may come without. [HD3] */
    size_t hosts = times(h, S("Host"), &host);
    bool needed = str_eq(h->version, S("HTTP/1.1"));
    if (hosts > 1 || (hosts == 0 && needed) || !is_host(host))
        return err_new(a, ERR_INVALID, "http.host");

    TRY(check_length(a, h, out, status));
    if (times(h, S("Expect"), &expected) > 0 &&
        !syntax_equal(expected, S("100-continue"))) {
        *status = 417;
        return err_new(a, ERR_INVALID, "http.expectation");
    }
    return OK;
}
