#include "service/records_held_desk.h"

#include "base/check.h"
#include "base/heap.h"
#include "service/records_held_ahead.h"
#include "service/records_held_box.h"

#include <pthread.h>
#include <stdatomic.h>

enum { COUNT_ARENA = 256 << 20 };

/* A file whose boxes somebody writes. */
struct writing {
    struct writing *next;
    id file;
};

struct held_desk {
    struct heap *heap;
    pthread_mutex_t mutex;
    pthread_cond_t let; /* somebody let a file go */
    struct held_count *first;
    struct writing *writing;
    int64_t uses;
    _Atomic uint32_t places;  /* rows */
    uint8_t *room;            /* for a box [HD3]; NULL: somebody has it */
    struct held_waker *waker; /* borrowed; NULL: nobody */
};

static void lock(struct held_desk *d)
{
    int rc = pthread_mutex_lock(&d->mutex);
    check(rc == 0);
}

static void unlock(struct held_desk *d)
{
    int rc = pthread_mutex_unlock(&d->mutex);
    check(rc == 0);
}

err held_desk_new(struct heap *h, struct arena *a, struct held_desk **out)
{
    struct held_desk *d = arena_zero(a, sizeof *d);

    TRY_MEMORY(d);
    d->heap = h;
    atomic_init(&d->places, PLACES_ROWS);
    check(pthread_mutex_init(&d->mutex, NULL) == 0);
    check(pthread_cond_init(&d->let, NULL) == 0);
    *out = d;
    return OK;
}

uint32_t held_desk_places(struct held_desk *d)
{
    return atomic_load(&d->places);
}

void held_desk_keep_places(struct held_desk *d, uint32_t most)
{
    atomic_store(&d->places, most);
}

static void end_count(struct held_desk *d, struct held_count *c)
{
    held_ahead_end(&c->ahead);
    records_figures_end(&c->all.figures); /* `plain` has borrowed them */
    arena_end(&c->arena);
    d->heap->resize(d->heap, c, 0);
}

void held_desk_end(struct held_desk *d)
{
    if (d == NULL)
        return;
    while (d->first != NULL) {
        struct held_count *c = d->first;

        check(c->users == 0 && c->stand != HELD_WORKING);
        d->first = c->next;
        end_count(d, c);
    }
    d->room = d->heap->resize(d->heap, d->room, 0);
    (void)pthread_cond_destroy(&d->let);
    (void)pthread_mutex_destroy(&d->mutex);
}

/* --- room for boxes [HD3] ---------------------------------------------- */

uint8_t *held_desk_room(struct held_desk *d)
{
    uint8_t *room;

    lock(d);
    room = d->room;
    d->room = NULL;
    unlock(d);
    return room != NULL ? room : d->heap->resize(d->heap, NULL, HELD_BOX_ROOM);
}

void held_desk_room_back(struct held_desk *d, uint8_t *room)
{
    lock(d);
    if (d->room == NULL) {
        d->room = room;
        room = NULL;
    }
    unlock(d);
    if (room != NULL)
        d->heap->resize(d->heap, room, 0);
}

/* --- under the lock ---------------------------------------------------- */

static struct held_count *find(struct held_desk *d, id file, int64_t round)
{
    for (struct held_count *c = d->first; c != NULL; c = c->next) {
        if (!c->gone && c->round == round && id_eq(c->file, file))
            return c;
    }
    return NULL;
}

static void take_out(struct held_desk *d, struct held_count *c)
{
    struct held_count **at = &d->first;

    while (*at != c)
        at = &(*at)->next;
    *at = c->next;
    end_count(d, c);
}

/* Nobody is to find it any more, and it ends with its last user. [HD1] */
static void let_go(struct held_desk *d, struct held_count *c)
{
    c->gone = true;
    if (c->users == 0 && c->stand != HELD_WORKING)
        take_out(d, c);
}

static void forget_file(struct held_desk *d, id file)
{
    struct held_count *next;

    for (struct held_count *c = d->first; c != NULL; c = next) {
        next = c->next;
        if (!c->gone && id_eq(c->file, file))
            let_go(d, c);
    }
}

static struct held_count *add(struct held_desk *d,
                              const struct held_row_of *row,
                              enum held_stand stand)
{
    struct held_count *c = d->heap->resize(d->heap, NULL, sizeof *c);

