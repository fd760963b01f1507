/*
 * What the book says of itself stands in BOOK_META:
 *
 *     "made of"           a text of lines that says by what it was made [FE3]
 *     "up to"             entries, 8 bytes; hash of the last one's leaf; row of
 *                         what was imported, 8 bytes; numbers most significant
 *                         first
 *     "due" day number    an answer that knows no day after this one; the day
 *                         as 4 bytes in order
 *
 * "up to" is there when the book is whole.
 */

#include "service/register_feed_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/version.h"
#include "register/named.h"
#include "register/pressed.h"
#include "service/projections.h"
#include "service/register_names.h"
#include "store/certificates.h"
#include "store/imported.h"
#include "store/journal.h"
#include "store/log.h"
#include "store/schemes.h"

#include <stdlib.h>

enum {
    FORMAT = 4, /* one more whenever an answer or a key becomes another */
    PAGE = 200, /* certificates at a time */
    COMMIT_PAGES = 100,
    NEWS = 500, /* entries at a time */
    MADE_OF_MAX = 4096,
    UP_TO = 8 + 32 + 8,
    DUE_MOST = 500,
};

static const str made_of_key = S_INIT("made of");
static const str up_to_key = S_INIT("up to");

/* --- how far it is ----------------------------------------------------------
 */

struct up_to {
    int64_t entries;
    struct hash last; /* of the leaf of the last entry; zero: none */
    int64_t row;
};

static void put_number(char *to, int64_t n)
{
    for (int i = 8; i-- > 0; n >>= 8)
        to[i] = (char)(uint8_t)n;
}

static int64_t number_at(const char *p)
{
    uint64_t n = 0;

    for (int i = 0; i < 8; i++)
        n = n << 8 | (uint8_t)p[i];
    return (int64_t)n;
}

static err put_up_to(struct feeding *f, const struct up_to *u)
{
    char bytes[UP_TO];

    put_number(bytes, u->entries);
    memcpy(bytes + 8, u->last.b, sizeof u->last.b);
    put_number(bytes + 40, u->row);
    return book_put(f->writer, f->a, BOOK_META, up_to_key,
                    (str){ bytes, sizeof bytes });
}

/* *found: the book is whole. */
static err get_up_to(struct feeding *f, const struct book_reader *r,
                     struct up_to *out, bool *found)
{
    str bytes;

    TRY(book_get(r, f->a, BOOK_META, up_to_key, &bytes, found));
    *found = *found && bytes.n == UP_TO;
    if (!*found)
        return OK;
    out->entries = number_at(bytes.p);
    memcpy(out->last.b, bytes.p + 8, sizeof out->last.b);
    out->row = number_at(bytes.p + 40);
    return OK;
}

/* Of entry `index`; -1: none. */
static err leaf_hash_at(struct feeding *f, int64_t index, struct hash *out,
                        bool *found)
{
    struct list entries;

    *out = (struct hash){ 0 };
    *found = index < 0;
    if (index < 0)
        return OK;
    TRY(log_entry_list(f->tx, f->a, index, 1, &entries));
    const struct log_entry_row *row = entries.p;
    *found = entries.n == 1 && row->index == index;
    if (*found)
        *out = row->leaf_hash;
    return OK;
}

/* --- what it is made of [FE3] -----------------------------------------------
 */

static err made_of(struct feeding *f, str *out)
{
    struct stream_row body;
    struct list packages;
    struct buf b;

    TRY(stream_by_number(f->tx, f->a, S("body"), S("body"), &body));
    TRY(scheme_list_newest(f->tx, f->a, &packages));
    buf_init(&b, f->a, MADE_OF_MAX + packages.n * 70);
    buf_printf(&b, "format %d\nprogram " PROGRAM_VERSION "\nprojections %d\n",
               FORMAT, PROJECTED_BY);
    buf_str(&b, app_public_url(f->app));
    buf_str(&b, S("\nbody "));
    buf_hex(&b, body.head.b, sizeof body.head.b);
    const struct scheme_row *p = packages.p;
    for (size_t i = 0; i < packages.n; i++) {
        buf_str(&b, S("\npackage "));
        buf_hex(&b, p[i].hash.b, sizeof p[i].hash.b);
    }
    return buf_done(&b, out);
}

