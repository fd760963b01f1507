#include "service/register_names.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "register/named.h"
#include "register/names.h"
#include "service/app_parts.h"
#include "service/lookup.h"
#include "store/formers.h"
#include "sys/clock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum {
    CHANGES = 4096, /* told to the index at once */
    ROOMS = 64,     /* kept for the next search */
    KIND_FORMER = 1,
    KIND_IMPORTED = 2,
};

struct register_names {
    struct heap *heap;
    pthread_mutex_t mutex;
    _Atomic(struct names *) names;    /* set once, by the feeder */
    _Atomic bool ready;               /* [RN3] */
    _Atomic bool whole;               /* every certificate's are known [RN1] */
    struct search_room *rooms[ROOMS]; /* nobody's; under `mutex` */
    size_t rooms_n;                   /* likewise */
};

err register_names_new(struct heap *h, struct arena *a,
                       struct register_names **out)
{
    struct register_names *n = arena_zero(a, sizeof *n);

    TRY_MEMORY(n);
    n->heap = h;
    check(pthread_mutex_init(&n->mutex, NULL) == 0);
    *out = n;
    return OK;
}

void register_names_end(struct register_names *n)
{
    struct names *names;

    if (n == NULL)
        return;
    names = atomic_load(&n->names);
    names_end(&names);
    for (size_t i = 0; i < n->rooms_n; i++)
        search_room_free(&n->rooms[i]);
    (void)pthread_mutex_destroy(&n->mutex);
}

/* --- into the book ----------------------------------------------------------
 */

err register_names_begin(struct app *app, struct arena *a,
                         struct book_writer *w,
                         const struct named_state *before)
{
    struct clock *clock = app_world_of(app)->clock;

    return named_begin(w, a, before, (uint64_t)clock->now(clock));
}

/* [RF1] [RF2] [RF3] */
static err named_of(struct book_writer *w, struct arena *a,
                    const struct public_certificate *c, struct named *out)
{
    struct named n = { .number = c->number, .name = c->holder };

    n.facets[SEARCH_PLACE] = facet_place(c);
    n.facets[SEARCH_TRADE] = facet_trade(c);
    n.facets[SEARCH_STATUS] = facet_status(c->status, c->until);
    TRY(named_word_put(w, a, SEARCH_SCHEME, c->scheme,
                       &n.facets[SEARCH_SCHEME]));
    TRY(named_word_put(w, a, SEARCH_LEVEL, c->level, &n.facets[SEARCH_LEVEL]));
    n.kind = c->issuer.n > 0 ? KIND_IMPORTED : 0;
    *out = n;
    return OK;
}

err register_names_put(struct tx *tx, struct book_writer *w,
                       const struct public_certificate *c, bool noted)
{
    struct arena *a = tx_arena(tx);
    const struct former_row *formers;
    struct list rows = { NULL, 0 };
    struct named *names;
    size_t n = 0;

    if (c->main.n > 0) /* its holder is that of the main one */
        return OK;
    if (c->issuer.n == 0)
        TRY(former_list(tx, a, c->number, &rows));
    formers = rows.p;
    names = arena_array(a, rows.n + 1, sizeof *names);
    TRY_MEMORY(names);
    TRY(named_of(w, a, c, &names[n++]));
    for (size_t i = rows.n; i-- > 0; n++) { /* the newest first */
        names[n] = names[0];
        names[n].name = formers[i].holder;
        names[n].kind = KIND_FORMER;
    }
    return named_put(w, a, names, n, noted);
}

err register_names_trim(struct app *app, struct arena *a, struct book_writer *w)
{
    struct names *names = atomic_load(&register_names_of(app)->names);

    return names == NULL ? OK : named_trim(w, a, names_settled(names));
}

/* --- into the index ---------------------------------------------------------
 */

/* Bringing on its way. */
struct bringing {
    struct names *names;
    struct book_reader *reader;
    struct arena *a;
    struct named_state state;
};

static err open_names(struct app *app, struct arena *a, uint64_t origin,
                      struct names **out)
{
    const struct app_world *world = app_world_of(app);
    struct register_names *n = register_names_of(app);
    struct names_place place = { .heap = n->heap,
                                 .files = world->files,
                                 .origin = origin };

    *out = atomic_load(&n->names);
    if (*out != NULL)
        return OK;
    TRY(app_path(a, app_folder(app), "register", &place.folder));
    err e = names_open(a, &place, out);
    if (err_is(e, ERR_CORRUPT)) { /* [RN3] */
        TRY(names_throw_away(place.files, a, place.folder));
        e = names_open(a, &place, out);
    }
    TRY(e);
    atomic_store(&n->names, *out);
    return OK;
}

/* Documents on their way into one segment. */
struct gathering {
    struct search_document *documents;
    size_t n;
    size_t room;
};

