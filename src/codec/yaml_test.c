#include "codec/yaml.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

enum { MEGABYTE = 1 << 20 };

static int64_t number_of(err e, const char *name)
{
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, name) == 0)
            return g->number;
    }
    return -1;
}

/* --- the tree ------------------------------------------------------- */

/* One node: kind, place, and the place of its key. */
struct spot {
    enum yaml_kind kind;
    int32_t line;
    int32_t column;
    int32_t key_line;
    int32_t key_column;
};

static bool stands_at(const struct yaml *y, struct spot want)
{
    return y != NULL && y->kind == want.kind && y->line == want.line &&
           y->column == want.column && y->key_line == want.key_line &&
           y->key_column == want.key_column;
}

/* [Y2] */
TEST(every_node_knows_its_place_in_characters)
{
    TEST_ARENA(a, MEGABYTE);
    struct yaml *root = NULL;

    EXPECT_OK(yaml_parse(&a, S("t"),
                         S("# a comment\n"
                           "名: { zh: 十星, en: \"Ten\" }\n"
                           "list:\n"
                           "  - one\n"
                           "  - two: 2\n"),
                         &root));
    EXPECT(stands_at(root, (struct spot){ YAML_MAPPING, 2, 1, 0, 0 }));
    EXPECT(root->count == 2);

    const struct yaml *label = yaml_get(root, S("名"));
    EXPECT(stands_at(label, (struct spot){ YAML_MAPPING, 2, 4, 2, 1 }));
    const struct yaml *zh = yaml_get(label, S("zh"));
    EXPECT(stands_at(zh, (struct spot){ YAML_SCALAR, 2, 10, 2, 6 }));
    const struct yaml *en = yaml_get(label, S("en"));
    EXPECT(stands_at(en, (struct spot){ YAML_SCALAR, 2, 18, 2, 14 }));
    EXPECT(en->quoted && !zh->quoted);
    EXPECT_STR(en->text, S("Ten"));

    const struct yaml *list = yaml_get(root, S("list"));
    EXPECT(stands_at(list, (struct spot){ YAML_SEQUENCE, 4, 3, 3, 1 }));
    EXPECT(list->count == 2);
    EXPECT(stands_at(list->first, (struct spot){ YAML_SCALAR, 4, 5, 0, 0 }));
    EXPECT(stands_at(list->first->next,
                     (struct spot){ YAML_MAPPING, 5, 5, 0, 0 }));
    EXPECT(list->first->next->next == NULL);
}

/* [Y3] */
TEST(scalars_stay_the_text_they_are)
{
    static const struct {
        const char *name;
        str text;
        str want;
        bool quoted;
    } rows[] = {
        { "no octal", S_INIT("0137"), S_INIT("0137"), false },
        { "no boolean", S_INIT("no"), S_INIT("no"), false },
        { "no null", S_INIT("~"), S_INIT("~"), false },
        { "nothing", S_INIT(""), S_INIT(""), false },
        { "double quotes", S_INIT("\"1\\n2\""), S_INIT("1\n2"), true },
        { "single quotes", S_INIT("'it''s'"), S_INIT("it's"), true },
        { "an escape", S_INIT("\"\\u5341\""), S_INIT("十"), true },
        { "a block", S_INIT("|\n  x\n  y\n"), S_INIT("x\ny\n"), true },
        { "a folded block", S_INIT(">-\n  x\n  y\n"), S_INIT("x y"), true },
        { "a comment is not text", S_INIT("x # y"), S_INIT("x"), false },
        { "a merge is only a key", S_INIT("{<<: 1}"), S_INIT(""), false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, MEGABYTE);
        struct buf b;
        str text = S("");
        struct yaml *root = NULL;

        buf_init(&b, &a, 1000);
        buf_str(&b, S("v: "));
        buf_str(&b, rows[i].text);
        EXPECT_ROW_OK(rows[i].name, buf_done(&b, &text));
        EXPECT_ROW_OK(rows[i].name, yaml_parse(&a, S("t"), text, &root));
        const struct yaml *v = yaml_get(root, S("v"));
        EXPECT_ROW_STR(rows[i].name, v->text, rows[i].want);
        EXPECT_ROW(rows[i].name, v->quoted == rows[i].quoted);
    }
}

TEST(the_tree_borrows_nothing_from_the_text)
{
    TEST_ARENA(a, MEGABYTE);
    char text[] = "key: value";
    struct yaml *root = NULL;

    EXPECT_OK(yaml_parse(&a, S("t"), str_of(text), &root));
    memset(text, 'x', sizeof text - 1);
    EXPECT_STR(root->first->key, S("key"));
    EXPECT_STR(root->first->text, S("value"));
}

