#include "service/app.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/utf8.h"
#include "crypto/bytes.h"
#include "domain/events.h"
#include "service/app_parts.h"
#include "service/body_known.h"
#include "service/kept.h"
#include "service/projections.h"
#include "service/records_held_desk.h"
#include "service/register_home.h"
#include "service/rooted.h"
#include "service/scheme_cache.h"
#include "service/status_lists.h"
#include "service/stream.h"
#include "store/journal.h"
#include "store/schemes.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/files.h"
#include "sys/lock.h"
#include "tlog/anchor.h"

#include <pthread.h>

enum {
    APP_ARENA = 256 << 20,
    CALENDAR_FILE_MAX = 1 << 20,
    CALENDAR_FILES_MAX = 1000,
    READER_SLOTS = 256,
    PATHS_MAX = 4096,
};

struct app {
    struct app_world world;
    struct arena own; /* what lives as long as the app, made while it opens */
    pthread_mutex_t mutex;
    str dir;
    str blobs; /* folder */
    str where; /* of the store */
    struct lock lock;
    struct committer *committer; /* NULL: opened for reading */
    struct kept *kept;           /* .. this as well */
    pthread_key_t reader;        /* this thread's store */
    bool reader_made;
    struct store *readers[READER_SLOTS];
    size_t reader_count;
    struct body body;
    str public_url;
    struct calendar *calendar;
    struct tlog_anchor anchor;
    struct tlog_anchor shown;
    struct tlog_key log_key;
    uint8_t salt_key[SALT_KEY_BYTES];
    struct master_key master; /* while it is opened */
    struct key_history history;
    struct app_key keys[KEY_PURPOSE_COUNT]; /* secrets in `own` */
    struct status_cache *lists;             /* these have a lock .. */
    struct scheme_cache *schemes;           /* .. and room of their own; */
    struct body_cache *bodies;              /* .. so does this, */
    struct held_desk *held;                 /* .. this, .. */
    struct register_home *home;             /* .. this, .. */
    struct rooted *rooted;                  /* .. and this */
};

const struct body *app_body(const struct app *app)
{
    return &app->body;
}

const struct calendar *app_calendar(const struct app *app)
{
    return app->calendar;
}

const struct app_world *app_world_of(const struct app *app)
{
    return &app->world;
}

const struct tlog_key *app_log_key(const struct app *app)
{
    return &app->log_key;
}

const uint8_t *app_salt_key(const struct app *app)
{
    return app->salt_key;
}

const struct app_key *app_key(const struct app *app, enum key_purpose purpose)
{
    return app->keys[purpose].row == NULL ? NULL : &app->keys[purpose];
}

struct status_cache *app_status_cache(const struct app *app)
{
    return app->lists;
}

struct body_cache *app_body_cache(const struct app *app)
{
    return app->bodies;
}

struct held_desk *app_held(const struct app *app)
{
    return app->held;
}

struct rooted *app_rooted(const struct app *app)
{
    return app->rooted;
}

struct register_home *app_register(const struct app *app)
{
    return app->home;
}

const struct key_history *app_key_history(const struct app *app)
{
    return &app->history;
}

/* --- paths ------------------------------------------------------------ */

err app_path(struct arena *a, str dir, const char *name, str *out)
{
    const char *folder;
    struct buf b;

    TRY(file_path(a, dir, &folder));
    buf_init(&b, a, PATHS_MAX);
    buf_str(&b, dir);
    buf_char(&b, '/');
    buf_str(&b, str_of(name));
    return buf_done(&b, out);
}

str app_folder(const struct app *app)
{
    return app->dir;
}

str app_blob_folder(const struct app *app)
{
    return app->blobs;
}

str app_public_url(const struct app *app)
{
    return app->public_url;
}

/* --- where the store is ----------------------------------------------- */

