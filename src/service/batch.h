#ifndef SERVICE_BATCH_H
#define SERVICE_BATCH_H

/*
 * batch -- many certificates checked at once: what the register says of each
 * number on a tender's date, and whether it is whom the bidder says. [M24]
 *
 *   [BA1] Every row of the table gets an answer, in the table's order.
 *   [BA2] All answers are of one moment: one transaction, which reads.
 *   [BA3] An answer is what lookup_as_of() says of that day, by what was
 *         recorded by its end or, when asked so, by what is known today; and
 *         how the certificate stands today, beside it.
 *   [BA4] "Not in this register" is no proof of a forgery; numbers that are
 *         there and differ by a slip (lookup_ready.h [LY3]) are named, never
 *         taken for it: of BATCH_NEAR_SOUGHT numbers and no more, so that a
 *         batch of nonsense takes no longer than one of certificates.
 *   [BA5] Names are the same when folding (search/fold.h) makes them so:
 *         width, case, brackets and blanks make no difference.
 *   [BA6] Nothing is kept of what was asked.
 *   [BA7] Certificates of other bodies that were imported answer as well, by
 *         what their row says, and say whose they are.
 */

#include "service/batch_table.h"
#include "service/lookup.h"

struct body;

enum batch_verdict {
    BATCH_VALID,
    BATCH_SUSPENDED,
    BATCH_WITHDRAWN,
    BATCH_CANCELLED,
    BATCH_EXPIRED,
    BATCH_PENDING,    /* issued, but not in force yet */
    BATCH_NOT_ISSUED, /* only after that day */
    BATCH_UNKNOWN,    /* not in this register [BA4] */
    BATCH_NO_NUMBER,  /* the row has none */
    BATCH_UNREADABLE, /* the row cannot be read: given->bad */
    BATCH_VERDICTS,
};

extern const char *const batch_verdict_names[BATCH_VERDICTS + 1];

/* What the row says of holder or code, held against the certificate. */
enum batch_match {
    BATCH_NOT_SAID,
    BATCH_SAME,
    BATCH_OTHER_NAME, /* a name that it stood under on another day */
    BATCH_DIFFERS,
};

extern const char *const batch_match_names[];

enum { BATCH_NEAR_MOST = 3, BATCH_NEAR_SOUGHT = 200 };

struct batch_answer {
    const struct batch_row *given;
    enum batch_verdict verdict;
    int64_t repeats; /* line of an earlier row with the same number; or 0 */
    enum batch_match holder_match;
    enum batch_match uscc_match;
    bool found;
    /* Where it was found, as it stood on the day; as it stands today where it
     * was issued later. */
    str number;
    str main;   /* of a sub-certificate */
    str issuer; /* [BA7] whose it is; empty: this register's body's */
    str holder;
    str uscc;
    str criterion;
    struct label scheme;
    struct label level;
    day issued;
    day until;
    day since; /* of the verdict's status; DAY_NEVER: not issued then */
    enum certificate_status now;
    day now_since;
    int64_t log_index; /* -1: not in the log */
    str near[BATCH_NEAR_MOST];
    size_t near_count;
};

struct batch {
    const struct batch_table *table;
    struct as_of when;
    const struct body *body; /* as it is today */
    str register_url;        /* where its pages are, no stroke at its end */
    struct batch_answer *answers; /* one each row of the table */
    size_t n;
    int64_t counts[BATCH_VERDICTS];
    int64_t differ; /* rows whose holder or code differs */
    int64_t good;   /* valid, and nothing differs */
    bool near_left; /* too many unknown numbers to seek near ones of all */
};

/* ERR_REFUSED "lookup.not_yet" (on, today); errors of the store.  The table
 * outlives the answers. */
err batch_check(struct app *app, struct arena *a,
                const struct batch_table *table, const struct as_of *when,
                struct batch *out);

/* Does the row say what the register says: valid on the day, and of nobody
 * else? */
bool batch_is_good(const struct batch_answer *answer);

#endif
