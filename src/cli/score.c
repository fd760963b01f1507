/* tenstar score SCHEME ANSWERS.yaml -- score, level, gates, points lost. */

#include "cli/score.h"

#include "base/arena.h"
#include "base/size.h"
#include "cli/cli.h"
#include "cli/package.h"
#include "codec/json.h"
#include "domain/answers.h"
#include "domain/explain.h"
#include "domain/view.h"

enum { ANSWERS_MAX = 4 << 20 };

static const char *const gate_ids[] = {
    [GATE_MET] = "gate.met",
    [GATE_NOT_MET] = "gate.not_met",
    [GATE_UNKNOWN] = "gate.unknown",
    [GATE_CANNOT_TELL] = "gate.cannot_tell",
};

void cli_say_level(struct cli *cli, const struct scheme *s,
                   const struct score *x)
{
    char shown[TEXT_VALUE];

    if (s->method == METHOD_POINTS)
        cli_say(cli, "cli.score",
                ARG_STR("score", text_score(x->shown, shown)));
    if (x->failed_by_specials)
        cli_say(cli, "cli.score_specials");
    if (x->level >= 0)
        cli_say(cli, "cli.level",
                ARG_LABEL("level", s->levels[x->level].label));
    else
        cli_say(cli, "cli.no_level");
}

/* The level above the one reached, and the fewest indicators that would reach
 * its threshold. [M7] */
static void say_gap(struct cli *cli, const struct scheme *s,
                    const struct explanation *e)
{
    const struct gap *gap = &e->gap;
    char shown[TEXT_VALUE];

    if (s->method != METHOD_POINTS || gap->level < 0 || gap->missing == 0)
        return;
    cli_say(cli, "cli.gap", ARG_LABEL("level", s->levels[gap->level].label),
            ARG_STR("points", text_score((gap->missing + 9) / 10, shown)));
    for (size_t i = 0; i < gap->step_count; i++) {
        const struct loss *l = &e->losses[gap->steps[i]];
        const struct indicator *leaf = scheme_leaf_at(s, l->leaf);

        cli_say(cli, "cli.gap_step", ARG_STR("indicator", leaf->id),
                ARG_LABEL("label", leaf->label),
                ARG_STR("points", text_score(l->worth / 10, shown)));
    }
    if (!gap->closable)
        cli_say(cli, "cli.gap_specials");
}

void cli_say_gates(struct cli *cli, const struct scheme *s,
                   const struct score *x)
{
    for (size_t i = 0; i < x->gate_count; i++) {
        const struct gate_result *r = &x->gates[i];
        const struct level *l = &s->levels[r->level];

        cli_say(cli, "cli.gate", ARG_LABEL("level", l->label),
                ARG_LABEL("gate", l->gates[r->gate].label),
                ARG_IDS("state", str_of(gate_ids[r->state])));
    }
}

static void say_lost(struct cli *cli, const struct scheme *s,
                     const struct explanation *e)
{
    static const char *const reasons[] = {
        [ANSWER_NONE] = "answer.none",
        [ANSWER_MET] = "answer.met",
        [ANSWER_NOT_MET] = "answer.not_met",
        [ANSWER_SAMPLED] = "answer.sampled",
        [ANSWER_NOT_APPLICABLE] = "answer.na",
    };

    for (size_t i = 0; i < e->loss_count; i++) {
        const struct loss *l = &e->losses[i];
        const struct indicator *leaf = scheme_leaf_at(s, l->leaf);
        char shown[TEXT_VALUE];

        cli_say(cli, leaf->assumed ? "cli.lost_assumed" : "cli.lost",
                ARG_STR("indicator", leaf->id), ARG_LABEL("label", leaf->label),
                ARG_STR("points", text_score((l->points + 9) / 10, shown)),
                ARG_IDS("reason", str_of(reasons[l->given.kind])));
    }
}

/* The score as a document, and the gap with its steps. */
static err print_json(struct cli *cli, const struct scheme *s,
                      const struct assessment *in, const struct explanation *e)
{
    struct arena *a = cli->arena;
    struct json *j = score_json(a, s, in, &e->score);
    struct json *gap = json_new_object(a);
    struct json *steps = json_new_array(a);

    for (size_t i = 0; i < e->gap.step_count; i++) {
        int32_t leaf = e->losses[e->gap.steps[i]].leaf;

        json_add(steps, json_new_str(a, scheme_leaf_at(s, leaf)->id));
    }
    if (e->gap.level >= 0) {
        json_set(gap, S("level"), json_new_str(a, s->levels[e->gap.level].id));
        json_set(gap, S("thousandths"), json_new_int(a, e->gap.missing));
        json_set(gap, S("closable"), json_new_bool(a, e->gap.closable));
        json_set(gap, S("steps"), steps);
    }
    json_set(j, S("gap"), e->gap.level < 0 ? json_new_null(a) : gap);
    return cli_print_json(cli, j);
}

/* What is wrong with the answers, as a finding: exit 1. */
static err print_wrong(struct cli *cli, const struct problem *problems)
{
    struct json *j = json_new_object(cli->arena);

    cli->wrong = true;
    if (!cli->json) {
        cli_print_problems(cli, S(""), problems);
        return OK;
    }
    json_set(j, S("problems"), cli_problems_json(cli, problems));
    return cli_print_json(cli, j);
}

static err print_score(struct cli *cli, const struct scheme *s,
                       const struct assessment *in)
{
    struct explanation *x = arena_zero(cli->arena, sizeof *x);

    TRY_MEMORY(x);
    TRY(explain(cli->arena, s, in, -1, x));
    if (cli->json)
        return print_json(cli, s, in, x);
    cli_say_level(cli, s, &x->score);
    cli_say_gates(cli, s, &x->score);
    say_gap(cli, s, x);
    say_lost(cli, s, x);
    for (size_t i = 0; i < s->note_count; i++)
        cli_say(cli, "cli.scheme_note", ARG_LABEL("note", s->notes[i]));
    return OK;
}

/* Somebody may have typed the answers first. */
static err check_order(struct cli *cli, str scheme, str answers)
{
    bool is_package = false;
    str text;

    TRY(cli_is_package(cli, answers, &is_package));
    if (!is_package)
        return OK;
    err e = file_read(cli->files, cli->arena, scheme, ANSWERS_MAX, &text);
    if (failed(e))
        return err_is(e, ERR_MEMORY) ? e : OK;
    return err_new(cli->arena, ERR_INVALID, "cli.swapped",
                   ARG_STR("scheme", answers), ARG_STR("answers", scheme));
}

static err run(struct cli *cli, const struct arguments *args)
{
    str path = arguments_operand(args, 1);
    const struct scheme *s;
    struct problem *problems;
    struct assessment in;
    str text;

    TRY(check_order(cli, arguments_operand(args, 0), path));
    TRY(cli_load_scheme(cli, arguments_operand(args, 0), &s));
    TRY(file_read(cli->files, cli->arena, path, ANSWERS_MAX, &text));

    err e = answers_read(cli->arena, s, path, text, &in, &problems);
    if (failed(e) && problems != NULL)
        return print_wrong(cli, problems);
    TRY(e);
    return print_score(cli, s, &in);
}

static const struct operand operands[] = {
    { .name = "SCHEME", .help = "cli.operand.package" },
    { .name = "ANSWERS", .help = "cli.operand.answers" },
};

const struct subcommand score_command = {
    .name = "score",
    .help = "cli.help.score",
    .about = "cli.about.score",
    .operands = operands,
    .operand_count = COUNT(operands),
    .run = run,
};
