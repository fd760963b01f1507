/* What somebody has begun to say in a case. [DR1]-[DR3] */

#include "base/arena.h"
#include "service/drafts.h"
#include "service/service_test_env.h"

#define SUBMIT "application.submit"

/* The case as `login` has it, in the office's arena. */
static struct case_file *load(struct office *o, const char *login, str ref)
{
    struct case_file *file = arena_zero(&o->arena, sizeof *file);

    EXPECT_OK(cases_load(o->app, &o->arena, office_as(o, login), ref, file));
    return file;
}

static struct draft_of of(struct office *o, const char *login,
                          const struct case_file *file)
{
    return (struct draft_of){ office_as(o, login), file, SUBMIT, DAY_NEVER };
}

static err save(struct office *o, const char *login, str ref, const char *body)
{
    const struct draft_of x = of(o, login, load(o, login, ref));

    return draft_write(o->app, &o->arena, &x, str_of(body));
}

static str read(struct office *o, const char *login, str ref)
{
    const struct draft_of x = of(o, login, load(o, login, ref));
    str body = S("unread");

    EXPECT_OK(draft_read(o->app, &o->arena, &x, &body));
    return body;
}

/* [DR1] */
EACH_STORE_TEST(a_draft_is_its_persons_own)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    EXPECT_OK(office_hire(&o, "colleague", ROLE_BIT(ROLE_APPLICANT), o.own.id));
    EXPECT_STR(read(&o, "newcomer", ref), S(""));
    EXPECT_OK(save(&o, "newcomer", ref, "mine"));
    EXPECT_OK(save(&o, "colleague", ref, "a colleague's"));
    EXPECT_OK(save(&o, "newcomer", ref, "newer"));
    EXPECT_STR(read(&o, "newcomer", ref), S("newer"));
    EXPECT_STR(read(&o, "colleague", ref), S("a colleague's"));
    EXPECT_STR(read(&o, "quality", ref), S(""));
}

/* [DR2]: as the table of rights has it of the command itself. */
EACH_STORE_TEST(a_draft_is_kept_for_whoever_may_give_its_command)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    EXPECT_ERR(save(&o, "quality", ref, "x"), ERR_DENIED, "rights.role");
    EXPECT_ERR(save(&o, "intake", ref, "x"), ERR_DENIED, "rights.paper");
    EXPECT_OK(save(&o, "newcomer", ref, "x"));
    office_go_to(&o, ref, STAGE_COMPLETENESS);
    EXPECT_ERR(save(&o, "newcomer", ref, "y"), ERR_REFUSED, "rights.stage");
}

/* [DR3] */
ONE_STORE_TEST(a_draft_has_a_greatest_size, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    const struct draft_of x = of(&o, "newcomer", load(&o, "newcomer", ref));
    char *long_text = arena_array(&o.arena, DRAFT_MAX + 1, 1);

    EXPECT(long_text != NULL);
    memset(long_text, 'x', DRAFT_MAX + 1);
    EXPECT_OK(draft_write(o.app, &o.arena, &x, (str){ long_text, DRAFT_MAX }));
    EXPECT_ERR(draft_write(o.app, &o.arena, &x,
                           (str){ long_text, DRAFT_MAX + 1 }),
               ERR_LIMIT, "draft.size");
}

/* [DR2] */
EACH_STORE_TEST(drafts_go_when_the_case_leaves_its_preparation)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    str other = office_case(&o);
    const struct case_file *old = load(&o, "newcomer", ref);
    const struct draft_of late = of(&o, "newcomer", old);

    EXPECT_OK(save(&o, "newcomer", ref, "x"));
    EXPECT_OK(save(&o, "newcomer", other, "y"));
    EXPECT_OK(office_do(&o, "newcomer", other, "eligibility.answer",
                        "{'declarations':[]}"));
    EXPECT_STR(read(&o, "newcomer", other), S("y")); /* no word of it */
    office_go_to(&o, ref, STAGE_COMPLETENESS);
    EXPECT_STR(read(&o, "newcomer", ref), S(""));
    EXPECT_ERR(draft_write(o.app, &o.arena, &late, S("too late")), ERR_CONFLICT,
               "case.version");
    EXPECT_OK(
        office_do(&o, "newcomer", other, "case.withdraw", "{'reasons':'x'}"));
    EXPECT_STR(read(&o, "newcomer", other), S(""));
    EXPECT(office_count(&o, "SELECT count(*) FROM draft") == 0);
}

/* [DR2]: a message is as good in the next stage. */
EACH_STORE_TEST(a_message_that_is_begun_goes_when_it_is_sent)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct draft_of mine;
    str body;

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    mine = of(&o, "newcomer", load(&o, "newcomer", ref));
    mine.command = DRAFT_MESSAGE;
    EXPECT_OK(draft_write(o.app, &o.arena, &mine, S("x")));
    office_go_to(&o, ref, STAGE_CONTRACT);
    EXPECT_OK(draft_read(o.app, &o.arena, &mine, &body));
    EXPECT_STR(body, S("x"));
    EXPECT_OK(draft_write(o.app, &o.arena, &mine, S("y")));
    EXPECT_OK(
        office_do(&o, "finance", ref, "message.send", "{'text':'theirs'}"));
    EXPECT_OK(draft_read(o.app, &o.arena, &mine, &body));
    EXPECT_STR(body, S("y"));
    EXPECT_OK(office_do(&o, "newcomer", ref, "message.send", "{'text':'y'}"));
    EXPECT_OK(draft_read(o.app, &o.arena, &mine, &body));
    EXPECT_STR(body, S(""));

    EXPECT_OK(draft_write(o.app, &o.arena, &mine, S("z")));
    EXPECT_OK(draft_write(o.app, &o.arena, &mine, S("")));
    EXPECT(office_count(&o, "SELECT count(*) FROM draft") == 0);
    EXPECT_OK(draft_write(o.app, &o.arena, &mine, S("too late")));
    EXPECT_OK(
        office_do(&o, "newcomer", ref, "case.withdraw", "{'reasons':'x'}"));
    EXPECT(office_count(&o, "SELECT count(*) FROM draft") == 0);
}
