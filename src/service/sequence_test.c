/* Bringing the log up to date. [T3] [T4] [SQ1]-[SQ3] */
#include "service/sequence.h"

#include "domain/events.h"
#include "service/check.h"
#include "service/rebuild.h"
#include "service/service_test_env.h"
#include "service/stream.h"
#include "store/log.h"

#include <stdio.h>

static int64_t count(struct office *o, const char *table)
{
    char sql[80];

    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    return office_count(o, sql);
}

EACH_STORE_TEST(what_waits_gets_its_index_and_the_tree_its_checkpoint)
{
    TEST_OFFICE(o, place);
    struct check_counts counts = { 0 };
    int64_t size = 0;
    int64_t entries = count(&o, "log_entry");
    int64_t checkpoints = count(&o, "log_checkpoint");
    int64_t waiting = count(&o, "log_pending");

    EXPECT(waiting > 0);
    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    EXPECT(size == entries + waiting);
    EXPECT(count(&o, "log_pending") == 0);
    EXPECT(count(&o, "log_entry") == size);
    EXPECT(count(&o, "log_checkpoint") == checkpoints + 1);
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
    EXPECT(counts.entries == size);

    /* Nothing waits: nothing is signed again. */
    size = 0;
    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    EXPECT(size == entries + waiting);
    EXPECT(count(&o, "log_checkpoint") == checkpoints + 1);
}

/* Leaves by the hundred, in one transaction: one package frozen again and
 * again, an instant later each time. */
struct entering {
    struct office *o;
    int n;
    int64_t at;
};

static err freeze_again(struct tx *tx, struct entering *x,
                        const struct scheme_frozen *frozen,
                        struct event_list *out)
{
    struct facts f = { .today = office_today(x->o), .channel = S("demo") };

    for (int i = 0; i < x->n; i++) {
        f.at = x->at++;
        TRY(event_emit(tx_arena(tx), out, "package.frozen", &f, frozen));
    }
    return OK;
}

static err enter(struct tx *tx, void *context)
{
    struct entering *x = context;
    struct event_list before;
    struct event_list events = { 0 };
    struct stream_row row;

    TRY(stream_by_number(tx, tx_arena(tx), S("scheme"), S("mini"), &row));
    TRY(stream_events(tx, tx_arena(tx), &row, &before));
    TRY(freeze_again(tx, x, before.first->data, &events));
    TRY(stream_append(tx, row.id, row.version, &row.head, &events));
    return stream_enter_log(tx, x->o->app, &events);
}

/* Exactly what two turns of 500 take, one more than a turn, and less. */
ONE_STORE_TEST(any_number_is_sequenced, true)
{
    TEST_OFFICE(o, place);
    static const int rows[] = { 1000, 501, 1 };
    struct check_counts counts = { 0 };
    struct entering x = { &o, 0, o.world.clock->now(o.world.clock) + 1 };
    int64_t size = 0;
    int64_t before = 0;

    EXPECT_OK(sequence_log(o.app, &o.arena, &before));
    for (size_t i = 0; i < COUNT(rows); i++) {
        x.n = rows[i];
        EXPECT_OK(app_write(o.app, &o.arena, enter, &x));
        EXPECT_OK(sequence_log(o.app, &o.arena, &size));
        EXPECT(size == before + rows[i]);
        EXPECT(count(&o, "log_pending") == 0);
        before = size;
    }
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
    EXPECT(counts.entries == size);
}

/* --- two acts that leave the same leaf [LO4] --------------------------- */

#define NUMBER "00026SC0001R0S"

static void suspend(struct office *o, str ref)
{
    EXPECT_OK(office_do(o, "certificates", ref, "certificate.suspend",
                        "{'code':'0111','reasons':'x',"
                        "'confirmed':'" OFFICE_TODAY "'}"));
}

static void expect_sound(struct office *o, const char *when)
{
    struct check_counts counts;

    EXPECT_ROW_OK(when, check_all(o->app, &o->arena, &counts));
}

static void sequence(struct office *o, bool now)
{
    int64_t size;

    if (now)
        EXPECT_OK(sequence_log(o->app, &o->arena, &size));
}

/* On one instant: suspended, restored and suspended again. */
static void suspend_twice(struct office *o, str ref, unsigned turns)
{
    suspend(o, ref);
    sequence(o, (turns & 1) != 0);
    EXPECT_OK(office_do(o, "reviewer", ref, "certificate.restore",
                        "{'reasons':'已整改'}"));
    sequence(o, (turns & 2) != 0);
    suspend(o, ref);
    sequence(o, (turns & 4) != 0);
}

