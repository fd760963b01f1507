#include "records/screens_parts.h"

#include "base/check.h"
#include "base/heap.h"
#include "records/figures.h"

#include <string.h>

/* --- the table --- */

struct screen_entry {
    str word;
    const char *name;
    const char *says;
    screen_look *look;
};

/* clang-format off */
static const struct screen_entry entries[SCREEN_COUNT] = {
    [SCREEN_ORDER]         = { S_INIT("order"),         "records.screen_order",         "records.screen_order_says",         look_order },
    [SCREEN_BLOCKS]        = { S_INIT("blocks"),        "records.screen_blocks",        "records.screen_blocks_says",        look_blocks },
    [SCREEN_ROUND]         = { S_INIT("round"),         "records.screen_round",         "records.screen_round_says",         look_round },
    [SCREEN_NIGHTS]        = { S_INIT("nights"),        "records.screen_nights",        "records.screen_nights_says",        look_nights },
    [SCREEN_DAYS_OFF]      = { S_INIT("days_off"),      "records.screen_days_off",      "records.screen_days_off_says",      look_days_off },
    [SCREEN_PHONES]        = { S_INIT("phones"),        "records.screen_phones",        "records.screen_phones_says",        look_phones },
    [SCREEN_EVEN_GAPS]     = { S_INIT("even_gaps"),     "records.screen_even_gaps",     "records.screen_even_gaps_says",     look_even_gaps },
    [SCREEN_SAME_DURATION] = { S_INIT("same_duration"), "records.screen_same_duration", "records.screen_same_duration_says", look_same_duration },
    [SCREEN_BURST]         = { S_INIT("burst"),         "records.screen_burst",         "records.screen_burst_says",         look_burst },
    [SCREEN_DIGITS]        = { S_INIT("digits"),        "records.screen_digits",        "records.screen_digits_says",        look_digits },
    [SCREEN_ONE_MARK]      = { S_INIT("one_mark"),      "records.screen_one_mark",      "records.screen_one_mark_says",      look_one_mark },
    [SCREEN_GROUP_MARK]    = { S_INIT("group_mark"),    "records.screen_group_mark",    "records.screen_group_mark_says",    look_group_mark },
    [SCREEN_EVEN_MONTHS]   = { S_INIT("even_months"),   "records.screen_even_months",   "records.screen_even_months_says",   look_even_months },
    [SCREEN_OVERLAP]       = { S_INIT("overlap"),       "records.screen_overlap",       "records.screen_overlap_says",       look_overlap },
};
/* clang-format on */

str screen_word(enum screen screen)
{
    return entries[screen].word;
}

const char *screen_name(enum screen screen)
{
    return entries[screen].name;
}

const char *screen_says(enum screen screen)
{
    return entries[screen].says;
}

/* n times the base rate, rounded up. */
static uint64_t usual_of(const struct screen_result *r)
{
    uint64_t whole = r->seen.n / r->base.n * r->base.k;
    uint64_t rest = r->seen.n % r->base.n;

    /* Cut the fraction so that its product fits; it is shown, not decided. */
    uint64_t k = r->base.k;
    uint64_t n = r->base.n;

    while (n > UINT32_MAX || rest > UINT32_MAX) {
        k = k / 2 + k % 2;
        n /= 2;
        rest /= 2;
    }
    return whole + (rest * k + n - 1) / n;
}

void screen_arguments(const struct screen_result *r,
                      struct err_arg out[static SCREEN_ARGS])
{
    const char *about = r->about == NULL ? "" : r->about;
    str id = { about, strlen(about) };

    out[0] = (struct err_arg)ARG_INT("k", r->seen.k);
    out[1] = (struct err_arg)ARG_INT("n", r->seen.n);
    out[2] = (struct err_arg)ARG_INT("usual", r->base.n > 0 ? usual_of(r) : 0);
    out[3] = (struct err_arg)ARG_INT("limit", r->limit);
    out[4] = (struct err_arg)ARG_IDS("about", id);
    out[5] = (struct err_arg){ 0 };
}

/* --- tickets --- */

struct screens {
    struct heap *heap;
    struct screens_terms terms;
    struct mark *marks;
    size_t n;
    size_t room;
    uint64_t left_out;
};

struct screens *screens_new(struct heap *h, const struct screens_terms *t)
{
    struct screens *s;