/* By what it has learnt. */
static err begin_pressing(struct feeding *f, const struct book_reader *r)
{
    str like;

    TRY(pressed_like(r, f->a, &like));
    return press_new(f->a, like, &f->press);
}

/* [FE6] */
static err is_outgrown(struct feeding *f, const struct book_reader *r,
                       const struct up_to *at, bool *out)
{
    uint64_t had;
    int64_t last;

    TRY(imported_last(f->tx, &last));
    TRY(book_count(r, f->a, BOOK_ANSWERS, &had));
    *out = last - at->row > PAGE && (uint64_t)(last - at->row) > had;
    return OK;
}

/* Does what the book says of itself fit, and is it worth going on with?  *out
 * is then how far it is. */
static err fits(struct feeding *f, struct up_to *out, bool *fit)
{
    scoped(book_read_end) struct book_reader *r = NULL;
    struct hash last;
    bool whole;
    bool there;
    bool outgrown;
    str want;
    str has;

    *fit = false;
    TRY(made_of(f, &want));
    TRY(book_read(f->book, f->a, &r));
    TRY(begin_pressing(f, r));
    TRY(get_up_to(f, r, out, &whole));
    TRY(book_get(r, f->a, BOOK_META, made_of_key, &has, &there));
    if (f->of->again || !whole || !there || !str_eq(has, want))
        return OK;
    TRY(leaf_hash_at(f, out->entries - 1, &last, &there));
    TRY(is_outgrown(f, r, out, &outgrown));
    *fit = there && hash_eq(&last, &out->last) && !outgrown;
    return OK;
}

/* --- all of them [FE3] ------------------------------------------------------
 */

static err begin_writing(struct feeding *f)
{
    return f->writer != NULL ? OK : book_write(f->book, f->a, &f->writer);
}

static err commit(struct feeding *f)
{
    err e = book_commit(&f->writer, f->a);

    register_turned(f->app);
    return e;
}

static err clear(struct feeding *f)
{
    struct named_state names;

    TRY(begin_writing(f));
    TRY(named_state(book_writing(f->writer), f->a, &names));
    for (enum book_table t = 0; t < BOOK_TABLES; t++)
        TRY(book_clear(f->writer, f->a, t));
    TRY(press_new(f->a, S(""), &f->press));
    TRY(register_names_begin(f->app, f->a, f->writer, &names));
    return commit(f);
}

/* Where a walk over all is. */
struct walk {
    struct feeding *f;
    str after; /* number */
    bool end;
    str kept; /* in the turn's arena */
};

static err feed_page(struct tx *tx, struct arena *a, void *context)
{
    struct walk *w = context;
    const struct page page = { w->after, PAGE };
    struct list rows;
    struct list unreadable;

    TRY(certificate_list_sound(tx, a, &page, &rows, &unreadable));
    const struct certificate_row *r = rows.p;
    for (size_t i = 0; i < rows.n; i++)
        TRY(feed_number(w->f, r[i].number));
    w->f->made.left_out += (int64_t)unreadable.n;
    if (unreadable.n > 0) /* whichever they are */
        TRY(named_miss(w->f->writer, a, S("?"), false));
    w->end = rows.n + unreadable.n < PAGE;
    if (rows.n > 0)
        TRY_MEMORY(arena_str(w->f->a, r[rows.n - 1].number, &w->kept));
    return OK;
}

/* Rows of `struct imported_row`; *last is NULL where there are none. */
static err feed_rows(struct feeding *f, const struct list *rows,
                     const struct imported_row **last)
{
    const struct imported_row *r = rows->p;

    for (size_t i = 0; i < rows->n; i++)
        TRY(feed_row(f, &r[i]));
    *last = rows->n > 0 ? &r[rows->n - 1] : NULL;
    return OK;
}

/* In the order of their keys, which fills the book's pages one by one: in any
 * other they are two thirds full, and look-ups find fewer of them in a cache.
 */
static err feed_imported(struct tx *tx, struct arena *a, void *context)
{
    struct walk *w = context;
    const struct imported_row *last;
    struct list rows;

    TRY(imported_by_number(tx, a, w->after, PAGE, &rows));
    TRY(feed_rows(w->f, &rows, &last));
    w->end = rows.n < PAGE;
    if (last != NULL)
        TRY_MEMORY(arena_str(w->f->a, last->number, &w->kept));
    return OK;
}

