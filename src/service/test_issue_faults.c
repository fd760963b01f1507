#include "service/test_issue_faults.h"

#include "base/size.h"
#include "crypto/hash.h"
#include "service/check.h"
#include "service/credentials.h"
#include "service/published.h"
#include "service/status_lists.h"
#include "service/test_issue.h"
#include "verify/status_list.h"

#include <stdio.h>
#include <unistd.h>

enum { STORE_MAX = 4 << 20, BLOCK = 1 << 16, NUMBER_MAX = 40, KNOWN_MAX = 6 };

/* An office, and its store as it is before each run. */
struct issue_world {
    struct issue issue;
    struct store_place store; /* of the office, on SQLite */
    str bytes;                /* of the store */
    bool as_was; /* the store is those bytes, and nothing lies beside it */
    bool issued; /* acknowledged, with this number */
    char number[NUMBER_MAX];
    bool sequenced; /* acknowledged */
    /* What the store held after a run, once it was looked at with care. */
    struct hash known[KNOWN_MAX];
    size_t known_count;
};

/* The first of the year, whenever it is issued. */
#define NUMBER "00026SC0001R0S"

static const id COMMAND = { { 0x15, 0x5e } };

/* --- what is done ----------------------------------------------------- */

static err issue_and_sequence(struct heap *h, struct file_ops *files,
                              void *context)
{
    struct issue_world *w = context;
    scoped(desk_leave) struct desk d = { 0 };
    struct case_answer answer;

    TRY(desk_take(&d, &w->issue, h, files, APP_WRITE));
    TRY(desk_issue(&d, COMMAND, &answer));
    w->issued = true;
    memcpy(w->number, answer.certificate.p,
           str_first(answer.certificate, NUMBER_MAX - 1).n);
    TRY(desk_sequence(&d));
    w->sequenced = true;
    return OK;
}

/* --- before ----------------------------------------------------------- */

static void prepare(void *context)
{
    struct issue_world *w = context;

    if (!w->as_was) {
        store_test_lay(&w->store, w->bytes);
        issue_lay_anchor(&w->issue);
    }
    w->issued = false;
    w->sequenced = false;
    memset(w->number, 0, sizeof w->number);
}

/* --- after ------------------------------------------------------------ */

/* What an issued certificate leaves, each counted; and what SQLite says of
 * the file. */
#define TRACES                                                                 \
    "SELECT count(*) FROM certificate;"                                        \
    "SELECT count(*) FROM stream WHERE kind = 'certificate' AND version = 2;"  \
    "SELECT count(*) FROM journal WHERE type = 'certificate.issued';"          \
    "SELECT count(*) FROM journal WHERE type = 'certificate.recorded';"        \
    "SELECT count(*) FROM journal WHERE type = 'credential.signed';"           \
    "SELECT count(*) FROM credential;"                                         \
    "SELECT count(*) FROM case_view WHERE certificate IS NOT NULL;"            \
    "SELECT coalesce(sum(value), 0) FROM counter"                              \
    " WHERE name LIKE 'certificate/%';"                                        \
    "SELECT count(*) FROM command WHERE hex(id) LIKE '155E00%';"               \
    "SELECT (SELECT count(*) FROM log_pending WHERE subject LIKE 'cert%')"     \
    " + (SELECT count(*) FROM log_entry WHERE subject LIKE 'cert%');"          \
    "PRAGMA integrity_check;"                                                  \
    "PRAGMA foreign_key_check;"

/* [IF1] [IF3] Each of them once, or none. */
static void expect_traces(const struct issue_world *w, bool issued)
{
    TEST_ARENA(a, STORE_MAX);

    EXPECT_STR(store_test_ask(&w->store, &a, TRACES),
               issued ? S("1\n1\n1\n1\n1\n1\n1\n1\n1\n2\nok\n")
                      : S("0\n0\n0\n0\n0\n0\n0\n0\n0\n0\nok\n"));
}

/* [IF5] The list that the credential names, and its bit in it: it is in force.
 */
static void expect_listed(struct desk *d)
{
    static const enum status_purpose purposes[] = { STATUS_REVOCATION,
                                                    STATUS_SUSPENSION };
    struct credential_row row = { 0 };
    struct status_list l = { 0 };
    bool set = true;

    EXPECT_OK(credentials_newest(d->app, &d->arena, S(NUMBER), &row));
    for (size_t i = 0; i < COUNT(purposes); i++) {
        const struct status_wish wish = { purposes[i],
                                          row.index / STATUS_LIST_LEAST + 1,
                                          INT64_MAX };
        struct status_list_written made = { 0 };

        EXPECT_OK(status_lists_read(d->app, &d->arena, &wish, &made));
        EXPECT_OK(status_list_read(&d->arena, made.json, &l));
        EXPECT_OK(status_list_bit(&d->arena, &l, row.index % STATUS_LIST_LEAST,
                                  &set));
        EXPECT(!set);
    }
}

/* [IF5] Before it is issued nothing that strangers read knows of it. */
static void expect_unheard_of(struct desk *d)
{
    struct credential_row row;
    struct published_proof proof;

    EXPECT_ERR(credentials_newest(d->app, &d->arena, S(NUMBER), &row),
               ERR_NOT_FOUND, "credential.none");
    EXPECT_ERR(published_proof_of(d->app, &d->arena, S(NUMBER), &proof),
               ERR_NOT_FOUND, "log.no_certificate");
}

/* [IF3] */
static void expect_whole(const struct issue_world *w, bool issued)
{
    struct check_counts counts;
    TEST_DESK(d, &w->issue, APP_READ);

    EXPECT_OK(check_all(d.app, &d.arena, &counts));
    if (issued)
        expect_listed(&d);
    else
        expect_unheard_of(&d);
}

