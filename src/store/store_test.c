#include "store/store.h"

#include "base/arena.h"
#include "store/counters.h"
#include "store/meta.h"
#include "store/store_test_env.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* --- small helpers ---------------------------------------------------- */

/* Keep one text in a tx of its own. */
static err set(struct store *s, struct arena *a, str key, str value)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(meta_set(tx, key, value));
    return tx_commit(&tx);
}

/* The text under `key`, or "(none)". */
static str get(struct store *s, struct arena *a, str key)
{
    scoped(tx_abort) struct tx *tx = NULL;
    str out = S("(none)");
    bool found;

    EXPECT_OK(tx_begin(s, a, TX_READ, &tx));
    EXPECT_OK(meta_get(tx, a, key, &out, &found));
    EXPECT_OK(tx_commit(&tx));
    return out;
}

/* A statement that the schema refuses. */
static err take_twice(struct tx *tx)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_migration_add, &q));
    query_bind_int(q, 1, 1);
    query_bind_str(q, 2, S("again"));
    query_bind_str(q, 3, S(""));
    return query_run(q);
}

/* --- opening ---------------------------------------------------------- */

TEST(a_place_that_is_none_is_refused)
{
    TEST_ARENA(a, 1 << 16);
    struct heap h = HEAP_LIBC;
    struct store *s = NULL;
    static const struct {
        const char *name;
        str where;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "no engine", S_INIT("/tmp/x.db"), ERR_INVALID, "store.where" },
        { "empty", S_INIT(""), ERR_INVALID, "store.where" },
        { "unknown engine", S_INIT("mysql:x"), ERR_INVALID, "store.where" },
        { "no folder", S_INIT("sqlite:/nonexistent/x.db"), ERR_IO,
          "store.open" },
        { "no server", S_INIT("postgres:host=/nonexistent"), ERR_IO,
          "store.open" },
        { "no conninfo",
          S_INIT("postgres:host="
                 "'"),
          ERR_IO, "store.open" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_ROW_ERR(rows[i].name, store_open(&h, &a, rows[i].where, &s),
                       rows[i].code, rows[i].id);
    EXPECT(s == NULL);
}

ONE_STORE_TEST(a_file_that_is_no_database_is_corrupt, true)
{
    TEST_ARENA(a, 1 << 16);
    struct heap h = HEAP_LIBC;
    struct store *s = NULL;
    const char *path = place->where_text + strlen("sqlite:");
    FILE *f = fopen(path, "w");

    EXPECT(f != NULL && fputs("This is a letter, not a database.", f) >= 0);
    for (int i = 0; i < 1000; i++)
        fputs("................", f);
    fclose(f);
    EXPECT_ERR(store_open(&h, &a, place->where, &s), ERR_CORRUPT,
               "store.corrupt");
}

EACH_STORE_TEST(what_was_committed_is_there_when_opened_again)
{
    TEST_ARENA(a, 1 << 20);
    {
        TEST_STORE(s, place, &a);
        EXPECT_OK(set(s, &a, S("name"), S("十星")));
    }
    TEST_STORE(s, place, &a);
    EXPECT_STR(get(s, &a, S("name")), S("十星"));
    EXPECT_STR(get(s, &a, S("other")), S("(none)"));
    EXPECT_OK(store_integrity(s, &a));
}

/* --- transactions ----------------------------------------------------- */

EACH_STORE_TEST(a_tx_that_is_dropped_leaves_nothing)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    {
        scoped(tx_abort) struct tx *tx = NULL;
        EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
        EXPECT_OK(meta_set(tx, S("name"), S("x")));
    }
    EXPECT_STR(get(s, &a, S("name")), S("(none)"));
}