    check(t->first >= 0 && t->first <= t->last && t->last < SCREENS_OPENED_MAX);
    check(period_months(t->first, t->last) <= SCREENS_MONTHS_MAX);
    check(t->scale_low <= t->scale_high && t->hours != NULL);
    check(t->scale_high - t->scale_low < MARK_SATISFACTION_NONE);
    s = h->resize(h, NULL, sizeof *s);
    if (s != NULL)
        *s = (struct screens){ .heap = h, .terms = *t };
    return s;
}

void screens_free(struct screens **screens)
{
    struct screens *s = *screens;

    if (s == NULL)
        return;
    s->heap->resize(s->heap, s->marks, 0);
    s->heap->resize(s->heap, s, 0);
    *screens = NULL;
}

static bool room_for(struct screens *s, size_t n)
{
    size_t room = s->room == 0 ? 64 : s->room;
    struct mark *marks;

    check(n <= UINT32_MAX);
    if (n <= s->room)
        return true;
    while (room < n)
        room += room / 2;
    marks = s->heap->resize(s->heap, s->marks, room * sizeof *marks);
    if (marks == NULL)
        return false;
    s->marks = marks;
    s->room = room;
    return true;
}

/* Seconds from the opening on; what is decades away is as good as any. */
static int32_t seconds_after(int64_t moment, int64_t opened)
{
    if (moment == MOMENT_NONE)
        return MARK_SECONDS_NONE;
    if (moment > opened + INT32_MAX)
        return INT32_MAX;
    return moment < opened - INT32_MAX ? -INT32_MAX
                                       : (int32_t)(moment - opened);
}

/* 48 bits of a hash, which tell 10 million apart: two of them are the same in
 * one file of six.  0 stays 0 and nothing else becomes it. */
static uint64_t shorter(uint64_t hash)
{
    uint64_t mixed = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd) >> 16;

    if (hash == 0)
        return 0;
    return mixed == 0 ? 1 : mixed;
}

static bool is_left_out(const struct screens_terms *t, const struct ticket *k)
{
    return k->excluded == ANSWER_YES || k->opened == MOMENT_NONE ||
           k->opened < (int64_t)t->first * SECONDS_OF_DAY ||
           k->opened >= ((int64_t)t->last + 1) * SECONDS_OF_DAY;
}

static uint8_t satisfaction_of(const struct screens_terms *t,
                               const struct ticket *k)
{
    if (k->satisfaction == SATISFACTION_NONE ||
        k->satisfaction < t->scale_low || k->satisfaction > t->scale_high)
        return MARK_SATISFACTION_NONE;
    return (uint8_t)(k->satisfaction - t->scale_low);
}

bool screens_add(struct screens *s, const struct ticket *t)
{
    check(t->at >> 40 == 0);
    if (is_left_out(&s->terms, t)) {
        s->left_out++;
        return true;
    }
    if (!room_for(s, s->n + 1))
        return false;
    s->marks[s->n++] = (struct mark){
        .at = t->at & ((UINT64_C(1) << 40) - 1),
        .satisfaction = satisfaction_of(&s->terms, t),
        .outlet = t->outlet,
        .phone = shorter(t->phone) & ((UINT64_C(1) << 48) - 1),
        .person = t->person,
        .customer = shorter(t->customer) & ((UINT64_C(1) << 48) - 1),
        .opened = (uint32_t)t->opened,
        .responded = seconds_after(t->responded, t->opened),
        .arrived = seconds_after(t->arrived, t->opened),
        .resolved = seconds_after(t->resolved, t->opened),
    };
    return true;
}

static uint32_t mapped(const uint32_t *map, uint32_t number)
{
    return map == NULL ? number : map[number];
}

bool screens_merge(struct screens *s, struct screens *other,
                   const struct screens_map *map)
{
    check(s->terms.first == other->terms.first &&
          s->terms.last == other->terms.last);
    if (!room_for(s, s->n + other->n))
        return false;
    for (size_t i = 0; i < other->n; i++) {
        struct mark m = other->marks[i];

        m.outlet = mapped(map->outlet, m.outlet) & UINT16_MAX;
        m.person = mapped(map->person, m.person) & UINT16_MAX;
        s->marks[s->n++] = m;
    }
    s->left_out += other->left_out;
    other->n = 0;
    return true;
}

