#include "service/register_home.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "register/board.h"
#include "register/book.h"
#include "service/app_parts.h"
#include "sys/files.h"

#include <pthread.h>
#include <stdatomic.h>

enum { READERS_MAX = 256 };

struct register_home {
    struct heap *heap;
    pthread_mutex_t mutex;
    pthread_key_t own;    /* this thread's reader */
    struct book *book;    /* under `mutex` until it is open, then constant */
    struct board *board;  /* likewise */
    _Atomic bool opened;  /* both are there */
    _Atomic bool whole;   /* .. and may be answered from */
    _Atomic uint64_t fed; /* [RG2] */
    struct book_reader *readers[READERS_MAX]; /* under `mutex` */
    size_t n;
};

err register_home_new(struct heap *h, struct arena *a,
                      struct register_home **out)
{
    struct register_home *r = arena_zero(a, sizeof *r);

    TRY_MEMORY(r);
    r->heap = h;
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
    for (size_t i = 0; i < r->n; i++)
        book_read_end(&r->readers[i]);
    book_end(&r->book);
    board_end(&r->board);
    (void)pthread_key_delete(r->own);
    (void)pthread_mutex_destroy(&r->mutex);
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

/* --- looking up ------------------------------------------------------------
 */

/* The home ends what it is told of. */
static bool remember(struct register_home *r, struct book_reader *reader)
{
    lock(r);
    bool room = r->n < READERS_MAX;
    if (room)
        r->readers[r->n++] = reader;
    unlock(r);
    return room;
}

static err new_reader(struct register_home *r, struct arena *a,
                      struct book_reader **out)
{
    scoped(book_read_end) struct book_reader *made = NULL;

    TRY(book_read(r->book, a, &made));
    if (!remember(r, made))
        return err_new(a, ERR_BUSY, "register.readers",
                       ARG_INT("number", READERS_MAX));
    *out = made;
    made = NULL;
    return pthread_setspecific(r->own, *out) == 0 ? OK : err_memory();
}

err register_reader(struct app *app, struct arena *a, struct book_reader **out)
{
    struct register_home *r = app_register(app);
    struct book_reader *own;

    *out = NULL;
    if (!atomic_load(&r->whole))
        return OK;
    own = pthread_getspecific(r->own);
    if (own == NULL)
        return new_reader(r, a, out);
    TRY(book_read_on(own, a));
    *out = own;
    return OK;
}

/* [RG2]  A sub-certificate's number begins with the main one's. */
static bool is_behind(const struct register_home *r, str folded)
{
    uint64_t fed = atomic_load(&r->fed);
    size_t n = folded.n;

    if (board_is_marked(r->board, folded, fed))
        return true;
    while (n > 0 && folded.p[n - 1] != '-')
        n--;
    return n > 1 && board_is_marked(r->board, str_first(folded, n - 1), fed);
}

/* [RG3] */
static err copy_answer(const struct ready *x, struct arena *a, day today,
                       struct register_answer *out)
{
    struct ready_parts parts = ready_on(x, today);
    size_t n = ready_size(&parts);
    char *text = arena_zero(a, n + 1);

    TRY_MEMORY(text);
    ready_join(&parts, text);
    *out = (struct register_answer){ { text, n }, ready_name_on(x, today) };
    return OK;
}

static err look(const struct book_reader *reader, struct arena *a, str folded,
                day today, struct register_answer *out, bool *found)
{
    struct ready x;
    str packed;

    TRY(book_get(reader, a, BOOK_ANSWERS, folded, &packed, found));
    *found = *found && ready_unpack(packed, &x) && ready_knows(&x, today);
    return *found ? copy_answer(&x, a, today, out) : OK;
}

err register_answer(struct app *app, struct arena *a, str folded, day today,
                    struct register_answer *out, bool *found)
{
    struct register_home *r = app_register(app);
    struct book_reader *reader;

    *found = false;
    if (folded.n == 0 || folded.n > BOOK_KEY_MAX || !atomic_load(&r->whole) ||
        is_behind(r, folded))
        return OK;
    TRY(register_reader(app, a, &reader));
    if (reader == NULL)
        return OK;
    err e = look(reader, a, folded, today, out, found);
    book_read_rest(reader);
    return e;
}
