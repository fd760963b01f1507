#include "service/records_held_box.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/size.h"
#include "crypto/bytes.h"
#include "service/app_parts.h"
#include "service/door_parts.h"
#include "service/records_held_desk.h"
#include "sys/entropy.h"

#include <errno.h>

enum {
    ABOUT_MAX = 100,
    NAME_ARENA = 1 << 16,
    BOXES_MAX = 1 << 13, /* names in a folder: those of HELD_BYTES_MAX, twice */
    FILES_MAX = 1 << 20,
};

static const char purpose[] = "tenstar held records";

/* --- names --------------------------------------------------------------- */

static err root_of(const struct app *app, struct arena *a, str *out)
{
    return app_path(a, app_folder(app), "held", out);
}

static err folder_of(const struct app *app, struct arena *a, id file, str *out)
{
    char text[ID_TEXT];
    str root;

    TRY(root_of(app, a, &root));
    return file_in(a, root, id_text(file, text), out);
}

static err box_path(const struct held_boxes *b, struct arena *a,
                    uint64_t number, str *out)
{
    char name[HELD_BOX_NAME + 1];

    for (size_t i = HELD_BOX_NAME; i-- > 0; number /= 10)
        name[i] = (char)('0' + number % 10);
    return file_in(a, b->folder, (str){ name, HELD_BOX_NAME }, out);
}

/* [HB1] */
static err about_of(struct arena *a, id file, const char *what, uint64_t number,
                    str *out)
{
    char text[ID_TEXT];
    struct buf b;

    buf_init(&b, a, ABOUT_MAX);
    buf_printf(&b, "held records/%s/%s/%llu", id_text(file, text).p, what,
               (unsigned long long)number);
    return buf_done(&b, out);
}

/* --- keys ---------------------------------------------------------------- */

static err seal_key(const struct held_boxes *b, struct arena *a, str *sealed)
{
    const str plain = { (const char *)b->key, sizeof b->key };
    uint8_t nonce[SECRET_NONCE_BYTES];
    uint8_t own[SECRET_KEY_BYTES];
    str about;

    TRY(about_of(a, b->file, "key", 0, &about));
    TRY(entropy_fill(app_world_of(b->app)->entropy, nonce, sizeof nonce));
    door_key(b->app, purpose, own);
    err e = secret_seal(a, own, nonce, about, plain, sealed);
    bytes_wipe(own, sizeof own);
    return e;
}

err held_boxes_new(struct app *app, struct arena *a, id file,
                   struct held_boxes *out, str *sealed)
{
    struct held_boxes b = { .app = app, .file = file };
    err e;

    TRY(folder_of(app, a, file, &b.folder));
    TRY(entropy_fill(app_world_of(app)->entropy, b.key, sizeof b.key));
    e = seal_key(&b, a, sealed);
    if (!failed(e))
        *out = b;
    bytes_wipe(b.key, sizeof b.key);
    return e;
}

/* A key of another length is none. */
static err take_key(struct arena *a, str plain, struct held_boxes *b)
{
    if (plain.n != sizeof b->key)
        return err_new(a, ERR_CORRUPT, "secret.altered");
    memcpy(b->key, plain.p, sizeof b->key);
    bytes_wipe((void *)(uintptr_t)plain.p, plain.n);
    return OK;
}

err held_boxes_open(struct app *app, struct arena *a,
                    const struct held_row_of *row, struct held_boxes *out)
{
    struct held_boxes b = { .app = app, .file = row->id };
    uint8_t own[SECRET_KEY_BYTES];
    str about;
    str plain;

    TRY(folder_of(app, a, row->id, &b.folder));
    TRY(about_of(a, row->id, "key", 0, &about));
    door_key(app, purpose, own);
    err e = secret_open(a, own, about, row->sealed, &plain);
    bytes_wipe(own, sizeof own);
    TRY(e);
    TRY(take_key(a, plain, &b));
    *out = b;
    bytes_wipe(b.key, sizeof b.key);
    return OK;
}

void held_boxes_end(struct held_boxes *b)
{
    bytes_wipe(b->key, sizeof b->key);
}

/* --- a box --------------------------------------------------------------- */

static err damaged(struct arena *a, uint64_t number)
{
    return err_new(a, ERR_CORRUPT, "records.held_damaged",
                   ARG_INT("box", number));
}

/* Into room for HELD_BOX_ROOM bytes. */
static err read_sealed(const struct held_boxes *b, struct arena *a, str path,
                       uint8_t *room, size_t *got)
{
    struct file_stream f = FILE_STREAM_NONE;

    TRY(file_stream_open(app_world_of(b->app)->files, a, path, &f));
    int number = file_stream_read(&f, (char *)room, HELD_BOX_ROOM, got);
    file_stream_end(&f);
    return number == 0 ? OK : file_err(a, path, number);
}