uint64_t screens_tickets(const struct screens *s)
{
    return s->n;
}

uint64_t screens_left_out(const struct screens *s)
{
    return s->left_out;
}

/* --- in the order of the file [SC2] --- */

/* Put every mark where its place says, by cycles; `order` is used up. */
static void permute(struct mark *marks, struct sorted *order, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct mark first = marks[i];
        size_t to = i;

        while (order[to].row != i) {
            size_t from = order[to].row;

            marks[to] = marks[from];
            order[to].row = to;
            to = from;
        }
        marks[to] = first;
        order[to].row = to;
    }
}

static bool is_in_order(const struct screening *s)
{
    for (size_t i = 1; i < s->n; i++) {
        if (s->marks[i - 1].at > s->marks[i].at)
            return false;
    }
    return true;
}

static void put_in_order(struct screening *s)
{
    if (is_in_order(s))
        return;
    for (size_t i = 0; i < s->n; i++)
        s->a[i] = (struct sorted){ s->marks[i].at, i };
    permute(s->marks, sorted_by_key(s->a, s->b, s->n, 5), s->n);
}

/* The number of a word in the order in which words come. */
static uint32_t renumber(uint32_t *numbers, uint32_t *n, uint32_t word)
{
    if (word == 0)
        return 0;
    if (numbers[word] == 0)
        numbers[word] = (*n)++;
    return numbers[word];
}

static void number_words(struct screening *s)
{
    s->outlets = s->persons = 1;
    memset(s->tallies[0], 0, WORDS_MAX * sizeof(uint32_t));
    memset(s->tallies[1], 0, WORDS_MAX * sizeof(uint32_t));
    for (size_t i = 0; i < s->n; i++) {
        struct mark *m = &s->marks[i];

        m->outlet =
            renumber(s->tallies[0], &s->outlets, m->outlet) & UINT16_MAX;
        m->person =
            renumber(s->tallies[1], &s->persons, m->person) & UINT16_MAX;
    }
}

/* --- running --- */

static void end(struct screening *s, struct heap *h)
{
    h->resize(h, s->a, 0);
    h->resize(h, s->b, 0);
    h->resize(h, s->keys, 0);
    h->resize(h, s->line, 0);
    h->resize(h, s->flags, 0);
    h->resize(h, s->concerned, 0);
    for (size_t i = 0; i < TALLIES; i++)
        h->resize(h, s->tallies[i], 0);
}

static bool begin(struct screening *s, struct heap *h)
{
    size_t n = s->n + 1; /* room for nothing is none */
    bool good;

    s->a = h->resize(h, NULL, n * sizeof *s->a);
    s->b = h->resize(h, NULL, n * sizeof *s->b);
    s->keys = h->resize(h, NULL, n * sizeof *s->keys);
    s->line = h->resize(h, NULL, n * sizeof *s->line);
    s->flags = h->resize(h, NULL, (n / 64 + 1) * sizeof *s->flags);
    s->concerned = h->resize(h, NULL, (n / 64 + 1) * sizeof *s->concerned);
    good = s->a != NULL && s->b != NULL && s->keys != NULL && s->line != NULL &&
           s->flags != NULL && s->concerned != NULL;
    for (size_t i = 0; i < TALLIES; i++) {
        s->tallies[i] = h->resize(h, NULL, WORDS_MAX * sizeof(uint32_t));
        good = good && s->tallies[i] != NULL;
    }
    return good;
}

static void look(struct screening *s, enum screen screen,
                 struct screen_result *out)
{
    *out = (struct screen_result){ .screen = screen,
                                   .status = SCREEN_CANNOT_TELL };
    concern_none(s);
    if (s->n == 0)
        return;
    entries[screen].look(s, out);
    concern_rows(s, out);
}

bool screens_run(struct screens *screens, struct heap *h,
                 struct screen_result out[static SCREEN_COUNT])
{
    struct screening s = { .terms = &screens->terms,
                           .marks = screens->marks,
                           .n = screens->n };
    bool good = begin(&s, h);

    if (good && s.n > 0) {
        put_in_order(&s);
        number_words(&s);
    }
    for (unsigned i = 0; good && i < SCREEN_COUNT; i++)
        look(&s, (enum screen)i, &out[i]);
    end(&s, h);
    return good;
}
