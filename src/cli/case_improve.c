/*
 * tenstar case improve CASE -- what costs points, which measure would win most,
 * and the trend. [M26] [M27]
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/case.h"
#include "cli/installation.h"
#include "cli/words.h"
#include "codec/json.h"
#include "domain/improve_view.h"
#include "domain/names.h"
#include "service/improve.h"

enum { WORDS_MOST = 20000 };

/* --- words ---------------------------------------------------------------- */

static str score_text(struct cli *cli, int64_t hundredths)
{
    char shown[TEXT_VALUE];
    struct buf b;

    buf_init(&b, cli->arena, TEXT_VALUE);
    buf_str(&b, text_score(hundredths, shown));
    return cli_text(cli, &b);
}

/* "+1.50", "-0.25" */
static str change_text(struct cli *cli, int32_t hundredths)
{
    char shown[TEXT_VALUE];
    struct buf b;

    buf_init(&b, cli->arena, TEXT_VALUE);
    buf_str(&b, hundredths < 0 ? S("-") : S("+"));
    buf_str(&b, text_score(hundredths < 0 ? -hundredths : hundredths, shown));
    return cli_text(cli, &b);
}

/* The ids of leaves, "1.1, 3.2". */
static str leaves_text(struct cli *cli, const struct scheme *s,
                       const int32_t *leaves, size_t n)
{
    struct buf b;

    buf_init(&b, cli->arena, WORDS_MOST);
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%s%.*s", i > 0 ? ", " : "",
                   STR_ARG(scheme_leaf_at(s, leaves[i])->id));
    return cli_text(cli, &b);
}

/* --- where it stands ------------------------------------------------------ */

static void say_standing(struct cli *cli, const struct scheme *s,
                         const struct improvement *x)
{
    const struct score *now = &x->now.score;
    int32_t level = x->now.gap.level;

    cli_say(cli, x->by_itself ? "cli.improve_self" : "cli.improve_audit");
    if (s->method == METHOD_POINTS)
        cli_say(cli, "cli.score",
                ARG_STR("score", score_text(cli, now->shown)));
    if (now->level >= 0)
        cli_say(cli, "cli.level",
                ARG_LABEL("level", s->levels[now->level].label));
    else
        cli_say(cli, "cli.no_level");
    if (level >= 0)
        cli_say(cli, "cli.improve_wanted",
                ARG_LABEL("level", s->levels[level].label));
}

/* What was found of the indicator, in a word or as k of n. */
static void say_loss(struct cli *cli, const struct state *state,
                     const struct loss *l)
{
    const struct scheme *s = state->scheme;
    const struct finding *found = state->leaves[l->leaf].finding;
    static const char *const ids[] = {
        [ANSWER_NONE] = "none",         [ANSWER_MET] = "met",
        [ANSWER_NOT_MET] = "not_met",   [ANSWER_SAMPLED] = "sampled",
        [ANSWER_NOT_APPLICABLE] = "na",
    };
    const struct indicator *in = scheme_leaf_at(s, l->leaf);
    bool sampled = l->given.kind == ANSWER_SAMPLED;

    cli_say(cli, sampled ? "cli.improve_lost_sample" : "cli.improve_lost",
            ARG_STR("points", score_text(cli, (l->points + 9) / 10)),
            ARG_STR("indicator", in->id), ARG_LABEL("label", in->label),
            ARG_STR("answer", words_choice(cli, "answer.", ids[l->given.kind])),
            ARG_INT("k", l->given.k), ARG_INT("n", l->given.n));
    if (found != NULL && found->note.n > 0)
        words_say(cli, 1, "cli.improve_note", ARG_STR("note", found->note));
}

static void say_losses(struct cli *cli, const struct state *s,
                       const struct explanation *now)
{
    if (now->loss_count > 0)
        cli_say(cli, "cli.improve_losses");
    for (size_t i = 0; i < now->loss_count; i++)
        say_loss(cli, s, &now->losses[i]);
    if (now->deducted > 0)
        cli_say(cli, "cli.improve_deducted",
                ARG_STR("points", score_text(cli, now->deducted / 10)));
}

/* What was raised without being a nonconformity. */
static void say_hints(struct cli *cli, const struct state *s)
{
    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        const struct nonconformity *n = s->nonconformities[i].raised;

        if (grade_is_corrected(n->grade))
            continue;
        cli_say(cli, "cli.improve_hint",
                ARG_STR("grade",
                        words_choice(cli, "grade.", grade_names[n->grade])),
                ARG_STR("indicator", n->indicator), ARG_STR("text", n->text));
    }
}

static void say_targets(struct cli *cli, const struct scheme *s,
                        const struct improvement *x)
{
    for (size_t i = 0; i < x->target_count; i++) {
        const struct target *t = &x->targets[i];
        const struct gate *g = &s->levels[x->now.gap.level].gates[t->gate];
        bool short_of = t->now.n > 0 && t->now.k < t->need;

        cli_say(cli,
                short_of ? "cli.improve_target" : "cli.improve_target_open",
                ARG_LABEL("gate", g->label), ARG_INT("k", t->now.k),
                ARG_INT("n", t->now.n), ARG_INT("need", t->need),
                ARG_STR("state",
                        words_choice(cli, "gate.", gate_names[t->state])));
    }
}

/* --- measures ------------------------------------------------------------- */

