/*
 * tenstar case list|show|history -- read cases.
 */

#include "cli/case.h"

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/money.h"
#include "cli/values.h"
#include "codec/json.h"
#include "domain/names.h"
#include "domain/offers.h"
#include "domain/rights.h"
#include "domain/sampling.h"
#include "domain/view.h"
#include "service/cases.h"
#include "service/todos.h"

enum { LIST_MOST = 1000 };

/* --- case list -------------------------------------------------------- */

static struct json *line_json(struct arena *a, const struct case_line *l)
{
    struct json *j = json_new_object(a);

    json_set(j, S("number"), json_new_str(a, l->number));
    json_set(j, S("enterprise"), json_new_str(a, l->enterprise));
    json_set(j, S("scheme"), json_new_str(a, l->scheme));
    json_set(j, S("level"), json_new_str(a, l->level));
    json_set(j, S("stage"), json_new_str(a, str_of(stage_names[l->stage])));
    json_set(j, S("opened"), cli_day_json(a, l->opened));
    json_set(j, S("due"), cli_day_json(a, l->due));
    json_set(j, S("due_provisional"), json_new_bool(a, l->due_provisional));
    json_set(j, S("certificate"),
             l->certificate.n == 0 ? json_new_null(a)
                                   : json_new_str(a, l->certificate));
    return j;
}

static str stage_id(struct cli *cli, enum stage stage)
{
    return cli_id(cli, "stage.", stage_names[stage]);
}

static void say_line(struct cli *cli, const struct case_line *l)
{
    if (l->due == DAY_NEVER)
        cli_say(cli, "cli.case_line", ARG_STR("number", l->number),
                ARG_STR("scheme", l->scheme),
                ARG_IDS("stage", stage_id(cli, l->stage)),
                ARG_STR("enterprise", l->enterprise));
    else
        cli_say(cli, "cli.case_line_due", ARG_STR("number", l->number),
                ARG_STR("scheme", l->scheme),
                ARG_IDS("stage", stage_id(cli, l->stage)),
                ARG_STR("enterprise", l->enterprise), ARG_DAY("due", l->due));
}

static err run_list(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;
    struct list lines;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(cases_list(app, cli->arena, &who, arguments_value(args, "after"),
                   LIST_MOST, &lines));

    const struct case_line *l = lines.p;
    struct json *list = json_new_array(cli->arena);
    for (size_t i = 0; i < lines.n; i++) {
        if (cli->json)
            json_add(list, line_json(cli->arena, &l[i]));
        else
            say_line(cli, &l[i]);
    }
    return cli->json ? cli_print_json(cli, list) : OK;
}

/* --- case show -------------------------------------------------------- */

static err load(struct cli *cli, const struct arguments *args, struct app *app,
                struct session *who, struct case_file *out)
{
    TRY(cli_session(cli, args, app, who));
    return cases_load(app, cli->arena, who, arguments_operand(args, 0), out);
}

static void say_score(struct cli *cli, const struct state *s,
                      struct score *score)
{
    char shown[TEXT_VALUE];

    if (s->audits == 0 || s->scheme->method != METHOD_POINTS)
        return;
    state_score(s, score);
    cli_say(cli, "cli.score",
            ARG_STR("score", text_score(score->shown, shown)));
}

/* Those that are not accepted yet. */
static void say_nonconformities(struct cli *cli, const struct state *s)
{
    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];

        if (x->state != CORRECTION_ACCEPTED)
            cli_say(cli, "cli.case_nonconformity", ARG_INT("number", i + 1),
                    ARG_STR("indicator", x->raised->indicator),
                    ARG_STR("text", x->raised->text));
    }
}

static void say_certificate(struct cli *cli, const struct state *s)
{
    const struct certificate *c = s->certificate;

    if (c != NULL)
        cli_say(cli,
                s->status == CERTIFICATE_VALID ? "cli.case_certificate"
                                               : "cli.case_certificate_not",
                ARG_STR("number", c->number),
                ARG_IDS("status",
                        cli_id(cli, "status.", status_names[s->status])),
                ARG_DAY("until", c->until));
}

/* Why the answer to a condition was sent back. */
static void say_sent_back(struct cli *cli, const struct condition_state *x)
{
    if (x->standing == CONDITION_OPEN && x->verdict != NULL)
        cli_say(cli, "cli.case_condition_note",
                ARG_STR("note", x->verdict->note));
}

/* Those that are not met yet; of which there is nothing in public. */
static void say_conditions(struct cli *cli, const struct state *s)
{
    for (int32_t i = 0; i < s->condition_count; i++) {
        const struct condition_state *x = &s->conditions[i];

        if (x->standing != CONDITION_MET)
            cli_say(cli, "cli.case_condition", ARG_INT("number", i + 1),
                    ARG_DAY("until", x->until), ARG_STR("text", x->set->text),
                    ARG_IDS("standing", cli_id(cli, "condition_standing.",
                                               condition_names[x->standing])));
        say_sent_back(cli, x);
    }
}

static void say_customer(struct cli *cli, const struct state *s)
{
    struct customer next;

    if (sampling_next(s, &next))
        cli_say(cli, "cli.case_customer", ARG_INT("position", next.position),
                ARG_INT("row", next.row));
}

/* Several people of a team have the same to do. */
static bool told_already(const struct task *tasks, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (tasks[k].kind == tasks[i].kind &&
            tasks[k].number == tasks[i].number)
            return true;
    }
    return false;
}