err app_find_store(const struct app_world *w, struct arena *a, str dir,
                   str *out)
{
    struct buf b;
    str path;
    str text;

    TRY(app_path(a, dir, "store", &path));
    err e = file_read(w->files, a, path, STORE_FILE_MAX, &text);
    if (!failed(e)) {
        *out = str_trim(text);
        return OK;
    }
    if (!err_is(e, ERR_NOT_FOUND))
        return e;
    buf_init(&b, a, PATHS_MAX);
    buf_str(&b, S("sqlite:"));
    buf_str(&b, dir);
    buf_str(&b, S("/tenstar.db"));
    return buf_done(&b, out);
}

/* --- the body --------------------------------------------------------- */

static void take_body(struct app *app, const struct body_founded *f)
{
    app->body = (struct body){
        .name_zh = f->name_zh,
        .name_en = f->name_en,
        .approval = f->approval,
        .number = f->number,
        .fields = f->fields.p,
        .field_count = f->fields.n,
        .demonstration = f->demonstration,
        .uscc = f->uscc,
        .accreditation = f->accreditation,
        .address = f->address,
        .phone = f->phone,
    };
    app->log_key.origin = f->log_origin;
    app->public_url = f->public_url;
}

static err none_in(struct arena *a, str folder)
{
    return err_new(a, ERR_NOT_FOUND, "app.none", ARG_STR("folder", folder));
}

/* The body's stream; a store without one is not what was founded here. */
static err find_body(const struct app *app, struct tx *tx,
                     struct stream_row *out)
{
    err e = stream_by_number(tx, tx_arena(tx), S("body"), S("body"), out);

    return err_is(e, ERR_NOT_FOUND) ? none_in(tx_arena(tx), app->dir) : e;
}

static err read_body(struct app *app, struct arena *a)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct stream_row row;
    struct event_list events;

    TRY(app_read(app, a, &tx));
    TRY(find_body(app, tx, &row));
    TRY(stream_events(tx, &app->own, &row, &events));
    if (events.n == 0)
        return none_in(a, app->dir);
    take_body(app, events.first->data);
    TRY(key_history_of(&app->own, &events, &app->history));
    TRY(app_read_log_keys(&app->world, &app->own, app->dir, &app->master,
                          &app->history, &app->log_key));
    return app_read_keys(&app->world, &app->own, app->dir, &app->master,
                         &app->history, app->keys);
}

/* [AP5] */
static err check_projections(struct app *app, struct arena *a)
{
    scoped(tx_abort) struct tx *tx = NULL;
    bool made;

    TRY(app_read(app, a, &tx));
    TRY(projections_made(tx, &made));
    if (!made)
        return err_new(a, ERR_REFUSED, "app.projections",
                       ARG_STR("folder", app->dir));
    return OK;
}

/* --- the calendar ---------------------------------------------------- */

static err read_years(struct app *app, struct arena *a, str path)
{
    str text;

    TRY(file_read(app->world.files, a, path, CALENDAR_FILE_MAX, &text));
    if (!utf8_check(text, NULL))
        return err_new(a, ERR_INVALID, "app.utf8", ARG_STR("path", path));
    return calendar_read(app->calendar, &app->own, path, text);
}

/* Years that are newer than the program, from DIR/calendar. */
static err read_calendar(struct app *app, struct arena *a)
{
    struct file_names names;
    str folder;

    TRY(calendar_official(&app->own, &app->calendar));
    TRY(app_path(a, app->dir, "calendar", &folder));
    err e =
        folder_list(app->world.files, a, folder, CALENDAR_FILES_MAX, &names);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    for (size_t i = 0; i < names.n; i++) {
        str path;

        TRY(app_path(a, folder, names.at[i].p, &path));
        TRY(read_years(app, a, path));
    }
    return OK;
}

/* --- opening --------------------------------------------------------- */

static void wipe_keys(struct app *app)
{
    bytes_wipe(&app->master, sizeof app->master);
    bytes_wipe(app->log_key.seed, sizeof app->log_key.seed);
    bytes_wipe((void *)(uintptr_t)app->log_key.formers,
               app->log_key.former_n * sizeof *app->log_key.formers);
    bytes_wipe(app->salt_key, sizeof app->salt_key);
    for (size_t i = 0; i < KEY_PURPOSE_COUNT; i++)
        bytes_wipe((void *)(uintptr_t)app->keys[i].secret.p,
                   app->keys[i].secret.n);
}

