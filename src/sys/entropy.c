#include "sys/entropy.h"

#include "base/check.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

bool entropy_system_fill(struct entropy *, void *p, size_t n)
{
    uint8_t *at = p;

    while (n > 0) {
        ssize_t got = getrandom(at, n, 0);
        if (got < 0 && errno != EINTR)
            return false;
        if (got > 0) {
            at += got;
            n -= (size_t)got;
        }
    }
    return true;
}

static uint32_t turn(uint32_t x, int by)
{
    return x << by | x >> (32 - by);
}

static void quarter_round(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d)
{
    *a += *b;
    *d = turn(*d ^ *a, 16);
    *c += *d;
    *b = turn(*b ^ *c, 12);
    *a += *b;
    *d = turn(*d ^ *a, 8);
    *c += *d;
    *b = turn(*b ^ *c, 7);
}

/* Block `block` of the ChaCha20 stream: the key is the seed, little end first,
 * and zeros; the nonce is zero. */
static void chacha_block(uint64_t seed, uint64_t block, uint8_t out[static 64])
{
    const uint32_t start[16] = {
        0x61707865,
        0x3320646e,
        0x79622d32,
        0x6b206574,
        (uint32_t)seed,
        (uint32_t)(seed >> 32),
        [12] = (uint32_t)block,
        [13] = (uint32_t)(block >> 32),
    };
    uint32_t x[16];

    memcpy(x, start, sizeof x);
    for (int round = 0; round < 20; round += 2) {
        for (int i = 0; i < 4; i++)
            quarter_round(&x[i], &x[4 + i], &x[8 + i], &x[12 + i]);
        for (int i = 0; i < 4; i++)
            quarter_round(&x[i], &x[4 + (i + 1) % 4], &x[8 + (i + 2) % 4],
                          &x[12 + (i + 3) % 4]);
    }
    for (int i = 0; i < 64; i++)
        out[i] = (uint8_t)((x[i / 4] + start[i / 4]) >> (i % 4 * 8));
}

/* The caller holds the mutex. */
static uint8_t next_byte(struct entropy_seeded *e)
{
    if (e->left == 0) {
        chacha_block(e->seed, e->block, e->bytes);
        e->block++;
        e->left = sizeof e->bytes;
    }
    uint8_t byte = e->bytes[sizeof e->bytes - e->left];
    e->left--;
    return byte;
}

static bool seeded_fill(struct entropy *source, void *p, size_t n)
{
    struct entropy_seeded *e = (struct entropy_seeded *)source;
    uint8_t *to = p;

    check(pthread_mutex_lock(&e->mutex) == 0);
    for (size_t i = 0; i < n; i++)
        to[i] = next_byte(e);
    check(pthread_mutex_unlock(&e->mutex) == 0);
    return true;
}

void entropy_seeded_init(struct entropy_seeded *e, uint64_t seed)
{
    *e = (struct entropy_seeded){ .entropy = { seeded_fill }, .seed = seed };
    check(pthread_mutex_init(&e->mutex, NULL) == 0);
}

void entropy_seeded_end(struct entropy_seeded *e)
{
    check(pthread_mutex_destroy(&e->mutex) == 0);
}

err entropy_fill(struct entropy *e, void *p, size_t n)
{
    static const struct err_arg none[] = { { 0 } };
    static const struct err_info unavailable = {
        .code = ERR_IO,
        .id = "entropy.unavailable",
        .where = ERR_HERE,
        .args = none,
    };

    if (!e->fill(e, p, n))
        return (err){ &unavailable };
    return OK;
}

err entropy_id(struct entropy *e, id *out)
{
    id drawn;

    do
        TRY(entropy_fill(e, &drawn, sizeof drawn));
    while (id_is_zero(drawn));

    *out = drawn;
    return OK;
}

err entropy_ids(struct entropy *e, id *out, size_t n)
{
    TRY(entropy_fill(e, out, n * sizeof *out));
    for (size_t i = 0; i < n; i++) {
        if (id_is_zero(out[i]))
            TRY(entropy_id(e, &out[i]));
    }
    return OK;
}

void entropy_date_id(id *x, int64_t micros)
{
    uint64_t millis = (uint64_t)micros / 1000;

    for (size_t i = 0; i < 6; i++)
        x->b[i] = (uint8_t)(millis >> (40 - 8 * i));
}
