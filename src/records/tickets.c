/* How events come in, and are dropped or kept. */

#include "records/tickets_parts.h"

#include "base/check.h"
#include "base/heap.h"

#include <string.h>

/* --- memory ------------------------------------------------------------ */

struct tickets *tickets_new(struct heap *h, bool people)
{
    struct tickets *t = h->resize(h, NULL, sizeof *t);

    if (t != NULL)
        *t = (struct tickets){ .heap = h, .people = people, .event_n = 1 };
    return t;
}

void tickets_by_state(struct tickets *t)
{
    check(t->n == 0);
    t->by_state = true;
}

void tickets_free(struct tickets **tickets)
{
    struct tickets *t = *tickets;

    if (t == NULL)
        return;
    t->heap->resize(t->heap, t->heads, 0);
    t->heap->resize(t->heap, t->events, 0);
    t->heap->resize(t->heap, t->who, 0);
    t->heap->resize(t->heap, t->slots, 0);
    t->heap->resize(t->heap, t, 0);
    *tickets = NULL;
}

static bool room_for_ticket(struct tickets *t)
{
    size_t room = t->room == 0 ? 256 : (size_t)t->room * 2;
    struct head *heads;

    if (t->n < t->room)
        return true;
    check(room < UINT32_MAX);
    heads = t->heap->resize(t->heap, t->heads, room * sizeof *heads);
    if (heads == NULL)
        return false;
    t->heads = heads;
    t->room = (uint32_t)room;
    return true;
}

static bool room_for_event(struct tickets *t)
{
    size_t room = t->event_room == 0 ? 256 : (size_t)t->event_room * 2;
    struct event *events;
    struct who *who;

    if (t->free != NOWHERE || t->event_n < t->event_room)
        return true;
    check(room < UINT32_MAX);
    events = t->heap->resize(t->heap, t->events, room * sizeof *events);
    if (events == NULL)
        return false;
    t->events = events;
    if (t->people) {
        who = t->heap->resize(t->heap, t->who, room * sizeof *who);
        if (who == NULL)
            return false;
        t->who = who;
    }
    t->event_room = (uint32_t)room;
    return true;
}

/* The numbers are hashes, but not of such that all of their bits are good. */
static uint32_t slot_of(uint64_t number, uint32_t slot_n)
{
    return (uint32_t)(number * UINT64_C(0x9e3779b97f4a7c15) >> 32) &
           (slot_n - 1);
}

static void enter(struct tickets *t, uint32_t ticket)
{
    uint32_t at = slot_of(t->heads[ticket].number, t->slot_n);

    while (t->slots[at] != 0)
        at = (at + 1) & (t->slot_n - 1);
    t->slots[at] = ticket + 1;
}

/* At most three of four slots are taken. */
static bool room_for_number(struct tickets *t)
{
    size_t n = t->slot_n == 0 ? 512 : (size_t)t->slot_n * 2;
    uint32_t *slots;

    if ((uint64_t)t->numbered * 4 < (uint64_t)t->slot_n * 3)
        return true;
    check(n < UINT32_MAX);
    slots = t->heap->resize(t->heap, NULL, n * sizeof *slots);
    if (slots == NULL)
        return false;
    memset(slots, 0, n * sizeof *slots);
    t->heap->resize(t->heap, t->slots, 0);
    t->slots = slots;
    t->slot_n = (uint32_t)n;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->heads[i].number != 0)
            enter(t, i);
    }
    return true;
}

/* --- moments and heads --------------------------------------------------- */

/* [TI8] */
static short_moment shorten(int64_t moment)
{
    if (moment == MOMENT_NONE)
        return 0;
    if (moment < 1)
        return 1;
    return moment > UINT32_MAX ? UINT32_MAX : (short_moment)moment;
}

static short_moment earlier_of(short_moment a, short_moment b)
{
    if (a == 0 || b == 0)
        return a + b;
    return a < b ? a : b;
}

static uint16_t more_of(uint16_t a, uint16_t b)
{
    return a > b ? a : b;
}

