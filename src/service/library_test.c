/* Evidence shared between the cases of one enterprise, on both engines: what
 * the service hands to domain/library. [M5] [M23] */

#include "base/check.h"
#include "service/check.h"
#include "service/service_test_env.h"

#include <stdio.h>

#define OPEN "{'scheme':'mini','level':'ten'}"

/* SHA-256 as JSON has it: of what newcomer, and what rival, once added. */
#define OURS "0101010101010101010101010101010101010101010101010101010101010101"
#define THEIRS                                                                 \
    "0202020202020202020202020202020202020202020202020202020202020202"

#define LICENCE(blob)                                                          \
    "{'requirement':'licence','title':'示例执照','blob':'" blob "','size':7}"

static str open_case(struct office *o, const char *who)
{
    struct case_order order = office_order(o, who, S("new"), "case.open", OPEN);
    struct case_answer answer = { 0 };

    EXPECT_OK(office_give(o, &order, &answer));
    return answer.number;
}

/* "document.reuse" of this document, by FROM. */
static err reuse(struct office *o, const char *who, str ref, str case_number)
{
    char number[41] = { 0 };
    char json[200];

    check(case_number.n < sizeof number);
    memcpy(number, case_number.p, case_number.n);
    (void)snprintf(json, sizeof json,
                   "{'requirement':'licence','from':'%s:licence'}", number);
    return office_do(o, who, ref, "document.reuse", json);
}

EACH_STORE_TEST(a_document_of_an_enterprise_s_other_case_is_taken_over)
{
    TEST_OFFICE(o, place);
    struct check_counts counts;
    str first = open_case(&o, "newcomer");
    str second = open_case(&o, "newcomer");

    EXPECT_ERR(reuse(&o, "newcomer", second, first), ERR_NOT_FOUND,
               "library.unknown"); /* nothing was added yet */
    EXPECT_OK(office_do(&o, "newcomer", first, "document.add", LICENCE(OURS)));
    EXPECT_OK(reuse(&o, "newcomer", second, first));

    struct case_file file = office_read(&o, second);
    const struct document *d = file.state->requirements[0].document;
    EXPECT_STR(d->title, S("示例执照"));
    EXPECT(d->size == 7 && str_begins(d->from, first));
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
}

/* What is another enterprise's is not there, whoever asks and however. */
EACH_STORE_TEST(another_enterprise_s_document_is_never_found)
{
    TEST_OFFICE(o, place);
    static const str nobody = S_INIT("C2026-0099");
    str own = open_case(&o, "newcomer");
    str other = open_case(&o, "rival");
    struct refusal_row theirs;

    EXPECT_OK(office_do(&o, "rival", other, "document.add", LICENCE(THEIRS)));
    EXPECT_ERR(reuse(&o, "newcomer", own, other), ERR_NOT_FOUND,
               "library.unknown");
    theirs = office_refusal(&o);
    EXPECT_ERR(reuse(&o, "newcomer", own, nobody), ERR_NOT_FOUND,
               "library.unknown");
    EXPECT_STR(office_refusal(&o).message, theirs.message);
    EXPECT_ERR(office_do(&o, "newcomer", own, "document.reuse",
                         "{'requirement':'licence','blob':'" THEIRS "'}"),
               ERR_NOT_FOUND, "library.unknown");
    EXPECT_ERR(office_do(&o, "newcomer", own, "documents.take_over", "{}"),
               ERR_REFUSED, "library.nothing");
}

/* [M11] On paper staff take over for the enterprise of the case, and find no
 * more than it would. */
EACH_STORE_TEST(staff_take_over_within_the_enterprise_of_a_paper_case)
{
    TEST_OFFICE(o, place);
    struct case_order order =
        office_order(&o, "intake", S("new"), "case.open", OPEN);
    struct case_answer paper = { 0 };
    str own = open_case(&o, "newcomer");
    str other = open_case(&o, "rival");

    EXPECT_OK(office_do(&o, "newcomer", own, "document.add", LICENCE(OURS)));
    EXPECT_OK(office_do(&o, "rival", other, "document.add", LICENCE(THEIRS)));
    order.enterprise = S(OFFICE_USCC);
    EXPECT_OK(office_give(&o, &order, &paper));
    EXPECT_ERR(reuse(&o, "intake", paper.number, other), ERR_NOT_FOUND,
               "library.unknown");
    EXPECT_OK(reuse(&o, "intake", paper.number, own));
}

/* Newcomer renews its first certificate. */
static str open_renewal(struct office *o)
{
    struct case_order order =
        office_order(o, "newcomer", S("new"), "case.open",
                     "{'scheme':'mini','level':'ten','kind':'renewal',"
                     "'previous':'00026SC0001R0S'}");
    struct case_answer answer = { 0 };

    EXPECT_OK(office_give(o, &order, &answer));
    return answer.number;
}

/* [M23] A renewal begins with everything of the case before that is fresh. */
EACH_STORE_TEST(a_renewal_takes_over_what_is_still_fresh)
{
    TEST_OFFICE(o, place);
    str before = office_case(&o);
    str beside = open_case(&o, "newcomer");
    str renewal;

    office_go_to(&o, before, STAGE_UPKEEP);
    EXPECT_OK(office_do(&o, "newcomer", beside, "documents.take_over", "{}"));

    const struct state *s = office_read(&o, beside).state;
    EXPECT(s->requirements[0].document != NULL);
    EXPECT(s->requirements[1].document != NULL);
    EXPECT(s->requirements[2].document != NULL);
    EXPECT(str_begins(s->requirements[2].document->from, before));

    /* three years later its records are too old, its licence is not */
    office_pass_days(&o, 1000);
    renewal = open_renewal(&o);
    EXPECT_OK(office_do(&o, "newcomer", renewal, "documents.take_over", "{}"));
    s = office_read(&o, renewal).state;
    EXPECT(s->requirements[0].document != NULL);
    EXPECT(s->requirements[2].document == NULL);
}
