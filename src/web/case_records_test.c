/* The room of service records: handing in, figures, rows, screens, correcting,
 * taking away. [WR1]..[WR4] [M3] [M14] [M26] [M27] */

#include "base/buf.h"
#include "base/size.h"
#include "service/records_held.h"
#include "web/test_work.h"

#include <stdio.h>

enum { BODY_MOST = 4 << 20, ROWS = 240 };

#define HEADER                                                                 \
    "工单号,报修时间,首次响应时间,完成时间,网点,服务人员,客户,电话,评分\n"

/* --- a form with a file -------------------------------------------------- */

static void field(struct buf *b, const char *name, str value)
{
    buf_str(b, S("--" WORK_BOUNDARY "\r\nContent-Disposition: form-data; "));
    buf_printf(b, "name=\"%s\"\r\n\r\n", name);
    buf_str(b, value);
    buf_str(b, S("\r\n"));
}

static str form_of(struct test_work *w, const struct browser *from,
                   const char *name, str bytes)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &w->office.arena, BODY_MOST);
    field(&b, "token", from->token);
    buf_str(&b, S("--" WORK_BOUNDARY "\r\nContent-Disposition: form-data; "));
    buf_printf(&b, "name=\"file\"; filename=\"%s\"\r\n\r\n", name);
    buf_str(&b, bytes);
    buf_str(&b, S("\r\n--" WORK_BOUNDARY "--\r\n"));
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

/* Tickets of a quarter: those of 东站 in time and satisfied, of 西站 less so;
 * the last row is none. */
static str tickets(struct test_work *w)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &w->office.arena, BODY_MOST);
    buf_str(&b, S(HEADER));
    for (int i = 0; i < ROWS; i++)
        buf_printf(&b,
                   "T%03d,2025-%02d-%02d 09:%02d,2025-%02d-%02d 10:%02d,"
                   "2025-%02d-%02d 15:%02d,%s,%s,王小明%d,1381234%04d,%d\n",
                   i, i % 3 + 1, i % 28 + 1, i % 60, i % 3 + 1, i % 28 + 1,
                   (i * 7) % 60, i % 3 + 1, i % 28 + 1, (i * 11) % 60,
                   i % 4 == 0 ? "西站" : "东站", i % 2 == 0 ? "赵工" : "钱工",
                   i, i, i % 10 == 0 ? 2 : 5);
    buf_str(&b, S("T999,tomorrow,,,南站,李工,孙,13900000000,5\n"));
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

static void count_all(struct test_work *w)
{
    bool any = true;

    while (any)
        EXPECT_OK(held_work(w->office.app, &w->office.arena, NULL, &any));
}

/* Handed in by the newcomer; where it is. */
static const char *hand_in(struct test_work *w, struct browser *b, str ref,
                           const char *name, str bytes)
{
    const char *room = work_text(w, "/cases/", ref, "/records");
    struct response rs;

    (void)work_get(w, b, room);
    rs = work_upload(w, b, room, form_of(w, b, name, bytes));
    EXPECT(rs.status == 303);
    return work_text(w, "", work_led(&rs), "");
}

static const char *at(struct test_work *w, const char *place, const char *more)
{
    return work_text(w, place, str_of(more), "");
}

static bool says(const struct response *rs, const char *text)
{
    return str_contains(rs->body, text_get(LANG_ZH, text));
}

static bool has_header(const struct response *rs, const char *name)
{
    for (size_t i = 0; i < rs->header_count; i++) {
        if (str_eq(rs->headers[i].name, str_of(name)))
            return true;
    }
    return false;
}

/* --- handing in ---------------------------------------------------------- */

ONE_STORE_TEST(an_empty_room_says_what_happens_with_names_of_customers, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const char *room = work_text(&w, "/cases/", ref, "/records");
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, room);

    EXPECT(rs.status == 200 && says(&rs, "records_page.none_own"));
    EXPECT(work_holds(&rs, "90 天后连同密钥自动删除"));
    EXPECT(work_holds(&rs, "enctype=\"multipart/form-data\""));
    rs = work_upload(&w, &b, room, form_of(&w, &b, "", S("")));
    EXPECT(rs.status == 400 && work_holds(&rs, "role=\"alert\""));
    rs = work_upload(&w, &b, room, form_of(&w, &b, "a.csv", S("")));
    EXPECT(rs.status == 400 && work_holds(&rs, "role=\"alert\""));

    b = work_enter(&w, "auditor1");
    rs = work_get(&w, &b, room);
    EXPECT(rs.status == 200 && says(&rs, "records_page.none"));
}

