/*
 * bench/records_make -- service records to measure by: a CSV of 14 columns,
 * about 150 bytes a row, the same for the same seed.
 *
 *   build/bench/bench_records_make ROWS [SEED] >FILE
 *
 * Two years, 200 outlets, 2,000 persons, 40 products, one asset for every seven
 * tickets and 60 faults; one ticket in 50 is open, one in 12 has no answer to
 * the survey.
 */

#include "measure.h"

#include "base/day.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS_MOST = 1000000000,
    ROW_BYTES = 400,
    ROOM = 1 << 20,
    DAYS = 731,
    FIRST_DAY = 19723, /* 2024-01-01 */
    DAY_MINUTES = 1440,
    OPENS_AT = 8 * 60,
    OPEN_MINUTES = 600,
    OUTLETS = 200,
    PERSONS_OF_OUTLET = 10,
    PRODUCTS = 40,
    FAULTS = 60,
    TICKETS_OF_ASSET = 7,
};

/* splitmix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014). */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint32_t below(uint64_t *state, uint32_t n)
{
    return (uint32_t)((draw(state) >> 32) * n >> 32);
}

static char *put_moment(char *p, int64_t minute)
{
    struct date d = date_of_day((day)(minute / DAY_MINUTES));
    int64_t of_day = minute % DAY_MINUTES;

    return p + snprintf(p, ROW_BYTES, "%04d-%02d-%02d %02d:%02d", d.year,
                        d.month, d.mday, (int)(of_day / 60),
                        (int)(of_day % 60));
}

/* Mostly short, sometimes long: minutes. */
static int64_t duration(uint64_t *state, uint32_t usual)
{
    uint32_t n = below(state, usual) + 1;

    for (int i = 0; i < 3 && below(state, 4) == 0; i++)
        n *= 4;
    return n;
}

static char *put_row(char *p, uint64_t *state, uint64_t row, uint64_t rows)
{
    static const char *const kinds[] = { "Repair", "Repair", "Repair",
                                         "Complaint", "Enquiry" };
    int64_t opened = (FIRST_DAY + (int64_t)(row * DAYS / rows)) * DAY_MINUTES +
                     OPENS_AT + below(state, OPEN_MINUTES);
    int64_t responded = opened + duration(state, 60);
    int64_t resolved = responded + duration(state, 600);
    uint32_t outlet = below(state, OUTLETS);
    uint64_t assets = rows / TICKETS_OF_ASSET + 1;

    p += snprintf(p, ROW_BYTES, "SR%09llu,", (unsigned long long)row);
    p = put_moment(p, opened);
    *p++ = ',';
    p = put_moment(p, responded);
    *p++ = ',';
    p = put_moment(p, opened + 2 * DAY_MINUTES);
    *p++ = ',';
    if (below(state, 50) > 0)
        p = put_moment(p, resolved);
    p += snprintf(p, ROW_BYTES,
                  ",Outlet %03u,Model KFR-%u,Technician %04u,SN%010llu,"
                  "Fault %02u,%s,",
                  outlet, below(state, PRODUCTS) + 20,
                  outlet * PERSONS_OF_OUTLET + below(state, PERSONS_OF_OUTLET),
                  (unsigned long long)(draw(state) % assets),
                  below(state, FAULTS), kinds[below(state, 5)]);
    if (below(state, 12) > 0)
        *p++ = (char)(below(state, 10) > 0 ? '5' - (char)below(state, 2)
                                           : '1' + (char)below(state, 3));
    return p + snprintf(p, ROW_BYTES, ",%d,%s\n", below(state, 30) == 0,
                        below(state, 3) > 0 ? "yes" : "no");
}

int main(int argc, char **argv)
{
    static char room[ROOM];
    uint64_t rows = (uint64_t)number_of(argc, argv, 1, ROWS_MOST, 100000);
    uint64_t state = (uint64_t)number_of(argc, argv, 2, ROWS_MOST, 1);
    char *p = room;

    p += snprintf(p, ROW_BYTES,
                  "ticket number,opened at,first response,due date,"
                  "resolved at,outlet,product model,technician,serial number,"
                  "fault,type,satisfaction,reopen count,called back\n");
    for (uint64_t row = 0; row < rows; row++) {
        p = put_row(p, &state, row, rows);
        if (p - room < ROOM - ROW_BYTES)
            continue;
        must(fwrite(room, 1, (size_t)(p - room), stdout) == (size_t)(p - room),
             "the rows cannot be written");
        p = room;
    }
    must(fwrite(room, 1, (size_t)(p - room), stdout) == (size_t)(p - room) &&
             fflush(stdout) == 0,
         "the rows cannot be written");
    return 0;
}
