#include "verify/tree.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"

static struct json *parsed(struct arena *a, str text)
{
    struct json *j = NULL;

    EXPECT_OK(json_parse(a, text, &j));
    return j;
}

TEST(the_place_where_two_trees_part_is_named)
{
    TEST_ARENA(a, 1 << 18);
    static const struct {
        const char *name;
        str got;
        str want;
        str place;
    } rows[] = {
        { "the same, in another order", S_INIT("{\"a\":1,\"b\":[2,{}]}"),
          S_INIT("{\"b\":[2,{}],\"a\":1}"), S_INIT("") },
        { "a text", S_INIT("{\"a\":{\"b\":\"x\"}}"),
          S_INIT("{\"a\":{\"b\":\"y\"}}"), S_INIT("a.b") },
        { "a number", S_INIT("{\"a\":1}"), S_INIT("{\"a\":2}"), S_INIT("a") },
        { "a fraction", S_INIT("{\"a\":1.5}"), S_INIT("{\"a\":2.5}"),
          S_INIT("a") },
        { "a kind", S_INIT("{\"a\":\"1\"}"), S_INIT("{\"a\":1}"), S_INIT("a") },
        { "true and false", S_INIT("[true]"), S_INIT("[false]"),
          S_INIT("[0]") },
        { "null is null", S_INIT("[null]"), S_INIT("[null]"), S_INIT("") },
        { "an element", S_INIT("{\"a\":[1,{\"b\":2}]}"),
          S_INIT("{\"a\":[1,{\"b\":3}]}"), S_INIT("a[1].b") },
        { "an element too few", S_INIT("{\"a\":[1]}"), S_INIT("{\"a\":[1,2]}"),
          S_INIT("a[1]") },
        { "an element too many", S_INIT("{\"a\":[1,2]}"), S_INIT("{\"a\":[1]}"),
          S_INIT("a[1]") },
        { "a member too few", S_INIT("{}"), S_INIT("{\"a\":1}"), S_INIT("a") },
        { "a member too many", S_INIT("{\"a\":1,\"z\":2}"), S_INIT("{\"a\":1}"),
          S_INIT("z") },
        { "the first of several", S_INIT("{\"a\":0,\"b\":0}"),
          S_INIT("{\"b\":1,\"a\":1}"), S_INIT("b") },
        { "the whole", S_INIT("1"), S_INIT("{}"), S_INIT(".") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str place = S("untouched");

        EXPECT_ROW_OK(rows[i].name,
                      tree_differs(&a, parsed(&a, rows[i].got),
                                   parsed(&a, rows[i].want), &place));
        EXPECT_ROW_STR(rows[i].name, place, rows[i].place);
    }
}

TEST(a_member_left_out_is_left_in_the_tree_it_came_from)
{
    TEST_ARENA(a, 1 << 16);
    struct json *whole =
        parsed(&a, S("{\"a\":1,\"proof\":{\"x\":2},\"b\":[3]}"));
    struct json *less = NULL;
    str text = S("");

    EXPECT_OK(tree_without(&a, whole, S("proof"), &less));
    EXPECT_OK(tree_text(&a, less, &text));
    EXPECT_STR(text, S("{\"a\":1,\"b\":[3]}"));
    EXPECT_OK(tree_text(&a, whole, &text));
    EXPECT_STR(text, S("{\"a\":1,\"b\":[3],\"proof\":{\"x\":2}}"));
}

/* Read from its canonical text, from another, or made: the hash is that of the
 * tree without the member, wherever that stood. */
TEST(the_hash_without_a_member_is_that_of_the_tree_without_it)
{
    static const struct {
        const char *name;
        str text;
    } rows[] = {
        { "alone", S_INIT("{\"k\":1}") },
        { "first", S_INIT("{\"k\":[1,{}],\"m\":2}") },
        { "between", S_INIT("{\"a\":\"}\",\"k\":{\"k\":2},\"m\":2}") },
        { "last", S_INIT("{\"a\":\",\",\"k\":\"}\"}") },
        { "not there", S_INIT("{\"a\":1}") },
        { "not there, save further in", S_INIT("{\"a\":{\"k\":1}}") },
        { "in an empty object", S_INIT("{}") },
        { "with blanks", S_INIT("{\"a\":1, \"k\":2}") },
        { "out of order", S_INIT("{\"k\":2,\"a\":1}") },
        { "with an escape", S_INIT("{\"a\":\"\\u0041\",\"k\":2}") },
        { "beside Chinese", S_INIT("{\"k\":\"甲\",\"乙\":\"丙\"}") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 18);
        struct json *made = parsed(&a, rows[i].text);
        const struct json *read = NULL;
        struct json *less = NULL;
        struct hash want;
        struct hash got = { { 0 } };

        EXPECT_ROW_OK(rows[i].name, tree_without(&a, made, S("k"), &less));
        EXPECT_ROW_OK(rows[i].name, tree_hash(&a, less, &want));
        EXPECT_ROW_OK(rows[i].name, tree_hash_without(&a, made, S("k"), &got));
        EXPECT_ROW(rows[i].name, hash_eq(&got, &want));
        got = (struct hash){ { 0 } };
        EXPECT_ROW_OK(rows[i].name, json_parse_sealed(&a, rows[i].text, &read));
        EXPECT_ROW_OK(rows[i].name, tree_hash_without(&a, read, S("k"), &got));
        EXPECT_ROW(rows[i].name, hash_eq(&got, &want));
    }
}

/* SHA-256 of "{}", from the sha256sum of coreutils. */
TEST(the_hash_is_that_of_the_canonical_text)
{
    TEST_ARENA(a, 1 << 16);
    static const struct hash want = {
        { 0x44, 0x13, 0x6f, 0xa3, 0x55, 0xb3, 0x67, 0x8a, 0x11, 0x46, 0xad,
          0x16, 0xf7, 0xe8, 0x64, 0x9e, 0x94, 0xfb, 0x4f, 0xc2, 0x1f, 0xe7,
          0x7e, 0x83, 0x10, 0xc0, 0x60, 0xf6, 0x1c, 0xaa, 0xff, 0x8a }
    };
    struct hash got = { { 0 } };

    EXPECT_OK(tree_hash(&a, parsed(&a, S(" { } ")), &got));
    EXPECT(hash_eq(&got, &want));
}

/* Wherever the new member belongs: before all, between, behind, alone; past
 * texts that hold brackets, quotes and commas. */
TEST(a_member_put_into_a_text_gives_the_text_of_the_tree_that_has_it)
{
    static const struct {
        const char *name;
        str text;
        const char *key;
    } rows[] = {
        { "alone", S_INIT("{}"), "k" },
        { "first", S_INIT("{\"m\":1}"), "k" },
        { "last", S_INIT("{\"a\":[1,{\"z\":2}]}"), "k" },
        { "between", S_INIT("{\"a\":{\"z\":{}},\"z\":[]}"), "k" },
        { "a key that begins another", S_INIT("{\"ke\":1}"), "k" },
        { "a key that another begins", S_INIT("{\"j\":1,\"k\":2}"), "ka" },
        { "signs of JSON inside a text",
          S_INIT("{\"a\":\"},]\\\"{[\\\\\",\"b\":\"\",\"n\":-1.5}"), "k" },
        { "capitals before small letters", S_INIT("{\"B\":1,\"a\":2}"), "@c" },
        { "letters beyond ASCII", S_INIT("{\"a\":\"示\",\"示\":1}"), "k" },
        { "true, false and null", S_INIT("{\"a\":true,\"l\":false,\"z\":null}"),
          "k" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct json *tree = parsed(&a, rows[i].text);
        str text = S("");
        str with = S("");
        str want = S("");

        EXPECT_ROW_OK(rows[i].name, tree_text(&a, tree, &text));
        EXPECT_ROW_OK(rows[i].name,
                      tree_text_with(&a, text, str_of(rows[i].key),
                                     S("{\"x\":[7]}"), &with));
        json_set(tree, str_of(rows[i].key), parsed(&a, S("{\"x\":[7]}")));
        EXPECT_ROW_OK(rows[i].name, tree_text(&a, tree, &want));
        EXPECT_ROW_STR(rows[i].name, with, want);
        EXPECT_ROW_STR(rows[i].name, tree_text_of(with, str_of(rows[i].key)),
                       S("{\"x\":[7]}"));
        EXPECT_ROW_STR(rows[i].name, tree_text_of(text, str_of(rows[i].key)),
                       S(""));
    }
}
