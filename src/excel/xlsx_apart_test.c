/* The reader of workbooks, from outside. [WB1]..[WB3] */
#include "excel/xlsx_apart.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "excel/test_xlsx.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ARENA = 512 << 20, ROWS = 20000, PROC = 8192 };

#define FEW                                                                    \
    "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>"

static str book_of(struct arena *a, const char *rows)
{
    const struct test_book book = { .sheet = rows };

    return test_workbook(a, &book);
}

static str few(struct arena *a)
{
    return book_of(a, "<sheetData>" FEW "</sheetData>");
}

/* So many rows that they come in several answers. */
static str many(struct arena *a)
{
    struct buf b;
    str text = S("");

    buf_init(&b, a, ARENA / 4);
    buf_str(&b, S("<sheetData>"));
    for (int i = 1; i <= ROWS; i++)
        buf_printf(&b,
                   "<row r=\"%d\"><c r=\"A%d\"><v>%d</v></c>"
                   "<c r=\"B%d\" t=\"inlineStr\"><is><t>some words of it"
                   "</t></is></c></row>",
                   i, i, i, i);
    buf_str(&b, S("</sheetData>"));
    EXPECT_OK(buf_done(&b, &text));
    return book_of(a, text.p);
}

static struct xlsx_apart *opened(struct arena *a, str bytes)
{
    const struct xlsx_source from = { .bytes = bytes };
    struct xlsx_apart *x = NULL;

    EXPECT_OK(xlsx_apart_open(a, &from, &x));
    return x;
}

static err read_all(struct xlsx_apart *x, struct arena *a, str *out)
{
    bool more = true;
    size_t sheet;
    struct buf b;

    buf_init(&b, a, ARENA / 4);
    TRY(xlsx_apart_choose(x, S(""), &sheet));
    TRY(xlsx_apart_begin(x, sheet));
    while (more) {
        str text = S("");

        TRY(xlsx_apart_read(x, a, &text, &more));
        buf_str(&b, text);
    }
    return buf_done(&b, out);
}

/* What comes across is what the same code gives here. */
TEST(a_workbook_read_apart_is_the_same_text)
{
    TEST_ARENA(a, ARENA);
    const str rows[] = { few(&a), many(&a) };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(xlsx_apart_close) struct xlsx_apart *x = opened(&a, rows[i]);
        str here = S("");
        str apart = S("x");
        size_t n = 0;

        EXPECT_OK(test_read(&a, rows[i], S(""), &here));
        EXPECT_OK(read_all(x, &a, &apart));
        EXPECT(str_eq(apart, here) && here.n > 0);
        EXPECT_STR(xlsx_apart_sheets(x, &n)[0].name, S("Sheet1"));
        EXPECT(n == 1);
    }
}

/* [WB3] */
TEST(a_sheet_is_begun_again_in_the_middle)
{
    TEST_ARENA(a, ARENA);
    scoped(xlsx_apart_close) struct xlsx_apart *x = opened(&a, many(&a));
    str first = S("");
    str again = S("x");
    str all = S("");
    bool more = false;

    EXPECT_OK(xlsx_apart_begin(x, 0));
    EXPECT_OK(xlsx_apart_read(x, &a, &first, &more));
    EXPECT(more && x->ahead && first.n >= APART_PIECE);
    EXPECT_OK(xlsx_apart_begin(x, 0));
    EXPECT_OK(xlsx_apart_read(x, &a, &again, &more));
    EXPECT(str_eq(first, again));
    EXPECT_OK(xlsx_apart_begin(x, 0));
    EXPECT_OK(read_all(x, &a, &all));
    EXPECT(str_begins(all, first) && str_ends(all, S("some words of it\n")));
}

/* A descriptor, as of a file on disk. */
TEST(a_file_that_is_open_is_read_as_it_is)
{
    TEST_ARENA(a, ARENA);
    scoped(memory_file_end) struct memory_file f = MEMORY_FILE_NONE;
    scoped(xlsx_apart_close) struct xlsx_apart *x = NULL;
    str text = S("");

    EXPECT_OK(memory_file_new(&a, &f));
    EXPECT_OK(memory_file_add(&f, &a, few(&a)));
    const struct xlsx_source from = { .fd = f.fd };
    EXPECT_OK(xlsx_apart_open(&a, &from, &x));
    EXPECT_OK(read_all(x, &a, &text));
    EXPECT_STR(text, S("1,2\n"));
}

