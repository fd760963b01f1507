/* The authority's columns as data. */

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "domain/codes.h"
#include "filing/dictionary.h"

enum { ARENA = 16 << 20 };

static const struct dictionary *official(struct arena *a)
{
    const struct dictionary *d = NULL;

    EXPECT_OK(dictionary_official(a, &d));
    return d;
}

/* [RD4]: the sheets the platform takes, as it names and orders them. */
TEST(the_official_dictionary_has_three_sheets)
{
    static const struct {
        const char *name;
        const char *block;
        size_t columns;
        const char *first;
        const char *last;
    } rows[] = {
        { "审核计划信息表", "102010", 15, "1、审核计划编号", "15、备注" },
        { "证书信息表", "103010", 73, "1、认证机构批准号", "取数截止日期" },
        { "审核结果信息表", "103011", 14, "1、认证机构批准号",
          "14、见证人标识" },
    };
    TEST_ARENA(a, ARENA);
    const struct dictionary *d = official(&a);

    for (size_t i = 0; d != NULL && i < COUNT(rows); i++) {
        const struct dictionary_sheet *s = &d->sheets[i];

        EXPECT_STR(s->name, str_of(rows[i].name));
        EXPECT_ROW_STR(rows[i].name, s->block, str_of(rows[i].block));
        EXPECT_ROW(rows[i].name, s->n == rows[i].columns);
        EXPECT_ROW_STR(rows[i].name, s->fields[0].title, str_of(rows[i].first));
        EXPECT_ROW_STR(rows[i].name, s->fields[s->n - 1].title,
                       str_of(rows[i].last));
    }
}

/* Titles are numbered 1, 2, 3 .. as they stand. */
TEST(the_columns_are_numbered_in_their_order)
{
    TEST_ARENA(a, ARENA);
    const struct dictionary *d = official(&a);

    for (int i = 0; d != NULL && i < SHEET_COUNT; i++) {
        const struct dictionary_sheet *s = &d->sheets[i];
        size_t numbered = i == SHEET_CERTIFICATE ? 71 : s->n;

        for (size_t k = 0; k < numbered; k++) {
            struct buf b;
            str begin;

            buf_init(&b, &a, 40);
            buf_int(&b, (int64_t)k + 1);
            buf_str(&b, S("、"));
            EXPECT_OK(buf_done(&b, &begin));
            EXPECT_ROW(s->fields[k].code.p,
                       str_begins(s->fields[k].title, begin));
        }
    }
}

/* The sheet of plans as changed in 2021. */
TEST(the_sheet_of_plans_is_that_of_2021)
{
    static const char *const gone[] = {
        "ORG_COUNTRY",
        "AUDIT_APPLY_NO",
        "CERT_NUMBER",
        "RZJG_ID",
    };
    TEST_ARENA(a, ARENA);
    const struct dictionary *d = official(&a);
    const struct dictionary_sheet *s = &d->sheets[SHEET_PLAN];
    int32_t mode = dictionary_column(s, S("AUDIT_MODE"));
    int32_t team = dictionary_column(s, S("AUDIT_INSPECTOR"));

    for (size_t i = 0; i < COUNT(gone); i++)
        EXPECT_ROW(gone[i], dictionary_column(s, str_of(gone[i])) < 0);
    EXPECT(mode >= 0 && team >= 0);
    if (mode < 0 || team < 0)
        return;
    const struct dictionary_table *t = &d->tables[s->fields[mode].table];
    EXPECT(t->n == 3);
    EXPECT(dictionary_value(t, S("FS01")) != NULL);
    EXPECT(dictionary_value(t, S("FS02")) != NULL);
    EXPECT(dictionary_value(t, S("FS03")) != NULL);
    EXPECT(str_contains(s->fields[team].title, S("证件号码")));
    EXPECT(!str_contains(s->fields[team].title, S("注册号")));
}

