/*
 * tenstar case offers CASE --as USER -- the offers an enterprise has noted,
 * side by side with this body's, what it spends beside them, and the public
 * money the body has entered. [M10] [M32] [M34]  Nobody else reads them.
 */

#include "base/size.h"
#include "cli/case.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "domain/names.h"
#include "domain/offers.h"
#include "domain/rights.h"
#include "domain/subsidies.h"
#include "service/cases.h"

static const char *const approval_ids[] = {
    [APPROVAL_UNKNOWN] = "approval.unknown",
    [APPROVAL_LISTED] = "approval.listed",
    [APPROVAL_NOT_LISTED] = "approval.not_listed",
    [APPROVAL_OTHER_FIELD] = "approval.other_field",
};

static const char *const cost_ids[] = {
    [COST_CONSULTING] = "own_cost.consulting",
    [COST_SYSTEM] = "own_cost.customer_system",
    [COST_TRAINING] = "own_cost.training",
    [COST_OTHER] = "own_cost.other",
};

static void say_row(struct cli *cli, const struct compared *row)
{
    const struct offer *o = row->offer;

    if (o == NULL)
        cli_say(cli, row->firm ? "cli.offer_own" : "cli.offer_estimate",
                ARG_STR("body", row->body),
                ARG_MONEY("least", row->price.least),
                ARG_MONEY("most", row->price.most));
    else
        cli_say(cli, "cli.offer", ARG_STR("body", row->body),
                ARG_STR("approval", row->approval),
                ARG_IDS("state", str_of(approval_ids[row->state])),
                ARG_MONEY("price", o->price), ARG_INT("cycle", o->cycle),
                ARG_INT("seniors", o->seniors));
}

static void say_costs(struct cli *cli, const struct state *s)
{
    for (int32_t i = 0; i < s->money.cost_count; i++) {
        const struct own_cost *x = s->money.costs[i];

        if (x->amount > 0)
            cli_say(cli, "cli.own_cost",
                    ARG_IDS("kind", str_of(cost_ids[x->kind])),
                    ARG_STR("provider", x->provider),
                    ARG_MONEY("amount", x->amount));
    }
}

/* [D3] Whose entry it is, and where it stands. */
static void say_subsidies(struct cli *cli, const struct facts *f)
{
    for (size_t i = 0; i < f->subsidy_count; i++) {
        const struct subsidy *x = &f->subsidies[i];

        if (subsidy_shows(x, f->enterprise, f->today))
            cli_say(cli, "cli.subsidy", ARG_STR("programme", x->programme),
                    ARG_STR("place", x->place), ARG_MONEY("amount", x->amount),
                    ARG_STR("document", x->document), ARG_STR("link", x->link),
                    ARG_DAY("until", x->until),
                    ARG_STR("body", f->body->name_zh));
    }
}

static void say_all(struct cli *cli, const struct state *s,
                    const struct comparison *c)
{
    for (size_t i = 0; i < c->count; i++)
        say_row(cli, &c->rows[i]);
    if (!c->enough)
        cli_say(cli, "cli.offers_few", ARG_INT("have", c->count),
                ARG_INT("want", OFFERS_WANTED));
    say_costs(cli, s);
}

static err load(struct cli *cli, const struct arguments *args, struct app *app,
                struct case_file *out)
{
    struct session who;

    TRY(cli_session(cli, args, app, &who));
    TRY(cases_load(app, cli->arena, &who, arguments_operand(args, 0), out));
    if (!rights_owns(&who.actor, out->enterprise.id)) /* [OF1] */
        return err_new(cli->arena, ERR_DENIED, "offer.private");
    return OK;
}

static err print_json(struct cli *cli, const struct state *s,
                      const struct comparison *c, const struct facts *f)
{
    struct json *j;
    struct json *subsidies;

    TRY(offers_json(cli->arena, s, c, &j));
    TRY(subsidies_json(cli->arena, f, &subsidies));
    json_set(j, S("public_money"), subsidies);
    return cli_print_json(cli, j);
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct case_file file;
    struct comparison c;
    struct facts f;
    day today;

    TRY(cli_today(cli, args, &today));
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(load(cli, args, app, &file));
    TRY(cases_body_facts(app, cli->arena, &file, today, &f));
    TRY(offers_compare(cli->arena, file.state, f.body, &c));
    if (cli->json)
        return print_json(cli, file.state, &c, &f);
    say_all(cli, file.state, &c);
    say_subsidies(cli, &f);
    return OK;
}

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand case_offers_command = {
    .name = "case offers",
    .help = "cli.help.case_offers",
    .about = "cli.about.case_offers",
    .operands = case_operand,
    .operand_count = CASE_OPERANDS,
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
