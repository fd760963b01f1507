#include "codec/json.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/canonical.h"
#include "codec/json_number.h"
#include "codec/utf8.h"

#include <math.h>

static str canonical(struct arena *a, const struct json *j)
{
    str out = S("(failed)");

    EXPECT_OK(json_text(a, j, 1 << 20, &out));
    return out;
}

static double double_of(uint64_t bits)
{
    double v;

    memcpy(&v, &bits, sizeof v);
    return v;
}

/* Any bits that are a number; half of them from 1e-12 to 1e33, where whole
 * numbers begin and end to be written without an exponent. */
static double random_double(struct test_random *r)
{
    for (;;) {
        uint64_t bits = test_random_next(r);
        uint64_t near = (984 + test_random_below(r, 150)) << 52;

        if (test_random_below(r, 2) == 0)
            bits = (bits & 0x800fffffffffffff) | near;
        if (isfinite(double_of(bits)))
            return double_of(bits);
    }
}

/* [JN1] The doubles that RFC 8785, appendix B, lists by their bits, and some
 * of our own; texts as every ECMAScript engine prints them. */
TEST(reals_are_written_as_ecmascript_prints_them)
{
    static const struct {
        const char *name;
        uint64_t bits;
        str want;
    } rows[] = {
        { "zero", 0x0000000000000000, S_INIT("0") },
        { "minus zero", 0x8000000000000000, S_INIT("0") },
        { "least above zero", 0x0000000000000001, S_INIT("5e-324") },
        { "greatest below zero", 0x8000000000000001, S_INIT("-5e-324") },
        { "greatest", 0x7fefffffffffffff, S_INIT("1.7976931348623157e+308") },
        { "least", 0xffefffffffffffff, S_INIT("-1.7976931348623157e+308") },
        { "2^53", 0x4340000000000000, S_INIT("9007199254740992") },
        { "-2^53", 0xc340000000000000, S_INIT("-9007199254740992") },
        { "2^68", 0x4430000000000000, S_INIT("295147905179352830000") },
        { "below 1e23", 0x44b52d02c7e14af5, S_INIT("9.999999999999997e+22") },
        { "1e23", 0x44b52d02c7e14af6, S_INIT("1e+23") },
        { "above 1e23", 0x44b52d02c7e14af7, S_INIT("1.0000000000000001e+23") },
        { "two below 1e21", 0x444b1ae4d6e2ef4e,
          S_INIT("999999999999999700000") },
        { "below 1e21", 0x444b1ae4d6e2ef4f, S_INIT("999999999999999900000") },
        { "1e21", 0x444b1ae4d6e2ef50, S_INIT("1e+21") },
        { "below 1e-6", 0x3eb0c6f7a0b5ed8c, S_INIT("9.999999999999997e-7") },
        { "1e-6", 0x3eb0c6f7a0b5ed8d, S_INIT("0.000001") },
        { "shortest of five, 1", 0x41b3de4355555553,
          S_INIT("333333333.3333332") },
        { "shortest of five, 2", 0x41b3de4355555554,
          S_INIT("333333333.33333325") },
        { "shortest of five, 3", 0x41b3de4355555555,
          S_INIT("333333333.3333333") },
        { "shortest of five, 4", 0x41b3de4355555556,
          S_INIT("333333333.3333334") },
        { "shortest of five, 5", 0x41b3de4355555557,
          S_INIT("333333333.33333343") },
        { "small with 17 digits", 0xbecbf647612f3696,
          S_INIT("-0.0000033333333333333333") },
        { "round to even", 0x43143ff3c1cb0959, S_INIT("1424953923781206.2") },
        { "2^-44, nearest is not shortest", 0x3d30000000000000,
          S_INIT("5.684341886080802e-14") },
        { "carries into a new digit", 0x4023ffffffffffff,
          S_INIT("9.999999999999998") },
        { "a tenth", 0x3fb999999999999a, S_INIT("0.1") },
        { "one", 0x3ff0000000000000, S_INIT("1") },
        { "-12.5", 0xc029000000000000, S_INIT("-12.5") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[JSON_NUMBER_TEXT];

        EXPECT_ROW_STR(rows[i].name,
                       json_number_text(double_of(rows[i].bits), text),
                       rows[i].want);
    }
}

/* [property] Whatever its bits, a real is read back as itself; one that is a
 * whole number may come back as a JSON_INT. */
TEST(every_real_survives_being_written_and_read)
{
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 20000; i++) {
        double v = random_double(&r);
        char text[JSON_NUMBER_TEXT];
        char again[JSON_NUMBER_TEXT];
        struct json j = { .kind = JSON_NULL };
        str written = json_number_text(v, text);

        EXPECT(json_number_read(written, &j));
        if (j.kind == JSON_INT)
            j.real = (double)j.number;
        EXPECT(!(j.real < v) && !(j.real > v)); /* minus zero is zero */
        EXPECT_STR(json_number_text(j.real, again), written);
    }
}

