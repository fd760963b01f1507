#ifndef MERKLE_POLICY_H
#define MERKLE_POLICY_H

/*
 * policy -- whom a verifier trusts: which logs, which witnesses, and how many
 * of those have to have cosigned a checkpoint (C2SP tlog-policy).
 *
 *     # whoever verifies our certificates
 *     log register.example/log+1dbb6c47+AUBK.. https://register.example/log
 *     witness w1 witness.example/1+8d66cf3f+BOIl.. https://witness.example
 *     witness w2 other.example+0f3c..
 *     group both 2 w1 w2
 *     quorum both
 *
 *   [PO1] Words stand apart by spaces and tabs; lines without words and those
 *         that begin with # say nothing.  No other control character.
 *   [PO2] A log's key signs notes, a witness's cosigns them; no key is listed
 *         twice among logs or among witnesses, whatever its name.
 *   [PO3] Witnesses and groups share one set of names, "none" is not one; a
 *         line names only what stands before it, each name is the member of at
 *         most one group: so a witness counts in one way only.
 *   [PO4] There is exactly one quorum.
 *
 * Pure, as everything in this room.  What is read is borrowed from the text.
 */

#include "base/err.h"
#include "merkle/checkpoint.h"

struct arena;

enum {
    POLICY_BYTES_MAX = 1 << 18,
    POLICY_LOGS_MAX = 64,
    POLICY_NAMES_MAX = 128, /* witnesses and groups together */
    POLICY_QUORUM_NONE = -1,
};

struct policy_log {
    struct note_key key; /* its name is the origin of the log's checkpoints */
    str url;             /* empty: none was given */
};

/* A witness, or a group of names before it. */
struct policy_name {
    str name;
    bool group;
    struct note_key key;   /* a witness's */
    str url;               /* likewise; empty: none was given */
    size_t need;           /* how many members of a group are enough */
    const size_t *members; /* indices of names */
    size_t member_count;
    bool taken; /* it is a member of a group */
};

struct trust_policy {
    struct policy_log logs[POLICY_LOGS_MAX];
    size_t log_count;
    struct policy_name names[POLICY_NAMES_MAX]; /* in their order */
    size_t name_count;
    int quorum; /* an index of names, or POLICY_QUORUM_NONE */
};

/*
 * ERR_LIMIT "policy.long" (limit), "policy.many" (line, limit); ERR_INVALID,
 * each with the line, counted from 1: "policy.character", "policy.words",
 * "policy.key", "policy.key_twice", "policy.name_twice" (word),
 * "policy.name_unknown" (word), "policy.member_twice" (word), "policy.need",
 * "policy.quorum_twice"; "policy.quorum_missing".
 */
err policy_read(struct arena *a, str text, const struct trust_policy **out);

/* What a checkpoint shows to whoever has this policy. */
struct policy_seen {
    const struct policy_log *log;
    struct checkpoint_body body;
    bool cosigned[POLICY_NAMES_MAX]; /* by the name, or enough of the group */
    int64_t times[POLICY_NAMES_MAX]; /* of witnesses: seconds since 1970 */
    size_t witnesses;                /* how many of them have cosigned */
    bool quorum;                     /* as many as have to */
};

/*
 * Hold a checkpoint's note against the policy.  ERR_INVALID as note_open() and
 * checkpoint_read(), "policy.log" (origin) when no log of the policy has signed
 * it, "note.signature" (name) when a signature does not match.  Too few
 * witnesses are no error: see `quorum`.
 */
err policy_check(struct arena *a, const struct trust_policy *p, str note,
                 struct policy_seen *out);

/* Which of the policy's witnesses have cosigned this note, whoever wrote it:
 * `cosigned`, `times`, `witnesses` and `quorum` of *out.  Errors as
 * note_find(). */
err policy_witnessed(struct arena *a, const struct trust_policy *p,
                     const struct signed_note *note, struct policy_seen *out);

#endif
