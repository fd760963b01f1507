/* What the subcommands about audits say: checklists, working papers, document
 * review, improvement report. [M14] [M15] [M16] [M26] [M27] */

#include "cli/test_shell.h"

TEST(checklists_papers_reviews_and_improvement_are_read_from_an_installation)
{
    static const struct row rows[] = {
        { "case checklist C2024-0001 --data @/demo", DOES, "\"mode\": \"A\"" },
        { "case checklist C2024-0001 --data @/demo --mode H --site 总部", DOES,
          "\"indicator\": \"5.1.5.1.1\"" },
        { "case checklist C2024-0001 --data @/demo --mode B", REFUSES,
          "checklist.mode" },
        { "case checklist C2024-0001 --data @/demo --site 别处", REFUSES,
          "checklist.site" },
        { "case checklist C2024-0001 --data @/demo --as newcomer", REFUSES,
          "case.missing" },
        { "case checklist C2026-0001 --data @/demo", REFUSES,
          "checklist.none" },
        { "case checklist C2026-0001 --data @/demo --as newcomer", REFUSES,
          "rights.papers" },
        { "case checklist --data @/demo", MISUSED, "cli.needs_operand" },

        { "case papers C2024-0001 --data @/demo", DOES,
          "\"role\": \"维修工\"" },
        { "case papers C2024-0001 --data @/demo --as auditor1", DOES,
          "\"interval_95\":" },
        { "case papers C2026-0001 --data @/demo", DOES, "\"audits\": []" },
        { "case papers C2026-0001 --data @/demo --as newcomer", REFUSES,
          "rights.papers" },
        { "case papers C2024-0009 --data @/demo", REFUSES, "case.missing" },

        { "case review C2024-0001 --data @/demo", DOES, "\"closed_on\":" },
        { "case review C2026-0001 --data @/demo --as newcomer", DOES,
          "\"rounds\": []" },
        { "case review C2024-0001 --data @/demo --as newcomer", REFUSES,
          "case.missing" },

        { "case improve C2024-0001 --data @/demo", DOES,
          "\"round\": \"surveillance\"" },
        { "case improve C2024-0001 --data @/demo --as newcomer", REFUSES,
          "case.missing" },
        { "case improve C2026-0001 --data @/demo --as newcomer", REFUSES,
          "improve.nothing" },
        { "case improve C2024-0001 --data @/none", REFUSES, "app.none" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    EXPECT(shell_run(&sh, "case do new case.open scheme=ten-star level=ten"
                          " --data @/demo --as newcomer")
               .status == 0);
    SHELL_EXPECT_ALL(&sh, rows);
}

static bool says(struct test_shell *sh, const char *words, const char *part)
{
    struct said s = shell_run(sh, words);

    return s.status == 0 && str_contains(s.out, str_of(part));
}

/* In both languages, to be read by people. */
TEST(people_read_what_was_looked_at_and_what_it_costs)
{
    static const struct {
        const char *words;
        const char *part;
    } rows[] = {
        { "case checklist C2024-0001 --data @/demo --site 总部 --mode I",
          "总部 (headquarters), I: audit of service management\n"
          "  [x] 5.1.5.1.1 A supervising body exists\n"
          "      found: met\n" },
        { "case checklist C2024-0001 --data @/demo --lang zh",
          "总部（总部），A 公开的服务特性检验\n" },
        { "case papers C2024-0001 --data @/demo",
          "  1 interview, 总部, 维修工, " },
        { "case papers C2024-0001 --data @/demo",
          " customers are satisfied, with 95% confidence " },
        { "case papers C2024-0001 --data @/demo --lang zh",
          "现场审查（监督审查）\n" },
        { "case review C2024-0001 --data @/demo",
          "  Service manual: quantified: no, closed loop: no (" },
        { "case review C2024-0001 --data @/demo --lang zh",
          "售后服务手册：标准量化：是，流程闭环：是（" },
        { "case show C2024-0001 --data @/demo",
          "Level reached: Ten stars\n"
          "Ten stars, Customer satisfaction of 90 % or more: the "
          "sample cannot tell\n" },
        { "case show C2024-0001 --data @/demo --lang zh",
          "十星级，问题首次解决率不低于 90 %：达到\n" },
        { "case improve C2024-0001 --data @/demo",
          "By the findings of the newest site audit.\n" },
        { "case improve C2024-0001 --data @/demo",
          "  since the audit before: +" },
        { "case improve C2024-0001 --data @/demo --lang zh",
          "  与上一次审查相比：+" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].part, says(&sh, rows[i].words, rows[i].part));
}
