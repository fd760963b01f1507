/*
 * tenstar credential make -- sign the credentials that certificates lack; and
 * tenstar key uses PURPOSE SERIAL -- what a key has signed.
 */

#include "cli/credential.h"

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "cli/words.h"
#include "codec/json.h"
#include "service/key_uses.h"
#include "service/sequence.h"
#include "verify/instant.h"

/* --- credential make -------------------------------------------------- */

static err say_made(struct cli *cli, int64_t made)
{
    struct json *j = json_new_object(cli->arena);

    if (!cli->json) {
        cli_say(cli, "cli.credential_made", ARG_INT("n", made));
        return OK;
    }
    json_set(j, S("made"), json_new_int(cli->arena, made));
    return cli_print_json(cli, j);
}

static err run_make(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct credentials_order order = { 0 };
    struct clock_set clock;
    struct session who;
    int64_t made;
    int64_t size;

    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    order.who = &who;
    TRY(cli_today(cli, args, &order.today));
    TRY(credentials_make(app, cli->arena, &order, &made));
    TRY(sequence_log(app, cli->arena, &size));
    return say_made(cli, made);
}

static const struct option make_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand credential_make_command = {
    .name = "credential make",
    .help = "cli.help.credential_make",
    .about = "cli.about.credential_make",
    .options = make_options,
    .option_count = COUNT(make_options),
    .run = run_make,
};

/* --- what is missing -------------------------------------------------- */

void credential_say_lack(struct cli *cli, int depth, str number,
                         enum credential_lack lack)
{
    static const char *const ids[] = {
        [CREDENTIAL_NO_KEY] = "cli.credential_no_key",
        [CREDENTIAL_NOT_MADE] = "cli.credential_not_made",
        [CREDENTIAL_TOO_LATE] = "cli.credential_too_late",
    };

    if (lack != CREDENTIAL_THERE)
        words_say(cli, depth, ids[lack], ARG_STR("number", number));
}

/* --- key uses --------------------------------------------------------- */

static err read_key(struct cli *cli, const struct arguments *args, int *purpose,
                    int64_t *serial)
{
    str given = arguments_operand(args, 1);

    TRY(cli_choose(cli, arguments_operand(args, 0), key_purpose_names,
                   purpose));
    if (number_parse(given, serial))
        return OK;
    return err_new(cli->arena, ERR_INVALID, "cli.key_serial",
                   ARG_STR("given", given));
}

static struct json *use_json(struct cli *cli, const struct key_use *use)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    char text[INSTANT_TEXT];
    str at = S("");

    if (!arena_str(a, instant_text(use->at, text), &at))
        return NULL;
    json_set(j, S("at"), json_new_str(a, at));
    if (use->number.n > 0)
        json_set(j, S("number"), json_new_str(a, use->number));
    json_set(j, use->number.n > 0 ? S("serial") : S("size"),
             json_new_int(a, use->n));
    return j;
}

static void say_use(struct cli *cli, const struct key_use *use)
{
    day on = day_of_micros(use->at);

    if (use->number.n > 0)
        cli_say(cli, "cli.key_use_credential", ARG_DAY("on", on),
                ARG_STR("number", use->number), ARG_INT("serial", use->n));
    else
        cli_say(cli, "cli.key_use_checkpoint", ARG_DAY("on", on),
                ARG_INT("size", use->n));
}

static err print_uses(struct cli *cli, const struct list *uses)
{
    const struct key_use *use = uses->p;
    struct json *list = json_new_array(cli->arena);

    for (size_t i = 0; i < uses->n; i++)
        json_add(list, use_json(cli, &use[i]));
    return cli_print_json(cli, list);
}

/* "None" would be wrong of keys whose work is not kept. [KU3] */
static void say_uses(struct cli *cli, enum key_purpose purpose,
                     const struct list *uses)
{
    const struct key_use *use = uses->p;
    str name = cli_id(cli, "key_purpose.", key_purpose_names[purpose]);

    if (!key_uses_kept(purpose)) {
        cli_say(cli, "cli.key_uses_none_kept", ARG_IDS("purpose", name));
        return;
    }
    for (size_t i = 0; i < uses->n; i++)
        say_use(cli, &use[i]);
    cli_say(cli, "cli.key_uses", ARG_INT("n", uses->n));
}

static err run_uses(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct list uses;
    int64_t serial;
    int purpose;

    TRY(read_key(cli, args, &purpose, &serial));
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(key_uses(app, cli->arena, (enum key_purpose)purpose, serial, &uses));
    if (cli->json)
        return print_uses(cli, &uses);
    say_uses(cli, (enum key_purpose)purpose, &uses);
    return OK;
}

static const struct option uses_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct operand uses_operands[] = {
    { .name = "PURPOSE", .help = "cli.operand.key_purpose" },
    { .name = "SERIAL", .help = "cli.operand.key_serial" },
};

const struct subcommand key_uses_command = {
    .name = "key uses",
    .help = "cli.help.key_uses",
    .about = "cli.about.key_uses",
    .operands = uses_operands,
    .operand_count = COUNT(uses_operands),
    .options = uses_options,
    .option_count = COUNT(uses_options),
    .run = run_uses,
};
