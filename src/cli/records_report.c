/* tenstar records report FILE --out NAME -- the figures of service records as a
 * document with charts, or as a workbook. [M3] [M27] */

#include "service/records_report.h"

#include "base/arena.h"
#include "base/size.h"
#include "cli/cli.h"
#include "cli/paper.h"
#include "cli/records.h"
#include "paint/document.h"
#include "service/records_sign.h"
#include "service/records_words.h"

enum { PERCENT = 100, BASIS_OF_PERCENT = 100 };

/* What the report says beside the figures. */
static err take_particulars(struct cli *cli, const struct arguments *args,
                            struct records_report *r)
{
    static const struct number_rule percent = { 1, PERCENT, 0 };
    int64_t least = 0;

    TRY(arguments_number(cli->arena, args, "at-least", percent, &least));
    TRY(cli_today(cli, args, &r->made));
    r->enterprise = arguments_value(args, "enterprise");
    for (int i = 0; i < SHARE_COUNT; i++) {
        if (records_share_words((enum figure_share)i)->sense == SENSE_MORE)
            r->wanted[i] = (int32_t)least * BASIS_OF_PERCENT;
    }
    return OK;
}

static err gather(struct cli *cli, const struct arguments *args,
                  const struct records_figures *f, struct records_report *out)
{
    const struct report_source from = {
        .figures = f->figures,
        .terms = f->terms,
        .words = { [GROUP_OUTLET] = &f->words.outlet,
                   [GROUP_PRODUCT] = &f->words.product,
                   [GROUP_PERSON] = &f->words.person,
                   [GROUP_TRADE] = &f->words.trade },
        .parts = &f->words.part,
        .then = f->then,
        .then_terms = f->then_terms,
        .untold = f->untold,
    };
    struct records_report r;

    TRY(report_gather(cli->arena, cli->heap, &from, &r));
    TRY(take_particulars(cli, args, &r));
    if (arguments_given(args, "public"))
        return report_for_public(cli->arena, &r, out);
    *out = r;
    return OK;
}

static err write_book(struct cli *cli, const struct arguments *args,
                      const struct records_report *r, const struct body *body)
{
    str path = arguments_value(args, "out");
    str book;

    TRY(report_workbook(cli->arena, r, cli->lang, body, &book));
    TRY(file_write(cli->files, cli->arena, path, book, FILE_PUBLIC));
    cli_say(cli, "cli.records_book", ARG_STR("path", path),
            ARG_INT("bytes", book.n));
    return cli_print_text(cli, "said");
}

static err write_report(struct cli *cli, const struct arguments *args,
                        struct app *app, const struct records_report *r)
{
    struct paint_document document;

    if (str_ends(arguments_value(args, "out"), S(".xlsx")))
        return write_book(cli, args, r, app_body(app));
    TRY(report_document(cli->arena, r, cli->lang, app_body(app), &document));
    return cli_paper(cli, args, app, S(""), &document);
}

/* Only whom the body lets sign makes it sign. */
static err check_signer(struct cli *cli, const struct arguments *args,
                        struct app *app)
{
    struct session who;
    str issuer;

    if (arguments_given(args, "unsigned") ||
        str_ends(arguments_value(args, "out"), S(".xlsx")))
        return OK;
    TRY(cli_session(cli, args, app, &who));
    return records_issuer(app, cli->arena, &who, &issuer);
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(records_figures_end) struct records_figures *f = NULL;
    scoped(app_close) struct app *app = NULL;
    struct records_terms terms;
    struct records_teller teller;
    struct records_input in;
    struct records_file file;
    struct records_report report;
    struct clock_set clock;

    TRY(cli_records_terms(cli, args, &terms));
    TRY(cli_records_against(cli, args, &terms.against));
    TRY(cli_records_input(cli, args, &teller, &in));
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(check_signer(cli, args, app));
    TRY(records_open(cli->arena, cli->heap, &in, &file));
    TRY(records_figures(cli->arena, cli->heap, &in, &file, &terms, &f));
    TRY(gather(cli, args, f, &report));
    return write_report(cli, args, app, &report);
}

static const struct operand operands[] = {
    { .name = "FILE", .help = "cli.operand.records" },
};

static const struct option options[] = {
    CLI_RECORDS_FILE_OPTIONS,
    CLI_RECORDS_TERM_OPTIONS,
    CLI_RECORDS_AGAINST_OPTION,
    { "out", "NAME", true, "cli.option.records_report_out" },
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", false, "cli.option.as" },
    { "enterprise", "NAME", false, "cli.option.records_enterprise" },
    { "at-least", "PERCENT", false, "cli.option.at_least" },
    { "public", NULL, false, "cli.option.records_public" },
    { "unsigned", NULL, false, "cli.option.paper_unsigned" },
    { "stamp", NULL, false, "cli.option.paper_stamp" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand records_report_command = {
    .name = "records report",
    .help = "cli.help.records_report",
    .about = "cli.about.records_report",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
