/* The worker, from outside. [PP1]..[PP3] [AW1] */
#include "paint/painter.h"

#include "base/arena.h"
#include "base/test.h"
#include "paint/said.h"
#include "paint/test_document.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MEMORY = 256 << 20 };

TEST(a_worker_paints_one_document_after_the_other)
{
    TEST_ARENA(a, MEMORY);
    scoped(painter_end) struct painter p = PAINTER_NONE;
    struct paint_certificate c = test_certificate();
    struct paint_document d = test_certificate_document(&c);
    struct paint_document other = test_flow_document();
    str first = S("");
    str between = S("");
    str second = S("");

    EXPECT_OK(painter_paint(&p, &a, &d, &first));
    pid_t pid = p.child.pid;
    EXPECT_OK(painter_paint(&p, &a, &other, &between));
    EXPECT_OK(painter_paint(&p, &a, &d, &second));
    EXPECT(p.child.pid == pid);
    EXPECT(str_begins(first, S("%PDF-")) && str_eq(first, second));
    EXPECT(str_begins(between, S("%PDF-")) && !str_eq(first, between));
}

TEST(a_refusal_comes_through_whole_and_the_worker_goes_on)
{
    TEST_ARENA(a, MEMORY);
    scoped(painter_end) struct painter p = PAINTER_NONE;
    struct paint_certificate c = test_certificate();
    struct paint_document d = test_certificate_document(&c);
    str pdf = S("");

    c.holder = S("示例\xEE\x80\x80公司");
    err e = painter_paint(&p, &a, &d, &pdf);
    EXPECT_ERR(e, ERR_INVALID, "paint.glyph");
    EXPECT_STR(err_arg_text(e, "code"), S("U+E000"));
    EXPECT_STR(err_arg_text(e, "field"), c.holder);
    c.holder = S("示例公司");
    EXPECT_OK(painter_paint(&p, &a, &d, &pdf));
}

/* --- workers that do not answer [PP1] ---------------------------------------
 */

enum { SHORT = 20 }; /* milliseconds, for what will never come */

/* A painter whose worker has painted one document. */
static struct painter working(struct arena *a, const struct paint_document *d)
{
    struct painter p = PAINTER_NONE;
    str pdf = S("");

    EXPECT_OK(painter_paint(&p, a, d, &pdf));
    return p;
}

/* Nothing is left of the worker, and the next document finds another. */
static void goes_on(struct painter *p, struct arena *a, pid_t before,
                    const struct paint_document *d, const char *why)
{
    str pdf = S("");

    EXPECT_ROW(why, p->child.pid == 0 && p->child.to == -1);
    EXPECT_ROW(why, kill(before, 0) != 0);
    p->limit = PAINTER_NONE.limit;
    EXPECT_ROW_OK(why, painter_paint(p, a, d, &pdf));
    EXPECT_ROW(why, str_begins(pdf, S("%PDF-")) && p->child.pid != before);
}

/* A document of so many paragraphs, of 20 kB each. */
static struct paint_document long_document(struct arena *a, size_t n)
{
    struct paint_document d = test_flow_document();
    struct paint_block *blocks = arena_array(a, n, sizeof *blocks);
    char *text = arena_zero(a, PAINT_TEXT);

    EXPECT(blocks != NULL && text != NULL);
    if (blocks == NULL || text == NULL)
        return d;
    memset(text, 'x', PAINT_TEXT);
    for (size_t i = 0; i < n; i++)
        blocks[i] = (struct paint_block){ .kind = PAINT_PARAGRAPH,
                                          .text = { text, PAINT_TEXT } };
    d.blocks = (struct list){ blocks, n };
    return d;
}

TEST(a_worker_that_hangs_is_given_up_after_the_limit_and_ended)
{
    static const struct {
        const char *why;
        size_t paragraphs;
        int64_t limit;
        int64_t seconds; /* as it is told: a second begun is a second */
    } rows[] = {
        { "before it answers", 1, SHORT, 1 },
        { "before it reads the whole document", 200, SHORT, 1 },
        { "a limit that has passed already", 1, 0, 0 },
    };
    TEST_ARENA(a, MEMORY);
    struct paint_certificate c = test_certificate();
    struct paint_document good = test_certificate_document(&c);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        scoped(painter_end) struct painter p = working(&a, &good);
        struct paint_document d = long_document(&a, rows[i].paragraphs);
        pid_t pid = p.child.pid;
        str pdf = S("");

        EXPECT_ROW(rows[i].why, kill(pid, SIGSTOP) == 0);
        p.limit = rows[i].limit;
        err e = painter_paint(&p, &a, &d, &pdf);
        EXPECT_ROW_ERR(rows[i].why, e, ERR_BUSY, "paint.slow");
        EXPECT_ROW(rows[i].why, e.info->args[0].number == rows[i].seconds);
        goes_on(&p, &a, pid, &good, rows[i].why);
    }
}

