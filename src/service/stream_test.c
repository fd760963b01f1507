/* Streams of events in the journal, and what enters the log. */
#include "service/stream.h"

#include "base/buf.h"
#include "domain/events.h"
#include "service/service_test_env.h"

/* --- reading [SM1] ---------------------------------------------------- */

/* `sql` with @ for the stream of case `number`. */
static const char *about(struct office *o, const char *sql, str number)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 4000);
    for (const char *p = sql; *p != '\0'; p++) {
        if (*p != '@')
            buf_char(&b, *p);
        else
            buf_printf(&b,
                       "(SELECT id FROM stream WHERE kind = 'case'"
                       " AND number = '%.*s')",
                       STR_ARG(number));
    }
    buf_char(&b, '\0');
    EXPECT_OK(buf_done(&b, &out));
    return out.p;
}

/* A case with three events; the newest is of version 3. */
static str case_of_three(struct office *o)
{
    str ref = office_case(o);

    for (int i = 0; i < 2; i++)
        EXPECT_OK(office_do(o, "newcomer", ref, "eligibility.answer",
                            "{'declarations':[]}"));
    return ref;
}

static int64_t number_of(err e, const char *name)
{
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, name) == 0)
            return g->number;
    }
    return -1;
}

/* clang-format off */
static const struct {
    const char *name;
    const char *sql; /* @ is the stream of the case */
    int64_t event;   /* that is named */
} alterations[] = {
    { "a letter of a text",
      "UPDATE journal SET body = replace(body, 'mini', 'maxi') WHERE stream = @", 1 },
    { "a blank that JSON does not mind",
      "UPDATE journal SET body = replace(body, ',', ', ') WHERE version = 2 AND stream = @", 2 },
    { "no JSON any more",
      "UPDATE journal SET body = 'x' WHERE version = 3 AND stream = @", 3 },
    { "a hash",
      "UPDATE journal SET hash = (SELECT head FROM stream WHERE id = @) WHERE version = 1 AND stream = @", 1 },
    { "the type beside the text",
      "UPDATE journal SET type = 'case.withdrawn' WHERE version = 2 AND stream = @", 2 },
    { "when it was recorded",
      "UPDATE journal SET at = at + 1 WHERE version = 3 AND stream = @", 3 },
    { "the day it takes effect",
      "UPDATE journal SET day = day - 1 WHERE version = 2 AND stream = @", 2 },
    { "the first is gone",
      "DELETE FROM journal WHERE version = 1 AND stream = @", 1 },
    { "one in the middle is gone",
      "DELETE FROM journal WHERE version = 2 AND stream = @", 2 },
    { "the last is gone",
      "DELETE FROM journal WHERE version = 3 AND stream = @", 3 },
    { "all are gone",
      "DELETE FROM journal WHERE stream = @", 1 },
    { "all are gone, and the stream says so",
      "DELETE FROM journal WHERE stream = @;"
      "UPDATE stream SET version = 0 WHERE id = @", 1 },
    { "the last is gone, and the stream says so",
      "DELETE FROM journal WHERE version = 3 AND stream = @;"
      "UPDATE stream SET version = 2 WHERE id = @", 2 },
    { "two changed places",
      "UPDATE journal SET version = 9 WHERE version = 2 AND stream = @;"
      "UPDATE journal SET version = 2 WHERE version = 3 AND stream = @;"
      "UPDATE journal SET version = 3 WHERE version = 9 AND stream = @", 2 },
    { "an event of another case in its place",
      "UPDATE journal SET body = (SELECT j.body FROM journal j JOIN stream s ON s.id = j.stream WHERE s.number = 'C2026-0001' AND j.version = 2),"
      " hash = (SELECT j.hash FROM journal j JOIN stream s ON s.id = j.stream WHERE s.number = 'C2026-0001' AND j.version = 2)"
      " WHERE version = 2 AND stream = @", 2 },
    { "the version of the stream",
      "UPDATE stream SET version = 4 WHERE id = @", 4 },
    { "the head of the stream",
      "UPDATE stream SET head = (SELECT hash FROM journal WHERE version = 2 AND stream = @) WHERE id = @", 3 },
    { "when the stream was opened",
      "UPDATE stream SET opened = opened - 1 WHERE id = @", 3 },
};
/* clang-format on */

