/*
 * tenstar restore FOLDER --data DIR [--to MOMENT] -- a backup brought back into
 * a folder that has the keys, and proved; with --list what backups there are.
 * (service/backup.h)
 *
 *   [RS1] MOMENT is a day, whose last backup is meant, a moment as
 *         2026-11-29T16:15:00Z, or the name of a backup as --list has it.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/backup.h"
#include "verify/instant.h"

enum { LAST_MICROS = 999999 }; /* of a second */

/* --- which [RS1] ---------------------------------------------------------- */

static err take_moment(struct cli *cli, int64_t at, str *out)
{
    char name[BACKUP_NAME];

    TRY_MEMORY(arena_str(cli->arena, backup_name(at, name), out));
    return OK;
}

static err read_upto(struct cli *cli, const struct arguments *args, str *out)
{
    str given = arguments_value(args, "to");
    int64_t at;
    day on;

    *out = S("");
    if (given.n == 0)
        return OK;
    if (instant_parse(given, &at))
        return take_moment(cli, at + LAST_MICROS, out);
    if (day_parse(given, &on))
        return take_moment(cli, instant_day_end(on) + LAST_MICROS, out);
    *out = given;
    return backup_is_name(given)
               ? OK
               : err_new(cli->arena, ERR_INVALID, "cli.moment",
                         ARG_STR("given", given));
}

/* --- what there is -------------------------------------------------------- */

static void print_lines(struct cli *cli, const struct backup_line *l, size_t n)
{
    for (size_t i = 0; i < n; i++)
        cli_say(cli, "cli.backup_line", ARG_STR("name", l[i].name),
                ARG_INT("rows", l[i].rows), ARG_INT("entries", l[i].log_size),
                ARG_STR("made_by", l[i].made_by));
    if (n == 0)
        cli_say(cli, "cli.backup_none");
}

static err print_list(struct cli *cli, const struct app_world *w, str folder)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_array(a);
    struct list lines;

    TRY(backup_list(a, w, folder, &lines));
    const struct backup_line *l = lines.p;
    if (!cli->json) {
        print_lines(cli, l, lines.n);
        return OK;
    }
    for (size_t i = 0; i < lines.n; i++) {
        struct json *one = json_new_object(a);

        json_set(one, S("name"), json_new_str(a, l[i].name));
        json_set(one, S("rows"), json_new_int(a, l[i].rows));
        json_set(one, S("log_entries"), json_new_int(a, l[i].log_size));
        json_set(one, S("made_by"), json_new_str(a, l[i].made_by));
        json_add(j, one);
    }
    return cli_print_json(cli, j);
}

/* --- bringing it back ----------------------------------------------------- */

static err print_restored(struct cli *cli, const struct restored *r)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);

    json_set(j, S("name"), json_new_str(a, r->name));
    json_set(j, S("rows"), json_new_int(a, r->rows));
    json_set(j, S("files"), json_new_int(a, r->files));
    json_set(j, S("streams"), json_new_int(a, r->counts.streams));
    json_set(j, S("events"), json_new_int(a, r->counts.events));
    json_set(j, S("cases"), json_new_int(a, r->counts.cases));
    json_set(j, S("certificates"), json_new_int(a, r->counts.certificates));
    json_set(j, S("log_entries"), json_new_int(a, r->counts.entries));
    return cli_print_json(cli, j);
}

static err bring_back(struct cli *cli, const struct arguments *args,
                      const struct app_world *w)
{
    struct restore_wish wish = { .backup = arguments_operand(args, 0),
                                 .dir = arguments_value(args, "data") };
    struct restored r;

    if (wish.dir.n == 0)
        return err_new(cli->arena, ERR_INVALID, "cli.needs_option",
                       ARG_STR("option", S("data")), ARG_STR("value", S("DIR")),
                       ARG_STR("subcommand", S("restore")));
    TRY(read_upto(cli, args, &wish.upto));
    TRY(backup_restore(cli->arena, w, &wish, &r));
    if (cli->json)
        return print_restored(cli, &r);
    cli_say(cli, "cli.restored", ARG_STR("name", r.name),
            ARG_INT("rows", r.rows), ARG_INT("files", r.files),
            ARG_INT("events", r.counts.events),
            ARG_INT("cases", r.counts.cases),
            ARG_INT("certificates", r.counts.certificates),
            ARG_INT("entries", r.counts.entries));
    return OK;
}

static err run(struct cli *cli, const struct arguments *args)
{
    struct app_world world;
    struct clock_set clock;

    TRY(cli_world(cli, args, &clock, &world));
    if (arguments_given(args, "list"))
        return print_list(cli, &world, arguments_operand(args, 0));
    return bring_back(cli, args, &world);
}

static const struct operand operands[] = {
    { .name = "FOLDER", .help = "cli.operand.backup" },
};

static const struct option options[] = {
    { "data", "DIR", false, "cli.option.restore_data" },
    { "to", "MOMENT", false, "cli.option.restore_to" },
    { "list", NULL, false, "cli.option.restore_list" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand restore_command = {
    .name = "restore",
    .help = "cli.help.restore",
    .about = "cli.about.restore",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
