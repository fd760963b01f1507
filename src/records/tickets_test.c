#include "records/tickets.h"

#include "base/size.h"
#include "base/test.h"
#include "records/figures.h"

#include <string.h>

/* --- a plain twin --------------------------------------------------------- */

enum { EVENTS = 240, NUMBERS = 40, WORDS = 6 };

static bool after(const struct ticket *a, const struct ticket *b)
{
    return a->updated != b->updated ? a->updated > b->updated : a->at > b->at;
}

static int64_t earliest(int64_t a, int64_t b)
{
    if (a == MOMENT_NONE)
        return b;
    return b == MOMENT_NONE || a < b ? a : b;
}

static uint16_t most(uint16_t a, uint16_t b)
{
    return a > b ? a : b;
}

#define LAST(member, nothing)                                                  \
    do {                                                                       \
        if (e->member != (nothing))                                            \
            k->member = e->member;                                             \
    } while (0)

/* What the next event, in order, adds. */
static void plain_next(struct ticket *k, const struct ticket *e)
{
    k->opened = earliest(k->opened, e->opened);
    k->responded = earliest(k->responded, e->responded);
    k->response_due = earliest(k->response_due, e->response_due);
    k->arrived = earliest(k->arrived, e->arrived);
    k->arrival_due = earliest(k->arrival_due, e->arrival_due);
    k->due = earliest(k->due, e->due);
    k->reopened = most(k->reopened, e->reopened);
    k->visits = most(k->visits, e->visits);
    if (e->at < k->at)
        k->at = e->at;
    LAST(outlet, 0);
    LAST(product, 0);
    LAST(person, 0);
    LAST(trade, 0);
    LAST(subject, 0);
    LAST(satisfaction, SATISFACTION_NONE);
    LAST(state, STATE_UNKNOWN);
    LAST(called_back, ANSWER_UNKNOWN);
    LAST(reached, ANSWER_UNKNOWN);
    LAST(said_in_time, ANSWER_UNKNOWN);
    LAST(reopens_known, ANSWER_UNKNOWN);
    LAST(customer, 0);
    LAST(phone, 0);
    LAST(updated, MOMENT_NONE);
    if (e->resolved != MOMENT_NONE || e->state == STATE_OPEN)
        k->resolved = e->resolved;
    if (e->parts_asked > 0) {
        k->parts_asked = e->parts_asked;
        k->parts_filled = e->parts_filled;
    }
    if (e->complaint != ANSWER_UNKNOWN) {
        k->complaint = e->complaint;
        k->repair = e->repair;
        k->void_kind = e->void_kind;
    }
}

/* Was it open after it was done, by two events that say when? */
static bool plain_back(const struct ticket *all, const struct ticket *done,
                       size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (all[i].number == done->number && all[i].state == STATE_OPEN &&
            all[i].updated != MOMENT_NONE && done->state == STATE_DONE &&
            done->updated != MOMENT_NONE && all[i].updated > done->updated)
            return true;
    }
    return false;
}

static void plain_reopened(struct ticket *k, const struct ticket *all, size_t n)
{
    bool back = false;

    for (size_t i = 0; i < n; i++) {
        if (all[i].number != k->number)
            continue;
        back = back || plain_back(all, &all[i], n);
        if (all[i].state == STATE_DONE && all[i].updated != MOMENT_NONE)
            k->reopens_known = ANSWER_YES;
    }
    if (k->reopened == 0 && back)
        k->reopened = 1;
}

/* The earliest of the events of `number` that stand after `last`. */
static const struct ticket *plain_after(const struct ticket *all, size_t n,
                                        uint64_t number,
                                        const struct ticket *last)
{
    const struct ticket *found = NULL;

    for (size_t i = 0; i < n; i++) {
        if (all[i].number != number ||
            (last != NULL && !after(&all[i], last)) ||
            (found != NULL && after(&all[i], found)))
            continue;
        found = &all[i];
    }
    return found;
}

