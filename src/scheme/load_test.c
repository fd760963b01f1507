#include "scheme/load.h"

#include "base/buf.h"
#include "base/id.h"
#include "base/size.h"
#include "base/test.h"
#include "crypto/hash.h"
#include "scheme/test_files.h"

enum { MEGABYTE = 1 << 20 };

static const char base_path[] = "src/scheme/refused/base.yaml";

static struct scheme *load_base(struct arena *a)
{
    struct package_file file = { S("scheme.yaml"), test_file(a, base_path) };
    struct package package = { &file, 1 };
    struct problem *problems;
    struct scheme *s = NULL;

    EXPECT_OK(scheme_load(a, &package, &s, &problems));
    return s;
}

/* --- what is loaded --------------------------------------------------- */

static bool is_span(struct span s, int32_t n, enum span_unit unit)
{
    return s.n == n && s.unit == unit;
}

TEST(identity_is_loaded)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = load_base(&a);

    EXPECT_STR(s->id, S("base"));
    EXPECT_STR(s->version, S("1"));
    EXPECT(s->kind == SCHEME_SERVICE && s->method == METHOD_POINTS);
    EXPECT_STR(s->name.zh, S("测试制度"));
    EXPECT_STR(s->owner.en, S("Tests"));
    EXPECT_STR(s->criterion, S("T 1-2026"));
    EXPECT_STR(s->criterion_title.en, S("A criterion for tests"));
    EXPECT_STR(s->field, S("SC03"));
    EXPECT_STR(s->filing, S("F-1"));
    EXPECT(s->note_count == 1);
    EXPECT_STR(s->notes[0].en, S("Points are assumed."));
}

/* [SC1] Parents stand before children, leaves know their indicator. */
TEST(the_tree_of_indicators_is_loaded)
{
    static const struct {
        const char *id;
        int32_t parent;
        int32_t leaf;
        int32_t points;
        enum leaf_kind kind;
        enum leaf_judged judged;
        bool assumed;
        bool corrects;
        bool excludable;
    } rows[] = {
        /* clang-format off */
        { "1", -1, -1, 60000, LEAF_MET, 0, true, false, false },
        { "1.1", 0, 0, 20500, LEAF_MET, JUDGED_DOCUMENTS, false, true, false },
        { "1.2", 0, 1, 39500, LEAF_SAMPLED, JUDGED_SITE, false, false, false },
        { "2", -1, 2, 40000, LEAF_MET, JUDGED_BOTH, false, false, true },
        /* clang-format on */
    };
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = load_base(&a);

    EXPECT(s->indicator_count == COUNT(rows) && s->leaf_count == 3);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct indicator *in = &s->indicators[i];

        EXPECT_ROW_STR(rows[i].id, in->id, str_of(rows[i].id));
        EXPECT_ROW(rows[i].id, in->parent == rows[i].parent);
        EXPECT_ROW(rows[i].id, in->leaf == rows[i].leaf);
        EXPECT_ROW(rows[i].id, in->points == rows[i].points);
        EXPECT_ROW(rows[i].id, in->kind == rows[i].kind);
        EXPECT_ROW(rows[i].id, in->judged == rows[i].judged);
        EXPECT_ROW(rows[i].id, in->assumed == rows[i].assumed);
        EXPECT_ROW(rows[i].id, in->corrects == rows[i].corrects);
        EXPECT_ROW(rows[i].id, in->excludable == rows[i].excludable);
        EXPECT_ROW(rows[i].id,
                   in->leaf < 0 || scheme_leaf_at(s, in->leaf) == in);
    }
    EXPECT_STR(s->indicators[2].sample.zh, S("档案"));
    EXPECT(s->indicators[1].sample.zh.n == 0);
}

