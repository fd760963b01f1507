/*
 * tenstar tick [--today DATE] -- what a day does by itself: certificates whose
 * last day has passed expire, and people are told what came up for them and
 * what is overdue.  A server does it once a day; without one, cron does.
 *
 *   [TC1] Days to come are refused outside a demonstration: what expired does
 *         not come back.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "cli/words.h"
#include "codec/json.h"
#include "domain/todo.h"
#include "service/register_root.h"
#include "service/tick.h"

/* --- text ----------------------------------------------------------------- */

static struct err_arg whom(struct cli *cli, const struct task_line *l)
{
    const struct err_arg person = ARG_STR("whom", l->login);
    const struct err_arg roles =
        ARG_IDS("whom", cli_role_ids(cli, (unsigned)l->task.roles));

    return l->login.n > 0 ? person : roles;
}

/* The task's kind is one of domain/todo's names. */
static void say_notices(struct cli *cli, const char *message,
                        const struct list *notices)
{
    const struct task_line *l = notices->p;

    for (size_t i = 0; i < notices->n; i++)
        cli_say(cli, message, ARG_STR("number", l[i].case_number),
                ARG_STR("task",
                        words_task(cli, l[i].task.kind, l[i].task.amount)),
                ARG_STR("enterprise", l[i].enterprise_name),
                ARG_DAY("due", l[i].task.due), whom(cli, &l[i]));
}

static err say_made(struct cli *cli, const struct tick_made *m)
{
    const str *expired = m->expired.p;

    for (size_t i = 0; i < m->expired.n; i++)
        cli_say(cli, "cli.tick_expired", ARG_STR("number", expired[i]));
    say_notices(cli, "cli.tick_opened", &m->opened);
    say_notices(cli, "cli.tick_overdue", &m->overdue);
    if (m->made > 0)
        cli_say(cli, "cli.tick_made", ARG_INT("cases", m->made));
    cli_say(cli, "cli.ticked", ARG_DAY("today", m->today),
            ARG_INT("expired", m->expired.n), ARG_INT("opened", m->told.opened),
            ARG_INT("overdue", m->told.overdue));
    if (m->failed == 0)
        return OK;
    cli_say(cli, "cli.tick_failed", ARG_INT("cases", m->failed));
    text_err(&cli->out, cli->lang, m->first);
    buf_char(&cli->out, '\n');
    return OK;
}

/* --- JSON ----------------------------------------------------------------- */

static void add_notices(struct arena *a, struct json *to, const char *what,
                        const struct list *notices)
{
    const struct task_line *l = notices->p;

    for (size_t i = 0; i < notices->n; i++) {
        const struct task_row *t = &l[i].task;
        struct json *j = json_new_object(a);

        json_set(j, S("what"), json_new_str(a, str_of(what)));
        json_set(j, S("case"), json_new_str(a, l[i].case_number));
        json_set(j, S("enterprise"), json_new_str(a, l[i].enterprise_name));
        json_set(j, S("task"), json_new_str(a, t->kind));
        json_set(j, S("person"), cli_str_json(a, l[i].login));
        json_set(j, S("roles"), cli_roles_json(a, (unsigned)t->roles));
        json_set(j, S("due"), cli_day_json(a, t->due));
        json_set(j, S("amount"), cli_amount_json(a, t->amount));
        json_add(to, j);
    }
}

static err print_made(struct cli *cli, const struct tick_made *m)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    struct json *expired = json_new_array(a);
    struct json *notices = json_new_array(a);

    for (size_t i = 0; i < m->expired.n; i++)
        json_add(expired, json_new_str(a, ((const str *)m->expired.p)[i]));
    add_notices(a, notices, "open", &m->opened);
    add_notices(a, notices, "overdue", &m->overdue);
    json_set(j, S("today"), cli_day_json(a, m->today));
    json_set(j, S("expired"), expired);
    json_set(j, S("opened"), json_new_int(a, m->told.opened));
    json_set(j, S("overdue"), json_new_int(a, m->told.overdue));
    json_set(j, S("notices"), notices);
    json_set(j, S("made"), json_new_int(a, m->made));
    json_set(j, S("failed"), json_new_int(a, m->failed));
    return cli_print_json(cli, j);
}

/* --- the subcommand ------------------------------------------------------- */

/* [TC1] */
static err check_day(struct cli *cli, const struct app *app, day today)
{
    day now = day_of_micros(cli->clock->now(cli->clock));

    if (today <= now || app_body(app)->demonstration)
        return OK;
    return err_new(cli->arena, ERR_REFUSED, "tick.ahead",
                   ARG_DAY("today", today), ARG_DAY("now", now));
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct sequencer sequencer = { 0 };
    struct register_rooted rooted;
    struct tick_made made;
    int64_t entries;
    day today;

    TRY(cli_today(cli, args, &today));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(check_day(cli, app, today));
    TRY(tick(app, cli->arena, today, &made));
    sequencer.app = app;
    TRY(sequence_rest(&sequencer, cli->arena, &entries));
    TRY(register_root_daily(&sequencer, cli->arena, today, &rooted));
    cli->wrong = made.failed > 0;
    return cli->json ? print_made(cli, &made) : say_made(cli, &made);
}

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand tick_command = {
    .name = "tick",
    .help = "cli.help.tick",
    .about = "cli.about.tick",
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