static struct ticket plain_ticket(const struct ticket *all, size_t n,
                                  uint64_t number)
{
    struct ticket k = TICKET_NONE;
    const struct ticket *e = plain_after(all, n, number, NULL);

    k.number = number;
    k.at = e->at;
    for (; e != NULL; e = plain_after(all, n, number, e))
        plain_next(&k, e);
    plain_reopened(&k, all, n);
    k.excluded = k.state == STATE_VOID ? ANSWER_YES : k.void_kind;
    return k;
}

/* --- comparing --------------------------------------------------------- */

static bool same_moments(const struct ticket *a, const struct ticket *b)
{
    return a->opened == b->opened && a->responded == b->responded &&
           a->response_due == b->response_due && a->arrived == b->arrived &&
           a->arrival_due == b->arrival_due && a->resolved == b->resolved &&
           a->due == b->due && a->updated == b->updated;
}

static bool same_words(const struct ticket *a, const struct ticket *b)
{
    return a->at == b->at && a->subject == b->subject &&
           a->number == b->number && a->customer == b->customer &&
           a->phone == b->phone && a->outlet == b->outlet &&
           a->product == b->product && a->person == b->person &&
           a->trade == b->trade;
}

static bool same_answers(const struct ticket *a, const struct ticket *b)
{
    return a->satisfaction == b->satisfaction &&
           a->parts_asked == b->parts_asked &&
           a->parts_filled == b->parts_filled && a->reopened == b->reopened &&
           a->visits == b->visits && a->reopens_known == b->reopens_known &&
           a->repair == b->repair && a->complaint == b->complaint &&
           a->called_back == b->called_back && a->reached == b->reached &&
           a->excluded == b->excluded && a->void_kind == b->void_kind &&
           a->said_in_time == b->said_in_time && a->state == b->state;
}

struct taken {
    struct ticket tickets[EVENTS];
    size_t n;
};

static bool take(void *into, const struct ticket *t)
{
    struct taken *x = into;

    if (x->n == EVENTS)
        return false;
    x->tickets[x->n++] = *t;
    return true;
}

/* --- drawing ----------------------------------------------------------- */

static uint32_t below(struct test_random *r, uint32_t n)
{
    return (uint32_t)test_random_below(r, n);
}

/* Few different ones, so that events fall together; sometimes none. */
static int64_t some_moment(struct test_random *r)
{
    return below(r, 3) == 0 ? MOMENT_NONE
                            : 1700000000 + 60 * (int64_t)below(r, 40);
}

static uint16_t some_word(struct test_random *r)
{
    return (uint16_t)below(r, WORDS);
}

static enum ticket_answer some_answer(struct test_random *r)
{
    uint32_t which = below(r, 3);

    return (enum ticket_answer)which;
}

static void draw_moments(struct test_random *r, struct ticket *t)
{
    t->opened = some_moment(r);
    t->responded = some_moment(r);
    t->response_due = some_moment(r);
    t->arrived = some_moment(r);
    t->arrival_due = some_moment(r);
    t->resolved = some_moment(r);
    t->due = some_moment(r);
    t->updated = some_moment(r);
}

/* One of NUMBERS tickets; of the number 0 there is none. */
static struct ticket draw(struct test_random *r, uint64_t at)
{
    struct ticket t = TICKET_NONE;
    uint32_t state = below(r, 4);

