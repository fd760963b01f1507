#include "service/app.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/json.h"
#include "codec/yaml.h"
#include "domain/event.h"
#include "domain/events.h"
#include "service/stream.h"
#include "store/journal.h"
#include "store/schemes.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/files.h"
#include "sys/lock.h"

#include <pthread.h>

enum {
    APP_ARENA = 256 << 20,
    KEY_FILE_MAX = 200,
    STORE_FILE_MAX = 2000,
    SCHEME_SLOTS = 64,
    READER_SLOTS = 256,
    PATHS_MAX = 4096,
};

struct app {
    struct app_world world;
    struct arena own; /* what lives as long as the app; under `mutex` */
    pthread_mutex_t mutex;
    str dir;
    str blobs; /* folder */
    str where; /* of the store */
    struct lock lock;
    struct committer *committer; /* NULL: opened for reading */
    pthread_key_t reader;        /* this thread's store */
    bool reader_made;
    struct store *readers[READER_SLOTS];
    size_t reader_count;
    struct body body;
    str public_url;
    struct calendar *calendar;
    struct tlog_key log_key;
    uint8_t salt_key[SALT_KEY_BYTES];
    const struct scheme *schemes[SCHEME_SLOTS];
    size_t scheme_count;
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

/* --- paths and keys --------------------------------------------------- */

static err path_in(struct arena *a, str dir, const char *name, str *out)
{
    struct buf b;

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

static err read_key(const struct app *app, struct arena *a, const char *name,
                    uint8_t out[static 32])
{
    str path;
    str text;

    TRY(path_in(a, app->dir, name, &path));
    TRY(file_read(app->world.files, a, path, KEY_FILE_MAX, &text));
    if (!hex_parse(str_trim(text), out, 32))
        return err_new(a, ERR_CORRUPT, "app.key", ARG_STR("path", path));
    return OK;
}

static err write_key(const struct app_world *w, struct arena *a, str dir,
                     const char *name)
{
    uint8_t seed[32];
    struct buf b;
    str path;
    str text;

    TRY(entropy_fill(w->entropy, seed, sizeof seed));
    buf_init(&b, a, KEY_FILE_MAX);
    buf_hex(&b, seed, sizeof seed);
    buf_char(&b, '\n');
    TRY(buf_done(&b, &text));
    TRY(path_in(a, dir, name, &path));
    return file_write(w->files, a, path, text, FILE_SECRET);
}

/* --- where the store is ----------------------------------------------- */

static bool is_missing(err e)
{
    return failed(e) && e.info->code == ERR_NOT_FOUND;
}

static err find_store(const struct app_world *w, struct arena *a, str dir,
                      str *out)
{
    struct buf b;
    str path;
    str text;

    TRY(path_in(a, dir, "store", &path));
    err e = file_read(w->files, a, path, STORE_FILE_MAX, &text);
    if (!failed(e)) {
        *out = str_trim(text);
        return OK;
    }
    if (!is_missing(e))
        return e;
    buf_init(&b, a, PATHS_MAX);
    buf_str(&b, S("sqlite:"));
    buf_str(&b, dir);
    buf_str(&b, S("/tenstar.db"));
    return buf_done(&b, out);
}

/* --- the body --------------------------------------------------------- */

static err take_body(struct app *app, const struct body_founded *f)
{
    app->body = (struct body){
        .name_zh = f->name_zh,
        .name_en = f->name_en,
        .approval = f->approval,
        .number = f->number,
        .fields = f->fields.p,
        .field_count = f->fields.n,
        .demonstration = f->demonstration,
    };
    app->log_key.origin = f->log_origin;
    app->public_url = f->public_url;
    return OK;
}

static err read_body(struct app *app, struct arena *a)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct stream_row row;
    struct event_list events;

    TRY(app_read(app, a, &tx));
    TRY(stream_by_number(tx, a, S("body"), S("body"), &row));
    TRY(stream_events(tx, &app->own, &row, &events));
    check(events.n > 0);
    return take_body(app, events.first->data);
}

/* --- the calendar ----------------------------------------------------------
 */

/* Years that are newer than the program, from DIR/calendar. */
static err read_calendar(struct app *app, struct arena *a)
{
    struct file_names names;
    str folder;

    TRY(calendar_official(&app->own, &app->calendar));
    TRY(path_in(a, app->dir, "calendar", &folder));
    err e = folder_list(app->world.files, a, folder, 1000, &names);
    if (is_missing(e))
        return OK;
    TRY(e);
    for (size_t i = 0; i < names.n; i++) {
        str path;
        str text;

        TRY(path_in(a, folder, names.at[i].p, &path));
        TRY(file_read(app->world.files, a, path, 1 << 20, &text));
        TRY(calendar_read(app->calendar, &app->own, path, text));
    }
    return OK;
}

/* --- opening ---------------------------------------------------------------
 */

static void close_all(struct app *app)
{
    committer_close(&app->committer);
    for (size_t i = 0; i < app->reader_count; i++)
        store_close(&app->readers[i]);
    if (app->reader_made)
        (void)pthread_key_delete(app->reader);
    lock_drop(&app->lock);
    (void)pthread_mutex_destroy(&app->mutex);
    explicit_bzero(&app->log_key.seed, sizeof app->log_key.seed);
    explicit_bzero(app->salt_key, sizeof app->salt_key);
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

    TRY(find_store(&app->world, &app->own, app->dir, &app->where));
    TRY(store_open(app->world.heap, a, app->where, &s));
    TRY(store_migrate(s, a));
    if (use != APP_READ)
        TRY(committer_open(app->world.heap, a, app->where,
                           &committer_limits_usual, &app->committer));
    return OK;
}

static err open_parts(struct app *app, struct arena *a, enum app_use use)
{
    err e = read_key(app, a, "keys/log.key", app->log_key.seed);

    if (is_missing(e))
        return err_new(a, ERR_NOT_FOUND, "app.none",
                       ARG_STR("folder", app->dir));
    TRY(e);
    TRY(read_key(app, a, "keys/salt.key", app->salt_key));
    if (use == APP_SERVE)
        TRY(lock_take(app->world.files, a, app->dir, &app->lock));
    TRY(path_in(&app->own, app->dir, "blobs", &app->blobs));
    TRY(open_store(app, a, use));
    TRY(read_calendar(app, a));
    return read_body(app, a);
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
    TRY(open_parts(app, a, use));
    *out = app;
    app = NULL;
    return OK;
}

/* --- founding --------------------------------------------------------------
 */

static err put_body(struct tx *tx, void *context)
{
    const struct app_founding *with = context;
    const struct body *b = with->body;
    str *fields = arena_array(tx_arena(tx), b->field_count, sizeof *fields);
    struct body_founded founded = {
        .name_zh = b->name_zh,
        .name_en = b->name_en,
        .approval = b->approval,
        .number = b->number,
        .fields = { fields, b->field_count },
        .public_url = with->public_url,
        .log_origin = with->log_origin,
        .demonstration = b->demonstration,
    };
    struct facts f = { .at = with->at,
                       .today = day_of_micros(with->at),
                       .channel = S("demo") };

    struct new_stream stream = { STREAM_BODY, with->body_id, S("body") };

    TRY_MEMORY(fields);
    memcpy(fields, b->fields, b->field_count * sizeof *fields);
    return stream_begin(tx, &stream, "body.founded", &f, &founded);
}

err app_found(struct arena *a, const struct app_world *world, str dir,
              const struct app_founding *with)
{
    scoped(store_close) struct store *s = NULL;
    scoped(tx_abort) struct tx *tx = NULL;
    struct app_founding founding = *with;
    str keys;
    str where;
    str known;

    TRY(path_in(a, dir, "keys", &keys));
    err e = file_read(world->files, a, keys, KEY_FILE_MAX, &known);
    if (!is_missing(e))
        return err_new(a, ERR_CONFLICT, "app.exists", ARG_STR("folder", dir));
    TRY(folder_make(world->files, a, keys, FOLDER_PRIVATE));
    TRY(write_key(world, a, dir, "keys/salt.key"));
    TRY(find_store(world, a, dir, &where));
    TRY(store_open(world->heap, a, where, &s));
    TRY(store_migrate(s, a));
    TRY(tx_begin(s, a, TX_WRITE, &tx));
    founding.at = world->clock->now(world->clock);
    TRY(put_body(tx, &founding));
    TRY(tx_commit(&tx));
    /* The last file makes it an installation. */
    return write_key(world, a, dir, "keys/log.key");
}

/* --- reading and writing ----------------------------------------------------
 */

static err new_reader(struct app *app, struct arena *a, struct store **out)
{
    struct store *s = NULL;

    if (app->reader_count >= READER_SLOTS)
        return err_new(a, ERR_LIMIT, "app.readers",
                       ARG_INT("most", READER_SLOTS));
    TRY(store_open(app->world.heap, a, app->where, &s));
    app->readers[app->reader_count++] = s;
    if (pthread_setspecific(app->reader, s) != 0)
        return err_memory();
    *out = s;
    return OK;
}

static err own_reader(struct app *app, struct arena *a, struct store **out)
{
    struct store *s = pthread_getspecific(app->reader);
    err e = OK;

    if (s == NULL) {
        check(pthread_mutex_lock(&app->mutex) == 0);
        e = new_reader(app, a, &s);
        check(pthread_mutex_unlock(&app->mutex) == 0);
    }
    TRY(e);
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

err app_write(struct app *app, struct arena *a, committer_work *work,
              void *context)
{
    check(app->committer != NULL);
    return committer_run(app->committer, a, work, context);
}

/* --- schemes [AP2] -----------------------------------------------------------
 */

static bool same_hash(const struct hash *x, const struct hash *y)
{
    return memcmp(x->b, y->b, sizeof x->b) == 0;
}

static const struct scheme *find_scheme(const struct app *app,
                                        const struct hash *hash)
{
    for (size_t i = 0; i < app->scheme_count; i++) {
        if (same_hash(&app->schemes[i]->hash, hash))
            return app->schemes[i];
    }
    return NULL;
}

static err load_scheme(struct app *app, struct tx *tx, const struct hash *hash,
                       const struct scheme **out)
{
    struct list rows;
    struct page all = { .limit = STORE_PAGE_MAX };
    struct problem *problems;
    struct scheme *s = NULL;

    TRY(scheme_files(tx, &app->own, hash, &all, &rows));

    const struct scheme_file_row *files = rows.p;
    struct package_file *copy = arena_array(&app->own, rows.n, sizeof *copy);
    TRY_MEMORY(copy);
    for (size_t i = 0; i < rows.n; i++)
        copy[i] = (struct package_file){ files[i].path, files[i].bytes };

    struct package package = { copy, rows.n };
    err e = scheme_thaw(&app->own, &package, &s, &problems);
    if (failed(e) && e.info->code == ERR_MEMORY)
        return e;
    if (failed(e) || !same_hash(&s->hash, hash))
        return err_new(tx_arena(tx), ERR_CORRUPT, "app.scheme");
    *out = s;
    return OK;
}

err app_scheme(struct app *app, struct tx *tx, const struct hash *hash,
               const struct scheme **out)
{
    err e = OK;

    check(pthread_mutex_lock(&app->mutex) == 0);
    const struct scheme *s = find_scheme(app, hash);
    if (s == NULL) {
        e = load_scheme(app, tx, hash, &s);
        if (!failed(e) && app->scheme_count < SCHEME_SLOTS)
            app->schemes[app->scheme_count++] = s;
    }
    check(pthread_mutex_unlock(&app->mutex) == 0);
    TRY(e);
    *out = s;
    return OK;
}

err app_scheme_named(struct app *app, struct tx *tx, str name,
                     const struct scheme **out)
{
    struct scheme_row row;
    err e = scheme_newest(tx, tx_arena(tx), name, &row);

    if (is_missing(e))
        return err_new(tx_arena(tx), ERR_NOT_FOUND, "app.no_scheme",
                       ARG_STR("scheme", name));
    TRY(e);
    return app_scheme(app, tx, &row.hash, out);
}
