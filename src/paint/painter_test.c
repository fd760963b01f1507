/* The worker, from outside. [PP1]..[PP3] [AW1] */
#include "paint/painter.h"

#include "base/test.h"
#include "paint/answer.h"
#include "paint/test_document.h"

#include <signal.h>

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

/* [PP1] */
TEST(a_worker_that_died_is_an_error_of_one_document)
{
    TEST_ARENA(a, MEMORY);
    scoped(painter_end) struct painter p = PAINTER_NONE;
    struct paint_certificate c = test_certificate();
    struct paint_document d = test_certificate_document(&c);
    str pdf = S("");

    EXPECT_OK(painter_paint(&p, &a, &d, &pdf));
    EXPECT(kill(p.child.pid, SIGKILL) == 0);
    EXPECT_ERR(painter_paint(&p, &a, &d, &pdf), ERR_IO, "paint.died");
    EXPECT(p.child.pid == 0);
    EXPECT_OK(painter_paint(&p, &a, &d, &pdf));
}

/* --- refusals as text -------------------------------------------------------
 */

TEST(a_refusal_comes_back_from_its_text)
{
    TEST_ARENA(a, 1 << 20);
    str text = S("");
    err e = err_new(&a, ERR_LIMIT, "paint.code", ARG_INT("bytes", 2400));

    EXPECT_OK(answer_write(&a, e, &text));
    EXPECT_STR(text, S("{\"args\":{\"#bytes\":2400},\"id\":\"paint.code\"}"));
    e = answer_read(&a, text);
    EXPECT_ERR(e, ERR_LIMIT, "paint.code");
    EXPECT(e.info->args[0].kind == ARG_IS_NUMBER &&
           e.info->args[0].number == 2400);
}

TEST(an_error_of_other_rooms_comes_through_by_its_id)
{
    TEST_ARENA(a, 1 << 20);
    str text = S("");

    EXPECT_OK(answer_write(&a, err_memory(), &text));
    err e = answer_read(&a, text);
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
        { "no JSON", "x", ERR_INVALID, "json.syntax" },
    };
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_ROW_ERR(rows[i].why, answer_read(&a, str_of(rows[i].text)),
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
