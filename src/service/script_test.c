/* What a diligent person would do next: it is never refused. */
#include "service/script.h"

#include "base/buf.h"
#include "codec/canonical.h"
#include "service/service_test_env.h"

/* How often an event is in a case's journal. */
static int count(const struct case_file *file, const char *event)
{
    int n = 0;

    for (const struct event *e = file->events.first; e != NULL; e = e->next)
        n += strcmp(e->kind->name, event) == 0;
    return n;
}

/* How many customers the site audit had to reach.  The journal keeps that; the
 * state starts anew with the surveillance, which in mini draws no sample. */
static int drawn(const struct case_file *file)
{
    int wanted = 0;

    for (const struct event *e = file->events.first; e != NULL; e = e->next) {
        if (strcmp(e->kind->name, "sample.drawn") == 0)
            wanted += (int)((const struct sample_drawn *)e->data)->wanted;
    }
    return wanted;
}

static void follow(struct office *o, struct script *script, str ref,
                   const char *name)
{
    bool over = false;

    while (!over && !test_failing())
        EXPECT_ROW_OK(name, office_step(o, script, ref, &over));
}

/* What varies in a case, and how often that is seen in its journal. */
ONE_STORE_TEST(a_case_goes_as_its_script_is_set, true)
{
    static const struct {
        const char *name;
        const char *level;
        int32_t weak;
        bool incomplete;
        bool gap;
        uint64_t nature;
        int supplements;
        int revisions;
        int nonconformities;
        int corrections;
        int unreached;
        bool certified;
    } rows[] = {
        { "all is well", "ten", 0, false, false, UINT64_MAX, 0, 0, 0, 0, 0,
          true },
        { "a document is missing", "ten", 0, true, false, UINT64_MAX, 1, 0, 0,
          0, 0, true },
        { "a document has a gap", "ten", 0, false, true, UINT64_MAX, 0, 1, 0, 0,
          0, true },
        { "one is weak", "three", 1, false, false, UINT64_MAX, 0, 0, 1, 1, 0,
          true },
        { "two are weak", "three", 2, true, true, UINT64_MAX, 1, 1, 2, 2, 0,
          true },
        { "too little for ten stars", "ten", 2, false, false, UINT64_MAX, 0, 0,
          2, 2, 0, false },
        { "a customer is not reached", "ten", 0, false, false,
          UINT64_MAX - 0x3e, 0, 0, 0, 0, 1, true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_OFFICE(o, place);
        struct script script = office_script(&o);
        str ref = office_case(&o);

        script.weak = rows[i].weak;
        script.incomplete = rows[i].incomplete;
        script.gap = rows[i].gap;
        script.nature = rows[i].nature;
        script.level = str_of(rows[i].level);
        follow(&o, &script, ref, rows[i].name);
        struct case_file file = office_read(&o, ref);
        EXPECT_ROW(rows[i].name,
                   count(&file, "supplement.asked") == rows[i].supplements);
        EXPECT_ROW(rows[i].name,
                   count(&file, "revision.asked") >= rows[i].revisions &&
                       (count(&file, "revision.asked") > 0) == rows[i].gap);
        EXPECT_ROW(rows[i].name, count(&file, "nonconformity.raised") ==
                                     rows[i].nonconformities);
        EXPECT_ROW(rows[i].name,
                   count(&file, "correction.accepted") == rows[i].corrections);
        EXPECT_ROW(rows[i].name,
                   drawn(&file) > 0 && count(&file, "sample.asked") ==
                                           drawn(&file) + rows[i].unreached);
        EXPECT_ROW(rows[i].name,
                   (file.state->certificate != NULL) == rows[i].certified);
        EXPECT_ROW(rows[i].name,
                   file.state->stage ==
                       (rows[i].certified ? STAGE_UPKEEP : STAGE_ENDED));
        EXPECT_ROW(rows[i].name,
                   file.state->surveillances == rows[i].certified);
    }
}

static str text_of(struct office *o, const struct step *step)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 1 << 16);
    buf_printf(&b, "%.*s %.*s %d ", STR_ARG(step->login),
               STR_ARG(step->command), step->days);
    json_canonical(&b, step->data);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* It is worked out from what it is given and nothing else. */
