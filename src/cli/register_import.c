/*
 * tenstar register import FILE --data DIR -- certificates of other bodies, or
 * of before Tenstar, go into the register. [M24] [M25]
 *
 *   [CG1] What is refused is shown, the first of it; all of it goes to the file
 *         of --refused, as CSV with line, column, number and reason.
 *   [CG2] Exit 1 when something was refused.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/records.h"
#include "codec/csv.h"
#include "codec/json.h"
#include "service/register_import.h"
#include "service/sequence.h"

#include <errno.h>
#include <fcntl.h>

enum {
    SHOWN_MOST = 20,
    REFUSALS_MOST = 1000, /* in a JSON document */
    REASON_MOST = 1 << 16,
    ROW_ARENA = 1 << 20,
    WRITTEN_AT_ONCE = 1 << 16,
    REPORT_ARENA = 4 * (WRITTEN_AT_ONCE + ROW_ARENA),
};

/* Who is told of what is refused. */
struct report {
    struct import_listener listener; /* first */
    struct cli *cli;
    str path; /* of --refused; empty: none */
    int fd;
    struct arena arena; /* of what is about to be written */
    struct buf out;
    int64_t told;
    struct json *list; /* for a JSON document */
};

/* --- what is refused [CG1] ----------------------------------------------- */

static err flush(struct report *r)
{
    str bytes;

    TRY(buf_done(&r->out, &bytes));
    TRY(file_put(r->cli->files, r->cli->arena, r->fd, r->path, bytes));
    arena_reset(&r->arena);
    buf_init(&r->out, &r->arena, WRITTEN_AT_ONCE + ROW_ARENA);
    return OK;
}

static err write_row(struct report *r, const str *fields, size_t n)
{
    csv_put_row(&r->out, fields, n);
    return buf_view(&r->out).n >= WRITTEN_AT_ONCE ? flush(r) : OK;
}

static str column_text(const struct cli *cli, enum import_column c)
{
    return text_get(cli->lang, import_column_label(c));
}

static err write_refusal(struct report *r, const struct import_refusal *x,
                         str why)
{
    char digits[TEXT_VALUE];
    const str fields[] = { text_number(x->line, digits),
                           column_text(r->cli, x->column), x->number, why };

    return write_row(r, fields, COUNT(fields));
}

static void say_refusal(struct report *r, const struct import_refusal *x,
                        str why)
{
    cli_say(r->cli, "cli.import_refusal", ARG_INT("line", x->line),
            ARG_IDS("column", str_of(import_column_label(x->column))),
            ARG_STR("number", x->number), ARG_STR("why", why));
}

static err list_refusal(struct report *r, const struct import_refusal *x,
                        str why)
{
    struct arena *a = r->cli->arena;
    struct json *j = json_new_object(a);
    str number;
    str reason;

    TRY_MEMORY(arena_str(a, x->number, &number));
    TRY_MEMORY(arena_str(a, why, &reason));
    json_set(j, S("line"), json_new_int(a, x->line));
    if (x->column != IMPORT_COLUMNS)
        json_set(j, S("column"),
                 json_new_str(a, str_of(import_column_names[x->column])));
    json_set(j, S("number"), json_new_str(a, number));
    json_set(j, S("id"), json_new_str(a, str_of(x->why.info->id)));
    json_set(j, S("message"), json_new_str(a, reason));
    TRY_MEMORY(json_add(r->list, j));
    return OK;
}

static err tell_refusal(struct report *r, const struct import_refusal *x,
                        str why)
{
    int64_t most = r->cli->json ? REFUSALS_MOST : SHOWN_MOST;

    if (r->path.n > 0)
        TRY(write_refusal(r, x, why));
    if (r->told++ >= most)
        return OK;
    if (r->cli->json)
        return list_refusal(r, x, why);
    say_refusal(r, x, why);
    return OK;
}

static err refused(struct import_listener *l, const struct import_refusal *x)
{
    struct report *r = (struct report *)l;
    scoped(arena_end) struct arena a;
    struct buf b;
    str why;

    arena_init(&a, r->cli->heap, ROW_ARENA);
    buf_init(&b, &a, REASON_MOST);
    text_err(&b, r->cli->lang, x->why);
    TRY(buf_done(&b, &why));
    return tell_refusal(r, x, why);
}

/* --- the report --------------------------------------------------------- */

static err open_report(struct report *r)
{
    struct file_ops *ops = r->cli->files;
    const enum lang l = r->cli->lang;
    const str head[] = { text_get(l, "cli.import_line"),
                         text_get(l, "cli.import_column"),
                         text_get(l, "import.column.number"),
                         text_get(l, "cli.import_reason") };
    const char *path;

    if (r->path.n == 0)
        return OK;
    TRY(file_path(r->cli->arena, r->path, &path));
    r->fd = ops->open(ops, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                      FILE_PUBLIC);
    if (r->fd < 0)
        return file_err(r->cli->arena, r->path, errno);
    buf_str(&r->out, S("\xef\xbb\xbf")); /* spreadsheets want the mark */
    return write_row(r, head, COUNT(head));
}

static err begin_report(struct cli *cli, const struct arguments *args,
                        struct report *r)
{
    *r = (struct report){
        .listener = { refused },
        .cli = cli,
        .path = arguments_value(args, "refused"),
        .fd = -1,
        .list = json_new_array(cli->arena),
    };
    TRY_MEMORY(r->list);
    arena_init(&r->arena, cli->heap, REPORT_ARENA);
    buf_init(&r->out, &r->arena, WRITTEN_AT_ONCE + ROW_ARENA);
    return open_report(r);
}

