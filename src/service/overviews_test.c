/* The registers of the body, over what stands in its store. [OV1]..[OV3]
 * [17065 7.8] [17065 7.12] */

#include "service/overviews.h"

#include "service/service_test_env.h"

/* --- certificates -------------------------------------------------------- */

/* The numbers of the cases that `login` finds, one after the other. */
static str certificates(struct office *o, const char *login,
                        const struct certificate_wish *wish)
{
    struct overview found = { .next = S("") };
    char *text = arena_zero(&o->arena, 400);
    size_t n = 0;

    EXPECT_OK(overview_of_certificates(o->app, &o->arena, office_as(o, login),
                                       office_today(o), wish, &found));
    const struct certificate_line *line = found.found.p;
    for (size_t i = 0; i < found.found.n; i++) {
        memcpy(text + n, line[i].case_number.p, line[i].case_number.n);
        n += line[i].case_number.n;
    }
    return (str){ text, n };
}

static struct certificate_wish any(void)
{
    return (struct certificate_wish){
        .scheme = S(""), .status = -1, .ends_in = -1, .after = S("")
    };
}

/* Every filter from both sides. [M21] */
EACH_STORE_TEST(certificates_are_found_by_what_is_asked_of_them)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    struct certificate_wish w = any();
    struct overview found;

    EXPECT_OK(overview_of_certificates(o.app, &o.arena,
                                       office_as(&o, "quality"),
                                       office_today(&o), &w, &found));
    EXPECT(found.found.n == 1 && found.next.n == 0);
    const struct certificate_line c = *(struct certificate_line *)found.found.p;
    int32_t left = c.until - office_today(&o);
    const struct {
        const char *why;
        struct certificate_wish wish;
        bool found;
    } rows[] = {
        { "all", any(), true },
        { "its scheme", { S("mini"), -1, -1, S("") }, true },
        { "another scheme", { S("minor"), -1, -1, S("") }, false },
        { "its state", { S(""), CERTIFICATE_VALID, -1, S("") }, true },
        { "another state", { S(""), CERTIFICATE_SUSPENDED, -1, S("") }, false },
        { "it ends on the last day asked for",
          { S(""), -1, left, S("") },
          true },
        { "it ends the day after", { S(""), -1, left - 1, S("") }, false },
        { "before it", { S(""), -1, -1, S("") }, true },
        { "after it", { S(""), -1, -1, c.number }, false },
        { "what is no text", { S("\xff"), -1, -1, S("") }, false },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].why, certificates(&o, "quality", &rows[i].wish),
                       rows[i].found ? ref : S(""));
    EXPECT_STR(c.level.en, S("Ten stars"));
    EXPECT(c.status == CERTIFICATE_VALID && c.surveillance > c.from &&
           c.surveillance < c.until);
}

/* The day after its last it has expired, whether or not anybody entered it. */
EACH_STORE_TEST(a_certificate_expires_by_its_day_in_the_register)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    struct certificate_wish w = any();
    struct overview found;

    EXPECT_OK(overview_of_certificates(o.app, &o.arena,
                                       office_as(&o, "quality"),
                                       office_today(&o), &w, &found));
    day until = ((struct certificate_line *)found.found.p)->until;
    office_pass_days(&o, until - office_today(&o));
    w.status = CERTIFICATE_EXPIRED;
    EXPECT_STR(certificates(&o, "quality", &w), S(""));
    w = any();
    w.ends_in = 0;
    EXPECT_STR(certificates(&o, "quality", &w), ref);
    office_pass_days(&o, 1);
    EXPECT_STR(certificates(&o, "quality", &w), S(""));
    w = any();
    w.status = CERTIFICATE_EXPIRED;
    EXPECT_STR(certificates(&o, "quality", &w), ref);
}

/* [OV1] [RI2] */
EACH_STORE_TEST(a_register_shows_nothing_to_whom_it_may_not)
{
    static const struct {
        const char *login;
        bool finds;
    } rows[] = {
        { "quality", true },  { "auditor1", true },  { "finance", true },
        { "head", true },     { "newcomer", false }, { "rival", false },
        { "insider", false }, /* has every role but works for it */
        { "admin", false },
    };
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    const struct certificate_wish w = any();

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].login, certificates(&o, rows[i].login, &w),
                       rows[i].finds ? ref : S(""));
}

/* --- enterprises --------------------------------------------------------- */

/* How often its documents were taken over. */
static int64_t uses(const struct enterprise_overview *e)
{
    const struct shared_document *d = e->documents.p;
    int64_t n = 0;

    for (size_t i = 0; i < e->documents.n; i++)
        n += d[i].uses;
    return n;
}