ONE_STORE_TEST(the_same_case_on_the_same_day_has_the_same_next_step, true)
{
    TEST_OFFICE(o, place);
    struct script script = office_script(&o);
    str ref = office_case(&o);
    bool over = false;
    int steps = 0;

    for (; !over && !test_failing(); steps++) {
        struct step one = { 0 };
        struct step two = { 0 };

        script.state = office_read(&o, ref).state;
        script.today = office_today(&o);
        EXPECT_OK(script_next(&o.arena, &script, &one));
        script.state = office_read(&o, ref).state;
        EXPECT_OK(script_next(&o.arena, &script, &two));
        EXPECT_STR(text_of(&o, &one), text_of(&o, &two));
        EXPECT_OK(office_step(&o, &script, ref, &over));
    }
    EXPECT(steps > 30);
}

/* [SP2] */
ONE_STORE_TEST(nobody_is_planned_for_two_audits_on_one_day, true)
{
    static const struct {
        const char *name;
        const char *lead;
        const char *member;
        int from;     /* days after the first that is possible; .. */
        int until[3]; /* .. auditor1, 2 and 3 are planned for */
    } rows[] = {
        { "who is asked first", "auditor1", "auditor3", 0, { -1, -1, -1 } },
        { "no lead that day", "auditor2", "auditor3", 0, { 0, -1, -1 } },
        { "no member yet", "auditor1", "auditor2", 0, { -1, -1, 2 } },
        { "one alone waits", "auditor2", "auditor3", 1, { 1, 0, -1 } },
        { "who comes back first goes", "auditor1", "auditor2", 3, { 2, 1, 4 } },
        { "on Friday", "auditor1", "auditor3", 4, { 3, 4, 3 } },
        { "back on a Saturday", "auditor1", "auditor3", 7, { 5, 5, 5 } },
    };
    TEST_OFFICE(o, place);
    struct script script = office_script(&o);
    struct auditor auditors[] = { { S_INIT("auditor1"), DAY_MIN },
                                  { S_INIT("auditor2"), DAY_MIN },
                                  { S_INIT("auditor3"), DAY_MIN } };
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_PLAN);
    script.state = office_read(&o, ref).state;
    script.today = office_day("2026-03-11");
    day first = office_day("2026-03-23"); /* eight working days on: a Monday */
    script.auditors = auditors;
    script.auditor_count = COUNT(auditors);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct step step = { 0 };
        char from[DAY_TEXT];

        for (size_t k = 0; k < COUNT(auditors); k++)
            auditors[k].until = first + rows[i].until[k];
        EXPECT_ROW_OK(rows[i].name, script_next(&o.arena, &script, &step));
        EXPECT_ROW_STR(rows[i].name, json_get_str(step.data, S("lead")),
                       str_of(rows[i].lead));
        EXPECT_ROW_STR(rows[i].name,
                       json_get(step.data, S("members"))->first->text,
                       str_of(rows[i].member));
        EXPECT_ROW_STR(rows[i].name, json_get_str(step.data, S("from")),
                       day_text(first + rows[i].from, from));
    }
}

ONE_STORE_TEST(in_a_case_that_ended_nothing_is_left_to_do, true)
{
    TEST_OFFICE(o, place);
    struct script script = office_script(&o);
    struct step step = { .command = S("x") };
    str ref = office_case(&o);

    EXPECT_OK(
        office_do(&o, "newcomer", ref, "case.withdraw", "{'reasons':'x'}"));
    script.state = office_read(&o, ref).state;
    script.today = office_today(&o);
    EXPECT_OK(script_next(&o.arena, &script, &step));
    EXPECT(step.command.n == 0);
}

/* --- memory ----------------------------------------------------------- */

static err next(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct step step;

    arena_init(&a, h, 1 << 20);
    TRY(script_next(&a, (const struct script *)context, &step));

    /* a tree without memory is found out when it is written */
    str text;
    return json_text(&a, step.data, 1 << 16, &text);
}

ONE_STORE_TEST(a_step_without_memory_is_only_an_error, true)
{
    TEST_OFFICE(o, place);
    struct script script = office_script(&o);
    str ref = office_case(&o);
    static const enum stage stages[] = { STAGE_PREPARATION, STAGE_CONTRACT,
                                         STAGE_PLAN };

    for (size_t i = 0; i < COUNT(stages); i++) {
        office_go_to(&o, ref, stages[i]);
        script.state = office_read(&o, ref).state;
        script.today = office_today(&o);
        EXPECT_ROW(stage_names[stages[i]],
                   test_every_allocation_fails(next, NULL, &script) > 0);
    }
}