TEST(levels_gates_and_specials_are_loaded)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = load_base(&a);
    const struct level *two = &s->levels[1];

    EXPECT(s->figure_count == 2 && s->level_count == 2);
    EXPECT_STR(s->figures[1].id, S("speed"));
    EXPECT_STR(two->id, S("two"));
    EXPECT(two->min == 90500 && two->stars == 2 && two->gate_count == 2);
    EXPECT_STR(two->gates[0].id, S("happier"));
    EXPECT(two->gates[0].figure == 0 && two->gates[0].mode == GATE_REFUTE);
    EXPECT(two->gates[0].min_n == 9 && two->gates[0].min_d == 10);
    EXPECT(two->gates[1].figure == 1 && two->gates[1].mode == GATE_FIGURE);
    EXPECT(two->gates[1].min_n == 90 && two->gates[1].min_d == 100);
    EXPECT(s->specials.deduction == 1000 && s->specials.bonus == 500);
    EXPECT(s->specials.fail_at == 5 && s->specials.order == SPECIAL_AFTER);
}

TEST(conditions_and_documents_are_loaded)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = load_base(&a);
    const struct eligibility *e = s->eligibility;
    const struct requirement *q = s->requirements;

    EXPECT(s->eligibility_count == 3 && s->requirement_count == 2);
    EXPECT(e[0].kind == ELIGIBLE_REGISTERED);
    EXPECT(is_span(e[0].span, 3, SPAN_MONTHS));
    EXPECT(e[1].kind == ELIGIBLE_SCOPE && e[1].word_count == 2);
    EXPECT_STR(e[1].words[1], S("服务"));
    EXPECT(e[2].kind == ELIGIBLE_DECLARED && !e[2].want);
    EXPECT(q[0].required && !q[0].has_period && q[0].aspects == 0);
    EXPECT(!q[1].required && q[1].has_period);
    EXPECT(is_span(q[1].period, 6, SPAN_MONTHS));
    EXPECT(q[1].aspects == (ASPECT_CLOSED | ASPECT_RESOURCED));
}

TEST(stages_and_limits_are_loaded)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = load_base(&a);
    const struct limits *l = &s->limits;

    for (int i = 0; i < STAGE_ENDED; i++)
        EXPECT_ROW(stage_names[i], s->stages[i].used);
    EXPECT(!s->stages[STAGE_ENDED].used);
    EXPECT_STR(s->stages[STAGE_UPKEEP].label.en, S("Upkeep"));
    EXPECT(s->stages[STAGE_COMPLETENESS].has_limit);
    EXPECT(is_span(s->stages[STAGE_COMPLETENESS].limit, 5, SPAN_WORKDAYS));
    EXPECT(!s->stages[STAGE_PLAN].has_limit);
    EXPECT(is_span(l->supplement, 30, SPAN_DAYS));
    EXPECT(is_span(l->minor_least, 15, SPAN_DAYS));
    EXPECT(is_span(l->surveillance, 12, SPAN_MONTHS));
    EXPECT(is_span(l->conflict, 24, SPAN_MONTHS));
    EXPECT(is_span(l->condition, 12, SPAN_MONTHS)); /* not given */
    EXPECT(is_span(l->objection, 3, SPAN_WORKDAYS));
}

TEST(audit_fees_and_certificate_are_loaded)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = load_base(&a);
    const struct day_row *row = &s->team.rows[1];

    EXPECT(s->team.size_least == 2 && s->team.size_most == 3);
    EXPECT(s->team.days_least == 1 && s->team.days_most == 3);
    EXPECT(s->team.row_count == 2);
    EXPECT(row->staff_from == 11 && row->staff_to == 25);
    EXPECT(row->initial_total == 40 && row->initial_site == 30);
    EXPECT(row->surveillance_total == 15 && row->renewal_total == 25);
    EXPECT(s->sample.used && s->sample.least == 10 && s->sample.most == 20);
    EXPECT(s->sample.figure == 0 && s->defence);
    EXPECT(s->fees.application == 100000 && s->fees.registration == 200050);
    EXPECT(s->fees.prepay_least == 3000 && s->fees.prepay_most == 5000);
    EXPECT(s->fees.assumed);
    EXPECT_STR(s->certificate.number,
               S("{body}{yy}SC{serial4}R{recert}{size}"));
    EXPECT_STR(s->certificate.title.en,
               S("Certificate of service certification"));
    EXPECT_STR(s->certificate.statement.en, S("Meets {criterion}, {level}."));
}