/* [WR3] */
ONE_STORE_TEST(a_file_is_counted_while_its_page_says_how_far_it_is, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "服务.csv", tickets(&w));
    struct response rs = work_get(&w, &b, file);

    EXPECT(rs.status == 200 && says(&rs, "records_page.is_counted"));
    EXPECT(work_holds(&rs, "hx-trigger=\"load delay:60ms, every 200ms\""));
    rs = work_get(&w, &b, at(&w, file, "/progress"));
    EXPECT(rs.status == 200 && !has_header(&rs, "HX-Refresh"));
    EXPECT(!work_holds(&rs, "<html"));
    rs = work_get(&w, &b, at(&w, file, "/by/outlet"));
    EXPECT_STR(work_led(&rs), str_of(file));

    count_all(&w);
    rs = work_get(&w, &b, at(&w, file, "/progress"));
    EXPECT(rs.status == 200 && has_header(&rs, "HX-Refresh"));
    rs = work_get(&w, &b, file);
    EXPECT(rs.status == 200 && says(&rs, "records_page.what_it_is"));
    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/records"));
    EXPECT(says(&rs, "records_page.counted") && work_holds(&rs, "服务.csv"));
}

/* [WO1] [WO2] */
ONE_STORE_TEST(an_overview_has_shares_times_and_what_was_left_out, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "服务.csv", tickets(&w));

    count_all(&w);
    struct response rs = work_get(&w, &b, file);
    EXPECT(work_holds(&rs, "UTF-8"));
    EXPECT(says(&rs, "records_report.satisfied"));
    EXPECT(work_holds(&rs, "216 / 240") && work_holds(&rs, "90.0%"));
    EXPECT(says(&rs, "records_report.response"));
    EXPECT(work_holds(&rs, "第 242 行拒收"));
    EXPECT(work_holds(&rs, "data:image/svg+xml,"));
    EXPECT(!says(&rs, "records_page.screens"));
    EXPECT(!work_holds(&rs, "王小明"));
}

/* A file of stock claims nothing of what was resolved. */
ONE_STORE_TEST(what_no_column_says_stands_nowhere, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "库存.csv",
                               S("报修时间,配件,库存,安全库存\n"
                                 "2025-03-01 09:00,阀,3,5\n"
                                 "2025-03-02 09:00,阀,9,5\n"));

    count_all(&w);
    struct response rs = work_get(&w, &b, file);
    EXPECT(rs.status == 200 && says(&rs, "records_page.no_figures"));
    EXPECT(says(&rs, "records_report.low_days"));
    EXPECT(!says(&rs, "records_report.resolved") && !work_holds(&rs, "0 / 2"));
    EXPECT(!says(&rs, "records_page.open_last") &&
           !work_holds(&rs, "data:image/svg+xml,"));
    rs = work_get(&w, &b, at(&w, file, "/by/month"));
    EXPECT(rs.status == 200 && !work_holds(&rs, "<select"));
    rs = work_get(&w, &b, at(&w, file, "/workbook"));
    EXPECT(rs.status == 200);
}

/* --- groups and rows ----------------------------------------------------- */

