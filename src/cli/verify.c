/*
 * tenstar verify THING -- what can be proved of whatever somebody has in hand
 * of a certificate, for whoever has to decide by it.
 */

#include "cli/verify.h"

#include "base/arena.h"
#include "base/size.h"
#include "cli/values.h"
#include "codec/json.h"

enum { THING_MOST = 256 << 20, NAME_MOST = 200 };

/* --- the thing ---------------------------------------------------------- */

/* A word that can only be meant as the name of a file. */
static bool names_file(str word)
{
    static const str ends[] = { S_INIT(".pdf"), S_INIT(".json"), S_INIT(".jwt"),
                                S_INIT(".tlog-proof"), S_INIT(".txt") };

    if (str_begins(word, S("/")) || str_begins(word, S("./")) ||
        str_begins(word, S("../")))
        return true;
    for (size_t i = 0; i < COUNT(ends); i++) {
        if (str_ends(word, ends[i]))
            return true;
    }
    return false;
}

/* A file's bytes, or the word itself. */
static err read_thing(struct cli *cli, str word, str *out)
{
    bool input = str_eq(word, S("-"));
    err e = file_read(cli->files, cli->arena, input ? S("/dev/stdin") : word,
                      THING_MOST, out);

    if (!failed(e) || input || names_file(word))
        return e;
    if (word.n > NAME_MOST || err_is(e, ERR_NOT_FOUND) ||
        err_is(e, ERR_INVALID)) {
        *out = word;
        return OK;
    }
    return e;
}

/* A folder with a mirror is gone by as well. [CV4] */
static err take_thing(struct cli *cli, str word, struct trust_files *files,
                      struct thing *t)
{
    str bytes;

    if (verify_is_mirror(cli, word)) {
        t->kind = THING_MIRROR;
        files->from = word;
        return OK;
    }
    TRY(read_thing(cli, word, &bytes));
    return thing_read(cli->arena, bytes, t);
}

/* --- the report --------------------------------------------------------- */

static str sentence(struct cli *cli, const struct verify_finding *f)
{
    struct buf b;

    buf_init(&b, cli->arena, 1 << 16);
    text_render(&b, cli->lang, f->id, f->args);
    return cli_text(cli, &b);
}

static void say_findings(struct cli *cli, const struct verify_report *r,
                         enum finding_is is, const char *line)
{
    for (const struct verify_finding *f = r->first; f != NULL; f = f->next) {
        if (f->is == is)
            cli_say_args(cli, line,
                         (const struct err_arg[]){
                             ARG_STR("finding", sentence(cli, f)), { 0 } });
    }
}

static void say_report(struct cli *cli, const struct thing *t,
                       const struct verify_report *r, day on)
{
    const char *verdict = report_verdict_ids[report_verdict(r)];

    cli_say(cli, "cli.verify_thing",
            ARG_IDS("thing", str_of(thing_ids[t->kind])));
    say_findings(cli, r, FINDING_PROVED, "cli.verify_proved");
    say_findings(cli, r, FINDING_OPEN, "cli.verify_open");
    say_findings(cli, r, FINDING_REFUTED, "cli.verify_refuted");
    cli_say_args(cli, verdict,
                 (const struct err_arg[]){ ARG_DAY("on", on), { 0 } });
}

static struct json *argument_json(struct arena *a, const struct err_arg *g)
{
    if (g->kind == ARG_IS_DAY)
        return cli_day_json(a, (day)g->number);
    return g->kind == ARG_IS_NUMBER ? json_new_int(a, g->number)
                                    : json_new_str(a, g->text);
}

static struct json *finding_json(struct cli *cli,
                                 const struct verify_finding *f)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    struct json *args = json_new_object(a);

    for (const struct err_arg *g = f->args; g->name != NULL; g++)
        json_set(args, str_of(g->name), argument_json(a, g));
    json_set(j, S("is"), json_new_str(a, str_of(finding_names[f->is])));
    json_set(j, S("id"), json_new_str(a, str_of(f->id)));
    json_set(j, S("message"), json_new_str(a, sentence(cli, f)));
    json_set(j, S("arguments"), args);
    return j;
}

static err print_report(struct cli *cli, const struct thing *t,
                        const struct verify_report *r, day on)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    struct json *list = json_new_array(a);
    char text[DAY_TEXT];

    for (const struct verify_finding *f = r->first; f != NULL; f = f->next)
        json_add(list, finding_json(cli, f));
    json_set(j, S("thing"), json_new_str(a, str_of(thing_names[t->kind])));
    json_set(j, S("number"),
             t->number.n == 0 ? json_new_null(a) : json_new_str(a, t->number));
    json_set(j, S("on"), json_new_str(a, day_text(on, text)));
    json_set(j, S("verdict"),
             json_new_str(a, str_of(report_verdict_names[report_verdict(r)])));
    json_set(j, S("findings"), list);
    return cli_print_json(cli, j);
}

/* --- running ------------------------------------------------------------ */

static err asked_day(struct cli *cli, const struct arguments *args, day *out)
{
    if (arguments_given(args, "on"))
        return cli_day(cli, arguments_value(args, "on"), out);
    *out = day_of_micros(cli->clock->now(cli->clock));
    return OK;
}

static err run(struct cli *cli, const struct arguments *args)
{
    struct trust_files files = {
        .keys = arguments_value(args, "keys"),
        .policy = arguments_value(args, "policy"),
        .from = arguments_value(args, "from"),
    };
    struct thing_trust trust = { 0 };
    struct verify_report r;
    struct thing *t = arena_zero(cli->arena, sizeof *t);

    TRY_MEMORY(t);
    TRY(asked_day(cli, args, &trust.on));
    TRY(take_thing(cli, arguments_operand(args, 0), &files, t));
    report_begin(&r, cli->arena);
    TRY(verify_trust(cli, &files, t, &r, &trust));
    thing_check(&r, t, &trust);
    TRY(report_end(&r));
    cli->wrong = report_verdict(&r) >= VERDICT_REFUTED;
    if (cli->json)
        return print_report(cli, t, &r, trust.on);
    say_report(cli, t, &r, trust.on);
    return OK;
}

static const struct operand operands[] = {
    { .name = "THING", .help = "cli.operand.thing" },
};

static const struct option options[] = {
    { "keys", "FILE", false, "cli.option.verify_keys" },
    { "policy", "FILE", false, "cli.option.verify_policy" },
    { "from", "DIR|URL", false, "cli.option.verify_from" },
    { "on", "DATE", false, "cli.option.verify_on" },
};

const struct subcommand verify_command = {
    .name = "verify",
    .help = "cli.help.verify",
    .about = "cli.about.verify",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