TEST(what_it_refuses_is_refused_with_its_reason)
{
    static const struct {
        const char *why;
        const char *bytes; /* NULL: see below */
        enum err_code code;
        const char *id;
    } rows[] = {
        { "no archive", "%PDF-1.7 and so on", ERR_INVALID, "xlsx.not_zip" },
        { "nothing at all", "", ERR_INVALID, "xlsx.not_zip" },
        { "cut", "PK\003\004 and no more", ERR_INVALID, "xlsx.cut" },
    };
    TEST_ARENA(a, ARENA);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct xlsx_source from = { .bytes = str_of(rows[i].bytes) };
        struct xlsx_apart *x = NULL;

        EXPECT_ROW_ERR(rows[i].why, xlsx_apart_open(&a, &from, &x),
                       rows[i].code, rows[i].id);
        EXPECT_ROW(rows[i].why, x == NULL);
    }
    str out_of_order = book_of(&a, "<sheetData><row r=\"2\"/><row r=\"1\"/>"
                                   "</sheetData>");
    scoped(xlsx_apart_close) struct xlsx_apart *x = opened(&a, out_of_order);
    str text;
    err e = read_all(x, &a, &text);
    EXPECT_ERR(e, ERR_INVALID, "xlsx.order");
    EXPECT_STR(err_arg_text(e, "sheet"), S("Sheet1"));
    EXPECT_ERR(xlsx_apart_choose(x, S("无"), &(size_t){ 0 }), ERR_NOT_FOUND,
               "xlsx.no_such_sheet");
}

/* --- a reader that does not behave [WB1] --------------------------------- */

TEST(a_reader_that_dies_costs_this_workbook_and_says_so)
{
    TEST_ARENA(a, ARENA);
    scoped(xlsx_apart_close) struct xlsx_apart *x = opened(&a, few(&a));
    pid_t pid = x->child.pid;
    str text;

    EXPECT(kill(pid, SIGKILL) == 0);
    EXPECT_ERR(read_all(x, &a, &text), ERR_INVALID, "xlsx.reader_died");
    EXPECT(x->child.pid == 0 && kill(pid, 0) != 0);
    scoped(xlsx_apart_close) struct xlsx_apart *other = opened(&a, few(&a));
    EXPECT_OK(read_all(other, &a, &text));
    EXPECT_STR(text, S("1,2\n"));
}

TEST(a_reader_that_hangs_is_waited_for_no_longer_than_its_limit)
{
    TEST_ARENA(a, ARENA);
    scoped(xlsx_apart_close) struct xlsx_apart *x = opened(&a, few(&a));
    pid_t pid = x->child.pid;
    str text;

    x->limit = 20;
    EXPECT(kill(pid, SIGSTOP) == 0);
    EXPECT_ERR(read_all(x, &a, &text), ERR_LIMIT, "xlsx.reader_slow");
    EXPECT(x->child.pid == 0 && kill(pid, 0) != 0);
}

/* Whatever the system ended it with. */
TEST(a_reader_that_a_signal_ends_is_a_refusal_of_this_workbook)
{
    static const struct {
        const char *why;
        int signal;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "killed", SIGKILL, ERR_INVALID, "xlsx.reader_died" },
        { "a mistake of a library", SIGSEGV, ERR_INVALID, "xlsx.reader_died" },
        { "a call that it gave up", SIGSYS, ERR_INVALID, "xlsx.reader_died" },
        { "busy for too long [WB4]", SIGXCPU, ERR_LIMIT, "xlsx.reader_slow" },
    };
    TEST_ARENA(a, ARENA);

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(xlsx_apart_close) struct xlsx_apart *x = opened(&a, few(&a));
        pid_t pid = x->child.pid;
        str text = S("untouched");

        EXPECT_ROW(rows[i].why, kill(pid, rows[i].signal) == 0);
        EXPECT_ROW_ERR(rows[i].why, read_all(x, &a, &text), rows[i].code,
                       rows[i].id);
        EXPECT_ROW(rows[i].why, kill(pid, 0) != 0 && x->child.to == -1);
        EXPECT_ROW_STR(rows[i].why, text, S("untouched"));
    }
}

/* Let the reader have said this much; `silent`: it says no more, else it is
 * gone. */
