#include "service/scheme_cache.h"

#include "base/arena.h"
#include "base/check.h"
#include "scheme/load.h"
#include "scheme/scheme.h"
#include "service/app.h"

#include <pthread.h>

enum {
    SCHEME_ARENA = 64 << 20,
    NAMES = 16,     /* that are known at a time */
    NAME_MOST = 40, /* bytes of one that is */
};

/* In its own arena, and so is its scheme. [SC2] */
struct kept_scheme {
    struct kept_scheme *next;
    struct arena arena;
    const struct scheme *scheme;
};

struct newest_scheme {
    char name[NAME_MOST];
    size_t n;
    const struct scheme *scheme; /* NULL: there is none */
};

struct scheme_cache {
    struct heap *heap;
    pthread_mutex_t mutex;
    struct kept_scheme *first;          /* under `mutex`, as all below */
    uint64_t age;                       /* [SC4], of .. */
    struct newest_scheme newest[NAMES]; /* .. these, round and round */
    size_t told;
};

err scheme_cache_new(struct heap *h, struct arena *a, struct scheme_cache **out)
{
    struct scheme_cache *c = arena_zero(a, sizeof *c);

    TRY_MEMORY(c);
    c->heap = h;
    check(pthread_mutex_init(&c->mutex, NULL) == 0);
    *out = c;
    return OK;
}

void scheme_cache_end(struct scheme_cache *c)
{
    if (c == NULL)
        return;
    while (c->first != NULL) {
        struct arena a = c->first->arena;

        c->first = c->first->next;
        arena_end(&a);
    }
    (void)pthread_mutex_destroy(&c->mutex);
}

static const struct scheme *find(const struct scheme_cache *c,
                                 const struct hash *hash)
{
    for (const struct kept_scheme *k = c->first; k != NULL; k = k->next) {
        if (hash_eq(&k->scheme->hash, hash))
            return k->scheme;
    }
    return NULL;
}

/* [SC1] */
static err load(struct tx *tx, struct arena *a, const struct hash *hash,
                const struct scheme **out)
{
    struct package package;
    struct problem *problems;
    struct scheme *s = NULL;

    TRY(app_package(tx, a, hash, &package));
    err e = scheme_thaw(a, &package, &s, &problems);
    if (err_is(e, ERR_MEMORY))
        return e;
    if (failed(e) || !hash_eq(&s->hash, hash))
        return err_new(tx_arena(tx), ERR_CORRUPT, "app.scheme");
    *out = s;
    return OK;
}

static err keep(struct scheme_cache *c, struct tx *tx, const struct hash *hash,
                const struct scheme **out)
{
    scoped(arena_end) struct arena a;
    const struct scheme *s = NULL;
    struct kept_scheme *k;

    arena_init(&a, c->heap, SCHEME_ARENA);
    TRY(err_keep(tx_arena(tx), load(tx, &a, hash, &s)));
    k = arena_zero(&a, sizeof *k);
    TRY_MEMORY(k);
    *k = (struct kept_scheme){ c->first, a, s };
    c->first = k;
    a = (struct arena){ 0 }; /* it is the list's now */
    *out = s;
    return OK;
}

err scheme_cache_get(struct scheme_cache *c, struct tx *tx,
                     const struct hash *hash, const struct scheme **out)
{
    err e = OK;

    check(pthread_mutex_lock(&c->mutex) == 0);
    const struct scheme *s = find(c, hash);
    if (s == NULL)
        e = keep(c, tx, hash, &s);
    check(pthread_mutex_unlock(&c->mutex) == 0);
    TRY(e);
    *out = s;
    return OK;
}

/* --- the newest of a name [SC4] ----------------------------------------- */

static const struct newest_scheme *find_name(const struct scheme_cache *c,
                                             str name)
{
    for (size_t i = 0; i < c->told && i < NAMES; i++) {
        const struct newest_scheme *x = &c->newest[i];

        if (str_eq((str){ x->name, x->n }, name))
            return x;
    }
    return NULL;
}

bool scheme_cache_knows(struct scheme_cache *c, uint64_t age, str name,
                        const struct scheme **out)
{
    const struct newest_scheme *x = NULL;

    check(pthread_mutex_lock(&c->mutex) == 0);
    if (age != 0 && c->age == age)
        x = find_name(c, name);
    if (x != NULL)
        *out = x->scheme;
    check(pthread_mutex_unlock(&c->mutex) == 0);
    return x != NULL;
}

void scheme_cache_know(struct scheme_cache *c, uint64_t age, str name,
                       const struct scheme *newest)
{
    if (age == 0 || name.n > NAME_MOST)
        return;
    check(pthread_mutex_lock(&c->mutex) == 0);
    if (c->age != age)
        c->told = 0;
    c->age = age;
    if (find_name(c, name) == NULL) {
        struct newest_scheme *x = &c->newest[c->told++ % NAMES];

        memcpy(x->name, name.p, name.n);
        x->n = name.n;
        x->scheme = newest;
    }
    check(pthread_mutex_unlock(&c->mutex) == 0);
}
