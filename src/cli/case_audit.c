/*
 * tenstar case checklist|papers|review -- what an audit team looks at, what it
 * wrote down, and how the documents were judged.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/case.h"
#include "cli/installation.h"
#include "cli/words.h"
#include "codec/json.h"
#include "domain/audit_view.h"
#include "domain/names.h"
#include "domain/papers.h"
#include "domain/sampling.h"
#include "service/cases.h"
#include "service/records_risk_case.h"

enum { WORDS_MOST = 4000 };

/* --- words ---------------------------------------------------------------- */

/* "met", or "9/10". */
static str answer_text(struct cli *cli, struct answer x)
{
    static const char *const names[] = {
        [ANSWER_NONE] = "none",         [ANSWER_MET] = "met",
        [ANSWER_NOT_MET] = "not_met",   [ANSWER_SAMPLED] = "sampled",
        [ANSWER_NOT_APPLICABLE] = "na",
    };
    struct buf b;

    if (x.kind != ANSWER_SAMPLED)
        return words_choice(cli, "answer.", names[x.kind]);
    buf_init(&b, cli->arena, WORDS_MOST);
    buf_printf(&b, "%d/%d", x.k, x.n);
    return cli_text(cli, &b);
}

/* "1, 3" */
static void add_number(struct buf *b, int64_t n)
{
    buf_printf(b, "%s%lld", buf_view(b).n > 0 ? ", " : "", (long long)n);
}

/* " [1.1, 3.2]", or nothing. */
static str about(struct cli *cli, const struct list *indicators)
{
    const str *names = indicators->p;
    struct buf b;

    buf_init(&b, cli->arena, WORDS_MOST);
    for (size_t i = 0; i < indicators->n; i++)
        buf_printf(&b, "%s%.*s", i == 0 ? " [" : ", ", STR_ARG(names[i]));
    buf_printf(&b, "%s", indicators->n > 0 ? "]" : "");
    return cli_text(cli, &b);
}

/* --- case checklist ------------------------------------------------------- */

static bool is_plain(struct answer x)
{
    return x.kind == ANSWER_NONE || x.kind == ANSWER_MET ||
           (x.kind == ANSWER_SAMPLED && x.k == x.n);
}

static void say_raised(struct cli *cli, const struct checklist_leaf *l)
{
    struct buf b;

    if (l->raised_count == 0)
        return;
    buf_init(&b, cli->arena, WORDS_MOST);
    for (size_t i = 0; i < l->raised_count; i++)
        add_number(&b, l->raised[i]);
    words_say(cli, 3, "cli.check_raised",
              ARG_STR("numbers", cli_text(cli, &b)));
}

static void say_papers(struct cli *cli, const struct checklists *x,
                       const struct checklist *c, int32_t leaf)
{
    struct buf b;

    buf_init(&b, cli->arena, WORDS_MOST);
    for (size_t i = 0; i < x->paper_count; i++) {
        const struct checklist_paper *p = &x->papers[i];

        if (p->leaf == leaf && str_eq(p->site, c->site->name))
            add_number(&b, p->number);
    }
    if (buf_view(&b).n > 0)
        words_say(cli, 3, "cli.check_papers",
                  ARG_STR("numbers", cli_text(cli, &b)));
}

/* An indicator, and below it what is worth knowing before one looks. */
static void say_leaf(struct cli *cli, const struct scheme *s,
                     const struct checklists *x, const struct checklist *c,
                     int32_t leaf)
{
    const struct indicator *in = scheme_leaf_at(s, leaf);
    const struct checklist_leaf *l = &x->leaves[leaf];
    bool sampled = in->kind == LEAF_SAMPLED;

    words_say(cli, 1, sampled ? "cli.check_leaf_sampled" : "cli.check_leaf",
              ARG_STR("mark", l->finding == NULL ? S("[ ]") : S("[x]")),
              ARG_STR("indicator", in->id), ARG_LABEL("label", in->label),
              ARG_LABEL("sample", in->sample));
    if (l->finding != NULL)
        words_say(cli, 3, "cli.check_finding",
                  ARG_STR("answer",
                          answer_text(cli, finding_answer(l->finding))));
    if (!is_plain(l->said))
        words_say(cli, 3, "cli.check_said",
                  ARG_STR("answer", answer_text(cli, l->said)));
    if (!is_plain(l->before))
        words_say(cli, 3, "cli.check_before",
                  ARG_STR("answer", answer_text(cli, l->before)));
    say_raised(cli, l);
    say_papers(cli, x, c, leaf);
}

