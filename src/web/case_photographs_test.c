/* Photographs of a meeting, and of what was corrected, are chosen in its form
 * and kept with the case. [WO6] [EV1] [EV2] [M17] [M18] */

#include "base/buf.h"
#include "base/size.h"
#include "service/cases.h"
#include "web/test_work.h"

enum { BODY_MOST = 1 << 20 };

#define PNG                                                                    \
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x06\0\0\0\x1f\x15"      \
    "\xc4\x89"

/* What is typed into the form of a command. */
struct typed {
    const char *command;
    struct {
        const char *name;
        const char *value;
    } fields[5]; /* up to one without a name */
};

static const struct typed meeting = {
    "audit.open", { { "place", "Hall" }, { "people", "7" } }
};

static const char *address(struct test_work *w, str ref, const char *command,
                           const char *more)
{
    return work_text(w, "/cases/", ref,
                     work_text(w, "/do/", str_of(command), more));
}

static str value_after(str page, str before)
{
    str rest = str_from(page, str_find(page, before) + before.n);

    return str_first(rest, str_index(rest, '"'));
}

static void begin_part(struct buf *b, const char *name)
{
    buf_str(b, S("--" WORK_BOUNDARY "\r\nContent-Disposition: form-data; "));
    buf_printf(b, "name=\"%s\"", name);
}

static void field(struct buf *b, const char *name, str value)
{
    begin_part(b, name);
    buf_str(b, S("\r\n\r\n"));
    buf_str(b, value);
    buf_str(b, S("\r\n"));
}

/* An empty name: none was chosen, as browsers send it. */
static void file(struct buf *b, const char *name, const char *called, str bytes)
{
    begin_part(b, name);
    buf_printf(b, "; filename=\"%s\"\r\n", called);
    buf_str(b, S("Content-Type: application/octet-stream\r\n\r\n"));
    buf_str(b, bytes);
    buf_str(b, S("\r\n"));
}

struct taken {
    const char *called;
    str bytes;
};

/* Open the form, choose a picture, send it. */
static struct response send_typed(struct test_work *w, struct browser *b,
                                  str ref, const struct typed *what,
                                  struct taken t)
{
    struct response page = work_get(w, b, address(w, ref, what->command, ""));
    struct buf out;
    str body = S("");

    EXPECT(page.status == 200);
    EXPECT(work_holds(&page, "enctype=\"multipart/form-data\""));
    EXPECT(work_holds(&page, "accept=\"image/*\" capture=\"environment\""));
    buf_init(&out, &w->office.arena, BODY_MOST);
    field(&out, "token", b->token);
    field(&out, "version",
          value_after(page.body, S("name=\"version\" value=\"")));
    field(&out, "command-id",
          value_after(page.body, S("name=\"command-id\" value=\"")));
    for (size_t i = 0; what->fields[i].name != NULL; i++)
        field(&out, what->fields[i].name, str_of(what->fields[i].value));
    file(&out, "photograph", t.called, t.bytes);
    file(&out, "pictures", "", S(""));
    buf_str(&out, S("--" WORK_BOUNDARY "--\r\n"));
    EXPECT_OK(buf_done(&out, &body));
    return work_upload(w, b, address(w, ref, what->command, "/photographs"),
                       body);
}

static struct response send(struct test_work *w, struct browser *b, str ref,
                            struct taken t)
{
    return send_typed(w, b, ref, &meeting, t);
}

/* On the first day of the plan. */
static void go_to_the_site(struct test_work *w, str ref)
{
    office_go_to(&w->office, ref, STAGE_AUDIT);
    const struct state *s = office_read(&w->office, ref).state;
    if (s->plan->from > office_today(&w->office))
        office_pass_days(&w->office, s->plan->from - office_today(&w->office));
}

ONE_STORE_TEST(a_photograph_of_a_meeting_is_taken_in_its_form, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b;

    go_to_the_site(&w, ref);
    b = work_enter(&w, "auditor1");
    b.lang = LANG_EN;
    struct response rs =
        send(&w, &b, ref, (struct taken){ "a.png", { PNG, sizeof PNG - 1 } });
    EXPECT(rs.status == 303);
    EXPECT_STR(work_led(&rs), str_of(work_text(&w, "/cases/", ref, "/audit")));

    struct case_file kept = office_read(&w.office, ref);
    EXPECT(kept.state->opening_held);

    /* It stands on the tab, and whoever reads the case gets its bytes. */
    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/audit"));
    const char *before = work_text(&w, "href=\"/cases/", ref, "/files/");
    EXPECT(work_holds(&rs, before));
    str hash = value_after(rs.body, str_of(before));
    EXPECT(hash.n == 64);
    b = work_enter(&w, "newcomer");
    rs = work_get(&w, &b,
                  work_text(&w, "/cases/", ref,
                            work_text(&w, "/files/", hash, "")));
    EXPECT(rs.status == 200);
    EXPECT_STR(rs.body, ((str){ PNG, sizeof PNG - 1 }));
    EXPECT_STR(rs.type, S("image/png"));
    b = work_enter(&w, "rival");
    rs = work_get(&w, &b,
                  work_text(&w, "/cases/", ref,
                            work_text(&w, "/files/", hash, "")));
    EXPECT(rs.status == 404);
}

