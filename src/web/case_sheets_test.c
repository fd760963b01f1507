/* What sheets of service records say where a figure is recorded and a sampled
 * indicator judged, and the rows to draw. [M3] [M9] [M15] [WS1] [WS2] [WR1] */

#include "base/buf.h"
#include "base/size.h"
#include "service/evidence.h"
#include "service/test_records_sheet.h"
#include "web/test_work.h"

#include <string.h>

enum { BODY_MOST = 1 << 16 };

#define FIGURE "    label: { zh: 满意度, en: Satisfaction }\n"
#define LEAF   "        sampled: { zh: 员工档案, en: staff files }\n"

#define NOTE                                                                   \
    "{\"file\":{\"sha256\":"                                                   \
    "\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"},"   \
    "\"name\":\"服务.csv\",\"screens\":[{\"base_k\":3,\"base_n\":20,"        \
    "\"concerned\":10,\"k\":10,\"lines\":[2,3,9],\"n\":12,"                    \
    "\"screen\":\"round\",\"status\":\"raised\"},{\"status\":\"quiet\"}],"     \
    "\"tickets\":12,\"type\":\"TenstarRecordRisk\"}"

static str replaced(struct office *o, str text, const char *old,
                    const char *more)
{
    size_t at = str_find(text, str_of(old)) + strlen(old);
    struct buf b;
    str out = S("");

    EXPECT_ROW(old, at <= text.n);
    buf_init(&b, &o->arena, BODY_MOST);
    buf_str(&b, str_first(text, at));
    buf_str(&b, str_of(more));
    buf_str(&b, str_from(text, at));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* A case of a package that is fed by records, with a sheet of 11 of 12 among
 * its documents, at its audit. */
static str case_with_sheet(struct office *o)
{
    const struct test_sheet made = { .app = o->app,
                                     .arena = &o->arena,
                                     .heap = &o->heap,
                                     .month = "2026-01",
                                     .bad = 1,
                                     .made = office_day(OFFICE_TODAY) };
    struct evidence e = { .today = DAY_NEVER,
                          .requirement = S("extra"),
                          .title = S("一月记录单"),
                          .name = S("sheet.json"),
                          .expected = -1 };
    str text = office_mini_text(o, FIGURE, FIGURE "    records: satisfied\n");
    struct case_answer unused;
    struct hash hash;

    text = replaced(o, text, LEAF, "        records: resolved\n");
    office_pass_days(o, 1);
    EXPECT_OK(office_freeze(o, text, &hash));
    EXPECT_OK(test_sheet_make(&made, &e.bytes));
    e.ref = office_case(o);
    e.who = office_as(o, "newcomer");
    EXPECT_OK(evidence_add(o->app, &o->arena, &e, &unused));
    office_go_to(o, e.ref, STAGE_AUDIT);
    const struct state *s = office_read(o, e.ref).state;
    if (s->plan->from > office_today(o))
        office_pass_days(o, s->plan->from - office_today(o));
    EXPECT_OK(office_do(o, "auditor1", e.ref, "audit.open", "{}"));
    return e.ref;
}

static struct response look(struct test_work *w, const char *login, str ref,
                            const char *page)
{
    struct browser b = work_enter(w, login);

    b.lang = LANG_EN;
    return work_get(w, &b, work_text(w, "/cases/", ref, page));
}

/* [WS1] */
ONE_STORE_TEST(a_figure_begins_with_what_its_sheet_says, true)
{
    TEST_WORK(w, place);
    str ref = case_with_sheet(&w.office);
    struct response rs = look(&w, "auditor1", ref, "/do/figure.record");

    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "<option value=\"satisfaction\" selected>"));
    EXPECT(work_holds(&rs, "name=\"k\" value=\"11\""));
    EXPECT(work_holds(&rs, "name=\"n\" value=\"12\""));
    EXPECT(work_holds(&rs, "Sheet “一月记录单” of 服务.csv, 1 January 2026"));
    EXPECT(work_holds(&rs, "Satisfied: 11 of 12, 91.67% (64.61% – 98.52%); "
                           "what is asked for: cannot tell."));
    /* what no package feeds has nothing */
    EXPECT(office_do(&w.office, "auditor1", ref, "figure.record",
                     "{'figure':'satisfaction','k':11,'n':12,'source':'x'}")
               .info == NULL);
    rs = look(&w, "auditor1", ref, "/do/figure.record");
    EXPECT(work_holds(&rs, "<option value=\"resolution\" selected>"));
    EXPECT(!work_holds(&rs, "name=\"k\" value=\"11\""));
}