static void say_list(struct cli *cli, const struct scheme *s,
                     const struct checklists *x, const struct checklist *c)
{
    int place = c->mode - 'A';

    if (c->mode == '\0')
        cli_say(cli, "cli.check_site", ARG_STR("site", c->site->name),
                ARG_STR("kind",
                        words_choice(cli, "site.", site_names[c->site->kind])));
    else
        cli_say(cli, "cli.check_mode", ARG_STR("site", c->site->name),
                ARG_STR("kind",
                        words_choice(cli, "site.", site_names[c->site->kind])),
                ARG_STR("mode", ((str){ &c->mode, 1 })),
                ARG_STR("name", words_choice(cli, "mode.", mode_names[place])));
    for (size_t i = 0; i < c->leaf_count; i++)
        say_leaf(cli, s, x, c, c->leaves[i]);
}

/* The installation and the session of the arguments, and the case as `load` has
 * it. */
typedef err loading(struct app *app, struct arena *a, const struct session *who,
                    str ref, struct case_file *out);

static err load_by(struct cli *cli, const struct arguments *args,
                   struct app *app, loading *load, struct case_file *out)
{
    struct session who;

    TRY(cli_session(cli, args, app, &who));
    return load(app, cli->arena, &who, arguments_operand(args, 0), out);
}

static err run_checklist(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct case_file file;
    struct checklists x;
    struct json *j;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(load_by(cli, args, app, cases_load_papers, &file));
    TRY(checklist_make(cli->arena, file.state, &file.events,
                       arguments_value(args, "site"),
                       arguments_value(args, "mode"), &x));
    if (cli->json) {
        TRY(checklist_json(cli->arena, file.state, &x, &j));
        return cli_print_json(cli, j);
    }
    cli_say(cli, "cli.check_title", ARG_STR("number", file.number),
            ARG_STR("enterprise", file.enterprise.name),
            ARG_STR("round", words_choice(cli, "round.",
                                          round_names[file.state->round])));
    for (size_t i = 0; i < x.count; i++)
        say_list(cli, file.state->scheme, &x, &x.lists[i]);
    return OK;
}

/* --- case papers ---------------------------------------------------------- */

static void say_interview(struct cli *cli, const struct interview *x)
{
    words_say(cli, 1, "cli.paper_interview", ARG_INT("number", x->number),
              ARG_STR("site", x->site), ARG_STR("role", x->role),
              ARG_INT("count", x->people),
              ARG_STR("about", about(cli, &x->indicators)),
              ARG_STR("note", x->note));
}

static void say_observation(struct cli *cli, const struct observation *x)
{
    words_say(cli, 1, "cli.paper_observation", ARG_INT("number", x->number),
              ARG_STR("site", x->site), ARG_STR("place", x->place),
              ARG_STR("about", about(cli, &x->indicators)),
              ARG_STR("note", x->note));
}

static void say_call(struct cli *cli, const struct sample_call *x)
{
    words_say(cli, 1, "cli.paper_call", ARG_INT("position", x->position),
              ARG_DAY("day", x->on), ARG_STR("time", x->time),
              ARG_STR("outcome",
                      words_choice(cli, "call.", call_names[x->outcome])));
}

