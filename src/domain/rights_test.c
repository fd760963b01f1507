/* Who may do what, when: journey.md, "Who acts". [17065 4.2] [17065 7.6.2] */

#include "domain/test_fixture.h"

#include "domain/rights.h"

/* [C3] [RI1] */
TEST(every_command_has_a_row_and_every_row_a_command)
{
    const struct right *r;
    size_t rows = 0;

    for (size_t i = 0; (r = right_at(i)) != NULL; i++) {
        EXPECT_ROW(r->command, command_kind_find(str_of(r->command)) != NULL);
        EXPECT_ROW(r->command, right_find(r->command) == r);
        EXPECT_ROW(r->command, r->stages != 0);
        EXPECT_ROW(r->command,
                   (r->roles == 0) == /* [RI6] */
                       (strcmp(r->command, "certificate.expire") == 0));
        rows++;
    }
    EXPECT(rows == command_kind_count());
    for (size_t i = 0; i < command_kind_count(); i++)
        EXPECT_ROW(command_kind_at(i)->name,
                   right_find(command_kind_at(i)->name) != NULL);
    EXPECT(right_find("no.such") == NULL);
    EXPECT(command_kind_at(command_kind_count()) == NULL);
}

/* Where there is no case yet the role is all there is to ask for. */
TEST(a_row_asks_for_one_of_its_roles)
{
    TEST_ARENA(a, 1 << 20);
    const struct right *r = right_find("document.add");

    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        const struct actor actor = { .roles = ROLE_BIT(i) };
        err e = right_check_role(&a, r, &actor);

        if (i == ROLE_APPLICANT || i == ROLE_INTAKE) {
            EXPECT_ROW_OK(role_names[i], e);
            continue;
        }
        EXPECT_ROW_ERR(role_names[i], e, ERR_DENIED, "rights.role");
        EXPECT_ROW_STR(role_names[i], err_arg_text(e, "command"),
                       S("command.document.add"));
        EXPECT_ROW_STR(role_names[i], err_arg_text(e, "roles"),
                       S("role.applicant|role.intake"));
    }
    EXPECT_ERR(right_check_role(&a, r, &(struct actor){ 0 }), ERR_DENIED,
               "rights.role");
}

/* --- every combination of role, command and stage ----------------------- */

/* Somebody who has this one role and was never seen in the case before. */
static void send_in(struct fixture *f, struct person *stranger, enum role role)
{
    *stranger = (struct person){
        .id = { { 7, (uint8_t)role } },
        .login = S("stranger"),
        .roles = ROLE_BIT(role),
        .active = true,
    };
    f->facts.people = stranger;
    f->facts.person_count = 1;
    f->facts.actor = (struct actor){ .roles = stranger->roles };
    f->facts.actor.person = stranger->id;
    if (role == ROLE_APPLICANT)
        f->facts.actor.enterprise = f->enterprise.id;
}

/* What the table promises a stranger with this role, in an online case. */
static bool promised(const struct right *r, enum role role, enum stage stage)
{
    bool shared = (r->roles & ROLE_BIT(ROLE_APPLICANT)) != 0;

    if ((r->roles & ROLE_BIT(role)) == 0 || (r->stages & 1U << stage) == 0)
        return false;
    if (r->relation == RELATION_SPEAKS)
        return role != ROLE_AUDITOR; /* the team's alone */
    if (role == ROLE_INTAKE && shared)
        return false; /* [RI4] staff do not speak for the enterprise */
    return r->relation != RELATION_TEAM && r->relation != RELATION_LEAD;
}

static void check_stage_of(struct fixture *f, enum stage stage)
{
    const struct right *r;
    struct person stranger;

    for (int role = 0; role < ROLE_COUNT; role++) {
        send_in(f, &stranger, (enum role)role);
        for (size_t i = 0; (r = right_at(i)) != NULL; i++) {
            err e = right_check(&f->arena, r, f->state, &f->facts);

            if (failed(e) == promised(r, (enum role)role, stage))
                test_fail(__FILE__, __LINE__, r->command, role_names[role]);
        }
    }
}

