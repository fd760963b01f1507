/* Any bytes as delimited text; the first says which separator and where it is
 * cut.  The fast way finds what the plain one finds, and every value lies in
 * what stands between its ends. [FD2] [FD3] */

#include "base/check.h"
#include "codec/fields.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_values(const struct fields *f, str text, const uint32_t *ends,
                         size_t n)
{
    size_t from = 0;

    for (size_t i = 0; i < n; i++) {
        str between = { text.p + from, ends[i] - from };
        bool doubled;
        str value = fields_value(f, between, &doubled);

        check(ends[i] >= from && ends[i] < text.n);
        check(value.n <= between.n && value.p >= between.p);
        check(!doubled || str_contains(value, S("\"")));
        from = (size_t)ends[i] + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const char separators[] = { ',', ';', '\t', '|' };

    if (n < 2)
        return 0;

    str text = { (const char *)bytes + 2, n - 2 };
    struct fields fast = { .separator = separators[bytes[0] % 4],
                           .quotes = bytes[0] < 128 };
    struct fields plain = fast;
    uint32_t *found = malloc((text.n + 1) * sizeof *found);
    uint32_t *right = malloc((text.n + 1) * sizeof *right);
    size_t cut = text.n * bytes[1] / 256;

    check(found != NULL && right != NULL);
    size_t first = fields_ends(&fast, str_first(text, cut), found);
    size_t all = first + fields_ends(&fast, str_from(text, cut), found + first);
    for (size_t i = first; i < all; i++)
        found[i] += (uint32_t)cut;
    check(all == fields_ends_plain(&plain, text, right));
    check(memcmp(found, right, all * sizeof *found) == 0);
    check(fast.open == plain.open);
    check_values(&fast, text, found, all);
    free(found);
    free(right);
    return 0;
}
