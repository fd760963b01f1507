/*
 * tenstar fee estimate SCHEME --staff N --sites N -- what a certification may
 * cost, before a body is chosen. [M28]-[M31] [M33]
 *
 * No subsidy and no market price stands in it: only what the package says, and
 * that it is assumed where nobody has published it [D3].
 */

#include "base/size.h"
#include "cli/cli.h"
#include "cli/money.h"
#include "cli/package.h"
#include "codec/json.h"
#include "domain/fees.h"

#include <stdio.h>

static void say_sum(struct cli *cli, const char *title, const struct fee_sum *x)
{
    char days[TEXT_VALUE];
    int n = snprintf(days, sizeof days, "%lld.%lld", (long long)(x->days / 10),
                     (long long)(x->days % 10));

    cli_say_args(cli, title,
                 (const struct err_arg[]){
                     ARG_MONEY("least", x->total.least),
                     ARG_MONEY("most", x->total.most),
                     ARG_STR("days", ((str){ days, (size_t)n })),
                     ARG_INT("visited", x->visited),
                     { 0 },
                 });
    for (size_t i = 0; i < x->count; i++) {
        buf_str(&cli->out, S("  "));
        cli_say(cli, "cli.fee_line",
                ARG_IDS("line", str_of(fee_line_ids[x->lines[i].rule])),
                ARG_MONEY("least", x->lines[i].amount.least),
                ARG_MONEY("most", x->lines[i].amount.most));
    }
}

static void say_answer(struct cli *cli, const struct scheme *s,
                       const struct fee_answer *x)
{
    cli_say(cli, "cli.fee_title", ARG_LABEL("scheme", s->name));
    say_sum(cli, "cli.fee_first", &x->first);
    say_sum(cli, "cli.fee_surveillance", &x->surveillance);
    cli_say(cli, "cli.fee_whole", ARG_INT("count", x->surveillances),
            ARG_MONEY("least", x->whole.least),
            ARG_MONEY("most", x->whole.most));
    if (x->assumed)
        cli_say(cli, "cli.fee_assumed");
    for (size_t i = 0; i < s->note_count; i++)
        cli_say(cli, "cli.scheme_note", ARG_LABEL("note", s->notes[i]));
}

static err take_level(struct cli *cli, const struct arguments *args,
                      const struct scheme *s, int32_t *out)
{
    str name = arguments_value(args, "level");

    *out = name.n == 0 ? -1 : scheme_level(s, name);
    if (name.n == 0 || *out >= 0)
        return OK;
    return err_new(cli->arena, ERR_INVALID, "case.level",
                   ARG_STR("level", name), ARG_LABEL("scheme", s->name));
}

static err take_question(struct cli *cli, const struct arguments *args,
                         const struct scheme *s, struct fee_question *q)
{
    const struct number_rule staff = { 1, FEE_STAFF_MAX, 1 };
    const struct number_rule sites = { 1, FEE_SITES_MAX, 1 };

    TRY(arguments_number(cli->arena, args, "staff", staff, &q->staff));
    TRY(arguments_number(cli->arena, args, "sites", sites, &q->sites));
    TRY(take_level(cli, args, s, &q->level));
    q->trade = arguments_value(args, "trade");
    return fees_check_trade(cli->arena, q->trade);
}

static err run(struct cli *cli, const struct arguments *args)
{
    const struct scheme *s;
    struct fee_question q = { 0 };
    struct fee_answer x;

    TRY(cli_load_scheme(cli, arguments_operand(args, 0), &s));
    TRY(take_question(cli, args, s, &q));
    TRY(fees_estimate(cli->arena, s, &q, &x));
    if (cli->json)
        return cli_print_json(cli, fees_json(cli->arena, &x));
    say_answer(cli, s, &x);
    return OK;
}

static const struct operand operands[] = {
    { .name = "SCHEME", .help = "cli.operand.package" },
};

static const struct option options[] = {
    { "staff", "N", true, "cli.option.staff" },
    { "sites", "N", true, "cli.option.sites" },
    { "level", "LEVEL", false, "cli.option.level" },
    { "trade", "CODE", false, "cli.option.trade" },
};

const struct subcommand fee_estimate_command = {
    .name = "fee estimate",
    .help = "cli.help.fee_estimate",
    .about = "cli.about.fee_estimate",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
