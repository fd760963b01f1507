/* Documents are handed in by the page. [M8] [M9] [M12] [CE1]..[CE3] [PD3]
 * [PD4] */

#include "base/buf.h"
#include "service/cases.h"
#include "web/test_work.h"

#include <stdio.h>

enum { BODY_MOST = 1 << 20 };

#define PDF "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"

static const char *address(struct test_work *w, str ref)
{
    return work_text(w, "/cases/", ref, "/papers");
}

/* --- a form as browsers send it ---------------------------------------------
 */

struct sending {
    const char *requirement;
    const char *title;
    const char *from; /* NULL: the form does not ask */
    const char *to;
    const char *name; /* of the file; NULL: there is no such part */
    str bytes;
};

static void field(struct buf *b, const char *name, str value)
{
    buf_str(b, S("--" WORK_BOUNDARY "\r\nContent-Disposition: form-data; "));
    buf_printf(b, "name=\"%s\"\r\n\r\n", name);
    buf_str(b, value);
    buf_str(b, S("\r\n"));
}

static void file(struct buf *b, const struct sending *s)
{
    if (s->name == NULL)
        return;
    buf_str(b, S("--" WORK_BOUNDARY "\r\nContent-Disposition: form-data; "));
    buf_printf(b, "name=\"file\"; filename=\"%s\"\r\n", s->name);
    buf_str(b, S("Content-Type: text/html\r\n\r\n")); /* [CE1] */
    buf_str(b, s->bytes);
    buf_str(b, S("\r\n"));
}

static str value_after(str page, str before)
{
    str rest = str_from(page, str_find(page, before) + before.n);

    return str_first(rest, str_index(rest, '"'));
}

/* The fields that the page put into its form, of whatever requirement. */
static void own_fields(struct buf *b, const struct browser *from, str page)
{
    field(b, "token", from->token);
    field(b, "version", value_after(page, S("name=\"version\" value=\"")));
    field(b, "command-id",
          value_after(page, S("name=\"command-id\" value=\"")));
}

static str form_of(struct test_work *w, const struct browser *from, str page,
                   const struct sending *s)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &w->office.arena, BODY_MOST);
    own_fields(&b, from, page);
    field(&b, "requirement", str_of(s->requirement));
    field(&b, "title", str_of(s->title));
    if (s->from != NULL)
        field(&b, "from", str_of(s->from));
    if (s->to != NULL)
        field(&b, "to", str_of(s->to));
    file(&b, s);
    buf_str(&b, S("--" WORK_BOUNDARY "--\r\n"));
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

/* Look at the tab, fill in a form of it, send it. */
static struct response hand_in(struct test_work *w, struct browser *b, str ref,
                               const struct sending *s)
{
    struct response page = work_get(w, b, address(w, ref));

    return work_upload(w, b, address(w, ref), form_of(w, b, page.body, s));
}

static const struct sending licence = { "licence", "营业执照",    NULL,
                                        NULL,      "licence.pdf", S_INIT(PDF) };

/* --- it comes in
 * --------------------------------------------------------------- */