    if (c == NULL)
        return NULL;
    forget_file(d, row->id); /* [HD2] */
    *c = (struct held_count){
        .next = d->first,
        .file = row->id,
        .round = row->round,
        .large = row->size > HELD_LARGE,
        .stand = stand,
        .used = ++d->uses,
    };
    arena_init(&c->arena, d->heap, COUNT_ARENA);
    d->first = c;
    return c;
}

static bool is_machines(err e)
{
    return err_is(e, ERR_IO) || err_is(e, ERR_MEMORY) || err_is(e, ERR_BUSY);
}

/* --- who looks --------------------------------------------------------- */

err held_desk_look(struct held_desk *d, struct arena *a, id file, int64_t round,
                   struct held_standing *out)
{
    struct held_standing s = { 0 };

    lock(d);
    const struct held_count *c = find(d, file, round);
    if (c != NULL) {
        s = (struct held_standing){
            .any = true,
            .stand = c->stand,
            .progress = c->progress,
            .began = c->began,
        };
        if (c->stand == HELD_FAILED)
            s.why = err_keep(a, c->why);
    }
    unlock(d);
    *out = s;
    return OK;
}

static void want(struct held_count *c)
{
    c->again = c->stand == HELD_WORKING;
    if (c->stand == HELD_RESTING ||
        (c->stand == HELD_FAILED && is_machines(c->why)))
        c->stand = HELD_WANTED;
}

err held_desk_want(struct held_desk *d, const struct held_row_of *row)
{
    bool memory = true;

    lock(d);
    struct held_count *c = find(d, row->id, row->round);
    if (c == NULL)
        memory = add(d, row, HELD_WANTED) != NULL;
    else
        want(c);
    unlock(d);
    held_desk_wake(d);
    TRY_MEMORY(memory);
    return OK;
}

err held_desk_go_on(struct held_desk *d, const struct held_row_of *row,
                    bool first)
{
    lock(d);
    bool any = find(d, row->id, row->round) != NULL;
    unlock(d);
    return any || first ? held_desk_want(d, row) : OK;
}

const struct held_counted *held_desk_borrow(struct held_desk *d, id file,
                                            int64_t round, bool screens)
{
    const struct held_counted *out = NULL;

    lock(d);
    struct held_count *c = find(d, file, round);
    if (c != NULL && c->stand == HELD_DONE) {
        c->users++;
        c->used = ++d->uses;
        out = screens ? &c->all : &c->plain;
    }
    unlock(d);
    return out;
}

void held_desk_give(struct held_desk *d, const struct held_counted *given)
{
    lock(d);
    struct held_count *c = d->first;
    while (c != NULL && &c->all != given && &c->plain != given)
        c = c->next;
    check(c != NULL && c->users > 0);
    c->users--;
    if (c->gone)
        let_go(d, c);
    unlock(d);
}

void held_desk_forget(struct held_desk *d, id file)
{
    lock(d);
    forget_file(d, file);
    unlock(d);
}

/* --- who counts -------------------------------------------------------- */

/* [RH9] */
static bool may_count(const struct held_desk *d, bool large)
{
    for (const struct held_count *c = d->first; large && c != NULL;
         c = c->next) {
        if (c->large && c->stand == HELD_WORKING)
            return false;
    }
    return true;
}

struct held_count *held_desk_next(struct held_desk *d)
{
    struct held_count *oldest = NULL;

    lock(d);
    for (struct held_count *c = d->first; c != NULL; c = c->next) {
        if (!c->gone && c->stand == HELD_WANTED && may_count(d, c->large))
            oldest = c; /* new ones are put in front */
    }
    if (oldest != NULL) {
        oldest->stand = HELD_WORKING;
        oldest->why = OK;
        if (oldest->ahead == NULL)
            arena_reset(&oldest->arena); /* of what failed before */
    }
    unlock(d);
    return oldest;
}

err held_desk_take(struct held_desk *d, const struct held_row_of *row,
                   struct held_count **out)
{
    bool memory = true;

    *out = NULL;
    lock(d);
    struct held_count *c = find(d, row->id, row->round);
    bool may = may_count(d, row->size > HELD_LARGE);
    if (may && c == NULL) {
        *out = add(d, row, HELD_WORKING);
        memory = *out != NULL;
    } else if (may && c->stand == HELD_RESTING) {
        c->stand = HELD_WORKING;
        *out = c;
    }
    unlock(d);
    TRY_MEMORY(memory);
    return OK;
}

bool held_desk_tell(struct held_desk *d, struct held_count *c,
                    const struct records_progress *p, int64_t ticks)
{
    lock(d);
    bool wanted = !c->gone;
    c->progress = *p;
    if (c->began == 0)
        c->began = ticks;
    unlock(d);
    return wanted;
}