static void close_all(struct app *app)
{
    committer_close(&app->committer);
    kept_end(&app->kept);
    status_cache_end(app->lists);
    scheme_cache_end(app->schemes);
    body_cache_end(app->bodies);
    held_desk_end(app->held);
    rooted_end(app->rooted);
    register_home_end(app->home);
    for (size_t i = 0; i < app->reader_count; i++)
        store_close(&app->readers[i]);
    if (app->reader_made)
        (void)pthread_key_delete(app->reader);
    lock_drop(&app->lock);
    (void)pthread_mutex_destroy(&app->mutex);
    wipe_keys(app);
    arena_end(&app->own);
}

void app_close(struct app **app)
{
    if (*app == NULL)
        return;
    close_all(*app);
    *app = NULL;
}

static err open_store(struct app *app, struct arena *a, enum app_use use)
{
    scoped(store_close) struct store *s = NULL;

    TRY(app_find_store(&app->world, &app->own, app->dir, &app->where));
    TRY(store_open(app->world.heap, a, app->where, &s));
    TRY(store_migrate(s, a));
    if (use == APP_READ)
        return OK;
    TRY(kept_begin(app->world.heap, &app->kept));
    return committer_open(app->world.heap, a, app->where,
                          &committer_limits_usual, &app->committer);
}

/* A key of 32 bytes, whose file was read. */
static void take_key(str secret, uint8_t out[static 32])
{
    memcpy(out, secret.p, 32);
    bytes_wipe((void *)(uintptr_t)secret.p, secret.n);
}

/* What every installation has from its first day on. */
static err read_first_keys(struct app *app, struct arena *a)
{
    const struct app_world *w = &app->world;
    const struct master_key *master = &app->master;
    bool locked;
    str secret;

    TRY(app_read_master(w, a, app->dir, &app->master, &locked));
    err e = app_read_key(w, a, app->dir, S("keys/log.key"), master, &secret);
    if (err_is(e, ERR_NOT_FOUND))
        return none_in(a, app->dir);
    TRY(e);
    take_key(secret, app->log_key.seed);
    TRY(app_read_key(w, a, app->dir, S("keys/salt.key"), master, &secret));
    take_key(secret, app->salt_key);
    return OK;
}

static err open_parts(struct app *app, struct arena *a, enum app_use use)
{
    TRY(read_first_keys(app, a));
    if (use == APP_SERVE || use == APP_REBUILD)
        TRY(lock_take(app->world.files, a, app->dir, &app->lock));
    TRY(app_path(&app->own, app->dir, "blobs", &app->blobs));
    TRY(app_path(&app->own, app->dir, "log.checkpoint", &app->anchor.path));
    TRY(app_path(&app->own, app->dir, "log.shown", &app->shown.path));
    app->anchor.files = app->world.files;
    app->shown.files = app->world.files;
    app->log_key.anchor = &app->anchor;
    app->log_key.shown = &app->shown;
    TRY(open_store(app, a, use));
    TRY(read_calendar(app, a));
    err e = read_body(app, a);
    bytes_wipe(&app->master, sizeof app->master);
    TRY(e);
    return use == APP_REBUILD ? OK : check_projections(app, a);
}

err app_open(struct arena *a, const struct app_world *world, str dir,
             enum app_use use, struct app **out)
{
    scoped(app_close) struct app *app = NULL;
    struct app *made = arena_zero(a, sizeof *made);

