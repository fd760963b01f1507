/* An improvement report as JSON. [M26] [M27] */

#include "domain/improve_view.h"

#include "codec/json.h"
#include "domain/test_fixture.h"
#include "domain/test_pinned.h"

static struct json *shown(struct fixture *f)
{
    struct event_list journal = fixture_journal(f);
    struct improvement x = { 0 };
    struct trend t = { 0 };
    struct json *j = NULL;

    EXPECT_OK(improve_case(&f->arena, f->state, &x));
    EXPECT_OK(trend_add(&f->arena, f->scheme, S("C2026-0001"), &journal, &t));
    EXPECT_OK(improvement_json(&f->arena, f->state, &x, &t, &j));
    return j;
}

static void expect_shown(struct fixture *f, const char *name)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &f->arena, 1 << 20);
    json_pretty(&b, shown(f));
    buf_char(&b, '\n');
    EXPECT_OK(buf_done(&b, &text));
    expect_pinned(&f->arena, name, text);
}

/* Points and a gate are missed, measures of the package and others win them
 * back; a year later one indicator is worse and one better. */
TEST(an_improvement_report_is_shown_as_it_was_before)
{
    scoped(fixture_end) struct fixture *f = fixture_with(
        "defence: true\n",
        "defence: true\nmeasures:\n"
        "  - { id: parts, label: { zh: 备件预警, en: Warnings of parts },"
        " indicators: [\"2\"], figures: [resolution] }\n");

    go_to(f, STAGE_PREPARATION);
    prepare_case(f);
    expect_shown(f, "improve/assessment.json");
    fixture_end(&f);

    f = fixture_with(
        "defence: true\n",
        "defence: true\nmeasures:\n"
        "  - { id: parts, label: { zh: 备件预警, en: Warnings of parts },"
        " indicators: [\"2\"], figures: [resolution] }\n");
    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "auditor", "finding.record",
       "{'indicator':'2.2','result':'sampled','k':7,'n':8,'evidence':['e']"
       ",'site':'总部'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'minor','text':'职责不清'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'3.2','grade':'opportunity','text':'可在线查询'}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    DO(f, "lead", "report.issue",
       "{'recommended':true,'summary':'报告','correct_until':'2026-04-05'}");
    expect_shown(f, "improve/report.json");
    DO(f, "applicant", "report.acknowledge", "{}");
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'c','action':'a','evidence':['e']}");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    do_decision(f);
    DO(f, "certificates", "certificate.issue", "{}");
    pass_days(f, 340);
    do_round_plan(f);
    DO(f, "spare", "audit.open", "{}");
    DO(f, "auditor", "finding.record", "{'indicator':'1.1','result':'met'}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':9,'n':10,'evidence':['e']"
       ",'site':'总部'}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'2.2','result':'sampled','k':8,'n':8}");
    DO(f, "auditor", "figure.record",
       "{'figure':'satisfaction','k':95,'n':100,'source':'s'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':89,'n':100,'source':'s'}");
    DO(f, "spare", "audit.close", "{}");
    do_round_report(f);
    expect_shown(f, "improve/surveillance.json");
}

static err show_in(struct heap *h, void *context)
{
    struct fixture *f = context;
    struct event_list journal = fixture_journal(f);
    scoped(arena_end) struct arena a;
    struct improvement x;
    struct trend t = { 0 };
    struct json *j;

    arena_init(&a, h, 16 << 20);
    TRY(improve_case(&a, f->state, &x));
    TRY(trend_add(&a, f->scheme, S("C2026-0001"), &journal, &t));
    return improvement_json(&a, f->state, &x, &t, &j);
}

TEST(every_failed_allocation_of_a_report_is_reported)
{
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);
    EXPECT(test_every_allocation_fails(show_in, NULL, f) > 0);
}

/* --- what no pinned report has -------------------------------------------- */