TEST(things_are_found_by_id_or_not_at_all)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = load_base(&a);

    EXPECT(scheme_leaf(s, S("1.2")) == 1);
    EXPECT(scheme_leaf(s, S("1")) == -1); /* no leaf */
    EXPECT(scheme_leaf(s, S("")) == -1);
    EXPECT(scheme_level(s, S("two")) == 1 && scheme_level(s, S("x")) == -1);
    EXPECT(scheme_figure(s, S("speed")) == 1);
    EXPECT(scheme_figure(s, S("speedy")) == -1);
    EXPECT(scheme_requirement(s, S("orders")) == 1);
    EXPECT(scheme_requirement(s, S("order")) == -1);
    EXPECT(scheme_eligibility(s, S("honest")) == 2);
    EXPECT(scheme_eligibility(s, S("")) == -1);
}

/* --- the package ------------------------------------------------------ */

/* With ".yaml" a hundred bytes. */
#define NAME_OF_10 "abcdefghij"
#define NAME_OF_95                                                             \
    NAME_OF_10 NAME_OF_10 NAME_OF_10 NAME_OF_10 NAME_OF_10 NAME_OF_10          \
        NAME_OF_10 NAME_OF_10 NAME_OF_10 "abcde"

TEST(a_package_holds_only_its_own_files)
{
    static const struct {
        const char *path;
        bool may;
    } rows[] = {
        { "scheme.yaml", true },
        { "README.md", true },
        { "golden/perfect.yaml", true },
        { "scheme.yaml~", false },
        { "scheme.yml", false },
        { "golden/perfect.yaml.orig", false },
        { "golden/.perfect.yaml", false },
        { "golden/more/perfect.yaml", false },
        { "golden/.yaml", false },
        { "golden/", false },
        { "golden/" NAME_OF_95 ".yaml", true },
        { "golden/x" NAME_OF_95 ".yaml", false },
        { "golden", false },
        { "../scheme.yaml", false },
        { "/scheme.yaml", false },
        { "", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].path,
                   package_path(str_of(rows[i].path)) == rows[i].may);
}

TEST(what_is_no_package_is_refused)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct package_file files[] = {
        { S("scheme.yaml"), S("id: x") },
        { S("README.md"), S("") },
        { S("scheme.yaml"), S("id: x") },
        { S("scheme.bak"), S("id: x") },
    };
    struct problem *problems = (struct problem *)files;
    struct scheme *s = NULL;

    EXPECT_ERR(scheme_load(&a, &(struct package){ files, 0 }, &s, &problems),
               ERR_INVALID, "scheme.no_file");
    EXPECT(problems == NULL);
    EXPECT_ERR(scheme_load(&a, &(struct package){ files + 1, 1 }, &s,
                           &problems),
               ERR_INVALID, "scheme.no_file");
    EXPECT_ERR(scheme_load(&a, &(struct package){ files, 3 }, &s, &problems),
               ERR_INVALID, "scheme.path_twice");
    EXPECT_ERR(scheme_load(&a, &(struct package){ files + 1, 3 }, &s,
                           &problems),
               ERR_INVALID, "scheme.path");
    EXPECT(s == NULL);
}

static void render_first(struct arena *a, str bytes, enum lang l, str *out)
{
    struct package_file file = { S("scheme.yaml"), bytes };
    struct problem *problems = NULL;
    struct scheme *s;
    struct buf b;

    EXPECT_ERR(scheme_load(a, &(struct package){ &file, 1 }, &s, &problems),
               ERR_INVALID, "reading.problems");
    buf_init(&b, a, 1000);
    problem_render(&b, l, S("schemes/x"), problems);
    EXPECT_OK(buf_done(&b, out));
}