static bool gather(void *context, uint32_t own, const struct named *n)
{
    struct gathering *g = context;
    struct search_document *d = &g->documents[g->n];

    if (g->n == g->room)
        return false;
    *d = (struct search_document){ .id = own, .name = n->name };
    for (int i = 0; i < SEARCH_FACETS; i++)
        d->facets[i] = n->facets[i];
    g->n++;
    return true;
}

static err make_all(struct bringing *b)
{
    scoped(arena_end) struct arena own;
    struct gathering g = { .n = 0 };
    uint64_t count;

    arena_init(&own, b->a->heap, SIZE_MAX);
    TRY(book_count(b->reader, b->a, BOOK_NAMES, &count));
    g.room = count;
    g.documents = arena_array(&own, count, sizeof *g.documents);
    TRY_MEMORY(g.documents);
    TRY(named_walk(b->reader, b->a, gather, &g));
    return names_make(b->names, b->a, g.documents, g.n,
                      (struct names_mark){ b->state.origin, b->state.serial });
}

/* Changes that are told together. */
struct changes {
    uint32_t ids[CHANGES];
    size_t n;
    uint64_t serial; /* of the last one */
};

static bool see_change(void *context, uint64_t serial, uint32_t own)
{
    struct changes *c = context;

    c->ids[c->n++] = own;
    c->serial = serial;
    return c->n < CHANGES;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* Each as the book has it now, which is at least what the change made. */
static err gather_changed(struct bringing *b, struct changes *c,
                          struct gathering *g)
{
    qsort(c->ids, c->n, sizeof *c->ids, by_number);
    for (size_t i = 0; i < c->n; i++) {
        struct named n = { .name = S("") };
        bool found;

        if (i > 0 && c->ids[i] == c->ids[i - 1])
            continue;
        TRY(named_get(b->reader, b->a, c->ids[i], &n, &found));
        (void)gather(g, c->ids[i], &n);
    }
    return OK;
}

static err tell_changes(struct bringing *b, uint64_t *serial)
{
    scoped(arena_end) struct arena own;
    struct gathering g = { .room = CHANGES };
    struct changes *c;

    arena_init(&own, b->a->heap, SIZE_MAX);
    c = arena_zero(&own, sizeof *c);
    g.documents = arena_array(&own, CHANGES, sizeof *g.documents);
    TRY_MEMORY(c != NULL && g.documents != NULL);
    TRY(named_changes(b->reader, b->a, *serial, see_change, c));
    if (c->n == 0) {
        *serial = b->state.serial;
        return OK;
    }
    TRY(gather_changed(b, c, &g));
    TRY(names_change(b->names, b->a, g.documents, g.n, c->serial));
    *serial = c->serial;
    return OK;
}

static err bring(struct bringing *b)
{
    struct names_mark now = names_now(b->names);

    if (now.serial == 0 || now.origin != b->state.origin)
        return make_all(b);
    while (now.serial < b->state.serial)
        TRY(tell_changes(b, &now.serial));
    return OK;
}

static err read_book(struct app *app, struct bringing *b, bool *ready)
{
    scoped(book_read_end) struct book_reader *r = NULL;
    struct book *book;

    TRY(register_open(app, b->a, &book));
    TRY(book_read(book, b->a, &r));
    b->reader = r;
    TRY(named_state(r, b->a, &b->state));
    *ready = b->state.origin != 0;
    if (!*ready)
        return OK;
    TRY(open_names(app, b->a, b->state.origin, &b->names));
    return bring(b);
}

err register_names_bring(struct app *app, struct arena *a)
{
    struct register_names *n = register_names_of(app);
    struct bringing b = { .a = a };
    bool ready = false;
    err e = read_book(app, &b, &ready);

    atomic_store(&n->whole, b.state.missed == 0);
    atomic_store(&n->ready, ready && !failed(e));
    return e;
}

err register_names_tend(struct app *app, struct arena *a, bool *more)
{
    struct names *names = atomic_load(&register_names_of(app)->names);

    *more = false;
    return names == NULL ? OK : names_tend(names, a, more);
}

/* --- looking ----------------------------------------------------------------
 */

static void lock(struct register_names *n)
{
    int rc = pthread_mutex_lock(&n->mutex);
    check(rc == 0);
}

static void unlock(struct register_names *n)
{
    int rc = pthread_mutex_unlock(&n->mutex);
    check(rc == 0);
}

static err take_room(struct register_names *n, struct search_room **out)
{
    struct search_room *room = NULL;

    lock(n);
    if (n->rooms_n > 0)
        room = n->rooms[--n->rooms_n];
    unlock(n);
    if (room == NULL)
        return search_room_new(n->heap, out);
    *out = room;
    return OK;
}

static void give_room(struct register_names *n, struct search_room *room)
{
    lock(n);
    if (n->rooms_n < ROOMS) {
        n->rooms[n->rooms_n++] = room;
        room = NULL;
    }
    unlock(n);
    search_room_free(&room);
}

/* A facet's range of one word; *any is false when no name has it. */
static err word_range(const struct book_reader *r, struct arena *a,
                      enum search_facet facet, str word,
                      struct search_range *out, bool *any)
{
    uint16_t n;
    bool found;

    *out = SEARCH_ANY;
    if (word.n == 0)
        return OK;
    TRY(named_word(r, a, facet, word, &n, &found));
    *out = (struct search_range){ n, n };
    *any = *any && found;
    return OK;
}

static err word_ranges(const struct book_reader *r, struct arena *a,
                       const struct facet_wish *w,
                       struct search_range out[SEARCH_FACETS], bool *any)
{
    TRY(word_range(r, a, SEARCH_SCHEME, w->scheme, &out[SEARCH_SCHEME], any));
    return word_range(r, a, SEARCH_LEVEL, w->level, &out[SEARCH_LEVEL], any);
}

/* What is wanted, as ranges; *any is false when nothing can be in them. */
static err ranges_of(struct app *app, struct arena *a,
                     const struct register_wish *wish,
                     struct search_range out[SEARCH_FACETS], bool *any)
{
    const struct facet_wish *w = &wish->narrow;
    struct register_reader *reader;

    *any = true;
    out[SEARCH_PLACE] = w->place;
    out[SEARCH_TRADE] = w->trade;
    out[SEARCH_SCHEME] = out[SEARCH_LEVEL] = out[SEARCH_STATUS] = SEARCH_ANY;
    if (w->status >= 0)
        out[SEARCH_STATUS] =
            facet_statuses((enum certificate_status)w->status, wish->today);
    if (w->scheme.n + w->level.n == 0)
        return OK;
    err e = register_read(app, a, &reader);
    if (!failed(e) && reader != NULL)
        e = word_ranges(register_book(reader), a, w, out, any);
    register_read_end(app, &reader);
    return e;
}

static err search(struct app *app, struct arena *a,
                  const struct register_wish *wish, struct search_answer *out)
{
    struct register_names *n = register_names_of(app);
    scoped(names_let) struct names_view *v = names_see(atomic_load(&n->names));
    struct search_request rq = { .asked = wish->words,
                                 .after = wish->after,
                                 .want = wish->most,
                                 .count = true };
    struct search_room *room;
    bool any;

    TRY(ranges_of(app, a, wish, rq.facets, &any));
    if (!any)
        return OK;
    TRY(take_room(n, &room));
    err e = names_find(v, a, room, &rq, out);
    give_room(n, room);
    return e;
}

/* What the book says of a name; nothing when it is gone by now. */
static err take(const struct book_reader *r, struct arena *a,
                const struct search_hit *hit, struct register_names_found *out)
{
    struct register_name_found *all = (void *)(uintptr_t)out->found.p;
    struct register_name_found *one = &all[out->found.n];
    struct named n;
    bool found;

    TRY(named_get(r, a, hit->id, &n, &found));
    if (!found || (!out->whole && n.kind != KIND_IMPORTED))
        return OK;
    *one = (struct register_name_found){
        .key = hit->key,
        .former = n.kind == KIND_FORMER,
        .imported = n.kind == KIND_IMPORTED,
    };
    TRY_MEMORY(arena_str(a, n.number, &one->number));
    TRY_MEMORY(arena_str(a, n.name, &one->name));
    out->found.n++;
    return OK;
}

static err take_all(struct app *app, struct arena *a,
                    const struct search_answer *x,
                    struct register_names_found *out)
{
    struct register_reader *reader;
    err e = register_read(app, a, &reader);

    out->ready = !failed(e) && reader != NULL;
    for (size_t i = 0; i < x->n && out->ready && !failed(e); i++)
        e = take(register_book(reader), a, &x->hits[i], out);
    register_read_end(app, &reader);
    return e;
}

/* Whether all is fed is seen before the index is: what was done before somebody
 * asked is in it, or the store answers. [RN1] */
err register_names_find(struct app *app, struct arena *a,
                        const struct register_wish *wish,
                        struct register_names_found *out)
{
    struct register_names *n = register_names_of(app);
    struct register_names_found found = { 0 };
    struct search_answer *x = arena_zero(a, sizeof *x);

    *out = found;
    TRY_MEMORY(x);
    found.whole = atomic_load(&n->ready) && atomic_load(&n->whole) &&
                  register_is_fed(app);
    if (!atomic_load(&n->ready))
        return OK;
    TRY(search(app, a, wish, x));
    found.found.p = arena_array(a, x->n, sizeof(struct register_name_found));
    TRY_MEMORY(found.found.p);
    TRY(take_all(app, a, x, &found));
    found.more = x->more;
    found.next = x->more ? x->hits[x->n - 1].key : 0;
    found.count = x->count;
    found.above = x->above;
    *out = found;
    return OK;
}
