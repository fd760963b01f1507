#include "service/body_known.h"

#include "base/arena.h"
#include "base/check.h"
#include "service/app_parts.h"
#include "service/register_home.h"
#include "service/stream.h"
#include "store/people.h"

#include <pthread.h>

enum { HISTORY_ARENA = 64 << 20 };

/* In its own arena, and so is what it holds.  [BK2]: older ones stay. */
struct kept_history {
    struct kept_history *next;
    struct arena arena;
    int64_t version; /* of the stream */
    struct hash head;
    struct body_history history;
};

struct body_cache {
    struct heap *heap;
    pthread_mutex_t mutex;
    struct kept_history *newest;       /* under `mutex`; */
    const struct body_history *of_age; /* likewise, what was read .. */
    uint64_t age;                      /* .. at this age [RG4] */
};

err body_cache_new(struct heap *h, struct arena *a, struct body_cache **out)
{
    struct body_cache *c = arena_zero(a, sizeof *c);

    TRY_MEMORY(c);
    c->heap = h;
    check(pthread_mutex_init(&c->mutex, NULL) == 0);
    *out = c;
    return OK;
}

void body_cache_end(struct body_cache *c)
{
    if (c == NULL)
        return;
    while (c->newest != NULL) {
        struct arena a = c->newest->arena;

        c->newest = c->newest->next;
        arena_end(&a);
    }
    (void)pthread_mutex_destroy(&c->mutex);
}

/* --- keeping ------------------------------------------------------------ */

static err copy_texts(struct arena *a, struct body_stand *s)
{
    struct body *b = &s->body;
    str *fields = arena_array(a, b->field_count, sizeof *fields);
    str *const texts[] = { &b->name_zh, &b->name_en,       &b->approval,
                           &b->number,  &b->uscc,          &b->address,
                           &b->phone,   &b->accreditation, &s->document,
                           &s->reason };

    TRY_MEMORY(fields);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        TRY_MEMORY(arena_str(a, *texts[i], texts[i]));
    for (size_t i = 0; i < b->field_count; i++)
        TRY_MEMORY(arena_str(a, b->fields[i], &fields[i]));
    b->fields = fields;
    return OK;
}

/* Only what the body is: lists it keeps for everybody may be long. */
static err copy_history(struct arena *a, const struct body_history *from,
                        struct body_history *out)
{
    struct body_stand *stands = arena_array(a, from->n, sizeof *stands);

    TRY_MEMORY(stands);
    for (size_t i = 0; i < from->n; i++) {
        stands[i] = from->stands[i];
        TRY(copy_texts(a, &stands[i]));
    }
    *out = (struct body_history){ stands, from->n };
    return OK;
}

static err load(struct tx *tx, struct arena *a, const struct stream_row *row,
                struct body_history *out)
{
    struct event_list events;
    struct body_history read;

    TRY(stream_events(tx, tx_arena(tx), row, &events));
    TRY(body_history_of(tx_arena(tx), &events, &read));
    return copy_history(a, &read, out);
}

static err keep(struct body_cache *c, struct tx *tx,
                const struct stream_row *row)
{
    scoped(arena_end) struct arena a;
    struct body_history history = { 0 };
    struct kept_history *k;

    arena_init(&a, c->heap, HISTORY_ARENA);
    TRY(err_keep(tx_arena(tx), load(tx, &a, row, &history)));
    k = arena_zero(&a, sizeof *k);
    TRY_MEMORY(k);
    *k =
        (struct kept_history){ c->newest, a, row->version, row->head, history };
    c->newest = k;
    a = (struct arena){ 0 }; /* it is the list's now */
    return OK;
}

/* [BK1] */
static bool is_of(const struct kept_history *k, const struct stream_row *row)
{
    return k != NULL && k->version == row->version &&
           hash_eq(&k->head, &row->head);
}

err body_history_in(struct app *app, struct tx *tx,
                    const struct body_history **out)
{
    struct body_cache *c = app_body_cache(app);
    struct stream_row row;
    err e = OK;

    TRY(stream_by_number(tx, tx_arena(tx), S("body"), S("body"), &row));
    check(pthread_mutex_lock(&c->mutex) == 0);
    if (!is_of(c->newest, &row))
        e = keep(c, tx, &row);
    const struct kept_history *k = c->newest;
    check(pthread_mutex_unlock(&c->mutex) == 0);
    TRY(e);
    *out = &k->history;
    return OK;
}

/* --- asking ------------------------------------------------------------- */

/* [RG4] */
static bool is_known(struct body_cache *c, uint64_t age,
                     const struct body_history **out)
{
    check(pthread_mutex_lock(&c->mutex) == 0);
    bool known = age != 0 && c->age == age;
    if (known)
        *out = c->of_age;
    check(pthread_mutex_unlock(&c->mutex) == 0);
    return known;
}

static void know(struct body_cache *c, uint64_t age,
                 const struct body_history *h)
{
    check(pthread_mutex_lock(&c->mutex) == 0);
    c->age = age;
    c->of_age = h;
    check(pthread_mutex_unlock(&c->mutex) == 0);
}

err body_history(struct app *app, struct arena *a,
                 const struct body_history **out)
{
    struct body_cache *c = app_body_cache(app);
    scoped(tx_abort) struct tx *tx = NULL;
    uint64_t age = register_age(app);

    if (is_known(c, age, out))
        return OK;
    TRY(app_read(app, a, &tx));
    TRY(body_history_in(app, tx, out));
    know(c, age, *out);
    return OK;
}

static const struct body *body_on(struct app *app, const struct body_history *h,
                                  day on, int64_t at)
{
    const struct body_stand *s = body_history_on(h, on, at);

    return s == NULL ? app_body(app) : &s->body;
}

err body_then_in(struct app *app, struct tx *tx, day on, int64_t at,
                 const struct body **out)
{
    const struct body_history *h = NULL;

    TRY(body_history_in(app, tx, &h));
    *out = body_on(app, h, on, at);
    return OK;
}

err body_today_in(struct app *app, struct tx *tx, day today,
                  const struct body **out)
{
    return body_then_in(app, tx, today, BODY_KNOWN_ALL, out);
}

err body_then(struct app *app, struct arena *a, day on, int64_t at,
              const struct body **out)
{
    const struct body_history *h = NULL;

    TRY(body_history(app, a, &h));
    *out = body_on(app, h, on, at);
    return OK;
}

err body_today(struct app *app, struct arena *a, day today,
               const struct body **out)
{
    return body_then(app, a, today, BODY_KNOWN_ALL, out);
}

static err name_of(struct tx *tx, struct arena *a, id person, str *out)
{
    struct person_row row;

    *out = S("");
    if (id_is_zero(person))
        return OK;
    err e = person_get(tx, a, person, &row);
    if (!failed(e))
        *out = row.name;
    return err_is(e, ERR_NOT_FOUND) ? OK : e;
}

err body_said_by(struct app *app, struct arena *a, const struct body_history *h,
                 const str **out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    str *names = arena_array(a, h->n, sizeof *names);

    TRY_MEMORY(names);
    TRY(app_read(app, a, &tx));
    for (size_t i = 0; i < h->n; i++)
        TRY(name_of(tx, a, h->stands[i].actor, &names[i]));
    *out = names;
    return OK;
}
