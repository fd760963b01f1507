/*
 * tenstar todo [--person LOGIN | --team] [--ical] -- what waits, for whom and
 * until when, and who is planned for an audit; as a list, as JSON, or as a
 * calendar that other programs read (service/calendar_text.h).
 *
 *   [CT1] Without --person and --team it is the list of who asks; of nobody in
 *         particular, as in a demonstration, everybody's.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "cli/words.h"
#include "codec/json.h"
#include "service/calendar_text.h"
#include "service/todos.h"

enum { REFERENCE_MAX = 400 };

/* --- text ----------------------------------------------------------------- */

/* "C2026-0001", and of a complaint its number: "C2026-0001#2". */
static str reference(struct cli *cli, const struct todo_line *l)
{
    struct buf b;

    if (l->task.number == 0)
        return l->case_number;
    buf_init(&b, cli->arena, REFERENCE_MAX);
    buf_str(&b, l->case_number);
    buf_char(&b, '#');
    buf_int(&b, l->task.number);
    return cli_text(cli, &b);
}

/* Somebody by login, or the roles. */
static struct err_arg whom(struct cli *cli, const struct todo_line *l)
{
    const struct err_arg person = ARG_STR("whom", l->login);
    const struct err_arg roles =
        ARG_IDS("whom", cli_role_ids(cli, l->task.roles));

    return l->login.n > 0 ? person : roles;
}

static const char *mark_of(const struct todo_line *l)
{
    if (l->overdue)
        return "cli.todo_overdue";
    if (l->task.due == DAY_NEVER)
        return "cli.todo_open";
    return l->task.provisional ? "cli.todo_provisional" : "cli.todo_due";
}

static void say_task(struct cli *cli, const struct todo_line *l)
{
    cli_say(cli, mark_of(l), ARG_DAY("due", l->task.due),
            ARG_STR("number", reference(cli, l)),
            ARG_STR("task", words_task(cli, str_of(task_names[l->task.kind]),
                                       l->task.amount)),
            ARG_STR("enterprise", l->enterprise), whom(cli, l));
}

static void say_audit(struct cli *cli, const struct todo_audit *x)
{
    cli_say(cli, "cli.todo_audit", ARG_DAY("from", x->from),
            ARG_DAY("to", x->to), ARG_STR("number", x->case_number),
            ARG_STR("enterprise", x->enterprise), ARG_STR("login", x->login));
}

static err say_list(struct cli *cli, const struct todo_list *l)
{
    const struct todo_line *tasks = l->tasks.p;
    const struct todo_audit *audits = l->audits.p;

    if (l->tasks.n == 0)
        cli_say(cli, "cli.todo_none");
    for (size_t i = 0; i < l->tasks.n; i++)
        say_task(cli, &tasks[i]);
    for (size_t i = 0; i < l->audits.n; i++)
        say_audit(cli, &audits[i]);
    return OK;
}

/* --- JSON ----------------------------------------------------------------- */

static struct json *task_json(struct arena *a, const struct todo_line *l)
{
    struct json *j = json_new_object(a);
    const struct task *t = &l->task;

    json_set(j, S("case"), json_new_str(a, l->case_number));
    json_set(j, S("enterprise"), json_new_str(a, l->enterprise));
    json_set(j, S("task"), json_new_str(a, str_of(task_names[t->kind])));
    json_set(j, S("command"), json_new_str(a, str_of(task_command(t->kind))));
    json_set(j, S("number"),
             t->number == 0 ? json_new_null(a) : json_new_int(a, t->number));
    json_set(j, S("person"), cli_str_json(a, l->login));
    json_set(j, S("roles"), cli_roles_json(a, t->roles));
    json_set(j, S("opens"), cli_day_json(a, t->opens));
    json_set(j, S("due"), cli_day_json(a, t->due));
    json_set(j, S("provisional"), json_new_bool(a, t->provisional));
    json_set(j, S("amount"), cli_amount_json(a, t->amount));
    json_set(j, S("overdue"), json_new_bool(a, l->overdue));
    return j;
}

static struct json *audit_json(struct arena *a, const struct todo_audit *x)
{
    struct json *j = json_new_object(a);

    json_set(j, S("case"), json_new_str(a, x->case_number));
    json_set(j, S("enterprise"), json_new_str(a, x->enterprise));
    json_set(j, S("person"), json_new_str(a, x->login));
    json_set(j, S("from"), cli_day_json(a, x->from));
    json_set(j, S("to"), cli_day_json(a, x->to));
    return j;
}

static err print_list(struct cli *cli, const struct todo_list *l, str login)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    struct json *tasks = json_new_array(a);
    struct json *audits = json_new_array(a);

    for (size_t i = 0; i < l->tasks.n; i++)
        json_add(tasks, task_json(a, (const struct todo_line *)l->tasks.p + i));
    for (size_t i = 0; i < l->audits.n; i++)
        json_add(audits,
                 audit_json(a, (const struct todo_audit *)l->audits.p + i));
    json_set(j, S("today"), cli_day_json(a, l->today));
    json_set(j, S("person"), cli_str_json(a, login));
    json_set(j, S("tasks"), tasks);
    json_set(j, S("audits"), audits);
    return cli_print_json(cli, j);
}

/* --- calendar ------------------------------------------------------------- */

static err print_calendar(struct cli *cli, struct app *app,
                          const struct todo_list *l, str login)
{
    str text;

    TRY(calendar_text(app, cli->arena, l, login, cli->lang, &text));
    buf_str(&cli->out, text);
    return cli_print_text(cli, "ical");
}

/* --- the subcommand ------------------------------------------------------- */

/* [CT1] */
static err choose(struct cli *cli, const struct arguments *args,
                  const struct session *who, str *out)
{
    bool team = arguments_given(args, "team");
    bool person = arguments_given(args, "person");

    if (team && person)
        return err_new(cli->arena, ERR_INVALID, "cli.todo_both");
    *out = who->login;
    if (person)
        *out = arguments_value(args, "person");
    if (team)
        *out = S("");
    return OK;
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;
    struct todo_wish wish = { .who = &who, .today = DAY_NEVER };
    struct todo_list list;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(choose(cli, args, &who, &wish.login));
    TRY(todo_list(app, cli->arena, &wish, &list));
    if (arguments_given(args, "ical"))
        return print_calendar(cli, app, &list, wish.login);
    return cli->json ? print_list(cli, &list, wish.login)
                     : say_list(cli, &list);
}

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", false, "cli.option.as" },
    { "person", "LOGIN", false, "cli.option.person" },
    { "team", NULL, false, "cli.option.team" },
    { "ical", NULL, false, "cli.option.ical" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand todo_command = {
    .name = "todo",
    .help = "cli.help.todo",
    .about = "cli.about.todo",
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
