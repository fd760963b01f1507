#include "cli/arguments.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "cli/help.h"

static const struct operand operands[] = {
    { .name = "ONE", .help = "cli.operand.code" },
    { .name = "REST",
      .optional = true,
      .rest = true,
      .help = "cli.operand.fields" },
};

static const struct operand exactly_one[] = {
    { .name = "ONE", .help = "cli.operand.code" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "size", "N", false, "cli.option.size" },
    { "quick", NULL, false, "cli.option.help" },
};

static const struct subcommand open_ended = {
    .name = "try it",
    .help = "cli.help.check",
    .about = "cli.about.check",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
};

static const struct subcommand strict = {
    .name = "strict",
    .help = "cli.help.check",
    .operands = exactly_one,
    .operand_count = COUNT(exactly_one),
};

enum { WORDS = 12 };

/* Parse words that stand apart by blanks; "''" is an empty one. */
static err parse(struct arena *a, const struct subcommand *s, const char *line,
                 struct arguments *out)
{
    str *words = arena_array(a, WORDS, sizeof *words);
    str rest = str_of(line);
    size_t n = 0;

    TRY_MEMORY(words);
    while (rest.p != NULL && line[0] != '\0') {
        str word = str_cut(&rest, ' ');
        words[n++] = str_eq(word, S("''")) ? S("") : word;
    }
    return arguments_parse(a, s, words, n, out);
}

