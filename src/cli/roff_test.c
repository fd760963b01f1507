/* Text for a manual page: what it is written as. */

#include "cli/roff.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

static str written_by(struct arena *a, void (*put)(struct buf *, str), str s)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 4096);
    put(&b, s);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(nothing_in_a_text_is_taken_for_a_request)
{
    static const struct {
        const char *what;
        const char *text;
        const char *want;
    } rows[] = {
        { "plain", "a folder", "a folder\n" },
        { "a dot at the start", ".TH x", "\\&.TH x\n" },
        { "an apostrophe at the start", "'br", "\\&\\(aqbr\n" },
        { "a dot later on", "a.TH", "a.TH\n" },
        { "a dot in the next line", "a\n.b", "a\n\\&.b\n" },
        { "an escape", "\\fB", "\\efB\n" },
        { "a dash of an option", "--data", "\\-\\-data\n" },
        { "what a shell reads", "`a' ^~", "\\(gaa\\(aq \\(ha\\(ti\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        EXPECT_ROW_STR(rows[i].what,
                       written_by(&a, roff_text, str_of(rows[i].text)),
                       str_of(rows[i].want));
    }
}

TEST(a_line_breaks_where_a_reader_would_break_it)
{
    static const struct {
        const char *what;
        const char *text;
        const char *want;
    } rows[] = {
        { "after a sentence", "One. Two.", "One.\nTwo.\n" },
        { "not within a number", "2.5 days", "2.5 days\n" },
        { "a sentence that begins with a dot", "One. .x", "One.\n\\&.x\n" },
        { "between Chinese characters", "证书", "证\\:书\n" },
        { "not before a comma", "证，书", "证，\\:书\n" },
        { "not after a bracket", "（证）", "（证）\n" },
        { "before a bracket", "证（书", "证\\:（书\n" },
        { "at a blank there already is", "证 A 书", "证 A 书\n" },
        { "between a letter and a character", "A证", "A\\:证\n" },
        { "not between letters", "AB", "AB\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        EXPECT_ROW_STR(rows[i].what,
                       written_by(&a, roff_text, str_of(rows[i].text)),
                       str_of(rows[i].want));
    }
}

/* It does not begin a line, so a dot there is a dot. */
TEST(a_word_stands_within_a_line)
{
    TEST_ARENA(a, 1 << 16);

    EXPECT_STR(written_by(&a, roff_word, S(".x. y")), S(".x. y"));
    EXPECT_STR(written_by(&a, roff_word, S("case-id")), S("case\\-id"));
}

TEST(a_block_keeps_its_lines_and_its_sentences)
{
    TEST_ARENA(a, 1 << 16);

    EXPECT_STR(written_by(&a, roff_block, S("a. b\n\n  .c\n")),
               S(".EX\na. b\n\n  .c\n.EE\n"));
    EXPECT_STR(written_by(&a, roff_block, S(".c")), S(".EX\n\\&.c\n.EE\n"));
    EXPECT_STR(written_by(&a, roff_block, S("")), S(".EX\n.EE\n"));
}
