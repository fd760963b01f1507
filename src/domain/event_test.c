/* The journal's unit: sealing, reading, tampering. [17065 7.12] */

#include "domain/event.h"

#include "crypto/hash.h"
#include "domain/test_fixture.h"

static const struct hash nothing;

/* [EV1]: the form is for ever; pinned byte for byte. */
TEST(an_event_is_one_canonical_json_text)
{
    FIXTURE(f);
    struct hash want;

    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    const struct event *e = f->events[0];
    f->scheme->hash = nothing;
    EXPECT(str_begins(e->text,
                      S("{\"actor\":\"01000000000000000000000000000001\","
                        "\"at\":1772416800000000,\"channel\":\"test\",\"data\":"
                        "{\"enterprise\":\"02000000000000000000000000000001\","
                        "\"level\":\"ten\",\"number\":\"C2026-0001\","
                        "\"scheme\":\"mini\",\"scheme_hash\":\"")));
    EXPECT(
        str_ends(e->text, S("\"},\"n\":1,\"on\":\"2026-03-02\","
                            "\"stream\":\"03000000000000000000000000000001\","
                            "\"type\":\"case.opened\",\"version\":1}")));
    sha256(e->text.p, e->text.n, want.b);
    EXPECT(memcmp(&want, &e->hash, sizeof want) == 0);
}

/* [EV1]: each names the one before it. */
TEST(the_events_of_a_stream_are_a_chain)
{
    FIXTURE(f);
    struct hash prev = nothing;

    go_to(f, STAGE_ENDED);
    EXPECT(f->n > 40);
    for (size_t i = 0; i < f->n; i++) {
        const struct event *e = f->events[i];
        id stream = f->events[0]->stream;

        EXPECT(event_follows(e, stream, (int64_t)i + 1, &prev));
        EXPECT(!event_follows(e, stream, (int64_t)i + 2, &prev));
        EXPECT(!event_follows(e, (id){ 0 }, (int64_t)i + 1, &prev));
        prev.b[31] ^= 1;
        EXPECT(!event_follows(e, stream, (int64_t)i + 1, &prev));
        prev = e->hash;
    }
}

static struct event *read_ok(struct fixture *f, str text)
{
    struct event *e = NULL;

    EXPECT_OK(event_read(&f->arena, text, &e));
    return e;
}

/* One byte changed anywhere is refused, or changes the hash that the next event
 * names. */
TEST(no_byte_of_an_event_changes_unseen)
{
    FIXTURE(f);

    do_preparation(f, true);
    for (size_t i = 0; i < f->n; i++) {
        str text = f->texts[i];
        char *copy = arena_zero(&f->arena, text.n);

        memcpy(copy, text.p, text.n);
        for (size_t at = 0; at < text.n; at++) {
            struct event *e = NULL;

            copy[at] = (char)(copy[at] ^ 1);
            err bad = event_read(&f->arena, (str){ copy, text.n }, &e);
            if (failed(bad))
                EXPECT(bad.info->code == ERR_CORRUPT);
            else
                EXPECT(memcmp(&e->hash, &f->events[i]->hash, sizeof e->hash) !=
                       0);
            copy[at] = text.p[at];
        }
    }
}

static str replaced(struct fixture *f, str text, const char *old,
                    const char *new)
{
    size_t at = str_find(text, str_of(old));
    struct buf b;
    str out = S("");

    EXPECT_ROW(old, at < text.n);
    buf_init(&b, &f->arena, 1 << 20);
    buf_str(&b, str_first(text, at));
    buf_str(&b, str_of(new));
    buf_str(&b, str_from(text, at + strlen(old)));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(a_text_that_is_no_event_is_refused)
{
    static const struct {
        const char *name;
        const char *old;
        const char *new;
        const char *id;
    } rows[] = {
        { "unknown type", "case.opened", "case.dreamt", "event.unknown" },
        { "unknown version", "\"version\":1", "\"version\":2",
          "event.unknown" },
        { "no data", "\"data\"", "\"dada\"", "event.form" },
        { "a member more", "\"n\":1", "\"m\":1,\"n\":1", "event.form" },
        { "a member less", "\"n\":1,", "", "event.form" },
        { "n is 0", "\"n\":1", "\"n\":0", "event.form" },
        { "a first event with a predecessor", "\"stream\"",
          "\"prev\":\"" ONES "\",\"stream\"", "event.form" },
        { "a second one without", "\"n\":1", "\"n\":2", "event.form" },
        { "beyond 2^53", "\"at\":1772416800000000", "\"at\":9007199254740992",
          "event.form" },
        { "a day that is none", "2026-03-02", "2026-02-30", "event.form" },
        { "data that break their record", "\"number\":\"C2026-0001\",", "",
          "event.form" },
        { "data of a kind they are not", "\"level\":\"ten\"", "\"level\":10",
          "event.form" },
        { "cut off", "\"version\":1}", "\"version\":1", "event.form" },
        { "not an object", "{\"actor\"", "[\"actor\"", "event.form" },
    };
    FIXTURE(f);

    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct event *e = NULL;
        str text = replaced(f, f->texts[0], rows[i].old, rows[i].new);

        EXPECT_ROW_ERR(rows[i].name, event_read(&f->arena, text, &e),
                       ERR_CORRUPT, rows[i].id);
        EXPECT_ROW(rows[i].name, e == NULL);
    }
    struct event *e = NULL;
    EXPECT_ERR(event_read(&f->arena, S("7"), &e), ERR_CORRUPT, "event.form");
    EXPECT_ERR(event_read(&f->arena, S(""), &e), ERR_CORRUPT, "event.form");
    EXPECT(read_ok(f, f->texts[0]) != NULL);
}

