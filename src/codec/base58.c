#include "codec/base58.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"

#include <stdint.h>

static const char letters[] =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/* A byte takes 1.37 letters. */
enum { LETTERS_MAX = BASE58_BYTES_MAX * 138 / 100 + 1 };

/* A number of any base, its last place first. */
struct places {
    uint8_t *p;
    size_t n;    /* places in use */
    size_t size; /* places there are */
};

/* number = number * factor + add, its places being of base `base`; false when
 * there are not enough of them. */
static bool multiply_add(struct places *number, uint32_t factor, uint32_t add,
                         uint32_t base)
{
    uint32_t carry = add;

    for (size_t i = 0; i < number->n || carry > 0; i++) {
        if (i == number->size)
            return false;
        if (i == number->n)
            number->p[number->n++] = 0;
        carry += number->p[i] * factor;
        number->p[i] = (uint8_t)(carry % base);
        carry /= base;
    }
    return true;
}

void base58_encode(struct buf *b, const void *p, size_t n)
{
    const uint8_t *in = p;
    uint8_t digits[LETTERS_MAX];
    struct places number = { digits, 0, sizeof digits };
    size_t zeros = 0;

    check(n <= BASE58_BYTES_MAX);
    for (; zeros < n && in[zeros] == 0; zeros++)
        buf_char(b, letters[0]);
    for (size_t i = zeros; i < n; i++)
        check(multiply_add(&number, 256, in[i], 58));
    while (number.n > 0)
        buf_char(b, letters[number.p[--number.n]]);
}

static bool decode_letters(str s, struct places *number)
{
    str alphabet = { letters, sizeof letters - 1 };

    for (size_t i = 0; i < s.n; i++) {
        size_t value = str_index(alphabet, s.p[i]);

        if (value == alphabet.n ||
            !multiply_add(number, 58, (uint32_t)value, 256))
            return false;
    }
    return true;
}

err base58_decode(struct arena *a, str s, str *out, bool *valid)
{
    uint8_t bytes[BASE58_BYTES_MAX];
    struct places number = { bytes, 0, sizeof bytes };
    size_t zeros = 0;

    while (zeros < s.n && s.p[zeros] == letters[0])
        zeros++;
    if (!decode_letters(str_from(s, zeros), &number) ||
        zeros + number.n > BASE58_BYTES_MAX) {
        *valid = false;
        return OK;
    }

    char *made = arena_zero(a, zeros + number.n);
    TRY_MEMORY(made);
    *out = (str){ made, zeros + number.n };
    for (size_t i = zeros; number.n > 0; i++)
        made[i] = (char)number.p[--number.n];
    *valid = true;
    return OK;
}
