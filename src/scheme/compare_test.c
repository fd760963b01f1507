/* Two versions held against each other. [CM1]..[CM3] [IT1]..[IT4]
 * [17065 7.1.3] */

#include "scheme/compare.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "scheme/load.h"
#include "scheme/test_files.h"

enum { MEGABYTE = 1 << 20, TEXT_ROOM = 1 << 18 };

static const char base_path[] = "src/scheme/refused/base.yaml";

static struct scheme *load(struct arena *a, str text)
{
    struct package_file file = { S("scheme.yaml"), text };
    struct package package = { &file, 1 };
    struct problem *problems;
    struct scheme *s = NULL;

    EXPECT_OK(scheme_load(a, &package, &s, &problems));
    return s;
}

/* The text with `to` instead of `from`, which stands in it. */
static str put(struct arena *a, str text, const char *from, const char *to)
{
    size_t at = str_find(text, str_of(from));
    struct buf b;
    str out = S("");

    EXPECT_ROW(from, at < text.n);
    buf_init(&b, a, TEXT_ROOM);
    buf_str(&b, str_first(text, at));
    buf_str(&b, str_of(to));
    buf_str(&b, str_from(text, at + strlen(from)));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static struct list compare(struct arena *a, str before, str after)
{
    struct list out = { NULL, 0 };

    EXPECT_OK(scheme_compare(a, load(a, before), load(a, after), &out));
    return out;
}

static str side(struct arena *a, const struct fact *f)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, TEXT_ROOM);
    if (f != NULL)
        fact_render(&b, LANG_EN, f);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* Each row changes one thing of the base, and one difference comes of it. */
TEST(what_was_changed_is_one_difference_with_what_it_was_and_is)
{
    static const struct {
        const char *from;
        const char *to;
        enum scheme_part part;
        const char *id;
        const char *aspect;
        const char *before;
        const char *after;
    } rows[] = {
        /* clang-format off */
        { "version: \"1\"", "version: \"2\"", PART_IDENTITY, "", "fact.version", "1", "2" },
        { "filing: F-1\n", "", PART_IDENTITY, "", "fact.filing", "F-1", "" },
        { "en: A scheme for tests", "en: A test", PART_IDENTITY, "", "fact.name_en", "A scheme for tests", "A test" },
        { "min: 80", "min: 82.125", PART_LEVELS, "one", "fact.least_score", "80", "82.125" },
        { "least: [90, 100]", "least: [95, 100]", PART_GATES, "two/fast", "fact.least_rate", "90 of 100", "95 of 100" },
        { "en: Timeliness }", "en: Speed }", PART_FIGURES, "speed", "fact.text_en", "Timeliness", "Speed" },
        { "judged: documents", "judged: both", PART_INDICATORS, "1.1", "fact.judged", "documents", "documents, on site" },
        { "        corrects: true\n", "", PART_INDICATORS, "1.1", "fact.corrects", "yes", "" },
        { "defence: true\n", "defence: true\nsurveillance: { indicators: [\"1\"] }\n", PART_INDICATORS, "2", "fact.surveillance", "yes", "" },
        { "fail_at: 5, ", "", PART_SPECIALS, "", "fact.fail_at", "5", "" },
        { "order: after", "order: before", PART_SPECIALS, "", "fact.order", "after the multiplication by 100", "before the multiplication by 100" },
        { "fail_at: 5", "fail_at: 6", PART_SPECIALS, "", "fact.fail_at", "5", "6" },
        { "registered: 3m", "registered: 4m", PART_CONDITIONS, "registered", "fact.registered", "3 months", "4 months" },
        { "[销售, 服务]", "[销售]", PART_CONDITIONS, "scope", "fact.scope", "销售, 服务", "销售" },
        { "declared: false", "declared: true", PART_CONDITIONS, "honest", "fact.declared", "no", "yes" },
        { "    period: 6m", "    period: 7m", PART_DOCUMENTS, "orders", "fact.period", "6 months", "7 months" },
        { "preparation, limit: 5wd", "preparation, limit: 3wd", PART_STAGES, "completeness", "fact.limit", "5 working days", "3 working days" },
        { "validity: 36m", "validity: 24m", PART_LIMITS, "", "fact.limit_validity", "36 months", "24 months" },
        { "size: [2, 3]", "size: [2, 4]", PART_AUDIT, "", "fact.team_size", "2–3", "2–4" },
        { "surveillance: 1.5, renewal: 2.5", "surveillance: 2, renewal: 2.5", PART_DAYS, "11–25", "fact.days_surveillance", "1.5", "2" },
        { "per_day: 3000", "per_day: 3500", PART_FEES, "", "fact.fee_day", "¥3,000.00", "¥3,500.00" },
        { "prepay: [30, 50]", "prepay: [30, 40]", PART_FEES, "", "fact.prepay", "30%–50%", "30%–40%" },
        { "zh: 服务认证证书", "zh: 优质服务认证证书", PART_CERTIFICATE, "", "fact.title_zh", "服务认证证书", "优质服务认证证书" },
        { "en: Points are assumed.", "en: Assumed.", PART_NOTES, "分值为假设。", "fact.text_en", "Points are assumed.", "Assumed." },
        /* clang-format on */
    };
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);
    str base = test_file(&a, base_path);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct list found =
            compare(&a, base, put(&a, base, rows[i].from, rows[i].to));
        const struct difference *d = found.p;

        EXPECT_ROW(rows[i].to, found.n == 1 && d[0].kind == ITEM_CHANGED);
        if (found.n != 1 || d[0].change_count == 0)
            continue;
        EXPECT_ROW(rows[i].to, d[0].item->part == rows[i].part);
        EXPECT_ROW_STR(rows[i].to, d[0].item->id, str_of(rows[i].id));
        EXPECT_ROW(rows[i].to, d[0].change_count == 1);
        EXPECT_ROW_STR(rows[i].to, str_of(d[0].changes[0].aspect),
                       str_of(rows[i].aspect));
        EXPECT_ROW_STR(rows[i].to, side(&a, d[0].changes[0].before),
                       str_of(rows[i].before));
        EXPECT_ROW_STR(rows[i].to, side(&a, d[0].changes[0].after),
                       str_of(rows[i].after));
    }
}

