/*
 * tenstar recompute DOSSIER -- check a dossier without its body: the seals, the
 * proof, the package; and what the rules make of its parts. [17065 7.6]
 *
 *   [RE1] It reads the two files it is given, and nothing else.
 *   [RE2] Exit 1 when the dossier is not whole, and when something in it is not
 *         what the rules make of it; parts that are withheld are neither.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/cli.h"
#include "cli/values.h"
#include "cli/words.h"
#include "codec/json.h"
#include "codec/zip.h"
#include "domain/names.h"
#include "verify/recompute.h"

static const char *const line_ids[RECOMPUTED_COUNT] = {
    [RECOMPUTED_DRAW] = "recomputed.draw",
    [RECOMPUTED_ANSWERS] = "recomputed.answers",
    [RECOMPUTED_EXCLUDED] = "recomputed.excluded",
    [RECOMPUTED_SCORE] = "recomputed.score",
    [RECOMPUTED_GATES] = "recomputed.gates",
    [RECOMPUTED_LEVEL] = "recomputed.level",
    [RECOMPUTED_DECISION] = "recomputed.decision",
};

static const char *const agreement_ids[] = {
    [AGREES] = "agreement.agrees",
    [DIFFERS] = "agreement.differs",
    [LACKS] = "agreement.lacks",
    [NOTHING] = "agreement.nothing",
};

/* --- in words ------------------------------------------------------------- */

static void say_proved(struct cli *cli, const struct dossier *d)
{
    cli_say(cli, "cli.recompute_entry", ARG_STR("log", d->seen.body.origin),
            ARG_INT("entry", d->index), ARG_DAY("day", day_of_micros(d->at)));
    cli_say(cli, d->own_key ? "cli.recompute_own_key" : "cli.recompute_policy",
            ARG_INT("witnesses", d->seen.witnesses));
    cli_say(cli, "cli.recompute_scheme", ARG_LABEL("scheme", d->scheme->name),
            ARG_STR("version", d->scheme->version));
    if (d->withheld != 0)
        cli_say(cli, "cli.dossier_withheld",
                ARG_STR("parts", cli_dossier_parts(cli, d->withheld)));
}

static void say_line(struct cli *cli, const struct recomputation *r, int i)
{
    cli_say(cli, "cli.recompute_line", ARG_IDS("what", str_of(line_ids[i])),
            ARG_IDS("how", str_of(agreement_ids[r->lines[i]])));
    if (r->lines[i] == LACKS)
        words_say(cli, 2, "cli.recompute_lacks",
                  ARG_STR("parts", cli_dossier_parts(cli, r->lacks[i])));
}

static void say_score(struct cli *cli, const struct dossier *d,
                      const struct recomputation *r)
{
    const struct score *x = &r->score;
    char shown[TEXT_VALUE];

    if (!r->scored)
        return;
    if (d->scheme->method == METHOD_POINTS)
        cli_say(cli, "cli.score",
                ARG_STR("score", text_score(x->shown, shown)));
    if (x->level >= 0)
        cli_say(cli, "cli.level",
                ARG_LABEL("level", d->scheme->levels[x->level].label));
    else
        cli_say(cli, "cli.no_level");
}

static void say_decision(struct cli *cli, const struct recomputation *r)
{
    if (r->decision == NULL)
        return;
    cli_say(cli, r->decision->outcome == OUTCOME_GRANTED
                     ? "cli.recompute_granted"
                     : "cli.recompute_refused");
}

static void say_all(struct cli *cli, const struct dossier *d,
                    const struct recomputation *r)
{
    say_proved(cli, d);
    say_score(cli, d, r);
    say_decision(cli, r);
    for (int i = 0; i < RECOMPUTED_COUNT; i++)
        say_line(cli, r, i);
    cli_say(cli, recomputation_agrees(r) ? "cli.recompute_agrees"
                                         : "cli.recompute_differs");
}

