#include "service/register_home.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "register/board.h"
#include "register/book.h"
#include "register/pressed.h"
#include "service/app_parts.h"
#include "service/register_names.h"
#include "sys/files.h"

#include <pthread.h>
#include <stdatomic.h>

enum { READERS_MAX = 256 };

/* Where a reader is. [RG3] */
enum {
    RESTING, /* sees nothing */
    HOLDING, /* what it saw last, until it is taken from it */
    BUSY,    /* its thread reads */
    TAKEN,   /* for a moment, by the feeder */
};

struct register_reader {
    struct book_reader *book;
    str like;      /* of what it sees (register/pressed.h), borrowed from it */
    uint64_t turn; /* of the home when it began to see */
    _Atomic int state;
};

struct register_home {
    struct heap *heap;
    struct register_names *names;
    pthread_mutex_t mutex;
    pthread_key_t own;     /* this thread's reader */
    struct book *book;     /* under `mutex` until it is open, then constant */
    struct board *board;   /* likewise */
    _Atomic bool opened;   /* both are there */
    _Atomic bool whole;    /* .. and may be answered from */
    _Atomic uint64_t fed;  /* [RG2] */
    _Atomic uint64_t turn; /* goes up with every commit */
    _Atomic uint64_t age;  /* [RG4] */
    struct register_reader readers[READERS_MAX]; /* each is its thread's */
    _Atomic size_t n;                            /* goes up under `mutex` */
};

err register_home_new(struct heap *h, struct arena *a,
                      struct register_home **out)
{
    struct register_home *r = arena_zero(a, sizeof *r);

    TRY_MEMORY(r);
    r->heap = h;
    TRY(register_names_new(h, a, &r->names));
    if (pthread_key_create(&r->own, NULL) != 0)
        return err_memory();
    check(pthread_mutex_init(&r->mutex, NULL) == 0);
    *out = r;
    return OK;
}

void register_home_end(struct register_home *r)
{
    if (r == NULL)
        return;
    register_names_end(r->names);
    for (size_t i = 0; i < r->n; i++)
        book_read_end(&r->readers[i].book);
    book_end(&r->book);
    board_end(&r->board);
    (void)pthread_key_delete(r->own);
    (void)pthread_mutex_destroy(&r->mutex);
}

struct register_names *register_names_of(const struct app *app)
{
    return app_register(app)->names;
}

static void lock(struct register_home *r)
{
    int rc = pthread_mutex_lock(&r->mutex);
    check(rc == 0);
}

static void unlock(struct register_home *r)
{
    int rc = pthread_mutex_unlock(&r->mutex);
    check(rc == 0);
}

/* --- opening ---------------------------------------------------------------
 */

static err folder_of(const struct app *app, struct arena *a, str *out)
{
    return app_path(a, app_folder(app), "register", out);
}

static err open_book(struct register_home *r, struct arena *a, str folder)
{
    err e = book_open(a, r->heap, folder, BOOK_ROOM, &r->book);

    if (!err_is(e, ERR_CORRUPT))
        return e;
    TRY(book_throw_away(a, folder));
    return book_open(a, r->heap, folder, BOOK_ROOM, &r->book);
}

static err open_both(struct app *app, struct register_home *r, struct arena *a)
{
    str folder;

    TRY(folder_of(app, a, &folder));
    TRY(folder_make(app_world_of(app)->files, a, folder, FOLDER_PRIVATE));
    if (r->board == NULL)
        TRY(board_open(a, r->heap, folder, true, &r->board));
    if (r->book == NULL)
        TRY(open_book(r, a, folder));
    atomic_store(&r->opened, true);
    return OK;
}

err register_open(struct app *app, struct arena *a, struct book **out)
{
    struct register_home *r = app_register(app);
    err e = OK;

    lock(r);
    if (!atomic_load(&r->opened))
        e = open_both(app, r, a);
    unlock(r);
    if (!failed(e) && out != NULL)
        *out = r->book;
    return e;
}

void register_forsake(struct app *app)
{
    scoped(arena_end) struct arena a;
    struct register_home *r = app_register(app);
    str folder;

    atomic_store(&r->whole, false);
    arena_init(&a, r->heap, 1 << 16);
    if (!failed(folder_of(app, &a, &folder)))
        (void)book_throw_away(&a, folder);
}

/* --- marks [RG2] -----------------------------------------------------------
 */

/* The board, if there is one: some other program may have made it by now. */
static err find_board(const struct app *app, struct arena *a,
                      struct board **out)
{
    struct register_home *r = app_register(app);
    err e = OK;
    str folder;

    lock(r);
    if (r->board == NULL) {
        e = folder_of(app, a, &folder);
        if (!failed(e))
            e = board_open(a, r->heap, folder, false, &r->board);
    }
    *out = r->board;
    unlock(r);
    return e;
}

err register_news(const struct app *app, struct arena *a, str number)
{
    struct board *b;

    TRY(find_board(app, a, &b));
    if (b != NULL)
        board_mark(b, number);
    return OK;
}

err register_news_all(const struct app *app, struct arena *a)
{
    struct board *b;

    TRY(find_board(app, a, &b));
    if (b != NULL)
        board_mark_all(b);
    return OK;
}

uint64_t register_newest(struct app *app)
{
    return board_newest(app_register(app)->board);
}

