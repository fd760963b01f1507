/*
 * tenstar case list|history -- find cases, and read what happened in one.
 */

#include "cli/case.h"

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "codec/json.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "domain/offers.h"
#include "service/cases.h"

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

/* --- case history ----------------------------------------------------- */

static err load(struct cli *cli, const struct arguments *args, struct app *app,
                struct session *who, struct case_file *out)
{
    TRY(cli_session(cli, args, app, who));
    return cases_load(app, cli->arena, who, arguments_operand(args, 0), out);
}

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

const struct subcommand case_history_command = {
    .name = "case history",
    .help = "cli.help.case_history",
    .operands = case_operand,
    .operand_count = CASE_OPERANDS,
    .options = case_options,
    .option_count = CASE_OPTIONS,
    .run = run_history,
};
