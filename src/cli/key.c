/*
 * tenstar key list|make|retire|lock -- the keys the body signs with; what is
 * about certificates stands in key_certificate.c.
 *
 *   [KC1] A passphrase is never a word of the command line, where others on the
 *         machine could read it.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/key.h"
#include "cli/values.h"
#include "cli/words.h"
#include "codec/json.h"
#include "service/sequence.h"

/* --- names ------------------------------------------------------------ */

/* What a key of a purpose is when nothing else is said. */
static enum key_kind usual_kind(enum key_purpose purpose)
{
    if (purpose == KEY_PDF)
        return KEY_P256;
    return purpose == KEY_SM2 ? KEY_IS_SM2 : KEY_ED25519;
}

/* --- key list --------------------------------------------------------- */

/* SHA-256 of the certificate an authority gave. */
static str certificate_hex(struct cli *cli, const struct key_row *k)
{
    struct buf b;

    buf_init(&b, cli->arena, 2 * sizeof k->certificate.b);
    buf_hex(&b, k->certificate.b, sizeof k->certificate.b);
    return cli_text(cli, &b);
}

static struct json *key_json(struct cli *cli, const struct key_row *k)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    const char *ending = key_ending_names[k->retirement.ending];

    json_set(j, S("purpose"),
             json_new_str(a, str_of(key_purpose_names[k->made.purpose])));
    json_set(j, S("serial"), json_new_int(a, k->made.serial));
    json_set(j, S("kind"),
             json_new_str(a, str_of(key_kind_names[k->made.kind])));
    json_set(j, S("public"), json_new_str(a, k->made.public));
    json_set(j, S("from"), cli_day_json(a, k->from));
    json_set(j, S("until"), cli_day_json(a, k->until));
    json_set(j, S("ending"),
             k->retired ? json_new_str(a, str_of(ending)) : json_new_null(a));
    json_set(j, S("certificate"),
             k->certified ? json_new_str(a, certificate_hex(cli, k))
                          : json_new_null(a));
    json_set(j, S("since"),
             cli_day_json(a, k->retired ? k->retirement.since : DAY_NEVER));
    return j;
}

static void say_key(struct cli *cli, const struct key_row *k)
{
    cli_say(cli, "cli.key_line",
            ARG_IDS("purpose", cli_id(cli, "key_purpose.",
                                      key_purpose_names[k->made.purpose])),
            ARG_INT("serial", k->made.serial),
            ARG_IDS("kind",
                    cli_id(cli, "key_kind.", key_kind_names[k->made.kind])),
            ARG_DAY("from", k->from));
    if (k->certified)
        words_say(cli, 1, "cli.key_by_authority",
                  ARG_STR("certificate", certificate_hex(cli, k)));
    if (!k->retired)
        return;
    words_say(cli, 1, "cli.key_until", ARG_DAY("until", k->until),
              ARG_IDS("ending",
                      cli_id(cli, "key_ending.",
                             key_ending_names[k->retirement.ending])));
    if (k->retirement.ending == KEY_COMPROMISED)
        words_say(cli, 1, "cli.key_since",
                  ARG_DAY("since", k->retirement.since));
}

static void say_log_key(struct cli *cli, const struct key_row *k)
{
    cli_say(cli, "cli.key_of_log",
            ARG_IDS("purpose", cli_id(cli, "key_purpose.",
                                      key_purpose_names[k->made.purpose])),
            ARG_INT("serial", k->made.serial),
            ARG_IDS("kind",
                    cli_id(cli, "key_kind.", key_kind_names[k->made.kind])));
}

/* `log` is the log's first key while no event tells of it; NULL afterwards. */
static err print_keys(struct cli *cli, const struct key_history *h,
                      const struct key_row *log)
{
    struct json *list = json_new_array(cli->arena);

    for (size_t i = 0; i < h->n; i++)
        json_add(list, key_json(cli, &h->rows[i]));
    if (log != NULL)
        json_add(list, key_json(cli, log));
    return cli_print_json(cli, list);
}

static err run_list(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct key_row log;
    bool found;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    const struct key_history *h = app_key_history(app);
    TRY(keys_log_first(app, cli->arena, &log, &found));
    if (cli->json)
        return print_keys(cli, h, found ? &log : NULL);
    if (h->n == 0)
        cli_say(cli, "cli.key_none");
    for (size_t i = 0; i < h->n; i++)
        say_key(cli, &h->rows[i]);
    if (found)
        say_log_key(cli, &log);
    return OK;
}

/* --- key make, retire, lock ------------------------------------------- */

err key_begin(struct cli *cli, const struct arguments *args, struct key_work *w)
{
    TRY(cli_open(cli, args, APP_SERVE, &w->clock, &w->app));
    TRY(cli_session(cli, args, w->app, &w->who));
    w->order.who = &w->who;
    return cli_today(cli, args, &w->order.today);
}

static err say_done(struct cli *cli, const char *message,
                    enum key_purpose purpose, int64_t serial)
{
    struct json *j = json_new_object(cli->arena);