TEST(a_problem_is_told_with_its_place_once)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    str line = S("");

    render_first(&a, S("format: one"), LANG_EN, &line);
    EXPECT_STR(line, S("schemes/x/scheme.yaml:1:1: \"id\" is missing here."));
    render_first(&a, S("a: b: c"), LANG_EN, &line);
    EXPECT_STR(line,
               S("schemes/x/scheme.yaml:1:5: a name with a colon cannot "
                 "come here. Check the indentation; put a text that contains "
                 "\": \" in quotes."));
    render_first(&a, S("[]"), LANG_ZH, &line);
    EXPECT(
        str_begins(line, S("schemes/x/scheme.yaml:1:1: 此处应写成对的名称")));
}

TEST(a_problem_of_a_file_alone_is_told_without_a_folder)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct problem p = {
        .file = S("scheme.yaml"),
        .line = 3,
        .column = 5,
        .what = err_new(&a, ERR_INVALID, "reading.text"),
    };
    struct buf b;
    str out = S("");

    buf_init(&b, &a, 1000);
    problem_render(&b, LANG_EN, S(""), &p);
    EXPECT_OK(buf_done(&b, &out));
    EXPECT(str_begins(out, S("scheme.yaml:3:5: ")));
}

/* Nine hundred problems are counted, and five hundred shown. */
TEST(problems_are_kept_up_to_a_bound)
{
    TEST_ARENA(a, 256 * (size_t)MEGABYTE);
    struct package_file file = { .path = S("scheme.yaml") };
    struct problem *problems = NULL;
    struct scheme *s = NULL;
    struct buf b;
    int n = 0;

    buf_init(&b, &a, MEGABYTE);
    buf_str(&b, S("notes: []\n"));
    for (int i = 0; i < 900; i++)
        buf_printf(&b, "key%d: 1\n", i);
    EXPECT_OK(buf_done(&b, &file.bytes));
    EXPECT_ERR(scheme_load(&a, &(struct package){ &file, 1 }, &s, &problems),
               ERR_INVALID, "reading.problems");
    for (const struct problem *p = problems; p != NULL; p = p->next)
        n++;
    EXPECT(n == 500);
}

/* --- [SC4] ------------------------------------------------------------ */

static bool hash_is(const struct package *p, const char *want)
{
    struct hash h = scheme_hash(p);
    uint8_t bytes[32];

    return hex_parse(str_of(want), bytes, sizeof bytes) &&
           memcmp(bytes, h.b, sizeof bytes) == 0;
}

/* clang-format off */
#define HASH_NONE \
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define HASH_ONE \
    "0926601d45950345a05a08ae266bff7446d4fc6474d138c1f8d2761e0cb6be7b"
#define HASH_TWO \
    "d4228d67d0da40588a0669d2e7d2cf4790dab41554fcc5976d77f397c17c03a3"
#define HASH_LEFT \
    "e7ab503819a08f424da9ba8421b745917f2f82f92b7e6a09ecce37d61289b827"
#define HASH_RIGHT \
    "2cfe02211ae98daa5145daefc9c3f6f87bd1c4d9231fdd7b7bc98aea18fb7215"
/* clang-format on */

/* Expected values come from another implementation of the rule. */
TEST(a_package_has_the_hash_that_anyone_computes)
{
    struct package_file files[] = {
        { S("scheme.yaml"), S("id: x\n") },
        { S("README.md"), S("words") },
        { S("golden/one.yaml"), S("expect: {}") },
    };
    struct package_file turned[] = { files[2], files[1], files[0] };
    struct package_file left[] = { { S("a"), S("bc") } };
    struct package_file right[] = { { S("ab"), S("c") } };

    EXPECT(hash_is(&(struct package){ files, 0 }, HASH_NONE));
    EXPECT(hash_is(&(struct package){ files, 1 }, HASH_ONE));
    EXPECT(hash_is(&(struct package){ files, 2 }, HASH_TWO));
    EXPECT(hash_is(&(struct package){ files, 3 }, HASH_TWO));
    EXPECT(hash_is(&(struct package){ turned, 3 }, HASH_TWO));
    EXPECT(hash_is(&(struct package){ left, 1 }, HASH_LEFT));
    EXPECT(hash_is(&(struct package){ right, 1 }, HASH_RIGHT));
}

