/*
 * tenstar person invite|reset|until|sessions -- an administrator lets people
 * in, back in, for a time, and out (service/accounts.h, service/door.h).
 *
 *   [PE1] The address of a ticket is said once; whoever runs the command hands
 *         it over.  Nothing is sent from here.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "codec/json.h"
#include "service/accounts.h"

enum { ADDRESS_MAX = 1000 };

/* --- tickets [PE1] -------------------------------------------------------- */

static str address_of(struct cli *cli, const struct app *app, str path)
{
    struct buf b;

    buf_init(&b, cli->arena, ADDRESS_MAX);
    buf_str(&b, app_public_url(app));
    buf_str(&b, path);
    return cli_text(cli, &b);
}

static str instant(struct cli *cli, int64_t micros)
{
    char text[CLOCK_TEXT];
    struct buf b;

    buf_init(&b, cli->arena, CLOCK_TEXT);
    buf_str(&b, clock_text(micros, text));
    return cli_text(cli, &b);
}

static err say_letter(struct cli *cli, const struct app *app,
                      const char *message, const struct ticket_letter *l)
{
    str address = address_of(cli, app, l->path);
    struct json *j = json_new_object(cli->arena);

    if (!cli->json) {
        cli_say(cli, message, ARG_STR("address", address));
        cli_say(cli, "cli.ticket_once", ARG_STR("ends", instant(cli, l->ends)));
        return OK;
    }
    json_set(j, S("address"), json_new_str(cli->arena, address));
    json_set(j, S("path"), json_new_str(cli->arena, l->path));
    json_set(j, S("mail"), cli_str_json(cli->arena, l->to));
    json_set(j, S("ends"), json_new_str(cli->arena, instant(cli, l->ends)));
    return cli_print_json(cli, j);
}

static err run_invite(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct invitation_wish wish = {
        .mail = arguments_value(args, "mail"),
        .roles = arguments_value(args, "roles"),
        .uscc = arguments_value(args, "enterprise"),
        .until = DAY_NEVER,
    };
    struct clock_set clock;
    struct session who;
    struct ticket_letter letter;

    if (arguments_given(args, "until"))
        TRY(cli_day(cli, arguments_value(args, "until"), &wish.until));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(accounts_invite(app, cli->arena, &who, &wish, NULL, &letter));
    return say_letter(cli, app, "cli.person_invited", &letter);
}

static err run_reset(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    str login = arguments_operand(args, 0);
    struct clock_set clock;
    struct session who;
    struct ticket_letter letter;

    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    if (arguments_given(args, "factor"))
        TRY(door_factor_take(app, cli->arena, &who, login));
    TRY(accounts_reset_for(app, cli->arena, &who, login, NULL, &letter));
    return say_letter(cli, app, "cli.person_reset", &letter);
}

/* --- for a time ----------------------------------------------------------- */

static err say_until(struct cli *cli, str login, day until)
{
    struct json *j = json_new_object(cli->arena);

    if (cli->json) {
        json_set(j, S("login"), json_new_str(cli->arena, login));
        json_set(j, S("until"), cli_day_json(cli->arena, until));
        return cli_print_json(cli, j);
    }
    if (until == DAY_NEVER)
        cli_say(cli, "cli.person_goes_on", ARG_STR("login", login));
    else
        cli_say(cli, "cli.person_until", ARG_STR("login", login),
                ARG_DAY("until", until));
    return OK;
}

static err run_until(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    str login = arguments_operand(args, 0);
    day until = DAY_NEVER;
    struct clock_set clock;
    struct session who;

    if (arguments_given(args, "day"))
        TRY(cli_day(cli, arguments_value(args, "day"), &until));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(accounts_until(app, cli->arena, &who, login, until));
    return say_until(cli, login, until);
}

/* --- sessions ------------------------------------------------------------- */

static const char *const state_ids[WEB_SESSION_STATES] = {
    [WEB_SESSION_CODE] = "session.code",
    [WEB_SESSION_ENROL] = "session.enrol",
    [WEB_SESSION_OPEN] = "session.open",
};

