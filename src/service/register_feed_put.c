/* register_feed_put -- what a turn of the feeder puts of a certificate: its
 * answer, and its names. [FE1] [FE4] */

#include "service/register_feed_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "register/named.h"
#include "register/pressed.h"
#include "service/register_names.h"
#include "service/register_pack.h"
#include "store/imported.h"

/* --- answers ----------------------------------------------------------------
 */

err feed_due_key(struct feeding *f, day over, str number, str *out)
{
    uint32_t n = (uint32_t)over ^ UINT32_C(0x80000000);
    struct buf b;

    buf_init(&b, tx_arena(f->tx), FEED_DUE_HEAD + BOOK_KEY_MAX);
    buf_str(&b, S("due"));
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_char(&b, (char)(uint8_t)(n >> shift));
    buf_str(&b, number);
    return buf_done(&b, out);
}

/* When the answer there was is due, it is so no more. */
static err forget_due(struct feeding *f, str number)
{
    struct arena *a = tx_arena(f->tx);
    struct ready old;
    bool found;
    str packed;
    str key;

    TRY(book_get(book_writing(f->writer), a, BOOK_ANSWERS, number, &packed,
                 &found));
    if (!found || !ready_unpack(packed, &old) || old.over == DAY_NEVER)
        return OK;
    TRY(feed_due_key(f, old.over, number, &key));
    return book_drop(f->writer, a, BOOK_META, key);
}

static err put_answer(struct feeding *f, str number,
                      const struct register_packed *p)
{
    struct arena *a = tx_arena(f->tx);
    str key;

    f->made.answers++;
    TRY(book_put(f->writer, a, BOOK_ANSWERS, number, p->bytes));
    TRY(press_learn(f->press, f->writer, a, p->text, p->came_to));
    if (p->over == DAY_NEVER)
        return OK;
    TRY(feed_due_key(f, p->over, number, &key));
    return book_put(f->writer, a, BOOK_META, key, S(""));
}

/* [FE4]  What the machine failed at fails the turn. */
static err leave_out(struct feeding *f, err e)
{
    if (!err_is(e, ERR_CORRUPT) && !err_is(e, ERR_NOT_FOUND))
        return e;
    if (f->made.left_out++ == 0)
        f->made.first = err_keep(f->a, e);
    return OK;
}

/* What is packed: `row` is NULL for a number that is looked up. */
struct what {
    str number;
    const struct imported_row *row;
};

/* *there is false for one that was left out. */
static err pack(struct feeding *f, const struct what *w,
                struct register_packed *out, bool *there)
{
    const struct register_packing by = { f->app, f->tx, f->today, f->press };
    str number = w->number;
    err e;

    *there = f->unreadable = false;
    if (number.n == 0 || number.n > BOOK_KEY_MAX - FEED_DUE_HEAD)
        return OK;
    if (!f->making)
        TRY(forget_due(f, number));
    if (w->row == NULL)
        e = register_pack(&by, number, out);
    else
        e = register_pack_imported(&by, w->row, out);
    if (failed(e)) {
        f->unreadable = strcmp(e.info->id, "lookup.number") != 0;
        TRY(leave_out(f, e));
        return book_drop(f->writer, tx_arena(f->tx), BOOK_ANSWERS, number);
    }
    *there = true;
    return put_answer(f, number, out);
}

/* --- a certificate ----------------------------------------------------------
 */

static err pack_subs(struct feeding *f, const struct register_packed *p)
{
    const struct public_sub *subs = p->subs.p;

    for (size_t i = 0; i < p->subs.n; i++) {
        struct register_packed one;
        bool there;

        TRY(pack(f, &(struct what){ .number = subs[i].number }, &one, &there));
    }
    return OK;
}

struct one {
    struct feeding *f;
    str number;
};

/* NULL: it was left out. */
static err put_names(struct feeding *f, str number,
                     const struct register_packed *p)
{
    if (p != NULL)
        return register_names_put(f->tx, f->writer, &p->now, !f->making);
    if (!f->unreadable)
        return OK;
    return named_miss(f->writer, tx_arena(f->tx), number, !f->making);
}

static err feed_one(struct tx *, struct arena *, void *context)
{
    const struct one *x = context;
    struct feeding *f = x->f;
    struct register_packed p;
    struct register_packed before;
    bool there;

    TRY(pack(f, &(struct what){ .number = x->number }, &p, &there));
    TRY(put_names(f, x->number, there ? &p : NULL));
    if (!there)
        return OK;
    TRY(pack_subs(f, &p));
    if (p.renews.n > 0 && !f->making)
        TRY(pack(f, &(struct what){ .number = p.renews }, &before, &there));
    return OK;
}

err feed_number(struct feeding *f, str number)
{
    struct one x = { f, number };

    return tx_apart(f->tx, feed_one, &x);
}

err feed_row(struct feeding *f, const struct imported_row *row)
{
    const struct what what = { row->number, row };
    struct register_packed p;
    bool there;

    TRY(pack(f, &what, &p, &there));
    return put_names(f, row->number, there ? &p : NULL);
}