static uint64_t tickets_of(const struct held_count *c)
{
    return c->stand == HELD_DONE ? c->all.figures->tickets : 0;
}

/* [RH7] The one that was used longest ago, and nobody has in hands; or of those
 * that rest. [RH10] */
static struct held_count *find_idle(struct held_desk *d,
                                    const struct held_count *but, bool resting)
{
    struct held_count *idle = NULL;

    for (struct held_count *c = d->first; c != NULL; c = c->next) {
        bool over = c->stand == HELD_DONE || c->stand == HELD_FAILED;

        if (resting)
            over = c->stand == HELD_RESTING;
        if (c != but && over && !c->gone && c->users == 0 &&
            (idle == NULL || c->used < idle->used))
            idle = c;
    }
    return idle;
}

static bool is_too_much(const struct held_desk *d)
{
    size_t n = 0;
    uint64_t tickets = 0;

    for (const struct held_count *c = d->first; c != NULL; c = c->next) {
        n += c->stand == HELD_DONE || c->stand == HELD_FAILED;
        tickets += tickets_of(c);
    }
    return n > HELD_KEPT || tickets > HELD_KEPT_TICKETS;
}

static void make_room(struct held_desk *d, const struct held_count *but)
{
    while (is_too_much(d)) {
        struct held_count *idle = find_idle(d, but, false);

        if (idle == NULL)
            return;
        take_out(d, idle);
    }
}

void held_desk_done(struct held_desk *d, struct held_count *c, err e)
{
    held_ahead_end(&c->ahead);
    lock(d);
    c->stand = failed(e) ? HELD_FAILED : HELD_DONE;
    c->why = e;
    c->used = ++d->uses;
    if (c->gone)
        let_go(d, c);
    else
        make_room(d, c);
    unlock(d);
}

/* [RH10] */
static void keep_few_resting(struct held_desk *d, const struct held_count *but)
{
    size_t n = 0;

    for (const struct held_count *c = d->first; c != NULL; c = c->next)
        n += c->stand == HELD_RESTING;
    for (; n > HELD_AHEAD; n--) {
        struct held_count *idle = find_idle(d, but, true);

        if (idle == NULL)
            return;
        take_out(d, idle);
    }
}

void held_desk_rest(struct held_desk *d, struct held_count *c)
{
    lock(d);
    c->stand = c->again ? HELD_WANTED : HELD_RESTING;
    c->again = false;
    c->began = 0;
    c->used = ++d->uses;
    if (c->gone)
        let_go(d, c);
    else
        keep_few_resting(d, c);
    unlock(d);
}

void held_desk_back(struct held_desk *d, struct held_count *c)
{
    held_ahead_end(&c->ahead);
    lock(d);
    c->stand = HELD_WANTED;
    c->began = 0;
    if (c->gone)
        let_go(d, c);
    unlock(d);
}

void held_desk_drop(struct held_desk *d, struct held_count *c)
{
    lock(d);
    c->stand = HELD_FAILED;
    let_go(d, c);
    unlock(d);
}

void held_desk_wake(struct held_desk *d)
{
    lock(d);
    if (d->waker != NULL)
        d->waker->wake(d->waker);
    unlock(d);
}

void held_desk_on_wake(struct held_desk *d, struct held_waker *w)
{
    lock(d);
    d->waker = w;
    unlock(d);
}

/* --- who writes -------------------------------------------------------- */

static bool is_held(const struct held_desk *d, id file)
{
    for (const struct writing *w = d->writing; w != NULL; w = w->next) {
        if (id_eq(w->file, file))
            return true;
    }
    return false;
}

err held_desk_hold(struct held_desk *d, id file)
{
    struct writing *w = d->heap->resize(d->heap, NULL, sizeof *w);

    TRY_MEMORY(w);
    lock(d);
    while (is_held(d, file))
        (void)pthread_cond_wait(&d->let, &d->mutex);
    *w = (struct writing){ d->writing, file };
    d->writing = w;
    unlock(d);
    return OK;
}

void held_desk_let(struct held_desk *d, id file)
{
    struct writing *w;

    lock(d);
    struct writing **at = &d->writing;
    while (!id_eq((*at)->file, file))
        at = &(*at)->next;
    w = *at;
    *at = w->next;
    unlock(d);
    (void)pthread_cond_broadcast(&d->let);
    d->heap->resize(d->heap, w, 0);
}
