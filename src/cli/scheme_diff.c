/*
 * tenstar scheme diff BEFORE AFTER -- what is different between two versions of
 * a scheme, rule by rule, for whoever answers for it. (scheme/compare.h)
 */

#include "base/buf.h"
#include "base/size.h"
#include "cli/cli.h"
#include "cli/package.h"
#include "cli/words.h"
#include "codec/json.h"
#include "domain/view.h"
#include "scheme/compare.h"

enum { VALUE_MOST = 1 << 17 };

/* --- for programs ------------------------------------------------------- */

/* "points" of "fact.points". */
static str last_word(const char *name)
{
    str whole = str_of(name);

    return str_from(whole, str_index(whole, '.') + 1);
}

static str hash_text(struct cli *cli, const struct hash *h)
{
    struct buf b;

    buf_init(&b, cli->arena, 2 * sizeof h->b);
    buf_hex(&b, h->b, sizeof h->b);
    return cli_text(cli, &b);
}

static str value_in(struct cli *cli, enum lang l, const struct fact *f)
{
    struct buf b;

    buf_init(&b, cli->arena, VALUE_MOST);
    fact_render(&b, l, f);
    return cli_text(cli, &b);
}

static struct json *version_json(struct cli *cli, const struct scheme *s)
{
    struct json *j = json_new_object(cli->arena);

    json_set(j, S("scheme"), json_new_str(cli->arena, s->id));
    json_set(j, S("version"), json_new_str(cli->arena, s->version));
    json_set(j, S("hash"), json_new_str(cli->arena, hash_text(cli, &s->hash)));
    return j;
}

/* Programs are told values in English, whoever asks. */
static struct json *fact_json(struct cli *cli, const struct fact *f)
{
    return f == NULL ? json_new_null(cli->arena)
                     : json_new_str(cli->arena, value_in(cli, LANG_EN, f));
}

static struct json *changes_json(struct cli *cli, const struct difference *d)
{
    struct json *list = json_new_array(cli->arena);

    for (size_t i = 0; i < d->change_count; i++) {
        const struct fact_change *c = &d->changes[i];
        struct json *j = json_new_object(cli->arena);

        json_set(j, S("fact"), json_new_str(cli->arena, last_word(c->aspect)));
        json_set(j, S("before"), fact_json(cli, c->before));
        json_set(j, S("after"), fact_json(cli, c->after));
        json_add(list, j);
    }
    return list;
}

static struct json *difference_json(struct cli *cli, const struct difference *d)
{
    struct json *j = json_new_object(cli->arena);

    json_set(j, S("part"),
             json_new_str(cli->arena,
                          last_word(scheme_part_ids[d->item->part])));
    json_set(j, S("difference"),
             json_new_str(cli->arena, str_of(difference_names[d->kind])));
    json_set(j, S("id"), json_new_str(cli->arena, d->item->id));
    json_set(j, S("label"), label_json(cli->arena, d->item->label));
    json_set(j, S("facts"), changes_json(cli, d));
    return j;
}

static err print_json(struct cli *cli, const struct scheme *before,
                      const struct scheme *after, const struct list *found)
{
    const struct difference *d = found->p;
    struct json *j = json_new_object(cli->arena);
    struct json *list = json_new_array(cli->arena);

    for (size_t i = 0; i < found->n; i++)
        json_add(list, difference_json(cli, &d[i]));
    json_set(j, S("before"), version_json(cli, before));
    json_set(j, S("after"), version_json(cli, after));
    json_set(j, S("differences"), list);
    return cli_print_json(cli, j);
}

/* --- for people --------------------------------------------------------- */

static str said(struct cli *cli, const struct fact *f)
{
    return f == NULL ? S("") : value_in(cli, cli->lang, f);
}

/* Of what went as a whole its facts are told like those of what came. */
static void say_change(struct cli *cli, enum difference_kind kind,
                       const struct fact_change *c)
{
    const char *message = "cli.diff_changed";

    if (kind != ITEM_CHANGED || c->before == NULL)
        message = "cli.diff_is";
    else if (c->after == NULL)
        message = "cli.diff_was";
    words_indent(cli, 2);
    cli_say(cli, message, ARG_IDS("fact", str_of(c->aspect)),
            ARG_STR("before", said(cli, c->before)),
            ARG_STR("after",
                    said(cli, c->after != NULL ? c->after : c->before)));
}

/* "+ 5.1.2 Staff" */
static void say_item(struct cli *cli, const struct difference *d)
{
    static const char signs[] = {
        [ITEM_ADDED] = '+', [ITEM_REMOVED] = '-', [ITEM_CHANGED] = '*'
    };
    const struct scheme_item *x = d->item;

    words_indent(cli, 1);
    buf_char(&cli->out, signs[d->kind]);
    if (scheme_item_is_named(x)) {
        buf_char(&cli->out, ' ');
        buf_str(&cli->out, x->id);
    }
    if (x->label.zh.n > 0) {
        buf_char(&cli->out, ' ');
        buf_str(&cli->out, cli_label(cli, x->label));
    }
    buf_char(&cli->out, '\n');
}

/* Of what came or went, the texts are said already. */
static void say_difference(struct cli *cli, const struct difference *d)
{
    bool alone = d->item->id.n == 0;

    if (!alone || d->kind != ITEM_CHANGED)
        say_item(cli, d);
    for (size_t i = 0; i < d->change_count; i++) {
        const struct fact_change *c = &d->changes[i];
        const struct fact *f = c->after != NULL ? c->after : c->before;

        if (d->kind == ITEM_CHANGED || !fact_is_label(f))
            say_change(cli, d->kind, c);
    }
}

static void say_part(struct cli *cli, enum scheme_part part)
{
    text_render(&cli->out, cli->lang, scheme_part_ids[part], NULL);
    buf_char(&cli->out, '\n');
}

static void say_all(struct cli *cli, const struct list *found)
{
    const struct difference *d = found->p;

    for (size_t i = 0; i < found->n; i++) {
        if (i == 0 || d[i].item->part != d[i - 1].item->part)
            say_part(cli, d[i].item->part);
        say_difference(cli, &d[i]);
    }
}

static err run_diff(struct cli *cli, const struct arguments *args)
{
    const struct scheme *before;
    const struct scheme *after;
    struct list found;

    TRY(cli_load_scheme(cli, arguments_operand(args, 0), &before));
    TRY(cli_load_scheme(cli, arguments_operand(args, 1), &after));
    TRY(scheme_compare(cli->arena, before, after, &found));
    if (cli->json)
        return print_json(cli, before, after, &found);
    cli_say(cli, "cli.diff_title", ARG_STR("scheme", after->id),
            ARG_STR("before", before->version),
            ARG_STR("after", after->version), ARG_INT("count", found.n));
    say_all(cli, &found);
    return OK;
}

static const struct operand operands[] = {
    { .name = "BEFORE", .help = "cli.operand.package" },
    { .name = "AFTER", .help = "cli.operand.package_newer" },
};

const struct subcommand scheme_diff_command = {
    .name = "scheme diff",
    .help = "cli.help.scheme_diff",
    .about = "cli.about.scheme_diff",
    .operands = operands,
    .operand_count = COUNT(operands),
    .run = run_diff,
};
