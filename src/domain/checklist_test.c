/* Checklists, site by site and mode by mode. [M15] */

#include "domain/checklist.h"

#include "codec/json.h"
#include "domain/audit_view.h"
#include "domain/test_fixture.h"

/* The package has modes: 1 and below by design and management at headquarters,
 * but 1.2 by testing anywhere; 2.1 by testing or mystery shopping at outlets;
 * the others as they come. */
static struct fixture *with_modes(void)
{
    return fixture_with(
        "    points: 40\n    children:\n      - id: \"1.1\"\n"
        "        label: { zh: 部门, en: Department }\n        points: 20\n"
        "        judged: both\n        corrects: true\n      - id: \"1.2\"\n"
        "        label: { zh: 资质, en: Qualification }\n        points: 20\n"
        "        assumed: true\n        judged: site\n"
        "        sampled: { zh: 员工档案, en: staff files }\n"
        "  - id: \"2\"\n    label: { zh: 商品, en: Goods }\n    points: 35\n"
        "    children:\n      - id: \"2.1\"\n"
        "        label: { zh: 备件, en: Spare parts }\n        points: 15\n",
        "    points: 40\n    modes: [H, I]\n    sites: [hq]\n"
        "    children:\n      - id: \"1.1\"\n"
        "        label: { zh: 部门, en: Department }\n        points: 20\n"
        "        judged: both\n        corrects: true\n      - id: \"1.2\"\n"
        "        label: { zh: 资质, en: Qualification }\n        points: 20\n"
        "        modes: [A]\n        sites: [hq, branch, outlet]\n"
        "        assumed: true\n        judged: site\n"
        "        sampled: { zh: 员工档案, en: staff files }\n"
        "  - id: \"2\"\n    label: { zh: 商品, en: Goods }\n    points: 35\n"
        "    children:\n      - id: \"2.1\"\n"
        "        label: { zh: 备件, en: Spare parts }\n        points: 15\n"
        "        modes: [A, B]\n        sites: [outlet]\n");
}

