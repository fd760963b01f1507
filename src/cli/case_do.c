/*
 * tenstar case do CASE COMMAND [FIELD=VALUE...] -- carry out a command, on a
 * case, or on "enterprise:USCC", "person:LOGIN", "body".  With --help: what the
 * command is, who may give it, and its fields.
 *
 * FIELD=@FILE takes the value from a file.  With document.add, file=PATH keeps
 * the file and fills in its hash, size and, if it has none, its title; with
 * risk.note, file=PATH is the note, which says the rest.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"
#include "base/size.h"
#include "cli/command_text.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "codec/record.h"
#include "domain/event.h"
#include "domain/sub.h"
#include "service/cases.h"
#include "service/file_type.h"
#include "service/records_case.h"
#include "service/records_risk_case.h"
#include "service/registers.h"
#include "service/sequence.h"

enum { VALUE_MAX = 16 << 20 };

/* What the words after the command come to. */
struct doing {
    struct cli *cli;
    struct app *app;
    const struct session *who;
    const struct arguments *args;
    str *words;
    size_t n;
};

static err add_word(struct doing *d, const char *name, str value)
{
    struct buf b;

    buf_init(&b, d->cli->arena, VALUE_MAX);
    buf_str(&b, str_of(name));
    buf_char(&b, '=');
    buf_str(&b, value);
    return buf_done(&b, &d->words[d->n++]);
}

static str base_name(str path)
{
    while (str_index(path, '/') < path.n)
        path = str_from(path, str_index(path, '/') + 1);
    return path;
}

/* How many of the words begin so. */
static size_t count_given(const struct doing *d, str prefix)
{
    size_t n = 0;

    for (size_t i = 2; i < d->args->operand_count; i++)
        n += str_begins(d->args->operands[i], prefix);
    return n;
}

static err keep_document(struct doing *d, str path)
{
    struct cli *cli = d->cli;
    struct hash hash;
    str bytes;
    str digits;

    TRY(file_read(cli->files, cli->arena, path, CASE_FILE_MAX, &bytes));
    if (bytes.n == 0)
        return err_new(cli->arena, ERR_INVALID, "document.empty",
                       ARG_STR("path", path));

    struct case_upload file = { bytes, S("application/octet-stream"),
                                base_name(path) };
    str own;
    TRY(file_type_own(cli->arena, bytes, &own));
    TRY(records_case_takes(d->app, cli->arena, own, bytes));
    file.media_type = own.n > 0 ? own : file.media_type;
    TRY(cases_keep_file(d->app, cli->arena, d->who, &file, &hash));
    TRY(hex_text(cli->arena, hash.b, sizeof hash.b, &digits));
    TRY(add_word(d, "blob", digits));

    struct buf size;
    str size_text;
    buf_init(&size, cli->arena, 32);
    buf_int(&size, (int64_t)bytes.n);
    TRY(buf_done(&size, &size_text));
    TRY(add_word(d, "size", size_text));
    if (count_given(d, S("title=")) == 0)
        TRY(add_word(d, "title", base_name(path)));
    return OK;
}

/* --- a note of rows to draw ----------------------------------------------- */

static bool notes_risk(const struct arguments *args)
{
    return str_eq(arguments_operand(args, 1), S("risk.note"));
}

/* The value of FIELD=VALUE among the operands, or an empty str. */
static str operand_given(const struct arguments *args, str prefix)
{
    for (size_t i = 2; i < args->operand_count; i++) {
        if (str_begins(args->operands[i], prefix))
            return str_from(args->operands[i], prefix.n);
    }
    return S("");
}

static err note_risk(struct cli *cli, const struct arguments *args,
                     struct app *app, const struct case_order *order,
                     struct case_answer *out)
{
    str path = operand_given(args, S("file="));
    struct risk_file file = { .title = operand_given(args, S("title=")),
                              .name = base_name(path) };

    if (path.n == 0)
        return err_new(cli->arena, ERR_INVALID, "document.no_file");
    TRY(file_read(cli->files, cli->arena, path, RISK_NOTE_MAX, &file.bytes));
    return records_risk_add(app, cli->arena, order, &file, out);
}