/* Which indicators a measure would see met, by their numbers. */
static void say_mended(struct cli *cli, const struct scheme *s,
                       const struct improvement *x, const struct gain *g)
{
    struct buf b;

    if (g->loss_count == 0)
        return;
    buf_init(&b, cli->arena, WORDS_MOST);
    for (size_t i = 0; i < g->loss_count; i++)
        buf_printf(
            &b, "%s%.*s", i > 0 ? ", " : "",
            STR_ARG(scheme_leaf_at(s, x->now.losses[g->losses[i]].leaf)->id));
    words_say(cli, 1, "cli.improve_mends",
              ARG_STR("indicators", cli_text(cli, &b)));
}

static void say_gain(struct cli *cli, const struct scheme *s,
                     const struct improvement *x, size_t number)
{
    const struct gain *g = &x->gains[number - 1];

    cli_say(cli,
            s->method == METHOD_POINTS ? "cli.improve_gain"
                                       : "cli.improve_gain_clauses",
            ARG_INT("number", number), ARG_LABEL("measure", gain_label(s, g)),
            ARG_STR("wins", change_text(cli, g->shown - x->now.score.shown)),
            ARG_STR("score", score_text(cli, g->shown)));
    say_mended(cli, s, x, g);
    if (g->opens > 0)
        words_say(cli, 1, "cli.improve_opens", ARG_INT("count", g->opens));
    if (g->reaches)
        words_say(cli, 1, "cli.improve_reaches",
                  ARG_LABEL("level", s->levels[x->now.gap.level].label));
}

static void say_gains(struct cli *cli, const struct scheme *s,
                      const struct improvement *x)
{
    if (x->gain_count == 0)
        return;
    cli_say(cli, "cli.improve_gains");
    for (size_t i = 0; i < x->gain_count; i++)
        say_gain(cli, s, x, i + 1);
    if (x->all_level > x->now.score.level)
        cli_say(cli, "cli.improve_all",
                ARG_LABEL("level", s->levels[x->all_level].label));
}

/* --- the trend ------------------------------------------------------------ */

static void say_figures(struct cli *cli, const struct trend_point *p)
{
    for (size_t i = 0; i < p->scheme->figure_count; i++) {
        if (p->figures[i].n > 0)
            words_say(cli, 1, "cli.trend_figure",
                      ARG_LABEL("figure", p->scheme->figures[i].label),
                      ARG_INT("k", p->figures[i].k),
                      ARG_INT("n", p->figures[i].n));
    }
}

static err say_change(struct cli *cli, const struct trend_point *before,
                      const struct trend_point *p)
{
    struct trend_change c;

    TRY(trend_compare(cli->arena, before, p, &c));
    words_say(cli, 1, "cli.trend_change",
              ARG_STR("change", change_text(cli, p->shown - before->shown)));
    if (c.better_count > 0)
        words_say(cli, 1, "cli.trend_better",
                  ARG_STR("indicators", leaves_text(cli, p->scheme, c.better,
                                                    c.better_count)));
    if (c.worse_count > 0)
        words_say(cli, 1, "cli.trend_worse",
                  ARG_STR("indicators",
                          leaves_text(cli, p->scheme, c.worse, c.worse_count)));
    return OK;
}

static err say_trend(struct cli *cli, const struct trend *t)
{
    if (t->count > 0)
        cli_say(cli, "cli.trend");
    for (size_t i = 0; i < t->count; i++) {
        const struct trend_point *p = &t->points[i];

        cli_say(cli, "cli.trend_point", ARG_DAY("on", p->on),
                ARG_STR("number", p->case_number),
                ARG_STR("round",
                        words_choice(cli, "round.", round_names[p->round])),
                ARG_STR("score", score_text(cli, p->shown)));
        if (i > 0)
            TRY(say_change(cli, p - 1, p));
        say_figures(cli, p);
    }
    return OK;
}

/* --- the whole ------------------------------------------------------------ */

static err say_report(struct cli *cli, const struct improvement_file *x)
{
    const struct state *s = x->file.state;

    cli_say(cli, "cli.case_title", ARG_STR("number", x->file.number),
            ARG_STR("enterprise", x->file.enterprise.name),
            ARG_LABEL("scheme", s->scheme->name));
    say_standing(cli, s->scheme, &x->now);
    say_losses(cli, s, &x->now.now);
    say_hints(cli, s);
    say_targets(cli, s->scheme, &x->now);
    say_gains(cli, s->scheme, &x->now);
    TRY(say_trend(cli, &x->trend));
    for (size_t i = 0; i < s->scheme->note_count; i++)
        cli_say(cli, "cli.scheme_note", ARG_LABEL("note", s->scheme->notes[i]));
    return OK;
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;
    struct improvement_file *x = arena_zero(cli->arena, sizeof *x);
    struct json *j;

    TRY_MEMORY(x);
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(improve_load(app, cli->arena, &who, arguments_operand(args, 0), x));
    if (!cli->json)
        return say_report(cli, x);
    TRY(improvement_json(cli->arena, x->file.state, &x->now, &x->trend, &j));
    return cli_print_json(cli, j);
}

const struct subcommand case_improve_command = {
    .name = "case improve",
    .help = "cli.help.case_improve",
    .about = "cli.about.case_improve",
    .operands = case_operand,
    .operand_count = CASE_OPERANDS,
    .options = case_options,
    .option_count = CASE_OPTIONS,
    .run = run,
};
