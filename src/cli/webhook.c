/*
 * tenstar webhook add|list|remove|resume|try|send|local -- who is called when
 * something happens to a certificate. (service/hooks.h)
 *
 *   [CW1] The secret is shown once, when the webhook is made.
 *   [CW2] The list shows addresses to whoever they belong to, and with --all to
 *         an administrator.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "cli/words.h"
#include "codec/json.h"
#include "service/hooks.h"

enum { NUMBER_DIGITS = 18 };

static err begin(struct cli *cli, const struct arguments *args,
                 enum app_use use, struct session *who, struct clock_set *clock,
                 struct app **app)
{
    TRY(cli_open(cli, args, use, clock, app));
    return cli_session(cli, args, *app, who);
}

/* 0, which nobody's has, for what is no number. */
static int64_t number_of(str word)
{
    int64_t n = 0;

    if (word.n == 0 || word.n > NUMBER_DIGITS)
        return 0;
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] < '0' || word.p[i] > '9')
            return 0;
        n = n * 10 + (word.p[i] - '0');
    }
    return n;
}

/* --- webhook add ---------------------------------------------------------- */

static err run_add(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct json *j = json_new_object(cli->arena);
    struct clock_set clock;
    struct session who;
    struct hook_order order = {
        .who = &who,
        .address = arguments_operand(args, 0),
        .number = arguments_value(args, "number"),
        .uscc = arguments_value(args, "uscc"),
    };
    int64_t number;
    str secret;

    TRY(begin(cli, args, APP_WRITE, &who, &clock, &app));
    TRY(hook_make(app, cli->arena, &order, &number, &secret));
    if (!cli->json) {
        cli_say(cli, "cli.webhook_made", ARG_INT("number", number),
                ARG_STR("secret", secret));
        return OK;
    }
    json_set(j, S("number"), json_new_int(cli->arena, number));
    json_set(j, S("secret"), json_new_str(cli->arena, secret));
    return cli_print_json(cli, j);
}

/* --- webhook list --------------------------------------------------------- */

static const char *state_of(const struct hook_row *row)
{
    if (row->stopped)
        return "stopped";
    return row->failing > 0 ? "failing" : "well";
}

static struct json *line_json(struct arena *a, const struct hook_line *l)
{
    struct json *j = json_new_object(a);

    json_set(j, S("login"), json_new_str(a, l->login));
    json_set(j, S("number"), json_new_int(a, l->row.number));
    json_set(j, S("address"), json_new_str(a, l->address));
    json_set(j, S("certificate"), cli_str_json(a, l->number));
    json_set(j, S("uscc"), cli_str_json(a, l->uscc));
    json_set(j, S("state"), json_new_str(a, str_of(state_of(&l->row))));
    json_set(j, S("waiting"), json_new_int(a, l->waiting));
    json_set(j, S("messages"), json_new_int(a, l->row.placed));
    json_set(j, S("tries"), json_new_int(a, l->last.tries));
    json_set(j, S("fault"),
             json_new_str(a, str_of(hook_fault_names[l->last.trouble])));
    json_set(j, S("status"), json_new_int(a, l->last.status));
    return j;
}

static str fault_text(struct cli *cli, const struct hook_call_row *call)
{
    const struct err_arg args[] = { ARG_INT("status", call->status), { 0 } };
    struct buf b;

    buf_init(&b, cli->arena, 2000);
    text_render(&b, cli->lang,
                cli_id(cli, "hook_fault.", hook_fault_names[call->trouble]).p,
                args);
    return cli_text(cli, &b);
}

static void say_line(struct cli *cli, const struct hook_line *l, bool all)
{
    cli_say(cli, "cli.webhook_line", ARG_INT("number", l->row.number),
            ARG_STR("about", l->number.n > 0 ? l->number : l->uscc),
            ARG_IDS("state", cli_id(cli, "hook_state.", state_of(&l->row))),
            ARG_INT("waiting", l->waiting));
    if (all)
        words_say(cli, 1, "cli.webhook_of", ARG_STR("login", l->login));
    words_say(cli, 1, "cli.webhook_to", ARG_STR("address", l->address));
    if (l->last.trouble != HOOK_FINE)
        words_say(cli, 1, "cli.mail_why",
                  ARG_STR("why", fault_text(cli, &l->last)));
}