/* What the trade suspends and withdraws for stands in the tables. */
TEST(every_reason_of_the_trade_is_a_code_of_the_authority)
{
    static const struct {
        const char *table;
        const char *const *codes;
        const char *column;
    } rows[] = {
        { "suspension", suspension_codes, "PAUSE_CAUSE" },
        { "withdrawal", withdrawal_codes, "CANCEL_CAUSE" },
        { "withdrawal", cancellation_codes, "CANCEL_CAUSE" },
    };
    TEST_ARENA(a, ARENA);
    const struct dictionary *d = official(&a);
    const struct dictionary_sheet *s = &d->sheets[SHEET_CERTIFICATE];

    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t column = dictionary_column(s, str_of(rows[i].column));
        const struct dictionary_table *t = &d->tables[s->fields[column].table];

        EXPECT_ROW_STR(rows[i].column, t->id, str_of(rows[i].table));
        for (size_t k = 0; rows[i].codes[k] != NULL; k++)
            EXPECT_ROW(rows[i].codes[k],
                       dictionary_value(t, str_of(rows[i].codes[k])) != NULL);
    }
    EXPECT(dictionary_value(&d->tables[0], S("07")) == NULL);
}

TEST(a_particular_is_found_under_its_subject_only)
{
    static const struct {
        const char *code;
        enum filing_subject of;
        bool found;
    } rows[] = {
        { "DAY_BEGINS", OF_BODY, true }, /* no column */
        { "DAY_BEGINS", OF_PERSON, false },
        { "ID_CODE", OF_PERSON, true }, /* a column */
        { "ID_CODE", OF_ENTERPRISE, false },
        { "BEL_INDUSTRY", OF_ENTERPRISE, true },
        { "AUDIT_START_DATE", OF_BODY, false }, /* made of another */
        { "CERT_NUMBER", OF_BODY, false },      /* nobody's to say */
        { "CERT_NUMBER", OF_NOBODY, false },
        { "", OF_CASE, false },
    };
    TEST_ARENA(a, ARENA);
    const struct dictionary *d = official(&a);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].code, (rows[i].of != OF_NOBODY &&
                                  dictionary_particular(d, rows[i].of,
                                                        str_of(rows[i].code)) !=
                                      NULL) == rows[i].found);
}

/* --- refusals ---- */

#define HEAD                                                                   \
    "format: 1\n"                                                              \
    "edition: test\n"                                                          \
    "head: { form: f, lines: [a, b, c, d, e, g, h], begin: b, affirm: y,\n"    \
    "  deny: n, cancelled: c, between_values: ；, between_parts: ， }\n"     \
    "tables:\n"                                                                \
    "  - { id: t, label: { zh: 表, en: T }, values: [{ code: A, zh: 甲,"     \
    " en: A }] }\n"                                                            \
    "particulars:\n"                                                           \
    "  - { code: P, of: body, label: { zh: 点, en: P }, kind: text,"          \
    " length: 9 }\n"                                                           \
    "sheets:\n"
#define SHEET(id, fields)                                                      \
    "  - { id: " id ", name: 表, block: \"1\", fields: [\n" fields "] }\n"
#define TEXT(code)                                                             \
    "{ code: " code ", title: t, label: { zh: 列, en: c }, "                  \
    "kind: text, length: 9 }\n"
#define DAY_FIELD(code, more)                                                  \
    "{ code: " code ", title: t, label: { zh: 列, en: c }, kind: date" more    \
    " }\n"
#define REST SHEET("certificate", TEXT("B")) SHEET("result", TEXT("C"))

static err read_text(struct arena *a, const char *text,
                     struct problem **problems)
{
    const struct dictionary *d;

    *problems = NULL;
    return dictionary_read(a, S("d.yaml"), str_of(text), &d, problems);
}

TEST(a_small_dictionary_is_read)
{
    TEST_ARENA(a, ARENA);
    struct problem *problems;

    EXPECT_OK(read_text(&a, HEAD SHEET("plan", TEXT("A")) REST, &problems));
    EXPECT_OK(read_text(
        &a,
        HEAD SHEET("plan",
                   DAY_FIELD("A", ", not_after: [B, TODAY]") "," DAY_FIELD("B",
                                                                           ""))
            REST,
        &problems));
}

