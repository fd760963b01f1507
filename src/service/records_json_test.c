/* Figures as documents for programs. [RJ3] */
#include "service/records_json.h"

#include "base/arena.h"
#include "base/test.h"
#include "records/hours.h"

enum { ROOM = 64 << 20 };

static const struct json *at_path(const struct json *j,
                                  const char *const path[static 3])
{
    for (size_t i = 0; i < 3 && j != NULL; i++)
        j = json_get(j, str_of(path[i]));
    return j;
}

static const struct json *figures_json(struct arena *a, const char *text)
{
    struct heap h = HEAP_LIBC;
    const struct records_input in = { .from = { .bytes = str_of(text) },
                                      .name = S("a.csv"),
                                      .workers = 1 };
    const struct records_terms terms = { .whole = true,
                                         .repeat_days = 30,
                                         .week = &week_always };
    scoped(records_figures_end) struct records_figures *f = NULL;
    struct records_file file;
    struct json *j = NULL;

    EXPECT_OK(records_open(a, &h, &in, &file));
    EXPECT_OK(records_figures(a, &h, &in, &file, &terms, &f));
    EXPECT_OK(records_figures_json(a, &file, f, GROUP_MONTH, &j));
    return j;
}

/* [RJ3]  A program that reads k = 0 would hold none of two against whoever
 * handed in a list of stock. */
TEST(what_no_column_says_is_null_to_programs)
{
    static const char *const resolved[] = { "whole", "resolved", "k" };
    static const char *const tickets[] = { "whole", "resolved", "n" };
    static const char *const low[] = { "whole", "resolved", "low" };
    TEST_ARENA(a, ROOM);
    const struct json *j =
        figures_json(&a,
                     "报修时间,配件,库存,安全库存\n2025-01-03 09:00,阀,3,5\n"
                     "2025-01-04 09:00,阀,9,5\n");

    EXPECT(at_path(j, resolved)->kind == JSON_NULL);
    EXPECT(at_path(j, tickets)->number == 2);
    EXPECT(at_path(j, low) == NULL);
    j = figures_json(&a, "报修时间,完成时间\n2025-01-03 09:00,\n"
                         "2025-01-04 09:00,2025-01-04 10:00\n");
    EXPECT(at_path(j, resolved)->kind == JSON_INT);
    EXPECT(at_path(j, resolved)->number == 1);
}

/* [RJ3] */
TEST(answers_in_words_have_no_mean)
{
    static const char *const sum[] = { "whole", "satisfaction",
                                       "sum_hundredths" };
    static const char *const answers[] = { "whole", "satisfaction", "n" };
    static const char *const words[] = { "terms", "satisfaction", "words" };
    TEST_ARENA(a, ROOM);
    const struct json *j =
        figures_json(&a, "报修时间,满意度\n2025-01-03 09:00,满意\n"
                         "2025-01-04 09:00,不满意\n");

    EXPECT(at_path(j, sum) == NULL);
    EXPECT(at_path(j, answers)->number == 2);
    EXPECT(at_path(j, words)->boolean);
    j = figures_json(&a, "报修时间,满意度\n2025-01-03 09:00,5\n"
                         "2025-01-04 09:00,4\n");
    EXPECT(at_path(j, sum)->number == 900);
    EXPECT(!at_path(j, words)->boolean);
}