static void say_asked(struct cli *cli, const struct sample_answer *x)
{
    words_say(cli, 1, "cli.paper_asked", ARG_INT("position", x->position),
              ARG_STR("outcome", words_choice(cli, "contact.",
                                              contact_names[x->outcome])));
}

static void say_paper(struct cli *cli, const struct event *e, int *round)
{
    const char *name = e->kind->name;

    if (strcmp(name, "round.opened") == 0)
        *round = ((const struct round_opened *)e->data)->kind;
    else if (strcmp(name, "audit.opened") == 0)
        cli_say(cli, "cli.paper_audit",
                ARG_STR("round",
                        words_choice(cli, "round.", round_names[*round])),
                ARG_DAY("day", e->on));
    else if (strcmp(name, "interview.recorded") == 0)
        say_interview(cli, e->data);
    else if (strcmp(name, "observation.recorded") == 0)
        say_observation(cli, e->data);
    else if (strcmp(name, "sample.called") == 0)
        say_call(cli, e->data);
    else if (strcmp(name, "sample.asked") == 0)
        say_asked(cli, e->data);
}

/* Estimate, interval and verdict of the newest sample. */
static void say_sample(struct cli *cli, const struct state *s)
{
    const struct sample_state *x = &s->sample;
    char low[TEXT_VALUE];
    char high[TEXT_VALUE];
    struct interval w;

    if (x->reached == 0)
        return;
    w = wilson(x->satisfied, x->reached);
    cli_say(cli, "cli.paper_sample", ARG_INT("satisfied", x->satisfied),
            ARG_INT("reached", x->reached),
            ARG_STR("low", text_percent(w.low, low)),
            ARG_STR("high", text_percent(w.high, high)),
            ARG_STR("verdict",
                    words_choice(cli, "sampled.",
                                 sample_names[sampling_verdict(s)])));
}

static void say_screen(struct cli *cli, const struct case_screen *x)
{
    words_say(cli, 2, "cli.paper_screen",
              ARG_IDS("screen", str_of(x->screen)),
              ARG_INT("k", x->k), ARG_INT("n", x->n),
              ARG_INT("base_k", x->base_k), ARG_INT("base_n", x->base_n),
              ARG_INT("concerned", x->concerned), ARG_STR("lines", x->lines));
}

/* Rows to draw, before anything is. */
static err say_risks(struct cli *cli, struct app *app,
                     const struct case_file *file)
{
    const struct case_risk *x;
    struct list risks;

    TRY(records_risks(app, cli->arena, file, &risks));
    x = risks.p;
    for (size_t i = 0; i < risks.n; i++) {
        cli_say(cli, "cli.paper_risk", ARG_STR("title", x[i].note->title),
                ARG_STR("file", x[i].file_name), ARG_DAY("day", x[i].noted),
                ARG_INT("tickets", x[i].tickets),
                ARG_INT("raised", x[i].screen_count));
        for (size_t k = 0; k < x[i].screen_count; k++)
            say_screen(cli, &x[i].screens[k]);
    }
    if (risks.n > 0)
        cli_say(cli, "cli.records_no_verdict");
    return OK;
}

static err run_papers(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct case_file file;
    struct json *j;
    int round = ROUND_INITIAL;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(load_by(cli, args, app, cases_load_papers, &file));
    if (cli->json) {
        TRY(papers_json(cli->arena, file.state, &file.events, &j));
        return cli_print_json(cli, j);
    }
    TRY(say_risks(cli, app, &file));
    if (file.state->audits == 0)
        cli_say(cli, "cli.paper_none");
    for (const struct event *e = file.events.first; e != NULL; e = e->next)
        say_paper(cli, e, &round);
    say_sample(cli, file.state);
    return OK;
}

/* --- case review ---------------------------------------------------------- */