static void say_task(struct cli *cli, const struct task *t, day today)
{
    const char *message = t->opens > today     ? "cli.case_later"
                          : t->due < DAY_NEVER ? "cli.case_next_due"
                                               : "cli.case_next";

    cli_say(cli, message,
            ARG_IDS("task", cli_id(cli, "task.", task_names[t->kind])),
            ARG_STR("command", str_of(task_command(t->kind))),
            ARG_IDS("roles", cli_role_ids(cli, t->roles)),
            ARG_DAY("opens", t->opens), ARG_DAY("due", t->due));
}

/* What comes next, and who does it. */
static err say_next(struct cli *cli, struct app *app, const struct case_file *f,
                    day today)
{
    struct list found;

    TRY(todo_of_case(app, cli->arena, f, today, &found));
    for (size_t i = 0; i < found.n; i++) {
        const struct task *tasks = found.p;

        if (!told_already(tasks, i))
            say_task(cli, &tasks[i], today);
    }
    return OK;
}

static err say_case(struct cli *cli, struct app *app, const struct session *who,
                    const struct case_file *f, day today)
{
    const struct state *s = f->state;
    struct score *score = arena_zero(cli->arena, sizeof *score);

    TRY_MEMORY(score);
    cli_say(cli, "cli.case_title", ARG_STR("number", f->number),
            ARG_STR("enterprise", f->enterprise.name),
            ARG_LABEL("scheme", s->scheme->name));
    cli_say(cli, "cli.case_stage", ARG_IDS("stage", stage_id(cli, s->stage)),
            ARG_DAY("since", s->stage_since));
    if (s->due != DAY_NEVER)
        cli_say(cli,
                s->due_provisional ? "cli.case_due_provisional"
                                   : "cli.case_due",
                ARG_DAY("due", s->due));
    cli_say_money(cli, s);
    case_say_plan(cli, s);
    say_score(cli, s, score);
    say_nonconformities(cli, s);
    say_conditions(cli, s);
    say_customer(cli, s);
    if (!rights_owns(&who->actor, f->enterprise.id))
        case_say_decision(cli, f);
    say_certificate(cli, s);
    TRY(say_next(cli, app, f, today));
    for (size_t i = 0; i < s->scheme->note_count; i++)
        cli_say(cli, "cli.scheme_note", ARG_LABEL("note", s->scheme->notes[i]));
    return OK;
}

static err run_show(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct case_file file;
    struct session who;
    struct json *j;
    day today;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(load(cli, args, app, &who, &file));
    if (cli->json) {
        TRY(case_view_json(cli->arena, file.state, file.number,
                           &file.enterprise,
                           rights_owns(&who.actor, file.enterprise.id)
                               ? READER_ENTERPRISE
                               : READER_BODY,
                           &j));
        return cli_print_json(cli, j);
    }
    TRY(cli_today(cli, args, &today));
    return say_case(cli, app, &who, &file, today);
}

/* --- case history ----------------------------------------------------- */

/* An event that the enterprise noted for itself, to anyone else: that it is
 * there, so that numbers and hashes still follow each other. [OF1] */
static struct json *own_event_json(struct arena *a, const struct event *e)
{
    struct json *j = json_new_object(a);

    json_set(j, S("n"), json_new_int(a, e->n));
    json_set(j, S("type"), json_new_str(a, str_of(e->kind->name)));
    json_set(j, S("on"), cli_day_json(a, e->on));
    json_set(j, S("private"), json_new_bool(a, true));
    return j;
}

static err history_json(struct cli *cli, const struct case_file *f, bool owner)
{
    struct json *j = json_new_object(cli->arena);
    struct json *list = json_new_array(cli->arena);

    for (const struct event *e = f->events.first; e != NULL; e = e->next) {
        struct json *one;

        if (event_is_own(e->kind) && !owner)
            one = own_event_json(cli->arena, e);
        else
            TRY(json_parse(cli->arena, e->text, &one));
        json_add(list, one);
    }
    json_set(j, S("number"), json_new_str(cli->arena, f->number));
    json_set(j, S("events"), list);
    return cli_print_json(cli, j);
}

static err run_history(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct case_file file;
    struct session who;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(load(cli, args, app, &who, &file));
    if (cli->json)
        return history_json(cli, &file,
                            rights_owns(&who.actor, file.enterprise.id));
    for (const struct event *e = file.events.first; e != NULL; e = e->next) {
        char at[DAY_TEXT];

        buf_printf(&cli->out, "%4lld  ", (long long)e->n);
        buf_str(&cli->out, day_text(e->on, at));
        buf_printf(&cli->out, "  %s\n", e->kind->name);
    }
    return OK;
}

/* --- tables ----------------------------------------------------------- */

const struct operand case_operand[CASE_OPERANDS] = {
    { .name = "CASE", .help = "cli.operand.case" },
};

static const struct option list_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", false, "cli.option.as" },
    { "after", "NUMBER", false, "cli.option.after" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct option case_options[CASE_OPTIONS] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", false, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand case_list_command = {
    .name = "case list",
    .help = "cli.help.case_list",
    .options = list_options,
    .option_count = COUNT(list_options),
    .run = run_list,
};

const struct subcommand case_show_command = {
    .name = "case show",
    .help = "cli.help.case_show",
    .operands = case_operand,
    .operand_count = CASE_OPERANDS,
    .options = case_options,
    .option_count = CASE_OPTIONS,
    .run = run_show,
};

const struct subcommand case_history_command = {
    .name = "case history",
    .help = "cli.help.case_history",
    .operands = case_operand,
    .operand_count = CASE_OPERANDS,
    .options = case_options,
    .option_count = CASE_OPTIONS,
    .run = run_history,
};
