/* What forms of commands offer to choose from. [CO1]..[CO4] [CC1] [CC2] [M4]
 * [M15] [17065 4.2] [17065 6.1] */

#include "web/case_offers.h"

#include "base/size.h"
#include "domain/command.h"
#include "domain/rights.h"
#include "web/test_work.h"

#include <stdio.h>
#include <string.h>

/* --- every field has an offer, or a reason to have none ------------------- */

#define WORDS   "said in one's own words"
#define AMOUNT  "an amount or a number of things, which nobody else knows"
#define NEW     "it names something that is only now given a name"
#define OUTSIDE "it stands in somebody else's books"
#define NONCE   "drawn at random, and known to nobody before"
#define CODES   "a code of a national table, known by its digits"
#define FILE    "it is of the file that is handed in"

/* clang-format off */
static const struct {
    const char *command; /* NULL: of any */
    const char *path;
    const char *why;
} typed[] = {
    { "certificate.sub", "n", "the site is chosen by its name" },
    { NULL, "note", WORDS },
    { NULL, "reason", WORDS },
    { NULL, "reasons", WORDS },
    { NULL, "text", WORDS },
    { NULL, "summary", WORDS },
    { NULL, "improvements", WORDS },
    { NULL, "grounds", WORDS },
    { NULL, "cause", WORDS },
    { NULL, "remedy", WORDS },
    { NULL, "action", WORDS },
    { NULL, "answer", WORDS },
    { NULL, "evidence", WORDS ": where it was seen" },
    { NULL, "scope", WORDS },
    { NULL, "scope_en", WORDS },
    { NULL, "conditions.text", WORDS },
    { NULL, "declarations.note", WORDS },
    { NULL, "answers.reason", WORDS },
    { NULL, "answers.k", AMOUNT },
    { NULL, "answers.n", AMOUNT },
    { NULL, "figures.k", AMOUNT },
    { NULL, "figures.n", AMOUNT },
    { NULL, "amount", AMOUNT },
    { NULL, "k", AMOUNT },
    { NULL, "n", AMOUNT },
    { NULL, "people", AMOUNT },
    { "figure.record", "source", WORDS },
    { "case.open", "scheme", "a case is opened where there is none yet: the form of a new case offers the schemes" },
    { "case.open", "previous", "likewise its certificates" },
    /* papers */
    { NULL, "title", NEW },
    { "document.add", "blob", FILE },
    { "document.add", "size", FILE },
    { "risk.note", "blob", FILE },
    { "risk.note", "size", FILE },
    { "risk.note", "records", FILE },
    { "risk.note", "raised", FILE },
    { "document.reuse", "blob", "another way to say the same: it is chosen by its case" },
    { "transfer.record", "number", OUTSIDE },
    { "transfer.record", "body", OUTSIDE },
    { "transfer.record", "approval", OUTSIDE },
    { "transfer.record", "criterion", OUTSIDE },
    /* the application */
    { "application.submit", "staff", AMOUNT },
    { "application.submit", "service_staff", AMOUNT },
    { "application.submit", "covered_staff", AMOUNT },
    { "application.submit", "sites.name", NEW },
    { "application.submit", "sites.place", NEW },
    { "application.submit", "sites.address", NEW },
    { "application.submit", "sites.district", CODES },
    { "application.submit", "sites.staff", AMOUNT },
    { "application.submit", "products.name", NEW },
    { "application.submit", "products.trade", CODES },
    { "application.submit", "regions", NEW },
    { "application.submit", "trade", CODES },
    { "application.submit", "district", CODES },
    { "application.submit", "address", NEW },
    { "application.submit", "address_en", NEW },
    { "application.submit", "functions.function", NEW },
    { "application.submit", "functions.number", AMOUNT },
    { "application.submit", "previous_certifications.criterion", OUTSIDE },
    { "application.submit", "previous_certifications.body", OUTSIDE },
    { "application.submit", "previous_certifications.number", OUTSIDE },
    /* money */
    { "quote.make", "lines.text", WORDS },
    { "quote.make", "lines.amount", AMOUNT },
    { "quote.make", "lines.reason", WORDS },
    { "quote.make", "changes.text", WORDS },
    { "quote.make", "changes.amount", AMOUNT },
    { "quote.make", "changes.reason", WORDS },
    { "quote.make", "prepay", AMOUNT },
    { "quote.make", "surveillance", AMOUNT },
    { "quote.make", "terms.text", WORDS },
    { "quote.make", "terms.text_en", WORDS },
    { "contract.sign", "number", NEW },
    { "payment.record", "payer", OUTSIDE ": as the bank names them" },
    { "invoice.issue", "number", NEW },
    { "invoice.issue", "lines.text", WORDS },
    { "invoice.issue", "lines.amount", AMOUNT },
    { "offer.note", "body", OUTSIDE },
    { "offer.note", "approval", OUTSIDE },
    { "offer.note", "cycle", AMOUNT },
    { "offer.note", "seniors", AMOUNT },
    { "offer.note", "team", OUTSIDE },
    { "offer.note", "price", AMOUNT },
    { "offer.note", "whole", AMOUNT },
    { "cost.note", "provider", OUTSIDE },
    /* the audit */
    { "plan.make", "person_days", AMOUNT },
    { "plan.make", "adjustments.reason", WORDS },
    { "plan.make", "adjustments.tenths", AMOUNT },
    { NULL, "place", WORDS },
    { NULL, "photos", FILE },
    { "interview.record", "role", WORDS },
    { "sample.commit", "list", FILE },
    { "sample.commit", "size", AMOUNT },
    { "sample.commit", "commitment", NONCE },
    { "sample.commit", "wanted", AMOUNT },
    { NULL, "nonce", NONCE },
    { "sample.call", "time", AMOUNT },
    /* the certificate */
    { "change.ask", "holder", NEW },
    { "change.ask", "address", NEW },
    { "mark.ask", "where", WORDS },
    { "mark.ask", "words", WORDS },
    { "mark.approve", "conditions", WORDS },
};
/* clang-format on */

