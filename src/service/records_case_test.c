/* Sheets of service records among a case's documents. [M3] [M9] [M27]
 * [RK1]..[RK4] */

#include "service/records_case_words.h"

#include "base/arena.h"
#include "base/buf.h"
#include "service/evidence.h"
#include "service/file_type.h"
#include "service/records_label.h"
#include "service/service_test_env.h"
#include "service/test_records_sheet.h"

enum { SHEET_ROOM = 4 << 20 };

static str sheet_of(struct office *o, const char *month, int bad, bool sign)
{
    const struct test_sheet t = {
        .app = o->app,
        .arena = &o->arena,
        .heap = &o->heap,
        .signs = sign ? office_as(o, "auditor1") : NULL,
        .month = month,
        .bad = bad,
        .made = office_day(OFFICE_TODAY),
    };
    str out = S("");

    EXPECT_OK(test_sheet_make(&t, &out));
    return out;
}

/* `old` in the text, which has it once or more, is `new`. */
static str with(struct office *o, str text, const char *old, const char *new)
{
    size_t at = str_find(text, str_of(old));
    struct buf b;
    str out = S("");

    EXPECT_ROW(old, at < text.n);
    buf_init(&b, &o->arena, SHEET_ROOM);
    buf_str(&b, str_first(text, at));
    buf_str(&b, str_of(new));
    buf_str(&b, str_from(text, at + strlen(old)));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static err add(struct office *o, str ref, const char *title, str bytes)
{
    const struct evidence e = { .who = office_as(o, "newcomer"),
                                .today = DAY_NEVER,
                                .ref = ref,
                                .requirement = S("records"),
                                .title = str_of(title),
                                .from = S("2026-01-01"),
                                .to = S("2026-01-31"),
                                .name = S("sheet.json"),
                                .bytes = bytes,
                                .expected = -1 };
    struct case_answer unused;

    return evidence_add(o->app, &o->arena, &e, &unused);
}

static struct list sheets_of(struct office *o, str ref)
{
    struct case_file file = office_read(o, ref);
    struct list out = { 0 };

    EXPECT_OK(records_case(o->app, &o->arena, &file, &out));
    return out;
}

/* --- what is one ---------------------------------------------------------- */

/* [FT3] */
ONE_STORE_TEST(a_sheet_is_known_by_what_it_says, true)
{
    TEST_OFFICE(o, place);
    str sheet = sheet_of(&o, "2026-01", 1, false);
    const struct {
        const char *why;
        str bytes;
        const char *type;
    } rows[] = {
        { "a sheet", sheet, FILE_TYPE_SHEET },
        { "of another type", with(&o, sheet, "TenstarRecordSheet", "Sheet"),
          "" },
        { "cut off", str_first(sheet, sheet.n - 1), "" },
        { "a list of one", with(&o, sheet, "{", "[{"), "" },
        { "text that speaks of one", S("TenstarRecordSheet"), "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str type;

        EXPECT_ROW_OK(rows[i].why, file_type_own(&o.arena, rows[i].bytes, &type));
        EXPECT_ROW_STR(rows[i].why, type, str_of(rows[i].type));
    }
}

/* Both sides of the bound. */
TEST(a_sheet_that_nobody_could_check_is_refused_with_its_size)
{
    TEST_ARENA(a, (size_t)FILE_TYPE_OWN_MAX * 2);
    const str head = S("{\"type\":\"TenstarRecordSheet\"}");
    char *bytes = arena_zero(&a, (size_t)FILE_TYPE_OWN_MAX + 1);
    str type;

    if (bytes == NULL)
        return;
    memset(bytes, ' ', (size_t)FILE_TYPE_OWN_MAX + 1);
    memcpy(bytes, head.p, head.n);
    EXPECT_OK(file_type_own(&a, (str){ bytes, FILE_TYPE_OWN_MAX }, &type));
    EXPECT_STR(type, S(FILE_TYPE_SHEET));
    EXPECT_ERR(file_type_own(&a, (str){ bytes, FILE_TYPE_OWN_MAX + 1 }, &type),
               ERR_LIMIT, "file.own_long");
}

/* scheme.h: what a package may name is what a sheet has. */
TEST(every_name_a_package_may_give_is_one_that_is_counted)
{
    for (size_t i = 0; scheme_record_names[i] != NULL; i++)
        EXPECT_ROW(scheme_record_names[i],
                   strcmp(records_label(str_of(scheme_record_names[i])),
                          "records_report.unsaid") != 0);
    EXPECT(strcmp(records_label(S("happy")), "records_report.unsaid") == 0);
}

/* --- what it says --------------------------------------------------------- */

EACH_STORE_TEST(a_sheet_in_a_case_says_k_of_n_for_its_period)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    EXPECT_OK(add(&o, ref, "一月", sheet_of(&o, "2026-01", 1, false)));
    struct list all = sheets_of(&o, ref);
    const struct case_sheet *x = all.p;
    EXPECT(all.n == 1);
    if (all.n != 1)
        return;
    const struct case_share *s = case_sheet_share(x, S("satisfied"));
    EXPECT(s != NULL && s->k == 11 && s->n == 12);
    EXPECT(case_sheet_share(x, S("called_back")) == NULL); /* of nothing */
    EXPECT(case_sheet_share(x, S("")) == NULL);
    EXPECT_STR(x->document->title, S("一月"));
    EXPECT_STR(x->file_name, S("服务.csv"));
    EXPECT(x->file.n == 64);
    EXPECT(x->from == office_day("2026-01-01"));
    EXPECT(x->to == office_day("2026-01-31"));
    EXPECT(x->current && x->covers && x->signer == SHEET_UNSIGNED);
    EXPECT(records_case_best(&all, S("satisfied")) == x);
    EXPECT(records_case_best(&all, S("called_back")) == NULL);
    EXPECT(records_case_sheet(&all, &x->document->blob) == x);
}

/* [RK3] [RK4] */
ONE_STORE_TEST(the_newest_that_covers_is_taken_and_the_others_are_listed, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct case_sheet *x;
    struct list all;

    EXPECT_OK(add(&o, ref, "旧", sheet_of(&o, "2025-03", 0, false)));
    all = sheets_of(&o, ref);
    x = (struct case_sheet *)all.p;
    EXPECT(all.n == 1 && x[0].current && !x[0].covers);
    EXPECT(x[0].why == LACK_PERIOD);
    EXPECT(records_case_best(&all, S("satisfied")) == &x[0]); /* none better */

    EXPECT_OK(add(&o, ref, "新", sheet_of(&o, "2026-01", 1, false)));
    all = sheets_of(&o, ref);
    x = (struct case_sheet *)all.p;
    EXPECT(all.n == 2 && x[0].covers && x[0].current && !x[1].current);
    EXPECT(records_case_best(&all, S("satisfied")) == &x[0]);
    x[0].covers = false; /* as if it were of another year */
    EXPECT(records_case_best(&all, S("satisfied")) == &x[0]);
    x[1].current = x[1].covers = true;
    EXPECT(records_case_best(&all, S("satisfied")) == &x[1]);
    x[1].signer = SHEET_BROKEN;
    EXPECT(records_case_best(&all, S("satisfied")) == &x[0]);
}

/* [RK2] [EV5] */
EACH_STORE_TEST(who_signed_a_sheet_is_checked_and_said)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    str sheet;

    EXPECT_OK(office_make_keys(&o));
    sheet = sheet_of(&o, "2026-01", 1, true);
    EXPECT_ERR(add(&o, ref, "改", with(&o, sheet, "\"k\":11", "\"k\":12")),
               ERR_INVALID, "sealed.signature");
    EXPECT(sheets_of(&o, ref).n == 0);
    EXPECT_OK(add(&o, ref, "签", sheet));
    struct list all = sheets_of(&o, ref);
    const struct case_sheet *x = all.p;
    EXPECT(all.n == 1 && x->signer == SHEET_OURS && x->issuer.n > 0);

    EXPECT_OK(add(&o, ref, "他",
                  with(&o, sheet, "\"issuer\":\"did:web:",
                       "\"issuer\":\"did:web:other.")));
    all = sheets_of(&o, ref);
    x = all.p;
    EXPECT(all.n == 2 && x->signer == SHEET_STRANGER);
}