static err close_report(struct report *r)
{
    struct file_ops *ops = r->cli->files;
    int fd = r->fd;

    if (fd < 0)
        return OK;
    TRY(flush(r));
    r->fd = -1;
    return ops->close(ops, fd) == 0 ? OK
                                    : file_err(r->cli->arena, r->path, errno);
}

static void end_report(struct report *r)
{
    if (r->fd >= 0)
        (void)r->cli->files->close(r->cli->files, r->fd);
    arena_end(&r->arena);
}

/* --- what came of it ---------------------------------------------------- */

static err hash_text_of(struct cli *cli, const struct hash *h, str *out)
{
    struct buf b;

    buf_init(&b, cli->arena, 2 * sizeof h->b);
    buf_hex(&b, h->b, sizeof h->b);
    return buf_done(&b, out);
}

static err say_unused(struct cli *cli, const struct import_counts *c)
{
    const str *names = c->unused.p;
    struct buf b;
    str text;

    if (c->unused.n == 0)
        return OK;
    buf_init(&b, cli->arena, REASON_MOST);
    for (size_t i = 0; i < c->unused.n; i++) {
        buf_str(&b, i > 0 ? S(", ") : S(""));
        buf_str(&b, names[i]);
    }
    TRY(buf_done(&b, &text));
    cli_say(cli, "cli.import_unused", ARG_STR("columns", text));
    return OK;
}

static err say_counts(struct cli *cli, const struct report *r, bool only_check,
                      const struct import_counts *c)
{
    if (r->told > SHOWN_MOST)
        cli_say(cli, "cli.import_more", ARG_INT("count", r->told - SHOWN_MOST));
    TRY(say_unused(cli, c));
    if (c->before > 0)
        cli_say(cli, "cli.import_before", ARG_INT("count", c->before));
    cli_say(cli, only_check ? "cli.import_checked" : "cli.imported",
            ARG_INT("rows", c->rows), ARG_INT("count", c->put),
            ARG_INT("known", c->known), ARG_INT("refused", c->refused));
    if (c->put > 0)
        cli_say(cli, "cli.import_rows", ARG_INT("first", c->first),
                ARG_INT("last", c->last), ARG_INT("count", c->chunks));
    return OK;
}

static err print_counts(struct cli *cli, struct report *r,
                        const struct import_counts *c)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    struct json *unused = json_new_array(a);
    const str *names = c->unused.p;
    str file;

    TRY(hash_text_of(cli, &c->file, &file));
    for (size_t i = 0; i < c->unused.n; i++)
        json_add(unused, json_new_str(a, names[i]));
    json_set(j, S("file"), json_new_str(a, file));
    json_set(j, S("rows"), json_new_int(a, c->rows));
    json_set(j, S("before"), json_new_int(a, c->before));
    json_set(j, S("imported"), json_new_int(a, c->put));
    json_set(j, S("known"), json_new_int(a, c->known));
    json_set(j, S("refused"), json_new_int(a, c->refused));
    json_set(j, S("chunks"), json_new_int(a, c->chunks));
    json_set(j, S("first"), json_new_int(a, c->first));
    json_set(j, S("last"), json_new_int(a, c->last));
    json_set(j, S("unused_columns"), unused);
    json_set(j, S("refusals"), r->list);
    return cli_print_json(cli, j);
}

/* What is refused is told, whatever comes of it. */
static err import(struct cli *cli, const struct import_order *order,
                  struct app *app, struct report *r)
{
    struct import_counts counts;
    int64_t entries;
    err e = register_import(app, cli->arena, order, &counts);

    TRY(close_report(r));
    if (failed(e)) {
        if (r->told > SHOWN_MOST && !cli->json)
            cli_say(cli, "cli.import_more",
                    ARG_INT("count", r->told - SHOWN_MOST));
        return e;
    }
    cli->wrong = counts.refused > 0;
    /* also what a run left that was broken off */
    if (!order->only_check)
        TRY(sequence_log(app, cli->arena, &entries));
    return cli->json ? print_counts(cli, r, &counts)
                     : say_counts(cli, r, order->only_check, &counts);
}

static err run(struct cli *cli, const struct arguments *args)
{
    static const struct number_rule at_once = { 1, IMPORT_CHUNK, IMPORT_CHUNK };
    struct import_order order = {
        .from = { cli->files, arguments_operand(args, 0),
                  arguments_value(args, "sheet") },
        .strict = arguments_given(args, "strict"),
        .only_check = arguments_given(args, "try"),
    };
    scoped(app_close) struct app *app = NULL;
    scoped(end_report) struct report report = { .fd = -1, .cli = cli };
    struct records_teller teller;
    struct clock_set clock;
    struct session who;

    TRY(arguments_number(cli->arena, args, "at-once", at_once, &order.at_once));
    TRY(cli_today(cli, args, &order.today));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    order.who = &who;
    cli_teller(cli, args, &teller, &order.watch);
    TRY(begin_report(cli, args, &report));
    order.listener = &report.listener;
    return import(cli, &order, app, &report);
}

static const struct operand operands[] = {
    { .name = "FILE", .help = "cli.operand.import" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "sheet", "NAME", false, "cli.option.sheet" },
    { "strict", NULL, false, "cli.option.import_strict" },
    { "try", NULL, false, "cli.option.import_try" },
    { "at-once", "N", false, "cli.option.import_at_once" },
    { "refused", "OUT.csv", false, "cli.option.import_refused" },
    { "progress", NULL, false, "cli.option.progress" },
    { "as", "USER", false, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand register_import_command = {
    .name = "register import",
    .help = "cli.help.register_import",
    .about = "cli.about.register_import",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
