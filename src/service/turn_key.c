#include "service/turn_key.h"

enum { DIGITS_MOST = 10 };

bool turn_key_cut(str *text, int64_t *out)
{
    str digits = str_cut(text, '.');
    bool minus = str_begins(digits, S("-"));
    int64_t n = 0;

    if (minus)
        digits = str_from(digits, 1);
    if (digits.n == 0 || digits.n > DIGITS_MOST)
        return false;
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9')
            return false;
        n = 10 * n + (digits.p[i] - '0');
    }
    *out = minus ? -n : n;
    return n <= INT32_MAX;
}
