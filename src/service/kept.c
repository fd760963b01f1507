#include "service/kept.h"

#include "base/check.h"
#include "base/heap.h"
#include "crypto/hash.h"
#include "store/log.h"
#include "store/tasks.h"

#include <pthread.h>

enum { PLACES = 256 }; /* where cases are looked for, by id */

enum { WAYS = 2, SHELVES = KEPT_LEAVES / WAYS }; /* likewise leaves, by hash */

/* One of the register, in an arena of its own; `value` is NULL: none. */
struct entry {
    id key;
    int64_t stretch;
    struct arena arena;
    void *value;
};

struct kept {
    struct heap base;  /* of the arenas: tells who refuses memory .. */
    struct heap *heap; /* .. this, for there is none */
    bool refused;      /* the writer's; else an arena is at its limit */
    int64_t forgotten; /* the writer's: see stretch_of() */
    struct arena work; /* the writer's: see kept_work() */
    struct entry registers[KEPT_WHAT_COUNT][KEPT_REGISTERS];
    struct hash leaves[SHELVES][WAYS]; /* the writer's: newest first */
    int64_t leaves_stretch;

    pthread_mutex_t mutex;   /* guards all that follows */
    struct kept_case *first; /* the one used last */
    struct kept_case *last;  /* the one that was not used for longest */
    struct kept_case *places[PLACES];
    size_t bytes; /* of all of them */
    size_t count;
};

static void lock(struct kept *k)
{
    int rc = pthread_mutex_lock(&k->mutex);
    check(rc == 0);
}

static void unlock(struct kept *k)
{
    int rc = pthread_mutex_unlock(&k->mutex);
    check(rc == 0);
}

static void *resize(struct heap *h, void *old, size_t n)
{
    struct kept *k = (struct kept *)h;
    void *p = k->heap->resize(k->heap, old, n);

    if (n > 0 && p == NULL)
        k->refused = true;
    return p;
}

/* What is too long is no error: it is not kept.  That there is no memory is. */
static err unless_too_long(struct kept *k, err e)
{
    bool refused = k->refused;

    k->refused = false;
    return err_is(e, ERR_MEMORY) && !refused ? OK : e;
}

/* [KP2] Both only ever grow, so the sum is the same only if both are. */
static err stretch_of(const struct kept *k, struct tx *tx, int64_t *out)
{
    int64_t n;

    TRY(tx_stretch(tx, &n));
    *out = k->forgotten + n;
    return OK;
}

void kept_forget(struct kept *k)
{
    k->forgotten++;
}

struct arena *kept_work(struct kept *k)
{
    arena_reset(&k->work);
    return &k->work;
}

/* --- cases ------------------------------------------------------------ */

static size_t size_of(const struct kept_case *c)
{
    return KEPT_CASE_MAX - c->arena.budget;
}

/* It lives in the arena that goes. */
static void drop(struct kept_case *c)
{
    struct arena a = c->arena;

    arena_end(&a);
}

static void drop_all(struct kept_case *c)
{
    struct kept_case *next;

    for (; c != NULL; c = next) {
        next = c->next;
        drop(c);
    }
}

/* Ids are random, those of a demonstration drawn as evenly. */
static struct kept_case **place_of(struct kept *k, id stream)
{
    return &k->places[stream.b[sizeof stream.b - 1] % PLACES];
}

static void link_first(struct kept *k, struct kept_case *c)
{
    struct kept_case **place = place_of(k, c->state->id);

    c->same = *place;
    *place = c;
    c->prev = NULL;
    c->next = k->first;
    if (k->first == NULL)
        k->last = c;
    else
        k->first->prev = c;
    k->first = c;
    k->bytes += size_of(c);
    k->count++;
}

static void unlink_case(struct kept *k, struct kept_case *c)
{
    struct kept_case **at = place_of(k, c->state->id);

    while (*at != c)
        at = &(*at)->same;
    *at = c->same;
    *(c->prev == NULL ? &k->first : &c->prev->next) = c->next;
    *(c->next == NULL ? &k->last : &c->next->prev) = c->prev;
    c->same = c->prev = c->next = NULL;
    k->bytes -= size_of(c);
    k->count--;
}

static struct kept_case *unlink_id(struct kept *k, id stream)
{
    lock(k);
    struct kept_case *c = *place_of(k, stream);

    while (c != NULL && !id_eq(c->state->id, stream))
        c = c->same;
    if (c != NULL)
        unlink_case(k, c);
    unlock(k);
    return c;
}

