/*
 * Packages that are just right, beside those that are just wrong
 * (refused/README.md): the last that is let in.
 */

#include "scheme/load.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "scheme/test_files.h"

enum { MEGABYTE = 1 << 20 };

static const char base_path[] = "src/scheme/refused/base.yaml";

/* `base` with `old`, which stands there once, replaced. */
static str text_with(struct arena *a, str base, str old, str new)
{
    size_t at = str_find(base, old);
    struct buf b;
    str out = S("");

    EXPECT_ROW(old.p, at < base.n);
    buf_init(&b, a, MEGABYTE);
    buf_str(&b, str_first(base, at));
    buf_str(&b, new);
    buf_str(&b, str_from(base, at + old.n));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static str base_with(struct arena *a, str old, str new)
{
    return text_with(a, test_file(a, base_path), old, new);
}

/* `text` without `gone`, once, where it stands before `then`. */
static str without(struct arena *a, str text, str gone, str then)
{
    struct buf whole;
    struct buf rest;

    buf_init(&whole, a, MEGABYTE);
    buf_init(&rest, a, MEGABYTE);
    buf_str(&whole, gone);
    buf_str(&whole, then);

    size_t at = str_find(text, buf_view(&whole));
    EXPECT_ROW(gone.p, at < text.n);
    buf_str(&rest, str_first(text, at));
    buf_str(&rest, str_from(text, at + gone.n));
    return buf_view(&rest);
}

static err load_with(struct arena *a, str old, str new, struct scheme **out)
{
    struct package_file file = { S("scheme.yaml"), base_with(a, old, new) };
    struct package package = { &file, 1 };
    struct problem *problems = NULL;

    return scheme_load(a, &package, out, &problems);
}

/* Beside the refused ones (refused/README.md): the last that is let in. */
TEST(what_stands_just_within_the_bounds_is_loaded)
{
    static const struct {
        const char *name;
        str old;
        str new;
    } rows[] = {
        /* clang-format off */
        { "no filing number", S_INIT("filing: F-1\n"), S_INIT("") },
        { "an English name in a third script", S_INIT("en: A scheme for tests"), S_INIT("en: 한국") },
        { "a rate that the largest sample can show", S_INIT("least: [9, 10]\n        mode: refute"), S_INIT("least: [8, 10]\n        mode: demonstrate") },
        { "a number with a digit of its own", S_INIT("{body}{yy}SC"), S_INIT("{body}{yy}S9") },
        { "a number in parts", S_INIT("{body}{yy}SC"), S_INIT("{body}-{yy}-SC") },
        { "a reviewer decides", S_INIT("defence: true\n"), S_INIT("defence: true\ndecision: reviewer\n") },
        { "a panel decides", S_INIT("defence: true\n"), S_INIT("defence: true\ndecision: panel\n") },
        { "a panel that is advised before it votes", S_INIT("defence: true\n"), S_INIT("defence: true\nadvice: before_vote\n") },
        { "a panel that is advised or not", S_INIT("defence: true\n"), S_INIT("defence: true\nadvice: optional\n") },
        { "no defence", S_INIT("defence: true\n"), S_INIT("") },
        { "a level without stars", S_INIT("    stars: 2\n"), S_INIT("") },
        { "the most stars", S_INIT("stars: 2"), S_INIT("stars: 20") },
        { "a level at a hundred", S_INIT("min: 90.5"), S_INIT("min: 100") },
        { "a level just above the one below", S_INIT("min: 90.5"), S_INIT("min: 80.001") },
        { "no specials", S_INIT("specials: { deduction: 1, bonus: 0.5, fail_at: 5, order: after }\n"), S_INIT("") },
        { "specials that never fail", S_INIT(", fail_at: 5"), S_INIT("") },
        { "the most specials", S_INIT("fail_at: 5"), S_INIT("fail_at: 100") },
        { "a gate that asks for all", S_INIT("least: [90, 100]"), S_INIT("least: [10, 10]") },
        { "a gate in basis points", S_INIT("least: [90, 100]"), S_INIT("least: [9001, 10000]") },
        { "the same gate twice over", S_INIT("least: [9, 10]"), S_INIT("least: [8, 10]") },
        { "a team of one", S_INIT("size: [2, 3]"), S_INIT("size: [1, 1]") },
        { "no table of days", S_INIT("  table:\n    - { staff: [1, 10], initial: 3, site: 2, surveillance: 1.5, renewal: 2 }\n    - { staff: [11, 25], initial: 4, site: 3, surveillance: 1.5, renewal: 2.5 }\n"), S_INIT("") },
        { "a table that stays level", S_INIT("initial: 4, site: 3"), S_INIT("initial: 3, site: 3") },
        { "a renewal like the first audit", S_INIT("renewal: 2.5"), S_INIT("renewal: 4") },
        { "a surveillance like the first audit", S_INIT("surveillance: 1.5, renewal: 2.5"), S_INIT("surveillance: 4, renewal: 2.5") },
        { "a sample of one size", S_INIT("least: 10, most: 20"), S_INIT("least: 20, most: 20") },
        { "the greatest sample", S_INIT("least: 10, most: 20"), S_INIT("least: 10, most: 60") },
        { "one call", S_INIT("figure: satisfaction }\ndefence"), S_INIT("figure: satisfaction, attempts: 1 }\ndefence") },
        { "the most calls", S_INIT("figure: satisfaction }\ndefence"), S_INIT("figure: satisfaction, attempts: 9 }\ndefence") },
        { "all modes", S_INIT("judged: both\n"), S_INIT("judged: both\n    modes: [A, B, C, D, E, F, G, H, I]\n") },
        { "no measures", S_INIT("defence: true\n"), S_INIT("defence: true\nmeasures: []\n") },
        { "a measure of one figure", S_INIT("defence: true\n"), S_INIT("defence: true\nmeasures: [{ id: x, label: { zh: 改, en: Mend }, figures: [speed] }]\n") },
        { "nothing in advance", S_INIT("prepay: [30, 50]"), S_INIT("prepay: [0, 0]") },
        { "all in advance", S_INIT("prepay: [30, 50]"), S_INIT("prepay: [100, 100]") },
        { "shares in basis points", S_INIT("prepay: [30, 50]"), S_INIT("prepay: [30.01, 50]") },
        { "nothing for the application", S_INIT("application: 1000"), S_INIT("application: 0") },
        { "a condition as long as a surveillance is away", S_INIT("conflict: 24m"), S_INIT("conflict: 24m\n  condition: 12m") },
        { "a day to object to who joins a team", S_INIT("conflict: 24m"), S_INIT("conflict: 24m\n  objection: 1d") },
        { "both limits one", S_INIT("minor_least: 15d"), S_INIT("minor_least: 30d") },
        { "working days that may be as long", S_INIT("minor_least: 15d\n  minor_most: 30d"), S_INIT("minor_least: 54d\n  minor_most: 20wd") },
        { "a surveillance just before the end", S_INIT("surveillance: 12m"), S_INIT("surveillance: 35m") },
        { "a suspension just shorter than the certificate", S_INIT("suspension: 6m"), S_INIT("suspension: 35m") },
        { "a little for each outlet", S_INIT("  days: [1, 3]\n"), S_INIT("  days: [1, 3]\n  outlet: 0.1\n") },
        { "another lead every time", S_INIT("  days: [1, 3]\n"), S_INIT("  days: [1, 3]\n  rotation: 1\n") },
        { "the last mode alone", S_INIT("  days: [1, 3]\n"), S_INIT("  days: [1, 3]\n  modes: { first: [I], surveillance: [I] }\n") },
        { "the greatest share of sites, none by chance", S_INIT("defence: true\n"), S_INIT("defence: true\nsites: { first: 1000, surveillance: 1, renewal: 1000, random: 0 }\n") },
        { "all sites by chance", S_INIT("defence: true\n"), S_INIT("defence: true\nsites: { first: 100, surveillance: 60, renewal: 80, random: 100 }\n") },
        { "a surveillance of one indicator", S_INIT("defence: true\n"), S_INIT("defence: true\nsurveillance: { indicators: [\"1.2\"] }\n") },
        { "a surveillance without customers or defence", S_INIT("defence: true\n"), S_INIT("defence: true\nsurveillance: { sample: false, defence: false }\n") },
        { "a field of a service", S_INIT("field: SC03"), S_INIT("field: SC99") },
        /* clang-format on */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 16 * (size_t)MEGABYTE);
        struct scheme *s = NULL;

        EXPECT_ROW_OK(rows[i].name,
                      load_with(&a, rows[i].old, rows[i].new, &s));
    }
}