/* [CM2] [CM3] */
TEST(what_came_and_what_went_is_told_with_all_it_says)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    str base = test_file(&a, base_path);
    struct list found =
        compare(&a, base, put(&a, base, "id: orders", "id: repairs"));
    const struct difference *d = found.p;

    EXPECT(found.n == 2);
    EXPECT(d[0].kind == ITEM_ADDED && d[1].kind == ITEM_REMOVED);
    EXPECT_STR(d[0].item->id, S("repairs"));
    EXPECT_STR(d[1].item->id, S("orders"));
    EXPECT(d[0].change_count == 4 && d[1].change_count == 4);
    for (size_t i = 0; i < 4; i++) {
        EXPECT(d[0].changes[i].before == NULL && d[0].changes[i].after != NULL);
        EXPECT(d[1].changes[i].before != NULL && d[1].changes[i].after == NULL);
    }
}

/* [IT2] What has no id is known by its text. */
TEST(a_note_that_says_something_else_is_another_note)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    str base = test_file(&a, base_path);
    struct list found =
        compare(&a, base, put(&a, base, "zh: 分值为假设。", "zh: 皆为假设。"));
    const struct difference *d = found.p;

    EXPECT(found.n == 2);
    EXPECT(d[0].kind == ITEM_ADDED && d[1].kind == ITEM_REMOVED);
    EXPECT(!scheme_item_is_named(d[0].item));
}

/* A part that is there once needs no name, and one with an id has it. */
TEST(what_has_an_id_of_its_own_is_named)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    str base = test_file(&a, base_path);
    str without =
        put(&a, base,
            "specials: { deduction: 1, bonus: 0.5, fail_at: 5, order: after }",
            "");
    struct list found = compare(&a, base, without);
    const struct difference *d = found.p;

    EXPECT(found.n == 1 && d[0].kind == ITEM_REMOVED);
    EXPECT(d[0].item->part == PART_SPECIALS);
    EXPECT(!scheme_item_is_named(d[0].item));
    found = compare(&a, base, put(&a, base, "id: orders", "id: repairs"));
    d = found.p;
    EXPECT(scheme_item_is_named(d[0].item));
}

/* Bonus points alone are specials, too. */
TEST(a_bonus_without_deductions_is_told)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    str base = test_file(&a, base_path);
    struct list found =
        compare(&a, base,
                put(&a, base, "deduction: 1, bonus: 0.5, fail_at: 5",
                    "deduction: 0, bonus: 0.5"));
    const struct difference *d = found.p;

    EXPECT(found.n == 1 && d[0].kind == ITEM_CHANGED);
    EXPECT(d[0].item->part == PART_SPECIALS && d[0].change_count == 2);
    EXPECT_STR(side(&a, d[0].changes[0].after), S("0"));
}

/* Points that move from one indicator to another: each says its own. */
TEST(an_indicator_that_moved_says_under_what)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    str base = test_file(&a, base_path);
    str moved = put(&a, base, "points: 20.5", "points: 21");
    struct list found =
        compare(&a, base, put(&a, moved, "points: 39.5", "points: 39"));
    const struct difference *d = found.p;

    EXPECT(found.n == 2);
    EXPECT_STR(d[0].item->id, S("1.1"));
    EXPECT_STR(side(&a, d[0].changes[0].after), S("21"));
    EXPECT_STR(side(&a, d[1].changes[0].before), S("39.5"));
}

static const char *const shipped[] = {
    "schemes/ten-star/scheme.yaml",
    "schemes/five-star/scheme.yaml",
    "schemes/iso-9001/scheme.yaml",
};

/* [CM1] */
TEST(a_package_differs_from_itself_in_nothing)
{
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);

    for (size_t i = 0; i < COUNT(shipped); i++) {
        str text = test_file(&a, shipped[i]);

        EXPECT_ROW(shipped[i], compare(&a, text, text).n == 0);
    }
}

