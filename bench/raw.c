#include "raw.h"

#include "measure.h"

#include <sqlite3.h>
#include <stdatomic.h>

/* --- binding ---------------------------------------------------------- */

static void blob(sqlite3_stmt *s, int n, const void *p, size_t size)
{
    sqlite3_bind_blob64(s, n, p, size, SQLITE_STATIC);
}

static void text(sqlite3_stmt *s, int n, str v)
{
    sqlite3_bind_text64(s, n, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8);
}

static void step(sqlite3_stmt *s)
{
    must(sqlite3_step(s) == SQLITE_DONE, "a statement fails");
    sqlite3_reset(s);
}

void raw_tell(sqlite3 *db, const char *what)
{
    must(sqlite3_exec(db, what, NULL, NULL, NULL) == SQLITE_OK, what);
}

/* --- one command ------------------------------------------------------ */

struct raw {
    sqlite3 *db;
    sqlite3_stmt *advance;
    sqlite3_stmt *add;
    sqlite3_stmt *put;
    sqlite3_stmt *touch;
    sqlite3_stmt *record;
};

/* The n-th command of the plan. */
struct one {
    const struct raw_plan *plan;
    id stream;
    id id;
    int64_t before; /* version of its stream */
    struct hash hash;
    const struct case_row *view;
};

static struct one nth(const struct raw_plan *plan, int64_t n)
{
    size_t i = (size_t)n % plan->stream_count;
    struct one c = {
        .plan = plan,
        .stream = plan->streams[i],
        .before = plan->version + n / (int64_t)plan->stream_count,
        .view = plan->views == NULL ? NULL : &plan->views[i],
    };

    /* Ids and hashes come in no order, as random ones do. */
    uint64_t mixed = ((uint64_t)n + 1) * UINT64_C(0x9e3779b97f4a7c15);
    memcpy(c.id.b, &mixed, sizeof mixed);
    memcpy(c.hash.b, &mixed, sizeof mixed);
    return c;
}

/* Parameters stand in the order of their first appearance. */
static void advance(struct raw *r, const struct one *c)
{
    sqlite3_bind_int64(r->advance, 1, c->before + 1);
    blob(r->advance, 2, c->hash.b, sizeof c->hash.b);
    blob(r->advance, 3, c->stream.b, sizeof c->stream.b);
    sqlite3_bind_int64(r->advance, 4, c->before);
    step(r->advance);
    must(sqlite3_changes(r->db) == 1, "a stream is not where it should be");
}

static void add(struct raw *r, const struct one *c)
{
    blob(r->add, 1, c->stream.b, sizeof c->stream.b);
    sqlite3_bind_int64(r->add, 2, c->before + 1);
    text(r->add, 3, c->plan->type);
    sqlite3_bind_int64(r->add, 4, 0);
    sqlite3_bind_int64(r->add, 5, 0);
    text(r->add, 6, c->plan->body);
    blob(r->add, 7, c->hash.b, sizeof c->hash.b);
    step(r->add);
}

static void put(struct raw *r, const struct one *c)
{
    const struct case_row *v = c->view;

    blob(r->put, 1, v->id.b, sizeof v->id.b);
    text(r->put, 2, v->number);
    blob(r->put, 3, v->enterprise.b, sizeof v->enterprise.b);
    text(r->put, 4, v->scheme_id);
    blob(r->put, 5, v->scheme_hash.b, sizeof v->scheme_hash.b);
    sqlite3_bind_int64(r->put, 6, v->stage);
    sqlite3_bind_int64(r->put, 7, v->status);
    text(r->put, 8, v->wanted);
    sqlite3_bind_int64(r->put, 9, v->opened);
    sqlite3_bind_null(r->put, 10);
    sqlite3_bind_int64(r->put, 11, 0);
    sqlite3_bind_null(r->put, 12);
    sqlite3_bind_int64(r->put, 13, c->before + 1);
    step(r->put);
}

static void touch(struct raw *r, const struct one *c)
{
    sqlite3_bind_int64(r->touch, 1, c->before + 1);
    blob(r->touch, 2, c->view->id.b, sizeof c->view->id.b);
    step(r->touch);
}

static void record(struct raw *r, const struct one *c)
{
    blob(r->record, 1, c->id.b, sizeof c->id.b);
    blob(r->record, 2, c->stream.b, sizeof c->stream.b);
    blob(r->record, 3, c->hash.b, sizeof c->hash.b);
    blob(r->record, 4, c->stream.b, sizeof c->stream.b);
    sqlite3_bind_int64(r->record, 5, c->before + 1);
    text(r->record, 6, c->plan->answer);
    sqlite3_bind_int64(r->record, 7, 0);
    step(r->record);
}

static void carry_out(struct raw *r, const struct one *c)
{
    advance(r, c);
    add(r, c);
    if (c->view != NULL && c->plan->touch)
        touch(r, c);
    else if (c->view != NULL)
        put(r, c);
    record(r, c);
}

/* --- all of them ------------------------------------------------------ */

static sqlite3_stmt *prepare(sqlite3 *db, enum sql which)
{
    sqlite3_stmt *s = NULL;

    must(sqlite3_prepare_v2(db, sql_text[which], -1, &s, NULL) == SQLITE_OK,
         sql_name[which]);
    return s;
}

/* As src/store/sqlite.c sets a connection up. */
static void raw_open(struct raw *r, const char *path)
{
    must(sqlite3_open_v2(path, &r->db,
                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                         NULL) == SQLITE_OK,
         "there is no database");
    raw_tell(r->db, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                    "PRAGMA cell_size_check = ON; PRAGMA cache_size = -8192");
    r->advance = prepare(r->db, SQL_stream_advance);
    r->add = prepare(r->db, SQL_journal_add);
    r->put = prepare(r->db, SQL_case_put);
    r->touch = prepare(r->db, SQL_case_touch);
    r->record = prepare(r->db, SQL_command_add);
}

static void raw_close(struct raw *r)
{
    sqlite3_finalize(r->advance);
    sqlite3_finalize(r->add);
    sqlite3_finalize(r->put);
    sqlite3_finalize(r->touch);
    sqlite3_finalize(r->record);
    must(sqlite3_close(r->db) == SQLITE_OK, "the database does not close");
}

double raw_run(const char *path, const struct raw_plan *plan)
{
    struct raw r = { 0 };
    int64_t done = 0;

    raw_open(&r, path);
    double begin = seconds_now();
    for (int64_t g = 1; g <= plan->groups; g++) {
        raw_tell(r.db, "BEGIN IMMEDIATE");
        for (; done < plan->commands * g / plan->groups; done++) {
            struct one c = nth(plan, done);
            carry_out(&r, &c);
        }
        raw_tell(r.db, "COMMIT");
    }
    double took = seconds_now() - begin;
    raw_close(&r);
    return (double)plan->commands / took;
}

/* --- commits ---------------------------------------------------------- */

static _Atomic int64_t commits;

static int count(void *)
{
    atomic_fetch_add(&commits, 1);
    return 0;
}

static int watch(sqlite3 *db, char **, const struct sqlite3_api_routines *)
{
    (void)sqlite3_commit_hook(db, count, NULL);
    return SQLITE_OK;
}

void raw_count_commits(void)
{
    /* The library takes any function and calls it as what this one is. */
    union {
        int (*ours)(sqlite3 *, char **, const struct sqlite3_api_routines *);
        void (*theirs)(void);
    } entry = { .ours = watch };

    must(sqlite3_auto_extension(entry.theirs) == SQLITE_OK,
         "commits cannot be counted");
}

int64_t raw_commits(void)
{
    return atomic_load(&commits);
}
