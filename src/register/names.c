#include "register/names_parts.h"

#include "base/check.h"
#include "base/heap.h"
#include "sys/files.h"

#include <pthread.h>
#include <string.h>

struct names {
    struct heap *heap;
    struct file_ops *files;
    str folder; /* behind it */
    uint64_t origin;
    uint32_t file_least;
    uint32_t last_file;          /* number; under `tending` */
    pthread_mutex_t tending;     /* one makes or merges */
    pthread_mutex_t changing;    /* one puts another view in place */
    pthread_mutex_t now_is_read; /* held for as long as a pointer is copied */
    struct names_view *now;      /* under `now_is_read` */
};

static void lock(pthread_mutex_t *m)
{
    int rc = pthread_mutex_lock(m);
    check(rc == 0);
}

static void unlock(pthread_mutex_t *m)
{
    int rc = pthread_mutex_unlock(m);
    check(rc == 0);
}

/* --- looking [NA2] --------------------------------------------------------
 */

struct names_view *names_see(struct names *n)
{
    struct names_view *v;

    lock(&n->now_is_read);
    v = n->now;
    atomic_fetch_add(&v->uses, 1);
    unlock(&n->now_is_read);
    return v;
}

/* Under `changing`. */
static void put_in_place(struct names *n, struct names_view *v)
{
    struct names_view *old;

    lock(&n->now_is_read);
    old = n->now;
    n->now = v;
    unlock(&n->now_is_read);
    names_let(&old);
}

/* --- opening --------------------------------------------------------------
 */

static err names_new(const struct names_place *place, struct names **out)
{
    struct heap *h = place->heap;
    struct names *n = h->resize(h, NULL, sizeof *n + place->folder.n);

    TRY_MEMORY(n);
    *n = (struct names){
        .heap = h,
        .files = place->files,
        .folder = { (char *)(n + 1), place->folder.n },
        .origin = place->origin,
        .file_least =
            place->file_least == 0 ? NAMES_FILE_LEAST : place->file_least,
    };
    memcpy(n + 1, place->folder.p, place->folder.n);
    check(pthread_mutex_init(&n->tending, NULL) == 0);
    check(pthread_mutex_init(&n->changing, NULL) == 0);
    check(pthread_mutex_init(&n->now_is_read, NULL) == 0);
    *out = n;
    return OK;
}

void names_end(struct names **names)
{
    struct names *n = *names;

    *names = NULL;
    if (n == NULL)
        return;
    names_let(&n->now);
    (void)pthread_mutex_destroy(&n->tending);
    (void)pthread_mutex_destroy(&n->changing);
    (void)pthread_mutex_destroy(&n->now_is_read);
    n->heap->resize(n->heap, n, 0);
}

static err damaged(struct arena *a)
{
    return err_new(a, ERR_CORRUPT, "search.damaged",
                   ARG_STR("what", S("file")));
}

static err load_file(struct names *n, struct arena *a,
                     const struct names_file *file, struct piece **out)
{
    str path;

    TRY(names_path(a, n->folder, file->number, &path));
    err e = piece_load(n->heap, n->files, a, path, out);
    if (err_is(e, ERR_NOT_FOUND))
        return damaged(a);
    TRY(e);
    (*out)->serial = file->serial;
    (*out)->file = file->number;
    return OK;
}

/* Behind those in the view, of which what it has too counts no more. */
static err stack(struct heap *h, struct names_view *v, struct piece *p)
{
    for (size_t i = 0; i < v->n; i++) {
        TRY(grave_dig(h, &v->graves[i], v->pieces[i], p));
        if (v->graves[i] != NULL)
            v->parts[i].dead = v->graves[i]->bits;
    }
    view_add(v, p, NULL);
    return OK;
}

static err load(struct names *n, struct arena *a, struct names_files *files)
{
    scoped(names_let) struct names_view *v = NULL;

    if (files->origin != n->origin)
        files->n = 0;
    TRY(view_new(n->heap, &v));
    for (size_t i = 0; i < files->n; i++) {
        scoped(piece_drop) struct piece *p = NULL;

        TRY(load_file(n, a, &files->of[i], &p));
        TRY(stack(n->heap, v, p));
        if (files->of[i].number > n->last_file)
            n->last_file = files->of[i].number;
    }
    n->now = v;
    v = NULL;
    return OK;
}

err names_open(struct arena *a, const struct names_place *place,
               struct names **out)
{
    scoped(names_end) struct names *n = NULL;
    struct names_files files;

