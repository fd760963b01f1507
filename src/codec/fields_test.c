#include "codec/fields.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"

enum { TEXT_MAX = 1000, ENDS_MAX = TEXT_MAX };

/* The values of a text, a line a row, "[value]", found the fast way. */
static str shown(struct arena *a, str text, char separator)
{
    struct fields f = { .separator = separator, .quotes = separator != '\t' };
    uint32_t ends[ENDS_MAX];
    size_t n = fields_ends(&f, text, ends);
    size_t from = 0;
    str out = S("(failed)");
    struct buf b;
    bool doubled;

    buf_init(&b, a, 1 << 16);
    for (size_t i = 0; i < n; i++) {
        str between = { text.p + from, ends[i] - from };
        str value = fields_value(&f, between, &doubled);

        buf_printf(&b, "[%.*s]%s", STR_ARG(value), doubled ? "*" : "");
        if (text.p[ends[i]] == '\n')
            buf_char(&b, '/');
        from = ends[i] + 1;
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* [FD1] */
TEST(ends_are_separators_and_line_ends_outside_of_quotes)
{
    static const struct {
        const char *name;
        str text;
        char separator;
        str want;
    } rows[] = {
        { "nothing", S_INIT(""), ',', S_INIT("") },
        { "two rows", S_INIT("a,b\nc,\n"), ',', S_INIT("[a][b]/[c][]/") },
        { "CRLF", S_INIT("a,b\r\n,d\r\n"), ',', S_INIT("[a][b]/[][d]/") },
        { "quoted", S_INIT("\"a,b\nc\",d\n"), ',', S_INIT("[a,b\nc][d]/") },
        { "doubled", S_INIT("\"a\"\"b\",\"\"\n"), ',', S_INIT("[a\"\"b]*[]/") },
        { "quoted with CR", S_INIT("\"a\"\r\n"), ',', S_INIT("[a]/") },
        { "a quote inside", S_INIT("5\",6\",x\n"), ',',
          S_INIT("[5\",6\"][x]/") },
        { "one quote alone", S_INIT("\"\n"), ',', S_INIT("") },
        { "semicolons", S_INIT("a,b;c\n"), ';', S_INIT("[a,b][c]/") },
        { "tabs and no quotes", S_INIT("\"a\tb\"\n"), '\t',
          S_INIT("[\"a][b\"]/") },
        { "over a block of 64",
          S_INIT("\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                 "aaaaaaa,aaaaaaa\",b\n,"),
          ',',
          S_INIT("[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                 "aaaaaaa,aaaaaaa][b]/[]") },
    };
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_ROW(rows[i].name,
                   str_eq(shown(&a, rows[i].text, rows[i].separator),
                          rows[i].want));
}

/* A text of the signs that matter and a few letters. */
static void fill(uint32_t *state, char *text, size_t n)
{
    static const char signs[] = "\",\n\rabcde";

    for (size_t i = 0; i < n; i++) {
        *state = *state * 1664525 + 1013904223;
        text[i] = signs[*state >> 16 & 7];
    }
}

/* [FD2] [FD3] Whole, in two parts, and byte by byte. */
TEST(however_a_text_is_cut_the_same_is_found)
{
    uint32_t state = 27922;

    for (size_t n = 0; n < 300; n++) {
        char text[300];
        uint32_t whole[ENDS_MAX];
        uint32_t parts[ENDS_MAX];
        uint32_t plain[ENDS_MAX];
        struct fields f = { .separator = ',', .quotes = n % 7 != 0 };
        struct fields g = f;
        struct fields h = f;
        size_t cut = n == 0 ? 0 : state % n;

        fill(&state, text, n);
        size_t count = fields_ends(&f, (str){ text, n }, whole);
        size_t first = fields_ends(&g, (str){ text, cut }, parts);
        size_t second =
            fields_ends(&g, (str){ text + cut, n - cut }, parts + first);
        for (size_t i = first; i < first + second; i++)
            parts[i] += (uint32_t)cut;
        EXPECT(count == first + second && f.open == g.open);
        EXPECT(memcmp(whole, parts, count * sizeof *whole) == 0);
        EXPECT(count == fields_ends_plain(&h, (str){ text, n }, plain));
        EXPECT(memcmp(whole, plain, count * sizeof *whole) == 0);
        EXPECT(f.open == h.open);
        EXPECT(!f.quotes || f.open == fields_odd_quotes((str){ text, n }));
    }
}