/* Page by page, committed now and then: what is not whole is not read. */
static err walk_all(struct feeding *f, tx_part *part)
{
    struct walk w = { .f = f, .after = S(""), .kept = S("") };

    for (int pages = 0; !w.end; pages++) {
        TRY(begin_writing(f));
        TRY(tx_apart(f->tx, part, &w));
        w.after = w.kept;
        if (pages % COMMIT_PAGES == COMMIT_PAGES - 1)
            TRY(commit(f));
    }
    return OK;
}

static err finish(struct feeding *f, const struct up_to *u)
{
    TRY(put_up_to(f, u));
    TRY(register_names_trim(f->app, f->a, f->writer));
    return commit(f);
}

static err make_all(struct feeding *f)
{
    struct up_to u = { 0 };
    bool there;
    str what;

    f->made.made = f->making = true;
    TRY(made_of(f, &what));
    TRY(log_size(f->tx, &u.entries));
    TRY(leaf_hash_at(f, u.entries - 1, &u.last, &there));
    TRY(imported_last(f->tx, &u.row));
    TRY(clear(f));
    TRY(walk_all(f, feed_page));
    TRY(walk_all(f, feed_imported));
    TRY(begin_writing(f));
    TRY(book_put(f->writer, f->a, BOOK_META, made_of_key, what));
    TRY(finish(f, &u));
    f->making = false;
    f->of->again = false;
    return OK;
}

/* --- news [FE1] -------------------------------------------------------------
 */

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

/* Each of these numbers once. */
static err feed_each(struct feeding *f, str *numbers, size_t n)
{
    qsort(numbers, n, sizeof *numbers, by_text);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || !str_eq(numbers[i], numbers[i - 1]))
            TRY(feed_number(f, numbers[i]));
    }
    return OK;
}

/* "certificate/A1": A1; else nothing. */
static str number_of(str subject)
{
    str number = subject;
    str kind = str_cut(&number, '/');

    return str_eq(kind, S("certificate")) ? number : S("");
}

struct news {
    struct feeding *f;
    struct up_to *at;
    int64_t pending;
    bool end;
};

static err feed_entries(struct tx *tx, struct arena *a, void *context)
{
    struct news *x = context;
    struct list entries;
    size_t n = 0;

    TRY(log_entry_list(tx, a, x->at->entries, NEWS, &entries));
    const struct log_entry_row *rows = entries.p;
    str *numbers = arena_array(a, entries.n, sizeof *numbers);
    TRY_MEMORY(numbers);
    for (size_t i = 0; i < entries.n; i++) {
        str number = number_of(rows[i].subject);

        if (number.n > 0)
            numbers[n++] = number;
    }
    TRY(feed_each(x->f, numbers, n));
    x->end = entries.n < NEWS;
    if (entries.n > 0) {
        x->at->entries = rows[entries.n - 1].index + 1;
        x->at->last = rows[entries.n - 1].leaf_hash;
    }
    return OK;
}

/* Leaves that wait: none of those that waited when nothing had got an index
 * since. */
static err feed_pending(struct tx *tx, struct arena *a, void *context)
{
    struct news *x = context;
    struct list waiting;
    size_t n = 0;

    TRY(log_pending_list(tx, a, x->pending, NEWS, &waiting));
    const struct log_pending_row *rows = waiting.p;
    str *numbers = arena_array(a, waiting.n, sizeof *numbers);
    TRY_MEMORY(numbers);
    for (size_t i = 0; i < waiting.n; i++) {
        str number = number_of(rows[i].subject);

        if (number.n > 0)
            numbers[n++] = number;
    }
    TRY(feed_each(x->f, numbers, n));
    x->end = waiting.n < NEWS;
    if (waiting.n > 0)
        x->pending = rows[waiting.n - 1].id;
    return OK;
}

static err feed_news_rows(struct tx *tx, struct arena *a, void *context)
{
    struct news *x = context;
    const struct imported_row *last;
    struct list rows;

    TRY(imported_after(tx, a, x->at->row, PAGE, &rows));
    TRY(feed_rows(x->f, &rows, &last));
    x->end = rows.n < PAGE;
    if (last != NULL)
        x->at->row = last->row;
    return OK;
}

/* Answers whose days are over. */
struct due {
    struct arena *a;
    char until[FEED_DUE_HEAD]; /* the first that is not */
    str numbers[DUE_MOST];
    size_t n;
    bool memory;
};