static err run_list(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    bool all = arguments_given(args, "all");
    struct json *j = json_new_array(cli->arena);
    struct clock_set clock;
    struct session who;
    const struct hooks_of of = { &who, S("") };
    struct list lines;

    TRY(begin(cli, args, APP_READ, &who, &clock, &app));
    TRY(all ? hooks_list_all(app, cli->arena, &who, &lines)
            : hooks_list(app, cli->arena, &of, &lines));
    for (size_t i = 0; i < lines.n; i++) {
        const struct hook_line *l = (const struct hook_line *)lines.p + i;

        if (cli->json)
            json_add(j, line_json(cli->arena, l));
        else
            say_line(cli, l, all);
    }
    if (cli->json)
        return cli_print_json(cli, j);
    if (lines.n == 0)
        cli_say(cli, "cli.webhook_none");
    return OK;
}

/* --- webhook remove, resume, try ------------------------------------------ */

typedef err hook_act(struct app *app, struct arena *a,
                     const struct hooks_of *of, int64_t number);

/* Do it with the webhook whose number is given, and say so. */
static err act(struct cli *cli, const struct arguments *args, hook_act *what,
               const char *said)
{
    scoped(app_close) struct app *app = NULL;
    struct json *j = json_new_object(cli->arena);
    int64_t number = number_of(arguments_operand(args, 0));
    struct clock_set clock;
    struct session who;
    const struct hooks_of of = { &who, arguments_value(args, "of") };

    TRY(begin(cli, args, APP_WRITE, &who, &clock, &app));
    TRY(what(app, cli->arena, &of, number));
    if (!cli->json) {
        cli_say(cli, said, ARG_INT("number", number));
        return OK;
    }
    json_set(j, S("number"), json_new_int(cli->arena, number));
    return cli_print_json(cli, j);
}

static err run_remove(struct cli *cli, const struct arguments *args)
{
    return act(cli, args, hook_end, "cli.webhook_removed");
}

static err run_resume(struct cli *cli, const struct arguments *args)
{
    return act(cli, args, hook_resume, "cli.webhook_resumed");
}

static err run_try(struct cli *cli, const struct arguments *args)
{
    return act(cli, args, hook_try, "cli.webhook_tried");
}

/* --- webhook send --------------------------------------------------------- */

struct sent {
    int64_t taken;
    int64_t waiting;
    int64_t stopped;
};

static void count(struct sent *n, const struct hook_turn *t)
{
    n->taken += t->taken ? 1 : 0;
    n->stopped += t->stopped ? 1 : 0;
    n->waiting += !t->taken && !t->stopped ? 1 : 0;
}

static err match_all(struct cli *cli, struct app *app)
{
    bool more = true;

    while (more)
        TRY(hooks_match(app, cli->arena, &more));
    return OK;
}

/* Each that waits now, once: what failed is due later than it was. */
static err send_all(struct cli *cli, struct app *app, struct sent *n)
{
    int64_t left;

    TRY(match_all(cli, app));
    TRY(hooks_waiting(app, cli->arena, &left));
    for (; left > 0; left--) {
        struct hook_turn turn;

        TRY(hooks_turn(app, cli->arena, HOOK_IDLE - 1, &turn));
        if (!turn.any)
            break;
        count(n, &turn);
        if (failed(turn.why) && !cli->json)
            cli_say(cli, "cli.mail_why",
                    ARG_STR("why", words_err(cli, turn.why)));
    }
    return OK;
}

