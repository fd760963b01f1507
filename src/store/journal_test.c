#include "store/journal.h"

#include "base/arena.h"
#include "base/buf.h"
#include "store/store_test_env.h"

static const id ONE = { { 1 } };
static const id TWO = { { 2 } };

/* Event number `version` as a test can recognise it. */
static struct journal_row event(struct arena *a, int64_t version)
{
    struct buf b;
    str body = S("");

    buf_init(&b, a, 64);
    buf_str(&b, S("{\"n\":"));
    buf_int(&b, version);
    buf_char(&b, '}');
    /* Without memory the body stays empty. */
    (void)buf_done(&b, &body);
    return (struct journal_row){
        .version = version,
        .type = S("case.opened"),
        .at = 1000 + version,
        .on = (day)version,
        .body = body,
        .hash = { { (uint8_t)version, 7 } },
    };
}

static err open_stream(struct tx *tx, id stream, str kind, str number)
{
    return stream_open(tx, &(struct stream_row){ .id = stream,
                                                 .kind = kind,
                                                 .number = number,
                                                 .version = 99,
                                                 .head = { { 9 } },
                                                 .opened = 5 });
}

/* Append events expected + 1 .. expected + n in a tx of their own. */
static err append(struct store *s, struct arena *a, id stream, int64_t expected,
                  int64_t n)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct journal_row *events = arena_array(a, (size_t)n, sizeof *events);

    TRY_MEMORY(events);
    for (int64_t i = 0; i < n; i++) {
        events[i] = event(a, expected + 1 + i);
        TRY_MEMORY(events[i].body.n > 0);
    }
    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(journal_append(tx, stream, expected, events, (size_t)n));
    return tx_commit(&tx);
}

static err open_one(struct store *s, struct arena *a)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(open_stream(tx, ONE, S("case"), S("C2026-0001")));
    return tx_commit(&tx);
}

static err append_types(struct store *s, struct arena *a,
                        const char *const *types, size_t n)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    for (size_t i = 0; i < n; i++) {
        struct journal_row e = event(a, (int64_t)i + 1);

        e.type = str_of(types[i]);
        TRY(journal_append(tx, ONE, (int64_t)i, &e, 1));
    }
    return tx_commit(&tx);
}

static bool same_event(const struct journal_row *a, const struct journal_row *b)
{
    return a->version == b->version && str_eq(a->type, b->type) &&
           a->at == b->at && a->on == b->on && str_eq(a->body, b->body) &&
           memcmp(a->hash.b, b->hash.b, sizeof a->hash.b) == 0;
}

EACH_STORE_TEST(a_stream_opens_at_version_0_with_the_head_it_was_given)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct stream_row got;

    EXPECT_OK(open_one(s, &a));
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_OK(stream_get(tx, &a, ONE, &got));
    EXPECT(id_eq(got.id, ONE) && got.version == 0 && got.head.b[0] == 9);
    EXPECT(got.opened == 5);
    EXPECT_STR(got.kind, S("case"));
    EXPECT_OK(stream_by_number(tx, &a, S("case"), S("C2026-0001"), &got));
    EXPECT(id_eq(got.id, ONE));
    EXPECT_ERR(stream_get(tx, &a, TWO, &got), ERR_NOT_FOUND, "journal.stream");
    EXPECT_ERR(stream_by_number(tx, &a, S("person"), S("C2026-0001"), &got),
               ERR_NOT_FOUND, "journal.stream");
}

/* And those of no other stream. */
EACH_STORE_TEST(what_says_which_sites_are_covered_is_read_alone)
{
    static const char *const types[] = {
        "case.opened",         "application.submitted", "change.asked",
        "certificate.changed", "change.approved",       "reduction.decided",
        "reduction.signed",    "scope.reduced",         "case.withdrawn",
    };
    static const int64_t want[] = { 2, 3, 4, 6, 7, 8 };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct list l = { 0 };

    EXPECT_OK(open_one(s, &a));
    EXPECT_OK(append_types(s, &a, types, sizeof types / sizeof *types));
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_OK(journal_sites(tx, &a, ONE, &l));
    EXPECT(l.n == sizeof want / sizeof *want);
    for (size_t i = 0; i < l.n; i++) {
        const struct journal_row *row = (const struct journal_row *)l.p + i;

        EXPECT(row->version == want[i]);
        EXPECT_STR(row->type, str_of(types[want[i] - 1]));
        EXPECT_STR(row->body, event(&a, want[i]).body);
    }
    EXPECT_OK(journal_sites(tx, &a, TWO, &l));
    EXPECT(l.n == 0);
}