/* [WG2] [WG3] [WR4] */
ONE_STORE_TEST(groups_stand_by_their_tickets_and_lead_to_their_rows, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "服务.csv", tickets(&w));

    count_all(&w);
    struct response rs = work_get(&w, &b, at(&w, file, "/by/outlet"));
    EXPECT(rs.status == 200);
    EXPECT(str_find(rs.body, S(">东站</a>")) <
           str_find(rs.body, S(">西站</a>")));
    EXPECT(!work_holds(&rs, "南站"));
    rs = work_get(&w, &b, at(&w, file, "/by/outlet?figure=resolved"));
    EXPECT(work_holds(&rs, "value=\"resolved\" selected"));
    EXPECT(work_holds(&rs, "180 / 180"));
    rs = work_get(&w, &b, at(&w, file, "/by/month"));
    EXPECT(str_find(rs.body, S("2025-01</a>")) <
           str_find(rs.body, S("2025-03</a>")));
    rs = work_get(&w, &b, at(&w, file, "/by/person"));
    EXPECT(work_holds(&rs, ">赵工</a>"));
    rs = work_get(&w, &b, at(&w, file, "/by/weather"));
    EXPECT(rs.status == 404);
}

/* [WD1] [WD2] */
ONE_STORE_TEST(rows_of_a_group_hide_customers_and_go_on_after_a_line, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "服务.csv", tickets(&w));
    const char *group =
        at(&w, file, "/rows?by=outlet&group=%E4%B8%9C%E7%AB%99");

    count_all(&w);
    struct response rs = work_get(&w, &b, group);
    EXPECT(rs.status == 200 && work_holds(&rs, ">T001</td>"));
    EXPECT(!work_holds(&rs, ">T000</td>")); /* of 西站 */
    EXPECT(!work_holds(&rs, "王小明") && !work_holds(&rs, "13812340001"));
    EXPECT(work_holds(&rs, "<th scope=\"row\" class=\"number\">3</th>"));
    EXPECT(!work_holds(&rs, ">T239</td>") && work_holds(&rs, "rel=\"next\""));
    rs = work_get(&w, &b, at(&w, group, "&after=200"));
    EXPECT(work_holds(&rs, ">T239</td>") && !work_holds(&rs, ">T001</td>"));
    EXPECT(!work_holds(&rs, "rel=\"next\""));
    rs = work_get(&w, &b, at(&w, file, "/rows?by=outlet&group=x"));
    EXPECT(rs.status == 200 && says(&rs, "records_page.no_rows"));
    rs = work_get(&w, &b, at(&w, file, "/rows"));
    EXPECT(rs.status == 404);
}

/* --- screens [WS1] [WS2] ------------------------------------------------- */

ONE_STORE_TEST(screens_are_for_working_papers_and_say_they_are_no_finding, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "服务.csv", tickets(&w));
    struct response rs;

    count_all(&w);
    rs = work_get(&w, &b, at(&w, file, "/screens"));
    EXPECT(rs.status == 404);
    rs = work_get(&w, &b, at(&w, file, "/rows?screen=order"));
    EXPECT(rs.status == 404);
    b = work_enter(&w, "auditor1");
    rs = work_get(&w, &b, at(&w, file, "/screens"));
    EXPECT(rs.status == 200 && says(&rs, "records_page.screens_about"));
    EXPECT(says(&rs, "records.screen_order"));
    rs = work_get(&w, &b, at(&w, file, "/rows?screen=order"));
    EXPECT(rs.status == 200);
}

/* A screen that is raised leads to rows with their lines. */
ONE_STORE_TEST(what_a_screen_points_at_is_led_to, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file;
    struct buf text;
    str bytes = S("");

    buf_init(&text, &w.office.arena, BODY_MOST);
    buf_str(&text, S(HEADER));
    for (int i = 0; i < 1000; i++) /* resolved before they were opened */
        buf_printf(&text,
                   "T%03d,2025-03-%02d 12:%02d,,2025-03-%02d %02d:17,站,赵,"
                   "客%d,1381234%04d,5\n",
                   i, i % 28 + 1, i % 60, i % 28 + 1, i % 4 == 0 ? 9 : 15, i,
                   i);
    EXPECT_OK(buf_done(&text, &bytes));
    file = hand_in(&w, &b, ref, "a.csv", bytes);
    count_all(&w);
    b = work_enter(&w, "auditor1");
    struct response rs = work_get(&w, &b, at(&w, file, "/screens"));
    EXPECT(work_holds(&rs, "rows?screen=order"));
    rs = work_get(&w, &b, at(&w, file, "/rows?screen=order"));
    EXPECT(rs.status == 200 && work_holds(&rs, ">T000</td>"));
    EXPECT(work_holds(&rs, "<th scope=\"row\" class=\"number\">2</th>"));
    EXPECT(!work_holds(&rs, ">T001</td>"));
}

