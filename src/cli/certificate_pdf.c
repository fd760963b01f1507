/*
 * tenstar certificate pdf NUMBER --out FILE --data DIR -- the certificate
 * as a document to print, signed; with --into DIR many of them. [M20]
 */

#include "base/size.h"
#include "cli/paper.h"
#include "service/certificate_paper.h"

/* One into a file, or many into a folder. */
static err check_where(struct cli *cli, const struct arguments *args)
{
    bool many = arguments_given(args, "into");
    bool one = arguments_given(args, "out");
    bool listed = arguments_given(args, "all") ||
                  arguments_given(args, "issued-from") ||
                  arguments_given(args, "issued-to");

    if (many != one && (many || (args->operand_count == 1 && !listed)))
        return OK;
    return err_new(cli->arena, ERR_INVALID, "cli.papers_where");
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct certificate_wish wish = { arguments_operand(args, 0), cli->lang, 0 };
    struct paint_document d;
    struct clock_set clock;

    TRY(check_where(cli, args));
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_today(cli, args, &wish.today));
    if (arguments_given(args, "into"))
        return cli_papers(cli, args, app, wish.today);
    TRY(certificate_paper(app, cli->arena, &wish, &d));
    return cli_paper(cli, args, app, d.number, &d);
}

static const struct operand operands[] = {
    { .name = "NUMBER",
      .optional = true,
      .rest = true,
      .help = "cli.operand.number" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "out", "FILE", false, "cli.option.paper_out" },
    { "into", "DIR", false, "cli.option.papers_into" },
    { "all", NULL, false, "cli.option.papers_all" },
    { "issued-from", "DATE", false, "cli.option.papers_from" },
    { "issued-to", "DATE", false, "cli.option.papers_to" },
    { "unsigned", NULL, false, "cli.option.paper_unsigned" },
    { "stamp", NULL, false, "cli.option.paper_stamp" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand certificate_pdf_command = {
    .name = "certificate pdf",
    .help = "cli.help.certificate_pdf",
    .about = "cli.about.certificate_pdf",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
