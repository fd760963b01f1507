/*
 * tenstar todo [--person LOGIN | --team] [--ical] -- what waits, for whom and
 * until when, and who is planned for an audit; as a list, as JSON, or as a
 * calendar that other programs read.
 *
 *   [CT1] Without --person and --team it is the list of who asks; of nobody in
 *         particular, as in a demonstration, everybody's.
 *   [CT2] In a calendar the same task has the same uid as long as it waits, and
 *         an audit however its days are moved (page/ical.h [IC4]).
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "codec/json.h"
#include "page/ical.h"
#include "service/todos.h"

enum { UID_MAX = 400, SUMMARY_MAX = 4000, CALENDAR_MAX = 64 << 20 };

/* --- text ----------------------------------------------------------------- */

/* "C2026-0001", and of a complaint its number: "C2026-0001#2". */
static str reference(struct cli *cli, const struct todo_line *l)
{
    struct buf b;

    if (l->task.number == 0)
        return l->case_number;
    buf_init(&b, cli->arena, SUMMARY_MAX);
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
            ARG_IDS("task", cli_id(cli, "task.", task_names[l->task.kind])),
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

/* --- calendar [CT2] ------------------------------------------------------- */

struct calendar_out {
    struct cli *cli;
    str host; /* of the uids */
    int64_t at;
    struct buf out;
};

/* "tenstar.example" of "https://tenstar.example:8443/x". */
static str host_of(str url)
{
    size_t scheme = str_find(url, S("://"));

    if (scheme < url.n)
        url = str_from(url, scheme + 3);
    url = str_first(url, str_index(url, '/'));
    return str_first(url, str_index(url, ':'));
}

static str rendered(struct cli *cli, const char *message,
                    const struct err_arg *args)
{
    struct buf b;

    buf_init(&b, cli->arena, SUMMARY_MAX);
    text_render(&b, cli->lang, message, args);
    return cli_text(cli, &b);
}

#define RENDERED(cli, id, ...)                                                 \
    rendered((cli), (id), (const struct err_arg[]){ __VA_ARGS__, { 0 } })

static str task_uid(const struct calendar_out *c, const struct todo_line *l)
{
    char key[ID_TEXT];
    char opens[DAY_TEXT];
    struct buf b;

    buf_init(&b, c->cli->arena, UID_MAX);
    buf_str(&b, id_text(l->of_case, key));
    buf_printf(&b, "-%s-%lld-", task_names[l->task.kind],
               (long long)l->task.number);
    if (!id_is_zero(l->task.person))
        buf_str(&b, id_text(l->task.person, key));
    buf_char(&b, '-');
    buf_str(&b, day_text(l->task.opens, opens));
    buf_char(&b, '@');
    buf_str(&b, c->host);
    return cli_text(c->cli, &b);
}

static str audit_uid(const struct calendar_out *c, const struct todo_audit *x)
{
    char key[ID_TEXT];
    struct buf b;

    buf_init(&b, c->cli->arena, UID_MAX);
    buf_str(&b, id_text(x->of_case, key));
    buf_str(&b, S("-visit@"));
    buf_str(&b, c->host);
    return cli_text(c->cli, &b);
}

static void put_task(struct calendar_out *c, const struct todo_line *l)
{
    struct cli *cli = c->cli;
    const struct ical_item item = {
        .kind = ICAL_TODO,
        .uid = task_uid(c, l),
        .summary = RENDERED(cli, "cli.todo_summary",
                            ARG_IDS("task", cli_id(cli, "task.",
                                                   task_names[l->task.kind])),
                            ARG_STR("number", reference(cli, l)),
                            ARG_STR("enterprise", l->enterprise)),
        .description = RENDERED(cli, "cli.todo_description", whom(cli, l)),
        .categories = str_of(task_names[l->task.kind]),
        .due = l->task.due,
        .pressing = l->overdue,
    };

    ical_put(&c->out, &item, c->at);
}

/* The logins of those who go: `n` lines of one case. */
static str team_of(struct cli *cli, const struct todo_audit *x, size_t n)
{
    struct buf b;

    buf_init(&b, cli->arena, SUMMARY_MAX);
    for (size_t i = 0; i < n; i++) {
        buf_str(&b, i > 0 ? S(", ") : S(""));
        buf_str(&b, x[i].login);
    }
    return cli_text(cli, &b);
}

/* One visit, whoever goes; the lines of a case stand beside each other. */
static size_t put_visit(struct calendar_out *c, const struct todo_audit *x,
                        size_t n)
{
    struct cli *cli = c->cli;
    size_t team = 1;

    while (team < n && id_eq(x[team].of_case, x->of_case))
        team++;

    const struct ical_item item = {
        .kind = ICAL_EVENT,
        .uid = audit_uid(c, x),
        .summary =
            RENDERED(cli, "cli.todo_visit", ARG_STR("number", x->case_number),
                     ARG_STR("enterprise", x->enterprise)),
        .description = RENDERED(cli, "cli.todo_description",
                                ARG_STR("whom", team_of(cli, x, team))),
        .categories = S("audit"),
        .from = x->from,
        .to = x->to,
    };
    ical_put(&c->out, &item, c->at);
    return team;
}

static err print_calendar(struct cli *cli, const struct app *app,
                          const struct todo_list *l, str login)
{
    struct clock *clock = app_world_of(app)->clock;
    struct calendar_out c = {
        .cli = cli,
        .host = host_of(app_public_url(app)),
        .at = clock->now(clock),
    };
    str text;

    buf_init(&c.out, cli->arena, CALENDAR_MAX);
    ical_begin(&c.out, login.n == 0 ? RENDERED(cli, "cli.todo_all", { 0 })
                                    : RENDERED(cli, "cli.todo_of",
                                               ARG_STR("login", login)));
    for (size_t i = 0; i < l->audits.n;)
        i += put_visit(&c, (const struct todo_audit *)l->audits.p + i,
                       l->audits.n - i);
    for (size_t i = 0; i < l->tasks.n; i++)
        put_task(&c, (const struct todo_line *)l->tasks.p + i);
    ical_end(&c.out);
    TRY(buf_done(&c.out, &text));
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
