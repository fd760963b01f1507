/* Messages of a case: who wrote, what waits, and how many. [MS1] .. [MS4] */

#include "domain/test_fixture.h"
#include "domain/test_tasks.h"

#define SAY(text) "{'text':'" text "'}"

static const struct message *last(struct fixture *f)
{
    return f->events[f->n - 1]->data;
}

/* [MS1] */
TEST(a_message_moves_nothing)
{
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);

    const struct state before = *f->state;
    pass_days(f, 1);
    DO(f, "applicant", "message.send", SAY("何时到场？"));
    DO(f, "lead", "message.send", SAY("下周二"));
    DO(f, "applicant", "message.send", SAY("好的"));
    DO(f, "intake", "message.settle", "{}");
    EXPECT(f->state->version == before.version + 4);
    EXPECT(f->state->stage == before.stage);
    EXPECT(f->state->stage_since == before.stage_since);
    EXPECT(f->state->waiting == before.waiting && f->state->due == before.due);
    EXPECT(f->state->involved_count == before.involved_count);
    EXPECT(f->state->evaluators.n == before.evaluators.n);
}

TEST(messages_are_counted_and_say_whose_they_are)
{
    static const struct {
        const char *who;
        enum message_side side;
    } rows[] = {
        { "intake", MESSAGE_OF_BODY },
        { "applicant", MESSAGE_OF_ENTERPRISE },
        { "insider", MESSAGE_OF_ENTERPRISE }, /* who is staff elsewhere */
        { "finance", MESSAGE_OF_BODY },
    };
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    for (size_t i = 0; i < COUNT(rows); i++) {
        DO(f, rows[i].who, "message.send", SAY("x"));
        EXPECT_ROW(rows[i].who, last(f)->number == (int64_t)i + 1);
        EXPECT_ROW(rows[i].who, last(f)->side == (int)rows[i].side);
    }
}

/* On paper intake enters what the enterprise says, but writes for the body. */
TEST(intake_writes_for_the_body_also_where_it_enters_for_the_enterprise)
{
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);

    struct case_opened paper = *f->state->opened;
    paper.paper = true;
    f->state->opened = &paper;
    DO(f, "intake", "message.send", SAY("x"));
    EXPECT(last(f)->side == MESSAGE_OF_BODY);
}

/* [MS4] */
TEST(a_message_is_kept_without_blanks_around_it)
{
    static const struct {
        const char *json;
        const char *want; /* NULL: nothing is left */
    } rows[] = {
        { SAY("a"), "a" },
        { SAY(" a"), "a" },
        { SAY("a \\n"), "a" },
        { SAY("\\n\\n\\t 您好：\\n\\n  请看附件\\n"), "您好：\n\n  请看附件" },
        { SAY("\u3000\u3000您好\u3000"), "您好" },
        { SAY(" \u3000 您\u3000好 \u3000\\n"), "您\u3000好" },
        { SAY(" "), NULL },
        { SAY("\u3000"), NULL },
        { SAY("\u3000\\n\u3000 "), NULL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        err e;

        go_to(f, STAGE_COMPLETENESS);
        e = give(f, "applicant", "message.send", rows[i].json);
        if (rows[i].want == NULL) {
            EXPECT_ROW_ERR(rows[i].json, e, ERR_INVALID, "message.empty");
            continue;
        }
        EXPECT_ROW_OK(rows[i].json, e);
        EXPECT_ROW_STR(rows[i].json, last(f)->text, str_of(rows[i].want));
    }
}

/* `n` wide characters in a message. */
static err say_long(struct fixture *f, size_t n)
{
    struct buf b;
    str json = S("");

    buf_init(&b, &f->arena, 1 << 16);
    buf_str(&b, S("{'text':'"));
    for (size_t i = 0; i < n; i++)
        buf_str(&b, S("售"));
    buf_str(&b, S("'}"));
    buf_char(&b, '\0');
    EXPECT_OK(buf_done(&b, &json));
    return give(f, "applicant", "message.send", json.p);
}

TEST(a_message_has_so_many_characters_and_no_sign_that_hides_any)
{
    static const struct {
        const char *json;
        const char *id;
    } rows[] = {
        { "{}", "record.missing" },
        { SAY(""), "record.length" },
        { SAY("a\\u0007b"), "record.control" },
        { SAY("a\\rb"), "record.control" },
        { SAY("a\\u202eb"), "record.control" },
        { "{'text':'x','about':'y'}", "record.unknown" },
    };
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].json,
                       give(f, "applicant", "message.send", rows[i].json),
                       ERR_INVALID, rows[i].id);
    EXPECT_OK(say_long(f, 2000));
    EXPECT_ERR(say_long(f, 2001), ERR_INVALID, "record.length");
}