/* What was asked for long ago may be ready, however long its time is over:
 * other work is not held against it. */
TEST(the_time_of_a_document_runs_from_when_it_is_heard)
{
    TEST_ARENA(a, MEMORY);
    struct paint_certificate c = test_certificate();
    struct paint_document d = test_certificate_document(&c);
    scoped(painter_end) struct painter p = working(&a, &d);
    pid_t pid = p.child.pid;
    str pdf = S("");

    EXPECT_OK(painter_ask(&p, &a, &d));
    p.limit = 0;
    EXPECT_ERR(painter_hear(&p, &a, &pdf), ERR_BUSY, "paint.slow");
    goes_on(&p, &a, pid, &d, "after it");
}

/* Whatever ended it: the system, for its memory or its time of the processor
 * [SB2] [SB3]; itself, without memory; a mistake of a library. */
TEST(a_worker_that_died_is_an_error_of_one_document)
{
    static const struct {
        const char *why;
        int signal;
    } rows[] = {
        { "killed", SIGKILL },
        { "more seconds of the processor than it has", SIGXCPU },
        { "a library ended it without memory", SIGABRT },
        { "a call that it gave up", SIGSYS },
    };
    TEST_ARENA(a, MEMORY);
    struct paint_certificate c = test_certificate();
    struct paint_document d = test_certificate_document(&c);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        scoped(painter_end) struct painter p = working(&a, &d);
        pid_t pid = p.child.pid;
        str pdf = S("");

        EXPECT_ROW(rows[i].why, kill(pid, rows[i].signal) == 0);
        EXPECT_ROW_ERR(rows[i].why, painter_paint(&p, &a, &d, &pdf), ERR_IO,
                       "paint.died");
        goes_on(&p, &a, pid, &d, rows[i].why);
    }
}

/* Let it have said this much; `silent`: it says no more, else it is gone. */
static void put_words(struct painter *p, const char *words, size_t n,
                      bool silent, int *kept)
{
    int ends[2];

    EXPECT(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    EXPECT(write(ends[1], words, n) == (ssize_t)n);
    (void)close(p->child.from);
    p->child.from = ends[0];
    *kept = ends[1];
    if (silent)
        return;
    (void)close(ends[1]);
    *kept = -1;
}

TEST(half_an_answer_is_none)
{
    static const struct {
        const char *why;
        const char *words;
        size_t n;
        bool silent;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "it dies without a word", "", 0, false, ERR_IO, "paint.died" },
        { "it dies in the length", "P\0\0", 3, false, ERR_IO, "paint.died" },
        { "it dies in the file", "P\0\0\0\5%PDF", 9, false, ERR_IO,
          "paint.died" },
        { "it hangs in the length", "P\0\0", 3, true, ERR_BUSY, "paint.slow" },
        { "it hangs in the file", "P\0\0\0\5%PDF", 9, true, ERR_BUSY,
          "paint.slow" },
        { "more than any file has", "P\4\0\0\1", 5, true, ERR_CORRUPT,
          "paint.answer" },
    };
    TEST_ARENA(a, MEMORY);
    struct paint_certificate c = test_certificate();
    struct paint_document d = test_certificate_document(&c);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        scoped(painter_end) struct painter p = working(&a, &d);
        pid_t pid = p.child.pid;
        str pdf = S("");
        int kept;

        put_words(&p, rows[i].words, rows[i].n, rows[i].silent, &kept);
        if (rows[i].silent)
            p.limit = SHORT;
        EXPECT_ROW_ERR(rows[i].why, painter_paint(&p, &a, &d, &pdf),
                       rows[i].code, rows[i].id);
        goes_on(&p, &a, pid, &d, rows[i].why);
        if (kept >= 0)
            (void)close(kept);
    }
}

