/*
 * tenstar body contact -- where the body is to be reached, and where complaints
 * and appeals go, as its page /body says. [条例 20] [17065 7.13]
 *
 *   [CB1] What is said takes the place of all that was said before.
 */

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/body_contact.h"

static struct json *contact_json(struct arena *a, const struct body_contact *c)
{
    struct json *j = json_new_object(a);

    json_set(j, S("address"), json_new_str(a, c->address));
    json_set(j, S("phone"), json_new_str(a, c->phone));
    json_set(j, S("mail"), json_new_str(a, c->mail));
    json_set(j, S("complaint_phone"), json_new_str(a, c->complaint_phone));
    json_set(j, S("complaint_mail"), json_new_str(a, c->complaint_mail));
    return j;
}

static err run_contact(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    const struct body_contact c = {
        .address = arguments_value(args, "address"),
        .phone = arguments_value(args, "phone"),
        .mail = arguments_value(args, "mail"),
        .complaint_phone = arguments_value(args, "complaint-phone"),
        .complaint_mail = arguments_value(args, "complaint-mail"),
    };
    struct clock_set clock;
    struct session who;

    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(body_contact_set(app, cli->arena, &who, &c));
    if (cli->json)
        return cli_print_json(cli, contact_json(cli->arena, &c));
    cli_say(cli, "cli.body_contact");
    return OK;
}

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "address", "TEXT", false, "cli.option.body_address" },
    { "phone", "NUMBER", false, "cli.option.body_phone" },
    { "mail", "ADDRESS", false, "cli.option.body_mail" },
    { "complaint-phone", "NUMBER", false, "cli.option.complaint_phone" },
    { "complaint-mail", "ADDRESS", false, "cli.option.complaint_mail" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand body_contact_command = {
    .name = "body contact",
    .help = "cli.help.body_contact",
    .about = "cli.about.body_contact",
    .options = options,
    .option_count = COUNT(options),
    .run = run_contact,
};
