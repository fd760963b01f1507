/*
 * Packages that must be refused: small changes of refused/base.yaml, each with
 * every problem it must cause, its place included (refused/README.md).
 */

#include "scheme/load.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "scheme/test_files.h"

enum { MEGABYTE = 1 << 20 };

/* One block of a file of cases. */
struct refusal {
    str name;
    str before; /* whole lines, with their ends */
    str after;
    str want; /* "line:column id" lines */
};

/* The text of a line "X text", with the line's end. */
static bool is_marked(str line, char mark, str *text)
{
    if (line.n == 0 || line.p[0] != mark)
        return false;
    *text = str_from(line, 2);
    return true;
}

/* Cut the next block off *rest; false when there is none.  Lines of one mark
 * are gathered into one text. */
static bool next_refusal(struct arena *a, str *rest, struct refusal *out)
{
    struct buf before;
    struct buf after;
    struct buf want;
    str text;

    buf_init(&before, a, MEGABYTE);
    buf_init(&after, a, MEGABYTE);
    buf_init(&want, a, MEGABYTE);
    *out = (struct refusal){ 0 };
    while (rest->n > 0) {
        str line = str_cut(rest, '\n');

        if (line.n == 0)
            break;
        if (is_marked(line, '#', &text))
            out->name = text;
        else if (is_marked(line, '-', &text))
            buf_printf(&before, "%.*s\n", STR_ARG(text));
        else if (is_marked(line, '+', &text))
            buf_printf(&after, "%.*s\n", STR_ARG(text));
        else if (is_marked(line, '=', &text))
            buf_printf(&want, "%.*s\n", STR_ARG(text));
        else
            test_fail(__FILE__, __LINE__, line.p, "a line with a mark");
    }
    EXPECT_OK(buf_done(&before, &out->before));
    EXPECT_OK(buf_done(&after, &out->after));
    EXPECT_OK(buf_done(&want, &out->want));
    return out->name.n > 0;
}

/* The base with the change made; the lines to change stand there once. */
static str changed(struct arena *a, str base, const struct refusal *c)
{
    size_t at = str_find(base, c->before);
    str tail = str_from(base, at + c->before.n);
    struct buf b;
    str out = S("");

    EXPECT_ROW(c->name.p, c->before.n > 0 && at < base.n);
    EXPECT_ROW(c->name.p, !str_contains(tail, c->before));
    buf_init(&b, a, MEGABYTE);
    buf_str(&b, str_first(base, at));
    buf_str(&b, c->after);
    buf_str(&b, tail);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static str problems_text(struct arena *a, const struct problem *p)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, MEGABYTE);
    for (; p != NULL; p = p->next) {
        EXPECT_STR(p->file, S("scheme.yaml"));
        buf_printf(&b, "%d:%d %s\n", p->line, p->column, p->what.info->id);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static void refuse(str base, struct refusal c)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct package_file file = { S("scheme.yaml"), changed(&a, base, &c) };
    struct package package = { &file, 1 };
    struct problem *problems = NULL;
    struct scheme *untouched = NULL;
    str name;

    EXPECT(arena_str(&a, c.name, &name));
    EXPECT_ROW_ERR(name.p, scheme_load(&a, &package, &untouched, &problems),
                   ERR_INVALID, "reading.problems");
    EXPECT_ROW(name.p, untouched == NULL);
    EXPECT_ROW_STR(name.p, problems_text(&a, problems), c.want);
}

/* Every case of a file; at least so many. */
static void refuse_all(const char *path, int least)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    str base = test_file(&a, "src/scheme/refused/base.yaml");
    str rest = test_file(&a, path);
    struct refusal c;
    int n = 0;

    for (; next_refusal(&a, &rest, &c); n++)
        refuse(base, c);
    EXPECT_ROW(path, n >= least);
}

TEST(the_base_itself_is_right)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct package_file file = {
        S("scheme.yaml"),
        test_file(&a, "src/scheme/refused/base.yaml"),
    };
    struct package package = { &file, 1 };
    struct problem *problems = NULL;
    struct scheme *s = NULL;

    EXPECT_OK(scheme_load(&a, &package, &s, &problems));
    EXPECT(s != NULL && problems == NULL);
}

TEST(wrong_identities_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/identity.txt", 20);
}

/* [SC2] */
TEST(wrong_levels_and_gates_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/levels.txt", 30);
}

/* [SC1] */
TEST(wrong_indicators_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/indicators.txt", 20);
}

TEST(points_in_a_scheme_by_clauses_are_refused)
{
    refuse_all("src/scheme/refused/clauses.txt", 1);
}

TEST(wrong_conditions_and_documents_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/application.txt", 15);
}

/* [SC3] [条例 21] */
TEST(wrong_stages_and_limits_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/stages.txt", 20);
}

TEST(wrong_teams_and_samples_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/audit.txt", 15);
}

TEST(wrong_outlets_modes_sites_and_surveillances_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/rounds.txt", 18);
}

/* [M26] */
TEST(wrong_measures_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/measures.txt", 8);
}

/* [D1] [D4] */
TEST(wrong_fees_numbers_and_wording_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/money.txt", 18);
}

/* [M29] [M30] [M33] [17065 4.1.2] */
TEST(wrong_factors_refunds_and_terms_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/fees.txt", 44);
}

TEST(signs_and_numbers_beside_the_bounds_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/edges.txt", 25);
}

TEST(all_problems_are_reported_down_the_file)
{
    refuse_all("src/scheme/refused/many.txt", 1);
}

/* [M20] */
TEST(wrong_numbers_of_sub_certificates_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/sub.txt", 7);
}

/* [M21] */
TEST(wrong_marks_are_refused_at_their_place)
{
    refuse_all("src/scheme/refused/mark.txt", 10);
}
