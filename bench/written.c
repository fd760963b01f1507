#include "written.h"

#include "measure.h"
#include "raw.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { TABLES_MOST = 64, COLUMNS_MOST = 40, SQL_MOST = 1000 };

/* A table's rows, one after the other, in memory. */
struct table {
    char name[100];
    sqlite3_stmt *put;
    int columns;
    sqlite3_value **values; /* `columns` a row */
    int64_t rows;
};

struct writing {
    sqlite3 *db;
    struct table tables[TABLES_MOST];
    size_t n;
};

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;

    must(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, sql);
    return s;
}

static sqlite3 *open_db(const char *path)
{
    sqlite3 *db = NULL;

    must(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                         NULL) == SQLITE_OK,
         "there is no database");
    return db;
}

void written_copy(const char *path, const char *copy)
{
    char sql[SQL_MOST];
    sqlite3 *db = open_db(path);

    (void)remove(copy);
    (void)snprintf(sql, sizeof sql, "VACUUM INTO '%s'", copy);
    raw_tell(db, sql);
    must(sqlite3_close(db) == SQLITE_OK, "the database does not close");
    db = open_db(copy);
    raw_tell(db, "PRAGMA journal_mode = WAL");
    must(sqlite3_close(db) == SQLITE_OK, "the copy does not close");
}

/* --- what is put [WR1] ------------------------------------------------- */

static void keep_row(struct table *t, sqlite3_stmt *s)
{
    size_t size = (size_t)t->columns * sizeof *t->values;
    size_t rows = (size_t)t->rows;

    if ((rows & (rows - 1)) == 0) { /* full: as many again */
        t->values = realloc(t->values, (rows == 0 ? 1 : 2 * rows) * size);
        must(t->values != NULL, "memory");
    }
    for (int i = 0; i < t->columns; i++)
        t->values[t->rows * t->columns + i] =
            sqlite3_value_dup(sqlite3_column_value(s, i));
    t->rows++;
}

static void read_rows(sqlite3 *db, struct table *t)
{
    char sql[SQL_MOST];

    (void)snprintf(sql, sizeof sql,
                   "SELECT * FROM ours.%s EXCEPT SELECT * FROM main.%s",
                   t->name, t->name);
    sqlite3_stmt *s = prepare(db, sql);
    t->columns = sqlite3_column_count(s);
    must(t->columns <= COLUMNS_MOST, "a table has too many columns");
    while (sqlite3_step(s) == SQLITE_ROW)
        keep_row(t, s);
    sqlite3_finalize(s);
}

static void prepare_put(sqlite3 *db, struct table *t)
{
    char sql[SQL_MOST];
    int n =
        snprintf(sql, sizeof sql, "REPLACE INTO main.%s VALUES (?", t->name);

    for (int i = 1; i < t->columns; i++)
        n += snprintf(sql + n, sizeof sql - (size_t)n, ",?");
    (void)snprintf(sql + n, sizeof sql - (size_t)n, ")");
    t->put = prepare(db, sql);
}

static void read_tables(struct writing *w)
{
    sqlite3_stmt *names = prepare(w->db, "SELECT name FROM ours.sqlite_master"
                                         " WHERE type = 'table'"
                                         " AND name NOT LIKE 'sqlite%'");

    while (sqlite3_step(names) == SQLITE_ROW) {
        struct table *t = &w->tables[w->n++];

        must(w->n < TABLES_MOST, "there are too many tables");
        (void)snprintf(t->name, sizeof t->name, "%s",
                       (const char *)sqlite3_column_text(names, 0));
        read_rows(w->db, t);
        prepare_put(w->db, t);
    }
    sqlite3_finalize(names);
}

/* As src/store/sqlite.c sets a connection up, but for [WR2]. */
static void begin(struct writing *w, const char *path, const char *before)
{
    char sql[SQL_MOST];

    w->db = open_db(before);
    (void)snprintf(sql, sizeof sql, "ATTACH '%s' AS ours", path);
    raw_tell(w->db, sql);
    read_tables(w);
    raw_tell(w->db, "PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON;"
                    "PRAGMA cache_size = -8192");
}

static void end(struct writing *w)
{
    for (size_t i = 0; i < w->n; i++) {
        struct table *t = &w->tables[i];

        for (int64_t v = 0; v < t->rows * t->columns; v++)
            sqlite3_value_free(t->values[v]);
        free(t->values);
        sqlite3_finalize(t->put);
    }
    must(sqlite3_close(w->db) == SQLITE_OK, "the copy does not close");
}

/* --- putting it -------------------------------------------------------- */

static void put_row(const struct table *t, int64_t row)
{
    for (int i = 0; i < t->columns; i++)
        sqlite3_bind_value(t->put, i + 1, t->values[row * t->columns + i]);
    must(sqlite3_step(t->put) == SQLITE_DONE, "a row cannot be put");
    sqlite3_reset(t->put);
}

static void put_group(struct writing *w, int64_t group, int64_t groups)
{
    raw_tell(w->db, "BEGIN IMMEDIATE");
    for (size_t i = 0; i < w->n; i++) {
        const struct table *t = &w->tables[i];

        for (int64_t r = t->rows * group / groups;
             r < t->rows * (group + 1) / groups; r++)
            put_row(t, r);
    }
    raw_tell(w->db, "COMMIT");
}

struct written written_again(const char *path, const char *before,
                             int64_t groups)
{
    struct writing w = { 0 };
    struct written made = { 0 };

    begin(&w, path, before);
    for (size_t i = 0; i < w.n; i++)
        made.rows += w.tables[i].rows;
    made.seconds = -seconds_now();
    made.cpu = -seconds_of_cpu();
    for (int64_t g = 0; g < groups; g++)
        put_group(&w, g, groups);
    made.seconds += seconds_now();
    made.cpu += seconds_of_cpu();
    end(&w);
    return made;
}
