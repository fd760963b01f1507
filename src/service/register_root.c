#include "service/register_root.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/events.h"
#include "merkle/tree.h"
#include "register/holders.h"
#include "service/register_said.h"
#include "service/seen.h"
#include "service/stream.h"
#include "store/certificates.h"
#include "store/imported.h"
#include "store/log.h"
#include "store/subs.h"
#include "sys/clock.h"
#include "verify/holder.h"

enum { TRIES = 8 };

struct rooting {
    struct app *app;
    struct sequencer *sequencer;
    struct arena *a;
    day today;
    struct book_writer *writer;
    struct holders_change *change;
    struct rooted_mark last; /* the newest there is; zero: none */
    struct rooted_mark now;
    struct tx *tx; /* that is read */
    int64_t from;  /* the next entry to be read */
    bool end;
    struct seen holders; /* whose statement is made already */
    struct hash leaf;    /* of the entry */
};

/* --- what is said [RR2] --------------------------------------------------- */

static str bytes_of(const struct hash *h)
{
    return (str){ (const char *)h->b, sizeof h->b };
}

/* Under this key is said what `said` says; *count are those of its kind. */
static err put(struct rooting *r, struct arena *a, const struct hash *key,
               str said, int64_t *count)
{
    bool found;
    str old;

    TRY(book_get(book_writing(r->writer), a, BOOK_HOLDERS, bytes_of(key), &old,
                 &found));
    if (found && str_eq(old, said))
        return OK;
    TRY(holders_put(r->change, a, key, said));
    *count += (said.n > 0) - found;
    return OK;
}

struct holding {
    struct rooting *r;
    str uscc;
    struct hash key;
};

/* A tx_part: of an enterprise with thousands of certificates it is long. */
static err say_holder(struct tx *, struct arena *a, void *context)
{
    const struct holding *x = context;
    struct rooting *r = x->r;
    str said;

    TRY(register_holder_said(r->app, r->tx, a, x->uscc, &said));
    return put(r, a, &x->key, said, &r->now.holders);
}

/* Once in a reading, in which nothing changes [RO1]. */
static err put_holder(struct rooting *r, str uscc)
{
    struct holding x = { .r = r, .uscc = uscc };
    bool before;

    if (uscc.n == 0)
        return OK;
    holder_key(uscc, &x.key);
    TRY(seen_add(&r->holders, &x.key, &before));
    return before ? OK : tx_apart(r->tx, say_holder, &x);
}

/* A certificate may have been another's: what is said of that one changes as
 * well. */
static err put_former(struct rooting *r, struct arena *a,
                      const struct hash *key, str uscc)
{
    struct json *j = NULL;
    bool found;
    str old;

    TRY(book_get(book_writing(r->writer), a, BOOK_HOLDERS, bytes_of(key), &old,
                 &found));
    if (!found)
        return OK;
    TRY(json_parse(a, old, &j));
    if (str_eq(json_get_str(j, S("uscc")), uscc))
        return OK;
    return put_holder(r, json_get_str(j, S("uscc")));
}

static err put_number(struct rooting *r, struct arena *a, str number, str uscc)
{
    struct hash key;
    str said;

    TRY(holder_number_key(a, number, &key));
    TRY(put_former(r, a, &key, uscc));
    TRY(holder_number_said(a, number, uscc, &said));
    return put(r, a, &key, said, &r->now.numbers);
}

static err put_subs(struct rooting *r, struct arena *a,
                    const struct certificate_row *main)
{
    struct list subs;

    TRY(sub_list(r->tx, a, main->number, &subs));

    const struct sub_row *s = subs.p;
    for (size_t i = 0; i < subs.n; i++)
        TRY(put_number(r, a, s[i].number, main->uscc));
    return OK;
}

