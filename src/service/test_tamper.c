#include "service/test_tamper.h"

#include "base/buf.h"
#include "base/size.h"
#include "service/check.h"
#include "service/sequence.h"

enum { ARENA = 4 << 20, SQL_MAX = 1 << 14 };

/* Those first that others refer to. */
static const char *const tables[] = {
    "stream",         "journal",        "command",         "refusal",
    "counter",        "blob",           "enterprise",      "person",
    "relation",       "scheme_package", "scheme_file",     "case_view",
    "booking",        "certificate",    "sub_certificate", "former_holder",
    "credential",     "log_pending",    "log_entry",       "log_node",
    "log_checkpoint",
};

static void run(struct issue *at, struct buf *sql)
{
    str text = S("");

    buf_char(sql, '\0');
    EXPECT_OK(buf_done(sql, &text));
    (void)office_ask(&at->office, text.p);
}

static void add(struct buf *sql, const char *before, const char *table,
                const char *after)
{
    buf_str(sql, str_of(before));
    buf_str(sql, str_of(table));
    buf_str(sql, str_of(after));
}

static void keep(struct issue *at)
{
    TEST_ARENA(a, ARENA);
    struct buf sql;

    EXPECT_OK(issue_take_anchor(at));
    buf_init(&sql, &a, SQL_MAX);
    for (size_t i = 0; i < COUNT(tables); i++) {
        add(&sql, "CREATE TABLE kept_", tables[i], " AS SELECT * FROM ");
        add(&sql, "", tables[i], ";");
    }
    run(at, &sql);
}

void tamper_mend(struct issue *at)
{
    TEST_ARENA(a, ARENA);
    struct buf sql;

    buf_init(&sql, &a, SQL_MAX);
    buf_str(&sql, S("BEGIN;"));
    for (size_t i = COUNT(tables); i-- > 0;)
        add(&sql, "DELETE FROM ", tables[i], ";");
    for (size_t i = 0; i < COUNT(tables); i++) {
        add(&sql, "INSERT INTO ", tables[i], " SELECT * FROM kept_");
        add(&sql, "", tables[i], ";");
    }
    buf_str(&sql, S("COMMIT;"));
    run(at, &sql);
    issue_lay_anchor(at);
}

static err issue_only(struct issue *at)
{
    struct heap h = HEAP_LIBC;
    struct file_ops files = FILE_SYSTEM;
    scoped(desk_leave) struct desk d = { 0 };
    struct case_answer answer;

    TRY(desk_take(&d, at, &h, &files, APP_WRITE));
    return desk_issue(&d, (id){ { 1 } }, &answer);
}

bool tamper_begin(struct issue *at, const struct store_place *place)
{
    if (!issue_begin(at, place) || !EXPECT_OK(issue_only(at)))
        return false;
    keep(at);
    return !test_failing();
}

void tamper_end(struct issue *at)
{
    TEST_ARENA(a, ARENA);
    struct buf sql;

    buf_init(&sql, &a, SQL_MAX);
    for (size_t i = 0; i < COUNT(tables); i++)
        add(&sql, "DROP TABLE IF EXISTS kept_", tables[i], ";");
    run(at, &sql);
    issue_end(at);
}

/* --- one row ---------------------------------------------------------- */

static bool says(err e, str text)
{
    if (!failed(e))
        return false;
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (str_eq(g->text, text))
            return true;
    }
    return false;
}

static int64_t event_of(err e)
{
    if (!failed(e))
        return 0;
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, "event") == 0)
            return g->number;
    }
    return 0;
}

static int64_t ask(const struct issue *at, const char *sql)
{
    return office_count(&at->office, sql);
}

static int64_t wanted_event(const struct issue *at, const struct tampering *t)
{
    if (t->event < EVENT_LAST)
        return t->event;
    return t->event - EVENT_LAST +
           ask(at, "SELECT version FROM kept_stream WHERE kind = 'case'");
}

static void expect_found(struct desk *d, const struct tampering *t)
{
    struct check_counts counts = { .streams = -1 };
    err e = check_all(d->app, &d->arena, &counts);

    EXPECT_ROW_ERR(t->why, e, ERR_CORRUPT, t->found);
    EXPECT_ROW(t->why, t->where == NULL || says(e, str_of(t->where)));
    EXPECT_ROW(t->why, event_of(e) == wanted_event(d->at, t));
    EXPECT_ROW(t->why, counts.streams == -1);
}

/* A certificate is issued once: where nothing is wrong, a rule says no. */
static void expect_command(struct desk *d, const struct tampering *t)
{
    struct case_answer answer;
    err e = desk_issue(d, (id){ { 2 } }, &answer);

    if (t->command == NULL)
        EXPECT_ROW_ERR(t->why, e, ERR_REFUSED, "rights.stage");
    else
        EXPECT_ROW_ERR(t->why, e, ERR_CORRUPT, t->command);
}

static int64_t logged(const struct desk *d)
{
    return ask(d->at, "SELECT (SELECT count(*) FROM log_entry)"
                      " + (SELECT count(*) FROM log_checkpoint)");
}

/* [SQ3] A sequencer that begins now signs nothing. */
static void expect_reading(struct desk *d, const struct tampering *t)
{
    struct sequencer s = { .app = d->app };
    int64_t before = logged(d);
    int64_t size = -1;

    EXPECT_ROW_ERR(t->why, sequence_turn(&s, &d->arena, &size), ERR_CORRUPT,
                   t->found);
    EXPECT_ROW(t->why, !s.sound && size == -1 && logged(d) == before);
}

/* [SQ2] Nothing gets an index, and nothing is signed. */
static void expect_signing(struct desk *d, const struct tampering *t)
{
    int64_t before = logged(d);
    err e = desk_sequence(d);

    if (t->signing == NULL) {
        EXPECT_ROW_OK(t->why, e);
        return;
    }
    EXPECT_ROW_ERR(t->why, e, ERR_CORRUPT, t->signing);
    EXPECT_ROW(t->why, logged(d) == before);
}

static void tamper(struct issue *at, const struct tampering *t)
{
    (void)office_ask(&at->office, t->sql);
    {
        TEST_DESK(d, at, APP_WRITE);

        expect_found(&d, t);
        expect_reading(&d, t);
        expect_command(&d, t);
        expect_signing(&d, t);
    }
    tamper_mend(at);
}

/* So that the rows mean something: without tampering nothing is found, and
 * everything goes on. */
static void expect_sound(struct issue *at)
{
    static const struct tampering none = { .why = "nothing was done" };
    struct check_counts counts;
    TEST_DESK(d, at, APP_WRITE);

    EXPECT_OK(check_all(d.app, &d.arena, &counts));
    expect_command(&d, &none);
    expect_signing(&d, &none);
    EXPECT_OK(check_all(d.app, &d.arena, &counts));
}

void tamper_with_each(const struct store_place *place,
                      const struct tampering *rows, size_t n)
{
    TEST_TAMPER(at, place);

    for (size_t i = 0; i < n; i++)
        tamper(&at, &rows[i]);
    expect_sound(&at);
}
