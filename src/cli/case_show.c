/*
 * tenstar case show -- a case as it stands, for people in words and for
 * programs as JSON.
 *
 *   [CW1] What is not there is not spoken of; what belongs together stands
 *         together, with an empty line before it.
 *   [CW2] The enterprise reads in words no more than in JSON (domain/view.h
 *         [VW5]).
 *   [CW3] People are called by their names.
 */

#include "cli/case.h"

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/money.h"
#include "cli/score.h"
#include "cli/values.h"
#include "cli/words.h"
#include "codec/json.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "domain/sampling.h"
#include "domain/view.h"
#include "service/case_people.h"
#include "service/todos.h"

enum { WORDS_MOST = 20000, SITES_SHOWN = 8, DRAWN_MOST = 1 << 20 };

/* --- where it stands, and what comes next ----------------------------- */

static void say_title(const struct case_telling *t)
{
    const struct state *s = t->file->state;
    struct cli *cli = t->cli;

    cli_say(cli, "cli.case_title", ARG_STR("number", t->file->number),
            ARG_STR("enterprise", t->file->enterprise.name),
            ARG_LABEL("scheme", s->scheme->name));
    cli_say(cli, "cli.case_stage",
            ARG_IDS("stage", cli_id(cli, "stage.", stage_names[s->stage])),
            ARG_DAY("since", s->stage_since));
    if (s->due != DAY_NEVER)
        cli_say(cli,
                s->due_provisional ? "cli.case_due_provisional"
                                   : "cli.case_due",
                ARG_DAY("due", s->due));
}

/* Several people of a team have the same to do. */
static bool told_already(const struct task *tasks, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (tasks[k].kind == tasks[i].kind &&
            tasks[k].number == tasks[i].number)
            return true;
    }
    return false;
}

static void say_task(struct cli *cli, const struct task *t, day today)
{
    const char *message = t->opens > today     ? "cli.case_later"
                          : t->due < DAY_NEVER ? "cli.case_next_due"
                                               : "cli.case_next";

    cli_say(cli, message,
            ARG_STR("task",
                    words_task(cli, str_of(task_names[t->kind]), t->amount)),
            ARG_STR("command", str_of(task_command(t->kind))),
            ARG_IDS("roles", cli_role_ids(cli, t->roles)),
            ARG_DAY("opens", t->opens), ARG_DAY("due", t->due));
}

/* What comes next, and who does it. */
static err say_next(const struct case_telling *t, struct app *app, day today)
{
    struct list found;

    TRY(todo_of_case(app, t->cli->arena, t->file, today, &found));
    for (size_t i = 0; i < found.n; i++) {
        const struct task *tasks = found.p;

        if (!told_already(tasks, i))
            say_task(t->cli, &tasks[i], today);
    }
    return OK;
}

/* --- what was asked of the enterprise --------------------------------- */

/* What somebody wrote, under what it is about. */
static void say_note(struct cli *cli, str note)
{
    if (note.n > 0)
        words_say(cli, 1, "cli.case_note", ARG_STR("note", note));
}

static void say_missing(struct cli *cli, const struct scheme *s,
                        const struct missing *m)
{
    int32_t r = scheme_requirement(s, m->requirement);
    str why = words_choice(cli, "lack.", lack_names[m->why]);

    if (r >= 0)
        words_say(cli, 1, "cli.case_missing",
                  ARG_LABEL("document", s->requirements[r].label),
                  ARG_STR("why", why));
}

/* The notice as long as it waits for an answer. [M12] */
static void say_supplement(struct cli *cli, const struct state *s)
{
    const struct supplement_asked *x = s->supplement;
    bool waits =
        s->stage == STAGE_COMPLETENESS && s->waiting == WAITING_APPLICANT;

    if (x == NULL || !waits)
        return;
    cli_say(cli, "cli.case_supplement", ARG_DAY("until", x->until));
    say_note(cli, x->note);
    for (size_t i = 0; i < x->missing.n; i++)
        say_missing(cli, s->scheme, (const struct missing *)x->missing.p + i);
}

static void say_asked(const struct case_telling *t)
{
    const struct state *s = t->file->state;

    say_supplement(t->cli, s);
    if (s->revision == NULL)
        return;
    cli_say(t->cli, "cli.case_revision", ARG_DAY("until", s->revision->until));
    say_note(t->cli, s->revision->note);
}

/* --- the plan ---------------------------------------------------------- */