/* [TI3] [TI4] */
static void join_heads(struct head *into, const struct head *h)
{
    into->at = into->at < h->at ? into->at : h->at;
    into->opened = earlier_of(into->opened, h->opened);
    into->responded = earlier_of(into->responded, h->responded);
    into->response_due = earlier_of(into->response_due, h->response_due);
    into->arrived = earlier_of(into->arrived, h->arrived);
    into->arrival_due = earlier_of(into->arrival_due, h->arrival_due);
    into->due = earlier_of(into->due, h->due);
    into->done_first = earlier_of(into->done_first, h->done_first);
    if (h->open_last > into->open_last)
        into->open_last = h->open_last;
    into->reopened = more_of(into->reopened, h->reopened);
    into->visits = more_of(into->visits, h->visits);
    into->reopens_known = into->reopens_known || h->reopens_known;
}

static struct head head_of(const struct ticket *k)
{
    short_moment updated = shorten(k->updated);

    return (struct head){
        .number = k->number,
        .at = k->at,
        .opened = shorten(k->opened),
        .responded = shorten(k->responded),
        .response_due = shorten(k->response_due),
        .arrived = shorten(k->arrived),
        .arrival_due = shorten(k->arrival_due),
        .due = shorten(k->due),
        .done_first = k->state == STATE_DONE ? updated : 0,
        .open_last = k->state == STATE_OPEN ? updated : 0,
        .reopened = k->reopened,
        .visits = k->visits,
        .reopens_known = k->reopens_known == ANSWER_YES,
    };
}

/* The ticket of a number, new or known; false: no memory. [TI2] */
static bool find(struct tickets *t, const struct head *h, uint32_t *out)
{
    if (!room_for_ticket(t) || !room_for_number(t))
        return false;
    for (uint32_t at = slot_of(h->number, t->slot_n);
         h->number != 0 && t->slots[at] != 0; at = (at + 1) & (t->slot_n - 1)) {
        *out = t->slots[at] - 1;
        if (t->heads[*out].number != h->number)
            continue;
        join_heads(&t->heads[*out], h);
        return true;
    }
    t->heads[t->n] = *h;
    t->heads[t->n].latest = NOWHERE;
    *out = t->n++;
    if (h->number != 0) {
        t->numbered++;
        enter(t, *out);
    }
    return true;
}

/* --- events ------------------------------------------------------------ */

static unsigned when(bool condition, unsigned bit)
{
    return condition ? bit : 0;
}

static uint16_t said_by(const struct ticket *k)
{
    bool resolution = k->resolved != MOMENT_NONE || k->state == STATE_OPEN;
    bool kind = k->complaint != ANSWER_UNKNOWN || k->repair != ANSWER_UNKNOWN ||
                k->void_kind != ANSWER_UNKNOWN;
    unsigned bits =
        when(k->outlet != 0, SAYS_OUTLET) |
        when(k->product != 0, SAYS_PRODUCT) |
        when(k->person != 0, SAYS_PERSON) | when(k->trade != 0, SAYS_TRADE) |
        when(k->subject != 0, SAYS_SUBJECT) | when(resolution, SAYS_RESOLVED) |
        when(k->satisfaction != SATISFACTION_NONE, SAYS_SATISFACTION) |
        when(kind, SAYS_KIND) | when(k->state != STATE_UNKNOWN, SAYS_STATE) |
        when(k->called_back != ANSWER_UNKNOWN, SAYS_CALLED_BACK) |
        when(k->reached != ANSWER_UNKNOWN, SAYS_REACHED) |
        when(k->parts_asked != 0, SAYS_PARTS) |
        when(k->customer != 0, SAYS_CUSTOMER) |
        when(k->phone != 0, SAYS_PHONE) |
        when(k->said_in_time != ANSWER_UNKNOWN, SAYS_IN_TIME) |
        when(k->updated != MOMENT_NONE, SAYS_UPDATED);

    return (uint16_t)bits;
}

static struct event event_of(const struct ticket *k)
{
    return (struct event){
        .at = k->at,
        .subject = k->subject,
        .updated = shorten(k->updated),
        .resolved = shorten(k->resolved),
        .says = said_by(k),
        .satisfaction = k->satisfaction,
        .outlet = k->outlet,
        .product = k->product,
        .person = k->person,
        .trade = (uint8_t)k->trade,
        .complaint = k->complaint & 3U,
        .repair = k->repair & 3U,
        .void_kind = k->void_kind & 3U,
        .state = k->state & 3U,
        .parts_asked = k->parts_asked,
        .parts_filled = k->parts_filled,
        .called_back = (uint8_t)k->called_back,
        .reached = (uint8_t)k->reached,
        .said_in_time = (uint8_t)k->said_in_time,
        .hundredths = (uint8_t)k->hundredths,
    };
}

