#include "search/asked.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "search/loose.h"
#include "search/reading.h"
#include "search_data.h"

static void put_token(struct buf *b, const struct pattern *p, size_t i)
{
    struct token t = p->tokens[i];

    buf_str(b, i > 0 ? S(".") : S(""));
    if (p->reads == READS_SYLLABLES) {
        buf_str(b, str_of(search_syllables[t.from]));
        if (t.to != t.from)
            buf_char(b, '*');
    } else if (p->reads == READS_INITIALS) {
        buf_char(b, (char)('a' + t.from - 1));
    } else if (token_is_any(t)) {
        buf_char(b, '?');
    } else if (t.from < 0x80) {
        buf_char(b, (char)t.from);
    } else {
        buf_printf(b, "%04x", t.from);
    }
}

static str shown(struct arena *a, const struct pattern *patterns, size_t n)
{
    struct buf b;
    str out = { NULL, 0 };

    buf_init(&b, a, 4096);
    for (size_t i = 0; i < n; i++) {
        buf_str(&b, i > 0 ? S(" ") : S(""));
        buf_str(&b, patterns[i].how == SEARCH_SYLLABLES ? S("s:") : S(""));
        buf_str(&b, patterns[i].how == SEARCH_INITIALS ? S("i:") : S(""));
        for (size_t j = 0; j < patterns[i].n; j++)
            put_token(&b, &patterns[i], j);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* [AS1] */
TEST(a_word_of_letters_is_also_read)
{
    static const struct {
        const char *why;
        str asked;
        str want;
    } rows[] = {
        { "no letters", S_INIT("华"), S_INIT("534e") },
        { "letters and others", S_INIT("h3c"), S_INIT("h.3.c") },
        { "one letter", S_INIT("h"), S_INIT("h i:h") },
        { "no syllables", S_INIT("hw"), S_INIT("h.w i:h.w") },
        { "the last one unfinished", S_INIT("huawe"),
          S_INIT("h.u.a.w.e s:hua.wei* s:hu.a.wei* i:h.u.a.w.e") },
        { "two ways", S_INIT("xian"),
          S_INIT("x.i.a.n s:xian* s:xia.na* s:xi.an* s:xi.a.na* i:x.i.a.n") },
        { "capitals", S_INIT("XU"), S_INIT("x.u s:xu* i:x.u") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct asked asked;

        EXPECT_OK(asked_read(&a, rows[i].asked, &asked));
        EXPECT_ROW(rows[i].why, asked.n == 1);
        EXPECT_ROW_STR(rows[i].why,
                       shown(&a, asked.words[0].patterns, asked.words[0].n),
                       rows[i].want);
    }
}

TEST(no_more_words_and_units_are_read_than_agreed)
{
    TEST_ARENA(a, 1 << 20);
    char text[400];
    struct asked asked;

    memset(text, 'a', sizeof text);
    EXPECT_OK(asked_read(&a, (str){ text, sizeof text }, &asked));
    EXPECT(asked.n == 1 && asked.words[0].units_n == SEARCH_ASKED_MAX);
    EXPECT(asked.words[0].n <= PATTERNS_MAX);
    for (size_t i = 1; i < sizeof text; i += 2)
        text[i] = ' ';
    EXPECT_OK(asked_read(&a, (str){ text, sizeof text }, &asked));
    EXPECT(asked.n == SEARCH_WORDS_MAX);
    EXPECT_ERR(asked_read(&a, S("a \xc3"), &asked), ERR_INVALID,
               "search.asked");
}

/* [SE5] */
TEST(a_slip_replaces_leaves_out_or_puts_in)
{
    TEST_ARENA(a, 1 << 20);
    struct pattern *slips = NULL;
    struct asked asked;
    size_t n;

    EXPECT_OK(asked_read(&a, S("华h9"), &asked));
    EXPECT_OK(loose_slips(&a, &asked.words[0], &slips, &n));
    EXPECT_STR(shown(&a, slips, n), S("?.h.9 h.9 534e.?.9 534e.9 534e.?.h.9 "
                                      "534e.h.? 534e.h 534e.h.?.9"));
    EXPECT_OK(asked_read(&a, S("华为"), &asked));
    EXPECT_OK(loose_slips(&a, &asked.words[0], &slips, &n));
    EXPECT(n == 0);
}

/* [LO1] */
TEST(letters_may_be_syllables_and_beginnings_of_syllables)
{
    static const struct {
        const char *why;
        str asked;
        str want;
    } rows[] = {
        { "a syllable and letters", S_INIT("huawjs"),
          S_INIT("hua.wa*.ji*.sa* hu.a*.wa*.ji*.sa*") },
        { "letters before", S_INIT("zgshihua"),
          S_INIT("za*.ga*.shi.hua* za*.ga*.shi.hu.a*") },
        { "two letters for one", S_INIT("zhba"),
          S_INIT("zha*.ba* za*.ha*.ba*") },
        { "no syllable", S_INIT("hwjs"), S_INIT("") },
        { "all syllables, if it can", S_INIT("dede"),
          S_INIT("de.da*.e* da*.e*.de*") },
        { "too few", S_INIT("hw"), S_INIT("") },
        { "not all letters", S_INIT("华wei"), S_INIT("") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct pattern *mixed = NULL;
        struct asked asked;
        size_t n;

        EXPECT_OK(asked_read(&a, rows[i].asked, &asked));
        EXPECT_OK(loose_mixed(&a, &asked.words[0], &mixed, &n));
        EXPECT_ROW_STR(rows[i].why, shown(&a, mixed, n), rows[i].want);
    }
}

/* [LO3] */
TEST(a_slip_in_letters_is_read_as_what_may_be_meant)
{
    static const struct {
        const char *why;
        str asked;
        const char *meant; /* among others */
    } rows[] = {
        { "swapped", S_INIT("hauwei"), "hua.wei" },
        { "another letter", S_INIT("huowei"), "hua.wei" },
        { "too much", S_INIT("huaiwei"), "hua.wei" },
        { "missing", S_INIT("changn"), "chang.an" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct pattern *slips = NULL;
        struct asked asked;
        bool found = false;
        size_t n;

        EXPECT_OK(asked_read(&a, rows[i].asked, &asked));
        EXPECT_OK(loose_slips(&a, &asked.words[0], &slips, &n));
        EXPECT(n <= SLIP_WORD_MAX * 3 + SLIP_READ_MAX);
        for (size_t j = 0; j < n; j++)
            found =
                found || str_eq(shown(&a, &slips[j], 1), str_of(rows[i].meant));
        EXPECT_ROW(rows[i].why, found);
    }
}