/* "3.5" from tenths of a day, "4" from forty of them. */
static str days_text(struct cli *cli, int64_t tenths)
{
    struct buf b;

    buf_init(&b, cli->arena, TEXT_VALUE);
    buf_int(&b, tenths / 10);
    if (tenths % 10 != 0)
        buf_printf(&b, ".%d", (int)(tenths % 10));
    return cli_text(cli, &b);
}

static void say_team(const struct case_telling *t, const struct plan *p)
{
    const struct team_member *team = p->team.p;
    struct buf b;

    buf_init(&b, t->cli->arena, WORDS_MOST);
    for (size_t i = 0; i < p->team.n; i++)
        words_join(t->cli, &b,
                   case_member(t, team[i].person,
                               team[i].lead     ? "lead"
                               : team[i].expert ? "expert"
                                                : NULL));
    words_say(t->cli, 1, "cli.case_team",
              ARG_STR("people", cli_text(t->cli, &b)));
}

/* The first of them, and how many more. */
static void say_sites(struct cli *cli, const struct list *sites)
{
    const str *names = sites->p;
    size_t more = sites->n > SITES_SHOWN ? sites->n - SITES_SHOWN : 0;
    struct buf b;

    if (sites->n == 0)
        return;
    buf_init(&b, cli->arena, WORDS_MOST);
    for (size_t i = 0; i < sites->n - more; i++)
        words_join(cli, &b, names[i]);
    words_say(cli, 1, more > 0 ? "cli.case_sites_more" : "cli.case_sites",
              ARG_STR("sites", cli_text(cli, &b)), ARG_INT("more", more));
}

/* All of them, for whoever makes the plan: none can be left out. */
static void say_drawn(struct cli *cli, const struct state *s)
{
    const struct sites_drawn *drawn = s->sites_drawn;
    struct buf b;

    if (drawn == NULL || s->stage != STAGE_PLAN)
        return;
    buf_init(&b, cli->arena, DRAWN_MOST);
    for (size_t i = 0; i < drawn->drawn.n; i++)
        words_join(cli, &b, ((const str *)drawn->drawn.p)[i]);
    cli_say(cli, "cli.case_drawn", ARG_STR("sites", cli_text(cli, &b)),
            ARG_INT("least", drawn->least));
}

/* What the trade calls it, of one that it knows. */
static str mode_text(struct cli *cli, str mode)
{
    bool known = mode.n == 1 && mode.p[0] >= 'A' && mode.p[0] <= 'I';

    return known ? words_choice(cli, "mode.", mode_names[mode.p[0] - 'A'])
                 : mode;
}

static void say_modes(struct cli *cli, const struct list *modes)
{
    const str *names = modes->p;
    struct buf b;

    if (modes->n == 0)
        return;
    buf_init(&b, cli->arena, WORDS_MOST);
    for (size_t i = 0; i < modes->n; i++)
        words_join(cli, &b, mode_text(cli, names[i]));
    words_say(cli, 1, "cli.case_modes", ARG_STR("modes", cli_text(cli, &b)));
}

static const char *agreement(const struct state *s)
{
    if (s->objection.n > 0)
        return "cli.case_plan_objection";
    if (s->replacement.before != NULL)
        return "cli.case_new_people";
    return s->plan_agreed ? "cli.case_plan_agreed" : "cli.case_plan_waits";
}

/* Of the round under way, or of the newest. [M15] */
static void say_plan(const struct case_telling *t)
{
    const struct state *s = t->file->state;
    const struct plan *p = s->plan;
    struct cli *cli = t->cli;

    say_drawn(cli, s);
    if (p == NULL)
        return;
    cli_say(cli, "cli.case_plan",
            ARG_IDS("round", cli_id(cli, "round.", round_names[s->round])),
            ARG_DAY("from", p->from), ARG_DAY("to", p->to),
            ARG_STR("days", days_text(cli, p->person_days)));
    say_team(t, p);
    say_sites(cli, &p->sites);
    say_modes(cli, &p->modes);
    if (p->reason.n > 0)
        words_say(cli, 1, "cli.case_plan_reason", ARG_STR("reason", p->reason));
    if (p->replaced.n > 0)
        words_say(cli, 1, "cli.case_replaced", ARG_STR("reason", p->replaced));
    words_say(cli, 1, agreement(s), ARG_STR("objection", s->objection),
              ARG_DAY("until", p->objection_due));
}

/* --- what the audit found ----------------------------------------------- */

