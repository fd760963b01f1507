/*
 * tenstar certificate pdf NUMBER --out FILE --data DIR -- the certificate
 * as a document to print, signed. [M20]
 */

#include "base/size.h"
#include "cli/paper.h"
#include "service/certificate_paper.h"

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct certificate_wish wish = { arguments_operand(args, 0), cli->lang, 0 };
    struct paint_document d;
    struct clock_set clock;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_today(cli, args, &wish.today));
    TRY(certificate_paper(app, cli->arena, &wish, &d));
    return cli_paper(cli, args, app, d.number, &d);
}

static const struct operand operands[] = {
    { .name = "NUMBER", .help = "cli.operand.number" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "out", "FILE", true, "cli.option.paper_out" },
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
