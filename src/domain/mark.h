#ifndef DOMAIN_MARK_H
#define DOMAIN_MARK_H

/*
 * mark -- what commands and events about the mark say: its uses, each asked for
 * and judged, and its misuse. [M21] [17065 4.1.3]
 */

#include "base/day.h"
#include "base/hash.h"
#include "base/str.h"

#include <stdint.h>

/* --- commands ----------------------------------------------------------- */

struct mark_ask {
    int use; /* enum mark_use */
    str where;
    str words;
    struct hash artwork; /* zero: none */
};

struct misuse_record {
    int kind;    /* enum misuse_kind */
    int64_t use; /* 0: departs from no use that was asked for */
    str text;
    day found;
    day until;
};

/* --- events ------------------------------------------------------------- */

/* mark.asked: one use of the mark, as the enterprise means to show it */
struct mark_asked {
    int64_t number;      /* 1, 2, 3 .. in the case */
    int use;             /* enum mark_use */
    str where;           /* which package, which site, which tender */
    str words;           /* what stands beside the mark */
    struct hash artwork; /* the file; zero: none was handed in */
};

/* mark.approved */
struct mark_approved {
    int64_t number;
    str conditions;
};

/* mark.refused, mark.stopped */
struct mark_reasons {
    int64_t number;
    str reasons;
};

/* How the mark or the certificate is misused. [认证证书和认证标志管理办法] */
enum misuse_kind {
    MISUSE_AFTER_END,     /* the certificate's time is over */
    MISUSE_SUSPENDED,     /* while it was suspended */
    MISUSE_OUTSIDE_SCOPE, /* for what it does not cover */
    MISUSE_AS_PRODUCT,    /* as if a product were certified */
    MISUSE_AS_SYSTEM,     /* as if a management system were [条例 24] */
    MISUSE_ALTERED,       /* the mark was changed */
    MISUSE_UNASKED,       /* nobody approved this use */
    MISUSE_MISLEADING,    /* claims more than was certified */
};

/* misuse.recorded */
struct misuse {
    int64_t number; /* 1, 2, 3 .. in the case */
    int kind;       /* enum misuse_kind */
    int64_t use;    /* number of the use it departs from; 0: none */
    str text;       /* what was seen, where */
    day found;
    day until; /* to be put right by */
};

/* How it ended. [17065 4.1.3.2] */
enum misuse_outcome {
    MISUSE_CORRECTED,
    MISUSE_UNFOUNDED,
    MISUSE_LED_TO_SUSPENSION,
    MISUSE_LED_TO_WITHDRAWAL,
    MISUSE_TOLD_AUTHORITY,
};

/* misuse.settled */
struct misuse_settled {
    int64_t number;
    int outcome; /* enum misuse_outcome */
    str text;
};

#endif
