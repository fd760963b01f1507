/* Commands of the registers by a form. [WK1]..[WK4] [RE1] [RE6] [RS1] [RS2]
 * [17065 4.2] [17065 6.1] */

#include "web/register_do.h"

#include "service/test_door.h"
#include "web/test_work.h"

static bool says(const struct response *rs, const char *what)
{
    return str_contains(rs->body, text_get(LANG_EN, what));
}

/* What a field of the page holds; empty: there is none. */
static str value_of(const struct response *rs, const char *field)
{
    str at = str_from(rs->body, str_find(rs->body, str_of(field)));

    at = str_from(at, str_find(at, S("value=\"")));
    at = str_from(at, strlen("value=\""));
    return str_first(at, str_find(at, S("\"")));
}

/* A command, as somebody does it by a browser. */
struct doing {
    struct test_work *w;
    struct browser b;
    const char *target;
    str version;
    str id;
};

static struct doing begin(struct test_work *w, const char *login,
                          const char *target)
{
    struct doing d = { .w = w, .b = work_enter(w, login), .target = target };

    d.b.lang = LANG_EN;
    return d;
}

static struct response look(struct doing *d)
{
    struct response rs = work_get(d->w, &d->b, d->target);

    d->version = value_of(&rs, "name=\"version");
    d->id = value_of(&rs, "name=\"command-id");
    return rs;
}

static struct response give(struct doing *d, const char *fields)
{
    const char *own = work_text(d->w, "command-id=", d->id,
                                work_text(d->w, "&version=", d->version, "&"));

    return work_post(d->w, &d->b, d->target,
                     work_text(d->w, own, str_of(fields), ""));
}

static int64_t roles_of(struct test_work *w, const char *login)
{
    return office_count(&w->office,
                        work_text(w, "SELECT roles FROM person WHERE login = '",
                                  str_of(login), "'"));
}

#define SET_ROLES_OF(login) "/registers/person%3A" login "/do/person.set_roles"

/* --- roles [RE6] ------------------------------------------------------------
 */

ONE_STORE_TEST(an_administrator_gives_and_takes_roles, true)
{
    TEST_WORK(w, place);
    struct doing d = begin(&w, "admin", SET_ROLES_OF("auditor1"));
    struct response rs = work_get(&w, &d.b, "/people/auditor1");

    EXPECT(work_holds(&rs, "href=\"" SET_ROLES_OF("auditor1") "\""));
    rs = look(&d);
    EXPECT(rs.status == 200 && work_holds(&rs, "value=\"reviewer\""));
    EXPECT(!work_holds(&rs, "value=\"applicant\"")); /* they are of the body */
    rs = give(&d, "roles=auditor&roles=planner");
    EXPECT(rs.status == 200 && says(&rs, "record_form.confirm")); /* [WK3] */
    EXPECT(roles_of(&w, "auditor1") == ROLE_BIT(ROLE_AUDITOR));
    str shown = value_of(&rs, "name=\"shown");
    rs = give(&d,
              work_text(&w, "roles=auditor&roles=planner&shown=", shown, ""));
    EXPECT_STR(work_led(&rs), S("/people/auditor1"));
    EXPECT(roles_of(&w, "auditor1") ==
           (ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_PLANNER)));
    rs = give(&d,
              work_text(&w, "roles=auditor&roles=planner&shown=", shown, ""));
    EXPECT(rs.status == 303 || rs.status == 409); /* [WK2] once */
}

/* [WK3] What is sent in the end is what was shown. */
ONE_STORE_TEST(other_roles_than_were_shown_are_shown_first, true)
{
    TEST_WORK(w, place);
    struct doing d = begin(&w, "admin", SET_ROLES_OF("auditor1"));

    (void)look(&d);
    struct response rs = give(&d, "roles=auditor&roles=planner");
    str shown = value_of(&rs, "name=\"shown");
    rs = give(&d, work_text(&w, "roles=head&shown=", shown, ""));
    EXPECT(rs.status == 200 && says(&rs, "record_form.confirm"));
    EXPECT(roles_of(&w, "auditor1") == ROLE_BIT(ROLE_AUDITOR));
}

/* [RE1] [RS1] */
ONE_STORE_TEST(nobody_sets_their_own_roles_or_without_the_right, true)
{
    static const char *const logins[] = { "planner", "auditor2", "newcomer",
                                          "head" };
    TEST_WORK(w, place);
    struct doing d = begin(&w, "admin", SET_ROLES_OF("admin"));
    struct response rs = look(&d);

    EXPECT(rs.status == 404);
    rs = work_get(&w, &d.b, "/people/admin");
    EXPECT(says(&rs, "register_do.own"));
    EXPECT(!work_holds(&rs, "/do/person."));
    for (size_t i = 0; i < COUNT(logins); i++) {
        d = begin(&w, logins[i], SET_ROLES_OF("auditor1"));
        EXPECT_ROW(logins[i], look(&d).status == 404);
    }
    d = begin(&w, "admin", "/registers/person%3Anobody/do/person.set_roles");
    EXPECT(look(&d).status == 404);
    d = begin(&w, "admin", "/registers/person%3Aauditor1/do/case.open");
    EXPECT(look(&d).status == 404);
    d = begin(&w, "admin", "/registers/person%3Aauditor1/do/enterprise.change");
    EXPECT(look(&d).status == 404);
}

