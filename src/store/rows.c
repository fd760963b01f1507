#include "store/rows.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"

enum { ROWS_FIRST = 16 };

err row_maybe(struct query *q, struct arena *a, const struct row_kind *k,
              void *out, bool *found)
{
    bool row;

    TRY(query_next(q, &row));
    if (!row) {
        *found = false;
        return OK;
    }
    void *got = arena_zero(a, k->size);
    TRY_MEMORY(got);
    k->read(q, a, got);
    TRY(query_done(q));
    memcpy(out, got, k->size);
    *found = true;
    return OK;
}

err row_one(struct query *q, struct arena *a, const struct row_kind *k,
            void *out)
{
    void *got = arena_zero(a, k->size);

    TRY_MEMORY(got);
    TRY(query_one(q));
    k->read(q, a, got);
    TRY(query_done(q));
    memcpy(out, got, k->size);
    return OK;
}

bool rows_grow(struct arena *a, struct list *l, size_t size, size_t *room)
{
    if (l->n < *room)
        return true;

    size_t more = *room == 0 ? ROWS_FIRST : *room * 2;
    void *p = arena_array(a, more, size);
    if (p == NULL)
        return false;
    if (l->n > 0)
        memcpy(p, l->p, l->n * size);
    l->p = p;
    *room = more;
    return true;
}

err rows_all(struct query *q, struct arena *a, const struct row_kind *k,
             struct list *out)
{
    struct list l = { 0 };
    size_t room = 0;
    bool found;

    for (;;) {
        TRY(query_next(q, &found));
        if (!found)
            break;
        TRY_MEMORY(rows_grow(a, &l, k->size, &room));
        k->read(q, a, (char *)l.p + l.n * k->size);
        TRY(query_done(q));
        l.n++;
    }
    *out = l;
    return OK;
}

/* What was wrong with the row, as one more element of `l`. */
static err note_row(struct arena *a, err why, struct list *l, size_t *room)
{
    if (!err_is(why, ERR_CORRUPT))
        return why;
    TRY_MEMORY(rows_grow(a, l, sizeof why, room));
    ((err *)l->p)[l->n++] = why;
    return OK;
}

err rows_sound(struct query *q, struct arena *a, const struct row_kind *k,
               struct list *out, struct list *left_out)
{
    struct list sound = { 0 };
    struct list bad = { 0 };
    size_t room = 0;
    size_t bad_room = 0;
    bool found;

    for (;;) {
        TRY(query_next(q, &found));
        if (!found)
            break;
        TRY_MEMORY(rows_grow(a, &sound, k->size, &room));
        k->read(q, a, (char *)sound.p + sound.n * k->size);
        err e = query_row_done(q);
        if (failed(e))
            TRY(note_row(a, e, &bad, &bad_room));
        else
            sound.n++;
    }
    *out = sound;
    *left_out = bad;
    return OK;
}

err rows_page(struct query *q, struct arena *a, const struct page *p,
              const struct row_kind *k, struct list *out)
{
    check(p->limit >= 1 && p->limit <= STORE_PAGE_MAX);
    query_bind_str(q, 1, p->after);
    query_bind_int(q, 2, p->limit);
    return rows_all(q, a, k, out);
}

err rows_like(struct arena *a, str words, str *out)
{
    struct buf b;

    buf_init(&b, a, 2 * words.n + 2);
    buf_char(&b, '%');
    for (size_t i = 0; i < words.n; i++) {
        char c = words.p[i];

        if (c == '%' || c == '_' || c == '!')
            buf_char(&b, '!');
        buf_char(&b, c);
    }
    buf_char(&b, '%');
    return buf_done(&b, out);
}
