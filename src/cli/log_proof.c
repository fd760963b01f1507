/*
 * tenstar log proof NUMBER|ENTRY -- a file that proves, to whoever has the
 * verifier key, that an entry is in the transparency log.
 */

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/published.h"

enum { DIGITS_MOST = 15 };

/* Is it the index of an entry?  Certificates have letters in their numbers. */
static bool is_entry(str given, int64_t *out)
{
    int64_t index = 0;

    for (size_t i = 0; i < given.n; i++) {
        if (given.p[i] < '0' || given.p[i] > '9')
            return false;
        index = index * 10 + (given.p[i] - '0');
    }
    *out = index;
    return true;
}

static err find(struct app *app, struct cli *cli, str given,
                struct published_proof *out)
{
    int64_t index;

    if (given.n <= DIGITS_MOST && is_entry(given, &index))
        return published_proof(app, cli->arena, index, out);
    return published_proof_of(app, cli->arena, given, out);
}

static err print_json(struct cli *cli, const struct published_proof *p)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);

    json_set(j, S("index"), json_new_int(a, p->index));
    json_set(j, S("subject"), json_new_str(a, p->subject));
    json_set(j, S("size"), json_new_int(a, p->size));
    json_set(j, S("witnesses"), json_new_int(a, (int64_t)p->witnesses));
    json_set(j, S("leaf"), json_new_str(a, p->leaf));
    json_set(j, S("proof"), json_new_str(a, p->text));
    return cli_print_json(cli, j);
}

static err write_out(struct cli *cli, const struct arguments *args,
                     const struct published_proof *p)
{
    str path = arguments_value(args, "out");

    TRY(file_write(cli->files, cli->arena, path, p->text, FILE_PUBLIC));
    if (cli->json)
        return print_json(cli, p);
    cli_say(cli, "cli.log_proved", ARG_INT("index", p->index),
            ARG_STR("subject", p->subject), ARG_INT("size", p->size),
            ARG_INT("witnesses", p->witnesses), ARG_STR("file", path));
    return OK;
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct published_proof p;
    struct clock_set clock;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(find(app, cli, arguments_operand(args, 0), &p));
    if (arguments_given(args, "out"))
        return write_out(cli, args, &p);
    if (cli->json)
        return print_json(cli, &p);
    buf_str(&cli->out, p.text);
    return OK;
}

static const struct operand operands[] = {
    { .name = "NUMBER|ENTRY", .help = "cli.operand.log_entry" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "out", "FILE", false, "cli.option.log_proof" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand log_proof_command = {
    .name = "log proof",
    .help = "cli.help.log_proof",
    .about = "cli.about.log_proof",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
