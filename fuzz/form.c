/* Any bytes as a form: a refusal, or fields that are texts. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "http/form.h"
#include "http/percent.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Fields written again are read again as they were. */
static void check_again(struct arena *a, const struct form *f)
{
    struct form again = { 0 };
    struct buf b;
    str text = S("");

    buf_init(&b, a, 1 << 20);
    for (size_t i = 0; i < f->n; i++) {
        percent_encode(&b, f->at[i].name);
        buf_char(&b, '=');
        percent_encode(&b, f->at[i].value);
        buf_char(&b, '&');
    }
    check(!failed(buf_done(&b, &text)));
    check(!failed(form_parse(a, text, &again)) && again.n == f->n);
    for (size_t i = 0; i < f->n; i++) {
        check(str_eq(again.at[i].name, f->at[i].name));
        check(str_eq(again.at[i].value, f->at[i].value));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct form f = { 0 };
    str got = S("");

    arena_init(&a, &h, 64 << 20);
    err e = form_parse(&a, (str){ (const char *)bytes, n }, &f);
    if (failed(e)) {
        check(e.info->code == ERR_INVALID || e.info->code == ERR_LIMIT);
        return 0;
    }
    check(f.n <= FORM_FIELDS);
    for (size_t i = 0; i < f.n; i++) {
        check(percent_is_text(f.at[i].name, PERCENT_LINES));
        check(percent_is_text(f.at[i].value, PERCENT_LINES));
        /* What is got is the only one of its name. */
        if (form_get(&f, f.at[i].name, &got))
            check(str_eq(got, f.at[i].value));
    }
    check_again(&a, &f);
    return 0;
}