/* --- in words ------------------------------------------------------------- */

ONE_STORE_TEST(what_the_sheets_say_is_a_sentence_with_its_source, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    enum rate_verdict verdict = RATE_MET;
    struct case_file file;
    struct list all;
    str text;

    EXPECT_OK(add(&o, ref, "一月", sheet_of(&o, "2026-01", 1, false)));
    all = sheets_of(&o, ref);
    file = office_read(&o, ref);
    EXPECT(records_case_verdict(
        file.state, 0,
        case_sheet_share(records_case_best(&all, S("satisfied")),
                         S("satisfied")),
        &verdict));
    EXPECT(verdict == RATE_CANNOT_TELL); /* 11 of 12 against 90 % */
    EXPECT_OK(case_sheets_say(&o.arena, LANG_EN, &all, S("satisfied"), &verdict,
                              &text));
    EXPECT_STR(text,
               S("Satisfied: 11 of 12, 91.67% (64.61% – 98.52%); what is asked "
                 "for: cannot tell. Sheet “一月” of 服务.csv, 1 January 2026 to "
                 "31 January 2026: not signed; its period covers what is asked "
                 "for."));
    EXPECT_OK(case_sheets_say(&o.arena, LANG_ZH, &all, S("called_back"), NULL,
                              &text));
    EXPECT_STR(text, S(""));
    EXPECT_OK(case_sheet_source(&o.arena, LANG_ZH, all.p, &text));
    EXPECT_STR(text, S("记录单“一月”（服务.csv，2026年1月1日至2026年1月31日）"
                       "，可用 tenstar records verify 复算"));
}
