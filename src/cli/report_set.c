/*
 * tenstar report set|fields -- say what no journal knows; see which columns
 * there are and whose particulars they show.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/report.h"
#include "codec/json.h"
#include "service/particulars.h"
#include "service/reporting.h"

/* --- report set ---- */

static err take_word(struct cli *cli, str word, struct particular *out)
{
    size_t equals = str_index(word, '=');

    if (equals == word.n || equals == 0)
        return err_new(cli->arena, ERR_INVALID, "cli.report_word",
                       ARG_STR("word", word));
    *out = (struct particular){
        str_first(word, equals),
        str_trim(str_from(word, equals + 1)),
    };
    return OK;
}

static err take_words(struct cli *cli, const struct arguments *args,
                      struct particulars_order *order)
{
    size_t n = args->operand_count - 1;
    struct particular *said = arena_array(cli->arena, n, sizeof *said);

    TRY_MEMORY(said);
    for (size_t i = 0; i < n; i++)
        TRY(take_word(cli, arguments_operand(args, i + 1), &said[i]));
    order->said = said;
    order->n = n;
    return OK;
}

static err run_set(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;
    struct particulars_order order = {
        .who = &who,
        .today = DAY_NEVER,
        .ref = arguments_operand(args, 0),
    };

    TRY(take_words(cli, args, &order));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(particulars_say(app, cli->arena, &order));
    if (!cli->json) {
        cli_say(cli, "cli.report_set", ARG_STR("subject", order.ref),
                ARG_INT("count", order.n));
        return OK;
    }

    struct json *j = json_new_object(cli->arena);
    struct json *codes = json_new_array(cli->arena);
    for (size_t i = 0; i < order.n; i++)
        json_add(codes, json_new_str(cli->arena, order.said[i].code));
    json_set(j, S("subject"), json_new_str(cli->arena, order.ref));
    json_set(j, S("said"), codes);
    return cli_print_json(cli, j);
}

/* --- report fields ---- */

static str subject_name(const struct dictionary_field *f)
{
    return f->of == OF_NOBODY ? S("") : str_of(filing_subject_names[f->of]);
}

static str particular_name(const struct dictionary_field *f)
{
    if (f->of == OF_NOBODY)
        return S("");
    return f->by.n > 0 ? f->by : f->code;
}

static struct json *field_json(struct arena *a, const struct dictionary *d,
                               const struct dictionary_field *f)
{
    static const char *const needs[] = {
        [NEED_NEVER] = "never", [NEED_ALWAYS] = "always", [NEED_WHEN] = "when"
    };
    struct json *j = json_new_object(a);
    struct json *label = json_new_object(a);

    json_set(label, S("zh"), json_new_str(a, f->label.zh));
    json_set(label, S("en"), json_new_str(a, f->label.en));
    json_set(j, S("code"), json_new_str(a, f->code));
    json_set(j, S("title"), json_new_str(a, f->title));
    json_set(j, S("label"), label);
    json_set(j, S("need"), json_new_str(a, str_of(needs[f->need])));
    json_set(j, S("table"),
             f->table < 0 ? json_new_null(a)
                          : json_new_str(a, d->tables[f->table].id));
    json_set(j, S("subject"), json_new_str(a, subject_name(f)));
    json_set(j, S("particular"), json_new_str(a, particular_name(f)));
    json_set(j, S("assumed"), json_new_bool(a, f->assumed));
    return j;
}

static err print_fields(struct cli *cli, const struct dictionary *d)
{
    struct arena *a = cli->arena;
    struct json *whole = json_new_object(a);
    struct json *sheets = json_new_array(a);

    for (int s = 0; s < SHEET_COUNT; s++) {
        struct json *sheet = json_new_object(a);
        struct json *fields = json_new_array(a);

        for (size_t i = 0; i < d->sheets[s].n; i++)
            json_add(fields, field_json(a, d, &d->sheets[s].fields[i]));
        json_set(sheet, S("name"), json_new_str(a, d->sheets[s].name));
        json_set(sheet, S("fields"), fields);
        json_add(sheets, sheet);
    }
    json_set(whole, S("edition"), json_new_str(a, d->edition));
    json_set(whole, S("sheets"), sheets);
    return cli_print_json(cli, whole);
}

static void say_field(struct cli *cli, const struct dictionary_field *f)
{
    buf_str(&cli->out, S("    "));
    if (f->of == OF_NOBODY)
        cli_say(cli, "cli.report_field", ARG_STR("code", f->code),
                ARG_LABEL("label", f->label));
    else
        cli_say(cli, "cli.report_field_of", ARG_STR("code", f->code),
                ARG_LABEL("label", f->label),
                ARG_STR("subject", subject_name(f)),
                ARG_STR("particular", particular_name(f)));
}

static err run_fields(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    const struct dictionary *d;
    struct clock_set clock;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(reporting_dictionary(app, cli->arena, &d));
    if (cli->json)
        return print_fields(cli, d);
    for (int s = 0; s < SHEET_COUNT; s++) {
        cli_say(cli, "cli.report_fields", ARG_STR("sheet", d->sheets[s].name));
        for (size_t i = 0; i < d->sheets[s].n; i++)
            say_field(cli, &d->sheets[s].fields[i]);
    }
    return OK;
}

/* --- tables ---- */

static const struct operand set_operands[] = {
    { .name = "SUBJECT", .help = "cli.operand.subject" },
    { .name = "FIELD=VALUE", .rest = true, .help = "cli.operand.particulars" },
};

static const struct option set_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct option fields_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand report_set_command = {
    .name = "report set",
    .help = "cli.help.report_set",
    .about = "cli.about.report_set",
    .operands = set_operands,
    .operand_count = COUNT(set_operands),
    .options = set_options,
    .option_count = COUNT(set_options),
    .run = run_set,
};

const struct subcommand report_fields_command = {
    .name = "report fields",
    .help = "cli.help.report_fields",
    .options = fields_options,
    .option_count = COUNT(fields_options),
    .run = run_fields,
};
