/* tenstar records inspect FILE -- what a file of service records is, and why:
 * to be corrected by a mapping. */

#include "base/size.h"
#include "cli/cli.h"
#include "cli/records.h"
#include "service/records_json.h"
#include "service/records_words.h"

static str separator_text(const struct cli *cli, char separator)
{
    static const struct {
        char sign;
        const char *id;
    } known[] = {
        { ',', "records.comma" },
        { ';', "records.semicolon" },
        { '\t', "records.tab" },
        { '|', "records.bar" },
    };

    for (size_t i = 0; i < COUNT(known); i++) {
        if (known[i].sign == separator)
            return text_get(cli->lang, known[i].id);
    }
    return S("");
}

static void say_file(struct cli *cli, const struct records_file *f,
                     const struct records_period *p)
{
    cli_say(cli, "cli.records_layout",
            ARG_STR("encoding", records_charset_name(f->charset)),
            ARG_STR("separator", separator_text(cli, f->layout.separator)),
            ARG_INT("columns", f->columns.n),
            ARG_INT("line", f->layout.data_line));
    cli_say(cli, "cli.records_rows", ARG_INT("count", p->rows),
            ARG_INT("undated", p->undated));
    if (p->known)
        cli_say(cli, "cli.records_period", ARG_DAY("from", p->first),
                ARG_DAY("to", p->last));
    cli_say_args(cli, f->events_why.id, f->events_why.args);
    if (p->replaced > 0)
        cli_say(cli, "cli.records_replaced", ARG_INT("count", p->replaced));
}

/* How dates are read, where it is not plain. */
static void say_order(struct cli *cli, const struct column *c)
{
    static const char *const by[] = {
        [ORDER_CLEAR] = NULL,
        [ORDER_OTHERS] = "records.order_others",
        [ORDER_SEQUENCE] = "records.order_sequence",
        [ORDER_ASSUMED] = "records.order_assumed",
        [ORDER_GIVEN] = "records.order_given",
    };
    const char *order = c->order == MOMENT_YMD   ? "records.ymd"
                        : c->order == MOMENT_DMY ? "records.dmy"
                                                 : "records.mdy";

    if (c->order == 0 || by[c->order_by] == NULL)
        return;
    buf_str(&cli->out, S("    "));
    cli_say(cli, by[c->order_by], ARG_IDS("order", str_of(order)));
}

static void say_column(struct cli *cli, const struct column *c)
{
    buf_str(&cli->out, S("  "));
    cli_say(cli, "cli.records_column", ARG_STR("name", c->name),
            ARG_IDS("role", str_of(column_role_text(c->role))),
            ARG_STR("key", column_role_name(c->role)),
            ARG_INT("filled", c->content.filled),
            ARG_INT("cells", c->content.cells));
    buf_str(&cli->out, S("    "));
    cli_say_args(cli, c->why.id, c->why.args);
    say_order(cli, c);
}

static err run(struct cli *cli, const struct arguments *args)
{
    struct records_teller teller;
    struct records_input in;
    struct records_file file;
    struct records_period period;

    TRY(cli_records_input(cli, args, &teller, &in));
    TRY(records_open(cli->arena, cli->heap, &in, &file));
    TRY(records_survey(cli->arena, cli->heap, &in, &file, &period));
    if (cli->json)
        return cli_print_json(cli,
                              records_file_json(cli->arena, &file, &period));
    say_file(cli, &file, &period);
    for (size_t i = 0; i < file.columns.n; i++)
        say_column(cli, &file.columns.columns[i]);
    return OK;
}

static const struct operand operands[] = {
    { .name = "FILE", .help = "cli.operand.records" },
};

static const struct option options[] = {
    CLI_RECORDS_FILE_OPTIONS,
};

const struct subcommand records_inspect_command = {
    .name = "records inspect",
    .help = "cli.help.records_inspect",
    .about = "cli.about.records_inspect",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