/* Likewise; *out lies there. */
static err read_box(const struct held_boxes *b, struct arena *a,
                    uint64_t number, uint8_t *room, str *out)
{
    size_t got = 0;
    str path;
    str about;

    TRY(box_path(b, a, number, &path));
    TRY(about_of(a, b->file, "box", number, &about));
    err e = read_sealed(b, a, path, room, &got);
    if (err_is(e, ERR_NOT_FOUND) || got == HELD_BOX_ROOM)
        return damaged(a, number);
    TRY(e);
    return secret_open_at(a, b->key, about, room, got, out);
}

/* Of n bytes that stand there behind a nonce's. */
static err write_box(const struct held_boxes *b, struct arena *a,
                     uint64_t number, uint8_t *room, size_t n)
{
    uint8_t nonce[SECRET_NONCE_BYTES];
    str path;
    str about;

    TRY(box_path(b, a, number, &path));
    TRY(about_of(a, b->file, "box", number, &about));
    TRY(entropy_fill(app_world_of(b->app)->entropy, nonce, sizeof nonce));
    secret_seal_at(b->key, nonce, about, room, n);
    return file_write(app_world_of(b->app)->files, a, path,
                      (str){ (char *)room, n + SECRET_EXTRA_BYTES },
                      FILE_SECRET);
}

/* --- writing ------------------------------------------------------------- */

/* What stands in the box before offset `keep`. [HB2] */
static err read_kept(const struct held_boxes *b, struct arena *a,
                     uint64_t number, size_t keep, uint8_t *room)
{
    str had;

    if (keep == 0)
        return OK;
    TRY(read_box(b, a, number, room, &had));
    return had.n >= keep ? OK : damaged(a, number);
}

/* Where bytes go on: in which box, behind how many. */
struct box_place {
    uint64_t number;
    size_t keep;
};

/* The box with what it keeps and these bytes behind. */
static err add_to_box(const struct held_boxes *b, struct arena *a,
                      struct box_place at, str bytes, uint8_t *room)
{
    err e = read_kept(b, a, at.number, at.keep, room);

    if (!failed(e)) {
        memcpy(room + SECRET_NONCE_BYTES + at.keep, bytes.p, bytes.n);
        e = write_box(b, a, at.number, room, at.keep + bytes.n);
    }
    bytes_wipe(room, HELD_BOX_ROOM);
    return e;
}

static err add_all(const struct held_boxes *b, struct arena *a, int64_t at,
                   str bytes, uint8_t *room)
{
    while (bytes.n > 0) {
        struct box_place place = { (uint64_t)(at / HELD_BOX),
                                   (size_t)(at % HELD_BOX) };
        size_t left = HELD_BOX - place.keep;
        str part = str_first(bytes, left < bytes.n ? left : bytes.n);

        TRY(add_to_box(b, a, place, part, room));
        bytes = str_from(bytes, part.n);
        at += (int64_t)part.n;
    }
    return OK;
}

err held_boxes_add(const struct held_boxes *b, struct arena *a, int64_t at,
                   str bytes)
{
    struct held_desk *desk = app_held(b->app);
    uint8_t *room;

    TRY(folder_make(app_world_of(b->app)->files, a, b->folder, FOLDER_PRIVATE));
    room = held_desk_room(desk);
    TRY_MEMORY(room);
    err e = add_all(b, a, at, bytes, room);
    held_desk_room_back(desk, room);
    return e;
}

/* --- removing ------------------------------------------------------------ */

