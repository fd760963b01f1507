#include "base/near.h"

#include "base/size.h"
#include "base/test.h"

TEST(the_distance_is_the_least_number_of_edits)
{
    static const struct {
        const char *why;
        const char *a;
        const char *b;
        size_t distance;
    } rows[] = {
        { "nothing at all", "", "", 0 },
        { "the same", "score", "score", 0 },
        { "capitals count as small letters", "Score", "sCORE", 0 },
        { "all is put in", "", "abc", 3 },
        { "one put in", "scre", "score", 1 },
        { "at the beginning", "core", "score", 1 },
        { "at the end", "scor", "score", 1 },
        { "one replaced", "scare", "score", 1 },
        { "two side by side exchanged", "socre", "score", 1 },
        { "the first two", "csore", "score", 1 },
        { "the last two", "scoer", "score", 1 },
        { "two apart are not exchanged", "ocsre", "score", 2 },
        { "no piece is edited twice", "ca", "abc", 3 },
        { "the classic one", "kitten", "sitting", 3 },
        { "nothing in common", "abc", "xyz", 3 },
        { "a letter is not the sign 32 below it", "[", "{", 1 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str a = str_of(rows[i].a);
        str b = str_of(rows[i].b);

        EXPECT_ROW(rows[i].why, near_distance(a, b) == rows[i].distance);
        EXPECT_ROW(rows[i].why, near_distance(b, a) == rows[i].distance);
    }
}

/* A word of `n` bytes, few of them different, so that words are often near. */
static str draw_word(struct test_random *r, char room[static NEAR_WORD_MAX])
{
    size_t n = (size_t)test_random_below(r, NEAR_WORD_MAX + 1);

    for (size_t i = 0; i < n; i++)
        room[i] = "abAB"[test_random_below(r, 4)];
    return (str){ room, n };
}

TEST(whatever_the_words_the_distance_is_one)
{
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 300; i++) {
        char room[3][NEAR_WORD_MAX];
        str a = draw_word(&r, room[0]);
        str b = draw_word(&r, room[1]);
        size_t d = near_distance(a, b);

        EXPECT(near_distance(a, a) == 0);
        EXPECT(near_distance(b, a) == d);
        EXPECT(d <= (a.n > b.n ? a.n : b.n));
        EXPECT(d >= (a.n > b.n ? a.n - b.n : b.n - a.n));
    }
}

TEST(the_nearest_name_is_found_unless_all_are_far)
{
    static const char *const names[] = { "case do", "case list", "case show",
                                         "check",   "serve",     "score",
                                         "abc",     "abd" };
    static const struct {
        const char *why;
        const char *word;
        const char *found;
    } rows[] = {
        { "there it is", "serve", "serve" },
        { "a letter too few", "serv", "serve" },
        { "six bytes may lose two", "chekkk", "check" },
        { "and not three", "chekxx", "" },
        { "five bytes may lose one", "chek", "check" },
        { "and not two", "scr", "" },
        { "of nine three", "case lxxx", "case list" },
        { "and of many more not four", "case lisssstx", "" },
        { "of two equally near the first", "abe", "abc" },
        { "what is shorter than three is near to nothing", "do", "" },
        { "nor is nothing", "", "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct near x = { .word = str_of(rows[i].word) };

        for (size_t k = 0; k < COUNT(names); k++)
            near_offer(&x, str_of(names[k]));
        EXPECT_ROW_STR(rows[i].why, x.found, str_of(rows[i].found));
    }
}

/* [NE3] */
TEST(words_longer_than_any_name_are_near_to_nothing)
{
    static const char as[NEAR_WORD_MAX + 1] =
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const str longest = { as, NEAR_WORD_MAX };
    struct near fits = { .word = longest };
    struct near longer = { .word = { as, NEAR_WORD_MAX + 1 } };

    near_offer(&fits, longest);
    EXPECT_STR(fits.found, longest);
    near_offer(&longer, longest);
    EXPECT_STR(longer.found, S(""));
    near_offer(&longer, longer.word);
    EXPECT_STR(longer.found, S(""));
}
