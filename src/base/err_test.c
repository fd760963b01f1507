#include "base/err.h"

#include "base/arena.h"
#include "base/test.h"

static err refuse(struct arena *a, str what)
{
    return err_new(a, ERR_INVALID, "test.refused", ARG_STR("what", what),
                   ARG_INT("count", -3));
}

TEST(an_err_carries_code_id_place_and_arguments)
{
    TEST_ARENA(a, 1 << 16);
    char text[] = "abc";
    err e = refuse(&a, str_of(text));

    text[0] = 'x';
    EXPECT_ERR(e, ERR_INVALID, "test.refused");
    EXPECT_STR(err_arg_text(e, "what"), S("abc"));
    EXPECT_STR(err_arg_text(e, "count"), S(""));
    EXPECT_STR(err_arg_text(OK, "what"), S(""));
    EXPECT(e.info->args[1].kind == ARG_IS_NUMBER &&
           e.info->args[1].number == -3);
    EXPECT(str_contains(str_of(e.info->where), S("err_test.c:")));
}

TEST(an_err_can_be_kept_beyond_its_arena)
{
    TEST_ARENA(keeper, 1 << 16);
    struct heap h = HEAP_LIBC;
    struct arena a;
    arena_init(&a, &h, 1 << 16);

    err e = err_keep(&keeper, refuse(&a, S("kept")));
    arena_end(&a);
    EXPECT_ERR(e, ERR_INVALID, "test.refused");
    EXPECT_STR(err_arg_text(e, "what"), S("kept"));
    EXPECT(!failed(err_keep(&keeper, OK)));
}

TEST(an_err_without_memory_is_the_memory_err)
{
    TEST_ARENA(a, 10);

    EXPECT_ERR(refuse(&a, S("x")), ERR_MEMORY, "err.memory");
}

TEST(every_code_has_a_name_of_its_own)
{
    for (enum err_code c = 0; c < ERR_CODE_COUNT; c++) {
        EXPECT(err_code_name(c).n > 0);
        for (enum err_code other = 0; other < c; other++)
            EXPECT(!str_eq(err_code_name(c), err_code_name(other)));
    }
    EXPECT_STR(err_code_name(ERR_NOT_FOUND), S("not_found"));
}

TEST(an_err_is_of_its_own_code_and_success_of_none)
{
    TEST_ARENA(a, 1 << 16);
    err e = err_new(&a, ERR_NOT_FOUND, "test.missing");

    EXPECT(err_is(e, ERR_NOT_FOUND) && !err_is(e, ERR_IO));
    EXPECT(err_is(err_memory(), ERR_MEMORY));
    for (int code = 0; code < ERR_CODE_COUNT; code++)
        EXPECT(!err_is(OK, (enum err_code)code));
}
