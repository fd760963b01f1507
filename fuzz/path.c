/* Any bytes as the target of a request: a refusal, or what path.h promises. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "http/path.h"
#include "http/percent.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* [PA2] */
static void check_segments(const struct path *p)
{
    check(p->n <= PATH_SEGMENTS);
    for (size_t i = 0; i < p->n; i++) {
        check(percent_is_text(p->at[i], PERCENT_LINE));
        check(!str_eq(p->at[i], S(".")) && !str_eq(p->at[i], S("..")));
        check(p->at[i].p >= p->text.p &&
              p->at[i].p + p->at[i].n <= p->text.p + p->text.n);
    }
}

/* Written again from its segments a path leads to the same place. */
static void check_again(struct arena *a, const struct path *p)
{
    struct path again = { 0 };
    struct buf b;
    str target = S("");

    buf_init(&b, a, 1 << 20);
    for (size_t i = 0; i < p->n; i++) {
        buf_char(&b, '/');
        percent_encode(&b, p->at[i]);
    }
    if (p->n == 0)
        buf_char(&b, '/');
    check(!failed(buf_done(&b, &target)));
    check(!failed(path_parse(a, target, &again)));
    check(again.n == p->n && str_eq(again.text, p->text));
    for (size_t i = 0; i < p->n; i++)
        check(str_eq(again.at[i], p->at[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct path p = { 0 };

    arena_init(&a, &h, 64 << 20);
    err e = path_parse(&a, (str){ (const char *)bytes, n }, &p);
    if (failed(e)) {
        check(e.info->code == ERR_INVALID && p.text.p == NULL);
        return 0;
    }
    check_segments(&p);
    if (!p.all)
        check_again(&a, &p);
    return 0;
}