/* A name that begins with a dot is of a box that was being written. */
static bool is_box(const char *name)
{
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* One of its names; *found is false when the folder is empty.  Names go one by
 * one: a folder that is read while names go may leave some out. */
static err find_any(struct file_ops *f, struct arena *a, str folder, str *name,
                    bool *found)
{
    DIR *d = f->list(f, folder.p);
    struct dirent *entry;
    bool kept = true;

    *found = false;
    if (d == NULL)
        return file_err(a, folder, errno);
    do {
        errno = 0;
        entry = f->next(f, d);
    } while (entry != NULL && !is_box(entry->d_name));
    int number = entry == NULL ? errno : 0;
    if (entry != NULL) {
        *found = true;
        kept = arena_str(a, str_of(entry->d_name), name);
    }
    (void)f->listed(f, d);
    TRY_MEMORY(kept);
    return number == 0 ? OK : file_err(a, folder, number);
}

static err remove_any(struct file_ops *f, struct heap *h, struct arena *a,
                      str folder, bool *found)
{
    scoped(arena_end) struct arena own;
    str name = S("");
    str path;

    arena_init(&own, h, NAME_ARENA);
    TRY(err_keep(a, find_any(f, &own, folder, &name, found)));
    if (!*found)
        return OK;
    TRY(err_keep(a, file_in(&own, folder, name, &path)));
    return f->remove(f, path.p) == 0 || errno == ENOENT
               ? OK
               : file_err(a, folder, errno);
}

err held_boxes_remove(struct app *app, struct arena *a, id file)
{
    const struct app_world *w = app_world_of(app);
    bool more = true;
    str folder;
    err e = OK;

    TRY(folder_of(app, a, file, &folder));
    while (more && !failed(e))
        e = remove_any(w->files, w->heap, a, folder, &more);
    if (!failed(e))
        e = file_remove(w->files, a, folder);
    return err_is(e, ERR_NOT_FOUND) ? OK : e;
}

err held_boxes_list(struct app *app, struct arena *a, struct list *out)
{
    struct file_names names;
    id *ids;
    size_t n = 0;
    str root;

    *out = (struct list){ 0 };
    TRY(root_of(app, a, &root));
    err e = folder_list(app_world_of(app)->files, a, root, FILES_MAX, &names);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    ids = arena_array(a, names.n, sizeof *ids);
    TRY_MEMORY(ids);
    for (size_t i = 0; i < names.n; i++) {
        if (id_parse(names.at[i], &ids[n]))
            n++;
    }
    *out = (struct list){ .p = ids, .n = n };
    return OK;
}

/* --- reading ------------------------------------------------------------- */

/* Bytes that came. */
static uint64_t there(const struct held_reader *r)
{
    return r->reader.size - r->reader.missing;
}

static void forget_box(struct held_reader *r)
{
    if (r->plain.n > 0)
        bytes_wipe(r->room, HELD_BOX_ROOM);
    r->plain = S("");
}

static err open_box(struct held_reader *r, struct arena *a, uint64_t number)
{
    scoped(arena_end) struct arena own;

    if (r->room == NULL)
        r->room = held_desk_room(app_held(r->boxes.app));
    TRY_MEMORY(r->room);
    arena_init(&own, r->heap, NAME_ARENA);
    return err_keep(a, read_box(&r->boxes, &own, number, r->room, &r->plain));
}

static err need_box(struct held_reader *r, struct arena *a, uint64_t number)
{
    uint64_t left = there(r) - number * HELD_BOX;
    size_t want = left < HELD_BOX ? (size_t)left : HELD_BOX;

    if (r->plain.n > 0 && r->number == number)
        return OK;
    r->plain = S(""); /* the next takes its room */
    TRY(open_box(r, a, number));
    r->number = number;
    if (r->plain.n >= want)
        return OK;
    forget_box(r);
    return damaged(a, number);
}

/* As far as one box has it; *n is how much it was. */
static err read_some(struct held_reader *r, struct arena *a, uint64_t at,
                     char *p, size_t *n)
{
    size_t from = (size_t)(at % HELD_BOX);
    size_t room = HELD_BOX - from;

    *n = *n < room ? *n : room;
    TRY(need_box(r, a, at / HELD_BOX));
    memcpy(p, r->plain.p + from, *n);
    return OK;
}

static err read_all(struct held_reader *r, struct arena *a, uint64_t at,
                    char *p, size_t n, size_t *got)
{
    uint64_t left = at < there(r) ? there(r) - at : 0;

    if (n > left)
        n = (size_t)left;
    *got = 0;
    while (*got < n) {
        size_t some = n - *got;

        TRY(read_some(r, a, at + *got, p + *got, &some));
        *got += some;
    }
    return OK;
}

static err read_locked(struct source_reader *reader, struct arena *a,
                       uint64_t at, char *p, size_t n, size_t *got)
{
    struct held_reader *r = (struct held_reader *)reader;
    err e;

    (void)pthread_mutex_lock(&r->lock);
    e = read_all(r, a, at, p, n, got);
    (void)pthread_mutex_unlock(&r->lock);
    return e;
}

err held_reader_begin(struct app *app, struct arena *a,
                      const struct held_row_of *row, struct held_reader *out)
{
    *out = (struct held_reader){
        .reader = { .read = read_locked, .size = (uint64_t)row->arrived },
    };
    TRY(held_boxes_open(app, a, row, &out->boxes));
    (void)pthread_mutex_init(&out->lock, NULL);
    out->heap = app_world_of(app)->heap;
    return OK;
}

void held_reader_end(struct held_reader *r)
{
    if (r->heap == NULL) /* never begun */
        return;
    if (r->room != NULL) {
        bytes_wipe(r->room, HELD_BOX_ROOM);
        held_desk_room_back(app_held(r->boxes.app), r->room);
    }
    r->room = NULL;
    held_boxes_end(&r->boxes);
    (void)pthread_mutex_destroy(&r->lock);
}
