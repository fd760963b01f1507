/*
 * The books of the working papers: interviews, observations, and calls to
 * drawn customers that brought no answer.
 */

#include "domain/test_ledger_parts.h"

#include "domain/papers.h"

bool ledger_visits(const struct plan *plan, str site)
{
    const str *sites = plan->sites.p;

    for (size_t i = 0; i < plan->sites.n; i++) {
        if (str_eq(sites[i], site))
            return true;
    }
    return false;
}

static const char *count_paper(struct ledger *l, int64_t number, str site)
{
    if (number != ++l->papers)
        return "working papers out of order";
    return ledger_visits(l->plan, site)
               ? NULL
               : "a working paper of a site that is not visited";
}

const char *enter_interview(struct ledger *l, const struct event *e)
{
    DATA(interview, x, e);

    return count_paper(l, x->number, x->site);
}

const char *enter_observation(struct ledger *l, const struct event *e)
{
    DATA(observation, x, e);

    return count_paper(l, x->number, x->site);
}

/* --- calls [LG7] ---------------------------------------------------------- */

/* "14:30" before "14:31": digits sort as they count. */
static bool follows(const struct sample_call *last, const struct sample_call *x)
{
    return last == NULL || x->on > last->on ||
           (x->on == last->on && str_cmp(x->time, last->time) > 0);
}

const char *enter_call(struct ledger *l, const struct event *e)
{
    DATA(sample_call, x, e);

    if (x->position != (int64_t)l->row_count + 1)
        return "[LG7] a call to somebody else's customer";
    if (!follows(l->last_call, x) || x->on > e->on)
        return "[LG7] calls that do not follow each other";
    if (++l->calls > l->scheme->sample.attempts)
        return "[LG7] a call too many";
    l->last_call = x;
    return NULL;
}

const char *ledger_end_calls(struct ledger *l, const struct sample_answer *x)
{
    const struct sample_call *last = l->last_call;
    bool final = last != NULL && (last->outcome == CALL_REFUSED ||
                                  last->outcome == CALL_WRONG_NUMBER);
    bool enough = l->calls >= l->scheme->sample.attempts;
    bool alone = l->scheme->sample.attempts == 1;

    l->last_call = NULL;
    l->calls = 0;
    if (x->outcome == CONTACT_UNREACHED)
        return final || enough || alone ? NULL
                                        : "[LG7] given up before the last call";
    return final || enough ? "[LG7] an answer after giving up" : NULL;
}
