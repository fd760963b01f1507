/* The form of a command on a case, and carrying it out. [WO1]..[WO4] [RI9]
 * [M4] [D4] */

#include "service/test_door.h"
#include "web/test_work.h"

#include <stdio.h>
#include <string.h>

/* What a field of the page holds; empty: there is none. */
static str value_of(const struct response *rs, const char *field)
{
    const char *ends[] = { "\" value=\"", "\"" };
    str at = str_from(rs->body, str_find(rs->body, str_of(field)));

    at = str_from(at, str_find(at, str_of(ends[0])));
    if (at.n == 0)
        return at;
    at = str_from(at, strlen(ends[0]));
    return str_first(at, str_find(at, str_of(ends[1])));
}

/* A command of a case, as somebody does it by a browser. */
struct doing {
    struct test_work *w;
    struct browser b;
    const char *target;
    str version;
    str id;
};

static struct doing begin(struct test_work *w, const char *login, str ref,
                          const char *command)
{
    struct doing d = { .w = w, .b = work_enter(w, login) };

    d.target =
        work_text(w, "/cases/", ref, work_text(w, "/do/", str_of(command), ""));
    return d;
}

/* Its form, and what the page put into it. */
static struct response look(struct doing *d)
{
    struct response rs = work_get(d->w, &d->b, d->target);

    d->version = value_of(&rs, "name=\"version");
    d->id = value_of(&rs, "name=\"command-id");
    return rs;
}

/* Send it with `fields`. */
static struct response give(struct doing *d, const char *fields)
{
    const char *own = work_text(d->w, "command-id=", d->id,
                                work_text(d->w, "&version=", d->version, "&"));

    return work_post(d->w, &d->b, d->target,
                     work_text(d->w, own, str_of(fields), ""));
}

static size_t events_of(struct test_work *w, str ref)
{
    return office_read(&w->office, ref).events.n;
}

/* --- doing ---------------------------------------------------------------- */

ONE_STORE_TEST(what_a_form_is_sent_with_is_done_and_leads_back, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct doing d;

    office_go_to(&w.office, ref, STAGE_COMPLETENESS);
    d = begin(&w, "intake", ref, "application.accept");
    struct response rs = look(&d);
    EXPECT(rs.status == 200 && str_contains(rs.body, ref));
    EXPECT(work_holds(&rs, "<form"));
    rs = give(&d, "");
    EXPECT(rs.status == 303);
    EXPECT_STR(work_led(&rs), str_of(work_text(&w, "/cases/", ref, "")));
    EXPECT(office_read(&w.office, ref).state->stage == STAGE_CONTRACT);
}

/* [WO3] */
ONE_STORE_TEST(a_form_that_is_sent_twice_is_done_once, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct doing d;

    office_go_to(&w.office, ref, STAGE_COMPLETENESS);
    d = begin(&w, "intake", ref, "application.accept");
    (void)look(&d);
    EXPECT(give(&d, "").status == 303);
    size_t events = events_of(&w, ref);
    EXPECT(give(&d, "").status == 303);
    EXPECT(events_of(&w, ref) == events);
}

/* [WO2] Somebody was quicker: what one typed is not lost, and not done. */
ONE_STORE_TEST(what_changed_since_is_said_and_what_was_typed_stays, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct doing d;
    const char *words = "Withdrawn for our own reasons";

    office_go_to(&w.office, ref, STAGE_COMPLETENESS);
    d = begin(&w, "newcomer", ref, "case.withdraw");
    d.b.lang = LANG_EN;
    (void)look(&d);
    EXPECT_OK(office_do(&w.office, "intake", ref, "application.accept", "{}"));
    size_t events = events_of(&w, ref);
    struct response rs = give(&d, "reasons=Withdrawn+for+our+own+reasons");
    EXPECT(rs.status == 409);
    EXPECT(work_holds(&rs, words) && work_holds(&rs, "role=\"alert\""));
    EXPECT(events_of(&w, ref) == events);

    /* As it is shown now it can be sent. */
    d.version = value_of(&rs, "name=\"version");
    d.id = value_of(&rs, "name=\"command-id");
    EXPECT(give(&d, "reasons=Withdrawn+for+our+own+reasons").status == 303);
    EXPECT(office_read(&w.office, ref).state->stage == STAGE_ENDED);
}

