/* tenstar case forecast [CASE] -- when cases are likely to end, and on what
 * that rests. [M4] */

#include "base/arena.h"
#include "base/size.h"
#include "cli/case.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "codec/json.h"
#include "service/todos.h"

/* --- text ----------------------------------------------------------------- */

static void say_step(struct cli *cli, const struct forecast_step *s)
{
    buf_str(&cli->out, S("  "));
    cli_say(cli,
            s->basis == BASIS_OWN ? "cli.forecast_own" : "cli.forecast_step",
            ARG_IDS("stage", cli_id(cli, "stage.", stage_names[s->stage])),
            ARG_DAY("end", s->likely_end), ARG_INT("count", s->likely),
            ARG_INT("cases", s->cases),
            ARG_IDS("basis", cli_id(cli, "basis.", basis_names[s->basis])));
}

static void say_line(struct cli *cli, const struct forecast_line *l, bool steps)
{
    const struct forecast *f = &l->forecast;

    cli_say(cli,
            f->provisional ? "cli.forecast_provisional" : "cli.forecast_line",
            ARG_STR("number", l->case_number),
            ARG_IDS("stage", cli_id(cli, "stage.", stage_names[l->stage])),
            ARG_STR("enterprise", l->enterprise),
            ARG_DAY("earliest", f->earliest), ARG_DAY("likely", f->likely));
    for (size_t i = 0; steps && i < f->step_count; i++)
        say_step(cli, &f->steps[i]);
}

/* --- JSON ----------------------------------------------------------------- */

static struct json *step_json(struct arena *a, const struct forecast_step *s)
{
    struct json *j = json_new_object(a);

    json_set(j, S("stage"), json_new_str(a, str_of(stage_names[s->stage])));
    json_set(j, S("basis"), json_new_str(a, str_of(basis_names[s->basis])));
    json_set(j, S("cases"), json_new_int(a, s->cases));
    json_set(j, S("earliest_days"), json_new_int(a, s->earliest));
    json_set(j, S("likely_days"), json_new_int(a, s->likely));
    json_set(j, S("likely_end"), cli_day_json(a, s->likely_end));
    return j;
}

static struct json *line_json(struct arena *a, const struct forecast_line *l)
{
    const struct forecast *f = &l->forecast;
    struct json *j = json_new_object(a);
    struct json *steps = json_new_array(a);

    for (size_t i = 0; i < f->step_count; i++)
        json_add(steps, step_json(a, &f->steps[i]));
    json_set(j, S("number"), json_new_str(a, l->case_number));
    json_set(j, S("enterprise"), json_new_str(a, l->enterprise));
    json_set(j, S("stage"), json_new_str(a, str_of(stage_names[l->stage])));
    json_set(j, S("earliest"), cli_day_json(a, f->earliest));
    json_set(j, S("likely"), cli_day_json(a, f->likely));
    json_set(j, S("provisional"), json_new_bool(a, f->provisional));
    json_set(j, S("steps"), steps);
    return j;
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;
    str ref = arguments_operand(args, 0);
    struct list lines;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(forecast_list(app, cli->arena, &who, ref, DAY_NEVER, &lines));

    const struct forecast_line *l = lines.p;
    struct json *list = json_new_array(cli->arena);
    if (lines.n == 0 && !cli->json)
        cli_say(cli, "cli.forecast_none");
    for (size_t i = 0; i < lines.n; i++) {
        if (cli->json)
            json_add(list, line_json(cli->arena, &l[i]));
        else
            say_line(cli, &l[i], ref.n > 0);
    }
    return cli->json ? cli_print_json(cli, list) : OK;
}

static const struct operand operands[] = {
    { .name = "CASE", .optional = true, .help = "cli.operand.case" },
};

const struct subcommand case_forecast_command = {
    .name = "case forecast",
    .help = "cli.help.case_forecast",
    .about = "cli.about.case_forecast",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = case_options,
    .option_count = CASE_OPTIONS,
    .run = run,
};