TEST(each_role_may_do_at_each_stage_what_the_table_says_and_nothing_else)
{
    for (int stage = 0; stage < STAGE_ENDED; stage++) {
        FIXTURE(f);

        if (stage == STAGE_PREPARATION)
            DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
        else
            go_to(f, (enum stage)stage);
        check_stage_of(f, (enum stage)stage);
    }
}

/* Somebody complains, or money is still owed. */
static bool outlives_the_case(const char *command, const struct state *s)
{
    return strcmp(command, "complaint.record") == 0 ||
           (s->body_signed && (strcmp(command, "payment.record") == 0 ||
                               strcmp(command, "invoice.issue") == 0 ||
                               strcmp(command, "refund.record") == 0));
}

/* The withdrawal path; the same for a declined case.  People may still complain
 * [17065 7.13], and what the contract says of money holds on. */
TEST(a_case_that_ended_takes_nothing_but_complaints_and_what_is_owed)
{
    static const enum stage stages[] = {
        STAGE_PREPARATION, STAGE_COMPLETENESS, STAGE_CONTRACT,
        STAGE_DOCUMENTS,   STAGE_PLAN,         STAGE_AUDIT,
        STAGE_REPORT,      STAGE_CORRECTION,   STAGE_DECISION,
    };

    for (size_t i = 0; i < COUNT(stages); i++) {
        FIXTURE(f);

        if (stages[i] == STAGE_PREPARATION)
            DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
        else
            go_to(f, stages[i]);
        DO(f, "applicant", "case.withdraw", "{'reasons':'重组'}");
        EXPECT(f->state->stage == STAGE_ENDED);
        EXPECT(f->state->ending == ENDING_WITHDRAWN);
        EXPECT(f->state->waiting == WAITING_NOBODY);
        check_stage_of(f, STAGE_ENDED);
        for (size_t k = 0; k < command_kind_count(); k++)
            EXPECT_ROW(command_kind_at(k)->name,
                       outlives_the_case(command_kind_at(k)->name, f->state) !=
                           failed(command_ready(&f->arena, f->state,
                                                command_kind_at(k))));
    }
}

/* Quality and the panel hear complaints and appeals, and do nothing else but
 * that quality answers who asks. */
TEST(quality_and_the_panel_only_hear)
{
    const unsigned hear = ROLE_BIT(ROLE_QUALITY) | ROLE_BIT(ROLE_APPEAL);
    const struct right *r;

    for (size_t i = 0; (r = right_at(i)) != NULL; i++) {
        bool hears = str_begins(str_of(r->command), S("appeal.")) ||
                     str_begins(str_of(r->command), S("complaint."));
        if (strcmp(r->command, "message.send") == 0)
            EXPECT((r->roles & hear) == ROLE_BIT(ROLE_QUALITY));
        else
            EXPECT_ROW(r->command, hears || (r->roles & hear) == 0);
    }
}

/* --- what each may never do --------------------------------------------- */

TEST(some_roles_act_on_no_case)
{
    static const enum role watchers[] = {
        ROLE_REPORTER,
        ROLE_AUTHORITY,
        ROLE_ADMIN,
    };
    const struct right *r;

    for (size_t i = 0; (r = right_at(i)) != NULL; i++) {
        for (size_t k = 0; k < COUNT(watchers); k++)
            EXPECT_ROW(r->command, (r->roles & ROLE_BIT(watchers[k])) == 0);
    }
}

/* Technical experts come along with a team, and advise a panel. [17065 7.5] */
TEST(an_expert_advises_and_does_nothing_else)
{
    const struct right *r;

    for (size_t i = 0; (r = right_at(i)) != NULL; i++)
        EXPECT_ROW(r->command,
                   ((r->roles & ROLE_BIT(ROLE_EXPERT)) != 0) ==
                       (strcmp(r->command, "decision.advise") == 0));
}

