#include "service/records_places.h"

#include "base/check.h"
#include "base/heap.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_ROOM = 64,
    IN_PART_BITS = 24,
    NO_MONTH = 255,
    DAYS_MAX = FIGURES_MONTHS_MAX * 31,
    DAY_SECONDS = 86400,
};
static_assert((int)FIGURES_MONTHS_MAX < (int)NO_MONTH);

#define IN_PART_END (UINT64_C(1) << IN_PART_BITS)

struct part {
    uint64_t at;
    uint64_t n;
    uint64_t lines;
    uint32_t first; /* of its rows, */
    uint32_t rows;  /* and how many */
};

struct row {
    uint64_t at : IN_PART_BITS; /* in its part, as the next */
    uint64_t lines : IN_PART_BITS;
    uint64_t month : 8;
    uint64_t trade : 7;
    uint64_t : 1;
    uint16_t outlet;
    uint16_t product;
    uint16_t person;
    uint16_t : 16;
};
static_assert(sizeof(struct row) == 16);

struct places {
    struct heap *heap;
    day from; /* the first of the period's first month */
    uint32_t days;
    struct part *parts;
    size_t parts_n;
    size_t parts_room;
    struct row *rows;
    size_t rows_n;
    size_t rows_room;
    uint32_t most;
    bool many; /* rows are not kept [PL2] */
    uint8_t month_of_day[DAYS_MAX];
};

/* --- beginning ---------------------------------------------------------- */

/* [PL4] */
static void fill_months(struct places *p, day first, day last)
{
    struct date from = date_of_day(first);
    int32_t begin = period_month(first);
    int32_t end = period_month(last);

    p->from = first - from.mday + 1;
    for (day d = p->from; p->days < DAYS_MAX; d++) {
        int32_t month = period_month(d);

        if (month > end)
            return;
        p->month_of_day[p->days++] = (uint8_t)(month - begin);
    }
}

struct places *places_new(struct heap *h, day first, day last, uint32_t most)
{
    struct places *p = h->resize(h, NULL, sizeof *p);

    check(first <= last && period_months(first, last) <= FIGURES_MONTHS_MAX);
    check(most >= 1);
    if (p == NULL)
        return NULL;
    memset(p, 0, sizeof *p); /* too large for a literal */
    p->heap = h;
    p->most = most;
    fill_months(p, first, last);
    return p;
}

void places_free(struct places **p)
{
    struct places *x = *p;

    if (x == NULL)
        return;
    x->parts = x->heap->resize(x->heap, x->parts, 0);
    x->rows = x->heap->resize(x->heap, x->rows, 0);
    *p = x->heap->resize(x->heap, x, 0);
}

/* --- while it is read --------------------------------------------------- */

static bool room_for(struct heap *h, void **p, size_t *room, size_t n,
                     size_t size)
{
    size_t more = *room == 0 ? FIRST_ROOM : *room;
    void *grown;

    if (n <= *room)
        return true;
    while (more < n)
        more *= 2;
    grown = h->resize(h, *p, more * size);
    if (grown == NULL)
        return false;
    *p = grown;
    *room = more;
    return true;
}

static bool room_for_parts(struct places *p, size_t n)
{
    void *parts = p->parts;
    bool good = room_for(p->heap, &parts, &p->parts_room, n, sizeof *p->parts);

    p->parts = parts;
    return good;
}

/* There is room for n rows; or there are too many. */
static bool room_for_rows(struct places *p, size_t n)
{
    void *rows = p->rows;
    bool good;

    if (n > p->most) {
        p->rows = p->heap->resize(p->heap, p->rows, 0);
        p->rows_n = 0;
        p->many = true;
        return true;
    }
    good = room_for(p->heap, &rows, &p->rows_room, n, sizeof *p->rows);
    p->rows = rows;
    return good;
}

bool places_part(struct places *p, const struct pass_part *part)
{
    if (!room_for_parts(p, p->parts_n + 1))
        return false;
    p->parts[p->parts_n++] = (struct part){
        .at = part->at,
        .n = part->raw.n,
        .lines = part->lines,
        .first = (uint32_t)p->rows_n,
    };
    return true;
}

