/* A list of certificates is checked for everybody. [WQ1]-[WQ4] [BK1] [BK2]
 * [M24] */

#include "web/batch_ask.h"

#include "base/buf.h"
#include "codec/zip.h"
#include "web/limiter.h"
#include "web/test_work.h"

#define PART(name) "--b\r\nContent-Disposition: form-data; name=\"" name "\""
#define NUMBER     "00026SC0001R0S"

static bool says(const struct response *rs, const char *text)
{
    return str_contains(rs->body, text_get(LANG_EN, text));
}

/* What the form of the page sends. */
struct sending {
    const char *file; /* NULL: none was chosen */
    const char *text;
    const char *on;
    const char *as;
    bool known;
};

static void put_field(struct buf *b, const char *head, str value)
{
    buf_str(b, str_of(head));
    buf_str(b, S("\r\n\r\n"));
    buf_str(b, value);
    buf_str(b, S("\r\n"));
}

static str body_of(struct test_work *w, const struct browser *b,
                   const struct sending *x)
{
    struct buf body;
    str whole = S("");

    buf_init(&body, &w->office.arena, 2 << 20);
    put_field(&body, PART("token"), b->token);
    put_field(&body, PART("file") "; filename=\"k.csv\"", str_of(x->file));
    put_field(&body, PART("text"), str_of(x->text));
    put_field(&body, PART("on"), str_of(x->on));
    put_field(&body, PART("as"), str_of(x->as));
    if (x->known)
        put_field(&body, PART("known"), S("1"));
    buf_str(&body, S("--b--\r\n"));
    EXPECT_OK(buf_done(&body, &whole));
    return whole;
}

static struct response send_list(struct test_work *w, struct browser *b,
                                 const struct sending *x)
{
    (void)work_get(w, b, "/batch");
    return work_upload(w, b, "/batch", body_of(w, b, x));
}

static str header(const struct response *rs, const char *name)
{
    for (size_t i = 0; i < rs->header_count; i++) {
        if (str_eq(rs->headers[i].name, str_of(name)))
            return rs->headers[i].value;
    }
    return S("");
}

/* [WQ1] */
ONE_STORE_TEST(anybody_finds_the_form_with_todays_date, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    struct response rs = work_get(&w, &b, "/batch");

    EXPECT(rs.status == 200 && says(&rs, "batch_page.lead"));
    EXPECT(work_holds(&rs, "name=\"on\" type=\"date\" value=\"" OFFICE_TODAY));
    EXPECT(work_holds(&rs, "max=\"" OFFICE_TODAY "\""));
    EXPECT(!says(&rs, "batch_page.again"));
    rs = work_get(&w, &b, "/batch?on=2026-01-31");
    EXPECT(work_holds(&rs, "value=\"2026-01-31\""));
    EXPECT(work_holds(&rs, "href=\"/batch\""));
}

/* [WQ3]  A file goes before what was pasted. */
ONE_STORE_TEST(a_list_is_answered_row_by_row, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };

    (void)office_certified(&w.office);
    const struct sending sent = {
        .file = "number,holder\n" NUMBER ",<b>x\n00026SCO001R0S,\n,y\n",
        .text = "NEVER-1",
        .as = "page",
    };
    struct response rs = send_list(&w, &b, &sent);
    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "3 rows need a look"));
    EXPECT(work_holds(&rs, "href=\"/c/" NUMBER "\""));
    EXPECT(work_holds(&rs, "&lt;b&gt;x") && !work_holds(&rs, "<b>x"));
    EXPECT(says(&rs, "batch_page.holder_differs"));
    EXPECT(says(&rs, "batch_verdict.unknown"));
    EXPECT(says(&rs, "batch_page.similar"));
    EXPECT(says(&rs, "batch_verdict.no_number"));
    EXPECT(!work_holds(&rs, "NEVER-1"));
    EXPECT(says(&rs, "batch_page.again"));
}

