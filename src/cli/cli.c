#include "cli/cli.h"

#include "base/arena.h"
#include "base/size.h"
#include "cli/help.h"
#include "cli/subcommands.h"
#include "codec/json.h"
#include "scheme/scheme.h"

#include <errno.h>
#include <unistd.h>

enum { ARENA_LIMIT = 1 << 30, OUT_LIMIT = 256 << 20, MESSAGE_LIMIT = 1 << 16 };
enum { EXIT_DONE = 0, EXIT_WRONG = 1, EXIT_USAGE = 2 };

const struct subcommand *const cli_subcommands[] = {
    &scheme_check_command,
    &scheme_show_command,
    &scheme_diff_command,
    &scheme_freeze_command,
    &person_add_command,
    &person_invite_command,
    &person_reset_command,
    &person_until_command,
    &person_sessions_command,
    &enterprise_add_command,
    &score_command,
    &fee_estimate_command,
    &records_inspect_command,
    &records_kpi_command,
    &records_screen_command,
    &records_report_command,
    &records_sheet_command,
    &records_verify_command,
    &records_room_command,
    &register_import_command,
    &register_export_command,
    &register_check_command,
    &register_root_command,
    &register_prove_command,
    &register_mirror_command,
    &register_rebuild_command,
    &id_check_command,
    &day_add_command,
    &found_command,
    &demo_command,
    &serve_command,
    &case_list_command,
    &case_show_command,
    &case_history_command,
    &case_do_command,
    &case_offers_command,
    &case_checklist_command,
    &case_papers_command,
    &case_review_command,
    &case_improve_command,
    &case_document_command,
    &case_forecast_command,
    &todo_command,
    &calendar_link_command,
    &calendar_list_command,
    &calendar_revoke_command,
    &body_show_command,
    &body_change_command,
    &body_contact_command,
    &mail_set_command,
    &mail_list_command,
    &mail_send_command,
    &mail_test_command,
    &mail_digest_command,
    &webhook_add_command,
    &webhook_list_command,
    &webhook_remove_command,
    &webhook_resume_command,
    &webhook_try_command,
    &webhook_send_command,
    &webhook_local_command,
    &tick_command,
    &certificate_show_command,
    &certificate_mark_command,
    &certificate_pdf_command,
    &report_check_command,
    &report_export_command,
    &report_mark_command,
    &report_list_command,
    &report_set_command,
    &report_fields_command,
    &key_list_command,
    &key_make_command,
    &key_retire_command,
    &key_lock_command,
    &key_uses_command,
    &credential_make_command,
    &key_request_command,
    &key_certificate_command,
    &key_import_command,
    &log_show_command,
    &log_vkey_command,
    &log_checkpoint_command,
    &log_proof_command,
    &dossier_command,
    &recompute_command,
    &log_export_command,
    &log_witness_list_command,
    &log_witness_add_command,
    &log_witness_remove_command,
    &log_witness_ask_command,
    &witness_command,
    &verify_command,
    &check_command,
    &rebuild_command,
    &backup_command,
    &restore_command,
    &manual_command,
};
const size_t cli_subcommand_count =
    sizeof cli_subcommands / sizeof(const struct subcommand *);

/* False when it could not all be written. */
static bool put(int fd, str s)
{
    while (s.n > 0) {
        ssize_t n = write(fd, s.p, s.n);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        s = str_from(s, (size_t)n);
    }
    return true;
}

/* What was printed goes to stdout. */
static err put_out(struct cli *cli, int fd)
{
    str out;

    TRY(buf_done(&cli->out, &out));
    if (!put(fd, out))
        return err_new(cli->arena, ERR_IO, "output.lost",
                       ARG_INT("number", errno));
    buf_init(&cli->out, cli->arena, OUT_LIMIT);
    return OK;
}

void cli_say_args(struct cli *cli, const char *message,
                  const struct err_arg *args)
{
    text_render(&cli->out, cli->lang, message, args);
    buf_char(&cli->out, '\n');
}

err cli_flush(struct cli *cli)
{
    return put_out(cli, cli->out_fd);
}

err cli_print_json(struct cli *cli, const struct json *j)
{
    json_pretty(&cli->out, j);
    buf_char(&cli->out, '\n');
    return cli->out.first;
}

err cli_print_text(struct cli *cli, const char *key)
{
    struct json *j;
    str text;

    if (!cli->json)
        return OK;
    TRY(buf_done(&cli->out, &text));
    buf_init(&cli->out, cli->arena, OUT_LIMIT);
    j = json_new_object(cli->arena);
    json_set(j, str_of(key), json_new_str(cli->arena, text));
    return cli_print_json(cli, j);
}

str cli_text(struct cli *cli, struct buf *b)
{
    str out = S("");
    err e = buf_done(b, &out);

    if (failed(e) && !failed(cli->out.first))
        cli->out.first = e;
    return out;
}

err cli_day(struct cli *cli, str word, day *out)
{
    if (day_parse(word, out))
        return OK;
    return err_new(cli->arena, ERR_INVALID, "cli.day", ARG_STR("given", word));
}

