#include "http/path.h"

#include "base/arena.h"
#include "http/percent.h"

/* Printable ASCII; '#' never reaches a server. */
static bool may_stand(char c)
{
    return c > ' ' && c <= '~' && c != '#';
}

static err check_characters(struct arena *a, str target)
{
    for (size_t i = 0; i < target.n; i++) {
        if (!may_stand(target.p[i]))
            return err_new(a, ERR_INVALID, "path.character",
                           ARG_INT("at", i + 1));
    }
    return OK;
}

/* Where the path begins; target.n when there is no path. */
static size_t path_start(str target)
{
    if (str_begins(target, S("/")))
        return 0;
    bool plain = str_begins(target, S("http://"));
    if (!plain && !str_begins(target, S("https://")))
        return target.n;

    str rest = str_from(target, plain ? 7 : 8);
    size_t host = str_index(rest, '/');
    if (host == 0 || str_index(rest, '?') < host)
        return target.n;
    return target.n - rest.n + host;
}

static bool is_dots(str s)
{
    return str_eq(s, S(".")) || str_eq(s, S(".."));
}

/* Decode one segment, which begins at byte `at` of the target, to the end of
 * out->text, and add it. */
static err add_segment(struct arena *a, str raw, size_t at, char *to,
                       struct path *out)
{
    size_t n;

    if (out->n == PATH_SEGMENTS)
        return err_new(a, ERR_INVALID, "path.deep",
                       ARG_INT("limit", PATH_SEGMENTS));
    if (!percent_decode(raw, false, to, &n))
        return err_new(a, ERR_INVALID, "path.percent",
                       ARG_INT("at", at + n + 1));

    str segment = { to, n };
    if (!percent_is_text(segment, PERCENT_LINE))
        return err_new(a, ERR_INVALID, "path.text");
    if (is_dots(segment))
        return err_new(a, ERR_INVALID, "path.dots");
    out->at[out->n++] = segment;
    return OK;
}

/* `rest` is the path without its first slash, at byte `at` of the target. */
static err cut_segments(struct arena *a, str rest, size_t at, struct path *out)
{
    char *text = arena_zero(a, rest.n + 1);
    size_t n = 1;

    TRY_MEMORY(text);
    text[0] = '/';
    if (rest.n == 0)
        rest.p = NULL;
    while (rest.p != NULL) {
        str raw = str_cut(&rest, '/');
        TRY(add_segment(a, raw, at, text + n, out));
        n += out->at[out->n - 1].n;
        at += raw.n + 1;
        if (rest.p != NULL)
            text[n++] = '/';
    }
    out->text = (str){ text, n };
    return OK;
}

err path_parse(struct arena *a, str target, struct path *out)
{
    struct path p = { 0 };

    TRY(check_characters(a, target));
    if (str_eq(target, S("*"))) {
        *out = (struct path){ .all = true, .text = S("*") };
        return OK;
    }

    size_t start = path_start(target);
    if (start == target.n)
        return err_new(a, ERR_INVALID, "path.form");
    str whole = str_from(target, start);
    size_t end = str_index(whole, '?');

    p.query = str_from(whole, end + 1);
    TRY(cut_segments(a, str_from(str_first(whole, end), 1), start + 1, &p));
    *out = p;
    return OK;
}