    if (!cli->json) {
        cli_say(cli, message,
                ARG_IDS("purpose", cli_id(cli, "key_purpose.",
                                          key_purpose_names[purpose])),
                ARG_INT("serial", serial));
        return OK;
    }
    json_set(j, S("purpose"),
             json_new_str(cli->arena, str_of(key_purpose_names[purpose])));
    json_set(j, S("serial"), json_new_int(cli->arena, serial));
    return cli_print_json(cli, j);
}

err key_done(struct cli *cli, struct app *app, const char *message,
             enum key_purpose purpose, int64_t serial)
{
    int64_t size;

    TRY(sequence_log(app, cli->arena, &size));
    return say_done(cli, message, purpose, serial);
}

static err run_make(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct key_work w = { 0 };
    int64_t serial;
    int purpose;
    int kind;

    TRY(cli_choose(cli, arguments_operand(args, 0), key_purpose_names,
                   &purpose));
    enum key_kind usual = usual_kind((enum key_purpose)purpose);
    kind = (int)usual;
    if (arguments_given(args, "kind"))
        TRY(cli_choose(cli, arguments_value(args, "kind"), key_kind_names,
                       &kind));
    err e = key_begin(cli, args, &w);
    app = w.app;
    TRY(e);
    TRY(keys_make(app, cli->arena, &w.order, (enum key_purpose)purpose,
                  (enum key_kind)kind, &serial));
    if (purpose == KEY_LOG) { /* both sign what announces it */
        app_close(&app);
        TRY(cli_open(cli, args, APP_SERVE, &w.clock, &app));
    }
    return key_done(cli, app, "cli.key_made", (enum key_purpose)purpose,
                    serial);
}

static err read_retirement(struct cli *cli, const struct arguments *args,
                           struct key_retired *out)
{
    str serial = arguments_operand(args, 1);

    TRY(cli_choose(cli, arguments_operand(args, 0), key_purpose_names,
                   &out->purpose));
    if (!number_parse(serial, &out->serial))
        return err_new(cli->arena, ERR_INVALID, "cli.key_serial",
                       ARG_STR("given", serial));
    TRY(cli_choose(cli, arguments_value(args, "why"), key_ending_names,
                   &out->ending));
    out->since = DAY_NEVER;
    if (arguments_given(args, "since"))
        TRY(cli_day(cli, arguments_value(args, "since"), &out->since));
    out->note = arguments_value(args, "note");
    return OK;
}

static err run_retire(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct key_retired wish = { 0 };
    struct key_work w = { 0 };

    TRY(read_retirement(cli, args, &wish));
    err e = key_begin(cli, args, &w);
    app = w.app;
    TRY(e);
    TRY(keys_retire(app, cli->arena, &w.order, &wish));
    return key_done(cli, app, "cli.key_retired", (enum key_purpose)wish.purpose,
                    wish.serial);
}

/* [KC1] */
static err run_lock(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    bool open = arguments_given(args, "open");
    str passphrase = open ? S("") : str_of(cli->new_passphrase);
    struct key_work w = { 0 };

    if (!open && passphrase.n == 0)
        return err_new(cli->arena, ERR_INVALID, "cli.key_new_passphrase");
    err e = key_begin(cli, args, &w);
    app = w.app;
    TRY(e);
    TRY(keys_lock(app, cli->arena, &w.order, passphrase));
    if (cli->json) {
        struct json *j = json_new_object(cli->arena);

        json_set(j, S("locked"), json_new_bool(cli->arena, !open));
        return cli_print_json(cli, j);
    }
    cli_say(cli, open ? "cli.key_opened" : "cli.key_locked");
    return OK;
}

/* --- tables ----------------------------------------------------------- */

static const struct option list_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand key_list_command = {
    .name = "key list",
    .help = "cli.help.key_list",
    .about = "cli.about.key_list",
    .options = list_options,
    .option_count = COUNT(list_options),
    .run = run_list,
};

static const struct option make_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "kind", "KIND", false, "cli.option.key_kind" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct operand make_operands[] = {
    { .name = "PURPOSE", .help = "cli.operand.key_purpose" },
};

const struct subcommand key_make_command = {
    .name = "key make",
    .help = "cli.help.key_make",
    .about = "cli.about.key_make",
    .operands = make_operands,
    .operand_count = COUNT(make_operands),
    .options = make_options,
    .option_count = COUNT(make_options),
    .run = run_make,
};

static const struct option retire_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "why", "REASON", true, "cli.option.key_why" },
    { "since", "DATE", false, "cli.option.key_since" },
    { "note", "TEXT", false, "cli.option.key_note" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct operand retire_operands[] = {
    { .name = "PURPOSE", .help = "cli.operand.key_purpose" },
    { .name = "SERIAL", .help = "cli.operand.key_serial" },
};

const struct subcommand key_retire_command = {
    .name = "key retire",
    .help = "cli.help.key_retire",
    .about = "cli.about.key_retire",
    .operands = retire_operands,
    .operand_count = COUNT(retire_operands),
    .options = retire_options,
    .option_count = COUNT(retire_options),
    .run = run_retire,
};

static const struct option lock_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "open", NULL, false, "cli.option.key_open" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand key_lock_command = {
    .name = "key lock",
    .help = "cli.help.key_lock",
    .about = "cli.about.key_lock",
    .options = lock_options,
    .option_count = COUNT(lock_options),
    .run = run_lock,
};