    TRY(names_new(place, &n));
    TRY(names_list_read(n->files, a, n->folder, &files));
    TRY(load(n, a, &files));
    TRY(names_sweep(n->files, a, n->folder, files.n == 0 ? NULL : &files));
    *out = n;
    n = NULL;
    return OK;
}

/* --- what is kept [NA3] -----------------------------------------------------
 */

static uint64_t kept_in(const struct names_view *v)
{
    uint64_t kept = 0;

    for (size_t i = 0; i < v->n && v->pieces[i]->file != 0; i++)
        kept = v->pieces[i]->serial;
    return kept;
}

uint64_t names_kept(struct names *n)
{
    scoped(names_let) struct names_view *v = names_see(n);

    return kept_in(v);
}

/* A file made from now on has at least what the first segment has. */
uint64_t names_settled(struct names *n)
{
    scoped(names_let) struct names_view *v = names_see(n);
    uint64_t kept = kept_in(v);

    return kept > 0 || v->n == 0 ? kept : v->pieces[0]->serial;
}

/* --- into a file ------------------------------------------------------------
 */

/* Large enough, and all that is older is in files.  What was in a file goes
 * into one again: behind the first segment none gets smaller by being merged.
 */
static bool wants_file(const struct names *n, const struct names_view *v,
                       size_t from, const struct piece *p)
{
    return segment_count(p->segment) >= n->file_least &&
           (from == 0 || v->pieces[from - 1]->file != 0);
}

/* `p` becomes one whose bytes are in a file. */
static err file_piece(struct names *n, struct arena *a, struct piece **p)
{
    const struct names_file file = { n->last_file + 1, (*p)->serial };
    struct piece *loaded;
    str path;

    TRY(names_path(a, n->folder, file.number, &path));
    TRY(file_write(n->files, a, path, (*p)->bytes, FILE_SECRET));
    n->last_file++;
    TRY(load_file(n, a, &file, &loaded));
    piece_drop(p);
    *p = loaded;
    return OK;
}

/* The files are those of the pieces before `from`, and that of `p`. */
static err list_files(struct names *n, struct arena *a,
                      const struct names_view *v, size_t from,
                      const struct piece *p)
{
    struct names_files files = { .origin = n->origin };

    for (size_t i = 0; i < from; i++)
        files.of[files.n++] =
            (struct names_file){ v->pieces[i]->file, v->pieces[i]->serial };
    if (p->file != 0)
        files.of[files.n++] = (struct names_file){ p->file, p->serial };
    return names_list_write(n->files, a, n->folder, &files);
}

/* One that stays behind is swept away when they are opened again. */
static err remove_files(struct names *n, struct arena *a,
                        const struct names_view *v, size_t from)
{
    for (size_t i = from; i < v->n && v->pieces[i]->file != 0; i++) {
        str path;

        TRY(names_path(a, n->folder, v->pieces[i]->file, &path));
        TRY(file_remove(n->files, a, path));
    }
    return OK;
}

/* --- changing ---------------------------------------------------------------
 */

/* In the view that is in place by now, `p` stands for the pieces of `v` from
 * `from` on; those that came after `v` stay.  Under `changing`. */
static err replaced(struct names *n, const struct names_view *v, size_t from,
                    struct piece *p, struct names_view **out)
{
    scoped(grave_drop) struct grave *g = NULL;
    scoped(names_let) struct names_view *made = NULL;
    const struct names_view *now = n->now;

    TRY(view_new(n->heap, &made));
    for (size_t i = v->n; i < now->n; i++)
        TRY(grave_dig(n->heap, &g, p, now->pieces[i]));
    for (size_t i = 0; i < from; i++)
        view_add(made, now->pieces[i], now->graves[i]);
    view_add(made, p, g);
    for (size_t i = v->n; i < now->n; i++)
        view_add(made, now->pieces[i], now->graves[i]);
    *out = made;
    made = NULL;
    return OK;
}

/* Under `tending`. */
static err replace(struct names *n, struct arena *a, const struct names_view *v,
                   size_t from, struct piece **p)
{
    bool lists = v->n > from && v->pieces[from]->file != 0;
    struct names_view *made = NULL;

    if (wants_file(n, v, from, *p)) {
        TRY(file_piece(n, a, p));
        lists = true;
    }
    lock(&n->changing);
    err e = replaced(n, v, from, *p, &made);
    if (!failed(e) && lists)
        e = list_files(n, a, v, from, *p);
    if (!failed(e))
        put_in_place(n, made);
    else
        names_let(&made);
    unlock(&n->changing);
    TRY(e);
    return remove_files(n, a, v, from);
}