EACH_STORE_TEST(a_savepoint_is_undone_alone)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(meta_set(tx, S("a"), S("1")));
    EXPECT_OK(tx_savepoint(tx));
    EXPECT_OK(meta_set(tx, S("b"), S("2")));
    EXPECT_OK(tx_undo(tx));
    EXPECT_OK(tx_savepoint(tx));
    EXPECT_OK(meta_set(tx, S("c"), S("3")));
    EXPECT_OK(tx_release(tx));
    EXPECT_OK(tx_commit(&tx));
    EXPECT_STR(get(s, &a, S("a")), S("1"));
    EXPECT_STR(get(s, &a, S("b")), S("(none)"));
    EXPECT_STR(get(s, &a, S("c")), S("3"));
}

/* [ST5] */
EACH_STORE_TEST(a_refused_statement_breaks_the_tx_until_undone)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(meta_set(tx, S("a"), S("1")));
    EXPECT_OK(tx_savepoint(tx));
    EXPECT_ERR(take_twice(tx), ERR_CONFLICT, "store.constraint");
    EXPECT_ERR(meta_set(tx, S("b"), S("2")), ERR_CONFLICT, "store.constraint");
    EXPECT_ERR(tx_release(tx), ERR_CONFLICT, "store.constraint");
    EXPECT_OK(tx_undo(tx));
    EXPECT_OK(meta_set(tx, S("c"), S("3")));
    EXPECT_OK(tx_commit(&tx));
    EXPECT_STR(get(s, &a, S("a")), S("1"));
    EXPECT_STR(get(s, &a, S("c")), S("3"));

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_ERR(take_twice(tx), ERR_CONFLICT, "store.constraint");
    EXPECT_ERR(tx_commit(&tx), ERR_CONFLICT, "store.constraint");
    EXPECT(tx != NULL);
    tx_abort(&tx);
    EXPECT_STR(get(s, &a, S("c")), S("3"));
}

EACH_STORE_TEST(errors_go_to_the_arena_that_serves_the_tx)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    int64_t n;
    TEST_ARENA(other, 1 << 16);

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT(tx_arena(tx) == &a);
    EXPECT(tx_use_arena(tx, &other) == &a);
    size_t before = other.budget;
    EXPECT_OK(counter_next(tx, S("x"), &n));
    EXPECT(other.budget == before);
    EXPECT_ERR(take_twice(tx), ERR_CONFLICT, "store.constraint");
    EXPECT(other.budget < before);
    EXPECT(tx_use_arena(tx, &a) == &other);
}

/* [ST3] */
EACH_STORE_TEST(a_read_tx_sees_one_moment)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(reader, place, &a);
    TEST_STORE(writer, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    str got = S("(none)");
    bool found;

    EXPECT_OK(set(writer, &a, S("name"), S("old")));
    EXPECT_OK(tx_begin(reader, &a, TX_READ, &tx));
    EXPECT_OK(meta_get(tx, &a, S("name"), &got, &found));
    EXPECT_OK(set(writer, &a, S("name"), S("new")));
    EXPECT_OK(meta_get(tx, &a, S("name"), &got, &found));
    EXPECT_STR(got, S("old"));
    tx_abort(&tx);
    EXPECT_STR(get(reader, &a, S("name")), S("new"));
}

/* [ST3] Two that count the same thing at once: one of them must try again. */
static err count_both(struct store *one, struct store *two, struct arena *a,
                      int64_t *n)
{
    scoped(tx_abort) struct tx *first = NULL;
    scoped(tx_abort) struct tx *second = NULL;

    TRY(tx_begin(one, a, TX_WRITE, &first));
    TRY(counter_get(first, S("x"), n));
    TRY(tx_begin(two, a, TX_WRITE, &second));
    TRY(counter_get(second, S("x"), n));
    TRY(counter_next(first, S("x"), n));
    TRY(tx_commit(&first));
    TRY(counter_next(second, S("x"), n));
    return tx_commit(&second);
}

