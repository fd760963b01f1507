/* tenstar records screen FILE -- what made-up records often look like: where to
 * draw rows, and nothing more (docs/screens.md). [M9] [M15] */

#include "base/arena.h"
#include "base/size.h"
#include "cli/cli.h"
#include "cli/records.h"
#include "codec/json.h"
#include "service/records_risk.h"

enum { LINES_TEXT = 1000 };

static err take_audit(struct cli *cli, const struct arguments *args,
                      struct records_terms *t)
{
    t->screens = true;
    TRY(entropy_fill(cli->entropy, &t->key, sizeof t->key));
    if (!arguments_given(args, "audit"))
        return OK;
    return cli_day(cli, arguments_value(args, "audit"), &t->audit);
}

/* --- lines of rows to draw ----------------------------------------------- */

struct drawn {
    struct records_line *lines; /* of all results, one after the other */
    size_t n;
};

static err find_lines(struct cli *cli, const struct records_input *in,
                      const struct records_file *file,
                      const struct screen_result *results, struct drawn *out)
{
    struct records_line *lines =
        arena_zero(cli->arena,
                   (size_t)SCREEN_COUNT * SCREEN_ROWS * sizeof *lines);
    size_t n = 0;

    TRY_MEMORY(lines);
    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        for (size_t row = 0; row < results[i].rows_n; row++)
            lines[n++].at = results[i].rows[row];
    }
    *out = (struct drawn){ lines, n };
    return n == 0 ? OK
                  : records_lines(cli->arena, cli->heap, in, file, lines, n);
}

/* --- as a document --- */

static err print_results(struct cli *cli, const struct records_figures *f,
                         const struct drawn *drawn)
{
    struct json *j = json_new_object(cli->arena);

    json_set_int(cli->arena, j, "tickets", (int64_t)f->screened);
    json_set(j, S("screens"),
             risk_screens_json(cli->arena, f->screens, drawn->lines));
    return cli_print_json(cli, j);
}

/* For the plan of samples (service/records_risk.h). */
static err write_note(struct cli *cli, const struct arguments *args,
                      const struct records_input *in,
                      const struct records_figures *f,
                      const struct drawn *drawn)
{
    struct sheet_maker by = { .program = S(PROGRAM_VERSION) };
    str path = arguments_value(args, "note");
    str note;

    TRY(cli_today(cli, args, &by.made));
    TRY(risk_make(cli->arena, in, f, drawn->lines, &by, &note));
    TRY(file_write(cli->files, cli->arena, path, note, FILE_PUBLIC));
    cli_say(cli, "cli.records_note", ARG_STR("path", path));
    return OK;
}

/* --- in words --- */

static void say_lines(struct cli *cli, const struct screen_result *r,
                      const struct records_line *lines)
{
    struct buf b;

    buf_init(&b, cli->arena, LINES_TEXT);
    for (size_t i = 0; i < r->rows_n; i++) {
        buf_str(&b, i > 0 ? S(" ") : S(""));
        buf_int(&b, (int64_t)lines[i].line);
    }
    buf_str(&cli->out, S("  "));
    cli_say(cli, "cli.records_draw", ARG_INT("concerned", r->concerned),
            ARG_STR("lines", cli_text(cli, &b)));
}

static void say_raised(struct cli *cli, const struct screen_result *r,
                       const struct records_line *lines)
{
    struct err_arg args[SCREEN_ARGS];

    cli_say(cli, screen_name(r->screen));
    screen_arguments(r, args);
    buf_str(&cli->out, S("  "));
    cli_say_args(cli, screen_says(r->screen), args);
    say_lines(cli, r, lines);
}

/* Those of a status, by name. */
static void say_names(struct cli *cli, const struct screen_result *results,
                      enum screen_status status, const char *says)
{
    struct buf b;
    size_t n = 0;

    buf_init(&b, cli->arena, LINES_TEXT);
    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        if (results[i].status != status)
            continue;
        buf_printf(&b, "%s%s", n++ > 0 ? "|" : "", screen_name((enum screen)i));
    }
    if (n > 0)
        cli_say(cli, says, ARG_IDS("screens", cli_text(cli, &b)));
}

static void say_results(struct cli *cli, const struct records_figures *f,
                        const struct drawn *drawn)
{
    const struct records_line *lines = drawn->lines;

    cli_say(cli, "cli.records_screened", ARG_INT("tickets", f->screened));
    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        if (f->screens[i].status == SCREEN_RAISED)
            say_raised(cli, &f->screens[i], lines);
        lines += f->screens[i].rows_n;
    }
    say_names(cli, f->screens, SCREEN_QUIET, "cli.records_quiet");
    say_names(cli, f->screens, SCREEN_CANNOT_TELL, "cli.records_cannot_tell");
    cli_say(cli, "cli.records_no_verdict");
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(records_figures_end) struct records_figures *f = NULL;
    struct records_terms terms;
    struct records_teller teller;
    struct records_input in;
    struct records_file file;
    struct drawn drawn = { 0 };

    TRY(cli_records_terms(cli, args, &terms));
    TRY(take_audit(cli, args, &terms));
    TRY(cli_records_input(cli, args, &teller, &in));
    TRY(records_open(cli->arena, cli->heap, &in, &file));
    TRY(records_figures(cli->arena, cli->heap, &in, &file, &terms, &f));
    TRY(find_lines(cli, &in, &file, f->screens, &drawn));
    if (!cli->json)
        say_results(cli, f, &drawn);
    if (arguments_given(args, "note"))
        TRY(write_note(cli, args, &in, f, &drawn));
    return cli->json ? print_results(cli, f, &drawn) : OK;
}

static const struct operand operands[] = {
    { .name = "FILE", .help = "cli.operand.records" },
};

static const struct option options[] = {
    CLI_RECORDS_FILE_OPTIONS,
    CLI_RECORDS_TERM_OPTIONS,
    { "audit", "DAY", false, "cli.option.audit_day" },
    { "note", "NOTE.json", false, "cli.option.records_note" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand records_screen_command = {
    .name = "records screen",
    .help = "cli.help.records_screen",
    .about = "cli.about.records_screen",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
