#ifndef DOMAIN_KEYS_H
#define DOMAIN_KEYS_H

/*
 * keys -- which keys the body signs with, since when, and which it has retired:
 * events of its own stream, so that whoever holds an old signature can see
 * which key was whose on that day.
 *
 *   [KY1] Each purpose has a series of keys, numbered from 1; the newest that
 *         is not retired is the one that signs.  A new one retires it as
 *         rotated; but for the log's, see [KY7].
 *   [KY2] A retired key never signs again, and stays in the history: what it
 *         signed before still verifies.
 *   [KY3] A key that others may hold is retired as compromised, with the day
 *         since when it may have been; what it signed from that day on proves
 *         nothing by itself, only what the log had before.
 *   [KY4] Administrators make keys; they or the head retire them.
 *   [KY5] Only the public part of a key stands in an event.
 *   [KY6] Keys for documents have certificates, of their own making first.  An
 *         administrator puts one of an authority in its place; which one it
 *         was, and since when, stays in the history.
 *   [KY7] The first key of the log is as old as the body and stands in no
 *         event; it is in the history once there is a second.  A new one signs
 *         beside the one before, until that is retired as rotated: so those who
 *         verify have time to take the new one.  A log is never without a key.
 */

#include "base/day.h"
#include "base/err.h"
#include "base/hash.h"
#include "domain/event.h"

struct arena;

enum key_purpose {
    KEY_LOG,        /* checkpoints of the transparency log */
    KEY_CREDENTIAL, /* credentials and status lists */
    KEY_QR,         /* what a QR code proves offline */
    KEY_PDF,        /* documents */
    KEY_SM2,        /* credentials, where a reader wants SM2 and SM3 */
    KEY_PURPOSE_COUNT,
};
extern const char *const key_purpose_names[];

enum key_kind { KEY_ED25519, KEY_P256, KEY_RSA, KEY_IS_SM2 };
extern const char *const key_kind_names[];

enum key_ending {
    KEY_ROTATED,     /* a newer one took its place */
    KEY_COMPROMISED, /* others have or may have it */
    KEY_LOST,        /* nobody has it any more */
};
extern const char *const key_ending_names[];

/* key.made */
struct key_made {
    int purpose;
    int64_t serial; /* from 1, of its purpose */
    int kind;
    str public; /* hexadecimal: 32 bytes of Ed25519; else SubjectPublicKeyInfo
                 */
};

/* key.retired */
struct key_retired {
    int purpose;
    int64_t serial;
    int ending;
    day since; /* compromised: since when it may be; else DAY_NEVER */
    str note;
};

/* key.certified [KY6] */
struct key_certified {
    int purpose;
    int64_t serial;
    struct hash certificate; /* SHA-256 of it, in DER */
};

/* A key of the history. */
struct key_row {
    struct key_made made;
    day from;                /* the day it was made */
    int64_t made_at;         /* microseconds UTC */
    bool certified;          /* by an authority .. */
    struct hash certificate; /* .. with this one, the newest */
    bool retired;
    struct key_retired retirement; /* when it is */
    day until;                     /* .. the day of it */
    int64_t retired_at;
};

struct key_history {
    struct key_row *rows; /* in the order they were made */
    size_t n;
};

/* The history that the events of the body's stream come to.  Total: what cannot
 * be (a retirement of a key that never was) changes nothing. */
err key_history_of(struct arena *a, const struct event_list *body,
                   struct key_history *out);

/* The key that signs for a purpose, or NULL. [KY1] */
const struct key_row *key_current(const struct key_history *h,
                                  enum key_purpose purpose);

/* Is it the log's key before the newest, that still signs? [KY7] */
bool key_signs_along(const struct key_history *h, const struct key_row *row);

/* The key, or NULL. */
const struct key_row *key_find(const struct key_history *h,
                               enum key_purpose purpose, int64_t serial);

/* The serial the next key of a purpose gets. */
int64_t key_next(const struct key_history *h, enum key_purpose purpose);

/* Does this kind of key serve that purpose? */
bool key_serves(enum key_purpose purpose, enum key_kind kind);

/* Do keys of this purpose have certificates? [KY6] */
bool key_has_certificate(enum key_purpose purpose);

/*
 * A new key, whose serial is set here; the one that signed until now is retired
 * [KY1].  ERR_DENIED "key.makes" (roles) [KY4]; ERR_INVALID "key.kind"
 * (purpose, kind); ERR_REFUSED "key.changing" (serial) while the log changes
 * its key already [KY7].
 */
err key_make(struct arena *a, const struct key_history *h,
             const struct key_made *wish, const struct facts *f,
             struct event_list *out);

/*
 * ERR_DENIED "key.retires" (roles) [KY4], ERR_NOT_FOUND "key.unknown" (purpose,
 * serial), ERR_REFUSED "key.retired" (purpose, serial, until), but a rotated
 * key may be found compromised or lost later; ERR_INVALID "key.since" when a
 * day is given for what is not compromised or lies outside the key's own days,
 * "key.since_missing"; "key.rotates" when it is to be rotated without a new
 * one; ERR_REFUSED "key.last" (serial) for the log's only one [KY7].
 */
err key_retire(struct arena *a, const struct key_history *h,
               const struct key_retired *wish, const struct facts *f,
               struct event_list *out);

/*
 * An authority's certificate for the key that signs for a purpose [KY6]; its
 * serial is set here.  ERR_DENIED "key.certifies" (roles) [KY4]; ERR_INVALID
 * "key.no_certificate" (purpose) when such keys have none; ERR_NOT_FOUND
 * "key.none" (purpose).
 */
err key_certify(struct arena *a, const struct key_history *h,
                const struct key_certified *wish, const struct facts *f,
                struct event_list *out);

#endif