EACH_STORE_TEST(a_number_is_taken_once_in_its_kind)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    static const struct {
        const char *name;
        id stream;
        str kind;
        str number;
        bool good;
    } rows[] = {
        { "same number", { { 2 } }, S_INIT("case"), S_INIT("C1"), false },
        { "same id", { { 1 } }, S_INIT("case"), S_INIT("C2"), false },
        { "other kind", { { 2 } }, S_INIT("person"), S_INIT("C1"), true },
        { "other number", { { 2 } }, S_INIT("case"), S_INIT("C2"), true },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        scoped(tx_abort) struct tx *tx = NULL;

        EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
        EXPECT_OK(open_stream(tx, ONE, S("case"), S("C1")));
        err e = open_stream(tx, rows[i].stream, rows[i].kind, rows[i].number);
        if (rows[i].good)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_CONFLICT, "journal.number");
    }
}

EACH_STORE_TEST(events_come_back_as_they_were_appended)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct stream_row stream;
    struct list l;

    EXPECT_OK(open_one(s, &a));
    EXPECT_OK(append(s, &a, ONE, 0, 1));
    EXPECT_OK(append(s, &a, ONE, 1, 3));
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_OK(journal_read(tx, &a, ONE, 0, &l));
    EXPECT(l.n == 4);
    for (size_t i = 0; i < l.n; i++) {
        struct journal_row want = event(&a, (int64_t)i + 1);
        EXPECT(same_event(&((struct journal_row *)l.p)[i], &want));
    }
    EXPECT_OK(journal_read(tx, &a, ONE, 3, &l));
    EXPECT(l.n == 1 && ((struct journal_row *)l.p)->version == 4);
    EXPECT_OK(journal_read(tx, &a, ONE, 4, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(stream_get(tx, &a, ONE, &stream));
    EXPECT(stream.version == 4 && stream.head.b[0] == 4); /* [JN1] */
}

EACH_STORE_TEST(a_stream_was_touched_when_its_last_event_was_recorded)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    int64_t at = -1;

    EXPECT_OK(open_one(s, &a));
    EXPECT_OK(append(s, &a, ONE, 0, 3));
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_OK(stream_touched(tx, ONE, &at));
    EXPECT(at == 1003);
    EXPECT_ERR(stream_touched(tx, TWO, &at), ERR_NOT_FOUND, "store.missing");
}

/* [JN2] */
EACH_STORE_TEST(events_are_appended_only_to_the_version_they_were_decided_on)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);

    EXPECT_OK(open_one(s, &a));
    EXPECT_OK(append(s, &a, ONE, 0, 2));
    EXPECT_ERR(append(s, &a, ONE, 1, 1), ERR_CONFLICT, "journal.version");
    EXPECT_ERR(append(s, &a, ONE, 3, 1), ERR_CONFLICT, "journal.version");
    EXPECT_ERR(append(s, &a, TWO, 0, 1), ERR_NOT_FOUND, "journal.stream");

    err e = append(s, &a, ONE, 1, 1);
    EXPECT(failed(e) && e.info->args[0].number == 1 &&
           e.info->args[1].number == 2);
    EXPECT(store_test_count(place, "SELECT count(*) FROM journal") == 2);
}