    draw_moments(r, &t);
    t.at = at;
    t.number = 1 + below(r, NUMBERS) * UINT64_C(0x100000001);
    t.subject = below(r, 3);
    t.customer = below(r, 3);
    t.phone = below(r, 3);
    t.outlet = some_word(r);
    t.product = some_word(r);
    t.person = some_word(r);
    t.trade = some_word(r);
    t.satisfaction = (int16_t)((int)below(r, 7) - 1);
    t.parts_asked = some_word(r);
    t.parts_filled = some_word(r);
    t.reopens_known = below(r, 4) == 0 ? ANSWER_YES : ANSWER_UNKNOWN;
    t.reopened = t.reopens_known == ANSWER_YES ? some_word(r) / 4 : 0;
    t.visits = some_word(r);
    t.complaint = some_answer(r);
    t.repair = t.complaint == ANSWER_UNKNOWN ? ANSWER_UNKNOWN : ANSWER_NO;
    t.void_kind = t.complaint == ANSWER_UNKNOWN ? ANSWER_UNKNOWN : ANSWER_NO;
    t.called_back = some_answer(r);
    t.reached = some_answer(r);
    t.said_in_time = some_answer(r);
    t.state = (enum ticket_state)state;
    return t;
}

/* Workers number words in their own ways: one of them the other way round. */
static uint16_t turned(uint16_t word)
{
    return word == 0 ? 0 : (uint16_t)(WORDS - word);
}

static struct ticket turn(struct ticket t)
{
    t.outlet = turned(t.outlet);
    t.product = turned(t.product);
    t.person = turned(t.person);
    t.trade = turned(t.trade);
    return t;
}

static const uint32_t turning[WORDS] = { 0, 5, 4, 3, 2, 1 };
static const struct figures_map back = { turning, turning, turning, turning,
                                         NULL };
static const struct figures_map none = { NULL, NULL, NULL, NULL, NULL };

static void shuffle(struct test_random *r, struct ticket *events, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = below(r, (uint32_t)i);
        struct ticket was = events[i - 1];

        events[i - 1] = events[k];
        events[k] = was;
    }
}

/* Folded by two, one of whom turns words, and merged into one of them. */
static void fold(struct heap *h, struct test_random *r,
                 const struct ticket *events, size_t n, struct taken *out)
{
    scoped(tickets_free) struct tickets *a = tickets_new(h, true);
    scoped(tickets_free) struct tickets *b = tickets_new(h, true);

    for (size_t i = 0; i < n; i++) {
        struct ticket other = turn(events[i]);

        EXPECT(below(r, 2) == 0 ? tickets_add(a, &events[i])
                                : tickets_add(b, &other));
    }
    EXPECT(tickets_merge(a, b, &back));
    out->n = 0;
    EXPECT(tickets_each(a, take, out));
    EXPECT(tickets_count(a) == out->n);
}

/* [property] [TI1] [TI3] [TI4] [TI5] [TI6] [TI7] */
TEST(tickets_are_folded_as_the_rules_say_in_any_order_by_anybody)
{
    struct test_random r = { TEST_SEED };
    struct heap h = HEAP_LIBC;
    static struct ticket events[EVENTS];
    static struct taken got;

    for (int round = 0; round < 60 && !test_failing(); round++) {
        size_t n = 1 + below(&r, EVENTS);

        for (size_t i = 0; i < n; i++)
            events[i] = draw(&r, i * 10);
        shuffle(&r, events, n);
        fold(&h, &r, events, n, &got);
        for (size_t i = 0; i < got.n; i++) {
            const struct ticket *t = &got.tickets[i];
            struct ticket want = plain_ticket(events, n, t->number);

            EXPECT(same_moments(t, &want));
            EXPECT(same_words(t, &want));
            EXPECT(same_answers(t, &want));
            EXPECT(i == 0 || got.tickets[i - 1].at < t->at);
        }
    }
}

/* --- by hand ----------------------------------------------------------- */

static struct ticket event(uint64_t at, int64_t updated, int64_t resolved,
                           enum ticket_state state)
{
    struct ticket t = TICKET_NONE;

    t.number = 7;
    t.at = at;
    t.opened = 1000;
    t.updated = updated;
    t.resolved = resolved;
    t.state = state;
    return t;
}

