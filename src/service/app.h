#ifndef SERVICE_APP_H
#define SERVICE_APP_H

/*
 * app -- one installation: its folder, store, keys, log and schemes, open.
 *
 *   DIR/lock            held while a server or a writing command runs
 *   DIR/tenstar.db      the embedded store; or
 *   DIR/store           one line, "postgres:CONNINFO"
 *   DIR/keys/log.key    seed of the log's Ed25519 key, hexadecimal
 *   DIR/keys/salt.key   what salts of the log's leaves are made from
 *   DIR/blobs/          files, named by the SHA-256 of their content
 *   DIR/calendar/       years that are newer than the program, optional
 *
 *   [AP1] An installation is one body; its `body` stream says which.
 *   [AP2] A case is judged by the scheme it was opened under, read from the
 *         store by its hash, never by what lies in schemes/ today.
 *   [AP3] The log's origin and public address are fixed when it is founded.
 *
 * Threads: an app is shared; everything in it is constant after app_open()
 * or has its own lock.  A store is one thread's: see app_reader().
 */

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"
#include "domain/actor.h"
#include "scheme/scheme.h"
#include "store/store.h"
#include "tlog/log.h"

struct arena;
struct clock;
struct committer;
struct entropy;
struct file_ops;
struct heap;

struct app;

/* What an app is opened with; all borrowed and outliving it. */
struct app_world {
    struct heap *heap;
    struct clock *clock;
    struct entropy *entropy;
    struct file_ops *files;
};

/*
 * Open the installation in folder `dir`, which must be there.  With `writing`
 * it is locked for us alone: ERR_BUSY "app.locked" when a server runs on it.
 * ERR_NOT_FOUND "app.none" when the folder holds no installation.
 */
err app_open(struct arena *a, const struct app_world *world, str dir,
             bool writing, struct app **out);
void app_close(struct app **app);

/* Make the folder and everything in it, and an empty schema.  ERR_CONFLICT
 * "app.exists" when it holds anything. */
err app_found(struct arena *a, const struct app_world *world, str dir);

const struct body *app_body(const struct app *app);
const struct calendar *app_calendar(const struct app *app);
struct clock *app_clock(const struct app *app);

/* The frozen scheme with this hash; loaded once and kept.  ERR_CORRUPT
 * "app.scheme" when the store's copy does not have the hash. */
err app_scheme(struct app *app, struct arena *a, const struct hash *hash,
               const struct scheme **out);

/* The newest frozen package of this name; ERR_NOT_FOUND "app.no_scheme". */
err app_scheme_named(struct app *app, struct arena *a, str name,
                     const struct scheme **out);

#endif