/* [WQ2]  The page sends what it was made of, and gets the same in a file. */
ONE_STORE_TEST(the_result_is_had_in_each_form_from_its_page, true)
{
    TEST_WORK(w, place);
    static const struct {
        const char *as;
        const char *type;
        str begins;
    } rows[] = {
        { "xlsx",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          S_INIT("PK\x03\x04") },
        { "csv", "text/csv; charset=utf-8", S_INIT("\xef\xbb\xbf\"Row\",") },
        { "json", "application/json; charset=utf-8", S_INIT("{\"batch\":{") },
        { "zip", "application/zip", S_INIT("PK\x03\x04") },
    };
    struct browser b = { .lang = LANG_EN };

    char on[DAY_TEXT];

    (void)office_certified(&w.office);
    w.faces.today = office_today(&w.office);
    (void)day_text(w.faces.today, on);
    struct sending sent = {
        .text = NUMBER "\n", .on = on, .as = "page", .known = true
    };
    struct response rs = send_list(&w, &b, &sent);
    EXPECT(work_holds(&rs, "The only row is valid"));
    EXPECT(work_holds(&rs, "name=\"text\" value=\"" NUMBER "\n\""));
    EXPECT(work_holds(&rs,
                      work_text(&w, "name=\"on\" value=\"", str_of(on), "\"")));
    EXPECT(work_holds(&rs, "name=\"known\" value=\"1\""));
    for (size_t i = 0; i < COUNT(rows); i++) {
        sent.as = rows[i].as;
        rs = send_list(&w, &b, &sent);
        EXPECT_ROW(rows[i].as, rs.status == 200);
        EXPECT_ROW_STR(rows[i].as, rs.type, str_of(rows[i].type));
        EXPECT_ROW(rows[i].as, str_begins(rs.body, rows[i].begins));
        EXPECT_ROW(rows[i].as,
                   str_contains(header(&rs, "Content-Disposition"),
                                str_of(work_text(&w, on, S("."), rows[i].as))));
    }
}

/* [WQ4] */
ONE_STORE_TEST(what_is_wrong_is_said_over_the_form_with_what_was_typed, true)
{
    TEST_WORK(w, place);
    static const struct {
        const char *why;
        struct sending sent;
        int status;
        const char *says;
    } rows[] = {
        { "nothing", { .text = " \n" }, 400, "batch.nothing" },
        { "no day", { .text = "A-1", .on = "2026-13-01" }, 400, NULL },
        { "a day to come", { .text = "A-1", .on = "2026-03-03" }, 422, NULL },
        { "no numbers", { .text = "a,b\nc,d" }, 400, "batch.no_numbers" },
        { "a head alone", { .file = "number\n" }, 400, "batch.empty" },
    };
    struct browser b = { .lang = LANG_EN };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = send_list(&w, &b, &rows[i].sent);

        EXPECT_ROW(rows[i].why, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].why, work_holds(&rs, "problem-note"));
        if (rows[i].says != NULL)
            EXPECT_ROW(rows[i].why, says(&rs, rows[i].says));
        if (rows[i].sent.text != NULL && rows[i].sent.text[0] != ' ')
            EXPECT_ROW(rows[i].why, work_holds(&rs, rows[i].sent.text));
    }
}

/* A list of so many rows, "X100\n" and on. */
static const char *rows_of(struct test_work *w, int n, const char *ending)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &w->office.arena, 1 << 20);
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%d%s\n", 100 + i, ending);
    EXPECT_OK(buf_done(&b, &text));
    return text.p;
}

/* [WQ2] [WQ3] [BK1] */
ONE_STORE_TEST(a_long_list_is_shown_in_part_and_a_longer_one_refused, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    struct sending sent = { .file = rows_of(&w, 501, ""), .as = "page" };
    struct response rs = send_list(&w, &b, &sent);

    EXPECT(rs.status == 200 && work_holds(&rs, "501 rows need a look"));
    EXPECT(work_holds(&rs, "1 row more"));
    EXPECT(says(&rs, "batch.near_left") && !work_holds(&rs, ">600<"));
    EXPECT(!says(&rs, "batch_page.too_long_to_keep"));

    /* As much as may come, and more than a page takes along. */
    sent.file = rows_of(&w, 9000,
                        "                                        "
                        "                                        ");
    rs = send_list(&w, &b, &sent);
    EXPECT(rs.status == 200 && says(&rs, "batch_page.too_long_to_keep"));
    sent.file = rows_of(&w, BATCH_PUBLIC_ROWS + 1, "");
    rs = send_list(&w, &b, &sent);
    EXPECT(rs.status == 400 && work_holds(&rs, "more than 10000 rows"));
}

/* Signs that a form cannot carry do not go along. */
ONE_STORE_TEST(a_list_with_signs_of_control_is_answered_and_not_kept, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    const struct sending sent = { .file = "A\x01-1\nB-2\n", .as = "page" };
    struct response rs = send_list(&w, &b, &sent);

    EXPECT(rs.status == 200 && says(&rs, "batch_page.too_long_to_keep"));
}

