#ifndef WEB_RADAR_H
#define WEB_RADAR_H

/*
 * radar -- inside web: shares around a circle, as a picture.
 *
 *   [RA1] A spoke for each, the first pointing up; rings at every quarter.  A
 *         picture says nothing that the page does not say in words as well.
 */

#include "base/err.h"
#include "base/spoke.h"
#include "base/str.h"

struct arena;

struct radar_share {
    str name;      /* beside its spoke: short */
    int32_t share; /* thousandths, 0..1000 */
};

/* An SVG picture of `n` shares, 3..SPOKE_MAX; it lives in the arena. */
err radar_draw(struct arena *a, const struct radar_share *at, size_t n,
               str *out);

#endif