/* [KP1] [KP2] */
static bool fits(const struct kept_case *c, int64_t stretch,
                 const struct stream_row *row)
{
    const struct state *s = c->state;

    return c->stretch == stretch && s->version == row->version &&
           hash_eq(&s->head, &row->head) && str_eq(c->number, row->number);
}

err kept_take(struct kept *k, struct tx *tx, const struct stream_row *row,
              struct kept_case **out)
{
    int64_t stretch;

    *out = NULL;
    TRY(stretch_of(k, tx, &stretch));
    struct kept_case *c = unlink_id(k, row->id);
    if (c == NULL || fits(c, stretch, row))
        *out = c;
    else
        drop(c);
    return OK;
}

/* Everything but what stands in the file already. */
static err copy_case(struct arena *a, const struct case_file *read,
                     struct kept_case **out)
{
    struct kept_case *c = arena_zero(a, sizeof *c);

    TRY_MEMORY(c);
    TRY_MEMORY(arena_str(a, read->number, &c->number));
    TRY(state_new(a, read->state->scheme, &c->state));
    for (const struct event *e = read->events.first; e != NULL; e = e->next) {
        struct event *copy;

        TRY(event_copy(a, e, &copy));
        event_list_add(&c->events, copy);
        apply(c->state, copy);
    }
    *out = c;
    return OK;
}

err kept_make(struct kept *k, struct tx *tx, const struct case_file *read,
              struct kept_case **out)
{
    struct kept_case *c = NULL;
    int64_t stretch;
    struct arena a;

    *out = NULL;
    TRY(stretch_of(k, tx, &stretch));
    arena_init(&a, &k->base, KEPT_CASE_MAX);
    err e = copy_case(&a, read, &c);
    if (failed(e)) {
        arena_end(&a);
        return unless_too_long(k, e);
    }
    c->arena = a;
    c->stretch = stretch;
    c->of = k;
    *out = c;
    return OK;
}

err kept_apply(struct kept_case *c, const struct event *e)
{
    struct event *copy = NULL;

    c->changed = true;
    TRY(unless_too_long(c->of, event_copy(&c->arena, e, &copy)));
    c->borrows = c->borrows || copy == NULL;
    if (copy != NULL)
        event_list_add(&c->events, copy);
    apply(c->state, copy == NULL ? e : copy);
    return OK;
}

err kept_set_tasks(struct kept_case *c, const struct list *rows)
{
    size_t size = sizeof(struct task_row);
    void *room = c->tasks.p != NULL && c->tasks.n >= rows->n
                     ? c->tasks.p
                     : arena_array(&c->arena, rows->n, size);

    c->projected = room != NULL;
    if (!c->projected)
        return unless_too_long(c->of, err_memory());
    if (rows->n > 0)
        memcpy(room, rows->p, rows->n * size);
    c->tasks = (struct list){ room, rows->n };
    return OK;
}

/* Those that were not used for longest, as a list, until the rest fits. */
static struct kept_case *take_surplus(struct kept *k)
{
    struct kept_case *surplus = NULL;

    while (k->bytes > KEPT_CASES_MAX) {
        struct kept_case *c = k->last;

        check(c != NULL); /* somebody has the bytes */
        unlink_case(k, c);
        c->next = surplus;
        surplus = c;
    }
    return surplus;
}

static void put(struct kept *k, struct kept_case *c)
{
    lock(k);
    link_first(k, c);
    struct kept_case *surplus = take_surplus(k);
    unlock(k);
    drop_all(surplus);
}

void kept_give(struct kept *k, struct kept_case *c, bool done)
{
    if (c == NULL)
        return;
    if (c->borrows || (c->changed && !done)) {
        drop(c);
        return;
    }
    c->changed = false;
    put(k, c);
}

size_t kept_count(struct kept *k)
{
    lock(k);
    size_t n = k->count;
    unlock(k);
    return n;
}

/* --- registers -------------------------------------------------------- */

static struct entry *entry_of(struct kept *k, const struct kept_kind *kind,
                              id key)
{
    size_t at = 0;

    for (size_t i = 0; i < sizeof key.b; i++)
        at = at * 31 + key.b[i];
    return &k->registers[kind->what][at % KEPT_REGISTERS];
}

static void clear(struct entry *e)
{
    arena_end(&e->arena);
    *e = (struct entry){ 0 };
}

