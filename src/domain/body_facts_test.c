/* What the body is, day by day. [条例 9] [17065 4.1.1] */

#include "domain/body_facts.h"

#include "base/check.h"
#include "domain/registers.h"
#include "domain/stages.h"
#include "domain/test_fixture.h"

#include <stdio.h>

enum { STEPS = 400, DAYS = 40, FIELDS_MOST = 4 };

#define HOUR_MICROS (INT64_C(3600) * 1000000)

/* A body that was founded on 2026-03-02, and what was said of it since. */
struct telling {
    struct fixture *f;
    struct register_entry entry;
    struct event_list events;
};

static const str sc03[] = { S_INIT("SC03") };

static void begin(struct telling *t, struct fixture *f)
{
    static const struct body_founded founded = {
        .name_zh = S_INIT("示例认证中心"),
        .name_en = S_INIT("Example Centre"),
        .approval = S_INIT("CNCA-R-2099-000"),
        .number = S_INIT("000"),
        .fields = { (void *)(uintptr_t)sc03, 1 },
    };

    *t = (struct telling){ .f = f };
    register_begin(&t->entry, STREAM_BODY, (id){ { 7 } });
    f->facts.actor = (struct actor){ .person = person_of(f, "admin")->id,
                                     .roles = ROLE_BIT(ROLE_ADMIN) };
    check(!failed(event_emit(&f->arena, &t->events, "body.founded", &f->facts,
                             &founded)));
    t->events.first->n = 1;
    register_apply(&t->entry, t->events.first);
}

/* Everything as JSON, but for what a row is about. */
#define SAYS(from, more)                                                       \
    "{'from':'" from "','name_zh':'示例认证中心',"                       \
    "'name_en':'Example Centre','document':'示例批复'," more "}"
#define APPROVAL "'approval':'CNCA-R-2099-000'"
#define SC03     "'fields':['SC03']"

static err tell(struct telling *t, const char *json)
{
    const struct register_kind *k = register_kind_find(S("body.change"));
    struct event_list events = { 0 };
    struct body_changed wish = { .from = 0 };

    check(k != NULL);
    t->f->facts.at += HOUR_MICROS;
    TRY(record_read(&t->f->arena, k->record, fixture_json(t->f, json), &wish));
    TRY(register_judge(&t->f->arena, &t->entry, k, &wish, &t->f->facts,
                       &events));
    events.first->n = t->entry.version + 1;
    register_apply(&t->entry, events.first);
    event_list_add(&t->events, events.first);
    return OK;
}

static const struct body_stand *stands_on(struct telling *t, const char *date,
                                          int64_t known)
{
    struct body_history h;

    check(!failed(body_history_of(&t->f->arena, &t->events, &h)));
    return body_history_on(&h, on(date), known);
}

/* [BF1], both sides of the day. */
TEST(a_change_holds_from_its_day_on)
{
    FIXTURE(f);
    struct telling t;

    begin(&t, f);
    EXPECT_OK(tell(&t, SAYS("2026-03-10",
                            "'approval':'CNCA-R-2099-417',"
                            "'uscc':'91350100m000100y43','address':' 路 1 号 ',"
                            "'accreditation':'示例-17','phone':'019-00000000',"
                            "'fields':['SC03','QMS']")));
    EXPECT_STR(stands_on(&t, "2026-03-09", BODY_KNOWN_ALL)->body.approval,
               S("CNCA-R-2099-000"));
    const struct body *now = &stands_on(&t, "2026-03-10", BODY_KNOWN_ALL)->body;
    EXPECT_STR(now->approval, S("CNCA-R-2099-417"));
    EXPECT_STR(now->number, S("417")); /* new certificates are numbered so */
    EXPECT_STR(now->uscc, S("91350100M000100Y43"));
    EXPECT_STR(now->address, S("路 1 号"));
    EXPECT(body_has_field(now, S("QMS")) && !body_has_field(now, S("SC0")));
    EXPECT_STR(stands_on(&t, "2020-01-01", BODY_KNOWN_ALL)->body.number,
               S("000")); /* before it was founded */
}

/* [BF3] */
TEST(a_paper_keeps_what_was_known_when_it_was_made)
{
    FIXTURE(f);
    struct telling t;

    begin(&t, f);
    int64_t made = f->facts.at;
    set_today(f, "2026-03-20");
    EXPECT_OK(tell(&t, SAYS("2026-03-02", APPROVAL ",'fields':['QMS'],"
                                                   "'reason':'缩小'")));
    EXPECT_STR(stands_on(&t, "2026-03-02", made)->body.fields[0], S("SC03"));
    EXPECT_STR(stands_on(&t, "2026-03-02", BODY_KNOWN_ALL)->body.fields[0],
               S("QMS"));
}

