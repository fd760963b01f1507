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

/* --- decoding ------------------------------------------------------------ */

/* Letters are taken by fives: what five of them say still fits a limb. */
enum { LIMBS = BASE58_BYTES_MAX / 4, GROUP = 5 };

/* A number by 32 bits, its last place first. */
struct limbs {
    uint32_t p[LIMBS];
    size_t n; /* in use */
};

/* number = number * factor + add; false when there are not enough limbs. */
static bool take(struct limbs *number, uint32_t factor, uint32_t add)
{
    uint64_t carry = add;

    for (size_t i = 0; i < number->n; i++) {
        carry += (uint64_t)number->p[i] * factor;
        number->p[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry == 0)
        return true;
    if (number->n == LIMBS)
        return false;
    number->p[number->n++] = (uint32_t)carry;
    return true;
}

/* What each letter stands for, and KNOWN, which other bytes lack. */
enum { KNOWN = 64 };

/* clang-format off */
static const uint8_t values[256] = {
    ['1'] = 64, 65, 66, 67, 68, 69, 70, 71, 72,
    ['A'] = 73, 74, 75, 76, 77, 78, 79, 80,
    ['J'] = 81, 82, 83, 84, 85,
    ['P'] = 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96,
    ['a'] = 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107,
    ['m'] = 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120,
            121,
};
/* clang-format on */

static bool decode_letters(str s, struct limbs *number)
{
    uint32_t group = 0;
    uint32_t factor = 1;

    for (size_t i = 0; i < s.n; i++) {
        uint32_t value = values[(unsigned char)s.p[i]];

        if (value < KNOWN)
            return false;
        group = group * 58 + value - KNOWN;
        factor *= 58;
        if ((i + 1) % GROUP != 0 && i + 1 < s.n)
            continue;
        if (!take(number, factor, group))
            return false;
        group = 0;
        factor = 1;
    }
    return true;
}

/* Byte `i` of the number, from its last one. */
static uint8_t byte_at(const struct limbs *number, size_t i)
{
    return (uint8_t)(number->p[i / 4] >> (i % 4 * 8));
}

static size_t byte_count(const struct limbs *number)
{
    size_t n = number->n * 4;

    while (n > 0 && byte_at(number, n - 1) == 0)
        n--;
    return n;
}

err base58_decode(struct arena *a, str s, str *out, bool *valid)
{
    struct limbs number = { .n = 0 };
    size_t zeros = 0;

    *valid = false;
    while (zeros < s.n && s.p[zeros] == letters[0])
        zeros++;
    if (!decode_letters(str_from(s, zeros), &number))
        return OK;
    size_t n = byte_count(&number);
    if (zeros + n > BASE58_BYTES_MAX)
        return OK;

    char *made = arena_zero(a, zeros + n);
    TRY_MEMORY(made);
    for (size_t i = 0; i < n; i++)
        made[zeros + i] = (char)byte_at(&number, n - 1 - i);
    *out = (str){ made, zeros + n };
    *valid = true;
    return OK;
}