/* [M18] Evidence of a correction: whoever verifies it sees it. */
ONE_STORE_TEST(a_photograph_goes_with_a_correction, true)
{
    static const struct typed mended = { "correction.submit",
                                         { { "number", "1" },
                                           { "cause", "no rule" },
                                           { "action", "a rule" },
                                           { "evidence", "the new rule" } } };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct script script = office_script(&w.office);
    struct browser b;
    bool over = false;

    script.weak = 1;
    while (!over &&
           office_read(&w.office, ref).state->stage != STAGE_CORRECTION)
        EXPECT_OK(office_step(&w.office, &script, ref, &over));
    b = work_enter(&w, "newcomer");
    b.lang = LANG_EN;
    struct response rs =
        send_typed(&w, &b, ref, &mended,
                   (struct taken){ "a.png", { PNG, sizeof PNG - 1 } });
    EXPECT(rs.status == 303);

    b = work_enter(&w, "intake");
    b.lang = LANG_EN;
    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/audit"));
    EXPECT(work_holds(&rs, "Evidence: the new rule"));
    EXPECT(work_holds(&rs, ">#1, no. 1</a>"));
    const char *before = work_text(&w, "href=\"/cases/", ref, "/files/");
    str hash = value_after(rs.body, str_of(before));
    rs = work_get(&w, &b,
                  work_text(&w, "/cases/", ref,
                            work_text(&w, "/files/", hash, "")));
    EXPECT(rs.status == 200);
    EXPECT_STR(rs.body, ((str){ PNG, sizeof PNG - 1 }));
}

/* [EV6] A scan goes with it as well, and leaves as what it is; what is no paper
 * of a case does not. */
ONE_STORE_TEST(a_document_goes_with_a_correction, true)
{
    static const str scan = S_INIT("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n");
    static const str page = S_INIT("<html><body>x</body></html>");
    static const struct typed mended = { "correction.submit",
                                         { { "number", "1" },
                                           { "cause", "no rule" },
                                           { "action", "a rule" },
                                           { "evidence", "the scan" } } };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct script script = office_script(&w.office);
    struct browser b;
    bool over = false;

    script.weak = 1;
    while (!over &&
           office_read(&w.office, ref).state->stage != STAGE_CORRECTION)
        EXPECT_OK(office_step(&w.office, &script, ref, &over));
    b = work_enter(&w, "newcomer");
    b.lang = LANG_EN;
    struct response rs =
        work_get(&w, &b, address(&w, ref, "correction.submit", ""));
    EXPECT(work_holds(&rs, "Photographs and documents"));
    EXPECT(work_holds(&rs, "accept=\".pdf,"));
    rs = send_typed(&w, &b, ref, &mended, (struct taken){ "x.html", page });
    EXPECT(rs.status == 400 && work_holds(&rs, "text/html"));
    rs = send_typed(&w, &b, ref, &mended, (struct taken){ "a.pdf", scan });
    EXPECT(rs.status == 303);

    b = work_enter(&w, "intake");
    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/audit"));
    const char *before = work_text(&w, "href=\"/cases/", ref, "/files/");
    str hash = value_after(rs.body, str_of(before));
    rs = work_get(&w, &b,
                  work_text(&w, "/cases/", ref,
                            work_text(&w, "/files/", hash, "")));
    EXPECT(rs.status == 200);
    EXPECT_STR(rs.body, scan);
    EXPECT_STR(rs.type, S("application/pdf"));
}

ONE_STORE_TEST(a_meeting_needs_no_photograph, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b;

    go_to_the_site(&w, ref);
    b = work_enter(&w, "auditor1");
    struct response rs = send(&w, &b, ref, (struct taken){ "", S("") });
    EXPECT(rs.status == 303);
    EXPECT(office_read(&w.office, ref).state->opening_held);
}

/* [EV2] And nothing is kept of it. */
ONE_STORE_TEST(what_is_no_picture_is_refused_and_opens_no_audit, true)
{
    static const struct {
        const char *why;
        str bytes;
        const char *said;
    } rows[] = {
        { "a text", S_INIT("not a picture at all"), "is no picture: p.jpg" },
        { "nothing", S_INIT(""), "empty" },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b;

    go_to_the_site(&w, ref);
    b = work_enter(&w, "auditor1");
    b.lang = LANG_EN;
    int64_t blobs = office_count(&w.office, "SELECT COUNT(*) FROM blob");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs =
            send(&w, &b, ref, (struct taken){ "p.jpg", rows[i].bytes });

        EXPECT_ROW(rows[i].why, rs.status == 400);
        EXPECT_ROW(rows[i].why, work_holds(&rs, rows[i].said));
        EXPECT_ROW(rows[i].why, work_holds(&rs, "value=\"Hall\""));
    }
    EXPECT(!office_read(&w.office, ref).state->opening_held);
    EXPECT(office_count(&w.office, "SELECT COUNT(*) FROM blob") == blobs);
}
