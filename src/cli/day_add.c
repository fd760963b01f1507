/* tenstar day add DATE 5wd|30d|3m -- what a limit ends on. */

#include "base/size.h"
#include "cli/cli.h"
#include "codec/json.h"

static err print_json(struct cli *cli, day from, struct span span,
                      struct deadline end)
{
    char from_text[DAY_TEXT];
    char end_text[DAY_TEXT];
    char span_word[SPAN_TEXT];
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);

    json_set(j, S("from"), json_new_str(a, day_text(from, from_text)));
    json_set(j, S("limit"), json_new_str(a, span_text(span, span_word)));
    json_set(j, S("on"), json_new_str(a, day_text(end.on, end_text)));
    TRY_MEMORY(
        json_set(j, S("provisional"), json_new_bool(a, end.provisional)));
    return cli_print_json(cli, j);
}

static err run(struct cli *cli, const struct arguments *args)
{
    str limit = arguments_operand(args, 1);
    struct calendar *calendar;
    struct span span;
    day from;

    TRY(cli_day(cli, arguments_operand(args, 0), &from));
    if (!span_parse(limit, &span))
        return err_new(cli->arena, ERR_INVALID, "cli.span",
                       ARG_STR("given", limit));
    if (span.n == 0) /* as schemes have it: a limit leaves some time */
        return err_new(cli->arena, ERR_INVALID, "cli.span_none",
                       ARG_STR("given", limit));
    TRY(cli_calendar(cli, &calendar));

    struct deadline end = span_end(calendar, from, span);
    if (cli->json)
        return print_json(cli, from, span, end);
    cli_say(cli, end.provisional ? "cli.day_provisional" : "cli.day_is",
            ARG_DAY("day", end.on),
            ARG_IDS("weekday", str_of((const char *[]){
                                   "weekday.0", "weekday.1", "weekday.2",
                                   "weekday.3", "weekday.4", "weekday.5",
                                   "weekday.6" }[day_weekday(end.on)])));
    return OK;
}

static const struct operand operands[] = {
    { .name = "DATE", .help = "cli.operand.date" },
    { .name = "LIMIT", .help = "cli.operand.limit" },
};

const struct subcommand day_add_command = {
    .name = "day add",
    .help = "cli.help.day_add",
    .about = "cli.about.day_add",
    .operands = operands,
    .operand_count = COUNT(operands),
    .run = run,
};
