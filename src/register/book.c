#include "register/book.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "sys/files.h"

#include <errno.h>
#include <lmdb.h>

enum { FILE_MODE = 0600, PATH_ROOM = 4096 };

static const char *const names[BOOK_TABLES] = {
    [BOOK_ANSWERS] = "answers", [BOOK_HOLDERS] = "holders",
    [BOOK_MAP] = "map",         [BOOK_META] = "meta",
    [BOOK_NAMES] = "names",     [BOOK_NAMED] = "named",
    [BOOK_CHANGED] = "changed",
};

struct book {
    struct heap *heap;
    MDB_env *env;
    MDB_dbi tables[BOOK_TABLES];
    str path; /* behind it */
};

struct book_reader {
    struct book *book;
    MDB_txn *txn; /* NULL: it could not be begun again */
    bool rests;
};

struct book_writer {
    struct book_reader as; /* first: what it sees */
};

/* --- errors ------------------------------------------------------------- */

static err io_err(const struct book *b, struct arena *a, int number)
{
    return err_new(a, ERR_IO, "register.io", ARG_STR("path", b->path),
                   ARG_STR("detail", str_of(mdb_strerror(number))));
}

/* What LMDB says of a file that it cannot read as its own. */
static err damaged(const struct book *b, struct arena *a, int number)
{
    return err_new(a, ERR_CORRUPT, "register.damaged", ARG_STR("path", b->path),
                   ARG_STR("detail", str_of(mdb_strerror(number))));
}

static err book_err(const struct book *b, struct arena *a, int number)
{
    switch (number) {
    case 0: return OK;
    case ENOMEM: return err_memory();
    case MDB_MAP_FULL:
        return err_new(a, ERR_LIMIT, "register.full", ARG_STR("path", b->path));
    case MDB_READERS_FULL:
        return err_new(a, ERR_BUSY, "register.readers",
                       ARG_INT("number", BOOK_READERS));
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH:
    case MDB_INCOMPATIBLE:
    case MDB_PANIC: return damaged(b, a, number);
    default: return io_err(b, a, number);
    }
}

/* --- opening ----------------------------------------------------------------
 */

static int open_tables(struct book *b, MDB_txn *txn)
{
    int number = 0;

    for (int t = 0; t < BOOK_TABLES && number == 0; t++)
        number = mdb_dbi_open(txn, names[t], MDB_CREATE, &b->tables[t]);
    return number;
}

static int begin_tables(struct book *b)
{
    MDB_txn *txn;
    int number = mdb_txn_begin(b->env, NULL, 0, &txn);

    if (number != 0)
        return number;
    number = open_tables(b, txn);
    if (number != 0) {
        mdb_txn_abort(txn);
        return number;
    }
    return mdb_txn_commit(txn);
}

/* Reader slots belong to readers, not to threads [BK4].  Pages are wanted here
 * and there, so what lies beside one is not fetched with it. */
static int open_env(struct book *b, int64_t room)
{
    int number = mdb_env_set_mapsize(b->env, (size_t)room);

    if (number == 0)
        number = mdb_env_set_maxdbs(b->env, BOOK_TABLES);
    if (number == 0)
        number = mdb_env_set_maxreaders(b->env, BOOK_READERS);
    if (number == 0)
        number =
            mdb_env_open(b->env, b->path.p,
                         MDB_NOSUBDIR | MDB_NOTLS | MDB_NORDAHEAD, FILE_MODE);
    return number == 0 ? begin_tables(b) : number;
}

static err path_in(struct arena *a, str folder, str *out)
{
    struct buf b;

    buf_init(&b, a, PATH_ROOM);
    buf_str(&b, folder);
    buf_str(&b, S("/answers.mdb"));
    return buf_done(&b, out);
}

static err make(struct heap *h, str path, struct book **out)
{
    struct book *b = h->resize(h, NULL, sizeof *b + path.n + 1);

    TRY_MEMORY(b);
    *b = (struct book){ .heap = h, .path = { (char *)(b + 1), path.n } };
    memcpy(b + 1, path.p, path.n + 1);
    *out = b;
    return OK;
}

err book_open(struct arena *a, struct heap *h, str folder, int64_t room,
              struct book **out)
{
    scoped(book_end) struct book *b = NULL;
    str path;

    TRY(path_in(a, folder, &path));
    TRY(make(h, path, &b));
    TRY(book_err(b, a, mdb_env_create(&b->env)));
    TRY(book_err(b, a, open_env(b, room)));
    *out = b;
    b = NULL;
    return OK;
}

void book_end(struct book **book)
{
    struct book *b = *book;

    if (b == NULL)
        return;
    if (b->env != NULL)
        mdb_env_close(b->env);
    b->heap->resize(b->heap, b, 0);
    *book = NULL;
}

static err remove_file(struct arena *a, str path)
{
    struct file_ops files = FILE_SYSTEM;
    err e = file_remove(&files, a, path);

    return err_is(e, ERR_NOT_FOUND) ? OK : e;
}

err book_throw_away(struct arena *a, str folder)
{
    struct buf b;
    str path;
    str lock;

    TRY(path_in(a, folder, &path));
    TRY(remove_file(a, path));
    buf_init(&b, a, PATH_ROOM);
    buf_str(&b, path);
    buf_str(&b, S("-lock"));
    TRY(buf_done(&b, &lock));
    return remove_file(a, lock);
}

