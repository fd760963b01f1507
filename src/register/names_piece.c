#include "register/names_parts.h"

#include "base/heap.h"

#include <string.h>

/* --- pieces -------------------------------------------------------------- */

static err piece_new(struct heap *h, struct piece **out)
{
    struct piece *p = h->resize(h, NULL, sizeof *p);

    TRY_MEMORY(p);
    *p = (struct piece){ .uses = 1, .heap = h };
    arena_init(&p->arena, h, SIZE_MAX);
    *out = p;
    return OK;
}

struct piece *piece_use(struct piece *p)
{
    atomic_fetch_add(&p->uses, 1);
    return p;
}

void piece_drop(struct piece **piece)
{
    struct piece *p = *piece;

    *piece = NULL;
    if (p == NULL || atomic_fetch_sub(&p->uses, 1) != 1)
        return;
    mapped_end(&p->map);
    arena_end(&p->arena);
    p->heap->resize(p->heap, p, 0);
}

/* Open what was made, or pass on why it was not, in an arena that stays. */
static err piece_done(struct piece **p, struct arena *a, err e,
                      struct piece **out)
{
    if (!failed(e))
        e = segment_open(&(*p)->arena, (*p)->bytes, &(*p)->segment);
    if (failed(e))
        return err_keep(a, e);
    *out = *p;
    *p = NULL;
    return OK;
}

err piece_build(struct heap *h, struct arena *a,
                const struct search_document *documents, size_t n,
                struct piece **out)
{
    scoped(piece_drop) struct piece *p = NULL;

    TRY(piece_new(h, &p));
    err e = segment_build(h, &p->arena, documents, n, &p->bytes);
    return piece_done(&p, a, e, out);
}

err piece_merge(struct heap *h, struct arena *a,
                const struct segment_part *parts, size_t n, struct piece **out)
{
    scoped(piece_drop) struct piece *p = NULL;

    TRY(piece_new(h, &p));
    err e = segment_merge(h, &p->arena, parts, n, &p->bytes);
    return piece_done(&p, a, e, out);
}

err piece_load(struct heap *h, struct file_ops *f, struct arena *a, str path,
               struct piece **out)
{
    scoped(piece_drop) struct piece *p = NULL;
    struct piece *loaded = NULL;

    TRY(piece_new(h, &p));
    TRY(mapped_open(f, a, path, &p->map));
    p->bytes = p->map.bytes;
    TRY(piece_done(&p, a, OK, &loaded));
    p = loaded;
    TRY(segment_verify(a, p->segment));
    *out = p;
    p = NULL;
    return OK;
}

/* --- graves --------------------------------------------------------------- */

struct grave *grave_use(struct grave *g)
{
    if (g != NULL)
        atomic_fetch_add(&g->uses, 1);
    return g;
}

void grave_drop(struct grave **grave)
{
    struct grave *g = *grave;

    *grave = NULL;
    if (g != NULL && atomic_fetch_sub(&g->uses, 1) == 1)
        g->heap->resize(g->heap, g, 0);
}

/* One of its own, to write into; `old` may be NULL. */
static err grave_copy(struct heap *h, const struct grave *old, size_t words,
                      struct grave **out)
{
    struct grave *g = h->resize(h, NULL, sizeof *g + words * sizeof g->bits[0]);

    TRY_MEMORY(g);
    g->heap = h;
    g->n = words;
    atomic_init(&g->uses, 1);
    if (old == NULL)
        memset(g->bits, 0, words * sizeof g->bits[0]);
    else
        memcpy(g->bits, old->bits, words * sizeof g->bits[0]);
    *out = g;
    return OK;
}

/* A grave that is copied when the first bit is set. */
struct digging {
    struct heap *heap;
    struct grave **grave;
    size_t words;
    bool own;
};

static err dig(struct digging *d, uint32_t document)
{
    if (!d->own) {
        struct grave *copy;

        TRY(grave_copy(d->heap, *d->grave, d->words, &copy));
        grave_drop(d->grave);
        *d->grave = copy;
        d->own = true;
    }
    (*d->grave)->bits[document / 64] |= UINT64_C(1) << document % 64;
    return OK;
}

err grave_dig(struct heap *h, struct grave **g, const struct piece *p,
              const struct piece *newer)
{
    struct digging d = { h, g, segment_words(p->segment), false };
    uint32_t n = segment_count(newer->segment);

    for (uint32_t i = 0; i < n; i++) {
        uint32_t document;

        if (segment_find(p->segment, segment_id(newer->segment, i), &document))
            TRY(dig(&d, document));
    }
    return OK;
}

err grave_nameless(struct heap *h, struct grave **g, const struct piece *p)
{
    struct digging d = { h, g, segment_words(p->segment), false };

    for (uint32_t i = 0; i < segment_nameless(p->segment); i++)
        TRY(dig(&d, i));
    return OK;
}

/* --- views ------------------------------------------------------------------
 */

err view_new(struct heap *h, struct names_view **out)
{
    struct names_view *v = h->resize(h, NULL, sizeof *v);

    TRY_MEMORY(v);
    *v = (struct names_view){ .uses = 1, .heap = h };
    *out = v;
    return OK;
}

void view_add(struct names_view *v, struct piece *p, struct grave *g)
{
    v->pieces[v->n] = piece_use(p);
    v->graves[v->n] = grave_use(g);
    v->parts[v->n] =
        (struct segment_part){ p->segment, g == NULL ? NULL : g->bits };
    v->n++;
    v->serial = p->serial;
}

void names_let(struct names_view **view)
{
    struct names_view *v = *view;

    *view = NULL;
    if (v == NULL || atomic_fetch_sub(&v->uses, 1) != 1)
        return;
    for (size_t i = 0; i < v->n; i++) {
        piece_drop(&v->pieces[i]);
        grave_drop(&v->graves[i]);
    }
    v->heap->resize(v->heap, v, 0);
}

uint64_t names_serial(const struct names_view *v)
{
    return v->serial;
}

size_t names_segments(const struct names_view *v)
{
    return v->n;
}

uint64_t names_documents(const struct names_view *v)
{
    uint64_t n = 0;

    for (size_t i = 0; i < v->n; i++)
        n += segment_count(v->parts[i].segment);
    return n;
}

err names_find(const struct names_view *v, struct arena *a,
               struct search_room *room, const struct search_request *rq,
               struct search_answer *out)
{
    return search_find(a, room, v->parts, v->n, rq, out);
}
