/* Any bytes as a PDF file: refused with the place where it is not as cairo
 * writes it, or taken apart into objects that lie side by side, and written
 * anew with every one of them as it was. [PDF1]..[PDF3] */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* [PDF1]  Each body lies in the file, and after the one before it. */
static void check_places(str file, const struct pdf *p)
{
    const char *at = file.p + p->head.n;

    check(p->count >= 2 && p->used == p->count - 1);
    check(p->root < p->count && p->info < p->count);
    check(p->head.p == file.p && p->head.n <= file.n);
    for (size_t i = 0; i < p->used; i++) {
        const struct pdf_object *o = &p->objects[p->order[i]];

        check(p->order[i] > 0 && p->order[i] < p->count);
        check(o->number == p->order[i] && o->body.p > at);
        at = o->body.p + o->body.n;
        check(at < file.p + file.n);
    }
}

static void check_same(const struct pdf *p, const struct pdf *q)
{
    check(p->count == q->count && p->root == q->root && p->info == q->info);
    check(str_eq(p->head, q->head));
    for (size_t i = 1; i < p->count; i++)
        check(str_eq(p->objects[i].body, q->objects[i].body));
}

/* [PDF2]  One more object, and the first one longer. */
static void check_changed(struct arena *a, const struct pdf *p)
{
    const struct pdf_change changes[] = {
        { 1, S_INIT("<< /Longer (than it was before) >>\n") },
        { p->count, S_INIT("<< /New true >>\n") },
    };
    struct pdf q = { 0 };
    str out = S("");

    check(!failed(pdf_write(a, p, changes, 2, &out)));
    check(!failed(pdf_open(a, out, &q)));
    check(q.count == p->count + 1);
    check(str_eq(q.objects[1].body, changes[0].body));
    check(str_eq(q.objects[p->count].body, changes[1].body));
    for (size_t i = 2; i < p->count; i++)
        check(str_eq(p->objects[i].body, q.objects[i].body));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str s = { (const char *)bytes, n };
    struct pdf p = { 0 };
    struct pdf q = { 0 };
    str out = S("");

    arena_init(&a, &h, 64 << 20);
    err e = pdf_open(&a, s, &p);
    if (failed(e)) {
        check(err_is(e, ERR_INVALID) && p.count == 0);
        check(e.info->args[0].number >= 0);
        check((uint64_t)e.info->args[0].number <= n);
        return 0;
    }
    check_places(s, &p);
    check(!failed(pdf_write(&a, &p, NULL, 0, &out)));
    check(!failed(pdf_open(&a, out, &q))); /* [PDF3] */
    check_same(&p, &q);
    check_changed(&a, &p);
    return 0;
}