EACH_STORE_TEST(whatever_is_altered_in_a_stream_is_noticed)
{
    TEST_OFFICE(o, place);
    str whole = case_of_three(&o);

    for (size_t i = 0; i < COUNT(alterations); i++) {
        str ref = case_of_three(&o);
        struct case_file file;

        (void)office_ask(&o, about(&o, alterations[i].sql, ref));
        err e =
            cases_load(o.app, &o.arena, office_as(&o, "quality"), ref, &file);
        EXPECT_ROW_ERR(alterations[i].name, e, ERR_CORRUPT, "journal.tampered");
        if (!failed(e))
            continue;
        EXPECT_ROW_STR(alterations[i].name, err_arg_text(e, "stream"), ref);
        EXPECT_ROW(alterations[i].name,
                   number_of(e, "event") == alterations[i].event);
    }
    EXPECT(office_read(&o, whole).events.n == 3);
}

/* The number stands in the first event, so cases cannot change numbers. */
ONE_STORE_TEST(a_case_keeps_its_number, true)
{
    TEST_OFFICE(o, place);
    struct case_file file;

    (void)office_case(&o);
    (void)office_ask(&o, "UPDATE stream SET number = 'C2026-0007'"
                         " WHERE kind = 'case'");
    err e = cases_load(o.app, &o.arena, office_as(&o, "quality"),
                       S("C2026-0007"), &file);
    EXPECT_ERR(e, ERR_CORRUPT, "journal.tampered");
    EXPECT_STR(err_arg_text(e, "stream"), S("C2026-0007"));
}

/* --- appending -------------------------------------------------------- */

/* Streams of the test's own, in a transaction that is rolled back. */
struct playing {
    struct office *o;
    struct stream_row row;
    struct event_list events;
};

static err begin(struct tx *tx, struct office *o, id key, str number)
{
    struct facts f = { .at = o->world.clock->now(o->world.clock),
                       .today = office_today(o),
                       .channel = S("demo") };
    struct person_added added = { .enterprise = o->own.id };
    struct new_stream stream = { STREAM_PERSON, key, number };

    return stream_begin(tx, &stream, "person.added", &f, &added);
}

static err append(struct tx *tx, struct office *o, const struct stream_row *row,
                  int n)
{
    struct facts f = { .at = o->world.clock->now(o->world.clock),
                       .today = office_today(o),
                       .channel = S("demo") };
    struct person_related related = { .enterprise = o->other.id,
                                      .until = DAY_NEVER };
    struct event_list events = { 0 };

    for (int i = 0; i < n; i++)
        TRY(event_emit(tx_arena(tx), &events, "person.related", &f, &related));
    return stream_append(tx, row->id, row->version, &row->head, &events);
}

static err play(struct tx *tx, void *context)
{
    struct playing *p = (struct playing *)context;
    struct arena *a = tx_arena(tx);
    id key = { { 7 } };

    TRY(begin(tx, p->o, key, S("p7")));
    TRY(stream_get(tx, a, key, &p->row));
    TRY(append(tx, p->o, &p->row, 2));
    TRY(stream_get(tx, a, key, &p->row));
    return stream_events(tx, a, &p->row, &p->events);
}

EACH_STORE_TEST(what_is_appended_goes_on_the_chain)
{
    TEST_OFFICE(o, place);
    struct playing p = { .o = &o };

    EXPECT_OK(app_write(o.app, &o.arena, play, &p));
    EXPECT(p.row.version == 3 && p.events.n == 3);
    EXPECT_STR(p.row.kind, S("person"));
    EXPECT_STR(p.row.number, S("p7"));
    EXPECT(p.row.opened == o.world.clock->now(o.world.clock));

    const struct event *e = p.events.first;
    struct hash prev = { { 0 } };
    for (int64_t n = 1; n <= 3 && e != NULL; n++, e = e->next) {
        EXPECT(event_follows(e, p.row.id, n, &prev)); /* [EV1] */
        prev = e->hash;
    }
    EXPECT(memcmp(prev.b, p.row.head.b, sizeof prev.b) == 0);
}

static err begin_taken(struct tx *tx, void *context)
{
    struct playing *p = (struct playing *)context;

    return begin(tx, p->o, (id){ { 8 } }, S("p7"));
}

/* By somebody who saw the stream before it moved on. */
static err append_late(struct tx *tx, void *context)
{
    struct playing *p = (struct playing *)context;
    struct stream_row old = p->row;

    old.version = 1;
    old.head = p->events.first->hash;
    return append(tx, p->o, &old, 1);
}