TEST(get_finds_members_of_mappings_only)
{
    TEST_ARENA(a, MEGABYTE);
    struct yaml *root = NULL;

    EXPECT_OK(yaml_parse(&a, S("t"), S("{a: 1, b: [x]}"), &root));
    EXPECT(yaml_get(root, S("a")) == root->first);
    EXPECT(yaml_get(root, S("b")) == root->first->next);
    EXPECT(yaml_get(root, S("c")) == NULL);
    EXPECT(yaml_get(root->first, S("a")) == NULL);
    EXPECT(yaml_get(root->first->next, S("x")) == NULL);
    EXPECT(yaml_get(NULL, S("a")) == NULL);
}

/* --- refusals [Y1] -------------------------------------------------- */

TEST(what_is_not_plain_yaml_is_refused_with_its_place)
{
    static const struct {
        const char *name;
        str text;
        const char *id;
        int32_t line;
        int32_t column;
    } rows[] = {
        /* clang-format off */
        { "no bytes", S_INIT(""), "yaml.empty", 1, 1 },
        { "only a comment", S_INIT("# x\n"), "yaml.empty", 2, 1 },
        { "two documents", S_INIT("a: 1\n---\nb: 2\n"), "yaml.documents", 2, 1 },
        { "an alias", S_INIT("a: 1\nb: *a\n"), "yaml.alias", 2, 4 },
        { "an anchor on a text", S_INIT("a: &x 1"), "yaml.alias", 1, 4 },
        { "an anchor on a list", S_INIT("a: &x [1]"), "yaml.alias", 1, 4 },
        { "an anchor on a mapping", S_INIT("a: &x {b: 1}"), "yaml.alias", 1, 4 },
        { "a tag on a text", S_INIT("a: !!int 1"), "yaml.alias", 1, 4 },
        { "a bare tag", S_INIT("a: ! 1"), "yaml.alias", 1, 4 },
        { "a tag on a list", S_INIT("a: !t [1]"), "yaml.alias", 1, 4 },
        { "a tag on a mapping", S_INIT("a: !t {b: 1}"), "yaml.alias", 1, 4 },
        { "an anchor on a key", S_INIT("&x a: 1"), "yaml.alias", 1, 1 },
        { "a list as key", S_INIT("? [a]\n: 1"), "yaml.key", 1, 3 },
        { "an empty key", S_INIT("{\"\": 1}"), "yaml.key", 1, 2 },
        { "a key twice", S_INIT("a: 1\nb: 2\na: 3"), "yaml.duplicate", 3, 1 },
        { "a key twice, in braces", S_INIT("{a: 1, a: 2}"), "yaml.duplicate", 1, 8 },
        { "a NUL by escape", S_INIT("a: \"\\0\""), "yaml.control", 1, 4 },
        { "a delete by escape", S_INIT("a: \"x\\x7f\""), "yaml.control", 1, 4 },
        { "a C1 control", S_INIT("a: \"\\x85\""), "yaml.control", 1, 4 },
        { "not UTF-8", S_INIT("a: 1\n中: \xff"), "yaml.utf8", 2, 4 },
        { "UTF-8 cut short", S_INIT("a: \xe4\xb8"), "yaml.utf8", 1, 4 },
        { "a surrogate", S_INIT("a: \xed\xa0\x80"), "yaml.utf8", 1, 4 },
        /* clang-format on */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, MEGABYTE);
        struct yaml *untouched = NULL;
        err e = yaml_parse(&a, S("f.yaml"), rows[i].text, &untouched);

        EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].id);
        EXPECT_ROW(rows[i].name, untouched == NULL);
        if (!failed(e))
            continue;
        EXPECT_ROW_STR(rows[i].name, err_arg_text(e, "name"), S("f.yaml"));
        EXPECT_ROW(rows[i].name, number_of(e, "line") == rows[i].line);
        EXPECT_ROW(rows[i].name, number_of(e, "column") == rows[i].column);
    }
}

