/* numbers -- what certificate numbers are made of, in the reader's words. */

#include "base/arena.h"
#include "base/buf.h"
#include "web/parts.h"

enum { PARTS_MAX = 4000 };

/* What stands in the template up to the next brace, in words: a part between
 * braces, or a literal.  The package was checked when it was frozen, so braces
 * come in pairs. */
static err cut_piece(struct request *rq, str *rest, str *out)
{
    enum lang l = web_lang(rq);
    size_t open = str_index(*rest, '{');
    size_t close = str_index(*rest, '}');
    struct buf b;

    buf_init(&b, rq->arena, PARTS_MAX);
    if (open > 0) {
        const struct err_arg literal[] = {
            ARG_STR("text", str_first(*rest, open)),
            { 0 },
        };
        text_render(&b, l, "number.literal", literal);
        *rest = str_from(*rest, open);
    } else {
        text_choice(&b, l, "number.", str_from(str_first(*rest, close), 1));
        *rest = str_from(*rest, close + 1);
    }
    return buf_done(&b, out);
}

static err join(struct request *rq, str before, str next, str *out)
{
    const struct err_arg both[] = {
        ARG_STR("before", before),
        ARG_STR("next", next),
        { 0 },
    };
    struct buf b;

    buf_init(&b, rq->arena, PARTS_MAX);
    text_render(&b, web_lang(rq), "number.and", both);
    return buf_done(&b, out);
}

/* "last three digits of .., “SC”, .." */
static err parts_text(struct request *rq, str template, str *out)
{
    str rest = template;
    str all;
    str next;

    TRY(cut_piece(rq, &rest, &all));
    while (rest.n > 0) {
        TRY(cut_piece(rq, &rest, &next));
        TRY(join(rq, all, next, &all));
    }
    *out = all;
    return OK;
}

err web_numbers(struct request *rq, const struct page_help_numbers **out,
                size_t *n)
{
    const struct faces *f = rq->app;
    struct page_help_numbers *rows;
    struct list found;
    struct list left_out;

    TRY(lookup_numbers(f->app, rq->arena, faces_today(f), &found, &left_out));
    web_left_out(rq, &left_out);
    rows = arena_array(rq->arena, found.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < found.n; i++) {
        const struct number_example *x =
            (const struct number_example *)found.p + i;

        rows[i].scheme = web_label(rq, x->scheme_name);
        rows[i].example = x->number;
        TRY(parts_text(rq, x->template, &rows[i].parts));
    }
    *out = rows;
    *n = found.n;
    return OK;
}