/* --- rights [WR1] -------------------------------------------------------- */

ONE_STORE_TEST(others_learn_nothing_of_the_room, true)
{
    static const char *const others[] = { "rival", "insider", "admin" };
    static const char *const places[] = { "",         "/progress", "/by/month",
                                          "/rows",    "/screens",  "/columns",
                                          "/figures", "/refused",  "/workbook",
                                          "/report",  "/delete" };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "服务.csv", tickets(&w));

    count_all(&w);
    for (size_t i = 0; i < COUNT(others); i++) {
        b = work_enter(&w, others[i]);
        struct response rs =
            work_get(&w, &b, work_text(&w, "/cases/", ref, "/records"));
        EXPECT_ROW(others[i], rs.status == 404 || rs.status == 403);
        for (size_t k = 0; k < COUNT(places); k++) {
            rs = work_get(&w, &b, at(&w, file, places[k]));
            EXPECT_ROW(places[k], rs.status == 404 || rs.status == 403);
            EXPECT_ROW(places[k], !work_holds(&rs, "服务.csv"));
        }
        rs = work_post(&w, &b, at(&w, file, "/delete"), "");
        EXPECT_ROW(others[i], rs.status == 404 || rs.status == 403);
    }

    /* The authority looks, and changes nothing. */
    b = work_enter(&w, "authority");
    struct response rs = work_get(&w, &b, file);
    EXPECT(rs.status == 200);
    EXPECT(!work_holds(&rs, "name=\"requirement\""));
    rs = work_get(&w, &b, at(&w, file, "/columns"));
    EXPECT(rs.status == 200 && !work_holds(&rs, "<select name=\"role-0\""));
    rs = work_post(&w, &b, at(&w, file, "/columns"), "role-0=none");
    EXPECT(rs.status == 400 || rs.status == 403);
    rs = work_post(&w, &b, at(&w, file, "/delete"), "");
    EXPECT(rs.status == 403);
}

/* --- correcting [WC2]..[WC4] [WA1]..[WA3] -------------------------------- */

ONE_STORE_TEST(columns_are_shown_with_why_and_corrected, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "服务.csv", tickets(&w));
    struct response rs;

    count_all(&w);
    rs = work_get(&w, &b, at(&w, file, "/columns"));
    EXPECT(rs.status == 200 && says(&rs, "records.role_opened"));
    EXPECT(work_holds(&rs, "<select name=\"role-8\""));

    /* 网点 is a product, the score is out of 5, customers are satisfied at 5.
     */
    rs = work_post(&w, &b, at(&w, file, "/columns"),
                   "role-4=product&scale-8=5&satisfied=5&repeat=7"
                   "&week=always&from=2025-01-01&to=2025-02-28");
    EXPECT(rs.status == 303);
    EXPECT_STR(work_led(&rs), str_of(file));
    count_all(&w);
    rs = work_get(&w, &b, file);
    EXPECT(work_holds(&rs, "/by/product") && !work_holds(&rs, "/by/outlet"));
    EXPECT(work_holds(&rs, "7 天"));
    rs = work_get(&w, &b, at(&w, file, "/columns"));
    EXPECT(work_holds(&rs, "<option value=\"product\" selected>"));
    EXPECT(work_holds(&rs, "value=\"always\""));
    EXPECT(work_holds(&rs, "value=\"2025-02-28\""));
}

ONE_STORE_TEST(a_wrong_mapping_is_said_beside_its_column, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "服务.csv", tickets(&w));
    struct response rs;

    count_all(&w);
    /* A person is no moment. */
    rs = work_post(&w, &b, at(&w, file, "/columns"),
                   "role-4=outlet&role-5=closed&week=1-5+9");
    EXPECT(rs.status == 400 && says(&rs, "records_page.no_week"));
    rs = work_post(&w, &b, at(&w, file, "/columns"),
                   "role-4=outlet&role-5=closed");
    EXPECT(rs.status == 400 && work_holds(&rs, "id=\"w-5\""));
    EXPECT(!work_holds(&rs, "id=\"w-4\""));
    EXPECT(work_holds(&rs, "<option value=\"closed\" selected>"));
    rs = work_post(&w, &b, at(&w, file, "/columns"),
                   "repeat=x&response=-1&resolution=1.5&from=2025-01-01");
    EXPECT(work_holds(&rs, "id=\"w-repeat\"") &&
           work_holds(&rs, "id=\"w-response\"") &&
           work_holds(&rs, "id=\"w-resolution\"") &&
           work_holds(&rs, "id=\"w-period\""));
    rs = work_get(&w, &b, file);
    EXPECT(work_holds(&rs, "/by/outlet"));
}