/* [BF2] */
TEST(none_begins_before_one_that_has_begun)
{
    FIXTURE(f);
    struct telling t;

    begin(&t, f);
    EXPECT_ERR(tell(&t, SAYS("2026-03-01", APPROVAL ",'fields':['SC03','A1']")),
               ERR_INVALID, "body.before");
    EXPECT_OK(tell(&t, SAYS("2026-03-02", APPROVAL ",'fields':['SC03','A1']")));
    EXPECT_OK(tell(&t, SAYS("2026-05-01", APPROVAL ",'fields':['SC03','A2'],"
                                                   "'reason':'r'")));
    /* It has not begun: replaced. */
    EXPECT_OK(tell(&t, SAYS("2026-03-05", APPROVAL ",'fields':['SC03','A3'],"
                                                   "'reason':'r'")));
    EXPECT_STR(stands_on(&t, "2026-06-01", BODY_KNOWN_ALL)->body.fields[1],
               S("A3"));
    EXPECT_ERR(tell(&t, SAYS("2026-03-01", APPROVAL "," SC03 ",'reason':'r'")),
               ERR_INVALID, "body.before");
    set_today(f, "2026-03-06");
    EXPECT_ERR(tell(&t, SAYS("2026-03-04", APPROVAL "," SC03 ",'reason':'r'")),
               ERR_INVALID, "body.before");
    EXPECT_OK(tell(&t, SAYS("2027-03-07", APPROVAL "," SC03 ",'reason':'r'")));
    EXPECT_ERR(tell(&t, SAYS("2027-03-08", APPROVAL "," SC03 ",'reason':'r'")),
               ERR_INVALID, "body.far");
}

TEST(what_cannot_be_the_body_s_is_refused)
{
    static const struct {
        const char *name;
        const char *json;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "as it is", SAYS("2026-03-02", APPROVAL "," SC03), ERR_CONFLICT,
          "body.same" },
        { "no approval number", SAYS("2026-03-02", "'approval':'R-1'," SC03),
          ERR_INVALID, "register.approval" },
        { "a field in small letters",
          SAYS("2026-03-02", APPROVAL ",'fields':['SC03','sc04']"), ERR_INVALID,
          "body.field" },
        { "a field without letters",
          SAYS("2026-03-02", APPROVAL ",'fields':['SC03','04']"), ERR_INVALID,
          "body.field" },
        { "a field twice",
          SAYS("2026-03-02", APPROVAL ",'fields':['SC03','SC03']"), ERR_INVALID,
          "body.field_twice" },
        { "a field gone without a word",
          SAYS("2026-03-02", APPROVAL ",'fields':['SC04']"), ERR_INVALID,
          "body.reason" },
        { "all fields gone, a blank for a reason",
          SAYS("2026-03-02", APPROVAL ",'reason':' '"), ERR_INVALID,
          "body.reason" },
        { "a code whose check character is wrong",
          SAYS("2026-03-02", APPROVAL "," SC03 ",'uscc':'91350100M000100Y44'"),
          ERR_INVALID, "body.uscc" },
        { "no phone", SAYS("2026-03-02", APPROVAL "," SC03 ",'phone':'12'"),
          ERR_INVALID, "contact.phone" },
        { "a blank name",
          "{'from':'2026-03-02','name_zh':' ','name_en':'E'," APPROVAL "," SC03
          ",'document':'d'}",
          ERR_INVALID, "body.blank" },
        { "a blank English name",
          "{'from':'2026-03-02','name_zh':'某','name_en':' '," APPROVAL "," SC03
          ",'document':'d'}",
          ERR_INVALID, "body.blank" },
        { "a blank document",
          "{'from':'2026-03-02','name_zh':'某','name_en':'E'," APPROVAL "," SC03
          ",'document':' '}",
          ERR_INVALID, "body.blank" },
    };
    FIXTURE(f);
    struct telling t;

    begin(&t, f);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].name, tell(&t, rows[i].json), rows[i].code,
                       rows[i].id);
    EXPECT(t.events.n == 1);
}

