#include "cli/help.h"

#include "base/size.h"

static void put_id(struct buf *b, enum lang lang, const char *id)
{
    buf_str(b, text_get(lang, id));
}

static void put_operand(struct buf *b, const struct operand *o)
{
    buf_printf(b, " %s%s%s%s", o->optional ? "[" : "", o->name,
               o->rest ? "..." : "", o->optional ? "]" : "");
}

/* "--data DIR" */
static void put_option(struct buf *b, const struct option *o)
{
    buf_printf(b, "--%s", o->name);
    if (o->value != NULL)
        buf_printf(b, " %s", o->value);
}

void help_usage(struct buf *b, const struct subcommand *s)
{
    buf_printf(b, "tenstar %s", s->name);
    for (size_t i = 0; i < s->operand_count; i++)
        put_operand(b, &s->operands[i]);
    for (size_t i = 0; i < s->option_count; i++) {
        buf_str(b, s->options[i].required ? S(" ") : S(" ["));
        put_option(b, &s->options[i]);
        if (!s->options[i].required)
            buf_char(b, ']');
    }
}

static void pad_to(struct buf *b, size_t from, size_t width)
{
    size_t used = buf_view(b).n - from;

    for (size_t i = used; i < width; i++)
        buf_char(b, ' ');
}

enum { LEFT_COLUMN = 24 };

static void list_options(struct buf *b, enum lang lang,
                         const struct option *options, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t from = buf_view(b).n;

        buf_str(b, S("  "));
        put_option(b, &options[i]);
        pad_to(b, from, LEFT_COLUMN);
        buf_char(b, ' ');
        put_id(b, lang, options[i].help);
        buf_char(b, '\n');
    }
}

static void list_operands(struct buf *b, enum lang lang,
                          const struct subcommand *s)
{
    for (size_t i = 0; i < s->operand_count; i++) {
        size_t from = buf_view(b).n;

        buf_printf(b, "  %s", s->operands[i].name);
        pad_to(b, from, LEFT_COLUMN);
        buf_char(b, ' ');
        put_id(b, lang, s->operands[i].help);
        buf_char(b, '\n');
    }
}

void help_subcommand(struct buf *b, enum lang lang, const struct subcommand *s)
{
    help_usage(b, s);
    buf_str(b, S("\n\n"));
    put_id(b, lang, s->help);
    buf_char(b, '\n');
    if (s->about != NULL) {
        buf_char(b, '\n');
        put_id(b, lang, s->about);
        buf_char(b, '\n');
    }
    buf_char(b, '\n');
    list_operands(b, lang, s);
    list_options(b, lang, s->options, s->option_count);
    list_options(b, lang, common_options, common_option_count);
}

void help_all(struct buf *b, enum lang lang,
              const struct subcommand *const *table, size_t n)
{
    put_id(b, lang, "cli.about");
    buf_str(b, S("\n\n"));
    for (size_t i = 0; i < n; i++) {
        size_t from = buf_view(b).n;

        buf_printf(b, "  tenstar %s", table[i]->name);
        pad_to(b, from, LEFT_COLUMN + 2);
        buf_char(b, ' ');
        put_id(b, lang, table[i]->help);
        buf_char(b, '\n');
    }
    buf_char(b, '\n');
    put_id(b, lang, "cli.more");
    buf_char(b, '\n');
}

/* --- the manual page -------------------------------------------------- */

/* Text for roff: backslashes and dashes escaped, no line begins with a dot or
 * a quote. */
static void roff(struct buf *b, str s)
{
    bool start = true;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (start && (c == '.' || c == '\''))
            buf_str(b, S("\\&"));
        if (c == '\\')
            buf_str(b, S("\\e"));
        else if (c == '-')
            buf_str(b, S("\\-"));
        else
            buf_char(b, c);
        start = c == '\n';
    }
}

static void roff_id(struct buf *b, enum lang lang, const char *id)
{
    roff(b, text_get(lang, id));
    buf_char(b, '\n');
}

static void roff_option(struct buf *b, enum lang lang, const struct option *o)
{
    buf_printf(b, ".TP\n\\fB\\-\\-%s\\fR", o->name);
    if (o->value != NULL)
        buf_printf(b, " \\fI%s\\fR", o->value);
    buf_char(b, '\n');
    roff_id(b, lang, o->help);
}

static void roff_subcommand(struct buf *b, enum lang lang,
                            const struct subcommand *s)
{
    struct buf line;
    str usage = S("");

    buf_init(&line, b->arena, 2000);
    help_usage(&line, s);
    if (failed(buf_done(&line, &usage)))
        b->first = line.first;

    buf_str(b, S(".SS "));
    roff(b, usage);
    buf_char(b, '\n');
    roff_id(b, lang, s->help);
    if (s->about != NULL) {
        buf_str(b, S(".PP\n"));
        roff_id(b, lang, s->about);
    }
    for (size_t i = 0; i < s->operand_count; i++) {
        buf_printf(b, ".TP\n\\fI%s\\fR\n", s->operands[i].name);
        roff_id(b, lang, s->operands[i].help);
    }
    for (size_t i = 0; i < s->option_count; i++)
        roff_option(b, lang, &s->options[i]);
}

static void roff_section(struct buf *b, enum lang lang, const char *title,
                         const char *text)
{
    buf_str(b, S(".SH "));
    roff_id(b, lang, title);
    if (text != NULL)
        roff_id(b, lang, text);
}

void help_manual(struct buf *b, enum lang lang,
                 const struct subcommand *const *table, size_t n, str date,
                 str version)
{
    buf_printf(b, ".TH TENSTAR 1 %.*s \"tenstar %.*s\"\n", STR_ARG(date),
               STR_ARG(version));
    roff_section(b, lang, "cli.manual.name", "cli.manual.tagline");
    roff_section(b, lang, "cli.manual.description", "cli.about");
    roff_section(b, lang, "cli.manual.commands", NULL);
    for (size_t i = 0; i < n; i++)
        roff_subcommand(b, lang, table[i]);
    roff_section(b, lang, "cli.manual.options", "cli.manual.every");
    for (size_t i = 0; i < common_option_count; i++)
        roff_option(b, lang, &common_options[i]);
    roff_section(b, lang, "cli.manual.exit", "cli.manual.codes");
}