ONE_STORE_TEST(a_file_that_is_no_table_says_why_and_takes_a_mapping, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "b.csv",
                               S("编号,甲,乙\n1,东,2025-03-01 08:00\n"
                                 "2,西,2025-03-02 09:00\n"));
    struct response rs;

    count_all(&w);
    rs = work_get(&w, &b, file);
    EXPECT(rs.status == 200 && says(&rs, "records_page.cannot_count"));
    EXPECT(!work_holds(&rs, "hx-get") && says(&rs, "records_page.correct"));
    EXPECT(work_holds(&rs, "/columns\">"));
    /* the list says it as the file's page does, not as a command would */
    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/records"));
    EXPECT(rs.status == 200 && work_holds(&rs, "“b.csv”") &&
           !work_holds(&rs, ": opened"));
    rs = work_get(&w, &b, at(&w, file, "/columns"));
    EXPECT(rs.status == 200 && work_holds(&rs, "name=\"role-2\""));
    EXPECT(work_holds(&rs, "2025-03-02 09:00")); /* [WC5] */
    EXPECT(work_holds(&rs, "role=\"alert\""));
    rs = work_post(&w, &b, at(&w, file, "/columns"), "role-1=opened");
    EXPECT(rs.status == 400 && work_holds(&rs, "id=\"w-1\""));
    rs = work_post(&w, &b, at(&w, file, "/columns"), "role-2=opened");
    EXPECT(rs.status == 303);
    count_all(&w);
    rs = work_get(&w, &b, file);
    EXPECT(rs.status == 200 && says(&rs, "records_page.what_it_is"));
}

/* [WW2] */
ONE_STORE_TEST(of_what_is_no_table_the_way_is_to_another_file, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "b.csv", S("甲\n乙\n丙\n"));

    count_all(&w);
    struct response rs = work_get(&w, &b, file);
    EXPECT(rs.status == 200 && says(&rs, "records_page.another") &&
           !says(&rs, "records_page.correct"));
    EXPECT(!work_holds(&rs, "/columns\">")); /* a tab that led nowhere */
    rs = work_get(&w, &b, at(&w, file, "/columns"));
    EXPECT(rs.status == 303);
    EXPECT_STR(work_led(&rs), str_of(file));
}

/* --- taking away, handing on, deleting ----------------------------------- */

/* [WF1] [WF2] */
ONE_STORE_TEST(figures_are_taken_away_in_four_forms, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "服务.csv", tickets(&w));
    struct response rs;

    count_all(&w);
    rs = work_get(&w, &b, at(&w, file, "/figures"));
    EXPECT(rs.status == 200 && work_holds(&rs, "\"tickets\":240"));
    EXPECT_STR(rs.type, S("application/json"));
    rs = work_get(&w, &b, at(&w, file, "/refused"));
    EXPECT(rs.status == 200 && work_holds(&rs, "\"242\","));
    EXPECT(says(&rs, "records_page.fault_not_opened"));
    rs = work_get(&w, &b, at(&w, file, "/workbook"));
    EXPECT(rs.status == 200 && str_begins(rs.body, S("PK")));
    EXPECT(!work_holds(&rs, "王小明"));
}

