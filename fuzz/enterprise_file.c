/*
 * Any bytes as a table of enterprises: every line is a good row, once, or a bad
 * one with its reason. [EF1] [EF2]
 */

#include "service/enterprise_file.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/idcode.h"

#include <stdint.h>

enum { TODAY = 20515 }; /* 2026-03-03 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_rows(const struct enterprise_file *f)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct enterprise_row *r = &f->rows[i];

        check(r->name.n > 0 && r->scope.n > 0 && r->uscc.n == 18);
        check(r->registered <= TODAY);
        for (size_t k = 0; k < i; k++)
            check(!str_eq(f->rows[k].uscc, r->uscc));
    }
    for (size_t i = 0; i < f->bad_count; i++) {
        check(f->bad[i].why.info->code == ERR_INVALID);
        check(f->bad[i].line >= 1);
        check(i == 0 || f->bad[i].line > f->bad[i - 1].line);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct enterprise_file file = { .n = SIZE_MAX };
    str text = { (const char *)bytes, n };
    size_t lines = 1;

    for (size_t i = 0; i < n; i++)
        lines += bytes[i] == '\n';
    arena_init(&a, &h, 256 << 20);
    err e = enterprise_file_read(&a, text, TODAY, &file);
    check(failed(e) == (file.n == SIZE_MAX));
    if (failed(e)) {
        check(e.info->code == ERR_INVALID);
        return 0;
    }
    check(file.n + file.bad_count <= lines);
    check_rows(&file);
    return 0;
}