EACH_STORE_TEST(a_second_suspension_of_one_instant_has_a_leaf_of_its_own)
{
    for (unsigned turns = 0; turns < 8; turns++) {
        TEST_OFFICE(o, place);
        struct rebuilt made;
        str ref = office_case(&o);

        office_go_to(&o, ref, STAGE_CERTIFICATE);
        office_go_to(&o, ref, STAGE_UPKEEP);
        suspend_twice(&o, ref, turns);
        expect_sound(&o, "as it came");
        sequence(&o, true);
        expect_sound(&o, "entered");
        EXPECT(office_count(&o, "SELECT log_index FROM certificate") ==
               office_count(&o, "SELECT max(idx) FROM log_entry"
                                " WHERE subject = 'certificate/" NUMBER "'"));
        EXPECT_OK(rebuild(o.app, &o.arena, &made));
        expect_sound(&o, "rebuilt");
    }
}

/* Of two that wait, both have to be there. */
EACH_STORE_TEST(of_two_leaves_alike_neither_stands_for_the_other)
{
    TEST_OFFICE(o, place);
    struct check_counts counts;
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_UPKEEP);
    suspend_twice(&o, ref, 0);
    (void)office_ask(&o, "DELETE FROM log_pending WHERE id = (SELECT max(id)"
                         " FROM log_pending WHERE subject ="
                         " 'certificate/" NUMBER "')");
    EXPECT_ERR(check_all(o.app, &o.arena, &counts), ERR_CORRUPT,
               "check.unlogged");
}

/* While somebody else is the sequencer there is nothing to do, and the size is
 * that of the newest checkpoint. */
ONE_STORE_TEST(there_is_one_sequencer_at_a_time, false)
{
    TEST_OFFICE(o, place);
    scoped(store_close) struct store *s = NULL;
    scoped(tx_abort) struct tx *tx = NULL;
    int64_t entries = count(&o, "log_entry");
    int64_t waiting = count(&o, "log_pending");
    int64_t size = -1;
    bool got = false;

    EXPECT(entries > 0);
    EXPECT_OK(store_open(&o.heap, &o.arena, office_where(&o), &s));
    EXPECT_OK(tx_begin(s, &o.arena, TX_WRITE, &tx));
    EXPECT_OK(tx_lock(tx, LOG_LOCK, &got));
    EXPECT(got);
    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    EXPECT(size == entries && count(&o, "log_pending") == waiting);
    tx_abort(&tx);
    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    EXPECT(size == entries + waiting && count(&o, "log_pending") == 0);
}

/* [T3] */
EACH_STORE_TEST(a_damaged_log_signs_nothing)
{
    TEST_OFFICE(o, place);
    int64_t size = -1;
    int64_t checkpoints = count(&o, "log_checkpoint");
    int64_t waiting = count(&o, "log_pending");

    struct sequencer s = { .app = o.app };

    (void)office_ask(&o, "DELETE FROM log_entry WHERE idx ="
                         " (SELECT max(idx) FROM log_entry)");
    EXPECT_ERR(sequence_turn(&s, &o.arena, &size), ERR_CORRUPT, "tlog.node");
    s.sound = true;
    EXPECT_ERR(sequence_turn(&s, &o.arena, &size), ERR_CORRUPT,
               "tlog.restored");
    EXPECT(size == -1);
    EXPECT(count(&o, "log_checkpoint") == checkpoints);
    EXPECT(count(&o, "log_pending") == waiting);
}

/* --- everything is read first [SQ3] ------------------------------------ */

/* Damage that no leaf which waits comes near to. */
#define TIE_IS_GONE "DELETE FROM relation"

EACH_STORE_TEST(nothing_is_signed_before_everything_was_read)
{
    TEST_OFFICE(o, place);
    struct sequencer s = { .app = o.app };
    int64_t size = -1;
    int64_t checkpoints = count(&o, "log_checkpoint");
    int64_t waiting = count(&o, "log_pending");

    (void)office_ask(&o, TIE_IS_GONE);
    EXPECT(waiting > 0);
    EXPECT_ERR(sequence_log(o.app, &o.arena, &size), ERR_CORRUPT,
               "check.person");
    EXPECT_ERR(sequence_turn(&s, &o.arena, &size), ERR_CORRUPT, "check.person");
    EXPECT(size == -1 && !s.sound);
    EXPECT(count(&o, "log_checkpoint") == checkpoints);
    EXPECT(count(&o, "log_pending") == waiting);
}