TEST(what_is_wrong_with_a_dictionary_is_told_with_its_place)
{
    static const struct {
        const char *name;
        const char *text;
        const char *id;
        int32_t line;
    } rows[] = {
        { "a column twice", HEAD SHEET("plan", TEXT("A") "," TEXT("A")) REST,
          "filing.twice", 12 },
        { "sheets in another order",
          HEAD SHEET("certificate", TEXT("A")) SHEET("plan", TEXT("B"))
              SHEET("result", TEXT("C")),
          "filing.sheets", 10 },
        { "a sheet too few", HEAD SHEET("plan", TEXT("A")), "reading.count",
          10 },
        { "an unknown table",
          HEAD SHEET("plan", "{ code: A, title: t, label: { zh: 列, en: c }, "
                             "kind: text, length: 9, table: u }\n") REST,
          "filing.unknown_table", 11 },
        { "a condition on a column that is not there",
          HEAD SHEET("plan", DAY_FIELD("A", ", when: [{ Z: [x] }]")) REST,
          "filing.unknown_field", 11 },
        { "a condition without values",
          HEAD SHEET("plan", DAY_FIELD("A", ", when: [{ A: [] }]")) REST,
          "filing.test", 11 },
        { "a condition that is no mapping",
          HEAD SHEET("plan", DAY_FIELD("A", ", when: [x]")) REST, "filing.test",
          11 },
        { "an order with a text",
          HEAD SHEET("plan", TEXT("B") "," DAY_FIELD("A", ", not_after: [B]"))
              REST,
          "filing.date_order", 12 },
        { "an order of a text",
          HEAD SHEET("plan", "{ code: A, title: t, label: { zh: 列, en: c }, "
                             "kind: text, length: 9, not_after: [TODAY] }\n")
              REST,
          "filing.date_order", 11 },
        { "always and when",
          HEAD SHEET("plan",
                     DAY_FIELD("A", ", need: always, when: [{ A: [x] }]")) REST,
          "filing.need", 11 },
        { "a text without length",
          HEAD SHEET("plan", "{ code: A, title: t, label: { zh: 列, en: c }, "
                             "kind: text }\n") REST,
          "reading.missing", 11 },
        { "more digits than a spreadsheet keeps",
          HEAD SHEET("plan", "{ code: A, title: t, label: { zh: 列, en: c }, "
                             "kind: number, digits: [12, 4] }\n") REST,
          "filing.digits", 11 },
        { "no digit before the point",
          HEAD SHEET("plan", "{ code: A, title: t, label: { zh: 列, en: c }, "
                             "kind: number, digits: [0, 4] }\n") REST,
          "filing.digits", 11 },
        { "a kind that is none",
          HEAD SHEET("plan", "{ code: A, title: t, label: { zh: 列, en: c }, "
                             "kind: money }\n") REST,
          "reading.choice", 11 },
        { "a key that is none",
          HEAD SHEET("plan", DAY_FIELD("A", ", lenght: 9")) REST,
          "reading.unknown_key", 11 },
        { "no YAML", "format: [", "yaml.syntax", 2 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        struct problem *p;

        EXPECT_ROW_ERR(rows[i].name, read_text(&a, rows[i].text, &p),
                       ERR_INVALID, "reading.problems");
        EXPECT_ROW(rows[i].name, p != NULL);
        if (p == NULL)
            continue;
        EXPECT_ROW_STR(rows[i].name, str_of(p->what.info->id),
                       str_of(rows[i].id));
        EXPECT_ROW(rows[i].name, p->line == rows[i].line);
    }
}

/* --- memory ---- */

static err read_small(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct problem *problems;

    arena_init(&a, h, ARENA);
    return read_text(&a, HEAD SHEET("plan", TEXT("A")) REST, &problems);
}

TEST(reading_a_dictionary_survives_every_failed_allocation)
{
    EXPECT(test_every_allocation_fails(read_small, NULL, NULL) > 0);
}