static int put_words(struct xlsx_apart *x, str words, bool silent)
{
    int ends[2];

    EXPECT(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    EXPECT(write(ends[1], words.p, words.n) == (ssize_t)words.n);
    EXPECT(close(x->child.from) == 0);
    x->child.from = ends[0];
    if (silent)
        return ends[1];
    EXPECT(close(ends[1]) == 0);
    return -1;
}

struct said {
    const char *why;
    str words;
    bool silent;
    enum err_code code;
    const char *id;
};

static const struct said rubbish[] = {
    { "nothing", S_INIT(""), false, ERR_INVALID, "xlsx.reader_died" },
    { "half a length", S_INIT("M\0\0"), false, ERR_INVALID,
      "xlsx.reader_died" },
    { "half a row",
      S_INIT("M\0\0\0\11"
             "1,2,"),
      false, ERR_INVALID, "xlsx.reader_died" },
    { "and it hangs in the length", S_INIT("M\0\0"), true, ERR_LIMIT,
      "xlsx.reader_slow" },
    { "and in the row",
      S_INIT("M\0\0\0\11"
             "1,2,"),
      true, ERR_LIMIT, "xlsx.reader_slow" },
    { "an answer that is none", S_INIT("\0\0\0\0\0"), true, ERR_INVALID,
      "xlsx.reader_died" },
    { "to another question", S_INIT("S\0\0\0\0"), true, ERR_INVALID,
      "xlsx.reader_died" },
    { "longer than any", S_INIT("M\14\0\0\1"), true, ERR_INVALID,
      "xlsx.reader_died" },
    { "a refusal that is no JSON", S_INIT("X\0\0\0\1{"), true, ERR_INVALID,
      "xlsx.reader_died" },
    { "one that says nothing", S_INIT("X\0\0\0\2{}"), true, ERR_INVALID,
      "xlsx.reader_died" },
    { "one that is not its own", /* {"id":"rights.role","args":{}} */
      S_INIT("X\0\0\0\36{\"id\":\"rights.role\",\"args\":{}}"), true,
      ERR_INVALID, "xlsx.reader_died" },
    { "one whose words are no words", /* {"id":"xlsx.bomb","args":{"part":7}} */
      S_INIT("X\0\0\0\44{\"id\":\"xlsx.bomb\",\"args\":{\"part\":7}}"), true,
      ERR_INVALID, "xlsx.reader_died" },
};

/* Where rows should come; nothing of them is taken. */
TEST(a_reader_that_says_rubbish_is_ended_and_its_workbook_refused)
{
    TEST_ARENA(a, ARENA);

    for (size_t i = 0; i < COUNT(rubbish); i++) {
        const struct said *s = &rubbish[i];
        scoped(xlsx_apart_close) struct xlsx_apart *x = opened(&a, few(&a));
        pid_t pid = x->child.pid;
        str text = S("untouched");
        bool more = false;

        EXPECT_ROW_OK(s->why, xlsx_apart_begin(x, 0));
        x->limit = s->code == ERR_LIMIT ? 20 : x->limit;
        int kept = put_words(x, s->words, s->silent);
        EXPECT_ROW_ERR(s->why, xlsx_apart_read(x, &a, &text, &more), s->code,
                       s->id);
        EXPECT_ROW_STR(s->why, text, S("untouched"));
        EXPECT_ROW(s->why, kill(pid, 0) != 0 && x->child.from == -1);
        EXPECT_ROW(s->why, kept < 0 || close(kept) == 0);
    }
}

/* And where the number of a sheet should. */
TEST(a_sheet_that_is_not_there_is_not_begun)
{
    static const struct said rows[] = {
        { "no number", S_INIT("S\0\0\0\0"), true, ERR_INVALID,
          "xlsx.reader_died" },
        { "a word", S_INIT("S\0\0\0\1x"), true, ERR_INVALID,
          "xlsx.reader_died" },
        { "a sheet too many",
          S_INIT("S\0\0\0\1"
                 "1"),
          true, ERR_INVALID, "xlsx.reader_died" },
        { "a number too long",
          S_INIT("S\0\0\0\15"
                 "0000000000000"),
          true, ERR_INVALID, "xlsx.reader_died" },
    };
    TEST_ARENA(a, ARENA);

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(xlsx_apart_close) struct xlsx_apart *x = opened(&a, few(&a));
        size_t sheet = 7;
        int kept = put_words(x, rows[i].words, rows[i].silent);

        EXPECT_ROW_ERR(rows[i].why, xlsx_apart_choose(x, S(""), &sheet),
                       rows[i].code, rows[i].id);
        EXPECT_ROW(rows[i].why, sheet == 7 && x->child.pid == 0);
        EXPECT_ROW(rows[i].why, close(kept) == 0);
    }
}

/* --- what it can do [WB2] ------------------------------------------------ */

/* A file of /proc about a process. */
static str proc_of(struct arena *a, pid_t pid, const char *what)
{
    char path[64];
    char *text = arena_zero(a, PROC);

    (void)snprintf(path, sizeof path, "/proc/%d/%s", pid, what);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = read(fd, text, PROC - 1);
    EXPECT(close(fd) == 0 && n > 0);
    return (str){ text, (size_t)n };
}

static size_t open_files(pid_t pid)
{
    char path[64];
    size_t n = 0;

    (void)snprintf(path, sizeof path, "/proc/%d/fd", pid);
    DIR *d = opendir(path);
    EXPECT(d != NULL);
    while (d != NULL && readdir(d) != NULL)
        n++;
    EXPECT(closedir(d) == 0);
    return n - 2; /* "." and ".." */
}

/* sys/sandbox_test.c tries what a process that is alone cannot do. */
TEST(a_reader_is_alone_with_its_file)
{
    TEST_ARENA(a, ARENA);
    scoped(xlsx_apart_close) struct xlsx_apart *x = opened(&a, few(&a));
    str status = proc_of(&a, x->child.pid, "status");

    EXPECT(str_contains(status, S("Seccomp:\t2")));
    EXPECT(str_contains(status, S("NoNewPrivs:\t1")));
    /* two pipes, stderr, the workbook twice: libzip has its own */
    EXPECT(open_files(x->child.pid) <= 5);
}