/* Written by hand: path length, path, length, bytes; the cases left out. */
TEST(the_bytes_that_are_hashed_can_be_had)
{
    TEST_ARENA(a, MEGABYTE);
    static const struct package_file files[] = {
        { S_INIT("scheme.yaml"), S_INIT("id: x\n") },
        { S_INIT("golden/one.yaml"), S_INIT("expect: {}") },
        { S_INIT("README.md"), S_INIT("") },
    };
    static const char want[] = "\0\0\0\x09README.md\0\0\0\0\0\0\0\0"
                               "\0\0\0\x0Bscheme.yaml\0\0\0\0\0\0\0\x06"
                               "id: x\n";
    const struct package p = { files, COUNT(files) };
    struct hash hash = scheme_hash(&p);
    uint8_t again[32];
    str bytes = S("");

    EXPECT_OK(scheme_bytes(&a, &p, &bytes));
    EXPECT_STR(bytes, ((str){ want, sizeof want - 1 }));
    sha256(bytes.p, bytes.n, again);
    EXPECT(memcmp(again, hash.b, sizeof again) == 0);
}

TEST(a_scheme_carries_the_hash_of_its_package)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct package_file file = { S("scheme.yaml"), test_file(&a, base_path) };
    struct hash h = scheme_hash(&(struct package){ &file, 1 });
    const struct scheme *s = load_base(&a);

    EXPECT(memcmp(h.b, s->hash.b, sizeof h.b) == 0);
}

/* [SU2] Both sides of the forty characters a number may have: 35 of the main
 * one or 17, with every part as wide as it gets. */
TEST(a_sub_certificates_number_has_room_for_the_longest_main_one)
{
    static const struct {
        const char *number;
        const char *sub;
        bool fits;
    } rows[] = {
        { "{yy}{serial4}ABCDEFGHIJKLMNOPQRSTUVWXYZ-", "{number}-A{n}", true },
        { "{yy}{serial4}ABCDEFGHIJKLMNOPQRSTUVWXYZ-", "{number}-AB{n}", false },
        { "{body}{yy}SC{serial4}R{recert}{size}",
          "{number}-ABCDEFGHIJKLMNOPQRS{n}", true },
        { "{body}{yy}SC{serial4}R{recert}{size}",
          "{number}-ABCDEFGHIJKLMNOPQRST{n}", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 16 * (size_t)MEGABYTE);
        str base = test_file(&a, base_path);
        str old = S("  number: \"{body}{yy}SC{serial4}R{recert}{size}\"\n");
        size_t at = str_find(base, old);
        struct package_file file = { .path = S("scheme.yaml") };
        struct package package = { &file, 1 };
        struct problem *problems = NULL;
        struct scheme *s = NULL;
        struct buf b;

        buf_init(&b, &a, MEGABYTE);
        buf_str(&b, str_first(base, at));
        buf_printf(&b, "  number: \"%s\"\n  sub_number: \"%s\"\n",
                   rows[i].number, rows[i].sub);
        buf_str(&b, str_from(base, at + old.n));
        EXPECT_OK(buf_done(&b, &file.bytes));
        err e = scheme_load(&a, &package, &s, &problems);
        EXPECT_ROW(rows[i].sub, failed(e) == !rows[i].fits);
        /* What was frozen before was told so by nobody, and goes on. */
        EXPECT_ROW_OK(rows[i].sub, scheme_thaw(&a, &package, &s, &problems));
    }
}

