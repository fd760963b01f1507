#include "service/streams.h"

#include "base/arena.h"

enum { PAGE = 200 };

/* --- one stream ------------------------------------------------------- */

struct one {
    const struct streams *of;
    struct stream_row *row;
};

static err do_one(struct tx *, struct arena *a, void *context)
{
    const struct one *x = context;

    return x->of->part(a, x->row, x->of->context);
}

/* --- a page of them --------------------------------------------------- */

/* The streams of one kind, as far as they are read. */
struct reading {
    struct streams *of;
    struct arena *kept; /* for what outlives the page */
    enum stream_kind kind;
    str after; /* number of the last */
    bool end;
};

static err do_page(struct tx *tx, struct arena *a, void *context)
{
    struct reading *r = context;
    struct page page = { r->after, PAGE };
    struct list rows;

    TRY(stream_list(tx, a, str_of(stream_names[r->kind]), &page, &rows));

    struct stream_row *streams = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        struct one x = { r->of, &streams[i] };

        TRY(tx_apart(tx, do_one, &x));
    }
    r->of->seen += (int64_t)rows.n;
    r->end = rows.n < PAGE;
    if (!r->end)
        TRY_MEMORY(arena_str(r->kept, streams[rows.n - 1].number, &r->after));
    return OK;
}

err streams_each(struct streams *s, enum stream_kind kind)
{
    struct reading r = { .of = s, .kept = tx_arena(s->tx), .kind = kind };

    while (!r.end)
        TRY(tx_apart(s->tx, do_page, &r));
    return OK;
}