/* --- not doing -------------------------------------------------------------
 */

ONE_STORE_TEST(what_one_may_not_do_has_no_form, true)
{
    static const struct {
        const char *login;
        const char *command;
        int status;
    } rows[] = {
        { "intake", "application.accept", 200 },
        { "planner", "application.accept", 403 },
        { "newcomer", "application.accept", 403 },
        { "rival", "application.accept", 404 },  /* [CA6] */
        { "finance", "quote.make", 422 },        /* not yet */
        { "intake", "certificate.expire", 403 }, /* [RI6] */
        { "intake", "no.command", 404 },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_COMPLETENESS);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct doing d = begin(&w, rows[i].login, ref, rows[i].command);
        struct response rs = look(&d);

        EXPECT_ROW(rows[i].command, rs.status == rows[i].status);
    }
}

/* What the case is not ready for yet has its form, and says what comes first.
 */
ONE_STORE_TEST(what_the_case_is_not_ready_for_is_said_over_its_form, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct doing d = begin(&w, "newcomer", ref, "application.submit");
    struct response rs = look(&d);

    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "role=\"alert\"") && work_holds(&rs, "<form"));
}

/* Whoever changes what the page put into its form has no form of ours. */
ONE_STORE_TEST(what_the_page_put_in_must_be_what_it_put_in, true)
{
    static const struct {
        const char *version;
        const char *id;
    } rows[] = {
        { "x", NULL },
        { "-1", NULL },
        { "1234567890123456789", NULL },
        { NULL, "" },
        { NULL, "zz" },
        { NULL, "00000000-0000-0000-0000-000000000000" },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_COMPLETENESS);
    size_t events = events_of(&w, ref);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct doing d = begin(&w, "intake", ref, "application.accept");

        (void)look(&d);
        if (rows[i].version != NULL)
            d.version = str_of(rows[i].version);
        if (rows[i].id != NULL)
            d.id = str_of(rows[i].id);
        EXPECT_ROW(rows[i].id, give(&d, "").status == 403);
    }
    EXPECT(events_of(&w, ref) == events);
}

/* [WO1] A wrong field is said beside it, and the rest stays. */
ONE_STORE_TEST(what_is_wrong_in_a_form_is_said_beside_its_field, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct doing d;

    office_go_to(&w.office, ref, STAGE_CONTRACT);
    d = begin(&w, "finance", ref, "quote.make");
    d.b.lang = LANG_EN;
    (void)look(&d);
    size_t events = events_of(&w, ref);
    struct response rs = give(&d, "prepay=many");
    EXPECT(rs.status == 422);
    EXPECT(work_holds(&rs, "aria-invalid=\"true\""));
    EXPECT(work_holds(&rs, "many"));
    EXPECT(events_of(&w, ref) == events);
}

/* --- confirming [WO4] ------------------------------------------------------
 */

/* Up to a case that waits for its certificate. */
static struct doing to_issue(struct test_work *w, str *ref)
{
    *ref = office_case(&w->office);
    office_go_to(&w->office, *ref, STAGE_CERTIFICATE);
    return begin(w, "certificates", *ref, "certificate.issue");
}

ONE_STORE_TEST(what_must_be_confirmed_is_shown_with_its_hash_first, true)
{
    TEST_WORK(w, place);
    str ref;
    struct doing d = to_issue(&w, &ref);

    (void)look(&d);
    size_t events = events_of(&w, ref);
    struct response rs = give(&d, "");
    str shown = value_of(&rs, "name=\"shown");
    EXPECT(rs.status == 200 && shown.n == 64);
    EXPECT(events_of(&w, ref) == events);
    rs = give(&d, work_text(&w, "shown=", shown, ""));
    EXPECT(rs.status == 303);
    EXPECT(office_read(&w.office, ref).state->certificate != NULL);
}

