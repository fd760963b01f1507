/* The packages that come with the program, on both engines, to the end. */
#include "service/script.h"

#include "service/check.h"
#include "service/sequence.h"
#include "service/service_test_env.h"

EACH_STORE_TEST(cases_of_every_package_go_to_the_end)
{
    static const struct {
        const char *open;
        const char *level;
        int32_t weak;
    } rows[] = {
        { "{'scheme':'ten-star','level':'ten'}", "ten", 2 },
        { "{'scheme':'five-star','level':'five'}", "five", 1 },
        { "{'scheme':'iso-9001','level':'conforms'}", "conforms", 2 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        /* For each an office of its own: a case and its surveillance take more
         * than a year, and an auditor's registration ends. */
        TEST_OFFICE(o, place);
        struct check_counts counts = { 0 };
        int64_t size = 0;
        struct script script = office_script(&o);
        struct case_order order =
            office_order(&o, "newcomer", S("new"), "case.open", rows[i].open);
        struct case_answer answer = { 0 };
        bool over = false;

        script.level = str_of(rows[i].level);
        script.weak = rows[i].weak;
        script.incomplete = true;
        script.gap = true;
        EXPECT_ROW_OK(rows[i].open, office_give(&o, &order, &answer));
        while (!over && !test_failing())
            EXPECT_ROW_OK(rows[i].open,
                          office_step(&o, &script, answer.number, &over));
        EXPECT_ROW(rows[i].open,
                   office_read(&o, answer.number).state->surveillances == 1);
        EXPECT_ROW_OK(rows[i].open, sequence_log(o.app, &o.arena, &size));
        EXPECT_ROW_OK(rows[i].open, check_all(o.app, &o.arena, &counts));
        EXPECT_ROW(rows[i].open, counts.cases == 1 && counts.certificates == 1);
    }
}
