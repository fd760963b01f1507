#include "base/arena.h"
#include "base/size.h"
#include "store/engine.h"
#include "store/store_test_env.h"

/* Step 0 as the program has it, and steps of our own after it. */
static const struct migration one = { 1, "one", "sha-one",
                                      "CREATE TABLE one (a bigint);" };
static const struct migration two = { 2, "two", "sha-two",
                                      "CREATE TABLE two (b bigint);"
                                      "INSERT INTO two (b) VALUES (2);" };
static const struct migration broken = { 2, "broken", "sha-broken",
                                         "CREATE TABLE three (c bigint);"
                                         "INSERT INTO nowhere VALUES (1);" };
static const struct migration edited = { 1, "one", "another-sha",
                                         "CREATE TABLE one (a bigint);" };
static const struct migration renamed = { 1, "uno", "sha-one",
                                          "CREATE TABLE one (a bigint);" };

static err open_empty(const struct store_place *place, struct heap *h,
                      struct arena *a, struct store **out)
{
    return store_open(h, a, place->where, out);
}

/* Run step 0 and `n` of `steps` over a place. */
static err run(const struct store_place *place, struct arena *a,
               const struct migration *steps, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(store_close) struct store *s = NULL;
    struct migration all[4];

    TRY(open_empty(place, &h, a, &s));
    all[0] = s->engine->steps[0];
    for (size_t i = 0; i < n; i++)
        all[i + 1] = steps[i];
    return store_migrate_by(s, a, all, n + 1);
}

EACH_STORE_TEST(steps_run_once_and_in_order)
{
    TEST_ARENA(a, 1 << 20);
    const struct migration both[] = { one, two };

    EXPECT_OK(run(place, &a, both, 1));
    EXPECT(store_test_count(place, "SELECT max(number) FROM migration") == 1);
    EXPECT_OK(run(place, &a, both, 2));
    EXPECT_OK(run(place, &a, both, 2));
    EXPECT(store_test_count(place, "SELECT count(*) FROM two") == 1);
    EXPECT_STR(store_test_ask(place, &a,
                              "SELECT * FROM migration ORDER BY number"),
               S("1|one|sha-one\n2|two|sha-two\n"));
}

/* [MG1] */
EACH_STORE_TEST(a_step_that_fails_leaves_nothing_and_keeps_those_before)
{
    TEST_ARENA(a, 1 << 20);
    const struct migration bad[] = { one, broken };
    const struct migration good[] = { one, two };

    EXPECT_ERR(run(place, &a, bad, 2), ERR_IO, "store.io");
    EXPECT(store_test_count(place, "SELECT max(number) FROM migration") == 1);
    EXPECT_OK(run(place, &a, good, 2));
    EXPECT(store_test_count(place, "SELECT count(*) FROM two") == 1);
}

EACH_STORE_TEST(a_schema_that_is_not_ours_is_refused)
{
    TEST_ARENA(a, 1 << 20);
    const struct migration both[] = { one, two };
    const struct migration changed[] = { edited, two };
    const struct migration named[] = { renamed, two };

    EXPECT_OK(run(place, &a, both, 2));
    EXPECT_ERR(run(place, &a, both, 1), ERR_CORRUPT, "store.newer");
    EXPECT_ERR(run(place, &a, changed, 2), ERR_CORRUPT, "store.step_changed");
    EXPECT_ERR(run(place, &a, named, 2), ERR_CORRUPT, "store.step_changed");
    (void)store_test_ask(place, &a, "DELETE FROM migration WHERE number = 1");
    EXPECT_ERR(run(place, &a, both, 2), ERR_CORRUPT, "store.step_changed");
    EXPECT(store_test_count(place, "SELECT count(*) FROM two") == 1);
}

/* Everything the catalogue says of the schema, in a fixed order. */
static str schema_of(const struct store_place *place, struct arena *a)
{
    if (place->sqlite)
        return store_test_ask(place, a,
                              "SELECT type, name, tbl_name, sql"
                              "  FROM sqlite_master ORDER BY type, name");
    return store_test_ask(
        place, a,
        "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod),"
        "       a.attnotnull, a.attcollation::regcollation, a.attidentity"
        "  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " WHERE c.relnamespace = current_schema()::regnamespace"
        "   AND a.attnum > 0"
        " UNION ALL"
        " SELECT conrelid::regclass::text, conname,"
        "        pg_get_constraintdef(oid), false, 0::regcollation, ' '"
        "  FROM pg_constraint"
        " WHERE connamespace = current_schema()::regnamespace"
        " UNION ALL"
        " SELECT tablename, indexname,"
        "        replace(indexdef, current_schema(), 'x'), false,"
        "        0::regcollation, ' '"
        "  FROM pg_indexes WHERE schemaname = current_schema()"
        " ORDER BY 1, 2, 3");
}

/* From every step that was ever the newest, the newest schema comes out as if
 * made at once. */