EACH_STORE_TEST(of_two_writers_one_is_told_to_try_again)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(one, place, &a);
    TEST_STORE(two, place, &a);
    int64_t n;

    EXPECT_OK(store_wait(two, &a, 0));
    EXPECT_ERR(count_both(one, two, &a, &n), ERR_BUSY, "store.busy");
    /* SQLite stops the second before the first is done; PostgreSQL after. */
    EXPECT(store_test_count(place, "SELECT count(*) FROM counter") ==
           (place->sqlite ? 0 : 1));
}

EACH_STORE_TEST(a_lock_is_held_by_one_until_its_tx_ends)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(one, place, &a);
    TEST_STORE(two, place, &a);
    scoped(tx_abort) struct tx *first = NULL;
    scoped(tx_abort) struct tx *second = NULL;
    bool got = false;

    EXPECT_OK(store_wait(two, &a, 0));
    EXPECT_OK(tx_begin(one, &a, TX_WRITE, &first));
    EXPECT_OK(tx_lock(first, 7, &got));
    EXPECT(got);
    if (place->sqlite) {
        EXPECT_ERR(tx_begin(two, &a, TX_WRITE, &second), ERR_BUSY,
                   "store.busy");
    } else {
        EXPECT_OK(tx_begin(two, &a, TX_WRITE, &second));
        EXPECT_OK(tx_lock(second, 7, &got));
        EXPECT(!got);
        EXPECT_OK(tx_lock(second, 8, &got));
        EXPECT(got);
        tx_abort(&second);
    }
    tx_abort(&first);
    EXPECT_OK(tx_begin(two, &a, TX_WRITE, &second));
    EXPECT_OK(tx_lock(second, 7, &got));
    EXPECT(got);
}

/* --- connections that are lost ---------------------------------------- */

static void end_connections(const struct store_place *place)
{
    EXPECT(store_test_count(place, "SELECT count(pg_terminate_backend(pid, "
                                   "5000)) FROM pg_stat_activity WHERE "
                                   "application_name = 'tenstar'") > 0);
}

ONE_STORE_TEST(a_lost_connection_is_an_error_and_then_made_anew, false)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;

    EXPECT_OK(set(s, &a, S("name"), S("kept")));
    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(meta_set(tx, S("name"), S("lost")));
    end_connections(place);
    EXPECT_ERR(meta_set(tx, S("name"), S("lost")), ERR_IO, "store.lost");
    EXPECT_ERR(tx_commit(&tx), ERR_IO, "store.lost");
    tx_abort(&tx);
    EXPECT_STR(get(s, &a, S("name")), S("kept"));

    /* Between two transactions nobody notices. */
    end_connections(place);
    EXPECT_STR(get(s, &a, S("name")), S("kept"));
}

ONE_STORE_TEST(a_connection_lost_while_committing_leaves_the_outcome_open,
               false)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(meta_set(tx, S("name"), S("?")));
    end_connections(place);
    EXPECT_ERR(tx_commit(&tx), ERR_IO, "store.unknown");
    tx_abort(&tx);
    EXPECT_STR(get(s, &a, S("name")), S("(none)"));
}

/* --- queries ---------------------------------------------------------- */

/* [ST4] */
EACH_STORE_TEST(every_statement_can_be_prepared)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);

    for (int i = 0; i < SQL_COUNT; i++) {
        scoped(tx_abort) struct tx *tx = NULL;
        scoped(query_end) struct query *q = NULL;

        EXPECT_ROW_OK(sql_name[i], tx_begin(s, &a, TX_WRITE, &tx));
        EXPECT_ROW_OK(sql_name[i], query_begin(tx, (enum sql)i, &q));
    }
}