static void say_score(const struct case_telling *t)
{
    const struct state *s = t->file->state;
    struct score *score = arena_zero(t->cli->arena, sizeof *score);
    char shown[TEXT_VALUE];

    if (s->audits == 0 || s->scheme->method != METHOD_POINTS || score == NULL)
        return;
    state_score(s, score);
    if (s->stage == STAGE_AUDIT) { /* findings and figures go on coming */
        cli_say(t->cli, "cli.score",
                ARG_STR("score", text_score(score->shown, shown)));
        return;
    }
    cli_say_level(t->cli, s->scheme, score);
    cli_say_gates(t->cli, s->scheme, score);
}

/* Those that are not accepted yet. */
static void say_raised(struct cli *cli, const struct state *s)
{
    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];
        const struct nonconformity *n = x->raised;

        if (x->state != CORRECTION_ACCEPTED)
            cli_say(cli,
                    grade_is_corrected(n->grade) ? "cli.case_nonconformity"
                                                 : "cli.case_raised",
                    ARG_INT("number", i + 1),
                    ARG_STR("grade",
                            words_choice(cli, "grade.", grade_names[n->grade])),
                    ARG_STR("indicator", n->indicator),
                    ARG_STR("text", n->text));
    }
}

/* [CW2] */
static void say_customer(const struct case_telling *t)
{
    struct customer next;

    if (!t->owner && sampling_next(t->file->state, &next))
        cli_say(t->cli, "cli.case_customer", ARG_INT("position", next.position),
                ARG_INT("row", next.row));
}

/* What was found, and what is decided on it. */
static void say_findings(const struct case_telling *t)
{
    say_score(t);
    say_raised(t->cli, t->file->state);
    say_customer(t);
    case_say_decision(t);
}

/* --- the whole ----------------------------------------------------------- */

static void say_money(const struct case_telling *t)
{
    cli_say_money(t->cli, t->file->state);
}

static void say_notes(const struct case_telling *t)
{
    const struct scheme *s = t->file->state->scheme;

    for (size_t i = 0; i < s->note_count; i++)
        cli_say(t->cli, "cli.scheme_note", ARG_LABEL("note", s->notes[i]));
}

typedef void telling(const struct case_telling *t);

/* [CW1] */
static void say_block(const struct case_telling *t, telling *tell)
{
    struct buf *out = &t->cli->out;
    size_t before = out->n;

    buf_char(out, '\n');
    size_t empty = out->n;
    tell(t);
    if (out->n == empty)
        out->n = before;
}

static telling *const blocks[] = {
    say_asked, say_plan,  say_findings, case_say_certificate,
    say_money, say_notes,
};

static err say_case(const struct case_telling *t)
{
    say_title(t);
    TRY(say_next(t, t->app, t->today));
    for (size_t i = 0; i < COUNT(blocks); i++)
        say_block(t, blocks[i]);
    TRY(case_say_records(t));
    return t->owner ? OK : case_say_lacking(t);
}

static err print_case(const struct case_telling *t)
{
    struct arena *a = t->cli->arena;
    const struct case_file *f = t->file;
    struct json *j;

    TRY(case_view_json(a, f->state, f->number, &f->enterprise,
                       t->owner ? READER_ENTERPRISE : READER_BODY, &j));
    case_people_json(a, t->people, j);
    TRY(case_records_json(t, j));
    return cli_print_json(t->cli, j);
}

str case_member(const struct case_telling *t, id person, const char *as)
{
    char digits[ID_TEXT];
    str name = case_person(t->people, person);
    struct buf b;

    if (name.n == 0)
        name = id_text(person, digits);
    buf_init(&b, t->cli->arena, WORDS_MOST);
    if (as == NULL)
        buf_str(&b, name);
    else
        text_render(&b, t->cli->lang, "cli.case_member",
                    (const struct err_arg[]){
                        ARG_STR("name", name),
                        ARG_IDS("as", cli_id(t->cli, "seat.", as)),
                        { 0 } });
    return cli_text(t->cli, &b);
}

static err run_show(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct case_file file;
    struct session who;
    struct list people;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(cases_load(app, cli->arena, &who, arguments_operand(args, 0), &file));
    TRY(case_people(app, cli->arena, &file, &people));

    struct case_telling t = {
        .cli = cli,
        .app = app,
        .file = &file,
        .people = &people,
        .owner = rights_owns(&who.actor, file.enterprise.id),
    };
    if (cli->json)
        return print_case(&t);
    TRY(cli_today(cli, args, &t.today));
    return say_case(&t);
}

const struct subcommand case_show_command = {
    .name = "case show",
    .help = "cli.help.case_show",
    .operands = case_operand,
    .operand_count = CASE_OPERANDS,
    .options = case_options,
    .option_count = CASE_OPTIONS,
    .run = run_show,
};