TEST(only_an_administrator_changes_the_body)
{
    FIXTURE(f);
    struct telling t;

    begin(&t, f);
    f->facts.actor = (struct actor){ .person = person_of(f, "head")->id,
                                     .roles = ROLE_BIT(ROLE_HEAD) };
    EXPECT_ERR(tell(&t, SAYS("2026-03-02", APPROVAL ",'fields':['SC03','A1']")),
               ERR_DENIED, "rights.role");
    EXPECT(register_is_confirmed("body.change")); /* [RE6] */
}

/* [BF5] */
TEST(fields_that_were_set_before_there_were_changes_hold_from_their_day)
{
    static const str qms[] = { S_INIT("QMS") };
    static const struct body_fields set = {
        { (void *)(uintptr_t)qms, 1 },
        S_INIT("示例批复"),
    };
    FIXTURE(f);
    struct telling t;

    begin(&t, f);
    set_today(f, "2026-03-09");
    f->facts.at += HOUR_MICROS;
    EXPECT_OK(
        event_emit(&f->arena, &t.events, "body.fields_set", &f->facts, &set));
    t.events.last->n = 2;
    EXPECT_STR(stands_on(&t, "2026-03-08", BODY_KNOWN_ALL)->body.fields[0],
               S("SC03"));
    const struct body_stand *s = stands_on(&t, "2026-03-09", BODY_KNOWN_ALL);
    EXPECT_STR(s->body.fields[0], S("QMS"));
    EXPECT_STR(s->document, S("示例批复"));
    EXPECT_STR(s->body.name_zh, S("示例认证中心"));
}

/* [property] Whatever was said when: what began is in order, and what was known
 * of a day does not change by what is said later. [BF2] [BF3] */
TEST(what_was_known_of_a_day_never_changes)
{
    FIXTURE(f);
    struct telling t;
    uint32_t random = 20260302;
    day first = f->facts.today;

    begin(&t, f);
    for (int i = 0; i < STEPS; i++) {
        char json[600];
        char date[DAY_TEXT];
        struct body_history before;
        struct body_history after;

        random = random * 1664525u + 1013904223u;
        (void)day_text(first + (day)((random >> 8) % DAYS), date);
        (void)snprintf(json, sizeof json,
                       "{'from':'%s','name_zh':'第 %d 名','name_en':'E',"
                       "'document':'d',%s,'fields':['A%d'],'reason':'r'}",
                       date, i, APPROVAL, i % FIELDS_MOST);
        int64_t known = f->facts.at;
        check(!failed(body_history_of(&f->arena, &t.events, &before)));
        err e = tell(&t, json);
        EXPECT(!failed(e) || err_is(e, ERR_INVALID));
        check(!failed(body_history_of(&f->arena, &t.events, &after)));
        for (day on = first; on < first + DAYS; on++)
            EXPECT_STR(body_history_on(&after, on, known)->body.name_zh,
                       body_history_on(&before, on, known)->body.name_zh);
        if (i % 10 == 9)
            pass_days(f, 1);
    }
    EXPECT(t.events.n > DAYS / 2);
}

/* --- no memory --- */

struct judging {
    struct telling *t;
    const struct body_changed *wish;
};

static err judge_in(struct heap *h, void *context)
{
    const struct judging *j = context;
    scoped(arena_end) struct arena a;
    struct event_list events = { 0 };

    arena_init(&a, h, 1 << 20);
    return register_judge(&a, &j->t->entry,
                          register_kind_find(S("body.change")), j->wish,
                          &j->t->f->facts, &events);
}

static err history_in(struct heap *h, void *context)
{
    const struct telling *t = context;
    scoped(arena_end) struct arena a;
    struct body_history unused;

    arena_init(&a, h, 1 << 20);
    return body_history_of(&a, &t->events, &unused);
}

TEST(every_allocation_of_a_change_of_the_body_may_fail)
{
    FIXTURE(f);
    struct telling t;
    struct body_changed wish = { .from = 0 };

    begin(&t, f);
    EXPECT_OK(record_read(&f->arena,
                          register_kind_find(S("body.change"))->record,
                          fixture_json(f, SAYS("2026-03-10", APPROVAL
                                               ",'fields':['SC03','QMS'],"
                                               "'uscc':'91350100M000100Y43'")),
                          &wish));
    struct judging j = { &t, &wish };
    EXPECT(test_every_allocation_fails(judge_in, NULL, &j) > 0);
    EXPECT(test_every_allocation_fails(history_in, NULL, &t) > 0);
}