/* Every kind of gain has its own words, and a target says what is not known. */
TEST(gains_and_targets_of_every_kind_are_shown)
{
    FIXTURE(f);
    struct improvement x = { 0 };
    const struct trend none = { 0 };
    struct json *j = NULL;
    const int32_t losses[] = { 0 };
    const struct loss loss = { .leaf = 3 };
    const struct gain gains[] = {
        { .leaf = 3, .figure = -1, .losses = losses, .loss_count = 1 },
        { .leaf = -1, .figure = 1 },
    };
    const struct target targets[] = {
        { .gate = 0, .state = GATE_NOT_MET, .now = { 89, 100 }, .need = 90 },
        { .gate = 1, .state = GATE_NOT_MET, .now = { 0, 0 }, .need = 0 },
    };

    prepare_case(f);
    x.now = (struct explanation){ .losses = &loss, .loss_count = 1 };
    x.now.gap.level = 1;
    x.gains = gains;
    x.gain_count = COUNT(gains);
    x.targets = targets;
    x.target_count = COUNT(targets);
    EXPECT_OK(improvement_json(&f->arena, f->state, &x, &none, &j));
    const struct json *of = json_get(j, S("measures"));
    const struct json *gain = of->first;
    EXPECT(of->count == 2);
    for (size_t i = 0; i < COUNT(gains); i++) {
        struct label want = i == 0 ? scheme_leaf_at(f->scheme, 3)->label
                                   : f->scheme->figures[1].label;

        EXPECT(json_get(gain, S("measure"))->kind == JSON_NULL);
        EXPECT_STR(json_get_str(json_get(gain, S("label")), S("zh")), want.zh);
        gain = gain->next;
    }
    const struct json *aims = json_get(j, S("targets"));
    EXPECT(json_get(aims->first, S("now"))->kind != JSON_NULL);
    EXPECT(json_get(aims->last, S("now"))->kind == JSON_NULL);
}

/* A hundred points are all that can be lost by special matters. */
TEST(no_more_is_deducted_for_special_matters_than_there_is)
{
    static const struct {
        int64_t thousandths;
        const char *shown;
    } rows[] = {
        { 1000, "1" }, { 99000, "99" }, { 100000, "100" }, { 101000, "100" }
    };
    FIXTURE(f);
    const struct trend none = { 0 };

    prepare_case(f);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct improvement x = { 0 };
        struct json *j = NULL;

        x.now.deducted = rows[i].thousandths;
        x.now.gap.level = -1;
        EXPECT_OK(improvement_json(&f->arena, f->state, &x, &none, &j));
        EXPECT_ROW_STR(rows[i].shown, json_get_str(j, S("deducted")),
                       str_of(rows[i].shown));
    }
}

/* [TD2] A score may rise and fall, by less than a point too. */
TEST(a_change_of_the_score_is_shown_with_its_sign)
{
    static const struct {
        int32_t before;
        int32_t now;
        const char *change;
    } rows[] = {
        { 9400, 9550, "1.50" },  { 9550, 9400, "-1.50" },
        { 9400, 9400, "0.00" },  { 9400, 9401, "0.01" },
        { 9401, 9400, "-0.01" }, { 0, 10000, "100.00" },
        { 10000, 0, "-100.00" },
    };
    FIXTURE(f);

    prepare_case(f);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct answer answers[LEAF_MAX] = { { .kind = ANSWER_NONE } };
        const struct ratio figures[FIGURE_MAX] = { { 0, 0 } };
        struct trend_point points[2] = {
            { .scheme = f->scheme, .answers = answers, .figures = figures },
            { .scheme = f->scheme, .answers = answers, .figures = figures },
        };
        const struct trend t = { .points = points, .count = 2 };
        struct improvement x = { 0 };
        struct json *j = NULL;

        points[0].shown = rows[i].before;
        points[0].level = points[1].level = -1;
        points[1].shown = rows[i].now;
        x.now.gap.level = -1;
        EXPECT_OK(improvement_json(&f->arena, f->state, &x, &t, &j));
        const struct json *last = json_get(j, S("trend"))->last;
        EXPECT_ROW_STR(rows[i].change, json_get_str(last, S("change")),
                       str_of(rows[i].change));
        EXPECT_ROW(rows[i].change, json_get(last, S("figures"))->count == 0);
    }
}
