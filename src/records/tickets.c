/*
 * A ticket is a head and a list of events, latest first, of which each says
 * something that no later one says: an event whose every word is said again
 * later is dropped as it comes, or when the later one comes.  What a set of
 * events leaves does not depend on the order they came in. [TI1]
 */

#include "records/tickets.h"

#include "base/check.h"
#include "base/heap.h"
#include "records/figures.h"

#include <assert.h>
#include <string.h>

enum { NOWHERE = 0 }; /* events are counted from 1 */

/* What an event says, as bits. */
enum {
    SAYS_OUTLET = 1 << 0,
    SAYS_PRODUCT = 1 << 1,
    SAYS_PERSON = 1 << 2,
    SAYS_TRADE = 1 << 3,
    SAYS_SUBJECT = 1 << 4,
    SAYS_RESOLVED = 1 << 5, /* when, or that it is open again */
    SAYS_SATISFACTION = 1 << 6,
    SAYS_KIND = 1 << 7,
    SAYS_STATE = 1 << 8,
    SAYS_CALLED_BACK = 1 << 9,
    SAYS_REACHED = 1 << 10,
    SAYS_PARTS = 1 << 11,
    SAYS_CUSTOMER = 1 << 12,
    SAYS_PHONE = 1 << 13,
    SAYS_UPDATED = 1 << 14,
};

/* 0: it did not come. [TI8] */
typedef uint32_t short_moment;

struct event {
    uint64_t at;
    uint64_t subject;
    short_moment updated;
    short_moment resolved;
    uint32_t earlier; /* the next of its ticket; NOWHERE: the last */
    uint16_t says;
    int16_t satisfaction;
    uint16_t outlet;
    uint16_t product;
    uint16_t person;
    uint8_t trade;
    uint8_t complaint : 2;
    uint8_t repair : 2;
    uint8_t void_kind : 2;
    uint8_t state : 2;
    uint16_t parts_asked;
    uint16_t parts_filled;
    uint8_t called_back;
    uint8_t reached;
};
static_assert(sizeof(struct event) == 48);
static_assert(FIGURES_TRADES_MAX <= UINT8_MAX);

struct who {
    uint64_t customer;
    uint64_t phone;
};

struct head {
    uint64_t number;
    uint64_t at;
    short_moment opened;
    short_moment responded;
    short_moment response_due;
    short_moment arrived;
    short_moment arrival_due;
    short_moment due;
    short_moment done_first; /* when it was written that it is done */
    short_moment open_last;  /* or open */
    uint32_t latest;         /* event */
    uint16_t reopened;
    uint16_t visits;
    bool reopens_known;
};
static_assert(sizeof(struct head) == 64);

struct tickets {
    struct heap *heap;
    bool people;
    struct head *heads; /* n of them */
    struct event *events;
    struct who *who; /* of the events, when `people` */
    uint32_t *slots; /* tickets and one, by number; 0 is free */
    uint32_t n;
    uint32_t room;
    uint32_t numbered;
    uint32_t event_n; /* the one that is nowhere counted too */
    uint32_t event_room;
    uint32_t free; /* an event that is used no more */
    uint32_t slot_n;
};

/* --- memory ------------------------------------------------------------ */

struct tickets *tickets_new(struct heap *h, bool people)
{
    struct tickets *t = h->resize(h, NULL, sizeof *t);

    if (t != NULL)
        *t = (struct tickets){ .heap = h, .people = people, .event_n = 1 };
    return t;
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

static int64_t lengthen(short_moment m)
{
    return m == 0 ? MOMENT_NONE : m;
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
    };
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
    while (*link != NOWHERE) {
        struct event *e = &t->events[*link];

        e->says &= (uint16_t)~said;
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
        e.says &= (uint16_t)~t->events[*link].says;
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
    uint32_t ticket = 0;

    check(event->trade <= FIGURES_TRADES_MAX);
    return find(t, &h, &ticket) && insert(t, ticket, event_of(event), &who);
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

    check(t->people == other->people);
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

/* --- tickets ----------------------------------------------------------- */

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
    if ((e->says & SAYS_SATISFACTION) != 0)
        k->satisfaction = e->satisfaction;
    if ((e->says & SAYS_UPDATED) != 0)
        k->updated = lengthen(e->updated);
}

static void say_more(struct ticket *k, const struct event *e)
{
    if ((e->says & SAYS_KIND) != 0) {
        k->complaint = (enum answer)e->complaint;
        k->repair = (enum answer)e->repair;
        k->void_kind = (enum answer)e->void_kind;
    }
    if ((e->says & SAYS_STATE) != 0)
        k->state = (enum ticket_state)e->state;
    if ((e->says & SAYS_CALLED_BACK) != 0)
        k->called_back = (enum answer)e->called_back;
    if ((e->says & SAYS_REACHED) != 0)
        k->reached = (enum answer)e->reached;
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
