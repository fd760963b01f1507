#include "service/backup_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/version.h"
#include "crypto/bytes.h"
#include "store/rows.h"
#include "sys/clock.h"
#include "sys/lock.h"

#include <stdlib.h>

/* [BU2] Rows are cut into pieces of some 64 KiB, but of no fewer bytes than 16
 * KiB and of no more than a row beyond 4 MiB. */
enum {
    PIECE_LEAST = 16 << 10,
    PIECE_USUAL = 64 << 10,
    PIECE_MOST = 4 << 20,
    PACK_USUAL = 32 << 20, /* bytes after which a pack is written */
    LENGTH_BYTES = 4,
    WORK_ARENA = 1 << 30,
};

struct backing {
    struct app *app;
    struct backup_place place;
    struct tx *tx;
    struct arena *keep; /* as long as the backup takes */
    uint8_t key[BACKUP_KEY_BYTES];
    bool has_last;
    struct snapshot last;     /* the newest there was */
    struct snapshot snapshot; /* the one being made */
    struct snapshot_table tables[COPY_TABLES];
    struct backup_made made;

    /* All pieces that the tables so far are made of. */
    struct list pieces; /* of struct piece */
    size_t room;
    size_t waiting; /* from this one on they wait for a pack's name */

    /* The pack that fills. */
    struct arena pack_arena;
    struct buf pack;

    /* The table that is read. */
    int table;
    struct list before; /* its pieces of last time, by their hash */
    struct arena piece_arena;
    struct buf piece;
};

/* [BU6] */
static bool is_left_out(str table)
{
    return str_eq(table, S("web_session")) || str_eq(table, S("held_file"));
}

/* --- packs ---------------------------------------------------------------- */

static void begin_pack(struct backing *b)
{
    arena_end(&b->pack_arena);
    arena_init(&b->pack_arena, app_world_of(b->app)->heap, WORK_ARENA);
    buf_init(&b->pack, &b->pack_arena, STORE_VALUE_MAX * 2UL);
}

/* The pieces that wait are in it. */
static err end_pack(struct backing *b)
{
    struct piece *pieces = b->pieces.p;
    struct hash name;
    str bytes;

    TRY(buf_done(&b->pack, &bytes));
    if (bytes.n == 0)
        return OK;
    TRY(backup_put(&b->place, &b->pack_arena, "packs", bytes, &name,
                   &b->made.bytes));
    for (size_t i = b->waiting; i < b->pieces.n; i++) {
        if (hash_is_zero(&pieces[i].pack)) /* else it is in one of before */
            pieces[i].pack = name;
    }
    b->waiting = b->pieces.n;
    begin_pack(b);
    return OK;
}

/* --- pieces --------------------------------------------------------------- */

static int by_rows(const void *a, const void *b)
{
    return memcmp(((const struct piece *)a)->rows.b,
                  ((const struct piece *)b)->rows.b, SHA256_BYTES);
}

static err add_piece(struct backing *b, const struct piece *p)
{
    TRY_MEMORY(rows_grow(b->keep, &b->pieces, sizeof *p, &b->room));
    ((struct piece *)b->pieces.p)[b->pieces.n++] = *p;
    b->made.pieces++;
    return OK;
}

/* A piece that no backup has yet. */
static err pack_piece(struct backing *b, str rows, struct piece *p)
{
    str packed;

    TRY(piece_pack(&b->piece_arena, rows, &packed));
    p->at = (int64_t)buf_view(&b->pack).n;
    p->length = (int64_t)packed.n;
    buf_str(&b->pack, packed);
    b->made.new_pieces++;
    TRY(add_piece(b, p));
    return p->at + p->length < PACK_USUAL ? OK : end_pack(b);
}

static void begin_piece(struct backing *b)
{
    arena_end(&b->piece_arena);
    arena_init(&b->piece_arena, app_world_of(b->app)->heap, WORK_ARENA);
    buf_init(&b->piece, &b->piece_arena, STORE_VALUE_MAX * 2UL);
}

