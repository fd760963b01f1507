/*
 * tenstar register export OUT --data DIR -- the whole register as a table:
 * CSV, JSON lines or a workbook, by what the name ends with.
 *
 *   [CX1] The file is there when it is whole, and not before.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/register_export.h"

#include <errno.h>
#include <fcntl.h>

enum { PATH_MOST = 4096 };

struct writing {
    struct export_sink sink; /* first */
    struct cli *cli;
    str path;
    str part; /* what it is called until it is whole */
    int fd;
};

static err put(struct export_sink *s, str bytes)
{
    struct writing *w = (struct writing *)s;

    return file_put(w->cli->files, w->cli->arena, w->fd, w->part, bytes);
}

static err begin(struct writing *w)
{
    struct file_ops *ops = w->cli->files;
    const char *path;
    struct buf b;

    buf_init(&b, w->cli->arena, PATH_MOST);
    buf_str(&b, w->path);
    buf_str(&b, S(".part"));
    TRY(buf_done(&b, &w->part));
    TRY(file_path(w->cli->arena, w->part, &path));
    w->fd = ops->open(ops, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                      FILE_PUBLIC);
    return w->fd >= 0 ? OK : file_err(w->cli->arena, w->path, errno);
}

static err finish(struct writing *w)
{
    struct file_ops *ops = w->cli->files;
    const char *from;
    const char *to;
    int fd = w->fd;

    TRY(file_path(w->cli->arena, w->part, &from));
    TRY(file_path(w->cli->arena, w->path, &to));
    if (ops->sync(ops, fd) != 0)
        return file_err(w->cli->arena, w->path, errno);
    w->fd = -1;
    if (ops->close(ops, fd) != 0 || ops->rename(ops, from, to) != 0)
        return file_err(w->cli->arena, w->path, errno);
    return OK;
}

/* What is not whole goes away. */
static void end(struct writing *w)
{
    struct file_ops *ops = w->cli->files;
    const char *path;

    if (w->fd < 0)
        return;
    (void)ops->close(ops, w->fd);
    if (!failed(file_path(w->cli->arena, w->part, &path)))
        (void)ops->remove(ops, path);
}

static err take_form(struct cli *cli, const struct arguments *args,
                     enum export_form *out)
{
    str path = arguments_operand(args, 0);
    str given = arguments_value(args, "format");

    for (int f = 0; f < EXPORT_FORMS; f++) {
        str name = str_of(export_form_names[f]);
        bool ends = str_ends(path, name) && path.n > name.n &&
                    path.p[path.n - name.n - 1] == '.';

        if (given.n > 0 ? str_eq(given, name) : ends) {
            *out = (enum export_form)f;
            return OK;
        }
    }
    return err_new(cli->arena, ERR_INVALID, "cli.export_form",
                   ARG_STR("given", given.n > 0 ? given : path));
}

static err say(struct cli *cli, str path, int64_t rows)
{
    struct json *j;

    if (!cli->json) {
        cli_say(cli, "cli.exported", ARG_INT("count", rows),
                ARG_STR("path", path));
        return OK;
    }
    j = json_new_object(cli->arena);
    json_set(j, S("path"), json_new_str(cli->arena, path));
    json_set(j, S("rows"), json_new_int(cli->arena, rows));
    return cli_print_json(cli, j);
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    scoped(end) struct writing w = {
        .sink = { put },
        .cli = cli,
        .path = arguments_operand(args, 0),
        .fd = -1,
    };
    enum export_form form = EXPORT_CSV;
    struct clock_set clock;
    int64_t rows;
    day today;

    TRY(cli_today(cli, args, &today));
    TRY(take_form(cli, args, &form));
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(begin(&w));
    TRY(register_export(app, cli->arena, form, today, &w.sink, &rows));
    TRY(finish(&w));
    return say(cli, w.path, rows);
}

static const struct operand operands[] = {
    { .name = "OUT", .help = "cli.operand.export" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "format", "csv|jsonl|xlsx", false, "cli.option.export_format" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand register_export_command = {
    .name = "register export",
    .help = "cli.help.register_export",
    .about = "cli.about.register_export",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