static err put_certificate(struct rooting *r, struct arena *a, str number)
{
    struct certificate_row row;
    err e = certificate_get(r->tx, a, number, &row);

    if (err_is(e, ERR_NOT_FOUND)) /* an entry is about it */
        return err_new(a, ERR_CORRUPT, "check.certificate",
                       ARG_STR("number", number));
    TRY(e);
    TRY(put_number(r, a, row.number, row.uscc));
    TRY(put_subs(r, a, &row));
    return put_holder(r, row.uscc);
}

/* --- entries since the last root [RO2] ------------------------------------ */

/* What comes one after the other about the same is looked up once. */
static err put_subjects(struct rooting *r, struct arena *a,
                        const struct list *rows)
{
    const struct log_entry_row *e = rows->p;
    str before = S("");

    for (size_t i = 0; i < rows->n; i++) {
        str number = e[i].subject;
        str kind = str_cut(&number, '/');

        if (!str_eq(kind, S("certificate")) || str_eq(number, before))
            continue;
        TRY(put_certificate(r, a, number));
        before = number;
    }
    return OK;
}

/* A tx_part. */
static err read_page(struct tx *tx, struct arena *a, void *context)
{
    struct rooting *r = context;
    struct list rows;

    TRY(log_entry_list(tx, a, r->from, STORE_PAGE_MAX, &rows));
    TRY(put_subjects(r, a, &rows));
    r->from += (int64_t)rows.n;
    r->end = rows.n < STORE_PAGE_MAX;
    return OK;
}

static err read_pages(struct rooting *r)
{
    r->now = r->last;
    r->from = r->last.upto;
    r->end = false;
    while (!r->end)
        TRY(tx_apart(r->tx, read_page, r));
    r->now.upto = r->from;
    return OK;
}

/* --- rows that files brought since then ------------------------------------
 */

/* A tx_part. */
static err read_imported(struct tx *tx, struct arena *a, void *context)
{
    struct rooting *r = context;
    struct list rows;

    TRY(imported_after(tx, a, r->now.imported, STORE_PAGE_MAX, &rows));

    const struct imported_row *i = rows.p;
    for (size_t n = 0; n < rows.n; n++) {
        TRY(put_number(r, a, i[n].number, i[n].uscc));
        TRY(put_holder(r, i[n].uscc));
        r->now.imported = i[n].row;
    }
    r->end = rows.n < STORE_PAGE_MAX;
    return OK;
}

static err read_all_imported(struct rooting *r)
{
    r->end = false;
    while (!r->end)
        TRY(tx_apart(r->tx, read_imported, r));
    return OK;
}

/* [RO1] Into the book's writer, unless something waits for its index. */
static err read_store(struct rooting *r, bool *waits)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct list waiting;

    TRY(app_read(r->app, r->a, &tx));
    TRY(log_pending_list(tx, r->a, 0, 1, &waiting));
    *waits = waiting.n > 0;
    if (*waits)
        return OK;
    r->tx = tx;
    seen_end(&r->holders);
    TRY(read_pages(r));
    TRY(read_all_imported(r));
    TRY(holders_settle(r->change, app_world_of(r->app)->heap, r->a));
    return holders_root(book_writing(r->writer), r->a, &r->now.root);
}

static err busy(struct arena *a)
{
    return err_new(a, ERR_BUSY, "register.root_busy");
}

static err read_all(struct rooting *r)
{
    bool waits = true;
    int64_t size;

    for (int i = 0; i < TRIES && waits; i++) {
        TRY(sequence_rest(r->sequencer, r->a, &size));
        TRY(read_store(r, &waits));
    }
    return waits ? busy(r->a) : OK;
}

/* --- the entry ------------------------------------------------------------ */

