/*
 * The mark lies in BOOK_META under "rooted": eight bytes each, most significant
 * first, of format, index, day, upto, holders, numbers and imported, and the
 * root.
 */

#include "service/rooted.h"

#include "base/arena.h"
#include "base/check.h"
#include "service/app_parts.h"
#include "sys/files.h"

#include <pthread.h>

enum {
    FORMAT = 2, /* one more whenever what is said becomes another */
    WORDS = 7,
    WORD = 8,
    ROOT_AT = WORDS * WORD,
    MARK = ROOT_AT + 32
};

static const str mark_key = S_INIT("rooted");

struct rooted {
    pthread_mutex_t mutex;
    struct book *book; /* NULL: not opened yet */
};

err rooted_new(struct arena *a, struct rooted **out)
{
    struct rooted *r = arena_zero(a, sizeof *r);

    TRY_MEMORY(r);
    check(pthread_mutex_init(&r->mutex, NULL) == 0);
    *out = r;
    return OK;
}

void rooted_end(struct rooted *r)
{
    if (r == NULL)
        return;
    book_end(&r->book);
    (void)pthread_mutex_destroy(&r->mutex);
}

/* --- opening ------------------------------------------------------------ */

static err folder_of(const struct app *app, struct arena *a, str *out)
{
    return app_path(a, app_folder(app), "register/rooted", out);
}

static err open_book(struct app *app, struct arena *a, struct rooted *r)
{
    str folder;

    TRY(folder_of(app, a, &folder));
    return book_open(a, app_world_of(app)->heap, folder, BOOK_ROOM, &r->book);
}

static err check_there(struct app *app, struct arena *a)
{
    str folder;

    TRY(folder_of(app, a, &folder));
    err e = folder_check(app_world_of(app)->files, a, folder);
    return err_is(e, ERR_NOT_FOUND)
               ? err_new(a, ERR_NOT_FOUND, "register.no_root")
               : e;
}

static err open_there(struct app *app, struct arena *a, struct rooted *r)
{
    TRY(check_there(app, a));
    return open_book(app, a, r);
}

/* [RR3] Of one that is damaged nothing is kept. */
static err open_anew(struct app *app, struct arena *a, struct rooted *r,
                     str folder)
{
    TRY(book_throw_away(a, folder));
    return open_book(app, a, r);
}

static err open_made(struct app *app, struct arena *a, struct rooted *r)
{
    str folder;

    TRY(folder_of(app, a, &folder));
    TRY(folder_make(app_world_of(app)->files, a, folder, FOLDER_PRIVATE));
    err e = open_book(app, a, r);
    return err_is(e, ERR_CORRUPT) ? open_anew(app, a, r, folder) : e;
}

/* Whoever asks first opens it; nobody has it twice (register/book.h). */
static err get(struct app *app, struct arena *a,
               err (*opens)(struct app *, struct arena *, struct rooted *),
               struct book **out)
{
    struct rooted *r = app_rooted(app);
    err e = OK;

    check(pthread_mutex_lock(&r->mutex) == 0);
    if (r->book == NULL)
        e = opens(app, a, r);
    *out = r->book;
    check(pthread_mutex_unlock(&r->mutex) == 0);
    return e;
}

err rooted_book(struct app *app, struct arena *a, struct book **out)
{
    return get(app, a, open_there, out);
}

err rooted_book_made(struct app *app, struct arena *a, struct book **out)
{
    return get(app, a, open_made, out);
}

/* --- the mark ----------------------------------------------------------- */

static void put_word(uint8_t *p, int64_t n)
{
    for (int i = WORD; i-- > 0; n >>= 8)
        p[i] = (uint8_t)n;
}

/* Word `at` of the mark. */
static int64_t get_word(str bytes, size_t at)
{
    uint64_t n = 0;

    for (size_t i = 0; i < WORD; i++)
        n = n << 8 | (uint8_t)bytes.p[at * WORD + i];
    return (int64_t)n;
}

err rooted_mark_put(struct book_writer *w, struct arena *a,
                    const struct rooted_mark *m)
{
    const int64_t words[WORDS] = {
        FORMAT, m->index, m->on, m->upto, m->holders, m->numbers, m->imported,
    };
    uint8_t bytes[MARK];

    for (size_t i = 0; i < WORDS; i++)
        put_word(bytes + i * WORD, words[i]);
    memcpy(bytes + ROOT_AT, m->root.b, sizeof m->root.b);
    return book_put(w, a, BOOK_META, mark_key,
                    (str){ (const char *)bytes, sizeof bytes });
}

err rooted_mark_get(const struct book_reader *r, struct arena *a,
                    struct rooted_mark *out, bool *found)
{
    str bytes;

    TRY(book_get(r, a, BOOK_META, mark_key, &bytes, found));
    *out = (struct rooted_mark){ 0 };
    if (!*found)
        return OK;
    if (bytes.n != MARK || get_word(bytes, 0) != FORMAT)
        return err_new(a, ERR_CORRUPT, "register.mark");
    *out = (struct rooted_mark){
        .index = get_word(bytes, 1),
        .on = (day)get_word(bytes, 2),
        .upto = get_word(bytes, 3),
        .holders = get_word(bytes, 4),
        .numbers = get_word(bytes, 5),
        .imported = get_word(bytes, 6),
    };
    memcpy(out->root.b, bytes.p + ROOT_AT, sizeof out->root.b);
    return OK;
}

err rooted_read(struct app *app, struct arena *a, struct book_reader **out,
                struct rooted_mark *mark)
{
    scoped(book_read_end) struct book_reader *r = NULL;
    struct book *book = NULL;
    bool found;

    TRY(rooted_book(app, a, &book));
    TRY(book_read(book, a, &r));
    TRY(rooted_mark_get(r, a, mark, &found));
    if (!found)
        return err_new(a, ERR_NOT_FOUND, "register.no_root");
    *out = r;
    r = NULL;
    return OK;
}
