/* What a command is, and when it may be given at all. [C1]-[C4] */

#include "domain/command.h"

#include "domain/commands.h"
#include "domain/test_fixture.h"

TEST(a_command_is_one_of_the_table_with_data_that_fit)
{
    FIXTURE(f);
    struct command c = { NULL, NULL };

    EXPECT_ERR(command_read(&f->arena, S("case.dream"), fixture_json(f, "{}"),
                            &c),
               ERR_NOT_FOUND, "command.unknown");
    EXPECT_ERR(command_read(&f->arena, S("case.open"),
                            fixture_json(f, "{'scheme':'mini'}"), &c),
               ERR_INVALID, "record.missing");
    EXPECT(c.kind == NULL);
    EXPECT_OK(command_read(&f->arena, S("case.open"),
                           fixture_json(f, "{'scheme':'mini','level':'ten'}"),
                           &c));
    EXPECT(c.kind == command_kind_find(S("case.open")));
    EXPECT_STR(((const struct case_open *)c.data)->level, S("ten"));
}

static err ready_for(struct fixture *f, const char *command)
{
    return command_ready(&f->arena, f->state,
                         command_kind_find(str_of(command)));
}

/* [C4] */
TEST(nothing_comes_before_the_opening)
{
    FIXTURE(f);

    EXPECT_OK(ready_for(f, "case.open"));
    for (size_t i = 0; i < command_kind_count(); i++) {
        const char *name = command_kind_at(i)->name;

        if (strcmp(name, "case.open") != 0)
            EXPECT_ROW_ERR(name, ready_for(f, name), ERR_REFUSED,
                           "case.not_open");
    }
    NO(f, "applicant", "eligibility.answer", "{'declarations':[]}", ERR_REFUSED,
       "case.not_open");
    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    EXPECT_ERR(ready_for(f, "case.open"), ERR_REFUSED, "case.open_already");
    EXPECT_OK(ready_for(f, "eligibility.answer"));
}

/* The state alone is asked: who would give it, and with which data, is not. */
TEST(ready_is_what_the_stage_and_the_state_allow)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    EXPECT_OK(ready_for(f, "quote.make"));
    EXPECT_ERR(ready_for(f, "contract.accept"), ERR_REFUSED,
               "contract.no_quote");
    EXPECT_ERR(ready_for(f, "plan.make"), ERR_REFUSED, "rights.stage");
    DO(f, "finance", "quote.make",
       "{'lines':[{'text':'x','kind':'fee','amount':1}],'prepay':3000}");
    EXPECT_OK(ready_for(f, "contract.accept"));
}

/* A journal that somebody else made leads no rule astray (state.h). */
TEST(a_case_that_broke_an_invariant_is_ready_for_nothing)
{
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    f->state->quote = NULL; /* [ST-6] and payment.record would look at it */
    for (size_t i = 0; i < command_kind_count(); i++)
        EXPECT_ROW_ERR(command_kind_at(i)->name,
                       ready_for(f, command_kind_at(i)->name), ERR_CORRUPT,
                       "case.invariant");
    err e = ready_for(f, "review.pass");
    EXPECT_STR(err_arg_text(e, "invariant"), S("ST-6"));
    EXPECT_STR(err_arg_text(e, "case"), S("C2026-0001"));
    NO(f, "finance", "payment.record",
       "{'amount':1,'received':'2026-03-02','payer':'x'}", ERR_CORRUPT,
       "case.invariant");
}

/* Names end where they end, whatever stands behind a byte 0. */
TEST(a_name_with_more_behind_its_end_is_another)
{
    static const struct {
        const char *why;
        str name;
        bool known;
    } rows[] = {
        { "a command", S_INIT("case.open"), true },
        { "cut short", S_INIT("case.ope"), false },
        { "one letter more", S_INIT("case.opens"), false },
        { "a byte 0 and more", S_INIT("case.open\0s"), false },
        { "a byte 0", S_INIT("case.open\0"), false },
        { "none", S_INIT(""), false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why,
                   (command_kind_find(rows[i].name) != NULL) == rows[i].known);
}

/* However little room the caller has for those whom a command names. */
TEST(a_command_names_its_people_as_far_as_there_is_room)
{
    static const struct {
        const char *command;
        const char *json;
        size_t people;
    } rows[] = {
        { "case.open", "{'scheme':'mini','level':'ten'}", 0 },
        { "sites.draw", "{}", 0 },
        { "certificate.issue", "{}", 0 },
        { "plan.make",
          "{'lead':'a','members':['b','c'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':45}",
          3 },
        { "plan.replace", "{'lead':'a','members':['b'],'reason':'x'}", 2 },
        { "decision.panel",
          "{'chair':'a','members':['b','c'],'experts':['d','e']}", 5 },
        { "decision.panel", "{'chair':'a'}", 1 },
        { "appeal.assign", "{'members':['a','b']}", 2 },
        { "complaint.assign", "{'number':1,'to':'a'}", 1 },
    };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct command c = { NULL, NULL };

        if (!EXPECT_ROW_OK(rows[i].command,
                           command_read(&f->arena, str_of(rows[i].command),
                                        fixture_json(f, rows[i].json), &c)))
            continue;
        for (size_t room = 0; room <= rows[i].people + 1; room++) {
            str names[8] = { { NULL, 0 } };
            size_t want = room < rows[i].people ? room : rows[i].people;

            EXPECT_ROW(rows[i].command,
                       command_people(&c, names, room) == want);
            EXPECT_ROW(rows[i].command, names[want].p == NULL);
            for (size_t k = 0; k < want; k++)
                EXPECT_ROW(rows[i].command, names[k].p[0] == (char)('a' + k));
        }
    }
}