/* [M22] [RB/T 314]: 1.1 and 1.2 stand below 1. */
TEST(what_visits_and_later_rounds_are_made_of_is_loaded)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct scheme *s = NULL;
    str old = S("  days: [1, 3]\n");
    str later =
        S("defence: true\nsites: { first: 100, surveillance: 60, renewal: 80, "
          "random: 25 }\n"
          "surveillance: { indicators: [\"1\"], defence: false }\n");
    str team = S("  days: [1, 3]\n  outlet: 0.5\n  rotation: 3\n"
                 "  modes: { first: [A, B, E], surveillance: [A, H] }\n");

    if (!EXPECT_OK(load_with(&a, old, team, &s)))
        return;
    EXPECT(s->team.outlet == 5 && s->team.rotation == 3);
    EXPECT(s->team.modes_first == 0x13 && s->team.modes_surveillance == 0x81);
    EXPECT(!s->sites.used); /* all of them are visited */
    for (size_t i = 0; i < s->leaf_count; i++)
        EXPECT(s->surveillance.leaves[i]); /* all of them are judged */
    EXPECT(s->surveillance.sample && s->surveillance.defence);

    if (!EXPECT_OK(load_with(&a, S("defence: true\n"), later, &s)))
        return;
    EXPECT(s->sites.used && s->sites.first == 100);
    EXPECT(s->sites.surveillance == 60 && s->sites.renewal == 80);
    EXPECT(s->sites.random == 25);
    EXPECT(s->surveillance.leaves[scheme_leaf(s, S("1.1"))]);
    EXPECT(s->surveillance.leaves[scheme_leaf(s, S("1.2"))]);
    EXPECT(!s->surveillance.leaves[scheme_leaf(s, S("2"))]);
    EXPECT(s->surveillance.sample && !s->surveillance.defence);
}

