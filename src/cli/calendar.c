/*
 * tenstar calendar link|list|revoke -- secret addresses by which calendar
 * programs fetch to-do lists: one's own, or for staff everybody's.
 *
 *   [CB1] An address is said once, when it is made; afterwards nobody can say
 *         it again.
 *   [CB2] Everybody revokes their own by number; an administrator all of a
 *         person's, which is on record (domain/registers.c).  A login may be a
 *         number, too: "person:7" is whose login is 7.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "codec/json.h"
#include "service/calendar.h"
#include "service/registers.h"

enum { ADDRESS_MAX = 1000 };

static const char *kind_id(const struct calendar_link *x)
{
    return x->team ? "cli.calendar_team" : "cli.calendar_own";
}

static struct json *link_json(struct arena *a, const struct calendar_link *x)
{
    struct json *j = json_new_object(a);

    json_set(j, S("number"), json_new_int(a, x->number));
    json_set(j, S("team"), json_new_bool(a, x->team));
    json_set(j, S("lang"), json_new_str(a, lang_tag(x->lang)));
    json_set(j, S("made"), cli_day_json(a, x->made));
    return j;
}

/* --- calendar link -------------------------------------------------------- */

static str address_of(struct cli *cli, const struct app *app, str path)
{
    struct buf b;

    buf_init(&b, cli->arena, ADDRESS_MAX);
    buf_str(&b, app_public_url(app));
    buf_str(&b, path);
    return cli_text(cli, &b);
}

/* [CB1] */
static err say_made(struct cli *cli, const struct calendar_link *x, str address,
                    str path, bool demonstration)
{
    struct json *j = link_json(cli->arena, x);

    if (cli->json) {
        json_set(j, S("address"), json_new_str(cli->arena, address));
        json_set(j, S("path"), json_new_str(cli->arena, path));
        return cli_print_json(cli, j);
    }
    cli_say(cli, "cli.calendar_made", ARG_INT("number", x->number),
            ARG_IDS("kind", str_of(kind_id(x))), ARG_STR("address", address));
    cli_say(cli, "cli.calendar_secret");
    if (demonstration)
        cli_say(cli, "cli.calendar_demonstration");
    return OK;
}

static err run_link(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;
    struct calendar_order order = {
        .who = &who,
        .team = arguments_given(args, "team"),
        .lang = cli->lang,
        .today = DAY_NEVER,
    };
    struct calendar_link made;
    str path;

    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(calendar_link_make(app, cli->arena, &order, &made, &path));
    return say_made(cli, &made, address_of(cli, app, path), path,
                    app_body(app)->demonstration);
}

/* --- calendar list -------------------------------------------------------- */

static void say_links(struct cli *cli, const struct list *links)
{
    const struct calendar_link *x = links->p;

    if (links->n == 0)
        cli_say(cli, "cli.calendar_none");
    for (size_t i = 0; i < links->n; i++)
        cli_say(cli, "cli.calendar_line", ARG_INT("number", x[i].number),
                ARG_IDS("kind", str_of(kind_id(&x[i]))),
                ARG_STR("lang", lang_tag(x[i].lang)),
                ARG_DAY("made", x[i].made));
}

static err print_links(struct cli *cli, const struct list *links)
{
    struct json *j = json_new_array(cli->arena);
    const struct calendar_link *x = links->p;

    for (size_t i = 0; i < links->n; i++)
        json_add(j, link_json(cli->arena, &x[i]));
    return cli_print_json(cli, j);
}

static err run_list(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;
    struct list links;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(calendar_links(app, cli->arena, &who, &links));
    if (cli->json)
        return print_links(cli, &links);
    say_links(cli, &links);
    return OK;
}

/* --- calendar revoke ------------------------------------------------------ */

static err revoke_own(struct cli *cli, struct app *app,
                      const struct session *who, int64_t number)
{
    struct json *j;

    TRY(calendar_link_revoke(app, cli->arena, who, number));
    if (!cli->json) {
        cli_say(cli, "cli.calendar_revoked", ARG_INT("number", number));
        return OK;
    }
    j = json_new_object(cli->arena);
    json_set(j, S("revoked"), json_new_int(cli->arena, number));
    return cli_print_json(cli, j);
}

/* Before a login, where it is to be told from a number. [CB2] */
static const str person = S_INIT("person:");

static err revoke_all(struct cli *cli, struct app *app,
                      const struct session *who, str login)
{
    struct case_answer answer;
    struct case_order order = {
        .who = who,
        .today = DAY_NEVER,
        .expected = -1,
        .command = S("person.revoke_calendars"),
        .data = json_new_object(cli->arena),
    };
    struct json *j;
    struct buf b;

    TRY_MEMORY(order.data);
    buf_init(&b, cli->arena, ADDRESS_MAX);
    buf_str(&b, person);
    buf_str(&b, login);
    TRY(buf_done(&b, &order.ref));
    TRY(registers_do(app, cli->arena, &order, &answer));
    if (!cli->json) {
        cli_say(cli, "cli.calendar_revoked_all", ARG_STR("login", login));
        return OK;
    }
    j = json_new_object(cli->arena);
    json_set(j, S("revoked"), json_new_str(cli->arena, login));
    return cli_print_json(cli, j);
}

static err run_revoke(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;
    str which = arguments_operand(args, 0);
    int64_t number;

    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    if (str_begins(which, person))
        return revoke_all(cli, app, &who, str_from(which, person.n));
    if (number_parse(which, &number))
        return revoke_own(cli, app, &who, number);
    return revoke_all(cli, app, &who, which);
}

/* --- tables --------------------------------------------------------------- */

static const struct option link_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "team", NULL, false, "cli.option.team" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand calendar_link_command = {
    .name = "calendar link",
    .help = "cli.help.calendar_link",
    .about = "cli.about.calendar_link",
    .options = link_options,
    .option_count = COUNT(link_options),
    .run = run_link,
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand calendar_list_command = {
    .name = "calendar list",
    .help = "cli.help.calendar_list",
    .about = "cli.about.calendar_list",
    .options = options,
    .option_count = COUNT(options),
    .run = run_list,
};

static const struct operand operands[] = {
    { .name = "NUMBER|PERSON", .help = "cli.operand.calendar" },
};

const struct subcommand calendar_revoke_command = {
    .name = "calendar revoke",
    .help = "cli.help.calendar_revoke",
    .about = "cli.about.calendar_revoke",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run_revoke,
};
