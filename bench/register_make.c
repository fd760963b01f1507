/*
 * bench/register_make -- certificates to measure by, as `tenstar register
 * import` takes them: a CSV of 12 columns, about 300 bytes a row, the same for
 * the same seed.
 *
 *   build/bench/bench_register_make ROWS [SEED] >FILE
 *
 * As the public register stood at the end of 2024: 3.8 certificates for each
 * organisation, the first of them with the most; 600 bodies, of which some
 * issue far more than others and each numbers its own in turn; one in twelve is
 * suspended, withdrawn, cancelled or has run out.  Names are those of names.h,
 * by ENTERPRISES where a list of real ones is at hand.
 */

#include "measure.h"
#include "names.h"

#include "base/arena.h"
#include "base/day.h"
#include "base/heap.h"
#include "base/size.h"
#include "codec/idcode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS_MOST = 100000000,
    ORGANISATIONS_IN_11 = 42, /* certificates for so many organisations .. */
    ELEVEN = 11,              /* .. as these */
    BODIES = 600,
    YEARS = 3,
    FIRST_YEAR = 22,
    FIRST_DAY = 18993, /* 2022-01-01 */
    YEAR_DAYS = 365,
    VALID_DAYS = 1095,
    TODAY = 20089, /* 2025-01-01: those days are over */
    CHANGED = 12,  /* one in so many */
    ROOM = 1 << 20,
    USCC = 18,
};

struct kind {
    const char *letter;
    const char *criterion;
};

static const struct kind kinds[] = {
    { "Q", "GB/T 19001-2016" },  { "E", "GB/T 24001-2016" },
    { "S", "GB/T 45001-2020" },  { "EN", "GB/T 23331-2020" },
    { "SC", "GB/T 27922-2011" }, { "IS", "GB/T 22080-2016" },
    { "F", "GB/T 22000-2006" },  { "H", "GB/T 27341-2009" },
};

static const char *const trades[] = { "C38", "F52", "G54", "I65",
                                      "K70", "L72", "M74", "O81" };

struct making {
    const struct made_names *names;
    uint64_t random;
    uint32_t serials[BODIES][YEARS];
    char room[ROOM];
    size_t used;
};

static void put(struct making *m, const char *p, size_t n)
{
    if (m->used + n > sizeof m->room) {
        must(fwrite(m->room, 1, m->used, stdout) == m->used, "write");
        m->used = 0;
    }
    memcpy(m->room + m->used, p, n);
    m->used += n;
}

/* The first have far more than the others. */
static uint32_t uneven(struct making *m, uint32_t n)
{
    uint64_t x = names_draw(&m->random, 1U << 16);

    return (uint32_t)(x * x * n >> 32);
}

/* The code of organisation `i`: places 9 to 17 keep their own rule as well. */
static void code_of(uint32_t i, char out[static USCC + 1])
{
    (void)snprintf(out, USCC + 1, "9%d%04d00%08u", (int)(i % 5) + 1,
                   (int)(1100 + i % 5000), i + 10000000U);
    out[16] = idcode_organisation_check((str){ out + 8, 8 });
    out[17] = idcode_uscc_check((str){ out, 17 });
    out[18] = '\0';
}

static void put_status(struct making *m, day from, day until)
{
    static const char *const changed[] = { "suspended", "withdrawn",
                                           "cancelled" };
    char text[DAY_TEXT];
    char line[64];
    int n = 0;

    if (until < TODAY)
        n = snprintf(line, sizeof line, "expired,\r\n");
    else if (names_draw(&m->random, CHANGED) == 0)
        n = snprintf(line, sizeof line, "%s,%s\r\n",
                     changed[names_draw(&m->random, COUNT(changed))],
                     day_text(from + 30, text).p);
    else
        n = snprintf(line, sizeof line, "valid,\r\n");
    put(m, line, (size_t)n);
}

static void put_row(struct making *m)
{
    uint32_t i = uneven(m, (uint32_t)m->names->n);
    uint32_t body = uneven(m, BODIES);
    uint32_t year = names_draw(&m->random, YEARS);
    const struct kind *k = &kinds[uneven(m, COUNT(kinds))];
    day from = FIRST_DAY + (day)(year * YEAR_DAYS) +
               (day)names_draw(&m->random, YEAR_DAYS);
    day until = from + VALID_DAYS - 1;
    str name = m->names->documents[i].name;
    char days[2][DAY_TEXT];
    char code[USCC + 1];
    char line[200];

    code_of(i, code);
    int n = snprintf(line, sizeof line, "%03u%02u%s%05uR%uM,", body,
                     FIRST_YEAR + year, k->letter, ++m->serials[body][year],
                     names_draw(&m->random, 4));
    put(m, line, (size_t)n);
    put(m, name.p, name.n);
    n = snprintf(line, sizeof line, ",%s,%s%03u%s,%s,%04u00,%s,", code,
                 "\xe7\xa4\xba\xe4\xbe\x8b\xe8\xae\xa4\xe8\xaf\x81", body,
                 "\xe5\x85\xac\xe5\x8f\xb8", k->criterion, 1100 + i % 5000,
                 trades[names_draw(&m->random, COUNT(trades))]);
    put(m, line, (size_t)n);
    put(m, name.p, name.n);
    n = snprintf(line, sizeof line, "%s,%s,%s,",
                 "\xe7\x9a\x84\xe7\x94\x9f\xe4\xba\xa7\xe4\xb8\x8e"
                 "\xe9\x94\x80\xe5\x94\xae",
                 day_text(from, days[0]).p, day_text(until, days[1]).p);
    put(m, line, (size_t)n);
    put_status(m, from, until);
}

int main(int argc, char **argv)
{
    static const char head[] =
        "number,holder,uscc,body,criterion,place,trade,scope,from,until,"
        "status,since\r\n";
    static struct making m;
    struct heap heap = HEAP_LIBC;
    struct arena a;
    struct made_names names;
    int rows = number_of(argc, argv, 1, ROWS_MOST, 4200000);
    size_t organisations = (size_t)rows * ELEVEN / ORGANISATIONS_IN_11 + 1;

    arena_init(&a, &heap, (size_t)16 << 30);
    m.random = (uint64_t)number_of(argc, argv, 2, ROWS_MOST, 1);
    names = made_names(&a, getenv("ENTERPRISES"), organisations, m.random);
    m.names = &names;
    put(&m, head, sizeof head - 1);
    for (int i = 0; i < rows; i++)
        put_row(&m);
    must(fwrite(m.room, 1, m.used, stdout) == m.used, "write");
    must(fflush(stdout) == 0, "write");
    arena_end(&a);
    return 0;
}
