/*
 * lookup_near -- numbers that somebody may have meant. [LY3]
 *
 * Where there is a book, every number at one edit is looked for, some thousand
 * probes of a microsecond; else, in the store, only those where what looks
 * alike was exchanged, unless the caller has so few to ask for that he can wait
 * for all.  Of those at two edits: two signs that look alike, and what begins
 * as it does and ends otherwise.  Signs between that belong to no number are
 * no edits at all.
 */

#include "service/lookup_ready.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/near.h"
#include "register/book.h"
#include "service/register_home.h"
#include "service/typed.h"
#include "store/certificates.h"
#include "store/imported.h"

enum {
    TYPED_MOST = 40, /* longer ones are no numbers */
    TYPED_LEAST = 4,
    TAIL = 4,       /* signs that may be others */
    IN_BOOK = 2000, /* numbers looked at in the order of the book, */
    IN_STORE = 200, /* and of the store */
    DISTANCE_MOST = 2,
};

static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

/* What people take for one another. */
static const char *const alike[] = {
    "0OQD", "1IL", "2Z", "5S", "8B", "6G", "VU"
};

struct hunt {
    struct app *app;
    struct arena *a;
    const struct book_reader *reader; /* NULL: in the store .. */
    struct tx *tx;                    /* .. by this */
    bool wide;                        /* all at one edit there as well */
    str typed;
    str found[LOOKUP_NEAR];
    size_t distance[LOOKUP_NEAR];
    size_t n;
    size_t left; /* to be looked at in order */
    bool memory;
    char room[TYPED_MOST + 2];
};

/* --- what was found ---------------------------------------------------------
 */

static bool is_before(size_t distance, str number, const struct hunt *h,
                      size_t i)
{
    return distance < h->distance[i] ||
           (distance == h->distance[i] && str_cmp(number, h->found[i]) < 0);
}

static bool is_found(const struct hunt *h, str number)
{
    for (size_t i = 0; i < h->n; i++) {
        if (str_eq(h->found[i], number))
            return true;
    }
    return false;
}

/* A number that is there: among the nearest it stays. */
static void offer(struct hunt *h, str number)
{
    size_t distance;
    size_t at = h->n;
    str kept;

    if (number.n > NEAR_WORD_MAX || is_found(h, number))
        return;
    distance = near_distance(h->typed, number);
    while (at > 0 && is_before(distance, number, h, at - 1))
        at--;
    if (distance > DISTANCE_MOST || at == LOOKUP_NEAR)
        return;
    h->memory = h->memory && arena_str(h->a, number, &kept);
    if (!h->memory)
        return;
    if (h->n < LOOKUP_NEAR)
        h->n++;
    for (size_t i = h->n - 1; i > at; i--) {
        h->found[i] = h->found[i - 1];
        h->distance[i] = h->distance[i - 1];
    }
    h->found[at] = kept;
    h->distance[at] = distance;
}

/* --- is it there? -----------------------------------------------------------
 */

static err probe(struct hunt *h, size_t n)
{
    str number = { h->room, n };
    bool there = false;
    str unused;

    if (n == 0)
        return OK;
    if (h->reader != NULL)
        TRY(book_get(h->reader, h->a, BOOK_ANSWERS, number, &unused, &there));
    else
        TRY(imported_is_taken(h->tx, number, &there));
    if (there)
        offer(h, number);
    return OK;
}

/* --- at one edit ------------------------------------------------------------
 */

static void reset(struct hunt *h)
{
    memcpy(h->room, h->typed.p, h->typed.n);
}

static err replace_at(struct hunt *h, size_t at, const char *by)
{
    for (const char *c = by; *c != '\0'; c++) {
        if (*c == h->typed.p[at])
            continue;
        h->room[at] = *c;
        TRY(probe(h, h->typed.n));
    }
    h->room[at] = h->typed.p[at];
    return OK;
}

static err insert_at(struct hunt *h, size_t at)
{
    memmove(h->room + at + 1, h->typed.p + at, h->typed.n - at);
    for (const char *c = signs; *c != '\0'; c++) {
        h->room[at] = *c;
        TRY(probe(h, h->typed.n + 1));
    }
    reset(h);
    return OK;
}

static err leave_out_at(struct hunt *h, size_t at)
{
    memmove(h->room + at, h->typed.p + at + 1, h->typed.n - at - 1);
    TRY(probe(h, h->typed.n - 1));
    reset(h);
    return OK;
}

static err exchange_at(struct hunt *h, size_t at)
{
    if (at + 1 == h->typed.n)
        return OK;
    h->room[at] = h->typed.p[at + 1];
    h->room[at + 1] = h->typed.p[at];
    TRY(probe(h, h->typed.n));
    reset(h);
    return OK;
}

static err at_one_edit(struct hunt *h)
{
    for (size_t i = 0; i < h->typed.n; i++) {
        TRY(exchange_at(h, i));
        TRY(leave_out_at(h, i));
        TRY(replace_at(h, i, signs));
        TRY(insert_at(h, i));
    }
    return insert_at(h, h->typed.n);
}