void register_fed(struct app *app, uint64_t mark)
{
    struct register_home *r = app_register(app);

    atomic_fetch_add(&r->age, 1); /* who finds it fed finds this done */
    atomic_store(&r->fed, mark);
    atomic_store(&r->whole, true);
}

void register_unfed(struct app *app)
{
    atomic_store(&app_register(app)->whole, false);
}

bool register_is_fed(struct app *app)
{
    struct register_home *r = app_register(app);

    return atomic_load(&r->whole) &&
           atomic_load(&r->fed) == board_newest(r->board);
}

uint64_t register_age(struct app *app)
{
    return register_is_fed(app) ? atomic_load(&app_register(app)->age) : 0;
}

/* --- looking up ------------------------------------------------------------
 */

static err new_reader(struct register_home *r, struct arena *a,
                      struct register_reader **out)
{
    struct register_reader *made = NULL;
    err e;

    lock(r);
    if (r->n == READERS_MAX) {
        e = err_new(a, ERR_BUSY, "register.readers",
                    ARG_INT("number", READERS_MAX));
    } else {
        made = &r->readers[r->n];
        e = book_read(r->book, a, &made->book);
    }
    if (!failed(e)) {
        book_read_rest(made->book);
        r->n++;
    }
    unlock(r);
    TRY(e);
    *out = made;
    return pthread_setspecific(r->own, made) == 0 ? OK : err_memory();
}

/* Of its thread: from now on nobody takes anything from it. */
static int begin(struct register_reader *own)
{
    int was = HOLDING;

    while (!atomic_compare_exchange_weak(&own->state, &was, BUSY)) {
        if (was == TAKEN)
            was = RESTING;
    }
    return was;
}

static err see(struct register_home *r, struct arena *a,
               struct register_reader *own)
{
    int was = begin(own);
    uint64_t turn = atomic_load(&r->turn);

    if (was == HOLDING && own->turn == turn)
        return OK;
    own->turn = turn;
    TRY(book_read_on(own->book, a));
    return pressed_like(own->book, a, &own->like);
}

err register_read(struct app *app, struct arena *a,
                  struct register_reader **out)
{
    struct register_home *r = app_register(app);
    struct register_reader *own;

    *out = NULL;
    if (!atomic_load(&r->whole))
        return OK;
    own = pthread_getspecific(r->own);
    if (own == NULL)
        TRY(new_reader(r, a, &own));
    *out = own;
    return see(r, a, own);
}

const struct book_reader *register_book(const struct register_reader *r)
{
    return r->book;
}

/* Let go of what it holds, unless its thread is at it. */
static void take_from(struct register_reader *x)
{
    int was = HOLDING;

    if (!atomic_compare_exchange_strong(&x->state, &was, TAKEN))
        return;
    book_read_rest(x->book);
    atomic_store(&x->state, RESTING);
}

void register_read_end(struct app *app, struct register_reader **own)
{
    struct register_home *r = app_register(app);
    struct register_reader *x = *own;

    if (x == NULL)
        return;
    *own = NULL;
    atomic_store(&x->state, HOLDING);
    if (atomic_load(&r->turn) != x->turn)
        take_from(x);
}

void register_turned(struct app *app)
{
    struct register_home *r = app_register(app);
    size_t n = atomic_load(&r->n);

    atomic_fetch_add(&r->turn, 1);
    for (size_t i = 0; i < n; i++)
        take_from(&r->readers[i]);
}

/* [RG2]  A sub-certificate's number begins with the main one's.  Where nothing
 * was marked since, which is nearly always, no place of the board is looked at.
 */
static bool is_behind(const struct register_home *r, str folded)
{
    uint64_t fed = atomic_load(&r->fed);
    size_t n = folded.n;

    if (board_newest(r->board) <= fed)
        return false;
    if (board_is_marked(r->board, folded, fed))
        return true;
    while (n > 0 && folded.p[n - 1] != '-')
        n--;
    return n > 1 && board_is_marked(r->board, str_first(folded, n - 1), fed);
}

/* [RG3] */
static err copy_answer(const struct ready *x, str like, struct arena *a,
                       day today, struct register_answer *out, bool *found)
{
    char *text = arena_zero(a, ready_room(x) + 1);
    size_t n;

    TRY_MEMORY(text);
    *found = ready_write(x, like, today, text, &n);
    if (*found)
        *out = (struct register_answer){ { text, n }, ready_name_on(x, today) };
    return OK;
}

static err look(const struct register_reader *reader, struct arena *a,
                str folded, day today, struct register_answer *out, bool *found)
{
    struct ready x;
    str packed;

    TRY(book_get(reader->book, a, BOOK_ANSWERS, folded, &packed, found));
    *found = *found && ready_unpack(packed, &x) && ready_knows(&x, today);
    return *found ? copy_answer(&x, reader->like, a, today, out, found) : OK;
}

err register_answer(struct app *app, struct arena *a, str folded, day today,
                    struct register_answer *out, bool *found)
{
    struct register_home *r = app_register(app);
    struct register_reader *reader;

    *found = false;
    if (folded.n == 0 || folded.n > BOOK_KEY_MAX || !atomic_load(&r->whole) ||
        is_behind(r, folded))
        return OK;
    err e = register_read(app, a, &reader);
    if (!failed(e) && reader != NULL)
        e = look(reader, a, folded, today, out, found);
    register_read_end(app, &reader);
    return e;
}
