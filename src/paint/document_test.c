/* Documents as text, there and back. [PD2] */
#include "paint/document.h"

#include "base/test.h"
#include "paint/test_document.h"

TEST(a_document_comes_back_from_its_text_as_it_was)
{
    TEST_ARENA(a, 4 << 20);
    struct paint_document d = test_flow_document();
    struct paint_certificate c = test_certificate();
    struct paint_document back = { 0 };
    str first = S("");
    str second = S("");

    d.certificate = (struct list){ &c, 1 };
    EXPECT_OK(paint_document_write(&a, &d, &first));
    EXPECT_OK(paint_document_read(&a, first, &back));
    EXPECT_OK(paint_document_write(&a, &back, &second));
    EXPECT_STR(second, first);
    EXPECT(back.blocks.n == d.blocks.n && back.certificate.n == 1);
    EXPECT(str_contains(first, S("\"kind\":\"signatures\"")));
}

TEST(what_is_no_document_is_not_read)
{
    static const struct {
        const char *why;
        const char *text;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "no JSON", "{", ERR_INVALID, "json.end" },
        { "no title",
          "{\"language\":\"zh\",\"body\":\"b\","
          "\"made\":\"2026-03-02\"}",
          ERR_INVALID, "record.missing" },
        { "no such language",
          "{\"language\":\"fr\",\"title\":\"t\",\"body\":\"b\","
          "\"made\":\"2026-03-02\"}",
          ERR_INVALID, "record.choice" },
        { "a block of no kind",
          "{\"language\":\"zh\",\"title\":\"t\",\"body\":\"b\","
          "\"made\":\"2026-03-02\",\"blocks\":[{}]}",
          ERR_INVALID, "record.missing" },
        { "something unknown",
          "{\"language\":\"zh\",\"title\":\"t\",\"body\":\"b\","
          "\"made\":\"2026-03-02\",\"font\":\"x\"}",
          ERR_INVALID, "record.unknown" },
    };
    TEST_ARENA(a, 1 << 20);
    struct paint_document d = { 0 };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_ROW_ERR(rows[i].why,
                       paint_document_read(&a, str_of(rows[i].text), &d),
                       rows[i].code, rows[i].id);
    EXPECT(d.title.n == 0);
}

static err there_and_back(struct heap *h, void *context)
{
    const struct paint_document *d = context;
    scoped(arena_end) struct arena a;
    struct paint_document back;
    str text;

    arena_init(&a, h, 4 << 20);
    TRY(paint_document_write(&a, d, &text));
    return paint_document_read(&a, text, &back);
}

TEST(memory_may_end_at_any_moment_of_writing_and_reading)
{
    struct paint_document d = test_flow_document();

    EXPECT(test_every_allocation_fails(there_and_back, NULL, &d) > 0);
}
