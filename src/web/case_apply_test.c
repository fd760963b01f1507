/* An application step by step. [AP1] [AP2] [AP3] [AP4] [AQ1] [AQ2] [DR1] [M11]
 */

#include "codec/record.h"
#include "domain/command.h"
#include "web/case_apply.h"
#include "web/test_work.h"

static bool says(const struct response *rs, const char *text)
{
    return str_contains(rs->body, text_get(LANG_ZH, text));
}

static const char *at(struct test_work *w, str ref, const char *tail)
{
    return work_text(w, "/cases/", ref, tail);
}

/* The value of the first field of this name in a form. */
static str value_of(const struct response *rs, const char *begin)
{
    size_t found = str_find(rs->body, str_of(begin));
    str rest = str_from(rs->body, found + strlen(begin));

    return str_first(rest, str_find(rest, S("\"")));
}

/* All that an application needs, as a browser sends it step by step. */
static const struct {
    const char *step;
    const char *fields;
} whole[] = {
    { "/apply/company", "trade=&district=&address=&address_en=" },
    { "/apply/sites",
      "sites.0.name=Hall&sites.0.place=Fuzhou&sites.0.kind=hq" },
    { "/apply/scope", "scope=Repair+of+lamps&scope_en=&regions=Fujian" },
    { "/apply/staff", "staff=40&service_staff=8&covered_staff=" },
};

static void fill_in(struct test_work *w, struct browser *b, str ref)
{
    for (size_t i = 0; i < COUNT(whole); i++) {
        struct response rs =
            work_post(w, b, at(w, ref, whole[i].step), whole[i].fields);

        EXPECT_ROW(whole[i].step, rs.status == 303);
    }
}

/* Eligible, and every indicator answered: all but the application itself. */
static str prepared(struct test_work *w)
{
    struct script script = office_script(&w->office);
    str ref = office_case(&w->office);
    bool over = false;

    for (int i = 0; i < 50 && !over; i++) {
        struct state *s = office_read(&w->office, ref).state;

        if (s->eligibility != NULL && s->assessment != NULL &&
            s->assessment->answers.n == s->scheme->leaf_count)
            return ref;
        EXPECT_OK(office_step(&w->office, &script, ref, &over));
    }
    EXPECT(over);
    return ref;
}

/* [AP2] */
TEST(every_field_of_an_application_is_asked_in_a_step)
{
    const struct record *r = command_kind_find(S("application.submit"))->record;
    int asked[APPLY_STEPS] = { 0 };

    for (size_t i = 0; i < r->n; i++)
        asked[apply_step_of(r->fields[i].name)]++;
    for (int i = 0; i < APPLY_STEPS; i++)
        EXPECT(asked[i] > 0);
    EXPECT(apply_step_of("scope") == APPLY_SCOPE);
    EXPECT(apply_step_of("a field to come") == APPLY_STEPS - 1);
}

/* [AP1] [AP3] */
ONE_STORE_TEST(what_is_typed_is_kept_right_or_wrong, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/apply"));

    EXPECT(rs.status == 302);
    EXPECT(str_ends(work_led(&rs), S("/apply/company")));
    rs = work_get(&w, &b, at(&w, ref, "/apply/staff"));
    EXPECT(rs.status == 200 && !work_holds(&rs, "value=\"many\""));
    rs = work_post(&w, &b, at(&w, ref, "/apply/staff"),
                   "staff=many&service_staff=3&go=back");
    EXPECT(rs.status == 303 && str_ends(work_led(&rs), S("/apply/scope")));
    b = work_enter(&w, "newcomer");
    rs = work_get(&w, &b, at(&w, ref, "/apply/staff"));
    EXPECT(work_holds(&rs, "value=\"many\"") && work_holds(&rs, "value=\"3\""));
    EXPECT(!work_holds(&rs, "class=\"wrong\""));
    rs = work_get(&w, &b, at(&w, ref, "/apply/staff?problems=1"));
    EXPECT(work_holds(&rs, "class=\"wrong\""));
}

/* [AP1] What the register knows is not asked again: the headquarters is where
 * the enterprise is registered.  Nothing of it counts as typed. */
ONE_STORE_TEST(an_application_begins_with_what_is_known, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const struct enterprise own = office_read(&w.office, ref).enterprise;
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/apply/sites"));
    str place_of = value_of(&rs, "name=\"sites.0.place\" value=\"");

    EXPECT(own.city.n > 0 && str_ends(place_of, own.city));
    EXPECT(work_holds(&rs, "value=\"hq\" selected"));
    EXPECT(!says(&rs, "apply.begun"));
}

/* [DR1] */
ONE_STORE_TEST(a_draft_is_seen_by_nobody_else, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs;

    EXPECT_OK(office_hire(&w.office, "colleague", ROLE_BIT(ROLE_APPLICANT),
                          w.office.own.id));
    (void)work_get(&w, &b, at(&w, ref, "/apply/company"));
    (void)work_post(&w, &b, at(&w, ref, "/apply/company"), "address=Lamp+Lane");
    b = work_enter(&w, "colleague");
    rs = work_get(&w, &b, at(&w, ref, "/apply/company"));
    EXPECT(rs.status == 200 && !work_holds(&rs, "Lamp Lane"));
    b = work_enter(&w, "rival");
    EXPECT(work_get(&w, &b, at(&w, ref, "/apply/company")).status == 404);
    b = work_enter(&w, "quality");
    EXPECT(work_get(&w, &b, at(&w, ref, "/apply/company")).status == 403);
    EXPECT(work_get(&w, &b, at(&w, ref, "/apply")).status == 403);
}

