#ifndef DOMAIN_IMPROVE_H
#define DOMAIN_IMPROVE_H

/*
 * improve -- what costs points, and what would win most. [M26]
 *
 * Facts only, worked out from findings and figures; pages and the command line
 * put them into words.  A certification body names what is lacking and does not
 * advise [17065 4.2.6]: the measures are the package's, the same for everybody.
 *
 *   [IM1] Every indicator not fully met and every gate that is missed belongs
 *         to a measure of the package, or is one of its own.
 *   [IM2] A measure wins what meeting its indicators in full and lifting its
 *         figures to what the wanted level asks would win, all else as it is;
 *         the score after it is computed, not estimated.
 *   [IM3] The most points first, compared exactly; on a par the more
 *         indicators, then the more gates, then the package's order.
 *   [IM4] What a drawn sample refuted no measure opens before a new one.
 */

#include "base/err.h"
#include "domain/explain.h"
#include "domain/state.h"

struct arena;

/* A gate of the wanted level that is not open. */
struct target {
    int32_t gate; /* index in that level's gates */
    enum gate_state state;
    struct ratio now; /* n = 0: no figure is on record */
    int64_t need;     /* of the same n; 0 when there is no figure */
};

struct gain {
    const struct measure *measure; /* NULL: .. */
    int32_t leaf;                  /* .. this indicator, or -1 and .. */
    int32_t figure;                /* .. this figure, else -1 */
    const int32_t *losses;         /* indices in explanation.losses */
    size_t loss_count;
    int32_t shown; /* score after it, hundredths, truncated */
    int32_t level; /* reached after it, or -1 */
    size_t opens;  /* gates of the wanted level that no longer block */
    bool reaches;  /* the wanted level */
    u128 lost;     /* what it would win, exactly, for the order [IM3] */
};

struct improvement {
    bool by_itself; /* from the enterprise's own answers: no site audit yet */
    struct explanation now;
    const struct target *targets;
    size_t target_count;
    const struct gain *gains; /* [IM3] */
    size_t gain_count;
    int32_t all_shown; /* the score when every indicator is met */
    int32_t all_level;
};

/* `wish` is the wanted level, or -1 for the one above the level reached.  The
 * answers are valid (score.h).  Lives in `a`.  ERR_MEMORY. */
err improve(struct arena *a, const struct scheme *s,
            const struct assessment *in, int32_t wish, struct improvement *out);

/* Of a case as it stands: by the findings so far, before the first site audit
 * by the enterprise's own answers; wanted is the level applied for, and once it
 * is reached the one above.  ERR_REFUSED "improve.nothing": there is neither.
 */
err improve_case(struct arena *a, const struct state *s,
                 struct improvement *out);

#endif