/* "one,two data=x size= quick json lang=en" of what was read. */
static str shown(struct arena *a, const struct arguments *x)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 4000);
    for (size_t i = 0; i < x->operand_count; i++) {
        buf_str(&b, i > 0 ? S(",") : S(""));
        buf_str(&b, arguments_operand(x, i));
    }
    for (size_t i = 0; i < COUNT(options); i++) {
        if (!arguments_given(x, options[i].name))
            continue;
        buf_printf(&b, " %s=", options[i].name);
        buf_str(&b, arguments_value(x, options[i].name));
    }
    buf_str(&b, x->json ? S(" json") : S(""));
    buf_str(&b, x->help ? S(" help") : S(""));
    buf_str(&b, x->lang.n > 0 ? S(" lang=") : S(""));
    buf_str(&b, x->lang);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(options_stand_anywhere_and_operands_keep_their_order)
{
    static const struct {
        const char *why;
        const char *line;
        const char *shown;
    } rows[] = {
        { "apart from its value", "a --data x", "a data=x" },
        { "before the operands", "--data x a b", "a,b data=x" },
        { "between them", "a --data x b", "a,b data=x" },
        { "as one word", "a --data=x", "a data=x" },
        { "an empty value as one word", "a --data=", "a data=" },
        { "an empty value apart", "a --data ''", "a data=" },
        { "a value with an equals sign", "a --data=x=y", "a data=x=y" },
        { "a value that looks like an option", "a --data --quick",
          "a data=--quick" },
        { "a flag", "a --data x --quick", "a data=x quick=" },
        { "all after two dashes are operands", "--data x -- --quick -- b",
          "--quick,--,b data=x" },
        { "one dash is an operand", "- --data x", "- data=x" },
        { "an empty operand", "'' --data x", " data=x" },
        { "what every subcommand takes", "a --data x --json --lang en",
          "a data=x json lang=en" },
        { "these may come twice",
          "a --data x --json --json --lang=en --lang=zh",
          "a data=x json lang=zh" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct arguments x;

        if (EXPECT_ROW_OK(rows[i].why,
                          parse(&a, &open_ended, rows[i].line, &x)))
            EXPECT_ROW_STR(rows[i].why, shown(&a, &x), str_of(rows[i].shown));
    }
}

TEST(what_does_not_fit_the_table_is_refused_by_name)
{
    static const struct {
        const char *line;
        const struct subcommand *s;
        const char *id;
        const char *argument;
        const char *value;
    } rows[] = {
        { "a --data x --nothing", &open_ended, "cli.unknown_option", "option",
          "nothing" },
        { "a --data x --nothing", &open_ended, "cli.unknown_option", "options",
          "--data, --size, --quick, --json, --lang, --help" },
        { "a --data x --Quick", &open_ended, "cli.unknown_option_near",
          "option", "Quick" },
        { "a --data x --Quick", &open_ended, "cli.unknown_option_near", "near",
          "quick" },
        { "a --dat x", &open_ended, "cli.unknown_option_near", "near", "data" },
        { "a --data x --lan zh", &open_ended, "cli.unknown_option_near", "near",
          "lang" },
        { "a --data x --=y", &open_ended, "cli.unknown_option", "option", "" },
        { "a --data x --data y", &open_ended, "cli.twice", "option", "data" },
        { "a --data x --quick --quick", &open_ended, "cli.twice", "option",
          "quick" },
        { "a --data", &open_ended, "cli.needs_value", "value", "DIR" },
        { "a --data x --quick=yes", &open_ended, "cli.no_value", "option",
          "quick" },
        { "a --data x --json=yes", &open_ended, "cli.no_value", "option",
          "json" },
        { "a --data x --lang", &open_ended, "cli.needs_value", "option",
          "lang" },
        { "a --data x --lang fr", &open_ended, "cli.lang", "given", "fr" },
        { "a --data x --lang=", &open_ended, "cli.lang", "given", "" },
        { "--data x", &open_ended, "cli.needs_operand", "operand", "ONE" },
        { "a", &open_ended, "cli.needs_option", "option", "data" },
        { "", &strict, "cli.needs_operand", "operand", "ONE" },
        { "a b", &strict, "cli.too_many", "word", "b" },
        { "a --data x", &strict, "cli.unknown_option", "option", "data" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct arguments x;
        err e = parse(&a, rows[i].s, rows[i].line, &x);

        EXPECT_ROW_ERR(rows[i].line, e, ERR_INVALID, rows[i].id);
        EXPECT_ROW_STR(rows[i].line, err_arg_text(e, rows[i].argument),
                       str_of(rows[i].value));
    }
}

TEST(help_is_given_whatever_else_is_missing)
{
    TEST_ARENA(a, 1 << 16);
    struct arguments x;

    EXPECT_OK(parse(&a, &open_ended, "--help", &x));
    EXPECT(x.help);
    EXPECT_OK(parse(&a, &strict, "a b c --help", &x));
    EXPECT(x.help);
}

TEST(an_operand_that_was_not_given_is_empty)
{
    TEST_ARENA(a, 1 << 16);
    struct arguments x;

    EXPECT_OK(parse(&a, &open_ended, "a --data x", &x));
    EXPECT_STR(arguments_operand(&x, 0), S("a"));
    EXPECT_STR(arguments_operand(&x, 1), S(""));
    EXPECT_STR(arguments_value(&x, "size"), S(""));
    EXPECT(!arguments_given(&x, "size"));
}

/* --- numbers ---------------------------------------------------------- */

TEST(numbers_are_digits_that_fit)
{
    static const struct {
        const char *text;
        bool good;
        int64_t n;
    } rows[] = {
        { "0", true, 0 },
        { "007", true, 7 },
        { "9223372036854775807", true, INT64_MAX },
        { "9223372036854775808", false, 0 },
        { "92233720368547758070", false, 0 },
        { "", false, 0 },
        { "-1", false, 0 },
        { "+1", false, 0 },
        { " 1", false, 0 },
        { "1 ", false, 0 },
        { "1.0", false, 0 },
        { "0x1", false, 0 },
        { "１", false, 0 }, /* a digit, but not of ours */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t n = -9;

        EXPECT_ROW(rows[i].text,
                   number_parse(str_of(rows[i].text), &n) == rows[i].good);
        EXPECT_ROW(rows[i].text, n == (rows[i].good ? rows[i].n : -9));
    }
}

TEST(a_numbers_option_keeps_to_its_bounds)
{
    static const struct {
        const char *line;
        bool good;
        int64_t n;
    } rows[] = {
        { "a --data x", true, 5 }, /* absent */
        { "a --data x --size 1", true, 1 },
        { "a --data x --size 0", false, 0 },
        { "a --data x --size 10", true, 10 },
        { "a --data x --size 11", false, 0 },
        { "a --data x --size=", false, 0 },
        { "a --data x --size ten", false, 0 },
    };
    const struct number_rule rule = { 1, 10, 5 };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct arguments x;
        int64_t n = -9;

        if (!EXPECT_ROW_OK(rows[i].line,
                           parse(&a, &open_ended, rows[i].line, &x)))
            continue;
        err e = arguments_number(&a, &x, "size", rule, &n);
        if (rows[i].good)
            EXPECT_ROW_OK(rows[i].line, e);
        else
            EXPECT_ROW_ERR(rows[i].line, e, ERR_INVALID, "cli.number");
        EXPECT_ROW(rows[i].line, n == (rows[i].good ? rows[i].n : -9));
    }
}

/* --- help ------------------------------------------------------------- */

TEST(the_usage_line_shows_what_is_needed_and_what_is_not)
{
    TEST_ARENA(a, 1 << 16);
    struct buf b;
    str out = S("");

    buf_init(&b, &a, 1000);
    help_usage(&b, &open_ended);
    EXPECT_OK(buf_done(&b, &out));
    EXPECT_STR(out, S("tenstar try it ONE [REST...] --data DIR [--size N]"
                      " [--quick]"));
}

TEST(help_lists_every_operand_and_option_with_its_words)
{
    static const char *const lines[] = { "  ONE",          "  REST",
                                         "  --data DIR",   "  --size N",
                                         "  --quick",      "  --json",
                                         "  --lang zh|en", "  --help" };

    for (enum lang l = 0; l < LANG_COUNT; l++) {
        TEST_ARENA(a, 1 << 16);
        struct buf b;
        str out = S("");

        buf_init(&b, &a, 1 << 14);
        help_subcommand(&b, l, &open_ended);
        EXPECT_OK(buf_done(&b, &out));
        EXPECT(str_contains(out, text_get(l, open_ended.help)));
        EXPECT(str_contains(out, text_get(l, open_ended.about)));
        EXPECT(str_contains(out, text_get(l, "cli.option.data")));
        for (size_t i = 0; i < COUNT(lines); i++)
            EXPECT_ROW(lines[i], str_contains(out, str_of(lines[i])));
    }
}
