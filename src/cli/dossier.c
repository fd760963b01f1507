/*
 * tenstar dossier CASE --out FILE -- the record of a decision as a file that a
 * stranger can check, whole or without some of its parts. [17065 7.12]
 */

#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "codec/json.h"
#include "domain/dossier.h"
#include "service/disclosure.h"

/* "team,answers" */
static err read_parts(struct cli *cli, str given, unsigned *out)
{
    str rest = given;
    unsigned parts = 0;

    while (rest.n > 0) {
        str name = str_cut(&rest, ',');
        int part = dossier_part(name);

        if (part < 0)
            return err_new(
                cli->arena, ERR_INVALID, "cli.dossier_part",
                ARG_STR("part", name),
                ARG_STR("parts",
                        cli_dossier_parts(cli, (1U << DOSSIER_PARTS) - 1)));
        parts |= 1U << part;
    }
    *out = parts;
    return OK;
}

static err print_json(struct cli *cli, const struct disclosure *x, str path)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    struct json *withheld = json_new_array(a);

    for (int i = 0; i < DOSSIER_PARTS; i++) {
        if ((x->withheld >> i & 1) != 0)
            json_add(withheld, json_new_str(a, str_of(dossier_part_names[i])));
    }
    json_set(j, S("case"), json_new_str(a, x->number));
    json_set(j, S("file"), json_new_str(a, path));
    json_set(j, S("entry"), json_new_int(a, x->index));
    json_set(j, S("bytes"), json_new_int(a, (int64_t)x->archive.n));
    json_set(j, S("withheld"), withheld);
    return cli_print_json(cli, j);
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    str path = arguments_value(args, "out");
    struct disclosure_wish wish = { .ref = arguments_operand(args, 0) };
    struct disclosure made;
    struct session who;
    struct clock_set clock;

    TRY(read_parts(cli, arguments_value(args, "without"), &wish.withheld));
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    wish.who = &who;
    TRY(disclosure_make(app, cli->arena, &wish, &made));
    TRY(file_write(cli->files, cli->arena, path, made.archive, FILE_PUBLIC));
    if (cli->json)
        return print_json(cli, &made, path);
    cli_say(cli, "cli.dossier", ARG_STR("number", made.number),
            ARG_STR("file", path), ARG_INT("entry", made.index));
    if (made.withheld != 0)
        cli_say(cli, "cli.dossier_withheld",
                ARG_STR("parts", cli_dossier_parts(cli, made.withheld)));
    return OK;
}

static const struct operand operands[] = {
    { .name = "CASE", .help = "cli.operand.case" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "out", "FILE", true, "cli.option.dossier_out" },
    { "without", "PARTS", false, "cli.option.dossier_without" },
    { "as", "USER", false, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand dossier_command = {
    .name = "dossier",
    .help = "cli.help.dossier",
    .about = "cli.about.dossier",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
