#ifndef SERVICE_APP_H
#define SERVICE_APP_H

/*
 * app -- one installation: its folder, store, keys, log and schemes, open.
 *
 *   DIR/lock            held while a server runs
 *   DIR/tenstar.db      the embedded store; or
 *   DIR/store           one line, "postgres:CONNINFO"
 *   DIR/keys/log.key    seed of the log's Ed25519 key
 *   DIR/log.checkpoint  the newest checkpoint that was signed (tlog/anchor.h)
 *   DIR/log.shown       a checkpoint that a witness showed and the log does
 *                       not continue (service/witness_ask.h)
 *   DIR/witnesses       who is asked to cosign (service/witnesses.h)
 *   DIR/keys/salt.key   what salts of the log's leaves, and other keys that
 *                       never leave the machine, are made from
 *   DIR/keys/qr-2.key   the second key for QR codes, and so on (domain/keys.h)
 *   DIR/keys/pdf-1.pem  the certificate of the first key for documents
 *                       (service/key_certificate.h)
 *   DIR/keys/master.key what the others are locked with (crypto/keyfile.h);
 *                       without it they lie open
 *   DIR/blobs/          files, named by the SHA-256 of their content
 *   DIR/held/           files of service records, in boxes, for as long as they
 *                       are held (service/records_held.h)
 *   DIR/register/       the register as a read model, which can be made anew
 *                       from the store (service/register_home.h)
 *   DIR/register/rooted the register as the newest root in the log has it,
 *                       likewise (service/rooted.h)
 *   DIR/calendar/       years that are newer than the program, optional
 *   DIR/dictionary.yaml the authority's columns, where newer than the program
 *
 *   [AP1] An installation is one body; its `body` stream says which.
 *   [AP2] A case is judged by the scheme it was opened under, read from the
 *         store by its hash, never by what lies in schemes/ today.
 *   [AP3] The log's origin and public address are fixed when it is founded.
 *   [AP4] A key signs only while the body's stream says that it does, and its
 *         file holds the key that was announced there.
 *   [AP5] It opens only with projections that this program made
 *         (projections.h); to be rebuilt it opens with any.
 *
 * Threads: an app is shared; everything in it is constant after app_open()
 * or has its own lock.  Reads go through app_read(), which keeps a store for
 * each thread; writes through app_write(), one after the other.
 */

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"
#include "domain/actor.h"
#include "domain/keys.h"
#include "scheme/load.h"
#include "scheme/scheme.h"
#include "store/committer.h"
#include "store/store.h"
#include "tlog/leaf.h"
#include "tlog/tlog.h"

struct arena;
struct clock;
struct entropy;
struct file_ops;
struct heap;
struct kept;
struct rooted;
struct sign_key;
struct status_cache;

struct app;

enum app_use { APP_READ, APP_WRITE, APP_SERVE, APP_REBUILD };

/* What an app is opened with; all borrowed and outliving it. */
struct app_world {
    struct heap *heap; /* serves several threads */
    struct clock *clock;
    struct entropy *entropy;
    struct file_ops *files;
    str passphrase; /* of the keys; empty: none was given */
};

/*
 * Open the installation in folder `dir`, which must be there.  One server at
 * a time: APP_SERVE and APP_REBUILD are ERR_BUSY "lock.held" while another runs
 * on it; commands of operators write beside it, one after the other.
 * ERR_NOT_FOUND "app.none" (folder) when the folder holds no installation,
 * ERR_CORRUPT "app.key" (path), "app.key_differs" (path) [AP4], ERR_DENIED
 * "keyfile.passphrase_needed", "keyfile.passphrase_wrong", ERR_REFUSED
 * "app.projections" (folder) [AP5], ERR_INVALID
 * "app.utf8" (path) or "calendar.*" for a calendar that cannot be read.
 */
err app_open(struct arena *a, const struct app_world *world, str dir,
             enum app_use use, struct app **out);
void app_close(struct app **app);

/* What a new installation is founded with. */
struct app_founding {
    const struct body *body;
    str public_url;
    str log_origin;
    id body_id;
    int64_t at; /* set by app_found() */
};

