/*
 * tenstar mail set|list|send|test|digest -- by which server the body sends its
 * mails, and what became of them.
 *
 *   [CM1] A password is read from a file or from standard input, never from the
 *         command line, where others on the machine would see it.
 *   [CM2] The list shows addresses only with --show.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "cli/words.h"
#include "codec/json.h"
#include "service/mail_digest.h"

enum { PASSWORD_MOST = 1000, AUTHORITY_MOST = 100000 };

/* --- mail set ------------------------------------------------------------- */

/* [CM1] The first line of the file; "-": of standard input. */
static err read_password(struct cli *cli, str path, str *out)
{
    str text;

    TRY(file_read(cli->files, cli->arena,
                  str_eq(path, S("-")) ? S("/dev/stdin") : path, PASSWORD_MOST,
                  &text));
    *out = str_first(text, str_index(text, '\n'));
    if (str_ends(*out, S("\r")))
        out->n--;
    return OK;
}

static err read_settings(struct cli *cli, const struct arguments *args,
                         struct mail_settings *s)
{
    *s = (struct mail_settings){
        .server = { .address = arguments_value(args, "server"),
                    .user = arguments_value(args, "user") },
        .from = arguments_value(args, "from"),
    };
    if (arguments_given(args, "password"))
        TRY(read_password(cli, arguments_value(args, "password"),
                          &s->server.password));
    if (!arguments_given(args, "authority"))
        return OK;
    return file_read(cli->files, cli->arena, arguments_value(args, "authority"),
                     AUTHORITY_MOST, &s->server.authority);
}

static err begin(struct cli *cli, const struct arguments *args,
                 enum app_use use, struct session *who, struct clock_set *clock,
                 struct app **app)
{
    TRY(cli_open(cli, args, use, clock, app));
    return cli_session(cli, args, *app, who);
}

static err run_set(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct json *j = json_new_object(cli->arena);
    struct mail_settings s;
    struct clock_set clock;
    struct session who;

    TRY(read_settings(cli, args, &s));
    TRY(begin(cli, args, APP_WRITE, &who, &clock, &app));
    TRY(mail_settings_set(app, cli->arena, &who, &s));
    if (!cli->json) {
        cli_say(cli, "cli.mail_set", ARG_STR("server", s.server.address),
                ARG_STR("from", s.from));
        return OK;
    }
    json_set(j, S("server"), json_new_str(cli->arena, s.server.address));
    json_set(j, S("from"), json_new_str(cli->arena, s.from));
    return cli_print_json(cli, j);
}

/* --- mail list ------------------------------------------------------------ */

static const char *const state_names[] = { "waiting", "sent", "given_up" };

static struct json *line_json(struct arena *a, const struct outbox_line *l,
                              bool show)
{
    struct json *j = json_new_object(a);
    const struct mail_row *r = &l->row;
    char *text = arena_array(a, ID_TEXT, 1);

    if (text != NULL)
        json_set(j, S("id"), json_new_str(a, id_text(r->id, text)));
    json_set(j, S("kind"), json_new_str(a, r->kind));
    json_set(j, S("lang"), json_new_str(a, r->lang));
    json_set(j, S("state"), json_new_str(a, str_of(state_names[r->state])));
    json_set(j, S("fault"),
             json_new_str(a, str_of(outbox_fault_names[r->trouble])));
    json_set(j, S("status"), json_new_int(a, r->status));
    json_set(j, S("tries"), json_new_int(a, r->tries));
    json_set(j, S("made"), json_new_int(a, r->made));
    json_set(j, S("due"), json_new_int(a, r->due));
    json_set(j, S("ended"), json_new_int(a, r->ended));
    if (show)
        json_set(j, S("to"), json_new_str(a, l->to));
    return j;
}

static str fault_text(struct cli *cli, int32_t fault, int32_t status)
{
    const struct err_arg args[] = { ARG_INT("status", status), { 0 } };
    struct buf b;

    buf_init(&b, cli->arena, 2000);
    text_render(&b, cli->lang,
                cli_id(cli, "mail_fault.", outbox_fault_names[fault]).p, args);
    return cli_text(cli, &b);
}

static void say_line(struct cli *cli, const struct outbox_line *l, bool show)
{
    const struct mail_row *r = &l->row;

    cli_say(cli, "cli.mail_line", ARG_DAY("day", day_of_micros(r->made)),
            ARG_IDS("kind", cli_id(cli, "mail_kind.", r->kind.p)),
            ARG_IDS("state", cli_id(cli, "mail_state.", state_names[r->state])),
            ARG_INT("tries", r->tries));
    if (show)
        words_say(cli, 1, "cli.mail_to", ARG_STR("to", l->to));
    if (r->trouble != FAULT_NONE)
        words_say(cli, 1, "cli.mail_why",
                  ARG_STR("why", fault_text(cli, r->trouble, r->status)));
}

static err run_list(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    bool show = arguments_given(args, "show");
    struct json *j = json_new_array(cli->arena);
    struct clock_set clock;
    struct session who;
    struct list lines;

    TRY(begin(cli, args, APP_READ, &who, &clock, &app));
    TRY(outbox_list(app, cli->arena, &who, &lines));
    for (size_t i = 0; i < lines.n; i++) {
        const struct outbox_line *l = (const struct outbox_line *)lines.p + i;

        if (cli->json)
            json_add(j, line_json(cli->arena, l, show));
        else
            say_line(cli, l, show);
    }
    if (cli->json)
        return cli_print_json(cli, j);
    if (lines.n == 0)
        cli_say(cli, "cli.mail_none");
    return OK;
}

