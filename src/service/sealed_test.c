/* The seals of a decision against a journal that was altered by hand and
 * chained anew, so that no hash gives it away. [CK7] [SP1] [SP2] [17065 7.12]
 */

#include "domain/dossier.h"
#include "service/check.h"
#include "service/service_test_env.h"
#include "service/stream.h"
#include "store/journal.h"

enum { EVENTS_MOST = 200 };

#define OF_CASE "stream = (SELECT id FROM stream WHERE kind = 'case')"

/* What the case's journal held before anybody touched it. */
struct sealed {
    struct office *o;
    struct stream_row row;
    str bodies[EVENTS_MOST];
    size_t n;
    size_t record; /* which of them committed to the parts */
    /* what is altered */
    size_t at;      /* this event, a microsecond later; n: none */
    int part;       /* this one's seal; -1: none */
    str seal_named; /* by this name, where it has any */
};

static err read_journal(struct sealed *s)
{
    struct arena *a = &s->o->arena;
    scoped(tx_abort) struct tx *tx = NULL;
    struct list rows;

    TRY(app_read(s->o->app, a, &tx));
    TRY(stream_by_number(tx, a, S("case"), S("C2026-0001"), &s->row));
    TRY(journal_read(tx, a, s->row.id, 0, &rows));
    for (; s->n < rows.n && s->n < EVENTS_MOST; s->n++) {
        const struct journal_row *r = (const struct journal_row *)rows.p + s->n;

        s->bodies[s->n] = r->body;
        if (str_eq(r->type, S("record.committed")))
            s->record = s->n;
    }
    return OK;
}

/* A decision that is signed, of a case whose journal is known. */
static void decide_case(struct office *o, struct sealed *s)
{
    *s = (struct sealed){ .o = o };
    office_go_to(o, office_case(o), STAGE_CERTIFICATE);
    EXPECT_OK(read_journal(s));
    EXPECT(s->record > 0 && s->n < EVENTS_MOST);
}

static err alter_seal(struct arena *a, const struct sealed *s, struct event *e)
{
    const struct record_committed *old = e->data;
    struct record_committed *made = arena_zero(a, sizeof *made);
    struct part_seal *seals =
        arena_array(a, old->parts.n, sizeof(struct part_seal));

    TRY_MEMORY(made);
    TRY_MEMORY(seals);
    memcpy(seals, old->parts.p, old->parts.n * sizeof *seals);
    if (s->seal_named.n > 0)
        seals[s->part].part = s->seal_named;
    else
        seals[s->part].seal.b[31] ^= 1;
    made->parts = (struct list){ seals, old->parts.n };
    e->data = made;
    return OK;
}

/* Everything from the first event on, sealed and chained as ours are. */
static err write_journal(struct tx *tx, void *context)
{
    const struct sealed *s = context;
    struct event_list events = { 0 };
    const struct hash none = { { 0 } };

    for (size_t i = 0; i < s->n; i++) {
        struct event *e;

        TRY(event_read(tx_arena(tx), s->bodies[i], &e));
        if (i == s->at)
            e->at++;
        if (i == s->record && s->part >= 0)
            TRY(alter_seal(tx_arena(tx), s, e));
        event_list_add(&events, e);
    }
    return stream_append(tx, s->row.id, 0, &none, &events);
}

static err alter(struct sealed *s, size_t at, int part)
{
    s->at = at;
    s->part = part;
    (void)office_ask(s->o, "DELETE FROM journal WHERE " OF_CASE ";"
                           "UPDATE stream SET version = 0 WHERE kind = 'case'");
    return app_write(s->o->app, &s->o->arena, write_journal, s);
}

static err check_it(struct office *o)
{
    struct check_counts counts;

    return check_all(o->app, &o->arena, &counts);
}

static void expect_as_it_was(struct sealed *s)
{
    EXPECT_OK(alter(s, s->n, -1));
    EXPECT_OK(check_it(s->o));
}

EACH_STORE_TEST(a_seal_that_was_altered_is_named_by_its_case_and_part)
{
    TEST_OFFICE(o, place);
    struct sealed s;

    decide_case(&o, &s);
    EXPECT_OK(check_it(&o));
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        const char *name = dossier_part_names[i];

        EXPECT_ROW_OK(name, alter(&s, s.n, i));
        err e = check_it(&o);
        EXPECT_ROW_ERR(name, e, ERR_CORRUPT, "check.sealed");
        EXPECT_ROW_STR(name, err_arg_text(e, "case"), S("C2026-0001"));
        EXPECT_ROW_STR(name, err_arg_text(e, "parts"), str_of(name));
    }
    expect_as_it_was(&s);
}

/* A seal vouches for the part whose name stands beside it. */
EACH_STORE_TEST(a_seal_under_the_name_of_another_part_is_found)
{
    TEST_OFFICE(o, place);
    struct sealed s;

    decide_case(&o, &s);
    s.seal_named = str_of(dossier_part_names[PART_SCORE]);
    EXPECT_OK(alter(&s, s.n, PART_TEAM));
    err e = check_it(&o);
    EXPECT_ERR(e, ERR_CORRUPT, "check.sealed");
    EXPECT_STR(err_arg_text(e, "parts"), S("team"));
    s.seal_named = S("");
    expect_as_it_was(&s);
}

/* Each event that the decision rests on but the first, whose instant is the
 * stream's as well.  [SP2] */
EACH_STORE_TEST(whatever_was_altered_before_the_seals_breaks_all_of_them)
{
    TEST_OFFICE(o, place);
    struct sealed s;

    decide_case(&o, &s);
    for (size_t i = 1; i < s.record && !test_failing(); i++) {
        EXPECT_OK(alter(&s, i, -1));
        err e = check_it(&o);
        EXPECT_ERR(e, ERR_CORRUPT, "check.sealed_all");
        EXPECT_STR(err_arg_text(e, "case"), S("C2026-0001"));
    }
    expect_as_it_was(&s);
}

/* Before there are any, once they are committed to, and long after. */
EACH_STORE_TEST(the_seals_of_a_case_that_nobody_touched_hold_for_ever)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_DECISION);
    EXPECT_OK(check_it(&o)); /* without any yet */
    office_go_to(&o, ref, STAGE_UPKEEP);
    EXPECT_OK(check_it(&o));
    office_pass_days(&o, 400);
    EXPECT_OK(check_it(&o));
}