/* [CF1] Another hash than of what is sent is as none: it is shown anew. */
ONE_STORE_TEST(a_hash_of_something_else_confirms_nothing, true)
{
    TEST_WORK(w, place);
    str ref;
    struct doing d = to_issue(&w, &ref);

    (void)look(&d);
    struct response rs =
        give(&d, "shown=00000000000000000000000000000000000000000000000000000"
                 "00000000000");
    EXPECT(rs.status == 200);
    EXPECT(value_of(&rs, "name=\"shown").n == 64);
    EXPECT(office_read(&w.office, ref).state->certificate == NULL);
}

/* Up to a case that waits for its decision. */
static struct doing to_grant(struct test_work *w, str *ref)
{
    *ref = office_case(&w->office);
    office_go_to(&w->office, *ref, STAGE_DECISION);
    return begin(w, "reviewer", *ref, "decision.grant");
}

/* [RF8] Nothing can be changed in what is confirmed; "change" leads back, and
 * nothing that was typed is lost. */
ONE_STORE_TEST(what_is_confirmed_is_read_and_changed_in_the_form, true)
{
    static const char typed[] = "note=Seen+and+found+good";
    TEST_WORK(w, place);
    str ref;
    struct doing d = to_grant(&w, &ref);

    d.b.lang = LANG_EN;
    (void)look(&d);
    struct response rs = give(&d, typed);
    str shown = value_of(&rs, "name=\"shown");
    EXPECT(rs.status == 200 && shown.n == 64);
    EXPECT(work_holds(&rs, "<td>Seen and found good</td>"));
    EXPECT(work_holds(&rs, "<input type=\"hidden\" name=\"note\" "
                           "value=\"Seen and found good\">"));
    EXPECT(!work_holds(&rs, "<textarea"));
    rs = give(&d, work_text(&w, "change=yes&shown=", shown,
                            "&note=Seen+and+found+good"));
    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "Seen and found good</textarea>"));
    EXPECT(value_of(&rs, "name=\"shown").n == 0);
    EXPECT(office_read(&w.office, ref).state->decision == NULL);
}

/* What was shown is what is done: the hidden fields are sent as they are. */
ONE_STORE_TEST(what_was_read_is_what_is_done, true)
{
    TEST_WORK(w, place);
    str ref;
    struct doing d = to_grant(&w, &ref);

    (void)look(&d);
    struct response rs = give(&d, "note=Seen");
    str shown = value_of(&rs, "name=\"shown");
    rs = give(&d, work_text(&w, "note=Seen&level=&shown=", shown, ""));
    EXPECT(rs.status == 303);
    const struct decision *made = office_read(&w.office, ref).state->decision;
    EXPECT(made != NULL && str_eq(made->reasons, S("Seen")));
}

/* [WO4] A wrong code is said over what is to be confirmed, which stays as it
 * was; the right one does it. */
ONE_STORE_TEST(a_wrong_code_shows_once_more_what_is_to_be_confirmed, true)
{
    TEST_WORK(w, place);
    struct office *o = &w.office;
    str ref = office_case(o);
    struct doing d;

    office_go_to(o, ref, STAGE_DECISION);
    d = begin(&w, "reviewer", ref, "decision.grant");
    door_at_work(o);
    door_hire(o, "judge", ROLE_BIT(ROLE_REVIEWER));
    d.b = (struct browser){ .session = door_in(o, "judge", WEB_SESSION_ENROL),
                            .lang = LANG_EN };
    struct phone phone = door_phone(o, d.b.session);
    (void)look(&d);
    struct response rs = give(&d, "note=Seen");
    str shown = value_of(&rs, "name=\"shown");
    EXPECT(shown.n == 64 && work_holds(&rs, "name=\"second-factor\""));
    const char *fields =
        work_text(&w, "note=Seen&shown=", shown, "&second-factor=");
    rs = give(&d, work_text(&w, fields, S("000000"), ""));
    EXPECT(rs.status >= 400 && work_holds(&rs, "role=\"alert\""));
    EXPECT_STR(value_of(&rs, "name=\"shown"), shown);
    EXPECT(work_holds(&rs, "<td>Seen</td>"));
    EXPECT(office_read(o, ref).state->decision == NULL);
    rs = give(&d, work_text(&w, fields, door_phone_code(o, &phone), ""));
    EXPECT(rs.status == 303);
    EXPECT(office_read(o, ref).state->decision != NULL);
}