/* --- as JSON -------------------------------------------------------------- */

static struct json *parts_json(struct arena *a, unsigned parts)
{
    struct json *list = json_new_array(a);

    for (int i = 0; i < DOSSIER_PARTS; i++) {
        if ((parts >> i & 1) != 0)
            json_add(list, json_new_str(a, str_of(dossier_part_names[i])));
    }
    return list;
}

static struct json *lines_json(struct arena *a, const struct recomputation *r)
{
    struct json *lines = json_new_object(a);

    for (int i = 0; i < RECOMPUTED_COUNT; i++)
        json_set(lines, str_of(recomputed_names[i]),
                 json_new_str(a, str_of(agreement_names[r->lines[i]])));
    return lines;
}

static err score_json_of(struct arena *a, const struct dossier *d,
                         const struct recomputation *r, struct json *j)
{
    struct dossier_score made;

    if (!r->scored)
        return OK;
    TRY(dossier_score_of(a, d->scheme, &r->score, &made));
    json_set(j, S("num"), json_new_str(a, made.num));
    json_set(j, S("den"), json_new_str(a, made.den));
    json_set(j, S("shown"), json_new_int(a, made.shown));
    json_set(j, S("level"), json_new_str(a, made.level));
    return OK;
}

static err print_json(struct cli *cli, const struct dossier *d,
                      const struct recomputation *r)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);

    json_set(j, S("agrees"), json_new_bool(a, recomputation_agrees(r)));
    json_set(j, S("log"), json_new_str(a, d->seen.body.origin));
    json_set(j, S("entry"), json_new_int(a, (int64_t)d->index));
    json_set(j, S("at"), json_new_int(a, d->at));
    json_set(j, S("own_key"), json_new_bool(a, d->own_key));
    json_set(j, S("witnesses"), json_new_int(a, (int64_t)d->seen.witnesses));
    json_set(j, S("scheme"), json_new_str(a, d->scheme->id));
    json_set(j, S("withheld"), parts_json(a, d->withheld));
    TRY(score_json_of(a, d, r, j));
    if (r->decision != NULL)
        json_set(j, S("outcome"),
                 json_new_str(a, str_of(outcome_names[r->decision->outcome])));
    json_set(j, S("recomputed"), lines_json(a, r));
    return cli_print_json(cli, j);
}

/* --- the subcommand ------------------------------------------------------- */

static err read_policy(struct cli *cli, const struct arguments *args,
                       const struct trust_policy **out)
{
    str text;

    *out = NULL;
    if (!arguments_given(args, "policy"))
        return OK;
    TRY(file_read(cli->files, cli->arena, arguments_value(args, "policy"),
                  POLICY_BYTES_MAX, &text));
    return policy_read(cli->arena, text, out);
}

static err run(struct cli *cli, const struct arguments *args)
{
    const struct trust_policy *policy;
    struct dossier *d = arena_zero(cli->arena, sizeof *d);
    struct recomputation *r = arena_zero(cli->arena, sizeof *r);
    str archive;

    TRY_MEMORY(d);
    TRY_MEMORY(r);
    TRY(read_policy(cli, args, &policy));
    TRY(file_read(cli->files, cli->arena, arguments_operand(args, 0),
                  ZIP_BYTES_MAX, &archive));
    TRY(dossier_open(cli->arena, archive, policy, d));
    TRY(recompute(cli->arena, d, r));
    cli->wrong = !recomputation_agrees(r); /* [RE2] */
    if (cli->json)
        return print_json(cli, d, r);
    say_all(cli, d, r);
    return OK;
}

static const struct operand operands[] = {
    { .name = "DOSSIER", .help = "cli.operand.dossier" },
};

static const struct option options[] = {
    { "policy", "FILE", false, "cli.option.policy" },
};

const struct subcommand recompute_command = {
    .name = "recompute",
    .help = "cli.help.recompute",
    .about = "cli.about.recompute",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
