#include "http/worker.h"

#include "base/check.h"
#include "base/heap.h"
#include "base/size.h"
#include "http/site.h"
#include "sys/entropy.h"

/* The thread ends. */
static void worker_end(void *p)
{
    struct worker *w = p;
    const struct web_site *site = w->of->site;
    struct heap *heap = w->of->heap;

    if (w->open && site->thread_close != NULL)
        site->thread_close(site->app, w->thread);
    arena_end(&w->spare);
    heap->resize(heap, w, 0);
}

err workers_init(struct workers *ws, struct arena *a)
{
    if (pthread_key_create(&ws->key, worker_end) != 0)
        return err_new(a, ERR_LIMIT, "worker.keys");
    return OK;
}

void workers_end(struct workers *ws)
{
    check(pthread_key_delete(ws->key) == 0);
}

struct worker *worker_here(struct workers *ws)
{
    struct worker *w = pthread_getspecific(ws->key);

    if (w != NULL)
        return w;
    w = ws->heap->resize(ws->heap, NULL, sizeof *w);
    if (w == NULL)
        return NULL;
    *w = (struct worker){ .of = ws };
    if (pthread_setspecific(ws->key, w) != 0) {
        ws->heap->resize(ws->heap, w, 0);
        return NULL;
    }
    return w;
}

err worker_open(struct worker *w, struct arena *a)
{
    const struct web_site *site = w->of->site;

    if (!w->open && site->thread_open != NULL)
        TRY(site->thread_open(site->app, a, &w->thread));
    w->open = true;
    return OK;
}

void worker_lend(struct worker *w, size_t limit, struct arena *out)
{
    if (w->spare.heap == NULL)
        arena_init(&w->spare, w->of->heap, limit);
    *out = w->spare;
    w->spare = (struct arena){ 0 };
}

/* One is kept, for the requests that come one after the other. */
void worker_take_back(struct worker *w, struct arena *a)
{
    if (w->spare.heap != NULL) {
        arena_end(a);
        return;
    }
    arena_reset(a);
    w->spare = *a;
    *a = (struct arena){ 0 };
}

err worker_id(struct worker *w, id *out)
{
    if (w->left == 0) {
        TRY(entropy_fill(w->of->entropy, w->ids, sizeof w->ids));
        w->left = COUNT(w->ids);
    }
    *out = w->ids[--w->left];
    return OK;
}