static err end_piece(struct backing *b)
{
    const struct piece *known = NULL;
    struct piece p = { .at = 0 };
    str rows;

    TRY(buf_done(&b->piece, &rows));
    if (rows.n == 0)
        return OK;
    sha256(rows.p, rows.n, p.rows.b);
    if (b->before.n > 0)
        known = bsearch(&p, b->before.p, b->before.n, sizeof p, by_rows);
    TRY(known != NULL ? add_piece(b, known) : pack_piece(b, rows, &p));
    begin_piece(b);
    return OK;
}

/* Does what the row says end the piece?  The likelier, the longer it is, so
 * that pieces are of about one size. [BU2] */
static bool cuts(str row)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325); /* FNV-1a */

    for (size_t i = 0; i < row.n; i++)
        h = (h ^ (unsigned char)row.p[i]) * UINT64_C(0x100000001b3);
    return (h >> 32) % PIECE_USUAL < row.n;
}

static err take_row(void *context, str row)
{
    struct backing *b = context;

    for (int i = LENGTH_BYTES - 1; i >= 0; i--)
        buf_char(&b->piece, (char)(row.n >> (8 * i)));
    buf_str(&b->piece, row);
    b->tables[b->table].rows++;
    size_t n = buf_view(&b->piece).n;
    return (n >= PIECE_LEAST && cuts(row)) || n >= PIECE_MOST ? end_piece(b)
                                                              : OK;
}

/* --- tables --------------------------------------------------------------- */

static err read_before(struct backing *b, str table)
{
    const struct snapshot_table *t = b->last.tables.p;

    b->before = (struct list){ 0 };
    for (size_t i = 0; b->has_last && i < b->last.tables.n; i++) {
        if (str_eq(t[i].name, table))
            TRY(pieces_read(&b->place, b->keep, &t[i].pieces, &b->before));
    }
    if (b->before.n > 0)
        qsort(b->before.p, b->before.n, sizeof(struct piece), by_rows);
    return OK;
}

/* *from is where its pieces begin. */
static err take_table(struct backing *b, int table, size_t *from)
{
    struct snapshot_table *t = &b->tables[table];

    *from = b->pieces.n;
    b->table = table;
    *t = (struct snapshot_table){ .name = copy_table_name(table) };
    if (is_left_out(t->name))
        return OK;
    TRY(read_before(b, t->name));
    TRY(copy_read(b->tx, table, take_row, b));
    b->made.rows += t->rows;
    return end_piece(b);
}

static err take_tables(struct backing *b)
{
    size_t from[COPY_TABLES + 1];
    const struct piece *pieces;

    begin_pack(b);
    begin_piece(b);
    for (int i = 0; i < COPY_TABLES; i++)
        TRY(take_table(b, i, &from[i]));
    from[COPY_TABLES] = b->pieces.n;
    TRY(end_pack(b));
    pieces = b->pieces.p;
    for (int i = 0; i < COPY_TABLES; i++)
        TRY(pieces_write(&b->place, b->keep, pieces + from[i],
                         from[i + 1] - from[i], &b->tables[i].pieces,
                         &b->made.bytes));
    b->snapshot.tables = (struct list){ b->tables, COPY_TABLES };
    return OK;
}

/* --- files ---------------------------------------------------------------- */

static err take_files(struct backing *b)
{
    const struct blobs from = { b->place.files, app_blob_folder(b->app) };
    struct blobs to = { b->place.files, S("") };
    struct files_copied made;

    TRY(file_in(b->keep, b->place.folder, S("blobs"), &to.folder));
    TRY(files_copy(b->tx, &from, &to, &made));
    b->made.files = made.all;
    b->made.new_files = made.copied;
    b->made.bytes += made.bytes;
    return OK;
}

/* --- the snapshot --------------------------------------------------------- */