/* --- reading ----------------------------------------------------------------
 */

static MDB_val val_of(str s)
{
    return (MDB_val){ s.n, (void *)(uintptr_t)s.p };
}

static str str_of_val(MDB_val v)
{
    return (str){ v.mv_data, v.mv_size };
}

static MDB_val key_of(str key)
{
    check(key.n > 0 && key.n <= BOOK_KEY_MAX);
    return val_of(key);
}

err book_read(struct book *b, struct arena *a, struct book_reader **out)
{
    struct book_reader *r = b->heap->resize(b->heap, NULL, sizeof *r);
    int number;

    TRY_MEMORY(r);
    *r = (struct book_reader){ .book = b };
    number = mdb_txn_begin(b->env, NULL, MDB_RDONLY, &r->txn);
    if (number != 0) {
        b->heap->resize(b->heap, r, 0);
        return book_err(b, a, number);
    }
    *out = r;
    return OK;
}

err book_read_on(struct book_reader *r, struct arena *a)
{
    int number;

    check(r->txn != NULL);
    if (!r->rests)
        mdb_txn_reset(r->txn);
    r->rests = false;
    number = mdb_txn_renew(r->txn);
    if (number != 0) {
        mdb_txn_abort(r->txn);
        r->txn = NULL;
    }
    return book_err(r->book, a, number);
}

void book_read_rest(struct book_reader *r)
{
    mdb_txn_reset(r->txn);
    r->rests = true;
}

void book_read_end(struct book_reader **r)
{
    struct heap *h;

    if (*r == NULL)
        return;
    if ((*r)->txn != NULL)
        mdb_txn_abort((*r)->txn);
    h = (*r)->book->heap;
    h->resize(h, *r, 0);
    *r = NULL;
}

err book_get(const struct book_reader *r, struct arena *a, enum book_table t,
             str key, str *value, bool *found)
{
    MDB_val k = key_of(key);
    MDB_val v = { 0 };
    int number = mdb_get(r->txn, r->book->tables[t], &k, &v);

    if (number != 0 && number != MDB_NOTFOUND)
        return book_err(r->book, a, number);
    *found = number == 0;
    if (*found)
        *value = str_of_val(v);
    return OK;
}

static int walk(MDB_cursor *c, str from, book_each *each, void *context)
{
    MDB_val k = key_of(from);
    MDB_val v = { 0 };
    int number = mdb_cursor_get(c, &k, &v, MDB_SET_RANGE);

    while (number == 0 && each(context, str_of_val(k), str_of_val(v)))
        number = mdb_cursor_get(c, &k, &v, MDB_NEXT);
    return number == MDB_NOTFOUND ? 0 : number;
}

err book_walk(const struct book_reader *r, struct arena *a, enum book_table t,
              str from, book_each *each, void *context)
{
    MDB_cursor *c;
    int number = mdb_cursor_open(r->txn, r->book->tables[t], &c);

    TRY(book_err(r->book, a, number));
    number = walk(c, from, each, context);
    mdb_cursor_close(c);
    return book_err(r->book, a, number);
}

err book_count(const struct book_reader *r, struct arena *a, enum book_table t,
               uint64_t *out)
{
    MDB_stat stat;

    TRY(book_err(r->book, a, mdb_stat(r->txn, r->book->tables[t], &stat)));
    *out = stat.ms_entries;
    return OK;
}

/* --- writing ----------------------------------------------------------------
 */

err book_write(struct book *b, struct arena *a, struct book_writer **out)
{
    struct book_writer *w = b->heap->resize(b->heap, NULL, sizeof *w);
    int number;

    TRY_MEMORY(w);
    *w = (struct book_writer){ .as = { .book = b } };
    number = mdb_txn_begin(b->env, NULL, 0, &w->as.txn);
    if (number != 0) {
        b->heap->resize(b->heap, w, 0);
        return book_err(b, a, number);
    }
    *out = w;
    return OK;
}

err book_put(struct book_writer *w, struct arena *a, enum book_table t, str key,
             str value)
{
    const struct book *b = w->as.book;
    MDB_val k = key_of(key);
    MDB_val v = val_of(value);

    return book_err(b, a, mdb_put(w->as.txn, b->tables[t], &k, &v, 0));
}

err book_drop(struct book_writer *w, struct arena *a, enum book_table t,
              str key)
{
    const struct book *b = w->as.book;
    MDB_val k = key_of(key);
    int number = mdb_del(w->as.txn, b->tables[t], &k, NULL);

    return number == MDB_NOTFOUND ? OK : book_err(b, a, number);
}

err book_clear(struct book_writer *w, struct arena *a, enum book_table t)
{
    const struct book *b = w->as.book;

    return book_err(b, a, mdb_drop(w->as.txn, b->tables[t], 0));
}

const struct book_reader *book_writing(const struct book_writer *w)
{
    return &w->as;
}

static void forget(struct book_writer **w)
{
    struct heap *h = (*w)->as.book->heap;

    h->resize(h, *w, 0);
    *w = NULL;
}

err book_commit(struct book_writer **w, struct arena *a)
{
    const struct book *b = (*w)->as.book;
    int number = mdb_txn_commit((*w)->as.txn);

    forget(w);
    return book_err(b, a, number);
}

void book_abort(struct book_writer **w)
{
    if (*w == NULL)
        return;
    mdb_txn_abort((*w)->as.txn);
    forget(w);
}
