/*
 * tenstar register check FILE --data DIR [--on DATE] -- a list of certificates
 * as the register says they stood on a tender's date. [M24]
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/cli.h"
#include "cli/installation.h"
#include "service/batch_proofs.h"

enum { SAID_MOST = 50 }; /* rows, where nothing is written */

static err read_table(struct cli *cli, const struct arguments *args,
                      struct batch_table *out)
{
    const struct batch_reading how = {
        .sheet = arguments_value(args, "sheet"),
        .named = { [BATCH_NUMBER] = arguments_value(args, "column"),
                   [BATCH_HOLDER] = arguments_value(args, "holder"),
                   [BATCH_USCC] = arguments_value(args, "code") },
        .most = BATCH_ROWS_MAX,
    };
    str file;

    TRY(file_read(cli->files, cli->arena, arguments_operand(args, 0),
                  BATCH_FILE_MAX, &file));
    return batch_table_read(cli->arena, file, &how, out);
}

static err take_day(struct cli *cli, const struct arguments *args,
                    struct as_of *out)
{
    str on = arguments_value(args, "on");

    TRY(cli_today(cli, args, &out->today));
    out->on = out->today;
    out->known = arguments_given(args, "known");
    return on.n > 0 ? cli_day(cli, on, &out->on) : OK;
}

/* By what its name ends with. */
static err take_form(struct cli *cli, str path, enum batch_form *out)
{
    for (int f = 0; f < BATCH_FORMS; f++) {
        str ending = str_of(batch_form_names[f]);

        if (!str_ends(path, ending) || path.n == ending.n ||
            path.p[path.n - ending.n - 1] != '.')
            continue;
        *out = (enum batch_form)f;
        return OK;
    }
    return err_new(cli->arena, ERR_INVALID, "cli.batch_form",
                   ARG_STR("given", path));
}

/* --- in words ----------------------------------------------------------------
 */

static void say_counts(struct cli *cli, const struct batch *b)
{
    for (int v = 0; v < BATCH_VERDICTS; v++) {
        const char *what = batch_verdict_id((enum batch_verdict)v);

        if (b->counts[v] > 0)
            cli_say(cli, "cli.batch_count", ARG_IDS("what", str_of(what)),
                    ARG_INT("count", b->counts[v]));
    }
    cli_say(cli, "cli.batch_sum", ARG_INT("rows", b->n),
            ARG_INT("good", b->good), ARG_INT("differ", b->differ));
}

static err say_row(struct cli *cli, const struct batch_answer *x)
{
    str what = str_of(batch_verdict_id(x->verdict));
    str near;

    TRY(batch_near_text(cli->arena, x, &near));
    if (x->verdict == BATCH_VALID)
        cli_say(cli, "cli.batch_row_differs", ARG_INT("line", x->given->line),
                ARG_STR("number", x->number), ARG_STR("holder", x->holder),
                ARG_STR("uscc", x->uscc));
    else if (x->since != DAY_NEVER)
        cli_say(cli, "cli.batch_row_since", ARG_INT("line", x->given->line),
                ARG_STR("number", x->number), ARG_IDS("what", what),
                ARG_DAY("since", x->since));
    else
        cli_say(cli, near.n > 0 ? "cli.batch_row_near" : "cli.batch_row",
                ARG_INT("line", x->given->line),
                ARG_STR("number", x->given->cells[BATCH_NUMBER]),
                ARG_IDS("what", what), ARG_STR("near", near));
    return OK;
}

static err say_rows(struct cli *cli, const struct batch *b)
{
    int64_t said = 0;
    int64_t bad = (int64_t)b->n - b->good;

    for (size_t i = 0; i < b->n && said < SAID_MOST; i++) {
        if (batch_is_good(&b->answers[i]))
            continue;
        TRY(say_row(cli, &b->answers[i]));
        said++;
    }
    if (bad > said)
        cli_say(cli, "cli.batch_more", ARG_INT("count", bad - said));
    return OK;
}

/* --- into files
 * ---------------------------------------------------------------- */

static err write_result(struct cli *cli, const struct batch *b, str path,
                        enum batch_form form)
{
    str bytes;

    if (path.n == 0)
        return OK;
    TRY(batch_write(cli->arena, cli->heap, cli->lang, b, form, &bytes));
    TRY(file_write(cli->files, cli->arena, path, bytes, FILE_PUBLIC));
    if (!cli->json)
        cli_say(cli, "cli.batch_written", ARG_STR("path", path));
    return OK;
}

static err write_proofs(struct cli *cli, struct app *app, const struct batch *b,
                        str path)
{
    struct batch_proved proved;

    if (path.n == 0)
        return OK;
    TRY(batch_proofs(app, cli->arena, cli->lang, b, BATCH_PROOFS_MAX, &proved));
    TRY(file_write(cli->files, cli->arena, path, proved.archive, FILE_PUBLIC));
    if (!cli->json)
        cli_say(cli, "cli.batch_proved", ARG_STR("path", path),
                ARG_INT("certificates", proved.certificates),
                ARG_INT("proofs", proved.proofs),
                ARG_INT("credentials", proved.credentials));
    return OK;
}

/* [CLI2] */
static err print_json(struct cli *cli, const struct batch *b)
{
    str json;

    TRY(batch_json(cli->arena, cli->heap, b, &json));
    buf_str(&cli->out, json);
    return OK;
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    str out = arguments_value(args, "out");
    enum batch_form form = BATCH_XLSX;
    struct batch_table table;
    struct clock_set clock;
    struct as_of when = { 0 };
    struct batch b;

    if (out.n > 0)
        TRY(take_form(cli, out, &form));
    TRY(take_day(cli, args, &when));
    TRY(read_table(cli, args, &table));
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(batch_check(app, cli->arena, &table, &when, &b));
    cli->wrong = b.good < (int64_t)b.n;
    TRY(write_result(cli, &b, out, form));
    TRY(write_proofs(cli, app, &b, arguments_value(args, "proofs")));
    if (cli->json)
        return print_json(cli, &b);
    TRY(say_rows(cli, &b));
    say_counts(cli, &b);
    return OK;
}

static const struct operand operands[] = {
    { .name = "FILE", .help = "cli.operand.batch" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "on", "DATE", false, "cli.option.batch_on" },
    { "known", NULL, false, "cli.option.batch_known" },
    { "out", "RESULT", false, "cli.option.batch_out" },
    { "proofs", "ARCHIVE.zip", false, "cli.option.batch_proofs" },
    { "column", "NAME", false, "cli.option.batch_column" },
    { "holder", "NAME", false, "cli.option.batch_holder" },
    { "code", "NAME", false, "cli.option.batch_uscc" },
    { "sheet", "NAME", false, "cli.option.batch_sheet" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand register_check_command = {
    .name = "register check",
    .help = "cli.help.register_check",
    .about = "cli.about.register_check",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