/* Pages of a cursor are 256 rows: both sides of that boundary. */
EACH_STORE_TEST(a_cursor_goes_over_its_pages)
{
    TEST_ARENA(a, 16 << 20);
    TEST_STORE(s, place, &a);
    static const int64_t sizes[] = { 255, 256, 257, 512, 513 };
    int64_t have = 0;

    EXPECT_OK(open_one(s, &a));
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        scoped(tx_abort) struct tx *tx = NULL;
        scoped(journal_end) struct journal_cursor c = { 0 };
        struct journal_row e;
        int64_t n = 0;
        bool found = true;

        EXPECT_OK(append(s, &a, ONE, have, sizes[i] - have));
        have = sizes[i];
        EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
        journal_begin(&c, tx, ONE, 0);
        while (found && !test_failing()) {
            EXPECT_OK(journal_next(&c, &a, &e, &found));
            n += found ? 1 : 0;
        }
        EXPECT(n == have);
        EXPECT_OK(journal_next(&c, &a, &e, &found));
        EXPECT(!found);
    }
}

EACH_STORE_TEST(a_missing_event_is_damage)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct list l = { 0 };

    EXPECT_OK(open_one(s, &a));
    EXPECT_OK(append(s, &a, ONE, 0, 3));
    (void)store_test_ask(place, &a, "DELETE FROM journal WHERE version = 2");
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_ERR(journal_read(tx, &a, ONE, 0, &l), ERR_CORRUPT, "journal.gap");
    EXPECT(l.n == 0);
    EXPECT_OK(journal_read(tx, &a, ONE, 2, &l));
    EXPECT(l.n == 1);
}

EACH_STORE_TEST(streams_are_listed_by_kind_and_number_in_pages)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    static const char *const numbers[] = { "C3", "C1", "C2", "C10" };
    struct page p = { .limit = 2 };
    struct list l;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    for (uint8_t i = 0; i < 4; i++)
        EXPECT_OK(
            open_stream(tx, (id){ { 1, i } }, S("case"), str_of(numbers[i])));
    EXPECT_OK(open_stream(tx, TWO, S("person"), S("C0")));

    EXPECT_OK(stream_list(tx, &a, S("case"), &p, &l));
    const struct stream_row *rows = l.p;
    EXPECT(l.n == 2);
    EXPECT_STR(rows[0].number, S("C1"));
    EXPECT_STR(rows[1].number, S("C10"));
    p.after = rows[1].number;
    EXPECT_OK(stream_list(tx, &a, S("case"), &p, &l));
    rows = l.p;
    EXPECT(l.n == 2);
    EXPECT_STR(rows[1].number, S("C3"));
    p.after = rows[1].number;
    EXPECT_OK(stream_list(tx, &a, S("case"), &p, &l));
    EXPECT(l.n == 0);
}

/* --- memory ----------------------------------------------------------- */

struct world {
    const struct store_place *place;
    struct arena *arena;
    int64_t version; /* of stream ONE before the body */
};

static err append_over(struct heap *h, void *context)
{
    const struct world *w = (const struct world *)context;
    scoped(arena_end) struct arena a;
    scoped(store_close) struct store *s = NULL;
    scoped(tx_abort) struct tx *tx = NULL;
    struct list l;

    arena_init(&a, h, 1 << 20);
    TRY(store_open(h, &a, w->place->where, &s));
    TRY(append(s, &a, ONE, w->version, 2));
    TRY(tx_begin(s, &a, TX_READ, &tx));
    return journal_read(tx, &a, ONE, w->version, &l);
}

/* All of the events or none; and where they are, the stream says so. */
static void all_or_nothing(bool, void *context)
{
    struct world *w = (struct world *)context;
    int64_t n = store_test_count(w->place, "SELECT count(*) FROM journal");

    EXPECT(n == w->version || n == w->version + 2);
    EXPECT(store_test_count(w->place, "SELECT version FROM stream") == n);
    w->version = n;
}

EACH_STORE_TEST(an_append_without_memory_leaves_nothing)
{
    TEST_ARENA(a, 1 << 20);
    struct world w = { place, &a, 0 };
    {
        TEST_STORE(s, place, &a);
        EXPECT_OK(open_one(s, &a));
    }
    EXPECT(test_every_allocation_fails(append_over, all_or_nothing, &w) > 2);
}
