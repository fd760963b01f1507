/* restore -- what a backup has, brought back and proved. (backup.h) */

#include "service/backup_parts.h"

#include "base/arena.h"
#include "base/hex.h"
#include "base/size.h"
#include "crypto/bytes.h"
#include "merkle/checkpoint.h"
#include "service/app_parts.h"
#include "store/founding.h"
#include "tlog/anchor.h"

enum { LENGTH_BYTES = 4 };

/* A pack that is open. */
struct pack {
    struct pack *next;
    struct hash name;
    struct mapped file;
};

struct restoring {
    const struct app_world *w;
    const struct restore_wish *wish;
    struct arena *a;
    struct backup_place place;
    struct snapshot snapshot;
    struct tx *tx;
    struct pack *packs; /* the one used last first */
    str table;          /* the one that is read */
    int number;         /* of it */
    int64_t rows;       /* of it, so far */
    struct restored made;
};

/* --- which ---------------------------------------------------------------- */

static err none(const struct restoring *r)
{
    return err_new(r->a, ERR_NOT_FOUND, "backup.none",
                   ARG_STR("folder", r->wish->backup));
}

/* Names are in the order of their moments. */
static err choose(struct restoring *r)
{
    struct file_names names;
    str upto = r->wish->upto;
    str chosen = S("");

    TRY(snapshot_names(&r->place, r->a, &names));
    for (size_t i = 0; i < names.n; i++) {
        if (upto.n == 0 || str_cmp(names.at[i], upto) <= 0)
            chosen = names.at[i];
    }
    if (chosen.n == 0)
        return none(r);
    r->made.name = chosen;
    return OK;
}

/* --- may it be brought back here? ----------------------------------------- */

static err read_salt(const struct restoring *r, uint8_t key[static 32])
{
    struct master_key master;
    bool locked;
    str secret;

    TRY(app_read_master(r->w, r->a, r->wish->dir, &master, &locked));
    err e = app_read_key(r->w, r->a, r->wish->dir, S("keys/salt.key"), &master,
                         &secret);
    bytes_wipe(&master, sizeof master);
    TRY(e);
    backup_key((const uint8_t *)secret.p, key);
    bytes_wipe((void *)(uintptr_t)secret.p, secret.n);
    return OK;
}

static err read_snapshot(struct restoring *r)
{
    uint8_t key[BACKUP_KEY_BYTES];
    bool sealed;

    err e = read_salt(r, key);
    if (err_is(e, ERR_NOT_FOUND))
        return err_new(r->a, ERR_NOT_FOUND, "backup.no_keys",
                       ARG_STR("folder", r->wish->dir));
    TRY(e);
    e = snapshot_read(&r->place, r->a, r->made.name, key, &r->snapshot,
                      &sealed);
    bytes_wipe(key, sizeof key);
    TRY(e);
    if (!sealed)
        return err_new(r->a, ERR_CONFLICT, "backup.other",
                       ARG_STR("folder", r->wish->backup));
    r->made.at = r->snapshot.at;
    return OK;
}

static err read_note(const struct restoring *r, str note,
                     struct checkpoint_body *out)
{
    struct signed_note opened;

    TRY(note_open(r->a, note, &opened));
    return checkpoint_read(r->a, opened.text, out);
}

/* How long the folder knows its log to be. */
static err known_size(const struct restoring *r, str path, int64_t *out)
{
    struct checkpoint_body body;
    str note;

    *out = 0;
    err e = file_read(r->w->files, r->a, path, STORE_FILE_MAX, &note);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    e = read_note(r, note, &body);
    if (err_is(e, ERR_INVALID))
        return err_new(r->a, ERR_CORRUPT, "tlog.anchor", ARG_STR("path", path));
    TRY(e);
    *out = (int64_t)body.size;
    return OK;
}

/* [T2] Never back behind what was signed. */
static err check_older(const struct restoring *r, str path)
{
    int64_t known;

    TRY(known_size(r, path, &known));
    if (known <= r->snapshot.log_size)
        return OK;
    return err_new(r->a, ERR_REFUSED, "backup.older",
                   ARG_INT("size", r->snapshot.log_size),
                   ARG_INT("known", known));
}

