/* tenstar demo DIR -- a demonstration body to try things with. */

#include "base/arena.h"
#include "base/size.h"
#include "cli/cli.h"
#include "codec/json.h"
#include "service/demo.h"
#include "service/enterprise_file.h"

enum { SIZE_USUAL = 20, SIZE_MOST = 2000, FILE_MOST = 256 << 20, SAID = 20 };

static void say_bad(struct cli *cli, str path, const struct bad_row *b)
{
    struct buf text;

    buf_init(&text, cli->arena, 1 << 14);
    text_err(&text, cli->lang, b->why);
    buf_printf(&cli->out, "%.*s:%lld: ", STR_ARG(path), (long long)b->line);
    cli_say(cli, "cli.bad_row", ARG_STR("why", cli_text(cli, &text)));
}

/* The reader of tables knows lines, not what the file is called. */
static err wrong_table(struct cli *cli, str path, err why)
{
    struct buf text;

    if (err_is(why, ERR_MEMORY))
        return why;
    buf_init(&text, cli->arena, 1 << 14);
    text_err(&text, cli->lang, why);
    return err_new(cli->arena, ERR_INVALID, "demo.table", ARG_STR("path", path),
                   ARG_STR("why", cli_text(cli, &text)));
}

static err read_enterprises(struct cli *cli, const struct arguments *args,
                            struct demo_wish *wish,
                            struct enterprise_file *file)
{
    str path = arguments_value(args, "enterprises");
    str text;

    if (path.n == 0)
        return OK;
    TRY(file_read(cli->files, cli->arena, path, FILE_MOST, &text));
    err e = enterprise_file_read(cli->arena, text, wish->today, file);
    if (failed(e))
        return wrong_table(cli, path, e);
    if (file->n < (size_t)wish->size + 1)
        return err_new(cli->arena, ERR_INVALID, "cli.few_enterprises",
                       ARG_INT("found", file->n),
                       ARG_INT("want", wish->size + 1));
    wish->enterprises = file->rows;
    wish->enterprise_count = file->n;
    for (size_t i = 0; !cli->json && i < file->bad_count; i++)
        say_bad(cli, path, &file->bad[i]);
    return OK;
}

static err print_json(struct cli *cli, const struct demo_made *made,
                      const struct enterprise_file *file)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    struct json *bad = json_new_array(a);

    for (size_t i = 0; i < file->bad_count; i++) {
        struct json *one = json_new_object(a);

        json_set(one, S("line"), json_new_int(a, file->bad[i].line));
        json_set(one, S("id"),
                 json_new_str(a, str_of(file->bad[i].why.info->id)));
        json_add(bad, one);
    }
    json_set(j, S("enterprises"), json_new_int(a, made->enterprises));
    json_set(j, S("cases"), json_new_int(a, made->cases));
    json_set(j, S("certificates"), json_new_int(a, made->certificates));
    json_set(j, S("log_entries"), json_new_int(a, made->entries));
    json_set(j, S("bad_rows"), bad);
    return cli_print_json(cli, j);
}

/* "A" of "A/B/"; empty: the working folder or the root, which are there. */
static str folder_of(str path)
{
    path = str_trim_end(path, '/');
    while (path.n > 0 && path.p[path.n - 1] != '/')
        path.n--;
    return str_trim_end(path, '/');
}

/* Only the folder itself is new: one above it that is not there was probably
 * mistyped. */
static err check_parent(struct cli *cli, str dir)
{
    str parent = folder_of(dir);

    if (parent.n == 0)
        return OK;
    err e = folder_check(cli->files, cli->arena, parent);
    if (!err_is(e, ERR_NOT_FOUND))
        return e;
    return err_new(cli->arena, ERR_NOT_FOUND, "demo.parent",
                   ARG_STR("folder", dir), ARG_STR("parent", parent));
}

static err run(struct cli *cli, const struct arguments *args)
{
    struct app_world world = { cli->heap, cli->clock, cli->entropy, cli->files,
                               S("") };
    struct demo_wish wish = { 0 };
    struct enterprise_file file = { 0 };
    struct demo_made made;
    int64_t seed;

    TRY(cli_today(cli, args, &wish.today));
    TRY(arguments_number(cli->arena, args, "seed",
                         (struct number_rule){ 0, INT64_MAX, 1 }, &seed));
    TRY(arguments_number(cli->arena, args, "size",
                         (struct number_rule){ 0, SIZE_MOST, SIZE_USUAL },
                         &wish.size));
    wish.seed = (uint64_t)seed;
    TRY(check_parent(cli, arguments_operand(args, 0)));
    TRY(read_enterprises(cli, args, &wish, &file));
    TRY(demo_make(cli->arena, &world, arguments_operand(args, 0), &wish,
                  &made));
    if (cli->json)
        return print_json(cli, &made, &file);
    cli_say(cli, "cli.demo_made", ARG_STR("folder", arguments_operand(args, 0)),
            ARG_INT("enterprises", made.enterprises),
            ARG_INT("cases", made.cases),
            ARG_INT("certificates", made.certificates),
            ARG_INT("entries", made.entries));
    return OK;
}

static const struct operand operands[] = {
    { .name = "DIR", .help = "cli.operand.dir" },
};

static const struct option options[] = {
    { "seed", "N", false, "cli.option.seed" },
    { "size", "N", false, "cli.option.size" },
    { "enterprises", "FILE", false, "cli.option.enterprises" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand demo_command = {
    .name = "demo",
    .help = "cli.help.demo",
    .about = "cli.about.demo",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