/* What stands above holds below, unless that says otherwise itself. */
TEST(modes_and_sites_come_down_the_tree)
{
    static const struct {
        const char *id;
        unsigned modes;
        unsigned sites;
    } rows[] = {
        { "1", 1U << 7 | 1U << 8, AT_HQ },
        { "1.1", 1U << 7 | 1U << 8, AT_HQ },
        { "1.2", 1U << 0, AT_HQ | AT_OUTLET },
        { "2", MODES_ALL, AT_ANY },
    };
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct scheme *s = NULL;

    EXPECT_OK(
        load_with(&a,
                  S("    assumed: true\n    children:\n      - id: \"1.1\"\n"
                    "        label: { zh: 部门, en: Department }\n"
                    "        points: 20.5\n        judged: documents\n"
                    "        corrects: true\n      - id: \"1.2\"\n"),
                  S("    assumed: true\n    modes: [H, I]\n    sites: [hq]\n"
                    "    children:\n      - id: \"1.1\"\n"
                    "        label: { zh: 部门, en: Department }\n"
                    "        points: 20.5\n        judged: documents\n"
                    "        corrects: true\n      - id: \"1.2\"\n"
                    "        modes: [A]\n        sites: [outlet, hq]\n"),
                  &s));
    EXPECT(s != NULL && s->indicator_count == COUNT(rows));
    for (size_t i = 0; s != NULL && i < COUNT(rows); i++) {
        EXPECT_ROW_STR(rows[i].id, s->indicators[i].id, str_of(rows[i].id));
        EXPECT_ROW(rows[i].id, s->indicators[i].modes == rows[i].modes);
        EXPECT_ROW(rows[i].id, s->indicators[i].sites == rows[i].sites);
    }
}

/* What is judged is looked at, by the first visit and by each surveillance that
 * judges it anew. */
TEST(some_visit_looks_at_every_indicator)
{
    static const struct {
        const char *name;
        str modes;      /* of indicator "2" */
        str visits;     /* of the team */
        str anew;       /* what a surveillance judges */
        int32_t column; /* of the modes that lack one; 0: none do */
    } rows[] = {
        /* clang-format off */
        { "no word on visits", S_INIT("[B]"), S_INIT(""), S_INIT("[\"2\"]"), 0 },
        { "seen by both", S_INIT("[A, B]"), S_INIT("  modes: { first: [A], surveillance: [B] }\n"), S_INIT("[\"2\"]"), 0 },
        { "not seen at first", S_INIT("[B]"), S_INIT("  modes: { first: [A], surveillance: [A, B] }\n"), S_INIT("[\"2\"]"), 19 },
        { "not seen later", S_INIT("[B]"), S_INIT("  modes: { first: [A, B], surveillance: [A] }\n"), S_INIT("[\"2\"]"), 41 },
        { "not judged later", S_INIT("[B]"), S_INIT("  modes: { first: [A, B], surveillance: [A] }\n"), S_INIT("[\"1\"]"), 0 },
        /* clang-format on */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 16 * (size_t)MEGABYTE);
        struct package_file file = { .path = S("scheme.yaml") };
        struct problem *problems = NULL;
        struct scheme *s = NULL;
        struct buf visits;
        struct buf modes;

        buf_init(&modes, &a, MEGABYTE);
        buf_printf(&modes, "judged: both\n    modes: %.*s\n",
                   STR_ARG(rows[i].modes));
        buf_init(&visits, &a, MEGABYTE);
        buf_printf(&visits,
                   "%.*ssample: { least: 10, most: 20, figure: satisfaction }\n"
                   "surveillance: { indicators: %.*s }\n",
                   STR_ARG(rows[i].visits), STR_ARG(rows[i].anew));
        file.bytes = text_with(
            &a, base_with(&a, S("judged: both\n"), buf_view(&modes)),
            S("sample: { least: 10, most: 20, figure: satisfaction }\n"),
            buf_view(&visits));
        err e = scheme_load(&a, &(struct package){ &file, 1 }, &s, &problems);
        EXPECT_ROW(rows[i].name, failed(e) == (rows[i].column > 0));
        if (problems == NULL)
            continue;
        EXPECT_ROW_ERR(rows[i].name, problems->what, ERR_INVALID,
                       "scheme.mode_unseen");
        EXPECT_ROW(rows[i].name, problems->next == NULL);
        EXPECT_ROW(rows[i].name, problems->column == rows[i].column);
    }
}

