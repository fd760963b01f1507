#include "codec/pdf.h"

#include "base/arena.h"
#include "base/buf.h"

#include <stdlib.h>

enum { ENTRY = 20, OFFSET_DIGITS = 10, TAIL = 1024 };

/* --- reading ------------------------------------------------------------ */

struct reading {
    struct arena *a;
    str bytes;
    size_t at;
};

static err wrong(const struct reading *r)
{
    return err_new(r->a, ERR_INVALID, "pdf.form", ARG_INT("at", r->at));
}

static bool take(struct reading *r, str word)
{
    if (!str_begins(str_from(r->bytes, r->at), word))
        return false;
    r->at += word.n;
    return true;
}

/* Decimal digits, as many as there are, but no more than a size has. */
static bool take_number(struct reading *r, size_t *out)
{
    size_t from = r->at;
    size_t n = 0;

    while (r->at < r->bytes.n && r->at - from <= OFFSET_DIGITS) {
        char c = r->bytes.p[r->at];

        if (c < '0' || c > '9')
            break;
        n = n * 10 + (size_t)(c - '0');
        r->at++;
    }
    *out = n;
    return r->at > from && r->at - from <= OFFSET_DIGITS;
}

/* The last "startxref", and where it leads: an object may say it too. */
static bool find_table(struct reading *r, size_t *out)
{
    size_t at = r->bytes.n > TAIL ? r->bytes.n - TAIL : 0;

    while (at < r->bytes.n) {
        r->at = at;
        at++;
        at += str_find(str_from(r->bytes, at), S("startxref\n"));
    }
    return take(r, S("startxref\n")) && take_number(r, out) &&
           take(r, S("\n%%EOF\n")) && r->at == r->bytes.n && *out < r->bytes.n;
}

/* One line of the table: "0000000015 00000 n \n". */
static bool take_entry(struct reading *r, size_t *offset, bool *used)
{
    size_t from = r->at;
    size_t generation;

    if (!take_number(r, offset) || r->at - from != OFFSET_DIGITS ||
        !take(r, S(" ")) || !take_number(r, &generation) || !take(r, S(" ")))
        return false;
    *used = take(r, S("n \n"));
    return (*used ? generation == 0 : take(r, S("f \n"))) &&
           r->at - from == ENTRY;
}

static err read_offsets(struct reading *r, size_t *offsets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool used;

        if (!take_entry(r, &offsets[i], &used) || used == (i == 0) ||
            (used && offsets[i] >= r->bytes.n))
            return wrong(r);
    }
    return OK;
}

/* "/Key 12 0 R" in the trailer. */
static bool find_reference(struct reading *r, str text, str key, size_t *out)
{
    struct reading in = { r->a, text, str_find(text, key) };

    return take(&in, key) && take_number(&in, out) && take(&in, S(" 0 R"));
}

static err read_trailer(struct reading *r, struct pdf *p)
{
    str rest = str_from(r->bytes, r->at);
    str text = str_first(rest, str_find(rest, S("startxref\n")));

    if (!str_begins(text, S("trailer\n")) || str_contains(text, S("/Prev")) ||
        !find_reference(r, text, S("/Root "), &p->root) || p->root >= p->count)
        return wrong(r);
    if (!find_reference(r, text, S("/Info "), &p->info))
        p->info = 0;
    return p->info < p->count ? OK : wrong(r);
}

/* The object that begins where we are, and ends where the next begins. */
static err read_object(struct reading *r, const size_t *offsets, size_t end,
                       struct pdf *p)
{
    struct pdf_object *objects = NULL;
    size_t number;
    size_t from = r->at;
    str whole;

    memcpy(&objects, &p->objects, sizeof objects);
    if (!take_number(r, &number) || !take(r, S(" 0 obj\n")) || number == 0 ||
        number >= p->count || offsets[number] != from || end < r->at)
        return wrong(r);
    whole = str_first(str_from(r->bytes, r->at), end - r->at);
    if (!str_ends(whole, S("endobj\n")))
        return wrong(r);
    objects[number] =
        (struct pdf_object){ number,
                             str_first(whole, whole.n - S("endobj\n").n) };
    r->at = end;
    return OK;
}

/* Where the next object after `at` begins, or else the table. */
static size_t next_offset(const size_t *sorted, size_t n, size_t i,
                          size_t table)
{
    return i + 1 < n ? sorted[i + 1] : table;
}