/* Of 400,000 cells, which take many times what a worker has at hand. */
static struct paint_document wide_document(struct arena *a)
{
    enum { TABLES = 80 };
    static struct paint_column column = { S_INIT("x"), 1000, PAINT_LEFT };
    static struct paint_cell cell = { S_INIT("x") };
    struct paint_document d = test_flow_document();
    struct paint_block *blocks = arena_array(a, TABLES, sizeof *blocks);
    struct paint_row *rows = arena_array(a, PAINT_ROWS, sizeof *rows);

    EXPECT(blocks != NULL && rows != NULL);
    if (blocks == NULL || rows == NULL)
        return d;
    for (size_t i = 0; i < PAINT_ROWS; i++)
        rows[i].cells = (struct list){ &cell, 1 };
    for (size_t i = 0; i < TABLES; i++)
        blocks[i] = (struct paint_block){ .kind = PAINT_TABLE,
                                          .columns = { &column, 1 },
                                          .rows = { rows, PAINT_ROWS } };
    d.blocks = (struct list){ blocks, TABLES };
    return d;
}

/* [SB2]  Without memory a worker refuses or dies, as its libraries have it. */
TEST(a_document_that_takes_too_much_memory_is_an_error_of_that_document)
{
    TEST_ARENA(a, 1 << 30);
    struct paint_certificate c = test_certificate();
    struct paint_document good = test_certificate_document(&c);
    struct paint_document d = wide_document(&a);
    scoped(painter_end) struct painter p = working(&a, &good);
    pid_t pid = p.child.pid;
    struct rlimit was;
    str pdf = S("");

    EXPECT(prlimit(pid, RLIMIT_AS, NULL, &was) == 0);
    EXPECT(prlimit(pid, RLIMIT_AS, &(struct rlimit){ 1 << 20, was.rlim_max },
                   NULL) == 0);
    err e = painter_paint(&p, &a, &d, &pdf);
    EXPECT_ERR(e, ERR_IO, p.child.pid == 0 ? "paint.died" : "paint.library");
    if (p.child.pid != 0)
        EXPECT(prlimit(pid, RLIMIT_AS, &was, NULL) == 0);
    EXPECT_OK(painter_paint(&p, &a, &good, &pdf));
    EXPECT(str_begins(pdf, S("%PDF-")));
}

/* --- refusals as text -------------------------------------------------------
 */

TEST(a_refusal_comes_back_from_its_text)
{
    TEST_ARENA(a, 1 << 20);
    str text = S("");
    err e = err_new(&a, ERR_LIMIT, "paint.code", ARG_INT("bytes", 2400));

    EXPECT_OK(answer_write(&a, &paint_words, e, &text));
    EXPECT_STR(text, S("{\"args\":{\"#bytes\":2400},\"id\":\"paint.code\"}"));
    e = answer_read(&a, &paint_words, text);
    EXPECT_ERR(e, ERR_LIMIT, "paint.code");
    EXPECT(e.info->args[0].kind == ARG_IS_NUMBER &&
           e.info->args[0].number == 2400);
}

TEST(an_error_of_other_rooms_comes_through_by_its_id)
{
    TEST_ARENA(a, 1 << 20);
    str text = S("");

    EXPECT_OK(answer_write(&a, &paint_words, err_memory(), &text));
    err e = answer_read(&a, &paint_words, text);
    EXPECT_ERR(e, ERR_IO, "paint.library");
    EXPECT_STR(err_arg_text(e, "why"), str_of(err_memory_info.id));
}

TEST(what_is_no_refusal_is_not_taken_for_one)
{
    static const struct {
        const char *why;
        const char *text;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "nothing", "{}", ERR_CORRUPT, "paint.answer" },
        { "an id of somebody else's", "{\"id\":\"rights.role\",\"args\":{}}",
          ERR_CORRUPT, "paint.answer" },
        { "an argument is missing", "{\"id\":\"paint.room\",\"args\":{}}",
          ERR_CORRUPT, "paint.answer" },
        { "no JSON", "x", ERR_CORRUPT, "paint.answer" },
    };
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_ROW_ERR(rows[i].why,
                       answer_read(&a, &paint_words, str_of(rows[i].text)),
                       rows[i].code, rows[i].id);
}

TEST(a_length_stands_in_four_bytes)
{
    static const size_t rows[] = { 0, 1, 255, 256, 65536, 0xFFFFFFFF };
    unsigned char bytes[4];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        answer_put_size(bytes, rows[i]);
        EXPECT(answer_size(bytes) == rows[i]);
    }
    answer_put_size(bytes, 0x01020304);
    EXPECT(bytes[0] == 1 && bytes[3] == 4);
}
