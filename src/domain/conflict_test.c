/* Ties that forbid a part in a case. [17065 4.2] [条例 13] */

#include "domain/conflict.h"

#include "domain/test_fixture.h"

/* [17065 4.2] [条例 13] */
TEST(a_tie_binds_for_the_package_s_time_after_its_last_day)
{
    static const struct {
        const char *name;
        const char *until; /* NULL: goes on */
        const char *today;
        bool want;
    } rows[] = {
        { "it goes on", NULL, "2026-03-02", true },
        { "its last day", "2026-03-02", "2026-03-02", true },
        { "two years later to the day", "2024-03-02", "2026-03-02", true },
        { "the day after", "2024-03-02", "2026-03-03", false },
        { "not begun to end", "2030-01-01", "2026-03-02", true },
    };
    const id here = { { 2, 1 } };
    const id elsewhere = { { 2, 2 } };
    const struct span within = { 24, SPAN_MONTHS };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct relation tie = { here, rows[i].until == NULL
                                                ? DAY_NEVER
                                                : on(rows[i].until) };
        const struct person p = { .relations = &tie, .relation_count = 1 };
        day today = on(rows[i].today);

        EXPECT_ROW(rows[i].name, conflict_of_interest(&p, here, today,
                                                      within) == rows[i].want);
        EXPECT_ROW(rows[i].name,
                   !conflict_of_interest(&p, elsewhere, today, within));
    }
}
