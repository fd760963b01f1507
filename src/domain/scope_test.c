/* The parts of a scope, and the same in other words. [SU3] [SU7] */

#include "domain/scope.h"

#include "domain/test_fixture.h"

TEST(a_scope_lies_within_another_part_by_part)
{
    static const struct {
        const char *name;
        str scope;
        str main;
        str outside;
    } rows[] = {
        { "nothing", S_INIT(""), S_INIT("家电"), S_INIT("") },
        { "the whole", S_INIT("家电、空调"), S_INIT("家电、空调"), S_INIT("") },
        { "in another order, by other marks", S_INIT("空调; 家电"),
          S_INIT("家电，空调"), S_INIT("") },
        { "one that is not in it", S_INIT("空调、家具、灯"),
          S_INIT("家电、空调"), S_INIT("家具") },
        { "a fragment", S_INIT("电"), S_INIT("家电"), S_INIT("电") },
        { "nothing between two marks", S_INIT("家电、、空调、"),
          S_INIT("空调、家电"), S_INIT("") },
        { "of nothing", S_INIT("家电"), S_INIT(""), S_INIT("家电") },
        { "one behind nothing between two marks", S_INIT("家电、、家具"),
          S_INIT("家电"), S_INIT("家具") },
        { "a letter", S_INIT("b,a"), S_INIT("b,a"), S_INIT("") },
        { "a letter that is not in it", S_INIT("b,a"), S_INIT("b"),
          S_INIT("a") },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].name,
                       scope_part_outside(rows[i].scope, rows[i].main),
                       rows[i].outside);
}

TEST(a_scope_follows_the_one_it_lies_within_into_other_words)
{
    static const struct {
        const char *name;
        str scope;
        str from;
        str to;
        const char *want; /* empty: it cannot */
    } rows[] = {
        { "one part", S_INIT("家电"), S_INIT("家电、空调"),
          S_INIT("家用电器、空调"), "家用电器" },
        { "the other stays", S_INIT("空调"), S_INIT("家电、空调"),
          S_INIT("家用电器、空调"), "空调" },
        { "what stands between them stays", S_INIT(" 空调， 家电;"),
          S_INIT("家电、空调"), S_INIT("家用电器、空调器"),
          " 空调器， 家用电器;" },
        { "with nothing between two marks", S_INIT("家电、、空调"),
          S_INIT("家电、空调"), S_INIT("家用电器、空调"), "家用电器、、空调" },
        { "with nothing between two marks of the main ones", S_INIT("灯"),
          S_INIT("、家电、、灯"), S_INIT("、家用电器、、灯具"), "灯具" },
        { "a part that moved is itself", S_INIT("家电、空调"),
          S_INIT("家电、空调"), S_INIT("空调、家用电器"), "家用电器、空调" },
        { "two, in their order", S_INIT("灯、家电"), S_INIT("家电、空调、灯"),
          S_INIT("家用电器、空调、灯具"), "灯具、家用电器" },
        { "with nothing between two marks of the old ones", S_INIT("灯"),
          S_INIT("家电、、灯"), S_INIT("家用电器、灯具"), "灯具" },
        { "with nothing between two marks of the new ones", S_INIT("灯"),
          S_INIT("家电、灯"), S_INIT("家用电器、、灯具"), "灯具" },
        { "a part said twice", S_INIT("家电"), S_INIT("家电、空调"),
          S_INIT("家用电器、空调、空调"), "家用电器" },
        { "a letter at the end", S_INIT("a"), S_INIT("xx,a"), S_INIT("yy,zz"),
          "zz" },
        { "a letter at the beginning", S_INIT("a"), S_INIT("a,xx"),
          S_INIT("d,yy"), "d" },
        { "letters", S_INIT("b,a"), S_INIT("c,b,a"), S_INIT("c,b,d"), "b,d" },
        { "a letter more", S_INIT("a"), S_INIT("a"), S_INIT("d,e"), "" },
        { "a letter less", S_INIT("a"), S_INIT("b,a"), S_INIT("d"), "" },
        { "a part more", S_INIT("家电"), S_INIT("家电、空调"),
          S_INIT("家用电器、热水器、空调"), "" },
        { "a part less", S_INIT("家电"), S_INIT("家电、空调"), S_INIT("灯"),
          "" },
        { "parts taken away alone", S_INIT("家电"), S_INIT("家电、空调"),
          S_INIT("空调"), "" },
        { "one that does not lie within it", S_INIT("家具"), S_INIT("家电"),
          S_INIT("家用电器"), "" },
        { "no longer than there is room", S_INIT("家电"), S_INIT("家电"),
          S_INIT("一二三四五六七八九十一二三四"),
          "一二三四五六七八九十一二三四" },
        { "a letter longer", S_INIT("家电、"), S_INIT("家电"),
          S_INIT("一二三四五六七八九十一二三四"), "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        str out = S("untouched");

        EXPECT_ROW_OK(rows[i].name,
                      scope_reworded(&a, rows[i].scope, rows[i].from,
                                     rows[i].to, 42, &out));
        EXPECT_ROW_STR(rows[i].name, out, str_of(rows[i].want));
    }
}

static err reword_once(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    str out = S("");

    arena_init(&a, h, 1 << 20);
    err e = scope_reworded(&a, S("家电"), S("家电"), S("家用电器"), 100, &out);
    EXPECT(failed(e) == (out.n == 0));
    return e;
}

TEST(every_failed_allocation_of_other_words_is_reported)
{
    EXPECT(test_every_allocation_fails(reword_once, NULL, NULL) > 0);
}
