/*
 * tenstar case document CASE KIND --out FILE --data DIR -- a document of the
 * case, to print or to send.
 */

#include "base/size.h"
#include "cli/paper.h"
#include "service/document.h"

enum { NAMES_MOST = 400 };

/* Those there are, for who asked for another. */
static err unknown(struct cli *cli, str given)
{
    struct buf b;

    buf_init(&b, cli->arena, NAMES_MOST);
    for (int i = 0; i < DOCUMENT_KIND_COUNT; i++)
        buf_printf(&b, "%s%s", i > 0 ? ", " : "", document_names[i]);
    return err_new(cli->arena, ERR_INVALID, "cli.document_kind",
                   ARG_STR("given", given),
                   ARG_STR("kinds", cli_text(cli, &b)));
}

static err read_kind(struct cli *cli, str given, enum document_kind *out)
{
    for (int i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        if (str_eq(given, str_of(document_names[i]))) {
            *out = (enum document_kind)i;
            return OK;
        }
    }
    return unknown(cli, given);
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct document_wish wish = { .ref = arguments_operand(args, 0),
                                  .lang = cli->lang };
    struct paint_document d;
    struct clock_set clock;
    struct session who;

    TRY(read_kind(cli, arguments_operand(args, 1), &wish.kind));
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(document_make(app, cli->arena, &who, &wish, &d));
    return cli_paper(cli, args, app, S(""), &d);
}

static const struct operand operands[] = {
    { .name = "CASE", .help = "cli.operand.case" },
    { .name = "KIND", .help = "cli.operand.document" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "out", "FILE", true, "cli.option.paper_out" },
    { "unsigned", NULL, false, "cli.option.paper_unsigned" },
    { "stamp", NULL, false, "cli.option.paper_stamp" },
    { "as", "USER", false, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand case_document_command = {
    .name = "case document",
    .help = "cli.help.case_document",
    .about = "cli.about.case_document",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