static bool see_due(void *context, str key, str)
{
    struct due *d = context;

    if (key.n <= FEED_DUE_HEAD || memcmp(key.p, d->until, FEED_DUE_HEAD) >= 0)
        return false;
    d->memory =
        arena_str(d->a, str_from(key, FEED_DUE_HEAD), &d->numbers[d->n]);
    return d->memory && ++d->n < DUE_MOST;
}

static err feed_due(struct tx *, struct arena *a, void *context)
{
    struct news *x = context;
    struct due *d = arena_zero(a, sizeof *d);
    str until;

    TRY_MEMORY(d);
    d->a = a;
    d->memory = true;
    TRY(feed_due_key(x->f, x->f->today, S(""), &until));
    memcpy(d->until, until.p, FEED_DUE_HEAD);
    TRY(book_walk(book_writing(x->f->writer), a, BOOK_META, S("due"), see_due,
                  d));
    TRY_MEMORY(d->memory);
    x->end = d->n < DUE_MOST;
    return feed_each(x->f, d->numbers, d->n);
}

/* What one part of the news brings, commit by commit [FE2]. */
static err feed_part(struct news *x, tx_part *part)
{
    struct feeding *f = x->f;

    x->end = false;
    while (!x->end) {
        int64_t before = f->made.answers + f->made.left_out;
        struct up_to was = *x->at;

        TRY(begin_writing(f));
        TRY(tx_apart(f->tx, part, x));
        if (before != f->made.answers + f->made.left_out ||
            memcmp(&was, x->at, sizeof was) != 0)
            TRY(finish(f, x->at));
    }
    return OK;
}

static err feed_news(struct feeding *f, struct up_to *at)
{
    struct register_feeder *of = f->of;
    struct news x = { .f = f, .at = at };
    int64_t size;

    TRY(log_size(f->tx, &size));
    x.pending = of->size == size ? of->pending : 0;
    TRY(feed_part(&x, feed_entries));
    TRY(feed_part(&x, feed_pending));
    TRY(feed_part(&x, feed_news_rows));
    TRY(feed_part(&x, feed_due));
    of->size = size;
    of->pending = x.pending;
    return OK;
}

/* --- a turn ------------------------------------------------------------------
 */

static err do_nothing(struct tx *, void *)
{
    return OK;
}

static err read_store(struct feeding *f)
{
    struct up_to at = { 0 };
    bool fit;

    tx_watch(f->tx, f->of->stop);
    TRY(fits(f, &at, &fit));
    if (fit)
        return feed_news(f, &at);
    register_unfed(f->app);
    return make_all(f);
}

static err run(struct feeding *f)
{
    err e;

    TRY(app_read(f->app, f->a, &f->tx));
    e = read_store(f);
    book_abort(&f->writer);
    tx_abort(&f->tx);
    return e;
}

/* [FE5]  Who marks does so within a write tx: after one more of them all marks
 * that were seen are of what is in the store, or came to nothing. */
static err wait_for_marks(struct app *app, struct arena *a)
{
    return app_kept(app) == NULL ? OK
                                 : app_write_case(app, a, do_nothing, NULL);
}

/* Without it names are looked for in the store; but a turn that lacked memory
 * is done again. */
static err bring_names(struct feeding *f, err *why)
{
    err e = register_names_bring(f->app, f->a);

    *why = e;
    return err_is(e, ERR_MEMORY) ? e : OK;
}

err register_turn(struct register_feeder *of, struct arena *a, day today,
                  struct register_turn *out)
{
    struct feeding *f = arena_zero(a, sizeof *f);
    uint64_t mark;

    TRY_MEMORY(f);
    f->of = of;
    f->app = of->app;
    f->a = a;
    f->today = today;
    TRY(register_open(f->app, a, &f->book));
    mark = register_newest(f->app);
    if (!register_is_fed(f->app))
        TRY(wait_for_marks(f->app, a));
    err e = run(f);
    *out = f->made;
    if (failed(e) && err_is(e, ERR_CORRUPT) &&
        str_begins(str_of(e.info->id), S("register.")))
        register_forsake(f->app);
    TRY(e);
    TRY(bring_names(f, &out->names));
    register_fed(f->app, mark);
    return OK;
}
