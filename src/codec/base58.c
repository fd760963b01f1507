#include "codec/base58.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"

#include <stdint.h>

static const char letters[] =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/* A byte takes 1.37 letters. */
enum { LETTERS_MAX = BASE58_BYTES_MAX * 138 / 100 + 1 };

/* Five letters at a time, which a signature is written ten times faster with.
 */
enum { FIVE = 58 * 58 * 58 * 58 * 58, FIVES_MAX = LETTERS_MAX / 5 + 1 };

/* number = number * 256 + add, its `n` places being of base FIVE, the last
 * first. */
static size_t add_byte(uint32_t fives[static FIVES_MAX], size_t n, uint8_t add)
{
    uint64_t carry = add;

    for (size_t i = 0; i < n || carry > 0; i++) {
        check(i < FIVES_MAX);
        carry += i < n ? (uint64_t)fives[i] << 8 : 0;
        fives[i] = (uint32_t)(carry % FIVE);
        carry /= FIVE;
        n = i == n ? n + 1 : n;
    }
    return n;
}

/* Without zeros before the first. */
static void put_fives(struct buf *b, const uint32_t *fives, size_t n)
{
    bool begun = false;

    while (n-- > 0) {
        uint32_t left = fives[n];

        for (uint32_t unit = FIVE / 58; unit > 0; unit /= 58) {
            begun = begun || left / unit > 0;
            if (begun)
                buf_char(b, letters[left / unit]);
            left %= unit;
        }
    }
}

void base58_encode(struct buf *b, const void *p, size_t n)
{
    const uint8_t *in = p;
    uint32_t fives[FIVES_MAX];
    size_t used = 0;
    size_t zeros = 0;

    check(n <= BASE58_BYTES_MAX);
    for (; zeros < n && in[zeros] == 0; zeros++)
        buf_char(b, letters[0]);
    for (size_t i = zeros; i < n; i++)
        used = add_byte(fives, used, in[i]);
    put_fives(b, fives, used);
}

/* A number of base 256, its last place first. */
struct places {
    uint8_t *p;
    size_t n;    /* places in use */
    size_t size; /* places there are */
};

/* number = number * 58 + add; false when there are not enough places. */
static bool add_letter(struct places *number, uint32_t add)
{
    uint32_t carry = add;

    for (size_t i = 0; i < number->n || carry > 0; i++) {
        if (i == number->size)
            return false;
        if (i == number->n)
            number->p[number->n++] = 0;
        carry += number->p[i] * 58U;
        number->p[i] = (uint8_t)carry;
        carry >>= 8;
    }
    return true;
}

static bool decode_letters(str s, struct places *number)
{
    str alphabet = { letters, sizeof letters - 1 };

    for (size_t i = 0; i < s.n; i++) {
        size_t value = str_index(alphabet, s.p[i]);

        if (value == alphabet.n || !add_letter(number, (uint32_t)value))
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