/* [WS2] */
ONE_STORE_TEST(beside_a_sampled_indicator_stands_what_records_say, true)
{
    TEST_WORK(w, place);
    str ref = case_with_sheet(&w.office);
    struct response rs = look(&w, "auditor1", ref, "/checklist/1");

    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "Service records: Resolved: 12 of 12, 100%"));
    rs = look(&w, "auditor1", ref, "/checklist/2"); /* nothing feeds it */
    EXPECT(rs.status == 200 && !work_holds(&rs, "Service records:"));
    rs = look(&w, "auditor1", ref, "/do/finding.record");
    EXPECT(work_holds(&rs, "Resolved: 12 of 12, 100%"));
}

/* --- rows to draw --------------------------------------------------------- */

static str value_after(str page, str before)
{
    str rest = str_from(page, str_find(page, before) + before.n);

    return str_first(rest, str_index(rest, '"'));
}

static void part(struct buf *b, const char *name, const char *file, str value)
{
    buf_printf(b,
               "--" WORK_BOUNDARY
               "\r\nContent-Disposition: form-data; name=\"%s\"",
               name);
    if (file != NULL)
        buf_printf(b, "; filename=\"%s\"", file);
    buf_str(b, S("\r\n\r\n"));
    buf_str(b, value);
    buf_str(b, S("\r\n"));
}

/* The form of the page of the toss, sent with this file. */
static struct response note(struct test_work *w, struct browser *b, str ref,
                            str file)
{
    struct response page =
        work_get(w, b, work_text(w, "/cases/", ref, "/sample"));
    str form = str_from(page.body, str_find(page.body, S("/risk\"")));
    struct buf out;
    str body = S("");

    buf_init(&out, &w->office.arena, BODY_MOST);
    part(&out, "token", NULL, b->token);
    part(&out, "version", NULL,
         value_after(form, S("name=\"version\" value=\"")));
    part(&out, "command-id", NULL,
         value_after(form, S("name=\"command-id\" value=\"")));
    part(&out, "file", "risk.json", file);
    buf_str(&out, S("--" WORK_BOUNDARY "--\r\n"));
    EXPECT_OK(buf_done(&out, &body));
    return work_upload(w, b, work_text(w, "/cases/", ref, "/risk"), body);
}

ONE_STORE_TEST(rows_to_draw_are_the_auditors_to_know, true)
{
    TEST_WORK(w, place);
    str ref = case_with_sheet(&w.office);
    struct browser b = work_enter(&w, "auditor1");
    struct response rs;

    b.lang = LANG_EN;
    rs = note(&w, &b, ref, S("{\"type\":\"Other\"}"));
    EXPECT(rs.status == 422 || rs.status == 400);
    EXPECT(work_holds(&rs, "“risk.json” is no note of rows to draw."));
    rs = note(&w, &b, ref, S(NOTE));
    EXPECT(rs.status == 303);
    rs = look(&w, "auditor1", ref, "/sample");
    EXPECT(work_holds(&rs, "round times"));
    EXPECT(work_holds(&rs, "10 of 12, held against 3 of 20; 10 rows"));
    EXPECT(work_holds(&rs, "Lines 2 3 9"));
    const char *before = work_text(&w, "href=\"/cases/", ref, "/files/");
    str hash = value_after(rs.body, str_of(before));
    EXPECT(hash.n == 64);
    const char *file = work_text(&w, "/files/", hash, "");
    rs = look(&w, "auditor1", ref, file);
    EXPECT(rs.status == 200);
    EXPECT_STR(rs.body, S(NOTE));
    /* [WR4] */
    rs = look(&w, "planner", ref, "/planner");
    EXPECT(work_holds(&rs, "<h3 id=\"risk\">") &&
           work_holds(&rs, "Lines 2 3 9") && !work_holds(&rs, "risk-file"));
    rs = look(&w, "auditor1", ref, "/checklist/1");
    EXPECT(work_holds(&rs, "/sample#risk"));
    /* [WR1] */
    EXPECT(look(&w, "newcomer", ref, "/planner").status == 403);
    EXPECT(look(&w, "newcomer", ref, "/checklist/1").status == 404);
    rs = look(&w, "newcomer", ref, "/sample");
    EXPECT(rs.status == 200 && !work_holds(&rs, "Rows to draw") &&
           !work_holds(&rs, "Lines 2 3 9"));
    EXPECT(look(&w, "newcomer", ref, file).status == 404);
    /* who decides reads it and notes none */
    rs = look(&w, "reviewer", ref, "/sample");
    EXPECT(work_holds(&rs, "Lines 2 3 9") && !work_holds(&rs, "risk-file"));
}