static err check_schema(const struct restoring *r)
{
    int64_t known = copy_schema(r->tx);

    if (r->snapshot.schema == known)
        return OK;
    return err_new(r->a, ERR_INVALID, "backup.schema",
                   ARG_STR("made_by", r->snapshot.made_by),
                   ARG_INT("found", r->snapshot.schema),
                   ARG_INT("known", known));
}

static err check_empty(const struct restoring *r)
{
    bool begun;

    TRY(founding_begun(r->tx, &begun));
    if (begun)
        return err_new(r->a, ERR_CONFLICT, "app.exists",
                       ARG_STR("folder", r->wish->dir));
    return OK;
}

/* --- pieces --------------------------------------------------------------- */

static err damaged(const struct restoring *r, const struct hash *piece)
{
    str name;

    TRY(hex_text(r->a, piece->b, sizeof piece->b, &name));
    return err_new(r->a, ERR_CORRUPT, "backup.piece",
                   ARG_STR("table", r->table), ARG_STR("piece", name));
}

static void end_packs(struct restoring *r)
{
    for (struct pack *p = r->packs; p != NULL; p = p->next)
        mapped_end(&p->file);
    r->packs = NULL;
}

static err open_pack(struct restoring *r, const struct hash *name)
{
    struct pack *p = arena_zero(r->a, sizeof *p);
    str path;

    TRY_MEMORY(p);
    p->name = *name;
    TRY(backup_path(&r->place, r->a, "packs", name, &path));
    TRY(mapped_open(r->w->files, r->a, path, &p->file));
    p->next = r->packs;
    r->packs = p;
    return OK;
}

static err find_pack(struct restoring *r, const struct hash *name,
                     const struct pack **out)
{
    for (struct pack **at = &r->packs; *at != NULL; at = &(*at)->next) {
        struct pack *p = *at;

        if (!hash_eq(&p->name, name))
            continue;
        *at = p->next;
        p->next = r->packs;
        r->packs = p;
        *out = p;
        return OK;
    }
    TRY(open_pack(r, name));
    *out = r->packs;
    return OK;
}

static err read_packed(struct restoring *r, const struct piece *p, str *out)
{
    const struct pack *pack;

    err e = find_pack(r, &p->pack, &pack);
    if (err_is(e, ERR_NOT_FOUND))
        return damaged(r, &p->rows);
    TRY(e);
    if (p->at > (int64_t)pack->file.bytes.n ||
        p->length > (int64_t)pack->file.bytes.n - p->at)
        return damaged(r, &p->rows);
    *out =
        str_first(str_from(pack->file.bytes, (size_t)p->at), (size_t)p->length);
    return OK;
}

static bool take_row(str *rows, str *row)
{
    size_t n = 0;

    if (rows->n < LENGTH_BYTES)
        return false;
    for (int i = 0; i < LENGTH_BYTES; i++)
        n = n << 8 | (unsigned char)rows->p[i];
    *rows = str_from(*rows, LENGTH_BYTES);
    if (rows->n < n)
        return false;
    *row = str_first(*rows, n);
    *rows = str_from(*rows, n);
    return true;
}

static err put_rows(struct restoring *r, const struct piece *p, str rows)
{
    while (rows.n > 0) {
        str row;

        if (!take_row(&rows, &row))
            return damaged(r, &p->rows);
        TRY(copy_write(r->tx, r->number, row));
        r->rows++;
    }
    return OK;
}

struct one_piece {
    struct restoring *r;
    const struct piece *piece;
};

static err put_piece(struct tx *, struct arena *a, void *context)
{
    const struct one_piece *x = context;
    str packed = S("");
    str rows = S("");
    bool same;

    TRY(read_packed(x->r, x->piece, &packed));
    TRY(piece_unpack(a, packed, &x->piece->rows, &rows, &same));
    return same ? put_rows(x->r, x->piece, rows)
                : damaged(x->r, &x->piece->rows);
}