/* [TI6] [TI7] */
TEST(what_was_reopened_counts_until_it_is_resolved_again)
{
    static const struct {
        const char *name;
        size_t n;
        int64_t resolved;
        uint16_t reopened;
        enum ticket_answer known;
    } rows[] = {
        { "open", 1, MOMENT_NONE, 0, ANSWER_UNKNOWN },
        { "resolved", 2, 2000, 0, ANSWER_YES },
        { "open again", 3, MOMENT_NONE, 1, ANSWER_YES },
        { "resolved again", 4, 4000, 1, ANSWER_YES },
        { "closed, which says no more", 5, 4000, 1, ANSWER_YES },
    };
    const struct ticket events[] = {
        event(0, 1000, MOMENT_NONE, STATE_OPEN),
        event(10, 2000, 2000, STATE_DONE),
        event(20, 3000, MOMENT_NONE, STATE_OPEN),
        event(30, 4000, 4000, STATE_DONE),
        event(40, 5000, MOMENT_NONE, STATE_DONE),
    };
    struct heap h = HEAP_LIBC;

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(tickets_free) struct tickets *t = tickets_new(&h, false);
        static struct taken got;

        for (size_t k = rows[i].n; k > 0; k--)
            EXPECT(tickets_add(t, &events[k - 1]));
        got.n = 0;
        EXPECT_ROW(rows[i].name, tickets_each(t, take, &got) && got.n == 1);
        EXPECT_ROW(rows[i].name, got.tickets[0].resolved == rows[i].resolved);
        EXPECT_ROW(rows[i].name, got.tickets[0].reopened == rows[i].reopened);
        EXPECT_ROW(rows[i].name, got.tickets[0].reopens_known == rows[i].known);
    }
}

/* [TI2] [TI8] */
TEST(rows_without_a_number_stand_alone_and_far_moments_are_taken_near)
{
    struct heap h = HEAP_LIBC;
    scoped(tickets_free) struct tickets *t = tickets_new(&h, false);
    struct ticket e = TICKET_NONE;
    static struct taken got;

    e.opened = -5;
    e.due = INT64_C(1) << 40;
    e.customer = 5; /* nobody asked for people */
    EXPECT(tickets_add(t, &e) && tickets_add(t, &e) && tickets_count(t) == 2);
    got.n = 0;
    EXPECT(tickets_each(t, take, &got) && got.n == 2);
    EXPECT(got.tickets[1].opened == 1);
    EXPECT(got.tickets[1].due == UINT32_MAX);
    EXPECT(got.tickets[1].customer == 0);
}

TEST(whoever_takes_folded_tickets_may_end_it)
{
    struct heap h = HEAP_LIBC;
    scoped(tickets_free) struct tickets *t = tickets_new(&h, false);
    struct ticket e = TICKET_NONE;
    static struct taken got;

    for (size_t i = 0; i <= EVENTS; i++)
        EXPECT(tickets_add(t, &e));
    got.n = 0;
    EXPECT(!tickets_each(t, take, &got) && got.n == EVENTS);
}

static err fold_many(struct heap *h, void *)
{
    scoped(tickets_free) struct tickets *a = tickets_new(h, true);
    scoped(tickets_free) struct tickets *b = tickets_new(h, true);
    static struct taken got;
    struct ticket e = TICKET_NONE;

    TRY_MEMORY(a != NULL && b != NULL);
    for (uint64_t i = 0; i < 1000; i++) {
        e.number = 1 + i % 2 * (i % EVENTS);
        e.at = i;
        e.person = (uint16_t)(1 + i);
        e.customer = i;
        TRY_MEMORY(tickets_add(i % 3 == 0 ? a : b, &e));
    }
    TRY_MEMORY(tickets_merge(a, b, &none));
    got.n = 0;
    TRY_MEMORY(tickets_each(a, take, &got));
    return OK;
}

TEST(folding_survives_every_failed_allocation)
{
    EXPECT(test_every_allocation_fails(fold_many, NULL, NULL) > 8);
}
