/* How tickets go out: what their events say, in the order of their places. */

#include "records/tickets_parts.h"

#include "base/heap.h"

#include <string.h>

static int64_t lengthen(short_moment m)
{
    return m == 0 ? MOMENT_NONE : m;
}

/* [TI5] [TI6] What one event says of a ticket. */
static void say(struct ticket *k, const struct event *e)
{
    if ((e->says & SAYS_OUTLET) != 0)
        k->outlet = e->outlet;
    if ((e->says & SAYS_PRODUCT) != 0)
        k->product = e->product;
    if ((e->says & SAYS_PERSON) != 0)
        k->person = e->person;
    if ((e->says & SAYS_TRADE) != 0)
        k->trade = e->trade;
    if ((e->says & SAYS_SUBJECT) != 0)
        k->subject = e->subject;
    if ((e->says & SAYS_RESOLVED) != 0)
        k->resolved = lengthen(e->resolved);
    if ((e->says & SAYS_SATISFACTION) != 0) {
        k->satisfaction = e->satisfaction;
        k->hundredths = e->hundredths;
    }
    if ((e->says & SAYS_UPDATED) != 0)
        k->updated = lengthen(e->updated);
}

static void say_more(struct ticket *k, const struct event *e)
{
    if ((e->says & SAYS_KIND) != 0) {
        k->complaint = (enum ticket_answer)e->complaint;
        k->repair = (enum ticket_answer)e->repair;
        k->void_kind = (enum ticket_answer)e->void_kind;
    }
    if ((e->says & SAYS_STATE) != 0)
        k->state = (enum ticket_state)e->state;
    if ((e->says & SAYS_CALLED_BACK) != 0)
        k->called_back = (enum ticket_answer)e->called_back;
    if ((e->says & SAYS_REACHED) != 0)
        k->reached = (enum ticket_answer)e->reached;
    if ((e->says & SAYS_IN_TIME) != 0)
        k->said_in_time = (enum ticket_answer)e->said_in_time;
    if ((e->says & SAYS_PARTS) != 0) {
        k->parts_asked = e->parts_asked;
        k->parts_filled = e->parts_filled;
    }
}

static void say_who(struct ticket *k, const struct event *e,
                    const struct who *who)
{
    if ((e->says & SAYS_CUSTOMER) != 0)
        k->customer = who->customer;
    if ((e->says & SAYS_PHONE) != 0)
        k->phone = who->phone;
}

/* [TI7] */
static void say_reopened(struct ticket *k, const struct head *h)
{
    bool back = h->done_first != 0 && h->open_last > h->done_first;

    k->reopened = h->reopened > 0 ? h->reopened : back;
    k->reopens_known =
        h->reopens_known || h->done_first != 0 ? ANSWER_YES : ANSWER_UNKNOWN;
}

/* [TI9] Events stand latest first: back to the last that has it open. */
static void say_resolved(struct ticket *k, const struct tickets *t,
                         const struct head *h)
{
    k->resolved = MOMENT_NONE;
    for (uint32_t at = h->latest; at != NOWHERE; at = t->events[at].earlier) {
        const struct event *e = &t->events[at];

        if ((e->says & SAYS_RESOLVED) == 0)
            continue;
        if (e->resolved == 0)
            return;
        k->resolved = lengthen(e->resolved);
    }
}

static struct ticket ticket_of(const struct tickets *t, const struct head *h)
{
    struct ticket k = TICKET_NONE;

    k.number = h->number;
    k.at = h->at;
    k.opened = lengthen(h->opened);
    k.responded = lengthen(h->responded);
    k.response_due = lengthen(h->response_due);
    k.arrived = lengthen(h->arrived);
    k.arrival_due = lengthen(h->arrival_due);
    k.due = lengthen(h->due);
    k.visits = h->visits;
    say_reopened(&k, h);
    for (uint32_t at = h->latest; at != NOWHERE; at = t->events[at].earlier) {
        say(&k, &t->events[at]);
        say_more(&k, &t->events[at]);
        if (t->people)
            say_who(&k, &t->events[at], &t->who[at]);
    }
    if (t->by_state)
        say_resolved(&k, t, h);
    k.excluded = k.void_kind;
    if (k.state == STATE_VOID)
        k.excluded = ANSWER_YES;
    return k;
}

size_t tickets_count(const struct tickets *t)
{
    return t->n;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Merge the ordered from[at[0]..at[1]) and from[at[1]..at[2]) into `to`. */
static void merge_halves(const struct head *heads, const uint32_t *from,
                         uint32_t *to, const size_t at[3])
{
    size_t i = at[0];
    size_t k = at[1];

    /* Mostly they are in order as they stand. */
    if (k >= at[2] || heads[from[k - 1]].at <= heads[from[k]].at) {
        memcpy(to + i, from + i, (at[2] - i) * sizeof *to);
        return;
    }
    for (size_t out = at[0]; out < at[2]; out++) {
        bool first =
            k >= at[2] || (i < at[1] && heads[from[i]].at <= heads[from[k]].at);

        to[out] = first ? from[i++] : from[k++];
    }
}

/* All tickets by their place; the answer is in one of both rooms for n. */
static uint32_t *order(const struct tickets *t, uint32_t *a, uint32_t *b)
{
    size_t n = t->n;

    for (uint32_t i = 0; i < t->n; i++)
        a[i] = i;
    for (size_t width = 1; width < n; width *= 2) {
        uint32_t *was = a;

        for (size_t low = 0; low < n; low += 2 * width) {
            const size_t at[3] = { low, least(low + width, n),
                                   least(low + 2 * width, n) };

            merge_halves(t->heads, a, b, at);
        }
        a = b;
        b = was;
    }
    return a;
}

bool tickets_each(const struct tickets *t, rows_take *take, void *into)
{
    size_t n = t->n;
    bool good = true;
    uint32_t *room;

    if (n == 0)
        return true;
    room = t->heap->resize(t->heap, NULL, 2 * n * sizeof *room);
    if (room == NULL)
        return false;

    const uint32_t *sorted = order(t, room, room + n);
    for (size_t i = 0; i < n && good; i++) {
        const struct ticket k = ticket_of(t, &t->heads[sorted[i]]);

        good = take(into, &k);
    }
    t->heap->resize(t->heap, room, 0);
    return good;
}
