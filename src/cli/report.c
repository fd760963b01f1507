/*
 * tenstar report check|export -- a month's report to the authority: what is
 * wrong with it, and the workbook.
 */

#include "cli/report.h"

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "codec/json.h"
#include "service/reporting.h"

enum { TEXT_MOST = 8000 };

err report_month(struct cli *cli, const struct arguments *args,
                 struct month *out)
{
    str given = arguments_value(args, "month");

    if (month_parse(given, out))
        return OK;
    return err_new(cli->arena, ERR_INVALID, "cli.month",
                   ARG_STR("given", given));
}

struct json *report_month_json(struct arena *a, struct month m)
{
    char text[MONTH_TEXT];
    str copy;

    return arena_str(a, month_text(m, text), &copy) ? json_new_str(a, copy)
                                                    : NULL;
}

/* --- problems ------------------------------------------------------------- */

/* Where a problem is. */
struct place {
    const struct dictionary_sheet *sheet;
    const struct filing_row *row;
    const struct filing_problem *problem;
};

static err what_is_wrong(struct cli *cli, const struct filing_problem *p,
                         str *out)
{
    struct buf b;

    buf_init(&b, cli->arena, TEXT_MOST);
    text_err(&b, cli->lang, p->what);
    return buf_done(&b, out);
}

static err problem_json(struct cli *cli, const struct place *at,
                        struct json **out)
{
    struct arena *a = cli->arena;
    const struct filing_problem *p = at->problem;
    struct json *j = json_new_object(a);
    str message;

    TRY(what_is_wrong(cli, p, &message));
    json_set(j, S("sheet"), json_new_str(a, at->sheet->name));
    json_set(j, S("row"), json_new_int(a, at->row->number));
    json_set(j, S("case"), json_new_str(a, at->row->case_number));
    json_set(j, S("certificate"), json_new_str(a, at->row->certificate));
    json_set(j, S("column"), json_new_str(a, p->field->code));
    json_set(j, S("title"), json_new_str(a, p->field->title));
    json_set(j, S("value"), json_new_str(a, p->value));
    json_set(j, S("id"), json_new_str(a, str_of(p->what.info->id)));
    json_set(j, S("message"), json_new_str(a, message));
    json_set(j, S("subject"), json_new_str(a, p->subject));
    json_set(j, S("particular"), json_new_str(a, p->code));
    *out = j;
    return OK;
}

static err say_problem(struct cli *cli, const struct place *at)
{
    const struct filing_problem *p = at->problem;
    bool numbered = at->row->certificate.n > 0;
    str message;

    TRY(what_is_wrong(cli, p, &message));
    cli_say(cli, "cli.report_problem", ARG_STR("sheet", at->sheet->name),
            ARG_INT("row", at->row->number),
            ARG_STR("about",
                    numbered ? at->row->certificate : at->row->case_number),
            ARG_STR("column", p->field->title), ARG_STR("message", message));
    if (p->subject.n == 0)
        return OK;
    buf_str(&cli->out, S("    "));
    cli_say(cli, "cli.report_supply", ARG_STR("subject", p->subject),
            ARG_STR("code", p->code));
    return OK;
}

static err one_problem(struct cli *cli, const struct place *at,
                       struct json *list)
{
    struct json *j = NULL;

    if (list == NULL)
        return say_problem(cli, at);
    TRY(problem_json(cli, at, &j));
    json_add(list, j);
    return OK;
}

static err each_of_row(struct cli *cli, struct place *at, struct json *list)
{
    for (at->problem = at->row->problems; at->problem != NULL;
         at->problem = at->problem->next)
        TRY(one_problem(cli, at, list));
    return OK;
}

/* Every problem, one by one: said, or put in `list` where there is one. */
static err each_problem(struct cli *cli, const struct reporting_made *made,
                        struct json *list)
{
    for (int s = 0; s < SHEET_COUNT; s++) {
        struct place at = { .sheet = &made->dictionary->sheets[s] };

        for (at.row = made->filing.sheets[s].first; at.row != NULL;
             at.row = at.row->next)
            TRY(each_of_row(cli, &at, list));
    }
    return OK;
}

