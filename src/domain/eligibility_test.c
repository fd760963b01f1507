/* May this enterprise apply at all? [M6] */

#include "domain/eligibility.h"

#include "domain/test_fixture.h"

/* [M6] */
TEST(registration_counts_in_months_to_the_day)
{
    static const struct {
        const char *name;
        const char *registered;
        const char *today;
        bool want;
    } rows[] = {
        { "a day short", "2026-01-02", "2026-04-01", false },
        { "three months to the day", "2026-01-02", "2026-04-02", true },
        { "clamped to the month's end", "2025-11-30", "2026-02-28", true },
        { "a day before that", "2025-11-30", "2026-02-27", false },
        { "registered tomorrow", "2026-03-03", "2026-03-02", false },
    };
    const struct eligibility rule = {
        .kind = ELIGIBLE_REGISTERED,
        .span = { 3, SPAN_MONTHS },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct enterprise e = { .registered = on(rows[i].registered) };
        const struct list none = { NULL, 0 };

        EXPECT_ROW(rows[i].name,
                   eligibility_met(&rule, &e, &none, on(rows[i].today)) ==
                       rows[i].want);
    }
}

/* [M6] */
TEST(scope_must_hold_one_of_the_words)
{
    static const struct {
        const char *scope;
        bool want;
    } rows[] = {
        { "家用电器销售", true },
        { "技术服务", true },
        { "软件开发；生产", false },
        { "", false },
    };
    static const str words[] = { S_INIT("销售"), S_INIT("服务") };
    const struct eligibility rule = {
        .kind = ELIGIBLE_SCOPE,
        .words = words,
        .word_count = COUNT(words),
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct enterprise e = { .scope = str_of(rows[i].scope) };
        const struct list none = { NULL, 0 };

        EXPECT_ROW(rows[i].scope,
                   eligibility_met(&rule, &e, &none, 0) == rows[i].want);
    }
}

/* [M6] */
TEST(declared_items_must_be_declared_as_wanted)
{
    static const struct {
        const char *name;
        struct declaration given;
        bool want;
    } rows[] = {
        { "as wanted", { S_INIT("accident"), false, { 0 } }, true },
        { "otherwise", { S_INIT("accident"), true, { 0 } }, false },
        { "about something else", { S_INIT("penalty"), false, { 0 } }, false },
    };
    const struct eligibility rule = {
        .id = S("accident"),
        .kind = ELIGIBLE_DECLARED,
        .want = false,
    };
    const struct enterprise e = { 0 };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct declaration given = rows[i].given;
        const struct list one = { &given, 1 };

        EXPECT_ROW(rows[i].name,
                   eligibility_met(&rule, &e, &one, 0) == rows[i].want);
    }
}