/* [MS3] */
TEST(what_the_enterprise_wrote_waits_for_intake_until_somebody_writes)
{
    static const struct {
        const char *who;
        const char *command;
        const char *json;
        const char *want; /* open tasks of the kind */
        const char *since;
    } rows[] = {
        { "intake", "message.send", SAY("1"), "", NULL },
        { "applicant", "message.send", SAY("2"), "intake", "2026-03-03" },
        { "insider", "message.send", SAY("3"), "intake", "2026-03-03" },
        { "finance", "message.send", SAY("4"), "", NULL },
        { "applicant", "message.send", SAY("5"), "intake", "2026-03-06" },
        { "intake", "message.settle", "{'note':'已电话答复'}", "", NULL },
        { "applicant", "message.send", SAY("6"), "intake", "2026-03-08" },
    };
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct task *t;

        DO(f, rows[i].who, rows[i].command, rows[i].json);
        t = find_task(f, TASK_ANSWER_MESSAGE);
        EXPECT_ROW(rows[i].json, (t != NULL) == (rows[i].since != NULL));
        if (t != NULL && rows[i].since != NULL) {
            EXPECT_ROW(rows[i].json, t->opens == on(rows[i].since));
            EXPECT_ROW(rows[i].json, t->roles == ROLE_BIT(ROLE_INTAKE));
            EXPECT_ROW(rows[i].json, t->due == DAY_NEVER && t->number == 0);
        }
        pass_days(f, 1);
    }
}

TEST(only_what_waits_is_settled_and_only_by_intake)
{
    static const struct attempt rows[] = {
        { "the enterprise itself", "applicant", "message.settle", "{}",
          ERR_DENIED, "rights.role" },
        { "somebody else of the body", "finance", "message.settle", "{}",
          ERR_DENIED, "rights.role" },
        { "intake", "intake", "message.settle", "{}", ALLOWED },
    };
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    NO(f, "intake", "message.settle", "{}", ERR_REFUSED, "message.none");
    DO(f, "intake", "message.send", SAY("x"));
    NO(f, "intake", "message.settle", "{}", ERR_REFUSED, "message.none");
    DO(f, "applicant", "message.send", SAY("x"));
    DO(f, "applicant", "message.send", SAY("y"));
    ATTEMPTS(f, rows);
    DO(f, "intake", "message.settle", "{'note':'已电话答复'}");

    const struct message_settled *made = f->events[f->n - 1]->data;
    EXPECT(made->number == 3);
    EXPECT_STR(made->note, S("已电话答复"));
    NO(f, "intake", "message.settle", "{}", ERR_REFUSED, "message.none");
}

/* Once it is over nothing waits that nobody could answer. */
TEST(no_message_waits_in_a_case_that_ended)
{
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    DO(f, "applicant", "message.send", SAY("x"));
    DO(f, "applicant", "case.withdraw", "{'reasons':'重组'}");
    EXPECT(find_task(f, TASK_ANSWER_MESSAGE) == NULL);
    NO(f, "intake", "message.send", SAY("x"), ERR_REFUSED, "rights.stage");
    NO(f, "intake", "message.settle", "{}", ERR_REFUSED, "rights.stage");
}

TEST(nobody_writes_before_there_is_an_application)
{
    FIXTURE(f);

    NO(f, "applicant", "message.send", SAY("x"), ERR_REFUSED, "rights.stage");
    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    NO(f, "applicant", "message.send", SAY("x"), ERR_REFUSED, "rights.stage");
}

/* state.h [ST-8] */
TEST(a_case_takes_so_many_messages_and_no_more)
{
    static const struct message one_more = { .number = MESSAGE_MAX };
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    while (f->state->messages.sent < MESSAGE_MAX)
        DO(f, "applicant", "message.send", SAY("x"));
    NO(f, "applicant", "message.send", SAY("x"), ERR_LIMIT, "message.too_many");
    EXPECT(!f->state->overflow && f->state->messages.waits == 1);

    /* a journal that says more all the same */
    struct event e = { .kind = event_kind_find(S("message.sent"), 1),
                       .stream = f->state->id,
                       .n = f->state->version + 1,
                       .on = f->facts.today,
                       .data = &one_more };
    apply(f->state, &e);
    EXPECT(f->state->messages.sent == MESSAGE_MAX && f->state->overflow);
}
