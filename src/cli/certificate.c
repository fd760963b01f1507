/*
 * tenstar certificate show NUMBER --data DIR [--on DATE] -- what the register
 * says; with --on, what it said at the end of that day; with --credential,
 * --jwt, --qr or --sm2, what the body signed of it.
 */

#include "base/size.h"
#include "cli/credential.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/certificate_json.h"
#include "service/credential_sm2.h"
#include "domain/status.h"

static const char *const status_ids[] = {
    [CERTIFICATE_VALID] = "status.valid",
    [CERTIFICATE_SUSPENDED] = "status.suspended",
    [CERTIFICATE_WITHDRAWN] = "status.withdrawn",
    [CERTIFICATE_CANCELLED] = "status.cancelled",
    [CERTIFICATE_EXPIRED] = "status.expired",
};

/* In English where it was given in English. */
static str scope_of(const struct cli *cli, const struct public_certificate *c)
{
    return cli->lang == LANG_EN && c->scope_en.n > 0 ? c->scope_en : c->scope;
}

static err look_up(struct cli *cli, const struct arguments *args,
                   struct app *app, struct public_certificate *out)
{
    str number = arguments_operand(args, 0);
    struct as_of when = { 0 };

    TRY(cli_today(cli, args, &when.today));
    if (!arguments_given(args, "on"))
        return lookup_certificate(app, cli->arena, number, when.today, out);
    TRY(cli_day(cli, arguments_value(args, "on"), &when.on));
    return lookup_as_of(app, cli->arena, number, &when, out);
}

static void say_subs(struct cli *cli, const struct public_certificate *c)
{
    const struct public_sub *subs = c->subs.p;

    for (size_t i = 0; i < c->subs.n; i++) {
        bool valid = subs[i].status == CERTIFICATE_VALID;

        cli_say(cli, valid ? "cli.certificate_sub" : "cli.certificate_sub_not",
                ARG_STR("number", subs[i].number),
                ARG_IDS("status", str_of(status_ids[subs[i].status])),
                ARG_STR("site", subs[i].site),
                ARG_STR("address", subs[i].address),
                ARG_DAY("until", subs[i].until),
                ARG_DAY("since", subs[i].status_since));
    }
}

/* Today's, for a day that has passed says nothing of today's keys. */
static err say_lack(struct cli *cli, const struct arguments *args,
                    struct app *app, const struct public_certificate *c)
{
    enum credential_lack lack = CREDENTIAL_THERE;

    if (!arguments_given(args, "on"))
        TRY(credentials_lack(app, cli->arena, c->number,
                             !status_is_final(c->status), &lack));
    credential_say_lack(cli, 0, c->number, lack);
    return OK;
}

/* What to print of its newest credential: as it was signed, and nothing else;
 * NULL: the certificate itself. */
static const char *wanted(const struct arguments *args)
{
    static const char *const forms[] = { "credential", "jwt", "qr", "sm2" };

    for (size_t i = 0; i < COUNT(forms); i++) {
        if (arguments_given(args, forms[i]))
            return forms[i];
    }
    return NULL;
}

static err signed_text(struct cli *cli, str number, struct app *app,
                       const char *form, str *out)
{
    struct credential_row row;

    if (strcmp(form, "sm2") == 0)
        return credential_sm2(app, cli->arena, number, out);
    TRY(credentials_newest(app, cli->arena, number, &row));
    *out = strcmp(form, "jwt") == 0  ? row.jwt
           : strcmp(form, "qr") == 0 ? row.qr
                                     : row.json;
    return OK;
}

static err print_signed(struct cli *cli, str number, struct app *app,
                        const char *form)
{
    str text;

    TRY(signed_text(cli, number, app, form, &text));
    cli_say(cli, "cli.credential", ARG_STR("text", text));
    return cli_print_text(cli, form);
}

static void say_certificate(struct cli *cli, const struct public_certificate *c)
{
    cli_say(cli, "cli.certificate", ARG_STR("number", c->number),
            ARG_IDS("status", str_of(status_ids[c->status])),
            ARG_STR("holder", c->holder), ARG_STR("uscc", c->uscc));
    if (c->status != CERTIFICATE_VALID)
        cli_say(cli, "cli.certificate_since",
                ARG_DAY("since", c->status_since));
    if (c->suspended_until != DAY_NEVER)
        cli_say(cli, "cli.certificate_suspended",
                ARG_DAY("until", c->suspended_until));
    if (c->issuer.n > 0)
        cli_say(cli, "cli.certificate_issuer", ARG_STR("issuer", c->issuer));
    if (c->main.n > 0)
        cli_say(cli, "cli.certificate_main", ARG_STR("main", c->main),
                ARG_STR("site", c->site), ARG_STR("address", c->site_address));
    cli_say(cli, "cli.certificate_level", ARG_STR("criterion", c->criterion),
            ARG_LABEL("level", c->level_label),
            ARG_STR("scope", scope_of(cli, c)));
    cli_say(cli, "cli.certificate_days", ARG_DAY("from", c->from),
            ARG_DAY("until", c->until));
}

static void say_others(struct cli *cli, const struct public_certificate *c)
{
    say_subs(cli, c);
    if (c->renews.n > 0)
        cli_say(cli, "cli.certificate_renews", ARG_STR("number", c->renews));
    if (c->renewed_by.n > 0)
        cli_say(cli, "cli.certificate_renewed",
                ARG_STR("number", c->renewed_by));
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    const char *form = wanted(args);
    struct public_certificate c;
    struct clock_set clock;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    if (form != NULL)
        return print_signed(cli, arguments_operand(args, 0), app, form);
    TRY(look_up(cli, args, app, &c));
    if (cli->json)
        return cli_print_json(cli, certificate_json(cli->arena, c.body, &c));
    say_certificate(cli, &c);
    say_others(cli, &c);
    if (c.issuer.n == 0) /* another's, or of before: nothing was signed */
        TRY(say_lack(cli, args, app, &c));
    if (c.assumed)
        cli_say(cli, "cli.assumed");
    return OK;
}

static const struct operand operands[] = {
    { .name = "NUMBER", .help = "cli.operand.number" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "on", "DATE", false, "cli.option.on" },
    { "credential", NULL, false, "cli.option.credential" },
    { "jwt", NULL, false, "cli.option.credential_jwt" },
    { "qr", NULL, false, "cli.option.credential_qr" },
    { "sm2", NULL, false, "cli.option.credential_sm2" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand certificate_show_command = {
    .name = "certificate show",
    .help = "cli.help.certificate_show",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