static err run_send(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct json *j = json_new_object(cli->arena);
    struct clock_set clock;
    struct sent n = { 0 };

    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(send_all(cli, app, &n));
    cli->wrong = n.waiting + n.stopped > 0;
    if (!cli->json) {
        cli_say(cli, "cli.webhook_sent", ARG_INT("taken", n.taken),
                ARG_INT("waiting", n.waiting), ARG_INT("stopped", n.stopped));
        return OK;
    }
    json_set(j, S("taken"), json_new_int(cli->arena, n.taken));
    json_set(j, S("waiting"), json_new_int(cli->arena, n.waiting));
    json_set(j, S("stopped"), json_new_int(cli->arena, n.stopped));
    return cli_print_json(cli, j);
}

/* --- webhook local -------------------------------------------------------- */

static const char *const switches[] = { "on", "off", NULL };

static err run_local(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct json *j = json_new_object(cli->arena);
    struct clock_set clock;
    struct session who;
    int choice;

    TRY(cli_choose(cli, arguments_operand(args, 0), switches, &choice));
    TRY(begin(cli, args, APP_WRITE, &who, &clock, &app));
    TRY(hooks_let_here(app, cli->arena, &who, choice == 0));
    if (!cli->json) {
        if (choice == 0)
            cli_say(cli, "cli.webhook_local_on");
        else
            cli_say(cli, "cli.webhook_local_off");
        return OK;
    }
    json_set(j, S("local"), json_new_bool(cli->arena, choice == 0));
    return cli_print_json(cli, j);
}

/* --- tables --------------------------------------------------------------- */

static const struct option add_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "number", "NUMBER", false, "cli.option.webhook_number" },
    { "uscc", "CODE", false, "cli.option.webhook_uscc" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct operand address_operand[] = {
    { .name = "URL", .help = "cli.operand.webhook_address" },
};

const struct subcommand webhook_add_command = {
    .name = "webhook add",
    .help = "cli.help.webhook_add",
    .about = "cli.about.webhook_add",
    .operands = address_operand,
    .operand_count = COUNT(address_operand),
    .options = add_options,
    .option_count = COUNT(add_options),
    .run = run_add,
};

static const struct option list_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "all", NULL, false, "cli.option.webhook_all" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand webhook_list_command = {
    .name = "webhook list",
    .help = "cli.help.webhook_list",
    .about = "cli.about.webhook_list",
    .options = list_options,
    .option_count = COUNT(list_options),
    .run = run_list,
};

static const struct option act_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "of", "LOGIN", false, "cli.option.webhook_of" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct operand number_operand[] = {
    { .name = "NUMBER", .help = "cli.operand.webhook_number" },
};

const struct subcommand webhook_remove_command = {
    .name = "webhook remove",
    .help = "cli.help.webhook_remove",
    .about = "cli.about.webhook_remove",
    .operands = number_operand,
    .operand_count = COUNT(number_operand),
    .options = act_options,
    .option_count = COUNT(act_options),
    .run = run_remove,
};

const struct subcommand webhook_resume_command = {
    .name = "webhook resume",
    .help = "cli.help.webhook_resume",
    .about = "cli.about.webhook_resume",
    .operands = number_operand,
    .operand_count = COUNT(number_operand),
    .options = act_options,
    .option_count = COUNT(act_options),
    .run = run_resume,
};

const struct subcommand webhook_try_command = {
    .name = "webhook try",
    .help = "cli.help.webhook_try",
    .about = "cli.about.webhook_try",
    .operands = number_operand,
    .operand_count = COUNT(number_operand),
    .options = act_options,
    .option_count = COUNT(act_options),
    .run = run_try,
};

static const struct option send_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand webhook_send_command = {
    .name = "webhook send",
    .help = "cli.help.webhook_send",
    .about = "cli.about.webhook_send",
    .options = send_options,
    .option_count = COUNT(send_options),
    .run = run_send,
};

static const struct option local_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct operand switch_operand[] = {
    { .name = "SWITCH", .help = "cli.operand.webhook_switch" },
};

const struct subcommand webhook_local_command = {
    .name = "webhook local",
    .help = "cli.help.webhook_local",
    .about = "cli.about.webhook_local",
    .operands = switch_operand,
    .operand_count = COUNT(switch_operand),
    .options = local_options,
    .option_count = COUNT(local_options),
    .run = run_local,
};
