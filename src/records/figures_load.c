/* How work lies on persons, by month. */

#include "records/figures_parts.h"

#include <string.h>

struct load figures_load(const struct figures *f)
{
    struct load load = { 0 };

    for (uint32_t i = 1; i < f->groups[GROUP_PERSON].n; i++) {
        uint32_t n = figures_of(f, GROUP_PERSON, i).shares[SHARE_RESOLVED].n;

        load.persons += n > 0;
        load.tickets += n;
        load.most = n > load.most ? n : load.most;
    }
    return load;
}

uint32_t figures_months(const struct figures *f)
{
    return f->months;
}

/* Tickets of persons 1 .. persons - 1 in one month, each `months` further. */
struct month_load {
    const uint32_t *tickets;
    uint32_t persons;
    uint32_t months;
};

/* Persons with one ticket at least, and at most so many. */
static uint32_t up_to(const struct month_load *m, uint32_t most)
{
    uint32_t n = 0;

    for (uint32_t i = 1; i < m->persons; i++) {
        uint32_t has = m->tickets[(size_t)i * m->months];

        n += has > 0 && has <= most;
    }
    return n;
}

/* The least number that half of the persons do not exceed. */
static uint32_t median_of(const struct month_load *m, uint32_t persons,
                          uint32_t most)
{
    uint32_t rank = persons / 2 + persons % 2;
    uint32_t low = 1;
    uint32_t high = most;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (up_to(m, middle) >= rank)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

bool load_above(const struct load_month *m, uint32_t tickets)
{
    return tickets > (uint64_t)m->median * 2;
}

static struct load_month load_of(const struct month_load *m)
{
    struct load_month out = { 0 };

    for (uint32_t i = 1; i < m->persons; i++) {
        uint32_t has = m->tickets[(size_t)i * m->months];

        out.persons += has > 0;
        out.tickets += has;
        out.most = has > out.most ? has : out.most;
    }
    if (out.persons == 0)
        return out;
    out.median = median_of(m, out.persons, out.most);
    for (uint32_t i = 1; i < m->persons; i++)
        out.above += load_above(&out, m->tickets[(size_t)i * m->months]);
    return out;
}

/* Of the rows, but for those that only fill a block: they name nobody, as those
 * that do not say who served. */
void figures_load_months(const struct figures *f, uint32_t *tickets,
                         struct load_month *out)
{
    uint32_t persons = f->groups[GROUP_PERSON].n;

    memset(tickets, 0, (size_t)persons * f->months * sizeof *tickets);
    for (uint32_t i = 0; i < f->rows; i++) {
        const struct row *r = row_at(f, i);

        if (r->person > 0)
            tickets[(size_t)r->person * f->months + row_month(f, r)]++;
    }
    for (uint32_t i = 0; out != NULL && i < f->months; i++)
        out[i] =
            load_of(&(struct month_load){ tickets + i, persons, f->months });
}
