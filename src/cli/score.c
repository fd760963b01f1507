/* tenstar score SCHEME ANSWERS.yaml -- score, level, gates, points lost. */

#include "base/arena.h"
#include "base/size.h"
#include "cli/cli.h"
#include "cli/package.h"
#include "codec/json.h"
#include "domain/answers.h"
#include "domain/view.h"

enum { ANSWERS_MAX = 4 << 20 };

static const char *const gate_ids[] = {
    [GATE_MET] = "gate.met",
    [GATE_NOT_MET] = "gate.not_met",
    [GATE_UNKNOWN] = "gate.unknown",
    [GATE_CANNOT_TELL] = "gate.cannot_tell",
};

static void say_level(struct cli *cli, const struct scheme *s,
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

/* The first level above the one reached, and what it lacks. [M7] */
static void say_gap(struct cli *cli, const struct scheme *s,
                    const struct score *x)
{
    char shown[TEXT_VALUE];
    int32_t above = x->level + 1;

    if (s->method != METHOD_POINTS || above >= (int32_t)s->level_count)
        return;

    int32_t gap = s->levels[above].min / 10 - x->shown;
    if (gap > 0)
        cli_say(cli, "cli.gap", ARG_LABEL("level", s->levels[above].label),
                ARG_STR("points", text_score(gap, shown)));
}

static void say_gates(struct cli *cli, const struct scheme *s,
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
                     const struct assessment *in)
{
    static const char *const reasons[] = {
        [ANSWER_NONE] = "answer.none",
        [ANSWER_MET] = "answer.met",
        [ANSWER_NOT_MET] = "answer.not_met",
        [ANSWER_SAMPLED] = "answer.sampled",
        [ANSWER_NOT_APPLICABLE] = "answer.na",
    };

    for (size_t i = 0; i < s->leaf_count; i++) {
        const struct indicator *leaf = scheme_leaf_at(s, (int32_t)i);
        int32_t lost = score_lost(s, (int32_t)i, in->answers[i]);
        char shown[TEXT_VALUE];

        if (lost == 0 && s->method == METHOD_POINTS)
            continue;
        if (s->method == METHOD_CLAUSES && in->answers[i].kind == ANSWER_MET)
            continue;
        cli_say(cli, leaf->assumed ? "cli.lost_assumed" : "cli.lost",
                ARG_STR("indicator", leaf->id), ARG_LABEL("label", leaf->label),
                ARG_STR("points", text_score((lost + 9) / 10, shown)),
                ARG_IDS("reason", str_of(reasons[in->answers[i].kind])));
    }
}

static err run(struct cli *cli, const struct arguments *args)
{
    str path = arguments_operand(args, 1);
    struct score *x = arena_zero(cli->arena, sizeof *x);
    const struct scheme *s;
    struct assessment in;
    str text;

    TRY_MEMORY(x);
    TRY(cli_load_scheme(cli, arguments_operand(args, 0), &s));
    TRY(file_read(cli->files, cli->arena, path, ANSWERS_MAX, &text));

    struct problem *problems;
    err e = answers_read(cli->arena, s, path, text, &in, &problems);
    if (problems != NULL)
        cli_print_problems(cli, S(""), problems);
    TRY(e);
    score_compute(s, &in, x);
    if (cli->json)
        return cli_print_json(cli, score_json(cli->arena, s, &in, x));
    say_level(cli, s, x);
    say_gates(cli, s, x);
    say_gap(cli, s, x);
    say_lost(cli, s, &in);
    for (size_t i = 0; i < s->note_count; i++)
        cli_say(cli, "cli.scheme_note", ARG_LABEL("note", s->notes[i]));
    return OK;
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