/* --- signs between ----------------------------------------------------------
 */

static bool is_sign(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

/* Without what is no letter and no digit; a hyphen may belong there, so it is
 * asked for with it as well. */
static err bare(struct hunt *h)
{
    str typed = h->typed;
    size_t n = 0;

    for (size_t i = 0; i < typed.n; i++) {
        if (is_sign(typed.p[i]))
            h->room[n++] = typed.p[i];
    }
    if (n == typed.n)
        return OK;
    h->typed = (str){ h->room, n };
    err e = probe(h, n);
    h->typed = typed;
    reset(h);
    return e;
}

/* --- what looks alike -------------------------------------------------------
 */

static const char *like(char c)
{
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        if (strchr(alike[i], c) != NULL)
            return alike[i];
    }
    return "";
}

/* One sign more is another, behind place `from`. */
static err second_alike(struct hunt *h, size_t from)
{
    for (size_t i = from; i < h->typed.n; i++)
        TRY(replace_at(h, i, like(h->typed.p[i])));
    return OK;
}

static err alike_from(struct hunt *h, size_t at)
{
    const char *by = like(h->typed.p[at]);

    for (const char *c = by; *c != '\0'; c++) {
        if (*c == h->typed.p[at])
            continue;
        h->room[at] = *c;
        TRY(probe(h, h->typed.n));
        TRY(second_alike(h, at + 1));
    }
    h->room[at] = h->typed.p[at];
    return OK;
}

static err all_alike(struct hunt *h)
{
    for (size_t i = 0; i < h->typed.n; i++)
        TRY(alike_from(h, i));
    return OK;
}

/* --- what begins as it does -------------------------------------------------
 */

static bool see(void *context, str key, str)
{
    struct hunt *h = context;

    if (!str_begins(key, str_first(h->typed, h->typed.n - TAIL)))
        return false;
    offer(h, key);
    return --h->left > 0;
}

static err in_order(struct hunt *h)
{
    const str begin = str_first(h->typed, h->typed.n - TAIL);
    const struct page page = { begin, IN_STORE };
    struct list rows;

    h->left = IN_BOOK;
    if (begin.n == 0)
        return OK;
    if (h->reader != NULL)
        return book_walk(h->reader, h->a, BOOK_ANSWERS, begin, see, h);
    TRY(certificate_list(h->tx, h->a, &page, &rows));
    const struct certificate_row *r = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        if (!see(h, r[i].number, S("")))
            break;
    }
    return OK;
}

/* --- all of it --------------------------------------------------------------
 */

/* Numbers are printed in ASCII; of anything else no half may be cut off. */
static bool is_plain(str typed)
{
    for (size_t i = 0; i < typed.n; i++) {
        if (typed.p[i] <= ' ' || typed.p[i] > '~')
            return false;
    }
    return true;
}

static err edit(struct hunt *h)
{
    if (h->reader != NULL || h->wide)
        TRY(at_one_edit(h));
    TRY(all_alike(h));
    return in_order(h);
}

static err hunt(struct hunt *h)
{
    reset(h);
    TRY(bare(h));
    if (is_plain(h->typed))
        TRY(edit(h));
    TRY_MEMORY(h->memory);
    return OK;
}

static err hunt_in_store(struct hunt *h)
{
    scoped(tx_abort) struct tx *tx = NULL;

    if (h->tx != NULL)
        return hunt(h);
    TRY(app_read(h->app, h->a, &tx));
    h->tx = tx;
    return hunt(h);
}

static err hunt_anywhere(struct hunt *h)
{
    struct register_reader *reader;
    err e = register_read(h->app, h->a, &reader);
    bool there = !failed(e) && reader != NULL;

    if (there) {
        h->reader = register_book(reader);
        e = hunt(h);
    }
    register_read_end(h->app, &reader);
    return there || failed(e) ? e : hunt_in_store(h);
}

static err seek(struct hunt *h, str typed, struct list *out)
{
    h->memory = true;
    TRY(typed_number(h->a, typed, &h->typed));
    if (h->typed.n < TYPED_LEAST || h->typed.n > TYPED_MOST ||
        memchr(h->typed.p, '\0', h->typed.n) != NULL)
        return OK;
    err e = hunt_anywhere(h);
    if (err_is(e, ERR_CORRUPT) || err_is(e, ERR_BUSY)) /* none was seen */
        return OK;
    *out = (struct list){ h->found, h->n };
    return e;
}

err lookup_near(struct app *app, struct arena *a, str typed, struct list *out)
{
    struct hunt *h = arena_zero(a, sizeof *h);

    *out = (struct list){ 0 };
    TRY_MEMORY(h);
    h->app = app;
    h->a = a;
    return seek(h, typed, out);
}

err lookup_near_in(struct app *app, struct tx *tx, str typed, struct list *out)
{
    struct hunt *h = arena_zero(tx_arena(tx), sizeof *h);

    *out = (struct list){ 0 };
    TRY_MEMORY(h);
    h->app = app;
    h->a = tx_arena(tx);
    h->tx = tx;
    h->wide = true;
    return seek(h, typed, out);
}
