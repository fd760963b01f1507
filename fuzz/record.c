/* Any bytes as the JSON of a record, and as words of a command line: a refusal
 * that names a path, or a struct that is written and read again as itself. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/json.h"
#include "codec/record_test_sample.h"

#include <stdint.h>

enum { WORDS_MAX = 50 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static str canonical(struct arena *a, const struct json *j)
{
    struct buf b;
    str out;

    buf_init(&b, a, 16 << 20);
    json_canonical(&b, j);
    check(!failed(buf_done(&b, &out)));
    return out;
}

static str written(struct arena *a, const struct sample *s)
{
    struct json *j;

    check(!failed(record_write(a, &sample_record, s, &j)));
    return canonical(a, j);
}

static void check_record(struct arena *a, const struct json *j)
{
    struct sample s = { 0 };
    struct sample again = { 0 };
    struct json *back;
    err e = record_read(a, &sample_record, j, &s);

    if (failed(e)) {
        check(e.info->code == ERR_INVALID);
        check(err_arg_text(e, "path").n > 0);
        return;
    }
    str text = written(a, &s);
    check(!failed(json_parse(a, text, &back)));
    check(!failed(record_read(a, &sample_record, back, &again)));
    check(str_eq(written(a, &again), text));
}

/* A line each. */
static void check_words(struct arena *a, str text)
{
    str words[WORDS_MAX];
    size_t n = 0;
    struct json *j = NULL;

    for (str rest = text; rest.p != NULL && n < WORDS_MAX; n++)
        words[n] = str_cut(&rest, '\n');
    err e = record_words(a, &sample_record, words, n, &j);
    check(failed(e) == (j == NULL));
    if (failed(e)) {
        check(e.info->code == ERR_INVALID);
        return;
    }
    (void)canonical(a, j); /* which checks that no key stands twice */
    check_record(a, j);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str text = { (const char *)bytes, n };
    struct json *j;

    arena_init(&a, &h, 256 << 20);
    if (!failed(json_parse(&a, text, &j)))
        check_record(&a, j);
    check_words(&a, text);
    return 0;
}