static err make_all(struct names *n, struct arena *a, struct piece **p)
{
    scoped(names_let) struct names_view *v = names_see(n);

    return replace(n, a, v, 0, p);
}

err names_make(struct names *n, struct arena *a,
               const struct search_document *documents, size_t count,
               struct names_mark mark)
{
    scoped(piece_drop) struct piece *p = NULL;

    TRY(piece_build(n->heap, a, documents, count, &p));
    p->serial = mark.serial;
    lock(&n->tending);
    uint64_t before = n->origin;
    n->origin = mark.origin;
    err e = make_all(n, a, &p);
    if (failed(e))
        n->origin = before;
    unlock(&n->tending);
    return e;
}

struct names_mark names_now(struct names *n)
{
    scoped(names_let) struct names_view *v = names_see(n);

    return (struct names_mark){ n->origin, names_serial(v) };
}

/* The same as it is, to be changed. */
static err view_again(const struct names *n, struct names_view **out)
{
    scoped(names_let) struct names_view *made = NULL;

    TRY(view_new(n->heap, &made));
    for (size_t i = 0; i < n->now->n; i++)
        view_add(made, n->now->pieces[i], n->now->graves[i]);
    *out = made;
    made = NULL;
    return OK;
}

/* Under `changing`. */
static err add(struct names *n, struct piece *p)
{
    scoped(names_let) struct names_view *made = NULL;

    TRY(view_again(n, &made));
    TRY(stack(n->heap, made, p));
    put_in_place(n, made);
    made = NULL;
    return OK;
}

/* Who tends is behind. */
static err make_room(struct names *n, struct arena *a)
{
    scoped(names_let) struct names_view *v = names_see(n);
    bool more;

    return v->n < NAMES_SEGMENTS ? OK : names_tend(n, a, &more);
}

err names_change(struct names *n, struct arena *a,
                 const struct search_document *documents, size_t count,
                 uint64_t serial)
{
    scoped(piece_drop) struct piece *p = NULL;

    TRY(piece_build(n->heap, a, documents, count, &p));
    p->serial = serial;
    TRY(make_room(n, a));
    lock(&n->changing);
    err e = add(n, p);
    unlock(&n->changing);
    return e;
}

/* --- merging [NA5] ----------------------------------------------------------
 */

/* Where the pieces begin that are to become one; the last one: there are none.
 * Full as it can be, at least two do. */
static size_t due_from(const struct names_view *v)
{
    size_t due = v->n == 0 ? 0 : v->n - 1;
    uint64_t newer = 0;

    for (size_t i = v->n; i-- > 0;) {
        uint64_t own = segment_count(v->pieces[i]->segment);

        if (own < newer * NAMES_TIMES)
            due = i;
        newer += own;
    }
    return v->n == NAMES_SEGMENTS && due == v->n - 1 ? v->n - 2 : due;
}

/* Those of the first segments that have no name hide nothing any more. */
static err merge(struct names *n, struct arena *a, const struct names_view *v,
                 size_t from, struct piece **out)
{
    struct segment_part parts[NAMES_SEGMENTS];
    struct grave *graves[NAMES_SEGMENTS] = { 0 };
    size_t count = v->n - from;
    err e = OK;

    for (size_t i = 0; i < count && !failed(e); i++) {
        parts[i] = v->parts[from + i];
        graves[i] = grave_use(v->graves[from + i]);
        if (from == 0)
            e = grave_nameless(n->heap, &graves[i], v->pieces[i]);
        if (graves[i] != NULL)
            parts[i].dead = graves[i]->bits;
    }
    if (!failed(e))
        e = piece_merge(n->heap, a, parts, count, out);
    for (size_t i = 0; i < count; i++)
        grave_drop(&graves[i]);
    return e;
}

static err tend(struct names *n, struct arena *a, bool *more)
{
    scoped(names_let) struct names_view *v = names_see(n);
    scoped(piece_drop) struct piece *p = NULL;
    size_t from = due_from(v);

    if (from + 1 >= v->n)
        return OK;
    TRY(merge(n, a, v, from, &p));
    p->serial = v->serial;
    TRY(replace(n, a, v, from, &p));
    *more = true;
    return OK;
}

err names_tend(struct names *n, struct arena *a, bool *more)
{
    bool did = false;

    lock(&n->tending);
    err e = tend(n, a, &did);
    unlock(&n->tending);
    TRY(e);
    *more = did;
    return OK;
}
