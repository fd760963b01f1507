#include "store/store_test_env.h"

#include "base/buf.h"
#include "store/test_cluster.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ANSWER_MAX = 1 << 20 };

static bool complain(const char *what)
{
    test_fail(__FILE__, __LINE__, NULL, what);
    return false;
}

/* --- places ----------------------------------------------------------- */

static void use_where(struct store_place *p)
{
    p->where = str_of(p->where_text);
}

static bool new_schema(struct store_place *p, int n)
{
    TEST_ARENA(a, ANSWER_MAX);
    char sql[40];
    const char *socket = test_cluster_socket();

    if (socket == NULL)
        return complain("PostgreSQL to start");
    (void)snprintf(p->where_text, sizeof p->where_text,
                   "postgres:host=%s user=postgres dbname=postgres"
                   " options='-c search_path=t%d'",
                   socket, n);
    use_where(p);
    (void)snprintf(sql, sizeof sql, "CREATE SCHEMA t%d", n);
    (void)store_test_ask(p, &a, sql);
    return !test_failing();
}

bool store_place_new(bool sqlite, struct store_place *out)
{
    static int made;
    const char *base = test_cluster_folder();

    if (base == NULL)
        return complain("a temporary folder");
    *out = (struct store_place){ .sqlite = sqlite };
    (void)snprintf(out->folder, sizeof out->folder, "%s/%d", base, ++made);
    if (mkdir(out->folder, 0700) != 0)
        return complain("a folder for the test");
    if (!sqlite)
        return new_schema(out, made);
    (void)snprintf(out->where_text, sizeof out->where_text,
                   "sqlite:%s/store.db", out->folder);
    use_where(out);
    return true;
}

/* The loop for work asks for one engine only; nothing said, both are tried. */
static bool asked_for(const char *engine)
{
    const char *only = getenv("TENSTAR_TEST_ENGINE");

    return only == NULL || strcmp(only, engine) == 0;
}

void store_test_each(store_test_body *body)
{
    static const struct {
        const char *name;
        bool sqlite;
    } engines[] = { { "SQLite", true }, { "PostgreSQL", false } };

    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        bool before = test_failing();
        struct store_place place;

        if (!asked_for(engines[i].name))
            continue;
        if (store_place_new(engines[i].sqlite, &place))
            body(&place);
        if (test_failing() && !before)
            fprintf(stderr, "    on %s\n", engines[i].name);
    }
}

err store_test_open(const struct store_place *place, struct heap *h,
                    struct arena *a, struct store **out)
{
    scoped(store_close) struct store *s = NULL;

    TRY(store_open(h, a, place->where, &s));
    TRY(store_migrate(s, a));
    *out = s;
    s = NULL;
    return OK;
}

/* --- questions of the test's own -------------------------------------- */

static int add_row(void *into, int n, char **values, char **)
{
    struct buf *b = (struct buf *)into;

    for (int i = 0; i < n; i++) {
        if (i > 0)
            buf_char(b, '|');
        buf_str(b, str_of(values[i]));
    }
    buf_char(b, '\n');
    return 0;
}

static void ask_sqlite(const char *path, const char *sql, struct buf *b)
{
    sqlite3 *db = NULL;

    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_busy_timeout(db, 1000) != SQLITE_OK ||
        sqlite3_exec(db, sql, add_row, b, NULL) != SQLITE_OK)
        (void)complain(sqlite3_errmsg(db));
    (void)sqlite3_close(db);
}

static void ask_postgres(const char *conninfo, const char *sql, struct buf *b)
{
    PGconn *db = PQconnectdb(conninfo);
    PGresult *r = PQexec(db, sql);
    ExecStatusType status = PQresultStatus(r);

    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        (void)complain(PQerrorMessage(db));
    for (int row = 0; row < PQntuples(r); row++) {
        for (int i = 0; i < PQnfields(r); i++) {
            if (i > 0)
                buf_char(b, '|');
            buf_str(b, str_of(PQgetvalue(r, row, i)));
        }
        buf_char(b, '\n');
    }
    PQclear(r);
    PQfinish(db);
}

str store_test_ask(const struct store_place *place, struct arena *a,
                   const char *sql)
{
    struct buf b;
    str out = S("");
    const char *rest = strchr(place->where_text, ':') + 1;

    buf_init(&b, a, ANSWER_MAX);
    if (place->sqlite)
        ask_sqlite(rest, sql, &b);
    else
        ask_postgres(rest, sql, &b);
    if (failed(buf_done(&b, &out)))
        (void)complain("the answer to fit");
    return out;
}

int64_t store_test_number(str text)
{
    int64_t n = 0;
    size_t i = 0;

    while (i < text.n && i < 18 && text.p[i] >= '0' && text.p[i] <= '9')
        n = n * 10 + (text.p[i++] - '0');
    if (i == 0)
        (void)complain("a number");
    return n;
}

int64_t store_test_count(const struct store_place *place, const char *sql)
{
    TEST_ARENA(a, (size_t)2 * ANSWER_MAX);

    return store_test_number(store_test_ask(place, &a, sql));
}

/* --- the file of a store on SQLite ------------------------------------ */

const char *store_test_path(const struct store_place *place)
{
    return place->where_text + strlen("sqlite:");
}

void store_test_take_away(const struct store_place *place, const char *ending)
{
    char path[PLACE_WHERE + 8];

    (void)snprintf(path, sizeof path, "%s%s", store_test_path(place), ending);
    (void)unlink(path);
}

void store_test_lay(const struct store_place *place, str bytes)
{
    FILE *f;

    store_test_take_away(place, "-wal");
    store_test_take_away(place, "-shm");
    f = fopen(store_test_path(place), "wb");
    EXPECT(f != NULL && fwrite(bytes.p, 1, bytes.n, f) == bytes.n);
    EXPECT(f != NULL && fclose(f) == 0);
}
