/*
 * worker -- the process that paints (painter.h).
 */

#include "base/arena.h"
#include "base/heap.h"
#include "codec/json.h"
#include "paint/painter.h"
#include "paint/paint.h"
#include "paint/picture.h"
#include "paint/said.h"
#include "sys/sandbox.h"

enum {
    JOB_MEMORY = 256 << 20, /* for a document and its file */
    ASKED_MOST = 32 << 20,
    FILES = 32,
    EXIT_WRONG = 1,
};

/* The sanitizers' own memory has no bounds that could be set. */
#ifdef ARENA_EXACT
enum { ADDRESS_SPACE = 0 };
#else
enum { ADDRESS_SPACE = PAINTER_MEMORY };
#endif

struct worker {
    struct studio studio;
    err ready; /* why it cannot paint, or OK */
    struct arena arena;
    int out;
};

static bool answer(const struct worker *w, int kind, str bytes)
{
    unsigned char head[ANSWER_HEAD] = { (unsigned char)kind };

    answer_put_size(head + 1, bytes.n);
    return child_give(w->out, head, sizeof head) &&
           child_give(w->out, bytes.p, bytes.n);
}

static err paint_picture(struct worker *w, const struct json *j, str *out)
{
    struct arena *a = &w->arena;
    struct paint_picture p = { .svg = S("") };

    TRY(record_read(a, &paint_picture_record, j, &p));
    return paint_png(a, &w->studio, &p, out);
}

/* A picture is known by its drawing, which no document has. */
static err paint(struct worker *w, str text, str *out)
{
    struct arena *a = &w->arena;
    struct paint_document d = { 0 };
    struct json *j;

    TRY(w->ready);
    TRY(sandbox_seconds(a, PAINTER_SECONDS));
    TRY(json_parse(a, text, &j));
    if (json_get(j, S("svg")) != NULL)
        return paint_picture(w, j, out);
    TRY(record_read(a, &paint_document_record, j, &d));
    return paint_pdf(a, &w->studio, &d, out);
}

/* Without memory there is none to say so either, before the document's is given
 * back. */
static bool refuse(struct worker *w, err e)
{
    str text;

    if (err_is(e, ERR_MEMORY))
        arena_reset(&w->arena);
    if (failed(answer_write(&w->arena, &paint_words, e, &text)))
        return answer(w, ANSWER_REFUSED, S("{}"));
    return answer(w, ANSWER_REFUSED, text);
}

/* One document; false: nobody asks any more. */
static bool work_once(struct worker *w, int in)
{
    unsigned char head[ASK_HEAD];
    char *bytes;
    size_t n;
    str file;
    err e;

    if (!child_take(in, head, sizeof head))
        return false;
    n = answer_size(head);
    bytes = n <= ASKED_MOST ? arena_zero(&w->arena, n + 1) : NULL;
    if (bytes == NULL || !child_take(in, bytes, n))
        return false;
    e = paint(w, (str){ bytes, n }, &file);
    return failed(e) ? refuse(w, e) : answer(w, ANSWER_FILE, file);
}

/* [PP2]  The fonts are opened after it: they are files like others. */
static err prepare(struct arena *a, struct heap *h, struct worker *w)
{
    const struct sandbox s = { .memory = ADDRESS_SPACE, .files = FILES };

    TRY(sandbox_enter(a, &s));
    return studio_open(a, h, &w->studio);
}

int painter_work(struct heap *h, int in, int out)
{
    struct worker w = { .out = out };
    struct arena own;

    arena_init(&own, h, JOB_MEMORY);
    arena_init(&w.arena, h, JOB_MEMORY);
    w.ready = prepare(&own, h, &w);
    while (work_once(&w, in))
        arena_reset(&w.arena);
    studio_end(&w.studio);
    arena_end(&w.arena);
    arena_end(&own);
    return failed(w.ready) ? EXIT_WRONG : 0;
}