/* An event of one kind of stream, in one of another. */
static err begin_mixed(struct tx *tx, void *context)
{
    const struct playing *p = context;
    struct event_list events;
    struct stream_row row;

    TRY(append(tx, p->o, &p->row, 1)); /* once more in another run [CO4] */
    TRY(stream_get(tx, tx_arena(tx), p->row.id, &row));
    return stream_events(tx, tx_arena(tx), &row, &events);
}

EACH_STORE_TEST(a_stream_takes_events_of_its_kind_at_its_end_only)
{
    TEST_OFFICE(o, place);
    struct playing p = { .o = &o };

    EXPECT_OK(app_write(o.app, &o.arena, play, &p));
    EXPECT_ERR(app_write(o.app, &o.arena, begin_taken, &p), ERR_CONFLICT,
               "journal.number");
    EXPECT_ERR(app_write(o.app, &o.arena, append_late, &p), ERR_CONFLICT,
               "journal.version");

    struct case_file file = office_read(&o, office_case(&o));
    p.row = (struct stream_row){ .id = file.state->id,
                                 .version = 1,
                                 .head = file.state->head };
    EXPECT_ERR(app_write(o.app, &o.arena, begin_mixed, &p), ERR_CORRUPT,
               "journal.tampered");
    EXPECT(office_read(&o, file.number).events.n == 1);
}

/* As somebody does who may write to the store, and knows how to hash. */
static err begin_in_the_middle(struct tx *tx, void *context)
{
    struct playing *p = (struct playing *)context;
    struct facts f = { .at = p->o->world.clock->now(p->o->world.clock),
                       .today = office_today(p->o),
                       .channel = S("demo") };
    struct person_related related = { .enterprise = p->o->other.id,
                                      .until = DAY_NEVER };
    struct new_stream stream = { STREAM_PERSON, { { 9 } }, S("p9") };

    TRY(stream_begin(tx, &stream, "person.related", &f, &related));
    TRY(stream_get(tx, tx_arena(tx), stream.id, &p->row));
    return stream_events(tx, tx_arena(tx), &p->row, &p->events);
}

EACH_STORE_TEST(a_stream_begins_with_the_event_that_opens_it)
{
    TEST_OFFICE(o, place);
    struct playing p = { .o = &o };
    err e = app_write(o.app, &o.arena, begin_in_the_middle, &p);

    EXPECT_ERR(e, ERR_CORRUPT, "journal.tampered");
    EXPECT(number_of(e, "event") == 1);
}

/* --- the log [SM2] ---------------------------------------------------- */

EACH_STORE_TEST(what_was_signed_waits_for_the_log_in_the_order_it_happened)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct buf b;
    str want = S("");
    char digits[ID_TEXT];

    office_go_to(&o, ref, STAGE_ENDED);
    struct case_file file = office_read(&o, ref);
    str key = id_text(file.state->id, digits);
    buf_init(&b, &o.arena, 400);
    buf_str(&b, S("scheme/mini\n"));
    for (int i = 0; i < 3; i++) /* list, draw, record */
        buf_printf(&b, "case/%.*s\n", STR_ARG(key));
    for (int i = 0; i < 2; i++) /* the certificate, then its credential */
        buf_printf(&b, "certificate/%.*s\n",
                   STR_ARG(file.state->certificate->number));
    buf_printf(&b, "case/%.*s\n", STR_ARG(key)); /* another record */
    EXPECT_OK(buf_done(&b, &want));
    EXPECT_STR(office_ask(&o, "SELECT subject FROM log_pending ORDER BY id"),
               want);
}

static err enter_and_fail(struct tx *tx, void *context)
{
    const struct office *o = (const struct office *)context;
    struct facts f = { .at = 1, .today = office_today(o), .channel = S("x") };
    struct scheme_frozen frozen = { S("none"), S("1"), { { 1 } } };
    struct event_list events = { 0 };
    struct hash none = { { 0 } };

    TRY(event_emit(tx_arena(tx), &events, "package.frozen", &f, &frozen));
    TRY(event_seal(tx_arena(tx), events.first, (id){ { 9 } }, 1, &none));
    TRY(stream_enter_log(tx, o->app, &events));
    return err_new(tx_arena(tx), ERR_REFUSED, "test.refused");
}

EACH_STORE_TEST(nothing_enters_the_log_without_its_transaction)
{
    TEST_OFFICE(o, place);
    struct office_rows before = office_rows(&o);

    EXPECT_ERR(app_write(o.app, &o.arena, enter_and_fail, &o), ERR_REFUSED,
               "test.refused");
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, 0);
}
