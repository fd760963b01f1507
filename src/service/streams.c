#include "service/streams.h"

#include "base/arena.h"

enum { PART_ARENA = 256 << 20, PAGE = 200 };

err apart(struct tx *tx, struct arena *kept, apart_work *work, void *context)
{
    scoped(arena_end) struct arena a;
    struct arena *before;

    arena_init(&a, kept->heap, PART_ARENA);
    before = tx_use_arena(tx, &a);
    err e = err_keep(kept, work(&a, context));
    (void)tx_use_arena(tx, before);
    return e;
}

/* --- one stream ------------------------------------------------------- */

struct one {
    const struct streams *of;
    struct stream_row *row;
};

static err do_one(struct arena *a, void *context)
{
    const struct one *x = context;

    return x->of->part(a, x->row, x->of->context);
}

/* --- a page of them --------------------------------------------------- */

/* The streams of one kind, as far as they are read. */
struct reading {
    struct streams *of;
    enum stream_kind kind;
    str after; /* number of the last */
    bool end;
};

static err do_page(struct arena *a, void *context)
{
    struct reading *r = context;
    struct streams *s = r->of;
    struct page page = { r->after, PAGE };
    struct list rows;

    TRY(stream_list(s->tx, a, str_of(stream_names[r->kind]), &page, &rows));

    struct stream_row *streams = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        struct one x = { s, &streams[i] };

        TRY(apart(s->tx, s->kept, do_one, &x));
    }
    s->seen += (int64_t)rows.n;
    r->end = rows.n < PAGE;
    if (!r->end) /* the number must outlive the page */
        TRY_MEMORY(arena_str(s->kept, streams[rows.n - 1].number, &r->after));
    return OK;
}

err streams_each(struct streams *s, enum stream_kind kind)
{
    struct reading r = { .of = s, .kind = kind };

    while (!r.end)
        TRY(apart(s->tx, s->kept, do_page, &r));
    return OK;
}
