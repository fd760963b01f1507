#ifndef SERVICE_WITNESSES_H
#define SERVICE_WITNESSES_H

/*
 * witnesses -- who is asked to cosign the log's checkpoints, and what came of
 * it so far.
 *
 *   DIR/witnesses   a policy (merkle/policy.h) of witness lines, "quorum none"
 *
 *   [WS1] Administrators name witnesses, each by its key and its address; an
 *         address is one that net_check() lets through, over plain http on this
 *         machine only.
 *   [WS2] What a witness last answered is kept in the store, under its key: a
 *         witness that is named again under the same key is known again.
 *   [WS3] While a witness that is named says that it has seen more entries than
 *         there are, nothing is signed, also when it proves nothing: either it
 *         is wrong, and the administrator names it no longer, or the store is
 *         an old copy.
 */

#include "auth/session.h"
#include "codec/record.h"
#include "merkle/note.h"
#include "service/app.h"

enum { WITNESSES_MOST = 16 };

/* Every number of a state, as far as numbers in JSON are exact [WS2]: of
 * moments the year 2255, in microseconds. */
#define WITNESS_NUMBER_MOST ((INT64_C(1) << 53) - 1)

struct witness_named {
    str name; /* among ours */
    str vkey;
    struct note_key key;
    str url; /* no slash at its end */
};

/* struct witness_named, in the order they were named; none without a file.
 * Errors of policy_read() and file_read(); ERR_LIMIT "witnesses.many" (most);
 * ERR_INVALID "witnesses.address" (name) for one without an address. */
err witnesses_read(struct app *app, struct arena *a, struct list *out);

/* Is it what stands in the file, rather than this machine, that is wrong? */
bool witnesses_unreadable(err e);

/*
 * One more.  ERR_DENIED "witnesses.names" (roles) [WS1], ERR_CONFLICT
 * "witnesses.twice" (name), ERR_INVALID "note.vkey" (text), "witnesses.kind"
 * (text) for a key that is no witness's, "witnesses.name" (name),
 * "witnesses.where" (address); ERR_LIMIT "witnesses.many" (most).
 */
err witnesses_add(struct app *app, struct arena *a, const struct session *who,
                  const struct witness_named *wish);

/* ERR_DENIED as above, ERR_NOT_FOUND "witnesses.unknown" (name). */
err witnesses_remove(struct app *app, struct arena *a,
                     const struct session *who, str name);

/* --- what came of asking [WS2] ------------------------------------------ */

enum witness_outcome {
    ASKED_NEVER,
    ASKED_COSIGNED,
    ASKED_REFUSED,   /* by another status than 200 */
    ASKED_UNREACHED, /* no answer */
    ASKED_UNSOUND,   /* 200, but it is not the witness's signature */
    ASKED_LARGER,    /* it says it has seen more, and shows nothing [WS3] */
    ASKED_DIFFERS,   /* it showed what our key signed and we do not continue */
};
extern const char *const witness_outcome_names[];

struct witness_state {
    int outcome;
    int64_t asked;    /* when; microseconds UTC */
    int64_t failures; /* in a row */
    int64_t told;     /* refused: the status; larger, differs: the size */
    int64_t size;     /* the newest checkpoint that it cosigned; 0: none */
    int64_t at;       /* .. and when, by its own clock; microseconds UTC */
};

/* All zero when it was never asked.  ERR_CORRUPT "witnesses.state" (name). */
err witness_state_get(struct tx *tx, struct arena *a,
                      const struct witness_named *w, struct witness_state *out);
err witness_state_set(struct tx *tx, const struct witness_named *w,
                      const struct witness_state *s);

/* [WS3] ERR_CORRUPT "witnesses.larger" (name, size, have); errors of
 * witnesses_read() and witness_state_get(). */
err witnesses_check(struct app *app, struct tx *tx);

#endif
