#include "domain/test_walking.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"
#include "domain/test_package_files.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    WALK_ARENA = 512 << 20,
    SCRIPT_MOST = 1 << 20,
    STEPS_MOST = 900,
    HONEST_MOST = 300,
    FORGED_MOST = 60,
};

/* --- choices from a seed -------------------------------------------------- */

static uint64_t draw(struct choices *c, uint64_t n)
{
    struct drawn *d = (struct drawn *)c;

    return test_random_below(&d->random, n);
}

struct drawn drawn_from(uint64_t seed)
{
    return (struct drawn){ { draw, false }, { seed } };
}

/* Far from the choices of the next seed. */
static struct drawn from_seed(uint64_t seed)
{
    return drawn_from(TEST_SEED + seed * 1000003);
}

bool walking_init(struct walking *x, struct arena *a, const char *name)
{
    *x = (struct walking){ .scheme = load_source_scheme(a, name) };
    return EXPECT_OK(calendar_official(a, &x->calendar)) && x->scheme != NULL;
}

/* --- a walk, and a script ------------------------------------------------- */

static const char *held(const struct walking *x, const struct walk *w,
                        const char *wrong)
{
    return wrong != NULL || x->also == NULL ? wrong : x->also(w);
}

static const char *walk(struct walking *x, struct walk *w, size_t most)
{
    const char *wrong = NULL;

    while (wrong == NULL && !walk_over(w) && w->step_count < most)
        wrong = held(x, w, walk_on(w));
    return wrong == NULL ? walk_replay(w) : wrong;
}

/* The same case from the beginning, with these commands only. */
static const char *retrace(struct walking *x, uint64_t seed,
                           const struct walk_step *steps, size_t n)
{
    TEST_ARENA(a, WALK_ARENA);
    struct drawn d = from_seed(seed);
    struct walk *w = walk_new(&a, x->scheme, x->calendar, &d.choices);
    const char *wrong = NULL;

    for (size_t i = 0; i < n && wrong == NULL; i++)
        wrong = held(x, w, walk_do(w, &steps[i]));
    return wrong == NULL ? walk_replay(w) : wrong;
}

/* Without steps `from` to `from + width`, is it as wrong as before? */
static bool spared(struct walking *x, uint64_t seed, struct walk_step *steps,
                   size_t *n, size_t from, size_t width)
{
    struct walk_step *rest = &steps[*n];
    size_t kept = 0;

    for (size_t i = 0; i < *n; i++) {
        if (i < from || i >= from + width)
            rest[kept++] = steps[i];
    }
    if (retrace(x, seed, rest, kept) == NULL)
        return false;
    memcpy(steps, rest, kept * sizeof *steps);
    *n = kept;
    return true;
}

/* Leave out whatever can be left out: halves first, single steps last.  There
 * is room for twice as many steps. */
static size_t shrink(struct walking *x, uint64_t seed, struct walk_step *steps,
                     size_t n)
{
    for (size_t width = n / 2 + 1; width > 0; width /= 2) {
        for (size_t from = 0; from < n;) {
            if (!spared(x, seed, steps, &n, from, width))
                from += width;
        }
    }
    return n;
}

static void tell(struct walking *x, struct arena *a, uint64_t seed,
                 const struct walk *w, str *script)
{
    struct walk_step *steps =
        arena_array(a, 2 * w->step_count + 1, sizeof *steps);
    struct buf b;

    if (steps == NULL)
        return;
    memcpy(steps, w->steps, w->step_count * sizeof *steps);
    size_t n = shrink(x, seed, steps, w->step_count);
    buf_init(&b, a, SCRIPT_MOST);
    walk_print(&b, steps, n);
    if (failed(buf_done(&b, script)))
        *script = S("too long to show");
}

const char *walking_go(struct walking *x, struct arena *a, uint64_t seed,
                       size_t most, str *script)
{
    TEST_ARENA(own, WALK_ARENA);
    struct drawn d = from_seed(seed);
    struct walk *w = walk_new(&own, x->scheme, x->calendar, &d.choices);

    if (w == NULL)
        return "no memory";
    w->tally = &x->tally;
    const char *wrong = walk(x, w, most);
    if (wrong != NULL)
        tell(x, a, seed, w, script);
    return wrong;
}

static const char *forge(struct walking *x, struct arena *a, uint64_t seed)
{
    struct drawn d = from_seed(seed);
    struct walk *w = walk_new(a, x->scheme, x->calendar, &d.choices);
    const char *wrong = w == NULL ? "no memory" : NULL;
    uint64_t honest = w == NULL ? 0 : walk_pick(w, HONEST_MOST);

    for (uint64_t i = 0; i < honest && wrong == NULL && !walk_over(w); i++)
        wrong = walk_on(w);
    for (int i = 0; i < FORGED_MOST && wrong == NULL; i++)
        wrong = walk_forge(w);
    return wrong == NULL ? walk_replay(w) : wrong;
}

/* --- many ----------------------------------------------------------------- */

static void fail(const struct walking *x, uint64_t seed, const char *wrong,
                 str script)
{
    char row[100];

    (void)snprintf(row, sizeof row, "%.40s, seed %llu", x->scheme->id.p,
                   (unsigned long long)seed);
    test_fail(__FILE__, __LINE__, row, wrong);
    fprintf(stderr, "%.*s", STR_ARG(script));
}

/* The counts, which stand first in a tally. */
static void add_tally(struct walk_tally *all, const struct walk_tally *one)
{
    const uint32_t *from = (const uint32_t *)one;
    uint32_t *to = (uint32_t *)all;

    for (size_t i = 0; i < offsetof(struct walk_tally, refusals) / sizeof *to;
         i++)
        to[i] += from[i];
    for (size_t i = 0; i < one->refusal_count; i++)
        walk_count_refusal(all, one->refusals[i].id, one->refusals[i].n);
}

void walking_tell(const char *scheme, const struct walk_tally *t)
{
    const char *wish = getenv("TENSTAR_WALKS");

    if (wish == NULL || strcmp(wish, "tell") != 0)
        return;
    for (size_t i = 0; i < command_kind_count(); i++)
        printf("%-10s %-24s %8u %8u\n", scheme, command_kind_at(i)->name,
               t->given[i], t->refused[i]);
    for (size_t i = 0; i < t->refusal_count; i++)
        printf("%-10s refused as %-40s %8u\n", scheme, t->refusals[i].id,
               t->refusals[i].n);
}

void walking_all(const char *name, uint64_t seed, uint64_t n,
                 uint64_t forgeries, struct walk_tally *all)
{
    TEST_ARENA(a, WALK_ARENA);
    struct walking x;
    str script = S("");

    if (!walking_init(&x, &a, name))
        return;
    for (uint64_t k = seed; k < seed + n && !test_failing(); k++) {
        const char *wrong = walking_go(&x, &a, k, STEPS_MOST, &script);

        if (wrong != NULL)
            fail(&x, k, wrong, script);
    }
    EXPECT_ROW(name, n == 0 || x.tally.certificates > 0);
    for (uint64_t k = seed; k < seed + forgeries && !test_failing(); k++) {
        TEST_ARENA(own, WALK_ARENA);
        const char *wrong = forge(&x, &own, k);

        if (wrong != NULL)
            fail(&x, k, wrong, S(""));
    }
    add_tally(all, &x.tally);
}