/* "总部 A: 1.2 3.1; 一店 A: .." */
static str as_text(struct fixture *f, const struct checklists *x)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &f->arena, 10000);
    for (size_t i = 0; i < x->count; i++) {
        const struct checklist *c = &x->lists[i];

        buf_printf(&b, "%s%.*s %c:", i > 0 ? "; " : "", STR_ARG(c->site->name),
                   c->mode == '\0' ? '-' : c->mode);
        for (size_t k = 0; k < c->leaf_count; k++)
            buf_printf(&b, " %.*s",
                       STR_ARG(scheme_leaf_at(f->scheme, c->leaves[k])->id));
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static err make(struct fixture *f, const char *site, const char *mode,
                struct checklists *out)
{
    struct event_list journal = fixture_journal(f);

    return checklist_make(&f->arena, f->state, &journal, str_of(site),
                          str_of(mode), out);
}

#define EXPECT_LISTS(f, site, mode, want)                                      \
    do {                                                                       \
        struct checklists made = { 0 };                                        \
                                                                               \
        EXPECT_ROW_OK(want, make((f), (site), (mode), &made));                 \
        EXPECT_ROW_STR(want, as_text((f), &made), S(want));                    \
    } while (0)

/* [CK1] Where nobody names modes there is one list a site. */
TEST(without_modes_there_is_one_list_a_site)
{
    FIXTURE(f);
    struct checklists x = { 0 };

    go_to(f, STAGE_PREPARATION);
    EXPECT_ERR(make(f, "", "", &x), ERR_REFUSED, "checklist.none");
    do_preparation(f, true);
    EXPECT_LISTS(f, "", "",
                 "总部 -: 1.1 1.2 2.1 2.2 3.1 3.2; "
                 "一店 -: 1.1 1.2 2.1 2.2 3.1 3.2");
    EXPECT_LISTS(f, "一店", "", "一店 -: 1.1 1.2 2.1 2.2 3.1 3.2");
}

/* [CK1] [CK2] */
TEST(the_plan_says_which_sites_and_which_modes)
{
    scoped(fixture_end) struct fixture *f = with_modes();
    struct checklists x = { 0 };

    go_to(f, STAGE_PLAN);
    DO(f, "planner", "plan.make",
       "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
       "'to':'2026-03-18','person_days':45,'modes':['A','B','H']}");
    EXPECT_LISTS(f, "", "",
                 "总部 A: 1.2 2.2 3.1 3.2; 总部 B: 2.2 3.1 3.2; "
                 "总部 H: 1.1 2.2 3.1 3.2; 一店 A: 1.2 2.1 2.2 3.1 3.2; "
                 "一店 B: 2.1 2.2 3.1 3.2; 一店 H: 2.2 3.1 3.2");
    EXPECT_LISTS(f, "一店", "B", "一店 B: 2.1 2.2 3.1 3.2");
    EXPECT_LISTS(f, "", "H", "总部 H: 1.1 2.2 3.1 3.2; 一店 H: 2.2 3.1 3.2");
    EXPECT_ERR(make(f, "二店", "", &x), ERR_INVALID, "checklist.site");
    EXPECT_ERR(make(f, "", "I", &x), ERR_INVALID, "checklist.mode");
    EXPECT_ERR(make(f, "", "AB", &x), ERR_INVALID, "checklist.mode");
    EXPECT_ERR(make(f, "", "a", &x), ERR_INVALID, "checklist.mode");
    EXPECT_ERR(make(f, "", "@", &x), ERR_INVALID, "checklist.mode");
    EXPECT_STR(err_arg_text(make(f, "", "I", &x), "modes"), S("A, B, H"));
}

/* [CK1] */
TEST(a_site_that_the_plan_leaves_out_has_no_list)
{
    FIXTURE(f);
    struct checklists x = { 0 };
    str hq[] = { S("总部") };

    go_to(f, STAGE_AUDIT);
    struct plan plan = *f->state->plan;
    plan.sites = (struct list){ hq, 1 };
    f->state->plan = &plan;
    EXPECT_LISTS(f, "", "", "总部 -: 1.1 1.2 2.1 2.2 3.1 3.2");
    EXPECT_ERR(make(f, "一店", "", &x), ERR_INVALID, "checklist.site");
}

/* [CK1] A journal says what somebody made it say. */
TEST(a_mode_that_there_is_not_is_none_of_the_plan_s)
{
    static const char *const names[] = { "", "@", "J", "a", "AB" };
    scoped(fixture_end) struct fixture *f = with_modes();
    struct checklists x = { 0 };

    go_to(f, STAGE_AUDIT);
    for (size_t i = 0; i < COUNT(names); i++) {
        str modes[] = { str_of(names[i]), S("B") };
        struct plan plan = *f->state->plan;

        plan.modes = (struct list){ modes, COUNT(modes) };
        f->state->plan = &plan;
        EXPECT_LISTS(f, "一店", "", "一店 B: 2.1 2.2 3.1 3.2");
        if (modes[0].n > 0)
            EXPECT_ROW_ERR(names[i], make(f, "", names[i], &x), ERR_INVALID,
                           "checklist.mode");
    }
}

/* [CK1] Before there is a plan the package says what a visit consists of. */
TEST(before_its_plan_a_round_has_the_package_s_modes)
{
    static const struct {
        const char *kind; /* NULL: the first audit */
        const char *want;
    } rows[] = {
        { NULL, "一店 A: 1.1 1.2 2.1 2.2 3.1 3.2; "
                "一店 B: 1.1 1.2 2.1 2.2 3.1 3.2" },
        { "{'kind':'surveillance'}", "一店 A: 1.1 1.2; 一店 H: 1.1 1.2" },
        { "{'kind':'special','reason':'投诉'}",
          "一店 -: 1.1 1.2 2.1 2.2 3.1 3.2" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f =
            fixture_with("  size: [2, 3]\n",
                         "  size: [2, 3]\n"
                         "  modes: { first: [A, B], surveillance: [A, H] }\n");
        struct checklists x = { 0 };

        go_to(f, rows[i].kind == NULL ? STAGE_PLAN : STAGE_UPKEEP);
        if (rows[i].kind != NULL)
            DO(f, "planner", "round.open", rows[i].kind);
        EXPECT_ROW_OK(rows[i].want, make(f, "一店", "", &x));
        EXPECT_ROW_STR(rows[i].want, as_text(f, &x), str_of(rows[i].want));
    }
}

/* [CK3] However a journal came to say so. */
TEST(what_is_said_of_no_indicator_stands_nowhere)
{
    FIXTURE(f);
    struct checklists x = { 0 };
    str unknown[] = { S("9.9"), S("3.2") };
    struct reply said[] = { { .indicator = S("9.9"), .result = RESULT_MET } };

    go_to(f, STAGE_AUDIT);
    struct assessment_recorded assessment = *f->state->assessment;
    assessment.answers = (struct list){ said, COUNT(said) };
    f->state->assessment = &assessment;
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "interview.record",
       "{'site':'总部','role':'维修工','people':1,'note':'n',"
       "'indicators':['1.1','3.2']}");
    struct event_list journal = fixture_journal(f);
    struct interview heard = *(const struct interview *)journal.last->data;
    heard.indicators = (struct list){ unknown, COUNT(unknown) };
    journal.last->data = &heard;
    EXPECT_OK(checklist_make(&f->arena, f->state, &journal, S(""), S(""), &x));
    EXPECT(x.paper_count == 1 && x.papers[0].leaf == 5);
    EXPECT(x.leaves[0].said.kind == ANSWER_NONE);
}

/* [CK2] What a surveillance does not judge anew stands on none of its lists; a
 * special audit may look at anything. */
TEST(a_round_lists_what_it_judges)
{
    static const struct {
        const char *kind;
        const char *want;
    } rows[] = {
        { "{'kind':'surveillance'}", "总部 -: 1.1 1.2; 一店 -: 1.1 1.2" },
        { "{'kind':'special','reason':'投诉'}",
          "总部 -: 1.1 1.2 2.1 2.2 3.1 3.2; 一店 -: 1.1 1.2 2.1 2.2 3.1 3.2" },
        { "{'kind':'extension','reason':'申请'}",
          "总部 -: 1.1 1.2 2.1 2.2 3.1 3.2; 一店 -: 1.1 1.2 2.1 2.2 3.1 3.2" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct checklists x = { 0 };
        FIXTURE(f);

        go_to(f, STAGE_UPKEEP);
        DO(f, "planner", "round.open", rows[i].kind);
        EXPECT_ROW_OK(rows[i].kind, make(f, "", "", &x));
        EXPECT_ROW_STR(rows[i].kind, as_text(f, &x), str_of(rows[i].want));
    }
}

/* --- what is known [CK3] -------------------------------------------------- */

TEST(beside_an_indicator_stands_what_is_known_of_it)
{
    FIXTURE(f);
    struct checklists x = { 0 };

    go_to(f, STAGE_AUDIT);
    EXPECT_OK(make(f, "", "", &x));
    EXPECT(x.leaves[0].said.kind == ANSWER_MET);
    EXPECT(x.leaves[1].said.kind == ANSWER_SAMPLED && x.leaves[1].said.k == 9);
    EXPECT(x.leaves[0].before.kind == ANSWER_NONE);
    EXPECT(x.leaves[0].finding == NULL && x.leaves[0].raised_count == 0);

    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.1','result':'not_met','evidence':['e'],'site':'总部'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'3.2','grade':'observation','text':'x'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'minor','text':'x'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'opportunity','text':'x'}");
    EXPECT_OK(make(f, "", "", &x));
    EXPECT(x.leaves[0].finding != NULL &&
           x.leaves[0].finding->result == RESULT_NOT_MET);
    EXPECT(x.leaves[0].raised_count == 2 && x.leaves[0].raised[0] == 2 &&
           x.leaves[0].raised[1] == 3);
    EXPECT(x.leaves[5].raised_count == 1 && x.leaves[5].raised[0] == 1);
    EXPECT(x.leaves[3].raised_count == 0);
}

/* [CK3] */
TEST(without_an_assessment_nothing_was_said_of_an_indicator)
{
    FIXTURE(f);
    struct checklists x = { 0 };

    go_to(f, STAGE_AUDIT);
    f->state->assessment = NULL;
    EXPECT_OK(make(f, "", "", &x));
    EXPECT(x.leaves[0].said.kind == ANSWER_NONE);
}

TEST(a_later_round_shows_what_the_one_before_left)
{
    FIXTURE(f);
    struct checklists x = { 0 };

    go_to(f, STAGE_UPKEEP);
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    EXPECT_OK(make(f, "", "", &x));
    EXPECT(x.leaves[0].before.kind == ANSWER_MET);
    EXPECT(x.leaves[1].before.kind == ANSWER_SAMPLED &&
           x.leaves[1].before.k == 10 && x.leaves[1].before.n == 10);
    EXPECT(x.leaves[3].before.kind == ANSWER_NOT_APPLICABLE);
    EXPECT(x.leaves[0].finding == NULL);
}

/* Interviews and observations of this site audit, where they were made. */
TEST(papers_stand_at_their_site_and_indicator)
{
    FIXTURE(f);
    struct checklists x = { 0 };

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "interview.record",
       "{'site':'总部','role':'维修工','people':1,'note':'n',"
       "'indicators':['1.1','3.2']}");
    DO(f, "auditor", "observation.record",
       "{'site':'一店','place':'备件库','note':'n','indicators':['2.1']}");
    DO(f, "auditor", "observation.record",
       "{'site':'一店','place':'门口','note':'n'}");
    EXPECT_OK(make(f, "", "", &x));
    EXPECT(x.paper_count == 3);
    EXPECT(x.papers[0].number == 1 && x.papers[0].interview &&
           x.papers[0].leaf == 0);
    EXPECT(x.papers[1].number == 1 && x.papers[1].leaf == 5);
    EXPECT(x.papers[2].number == 2 && !x.papers[2].interview &&
           x.papers[2].leaf == 2);
    EXPECT_STR(x.papers[2].site, S("一店"));
    do_findings(f, "met");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    do_report(f);
    do_decision(f);
    DO(f, "certificates", "certificate.issue", "{}");
    EXPECT_OK(make(f, "", "", &x));
    EXPECT(x.paper_count == 3);
    DO(f, "planner", "round.open", "{'kind':'special','reason':'投诉'}");
    EXPECT_OK(make(f, "", "", &x));
    EXPECT(x.paper_count == 0); /* those are of the audit before */
}

TEST(a_checklist_is_shown_with_all_it_knows)
{
    FIXTURE(f);
    struct checklists x = { 0 };
    struct json *j = NULL;
    struct buf b;
    str text = S("");

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "observation.record",
       "{'site':'一店','place':'备件库','note':'n','indicators':['1.2']}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':9,'n':10,'evidence':['e']"
       ",'site':'总部'}");
    EXPECT_OK(make(f, "一店", "", &x));
    EXPECT_OK(checklist_json(&f->arena, f->state, &x, &j));
    buf_init(&b, &f->arena, 1 << 20);
    json_canonical(
        &b, json_get(json_get(j, S("lists"))->first, S("lines"))->first->next);
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_STR(text,
               S("{\"before\":null,\"finding\":{\"evidence\":[\"e\"],"
                 "\"indicator\":\"1.2\",\"k\":9,\"n\":10,"
                 "\"result\":\"sampled\",\"site\":\"总部\"},"
                 "\"indicator\":\"1.2\","
                 "\"judged\":\"site\",\"label\":{\"en\":\"Qualification\","
                 "\"zh\":\"资质\"},\"papers\":[1],\"points\":\"20\","
                 "\"raised\":[],\"said\":{\"k\":9,\"n\":10,"
                 "\"result\":\"sampled\"},\"sample\":{\"en\":\"staff files\","
                 "\"zh\":\"员工档案\"}}"));
}