/* [WL2] */
ONE_STORE_TEST(a_file_is_deleted_when_asked_for_once_more, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "服务.csv", tickets(&w));
    struct response rs = work_get(&w, &b, at(&w, file, "/delete"));

    EXPECT(rs.status == 200 && says(&rs, "records_page.delete_about"));
    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/records"));
    EXPECT(work_holds(&rs, "服务.csv"));
    rs = work_post(&w, &b, at(&w, file, "/delete"), "");
    EXPECT(rs.status == 303);
    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/records"));
    EXPECT(!work_holds(&rs, "服务.csv"));
    rs = work_get(&w, &b, file);
    EXPECT(rs.status == 404);
}

/* [WO2] */
ONE_STORE_TEST(the_sheet_of_the_figures_becomes_a_document, true)
{
    TEST_WORK(w, place);
    EXPECT_OK(office_make_keys(&w.office));
    w.faces.app = w.office.app; /* it was opened anew */
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    const char *file = hand_in(&w, &b, ref, "服务.csv", tickets(&w));
    struct response rs;

    count_all(&w);
    rs = work_post(&w, &b, at(&w, file, "/submit"), "requirement=none-such");
    EXPECT(rs.status >= 400 && work_holds(&rs, "role=\"alert\""));
    rs = work_get(&w, &b, file);
    EXPECT(work_holds(&rs, "name=\"requirement\""));
    rs = work_post(&w, &b, at(&w, file, "/submit"), "requirement=licence");
    EXPECT(rs.status == 303);
    EXPECT_STR(work_led(&rs), str_of(work_text(&w, "/cases/", ref, "/papers")));
    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/papers"));
    EXPECT(work_holds(&rs, work_text(&w, "/cases/", ref, "/files/")));
}

/* --- in pieces [WP1] ----------------------------------------------------- */

static struct response piece(struct test_work *w, struct browser *b,
                             const char *to, const char *from, str bytes)
{
    struct buf out;
    str text = S("");

    buf_init(&out, &w->office.arena, BODY_MOST);
    field(&out, "token", b->token);
    field(&out, "at", str_of(from));
    buf_str(&out, S("--" WORK_BOUNDARY "\r\nContent-Disposition: form-data; "
                    "name=\"file\"; filename=\"piece\"\r\n\r\n"));
    buf_str(&out, bytes);
    buf_str(&out, S("\r\n--" WORK_BOUNDARY "--\r\n"));
    EXPECT_OK(buf_done(&out, &text));
    return work_upload(w, b, to, text);
}

ONE_STORE_TEST(a_file_comes_in_pieces_and_goes_on_where_it_was, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    str text = tickets(&w);
    const char *room = work_text(&w, "/cases/", ref, "/records");
    struct browser b = work_enter(&w, "newcomer");
    char fields[100];
    char half[20];
    struct response rs = work_get(&w, &b, room);

    (void)snprintf(fields, sizeof fields, "name=a.csv&size=%zu", text.n);
    (void)snprintf(half, sizeof half, "%zu", text.n / 2);
    rs = work_post(&w, &b, at(&w, room, "/begin"), fields);
    EXPECT(rs.status == 200 && rs.body.n == ID_TEXT - 1);
    const char *file =
        work_text(&w, room, S("/"), work_text(&w, "", rs.body, ""));
    rs =
        piece(&w, &b, at(&w, file, "/piece"), "0", str_first(text, text.n / 2));
    EXPECT(rs.status == 200);
    rs = work_get(&w, &b, room);
    EXPECT(says(&rs, "records_page.arriving"));
    EXPECT(
        work_holds(&rs, work_text(&w, "data-arrived=\"", str_of(half), "\"")));
    rs = work_post(&w, &b, at(&w, file, "/finish"), "");
    EXPECT(rs.status == 409);
    rs = piece(&w, &b, at(&w, file, "/piece"), "1000000", text);
    EXPECT(rs.status == 409);
    rs =
        piece(&w, &b, at(&w, file, "/piece"), half, str_from(text, text.n / 2));
    EXPECT(rs.status == 200);
    rs = work_post(&w, &b, at(&w, file, "/finish"), "");
    EXPECT(rs.status == 200);
    count_all(&w);
    rs = work_get(&w, &b, file);
    EXPECT(work_holds(&rs, "216 / 240"));
    rs = work_post(&w, &b, at(&w, room, "/begin"), "name=b.csv&size=x");
    EXPECT(rs.status >= 400);
}