/* [M26] An inner node stands for all that is below it. */
TEST(measures_are_loaded_with_what_they_mend)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct scheme *s = NULL;

    EXPECT_OK(load_with(&a, S("defence: true\n"),
                        S("defence: true\nmeasures:\n"
                          "  - { id: staff, label: { zh: 培训, en: Training },"
                          " indicators: [\"1\"], figures: [speed] }\n"
                          "  - { id: parts, label: { zh: 备件, en: Parts },"
                          " indicators: [\"2\", \"1.1\"] }\n"),
                        &s));
    EXPECT(s != NULL && s->measure_count == 2);
    if (s == NULL)
        return;

    const struct measure *m = s->measures;
    EXPECT_STR(m[0].id, S("staff"));
    EXPECT_STR(m[0].label.zh, S("培训"));
    EXPECT(m[0].leaves[0] && m[0].leaves[1] && !m[0].leaves[2]);
    EXPECT(!m[0].figures[0] && m[0].figures[1]);
    EXPECT(m[1].leaves[0] && !m[1].leaves[1] && m[1].leaves[2]);
    EXPECT(!m[1].figures[0] && !m[1].figures[1]);
}

/* One call is enough where the package says nothing. */
TEST(attempts_are_loaded)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct scheme *s = NULL;

    EXPECT_OK(load_with(&a, S("most: 20"), S("most: 20"), &s));
    EXPECT(s != NULL && s->sample.attempts == 1);
    EXPECT_OK(load_with(&a, S("most: 20"), S("most: 20, attempts: 3"), &s));
    EXPECT(s != NULL && s->sample.attempts == 3);
}

/* [SC5] One mark is enough to want a note, wherever it stands; none needs one.
 */
TEST(whatever_is_assumed_wants_a_note)
{
    static const struct {
        const char *name;
        str old;
        str new;
        bool may;
    } rows[] = {
        { "nothing", S_INIT("stars: 1\n"), S_INIT("stars: 1\n"), true },
        { "a level", S_INIT("stars: 1\n"),
          S_INIT("stars: 1\n    assumed: true\n"), false },
        { "points", S_INIT("judged: both\n"),
          S_INIT("judged: both\n    assumed: true\n"), false },
        { "specials", S_INIT("order: after }"),
          S_INIT("order: after, assumed: true }"), false },
        { "fees", S_INIT("prepay: [30, 50]\n"),
          S_INIT("prepay: [30, 50]\n  assumed: true\n"), false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 16 * (size_t)MEGABYTE);
        struct package_file file = { .path = S("scheme.yaml") };
        struct problem *problems = NULL;
        struct scheme *s = NULL;

        file.bytes = base_with(&a, rows[i].old, rows[i].new);
        file.bytes =
            without(&a, file.bytes, S("  assumed: true\n"), S("certificate:"));
        file.bytes = without(&a, file.bytes, S("    assumed: true\n"),
                             S("    children:"));
        file.bytes = without(&a, file.bytes,
                             S("notes:\n  - { zh: 分值为假设。, en: Points "
                               "are assumed. }\n"),
                             S("figures:"));
        err e = scheme_load(&a, &(struct package){ &file, 1 }, &s, &problems);
        EXPECT_ROW(rows[i].name, failed(e) == !rows[i].may);
        if (failed(e) && problems != NULL)
            EXPECT_ROW_ERR(rows[i].name, problems->what, ERR_INVALID,
                           "scheme.no_notes");
    }
}