TEST(nobody_does_what_journey_forbids_them)
{
    static const struct {
        const char *command;
        enum role never;
    } rows[] = {
        { "decision.grant", ROLE_INTAKE },
        { "decision.grant", ROLE_AUDITOR },
        { "decision.grant", ROLE_FINANCE },
        { "decision.grant", ROLE_APPLICANT },
        { "finding.record", ROLE_FINANCE },
        { "finding.record", ROLE_APPLICANT },
        { "finding.record", ROLE_CERTIFICATES },
        { "report.issue", ROLE_REVIEWER },
        { "decision.sign", ROLE_REVIEWER },
        { "certificate.issue", ROLE_AUDITOR },
        { "quote.make", ROLE_AUDITOR },
        { "sample.give_nonce", ROLE_INTAKE },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct right *r = right_find(rows[i].command);

        EXPECT_ROW(rows[i].command,
                   r != NULL && (r->roles & ROLE_BIT(rows[i].never)) == 0);
    }
}

/* [RI2] [17065 4.2] */
TEST(in_their_own_enterprise_people_are_applicants_and_nothing_else)
{
    static const struct attempt rows[] = {
        { "as its applicant", "insider", "application.resubmit", "{}",
          ERR_REFUSED, "completeness.not_asked" },
        { "as intake", "insider", "application.accept", "{}", ERR_DENIED,
          "rights.conflict" },
        { "another's applicant", "rival", "application.resubmit", "{}",
          ERR_DENIED, "rights.own" },
        { "neither", "finance", "application.resubmit", "{}", ERR_DENIED,
          "rights.role" },
    };
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    ATTEMPTS(f, rows);
}

/* message.c [MS2] */
TEST(who_writes_in_a_case_carries_it_on_and_does_not_decide_it)
{
    static const struct {
        const char *who;
        enum stage stage;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "applicant", STAGE_COMPLETENESS, ALLOWED },
        { "insider", STAGE_COMPLETENESS, ALLOWED }, /* [RI2] */
        { "intake", STAGE_COMPLETENESS, ALLOWED },
        { "finance", STAGE_COMPLETENESS, ALLOWED },
        { "planner", STAGE_COMPLETENESS, ALLOWED },
        { "certificates", STAGE_COMPLETENESS, ALLOWED },
        { "quality", STAGE_COMPLETENESS, ALLOWED },
        { "rival", STAGE_COMPLETENESS, ERR_DENIED, "rights.own" },
        { "auditor", STAGE_COMPLETENESS, ERR_DENIED, "rights.team" },
        { "reviewer", STAGE_COMPLETENESS, ERR_DENIED, "rights.role" },
        { "head", STAGE_COMPLETENESS, ERR_DENIED, "rights.role" },
        { "appeal", STAGE_COMPLETENESS, ERR_DENIED, "rights.role" },
        { "expert", STAGE_COMPLETENESS, ERR_DENIED, "rights.role" },
        { "admin", STAGE_COMPLETENESS, ERR_DENIED, "rights.role" },
        { "auditor", STAGE_AUDIT, ALLOWED },
        { "lead", STAGE_AUDIT, ALLOWED },
        { "spare", STAGE_AUDIT, ERR_DENIED, "rights.team" },
        { "reviewer", STAGE_DECISION, ERR_DENIED, "rights.role" },
        { "applicant", STAGE_UPKEEP, ALLOWED },
        { "intake", STAGE_UPKEEP, ALLOWED },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        err e;

        go_to(f, rows[i].stage);
        e = give(f, rows[i].who, "message.send", "{'text':'x'}");
        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].who, e);
        else
            EXPECT_ROW_ERR(rows[i].who, e, rows[i].code, rows[i].id);
    }
}

