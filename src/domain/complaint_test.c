/* Complaints: how many, of which number, and who answers. [17065 7.13] [CM1] */

#include "domain/test_fixture.h"

#include <stdio.h>

#define COMPLAIN                                                               \
    "{'about':'enterprise','text':'回复太慢','received':'2026-03-02'}"
#define ANSWER(number) "{'number':" number ",'justified':true,'answer':'属实'}"

static void complained(struct fixture *f)
{
    prepare_case(f);
    DO(f, "intake", "complaint.record", COMPLAIN);
}

TEST(nothing_is_complained_of_in_a_case_nobody_opened)
{
    FIXTURE(f);

    NO(f, "intake", "complaint.record", COMPLAIN, ERR_REFUSED, "case.not_open");
}

/* [CM1] */
TEST(a_complaint_is_assigned_to_somebody_who_is_there)
{
    static const struct attempt rows[] = {
        { "somebody uninvolved", "quality", "complaint.assign",
          "{'number':1,'to':'spare'}", ALLOWED },
        { "nobody", "quality", "complaint.assign", "{'number':1,'to':'nobody'}",
          ERR_NOT_FOUND, "plan.person" },
        { "somebody who left", "quality", "complaint.assign",
          "{'number':1,'to':'retired'}", ERR_REFUSED, "plan.left" },
        { "the enterprise itself", "quality", "complaint.assign",
          "{'number':1,'to':'applicant'}", ERR_REFUSED,
          "complaint.cannot_answer" },
        { "somebody who only advises", "quality", "complaint.assign",
          "{'number':1,'to':'expert'}", ERR_REFUSED,
          "complaint.cannot_answer" },
        { "no number", "quality", "complaint.assign",
          "{'number':0,'to':'spare'}", ERR_INVALID, "record.range" },
        { "the next number", "quality", "complaint.assign",
          "{'number':2,'to':'spare'}", ERR_NOT_FOUND, "complaint.number" },
        { "not assigned yet", "spare", "complaint.answer", ANSWER("1"),
          ERR_DENIED, "complaint.not_yours" },
    };
    FIXTURE(f);

    complained(f);
    ATTEMPTS(f, rows);
}

/* One of two is answered; the other waits. */
TEST(each_complaint_is_answered_once_by_whom_it_was_assigned_to)
{
    FIXTURE(f);

    complained(f);
    DO(f, "intake", "complaint.record", COMPLAIN);
    EXPECT(f->state->complaint_count == 2);
    DO(f, "quality", "complaint.assign", "{'number':2,'to':'spare'}");
    NO(f, "spare", "complaint.answer", ANSWER("1"), ERR_DENIED,
       "complaint.not_yours");
    DO(f, "spare", "complaint.answer", ANSWER("2"));
    EXPECT(f->state->complaints[0].answer == NULL);
    EXPECT(f->state->complaints[1].answer != NULL);
    NO(f, "quality", "complaint.assign", "{'number':2,'to':'spare'}",
       ERR_REFUSED, "complaint.answered_already");
    DO(f, "quality", "complaint.assign", "{'number':1,'to':'spare'}");
    DO(f, "spare", "complaint.answer", ANSWER("1"));
    NO(f, "quality", "complaint.assign", "{'number':1,'to':'spare'}",
       ERR_REFUSED, "complaint.none");
}

/* state.h [ST-8] */
TEST(a_case_takes_so_many_complaints_and_no_more)
{
    static const struct complaint one_more = { .number = COMPLAINT_MAX };
    FIXTURE(f);

    complained(f);
    while (f->state->complaint_count < COMPLAINT_MAX)
        DO(f, "intake", "complaint.record", COMPLAIN);
    NO(f, "intake", "complaint.record", COMPLAIN, ERR_LIMIT,
       "complaint.too_many");
    EXPECT(!f->state->overflow);

    /* a journal that says more all the same */
    struct event e = { .kind = event_kind_find(S("complaint.recorded"), 1),
                       .stream = f->state->id,
                       .n = f->state->version + 1,
                       .on = f->facts.today,
                       .data = &one_more };
    apply(f->state, &e);
    EXPECT(f->state->complaint_count == COMPLAINT_MAX && f->state->overflow);
}

/* The service reads these from the register before anything is decided. */
TEST(commands_on_complaints_and_appeals_name_their_people)
{
    static const struct {
        const char *command;
        const char *json;
        const char *first;
        size_t n;
    } rows[] = {
        { "complaint.assign", "{'number':1,'to':'spare'}", "spare", 1 },
        { "appeal.assign", "{'members':['appeal','spare']}", "appeal", 2 },
        { "appeal.assign", "{}", NULL, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        str names[NAMED_PEOPLE_MAX];
        struct command c;

        EXPECT_ROW_OK(rows[i].command,
                      command_read(&f->arena, str_of(rows[i].command),
                                   fixture_json(f, rows[i].json), &c));
        for (size_t max = 0; max <= 2; max++) {
            size_t want = max < rows[i].n ? max : rows[i].n;

            EXPECT_ROW(rows[i].command,
                       command_people(&c, max == 0 ? NULL : names, max) ==
                           want);
        }
        if (rows[i].n > 0)
            EXPECT_ROW_STR(rows[i].command, names[0], str_of(rows[i].first));
    }
}