/* What another program sorted otherwise says the same; its hash does not. */
TEST(the_data_may_stand_anywhere)
{
    static const char data[] = "\"data\":{\"reasons\":\"x\"}";
    static const char rest[] = "\"at\":1,\"channel\":\"cli\",\"n\":1,"
                               "\"on\":\"2026-03-02\",\"stream\":"
                               "\"03000000000000000000000000000001\","
                               "\"type\":\"case.withdrawn\",\"version\":1";
    FIXTURE(f);
    struct buf first;
    struct buf last;

    buf_init(&first, &f->arena, 1000);
    buf_init(&last, &f->arena, 1000);
    buf_printf(&first, "{%s,%s}", data, rest);
    buf_printf(&last, "{%s,%s}", rest, data);

    const struct event *a = read_ok(f, buf_view(&first));
    const struct event *b = read_ok(f, buf_view(&last));
    EXPECT(a != NULL && b != NULL && a->kind == b->kind);
    EXPECT_STR(((const struct reasons *)a->data)->reasons, S("x"));
    EXPECT_STR(((const struct reasons *)b->data)->reasons, S("x"));
    EXPECT(memcmp(&a->hash, &b->hash, sizeof a->hash) != 0);
}

/* Longer than its record allows: it could never be read back. */
TEST(what_could_not_be_read_back_is_not_sealed)
{
    FIXTURE(f);
    char long_name[202];

    memset(long_name, 'x', sizeof long_name);
    f->enterprise.name = (str){ long_name, 200 };
    do_preparation(f, true);
    EXPECT(f->state->stage == STAGE_COMPLETENESS);
    fixture_end(&f);

    f = fixture_new();
    go_to(f, STAGE_PREPARATION);
    f->facts.case_number = (str){ long_name, 41 };
    NO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}",
       ERR_INVALID, "record.length");
    f->facts.case_number = (str){ long_name, 40 };
    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
}

/* Known before anything is begun, by the newest form of the event. */
TEST(data_are_checked_as_they_would_be_sealed)
{
    TEST_ARENA(a, 1 << 16);
    struct person_related tie = { .until = DAY_NEVER };

    EXPECT_OK(event_data_check(&a, "person.related", &tie));
    tie.note = S("\x01");
    err e = event_data_check(&a, "person.related", &tie);
    EXPECT_ERR(e, ERR_INVALID, "record.control");
    EXPECT_STR(err_arg_text(e, "path"), S("note"));
}

/* Replay: what the texts say is the state, in every field a rule looks at. */
TEST(the_state_is_the_fold_of_the_sealed_events)
{
    FIXTURE(f);

    go_to(f, STAGE_ENDED);
    struct state *s = replayed(f);
    EXPECT(state_invariant(s) == NULL);
    EXPECT(s->version == f->state->version);
    EXPECT(memcmp(&s->head, &f->state->head, sizeof s->head) == 0);
    EXPECT(s->stage == f->state->stage && s->due == f->state->due);
    EXPECT(s->paid == f->state->paid);
    EXPECT(s->evaluators.n == f->state->evaluators.n);
}

/* --- memory ------------------------------------------------------------- */

struct memory_test {
    struct fixture *f;
    const char *who;
    const char *command;
    struct json *data;
    str text;
};

static err decide_in(struct heap *h, void *context)
{
    struct memory_test *t = context;
    scoped(arena_end) struct arena a;
    struct event_list events = { 0 };
    struct command c;

    arena_init(&a, h, 16 << 20);
    TRY(command_read(&a, str_of(t->command), t->data, &c));
    err e = decide(&a, t->f->state, &c, &t->f->facts, &events);
    EXPECT(failed(e) == (events.n == 0));
    if (failed(e) && e.info->code != ERR_MEMORY)
        return OK; /* the refusal itself came through */
    TRY(e);
    struct hash prev = t->f->state->head;
    int64_t n = t->f->state->version + 1;
    return event_seal(&a, events.first, t->f->state->id, n,
                      n == 1 ? &nothing : &prev);
}