/* Also with a second role that lets them write. */
TEST(whoever_decides_signs_or_sits_on_the_panel_writes_nothing_beside_it)
{
    static const char panel[] =
        "{'chair':'reviewer','members':['critic','umpire']}";
    static const struct {
        const char *who;
        enum stage stage; /* that they have a part since */
        bool seated;
    } rows[] = {
        { "reviewer", STAGE_CERTIFICATE, false },
        { "head", STAGE_CERTIFICATE, false },
        { "critic", STAGE_DECISION, true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_to(f, STAGE_DECISION);
        person_of(f, rows[i].who)->roles |= ROLE_BIT(ROLE_PLANNER);
        DO(f, rows[i].who, "message.send", "{'text':'x'}");
        if (rows[i].seated)
            DO(f, "planner", "decision.panel", panel);
        else
            do_decision(f);
        EXPECT(f->state->stage == rows[i].stage);
        NO(f, rows[i].who, "message.send", "{'text':'x'}", ERR_DENIED,
           "rights.decides");
        DO(f, "finance", "message.send", "{'text':'x'}");
    }
}

/* A service that forgets to hand in the actor lets nobody through. */
TEST(an_actor_who_is_not_among_the_people_is_not_free_of_ties)
{
    FIXTURE(f);
    struct event_list events = { 0 };

    go_to(f, STAGE_DECISION);
    f->facts.person_count = 0;
    EXPECT_ERR(try_it(f, "reviewer", "decision.grant", "{}", &events),
               ERR_DENIED, "rights.conflict");
}

/* --- reading ------------------------------------------------------------ */

TEST(applicants_read_their_own_and_staff_read_all_but_their_own)
{
    const id here = { { 2, 1 } };
    const id elsewhere = { { 2, 2 } };
    const struct {
        const char *name;
        struct actor actor;
        bool own;
        bool other;
    } rows[] = {
        { "its applicant",
          { { { 1 } }, ROLE_BIT(ROLE_APPLICANT), here },
          true,
          false },
        { "staff",
          { { { 1 } }, ROLE_BIT(ROLE_INTAKE), { { 0 } } },
          true,
          true },
        { "the authority",
          { { { 1 } }, ROLE_BIT(ROLE_AUTHORITY), { { 0 } } },
          true,
          true },
        { "an administrator",
          { { { 1 } }, ROLE_BIT(ROLE_ADMIN), { { 0 } } },
          false,
          false },
        { "an auditor of this very enterprise",
          { { { 1 } }, ROLE_BIT(ROLE_AUDITOR), here },
          false,
          true },
        { "nobody", { { { 0 } }, 0, { { 0 } } }, false, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW(rows[i].name,
                   rights_may_read(&rows[i].actor, here) == rows[i].own);
        EXPECT_ROW(rows[i].name,
                   rights_may_read(&rows[i].actor, elsewhere) == rows[i].other);
    }
}

static void expect_only(bool (*may)(const struct actor *actor), unsigned role)
{
    for (unsigned r = 0; r < ROLE_COUNT; r++) {
        struct actor one = { .roles = ROLE_BIT(r) };
        struct actor others = { .roles = ~ROLE_BIT(r) };

        EXPECT_ROW(role_names[r], may(&one) == (r == role));
        EXPECT_ROW(role_names[r], may(&others) == (r != role));
    }
}

/* [RI7] */
/* [RI2] The parts of a decision's record: their owner, or who answers for the
 * body. */
TEST(a_record_is_disclosed_by_its_enterprise_the_head_and_quality)
{
    const id here = { { 2, 1 } };
    const id elsewhere = { { 2, 2 } };
    const struct {
        const char *name;
        struct actor actor;
        bool may;
    } rows[] = {
        { "its applicant",
          { { { 1 } }, ROLE_BIT(ROLE_APPLICANT), here },
          true },
        { "another's applicant",
          { { { 1 } }, ROLE_BIT(ROLE_APPLICANT), elsewhere },
          false },
        { "the head", { { { 1 } }, ROLE_BIT(ROLE_HEAD), { { 0 } } }, true },
        { "quality", { { { 1 } }, ROLE_BIT(ROLE_QUALITY), { { 0 } } }, true },
        { "a head of this very enterprise",
          { { { 1 } }, ROLE_BIT(ROLE_HEAD), here },
          false },
        { "a reviewer",
          { { { 1 } }, ROLE_BIT(ROLE_REVIEWER), { { 0 } } },
          false },
        { "nobody", { { { 0 } }, 0, { { 0 } } }, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].name,
                   rights_may_disclose(&rows[i].actor, here) == rows[i].may);
}

TEST(only_a_reporter_reports_to_the_authority)
{
    expect_only(rights_may_report, ROLE_REPORTER);
}

/* [17065 7.13] [17065 4.5] */
TEST(complaints_and_reports_are_read_by_whom_they_concern)
{
    static const unsigned heads = ROLE_BIT(ROLE_QUALITY) | ROLE_BIT(ROLE_HEAD);
    static const unsigned hear = ROLE_BIT(ROLE_APPEAL);

    for (int r = 0; r < ROLE_COUNT; r++) {
        const struct actor one = { .roles = ROLE_BIT(r) };
        bool leads = (ROLE_BIT(r) & heads) != 0;

        EXPECT_ROW(role_names[r], rights_may_read_complaints(&one) ==
                                      (leads || (ROLE_BIT(r) & hear) != 0));
        EXPECT_ROW(role_names[r], rights_may_read_reports(&one) == leads);
        EXPECT_ROW(role_names[r],
                   rights_may_settle_reports(&one) == (r == ROLE_QUALITY));
    }
}

/* [RI8] */
TEST(only_an_administrator_freezes_packages)
{
    expect_only(rights_may_freeze, ROLE_ADMIN);
}

/* A relation is one to the enterprise of a case; before there is one, a command
 * that any stage allows is refused like any other. */
TEST(nobody_is_related_to_a_case_that_is_not_open)
{
    FIXTURE(f);

    NO(f, "intake", "complaint.answer",
       "{'number':1,'justified':true,'answer':'x'}", ERR_REFUSED,
       "case.not_open");
}

/* [RI2] Of no enterprise in particular: who sees the list of cases. */
TEST(staff_read_of_no_enterprise_and_applicants_do_not)
{
    static const struct {
        unsigned roles;
        bool may;
    } rows[] = {
        { ROLE_BIT(ROLE_QUALITY), true },
        { ROLE_BIT(ROLE_APPLICANT), false },
        { ROLE_BIT(ROLE_ADMIN), false },
        { ROLE_BIT(ROLE_APPLICANT) | ROLE_BIT(ROLE_QUALITY), true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct actor nobody_s = { .roles = rows[i].roles };

        EXPECT(rights_may_read(&nobody_s, (id){ { 0 } }) == rows[i].may);
    }
}

/* [RI9] What binds the body is confirmed, and nothing that can be taken back.
 */
TEST(what_cannot_be_taken_back_is_confirmed)
{
    static const struct {
        const char *command;
        bool is;
    } rows[] = {
        { "decision.grant", true },    { "decision.sign", true },
        { "certificate.issue", true }, { "appeal.decide", true },
        { "change.approve", true },    { "decision.vote", false },
        { "change.ask", false },       { "application.accept", false },
        { "decision", false },         { "", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].command,
                   right_is_confirmed(rows[i].command) == rows[i].is);
}

/* [RI2] [RI4] What the body keeps about people and money. */
TEST(the_body_s_own_registers_are_read_by_those_who_keep_them)
{
    static const struct {
        const char *name;
        unsigned roles;
        bool outside; /* somebody of an enterprise */
        bool ties;
        bool money;
        bool figures;
    } rows[] = {
        { "head", ROLE_BIT(ROLE_HEAD), false, true, true, true },
        { "quality", ROLE_BIT(ROLE_QUALITY), false, true, false, true },
        { "planner", ROLE_BIT(ROLE_PLANNER), false, true, false, false },
        { "finance", ROLE_BIT(ROLE_FINANCE), false, false, true, false },
        { "admin", ROLE_BIT(ROLE_ADMIN), false, false, false, true },
        { "auditor", ROLE_BIT(ROLE_AUDITOR), false, false, false, false },
        { "a head of an enterprise", ROLE_BIT(ROLE_HEAD), true, true, false,
          false },
        { "nobody", 0, false, false, false, false },
    };
    const id somebody = { { 9 } };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct actor a = {
            .person = { { 1 } },
            .roles = rows[i].roles,
            .enterprise = { { rows[i].outside ? 2 : 0 } },
        };

        EXPECT_ROW(rows[i].name,
                   rights_may_read_ties(&a, somebody) == rows[i].ties);
        EXPECT_ROW(rows[i].name, rights_may_read_ties(&a, a.person));
        EXPECT_ROW(rows[i].name, rights_may_read_money(&a) == rows[i].money);
        EXPECT_ROW(rows[i].name,
                   rights_may_read_figures(&a) == rows[i].figures);
    }
}