enum { PATH_MOST = 200, TYPED_MOST = 300 };

static bool is_named(const struct field *f)
{
    switch (f->kind) {
    case FIELD_STR:
    case FIELD_INT:
    case FIELD_ID:
    case FIELD_HASH:
    case FIELD_STRS: return true;
    case FIELD_BOOL:
    case FIELD_DAY:
    case FIELD_SPAN:
    case FIELD_ENUM:
    case FIELD_RECORD:
    case FIELD_LIST: break;
    }
    return false;
}

/* The row that says why it is typed, marked as used; false: none does. */
static bool is_typed(const char *command, const char *path, bool *used)
{
    for (size_t i = 0; i < COUNT(typed); i++) {
        bool here =
            typed[i].command == NULL || strcmp(typed[i].command, command) == 0;

        if (here && strcmp(typed[i].path, path) == 0) {
            used[i] = true;
            return true;
        }
    }
    return false;
}

static void expect_record(const char *command, const char *before,
                          const struct record *r, bool *used)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->fields[i];
        char path[PATH_MOST];
        char row[PATH_MOST + PATH_MOST];

        (void)snprintf(path, sizeof path, "%s%s%s", before,
                       before[0] == '\0' ? "" : ".", f->name);
        (void)snprintf(row, sizeof row, "%s %s", command, path);
        if (f->record != NULL)
            expect_record(command, path, f->record, used);
        if (is_named(f))
            EXPECT_ROW(row, case_offers_has(command, path) !=
                                is_typed(command, path, used));
    }
}

/* [CO1] One or the other, and no reason without a field. */
TEST(every_field_that_names_something_has_an_offer_or_a_reason_to_have_none)
{
    bool used[TYPED_MOST] = { false };

    for (size_t i = 0; i < command_kind_count(); i++) {
        const struct command_kind *k = command_kind_at(i);

        if (right_find(k->name) != NULL && record_form_asks(k->record))
            expect_record(k->name, "", k->record, used);
    }
    for (size_t i = 0; i < COUNT(typed); i++)
        EXPECT_ROW(typed[i].path, used[i]);
}

/* --- what is offered ------------------------------------------------------ */

static struct response form_of(struct test_work *w, const char *login, str ref,
                               const char *command)
{
    struct browser b = work_enter(w, login);

    b.lang = LANG_EN;
    return work_get(w, &b,
                    work_text(w, "/cases/", ref,
                              work_text(w, "/do/", str_of(command), "")));
}

/* An <option> or a box to tick with this value? */
static bool offers(struct test_work *w, const struct response *rs,
                   const char *value)
{
    return work_holds(rs, work_text(w, "value=\"", str_of(value), "\""));
}

/* [CC1] Who audits is chosen by name; who may not is not there. */
ONE_STORE_TEST(a_plan_offers_those_who_may_audit_by_name, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_PLAN);
    struct response rs = form_of(&w, "planner", ref, "plan.make");
    EXPECT(rs.status == 200);
    EXPECT(offers(&w, &rs, "auditor1"));
    EXPECT(!offers(&w, &rs, "finance"));
    EXPECT(!offers(&w, &rs, "newcomer"));
    EXPECT(work_holds(&rs, "<select"));
}