/* --- the whole ------------------------------------------------------------ */

static struct json *sheets_json(struct arena *a,
                                const struct reporting_made *made)
{
    struct json *list = json_new_array(a);

    for (int s = 0; s < SHEET_COUNT; s++) {
        const struct filing_rows *rows = &made->filing.sheets[s];
        struct json *j = json_new_object(a);

        json_set(j, S("name"),
                 json_new_str(a, made->dictionary->sheets[s].name));
        json_set(j, S("rows"), json_new_int(a, rows->n));
        json_set(j, S("sound"), json_new_int(a, rows->sound));
        json_set(j, S("left_out"), json_new_int(a, rows->left_out));
        json_add(list, j);
    }
    return list;
}

static err print_report(struct cli *cli, struct month m,
                        const struct reporting_made *made)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    struct json *problems = json_new_array(a);

    TRY(each_problem(cli, made, problems));
    json_set(j, S("month"), report_month_json(a, m));
    json_set(j, S("due"), cli_day_json(a, month_due(m)));
    json_set(j, S("edition"), json_new_str(a, made->dictionary->edition));
    json_set(j, S("sheets"), sheets_json(a, made));
    json_set(j, S("problems"), problems);
    return cli_print_json(cli, j);
}

static err say_report(struct cli *cli, struct month m,
                      const struct reporting_made *made)
{
    char text[MONTH_TEXT];

    for (int s = 0; s < SHEET_COUNT; s++) {
        const struct filing_rows *rows = &made->filing.sheets[s];

        cli_say(cli, "cli.report_sheet",
                ARG_STR("sheet", made->dictionary->sheets[s].name),
                ARG_INT("rows", rows->n), ARG_INT("sound", rows->sound));
    }
    TRY(each_problem(cli, made, NULL));
    cli_say(cli, "cli.report_summary", ARG_STR("month", month_text(m, text)),
            ARG_DAY("due", month_due(m)),
            ARG_INT("count", made->filing.problems));
    return OK;
}

static err show(struct cli *cli, struct month m,
                const struct reporting_made *made)
{
    return cli->json ? print_report(cli, m, made) : say_report(cli, m, made);
}

static err run_check(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;
    struct reporting_wish wish = { .who = &who, .today = DAY_NEVER };
    struct reporting_made made;

    TRY(report_month(cli, args, &wish.month));
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(reporting_make(app, cli->arena, &wish, &made));
    cli->wrong = made.filing.problems > 0;
    return show(cli, wish.month, &made);
}

static err run_export(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;
    struct reporting_wish wish = {
        .who = &who,
        .today = DAY_NEVER,
        .partial = arguments_given(args, "partial"),
    };
    struct reporting_made made;

    TRY(report_month(cli, args, &wish.month));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(reporting_export(app, cli->arena, &wish, arguments_value(args, "out"),
                         &made));
    TRY(show(cli, wish.month, &made));
    if (!cli->json)
        cli_say(cli, "cli.report_exported",
                ARG_STR("file", arguments_value(args, "out")));
    return OK;
}

/* --- tables --------------------------------------------------------------- */

static const struct option check_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "month", "MONTH", true, "cli.option.month" },
    { "as", "USER", false, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct option export_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "month", "MONTH", true, "cli.option.month" },
    { "out", "FILE", true, "cli.option.report_out" },
    { "as", "USER", true, "cli.option.as" },
    { "partial", NULL, false, "cli.option.partial" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand report_check_command = {
    .name = "report check",
    .help = "cli.help.report_check",
    .about = "cli.about.report_check",
    .options = check_options,
    .option_count = COUNT(check_options),
    .run = run_check,
};

const struct subcommand report_export_command = {
    .name = "report export",
    .help = "cli.help.report_export",
    .about = "cli.about.report_export",
    .options = export_options,
    .option_count = COUNT(export_options),
    .run = run_export,
};
