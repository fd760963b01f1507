/* Any tickets, 12 bytes each, however far apart their moments: the screens say
 * the same of them in one turn and in two, and only what can be. [SC2] [SC4] */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "records/hours.h"
#include "records/screens.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { TICKET_BYTES = 12, FIRST = 20000, DAYS = 120 };

/* Near the opening, by a byte; or nothing; or as far as it goes. */
static int64_t moment_of(int64_t opened, uint8_t byte)
{
    if (byte == 0)
        return MOMENT_NONE;
    if (byte == 1)
        return INT64_MAX;
    if (byte == 2)
        return MOMENT_NONE + 1;
    return opened + ((int64_t)byte - 30) * (byte % 3 == 0 ? 60 : 1801);
}

static struct ticket ticket_of(const uint8_t *b, size_t i)
{
    struct ticket t = TICKET_NONE;

    t.at = i * 7;
    t.opened = ((int64_t)FIRST + b[0] % (DAYS + 1)) * 86400 + b[1] * 337;
    t.responded = moment_of(t.opened, b[2]);
    t.arrived = moment_of(t.opened, b[3]);
    t.resolved = moment_of(t.opened, b[4]);
    t.outlet = (uint16_t)(b[5] * 257);
    t.person = b[6];
    t.customer = b[7] * UINT64_C(0x9e3779b97f4a7c15);
    t.phone = b[8] * UINT64_C(0xbf58476d1ce4e5b9);
    t.satisfaction = (int16_t)(b[9] % 8 - 1);
    t.excluded = b[10] == 1 ? ANSWER_YES : ANSWER_UNKNOWN;
    return t;
}

static struct screens *screens_of(struct heap *h,
                                  const struct screens_terms *terms,
                                  const uint8_t *bytes, size_t from, size_t to)
{
    struct screens *s = screens_new(h, terms);

    check(s != NULL);
    for (size_t i = from; i < to; i++) {
        struct ticket t = ticket_of(bytes + i * TICKET_BYTES, i);

        check(screens_add(s, &t));
    }
    return s;
}

static void check_result(const struct screen_result *r, uint64_t tickets)
{
    check(r->seen.k <= r->seen.n && r->concerned <= tickets);
    check(r->status != SCREEN_RAISED ||
          (r->limit > 0 && r->seen.k >= r->limit && r->rows_n > 0));
    check(r->rows_n <= SCREEN_ROWS && r->rows_n <= r->concerned);
    for (size_t i = 1; i < r->rows_n; i++)
        check(r->rows[i - 1] < r->rows[i]);
}

/* Made once: its table is of 84,000 days. */
static const struct hours *hours_once(void)
{
    static struct heap h;
    static struct arena a;
    static struct hours *hours;

    if (hours != NULL)
        return hours;
    h = HEAP_LIBC;
    arena_init(&a, &h, 4 << 20);
    check(!failed(hours_new(&a, &week_usual, NULL, &hours)));
    return hours;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const struct screens_map same;
    static struct screen_result whole[SCREEN_COUNT];
    static struct screen_result parts[SCREEN_COUNT];
    struct heap h = HEAP_LIBC;
    size_t tickets = n / TICKET_BYTES;

    const struct screens_terms terms = { .first = FIRST,
                                         .last = FIRST + DAYS - 1,
                                         .audit = FIRST + DAYS,
                                         .scale_low = 1,
                                         .scale_high = 5,
                                         .hours = hours_once() };
    struct screens *s = screens_of(&h, &terms, bytes, 0, tickets);
    struct screens *left = screens_of(&h, &terms, bytes, 0, tickets / 2);
    struct screens *right = screens_of(&h, &terms, bytes, tickets / 2, tickets);

    check(screens_merge(right, left, &same));
    check(screens_run(s, &h, whole) && screens_run(right, &h, parts));
    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        check_result(&whole[i], screens_tickets(s));
        check(whole[i].status == parts[i].status &&
              whole[i].seen.k == parts[i].seen.k &&
              whole[i].limit == parts[i].limit &&
              whole[i].rows_n == parts[i].rows_n);
        check(memcmp(whole[i].rows, parts[i].rows,
                     whole[i].rows_n * sizeof *whole[i].rows) == 0);
    }
    screens_free(&s);
    screens_free(&left);
    screens_free(&right);
    return 0;
}
