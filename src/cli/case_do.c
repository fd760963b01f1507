/*
 * tenstar case do CASE COMMAND [FIELD=VALUE...] -- carry out a command, on a
 * case, or on "enterprise:USCC", "person:LOGIN", "body".
 *
 * FIELD=@FILE takes the value from a file.  With document.add, file=PATH keeps
 * the file and fills in its hash, size and, if it has none, its title.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "domain/command.h"
#include "domain/registers.h"
#include "service/cases.h"
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

static bool is_given(const struct doing *d, str prefix)
{
    for (size_t i = 2; i < d->args->operand_count; i++) {
        if (str_begins(d->args->operands[i], prefix))
            return true;
    }
    return false;
}

static err keep_document(struct doing *d, str path)
{
    struct cli *cli = d->cli;
    struct hash hash;
    struct buf b;
    str bytes;
    str digits;

    TRY(file_read(cli->files, cli->arena, path, CASE_FILE_MAX, &bytes));

    struct case_upload file = { bytes, S("application/octet-stream"),
                                base_name(path) };
    TRY(cases_keep_file(d->app, cli->arena, d->who, &file, &hash));
    buf_init(&b, cli->arena, 2 * sizeof hash.b);
    buf_hex(&b, hash.b, sizeof hash.b);
    TRY(buf_done(&b, &digits));
    TRY(add_word(d, "blob", digits));

    struct buf size;
    str size_text;
    buf_init(&size, cli->arena, 32);
    buf_int(&size, (int64_t)bytes.n);
    TRY(buf_done(&size, &size_text));
    TRY(add_word(d, "size", size_text));
    if (!is_given(d, S("title=")))
        TRY(add_word(d, "title", base_name(path)));
    return OK;
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

static err take_word(struct doing *d, str word)
{
    size_t equals = str_index(word, '=');
    bool document = str_eq(arguments_operand(d->args, 1), S("document.add"));

    if (document && str_begins(word, S("file=")))
        return keep_document(d, str_from(word, 5));
    if (equals + 1 < word.n && word.p[equals + 1] == '@')
        return read_value(d, word, equals);
    d->words[d->n++] = word;
    return OK;
}

static err take_words(struct doing *d)
{
    size_t most = d->args->operand_count + 4;

    d->words = arena_array(d->cli->arena, most, sizeof *d->words);
    TRY_MEMORY(d->words);
    for (size_t i = 2; i < d->args->operand_count; i++)
        TRY(take_word(d, d->args->operands[i]));
    return OK;
}

static err read_data(struct doing *d, str command, struct json **out)
{
    const struct command_kind *of_case = command_kind_find(command);
    const struct register_kind *of_register = register_kind_find(command);
    const struct record *record = of_case != NULL       ? of_case->record
                                  : of_register != NULL ? of_register->record
                                                        : NULL;

    if (record == NULL)
        return err_new(d->cli->arena, ERR_NOT_FOUND, "command.unknown",
                       ARG_STR("name", command));
    TRY(take_words(d));
    return record_words(d->cli->arena, record, d->words, d->n, out);
}

static err print_answer(struct cli *cli, const struct case_answer *answer)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    struct json *events = json_new_array(a);
    const str *names = answer->events.p;
    char id_digits[ID_TEXT];

    for (size_t i = 0; i < answer->events.n; i++)
        json_add(events, json_new_str(a, names[i]));
    json_set(j, S("number"), json_new_str(a, answer->number));
    json_set(j, S("id"), json_new_str(a, id_text(answer->id, id_digits)));
    json_set(j, S("version"), json_new_int(a, answer->version));
    json_set(j, S("events"), events);
    if (answer->certificate.n > 0)
        json_set(j, S("certificate"), json_new_str(a, answer->certificate));
    json_set(j, S("repeated"), json_new_bool(a, answer->repeated));
    return cli_print_json(cli, j);
}

static err say_answer(struct cli *cli, const struct case_answer *answer)
{
    const str *names = answer->events.p;

    for (size_t i = 0; i < answer->events.n; i++)
        cli_say(cli, "cli.done", ARG_STR("number", answer->number),
                ARG_INT("version", answer->version),
                ARG_STR("event", names[i]));
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
    TRY(read_data(&d, order.command, &data));
    order.data = data;
    TRY(registers_ref(order.ref)
            ? registers_do(app, cli->arena, &order, &answer)
            : cases_do(app, cli->arena, &order, &answer));
    TRY(sequence_log(app, cli->arena, &entries));
    return cli->json ? print_answer(cli, &answer) : say_answer(cli, &answer);
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
};