/* [J2] The order of UTF-16 code units, which is neither that of UTF-8 bytes
 * nor that of code points; after RFC 8785, 3.2.3. */
TEST(members_are_sorted_by_utf16_code_units)
{
    TEST_ARENA(a, 1 << 16);
    struct json *j;

    if (!EXPECT_OK(json_parse(
            &a,
            S("{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\","
              "\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\",\"1\":\"One\","
              "\"\\ud83d\\ude00\":\"Emoji: Grinning Face\","
              "\"\\u0080\":\"Control\","
              "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}"),
            &j)))
        return;
    EXPECT_STR(canonical(&a, j),
               S("{\"\\r\":\"Carriage Return\",\"1\":\"One\","
                 "\"\xc2\x80\":\"Control\","
                 "\"ö\":\"Latin Small Letter O With Diaeresis\","
                 "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\","
                 "\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}"));
    EXPECT_STR(j->first->key, S("€")); /* the tree itself is as it was */
}

TEST(keys_differ_by_length_case_and_plane)
{
    TEST_ARENA(a, 1 << 16);
    static const struct {
        const char *name;
        str in;
        str want;
    } rows[] = {
        { "a prefix comes first", S_INIT("{\"ab\":1,\"a\":2,\"\":3}"),
          S_INIT("{\"\":3,\"a\":2,\"ab\":1}") },
        { "capitals before small letters", S_INIT("{\"a\":1,\"B\":2}"),
          S_INIT("{\"B\":2,\"a\":1}") },
        { "digits as texts", S_INIT("{\"10\":1,\"9\":2}"),
          S_INIT("{\"10\":1,\"9\":2}") },
        { "last of the first plane after the second",
          S_INIT("{\"\xef\xbf\xbf\":1,\"\xf0\x90\x80\x80\":2}"),
          S_INIT("{\"\xf0\x90\x80\x80\":2,\"\xef\xbf\xbf\":1}") },
        { "before the surrogates as everywhere",
          S_INIT("{\"\xf0\x90\x80\x80\":2,\"\xed\x9f\xbf\":1}"),
          S_INIT("{\"\xed\x9f\xbf\":1,\"\xf0\x90\x80\x80\":2}") },
        { "among the high planes",
          S_INIT("{\"\xf4\x8f\xbf\xbf\":1,\"\xf0\x9f"
                 "\x98\x80\":2}"),
          S_INIT("{\"\xf0\x9f\x98\x80\":2,\"\xf4\x8f\xbf\xbf\":1}") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json *j;

        if (EXPECT_ROW_OK(rows[i].name, json_parse(&a, rows[i].in, &j)))
            EXPECT_ROW_STR(rows[i].name, canonical(&a, j), rows[i].want);
    }
}

TEST(texts_are_escaped_no_more_than_needed)
{
    TEST_ARENA(a, 1 << 16);
    static const struct {
        const char *name;
        str in;
        str want;
    } rows[] = {
        { "empty", S_INIT(""), S_INIT("\"\"") },
        { "quote and backslash", S_INIT("a\"b\\"), S_INIT("\"a\\\"b\\\\\"") },
        { "with a letter", S_INIT("\b\t\n\f\r"),
          S_INIT("\"\\b\\t\\n\\f\\r\"") },
        { "without one", S_INIT("\x01\x0b\x1f"),
          S_INIT("\"\\u0001\\u000b\\u001f\"") },
        { "not escaped", S_INIT("/<>&'\x7f\xc2\x80\xe2\x80\xa8"),
          S_INIT("\"/<>&'\x7f\xc2\x80\xe2\x80\xa8\"") },
        { "Chinese", S_INIT("售后服务"), S_INIT("\"售后服务\"") },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].name,
                       canonical(&a, json_new_str(&a, rows[i].in)),
                       rows[i].want);
}

