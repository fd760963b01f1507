/* Any bytes as UTF-8: what is read is written again as the same bytes, and
 * checking, counting and cutting agree with reading. */

#include "base/check.h"
#include "codec/utf8.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Code points up to the first malformed byte; *at is where that stands. */
static size_t read_all(str s, size_t *at)
{
    uint32_t c = 0;
    size_t n = 0;
    size_t from = 0;

    *at = 0;
    while (utf8_next(s, at, &c)) {
        char text[UTF8_MAX];
        size_t length = utf8_write(c, text);

        check(*at - from == length);
        check(str_eq((str){ text, length }, (str){ s.p + from, length }));
        from = *at;
        n++;
    }
    check(*at == from);
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    str s = { (const char *)bytes, n };
    size_t at;
    size_t count = SIZE_MAX;
    size_t read = read_all(s, &at);
    bool good = utf8_check(s, &count);

    check(good == (at == n));
    check(count == (good ? read : SIZE_MAX));
    check(utf8_first(s, read).n == at);
    check(utf8_check(utf8_first(s, read / 2), &count) && count == read / 2);
    check(utf8_first(s, n).n == n);
    return 0;
}
