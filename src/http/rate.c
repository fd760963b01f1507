#include "http/rate.h"

#include "base/arena.h"
#include "base/check.h"

#include <string.h>

enum { WAYS = 8, SETS = RATE_BUCKETS / WAYS };

/* Empty while `full_at` lies behind. */
struct bucket {
    uint64_t network; /* the bytes that share an allowance */
    bool six;
    int kind;
    int64_t full_at;
};

struct rates {
    const struct rate *of;
    int kinds;
    uint64_t seed;
    struct bucket buckets[SETS][WAYS];
};

err rates_new(struct arena *a, const struct rate *of, int kinds, uint64_t seed,
              struct rates **out)
{
    struct rates *r = arena_zero(a, sizeof *r);

    TRY_MEMORY(r);
    check(kinds > 0 && kinds <= RATE_KINDS_MAX);
    r->of = of;
    r->kinds = kinds;
    r->seed = seed;
    for (int i = 0; i < SETS * WAYS; i++)
        r->buckets[i / WAYS][i % WAYS].full_at = INT64_MIN;
    *out = r;
    return OK;
}

/* [RA1] */
static uint64_t network_of(const struct peer *p)
{
    uint64_t n = 0;

    for (int i = 0; i < (p->six ? 8 : 4); i++)
        n = n << 8 | p->bytes[i];
    return n;
}

/* [RA3]  The last steps of MurmurHash3 (Appleby, public domain). */
static uint64_t mixed(uint64_t x)
{
    x ^= x >> 33;
    x *= UINT64_C(0xff51afd7ed558ccd);
    x ^= x >> 33;
    x *= UINT64_C(0xc4ceb9fe1a85ec53);
    return x ^ x >> 33;
}

static struct bucket *set_of(struct rates *r, const struct bucket *b)
{
    uint64_t of_kind = (uint64_t)b->kind * 2 + (b->six ? 1 : 0);

    return r->buckets[mixed(mixed(b->network ^ r->seed) ^ of_kind) % SETS];
}

static bool same(const struct bucket *x, const struct bucket *y)
{
    return x->network == y->network && x->six == y->six && x->kind == y->kind;
}

/* Its own place, or that of the bucket which is full soonest [RA2]. */
static struct bucket *place_of(struct rates *r, const struct bucket *b)
{
    struct bucket *set = set_of(r, b);
    struct bucket *soonest = set;

    for (int i = 0; i < WAYS; i++) {
        if (same(&set[i], b))
            return &set[i];
        if (set[i].full_at < soonest->full_at)
            soonest = &set[i];
    }
    *soonest = *b;
    return soonest;
}

int64_t rates_take(struct rates *r, const struct peer *p, int kind, int64_t now)
{
    const struct bucket wanted = {
        .network = network_of(p),
        .six = p->six,
        .kind = kind,
        .full_at = INT64_MIN,
    };

    check(kind >= 0 && kind < r->kinds);
    const struct rate *rate = &r->of[kind];
    struct bucket *b = place_of(r, &wanted);
    int64_t from = b->full_at > now ? b->full_at : now;
    /* with one token less it must not be emptier than empty */
    int64_t wait = from + rate->every - (now + rate->burst * rate->every);

    if (wait > 0) /* [RA4] */
        return wait;
    b->full_at = from + rate->every;
    return 0;
}