/* RFC 8785, 3.2.2: its example, all in one. */
TEST(the_example_of_rfc_8785_is_written_as_the_rfc_does)
{
    TEST_ARENA(a, 1 << 16);
    struct json *j;

    if (!EXPECT_OK(json_parse(
            &a,
            S("{\n  \"numbers\": [333333333.33333329, 1E30, 4.50,\n"
              "              2e-3, 0.000000000000000000000000001],\n"
              "  \"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c"
              "\\\\\\\"\\/\",\n"
              "  \"literals\": [null, true, false]\n}"),
            &j)))
        return;
    EXPECT_STR(canonical(&a, j),
               S("{\"literals\":[null,true,false],\"numbers\":"
                 "[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":"
                 "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"));
}

TEST(whole_numbers_are_written_in_full)
{
    TEST_ARENA(a, 1 << 16);

    EXPECT_STR(canonical(&a, json_new_int(&a, INT64_MIN)),
               S("-9223372036854775808"));
    EXPECT_STR(canonical(&a, json_new_int(&a, 9007199254740993)),
               S("9007199254740993"));
    EXPECT_STR(canonical(&a, json_new_int(&a, 0)), S("0"));
}

TEST(people_get_indented_lines_in_the_order_that_was_set)
{
    TEST_ARENA(a, 1 << 16);
    struct json *j;
    struct buf b;
    str out = S("");

    if (!EXPECT_OK(json_parse(
            &a, S("{\"b\":[1,{\"x\":null}],\"a\":{},\"c\":[],\"d\":\"\\n\"}"),
            &j)))
        return;
    buf_init(&b, &a, 1000);
    json_pretty(&b, j);
    EXPECT_OK(buf_done(&b, &out));
    EXPECT_STR(out, S("{\n  \"b\": [\n    1,\n    {\n      \"x\": null\n"
                      "    }\n  ],\n  \"a\": {},\n  \"c\": [],\n"
                      "  \"d\": \"\\n\"\n}"));
}

TEST(writing_stops_at_the_limit_of_the_buf)
{
    TEST_ARENA(a, 1 << 16);
    struct json *j = json_new_object(&a);
    struct buf b;
    str out;

    json_set(j, S("key"), json_new_str(&a, S("0123456789")));
    buf_init(&b, &a, 10);
    json_canonical(&b, j);
    EXPECT_ERR(buf_done(&b, &out), ERR_LIMIT, "buf.limit");
}

/* [J5] Whatever differs from the canonical form by one sign is written anew;
 * what is beside it need not be. */