/* How it stands today is said where that is another thing. */
ONE_STORE_TEST(a_day_that_has_passed_is_told_with_today_beside_it, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    char today[DAY_TEXT];

    (void)office_certified(&w.office);
    office_pass_days(&w.office, 4000);
    w.faces.today = office_today(&w.office);
    (void)day_text(w.faces.today - 3900, today);
    struct sending sent = { .text = NUMBER, .on = today, .as = "page" };
    struct response rs = send_list(&w, &b, &sent);
    EXPECT(rs.status == 200 && work_holds(&rs, "The only row is valid"));
    EXPECT(work_holds(&rs, "Today <span class=\"badge ended\">Expired"));
    (void)day_text(w.faces.today, today);
    rs = send_list(&w, &b, &sent);
    EXPECT(work_holds(&rs, "1 row needs a look"));
    EXPECT(!work_holds(&rs, "Today <span"));
}

/* [BK2] */
ONE_STORE_TEST(one_list_is_checked_at_a_time, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    const struct sending sent = { .text = "A-1", .as = "page" };
    struct limiter *l = NULL;

    if (!EXPECT_OK(limiter_new(&w.office.arena, w.office.app, &l)))
        return;
    w.faces.limiter = l;
    EXPECT_OK(limiter_alone(l, &w.office.arena));
    struct response rs = send_list(&w, &b, &sent);
    EXPECT(rs.status == 429 && says(&rs, "web.alone"));
    limiter_give(l);
    rs = send_list(&w, &b, &sent);
    EXPECT(rs.status == 200);
    limiter_end(l);
}

/* [LI1] */
ONE_STORE_TEST(a_network_checks_ten_lists_and_then_waits, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN,
                         .peer = { .bytes = { 192, 0, 2, 1 } } };
    const struct sending sent = { .text = "A-1", .as = "csv" };
    struct limiter *l = NULL;
    int answered = 0;

    if (!EXPECT_OK(limiter_new(&w.office.arena, w.office.app, &l)))
        return;
    w.faces.limiter = l;
    while (answered < 20 && send_list(&w, &b, &sent).status == 200)
        answered++;
    EXPECT(answered == 10);
    limiter_end(l);
}

/* [HT6] */
ONE_STORE_TEST(a_large_file_is_taken_of_who_is_in, true)
{
    TEST_WORK(w, place);
    struct browser stranger = { .lang = LANG_EN };
    struct browser b = work_enter(&w, "newcomer");
    bool admitted = false;

    EXPECT_ERR(work_admit(&w, &stranger, "/batch", &admitted), ERR_DENIED,
               "visit.long");
    EXPECT(!admitted);
    EXPECT_OK(work_admit(&w, &b, "/batch", &admitted));
    EXPECT(admitted);
}

/* --- memory ----------------------------------------------------------------
 */

/* The same in an arena of its own. */
static int status_in(struct test_work *w, const struct browser *b, str body,
                     struct arena *a)
{
    const char *cookie = work_text(w, "lang=en; g=", b->guest, "");
    const struct header headers[] = {
        { S("Cookie"), str_of(cookie) },
        { S("Content-Type"), S("multipart/form-data; boundary=b") },
    };
    struct request rq = {
        .arena = a,
        .id = S("0123456789abcdef0123456789abcdef"),
        .headers = headers,
        .header_count = COUNT(headers),
    };
    struct incoming in = { .target = S("/batch"), .body = body };
    struct response rs;

    incoming_method(&in, S("POST"));
    (void)site_answer(&w->site, &rq, &in, &rs);
    return rs.status;
}

static void try_faults(struct test_work *w, const struct browser *b, str body,
                       int status)
{
    for (long n = 1;; n++) {
        struct heap_fault f;
        struct arena a;

        heap_fault_init(&f, n, false);
        arena_init(&a, &f.heap, 32 << 20);
        int got = status_in(w, b, body, &a);
        EXPECT(got == (f.injected > 0 ? 503 : status));
        arena_end(&a);
        EXPECT(f.live == 0);
        if (f.injected == 0)
            return;
    }
}

ONE_STORE_TEST(a_list_that_finds_no_memory_is_no_answer, true)
{
    TEST_WORK(w, place);
    static const struct {
        struct sending sent;
        int status;
    } rows[] = {
        { { .file = "number,holder\n" NUMBER ",x\nNONE,\n", .as = "page" },
          200 },
        { { .text = NUMBER, .as = "csv" }, 200 },
        { { .text = "a,b\nc,d", .as = "page" }, 400 },
    };
    struct browser b = { .lang = LANG_EN };

    (void)office_certified(&w.office);
    (void)work_get(&w, &b, "/batch");
    for (size_t i = 0; i < COUNT(rows); i++)
        try_faults(&w, &b, body_of(&w, &b, &rows[i].sent), rows[i].status);
}
