/* Any bytes as a form with files: a refusal, or slices of them. */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "http/percent.h"
#include "http/upload.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* [UP3] */
static void check_within(str part, str whole)
{
    check(part.n <= whole.n);
    check(part.n == 0 ||
          (part.p >= whole.p && part.p + part.n <= whole.p + whole.n));
}

/* [UP2] [UP4] */
static void check_parts(const struct upload *u, str body)
{
    check(u->form.n <= FORM_FIELDS && u->n <= UPLOAD_FILES);
    for (size_t i = 0; i < u->form.n; i++) {
        check_within(u->form.at[i].value, body);
        check(percent_is_text(u->form.at[i].name, PERCENT_LINE));
        check(percent_is_text(u->form.at[i].value, PERCENT_LINES));
    }
    for (size_t i = 0; i < u->n; i++) {
        check_within(u->files[i].bytes, body);
        check(percent_is_text(u->files[i].name, PERCENT_LINE));
        check(str_index(u->files[i].name, '/') == u->files[i].name.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const str body = { (const char *)bytes, n };
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct upload u = { 0 };

    arena_init(&a, &h, 64 << 20);
    err e = upload_parse(&a, S("multipart/form-data; boundary=x"), body, &u);
    if (failed(e)) {
        check(e.info->code == ERR_INVALID || e.info->code == ERR_LIMIT);
        return 0;
    }
    check_parts(&u, body);
    return 0;
}
