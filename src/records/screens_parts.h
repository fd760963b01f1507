#ifndef RECORDS_SCREENS_PARTS_H
#define RECORDS_SCREENS_PARTS_H

/*
 * screens_parts -- what screens are made of, for the files screens_*.c.
 * Everyone else includes records/screens.h.
 */

#include "records/screens.h"
#include "records/sorted.h"

#include <assert.h>

enum {
    MARK_SECONDS_NONE = INT32_MIN, /* no such moment */
    MARK_SATISFACTION_NONE = 255,
    SECONDS_OF_DAY = 86400,
    SECONDS_OF_HOUR = 3600,
    MINUTES_OF_DAY = 1440,
    WORDS_MAX = 65536, /* outlets or persons, numbered from 0 */
    TALLIES = 3,       /* rows of WORDS_MAX counts to work with */
};

/* A ticket, as far as a screen looks at it. */
struct mark {
    uint64_t at : 40;
    uint64_t satisfaction : 8; /* steps above the scale's lowest */
    uint64_t outlet : 16;
    uint64_t phone : 48; /* 0: not known */
    uint64_t person : 16;
    uint64_t customer : 48; /* 0: not known */
    uint64_t : 16;
    uint32_t opened;   /* seconds since 1970 at UTC+8 */
    int32_t responded; /* seconds after it */
    int32_t arrived;
    int32_t resolved;
};
static_assert(sizeof(struct mark) == 40);

/* One run of the screens.  `a`, `b`, `keys`, `line` and the bits of `flags`
 * have room for n; all but `concerned`, which is empty, are as they were left.
 */
struct screening {
    const struct screens_terms *terms;
    struct mark *marks; /* [SC2] by place, words numbered as they come */
    size_t n;
    struct sorted *a;
    struct sorted *b;
    uint64_t *keys;
    uint32_t *line;
    uint64_t *flags; /* a bit a row */
    uint32_t *tallies[TALLIES];
    uint64_t *concerned; /* a bit a row */
    uint32_t outlets;    /* numbers are below; 0 says nothing */
    uint32_t persons;
};

/* What one screen found: a count to be judged. */
struct finding {
    const char *about;
    struct screen_rate seen;
    struct screen_rate base;
    uint32_t choices; /* of how many it was chosen, at least 1 */
};

/* --- screens_chance.c --- */

/* k of n come about by chance at the rate p.k / p.n at most once in 2^this;
 * rounded down, at most 4000; 0 when k is not above the rate.  0 < p.k < p.n.
 */
uint32_t chance_bits(struct screen_rate seen, struct screen_rate p);

/* The least k of n with `bits`, or 0 when n of n has fewer. */
uint64_t chance_limit(uint64_t n, struct screen_rate p, uint32_t bits);

/* Set what a finding says: status, limit, chance.  [SC1] [SC3] */
void screen_judge(struct screen_result *out, const struct finding *f);

/* Is `x` further beyond its limit than `y`? */
bool finding_is_worse(const struct finding *x, const struct finding *y);

/* --- screens_concern.c --- */

void concern_none(struct screening *s);

static inline void concern(struct screening *s, size_t row)
{
    s->concerned[row / 64] |= UINT64_C(1) << row % 64;
}

/* Into `out`: how many are concerned, and which to draw.  [SC4] */
void concern_rows(const struct screening *s, struct screen_result *out);

/* --- moments --- */

/* The moment `after` seconds after the opening, or -1. */
static inline int64_t mark_moment(const struct mark *m, int32_t after)
{
    return after == MARK_SECONDS_NONE ? -1 : (int64_t)m->opened + after;
}

/* --- the screens: judge, and say which rows are concerned --- */

typedef void screen_look(struct screening *s, struct screen_result *out);

screen_look look_order;
screen_look look_blocks;
screen_look look_round;
screen_look look_nights;
screen_look look_days_off;
screen_look look_phones;
screen_look look_even_gaps;
screen_look look_same_duration;
screen_look look_burst;
screen_look look_digits;
screen_look look_one_mark;
screen_look look_group_mark;
screen_look look_even_months;
screen_look look_overlap;

#endif