TEST(broken_syntax_is_refused_with_its_reason)
{
    static const struct {
        const char *name;
        str text;
        str why;
        int32_t line;
        int32_t column;
    } rows[] = {
        /* clang-format off */
        { "a tab indents", S_INIT("a:\n\tb: 1"), S_INIT("yaml.why_tab"), 2, 1 },
        { "a tab after a dash", S_INIT("-\ta: 1"), S_INIT("yaml.why_tab"), 1, 2 },
        { "a reserved character", S_INIT("a: @b"), S_INIT("yaml.why_character"), 1, 4 },
        { "two colons", S_INIT("a: b: c"), S_INIT("yaml.why_colon"), 1, 5 },
        { "deeper than its neighbour", S_INIT("a: 1\n b: 2"), S_INIT("yaml.why_colon"), 2, 3 },
        { "a key without colon", S_INIT("a: 1\nb\nc: 2"), S_INIT("yaml.why_no_colon"), 3, 1 },
        { "a dash after a key", S_INIT("a: - 1"), S_INIT("yaml.why_dash"), 1, 4 },
        { "a mapping goes on as list", S_INIT("a: 1\n- 2"), S_INIT("yaml.why_indent"), 2, 1 },
        { "a list goes on as mapping", S_INIT("- a\nb: 1"), S_INIT("yaml.why_indent"), 2, 1 },
        { "an open bracket", S_INIT("a: [1, 2\nb: 3"), S_INIT("yaml.why_bracket"), 2, 2 },
        { "an open brace", S_INIT("a: {b: 1\nc: 2"), S_INIT("yaml.why_bracket"), 2, 2 },
        { "an open quote", S_INIT("a: 1\nb: \"x\nc: 2"), S_INIT("yaml.why_quote"), 2, 4 },
        { "an unknown escape", S_INIT("a: \"\\q\""), S_INIT("yaml.why_escape"), 1, 5 },
        { "half an escape", S_INIT("a: \"\\u12\""), S_INIT("yaml.why_escape"), 1, 7 },
        { "a surrogate by escape", S_INIT("a: \"\\ud800\""), S_INIT("yaml.why_escape"), 1, 7 },
        { "a control character", S_INIT("a: 1\nb: \x01"), S_INIT("yaml.why_control"), 2, 4 },
        { "an unknown tag", S_INIT("a: !h!x y"), S_INIT("yaml.why_tag"), 1, 4 },
        { "no blank after the colon", S_INIT("\"a\":1"), S_INIT("yaml.why_other"), 1, 4 },
        /* clang-format on */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, MEGABYTE);
        struct yaml *untouched = NULL;
        err e = yaml_parse(&a, S("t"), rows[i].text, &untouched);

        EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, "yaml.syntax");
        EXPECT_ROW(rows[i].name, untouched == NULL);
        if (!failed(e))
            continue;
        EXPECT_ROW_STR(rows[i].name, err_arg_text(e, "why"), rows[i].why);
        EXPECT_ROW(rows[i].name, number_of(e, "line") == rows[i].line);
        EXPECT_ROW(rows[i].name, number_of(e, "column") == rows[i].column);
    }
}

static err parse_repeated(struct arena *a, str piece, int times, str end)
{
    struct buf b;
    str text;
    struct yaml *root;

    buf_init(&b, a, (size_t)YAML_SIZE * 2);
    for (int i = 0; i < times; i++)
        buf_str(&b, piece);
    buf_str(&b, end);
    TRY(buf_done(&b, &text));
    return yaml_parse(a, S("t"), text, &root);
}

TEST(levels_end_at_the_limit)
{
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);

    /* The innermost text is a level too. */
    EXPECT_OK(parse_repeated(&a, S("- "), YAML_DEPTH - 1, S("x")));
    EXPECT_ERR(parse_repeated(&a, S("- "), YAML_DEPTH, S("x")), ERR_INVALID,
               "yaml.depth");
    EXPECT_ERR(parse_repeated(&a, S("["), YAML_DEPTH + 1, S("")), ERR_INVALID,
               "yaml.depth");
    EXPECT_ERR(parse_repeated(&a, S("{a: "), YAML_DEPTH, S("x")), ERR_INVALID,
               "yaml.depth");
}

TEST(bytes_end_at_the_limit)
{
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);

    EXPECT_OK(parse_repeated(&a, S("#"), YAML_SIZE - 2, S("\n1")));
    EXPECT_ERR(parse_repeated(&a, S("#"), YAML_SIZE - 1, S("\n1")), ERR_LIMIT,
               "yaml.size");
}

static err parse_members(struct arena *a, int n)
{
    struct buf b;
    str text;
    struct yaml *root;

    buf_init(&b, a, MEGABYTE);
    for (int i = 0; i < n; i++)
        buf_printf(&b, "k%d: 1\n", i);
    TRY(buf_done(&b, &text));
    return yaml_parse(a, S("t"), text, &root);
}

TEST(members_end_at_the_limit)
{
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);

    EXPECT_OK(parse_members(&a, YAML_MEMBERS));
    EXPECT_ERR(parse_members(&a, YAML_MEMBERS + 1), ERR_INVALID,
               "yaml.members");
}

TEST(a_byte_order_mark_may_begin_the_text)
{
    TEST_ARENA(a, MEGABYTE);
    struct yaml *root = NULL;

    EXPECT_OK(yaml_parse(&a, S("t"),
                         S("\xef\xbb\xbf"
                           "a: 1"),
                         &root));
    EXPECT_STR(root->first->key, S("a"));
}

/* --- values --------------------------------------------------------- */

