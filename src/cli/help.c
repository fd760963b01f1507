#include "cli/help.h"

#include "base/size.h"
#include "cli/subcommands.h"

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

static void list_subcommand(struct buf *b, enum lang lang,
                            const struct subcommand *s)
{
    size_t from = buf_view(b).n;

    buf_printf(b, "  tenstar %s", s->name);
    pad_to(b, from, LEFT_COLUMN + 2);
    buf_char(b, ' ');
    put_id(b, lang, s->help);
    buf_char(b, '\n');
}

void help_all(struct buf *b, enum lang lang,
              const struct subcommand *const *table, size_t n, str group)
{
    if (group.n == 0) {
        put_id(b, lang, "cli.about");
        buf_str(b, S("\n\n"));
    }
    for (size_t i = 0; i < n; i++) {
        if (group.n == 0 || subcommand_in_group(table[i], group))
            list_subcommand(b, lang, table[i]);
    }
    buf_char(b, '\n');
    put_id(b, lang, "cli.more");
    buf_char(b, '\n');
}