err cli_today(struct cli *cli, const struct arguments *args, day *out)
{
    if (arguments_given(args, "today"))
        return cli_day(cli, arguments_value(args, "today"), out);
    *out = day_of_micros(cli->clock->now(cli->clock));
    return OK;
}

err cli_calendar(struct cli *cli, struct calendar **out)
{
    return calendar_official(cli->arena, out);
}

str cli_label(const struct cli *cli, struct label l)
{
    return cli->lang == LANG_EN ? l.en : l.zh;
}

/* What went wrong, for programs: its code, id and arguments. */
static struct json *refusal_json(struct cli *cli, err e)
{
    struct arena *a = cli->arena;
    struct json *whole = json_new_object(a);
    struct json *inner = json_new_object(a);
    struct json *args = json_new_object(a);
    struct buf b;
    str message = S("");

    for (const struct err_arg *g = e.info->args; g->name != NULL; g++)
        json_set(args, str_of(g->name),
                 g->kind == ARG_IS_NUMBER || g->kind == ARG_IS_MONEY ||
                         g->kind == ARG_IS_DAY
                     ? json_new_int(a, g->number)
                     : json_new_str(a, g->text));
    buf_init(&b, a, MESSAGE_LIMIT);
    text_err(&b, cli->lang, e);
    if (failed(buf_done(&b, &message)))
        return NULL;
    json_set(inner, S("code"), json_new_str(a, err_code_name(e.info->code)));
    json_set(inner, S("id"), json_new_str(a, str_of(e.info->id)));
    json_set(inner, S("message"), json_new_str(a, message));
    json_set(inner, S("arguments"), args);
    json_set(whole, S("refused"), inner);
    return whole;
}

/* [CLI2] With --json a refusal is a document too. */
static void put_refusal(struct cli *cli, int fd, err e)
{
    struct json *j = refusal_json(cli, e);
    struct buf b;
    str text;

    buf_init(&b, cli->arena, OUT_LIMIT);
    json_pretty(&b, j);
    buf_char(&b, '\n');
    if (!failed(buf_done(&b, &text)))
        (void)put(fd, text);
}

/* The message of `e` on stderr; returns the exit status. */
static int complain(struct cli *cli, const struct cli_world *world, err e,
                    int status)
{
    struct buf b;
    str message;

    if (cli->json)
        put_refusal(cli, world->out, e);
    buf_init(&b, cli->arena, MESSAGE_LIMIT);
    buf_str(&b, S("tenstar: "));
    text_err(&b, cli->lang, e);
    buf_char(&b, '\n');
    if (failed(buf_done(&b, &message)))
        message = S("tenstar: out of memory\n");
    (void)put(world->err, message);
    return status;
}

/* --- which subcommand -------------------------------------------------- */

/* The words of a command line, taken apart [AG2]. */
struct line {
    str *words;
    size_t n;
    size_t common; /* so many at the front belong to every subcommand */
};

static bool is_common(str word)
{
    if (!str_begins(word, S("--")))
        return false;
    word = str_from(word, 2);
    word = str_first(word, str_index(word, '='));
    for (size_t i = 0; i < common_option_count; i++) {
        if (str_eq(word, str_of(common_options[i].name)))
            return true;
    }
    return false;
}

/* Does the word after this one belong to it? */
static bool takes_next(str word)
{
    return str_eq(word, S("--lang"));
}

static size_t count_common(const str *words, size_t n)
{
    size_t i = 0;

    while (i < n && is_common(words[i]))
        i += takes_next(words[i]) ? 2 : 1;
    return i < n ? i : n;
}

static bool has_word(const struct line *line, size_t n, str word)
{
    for (size_t i = 0; i < n && !str_eq(line->words[i], S("--")); i++) {
        if (str_eq(line->words[i], word))
            return true;
    }
    return false;
}

/* --lang counts also when the rest of the line cannot be read. */
static enum lang choose_lang(const struct cli_world *world,
                             const struct line *line)
{
    for (size_t i = 0; i < line->n; i++) {
        str word = line->words[i];
        str value = S("");

        if (str_begins(word, S("--lang=")))
            value = str_from(word, 7);
        else if (str_eq(word, S("--lang")) && i + 1 < line->n)
            value = line->words[i + 1];
        if (str_eq(value, S("en")))
            return LANG_EN;
        if (str_eq(value, S("zh")))
            return LANG_ZH;
    }
    return lang_of_locale(str_of(world->locale));
}

/* --- running it -------------------------------------------------------- */

static err run_subcommand(struct cli *cli, const struct subcommand *s,
                          const struct arguments *args)
{
    bool said = false;

    if (!args->help)
        return s->run(cli, args);
    if (s->explain != NULL)
        TRY(s->explain(cli, args, &said));
    if (!said)
        help_subcommand(&cli->out, cli->lang, s);
    return cli_print_text(cli, "help");
}