/* [WK2] */
ONE_STORE_TEST(whoever_was_slower_is_told_and_loses_nothing, true)
{
    TEST_WORK(w, place);
    struct doing slow =
        begin(&w, "admin", "/registers/person%3Aauditor1/do/person.leave");

    (void)look(&slow);
    struct case_order quick =
        office_order(&w.office, "quality", S("person:auditor1"),
                     "person.qualify",
                     "{'registration':'示例-001','level':'senior',"
                     "'until':'2028-12-31','fields':['SC03']}");
    struct case_answer unused;
    EXPECT_OK(registers_do(w.office.app, &w.office.arena, &quick, &unused));
    struct response rs = give(&slow, "reasons=retired");
    EXPECT(rs.status == 409 && work_holds(&rs, "retired"));
    (void)look(&slow);
    EXPECT(give(&slow, "reasons=retired").status == 303);
    rs = work_get(&w, &slow.b, "/people/auditor1");
    EXPECT(work_holds(&rs, "/do/person.return"));
    EXPECT(!work_holds(&rs, "/do/person.set_roles"));
}

/* --- enterprises and the body ------------------------------------------------
 */

ONE_STORE_TEST(an_enterprise_changes_what_it_is_called_itself, true)
{
    TEST_WORK(w, place);
    struct doing d =
        begin(&w, "newcomer",
              "/registers/enterprise%3A" OFFICE_USCC "/do/enterprise.change");
    struct response rs = look(&d);

    EXPECT(rs.status == 200);
    rs = give(&d, "name=&scope=x");
    EXPECT(rs.status == 422); /* beside its field */
    rs = give(&d, "name=%E6%96%B0%E5%90%8D&scope=%E9%94%80%E5%94%AE");
    EXPECT_STR(work_led(&rs), S("/work"));
    d = begin(&w, "rival",
              "/registers/enterprise%3A" OFFICE_USCC "/do/enterprise.change");
    EXPECT(look(&d).status == 404);
}

/* [M34] [D3] */
ONE_STORE_TEST(a_subsidy_is_entered_by_a_form_and_shown_in_the_settings, true)
{
    TEST_WORK(w, place);
    struct doing d =
        begin(&w, "admin", "/registers/body/do/body.set_subsidies");

    EXPECT(look(&d).status == 200);
    struct response rs =
        give(&d, "subsidies.0.place=%E7%A4%BA%E4%BE%8B%E7%9C%81"
                 "&subsidies.0.programme=Example&subsidies.0.amount=5000"
                 "&subsidies.0.document=1%2F2026"
                 "&subsidies.0.link=https%3A%2F%2Fexample.test%2F"
                 "&subsidies.0.until=2028-12-31");
    EXPECT_STR(work_led(&rs), S("/settings"));
    rs = work_get(&w, &d.b, "/settings");
    EXPECT(rs.status == 200 && work_holds(&rs, "¥5,000.00"));
    EXPECT(work_holds(&rs, "/do/body.set_subsidies"));
    d = begin(&w, "finance", "/registers/body/do/body.set_subsidies");
    rs = look(&d);
    EXPECT(rs.status == 200 && work_holds(&rs, "value=\"Example\""));
    d = begin(&w, "finance", "/registers/body/do/body.change");
    EXPECT(look(&d).status == 404);
}

/* [条例 9] [RE6] What the body is changes when it was confirmed, from its day
 * on, and the settings tell its history and whom it concerns. */
ONE_STORE_TEST(the_body_changes_by_a_form_that_is_confirmed, true)
{
    static const char today[] = "from=2026-03-02";
    TEST_WORK(w, place);
    struct doing d = begin(&w, "admin", "/registers/body/do/body.change");
    const char *facts = "&name_zh=%E6%96%B0%E5%90%8D&name_en=New+Name"
                        "&approval=CNCA-R-2099-417&fields=SC22"
                        "&document=1%2F2026";
    struct response rs = look(&d);

    EXPECT(rs.status == 200 && says(&rs, "register_do.body"));
    rs = give(&d, work_text(&w, today, str_of(facts), ""));
    EXPECT(rs.status == 400 && work_holds(&rs, "SC03")); /* [BF4] */
    (void)look(&d);
    str words = str_of(work_text(&w, today, str_of(facts), "&reason=narrower"));
    rs = give(&d, words.p);
    EXPECT(rs.status == 200 && says(&rs, "record_form.confirm"));
    str shown = value_of(&rs, "name=\"shown");
    rs = work_get(&w, &d.b, "/body");
    EXPECT(!work_holds(&rs, "CNCA-R-2099-417"));
    rs =
        give(&d, work_text(&w, work_text(&w, "", words, "&shown="), shown, ""));
    EXPECT_STR(work_led(&rs), S("/settings"));
    rs = work_get(&w, &d.b, "/settings");
    EXPECT(work_holds(&rs, "CNCA-R-2099-417") && work_holds(&rs, "narrower"));
    EXPECT(says(&rs, "settings.holds_now"));
    rs = work_get(&w, &d.b, "/body");
    EXPECT(work_holds(&rs, "CNCA-R-2099-417"));
}

ONE_STORE_TEST(a_form_that_is_none_of_ours_is_refused, true)
{
    TEST_WORK(w, place);
    struct doing d = begin(&w, "admin", SET_ROLES_OF("auditor1"));

    (void)look(&d);
    d.version = S("x");
    EXPECT(give(&d, "roles=auditor").status == 403);
    (void)look(&d);
    d.id = S("x");
    EXPECT(give(&d, "roles=auditor").status == 403);
}
