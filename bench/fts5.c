#include "fts5.h"

#include "measure.h"

#include "codec/utf8.h"
#include "search/fold.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MOST = SEARCH_NAME_MAX * 4 };

struct fts5 {
    sqlite3 *db;
    sqlite3_stmt *find;
    const struct made_names *names;
};

/* A tokenizer needs no state. */
static int create(void *, const char **, int, Fts5Tokenizer **out)
{
    static char none;

    *out = (Fts5Tokenizer *)(void *)&none;
    return SQLITE_OK;
}

static void end(Fts5Tokenizer *)
{
}

/* Two characters from each place; the last one by itself, of a query only when
 * there is no other. */
static int tokenize(Fts5Tokenizer *, void *context, int flags, const char *text,
                    int n,
                    int (*token)(void *, int, const char *, int, int, int))
{
    str s = { text, (size_t)n };
    int rc = SQLITE_OK;

    for (size_t at = 0; at < s.n && rc == SQLITE_OK;) {
        str two = utf8_first(str_from(s, at), 2);
        str one = utf8_first(two, 1);

        if ((flags & FTS5_TOKENIZE_QUERY) == 0 || two.n > one.n || at == 0)
            rc = token(context, 0, two.p, (int)two.n, (int)at,
                       (int)(at + two.n));
        at += one.n;
    }
    return rc;
}

static void good(const struct fts5 *f, int rc)
{
    must(rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW,
         sqlite3_errmsg(f->db));
}

static void add_tokenizer(struct fts5 *f)
{
    fts5_tokenizer pairs = { create, end, tokenize };
    sqlite3_stmt *s = NULL;
    fts5_api *api = NULL;

    good(f, sqlite3_prepare_v2(f->db, "SELECT fts5(?1)", -1, &s, NULL));
    good(f, sqlite3_bind_pointer(s, 1, (void *)&api, "fts5_api_ptr", NULL));
    good(f, sqlite3_step(s));
    good(f, sqlite3_finalize(s));
    must(api != NULL, "SQLite has no FTS5");
    good(f, api->xCreateTokenizer(api, "pairs", NULL, &pairs, NULL));
}

/* The folded text, of UTF-8. */
static int folded(str name, char out[TEXT_MOST])
{
    uint16_t units[SEARCH_NAME_MAX];
    size_t at = 0;
    size_t n;

    must(fold_name(name, units, SEARCH_NAME_MAX, &n), "a name is no text");
    for (size_t i = 0; i < n; i++)
        at += utf8_write(units[i], out + at);
    return (int)at;
}

static void run(const struct fts5 *f, const char *sql)
{
    char *why = NULL;

    must(sqlite3_exec(f->db, sql, NULL, NULL, &why) == SQLITE_OK,
         why == NULL ? "SQLite" : why);
}

static void fill(struct fts5 *f)
{
    sqlite3_stmt *s = NULL;
    char text[TEXT_MOST];

    run(f, "BEGIN");
    good(f, sqlite3_prepare_v2(f->db, "INSERT INTO t(rowid, name) VALUES(?,?)",
                               -1, &s, NULL));
    for (size_t i = 0; i < f->names->n; i++) {
        int n = folded(f->names->documents[i].name, text);

        good(f, sqlite3_bind_int64(s, 1, (sqlite3_int64)i));
        good(f, sqlite3_bind_text(s, 2, text, n, SQLITE_STATIC));
        good(f, sqlite3_step(s));
        good(f, sqlite3_reset(s));
    }
    good(f, sqlite3_finalize(s));
    run(f, "COMMIT; INSERT INTO t(t) VALUES('optimize')");
}

struct fts5 *fts5_make(const struct made_names *names)
{
    struct fts5 *f = calloc(1, sizeof *f);

    must(f != NULL, "no memory");
    f->names = names;
    must(sqlite3_open_v2(":memory:", &f->db,
                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                             SQLITE_OPEN_NOMUTEX,
                         NULL) == SQLITE_OK,
         "SQLite cannot be opened");
    add_tokenizer(f);
    run(f, "CREATE VIRTUAL TABLE t USING fts5(name, content='', "
           "tokenize='pairs')");
    fill(f);
    good(f, sqlite3_prepare_v2(f->db, "SELECT rowid FROM t WHERE t MATCH ?", -1,
                               &f->find, NULL));
    return f;
}

void fts5_end(struct fts5 **f)
{
    if (*f == NULL)
        return;
    (void)sqlite3_finalize((*f)->find);
    (void)sqlite3_close((*f)->db);
    free(*f);
    *f = NULL;
}

static bool fits(const struct search_document *d,
                 const struct search_request *rq)
{
    for (int i = 0; i < SEARCH_FACETS; i++)
        if (d->facets[i] < rq->facets[i].from ||
            d->facets[i] > rq->facets[i].to)
            return false;
    return true;
}

uint32_t fts5_count(struct fts5 *f, const struct search_request *rq,
                    uint32_t most)
{
    char text[TEXT_MOST + 4] = "\"";
    int n = folded(rq->asked, text + 1);
    size_t characters;
    uint32_t count = 0;

    must(utf8_check((str){ text + 1, (size_t)n }, &characters), "no text");
    if (n == 0)
        return 0;
    text[1 + n] = '"';
    text[2 + n] = '*';
    good(f, sqlite3_bind_text(f->find, 1, text, n + (characters == 1 ? 3 : 2),
                              SQLITE_STATIC));
    while (count < most && sqlite3_step(f->find) == SQLITE_ROW) {
        sqlite3_int64 row = sqlite3_column_int64(f->find, 0);

        count += fits(&f->names->documents[row], rq) ? 1 : 0;
    }
    good(f, sqlite3_reset(f->find));
    return count;
}

double fts5_bytes(struct fts5 *f)
{
    sqlite3_stmt *s = NULL;

    good(f, sqlite3_prepare_v2(f->db,
                               "SELECT page_count * page_size FROM "
                               "pragma_page_count(), pragma_page_size()",
                               -1, &s, NULL));
    good(f, sqlite3_step(s));
    double bytes = sqlite3_column_double(s, 0);
    good(f, sqlite3_finalize(s));
    return bytes;
}
