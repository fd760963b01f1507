/* Tickets whose resolution only their states tell. [TI9] */

#include "records/tickets.h"

#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"
#include "records/figures.h"

enum { TICKETS = 200, EVENTS = 12, DEALT = TICKETS * EVENTS };

static struct ticket event(uint64_t number, uint64_t at, int64_t updated,
                           enum ticket_state state)
{
    struct ticket t = TICKET_NONE;

    t.number = number;
    t.at = at;
    t.opened = 500;
    t.updated = updated;
    t.state = state;
    return t;
}

struct taken {
    struct ticket tickets[TICKETS];
    size_t n;
};

static bool take(void *into, const struct ticket *t)
{
    struct taken *taken = into;

    taken->tickets[taken->n++] = *t;
    return true;
}

TEST(a_ticket_is_resolved_with_the_first_event_that_has_it_done)
{
    static const struct {
        const char *name;
        size_t n;
        int64_t resolved;
    } rows[] = {
        { "open", 1, MOMENT_NONE },
        { "done", 2, 2000 },
        { "closed, which says no more", 3, 2000 },
        { "open again", 4, MOMENT_NONE },
        { "of a state nobody knows", 5, MOMENT_NONE },
        { "done again", 6, 6000 },
        { "and closed", 7, 6000 },
        { "done, and nobody says when", 8, 6000 },
    };
    const struct ticket events[] = {
        event(7, 0, 1000, STATE_OPEN),
        event(7, 10, 2000, STATE_DONE),
        event(7, 20, 3000, STATE_DONE),
        event(7, 30, 4000, STATE_OPEN),
        event(7, 40, 5000, STATE_UNKNOWN),
        event(7, 50, 6000, STATE_DONE),
        event(7, 60, 7000, STATE_DONE),
        event(7, 70, MOMENT_NONE, STATE_DONE),
    };
    struct heap h = HEAP_LIBC;

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (int backwards = 0; backwards < 2; backwards++) {
            scoped(tickets_free) struct tickets *t = tickets_new(&h, false);
            static struct taken got;

            tickets_by_state(t);
            for (size_t k = 0; k < rows[i].n; k++)
                EXPECT(tickets_add(
                    t, &events[backwards == 1 ? rows[i].n - 1 - k : k]));
            got.n = 0;
            EXPECT_ROW(rows[i].name, tickets_each(t, take, &got) && got.n == 1);
            EXPECT_ROW(rows[i].name,
                       got.tickets[0].resolved == rows[i].resolved);
        }
    }
}

/* What docs/kpi.md says, one ticket after the other; events in their order. */
static int64_t resolved_plainly(const struct ticket *events, uint64_t number)
{
    int64_t resolved = MOMENT_NONE;

    for (size_t i = 0; i < DEALT; i++) {
        const struct ticket *e = &events[i];

        if (e->number != number)
            continue;
        if (e->state == STATE_OPEN)
            resolved = MOMENT_NONE;
        if (e->state == STATE_DONE && resolved == MOMENT_NONE)
            resolved = e->updated;
    }
    return resolved;
}

/* [TI1] [property] Shuffled, dealt to three, merged. */
TEST(a_resolution_by_state_does_not_depend_on_the_order_of_events)
{
    static const struct figures_map none = { 0 };
    static struct ticket events[DEALT];
    static struct ticket shuffled[DEALT];
    static struct taken got;
    struct test_random r = { TEST_SEED };
    struct heap h = HEAP_LIBC;
    struct tickets *t[3];

    for (size_t i = 0; i < DEALT; i++) {
        uint64_t state = test_random_below(&r, 3); /* STATE_UNKNOWN .. */

        events[i] = event(1 + test_random_below(&r, TICKETS), i,
                          1000 + (int64_t)i, (enum ticket_state)state);
        shuffled[i] = events[i];
    }
    for (size_t i = DEALT - 1; i > 0; i--) {
        size_t k = (size_t)test_random_below(&r, i + 1);
        struct ticket was = shuffled[i];

        shuffled[i] = shuffled[k];
        shuffled[k] = was;
    }
    for (size_t i = 0; i < COUNT(t); i++) {
        t[i] = tickets_new(&h, false);
        tickets_by_state(t[i]);
    }
    for (size_t i = 0; i < DEALT; i++)
        EXPECT(tickets_add(t[test_random_below(&r, COUNT(t))], &shuffled[i]));
    EXPECT(tickets_merge(t[2], t[0], &none));
    EXPECT(tickets_merge(t[2], t[1], &none));
    got.n = 0;
    EXPECT(tickets_each(t[2], take, &got) && got.n > TICKETS - 10);
    for (size_t i = 0; i < got.n; i++)
        EXPECT(got.tickets[i].resolved ==
               resolved_plainly(events, got.tickets[i].number));
    for (size_t i = 0; i < COUNT(t); i++)
        tickets_free(&t[i]);
}
