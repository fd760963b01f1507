#include "web/limiter.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "http/rate.h"
#include "service/app.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "text/text.h"

#include <pthread.h>

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)

/* --- the table [LI1] --------------------------------------------------------
 */

enum kind {
    SIGN_IN,
    REGISTER,
    FORGOT,
    REPORT,
    SEARCH,
    VERIFY,
    PRINT,
    BATCH,
    KINDS
};

/* A house full of people behind one address still gets on; a program that
 * tries passwords, fills mailboxes, has paper painted or copies the register
 * does not. */
static const struct rate rates[KINDS] = {
    [SIGN_IN] = { 20, 6 * SECOND }, [REGISTER] = { 5, 10 * MINUTE },
    [FORGOT] = { 5, 10 * MINUTE },  [SEARCH] = { 60, SECOND / 2 },
    [VERIFY] = { 120, SECOND / 4 }, [REPORT] = { 5, 10 * MINUTE },
    [PRINT] = { 10, 10 * SECOND },  [BATCH] = { 10, 20 * SECOND },
};

static const char *const names[KINDS] = {
    [SIGN_IN] = "limit.sign_in", [REGISTER] = "limit.register",
    [FORGOT] = "limit.forgot",   [SEARCH] = "limit.search",
    [VERIFY] = "limit.verify",   [REPORT] = "limit.report",
    [PRINT] = "limit.print",     [BATCH] = "limit.batch",
};

static const struct {
    const char *pattern;
    const char *asked; /* only where the address asks for this; NULL: always */
    enum method method;
    enum kind kind;
} limited[] = {
    { "/login", NULL, METHOD_POST, SIGN_IN },
    { "/login/code", NULL, METHOD_POST, SIGN_IN },
    { "/register", NULL, METHOD_POST, REGISTER },
    { "/forgot", NULL, METHOD_POST, FORGOT },
    { "/report", NULL, METHOD_POST, REPORT },
    { "/", "q", METHOD_GET, SEARCH },
    { "/directory", NULL, METHOD_GET, SEARCH },
    { "/c/{number}", NULL, METHOD_GET, VERIFY },
    { "/C/{number}", NULL, METHOD_GET, VERIFY },
    { "/api/v1/certificates/{number}", NULL, METHOD_GET, VERIFY },
    { "/api/v1/certificates", NULL, METHOD_GET, SEARCH },
    { "/api/v1/certificates", NULL, METHOD_POST, SEARCH },
    { "/c/{number}/certificate.pdf", NULL, METHOD_GET, PRINT },
    { "/batch", NULL, METHOD_POST, BATCH },
    { "/api/v1/check", NULL, METHOD_POST, BATCH },
};

static bool find_kind(const struct request *rq, enum kind *out)
{
    for (size_t i = 0; i < COUNT(limited); i++) {
        str unused;

        if (limited[i].method != rq->route->method ||
            strcmp(limited[i].pattern, rq->route->pattern) != 0)
            continue;
        *out = limited[i].kind;
        return limited[i].asked == NULL ||
               form_get(&rq->query, str_of(limited[i].asked), &unused);
    }
    return false;
}

/* --- counting ---------------------------------------------------------------
 */

struct limiter {
    pthread_mutex_t mutex; /* over the buckets */
    pthread_mutex_t alone; /* [LI4] */
    struct clock *clock;
    struct rates *rates;
};

err limiter_new(struct arena *a, struct app *app, struct limiter **out)
{
    const struct app_world *world = app_world_of(app);
    struct limiter *l = arena_zero(a, sizeof *l);
    uint64_t seed;

    TRY_MEMORY(l);
    TRY(entropy_fill(world->entropy, &seed, sizeof seed));
    TRY(rates_new(a, rates, KINDS, seed, &l->rates));
    l->clock = world->clock;
    if (pthread_mutex_init(&l->mutex, NULL) != 0)
        return err_memory();
    if (pthread_mutex_init(&l->alone, NULL) != 0) {
        (void)pthread_mutex_destroy(&l->mutex);
        return err_memory();
    }
    *out = l;
    return OK;
}

void limiter_end(struct limiter *l)
{
    if (l == NULL)
        return;
    (void)pthread_mutex_destroy(&l->alone);
    (void)pthread_mutex_destroy(&l->mutex);
}

err limiter_alone(struct limiter *l, struct arena *a)
{
    if (l == NULL || pthread_mutex_trylock(&l->alone) == 0)
        return OK;
    return err_new(a, ERR_BUSY, "web.alone");
}

void limiter_give(struct limiter *l)
{
    if (l != NULL)
        (void)pthread_mutex_unlock(&l->alone);
}

static int64_t take(struct limiter *l, const struct peer *p, enum kind kind)
{
    (void)pthread_mutex_lock(&l->mutex);
    int64_t wait =
        rates_take(l->rates, p, (int)kind, l->clock->ticks(l->clock));
    (void)pthread_mutex_unlock(&l->mutex);
    return wait;
}

err limiter_check(struct limiter *l, const struct request *rq)
{
    enum kind kind;

    if (l == NULL || peer_is_here(&rq->peer) || !find_kind(rq, &kind))
        return OK;
    int64_t wait = take(l, &rq->peer, kind);
    if (wait == 0)
        return OK;
    return err_new(rq->arena, ERR_BUSY, "web.too_often",
                   ARG_IDS("what", str_of(names[kind])),
                   ARG_INT("seconds", (wait + SECOND - 1) / SECOND));
}

/* --- answering [LI2] --------------------------------------------------------
 */

bool limiter_refused(err why)
{
    return strcmp(why.info->id, "web.too_often") == 0;
}

err limiter_answer(err why, struct response *rs, int64_t *seconds)
{
    char text[TEXT_VALUE];
    str kept;

    for (const struct err_arg *x = why.info->args; x->name != NULL; x++) {
        if (strcmp(x->name, "seconds") == 0)
            *seconds = x->number;
    }
    rs->status = 429;
    TRY_MEMORY(arena_str(rs->arena, text_number(*seconds, text), &kept));
    return response_header(rs, S("Retry-After"), kept);
}
