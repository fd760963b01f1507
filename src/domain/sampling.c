#include "domain/sampling.h"

#include "base/check.h"
#include "base/statistics.h"
#include "crypto/hash.h"

struct hash sampling_commitment(const struct hash *nonce)
{
    struct hash out;

    sha256(nonce->b, sizeof nonce->b, out.b);
    return out;
}

struct hash sampling_seed(const struct hash *list, const struct hash *body,
                          const struct hash *enterprise)
{
    uint8_t all[96];
    struct hash out;

    memcpy(all, list->b, 32);
    memcpy(all + 32, body->b, 32);
    memcpy(all + 64, enterprise->b, 32);
    sha256(all, sizeof all, out.b);
    return out;
}

static void put_u64be(uint8_t out[static 8], uint64_t n)
{
    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)(n >> (56 - 8 * i));
}

static uint64_t get_u64be(const uint8_t in[static 8])
{
    uint64_t n = 0;

    for (int i = 0; i < 8; i++)
        n = n << 8 | in[i];
    return n;
}

/* The next number below `bound` of the seed's sequence [SA3]. */
static uint64_t next_below(const struct hash *seed, uint64_t *counter,
                           uint64_t bound)
{
    const uint64_t fair = UINT64_MAX - UINT64_MAX % bound;

    for (;;) {
        uint8_t in[40];
        uint8_t out[32];

        memcpy(in, seed->b, 32);
        put_u64be(in + 32, (*counter)++);
        sha256(in, sizeof in, out);

        uint64_t n = get_u64be(out);
        if (n < fair)
            return n % bound;
    }
}

/* A shuffle touches few places of a long list: only those are kept. */
struct touched {
    int64_t place;
    int64_t row;
};

static int64_t *row_at(struct touched *t, size_t *n, int64_t place)
{
    for (size_t i = 0; i < *n; i++) {
        if (t[i].place == place)
            return &t[i].row;
    }
    t[*n] = (struct touched){ place, place };
    return &t[(*n)++].row;
}

int64_t sampling_row(const struct hash *seed, int64_t size, int64_t position)
{
    struct touched touched[2 * CUSTOMER_MAX];
    size_t n = 0;
    uint64_t counter = 0;
    int64_t row = 0;

    check(position >= 1 && position <= size && position <= CUSTOMER_MAX);
    for (int64_t p = 1; p <= position; p++) {
        uint64_t left = (uint64_t)(size - p + 1);
        int64_t other = p + (int64_t)next_below(seed, &counter, left);
        int64_t *here = row_at(touched, &n, p);
        int64_t *there = row_at(touched, &n, other);

        row = *there;
        *there = *here;
        *here = row;
    }
    return row;
}

static int64_t least_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t sampling_wanted(const struct state *s)
{
    const struct sample_state *x = &s->sample;
    int64_t most = s->scheme->sample.most;

    if (x->drawn != NULL)
        return x->drawn->wanted;
    if (x->commitment == NULL)
        return most;
    return least_of(x->commitment->wanted > 0 ? x->commitment->wanted : most,
                    x->commitment->size);
}

bool sampling_complete(const struct state *s)
{
    const struct sample_state *x = &s->sample;

    if (x->drawn == NULL || x->commitment == NULL)
        return false;
    return x->reached >= x->drawn->wanted || x->asked >= CUSTOMER_MAX ||
           x->asked >= x->commitment->size;
}

bool sampling_next(const struct state *s, struct customer *out)
{
    const struct sample_state *x = &s->sample;
    int64_t position = x->asked + 1;

    if (x->drawn == NULL || x->commitment == NULL || sampling_complete(s))
        return false;
    *out = (struct customer){
        position,
        sampling_row(&x->drawn->seed, x->commitment->size, position),
    };
    return true;
}

/* The gate of `level` that the sample can refute, or NULL. */
static const struct gate *gate_of(const struct scheme *s, int32_t level)
{
    const struct level *l = &s->levels[level];

    for (size_t g = 0; g < l->gate_count; g++) {
        if (l->gates[g].mode != GATE_FIGURE &&
            l->gates[g].figure == s->sample.figure)
            return &l->gates[g];
    }
    return NULL;
}

static const struct gate *find_gate(const struct state *s)
{
    int32_t wanted =
        s->opened == NULL ? -1 : scheme_level(s->scheme, s->opened->level);
    const struct gate *g = wanted < 0 ? NULL : gate_of(s->scheme, wanted);

    for (size_t l = 0; l < s->scheme->level_count && g == NULL; l++)
        g = gate_of(s->scheme, (int32_t)l);
    return g;
}

enum sample_verdict sampling_verdict(const struct state *s)
{
    const struct sample_state *x = &s->sample;
    const struct gate *g = s->scheme->sample.used ? find_gate(s) : NULL;

    if (g == NULL || !sampling_complete(s))
        return SAMPLE_OPEN;
    if (x->reached == 0)
        return SAMPLE_CANNOT_TELL;
    if (x->satisfied <= refuted_up_to(x->reached, g->min_n, g->min_d))
        return SAMPLE_REFUTED;
    if (wilson_shows(x->satisfied, x->reached, g->min_n, g->min_d))
        return SAMPLE_MET;
    return SAMPLE_CANNOT_TELL;
}