/*
 * Make the folder, keys from the world's entropy, and an empty store, and put
 * the body's stream in it.  The log's key is written last and makes it an
 * installation; what was broken off before can begin again.  ERR_CONFLICT
 * "app.exists" (folder) when the folder, or the store it names, holds an
 * installation.
 */
err app_found(struct arena *a, const struct app_world *world, str dir,
              const struct app_founding *with);

/* The body as it was founded: its facts of a day are body_known.h's; that it is
 * a demonstration never changes. */
const struct body *app_body(const struct app *app);
const struct calendar *app_calendar(const struct app *app);
const struct app_world *app_world_of(const struct app *app);
const struct tlog_key *app_log_key(const struct app *app);
const uint8_t *app_salt_key(const struct app *app); /* SALT_KEY_BYTES */

/* A key that signs. */
struct app_key {
    const struct key_row *row; /* NULL: none */
    str secret;                /* 32 bytes; of RSA, PKCS #8 in DER */
};

/* The one for a purpose, but for KEY_LOG; NULL when there is none. */
const struct app_key *app_key(const struct app *app, enum key_purpose purpose);

/* The pair of one that signs with Ed25519; the caller wipes it.  Its public
 * part was found to be of its secret when the app was opened [AP4]. */
void app_key_pair(const struct app_key *key, struct sign_key *out);

/* Every key there is and was, when the app was opened. */
const struct key_history *app_key_history(const struct app *app);
str app_blob_folder(const struct app *app);
str app_folder(const struct app *app);
str app_public_url(const struct app *app); /* no slash at its end */

/* A read tx of this thread's own store.  ERR_LIMIT "app.readers" (most). */
err app_read(struct app *app, struct arena *a, struct tx **out);

/* The database's own consistency check; no tx may be open in this thread. */
err app_integrity(struct app *app, struct arena *a);

/* Run `work` in the one writer; durable when it returns (store/committer.h).
 * Only for an app that was opened for writing. */
err app_write(struct app *app, struct arena *a, committer_work *work,
              void *context);

/* The same for a work that changes, of what commands on cases read, only what
 * belongs to a case: no person, enterprise, package or body, nor what stands in
 * cases by other means than a command.  [KP2] */
err app_write_case(struct app *app, struct arena *a, committer_work *work,
                   void *context);

/* What commands keep in memory; NULL: opened for reading. */
struct kept *app_kept(const struct app *app);

/* What it keeps of signed status lists (status_lists.h). */
struct status_cache *app_status_cache(const struct app *app);

/* The register as its newest root in the log has it (rooted.h). */
struct rooted *app_rooted(const struct app *app);

/* The frozen scheme with this hash; loaded once and kept.  ERR_CORRUPT
 * "app.scheme" (scheme) when the store's copy does not have the hash. */
err app_scheme(struct app *app, struct tx *tx, const struct hash *hash,
               const struct scheme **out);

/* The files that were frozen under this hash, into `a`: none, when none were.
 * Nobody has looked whether they still have it. */
err app_package(struct tx *tx, struct arena *a, const struct hash *hash,
                struct package *out);

/* A scheme and a level of it in the words of the package with this hash [AP2];
 * the ids themselves where it is under none of ours (all zeros), and for a
 * level that it does not have. */
struct scheme_words {
    struct label scheme;
    struct label level;
};
err app_scheme_words(struct app *app, struct tx *tx, const struct hash *package,
                     str scheme, str level, struct scheme_words *out);

/* The newest frozen package of this name; ERR_NOT_FOUND "app.no_scheme"
 * (scheme, known: those there are), or "app.no_schemes". */
err app_scheme_named(struct app *app, struct tx *tx, str name,
                     const struct scheme **out);

/* The same, or NULL where there is none; no tx may be open in this thread.
 * Mostly it is known without one (register_home.h [RG4]). */
err app_scheme_newest(struct app *app, struct arena *a, str name,
                      const struct scheme **out);

#endif