/* --- mail send ------------------------------------------------------------ */

/* What became of those that waited. */
struct sent {
    int64_t sent;
    int64_t waiting;
    int64_t given_up;
};

static void count(struct sent *n, const struct outbox_turn *t)
{
    n->sent += t->state == MAIL_SENT ? 1 : 0;
    n->waiting += t->state == MAIL_WAITING ? 1 : 0;
    n->given_up += t->state == MAIL_GIVEN_UP ? 1 : 0;
}

/* Each that waits now, once: what failed is due later than it was. */
static err send_all(struct cli *cli, struct app *app, struct sent *n)
{
    int64_t left;

    TRY(outbox_waiting(app, cli->arena, &left));
    for (; left > 0; left--) {
        struct outbox_turn turn;

        TRY(outbox_turn(app, cli->arena, INT64_MAX, &turn));
        if (!turn.any)
            break;
        count(n, &turn);
        if (failed(turn.why) && !cli->json)
            cli_say(cli, "cli.mail_why",
                    ARG_STR("why", words_err(cli, turn.why)));
    }
    return OK;
}

static err run_send(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct json *j = json_new_object(cli->arena);
    struct clock_set clock;
    struct sent n = { 0 };

    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(send_all(cli, app, &n));
    cli->wrong = n.waiting + n.given_up > 0;
    if (!cli->json) {
        cli_say(cli, "cli.mail_sent", ARG_INT("sent", n.sent),
                ARG_INT("waiting", n.waiting), ARG_INT("given_up", n.given_up));
        return OK;
    }
    json_set(j, S("sent"), json_new_int(cli->arena, n.sent));
    json_set(j, S("waiting"), json_new_int(cli->arena, n.waiting));
    json_set(j, S("given_up"), json_new_int(cli->arena, n.given_up));
    return cli_print_json(cli, j);
}

/* --- mail test, mail digest ----------------------------------------------- */

static err run_test(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct json *j = json_new_object(cli->arena);
    str to = arguments_operand(args, 0);
    struct clock_set clock;
    struct session who;

    TRY(begin(cli, args, APP_WRITE, &who, &clock, &app));
    TRY(outbox_test(app, cli->arena, &who, cli->lang, to));
    if (!cli->json) {
        cli_say(cli, "cli.mail_tested", ARG_STR("to", to));
        return OK;
    }
    json_set(j, S("sent"), json_new_str(cli->arena, to));
    return cli_print_json(cli, j);
}

static err run_digest(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct json *j = json_new_object(cli->arena);
    struct clock_set clock;
    struct session who;
    struct digest_order order = {
        .who = &who,
        .login = arguments_operand(args, 0),
        .to = arguments_operand(args, 1),
        .lang = cli->lang,
        .today = DAY_NEVER,
    };
    int64_t tasks;

    TRY(begin(cli, args, APP_WRITE, &who, &clock, &app));
    TRY(mail_digest(app, cli->arena, &order, &tasks));
    if (!cli->json) {
        cli_say(cli, tasks > 0 ? "cli.mail_digested" : "cli.mail_nothing",
                ARG_INT("count", tasks), ARG_STR("login", order.login));
        return OK;
    }
    json_set(j, S("tasks"), json_new_int(cli->arena, tasks));
    return cli_print_json(cli, j);
}

/* --- tables --------------------------------------------------------------- */

static const struct option set_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "server", "URL", true, "cli.option.mail_server" },
    { "from", "ADDRESS", true, "cli.option.mail_from" },
    { "user", "NAME", false, "cli.option.mail_user" },
    { "password", "FILE", false, "cli.option.mail_password" },
    { "authority", "FILE", false, "cli.option.mail_authority" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand mail_set_command = {
    .name = "mail set",
    .help = "cli.help.mail_set",
    .about = "cli.about.mail_set",
    .options = set_options,
    .option_count = COUNT(set_options),
    .run = run_set,
};

static const struct option list_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "show", NULL, false, "cli.option.mail_show" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand mail_list_command = {
    .name = "mail list",
    .help = "cli.help.mail_list",
    .about = "cli.about.mail_list",
    .options = list_options,
    .option_count = COUNT(list_options),
    .run = run_list,
};

static const struct option send_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand mail_send_command = {
    .name = "mail send",
    .help = "cli.help.mail_send",
    .about = "cli.about.mail_send",
    .options = send_options,
    .option_count = COUNT(send_options),
    .run = run_send,
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

static const struct operand test_operands[] = {
    { .name = "ADDRESS", .help = "cli.operand.mail_address" },
};

const struct subcommand mail_test_command = {
    .name = "mail test",
    .help = "cli.help.mail_test",
    .about = "cli.about.mail_test",
    .operands = test_operands,
    .operand_count = COUNT(test_operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run_test,
};

static const struct operand digest_operands[] = {
    { .name = "LOGIN", .help = "cli.operand.mail_login" },
    { .name = "ADDRESS", .help = "cli.operand.mail_address" },
};

const struct subcommand mail_digest_command = {
    .name = "mail digest",
    .help = "cli.help.mail_digest",
    .about = "cli.about.mail_digest",
    .operands = digest_operands,
    .operand_count = COUNT(digest_operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run_digest,
};
