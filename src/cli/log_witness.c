/*
 * tenstar log witness list|add|remove|ask -- who cosigns the log's checkpoints:
 * named by an administrator, asked now, and what each said last.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "cli/words.h"
#include "codec/json.h"
#include "service/sequence.h"
#include "service/witness_ask.h"

/* --- what a witness said ---------------------------------------------- */

/* One, and what came of asking it. */
struct told {
    const struct witness_named *w;
    struct witness_state state;
    err why; /* only just after it was asked */
};

static struct json *told_json(struct arena *a, const struct told *t)
{
    struct json *j = json_new_object(a);
    const char *outcome = witness_outcome_names[t->state.outcome];

    json_set(j, S("name"), json_new_str(a, t->w->name));
    json_set(j, S("vkey"), json_new_str(a, t->w->vkey));
    json_set(j, S("address"), json_new_str(a, t->w->url));
    json_set(j, S("outcome"), json_new_str(a, str_of(outcome)));
    json_set(j, S("told"), json_new_int(a, t->state.told));
    json_set(j, S("asked"), json_new_int(a, t->state.asked));
    json_set(j, S("failures"), json_new_int(a, t->state.failures));
    json_set(j, S("size"), json_new_int(a, t->state.size));
    json_set(j, S("at"), json_new_int(a, t->state.at));
    json_set(j, S("why"),
             failed(t->why) ? json_new_str(a, str_of(t->why.info->id))
                            : json_new_null(a));
    return j;
}

static str outcome_text(struct cli *cli, const struct told *t)
{
    const struct err_arg args[] = {
        ARG_INT("told", t->state.told),
        ARG_DAY("day", day_of_micros(t->state.asked)),
        { 0 },
    };
    const char *outcome = witness_outcome_names[t->state.outcome];
    struct buf b;

    buf_init(&b, cli->arena, 2000);
    text_render(&b, cli->lang, cli_id(cli, "witnessed.", outcome).p, args);
    return cli_text(cli, &b);
}

static void say_told(struct cli *cli, const struct told *t)
{
    cli_say(cli, "cli.witness_line", ARG_STR("name", t->w->name),
            ARG_STR("outcome", outcome_text(cli, t)));
    if (failed(t->why))
        words_say(cli, 1, "cli.witness_why",
                  ARG_STR("why", words_err(cli, t->why)));
    words_say(cli, 1, "cli.witness_key", ARG_STR("vkey", t->w->vkey),
              ARG_STR("address", t->w->url));
    if (t->state.size > 0)
        words_say(cli, 1, "cli.witness_newest", ARG_INT("size", t->state.size),
                  ARG_DAY("day", day_of_micros(t->state.at)));
}

static err say_all(struct cli *cli, const struct told *told, size_t n)
{
    struct json *list = json_new_array(cli->arena);

    for (size_t i = 0; i < n; i++) {
        if (cli->json)
            json_add(list, told_json(cli->arena, &told[i]));
        else
            say_told(cli, &told[i]);
    }
    if (cli->json)
        return cli_print_json(cli, list);
    if (n == 0)
        cli_say(cli, "cli.witness_none");
    return OK;
}

/* --- log witness list ------------------------------------------------- */

static err read_states(struct cli *cli, struct app *app, const struct list *all,
                       struct told *told)
{
    const struct witness_named *w = all->p;

    for (size_t i = 0; i < all->n; i++) {
        told[i] = (struct told){ .w = &w[i], .why = OK };
        TRY(witness_last(app, cli->arena, &w[i], &told[i].state));
    }
    return OK;
}

static err run_list(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct list all;
    struct told *told;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(witnesses_read(app, cli->arena, &all));
    told = arena_array(cli->arena, all.n, sizeof *told);
    TRY_MEMORY(told);
    TRY(read_states(cli, app, &all, told));
    return say_all(cli, told, all.n);
}

/* --- log witness add, remove ------------------------------------------ */

static err begin(struct cli *cli, const struct arguments *args,
                 struct session *who, struct clock_set *clock, struct app **app)
{
    TRY(cli_open(cli, args, APP_WRITE, clock, app));
    return cli_session(cli, args, *app, who);
}

static err say_done(struct cli *cli, const char *message, str name)
{
    struct json *j = json_new_object(cli->arena);

    if (!cli->json) {
        cli_say(cli, message, ARG_STR("name", name));
        return OK;
    }
    json_set(j, S("name"), json_new_str(cli->arena, name));
    return cli_print_json(cli, j);
}

static err run_add(struct cli *cli, const struct arguments *args)
{
    const struct witness_named wish = {
        .name = arguments_operand(args, 0),
        .vkey = arguments_operand(args, 1),
        .url = arguments_operand(args, 2),
    };
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;

    TRY(begin(cli, args, &who, &clock, &app));
    TRY(witnesses_add(app, cli->arena, &who, &wish));
    return say_done(cli, "cli.witness_added", wish.name);
}

static err run_remove(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    str name = arguments_operand(args, 0);
    struct clock_set clock;
    struct session who;

    TRY(begin(cli, args, &who, &clock, &app));
    TRY(witnesses_remove(app, cli->arena, &who, name));
    return say_done(cli, "cli.witness_removed", name);
}

/* --- log witness ask -------------------------------------------------- */

/* Every one, whatever becomes of the others. */
static err ask_all(struct cli *cli, struct app *app, const struct list *all,
                   struct told *told)
{
    const struct witness_named *w = all->p;

    for (size_t i = 0; i < all->n; i++) {
        struct witness_answer answer;

        TRY(witness_ask(app, cli->arena, &w[i], WITNESS_MILLISECONDS, &answer));
        told[i] = (struct told){ &w[i], answer.state, answer.why };
        cli->wrong = cli->wrong || answer.state.outcome != ASKED_COSIGNED;
    }
    return OK;
}

static err run_ask(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct list all;
    struct told *told;
    int64_t size;

    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(witnesses_read(app, cli->arena, &all));
    TRY(sequence_log(app, cli->arena, &size));
    told = arena_array(cli->arena, all.n, sizeof *told);
    TRY_MEMORY(told);
    TRY(ask_all(cli, app, &all, told));
    return say_all(cli, told, all.n);
}

/* --- tables ----------------------------------------------------------- */

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct option admin_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct operand operands[] = {
    { .name = "NAME", .help = "cli.operand.witness_name" },
    { .name = "VKEY", .help = "cli.operand.witness_vkey" },
    { .name = "ADDRESS", .help = "cli.operand.witness_address" },
};

const struct subcommand log_witness_list_command = {
    .name = "log witness list",
    .help = "cli.help.log_witness_list",
    .options = options,
    .option_count = COUNT(options),
    .run = run_list,
};

const struct subcommand log_witness_add_command = {
    .name = "log witness add",
    .help = "cli.help.log_witness_add",
    .about = "cli.about.log_witness_add",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = admin_options,
    .option_count = COUNT(admin_options),
    .run = run_add,
};

const struct subcommand log_witness_remove_command = {
    .name = "log witness remove",
    .help = "cli.help.log_witness_remove",
    .about = "cli.about.log_witness_remove",
    .operands = operands,
    .operand_count = 1,
    .options = admin_options,
    .option_count = COUNT(admin_options),
    .run = run_remove,
};

const struct subcommand log_witness_ask_command = {
    .name = "log witness ask",
    .help = "cli.help.log_witness_ask",
    .about = "cli.about.log_witness_ask",
    .options = options,
    .option_count = COUNT(options),
    .run = run_ask,
};
