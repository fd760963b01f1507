/* What was reported when, and what is due. */

#include "filing/ledger.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"

enum { ARENA = 1 << 20 };

static day on(const char *text)
{
    day d = DAY_NEVER;

    if (text[0] != '\0')
        EXPECT_ROW(text, day_parse(str_of(text), &d));
    return d;
}

static void tell(struct arena *a, struct ledger *l, const char *name,
                 const char *date, const void *data)
{
    struct event e = {
        .kind = event_kind_find(str_of(name), 1),
        .on = on(date),
        .at = day_start_micros(on(date)) + 1,
        .data = data,
    };

    EXPECT_ROW(name, e.kind != NULL);
    if (e.kind != NULL)
        EXPECT_ROW_OK(name, ledger_apply(a, l, &e));
}

static const struct reported_sheet whole_sheets[] = { { .rows = 3 } };
static const struct reported_sheet partial_sheets[] = {
    { .rows = 3 }, { .rows = 2, .left_out = 1 }
};

static struct report_exported *export_of(struct arena *a, const char *month,
                                         bool partial, uint8_t file)
{
    struct report_exported *x = arena_zero(a, sizeof *x);
    size_t size = partial ? sizeof partial_sheets : sizeof whole_sheets;
    void *sheets = arena_zero(a, size);

    if (x == NULL || sheets == NULL)
        return NULL;
    memcpy(sheets, partial ? partial_sheets : whole_sheets, size);
    x->month = str_of(month);
    x->sheets = (struct list){ sheets, size / sizeof *whole_sheets };
    x->file.b[0] = file;
    return x;
}

static struct report_filed *filing_of(struct arena *a, const char *month,
                                      const char *filed, uint8_t file)
{
    struct report_filed *f = arena_zero(a, sizeof *f);

    if (f == NULL)
        return NULL;
    f->month = str_of(month);
    f->filed = on(filed);
    f->receipt = S("回执 1");
    f->file.b[0] = file;
    return f;
}