EACH_STORE_TEST(every_way_to_the_newest_schema_ends_in_the_same)
{
    TEST_ARENA(a, 16 << 20);
    struct heap h = HEAP_LIBC;
    str fresh;
    size_t steps;
    {
        TEST_STORE(s, place, &a);
        steps = *s->engine->step_count;
        fresh = schema_of(place, &a);
        EXPECT(fresh.n > 1000);
    }
    for (size_t n = 2; n < steps; n++) {
        scoped(store_close) struct store *s = NULL;
        struct store_place other;

        EXPECT(store_place_new(place->sqlite, &other));
        EXPECT_OK(store_open(&h, &a, other.where, &s));
        EXPECT_OK(store_migrate_by(s, &a, s->engine->steps, n));
        EXPECT(!str_eq(schema_of(&other, &a), fresh));
        EXPECT_OK(store_migrate(s, &a));
        EXPECT_STR(schema_of(&other, &a), fresh);
    }
}

/* A row of each table that a later step makes anew. */
static const char *const filled_sqlite =
    "INSERT INTO enterprise VALUES (randomblob(16), 'U', 'n', '', NULL, '', '',"
    "                               '', '', '', '', '');"
    "INSERT INTO scheme_package VALUES (randomblob(32), 's', '1', 1);"
    "INSERT INTO case_view"
    " SELECT e.id, 'C1', e.id, 's', p.hash, 11, 2, 'ten', 1, NULL, 0, NULL, 7"
    "   FROM enterprise e, scheme_package p;"
    "INSERT INTO certificate"
    " SELECT 'N1', e.id, NULL, e.id, 'h', 'U', 's', 'c', 'ten', 20, 1, 2, 3, 4,"
    "        4, 5, 'zh', 'en', 6, 7, p.hash, 8"
    "   FROM enterprise e, scheme_package p";
static const char *const filled_postgres =
    "INSERT INTO enterprise VALUES (decode(repeat('e1', 16), 'hex'), 'U', 'n',"
    "                               '', NULL, '', '', '', '', '', '', '');"
    "INSERT INTO scheme_package"
    " VALUES (decode(repeat('5c', 32), 'hex'), 's', '1', 1);"
    "INSERT INTO case_view"
    " SELECT e.id, 'C1', e.id, 's', p.hash, 11, 2, 'ten', 1, NULL, 0, NULL, 7"
    "   FROM enterprise e, scheme_package p;"
    "INSERT INTO certificate"
    " SELECT 'N1', e.id, NULL, e.id, 'h', 'U', 's', 'c', 'ten', 20, 1, 2, 3, 4,"
    "        4, 5, 'zh', 'en', 6, 7, p.hash, 8"
    "   FROM enterprise e, scheme_package p";

/* The columns there were then: later steps add more. */
#define CASES_THEN                                                             \
    "SELECT id, number, enterprise, scheme_id, scheme_hash, stage, status,"    \
    "       wanted, opened, due, due_provisional, certificate, version"        \
    "  FROM case_view"

EACH_STORE_TEST(what_was_stored_outlives_the_steps_that_come_after)
{
    enum {
        FILLED_AFTER = 8
    }; /* the newest step when these rows were written */
    TEST_ARENA(a, 1 << 20);
    struct heap h = HEAP_LIBC;
    scoped(store_close) struct store *s = NULL;
    str before[2];

    EXPECT_OK(store_open(&h, &a, place->where, &s));
    EXPECT_OK(store_migrate_by(s, &a, s->engine->steps, FILLED_AFTER + 1));
    (void)store_test_ask(place, &a,
                         place->sqlite ? filled_sqlite : filled_postgres);
    before[0] = store_test_ask(place, &a, CASES_THEN);
    before[1] = store_test_ask(place, &a, "SELECT * FROM certificate");
    EXPECT(before[0].n > 0 && before[1].n > 0);
    EXPECT_OK(store_migrate(s, &a));
    EXPECT_STR(store_test_ask(place, &a, CASES_THEN), before[0]);
    EXPECT_STR(store_test_ask(place, &a, "SELECT * FROM certificate"),
               before[1]);
}

TEST(both_engines_know_the_same_steps)
{
    EXPECT(sqlite_migration_count == postgres_migration_count);
    for (size_t i = 0; i < sqlite_migration_count; i++)
        EXPECT_STR(str_of(sqlite_migrations[i].name),
                   str_of(postgres_migrations[i].name));
}

/* The tables and columns of both engines are the same. */
TEST(both_engines_have_the_same_columns)
{
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    str got[2];

    for (int sqlite = 0; sqlite <= 1; sqlite++) {
        scoped(store_close) struct store *s = NULL;
        struct store_place place;

        EXPECT(store_place_new(sqlite != 0, &place));
        if (!EXPECT_OK(store_test_open(&place, &h, &a, &s)))
            return;
        got[sqlite] = store_test_ask(
            &place, &a,
            sqlite != 0
                ? "SELECT m.name, c.name FROM sqlite_master m,"
                  "       pragma_table_info(m.name) c WHERE m.type = 'table'"
                  " ORDER BY 1, 2"
                : "SELECT table_name COLLATE \"C\", column_name COLLATE \"C\""
                  "  FROM information_schema.columns"
                  " WHERE table_schema = current_schema() ORDER BY 1, 2");
    }
    EXPECT_STR(got[0], got[1]);
}
