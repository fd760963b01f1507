/* A list of customers, checked before it is committed to. [CU1] [CU2] [CU3]
 * [CU4] [M16] */

#include "web/test_work.h"

#define PART(name) "--b\r\nContent-Disposition: form-data; name=\"" name "\""

static bool says(const struct response *rs, const char *text)
{
    return str_contains(rs->body, text_get(LANG_ZH, text));
}

static str value_of(const struct response *rs, const char *begin)
{
    size_t found = str_find(rs->body, str_of(begin));
    str rest = str_from(rs->body, found + strlen(begin));

    return str_first(rest, str_find(rest, S("\"")));
}

/* Send a list, as the browser's form does. */
static struct response send_list(struct test_work *w, struct browser *b,
                                 const char *way, const char *list,
                                 const char *act)
{
    const char *head =
        work_text(w, PART("token") "\r\n\r\n", b->token,
                  "\r\n" PART("file") "; filename=\"k.csv\"\r\n\r\n");
    const char *body =
        work_text(w, head, str_of(list), "\r\n" PART("act") "\r\n\r\n");

    return work_upload(w, b, way,
                       str_of(
                           work_text(w, body, str_of(act), "\r\n--b--\r\n")));
}

/* In its audit, opened, and no list committed to. */
static str case_in_audit(struct test_work *w)
{
    str ref = office_case(&w->office);
    struct script script = office_script(&w->office);
    bool over = false;

    office_go_to(&w->office, ref, STAGE_AUDIT);
    for (int i = 0; i < 50; i++) {
        if (office_read(&w->office, ref).state->opening_held)
            break;
        EXPECT_OK(office_step(&w->office, &script, ref, &over));
    }
    return ref;
}

/* [CU1] */
ONE_STORE_TEST(a_list_is_checked_by_whom_it_concerns, true)
{
    static const struct {
        const char *login;
        int status;
    } rows[] = {
        { "newcomer", 200 }, { "auditor1", 200 },  { "finance", 403 },
        { "quality", 403 },  { "authority", 403 }, { "rival", 404 },
    };
    TEST_WORK(w, place);
    str ref = case_in_audit(&w);
    const char *way = work_text(&w, "/cases/", ref, "/customers");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = work_enter(&w, rows[i].login);
        struct response rs = work_get(&w, &b, way);

        EXPECT_ROW(rows[i].login, rs.status == rows[i].status);
        rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/sample"));
        EXPECT_ROW(rows[i].login,
                   work_holds(&rs, "/customers\"") == (rows[i].status == 200));
    }
}

/* [CU2] */
ONE_STORE_TEST(a_bad_list_is_told_line_by_line_and_changes_nothing, true)
{
    TEST_WORK(w, place);
    str ref = case_in_audit(&w);
    const char *way = work_text(&w, "/cases/", ref, "/customers");
    struct browser b = work_enter(&w, "newcomer");
    int64_t version = office_read(&w.office, ref).state->version;
    struct response rs = work_get(&w, &b, way);

    rs = send_list(&w, &b, way, "姓名,电话\n张三丰,13812340001\n李四,12\n",
                   "list");
    EXPECT(rs.status == 422 && says(&rs, "customers_page.problems"));
    EXPECT(work_holds(&rs, "第 3 行的电话"));
    EXPECT(!says(&rs, "sample_page.list"));
    rs = send_list(&w, &b, way, "PK\x03\x04", "check");
    EXPECT(rs.status == 400 && says(&rs, "xlsx.cut"));
    EXPECT(office_read(&w.office, ref).state->version == version);
    EXPECT(office_count(&w.office,
                        "SELECT count(*) FROM blob WHERE media_type = "
                        "'text/csv'") == 0);
}

/* [CU2] What is shown is masked; what is downloaded is the enterprise's own. */
ONE_STORE_TEST(a_good_list_is_shown_in_part_and_given_back_whole, true)
{
    static const char list[] = "手机;客户\n13812340001;张三丰\n";
    TEST_WORK(w, place);
    str ref = case_in_audit(&w);
    const char *way = work_text(&w, "/cases/", ref, "/customers");
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, way);

    rs = send_list(&w, &b, way, list, "check");
    EXPECT(rs.status == 200 && says(&rs, "sample_page.list"));
    EXPECT(work_holds(&rs, "138****0001") && !work_holds(&rs, "13812340001"));
    EXPECT(!work_holds(&rs, "张三丰"));
    EXPECT(!work_holds(&rs, "name=\"commitment\"")); /* [CU3] */
    rs = send_list(&w, &b, way, list, "list");
    EXPECT(rs.status == 200);
    EXPECT_STR(rs.body, S("张三丰,13812340001,,,\n"));
}

/* [CU3] [CU4] */
ONE_STORE_TEST(the_team_commits_to_the_list_that_was_checked, true)
{
    static const char list[] = "name,phone\nx,12345\ny,12346\n";
    TEST_WORK(w, place);
    str ref = case_in_audit(&w);
    const char *way = work_text(&w, "/cases/", ref, "/customers");
    struct browser b = work_enter(&w, "auditor1");
    struct response rs = work_get(&w, &b, way);

    rs = send_list(&w, &b, way, list, "check");
    EXPECT(work_holds(&rs, "name=\"commitment\""));
    const char *form =
        work_text(&w, "version=", value_of(&rs, "name=\"version\" value=\""),
                  "&command-id=");
    form = work_text(&w, form, value_of(&rs, "name=\"command-id\" value=\""),
                     "&list=");
    form = work_text(&w, form, value_of(&rs, "name=\"list\" value=\""),
                     "&size=2&wanted=&commitment=0123456789abcdef0123456789abc"
                     "def0123456789abcdef0123456789abcdef");
    rs = work_post(&w, &b, work_text(&w, "/cases/", ref, "/do/sample.commit"),
                   form);
    EXPECT(rs.status == 303);
    EXPECT(office_read(&w.office, ref).state->sample.commitment->size == 2);
    b = work_enter(&w, "newcomer");
    (void)work_get(&w, &b, way);
    rs = send_list(&w, &b, way, list, "check");
    EXPECT(says(&rs, "customers_page.same"));
    rs = send_list(&w, &b, way, "name,phone\nx,12345\n", "check");
    EXPECT(says(&rs, "customers_page.other"));
}