/* What it says of the resolution, where only its state does. [TI9] */
static void resolve_by_state(struct event *e)
{
    bool done = e->state == STATE_DONE && e->updated != 0;

    e->resolved = done ? e->updated : 0;
    e->says &= (uint16_t)~SAYS_RESOLVED;
    if (done || e->state == STATE_OPEN)
        e->says |= SAYS_RESOLVED;
}

/* What nothing that is said later takes back. */
static uint16_t kept(const struct tickets *t)
{
    return t->by_state ? SAYS_RESOLVED : 0;
}

static bool is_later(const struct event *a, const struct event *b)
{
    return a->updated != b->updated ? a->updated > b->updated : a->at > b->at;
}

static uint32_t take_event(struct tickets *t)
{
    uint32_t at = t->free;

    if (at == NOWHERE)
        return t->event_n++;
    t->free = t->events[at].earlier;
    return at;
}

/* All earlier events of the list lose what is said after them; those that have
 * nothing left to say leave it. */
static void forget(struct tickets *t, uint32_t *link, uint16_t said)
{
    uint16_t lost = said & (uint16_t)~kept(t);

    while (*link != NOWHERE) {
        struct event *e = &t->events[*link];

        e->says &= (uint16_t)~lost;
        if (e->says != 0) {
            link = &e->earlier;
            continue;
        }

        uint32_t at = *link;
        *link = e->earlier;
        e->earlier = t->free;
        t->free = at;
    }
}

static bool insert(struct tickets *t, uint32_t ticket, struct event e,
                   const struct who *who)
{
    if (!t->people)
        e.says &= (uint16_t) ~(SAYS_CUSTOMER | SAYS_PHONE);
    if (!room_for_event(t))
        return false;

    uint32_t *link = &t->heads[ticket].latest;
    while (*link != NOWHERE && is_later(&t->events[*link], &e)) {
        e.says &= (uint16_t)~t->events[*link].says | (e.says & kept(t));
        link = &t->events[*link].earlier;
    }
    if (e.says == 0)
        return true;

    forget(t, link, e.says);
    uint32_t at = take_event(t);
    e.earlier = *link;
    t->events[at] = e;
    if (t->people)
        t->who[at] = *who;
    *link = at;
    return true;
}

bool tickets_add(struct tickets *t, const struct ticket *event)
{
    const struct who who = { event->customer, event->phone };
    struct head h = head_of(event);
    struct event e = event_of(event);
    uint32_t ticket = 0;

    check(event->trade <= FIGURES_TRADES_MAX);
    if (t->by_state)
        resolve_by_state(&e);
    return find(t, &h, &ticket) && insert(t, ticket, e, &who);
}

/* --- merging ----------------------------------------------------------- */

static uint16_t mapped(const uint32_t *map, uint16_t number)
{
    return map == NULL ? number : (uint16_t)map[number];
}

static struct event map_event(const struct event *e,
                              const struct figures_map *map)
{
    struct event m = *e;

    m.outlet = mapped(map->outlet, m.outlet);
    m.product = mapped(map->product, m.product);
    m.person = mapped(map->person, m.person);
    m.trade = (uint8_t)mapped(map->trade, m.trade);
    return m;
}

bool tickets_merge(struct tickets *t, const struct tickets *other,
                   const struct figures_map *map)
{
    static const struct who nobody;

    check(t->people == other->people && t->by_state == other->by_state);
    for (uint32_t i = 0; i < other->n; i++) {
        uint32_t ticket = 0;

        if (!find(t, &other->heads[i], &ticket))
            return false;
        for (uint32_t at = other->heads[i].latest; at != NOWHERE;
             at = other->events[at].earlier) {
            const struct who *who = other->people ? &other->who[at] : &nobody;

            if (!insert(t, ticket, map_event(&other->events[at], map), who))
                return false;
        }
    }
    return true;
}
