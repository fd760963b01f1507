#include "cli/arguments.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/near.h"
#include "base/size.h"

enum { OPTIONS_TEXT = 2000 };

const struct option common_options[] = {
    { "json", NULL, false, "cli.option.json" },
    { "lang", "zh|en", false, "cli.option.lang" },
    { "help", NULL, false, "cli.option.help" },
};
const size_t common_option_count = COUNT(common_options);

static const struct option *find_option(const struct option *options, size_t n,
                                        str name)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(str_of(options[i].name), name))
            return &options[i];
    }
    return NULL;
}

struct reading {
    struct arena *arena;
    const str *words;
    size_t n;
    size_t at;
    struct arguments *out;
};

static err read_value(struct reading *r, const struct option *o, str word,
                      str *out)
{
    size_t equals = str_index(word, '=');

    if (o->value == NULL && equals < word.n)
        return err_new(r->arena, ERR_INVALID, "cli.no_value",
                       ARG_STR("option", str_of(o->name)));
    if (o->value == NULL)
        return OK;
    if (equals < word.n) {
        *out = str_from(word, equals + 1);
        return OK;
    }
    if (r->at >= r->n)
        return err_new(r->arena, ERR_INVALID, "cli.needs_value",
                       ARG_STR("option", str_of(o->name)),
                       ARG_STR("value", str_of(o->value)));
    *out = r->words[r->at++];
    return OK;
}

static err keep_common(struct reading *r, const struct option *o, str value)
{
    if (o == &common_options[0])
        r->out->json = true;
    else if (o == &common_options[2])
        r->out->help = true;
    else if (str_eq(value, S("zh")) || str_eq(value, S("en")))
        r->out->lang = value;
    else
        return err_new(r->arena, ERR_INVALID, "cli.lang",
                       ARG_STR("given", value));
    return OK;
}

static void offer_options(struct near *x, const struct option *options,
                          size_t n)
{
    for (size_t i = 0; i < n; i++)
        near_offer(x, str_of(options[i].name));
}

static void list_options(struct buf *b, const struct option *options, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_printf(b, "%s--%s", buf_view(b).n > 0 ? ", " : "", options[i].name);
}

/* The one that is near, or all there are. */
static err unknown_option(struct arena *a, const struct subcommand *s, str name)
{
    struct near x = { .word = name };
    struct buf b;
    str all;

    offer_options(&x, s->options, s->option_count);
    offer_options(&x, common_options, common_option_count);
    if (x.found.n > 0)
        return err_new(a, ERR_INVALID, "cli.unknown_option_near",
                       ARG_STR("option", name),
                       ARG_STR("subcommand", str_of(s->name)),
                       ARG_STR("near", x.found));
    buf_init(&b, a, OPTIONS_TEXT);
    list_options(&b, s->options, s->option_count);
    list_options(&b, common_options, common_option_count);
    TRY(buf_done(&b, &all));
    return err_new(a, ERR_INVALID, "cli.unknown_option",
                   ARG_STR("option", name),
                   ARG_STR("subcommand", str_of(s->name)),
                   ARG_STR("options", all));
}

/* One of the words that begin with two dashes, which are cut off here. */
static err read_option(struct reading *r, str word)
{
    const struct subcommand *s = r->out->subcommand;
    str name = str_first(word, str_index(word, '='));
    const struct option *own = find_option(s->options, s->option_count, name);
    const struct option *o =
        own != NULL ? own
                    : find_option(common_options, common_option_count, name);
    str value = S("");

    if (o == NULL)
        return unknown_option(r->arena, s, name);
    TRY(read_value(r, o, word, &value));
    if (own == NULL)
        return keep_common(r, o, value);

    size_t i = (size_t)(own - s->options);
    if (r->out->given[i])
        return err_new(r->arena, ERR_INVALID, "cli.twice",
                       ARG_STR("option", name));
    r->out->given[i] = true;
    r->out->values[i] = value;
    return OK;
}