/* [CC2] Of whom the enterprise has nothing to choose it learns nothing. */
ONE_STORE_TEST(the_enterprise_is_told_no_names_by_its_forms, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_PLAN);
    struct response rs = form_of(&w, "newcomer", ref, "document.add");
    EXPECT(!work_holds(&rs, "auditor1"));
}

/* On until the team was received. */
static void go_inside(struct test_work *w, str ref)
{
    struct script script = office_script(&w->office);
    bool over = false;

    while (!over && !office_read(&w->office, ref).state->opening_held)
        EXPECT_OK(office_step(&w->office, &script, ref, &over));
}

/* The login of who leads the team, among those of the office. */
static const char *lead_of(struct test_work *w, const struct case_file *file)
{
    static const char *const logins[] = { "auditor1", "auditor2", "auditor3" };

    for (size_t i = 0; i < COUNT(logins); i++) {
        if (state_is_lead(file->state,
                          office_as(&w->office, logins[i])->actor.person))
            return logins[i];
    }
    return "nobody";
}

/* [CO1] [CO3] Indicators by number and label; and what is typed stays typed. */
ONE_STORE_TEST(a_finding_offers_the_indicators_and_the_sites_of_the_plan, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_AUDIT);
    go_inside(&w, ref);
    struct case_file file = office_read(&w.office, ref);
    struct response rs = form_of(&w, lead_of(&w, &file), ref, "finding.record");
    EXPECT(rs.status == 200);
    for (int32_t i = 0; i < (int32_t)file.state->scheme->leaf_count; i++) {
        const struct indicator *x = scheme_leaf_at(file.state->scheme, i);

        EXPECT(str_contains(rs.body, x->id));
        EXPECT(str_contains(rs.body, x->label.en));
    }
    EXPECT(work_holds(&rs, "<textarea id=\"f-note\""));
    EXPECT(work_holds(&rs, "<select id=\"f-site\""));
}

/* [M5] What another case of the enterprise has is taken over by its title. */
ONE_STORE_TEST(documents_of_other_cases_are_offered_and_nobody_elses, true)
{
    TEST_WORK(w, place);
    str first = office_case(&w.office);
    str theirs = office_case_of(&w.office, "rival");

    office_go_to(&w.office, first, STAGE_COMPLETENESS);
    office_go_to(&w.office, theirs, STAGE_COMPLETENESS);
    str ref = office_case(&w.office);
    struct response rs = form_of(&w, "newcomer", ref, "document.reuse");
    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, work_text(&w, "<option value=\"", first, ":")));
    EXPECT(!str_contains(rs.body, theirs));
}

/* A hash is picked, too: the quote that was read. */
ONE_STORE_TEST(the_quote_that_is_accepted_is_the_one_that_is_offered, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_CONTRACT);
    EXPECT_OK(
        office_do(&w.office, "finance", ref, "quote.make", "{'prepay':3000}"));
    struct response rs = form_of(&w, "newcomer", ref, "contract.accept");
    EXPECT(work_holds(&rs, "<select id=\"f-offer\""));
    EXPECT(work_holds(&rs, "the quote of "));
}

/* [CO4] What was answered is verified, and not answered again. */
ONE_STORE_TEST(what_is_no_more_to_be_done_is_not_offered, true)
{
    TEST_WORK(w, place);
    struct office *o = &w.office;
    str ref = office_case(o);
    struct script script = office_script(o);
    bool over = false;

    script.weak = 1;
    while (!over && office_read(o, ref).state->stage != STAGE_CORRECTION)
        EXPECT_OK(office_step(o, &script, ref, &over));
    struct response rs = form_of(&w, "newcomer", ref, "correction.submit");
    EXPECT(offers(&w, &rs, "1"));
    EXPECT_OK(office_do(o, "newcomer", ref, "correction.submit",
                        "{'number':1,'cause':'c','action':'a',"
                        "'evidence':['e']}"));
    rs = form_of(&w, "newcomer", ref, "correction.submit");
    EXPECT(rs.status != 200 || !offers(&w, &rs, "1"));
    struct case_file file = office_read(o, ref);
    rs = form_of(&w, lead_of(&w, &file), ref, "correction.accept");
    EXPECT(rs.status == 200 && offers(&w, &rs, "1"));
}