static size_t count_kind(const struct list *found, enum difference_kind kind)
{
    const struct difference *d = found->p;
    size_t n = 0;

    for (size_t i = 0; i < found->n; i++)
        n += d[i].kind == kind;
    return n;
}

/* [CM1] [property] */
TEST(turned_round_what_was_added_was_removed)
{
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);

    for (size_t i = 0; i < COUNT(shipped); i++) {
        for (size_t k = 0; k < i; k++) {
            str one = test_file(&a, shipped[i]);
            str other = test_file(&a, shipped[k]);
            struct list there = compare(&a, one, other);
            struct list back = compare(&a, other, one);

            EXPECT_ROW(shipped[i], there.n > 0 && there.n == back.n);
            EXPECT_ROW(shipped[i], count_kind(&there, ITEM_ADDED) ==
                                       count_kind(&back, ITEM_REMOVED));
            EXPECT_ROW(shipped[i], count_kind(&there, ITEM_CHANGED) ==
                                       count_kind(&back, ITEM_CHANGED));
        }
    }
}

/* [IT2] Were an id given twice in a part, one would hide the other. */
TEST(within_a_part_an_id_stands_for_one_item)
{
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);

    for (size_t p = 0; p < COUNT(shipped); p++) {
        struct list found = { NULL, 0 };

        EXPECT_OK(
            scheme_items(&a, load(&a, test_file(&a, shipped[p])), &found));
        const struct scheme_item *x = found.p;
        for (size_t i = 0; i < found.n; i++) {
            for (size_t k = 0; k < i; k++)
                EXPECT(x[i].part != x[k].part || !str_eq(x[i].id, x[k].id));
        }
    }
}

/* A fact is said in both languages, and every part has a name. */
TEST(whatever_is_said_stands_in_both_catalogues)
{
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);

    for (int p = 0; p < PART_COUNT; p++) {
        EXPECT(text_get(LANG_ZH, scheme_part_ids[p]).n > 0);
        EXPECT(text_get(LANG_EN, scheme_part_ids[p]).n > 0);
    }
    for (size_t p = 0; p < COUNT(shipped); p++) {
        struct list found = { NULL, 0 };

        EXPECT_OK(
            scheme_items(&a, load(&a, test_file(&a, shipped[p])), &found));
        const struct scheme_item *x = found.p;
        for (size_t i = 0; i < found.n; i++) {
            for (size_t k = 0; k < x[i].fact_count; k++) {
                const struct fact *f = &x[i].facts[k];

                EXPECT_ROW(f->aspect, text_get(LANG_ZH, f->aspect).n > 0);
                EXPECT_ROW(f->aspect, side(&a, f).n > 0);
                EXPECT_ROW(f->aspect, !str_contains(side(&a, f), S("[")));
            }
        }
    }
}

/* --- facts --------------------------------------------------------------- */

TEST(two_facts_are_the_same_when_they_say_the_same)
{
    static const struct {
        const char *why;
        struct fact fact;
        bool same;
    } rows[] = {
        { "the same",
          { .say = "fact.value", .args = { ARG_INT("value", 1) } },
          true },
        { "another sentence",
          { .say = "fact.range", .args = { ARG_INT("value", 1) } },
          false },
        { "nothing said", { .say = "fact.value" }, false },
        { "another number",
          { .say = "fact.value", .args = { ARG_INT("value", 2) } },
          false },
        { "money",
          { .say = "fact.value", .args = { ARG_MONEY("value", 1) } },
          false },
        { "more said",
          { .say = "fact.value",
            .args = { ARG_INT("value", 1), ARG_INT("most", 1) } },
          false },
    };
    const struct fact one = { .say = "fact.value",
                              .args = { ARG_INT("value", 1) } };

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW(rows[i].why, fact_same(&one, &rows[i].fact) == rows[i].same);
        EXPECT_ROW(rows[i].why, fact_same(&rows[i].fact, &one) == rows[i].same);
    }
}

TEST(two_texts_are_the_same_in_both_languages)
{
    struct fact one = { .say = "fact.value",
                        .args = { ARG_STR("value", S("x")) } };
    struct fact other = one;

    EXPECT(fact_same(&one, &other));
    other.args[0].text = S("y");
    EXPECT(!fact_same(&one, &other));
    other.args[0].text = one.args[0].text;
    other.args[0].text_en = S("y");
    EXPECT(!fact_same(&one, &other));
}

/* --- memory -------------------------------------------------------------- */

struct both {
    const struct scheme *before;
    const struct scheme *after;
};

static err compare_once(struct heap *h, void *context)
{
    const struct both *x = context;
    scoped(arena_end) struct arena a;
    struct list found = { NULL, 0 };

    arena_init(&a, h, 16 * (size_t)MEGABYTE);
    err e = scheme_compare(&a, x->before, x->after, &found);
    EXPECT(failed(e) == (found.n == 0));
    return e;
}

TEST(every_failed_allocation_of_a_comparison_is_reported)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    str base = test_file(&a, base_path);
    struct both x = {
        load(&a, base),
        load(&a, put(&a, base, "id: orders", "id: repairs")),
    };

    EXPECT(test_every_allocation_fails(compare_once, NULL, &x) > 0);
}