/* [LG1] [LG2]: both sides of the tenth and of the month's end. */
TEST(a_month_is_in_time_until_the_tenth_of_the_next)
{
    static const struct {
        const char *name;
        const char *exported; /* empty: not */
        const char *filed;
        const char *today;
        enum month_state state;
        bool partial;
    } rows[] = {
        { "nothing done", "", "", "2026-10-10", MONTH_DUE, false },
        { "nothing done", "", "", "2026-10-11", MONTH_OVERDUE, false },
        { "exported only", "2026-10-09", "", "2026-10-10", MONTH_DUE, false },
        { "exported only", "2026-10-09", "", "2026-10-11", MONTH_OVERDUE,
          false },
        { "filed on the tenth", "2026-10-09", "2026-10-10", "2026-12-01",
          MONTH_IN_TIME, false },
        { "filed on the eleventh", "2026-10-09", "2026-10-11", "2026-12-01",
          MONTH_LATE, false },
        { "exported on the month's last day", "2026-09-30", "2026-10-01",
          "2026-10-10", MONTH_DUE, false },
        { "exported the day after", "2026-10-01", "2026-10-01", "2026-10-10",
          MONTH_IN_TIME, false },
        { "rows left out", "2026-10-09", "2026-10-09", "2026-10-10", MONTH_DUE,
          true },
        { "rows left out", "2026-10-09", "2026-10-09", "2026-10-11",
          MONTH_OVERDUE, true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        struct ledger l = { 0 };
        const struct ledger_month *m;

        EXPECT_OK(ledger_act(&a, &l, on("2026-09-15")));
        if (rows[i].exported[0] != '\0')
            tell(&a, &l, "report.exported", rows[i].exported,
                 export_of(&a, "2026-09", rows[i].partial, 1));
        if (rows[i].filed[0] != '\0')
            tell(&a, &l, "report.filed", rows[i].filed,
                 filing_of(&a, "2026-09", rows[i].filed, 1));
        m = ledger_find(&l, (struct month){ 2026, 9 });
        EXPECT_ROW(rows[i].name, m != NULL && m->acts);
        if (m != NULL)
            EXPECT_ROW(rows[i].name,
                       ledger_state(m, on(rows[i].today)) == rows[i].state);
    }
}

/* [LG2] */
TEST(filing_again_later_mends_and_does_not_make_it_late)
{
    TEST_ARENA(a, ARENA);
    struct ledger l = { 0 };
    const struct ledger_month *m;

    tell(&a, &l, "report.exported", "2026-10-08",
         export_of(&a, "2026-09", false, 1));
    tell(&a, &l, "report.filed", "2026-10-08",
         filing_of(&a, "2026-09", "2026-10-08", 1));
    tell(&a, &l, "report.exported", "2026-11-02",
         export_of(&a, "2026-09", false, 2));
    tell(&a, &l, "report.filed", "2026-11-02",
         filing_of(&a, "2026-09", "2026-11-02", 2));
    m = ledger_find(&l, (struct month){ 2026, 9 });
    EXPECT(m != NULL);
    if (m == NULL)
        return;
    EXPECT(m->reported == on("2026-10-08"));
    EXPECT(m->exported->file.b[0] == 2 && m->filed->file.b[0] == 2);
    EXPECT(ledger_state(m, on("2026-12-01")) == MONTH_IN_TIME);
}

/* What was filed is that export, not one that came before or after. */
TEST(only_the_export_that_was_filed_counts)
{
    TEST_ARENA(a, ARENA);
    struct ledger l = { 0 };
    const struct ledger_month *m;

    tell(&a, &l, "report.exported", "2026-10-08",
         export_of(&a, "2026-09", false, 2));
    tell(&a, &l, "report.filed", "2026-10-08",
         filing_of(&a, "2026-09", "2026-10-08", 1)); /* another file */
    m = ledger_find(&l, (struct month){ 2026, 9 });
    EXPECT(m != NULL && m->reported == DAY_NEVER);
}

TEST(months_stand_in_order_however_they_come)
{
    static const char *const days[] = {
        "2026-09-15", "2025-12-31", "2026-01-01", "2026-09-01", "2024-02-29",
    };
    static const struct month want[] = {
        { 2024, 2 },
        { 2025, 12 },
        { 2026, 1 },
        { 2026, 9 },
    };
    TEST_ARENA(a, ARENA);
    struct ledger l = { 0 };

    for (size_t i = 0; i < COUNT(days); i++)
        EXPECT_OK(ledger_act(&a, &l, on(days[i])));
    EXPECT(l.n == COUNT(want));
    for (size_t i = 0; i < l.n && i < COUNT(want); i++)
        EXPECT(month_eq(l.months[i].month, want[i]));
    EXPECT(ledger_find(&l, (struct month){ 2026, 8 }) == NULL);
}

TEST(many_months_fit)
{
    TEST_ARENA(a, ARENA);
    struct ledger l = { 0 };

    for (day d = on("2000-01-15"); d < on("2030-01-01"); d += 28)
        EXPECT_OK(ledger_act(&a, &l, d));
    EXPECT(l.n == 360);
    for (size_t i = 1; i < l.n; i++)
        EXPECT(month_eq(month_next(l.months[i - 1].month), l.months[i].month));
}

/* [LG3] */
TEST(a_month_is_marked_as_filed_only_after_its_export_and_not_ahead)
{
    static const struct {
        const char *filed;
        const char *receipt;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "2026-10-08", "回执", 0, NULL }, /* the day of the export */
        { "2026-10-07", "回执", ERR_INVALID, "filing.filed_day" },
        { "2026-10-09", "回执", 0, NULL }, /* today */
        { "2026-10-10", "回执", ERR_INVALID, "filing.filed_day" },
        { "2026-10-09", "", ERR_INVALID, "filing.receipt" },
        { "2026-10-09", " ", ERR_INVALID, "filing.receipt" },
    };
    TEST_ARENA(a, ARENA);
    struct ledger l = { 0 };
    struct month m = { 2026, 9 };

    struct report_filed early = { .filed = on("2026-10-08"),
                                  .receipt = S("回执") };
    EXPECT_ERR(ledger_check_filed(&a, &l, m, &early, on("2026-10-09")),
               ERR_REFUSED, "filing.not_exported");
    EXPECT_OK(ledger_act(&a, &l, on("2026-09-15")));
    EXPECT_ERR(ledger_check_filed(&a, &l, m, &early, on("2026-10-09")),
               ERR_REFUSED, "filing.not_exported");
    tell(&a, &l, "report.exported", "2026-10-08",
         export_of(&a, "2026-09", false, 1));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct report_filed wish = { .filed = on(rows[i].filed),
                                     .receipt = str_of(rows[i].receipt) };
        err e = ledger_check_filed(&a, &l, m, &wish, on("2026-10-09"));

        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].filed, e);
        else
            EXPECT_ROW_ERR(rows[i].filed, e, rows[i].code, rows[i].id);
    }
}

static err fold_some(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct ledger l = { 0 };

    arena_init(&a, h, ARENA);
    for (day d = on("2026-01-15"); d < on("2029-01-01"); d += 28)
        TRY(ledger_act(&a, &l, d));
    return OK;
}

TEST(folding_survives_every_failed_allocation)
{
    EXPECT(test_every_allocation_fails(fold_some, NULL, NULL) > 0);
}
