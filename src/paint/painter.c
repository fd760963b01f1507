#include "paint/painter.h"

#include "base/arena.h"
#include "paint/said.h"

enum { ANSWER_MOST = 64 << 20 };

/* --- asking
 * --------------------------------------------------------------------- */

static err ask(const struct painter *p, struct arena *a, str text)
{
    unsigned char head[ASK_HEAD];
    int64_t until = child_in(p->limit);

    answer_put_size(head, text.n);
    TRY(child_write(a, &p->child, (str){ (const char *)head, sizeof head },
                    until));
    return child_write(a, &p->child, text, until);
}

/* What the worker says, whichever it is. */
struct answer {
    char kind;
    str bytes;
};

static err hear(const struct painter *p, struct arena *a, struct answer *out)
{
    unsigned char head[ANSWER_HEAD];
    int64_t until = child_in(p->limit);
    size_t n;
    char *bytes;

    TRY(child_read(a, &p->child, head, sizeof head, until));
    n = answer_size(head + 1);
    if (n > ANSWER_MOST)
        return err_new(a, ERR_CORRUPT, "paint.answer");
    bytes = arena_zero(a, n + 1);
    TRY_MEMORY(bytes);
    TRY(child_read(a, &p->child, bytes, n, until));
    *out = (struct answer){ (char)head[0], { bytes, n } };
    return OK;
}

/* [PP1]  In words of the document. */
static err blame(const struct painter *p, struct arena *a, err e)
{
    if (err_is(e, ERR_BUSY))
        return err_new(a, ERR_BUSY, "paint.slow",
                       ARG_INT("seconds", (p->limit + 999) / 1000));
    if (err_is(e, ERR_IO))
        return err_new(a, ERR_IO, "paint.died");
    return e;
}

/* [PP1] */
static err give_up(struct painter *p, struct arena *a, err e)
{
    painter_end(p);
    return blame(p, a, e);
}

static err ask_for(struct painter *p, struct arena *a, str text)
{
    err e;

    if (p->child.pid == 0) /* [PP3] */
        TRY(child_start(a, p->program, PAINTER_WORD, &p->child));
    e = ask(p, a, text);
    return failed(e) ? give_up(p, a, e) : OK;
}

err painter_ask(struct painter *p, struct arena *a,
                const struct paint_document *d)
{
    str text;

    TRY(paint_document_write(a, d, &text));
    return ask_for(p, a, text);
}

err painter_hear(struct painter *p, struct arena *a, str *out)
{
    struct answer answer = { 0 };
    err e = hear(p, a, &answer);

    if (failed(e))
        return give_up(p, a, e);
    if (answer.kind != ANSWER_FILE)
        return answer_read(a, &paint_words, answer.bytes);
    *out = answer.bytes;
    return OK;
}

err painter_paint(struct painter *p, struct arena *a,
                  const struct paint_document *d, str *out)
{
    TRY(painter_ask(p, a, d));
    return painter_hear(p, a, out);
}

err painter_draw(struct painter *p, struct arena *a,
                 const struct paint_picture *d, str *out)
{
    str text;

    TRY(paint_picture_write(a, d, &text));
    TRY(ask_for(p, a, text));
    return painter_hear(p, a, out);
}

void painter_end(struct painter *p)
{
    child_end(&p->child);
}