/* FIELD=@FILE */
static err read_value(struct doing *d, str word, size_t equals)
{
    struct cli *cli = d->cli;
    str path = str_from(word, equals + 2);
    str value;
    str name;

    TRY(file_read(cli->files, cli->arena, path, VALUE_MAX, &value));
    TRY_MEMORY(arena_str(cli->arena, str_first(word, equals), &name));
    return add_word(d, name.p, str_trim(value));
}

static bool adds_document(const struct doing *d)
{
    return str_eq(arguments_operand(d->args, 1), S("document.add"));
}

static err take_word(struct doing *d, str word)
{
    size_t equals = str_index(word, '=');

    if (adds_document(d) && str_begins(word, S("file=")))
        return keep_document(d, str_from(word, 5));
    if (equals + 1 < word.n && word.p[equals + 1] == '@')
        return read_value(d, word, equals);
    d->words[d->n++] = word;
    return OK;
}

/* A document comes as one file, or by what is kept of it already. */
static err check_file(const struct doing *d)
{
    size_t files = count_given(d, S("file="));

    if (!adds_document(d))
        return OK;
    if (files > 1)
        return err_new(d->cli->arena, ERR_INVALID, "record.twice",
                       ARG_STR("path", S("file")));
    if (files == 0 && count_given(d, S("blob=")) == 0)
        return err_new(d->cli->arena, ERR_INVALID, "document.no_file");
    return OK;
}

/* A file becomes three words. */
static err take_words(struct doing *d)
{
    size_t most = d->args->operand_count + 3;

    TRY(check_file(d));
    d->words = arena_array(d->cli->arena, most, sizeof *d->words);
    TRY_MEMORY(d->words);
    for (size_t i = 2; i < d->args->operand_count; i++)
        TRY(take_word(d, d->args->operands[i]));
    return OK;
}

/* A command of a case on a register, or the other way round. */
static err check_ref(struct cli *cli, str ref, const struct command_row *c)
{
    if (registers_ref(ref) == (c->right == NULL))
        return OK;
    return err_new(cli->arena, ERR_INVALID, "command.elsewhere",
                   ARG_STR("name", str_of(c->name)), ARG_STR("ref", ref),
                   ARG_STR("want", str_of(command_row_ref(c))));
}

/* The value of FIELD=VALUE, or an empty str. */
static str value_given(const struct doing *d, str field)
{
    for (size_t i = 0; i < d->n; i++) {
        size_t equals = str_index(d->words[i], '=');

        if (str_eq(str_first(d->words[i], equals), field))
            return str_from(d->words[i], equals + 1);
    }
    return S("");
}

/* What is no JSON may be the name of a file, with the @ forgotten. */
static err perhaps_file(struct doing *d, err e)
{
    struct cli *cli = d->cli;
    str path;
    str value;
    str bytes;

    if (!failed(e) || strcmp(e.info->id, "record.json") != 0)
        return e;
    path = e.info->args[0].text;
    value = value_given(d, path);
    if (failed(file_read(cli->files, cli->arena, value, VALUE_MAX, &bytes)))
        return e;
    return err_new(cli->arena, ERR_INVALID, "command.at_file",
                   ARG_STR("path", path), ARG_STR("file", value));
}

static err read_data(struct doing *d, const struct case_order *order,
                     struct json **out)
{
    struct arena *a = d->cli->arena;
    struct command_row c;

    TRY(command_row_find(a, order->command, &c));
    TRY(check_ref(d->cli, order->ref, &c));
    TRY(take_words(d));
    return perhaps_file(d, record_words(a, c.record, d->words, d->n, out));
}

static err print_answer(struct cli *cli, const struct case_answer *answer)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    struct json *events = json_new_array(a);
    const str *names = answer->events.p;
    char id_digits[ID_TEXT];
    char late[DAY_TEXT];

    for (size_t i = 0; i < answer->events.n; i++)
        json_add(events, json_new_str(a, names[i]));
    json_set(j, S("number"), json_new_str(a, answer->number));
    json_set(j, S("id"), json_new_str(a, id_text(answer->id, id_digits)));
    json_set(j, S("version"), json_new_int(a, answer->version));
    json_set(j, S("events"), events);
    if (answer->certificate.n > 0)
        json_set(j, S("certificate"), json_new_str(a, answer->certificate));
    json_set(j, S("late"),
             answer->late == DAY_NEVER
                 ? json_new_null(a)
                 : json_new_str(a, day_text(answer->late, late)));
    json_set(j, S("repeated"), json_new_bool(a, answer->repeated));
    return cli_print_json(cli, j);
}

