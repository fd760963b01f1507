/*
 * bench/screening -- how long it takes to screen many tickets, and to make
 * them.
 *
 *   build/bench/bench_screening [MILLIONS]        10 unless said
 *
 * One thread.  The maker's rows are written to memory and thrown away.
 */

#include "measure.h"

#include "base/arena.h"
#include "base/heap.h"
#include "records/hours.h"
#include "records/screens.h"
#include "records/test_maker.h"

static void open_hours(struct arena *a, const struct hours **out)
{
    struct calendar *calendar;

    ok(calendar_official(a, &calendar));
    for (size_t i = 0; i < MAKER_WEEKS; i++) {
        struct hours *hours;

        ok(hours_new(a, &maker_weeks[i], calendar, &hours));
        out[i] = hours;
    }
}

static void measure_maker(struct maker *m, uint32_t tickets,
                          const struct hours *const *hours)
{
    static char line[MAKER_LINE_MAX];
    struct ticket t;
    size_t bytes = 0;
    double start = seconds_now();
    double seconds;

    maker_init(m, 1, tickets, hours);
    while (maker_next(m, &t))
        bytes += maker_row(m, &t, true, line);
    seconds = seconds_now() - start;
    tell("screening.tickets", m->made);
    tell("screening.maker_rows_a_second", m->made / seconds);
    tell("screening.bytes_a_row", (double)bytes / m->made);
}

static void measure_screens(struct maker *m, uint32_t tickets,
                            const struct hours *const *hours, struct heap *h)
{
    static struct screen_result out[SCREEN_COUNT];
    struct ticket t;
    struct screens_terms terms;
    struct screens *s;
    double start;

    maker_init(m, 1, tickets, hours);
    terms = maker_terms(m);
    s = screens_new(h, &terms);
    must(s != NULL, "there is no memory");
    start = seconds_of_cpu();
    while (maker_next(m, &t))
        must(screens_add(s, &t), "there is no memory");
    tell("screening.make_and_add_seconds", seconds_of_cpu() - start);
    start = seconds_of_cpu();
    must(screens_run(s, h, out), "there is no memory");
    tell("screening.run_seconds", seconds_of_cpu() - start);
    for (size_t i = 0; i < SCREEN_COUNT; i++)
        must(out[i].status != SCREEN_RAISED, "an honest file is raised");
    screens_free(&s);
}

int main(int argc, char **argv)
{
    static struct maker m;
    const struct hours *hours[MAKER_WEEKS];
    uint32_t tickets =
        (uint32_t)number_of(argc, argv, 1, 100, 10) * UINT32_C(1000000);
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;

    arena_init(&a, &h, 64 << 20);
    open_hours(&a, hours);
    measure_maker(&m, tickets, hours);
    measure_screens(&m, tickets, hours, &h);
    return 0;
}