/* Rows grow by a button, and what is in the others is kept. [AP1] */
ONE_STORE_TEST(a_row_that_is_added_keeps_the_others, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/apply/sites"));

    rs = work_post(&w, &b, at(&w, ref, "/apply/sites"),
                   "sites.0.name=Hall&add=sites");
    EXPECT(rs.status == 200 && work_holds(&rs, "name=\"sites.1.name\""));
    rs = work_get(&w, &b, at(&w, ref, "/apply/sites"));
    EXPECT(work_holds(&rs, "value=\"Hall\""));
    rs = work_post(&w, &b, at(&w, ref, "/apply/company"), "address=Lamp+Lane");
    rs = work_get(&w, &b, at(&w, ref, "/apply/sites"));
    EXPECT(work_holds(&rs, "value=\"Hall\"")); /* the other step left it */
}

/* A script sends the same and wants no page. [AP1] */
ONE_STORE_TEST(a_script_keeps_what_is_typed_and_gets_no_page, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/apply/company"));

    EXPECT(work_holds(&rs, "id=\"saved\""));
    rs = work_post(&w, &b, at(&w, ref, "/apply/company"),
                   "address=Lamp+Lane&quiet=1");
    EXPECT(rs.status == 204 && rs.body.n == 0);
    rs = work_get(&w, &b, at(&w, ref, "/apply/company"));
    EXPECT(work_holds(&rs, "Lamp Lane"));
}

/* [AQ1] By the table, and then by the domain. */
ONE_STORE_TEST(what_is_wrong_leads_to_its_step, true)
{
    TEST_WORK(w, place);
    str ref = prepared(&w);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/apply/staff"));

    rs = work_post(&w, &b, at(&w, ref, "/apply/staff"), "staff=many");
    rs = work_get(&w, &b, at(&w, ref, "/apply"));
    EXPECT(rs.status == 200 && work_holds(&rs, "/apply/staff?problems=1"));
    EXPECT(work_holds(&rs, " disabled"));
    fill_in(&w, &b, ref);
    rs = work_get(&w, &b, at(&w, ref, "/apply"));
    EXPECT(says(&rs, "apply.ready") && !work_holds(&rs, " disabled"));
    EXPECT(work_holds(&rs, "Repair of lamps") && work_holds(&rs, "Hall"));
    rs = work_post(&w, &b, at(&w, ref, "/apply/staff"),
                   "staff=4&service_staff=8");
    rs = work_get(&w, &b, at(&w, ref, "/apply"));
    EXPECT(work_holds(&rs, " disabled") && !says(&rs, "apply.ready"));
}

/* [AQ2] [DR2] */
ONE_STORE_TEST(an_application_is_sent_from_its_draft_once, true)
{
    TEST_WORK(w, place);
    str ref = prepared(&w);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/apply/company"));

    fill_in(&w, &b, ref);
    rs = work_get(&w, &b, at(&w, ref, "/apply"));
    str command = value_of(&rs, "name=\"command-id\" value=\"");
    const char *form =
        work_text(&w,
                  work_text(&w, "version=",
                            value_of(&rs, "name=\"version\" value=\""),
                            "&command-id="),
                  command, "");
    EXPECT(work_post(&w, &b, at(&w, ref, "/apply"), "version=1").status == 403);
    rs = work_post(&w, &b, at(&w, ref, "/apply"), form);
    EXPECT(rs.status == 303);
    EXPECT_STR(work_led(&rs), str_of(at(&w, ref, "")));
    const struct state *s = office_read(&w.office, ref).state;
    EXPECT(s->stage == STAGE_COMPLETENESS && s->application->staff == 40);
    EXPECT_STR(s->application->scope, S("Repair of lamps"));
    EXPECT(office_count(&w.office, "SELECT count(*) FROM draft") == 0);
    EXPECT(work_get(&w, &b, at(&w, ref, "/apply")).status == 422);
}

/* [AP4] [条例 9] The package is of SC03: at every step, on the days on which
 * the body is not approved for it, and once where all is looked through. */