bool places_keeps(const struct places *p)
{
    return !p->many;
}

static uint8_t month_of(const struct places *p, int64_t opened)
{
    int64_t n;

    if (opened < 0) /* MOMENT_NONE too */
        return NO_MONTH;
    n = opened / DAY_SECONDS - p->from;
    return n >= 0 && n < p->days ? p->month_of_day[n] : NO_MONTH;
}

bool places_row(struct places *p, const struct ticket *t, uint64_t at,
                uint64_t lines)
{
    check(at < IN_PART_END && lines < IN_PART_END);
    if (!room_for_rows(p, p->rows_n + 1))
        return false;
    if (p->many)
        return true;
    p->rows[p->rows_n++] = (struct row){
        .at = at & (IN_PART_END - 1),
        .lines = lines & (IN_PART_END - 1),
        .month = month_of(p, t->opened),
        .trade = (uint32_t)t->trade & FIGURES_TRADES_MAX,
        .outlet = t->outlet,
        .product = t->product,
        .person = t->person,
    };
    p->parts[p->parts_n - 1].rows++;
    return true;
}

/* --- merging ------------------------------------------------------------ */

static uint32_t mapped(const uint32_t *map, uint32_t number)
{
    return map == NULL ? number : map[number];
}

static struct row map_row(struct row r, const struct figures_map *map)
{
    r.outlet = mapped(map->outlet, r.outlet) & UINT16_MAX;
    r.product = mapped(map->product, r.product) & UINT16_MAX;
    r.person = mapped(map->person, r.person) & UINT16_MAX;
    r.trade = mapped(map->trade, r.trade) & FIGURES_TRADES_MAX;
    return r;
}

static void merge_rows(struct places *p, const struct places *other,
                       const struct figures_map *map)
{
    for (size_t i = 0; i < other->rows_n; i++)
        p->rows[p->rows_n + i] = map_row(other->rows[i], map);
}

bool places_merge(struct places *p, const struct places *other,
                  const struct figures_map *map)
{
    bool many = p->many || other->many;
    uint32_t first = (uint32_t)p->rows_n;

    if (!room_for_parts(p, p->parts_n + other->parts_n) ||
        !room_for_rows(p,
                       many ? (size_t)p->most + 1 : p->rows_n + other->rows_n))
        return false;
    for (size_t i = 0; i < other->parts_n; i++) {
        p->parts[p->parts_n + i] = other->parts[i];
        p->parts[p->parts_n + i].first += first;
    }
    p->parts_n += other->parts_n;
    if (p->many)
        return true;
    merge_rows(p, other, map);
    p->rows_n += other->rows_n;
    return true;
}

/* --- in order [PL3] ----------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const struct part *x = a;
    const struct part *y = b;

    return (x->at > y->at) - (x->at < y->at);
}

/* Rows as their parts stand, in no more room than they need. */
static bool order_rows(struct places *p)
{
    struct row *rows = p->heap->resize(p->heap, NULL, p->rows_n * sizeof *rows);
    size_t n = 0;

    if (rows == NULL)
        return false;
    for (size_t i = 0; i < p->parts_n; i++) {
        struct part *part = &p->parts[i];

        memcpy(rows + n, p->rows + part->first, part->rows * sizeof *rows);
        part->first = (uint32_t)n;
        n += part->rows;
    }
    p->rows = p->heap->resize(p->heap, p->rows, 0);
    p->rows = rows;
    p->rows_room = p->rows_n;
    return true;
}

bool places_close(struct places *p)
{
    if (p->parts_n > 0)
        qsort(p->parts, p->parts_n, sizeof *p->parts, by_place);
    return p->many || p->rows_n == 0 || order_rows(p);
}

/* --- parts -------------------------------------------------------------- */

size_t places_parts(const struct places *p)
{
    return p->parts_n;
}

struct place_found places_part_of(const struct places *p, size_t part)
{
    check(part < p->parts_n);
    const struct part *x = &p->parts[part];

    return (struct place_found){ x->at, x->n, x->lines };
}

