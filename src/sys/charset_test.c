#include "sys/charset.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

enum { LIMIT = 1 << 20 };

/* All of `text`, cut into parts of `size` bytes. */
static str converted_from(struct arena *a, enum charset_from from, str text,
                          size_t size, struct charset *after)
{
    scoped(charset_end) struct charset c = { 0 };
    struct buf b;
    str out = S("");

    buf_init(&b, a, LIMIT);
    EXPECT_OK(charset_begin_from(a, from, &c));
    while (text.n > 0) {
        charset_feed(&c, str_first(text, size), &b);
        text = str_from(text, size);
    }
    charset_finish(&c, &b);
    EXPECT_OK(buf_done(&b, &out));
    *after = c;
    after->table = NULL;
    return out;
}

static str converted(struct arena *a, str text, size_t size,
                     struct charset *after)
{
    return converted_from(a, CHARSET_FROM_GB18030, text, size, after);
}

/* [CH1] [CH2] */
TEST(utf16_becomes_utf8_however_it_is_cut)
{
    static const struct {
        const char *why;
        str text;
        str want;
        int64_t bad;
        int64_t first_bad;
    } rows[] = {
        { "nothing", S_INIT(""), S_INIT(""), 0, -1 },
        { "ASCII", S_INIT("a\0,\0\n\0"), S_INIT("a,\n"), 0, -1 },
        { "Chinese", S_INIT("\x55\x53\xf7\x53"), S_INIT("单号"), 0, -1 },
        { "a pair", S_INIT("\x40\xd8\x00\xdc"), S_INIT("𠀀"), 0, -1 },
        { "a second half alone", S_INIT("a\0\x00\xdc\x55\x53"),
          S_INIT("a\ufffd单"), 1, 2 },
        { "a first half alone", S_INIT("\x40\xd8\x55\x53"), S_INIT("\ufffd单"),
          1, 0 },
        { "a first half at the end", S_INIT("a\0\x40\xd8"), S_INIT("a\ufffd"),
          1, 2 },
        { "half a unit", S_INIT("a\0b"), S_INIT("a\ufffd"), 1, 2 },
        { "a first half and half a unit", S_INIT("\x40\xd8\x00"),
          S_INIT("\ufffd\ufffd"), 2, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t size = 1; size <= rows[i].text.n + 1; size++) {
            TEST_ARENA(a, LIMIT);
            struct charset c = { 0 };

            EXPECT_ROW_STR(rows[i].why,
                           converted_from(&a, CHARSET_FROM_UTF16LE,
                                          rows[i].text, size, &c),
                           rows[i].want);
            EXPECT_ROW(rows[i].why, c.bad == rows[i].bad);
            EXPECT_ROW(rows[i].why, c.first_bad == rows[i].first_bad);
            EXPECT_ROW(rows[i].why, c.offset == (int64_t)rows[i].text.n);
        }
    }
}

TEST(utf16_with_the_upper_byte_first_is_read_so)
{
    TEST_ARENA(a, LIMIT);
    struct charset c = { 0 };

    EXPECT_STR(converted_from(&a, CHARSET_FROM_UTF16BE,
                              S("\x53\x55\0a\xd8\x40\xdc\x00"), 3, &c),
               S("单a𠀀"));
    EXPECT(c.bad == 0);
}

/* [CH1] [CH2] */
TEST(gb18030_becomes_utf8_however_it_is_cut)
{
    static const struct {
        const char *why;
        str text;
        str want;
        int64_t bad;
        int64_t first_bad;
    } rows[] = {
        { "nothing", S_INIT(""), S_INIT(""), 0, -1 },
        { "ASCII", S_INIT("a,\"b\"\r\n"), S_INIT("a,\"b\"\r\n"), 0, -1 },
        { "two bytes", S_INIT("\xb5\xa5\xba\xc5,1\n"), S_INIT("单号,1\n"), 0,
          -1 },
        { "four bytes", S_INIT("x\x81\x30\x81\x30y"), S_INIT("x\xc2\x80y"), 0,
          -1 },
        { "beyond the first plane", S_INIT("\x95\x32\x82\x36"), S_INIT("𠀀"), 0,
          -1 },
        { "a byte that begins nothing", S_INIT("a\xff\xb5\xa5"),
          S_INIT("a\ufffd单"), 1, 1 },
        { "a first byte whose second is none", S_INIT("ab\xb5,c"),
          S_INIT("ab\ufffd,c"), 1, 2 },
        { "cut at the end", S_INIT("ab\xb5"), S_INIT("ab\ufffd"), 1, 2 },
        { "four bytes cut at the end", S_INIT("\x81\x30\x81"),
          S_INIT("\ufffd0\ufffd"), 2, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t size = 1; size <= rows[i].text.n + 1; size++) {
            TEST_ARENA(a, LIMIT);
            struct charset c = { 0 };

            EXPECT_ROW_STR(rows[i].why, converted(&a, rows[i].text, size, &c),
                           rows[i].want);
            EXPECT_ROW(rows[i].why, c.bad == rows[i].bad);
            EXPECT_ROW(rows[i].why, c.first_bad == rows[i].first_bad);
            EXPECT_ROW(rows[i].why, c.offset == (int64_t)rows[i].text.n);
        }
    }
}

/* [CH1] Any bytes, and more of them than one step writes. */
static void cut_anyhow(enum charset_from from)
{
    enum { BYTES = 20000 };
    static char bytes[BYTES];
    static const size_t sizes[] = { 1, 2, 3, 7, 4096, 4097 };
    struct test_random r = { TEST_SEED };
    str text = { bytes, BYTES };

    test_random_bytes(&r, bytes, BYTES);
    TEST_ARENA(a, 16 << 20);
    struct charset whole = { 0 };
    str want = converted_from(&a, from, text, BYTES, &whole);

    EXPECT(whole.bad > 0 && whole.offset == BYTES);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct charset c = { 0 };

        EXPECT(str_eq(converted_from(&a, from, text, sizes[i], &c), want));
        EXPECT(c.bad == whole.bad && c.first_bad == whole.first_bad);
    }
}

TEST(random_bytes_come_out_the_same_however_they_are_cut)
{
    cut_anyhow(CHARSET_FROM_GB18030);
    cut_anyhow(CHARSET_FROM_UTF16LE);
    cut_anyhow(CHARSET_FROM_UTF16BE);
}

TEST(a_stream_that_never_began_may_be_ended)
{
    struct charset c = { 0 };

    charset_end(&c);
    charset_end(&c);
    EXPECT(c.table == NULL);
}