/* "quantified: yes, closed loop: no" */
static str verdicts(struct cli *cli, const struct judgement *j)
{
    const int given[] = { j->quantified, j->closed, j->resourced };
    struct buf b;

    buf_init(&b, cli->arena, WORDS_MOST);
    for (size_t i = 0; i < COUNT(given); i++) {
        if (given[i] == VERDICT_NA)
            continue;
        text_render(&b, cli->lang,
                    buf_view(&b).n > 0 ? "cli.review_and" : "cli.review_is",
                    (const struct err_arg[]){
                        ARG_STR("aspect",
                                words_choice(cli, "aspect.", aspect_names[i])),
                        ARG_STR("verdict",
                                words_choice(cli, "verdict.",
                                             verdict_names[given[i]])),
                        { 0 } });
    }
    return cli_text(cli, &b);
}

static void say_document(struct cli *cli, const struct requirement *r,
                         const struct requirement_state *have)
{
    const struct judgement *j = have->judgement;

    if (r->aspects == 0 || (have->document == NULL && !r->required))
        return;
    if (j == NULL)
        cli_say(cli, "cli.review_open", ARG_LABEL("document", r->label));
    else
        cli_say(cli, j->note.n > 0 ? "cli.review_noted" : "cli.review_judged",
                ARG_LABEL("document", r->label),
                ARG_STR("verdicts", verdicts(cli, j)),
                ARG_STR("note", j->note));
}

static void say_round(struct cli *cli, const struct scheme *s, size_t number,
                      const struct review_round *r)
{
    cli_say(cli, "cli.review_round", ARG_INT("number", number),
            ARG_DAY("asked", r->asked), ARG_DAY("until", r->until),
            ARG_STR("note", r->note));
    for (size_t i = 0; i < r->gap_count; i++) {
        const struct review_gap *g = &r->gaps[i];

        words_say(cli, 1,
                  g->closed == DAY_NEVER ? "cli.review_gap"
                                         : "cli.review_gap_closed",
                  ARG_LABEL("document", s->requirements[g->requirement].label),
                  ARG_STR("verdicts", verdicts(cli, g->judgement)),
                  ARG_STR("note", g->judgement->note),
                  ARG_DAY("on", g->closed));
    }
}

static err run_review(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct case_file file;
    struct review_rounds x;
    struct json *j;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(load_by(cli, args, app, cases_load, &file));

    const struct scheme *s = file.state->scheme;
    TRY(review_rounds_read(cli->arena, s, &file.events, &x));
    if (cli->json) {
        TRY(review_json(cli->arena, file.state, &x, &j));
        return cli_print_json(cli, j);
    }
    for (size_t i = 0; i < s->requirement_count; i++)
        say_document(cli, &s->requirements[i], &file.state->requirements[i]);
    for (size_t i = 0; i < x.count; i++)
        say_round(cli, s, i + 1, &x.rounds[i]);
    if (x.passed != DAY_NEVER)
        cli_say(cli, "cli.review_passed", ARG_DAY("on", x.passed));
    return OK;
}

/* --- tables --------------------------------------------------------------- */

static const struct option checklist_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", false, "cli.option.as" },
    { "site", "SITE", false, "cli.option.site" },
    { "mode", "MODE", false, "cli.option.mode" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand case_checklist_command = {
    .name = "case checklist",
    .help = "cli.help.case_checklist",
    .about = "cli.about.case_checklist",
    .operands = case_operand,
    .operand_count = CASE_OPERANDS,
    .options = checklist_options,
    .option_count = COUNT(checklist_options),
    .run = run_checklist,
};

const struct subcommand case_papers_command = {
    .name = "case papers",
    .help = "cli.help.case_papers",
    .operands = case_operand,
    .operand_count = CASE_OPERANDS,
    .options = case_options,
    .option_count = CASE_OPTIONS,
    .run = run_papers,
};

const struct subcommand case_review_command = {
    .name = "case review",
    .help = "cli.help.case_review",
    .operands = case_operand,
    .operand_count = CASE_OPERANDS,
    .options = case_options,
    .option_count = CASE_OPTIONS,
    .run = run_review,
};