TEST(what_is_read_is_written_as_it_stood_only_where_that_is_canonical)
{
    TEST_ARENA(a, 1 << 16);
    static const struct {
        str text;
        str canonical;
    } rows[] = {
        { S_INIT("{\"a\":[1,\"x\"],\"b\":{}}"),
          S_INIT("{\"a\":[1,\"x\"],\"b\":{}}") },
        { S_INIT(" {\"a\":1}\n"), S_INIT("{\"a\":1}") },
        { S_INIT("{ \"a\":1}"), S_INIT("{\"a\":1}") },
        { S_INIT("{\"a\" :1}"), S_INIT("{\"a\":1}") },
        { S_INIT("{\"a\": 1}"), S_INIT("{\"a\":1}") },
        { S_INIT("{\"a\":1 }"), S_INIT("{\"a\":1}") },
        { S_INIT("[1 ]"), S_INIT("[1]") },
        { S_INIT("[ ]"), S_INIT("[]") },
        { S_INIT("[1,\t2]"), S_INIT("[1,2]") },
        { S_INIT("{\"b\":1,\"a\":2}"), S_INIT("{\"a\":2,\"b\":1}") },
        { S_INIT("[{\"b\":1,\"a\":2},{\"c\":3}]"),
          S_INIT("[{\"a\":2,\"b\":1},{\"c\":3}]") },
        { S_INIT("{\"\\u0061\":1}"), S_INIT("{\"a\":1}") },
        { S_INIT("[\"\\/\",\"b\"]"), S_INIT("[\"/\",\"b\"]") },
        { S_INIT("[\"\\n\"]"), S_INIT("[\"\\n\"]") },
        { S_INIT("[-0]"), S_INIT("[0]") },
        { S_INIT("[1.0]"), S_INIT("[1]") },
        { S_INIT("[1e2,1]"), S_INIT("[100,1]") },
        { S_INIT("[0.10]"), S_INIT("[0.1]") },
        { S_INIT("[-7,0]"), S_INIT("[-7,0]") },
        { S_INIT("[null,true,false]"), S_INIT("[null,true,false]") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct json *j = NULL;

        if (EXPECT_ROW_OK(rows[i].text.p,
                          json_parse_sealed(&a, rows[i].text, &j)))
            EXPECT_ROW_STR(rows[i].text.p, canonical(&a, j), rows[i].canonical);
    }
}

TEST(what_is_added_to_a_copy_of_what_was_read_is_written_too)
{
    TEST_ARENA(a, 1 << 16);
    const struct json *object = NULL;
    const struct json *array = NULL;

    if (!EXPECT_OK(json_parse_sealed(&a, S("{\"a\":1}"), &object)) ||
        !EXPECT_OK(json_parse_sealed(&a, S("[1]"), &array)))
        return;
    struct json members = *object;
    struct json elements = *array;
    json_set(&members, S("b"), json_new_int(&a, 2));
    json_add(&elements, json_new_int(&a, 2));
    EXPECT_STR(canonical(&a, &members), S("{\"a\":1,\"b\":2}"));
    EXPECT_STR(canonical(&a, &elements), S("[1,2]"));
}

/* [J5] A tree that was not said to be sealed may be altered anywhere. */
TEST(an_inner_part_that_was_altered_is_written_as_it_is_now)
{
    TEST_ARENA(a, 1 << 16);
    struct json *j = NULL;

    EXPECT_OK(json_parse(&a, S("{\"a\":{\"b\":[1]}}"), &j));
    if (j == NULL)
        return;
    j->first->first->first->number = 2;
    json_set(j->first, S("c"), json_new_bool(&a, true));
    EXPECT_STR(canonical(&a, j), S("{\"a\":{\"b\":[2],\"c\":true}}"));
}

/* --- random trees ----------------------------------------------------- */

static str random_text(struct arena *a, struct test_random *r)
{
    static const uint32_t ends[] = {
        0x20, 0x80, 0x800, 0xd800, 0x4000, 0x110000
    };
    size_t n = test_random_below(r, 12);
    char *p = arena_zero(a, n * UTF8_MAX);
    size_t used = 0;

    for (size_t i = 0; p != NULL && i < n; i++) {
        uint32_t end = ends[test_random_below(r, COUNT(ends))];

        used +=
            utf8_write(1 + (uint32_t)test_random_below(r, end - 1), p + used);
    }
    return (str){ p, used };
}

static struct json *random_real(struct arena *a, struct test_random *r)
{
    struct json *j = json_new_null(a);

    if (j == NULL)
        return NULL;
    j->kind = JSON_REAL;
    j->real = random_double(r);
    return j;
}

static struct json *random_tree(struct arena *a, struct test_random *r,
                                int depth)
{
    struct json *j;

    switch (test_random_below(r, depth > 4 ? 5 : 7)) {
    case 0: return json_new_null(a);
    case 1: return json_new_bool(a, test_random_below(r, 2) == 0);
    case 2: return json_new_int(a, (int64_t)test_random_next(r));
    case 3: return random_real(a, r);
    case 4: return json_new_str(a, random_text(a, r));
    case 5: j = json_new_array(a); break;
    default: j = json_new_object(a); break;
    }
    for (uint64_t n = test_random_below(r, 30); n > 0; n--) {
        struct json *child = random_tree(a, r, depth + 1);
        str key = random_text(a, r);

        if (j->kind == JSON_ARRAY)
            json_add(j, child);
        else if (json_get(j, key) == NULL)
            json_set(j, key, child);
    }
    return j;
}

/* [J2] [property] */
TEST(what_was_written_is_read_and_written_again_as_the_same_bytes)
{
    struct test_random r = { TEST_SEED };
    size_t longest = 0;

    for (int i = 0; i < 300; i++) {
        TEST_ARENA(a, 1 << 24);
        struct json *j = random_tree(&a, &r, 3);
        struct json *back;
        struct json *pretty_back;
        struct buf b;
        str pretty = S("");
        str first = canonical(&a, j);

        buf_init(&b, &a, 1 << 22);
        json_pretty(&b, j);
        EXPECT_OK(buf_done(&b, &pretty));
        if (!EXPECT_OK(json_parse(&a, first, &back)) ||
            !EXPECT_OK(json_parse(&a, pretty, &pretty_back)))
            return;
        EXPECT_STR(canonical(&a, back), first);
        EXPECT_STR(canonical(&a, pretty_back), first);
        longest = first.n > longest ? first.n : longest;
    }
    EXPECT(longest > 1000);
}