static int run_found(struct cli *cli, const struct cli_world *world,
                     const struct subcommand *s, const struct line *line)
{
    struct arguments args;
    err e = arguments_parse(cli->arena, s, line->words, line->n, &args);

    if (failed(e))
        return complain(cli, world, e, EXIT_USAGE);
    e = run_subcommand(cli, s, &args);
    if (!failed(e))
        e = put_out(cli, world->out);
    if (failed(e))
        return complain(cli, world, e,
                        str_begins(str_of(e.info->id), S("cli.")) ? EXIT_USAGE
                                                                  : EXIT_WRONG);
    return cli->wrong ? EXIT_WRONG : EXIT_DONE;
}

/* The first word that is not common, or an empty str. */
static str first_word(const struct line *line)
{
    return line->common < line->n ? line->words[line->common] : S("");
}

static bool asks_help(const struct line *line)
{
    str word = first_word(line);

    return has_word(line, line->common, S("--help")) ||
           str_eq(word, S("help")) || str_eq(word, S("-h"));
}

/* `tenstar case --help`: of those that begin so. */
static bool asks_help_of_group(const struct line *line)
{
    bool alone = line->common + 1 >= line->n ||
                 str_begins(line->words[line->common + 1], S("-"));

    return subcommand_is_group(first_word(line)) && alone &&
           has_word(line, line->n, S("--help"));
}

/* What was printed goes where it belongs. */
static int put_printed(struct cli *cli, const struct cli_world *world, err e,
                       bool asked)
{
    if (!failed(e))
        e = put_out(cli, asked ? world->out : world->err);
    if (failed(e))
        return complain(cli, world, e, EXIT_WRONG);
    return asked ? EXIT_DONE : EXIT_USAGE;
}

static err print_version(struct cli *cli)
{
    struct json *j = json_new_object(cli->arena);

    json_set(j, S("version"), json_new_str(cli->arena, S(PROGRAM_VERSION)));
    if (cli->json)
        return cli_print_json(cli, j);
    buf_str(&cli->out, S("tenstar " PROGRAM_VERSION "\n"));
    return OK;
}

/* No subcommand: help that was asked for, or help instead. */
static int run_none(struct cli *cli, const struct cli_world *world,
                    const struct line *line)
{
    size_t n = line->n - line->common;
    bool of_group = asks_help_of_group(line);
    bool asked = of_group || asks_help(line);
    str group = of_group ? first_word(line) : S("");

    if (str_eq(first_word(line), S("--version")))
        return put_printed(cli, world, print_version(cli), true);
    if (n > 0 && !asked)
        return complain(cli, world,
                        subcommand_unknown(cli->arena,
                                           line->words + line->common, n),
                        EXIT_USAGE);
    help_all(&cli->out, cli->lang, cli_subcommands, cli_subcommand_count,
             group);
    return put_printed(cli, world, asked ? cli_print_text(cli, "help") : OK,
                       asked);
}

/* The line without the subcommand's name. */
static struct line without_name(const struct line *line, size_t used)
{
    struct line rest = *line;

    memmove(rest.words + rest.common, rest.words + rest.common + used,
            (rest.n - rest.common - used) * sizeof *rest.words);
    rest.n -= used;
    return rest;
}

/* argv without the program's name. */
static err take_words(struct arena *a, int argc, char **argv, struct line *out)
{
    size_t count = argc > 1 ? (size_t)argc - 1 : 0;
    str *words = arena_array(a, count, sizeof *words);

    TRY_MEMORY(words);
    for (size_t i = 0; i < count; i++)
        words[i] = str_of(argv[i + 1]);
    *out = (struct line){ words, count, count_common(words, count) };
    return OK;
}

int cli_run(struct heap *h, const struct cli_world *world, int argc,
            char **argv)
{
    scoped(arena_end) struct arena arena;
    struct cli cli = {
        .heap = h,
        .arena = &arena,
        .clock = world->clock,
        .entropy = world->entropy,
        .files = world->files,
        .secret = world->secret,
        .passphrase = world->passphrase,
        .new_passphrase = world->new_passphrase,
        .import_passphrase = world->import_passphrase,
        .credentials = world->credentials,
        .out_fd = world->out,
        .err_fd = world->err,
    };
    struct line line;
    size_t used = 0;

    arena_init(&arena, h, ARENA_LIMIT);
    err e = take_words(&arena, argc, argv, &line);
    if (failed(e))
        return complain(&cli, world, e, EXIT_WRONG);
    cli.lang = choose_lang(world, &line);
    cli.json = has_word(&line, line.n, S("--json"));
    buf_init(&cli.out, &arena, OUT_LIMIT);

    const struct subcommand *s =
        subcommand_find(line.words + line.common, line.n - line.common, &used);
    if (s == NULL)
        return run_none(&cli, world, &line);
    line = without_name(&line, used);
    return run_found(&cli, world, s, &line);
}

int cli_refuse(struct heap *h, const struct cli_world *world, err why)
{
    scoped(arena_end) struct arena arena;
    struct cli cli = {
        .arena = &arena,
        .lang = lang_of_locale(str_of(world->locale)),
    };

    arena_init(&arena, h, ARENA_LIMIT);
    return complain(&cli, world, why, EXIT_WRONG);
}
