/*
 * Golden cases of the scheme packages (domain/golden.h), and what is said of
 * cases that do not hold.
 */

#include "domain/golden.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "domain/test_package_files.h"

#include <stdio.h>

enum { MEGABYTE = 1 << 20, ARENA_BYTES = 512 << 20 };

/* --- the packages ----------------------------------------------------- */

static void print_problems(struct arena *a, const struct problem *p)
{
    for (; p != NULL; p = p->next) {
        struct buf b;

        buf_init(&b, a, MEGABYTE);
        problem_render(&b, LANG_EN, S(""), p);
        fprintf(stderr, "    %.*s\n", STR_ARG(buf_view(&b)));
    }
}

/* All golden cases of a package hold, and it has so many at least. */
static void run_package(const char *name, size_t least)
{
    TEST_ARENA(a, ARENA_BYTES);
    struct package p = read_source_package(&a, name);
    struct calendar *c = NULL;
    struct problem *problems = NULL;
    struct scheme *s = load_source_scheme(&a, name);
    size_t cases = 0;

    EXPECT_OK(calendar_official(&a, &c));
    if (s == NULL)
        return;
    if (!EXPECT_ROW_OK(name, golden_check_all(&a, s, c, &p, &cases, &problems)))
        print_problems(&a, problems);
    EXPECT_ROW(name, cases >= least);
}

/* [M1] [M2] [M3] */
TEST(ten_star_golden_cases_hold)
{
    run_package("ten-star", 21);
}

/* [M2] */
TEST(five_star_golden_cases_hold)
{
    run_package("five-star", 17);
}

/* [M5] */
TEST(iso_9001_golden_cases_hold)
{
    run_package("iso-9001", 8);
}

/* --- cases that do not hold ------------------------------------------- */

static struct scheme *load_base(struct arena *a)
{
    struct package_file file = {
        S("scheme.yaml"),
        read_source_file(a, "src/scheme/refused/base.yaml"),
    };
    struct package package = { &file, 1 };
    struct problem *problems;
    struct scheme *s = NULL;

    EXPECT_OK(scheme_load(a, &package, &s, &problems));
    return s;
}

/* "line:column id" of every problem. */
static str problems_text(struct arena *a, const struct problem *p)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, MEGABYTE);
    for (; p != NULL; p = p->next)
        buf_printf(&b, "%d:%d %s\n", p->line, p->column, p->what.info->id);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* The base has leaves 1.1 (20.5), 1.2 (39.5, sampled) and 2 (40, excludable),
 * level one from 80 with gate happy, two from 90.5 with happier and fast. */
