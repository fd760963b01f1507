/* published_copy -- the log as files that any web server can serve. [PB1] */

#include "base/arena.h"
#include "base/buf.h"
#include "merkle/checkpoint.h"
#include "service/published.h"
#include "store/log.h"
#include "sys/files.h"
#include "tlog/tiles.h"

enum { PATHS_MOST = 4096 };

struct copying {
    struct app *app;
    struct tx *tx;
    str folder;
    int64_t size; /* of what is copied */
    int64_t files;
    struct tile tile; /* the one that is being written */
};

static err path_in(struct arena *a, str folder, str name, str *out)
{
    struct buf b;

    buf_init(&b, a, PATHS_MOST);
    buf_str(&b, folder);
    buf_char(&b, '/');
    buf_str(&b, name);
    return buf_done(&b, out);
}

static str folder_of(str path)
{
    while (path.n > 0 && path.p[path.n - 1] != '/')
        path.n--;
    return str_first(path, path.n == 0 ? 0 : path.n - 1);
}

/* --- what is there ---------------------------------------------------- */

/* What the copy before covers; 0 entries when there is none. */
static err read_old(const struct copying *c, struct arena *a, int64_t *size)
{
    struct checkpoint_body old = { 0 };
    struct note_key own;
    str path;
    str note;

    *size = 0;
    TRY(path_in(a, c->folder, S("checkpoint"), &path));
    err e =
        file_read(app_world_of(c->app)->files, a, path, NOTE_BYTES_MAX, &note);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    TRY(tlog_own_key(a, app_log_key(c->app), &own));
    e = note_checkpoint_open(a, note, &own, &old);
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
    TRY(folder_make(files, a, folder_of(path), FOLDER_PUBLIC));
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
    TRY(path_in(a, c->folder, tile_path(c->tile, name), &path));
    return write_file(c, a, path, bytes);
}

static err write_tiles(struct copying *c, int64_t old_size)
{
    struct tile_walk walk = { 0 };

    while (tile_next(&walk, (uint64_t)old_size, (uint64_t)c->size, &c->tile))
        TRY(tx_apart(c->tx, write_tile, c));
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
    TRY(published_note(c->tx, a, &newest, &note));
    TRY(path_in(a, c->folder, S("checkpoint"), &path));
    return write_file(c, a, path, note);
}

err published_copy(struct app *app, struct arena *a, str folder,
                   struct published_copy *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct copying c = { .app = app, .folder = folder };

    while (c.folder.n > 1 && c.folder.p[c.folder.n - 1] == '/')
        c.folder.n--;
    TRY(app_read(app, a, &tx));
    c.tx = tx;
    TRY(copy(&c, a));
    *out = (struct published_copy){ c.size, c.files };
    return OK;
}