ONE_STORE_TEST(an_enterprise_reads_at_once_that_the_body_is_not_approved, true)
{
    static const char *const steps[] = { "/apply/company", "/apply/held",
                                         "/apply" };
    TEST_WORK(w, place);
    str ref = prepared(&w);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/apply/company"));

    fill_in(&w, &b, ref);
    day today = office_today(&w.office);
    char narrow[DAY_TEXT];
    char wide[DAY_TEXT];
    (void)day_text(today + 1, narrow);
    (void)day_text(today + 2, wide);
    work_approve(&w, narrow, "SC22");
    for (size_t i = 0; i < COUNT(steps); i++) {
        rs = work_get(&w, &b, at(&w, ref, steps[i]));
        EXPECT_ROW(steps[i], rs.status == 200);
        EXPECT_ROW(steps[i], !work_holds(&rs, "SC03"));
    }
    EXPECT(!work_holds(&rs, " disabled"));
    office_pass_days(&w.office, 1);
    b = work_enter(&w, "newcomer");
    for (size_t i = 0; i < COUNT(steps); i++) {
        rs = work_get(&w, &b, at(&w, ref, steps[i]));
        size_t said = str_find(rs.body, S("SC03"));
        str rest = str_from(rs.body, said + 1);

        EXPECT_ROW(steps[i], said < rs.body.n);
        EXPECT_ROW(steps[i], !str_contains(rest, S("SC03")));
        EXPECT_ROW(steps[i], work_holds(&rs, "cx.cnca.cn"));
    }
    EXPECT(work_holds(&rs, " disabled") && !says(&rs, "apply.ready"));
    rs = work_get(&w, &b, "/cases/new");
    EXPECT(work_holds(&rs, "SC03") && work_holds(&rs, "name=\"level\""));
    b = work_enter(&w, "intake"); /* what comes on paper is entered [AL5] */
    rs = work_get(&w, &b, "/cases/new");
    EXPECT(!work_holds(&rs, "SC03") && work_holds(&rs, "name=\"level\""));
    work_approve(&w, wide, "SC03");
    office_pass_days(&w.office, 1);
    b = work_enter(&w, "newcomer");
    rs = work_get(&w, &b, at(&w, ref, "/apply"));
    EXPECT(says(&rs, "apply.ready") && !work_holds(&rs, " disabled"));
    rs = work_get(&w, &b, "/cases/new");
    EXPECT(!work_holds(&rs, "SC03"));
}

/* [AL5] What the page would not send is refused all the same. */
ONE_STORE_TEST(an_application_in_a_field_that_is_gone_is_not_sent, true)
{
    TEST_WORK(w, place);
    str ref = prepared(&w);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/apply/company"));
    char today[DAY_TEXT];

    fill_in(&w, &b, ref);
    rs = work_get(&w, &b, at(&w, ref, "/apply"));
    (void)day_text(office_today(&w.office), today);
    work_approve(&w, today, "SC22");
    rs = work_post(&w, &b, at(&w, ref, "/apply"),
                   work_text(&w,
                             work_text(&w, "version=",
                                       value_of(&rs, "version\" value=\""),
                                       "&command-id="),
                             value_of(&rs, "command-id\" value=\""), ""));
    EXPECT(rs.status == 422 && work_holds(&rs, "SC03"));
    EXPECT(office_read(&w.office, ref).state->stage == STAGE_PREPARATION);
    EXPECT(office_count(&w.office, "SELECT count(*) FROM draft") == 1);
}

/* [AP5] [CD1] [CD2] [CD3] */
ONE_STORE_TEST(codes_of_an_application_are_found_by_name, true)
{
    static const struct {
        const char *step;
        const char *holds;
        bool there;
    } rows[] = {
        { "/apply/company", "name=\"trade\" value=\"5272\"", true },
        { "/apply/company", "list=\"trades\"", true },
        { "/apply/company", "<option value=\"52\">零售业</option>", true },
        { "/apply/company", ">零售业</span>", true },
        { "/apply/company", "list=\"places\"", true },
        { "/apply/company", "<option value=\"440300\">广东省深圳市<", true },
        { "/apply/company", ">福建省福州市鼓楼区</span>", true },
        /* Of the provinces that matter, and of no other. */
        { "/apply/company", "<option value=\"350103\">", true },
        { "/apply/company", "<option value=\"440305\">", true },
        { "/apply/company", "<option value=\"110105\">", false },
        { "/apply/sites", "list=\"places\"", true },
        { "/apply/sites", "没有此代码", true },
        { "/apply/scope", "id=\"trades\"", true },
        { "/apply/scope", "id=\"places\"", false },
        { "/apply/staff", "<datalist", false },
        { "/apply", ">零售业</span>", true },
        { "/apply", ">福建省福州市鼓楼区</span>", true },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs;

    (void)work_get(&w, &b, at(&w, ref, "/apply/company"));
    rs = work_post(&w, &b, at(&w, ref, "/apply/company"),
                   "trade=5272&district=350102&address=&address_en=");
    EXPECT(rs.status == 303);
    rs = work_post(&w, &b, at(&w, ref, "/apply/sites"),
                   "sites.0.name=Hall&sites.0.place=x&sites.0.kind=hq"
                   "&sites.0.district=440399");
    EXPECT(rs.status == 303);
    for (size_t i = 0; i < COUNT(rows); i++) {
        rs = work_get(&w, &b, at(&w, ref, rows[i].step));
        EXPECT_ROW(rows[i].holds,
                   work_holds(&rs, rows[i].holds) == rows[i].there);
    }
}

ONE_STORE_TEST(a_step_that_there_is_not_is_no_page, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");

    EXPECT(work_get(&w, &b, at(&w, ref, "/apply/other")).status == 404);
}
