#ifndef STORE_STORE_TEST_ENV_H
#define STORE_STORE_TEST_ENV_H

/*
 * store_test_env -- places for tests to keep a store in, on both engines.
 *
 * EACH_STORE_TEST(name) is a TEST that runs once on SQLite and once on
 * PostgreSQL, each time with a fresh, empty place:
 *
 *     EACH_STORE_TEST(a_name_is_kept)
 *     {
 *         TEST_ARENA(a, 1 << 20);
 *         TEST_STORE(s, place, &a);
 *         ..
 *     }
 *
 *   [TE1] One private PostgreSQL cluster a program, made when first needed, on
 *         a Unix socket only, in a temporary folder with everything else.
 *   [TE2] A keeper process stops the server by its own process id and removes
 *         the folder when the program ends, however it ends.
 *   [TE3] A place that cannot be made fails the test.
 */

#include "base/test.h"
#include "store/store.h"

enum { PLACE_FOLDER = 80, PLACE_WHERE = 240 };

struct store_place {
    bool sqlite;               /* else PostgreSQL */
    char folder[PLACE_FOLDER]; /* an empty folder for whatever the test makes */
    char where_text[PLACE_WHERE];
    str where; /* for store_open() */
};

typedef void store_test_body(const struct store_place *place);

/* Run `body` on each engine, or on the one that TENSTAR_TEST_ENGINE names:
 * "SQLite" or "PostgreSQL". */
void store_test_each(store_test_body *body);

/* A fresh place on SQLite or PostgreSQL; false, and the test failed, when it
 * cannot be made. */
bool store_place_new(bool sqlite, struct store_place *out);

#define EACH_STORE_TEST(name)                                                  \
    static void each_##name(const struct store_place *place);                  \
    TEST_ENGINES(name)                                                         \
    {                                                                          \
        store_test_each(each_##name);                                          \
    }                                                                          \
    static void each_##name(const struct store_place *place)

/* Only SQLite, or only PostgreSQL: for what the other does not have. */
#define ONE_STORE_TEST(name, on_sqlite)                                        \
    static void one_##name(const struct store_place *place);                   \
    TEST(name)                                                                 \
    {                                                                          \
        struct store_place only;                                               \
        if (store_place_new((on_sqlite), &only))                               \
            one_##name(&only);                                                 \
    }                                                                          \
    static void one_##name(const struct store_place *place)

/* A store that is open and migrated until the scope ends; on failure the test
 * fails and returns. */
#define TEST_STORE(name, place, arena)                                         \
    struct heap name##_heap_ = HEAP_LIBC;                                      \
    scoped(store_close) struct store *name = NULL;                             \
    if (!EXPECT_OK(store_test_open((place), &name##_heap_, (arena), &name)))   \
    return

/* store_open() and store_migrate(). */
err store_test_open(const struct store_place *place, struct heap *h,
                    struct arena *a, struct store **out);

/*
 * Run SQL of the test's own over a connection of its own and return the rows,
 * columns parted by '|' and rows ended by '\n'; what went wrong is shown and
 * fails the test.
 */
str store_test_ask(const struct store_place *place, struct arena *a,
                   const char *sql);

/* The whole number that `text` begins with; fails the test when it is none. */
int64_t store_test_number(str text);

/* The number that `sql` gives. */
int64_t store_test_count(const struct store_place *place, const char *sql);

/* --- the file of a store on SQLite ---------------------------------------- */

const char *store_test_path(const struct store_place *place);

/* Remove the file beside it of this ending, "-wal"; none may be there. */
void store_test_take_away(const struct store_place *place, const char *ending);

/* Make it these bytes, with nothing of SQLite's beside it. */
void store_test_lay(const struct store_place *place, str bytes);

#endif