static int by_size(const void *x, const void *y)
{
    const size_t *a = x;
    const size_t *b = y;

    return (*a > *b) - (*a < *b);
}

static err read_objects(struct reading *r, const size_t *offsets, size_t table,
                        struct pdf *p)
{
    size_t n = p->count - 1;
    size_t *sorted = arena_array(r->a, n, sizeof *sorted);
    size_t *order = arena_array(r->a, n, sizeof *order);

    TRY_MEMORY(sorted != NULL && order != NULL);
    for (size_t i = 0; i < n; i++)
        sorted[i] = offsets[i + 1];
    qsort(sorted, n, sizeof *sorted, by_size);
    p->head = str_first(r->bytes, sorted[0]);
    for (size_t i = 0; i < n; i++) {
        struct reading at = { r->a, r->bytes, sorted[i] };

        if (!take_number(&at, &order[i]))
            return wrong(&at);
        r->at = sorted[i];
        TRY(read_object(r, offsets, next_offset(sorted, n, i, table), p));
    }
    p->order = order;
    p->used = n;
    return OK;
}

err pdf_open(struct arena *a, str bytes, struct pdf *out)
{
    struct reading r = { a, bytes, 0 };
    struct pdf p = { 0 };
    size_t table = 0;
    size_t *offsets;

    if (!take(&r, S("%PDF-1.")) || bytes.n > PDF_BYTES ||
        !find_table(&r, &table))
        return wrong(&r);
    r.at = table;
    if (!take(&r, S("xref\n0 ")) || !take_number(&r, &p.count) ||
        !take(&r, S("\n")) || p.count < 2 || p.count > PDF_OBJECTS)
        return wrong(&r);
    offsets = arena_array(a, p.count, sizeof *offsets);
    p.objects = arena_array(a, p.count, sizeof *p.objects);
    TRY_MEMORY(offsets != NULL && p.objects != NULL);
    TRY(read_offsets(&r, offsets, p.count));
    TRY(read_trailer(&r, &p));
    TRY(read_objects(&r, offsets, table, &p));
    *out = p;
    return OK;
}

/* --- writing ------------------------------------------------------------- */

struct writing {
    struct buf b;
    size_t *offsets;
    const struct pdf_change *changes;
    size_t n;
};

static void put_object(struct writing *w, size_t number, str body)
{
    w->offsets[number] = w->b.n;
    buf_int(&w->b, (int64_t)number);
    buf_str(&w->b, S(" 0 obj\n"));
    buf_str(&w->b, body);
    buf_str(&w->b, S("endobj\n"));
}

static str body_of(const struct writing *w, const struct pdf_object *o)
{
    for (size_t i = 0; i < w->n; i++) {
        if (w->changes[i].number == o->number)
            return w->changes[i].body;
    }
    return o->body;
}

static void put_table(struct writing *w, const struct pdf *p, size_t count)
{
    size_t table = w->b.n;

    buf_printf(&w->b, "xref\n0 %zu\n0000000000 65535 f \n", count);
    for (size_t i = 1; i < count; i++)
        buf_printf(&w->b, "%010zu 00000 n \n", w->offsets[i]);
    buf_printf(&w->b, "trailer\n<< /Size %zu\n   /Root %zu 0 R\n", count,
               p->root);
    if (p->info > 0)
        buf_printf(&w->b, "   /Info %zu 0 R\n", p->info);
    buf_printf(&w->b, ">>\nstartxref\n%zu\n%%%%EOF\n", table);
}

err pdf_write(struct arena *a, const struct pdf *p,
              const struct pdf_change *changes, size_t n, str *out)
{
    struct writing w = { .changes = changes, .n = n };
    size_t count = p->count;

    for (size_t i = 0; i < n; i++)
        count += changes[i].number >= p->count ? 1 : 0;
    w.offsets = arena_array(a, count, sizeof *w.offsets);
    TRY_MEMORY(w.offsets);
    buf_init(&w.b, a, PDF_BYTES);
    buf_str(&w.b, p->head);
    for (size_t i = 0; i < p->used; i++) {
        const struct pdf_object *o = &p->objects[p->order[i]];

        put_object(&w, o->number, body_of(&w, o));
    }
    for (size_t i = 0; i < n; i++) {
        if (changes[i].number >= p->count && changes[i].number < count)
            put_object(&w, changes[i].number, changes[i].body);
    }
    put_table(&w, p, count);
    return buf_done(&w.b, out);
}