EACH_STORE_TEST(a_query_says_what_it_did_not_find_or_change)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    scoped(query_end) struct query *q = NULL;
    int64_t n = -1;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(query_begin(tx, SQL_meta_get, &q));
    query_bind_str(q, 1, S("nothing"));
    EXPECT_ERR(query_one(q), ERR_NOT_FOUND, "store.missing");
    query_end(&q);

    EXPECT_OK(query_begin(tx, SQL_job_done, &q));
    query_bind_int(q, 1, 1);
    EXPECT_ERR(query_change_one(q), ERR_CONFLICT, "store.changed");
    query_end(&q);

    EXPECT_OK(query_begin(tx, SQL_job_done, &q));
    query_bind_int(q, 1, 1);
    EXPECT_OK(query_change(q, &n));
    EXPECT(n == 0);
    query_end(&q);
    EXPECT_OK(tx_commit(&tx));
}

EACH_STORE_TEST(two_queries_of_one_name_may_be_open_at_once)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    scoped(query_end) struct query *outer = NULL;
    scoped(query_end) struct query *inner = NULL;

    EXPECT_OK(set(s, &a, S("a"), S("b")));
    EXPECT_OK(set(s, &a, S("b"), S("c")));
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_OK(query_begin(tx, SQL_meta_get, &outer));
    query_bind_str(outer, 1, S("a"));
    EXPECT_OK(query_one(outer));
    EXPECT_OK(query_begin(tx, SQL_meta_get, &inner));
    query_bind_str(inner, 1, query_str(outer, &a, 0));
    EXPECT_OK(query_one(inner));
    EXPECT_STR(query_str(inner, &a, 0), S("c"));
    EXPECT_STR(query_str(outer, &a, 0), S("b"));
}

/* [ST6] */
EACH_STORE_TEST(only_texts_that_both_engines_keep_are_taken)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    static const struct {
        const char *name;
        str value;
        bool good;
    } rows[] = {
        { "empty", S_INIT(""), true },
        { "Chinese", S_INIT("十星级售后服务"), true },
        { "four bytes", S_INIT("\xF0\xA0\xAE\xB7"), true },
        { "blanks and quotes", S_INIT(" ' \" \\ \n\t"), true },
        { "NUL inside", S_INIT("a\0b"), false },
        { "NUL alone", S_INIT("\0"), false },
        { "cut in a character", S_INIT("\xE5\x8D"), false },
        { "overlong", S_INIT("\xC0\x80"), false },
        { "surrogate", S_INIT("\xED\xA0\x80"), false },
        { "Latin-1", S_INIT("caf\xE9"), false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        err e = set(s, &a, S("text"), rows[i].value);
        if (rows[i].good) {
            EXPECT_ROW_OK(rows[i].name, e);
            EXPECT_ROW_STR(rows[i].name, get(s, &a, S("text")), rows[i].value);
        } else {
            EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, "store.text");
        }
    }
}

EACH_STORE_TEST(a_value_beyond_the_limit_is_refused)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    scoped(query_end) struct query *q = NULL;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(query_begin(tx, SQL_log_pending_add, &q));
    query_bind_int(q, 1, 0);
    query_bind_str(q, 2, S("x"));
    /* Refused by its size alone: the bytes are never read. */
    query_bind_bytes(q, 3, "x", (size_t)STORE_VALUE_MAX + 1);
    EXPECT_ERR(query_run(q), ERR_LIMIT, "store.too_big");
}

/* Write a checkpoint row as other values than the program would. */
static const char *const odd_row =
    "INSERT INTO log_pending (id, at, subject, leaf) VALUES"
    " (1, 9223372036854775807, 's', '')";