/* [BU5] The newest that is there must be ours. */
static err read_last(struct backing *b)
{
    struct file_names names;
    bool ours;

    TRY(snapshot_names(&b->place, b->keep, &names));
    b->has_last = names.n > 0;
    if (names.n == 0)
        return OK;
    TRY(snapshot_read(&b->place, b->keep, names.at[names.n - 1], b->key,
                      &b->last, &ours));
    return ours ? OK
                : err_new(b->keep, ERR_CONFLICT, "backup.other",
                          ARG_STR("folder", b->place.folder));
}

/* Later than the last, whatever the clock says: names are in order. */
static int64_t moment(const struct backing *b)
{
    struct clock *clock = app_world_of(b->app)->clock;
    int64_t now = clock->now(clock);

    return b->has_last && now <= b->last.at ? b->last.at + 1 : now;
}

static err take_log(struct backing *b)
{
    struct checkpoint newest;

    TRY(tlog_newest(b->tx, b->keep, &newest));
    b->snapshot.log_size = newest.size;
    b->snapshot.checkpoint = newest.note;
    return OK;
}

static err finish(struct backing *b, struct arena *a)
{
    char name[BACKUP_NAME];

    b->snapshot.files = b->made.files;
    b->made.log_size = b->snapshot.log_size;
    TRY(snapshot_write(&b->place, b->keep, b->key, &b->snapshot)); /* [BU3] */
    TRY_MEMORY(arena_str(a, backup_name(b->snapshot.at, name), &b->made.name));
    return OK;
}

static err take_all(struct backing *b, struct arena *a)
{
    scoped(lock_drop) struct lock lock = LOCK_NONE;
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(folder_make(b->place.files, b->keep, b->place.folder, FOLDER_PRIVATE));
    TRY(lock_take(b->place.files, b->keep, b->place.folder, &lock));
    TRY(read_last(b));
    TRY(app_read(b->app, b->keep, &tx)); /* [BU1] */
    b->tx = tx;
    b->snapshot.at = moment(b);
    b->snapshot.made_by = S(PROGRAM_VERSION);
    b->snapshot.schema = copy_schema(tx);
    TRY(take_log(b));
    TRY(take_tables(b));
    TRY(take_files(b));
    return finish(b, a);
}

err backup_make(struct app *app, struct arena *a, str folder,
                struct backup_made *out)
{
    scoped(arena_end) struct arena keep;
    struct backing *b;

    arena_init(&keep, app_world_of(app)->heap, WORK_ARENA);
    b = arena_zero(&keep, sizeof *b);
    TRY_MEMORY(b);
    b->app = app;
    b->place = (struct backup_place){ app_world_of(app)->files, folder };
    b->keep = &keep;
    backup_key(app_salt_key(app), b->key);
    err e = err_keep(a, take_all(b, a));
    arena_end(&b->pack_arena);
    arena_end(&b->piece_arena);
    bytes_wipe(b->key, sizeof b->key);
    if (!failed(e))
        *out = b->made;
    return e;
}

/* --- listing -------------------------------------------------------------- */

static int64_t rows_of(const struct snapshot *s)
{
    const struct snapshot_table *t = s->tables.p;
    int64_t rows = 0;

    for (size_t i = 0; i < s->tables.n; i++)
        rows += t[i].rows;
    return rows;
}

err backup_list(struct arena *a, const struct app_world *w, str folder,
                struct list *out)
{
    const struct backup_place place = { w->files, folder };
    struct file_names names;
    struct backup_line *lines;

    TRY(snapshot_names(&place, a, &names));
    lines = arena_array(a, names.n, sizeof *lines);
    TRY_MEMORY(lines);
    for (size_t i = 0; i < names.n; i++) {
        struct snapshot s;
        bool sealed;

        str name = names.at[names.n - 1 - i];
        TRY(snapshot_read(&place, a, name, NULL, &s, &sealed));
        lines[i] = (struct backup_line){ .name = name,
                                         .at = s.at,
                                         .rows = rows_of(&s),
                                         .log_size = s.log_size,
                                         .made_by = s.made_by };
    }
    *out = (struct list){ lines, names.n };
    return OK;
}