/* [IF4] */
static void expect_goes_on(const struct issue_world *w, bool issued)
{
    struct case_answer answer = { 0 };
    TEST_DESK(d, &w->issue, APP_WRITE);

    EXPECT_OK(desk_issue(&d, COMMAND, &answer));
    EXPECT(answer.repeated == issued);
    EXPECT_STR(answer.certificate, S(NUMBER)); /* none is skipped */
    EXPECT_OK(desk_sequence(&d));
}

/*
 * The hash of all that the store holds: of a copy that SQLite writes anew, row
 * after row.  Clock and entropy stand still, so runs that come equally far
 * leave the same.
 */
static struct hash content(const struct issue_world *w)
{
    TEST_ARENA(a, STORE_MAX);
    struct file_ops machine = FILE_SYSTEM;
    struct hash hash = { { 0 } };
    char sql[PLACE_WHERE + 40];
    char path[PLACE_WHERE + 8];
    str bytes = S("");

    store_test_take_away(&w->store, ".copy");
    (void)snprintf(path, sizeof path, "%s.copy", store_test_path(&w->store));
    (void)snprintf(sql, sizeof sql, "VACUUM INTO '%.250s'", path);
    (void)store_test_ask(&w->store, &a, sql);
    EXPECT_OK(file_read(&machine, &a, str_of(path), STORE_MAX / 4, &bytes));
    sha256(bytes.p, bytes.n, hash.b);
    return hash;
}

static bool is_known(const struct issue_world *w, const struct hash *content)
{
    for (size_t i = 0; i < w->known_count; i++) {
        if (memcmp(&w->known[i], content, sizeof *content) == 0)
            return true;
    }
    return false;
}

/* [IF3] [IF4] What holds the same passes the same. */
static void look_with_care(struct issue_world *w, bool issued)
{
    struct hash now = content(w);

    if (is_known(w, &now))
        return;
    expect_whole(w, issued);
    expect_goes_on(w, issued);
    expect_traces(w, true);
    expect_whole(w, true);
    EXPECT(w->known_count < KNOWN_MAX);
    if (!test_failing())
        w->known[w->known_count++] = now;
}

static void look(const struct fault_run *run, struct issue_world *w)
{
    TEST_ARENA(a, STORE_MAX);
    str rest = store_test_ask(&w->store, &a,
                              "SELECT number, (SELECT count(*) FROM log_entry"
                              "  WHERE subject LIKE 'cert%') FROM certificate");
    bool issued = rest.n > 0;
    str number = str_cut(&rest, '|');

    if (w->issued)
        EXPECT_STR(number, str_of(w->number)); /* [IF2] */
    EXPECT(str_eq(rest, S("2\n")) || !w->sequenced);
    EXPECT(run->failed || w->sequenced);
    expect_traces(w, issued);
    look_with_care(w, issued);
}

static bool is_there(const struct issue_world *w, const char *ending)
{
    char path[PLACE_WHERE + 8];

    (void)snprintf(path, sizeof path, "%s%s", store_test_path(&w->store),
                   ending);
    return access(path, F_OK) == 0;
}

static bool has_these_bytes(FILE *f, str want)
{
    static char block[BLOCK];

    for (;;) {
        size_t n = fread(block, 1, sizeof block, f);

        if (n == 0)
            return want.n == 0;
        if (!str_eq((str){ block, n }, str_first(want, n)))
            return false;
        want = str_from(want, n);
    }
}

/* Is the store, byte for byte, what it was, and nothing beside it? */
static bool is_as_was(const struct issue_world *w)
{
    FILE *f = fopen(store_test_path(&w->store), "rb");
    bool same = f != NULL && has_these_bytes(f, w->bytes);

    EXPECT(f != NULL && fclose(f) == 0);
    return same && !is_there(w, "-wal");
}

/* A store that is as it was has nothing, and was looked at before. */
static void expect_all_or_nothing(const struct fault_run *run, void *context)
{
    struct issue_world *w = context;

    w->as_was = is_as_was(w);
    if (w->as_was)
        EXPECT(run->failed && !w->issued);
    else
        look(run, w);
}

/* --- the world -------------------------------------------------------- */

static bool make(struct issue_world *w, struct arena *a)
{
    struct file_ops machine = FILE_SYSTEM;
    struct store_place place;

    if (!store_place_new(true, &place) || !issue_begin(&w->issue, &place))
        return false;
    w->store = place;
    (void)snprintf(w->store.where_text, sizeof w->store.where_text,
                   "sqlite:%s/body/tenstar.db", place.folder);
    EXPECT_OK(file_read(&machine, a, str_of(store_test_path(&w->store)),
                        STORE_MAX, &w->bytes));
    expect_traces(w, false);
    expect_whole(w, false);
    return !test_failing();
}

struct issue_world *issue_world_new(struct arena *a)
{
    struct issue_world *w = arena_zero(a, sizeof *w);

    EXPECT(w != NULL);
    if (w != NULL && !make(w, a))
        issue_world_end(&w);
    return w;
}

void issue_world_end(struct issue_world **w)
{
    if (*w != NULL)
        issue_end(&(*w)->issue);
    *w = NULL;
}

long fault_issue(struct issue_world *w, enum fault what, long stride)
{
    const struct fault_plan plan = {
        .prepare = prepare,
        .body = issue_and_sequence,
        .check = expect_all_or_nothing,
        .context = w,
        .stride = stride,
    };

    return fault_each(what, &plan);
}