/* Each from both sides. */
EACH_STORE_TEST(enterprises_are_found_by_name_and_by_code)
{
    static const struct {
        const char *why;
        const char *login;
        const char *words;
        const char *after;
        bool found;
    } rows[] = {
        { "part of its name", "quality", "新客", "", true },
        { "its code", "quality", "91350100m000100y43", "", true },
        { "part of its code", "quality", "91350100M0001", "", false },
        { "a sign of LIKE", "quality", "%", "", false },
        { "no text", "quality", "\xff", "", false },
        { "after it", "quality", "", OFFICE_USCC, false },
        { "an applicant", "newcomer", "", "", false },
        { "who works for it", "insider", "", "", false },
    };
    TEST_OFFICE(o, place);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct enterprise_search search = {
            .today = office_today(&o),
            .words = str_eq(str_of(rows[i].words), S("新客"))
                         ? o.own.name
                         : str_of(rows[i].words),
            .after = str_of(rows[i].after),
        };
        struct overview list;
        bool found = false;

        EXPECT_OK(overview_of_enterprises(o.app, &o.arena,
                                          office_as(&o, rows[i].login), &search,
                                          &list));
        const struct enterprise_line *line = list.found.p;
        for (size_t k = 0; k < list.found.n; k++)
            found = found || str_eq(line[k].uscc, S(OFFICE_USCC));
        EXPECT_ROW(rows[i].why, found == rows[i].found);
    }
}

/* [M5] [M13] */
EACH_STORE_TEST(an_enterprise_is_shown_with_all_there_is_of_it)
{
    TEST_OFFICE(o, place);
    str first = office_case(&o);
    str second = office_certified(&o);
    struct enterprise_overview e;

    EXPECT_OK(overview_of_enterprise(o.app, &o.arena, office_as(&o, "quality"),
                                     office_today(&o), S(OFFICE_USCC), &e));
    EXPECT_STR(e.name, o.own.name);
    const struct case_line *c = e.cases.p;
    EXPECT(e.cases.n == 2 && str_eq(c[0].number, first) &&
           str_eq(c[1].number, second));
    EXPECT(c[0].stage == STAGE_PREPARATION && c[1].stage == STAGE_UPKEEP);
    EXPECT(e.certificates.n == 1);
    EXPECT(e.documents.n > 0);
    EXPECT(uses(&e) == 0);
    EXPECT_OK(office_do(&o, "newcomer", first, "documents.take_over", "{}"));
    EXPECT_OK(overview_of_enterprise(o.app, &o.arena, office_as(&o, "quality"),
                                     office_today(&o), S(OFFICE_USCC), &e));
    EXPECT(uses(&e) > 0);
}

/* Who may not is told what is said of one that is not there. */
EACH_STORE_TEST(an_enterprise_is_not_there_for_whom_it_is_not)
{
    static const struct {
        const char *login;
        const char *uscc;
    } rows[] = {
        { "quality", "91000000000000000X" },
        { "quality", "\xff" },
        { "insider", OFFICE_USCC },
        { "newcomer", OFFICE_USCC },
        { "admin", OFFICE_USCC },
    };
    TEST_OFFICE(o, place);
    struct enterprise_overview e;

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].login,
                       overview_of_enterprise(o.app, &o.arena,
                                              office_as(&o, rows[i].login),
                                              office_today(&o),
                                              str_of(rows[i].uscc), &e),
                       ERR_NOT_FOUND, "register.no_enterprise");
}

/* --- auditors ------------------------------------------------------------ */

/* Each day that is planned counts once. [M15] [条例 38] */
EACH_STORE_TEST(an_auditor_is_shown_with_what_they_are_planned_for)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct auditor_overview x;

    EXPECT_OK(overview_of_auditor(o.app, &o.arena, office_as(&o, "quality"),
                                  office_today(&o), S("auditor1"), &x));
    EXPECT(x.bookings.n == 0 && x.line.days == 0);
    EXPECT(x.line.qualification.registration.n > 0);
    office_go_to(&o, ref, STAGE_AUDIT);
    EXPECT_OK(overview_of_auditor(o.app, &o.arena, office_as(&o, "quality"),
                                  office_today(&o), S("auditor1"), &x));
    EXPECT(x.bookings.n == 1);
    const struct auditor_booking *b = x.bookings.p;
    day today = office_today(&o);
    day from = b->from > today ? b->from : today;
    EXPECT_STR(b->case_number, ref);
    EXPECT(x.line.days == b->to - from + 1);
}

/* Who may read ties, and who may not. [17065 4.2] */
EACH_STORE_TEST(declared_ties_are_shown_to_whom_they_matter)
{
    static const struct {
        const char *login;
        bool shown;
    } rows[] = {
        { "planner", true },   { "quality", true },
        { "head", true },      { "auditor1", true }, /* their own */
        { "auditor2", false }, { "finance", false },
    };
    TEST_OFFICE(o, place);
    struct auditor_overview x;

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW_OK(rows[i].login,
                      overview_of_auditor(o.app, &o.arena,
                                          office_as(&o, rows[i].login),
                                          office_today(&o), S("auditor1"), &x));
        EXPECT_ROW(rows[i].login, x.shows_ties == rows[i].shown);
    }
    EXPECT_ERR(overview_of_auditor(o.app, &o.arena, office_as(&o, "quality"),
                                   office_today(&o), S("finance"), &x),
               ERR_NOT_FOUND, "register.no_auditor");
    EXPECT_ERR(overview_of_auditor(o.app, &o.arena, office_as(&o, "newcomer"),
                                   office_today(&o), S("auditor1"), &x),
               ERR_NOT_FOUND, "register.no_auditor");
}