/* [WO4] The code of a reason is the command's, that of a telephone the page's.
 */
ONE_STORE_TEST(a_reason_by_its_code_is_taken_from_the_form, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_UPKEEP);
    struct doing d = begin(&w, "reviewer", ref, "certificate.suspend");
    (void)look(&d);
    struct response rs = give(&d, "code=0111&reasons=x&confirmed=2020-01-01");
    EXPECT(!work_holds(&rs, "href=\"#f-code\""));
}

/* --- conditions by one press [ED1] ---------------------------------------- */

/* The items of a form as the page put them into it. */
static const char *items_of(struct test_work *w, const struct scheme *s,
                            const char *more)
{
    const char *fields = more;
    size_t row = 0;

    for (size_t i = 0; i < s->eligibility_count; i++) {
        char name[60];

        if (s->eligibility[i].kind != ELIGIBLE_DECLARED)
            continue;
        (void)snprintf(name, sizeof name, "&declarations.%d.item=", (int)row++);
        fields = work_text(w, work_text(w, fields, str_of(name), ""),
                           s->eligibility[i].id, "");
    }
    return fields;
}

static bool meets_all(struct test_work *w, str ref)
{
    const struct state *s = office_read(&w->office, ref).state;

    return s->eligibility != NULL && s->eligibility->failed.n == 0;
}

/* And the application, of which it is a part, goes on. */
ONE_STORE_TEST(all_conditions_are_declared_by_one_press, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const struct scheme *s = office_read(&w.office, ref).state->scheme;
    struct doing d = begin(&w, "newcomer", ref, "eligibility.answer");

    d.b.lang = LANG_EN;
    struct response rs = look(&d);
    EXPECT(work_holds(&rs, "name=\"all\" value=\"yes\">All conditions"));
    rs = give(&d, items_of(&w, s, "all=yes"));
    EXPECT(rs.status == 303);
    EXPECT_STR(work_led(&rs), str_of(work_text(&w, "/cases/", ref, "/apply")));
    EXPECT(meets_all(&w, ref));
}

ONE_STORE_TEST(one_press_leaves_an_answer_as_it_was_given, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const struct scheme *s = office_read(&w.office, ref).state->scheme;
    struct doing d = begin(&w, "newcomer", ref, "eligibility.answer");
    const struct eligibility *first = s->eligibility;

    while (first->kind != ELIGIBLE_DECLARED)
        first++;
    (void)look(&d);
    struct response rs =
        give(&d, items_of(&w, s,
                          first->want ? "all=yes&declarations.0.yes=no"
                                      : "all=yes&declarations.0.yes=yes"));
    EXPECT(rs.status == 303);
    const struct eligibility_answered *e =
        office_read(&w.office, ref).state->eligibility;
    EXPECT(e->failed.n == 1);
    EXPECT_STR(((const str *)e->failed.p)[0], first->id);
}

/* Without the press nothing is answered for anybody. */
ONE_STORE_TEST(what_is_sent_without_the_press_has_to_be_answered, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const struct scheme *s = office_read(&w.office, ref).state->scheme;
    struct doing d = begin(&w, "newcomer", ref, "eligibility.answer");

    (void)look(&d);
    struct response rs = give(&d, items_of(&w, s, "report="));
    EXPECT(rs.status == 422);
    EXPECT(office_read(&w.office, ref).state->eligibility == NULL);
}
