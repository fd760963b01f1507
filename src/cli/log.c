/*
 * tenstar log show|vkey|checkpoint -- what the transparency log says of itself,
 * the key that it is verified with, and its newest checkpoint, signed now.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "cli/words.h"
#include "codec/base64.h"
#include "codec/json.h"
#include "service/published.h"
#include "service/sequence.h"

enum { ROOT_DIGITS = 64 };

/* --- log show --------------------------------------------------------- */

static str root_text(struct cli *cli, const struct hash *root)
{
    struct buf b;

    buf_init(&b, cli->arena, ROOT_DIGITS);
    base64_encode(&b, BASE64_PADDED, root->b, sizeof root->b);
    return cli_text(cli, &b);
}

static struct json *witnesses_json(struct arena *a,
                                   const struct published_log *l)
{
    const struct published_witness *w = l->witnesses.p;
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < l->witnesses.n; i++) {
        struct json *j = json_new_object(a);

        json_set(j, S("name"), json_new_str(a, w[i].name));
        json_set(j, S("size"), json_new_int(a, w[i].size));
        json_set(j, S("at"), json_new_int(a, w[i].at));
        json_add(list, j);
    }
    return list;
}

static err show_json(struct cli *cli, const struct published_log *l)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);

    json_set(j, S("origin"), json_new_str(a, l->origin));
    json_set(j, S("vkey"), json_new_str(a, l->vkey));
    json_set(j, S("former_vkey"), cli_str_json(a, l->former_vkey));
    json_set(j, S("size"), json_new_int(a, l->size));
    json_set(j, S("at"),
             l->at == 0 ? json_new_null(a) : json_new_int(a, l->at));
    json_set(j, S("root"),
             l->at == 0 ? json_new_null(a)
                        : json_new_str(a, root_text(cli, &l->root)));
    json_set(j, S("witnesses"), witnesses_json(a, l));
    json_set(j, S("stopped"),
             l->stopped ? json_new_str(a, str_of(l->why.info->id))
                        : json_new_null(a));
    return cli_print_json(cli, j);
}

static void say_log(struct cli *cli, const struct published_log *l)
{
    const struct published_witness *w = l->witnesses.p;

    cli_say(cli, "cli.log_size", ARG_STR("origin", l->origin),
            ARG_INT("size", l->size));
    if (l->at != 0)
        cli_say(cli, "cli.log_root", ARG_DAY("day", day_of_micros(l->at)),
                ARG_STR("root", root_text(cli, &l->root)));
    for (size_t i = 0; i < l->witnesses.n; i++)
        cli_say(cli, "cli.log_witness", ARG_STR("name", w[i].name),
                ARG_INT("size", w[i].size),
                ARG_DAY("day", day_of_micros(w[i].at)));
    cli_say(cli, "cli.log_vkey", ARG_STR("vkey", l->vkey));
    if (l->former_vkey.n > 0)
        cli_say(cli, "cli.log_former", ARG_STR("vkey", l->former_vkey));
    if (l->stopped)
        cli_say(cli, "cli.log_stopped", ARG_STR("why", words_err(cli, l->why)));
}

static err read_log(struct cli *cli, const struct arguments *args,
                    struct published_log *out)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(published_log(app, cli->arena, out));
    /* The origin is the app's. */
    TRY_MEMORY(arena_str(cli->arena, out->origin, &out->origin));
    return OK;
}

static err run_show(struct cli *cli, const struct arguments *args)
{
    struct published_log l;

    TRY(read_log(cli, args, &l));
    cli->wrong = l.stopped;
    if (cli->json)
        return show_json(cli, &l);
    say_log(cli, &l);
    return OK;
}

/* --- log vkey --------------------------------------------------------- */

static err run_vkey(struct cli *cli, const struct arguments *args)
{
    struct published_log l;

    TRY(read_log(cli, args, &l));
    buf_str(&cli->out, l.vkey);
    buf_char(&cli->out, '\n');
    if (l.former_vkey.n > 0) {
        buf_str(&cli->out, l.former_vkey);
        buf_char(&cli->out, '\n');
    }
    return cli_print_text(cli, "vkey");
}

/* --- log checkpoint --------------------------------------------------- */

/* A log that has stopped signs nothing, so it says why instead. */
static err run_checkpoint(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct published_log l;
    struct clock_set clock;
    int64_t size;
    str note;

    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(sequence_log(app, cli->arena, &size));
    TRY(published_log(app, cli->arena, &l));
    if (l.stopped)
        return l.why;
    TRY(published_checkpoint(app, cli->arena, &note));
    buf_str(&cli->out, note);
    return cli_print_text(cli, "checkpoint");
}

/* --- tables ----------------------------------------------------------- */

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand log_show_command = {
    .name = "log show",
    .help = "cli.help.log_show",
    .options = options,
    .option_count = COUNT(options),
    .run = run_show,
};

const struct subcommand log_vkey_command = {
    .name = "log vkey",
    .help = "cli.help.log_vkey",
    .about = "cli.about.log_vkey",
    .options = options,
    .option_count = COUNT(options),
    .run = run_vkey,
};

const struct subcommand log_checkpoint_command = {
    .name = "log checkpoint",
    .help = "cli.help.log_checkpoint",
    .about = "cli.about.log_checkpoint",
    .options = options,
    .option_count = COUNT(options),
    .run = run_checkpoint,
};