static err record(struct tx *tx, void *context)
{
    struct rooting *r = context;
    struct clock *clock = app_world_of(r->app)->clock;
    const struct facts f = {
        .at = clock->now(clock),
        .today = r->today,
        .channel = S("register"),
    };
    const struct register_root data = { r->now.root, r->now.holders,
                                        r->now.numbers, r->now.upto };
    struct event_list events = { 0 };
    struct stream_row row;
    str subject;
    str leaf;

    TRY(stream_by_number(tx, tx_arena(tx), S("body"), S("body"), &row));
    TRY(event_emit(tx_arena(tx), &events, "register.root", &f, &data));
    TRY(stream_append(tx, row.id, row.version, &row.head, &events));
    TRY(stream_enter_log(tx, r->app, &events));
    TRY(leaf_of_event(tx_arena(tx), app_salt_key(r->app), events.first,
                      &subject, &leaf));
    merkle_leaf(leaf, &r->leaf);
    return OK;
}

/* Where the entry stands; it is there unless somebody else is signing. */
static err find_entry(struct rooting *r)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct log_entry_row row;
    struct checkpoint newest;

    TRY(app_read(r->app, r->a, &tx));
    err e = log_entry_by_hash(tx, r->a, &r->leaf, 0, &row);
    if (err_is(e, ERR_NOT_FOUND))
        return busy(r->a);
    TRY(e);
    TRY(tlog_newest(tx, r->a, &newest));
    r->now.index = row.index;
    return newest.size > row.index ? OK : busy(r->a);
}

/* [RO3] */
static bool says_the_same(const struct rooting *r)
{
    return hash_eq(&r->last.root, &r->now.root) && r->last.upto > 0 &&
           r->today <= r->last.on;
}

/* [RO4] */
static err enter(struct rooting *r, struct register_rooted *out)
{
    int64_t size;

    r->now.on = r->today;
    TRY(app_write(r->app, r->a, record, r));
    TRY(sequence_rest(r->sequencer, r->a, &size));
    TRY(find_entry(r));
    TRY(rooted_mark_put(r->writer, r->a, &r->now));
    TRY(book_commit(&r->writer, r->a));
    *out = (struct register_rooted){ r->now, true };
    return OK;
}

/* [RR3] A mark that cannot be read is one of another time: all is made. */
static err read_last(struct rooting *r)
{
    static const enum book_table tables[] = { BOOK_HOLDERS, BOOK_MAP,
                                              BOOK_META };
    bool found;
    err e = rooted_mark_get(book_writing(r->writer), r->a, &r->last, &found);

    if (!err_is(e, ERR_CORRUPT))
        return e;
    for (size_t i = 0; i < COUNT(tables); i++)
        TRY(book_clear(r->writer, r->a, tables[i]));
    return OK;
}

static err make(struct rooting *r, struct register_rooted *out)
{

    r->change = arena_zero(r->a, sizeof *r->change);
    TRY_MEMORY(r->change);
    r->change->writer = r->writer;
    TRY(read_last(r));
    TRY(read_all(r));
    if (!says_the_same(r))
        return enter(r, out);
    *out = (struct register_rooted){ r->last, false };
    return OK;
}

err register_root(struct sequencer *s, struct arena *a, day today,
                  struct register_rooted *out)
{
    struct rooting r = {
        .app = s->app,
        .sequencer = s,
        .a = a,
        .today = today,
        .holders = { .heap = app_world_of(s->app)->heap },
    };
    struct book *book = NULL;

    TRY(rooted_book_made(s->app, a, &book));
    TRY(book_write(book, a, &r.writer));
    err e = make(&r, out);
    book_abort(&r.writer);
    seen_end(&r.holders);
    return e;
}

static err was_entered(struct app *app, struct arena *a, bool *was)
{
    scoped(book_read_end) struct book_reader *r = NULL;
    struct rooted_mark mark;
    err e = rooted_read(app, a, &r, &mark);

    /* One whose mark cannot be read is made again [RR3]. */
    *was = !failed(e) || err_is(e, ERR_CORRUPT);
    return *was || err_is(e, ERR_NOT_FOUND) ? OK : e;
}

err register_root_daily(struct sequencer *s, struct arena *a, day today,
                        struct register_rooted *out)
{
    bool was;

    *out = (struct register_rooted){ 0 };
    TRY(was_entered(s->app, a, &was));
    return was ? register_root(s, a, today, out) : OK;
}