/* The last part that `begins` says has begun; parts_n: none. */
static size_t last_part(const struct places *p, uint64_t what,
                        bool (*begins)(const struct part *part, uint64_t what))
{
    size_t low = 0;
    size_t high = p->parts_n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (begins(&p->parts[middle], what))
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : p->parts_n;
}

static bool begins_at(const struct part *part, uint64_t at)
{
    return part->at <= at;
}

static bool begins_line(const struct part *part, uint64_t line)
{
    return part->lines < line;
}

size_t places_part_at(const struct places *p, uint64_t at)
{
    size_t i = last_part(p, at, begins_at);

    return i < p->parts_n && at - p->parts[i].at < p->parts[i].n ? i
                                                                 : p->parts_n;
}

size_t places_part_line(const struct places *p, uint64_t line)
{
    return last_part(p, line, begins_line);
}

/* --- rows --------------------------------------------------------------- */

/* The first row of a part that is not before this offset, or these line
 * ends. */
static size_t row_from(const struct places *p, const struct part *part,
                       uint64_t at, uint64_t lines)
{
    size_t low = part->first;
    size_t high = low + part->rows;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (p->rows[middle].at < at || p->rows[middle].lines < lines)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct place_found found_row(const struct places *p,
                                    const struct part *part, size_t i)
{
    const struct row *r = &p->rows[i];
    bool last = i + 1 == (size_t)part->first + part->rows;
    uint64_t end = last ? part->n : (uint64_t)r[1].at;

    return (struct place_found){ part->at + r->at, end - r->at,
                                 part->lines + r->lines };
}

static bool is_in(const struct part *part, size_t row)
{
    return row < (size_t)part->first + part->rows;
}

bool places_at(const struct places *p, uint64_t at, struct place_found *out)
{
    size_t i = places_part_at(p, at);

    if (p->many || i == p->parts_n)
        return false;
    const struct part *part = &p->parts[i];
    size_t row = row_from(p, part, at - part->at, 0);
    if (!is_in(part, row) || p->rows[row].at != at - part->at)
        return false;
    *out = found_row(p, part, row);
    return true;
}

bool places_line(const struct places *p, uint64_t line, struct place_found *out)
{
    size_t i = places_part_line(p, line);

    if (p->many || i == p->parts_n)
        return false;
    const struct part *part = &p->parts[i];
    uint64_t lines = line - 1 - part->lines;
    size_t row = row_from(p, part, 0, lines);
    if (!is_in(part, row) || p->rows[row].lines != lines)
        return false;
    *out = found_row(p, part, row);
    return true;
}

static uint32_t number_of(const struct row *r, enum figure_group kind)
{
    switch (kind) {
    case GROUP_OUTLET:
    case GROUP_OUTLET_MONTH: return r->outlet;
    case GROUP_PRODUCT: return r->product;
    case GROUP_PERSON: return r->person;
    case GROUP_TRADE: return (uint32_t)r->trade;
    case GROUP_WHOLE:
    case GROUP_MONTH:
    case GROUP_COUNT: break;
    }
    return 0;
}

static bool is_of(const struct row *r, const struct place_group *g)
{
    bool by_month = g->kind == GROUP_MONTH || g->kind == GROUP_OUTLET_MONTH;
    bool by_word = g->kind != GROUP_WHOLE && g->kind != GROUP_MONTH;

    return (!by_month || r->month == g->month) &&
           (!by_word || number_of(r, g->kind) == g->number);
}

size_t places_group(const struct places *p, const struct place_group *g,
                    uint64_t after, struct place_found *out, size_t most)
{
    size_t i = places_part_line(p, after + 1);
    size_t n = 0;

    check(!p->many);
    for (i = i < p->parts_n ? i : 0; i < p->parts_n; i++) {
        const struct part *part = &p->parts[i];
        uint64_t lines = after > part->lines ? after - part->lines : 0;
        size_t end = (size_t)part->first + part->rows;

        for (size_t row = row_from(p, part, 0, lines); row < end; row++) {
            if (!is_of(&p->rows[row], g))
                continue;
            if (n == most)
                return n;
            out[n++] = found_row(p, part, row);
        }
    }
    return n;
}