    TRY_MEMORY(made);
    made->world = *world;
    made->lock = LOCK_NONE;
    arena_init(&made->own, world->heap, APP_ARENA);
    check(pthread_mutex_init(&made->mutex, NULL) == 0);
    app = made;
    if (pthread_key_create(&app->reader, NULL) != 0)
        return err_memory();
    app->reader_made = true;
    TRY_MEMORY(arena_str(&app->own, dir, &app->dir));
    TRY(status_cache_new(world->heap, &app->own, &app->lists));
    TRY(scheme_cache_new(world->heap, &app->own, &app->schemes));
    TRY(body_cache_new(world->heap, &app->own, &app->bodies));
    TRY(held_desk_new(world->heap, &app->own, &app->held));
    TRY(rooted_new(&app->own, &app->rooted));
    TRY(register_home_new(world->heap, &app->own, &app->home));
    /* An error may have been born in the app's own arena. */
    TRY(err_keep(a, open_parts(app, a, use)));
    *out = app;
    app = NULL;
    return OK;
}

/* --- reading and writing --------------------------------------------- */

static void lock(struct app *app)
{
    int rc = pthread_mutex_lock(&app->mutex);
    check(rc == 0);
}

static void unlock(struct app *app)
{
    int rc = pthread_mutex_unlock(&app->mutex);
    check(rc == 0);
}

/* The app closes what it is told of. */
static bool remember_reader(struct app *app, struct store *s)
{
    lock(app);
    bool room = app->reader_count < READER_SLOTS;
    if (room)
        app->readers[app->reader_count++] = s;
    unlock(app);
    return room;
}

static err new_reader(struct app *app, struct arena *a, struct store **out)
{
    scoped(store_close) struct store *s = NULL;
    struct store *made;

    TRY(store_open(app->world.heap, a, app->where, &s));
    if (!remember_reader(app, s))
        return err_new(a, ERR_LIMIT, "app.readers",
                       ARG_INT("most", READER_SLOTS));
    made = s;
    s = NULL;
    if (pthread_setspecific(app->reader, made) != 0)
        return err_memory();
    *out = made;
    return OK;
}

static err own_reader(struct app *app, struct arena *a, struct store **out)
{
    struct store *s = pthread_getspecific(app->reader);

    if (s == NULL)
        TRY(new_reader(app, a, &s));
    *out = s;
    return OK;
}

err app_read(struct app *app, struct arena *a, struct tx **out)
{
    struct store *s;

    TRY(own_reader(app, a, &s));
    return tx_begin(s, a, TX_READ, out);
}

err app_integrity(struct app *app, struct arena *a)
{
    struct store *s;

    TRY(own_reader(app, a, &s));
    return store_integrity(s, a);
}

struct kept *app_kept(const struct app *app)
{
    return app->kept;
}

err app_write_case(struct app *app, struct arena *a, committer_work *work,
                   void *context)
{
    check(app->committer != NULL);
    return committer_run(app->committer, a, work, context);
}

/* A work that may change anything. */
struct writing {
    struct kept *kept;
    committer_work *work;
    void *context;
};

static err write_anything(struct tx *tx, void *context)
{
    const struct writing *w = context;

    kept_forget(w->kept);
    return w->work(tx, w->context);
}

err app_write(struct app *app, struct arena *a, committer_work *work,
              void *context)
{
    struct writing w = { app->kept, work, context };

    return app_write_case(app, a, write_anything, &w);
}

/* --- schemes [AP2] --------------------------------------------------- */

err app_scheme(struct app *app, struct tx *tx, const struct hash *hash,
               const struct scheme **out)
{
    return scheme_cache_get(app->schemes, tx, hash, out);
}

static err newest_in(struct app *app, struct tx *tx, str name,
                     const struct scheme **out)
{
    err e = app_scheme_named(app, tx, name, out);

    if (failed(e))
        *out = NULL;
    return err_is(e, ERR_NOT_FOUND) ? OK : e;
}

err app_scheme_newest(struct app *app, struct arena *a, str name,
                      const struct scheme **out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    uint64_t age = register_age(app);

    if (scheme_cache_knows(app->schemes, age, name, out))
        return OK;
    TRY(app_read(app, a, &tx));
    TRY(newest_in(app, tx, name, out));
    scheme_cache_know(app->schemes, age, name, *out);
    return OK;
}