TEST(what_comes_out_otherwise_is_named_with_its_place)
{
    static const struct {
        const char *name;
        str text;
        const char *want;
    } rows[] = {
        { "all as expected",
          S_INIT("all_met: true\n"
                 "answers: [{indicator: '1.2', result: sampled, k: 3, n: 4}]\n"
                 "figures: [{figure: satisfaction, k: 8, n: 10}]\n"
                 "expect:\n"
                 "  shown: 90.12\n"
                 "  level: one\n"
                 "  lost: {'1.2': 9.875}\n"
                 "  gates: {one: {happy: met}, two: {fast: unknown}}\n"
                 "  due:\n"
                 "    - {limit: completeness, from: 2026-03-02, on: "
                 "2026-03-09}\n"
                 "    - {limit: validity, from: 2026-04-15, on: 2029-04-14}\n"
                 "    - {limit: minor_most, from: 2026-03-25, on: "
                 "2026-04-24}\n"),
          "" },
        { "another score", S_INIT("all_met: true\nexpect: {shown: 99.99}"),
          "2:17 golden.number\n" },
        { "a score with too many places",
          S_INIT("all_met: true\nexpect: {shown: 99.999}"),
          "2:17 reading.decimal\n" },
        { "another level", S_INIT("all_met: true\nexpect: {level: two}"),
          "2:17 golden.level\n" },
        { "no level expected, one reached",
          S_INIT("all_met: true\n"
                 "figures: [{figure: satisfaction, k: 8, n: 10}]\n"
                 "expect: {level: none}"),
          "3:17 golden.level\n" },
        { "a level that is none",
          S_INIT("all_met: true\nexpect: {level: three}"),
          "2:17 golden.no_level\n" },
        { "another sum of points lost",
          S_INIT("all_met: true\nexpect: {lost: 0.001}"),
          "2:16 golden.number\n" },
        { "points lost elsewhere",
          S_INIT("answers: [{indicator: '2', result: not_met}]\n"
                 "all_met: true\n"
                 "expect: {lost: {'1.1': 20.5}}"),
          "3:16 golden.lost_too\n3:24 golden.number\n" },
        { "points lost by what is no leaf",
          S_INIT("all_met: true\nexpect: {lost: {'1': 60}}"),
          "2:22 reply.indicator\n" },
        { "another state of a gate",
          S_INIT("all_met: true\nexpect: {gates: {one: {happy: met}}}"),
          "2:31 golden.gate\n" },
        { "an unknown state",
          S_INIT("all_met: true\nexpect: {gates: {one: {happy: good}}}"),
          "2:31 reading.choice\n" },
        { "an unknown gate",
          S_INIT("all_met: true\nexpect: {gates: {one: {fast: met}}}"),
          "2:30 golden.no_gate\n" },
        { "gates of an unknown level",
          S_INIT("all_met: true\nexpect: {gates: {six: {fast: met}}}"),
          "2:23 golden.no_level\n" },
        { "another day",
          S_INIT("expect: {due: [{limit: completeness, from: 2026-03-02, "
                 "on: 2026-03-07}]}"),
          "1:60 golden.due\n" },
        { "a limit of no such name",
          S_INIT("expect: {due: [{limit: plan, from: 2026-03-02, "
                 "on: 2026-03-07}]}"),
          "1:24 golden.no_limit\n" },
        { "a day that is none",
          S_INIT("expect: {due: [{limit: appeal, from: 2026-02-30, "
                 "on: 2026-03-07}]}"),
          "1:38 golden.day\n" },
        { "an end that is none",
          S_INIT("expect: {due: [{limit: appeal, from: 2026-02-28, "
                 "on: 2026-02-30}]}"),
          "1:54 golden.day\n" },
        { "a limit without days", S_INIT("expect: {due: [{limit: appeal}]}"),
          "1:16 reading.missing\n1:16 reading.missing\n" },
        { "fees as expected",
          S_INIT("expect:\n"
                 "  fees:\n"
                 "    - {staff: 20, sites: 1, level: two, trade: '5264',\n"
                 "       fees: [17000.50, 17000.50], travel: [0, 0],\n"
                 "       first: [17000.50, 17000.50], surveillance: [6500, "
                 "6500],\n"
                 "       whole: [30000.50, 30000.50]}\n"
                 "    - {staff: 20, sites: 1, renewal: true, first: [12500.50, "
                 "12500.50]}\n"),
          "" },
        { "other fees at the least",
          S_INIT("expect: {fees: [{staff: 20, sites: 1, "
                 "first: [17000.51, 17000.50]}]}"),
          "1:46 golden.fee\n" },
        { "other fees at the most",
          S_INIT("expect: {fees: [{staff: 20, sites: 1, "
                 "first: [17000.50, 17000.49]}]}"),
          "1:46 golden.fee\n" },
        { "fees as one amount",
          S_INIT("expect: {fees: [{staff: 20, sites: 1, first: 17000.50}]}"),
          "1:46 golden.range\n" },
        { "a range of one end",
          S_INIT("expect: {fees: [{staff: 20, sites: 1, first: [17000.50]}]}"),
          "1:46 golden.range\n" },
        { "a range of three ends",
          S_INIT("expect: {fees: [{staff: 20, sites: 1, "
                 "first: [17000.50, 17000.50, 17000.50]}]}"),
          "1:46 golden.range\n" },
        { "from a word on",
          S_INIT("expect: {fees: [{staff: 20, sites: 1, first: [x, 1]}]}"),
          "1:46 golden.range\n" },
        { "up to a word",
          S_INIT("expect: {fees: [{staff: 20, sites: 1, first: [1, x]}]}"),
          "1:46 golden.range\n" },
        { "fees that are a word", S_INIT("expect: {fees: [much]}"),
          "1:17 reading.mapping\n" },
        { "fees of nobody",
          S_INIT("expect: {fees: [{staff: 0, sites: 1, first: [0, 0]}]}"),
          "1:25 reading.range\n" },
        { "fees of a level nobody has",
          S_INIT("expect: {fees: [{staff: 20, sites: 1, level: six, "
                 "first: [0, 0]}]}"),
          "1:46 golden.no_level\n" },
        { "fees beyond the table",
          S_INIT("expect: {fees: [{staff: 26, sites: 1, first: [0, 0]}]}"),
          "1:17 fee.no_days\n" },
        { "no fees are expected",
          S_INIT("expect: {fees: [{staff: 20, sites: 1}]}"),
          "1:17 golden.nothing\n" },
        { "nothing is expected", S_INIT("all_met: true\nexpect: {}"),
          "2:9 golden.nothing\n" },
        { "no expectation", S_INIT("all_met: true"), "1:1 reading.missing\n" },
        { "an unknown expectation", S_INIT("expect: {shwon: 0}"),
          "1:10 reading.unknown_key\n" },
        { "an unknown key", S_INIT("expct: {}"),
          "1:1 reading.unknown_key\n1:1 reading.missing\n" },
        { "wrong answers come first",
          S_INIT("answers: [{indicator: '9', result: met}]\n"
                 "expect: {shown: 1}"),
          "1:11 reply.indicator\n" },
        { "no YAML", S_INIT("[}"), "1:2 yaml.syntax\n" },
        { "an expectation that is a list", S_INIT("expect: [shown]"),
          "1:9 reading.mapping\n" },
        { "a case that is a list", S_INIT("[expect]"),
          "1:1 reading.mapping\n" },
        { "limits that are no list", S_INIT("expect: {due: appeal}"),
          "1:15 reading.list\n" },
        { "a limit that is a word", S_INIT("expect: {due: [appeal]}"),
          "1:16 reading.mapping\n" },
        { "a limit with a blank",
          S_INIT("expect: {due: [{limit: a b, from: 2026-03-02, "
                 "on: 2026-03-07}]}"),
          "1:24 reading.id\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA_BYTES);
        struct package_file file = { S("golden/x.yaml"), rows[i].text };
        struct problem *problems = NULL;
        struct calendar *c = NULL;
        const struct scheme *s = load_base(&a);

        EXPECT_OK(calendar_official(&a, &c));
        err e = golden_check(&a, s, c, &file, &problems);
        EXPECT_ROW_STR(rows[i].name, problems_text(&a, problems),
                       str_of(rows[i].want));
        EXPECT_ROW(rows[i].name, failed(e) == (problems != NULL));
    }
}

/* What came of it, as it would have to be written. */
TEST(what_came_out_is_said_in_the_places_of_what_was_expected)
{
    static const struct {
        str text;
        const char *want;
        const char *got;
    } rows[] = {
        { S_INIT("answers: [{indicator: '1.1', result: not_met}]\n"
                 "all_met: true\nexpect: {shown: 1}"),
          "1", "79.50" },
        { S_INIT("answers: [{indicator: '1.2', result: sampled, k: 1, "
                 "n: 7}]\nall_met: true\nexpect: {lost: 1.5}"),
          "1.5", "33.858" },
        { S_INIT("all_met: true\nexpect: {lost: 1.5}"), "1.5", "0.000" },
        { S_INIT("all_met: true\nexpect: {level: two}"), "two", "none" },
        { S_INIT("all_met: true\nexpect: {gates: {two: {fast: met}}}"), "met",
          "unknown" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA_BYTES);
        struct package_file file = { S("golden/x.yaml"), rows[i].text };
        struct problem *problems = NULL;

        EXPECT_ERR(golden_check(&a, load_base(&a), NULL, &file, &problems),
                   ERR_INVALID, "reading.problems");
        EXPECT_ROW_STR(rows[i].got, err_arg_text(problems->what, "want"),
                       str_of(rows[i].want));
        EXPECT_ROW_STR(rows[i].got, err_arg_text(problems->what, "got"),
                       str_of(rows[i].got));
    }
}

TEST(problems_of_all_cases_are_listed_file_by_file)
{
    TEST_ARENA(a, ARENA_BYTES);
    struct package_file files[] = {
        { S("scheme.yaml"), S("not read here") },
        { S("golden/a.yaml"), S("expect: {shown: 1}") },
        { S("golden/b.yaml"), S("expect: {shown: 0}") },
        { S("golden/c.yaml"), S("expect: {level: one}") },
    };
    struct package p = { files, COUNT(files) };
    struct problem *problems = NULL;
    struct calendar *c = NULL;
    size_t cases = 0;

    EXPECT_OK(calendar_official(&a, &c));
    EXPECT_ERR(golden_check_all(&a, load_base(&a), c, &p, &cases, &problems),
               ERR_INVALID, "golden.wrong");
    EXPECT(cases == 3);
    EXPECT_STR(problems->file, S("golden/a.yaml"));
    EXPECT_STR(problems->next->file, S("golden/c.yaml"));
    EXPECT(problems->next->next == NULL);
}

static err check_once(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct package_file files[] = {
        { S("golden/a.yaml"),
          S("answers: [{indicator: '1.1', result: not_met}]\n"
            "expect: {shown: 1, level: one, lost: {'1.1': 2},\n"
            "  gates: {one: {happy: met}},\n"
            "  due: [{limit: appeal, from: 2026-01-01, on: 2026-01-01}],\n"
            "  fees: [{staff: 20, sites: 1, first: [0, 0]},\n"
            "    {staff: 26, sites: 1, first: [0, 0]}]}") },
        { S("golden/b.yaml"), S("expect: {lost: 100}") },
    };
    struct package p = { files, COUNT(files) };
    struct problem *problems;
    size_t cases;

    arena_init(&a, h, 64 * (size_t)MEGABYTE);
    err e = golden_check_all(&a, context, NULL, &p, &cases, &problems);
    return failed(e) && e.info->code == ERR_INVALID ? OK : e;
}

TEST(every_failed_allocation_of_a_golden_case_is_reported)
{
    TEST_ARENA(a, ARENA_BYTES);

    EXPECT(test_every_allocation_fails(check_once, NULL, load_base(&a)) > 0);
}
