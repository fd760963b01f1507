#include "codec/cbor.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "base/size.h"
#include "base/test.h"

/* The bytes that `hex` says. */
static str bytes_of(struct arena *a, const char *hex)
{
    size_t n = strlen(hex) / 2;
    char *made = arena_zero(a, n);

    EXPECT(hex_parse(str_of(hex), (uint8_t *)made, n));
    return (str){ made, n };
}

static void expect_bytes(const char *row, struct buf *b, const char *hex)
{
    str out = S("");

    EXPECT_ROW_OK(row, buf_done(b, &out));
    EXPECT_ROW(row, str_eq(out, bytes_of(b->arena, hex)));
}

/* RFC 8949, appendix A; and the ends of int64_t. */
TEST(whole_numbers_are_as_short_as_they_can_be)
{
    TEST_ARENA(a, 1 << 16);
    static const struct {
        int64_t number;
        const char *hex;
    } rows[] = {
        { 0, "00" },
        { 10, "0a" },
        { 23, "17" },
        { 24, "1818" },
        { 255, "18ff" },
        { 256, "190100" },
        { 1000, "1903e8" },
        { 65535, "19ffff" },
        { 65536, "1a00010000" },
        { 1000000, "1a000f4240" },
        { 4294967295, "1affffffff" },
        { 4294967296, "1b0000000100000000" },
        { INT64_MAX, "1b7fffffffffffffff" },
        { -1, "20" },
        { -10, "29" },
        { -24, "37" },
        { -25, "3818" },
        { -100, "3863" },
        { -1000, "3903e7" },
        { INT64_MIN, "3b7fffffffffffffff" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;
        struct cbor *back = NULL;

        buf_init(&b, &a, 100);
        cbor_int(&b, rows[i].number);
        expect_bytes(rows[i].hex, &b, rows[i].hex);
        if (EXPECT_ROW_OK(rows[i].hex,
                          cbor_read(&a, bytes_of(&a, rows[i].hex), &back)))
            EXPECT_ROW(rows[i].hex, back->kind == CBOR_INT &&
                                        back->number == rows[i].number);
    }
}

TEST(texts_bytes_and_what_holds_them_are_written_and_read)
{
    TEST_ARENA(a, 1 << 16);
    struct cbor *got = NULL;
    struct buf b;
    str out = S("");

    buf_init(&b, &a, 100);
    cbor_tag(&b, 18);
    cbor_map(&b, 3);
    cbor_int(&b, 1);
    cbor_text(&b, S("水"));
    cbor_int(&b, -1);
    cbor_array(&b, 2);
    cbor_bytes(&b, S("\x01\x02"));
    cbor_array(&b, 0);
    cbor_text(&b, S("a"));
    cbor_map(&b, 0);
    EXPECT_OK(buf_done(&b, &out));
    EXPECT(str_eq(out, bytes_of(&a, "d2a30163e6b0b42082420102806161a0")));

    if (!EXPECT_OK(cbor_read(&a, out, &got)))
        return;
    EXPECT(got->kind == CBOR_TAG && got->number == 18 && got->count == 1);
    const struct cbor *map = got->first;
    EXPECT(map->kind == CBOR_MAP && map->count == 3 && map->next == NULL);
    EXPECT_STR(cbor_get(map, 1)->bytes, S("水"));
    const struct cbor *array = cbor_get(map, -1);
    EXPECT(array->kind == CBOR_ARRAY && array->count == 2);
    EXPECT_STR(array->first->bytes, S("\x01\x02"));
    EXPECT(array->first->kind == CBOR_BYTES);
    EXPECT(array->first->next->kind == CBOR_ARRAY);
    EXPECT(array->first->next->first == NULL);
    EXPECT(cbor_get(map, 2) == NULL);
    EXPECT(cbor_get(array, 1) == NULL);
    EXPECT(cbor_get(NULL, 1) == NULL);
}

/* [CB1] [CB2] [CB3] */
TEST(what_has_another_encoding_or_none_is_refused)
{
    TEST_ARENA(a, 1 << 16);
    static const struct {
        const char *name;
        const char *hex;
        const char *id;
        int64_t at;
    } rows[] = {
        { "nothing", "", "cbor.end", 0 },
        { "half a number", "19ff", "cbor.end", 0 },
        { "23 in a byte", "1817", "cbor.short", 0 },
        { "255 in two bytes", "1900ff", "cbor.short", 0 },
        { "65535 in four bytes", "1a0000ffff", "cbor.short", 0 },
        { "2^32-1 in eight bytes", "1b00000000ffffffff", "cbor.short", 0 },
        { "a length in a byte too many", "580161", "cbor.short", 0 },
        { "2^63", "1b8000000000000000", "cbor.range", 0 },
        { "-2^63-1", "3b8000000000000000", "cbor.range", 0 },
        { "a text cut short", "6261", "cbor.end", 0 },
        { "bytes without end", "5f4101ff", "cbor.kind", 0 },
        { "a list without end", "9f01ff", "cbor.kind", 0 },
        { "true", "f5", "cbor.kind", 0 },
        { "null", "f6", "cbor.kind", 0 },
        { "a fraction", "f93c00", "cbor.kind", 0 },
        { "a reserved length", "1c", "cbor.kind", 0 },
        { "a promise of 2^40 elements", "9b0000010000000000", "cbor.end", 9 },
        { "a promise of 2^40 pairs", "bb000001000000000001", "cbor.end", 10 },
        { "a key that is bytes", "a1410100", "cbor.key", 1 },
        { "a key that is a list", "a18000", "cbor.key", 1 },
        { "a key twice", "a201000100", "cbor.order", 3 },
        { "keys out of order", "a202000100", "cbor.order", 3 },
        { "a text before a number", "a26161000100", "cbor.order", 4 },
        { "a longer text first", "a262616100616200", "cbor.order", 5 },
        { "a text that is no UTF-8", "61ff", "cbor.text", 0 },
        { "half a character", "62e6b0", "cbor.text", 0 },
        { "a value after it", "0000", "cbor.after", 1 },
        { "nine lists in one another", "818181818181818180", "cbor.depth", 8 },
        { "nine tags", "c1c1c1c1c1c1c1c100", "cbor.depth", 8 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cbor *out = NULL;
        err e = cbor_read(&a, bytes_of(&a, rows[i].hex), &out);

        EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].id);
        if (failed(e))
            EXPECT_ROW(rows[i].name, e.info->args[0].number == rows[i].at);
        EXPECT_ROW(rows[i].name, out == NULL);
    }
}

TEST(eight_in_one_another_are_read)
{
    TEST_ARENA(a, 1 << 16);
    struct cbor *out = NULL;

    EXPECT_OK(cbor_read(&a, bytes_of(&a, "8181818181818180"), &out));
}

/* [CB4] 2^40 elements promised in nine bytes, in an arena that holds a few. */
TEST(a_promise_takes_no_memory)
{
    TEST_ARENA(a, 1 << 14);
    TEST_ARENA(hex, 1 << 14);
    struct cbor *out = NULL;
    str promise = bytes_of(&hex, "9b0000010000000000");

    EXPECT_ERR(cbor_read(&a, promise, &out), ERR_INVALID, "cbor.end");
}

static err round_trip(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct cbor *out;
    struct buf b;
    str text;

    arena_init(&a, h, 1 << 16);
    buf_init(&b, &a, 1000);
    cbor_map(&b, 1);
    cbor_int(&b, 1);
    cbor_text(&b, S("some text"));
    TRY(buf_done(&b, &text));
    return cbor_read(&a, text, &out);
}

TEST(cbor_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(round_trip, NULL, NULL) > 0);
}
