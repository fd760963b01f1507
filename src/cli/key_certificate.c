/*
 * tenstar key request|certificate|import -- the certificates of the keys for
 * documents, and keys that were made elsewhere.
 *
 *   [KC1] The passphrase of such a key is no word of the command line either
 *         (key.c).
 */

#include "base/size.h"
#include "cli/key.h"
#include "cli/values.h"
#include "codec/json.h"

/* --- key request ------------------------------------------------------ */

static err write_request(struct cli *cli, const struct arguments *args, str pem)
{
    str path = arguments_value(args, "out");
    struct json *j = json_new_object(cli->arena);

    TRY(file_write(cli->files, cli->arena, path, pem, FILE_PUBLIC));
    if (!cli->json) {
        cli_say(cli, "cli.key_request_written", ARG_STR("path", path));
        return OK;
    }
    json_set(j, S("path"), json_new_str(cli->arena, path));
    return cli_print_json(cli, j);
}

static err run_request(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    int purpose;
    str pem;

    TRY(cli_choose(cli, arguments_operand(args, 0), key_purpose_names,
                   &purpose));
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(keys_request(app, cli->arena, (enum key_purpose)purpose, &pem));
    if (arguments_given(args, "out"))
        return write_request(cli, args, pem);
    buf_str(&cli->out, pem);
    return cli_print_text(cli, "request");
}

/* --- key certificate, import ------------------------------------------ */

static err run_certificate(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct key_work w = { 0 };
    int64_t serial;
    int purpose;
    str pem;

    TRY(cli_choose(cli, arguments_operand(args, 0), key_purpose_names,
                   &purpose));
    TRY(file_read(cli->files, cli->arena, arguments_operand(args, 1),
                  KEYS_PEM_MAX, &pem));
    err e = key_begin(cli, args, &w);
    app = w.app;
    TRY(e);
    TRY(keys_certify(app, cli->arena, &w.order, (enum key_purpose)purpose, pem,
                     &serial));
    return key_done(cli, app, "cli.key_certified", (enum key_purpose)purpose,
                    serial);
}

/* [KC1] */
static err run_import(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct key_import wish = { .passphrase = str_of(cli->import_passphrase) };
    struct key_work w = { 0 };
    int64_t serial;
    int purpose;

    TRY(cli_choose(cli, arguments_operand(args, 0), key_purpose_names,
                   &purpose));
    TRY(file_read(cli->files, cli->arena, arguments_value(args, "from"),
                  KEYS_PEM_MAX, &wish.pem));
    wish.purpose = (enum key_purpose)purpose;
    err e = key_begin(cli, args, &w);
    app = w.app;
    TRY(e);
    TRY(keys_import(app, cli->arena, &w.order, &wish, &serial));
    return key_done(cli, app, "cli.key_imported", wish.purpose, serial);
}

/* --- tables ----------------------------------------------------------- */

static const struct option request_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "out", "FILE", false, "cli.option.key_request" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct operand request_operands[] = {
    { .name = "PURPOSE", .help = "cli.operand.key_certified" },
};

const struct subcommand key_request_command = {
    .name = "key request",
    .help = "cli.help.key_request",
    .about = "cli.about.key_request",
    .operands = request_operands,
    .operand_count = COUNT(request_operands),
    .options = request_options,
    .option_count = COUNT(request_options),
    .run = run_request,
};

static const struct option certificate_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct operand certificate_operands[] = {
    { .name = "PURPOSE", .help = "cli.operand.key_certified" },
    { .name = "FILE", .help = "cli.operand.key_certificate" },
};

const struct subcommand key_certificate_command = {
    .name = "key certificate",
    .help = "cli.help.key_certificate",
    .about = "cli.about.key_certificate",
    .operands = certificate_operands,
    .operand_count = COUNT(certificate_operands),
    .options = certificate_options,
    .option_count = COUNT(certificate_options),
    .run = run_certificate,
};

static const struct option import_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "from", "FILE", true, "cli.option.key_from" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand key_import_command = {
    .name = "key import",
    .help = "cli.help.key_import",
    .about = "cli.about.key_import",
    .operands = request_operands,
    .operand_count = COUNT(request_operands),
    .options = import_options,
    .option_count = COUNT(import_options),
    .run = run_import,
};