static const char *const state_names[WEB_SESSION_STATES] = {
    [WEB_SESSION_CODE] = "code",
    [WEB_SESSION_ENROL] = "enrol",
    [WEB_SESSION_OPEN] = "open",
};

static struct json *session_json(struct cli *cli, const struct door_session *s)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);

    json_set(j, S("number"), json_new_int(a, s->number));
    json_set(j, S("state"), json_new_str(a, str_of(state_names[s->state])));
    json_set(j, S("made"), json_new_str(a, instant(cli, s->made)));
    json_set(j, S("seen"), json_new_str(a, instant(cli, s->seen)));
    json_set(j, S("ends"), json_new_str(a, instant(cli, s->ends)));
    json_set(j, S("network"), json_new_str(a, s->network));
    json_set(j, S("agent"), json_new_str(a, s->agent));
    return j;
}

static err print_sessions(struct cli *cli, const struct list *l)
{
    struct json *j = json_new_array(cli->arena);
    const struct door_session *s = l->p;

    for (size_t i = 0; i < l->n; i++)
        json_add(j, session_json(cli, &s[i]));
    return cli_print_json(cli, j);
}

static void say_sessions(struct cli *cli, str login, const struct list *l)
{
    const struct door_session *s = l->p;

    if (l->n == 0)
        cli_say(cli, "cli.session_none", ARG_STR("login", login));
    for (size_t i = 0; i < l->n; i++)
        cli_say(cli, "cli.session_line", ARG_INT("number", s[i].number),
                ARG_IDS("state", str_of(state_ids[s[i].state])),
                ARG_STR("seen", instant(cli, s[i].seen)),
                ARG_STR("network", s[i].network), ARG_STR("agent", s[i].agent));
}

/* "2", or "all". */
static err read_which(struct cli *cli, str word, int64_t *out)
{
    *out = 0;
    if (str_eq(word, S("all")) || (number_parse(word, out) && *out > 0))
        return OK;
    return err_new(cli->arena, ERR_INVALID, "cli.session_which",
                   ARG_STR("given", word));
}

static err run_sessions(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    str login = arguments_operand(args, 0);
    bool end = arguments_given(args, "end");
    struct clock_set clock;
    struct session who;
    int64_t which = 0;
    struct list sessions;

    if (end)
        TRY(read_which(cli, arguments_value(args, "end"), &which));
    TRY(cli_open(cli, args, end ? APP_WRITE : APP_READ, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    if (end)
        TRY(door_revoke(app, cli->arena, &who, login, which));
    TRY(door_sessions(app, cli->arena, &who, login, &sessions));
    if (cli->json)
        return print_sessions(cli, &sessions);
    say_sessions(cli, login, &sessions);
    return OK;
}

/* --- tables --------------------------------------------------------------- */

static const struct option invite_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "roles", "ROLES", false, "cli.option.roles" },
    { "enterprise", "USCC", false, "cli.option.person_enterprise" },
    { "until", "DATE", false, "cli.option.access_until" },
    { "mail", "ADDRESS", false, "cli.option.mail" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand person_invite_command = {
    .name = "person invite",
    .help = "cli.help.person_invite",
    .about = "cli.about.person_invite",
    .options = invite_options,
    .option_count = COUNT(invite_options),
    .run = run_invite,
};

static const struct operand operands[] = {
    { .name = "LOGIN", .help = "cli.operand.person" },
};

static const struct option reset_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "factor", NULL, false, "cli.option.factor" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand person_reset_command = {
    .name = "person reset",
    .help = "cli.help.person_reset",
    .about = "cli.about.person_reset",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = reset_options,
    .option_count = COUNT(reset_options),
    .run = run_reset,
};

static const struct option until_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "day", "DATE", false, "cli.option.last_day" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand person_until_command = {
    .name = "person until",
    .help = "cli.help.person_until",
    .about = "cli.about.person_until",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = until_options,
    .option_count = COUNT(until_options),
    .run = run_until,
};

static const struct option sessions_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "end", "NUMBER|all", false, "cli.option.end" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand person_sessions_command = {
    .name = "person sessions",
    .help = "cli.help.person_sessions",
    .about = "cli.about.person_sessions",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = sessions_options,
    .option_count = COUNT(sessions_options),
    .run = run_sessions,
};
