#ifndef SERVICE_APP_PARTS_H
#define SERVICE_APP_PARTS_H

/*
 * app_parts -- inside app: what founding an installation, opening it and making
 * its keys have in common.
 */

#include "base/err.h"
#include "base/str.h"

#include "crypto/keyfile.h"
#include "domain/keys.h"

struct app;
struct app_key;
struct app_world;
struct arena;
struct body_cache;
struct tlog_key;

enum { KEY_FILE_MAX = KEYFILE_TEXT_MAX, STORE_FILE_MAX = 2000 };

/* What it keeps of the body's history (body_known.h). */
struct body_cache *app_body_cache(const struct app *app);

/* "DIR/NAME"; not of a folder without a name, which would be the root. */
err app_path(struct arena *a, str dir, const char *name, str *out);

/* Where the store of folder `dir` is, for store_open(). */
err app_find_store(const struct app_world *w, struct arena *a, str dir,
                   str *out);

/* "keys/qr-2.key": where below DIR the key is, and what its box is for; the
 * first of the log is "keys/log.key". */
err app_key_name(struct arena *a, enum key_purpose purpose, int64_t serial,
                 str *out);

/* The master of folder `dir`, and whether it has one; zeroed when not.  Errors
 * of keyfile_master_read(). */
err app_read_master(const struct app_world *w, struct arena *a, str dir,
                    struct master_key *out, bool *found);

/* The key in file DIR/name.  ERR_CORRUPT "app.key" (path). */
err app_read_key(const struct app_world *w, struct arena *a, str dir, str name,
                 const struct master_key *master, str *out);

/* [AP4] Once the log has had more than one key: the newest that signs into
 * out->seed, where the first was, and the others into out->formers; what the
 * first was into `h`.  ERR_CORRUPT "app.key_differs" (path). */
err app_read_log_keys(const struct app_world *w, struct arena *a, str dir,
                      const struct master_key *master, struct key_history *h,
                      struct tlog_key *out);

/* [AP4] The keys of `h` that sign, but the log's, into keys[KEY_PURPOSE_COUNT],
 * their secrets into `a`.  ERR_CORRUPT "app.key_differs" (path). */
err app_read_keys(const struct app_world *w, struct arena *a, str dir,
                  const struct master_key *master, const struct key_history *h,
                  struct app_key *keys);

/* The public part of a key, as key.made has it; empty when the secret is none
 * of the kind. */
err app_key_public(struct arena *a, enum key_kind kind, str secret, str *out);

#endif
