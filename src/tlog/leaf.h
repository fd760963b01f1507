#ifndef TLOG_LEAF_H
#define TLOG_LEAF_H

/*
 * leaf -- what the transparency log says of an event.
 *
 * A leaf is canonical JSON (RFC 8785):
 *
 *   {"at":MICROS,"on":DAY,"public":{..},"sealed":{NAME:HASH,..},
 *    "type":TYPE,"version":1}
 *
 *   [LF1] `public` holds what the public may know; everything else the leaf
 *         commits to stands in `sealed` as SHA-256(salt || value), each with a
 *         salt of its own, so that it can be opened one by one later.
 *   [LF2] salt = SHA-256("tenstar leaf salt" || secret || event hash || name):
 *         nothing but the installation's secret has to be kept for it.
 *   [LF3] No leaf holds personal data or a reason [decisions, personal data].
 *   [LF4] A leaf is at most 65,535 bytes (C2SP tlog-tiles).
 */

#include "base/err.h"
#include "domain/event.h"

struct arena;

enum { LEAF_BYTES_MAX = 65535, SALT_KEY_BYTES = 32 };

/*
 * The leaf of `e` into *leaf, and what it is about ("certificate/NUMBER",
 * "case/ID", "body/ID", "scheme/ID", "import/FILE") into *subject.  *leaf is
 * empty when events of this kind are not entered in the log.
 */
err leaf_of_event(struct arena *a, const uint8_t secret[static SALT_KEY_BYTES],
                  const struct event *e, str *subject, str *leaf);

/* [LF2] for whoever opens a sealed value; `name` is RECORD_SALT for the key of
 * the salts of a decision's record (domain/dossier.h), and `event` the event
 * before record.committed. */
#define RECORD_SALT "decision record"
void leaf_salt(const uint8_t secret[static SALT_KEY_BYTES],
               const struct hash *event, str name, uint8_t out[static 32]);

#endif