ONE_STORE_TEST(a_document_is_handed_in_and_leaves_as_what_it_is, true)
{
    static const struct {
        const char *why;
        const char *name;
        const char *sent_as; /* of Content-Disposition */
    } rows[] = {
        { "a plain name", "licence.pdf", "licence.pdf" },
        { "a path", "../../etc/x.pdf", "x.pdf" },
        { "a path of Windows", "C:\\temp\\x.pdf", "x.pdf" },
        { "quotes, as browsers send them", "a%22b.pdf", "a%2522b.pdf" },
        { "Chinese", "执照.pdf", "%E6%89%A7%E7%85%A7.pdf" },
        { "the name of a page", "x.html", "x.html" },
    };
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "newcomer");

    for (size_t i = 0; i < COUNT(rows); i++) {
        str ref = office_case(&w.office);
        struct sending s = licence;
        char bytes[100];

        /* The same bytes keep the name they first came with. */
        (void)snprintf(bytes, sizeof bytes, "%s%zu", PDF, i);
        s.name = rows[i].name;
        s.bytes = str_of(bytes);
        struct response rs = hand_in(&w, &b, ref, &s);
        EXPECT_ROW(rows[i].why, rs.status == 303);
        EXPECT_ROW_STR(rows[i].why, work_led(&rs), str_of(address(&w, ref)));
        rs = work_get(&w, &b, address(&w, ref));
        EXPECT_ROW(rows[i].why, work_holds(&rs, "营业执照</a>"));
        const char *at = work_text(&w, "/cases/", ref, "/files/");
        str hash = value_after(rs.body, str_of(at));
        rs = work_get(&w, &b, work_text(&w, at, hash, ""));
        EXPECT_ROW_STR(rows[i].why, rs.body, s.bytes);
        EXPECT_ROW_STR(rows[i].why, rs.type, S("application/pdf"));
        EXPECT_ROW(rows[i].why, rs.policy == &policy_data);
        bool attached = false;
        for (size_t k = 0; k < rs.header_count; k++)
            attached |= str_eq(rs.headers[k].value,
                               str_of(work_text(&w,
                                                "attachment; "
                                                "filename*=UTF-8''",
                                                str_of(rows[i].sent_as), "")));
        EXPECT_ROW(rows[i].why, attached);
    }
}

/* [CE3] */
ONE_STORE_TEST(what_is_refused_is_said_beside_what_was_typed, true)
{
    static const struct {
        const char *why;
        struct sending s;
        int status;
        const char *id;
    } rows[] = {
        { "no file was chosen",
          { "licence", "a typed title", NULL, NULL, "", S_INIT("") },
          400,
          "case.file_none" },
        { "no part for it",
          { "licence", "a typed title", NULL, NULL, NULL, S_INIT("") },
          400,
          "case.file_none" },
        { "a file of no bytes",
          { "licence", "a typed title", NULL, NULL, "x.pdf", S_INIT("") },
          400,
          "case.file_empty" },
        { "a page under a right name",
          { "licence", "a typed title", NULL, NULL, "x.pdf",
            S_INIT("<html></html>") },
          400,
          "file.type" },
        { "no period",
          { "records", "a typed title", "", "", "x.pdf", S_INIT(PDF) },
          400,
          "document.period" },
        { "a period still to come",
          { "records", "a typed title", "2026-01-01", "2099-01-01", "x.pdf",
            S_INIT(PDF) },
          400,
          "document.dates" },
    };
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "newcomer");
    str ref = office_case(&w.office);

    b.lang = LANG_EN;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = hand_in(&w, &b, ref, &rows[i].s);
        str said = text_get(LANG_EN, rows[i].id);

        EXPECT_ROW(rows[i].why, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].why,
                   work_holds(&rs, "<details class=\"adding\" open>"));
        EXPECT_ROW(rows[i].why, work_holds(&rs, "value=\"a typed title\""));
        /* As far as its first argument or quote. */
        EXPECT_ROW(rows[i].why,
                   str_contains(rs.body,
                                str_first(str_first(said, str_index(said, '{')),
                                          str_index(said, '"'))));
        if (rows[i].s.to != NULL && rows[i].s.to[0] != '\0')
            EXPECT_ROW(rows[i].why, work_holds(&rs, "value=\"2099-01-01\""));
    }
    EXPECT(office_read(&w.office, ref).events.n == 1);
}

/* [CE2] Pressed twice: done once. */
ONE_STORE_TEST(a_form_sent_twice_adds_one_document, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "newcomer");
    str ref = office_case(&w.office);
    struct response page = work_get(&w, &b, address(&w, ref));
    str form = form_of(&w, &b, page.body, &licence);

    EXPECT(work_upload(&w, &b, address(&w, ref), form).status == 303);
    EXPECT(work_upload(&w, &b, address(&w, ref), form).status == 303);
    EXPECT(office_read(&w.office, ref).events.n == 2);
}