TEST(decimals_are_plain_and_exact)
{
    enum { NOT = -999 };
    static const struct {
        const char *name;
        str text;
        int places;
        int64_t want; /* NOT: none */
    } rows[] = {
        { "zero", S_INIT("0"), 0, 0 },
        { "a whole number", S_INIT("95"), 0, 95 },
        { "a negative one", S_INIT("-3"), 0, -3 },
        { "scaled", S_INIT("95"), 3, 95000 },
        { "one place of three", S_INIT("2.5"), 3, 2500 },
        { "all places", S_INIT("0.834"), 3, 834 },
        { "negative, below one", S_INIT("-0.5"), 1, -5 },
        { "trailing zeros", S_INIT("2.50"), 3, 2500 },
        { "nine places", S_INIT("1"), 9, 1000000000 },
        { "a place too many", S_INIT("0.8345"), 3, NOT },
        { "a zero too many", S_INIT("1.0"), 0, NOT },
        { "octal", S_INIT("0137"), 0, NOT },
        { "two zeros", S_INIT("00"), 0, NOT },
        { "minus zero", S_INIT("-0"), 0, NOT },
        { "plus", S_INIT("+1"), 0, NOT },
        { "hexadecimal", S_INIT("0x1f"), 0, NOT },
        { "an underscore", S_INIT("1_000"), 0, NOT },
        { "a comma", S_INIT("1,5"), 1, NOT },
        { "an exponent", S_INIT("1e3"), 0, NOT },
        { "no digit before the point", S_INIT(".5"), 1, NOT },
        { "no digit after the point", S_INIT("5."), 1, NOT },
        { "two points", S_INIT("1.2.3"), 3, NOT },
        { "only a minus", S_INIT("-"), 0, NOT },
        { "a blank inside", S_INIT("1 2"), 0, NOT },
        { "a sign inside", S_INIT("1.-2"), 3, NOT },
        { "wide digits", S_INIT("９５"), 0, NOT },
        { "nothing", S_INIT(""), 0, NOT },
        { "too big", S_INIT("9223372036854775808"), 0, NOT },
        { "too big when scaled", S_INIT("9223372036854775807"), 1, NOT },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct yaml y = { .kind = YAML_SCALAR, .text = rows[i].text };
        int64_t got = NOT;
        bool ok = yaml_decimal(&y, rows[i].places, &got);

        EXPECT_ROW(rows[i].name, ok == (rows[i].want != NOT));
        EXPECT_ROW(rows[i].name, got == rows[i].want);
    }
}

TEST(numbers_and_booleans_are_not_taken_from_quotes_lists_or_nothing)
{
    struct yaml quoted = { .kind = YAML_SCALAR,
                           .quoted = true,
                           .text = S("1") };
    struct yaml list = { .kind = YAML_SEQUENCE, .text = S("1") };
    int64_t n = 7;
    bool b = true;

    EXPECT(!yaml_int(&quoted, &n) && !yaml_int(&list, &n));
    EXPECT(!yaml_int(NULL, &n) && n == 7);
    quoted.text = S("false");
    EXPECT(!yaml_bool(&quoted, &b) && !yaml_bool(NULL, &b) && b);
}

TEST(booleans_are_true_and_false_only)
{
    static const str others[] = {
        S_INIT("yes"), S_INIT("no"), S_INIT("True"), S_INIT("on"), S_INIT(""),
    };
    struct yaml y = { .kind = YAML_SCALAR, .text = S("true") };
    bool b = false;

    EXPECT(yaml_bool(&y, &b) && b);
    y.text = S("false");
    EXPECT(yaml_bool(&y, &b) && !b);
    for (size_t i = 0; i < COUNT(others); i++) {
        y.text = others[i];
        b = true;
        EXPECT_ROW(others[i].p, !yaml_bool(&y, &b) && b);
    }
}

/* [property] What a number is written as, it is read as. */
TEST(written_numbers_are_read_back)
{
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 2000; i++) {
        int64_t want =
            (int64_t)(test_random_next(&r) >> (1 + test_random_below(&r, 62)));
        char text[32];
        TEST_ARENA(a, MEGABYTE);
        struct buf b;
        int64_t got = -1;

        buf_init(&b, &a, sizeof text);
        buf_int(&b, want);
        struct yaml y = { .kind = YAML_SCALAR, .text = buf_view(&b) };
        EXPECT(yaml_int(&y, &got) && got == want);
    }
}

/* --- memory --------------------------------------------------------- */

static err parse_all(struct heap *h, void *text)
{
    scoped(arena_end) struct arena a;
    struct yaml *root;

    arena_init(&a, h, MEGABYTE);
    return yaml_parse(&a, S("t"), *(const str *)text, &root);
}

TEST(every_failed_allocation_is_reported_and_nothing_leaks)
{
    str text = S("a: {b: [1, two, \"three\"]}\nc: |\n  four\n");

    EXPECT(test_every_allocation_fails(parse_all, NULL, &text) > 0);
}
