#include "codec/json.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"

static str canonical(struct arena *a, const struct json *j)
{
    struct buf b;
    str out = S("(failed)");

    buf_init(&b, a, 1 << 20);
    json_canonical(&b, j);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(a_tree_is_built_without_a_check_in_between)
{
    TEST_ARENA(a, 1 << 16);
    struct json *top = json_new_object(&a);
    struct json *list = json_new_array(&a);

    EXPECT(json_add(list, json_new_int(&a, 1)) == list);
    EXPECT(json_add(list, json_new_null(&a)) == list);
    EXPECT(json_set(top, S("list"), list) == top);
    json_set(top, S("name"), json_new_str(&a, S("示例")));
    json_set(top, S("yes"), json_new_bool(&a, true));
    EXPECT(top->count == 3 && list->count == 2);
    EXPECT_STR(canonical(&a, top),
               S("{\"list\":[1,null],\"name\":\"示例\",\"yes\":true}"));
}

TEST(members_are_found_by_name_in_objects_only)
{
    TEST_ARENA(a, 1 << 16);
    struct json *o = json_new_object(&a);

    json_set(o, S("a"), json_new_str(&a, S("x")));
    json_set(o, S("n"), json_new_int(&a, 7));
    EXPECT(json_get(o, S("n"))->number == 7);
    EXPECT(json_get(o, S("b")) == NULL);
    EXPECT(json_get(json_get(o, S("n")), S("n")) == NULL);
    EXPECT(json_get(NULL, S("n")) == NULL);
    EXPECT_STR(json_get_str(o, S("a")), S("x"));
    EXPECT_STR(json_get_str(o, S("n")), S(""));
    EXPECT_STR(json_get_str(o, S("b")), S(""));
    EXPECT_STR(json_get_str(NULL, S("b")), S(""));
}

/* [J4] */
TEST(a_tree_that_lacks_a_part_is_never_written)
{
    TEST_ARENA(a, 1 << 16);
    struct json *top = json_new_array(&a);
    struct json *inner = json_new_object(&a);
    struct buf b;
    str out = S("untouched");

    EXPECT(json_add(NULL, inner) == NULL);
    EXPECT(json_add(top, inner) == top);
    EXPECT(json_set(inner, S("x"), NULL) == NULL); /* out of memory */
    EXPECT(json_set(inner, S("y"), json_new_null(&a)) == NULL);

    buf_init(&b, &a, 1000);
    json_canonical(&b, top);
    EXPECT_ERR(buf_done(&b, &out), ERR_MEMORY, "err.memory");
    buf_init(&b, &a, 1000);
    json_pretty(&b, top);
    EXPECT_ERR(buf_done(&b, &out), ERR_MEMORY, "err.memory");
    buf_init(&b, &a, 1000);
    json_canonical(&b, NULL);
    EXPECT_ERR(buf_done(&b, &out), ERR_MEMORY, "err.memory");
    buf_init(&b, &a, 1000);
    json_pretty(&b, NULL);
    EXPECT_ERR(buf_done(&b, &out), ERR_MEMORY, "err.memory");
    EXPECT_STR(out, S("untouched"));
}

TEST(a_broken_child_breaks_the_tree_it_is_added_to)
{
    TEST_ARENA(a, 1 << 16);
    struct json *top = json_new_array(&a);
    struct json *inner = json_new_array(&a);

    EXPECT(json_add(inner, NULL) == NULL);
    EXPECT(json_add(top, inner) == NULL);
    EXPECT(json_add(top, json_new_null(&a)) == NULL);
}

static err build_and_write(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct buf b;
    str out;

    arena_init(&a, h, 1 << 20);
    struct json *top = json_new_object(&a);
    struct json *list = json_new_array(&a);
    json_set(top, S("list"), list);
    json_add(list, json_new_str(&a, S("\x01\"plain")));
    json_add(list, json_new_bool(&a, false));
    json_add(list, json_new_int(&a, INT64_MIN));
    json_set(top, S("none"), json_new_null(&a));
    buf_init(&b, &a, 1000);
    json_canonical(&b, top);
    json_pretty(&b, top);
    return buf_done(&b, &out);
}

TEST(building_and_writing_survive_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(build_and_write, NULL, NULL) > 0);
}