ONE_STORE_TEST(a_form_that_is_broken_or_of_somebody_else_adds_nothing, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "newcomer");
    str ref = office_case(&w.office);
    struct response page = work_get(&w, &b, address(&w, ref));
    str form = form_of(&w, &b, page.body, &licence);
    struct browser other = work_enter(&w, "newcomer");

    EXPECT(work_upload(&w, &b, address(&w, ref), str_first(form, form.n - 4))
               .status == 400);
    EXPECT(work_upload(&w, &b, address(&w, ref), S("")).status == 400);
    EXPECT(work_upload(&w, &other, address(&w, ref), form).status == 403);
    b.from = "cross-site";
    EXPECT(work_upload(&w, &b, address(&w, ref), form).status == 403);
    EXPECT(work_send(&w, &b, "POST", address(&w, ref), "a=1").status == 415);
    EXPECT(office_read(&w.office, ref).events.n == 1);
}

/* --- who may [PD3]
 * --------------------------------------------------------------- */

/* Intake hands in for cases on paper alone. [RI4] */
ONE_STORE_TEST(a_form_has_who_may_hand_in_now_and_nobody_else_is_let, true)
{
    static const struct {
        const char *login;
        bool reads;
        bool adds;
    } rows[] = {
        { "newcomer", true, true },   { "intake", true, false },
        { "auditor1", true, false },  { "head", true, false },
        { "quality", true, false },   { "rival", false, false },
        { "authority", true, false },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser owner = work_enter(&w, "newcomer");
    struct response page = work_get(&w, &owner, address(&w, ref));
    size_t before = office_read(&w.office, ref).events.n;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = work_enter(&w, rows[i].login);
        struct response rs = work_get(&w, &b, address(&w, ref));

        EXPECT_ROW(rows[i].login, (rs.status == 200) == rows[i].reads);
        EXPECT_ROW(rows[i].login,
                   work_holds(&rs, "name=\"file\"") == rows[i].adds);
        if (rows[i].adds)
            continue;
        rs = work_upload(&w, &b, address(&w, ref),
                         form_of(&w, &b, page.body, &licence));
        EXPECT_ROW(rows[i].login, rs.status == (rows[i].reads ? 403 : 404));
    }
    EXPECT(office_read(&w.office, ref).events.n == before);
}

/* While the body checks, nothing is handed in. [M12] */
ONE_STORE_TEST(there_is_no_form_while_no_document_is_asked_for, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_COMPLETENESS);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, address(&w, ref));
    EXPECT(rs.status == 200 && !work_holds(&rs, "name=\"file\""));
    EXPECT(work_holds(&rs, "class=\"yes\" aria-hidden=\"true\">✓"));
}

/* --- age and completeness [PD4] [M9] [M12]
 * --------------------------------------- */

ONE_STORE_TEST(each_document_says_whether_it_is_of_the_right_time, true)
{
    static const struct {
        const char *why;
        const char *from;
        const char *to;
        const char *says;
    } rows[] = {
        { "a year old", "2024-01-01", "2024-12-31",
          "does not cover the required period" },
        { "of this month", "2025-06-01", OFFICE_TODAY, "of the right time" },
    };
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "newcomer");
    str ref = office_case(&w.office);

    b.lang = LANG_EN;
    struct response rs = work_get(&w, &b, address(&w, ref));
    EXPECT(work_holds(&rs, "0 of 3 required documents"));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct sending s = { "records",  "records", rows[i].from,
                                   rows[i].to, "r.pdf",   S_INIT(PDF) };

        rs = hand_in(&w, &b, ref, &s);
        EXPECT_ROW(rows[i].why, rs.status == 303);
        rs = work_get(&w, &b, address(&w, ref));
        EXPECT_ROW(rows[i].why, work_holds(&rs, rows[i].says));
    }
    EXPECT(work_holds(&rs, "1 of 3 required documents"));
}
