/* test_sampled -- a sample page as bytes: whole, bare, and as golden file. */

#include "page/test_sample.h"

#include "base/arena.h"
#include "base/buf.h"
#include "page/asset.h"

enum { PAGE_MAX = 1 << 20 };

err sample_html(struct arena *a, const struct sample *s, enum lang l, str *out)
{
    struct buf b;

    buf_init(&b, a, PAGE_MAX);
    s->render(&b, l);
    return buf_done(&b, out);
}

/* Append `text` without what stands between these two, wherever that is. */
static void cut_out(struct buf *b, str text, str from, str to)
{
    while (str_contains(text, from)) {
        size_t begin = str_find(text, from) + from.n;

        buf_str(b, str_first(text, begin));
        text = str_from(text, begin);
        text = str_from(text, str_find(text, to));
    }
    buf_str(b, text);
}

err sample_bare(struct arena *a, const struct sample *s, enum lang l, str *out)
{
    struct buf b;
    struct buf rest;
    str text;

    TRY(sample_html(a, s, l, &text));
    buf_init(&b, a, PAGE_MAX);
    cut_out(&b, text, S("<style>"), S("</style>"));
    TRY(buf_done(&b, &text));
    buf_init(&rest, a, PAGE_MAX);
    cut_out(&rest, text, S("<script>"), S("</script>"));
    return buf_done(&rest, out);
}

/* "/assets/name-0123456789ab.css": what stands before and after the hash. */
enum { HASH_DIGITS = 12 };

err sample_golden(struct arena *a, const struct sample *s, enum lang l,
                  str *out)
{
    struct buf b;
    str rest;

    TRY(sample_bare(a, s, l, &rest));
    buf_init(&b, a, PAGE_MAX);
    while (rest.n > 0) {
        size_t asset = str_find(rest, S(ASSET_PREFIX));
        str name = str_from(rest, asset);
        size_t quote = str_index(name, '"');
        size_t dot = str_index(name, '.');
        if (name.n == 0 || quote < dot || dot < HASH_DIGITS + 1) {
            buf_str(&b, rest);
            break;
        }
        buf_str(&b, str_first(rest, asset + dot - HASH_DIGITS - 1));
        rest = str_from(name, dot);
    }
    return buf_done(&b, out);
}
