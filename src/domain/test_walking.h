#ifndef DOMAIN_TEST_WALKING_H
#define DOMAIN_TEST_WALKING_H

/*
 * test_walking -- many walks, from seeds; what goes wrong is told in as few
 * commands as show it.
 */

#include "base/test.h"
#include "domain/test_walk.h"

/* Choices from a seed. */
struct drawn {
    struct choices choices;
    struct test_random random;
};
struct drawn drawn_from(uint64_t seed);

/* Something else to be held after every command: NULL, or what is wrong. */
typedef const char *walk_rule(const struct walk *w);

/* Where walks are to go. */
struct walking {
    struct scheme *scheme;
    struct calendar *calendar;
    walk_rule *also; /* may be NULL */
    struct walk_tally tally;
};

/* schemes/NAME; fails the test, and false, when it cannot be had. */
bool walking_init(struct walking *x, struct arena *a, const char *name);

/*
 * One walk of at most `most` commands: NULL, or what is wrong, with a script
 * of the commands that lead there, none of which can be spared.  It lives in
 * `a`.
 */
const char *walking_go(struct walking *x, struct arena *a, uint64_t seed,
                       size_t most, str *script);

/*
 * `n` walks by package NAME from `seed` on, and `forgeries` that are honest for
 * a while and then fold in forged events.  What goes wrong fails the test, the
 * script is shown; what they came by is added to `all`.
 */
void walking_all(const char *name, uint64_t seed, uint64_t n,
                 uint64_t forgeries, struct walk_tally *all);

/* With TENSTAR_WALKS=tell in the environment: how often each command was
 * carried out and refused, and as what. */
void walking_tell(const char *scheme, const struct walk_tally *t);

#endif
