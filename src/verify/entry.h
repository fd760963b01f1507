#ifndef VERIFY_ENTRY_H
#define VERIFY_ENTRY_H

/*
 * entry -- an entry of the transparency log (tlog/leaf.h) as a stranger reads
 * it: what it is about, of which day, and whether a credential is the one it
 * speaks of.
 *
 *   [VE1] Only what leaf_of_event() writes is read: one entry, one text.
 *   [VE2] Entries of a kind that is not known here are read too; what they say
 *         is not looked into.
 */

#include "base/day.h"
#include "base/hash.h"

struct arena;
struct credential;
struct json;

enum { ENTRY_BYTES_MAX = 65535 };

struct log_entry {
    str kind;                /* "certificate.issued" */
    int64_t at;              /* microseconds since 1970 */
    day on;                  /* the day it counts from, at UTC+8 */
    const struct json *open; /* what the public may know, an object */
    str number;              /* of the certificate; empty: about none */
    str main;                /* of a sub-certificate's main one; else empty */
};

/* ERR_INVALID "entry.form" [VE1], "entry.field" (field) for a member that is
 * missing or is not what it should be; ERR_LIMIT "entry.long" (limit). */
err entry_read(struct arena *a, str leaf, struct log_entry *out);

/* What "credential.signed" says. */
struct entry_signed {
    int64_t serial;     /* 1, 2, 3 .. of that certificate */
    struct hash digest; /* of what was signed (verify/sealed.h [SE1]) */
    int64_t index;      /* in the status lists */
    int64_t key;        /* serial of the key: "credential-3" is 3 */
};
err entry_signed_read(struct arena *a, const struct log_entry *e,
                      struct entry_signed *out);

/* Is it about a credential or a certificate, so that entry_check_credential()
 * can say something? */
bool entry_is_of_credential(const struct log_entry *e);

/*
 * Does the credential say what the entry says: "credential.signed", of which it
 * is the very one, or "certificate.issued" and ".reissued", whose public fields
 * it repeats?  ERR_INVALID "entry.other" (number, field) names the first thing
 * that differs, "entry.kind" (kind) when it is about something else.
 */
err entry_check_credential(struct arena *a, const struct log_entry *e,
                           const struct credential *c);

#endif