static err read_in(struct heap *h, void *context)
{
    struct memory_test *t = context;
    scoped(arena_end) struct arena a;
    struct event *e = NULL;

    arena_init(&a, h, 16 << 20);
    err bad = event_read(&a, t->text, &e);
    EXPECT(failed(bad) == (e == NULL));
    return bad;
}

TEST(every_allocation_of_decide_and_seal_may_fail)
{
    static const struct {
        enum stage stage;
        const char *who;
        const char *command;
        const char *json;
    } rows[] = {
        { STAGE_PREPARATION, "applicant", "eligibility.answer",
          "{'declarations':[]}" },
        { STAGE_PREPARATION, "applicant", "assessment.record",
          "{'answers':[{'indicator':'1.1','result':'met'}]}" },
        { STAGE_PREPARATION, "intake", "assessment.record",
          "{'answers':[{'indicator':'1.1','result':'met'}]}" },
        { STAGE_COMPLETENESS, "intake", "application.accept", "{}" },
        { STAGE_COMPLETENESS, "intake", "supplement.ask", "{'note':'x'}" },
        { STAGE_COMPLETENESS, "finance", "supplement.ask", "{}" },
        { STAGE_CONTRACT, "finance", "quote.make",
          "{'lines':[{'text':'a','kind':'fee','amount':1}],'prepay':3000}" },
        { STAGE_CONTRACT, "finance", "quote.make",
          "{'lines':[{'text':'a','kind':'fee','amount':1}],'prepay':1}" },
        { STAGE_CONTRACT, "finance", "quote.make",
          "{'prepay':3000,'changes':[{'text':'a','amount':1,'reason':'b'}]}" },
        { STAGE_CONTRACT, "applicant", "offer.note",
          "{'body':'a','approval':'CNCA-R-2099-001','cycle':1,'price':1}" },
        { STAGE_DOCUMENTS, "finance", "invoice.issue",
          "{'number':'a','due':'2026-03-02',"
          "'lines':[{'text':'a','kind':'fee','amount':1}]}" },
        { STAGE_PLAN, "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':45}" },
        { STAGE_REPORT, "lead", "report.issue",
          "{'recommended':true,'summary':'x'}" },
        { STAGE_DECISION, "reviewer", "decision.grant", "{}" },
        { STAGE_DECISION, "reviewer", "decision.grant",
          "{'conditions':[{'text':'x','until':'2026-09-30'}]}" },
        { STAGE_DECISION, "reviewer", "decision.refuse", "{'reasons':'x'}" },
        { STAGE_DECISION, "planner", "decision.panel",
          "{'chair':'reviewer','members':['critic','umpire'],"
          "'experts':['expert']}" },
        { STAGE_CERTIFICATE, "certificates", "certificate.issue", "{}" },
        { STAGE_UPKEEP, "lead", "certificate.issue", "{}" },
        { STAGE_UPKEEP, "certificates", "certificate.issue", "{}" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct event_list events = { 0 };
        struct memory_test t = {
            .f = f,
            .who = rows[i].who,
            .command = rows[i].command,
        };

        if (rows[i].stage == STAGE_PREPARATION)
            DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
        else
            go_to(f, rows[i].stage);
        /* once with plenty, which also makes `who` the actor */
        err first = try_it(f, t.who, t.command, rows[i].json, &events);
        EXPECT_ROW(t.command, !failed(first) || first.info->code != ERR_MEMORY);
        t.data = fixture_json(f, rows[i].json);
        EXPECT_ROW(t.command,
                   test_every_allocation_fails(decide_in, NULL, &t) > 0);
    }
}

TEST(every_allocation_of_reading_an_event_may_fail)
{
    FIXTURE(f);

    go_to(f, STAGE_ENDED);
    for (size_t i = 0; i < f->n; i++) {
        struct memory_test t = { .f = f, .text = f->texts[i] };

        EXPECT(test_every_allocation_fails(read_in, NULL, &t) > 0);
    }
}

/* What is wrong with a text on record: the member, or what it is. */
TEST(a_text_that_is_not_read_says_why)
{
    static const struct {
        const char *old;
        const char *new;
        const char *reason;
    } rows[] = {
        { "\"n\":1,", "", "n" },
        { "\"version\":1}", "\"version\":1", "json.end" },
        { "\"level\":\"ten\"", "\"level\":10", "level" },
        { "\"data\"", "\"dada\"", "data" },
    };
    FIXTURE(f);

    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct event *e = NULL;
        str text = replaced(f, f->texts[0], rows[i].old, rows[i].new);
        err bad = event_read(&f->arena, text, &e);

        EXPECT_ROW_ERR(rows[i].new, bad, ERR_CORRUPT, "event.form");
        EXPECT_ROW_STR(rows[i].new, err_arg_text(bad, "reason"),
                       str_of(rows[i].reason));
    }
}
