/* Any bytes as the text of a calendar: refused and nothing known, or years
 * that count as day.h says. */

#include "base/arena.h"
#include "base/check.h"
#include "base/day.h"
#include "base/heap.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_year(const struct calendar *c, int32_t year)
{
    bool known = calendar_source(c, year).n > 0;
    int32_t work = 0;
    day d = 0;
    day last = 0;

    check(day_of_date((struct date){ year, 1, 1 }, &d));
    check(day_of_date((struct date){ year, 12, 31 }, &last));
    for (; d <= last; d++) {
        bool says_known = !known;
        bool is_work = calendar_workday(c, d, &says_known);

        check(says_known == known);
        /* A day that is not as its weekday has a name. */
        check(is_work == (day_weekday(d) < 5) || calendar_name(c, d).n > 0);
        work += is_work;
    }
    if (work == 0 || year == YEAR_MIN)
        return;

    /* Counting from the eve agrees with counting one by one. */
    check(day_of_date((struct date){ year - 1, 12, 31 }, &d));
    struct deadline end = span_end(c, d, (struct span){ work, SPAN_WORKDAYS });
    check(date_of_day(end.on).year == year && end.provisional == !known);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct calendar *c = NULL;
    int32_t first;
    int32_t last;

    arena_init(&a, &h, 16 << 20);
    if (failed(calendar_new(&a, &c)))
        return 0;
    err e = calendar_read(c, &a, S("fuzz"), (str){ (const char *)bytes, n });
    calendar_years(c, &first, &last);
    check(failed(e) == (first == 0));
    for (int32_t year = first; year != 0 && year <= last; year++)
        check_year(c, year);
    return 0;
}