/* Once: the turns after it are short however much is stored. */
ONE_STORE_TEST(a_sequencer_reads_everything_once, true)
{
    TEST_OFFICE(o, place);
    struct sequencer s = { .app = o.app };
    struct entering x = { &o, 1, o.world.clock->now(o.world.clock) + 1 };
    int64_t before = 0;
    int64_t size = 0;

    EXPECT_OK(sequence_turn(&s, &o.arena, &before));
    EXPECT(s.sound);
    (void)office_ask(&o, TIE_IS_GONE);
    EXPECT_OK(app_write(o.app, &o.arena, enter, &x));
    EXPECT_OK(sequence_turn(&s, &o.arena, &size));
    EXPECT(size == before + 1);
}

/* So that a command that signs nothing costs no reading. */
ONE_STORE_TEST(where_nothing_waits_nothing_is_read, true)
{
    TEST_OFFICE(o, place);
    int64_t before = 0;
    int64_t size = 0;

    EXPECT_OK(sequence_log(o.app, &o.arena, &before));
    (void)office_ask(&o, TIE_IS_GONE);
    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    EXPECT(size == before);
}

/* A heap that gives the word to stop with one of its requests. */
struct telling {
    struct heap heap;
    long requests;
    long tell_at;
    _Atomic bool stop;
};

static void *telling_resize(struct heap *h, void *old, size_t n)
{
    struct telling *t = (struct telling *)h;
    struct heap libc = HEAP_LIBC;

    if (n > 0 && ++t->requests == t->tell_at)
        t->stop = true;
    return libc.resize(&libc, old, n);
}

static err read_until_told(struct office *o, struct telling *t, long tell_at)
{
    scoped(arena_end) struct arena a;
    int64_t size;

    *t = (struct telling){ .heap = { telling_resize }, .tell_at = tell_at };
    struct sequencer s = { .app = o->app, .stop = &t->stop };

    arena_init(&a, &t->heap, 1 << 26);
    err e = err_keep(&o->arena, sequence_turn(&s, &a, &size));
    EXPECT(s.sound == !failed(e));
    return e;
}

/* Wherever it is: before the first page, in the middle, at the end. */
ONE_STORE_TEST(a_reading_is_broken_off_between_two_parts, true)
{
    TEST_OFFICE(o, place);
    int64_t checkpoints = count(&o, "log_checkpoint");
    struct telling t;

    EXPECT_ERR(read_until_told(&o, &t, 1), ERR_BUSY, "store.stopped");
    long least = t.requests;
    EXPECT_ERR(read_until_told(&o, &t, least * 10), ERR_BUSY, "store.stopped");
    EXPECT(t.requests < least * 20);
    EXPECT(count(&o, "log_checkpoint") == checkpoints);
    EXPECT_OK(read_until_told(&o, &t, 0));
    EXPECT(t.requests > least * 20);
    EXPECT(count(&o, "log_checkpoint") == checkpoints + 1);
}

/* --- what was verified when it was entered [KP5] ------------------------- */

/* A certificate issued by this very app, whose leaves wait. */
static void issue_one(struct office *o, struct sequencer *s)
{
    str ref = office_case(o);
    int64_t size;

    office_go_to(o, ref, STAGE_CERTIFICATE);
    EXPECT_OK(sequence_turn(s, &o->arena, &size));
    EXPECT_OK(office_do(o, "certificates", ref, "certificate.issue", "{}"));
    EXPECT(count(o, "log_pending") > 0);
}

/* Vouched for or not, as soon as somebody else wrote all of it is read again:
 * the certificate's own journal, and its case's. */
EACH_STORE_TEST(what_somebody_changed_since_it_was_entered_is_found)
{
    static const char *const rows[] = {
        "UPDATE journal SET body = replace(body, '{', '{ ')"
        " WHERE type = 'certificate.issued'",
        "UPDATE journal SET body = replace(body, '{', '{ ')"
        " WHERE type = 'case.opened'",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct store_place other;

        EXPECT(store_place_new(place->sqlite, &other));
        TEST_OFFICE(o, &other);
        struct sequencer s = { .app = o.app };
        int64_t size = -1;

        issue_one(&o, &s);
        (void)office_ask(&o, rows[i]);
        EXPECT_ROW_ERR(rows[i], sequence_turn(&s, &o.arena, &size), ERR_CORRUPT,
                       "journal.tampered");
        EXPECT_ROW(rows[i], size == -1);
    }
}

EACH_STORE_TEST(what_was_vouched_for_stands_in_the_log_as_if_it_was_read)
{
    TEST_OFFICE(o, place);
    struct sequencer s = { .app = o.app };
    struct check_counts counts;
    int64_t size = 0;

    issue_one(&o, &s);
    EXPECT_OK(sequence_turn(&s, &o.arena, &size));
    EXPECT(count(&o, "log_pending") == 0 && count(&o, "log_entry") == size);
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
    EXPECT(counts.entries == size);
}