static str repeated(struct arena *a, char c, size_t n)
{
    char *p = arena_zero(a, n);

    memset(p, c, n);
    return (str){ p, n };
}

TEST(texts_and_ids_are_as_long_as_they_may_be)
{
    static const struct {
        const char *name;
        str old;
        size_t n;
        bool may;
    } rows[] = {
        { "a text of a thousand bytes", S_INIT("A scheme for tests"), 1000,
          true },
        { "one more", S_INIT("A scheme for tests"), 1001, false },
        { "an id of forty", S_INIT("base"), 40, true },
        { "one more", S_INIT("base"), 41, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 16 * (size_t)MEGABYTE);
        struct scheme *s = NULL;
        str old = rows[i].old.n == 4 ? S("id: base") : rows[i].old;
        struct buf b;

        buf_init(&b, &a, MEGABYTE);
        buf_str(&b, rows[i].old.n == 4 ? S("id: ") : S(""));
        buf_str(&b, repeated(&a, 'x', rows[i].n));
        err e = load_with(&a, old, buf_view(&b), &s);
        EXPECT_ROW(rows[i].name, failed(e) == !rows[i].may);
    }
}

/* The base with `n` leaves of a tenth of a point, the last of them the rest. */
static str base_of_leaves(struct arena *a, int n)
{
    str base = test_file(a, base_path);
    size_t from = str_find(base, S("indicators:"));
    size_t to = str_find(base, S("eligibility:"));
    struct buf b;
    str out = S("");

    buf_init(&b, a, MEGABYTE);
    buf_str(&b, str_first(base, from));
    buf_str(&b, S("indicators:\n  - id: \"1\"\n    label: { zh: 全部, en: All "
                  "}\n    points: 100\n    children:\n"));
    for (int i = 1; i <= n; i++) {
        int tenths = i < n ? 1 : 1000 - (n - 1);

        buf_printf(&b,
                   "      - { id: \"1.%d\", label: { zh: 项, en: Item }, "
                   "points: %d.%d, judged: site }\n",
                   i, tenths / 10, tenths % 10);
    }
    buf_str(&b, str_from(base, to));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* The same with `n` groups of a single leaf beside the one there is: three
 * nodes and then two a group. */
static str base_of_groups(struct arena *a, int n)
{
    str base = base_of_leaves(a, 1);
    size_t from = str_find(base, S("eligibility:"));
    struct buf b;
    str out = S("");

    buf_init(&b, a, MEGABYTE);
    buf_str(&b, str_first(base, from));
    for (int i = 2; i <= n + 1; i++)
        buf_printf(&b,
                   "  - { id: \"%d\", label: { zh: 组, en: Group }, "
                   "points: 0, children: [ { id: \"%d.1\", "
                   "label: { zh: 项, en: Item }, points: 0, "
                   "judged: site } ] }\n",
                   i, i);
    buf_str(&b, str_from(base, from));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* [SC1] Few leaves may hang on many branches: a thousand nodes in all. */
TEST(a_package_has_so_many_indicators_and_no_more)
{
    static const struct {
        int groups;
        bool may;
    } rows[] = { { 499, true }, { 500, false } };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 64 * (size_t)MEGABYTE);
        struct package_file file = { S("scheme.yaml"),
                                     base_of_groups(&a, rows[i].groups) };
        struct problem *problems = NULL;
        struct scheme *s = NULL;
        bool too_many = false;

        (void)scheme_load(&a, &(struct package){ &file, 1 }, &s, &problems);
        for (const struct problem *p = problems; p != NULL; p = p->next)
            too_many |= strcmp(p->what.info->id, "scheme.tree") == 0;
        EXPECT(too_many == !rows[i].may);
    }
}

/* [SC1] Whatever is sized by the leaves of a package stays in bounds. */
TEST(a_package_has_so_many_leaves_and_no_more)
{
    static const struct {
        int leaves;
        bool may;
    } rows[] = { { 1, true }, { LEAF_MAX, true }, { LEAF_MAX + 1, false } };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 64 * (size_t)MEGABYTE);
        struct package_file file = { S("scheme.yaml"),
                                     base_of_leaves(&a, rows[i].leaves) };
        struct problem *problems = NULL;
        struct scheme *s = NULL;

        err e = scheme_load(&a, &(struct package){ &file, 1 }, &s, &problems);
        EXPECT(failed(e) == !rows[i].may);
        EXPECT(s == NULL || s->leaf_count == (size_t)rows[i].leaves);
        EXPECT(problems == NULL ||
               strcmp(problems->what.info->id, "scheme.tree") == 0);
    }
}
