#ifndef SEARCH_NAME_H
#define SEARCH_NAME_H

/*
 * name -- the parts of an enterprise's name, and where a piece of it stands.
 *
 *     region   body   legal form
 *     深圳市    华为技术  有限公司
 *
 * Regions and legal forms are lists (search/README.md).  What is made of
 * nothing else is all body.
 */

#include <stddef.h>
#include <stdint.h>

/* Where a piece begins, the best first; the number is part of a key. */
enum name_tier {
    TIER_WHOLE,    /* it is the name */
    TIER_FIRST,    /* the name begins with it */
    TIER_START,    /* what follows the region begins with it */
    TIER_BODY,     /* somewhere in the body */
    TIER_ELSE,     /* in region or legal form */
    TIER_NONE,     /* nowhere */
    LIST_TIERS = 4 /* a list knows FIRST to ELSE: FIRST is its 0 */
};

struct name_body {
    uint8_t from;
    uint8_t to; /* exclusive */
};

struct name_body name_body(const uint16_t *units, size_t n);

/* Of a piece of `n` units at `at` in a name of `length`. */
static inline enum name_tier name_tier(struct name_body body, size_t length,
                                       size_t at, size_t n)
{
    if (at == 0)
        return n == length ? TIER_WHOLE : TIER_FIRST;
    if (at == body.from)
        return TIER_START;
    return at > body.from && at < body.to ? TIER_BODY : TIER_ELSE;
}

#endif
