/*
 * tenstar report list|mark -- what was reported to the authority when, and what
 * is due.
 */

#include "base/size.h"
#include "cli/installation.h"
#include "cli/report.h"
#include "cli/values.h"
#include "codec/json.h"
#include "domain/reporting.h"
#include "service/reporting.h"

/* --- report list ------------------------------------------------------------
 */

static struct json *line_json(struct arena *a, const struct reporting_line *l)
{
    const struct ledger_month *m = &l->month;
    struct json *j = json_new_object(a);

    json_set(j, S("month"), report_month_json(a, m->month));
    json_set(j, S("due"), cli_day_json(a, month_due(m->month)));
    json_set(j, S("state"),
             json_new_str(a, str_of(month_state_names[l->state])));
    json_set(j, S("acts"), json_new_bool(a, m->acts));
    json_set(j, S("exported"), cli_day_json(a, m->exported_on));
    json_set(j, S("whole"), json_new_bool(a, m->exported != NULL && m->whole));
    json_set(j, S("filed"),
             cli_day_json(a, m->filed == NULL ? DAY_NEVER : m->filed->filed));
    json_set(j, S("receipt"),
             m->filed == NULL ? json_new_null(a)
                              : json_new_str(a, m->filed->receipt));
    json_set(j, S("entered_since"), json_new_int(a, l->late));
    return j;
}

/* What follows says more of the line above. */
static void indent(struct cli *cli)
{
    buf_str(&cli->out, S("    "));
}

static err say_line(struct cli *cli, const struct reporting_line *l)
{
    const struct ledger_month *m = &l->month;
    char month[MONTH_TEXT];
    struct buf state;
    str words;

    buf_init(&state, cli->arena, 200);
    text_choice(&state, cli->lang, "month_state.",
                str_of(month_state_names[l->state]));
    TRY(buf_done(&state, &words));
    cli_say(cli, "cli.report_line",
            ARG_STR("month", month_text(m->month, month)),
            ARG_DAY("due", month_due(m->month)), ARG_STR("state", words));
    if (m->exported != NULL) {
        indent(cli);
        cli_say(cli,
                m->whole ? "cli.report_line_exported"
                         : "cli.report_line_partial",
                ARG_DAY("exported", m->exported_on));
    }
    if (m->filed != NULL) {
        indent(cli);
        cli_say(cli, "cli.report_line_filed", ARG_DAY("filed", m->filed->filed),
                ARG_STR("receipt", m->filed->receipt));
    }
    if (l->late > 0) {
        indent(cli);
        cli_say(cli, "cli.report_line_since", ARG_INT("count", l->late));
    }
    return OK;
}

static err run_list(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;
    struct list lines;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(reporting_list(app, cli->arena, &who, DAY_NEVER, &lines));

    const struct reporting_line *l = lines.p;
    struct json *list = json_new_array(cli->arena);
    for (size_t i = 0; i < lines.n; i++) {
        if (cli->json)
            json_add(list, line_json(cli->arena, &l[i]));
        else
            TRY(say_line(cli, &l[i]));
    }
    return cli->json ? cli_print_json(cli, list) : OK;
}

/* --- report mark ------------------------------------------------------------
 */

static err run_mark(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;
    struct reporting_mark mark = {
        .who = &who,
        .today = DAY_NEVER,
        .receipt = arguments_value(args, "receipt"),
    };
    char month[MONTH_TEXT];

    TRY(report_month(cli, args, &mark.month));
    TRY(cli_day(cli, arguments_value(args, "filed"), &mark.filed));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(reporting_mark(app, cli->arena, &mark));
    if (!cli->json) {
        cli_say(cli, "cli.report_marked",
                ARG_STR("month", month_text(mark.month, month)),
                ARG_DAY("filed", mark.filed));
        return OK;
    }

    struct json *j = json_new_object(cli->arena);
    json_set(j, S("month"), report_month_json(cli->arena, mark.month));
    json_set(j, S("filed"), cli_day_json(cli->arena, mark.filed));
    json_set(j, S("receipt"), json_new_str(cli->arena, mark.receipt));
    return cli_print_json(cli, j);
}

/* --- tables -----------------------------------------------------------------
 */

static const struct option list_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", false, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct option mark_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "month", "MONTH", true, "cli.option.month" },
    { "filed", "DATE", true, "cli.option.filed" },
    { "receipt", "TEXT", true, "cli.option.receipt" },
    { "as", "USER", true, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand report_list_command = {
    .name = "report list",
    .help = "cli.help.report_list",
    .options = list_options,
    .option_count = COUNT(list_options),
    .run = run_list,
};

const struct subcommand report_mark_command = {
    .name = "report mark",
    .help = "cli.help.report_mark",
    .options = mark_options,
    .option_count = COUNT(mark_options),
    .run = run_mark,
};
