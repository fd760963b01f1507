#ifndef RECORDS_SCREENS_H
#define RECORDS_SCREENS_H

/*
 * screens -- named tests that point at rows which made-up records often look
 * like, as docs/screens.md defines them.  A screen says where to draw rows, and
 * nothing of why they look as they do: honest records do so too, now and then.
 *
 *   [SC1] Each screen counts k of n and holds it against a base rate: what
 *         honest records show at the most.  It is raised when so many come
 *         about by chance at that rate at most once in 2^SCREEN_BITS files, by
 *         Chernoff's bound, decided in whole numbers (screens_chance.c).  Where
 *         one of several groups or columns is chosen, the bound is that many
 *         times stricter.
 *   [SC2] The answer does not depend on how the file was cut, who read which
 *         part, or what numbers words were given: tickets are put in the order
 *         of their places in the file, no two of which are the same.
 *   [SC3] Where n is too small to raise a screen at all, it cannot tell.
 *   [SC4] Rows to draw are spread evenly over all rows concerned, in the order
 *         of the file.
 *
 * 40 bytes a ticket, and 45 more while screens_run() works.  Threads: one
 * struct, one thread.
 */

#include "base/day.h"
#include "base/err.h"
#include "records/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap;
struct hours;
struct screens;

enum screen {
    SCREEN_ORDER,         /* a moment before the one it follows */
    SCREEN_BLOCKS,        /* runs of rows that come again, shifted or not */
    SCREEN_ROUND,         /* times on the hour and half hour */
    SCREEN_NIGHTS,        /* work at night in outlets that have no nights */
    SCREEN_DAYS_OFF,      /* work on days off as on any day */
    SCREEN_PHONES,        /* telephones of many customers */
    SCREEN_EVEN_GAPS,     /* openings at too even intervals */
    SCREEN_SAME_DURATION, /* one duration far too often */
    SCREEN_BURST,         /* a week before the audit unlike the others */
    SCREEN_DIGITS,        /* last digits of minutes that somebody thought up */
    SCREEN_ONE_MARK,      /* satisfaction without spread */
    SCREEN_GROUP_MARK,    /* an outlet's or a person's without spread */
    SCREEN_EVEN_MONTHS,   /* satisfaction the same month after month */
    SCREEN_OVERLAP,       /* one person at two customers' at once */
    SCREEN_COUNT,
};

enum screen_status {
    SCREEN_QUIET,
    SCREEN_RAISED,
    SCREEN_CANNOT_TELL, /* too few tickets, or not the columns it needs */
};

enum {
    SCREEN_BITS = 10,
    SCREEN_ROWS = 50, /* rows to draw, at most */
    SCREEN_ARGS = 6,
    SCREENS_OPENED_MAX = 49710, /* the first day after the last that fits */
    SCREENS_MONTHS_MAX = 240,
};

#define DAY_NONE INT32_MIN

struct screens_terms {
    day first; /* of the period, from 1970 on */
    day last;  /* before SCREENS_OPENED_MAX, at most SCREENS_MONTHS_MAX on */
    day audit; /* or DAY_NONE; SCREEN_BURST looks at the week before it */
    int16_t scale_low; /* of satisfaction, at most 254 steps */
    int16_t scale_high;
    const struct hours *hours; /* borrowed; which days are off */
};

/* k of n. */
struct screen_rate {
    uint64_t k;
    uint64_t n;
};

struct screen_result {
    enum screen screen;
    enum screen_status status;
    const char *about; /* catalogue id of what is counted, a column say, or NULL
                          where the screen's name says it */
    struct screen_rate seen;
    struct screen_rate base; /* held against this; k < n */
    uint64_t limit;     /* the least seen.k that raises, 0: there is none */
    uint32_t strict;    /* so many or more by chance: once in 2^this, at most */
    uint32_t chance;    /* as many as seen or more: once in 2^this, at most */
    uint64_t concerned; /* rows that it points at, raised or not */
    size_t rows_n;      /* of these, to draw */
    uint64_t rows[SCREEN_ROWS]; /* ticket.at, ascending */
};

/* The numbers here of another's words, by its numbers; NULL: the same. */
struct screens_map {
    const uint32_t *outlet;
    const uint32_t *person;
};

/* No tickets yet.  NULL when there is no memory. */
struct screens *screens_new(struct heap *h, const struct screens_terms *t);
void screens_free(struct screens **s);

/* Take a ticket, whose place is below 2^40; one that is excluded, or was not
 * opened in the period, is left out.  False when there is no memory; `s` is
 * then fit for screens_free(). */
[[nodiscard]] bool screens_add(struct screens *s, const struct ticket *t);

/* Take over all of `other`, which was made with the same terms and is fit for
 * screens_free() only then.  False as screens_add(). */
[[nodiscard]] bool screens_merge(struct screens *s, struct screens *other,
                                 const struct screens_map *map);

/* Run all screens, each into its place in `out`.  After it nothing is added or
 * merged.  False, `out` unspecified, when there is no memory. */
[[nodiscard]] bool screens_run(struct screens *s, struct heap *h,
                               struct screen_result out[static SCREEN_COUNT]);

/* How many tickets are looked at, and how many were left out. */
uint64_t screens_tickets(const struct screens *s);
uint64_t screens_left_out(const struct screens *s);

/* "order": its name for programs. */
str screen_word(enum screen screen);

/* Its catalogue ids: name, and sentence with the arguments of
 * screen_arguments(). */
const char *screen_name(enum screen screen);
const char *screen_says(enum screen screen);

/* {k}, {n}, {usual} (what the base rate would give at the most), {limit} and
 * {about}. */
void screen_arguments(const struct screen_result *r,
                      struct err_arg out[static SCREEN_ARGS]);

#endif
