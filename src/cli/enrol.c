/*
 * tenstar person add, tenstar enterprise add -- an administrator brings
 * somebody, or an enterprise, into a body at work (service/enrol.h).
 */

#include "service/enrol.h"

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/registry.h"

enum { SECRET_FILE_MAX = 4096 };

static struct json *id_json_of(struct cli *cli, id i)
{
    char digits[ID_TEXT];
    struct buf b;

    buf_init(&b, cli->arena, ID_TEXT);
    buf_str(&b, id_text(i, digits));
    return json_new_str(cli->arena, cli_text(cli, &b));
}

static err say_added(struct cli *cli, const char *message, str ref, id made)
{
    struct json *j = json_new_object(cli->arena);

    if (!cli->json) {
        cli_say(cli, message, ARG_STR("ref", ref));
        return OK;
    }
    json_set(j, S("ref"), json_new_str(cli->arena, ref));
    json_set(j, S("id"), id_json_of(cli, made));
    return cli_print_json(cli, j);
}

/* "person:" and what it is called there: what `case do` takes. */
static str ref_of(struct cli *cli, str kind, str name)
{
    struct buf b;

    buf_init(&b, cli->arena, 400);
    buf_str(&b, kind);
    buf_str(&b, name);
    return cli_text(cli, &b);
}

/* --- person add ----------------------------------------------------------- */

/* The first line of the file: words of a command are there for all to see. */
static err read_secret(struct cli *cli, const struct arguments *args, str *out)
{
    str text;

    TRY(file_read(cli->files, cli->arena, arguments_value(args, "secret"),
                  SECRET_FILE_MAX, &text));
    *out = str_trim(str_cut(&text, '\n'));
    return OK;
}

static err run_person(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct newcomer n = {
        .login = arguments_operand(args, 0),
        .name = arguments_value(args, "name"),
        .roles = arguments_value(args, "roles"),
        .uscc = arguments_value(args, "enterprise"),
    };
    struct clock_set clock;
    struct session who;
    day today;
    id made;

    TRY(cli_today(cli, args, &today));
    TRY(read_secret(cli, args, &n.secret));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(enrol_person(app, cli->arena, &who, today, &n, &made));
    return say_added(cli, "cli.person_added",
                     ref_of(cli, S("person:"), n.login), made);
}

/* --- enterprise add ------------------------------------------------------- */

static err run_enterprise(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct enterprise_row e = {
        .name = arguments_value(args, "name"),
        .name_en = arguments_value(args, "name-en"),
        .registered = DAY_NEVER,
        .province = arguments_value(args, "province"),
        .city = arguments_value(args, "city"),
        .address = arguments_value(args, "address"),
        .scope = arguments_value(args, "scope"),
    };
    struct clock_set clock;
    struct session who;
    day today;
    id made;

    TRY(cli_today(cli, args, &today));
    TRY(registry_uscc(cli->arena, arguments_operand(args, 0), &e.uscc));
    if (arguments_given(args, "registered"))
        TRY(cli_day(cli, arguments_value(args, "registered"), &e.registered));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(enrol_enterprise(app, cli->arena, &who, today, &e, &made));
    return say_added(cli, "cli.enterprise_added",
                     ref_of(cli, S("enterprise:"), e.uscc), made);
}

/* --- tables --------------------------------------------------------------- */

static const struct operand person_operands[] = {
    { .name = "LOGIN", .help = "cli.operand.login" },
};

static const struct option person_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "name", "NAME", true, "cli.option.person_name" },
    { "secret", "FILE", true, "cli.option.secret" },
    { "roles", "ROLES", false, "cli.option.roles" },
    { "enterprise", "USCC", false, "cli.option.person_enterprise" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand person_add_command = {
    .name = "person add",
    .help = "cli.help.person_add",
    .about = "cli.about.person_add",
    .operands = person_operands,
    .operand_count = COUNT(person_operands),
    .options = person_options,
    .option_count = COUNT(person_options),
    .run = run_person,
};

static const struct operand enterprise_operands[] = {
    { .name = "USCC", .help = "cli.operand.uscc" },
};

static const struct option enterprise_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "name", "NAME", true, "cli.option.enterprise_name" },
    { "scope", "TEXT", true, "cli.option.enterprise_scope" },
    { "name-en", "NAME", false, "cli.option.enterprise_name_en" },
    { "registered", "DATE", false, "cli.option.registered" },
    { "province", "TEXT", false, "cli.option.province" },
    { "city", "TEXT", false, "cli.option.city" },
    { "address", "TEXT", false, "cli.option.address" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand enterprise_add_command = {
    .name = "enterprise add",
    .help = "cli.help.enterprise_add",
    .about = "cli.about.enterprise_add",
    .operands = enterprise_operands,
    .operand_count = COUNT(enterprise_operands),
    .options = enterprise_options,
    .option_count = COUNT(enterprise_options),
    .run = run_enterprise,
};