static err read_words(struct reading *r)
{
    bool only_operands = false;

    while (r->at < r->n) {
        str word = r->words[r->at++];

        if (!only_operands && str_eq(word, S("--")))
            only_operands = true;
        else if (!only_operands && str_begins(word, S("--")))
            TRY(read_option(r, str_from(word, 2)));
        else
            r->out->operands[r->out->operand_count++] = word;
    }
    return OK;
}

static const struct option *required_option(const struct arguments *args)
{
    const struct subcommand *s = args->subcommand;

    for (size_t i = 0; i < s->option_count; i++) {
        if (s->options[i].required && !args->given[i])
            return &s->options[i];
    }
    return NULL;
}

/* A word too many, which an option that is missing may want: `check DIR` for
 * `check --data DIR`. */
static err too_many(struct arena *a, const struct arguments *args)
{
    str subcommand = str_of(args->subcommand->name);
    str word = args->operands[args->subcommand->operand_count];
    const struct option *missing = required_option(args);

    if (missing == NULL)
        return err_new(a, ERR_INVALID, "cli.too_many", ARG_STR("word", word),
                       ARG_STR("subcommand", subcommand));
    return err_new(a, ERR_INVALID, "cli.perhaps_option", ARG_STR("word", word),
                   ARG_STR("subcommand", subcommand),
                   ARG_STR("option", str_of(missing->name)));
}

/* How many operands the table takes. */
static err check_operands(struct arena *a, const struct arguments *args)
{
    const struct subcommand *s = args->subcommand;
    bool rest = s->operand_count > 0 && s->operands[s->operand_count - 1].rest;

    for (size_t i = args->operand_count; i < s->operand_count; i++) {
        if (!s->operands[i].optional)
            return err_new(a, ERR_INVALID, "cli.needs_operand",
                           ARG_STR("operand", str_of(s->operands[i].name)),
                           ARG_STR("subcommand", str_of(s->name)));
    }
    if (args->operand_count > s->operand_count && !rest)
        return too_many(a, args);

    const struct option *missing = required_option(args);
    if (missing == NULL)
        return OK;
    return err_new(a, ERR_INVALID, "cli.needs_option",
                   ARG_STR("option", str_of(missing->name)),
                   ARG_STR("value", str_of(missing->value)),
                   ARG_STR("subcommand", str_of(s->name)));
}

err arguments_parse(struct arena *a, const struct subcommand *s,
                    const str *words, size_t n, struct arguments *out)
{
    struct arguments args = { .subcommand = s };
    struct reading r = { a, words, n, 0, &args };

    check(s->option_count <= OPTION_MAX);
    args.operands = arena_array(a, n, sizeof *args.operands);
    TRY_MEMORY(args.operands);
    TRY(read_words(&r));
    if (!args.help)
        TRY(check_operands(a, &args));
    *out = args;
    return OK;
}

static size_t option_place(const struct arguments *args, const char *name)
{
    const struct subcommand *s = args->subcommand;
    const struct option *o =
        find_option(s->options, s->option_count, str_of(name));

    check(o != NULL);
    return (size_t)(o - s->options);
}

str arguments_value(const struct arguments *args, const char *name)
{
    return args->values[option_place(args, name)];
}

bool arguments_given(const struct arguments *args, const char *name)
{
    return args->given[option_place(args, name)];
}

str arguments_operand(const struct arguments *args, size_t i)
{
    return i < args->operand_count ? args->operands[i] : S("");
}

bool number_parse(str s, int64_t *out)
{
    int64_t n = 0;

    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || __builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, s.p[i] - '0', &n))
            return false;
    }
    *out = n;
    return true;
}

err arguments_number(struct arena *a, const struct arguments *args,
                     const char *name, struct number_rule rule, int64_t *out)
{
    int64_t n = rule.absent;

    if (arguments_given(args, name) &&
        (!number_parse(arguments_value(args, name), &n) || n < rule.least ||
         n > rule.most))
        return err_new(a, ERR_INVALID, "cli.number",
                       ARG_STR("option", str_of(name)),
                       ARG_INT("least", rule.least),
                       ARG_INT("most", rule.most));
    *out = n;
    return OK;
}