/* The number of the sub-certificate that was issued; empty: none was. */
static err find_sub(const struct doing *d, const struct case_answer *answer,
                    str *out)
{
    const str *names = answer->events.p;
    struct case_file file;

    *out = S("");
    if (answer->events.n == 0 || !str_eq(names[0], S("sub.recorded")))
        return OK;
    TRY(cases_load(d->app, d->cli->arena, d->who, answer->number, &file));
    for (const struct event *e = file.events.first; e != NULL; e = e->next) {
        if (e->n == answer->version)
            *out = ((const struct sub_certificate *)e->data)->number;
    }
    return OK;
}

static err say_answer(const struct doing *d, const struct case_answer *answer)
{
    const str *names = answer->events.p;
    struct cli *cli = d->cli;
    str sub;

    TRY(find_sub(d, answer, &sub));

    for (size_t i = 0; i < answer->events.n; i++) {
        cli_say(cli, "cli.done", ARG_STR("number", answer->number),
                ARG_INT("version", answer->version),
                ARG_STR("event", names[i]));
        if (str_eq(names[i], S("certificate.recorded")))
            cli_say(cli, "cli.issued", ARG_STR("number", answer->certificate));
    }
    if (sub.n > 0)
        cli_say(cli, "cli.issued", ARG_STR("number", sub));
    if (answer->late != DAY_NEVER)
        cli_say(cli, "cli.late", ARG_DAY("due", answer->late));
    return OK;
}

static err take_command_id(struct cli *cli, const struct arguments *args,
                           id *out)
{
    str given = arguments_value(args, "command-id");

    if (given.n > 0 && !id_parse(given, out))
        return err_new(cli->arena, ERR_INVALID, "cli.command_id",
                       ARG_STR("given", given));
    return OK;
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct doing d = { .cli = cli, .args = args };
    struct clock_set clock;
    struct session who;
    struct case_answer answer;
    struct json *data = NULL;
    int64_t entries;
    struct case_order order = {
        .who = &who,
        .today = DAY_NEVER,
        .ref = arguments_operand(args, 0),
        .enterprise = arguments_value(args, "enterprise"),
        .command = arguments_operand(args, 1),
    };

    TRY(take_command_id(cli, args, &order.command_id));
    TRY(arguments_number(cli->arena, args, "expect",
                         (struct number_rule){ 0, INT64_MAX, -1 },
                         &order.expected));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    d.app = app;
    TRY(cli_session(cli, args, app, &who));
    d.who = &who;
    if (notes_risk(args)) {
        TRY(note_risk(cli, args, app, &order, &answer));
    } else {
        TRY(read_data(&d, &order, &data));
        order.data = data;
        TRY(registers_ref(order.ref)
                ? registers_do(app, cli->arena, &order, &answer)
                : cases_do(app, cli->arena, &order, &answer));
    }
    TRY(sequence_log(app, cli->arena, &entries));
    return cli->json ? print_answer(cli, &answer) : say_answer(&d, &answer);
}

/* `case do CASE COMMAND --help`; CASE may be left out. */
static err explain(struct cli *cli, const struct arguments *args, bool *said)
{
    struct command_row c;

    *said = args->operand_count > 0;
    if (!*said)
        return OK;
    TRY(command_row_find(cli->arena,
                         arguments_operand(args,
                                           args->operand_count > 1 ? 1 : 0),
                         &c));
    command_help(&cli->out, cli->lang, &c);
    return OK;
}

static const struct operand operands[] = {
    { .name = "CASE", .help = "cli.operand.case_or_new" },
    { .name = "COMMAND", .help = "cli.operand.command" },
    { .name = "FIELD=VALUE",
      .optional = true,
      .rest = true,
      .help = "cli.operand.fields" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
    { "enterprise", "USCC", false, "cli.option.enterprise" },
    { "expect", "VERSION", false, "cli.option.expect" },
    { "command-id", "ID", false, "cli.option.command_id" },
};

const struct subcommand case_do_command = {
    .name = "case do",
    .help = "cli.help.case_do",
    .about = "cli.about.case_do",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
    .explain = explain,
};
