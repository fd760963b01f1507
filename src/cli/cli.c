#include "cli/cli.h"

#include "base/arena.h"
#include "base/size.h"
#include "cli/help.h"
#include "codec/json.h"
#include "scheme/scheme.h"

#include <errno.h>
#include <unistd.h>

enum { ARENA_LIMIT = 1 << 30, OUT_LIMIT = 256 << 20, MESSAGE_LIMIT = 1 << 16 };
enum { EXIT_DONE = 0, EXIT_WRONG = 1, EXIT_USAGE = 2 };

const struct subcommand *const cli_subcommands[] = {
    &scheme_check_command, &scheme_show_command, &score_command,
    &id_check_command,     &day_add_command,     &demo_command,
    &serve_command,        &case_list_command,   &case_show_command,
    &case_history_command, &case_do_command,     &certificate_show_command,
    &check_command,        &manual_command,      &case_offers_command,
    &fee_estimate_command,
};
const size_t cli_subcommand_count =
    sizeof cli_subcommands / sizeof(const struct subcommand *);

static void put(int fd, str s)
{
    while (s.n > 0) {
        ssize_t n = write(fd, s.p, s.n);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return; /* nobody is left to tell */
        s = str_from(s, (size_t)n);
    }
}

void cli_say_args(struct cli *cli, const char *message,
                  const struct err_arg *args)
{
    text_render(&cli->out, cli->lang, message, args);
    buf_char(&cli->out, '\n');
}

err cli_flush(struct cli *cli)
{
    str out;

    TRY(buf_done(&cli->out, &out));
    put(cli->out_fd, out);
    buf_init(&cli->out, cli->arena, OUT_LIMIT);
    return OK;
}

err cli_print_json(struct cli *cli, const struct json *j)
{
    json_pretty(&cli->out, j);
    buf_char(&cli->out, '\n');
    return cli->out.first;
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

/* How many of `words` the subcommand's name takes; 0: it is another one. */
static size_t name_matches(const struct subcommand *s, const str *words,
                           size_t n)
{
    str rest = str_of(s->name);
    size_t used = 0;

    while (rest.p != NULL) {
        str word = str_cut(&rest, ' ');
        if (used >= n || !str_eq(words[used], word))
            return 0;
        used++;
    }
    return used;
}

static const struct subcommand *find(const str *words, size_t n, size_t *used)
{
    for (size_t i = 0; i < cli_subcommand_count; i++) {
        *used = name_matches(cli_subcommands[i], words, n);
        if (*used > 0)
            return cli_subcommands[i];
    }
    return NULL;
}

/* What went wrong, for programs: its code, id and arguments. */
static struct json *refusal_json(struct cli *cli, err e)
{
    static const char *const codes[ERR_CODE_COUNT] = {
        [ERR_INVALID] = "invalid",     [ERR_REFUSED] = "refused",
        [ERR_NOT_FOUND] = "not_found", [ERR_CONFLICT] = "conflict",
        [ERR_DENIED] = "denied",       [ERR_BUSY] = "busy",
        [ERR_LIMIT] = "limit",         [ERR_IO] = "io",
        [ERR_CORRUPT] = "corrupt",     [ERR_MEMORY] = "memory",
    };
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
    json_set(inner, S("code"), json_new_str(a, str_of(codes[e.info->code])));
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
        put(fd, text);
}

/* The message of `e` on stderr; returns the exit status. */
static int complain(struct cli *cli, int fd, err e, int status)
{
    struct buf b;
    str message;

    buf_init(&b, cli->arena, MESSAGE_LIMIT);
    buf_str(&b, S("tenstar: "));
    text_err(&b, cli->lang, e);
    buf_char(&b, '\n');
    if (failed(buf_done(&b, &message)))
        message = S("tenstar: out of memory\n");
    put(fd, message);
    return status;
}

static bool asks_help(str word)
{
    return str_eq(word, S("--help")) || str_eq(word, S("help")) ||
           str_eq(word, S("-h"));
}

static int run_found(struct cli *cli, const struct cli_world *world,
                     const struct subcommand *s, const str *words, size_t n)
{
    struct arguments args;
    str out;
    err e = arguments_parse(cli->arena, s, words, n, &args);

    if (failed(e))
        return complain(cli, world->err, e, EXIT_USAGE);
    if (args.lang.n > 0)
        cli->lang = str_eq(args.lang, S("en")) ? LANG_EN : LANG_ZH;
    cli->json = args.json;
    if (args.help)
        help_subcommand(&cli->out, cli->lang, s);
    else
        e = s->run(cli, &args);
    if (!failed(e))
        e = buf_done(&cli->out, &out);
    if (failed(e) && cli->json)
        put_refusal(cli, world->out, e);
    if (failed(e))
        return complain(cli, world->err, e,
                        str_begins(str_of(e.info->id), S("cli.")) ? EXIT_USAGE
                                                                  : EXIT_WRONG);
    put(world->out, out);
    return cli->wrong ? EXIT_WRONG : EXIT_DONE;
}

static int run_none(struct cli *cli, const struct cli_world *world,
                    const str *words, size_t n)
{
    str out;

    if (n > 0 && !asks_help(words[0]))
        return complain(cli, world->err,
                        err_new(cli->arena, ERR_INVALID, "cli.unknown",
                                ARG_STR("word", words[0])),
                        EXIT_USAGE);
    help_all(&cli->out, cli->lang, cli_subcommands, cli_subcommand_count);
    err e = buf_done(&cli->out, &out);
    if (failed(e))
        return complain(cli, world->err, e, EXIT_WRONG);
    put(n > 0 ? world->out : world->err, out);
    return n > 0 ? EXIT_DONE : EXIT_USAGE;
}

/* --lang counts also when the rest of the line cannot be read. */
static enum lang choose_lang(const struct cli_world *world, const str *words,
                             size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        if (str_eq(words[i], S("--lang")))
            return str_eq(words[i + 1], S("en")) ? LANG_EN : LANG_ZH;
    }
    return lang_of_locale(str_of(world->locale));
}

/* argv without the program's name. */
static err take_words(struct arena *a, int argc, char **argv, str **out,
                      size_t *n)
{
    size_t count = argc > 1 ? (size_t)argc - 1 : 0;
    str *words = arena_array(a, count, sizeof *words);

    TRY_MEMORY(words);
    for (size_t i = 0; i < count; i++)
        words[i] = str_of(argv[i + 1]);
    *out = words;
    *n = count;
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
        .out_fd = world->out,
    };
    size_t used = 0;
    size_t n = 0;
    str *words = NULL;

    arena_init(&arena, h, ARENA_LIMIT);
    err e = take_words(&arena, argc, argv, &words, &n);
    if (failed(e))
        return complain(&cli, world->err, e, EXIT_WRONG);
    cli.lang = choose_lang(world, words, n);
    buf_init(&cli.out, &arena, OUT_LIMIT);

    const struct subcommand *s = find(words, n, &used);
    if (s == NULL)
        return run_none(&cli, world, words, n);
    return run_found(&cli, world, s, words + used, n - used);
}