/* Into the entry's own arena. */
static err read_own(struct app *app, struct tx *tx,
                    const struct kept_kind *kind, struct entry *e)
{
    struct arena *before = tx_use_arena(tx, &e->arena);
    err result = kind->read(app, tx, e->key, e->value);

    (void)tx_use_arena(tx, before);
    return err_keep(before, result);
}

static err fill(struct app *app, struct tx *tx, const struct kept_kind *kind,
                struct entry *e)
{
    e->value = arena_zero(&e->arena, kind->size);
    TRY_MEMORY(e->value);
    return read_own(app, tx, kind, e);
}

/* Read it anew; what is only too long to be kept leaves nothing, too. */
static err refill(struct app *app, struct tx *tx, const struct kept_kind *kind,
                  struct entry *e)
{
    struct kept *k = app_kept(app);

    arena_end(&e->arena);
    arena_init(&e->arena, &k->base, KEPT_REGISTER_MAX);
    err result = fill(app, tx, kind, e);
    if (failed(result))
        clear(e);
    return unless_too_long(k, result);
}

err kept_register(struct app *app, struct tx *tx, const struct kept_kind *kind,
                  id key, void *out)
{
    struct kept *k = app_kept(app);
    struct entry *e = entry_of(k, kind, key);
    int64_t stretch;

    TRY(stretch_of(k, tx, &stretch));
    if (e->value == NULL || !id_eq(e->key, key) || e->stretch != stretch) {
        e->key = key;
        e->stretch = stretch;
        TRY(refill(app, tx, kind, e));
    }
    if (e->value == NULL)
        return kind->read(app, tx, key, out);
    memcpy(out, e->value, kind->size);
    return OK;
}

/* --- leaves ----------------------------------------------------------- */

static struct hash hash_leaf(const struct log_pending_row *p)
{
    const int64_t head[] = { p->at, (int64_t)p->subject.n };
    struct sha256 h;
    struct hash made;

    sha256_init(&h);
    sha256_add(&h, head, sizeof head);
    sha256_add(&h, p->subject.p, p->subject.n);
    sha256_add(&h, p->leaf.p, p->leaf.n);
    sha256_end(&h, made.b);
    return made;
}

/* Where such a hash stands; [KP2] what was vouched for before is forgotten. */
static err shelf_of(struct kept *k, struct tx *tx, const struct hash *leaf,
                    struct hash **out)
{
    int64_t stretch;

    TRY(stretch_of(k, tx, &stretch));
    if (stretch != k->leaves_stretch)
        memset(k->leaves, 0, sizeof k->leaves);
    k->leaves_stretch = stretch;
    *out = k->leaves[(leaf->b[0] | (size_t)leaf->b[1] << 8) % SHELVES];
    return OK;
}

err kept_vouch(struct kept *k, struct tx *tx, const struct log_pending_row *p)
{
    struct hash leaf = hash_leaf(p);
    struct hash *shelf;

    TRY(shelf_of(k, tx, &leaf, &shelf));
    memmove(shelf + 1, shelf, (WAYS - 1) * sizeof *shelf);
    shelf[0] = leaf;
    return OK;
}

err kept_vouches(struct kept *k, struct tx *tx, const struct log_pending_row *p,
                 bool *out)
{
    struct hash leaf = hash_leaf(p);
    struct hash *shelf;

    TRY(shelf_of(k, tx, &leaf, &shelf));
    *out = false;
    for (size_t i = 0; i < WAYS; i++)
        *out = *out || hash_eq(&shelf[i], &leaf);
    return OK;
}

/* --- begin and end ---------------------------------------------------- */

err kept_begin(struct heap *h, struct kept **out)
{
    struct kept *k = h->resize(h, NULL, sizeof *k);

    TRY_MEMORY(k);
    memset(k, 0, sizeof *k); /* too large to be copied over the stack */
    k->base.resize = resize;
    k->heap = h;
    k->mutex = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    arena_init(&k->work, h, KEPT_WORK_MAX);
    *out = k;
    return OK;
}

void kept_end(struct kept **k)
{
    if (*k == NULL)
        return;
    struct heap *h = (*k)->heap;

    drop_all((*k)->first);
    for (int what = 0; what < KEPT_WHAT_COUNT; what++) {
        for (size_t i = 0; i < KEPT_REGISTERS; i++)
            clear(&(*k)->registers[what][i]);
    }
    arena_end(&(*k)->work);
    (void)pthread_mutex_destroy(&(*k)->mutex);
    h->resize(h, *k, 0);
    *k = NULL;
}