/* --- tables --------------------------------------------------------------- */

/* Its number; COPY_TABLES: there is none of this name. */
static int number_of(str table)
{
    int n = 0;

    while (n < COPY_TABLES && !str_eq(copy_table_name(n), table))
        n++;
    return n;
}

static err check_rows(const struct restoring *r, int64_t want)
{
    if (r->rows == want && r->number < COPY_TABLES)
        return OK;
    return err_new(r->a, ERR_CORRUPT, "backup.rows", ARG_STR("table", r->table),
                   ARG_INT("found", r->rows), ARG_INT("want", want));
}

static err put_table(struct restoring *r, const struct snapshot_table *t)
{
    struct list pieces;

    r->table = t->name;
    r->number = number_of(t->name);
    r->rows = 0;
    TRY(pieces_read(&r->place, r->a, &t->pieces, &pieces));
    const struct piece *p = pieces.p;
    for (size_t i = 0; i < pieces.n && r->number < COPY_TABLES; i++) {
        struct one_piece one = { r, &p[i] };
        TRY(tx_apart(r->tx, put_piece, &one));
    }
    r->made.rows += r->rows;
    return check_rows(r, t->rows);
}

static err put_tables(struct restoring *r)
{
    const struct snapshot_table *t = r->snapshot.tables.p;

    for (size_t i = 0; i < r->snapshot.tables.n; i++)
        TRY(put_table(r, &t[i]));
    return copy_finish(r->tx);
}

/* --- files ---------------------------------------------------------------- */

static err put_files(struct restoring *r)
{
    struct blobs from = { r->w->files, S("") };
    struct blobs to = { r->w->files, S("") };
    struct files_copied made;

    TRY(file_in(r->a, r->wish->backup, S("blobs"), &from.folder));
    TRY(file_in(r->a, r->wish->dir, S("blobs"), &to.folder));
    TRY(files_copy(r->tx, &from, &to, &made));
    r->made.files = made.all;
    return OK;
}

/* --- all of it ------------------------------------------------------------ */

/* Before the rows can be seen, the folder knows how long their log is. */
static err keep_checkpoint(const struct restoring *r, str path)
{
    const struct tlog_anchor anchor = { r->w->files, path };

    return r->snapshot.checkpoint.n == 0
               ? OK
               : anchor_keep(&anchor, r->a, r->snapshot.checkpoint);
}

static err bring_back(struct restoring *r)
{
    scoped(store_close) struct store *s = NULL;
    scoped(tx_abort) struct tx *tx = NULL;
    str anchor;
    str where;

    TRY(app_path(r->a, r->wish->dir, "log.checkpoint", &anchor));
    TRY(check_older(r, anchor));
    TRY(app_find_store(r->w, r->a, r->wish->dir, &where));
    TRY(store_open(r->w->heap, r->a, where, &s));
    TRY(store_migrate(s, r->a));
    TRY(tx_begin(s, r->a, TX_WRITE, &tx));
    r->tx = tx;
    TRY(check_schema(r));
    TRY(check_empty(r));
    TRY(put_tables(r));
    TRY(put_files(r));
    TRY(keep_checkpoint(r, anchor));
    return tx_commit(&tx);
}

static err prove(struct restoring *r)
{
    scoped(app_close) struct app *app = NULL;

    TRY(app_open(r->a, r->w, r->wish->dir, APP_READ, &app));
    return check_all(app, r->a, &r->made.counts);
}

err backup_restore(struct arena *a, const struct app_world *w,
                   const struct restore_wish *wish, struct restored *out)
{
    struct restoring r = {
        .w = w, .wish = wish, .a = a, .place = { w->files, wish->backup }
    };

    TRY(choose(&r));
    TRY(read_snapshot(&r));
    err e = bring_back(&r);
    end_packs(&r);
    TRY(e);
    TRY(prove(&r));
    *out = r.made;
    return OK;
}
