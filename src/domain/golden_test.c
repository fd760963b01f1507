/*
 * Golden cases of the scheme packages: schemes/NAME/golden/CASE.yaml holds an
 * assessment (domain/answers.h) and, under `expect`, what must come of it.
 */

#include "domain/answers.h"
#include "domain/test_package_files.h"

#include "base/size.h"
#include "base/test.h"

#include <stdio.h>

enum { GOLDEN_MAX = 200 };

struct golden {
    const struct scheme *scheme;
    const char *name; /* "ten-star/golden/perfect.yaml" */
    const struct yaml *expect;
    struct assessment in;
    struct score score;
};

static void expect_shown(const struct golden *g)
{
    int64_t want;

    EXPECT_ROW(g->name,
               yaml_decimal(yaml_get(g->expect, S("shown")), 2, &want));
    EXPECT_ROW(g->name, g->score.shown == want);
}

static void expect_level(const struct golden *g)
{
    const struct yaml *want = yaml_get(g->expect, S("level"));
    str got =
        g->score.level < 0 ? S("none") : g->scheme->levels[g->score.level].id;

    EXPECT_ROW(g->name, want != NULL);
    if (want != NULL)
        EXPECT_ROW_STR(g->name, got, want->text);
}

static void expect_lost(const struct golden *g)
{
    const struct yaml *want = yaml_get(g->expect, S("lost"));
    int32_t lost = 0;
    int64_t sum;

    if (want == NULL)
        return;
    for (size_t i = 0; i < g->scheme->leaf_count; i++)
        lost += score_lost(g->scheme, (int32_t)i, g->in.answers[i]);
    EXPECT_ROW(g->name, yaml_decimal(want, 3, &sum));
    EXPECT_ROW(g->name, lost == sum);
}

static void run_golden(struct arena *a, const struct scheme *s,
                       const char *path)
{
    struct golden g = { .scheme = s, .name = path };
    struct yaml *root;

    if (!EXPECT_ROW_OK(path, yaml_parse(a, str_of(path),
                                        read_source_file(a, path), &root)) ||
        !EXPECT_ROW_OK(path, answers_of(a, s, str_of(path), root, &g.in)))
        return;
    g.expect = yaml_get(root, S("expect"));
    EXPECT_ROW(path, g.expect != NULL);
    score_compute(s, &g.in, &g.score);
    expect_shown(&g);
    expect_level(&g);
    expect_lost(&g);
}

static void run_package(const char *name, size_t least)
{
    TEST_ARENA(a, 512 << 20);
    struct scheme *s = load_source_scheme(&a, name);
    str cases[GOLDEN_MAX];
    char path[200];

    (void)snprintf(path, sizeof path, "schemes/%s/golden", name);
    size_t n = list_source_folder(&a, path, cases, GOLDEN_MAX);
    EXPECT_ROW(name, n >= least);
    for (size_t i = 0; s != NULL && i < n; i++) {
        (void)snprintf(path, sizeof path, "schemes/%s/golden/%s", name,
                       cases[i].p);
        run_golden(&a, s, path);
    }
}

/* [M1] [M2] [M3] */
TEST(ten_star_golden_cases_hold)
{
    run_package("ten-star", 12);
}

/* [M2] */
TEST(five_star_golden_cases_hold)
{
    run_package("five-star", 12);
}

/* [M5] */
TEST(iso_9001_golden_cases_hold)
{
    run_package("iso-9001", 5);
}