EACH_STORE_TEST(a_column_that_cannot_be_right_is_corrupt)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    enum { TOO_LARGE, NO_TEXT, NO_BYTES, NO_ID, NO_HASH, NO_DAY, NO_NUMBER };

    (void)store_test_ask(place, &a,
                         place->sqlite ? "INSERT INTO log_pending VALUES"
                                         " (1, 9223372036854775807, 's', x'')"
                                       : odd_row);
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    for (int i = TOO_LARGE; i <= NO_NUMBER; i++) {
        scoped(query_end) struct query *q = NULL;

        EXPECT_OK(query_begin(tx, SQL_log_pending_list, &q));
        query_bind_int(q, 1, 0);
        query_bind_int(q, 2, 1);
        EXPECT_OK(query_one(q));
        EXPECT(query_int(q, 1, 0, INT64_MAX) == INT64_MAX);
        EXPECT_STR(query_bytes(q, &a, 3), S(""));
        EXPECT_OK(query_done(q));
        switch (i) {
        case TOO_LARGE: EXPECT(query_int(q, 1, 0, INT64_MAX - 1) == 0); break;
        case NO_TEXT: EXPECT_STR(query_str(q, &a, 3), S("")); break;
        case NO_BYTES: EXPECT_STR(query_bytes(q, &a, 2), S("")); break;
        case NO_ID: EXPECT(id_is_zero(query_id(q, 3))); break;
        case NO_HASH: EXPECT(query_hash(q, 3).b[0] == 0); break;
        case NO_DAY: EXPECT(query_day(q, 1) == 0); break;
        default: EXPECT(query_int(q, 2, 0, 1) == 0); break;
        }
        EXPECT_ERR(query_done(q), ERR_CORRUPT, "store.column");
        EXPECT(!query_null(q, 1));
    }
}

/* [ST6] The order of lists is the order of bytes, whatever the locale. */
EACH_STORE_TEST(texts_sort_by_their_bytes)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    static const str names[] = { S_INIT("b"), S_INIT("十"),  S_INIT("B"),
                                 S_INIT("a"), S_INIT("A"),   S_INIT("é"),
                                 S_INIT("_"), S_INIT("a b"), S_INIT("ab") };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        EXPECT_OK(set(s, &a, names[i], S("")));
    EXPECT_STR(store_test_ask(place, &a, "SELECT key FROM meta ORDER BY key"),
               S("A\nB\n_\na\na b\nab\nb\né\n十\n"));
}

/* --- integrity -------------------------------------------------------- */

ONE_STORE_TEST(a_damaged_file_does_not_pass_the_check, true)
{
    TEST_ARENA(a, 1 << 20);
    {
        TEST_STORE(s, place, &a);
        EXPECT_OK(set(s, &a, S("name"), S("x")));
    }
    /* The file now has all its pages; spoil one in the middle. */
    int fd = open(place->where_text + strlen("sqlite:"), O_WRONLY);
    char noise[4096];
    memset(noise, 0x5A, sizeof noise);
    EXPECT(pwrite(fd, noise, sizeof noise, 32768) == sizeof noise);
    close(fd);

    struct heap h = HEAP_LIBC;
    scoped(store_close) struct store *s = NULL;
    EXPECT_OK(store_open(&h, &a, place->where, &s));
    EXPECT_ERR(store_integrity(s, &a), ERR_CORRUPT, "store.corrupt");
}

/* --- memory ----------------------------------------------------------- */

static err write_and_read(struct heap *h, void *context)
{
    const struct store_place *place = (const struct store_place *)context;
    scoped(arena_end) struct arena a;
    scoped(store_close) struct store *s = NULL;
    scoped(tx_abort) struct tx *tx = NULL;
    str got;
    bool found;

    arena_init(&a, h, 1 << 20);
    TRY(store_open(h, &a, place->where, &s));
    TRY(store_migrate(s, &a));
    TRY(tx_begin(s, &a, TX_WRITE, &tx));
    TRY(meta_set(tx, S("name"), S("value")));
    TRY(tx_commit(&tx));
    TRY(tx_begin(s, &a, TX_READ, &tx));
    TRY(meta_get(tx, &a, S("name"), &got, &found));
    return tx_commit(&tx);
}

EACH_STORE_TEST(running_out_of_memory_is_only_an_error)
{
    struct store_place copy = *place;
    TEST_ARENA(a, 1 << 20);

    copy.where = str_of(copy.where_text);
    {
        TEST_STORE(s, place, &a); /* migrated once, before */
    }
    EXPECT(test_every_allocation_fails(write_and_read, NULL, &copy) > 2);
}