/* Words that the law takes away later do not unmake what was frozen. */
TEST(a_frozen_package_is_not_judged_by_its_wording_again)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    str base = test_file(&a, base_path);
    str title = S("title: { zh: 服务认证证书,");
    size_t at = str_find(base, title);
    struct package_file file = { .path = S("scheme.yaml") };
    struct package package = { &file, 1 };
    struct problem *problems = NULL;
    struct scheme *s = NULL;
    struct buf b;

    buf_init(&b, &a, MEGABYTE);
    buf_str(&b, str_first(base, at));
    buf_str(&b, S("title: { zh: 国家级荣誉,"));
    buf_str(&b, str_from(base, at + title.n));
    EXPECT_OK(buf_done(&b, &file.bytes));
    EXPECT_ERR(scheme_load(&a, &package, &s, &problems), ERR_INVALID,
               "reading.problems");
    EXPECT_OK(scheme_thaw(&a, &package, &s, &problems));
    EXPECT_STR(s->certificate.title.zh, S("国家级荣誉"));

    file.bytes = S("id: x");
    EXPECT_ERR(scheme_thaw(&a, &package, &s, &problems), ERR_INVALID,
               "reading.problems");
}

/* --- memory ----------------------------------------------------------- */

struct loading {
    str bytes;
    bool is_right;
};

/* Refusing is what is wanted of a wrong package: then only memory fails. */
static err load_once(struct heap *h, void *context)
{
    const struct loading *x = context;
    scoped(arena_end) struct arena a;
    struct package_file file = { S("scheme.yaml"), x->bytes };
    struct package package = { &file, 1 };
    struct problem *problems;
    struct scheme *s = NULL;

    arena_init(&a, h, 64 * (size_t)MEGABYTE);
    err e = scheme_load(&a, &package, &s, &problems);
    EXPECT(failed(e) || (s != NULL && x->is_right));
    if (failed(e) && e.info->code == ERR_INVALID && !x->is_right)
        return OK;
    return e;
}

TEST(every_failed_allocation_is_reported_and_nothing_leaks)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct loading right = { test_file(&a, base_path), true };
    struct loading wrong = { S("id: [1]\nkind: x\nlevls: []\n"
                               "name: {zh: x, en: 中}\nlimits: {renewal: 3}\n"
                               "figures: [{id: a}, {id: a}]\n"
                               "indicators: [{points: 3, children: []}]\n"),
                             false };

    EXPECT(test_every_allocation_fails(load_once, NULL, &right) > 0);
    EXPECT(test_every_allocation_fails(load_once, NULL, &wrong) > 0);
}

/* With the lists that a package may leave out. */
TEST(every_failed_allocation_of_measures_trades_and_marks_is_reported)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct loading x = { .is_right = true };
    struct buf b;

    buf_init(&b, &a, MEGABYTE);
    buf_str(&b, test_file(&a, base_path));
    buf_str(&b, S("  mark:\n"
                  "    uses: [tender]\n"
                  "    says: [{ zh: 服务认证, en: service certification }]\n"
                  "trades: [\"51\", \"5211\"]\n"
                  "measures:\n"
                  "  - { id: fast, label: { zh: 及时, en: Sooner },"
                  " figures: [speed] }\n"));
    EXPECT_OK(buf_done(&b, &x.bytes));
    EXPECT(test_every_allocation_fails(load_once, NULL, &x) > 0);
}

/* [SC5] One indicator is enough, wherever it stands; levels and gates that are
 * marked so say nothing of the points. */
TEST(a_scheme_is_assumed_as_soon_as_the_points_of_one_indicator_are)
{
    static const struct indicator published[3];
    struct level level = { .assumed = true };
    struct scheme s = {
        .indicators = published,
        .indicator_count = COUNT(published),
        .levels = &level,
        .level_count = 1,
    };

    EXPECT(!scheme_is_assumed(&s));
    for (size_t i = 0; i < COUNT(published); i++) {
        struct indicator indicators[COUNT(published)] = { 0 };

        indicators[i].assumed = true;
        s.indicators = indicators;
        EXPECT(scheme_is_assumed(&s));
        s.indicator_count = i;
        EXPECT(!scheme_is_assumed(&s));
        s.indicator_count = COUNT(published);
    }
}
