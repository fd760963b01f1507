/* published_copy -- the log as files that any web server can serve. [PB1] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "merkle/checkpoint.h"
#include "service/public_keys.h"
#include "service/published.h"
#include "service/status_lists.h"
#include "store/log.h"
#include "store/schemes.h"
#include "sys/files.h"
#include "tlog/own.h"
#include "tlog/tiles.h"

enum { NAME_MOST = 60, TRUST_MOST = 200 };

/* A file beside the log. */
struct trust_file {
    str name;
    str bytes;
};

struct copying {
    struct app *app;
    struct tx *tx;
    str folder;
    int64_t size; /* of what is copied */
    int64_t files;
    struct tile tile;    /* the one that is being written */
    struct hash package; /* likewise, of the schemes */
    struct trust_file trust[TRUST_MOST];
    size_t trust_n;
};

/* --- what is there ---------------------------------------------------- */

/* What the copy before covers; 0 entries when there is none. */
static err read_old(const struct copying *c, struct arena *a, int64_t *size)
{
    struct checkpoint_body old = { 0 };
    str path;
    str note;

    *size = 0;
    TRY(file_in(a, c->folder, S("checkpoint"), &path));
    err e =
        file_read(app_world_of(c->app)->files, a, path, NOTE_BYTES_MAX, &note);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    e = own_open(a, app_log_key(c->app), note, &old);
    if (err_is(e, ERR_INVALID))
        return err_new(a, ERR_INVALID, "log.other_copy",
                       ARG_STR("folder", c->folder));
    TRY(e);
    TRY(tlog_check_known(c->tx, &old));
    *size = (int64_t)old.size;
    return OK;
}

/* Files are written whole, so one that is there and as long needs no other. */
static bool is_there(const struct copying *c, struct arena *a, str path,
                     str bytes)
{
    str found;

    return !failed(file_read(app_world_of(c->app)->files, a, path, bytes.n,
                             &found)) &&
           str_eq(found, bytes);
}

/* --- what is written -------------------------------------------------- */

static err write_file(struct copying *c, struct arena *a, str path, str bytes)
{
    struct file_ops *files = app_world_of(c->app)->files;

    if (is_there(c, a, path, bytes))
        return OK;
    TRY(folder_make(files, a, file_folder(path), FOLDER_PUBLIC));
    TRY(file_write(files, a, path, bytes, FILE_PUBLIC));
    c->files++;
    return OK;
}

/* A tx_part: a tile's bytes do not outlive it. */
static err write_tile(struct tx *tx, struct arena *a, void *context)
{
    struct copying *c = context;
    char name[TILE_PATH];
    bool found;
    str bytes;
    str path;

    TRY(tlog_tile(tx, a, c->tile, c->size, &bytes, &found));
    TRY(file_in(a, c->folder, tile_path(c->tile, name), &path));
    return write_file(c, a, path, bytes);
}

static err write_tiles(struct copying *c, int64_t old_size)
{
    struct tile_walk walk = { 0 };

    while (tile_next(&walk, (uint64_t)old_size, (uint64_t)c->size, &c->tile))
        TRY(tx_apart(c->tx, write_tile, c));
    return OK;
}

/* --- what credentials are checked with -------------------------------- */

static void add_file(struct copying *c, str name, str bytes)
{
    check(c->trust_n < TRUST_MOST); /* 13 million certificates */
    c->trust[c->trust_n++] = (struct trust_file){ name, bytes };
}

static err read_list(struct copying *c, struct arena *a,
                     enum status_purpose purpose, int64_t list)
{
    const struct status_wish wish = { purpose, list, INT64_MAX };
    struct status_list_written made;
    struct buf b;
    str name;

    TRY(status_lists_read(c->app, a, &wish, &made));
    buf_init(&b, a, NAME_MOST);
    buf_printf(&b, "status/%s/%lld",
               purpose == STATUS_REVOCATION ? "revocation" : "suspension",
               (long long)list);
    TRY(buf_done(&b, &name));
    add_file(c, name, made.json);
    return OK;
}

/* The first list that was not begun is the end of them. */
static err read_lists(struct copying *c, struct arena *a,
                      enum status_purpose purpose)
{
    for (int64_t list = 1;; list++) {
        err e = read_list(c, a, purpose, list);

        if (err_is(e, ERR_NOT_FOUND))
            return OK;
        TRY(e);
    }
}

/* The document of the keys, and the lists of what is revoked and suspended, as
 * the server gives them; a body that has no such key has neither.  They are
 * read before the log is: each is a read of its own. */
static err read_trust(struct copying *c, struct arena *a)
{
    str did;

    if (app_key(c->app, KEY_CREDENTIAL) == NULL)
        return OK;
    TRY(public_keys_document(c->app, a, &did));
    add_file(c, S("did.json"), did);
    TRY(read_lists(c, a, STATUS_REVOCATION));
    return read_lists(c, a, STATUS_SUSPENSION);
}

static err write_trust(struct copying *c, struct arena *a)
{
    for (size_t i = 0; i < c->trust_n; i++) {
        str path;

        TRY(file_in(a, c->folder, c->trust[i].name, &path));
        TRY(write_file(c, a, path, c->trust[i].bytes));
    }
    return OK;
}

/* A tx_part: packages are long. */
static err write_scheme(struct tx *tx, struct arena *a, void *context)
{
    struct copying *c = context;
    struct buf b;
    str name;
    str path;
    str bytes;

    TRY(published_package(tx, a, &c->package, &bytes));
    buf_init(&b, a, sizeof "schemes/" + 2 * sizeof c->package.b);
    buf_str(&b, S("schemes/"));
    buf_hex(&b, c->package.b, sizeof c->package.b);
    TRY(buf_done(&b, &name));
    TRY(file_in(a, c->folder, name, &path));
    return write_file(c, a, path, bytes);
}

static err write_page(struct copying *c, const struct list *rows)
{
    const struct scheme_row *r = rows->p;

    for (size_t i = 0; i < rows->n; i++) {
        c->package = r[i].hash;
        TRY(tx_apart(c->tx, write_scheme, c));
    }
    return OK;
}

static err write_schemes(struct copying *c, struct arena *a)
{
    struct list rows;

    c->package = (struct hash){ 0 };
    do {
        TRY(scheme_list(c->tx, a, &c->package, STORE_PAGE_MAX, &rows));
        TRY(write_page(c, &rows));
    } while (rows.n == STORE_PAGE_MAX);
    return OK;
}

static err copy(struct copying *c, struct arena *a)
{
    struct checkpoint newest;
    int64_t old_size;
    str note;
    str path;

    TRY(tlog_newest(c->tx, a, &newest));
    if (newest.note.n == 0)
        return err_new(a, ERR_NOT_FOUND, "log.unsigned");
    c->size = newest.size;
    TRY(read_old(c, a, &old_size));
    TRY(write_tiles(c, old_size));
    TRY(write_trust(c, a));
    TRY(write_schemes(c, a));
    TRY(published_note(c->tx, a, &newest, &note));
    TRY(file_in(a, c->folder, S("checkpoint"), &path));
    return write_file(c, a, path, note);
}

err published_copy(struct app *app, struct arena *a, str folder,
                   struct published_copy *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct copying c = { .app = app, .folder = folder };

    while (c.folder.n > 1 && c.folder.p[c.folder.n - 1] == '/')
        c.folder.n--;
    TRY(read_trust(&c, a));
    TRY(app_read(app, a, &tx));
    c.tx = tx;
    TRY(copy(&c, a));
    *out = (struct published_copy){ c.size, c.files };
    return OK;
}
