/*
 * document_report -- the report of an audit. [M18] [M19] [17065 7.4.9]
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/explain.h"
#include "service/document_parts.h"

/* --- the score, part by part ---------------------------------------------- */

/* The index of the root above an indicator. */
static int32_t root_of(const struct scheme *s, int32_t i)
{
    while (s->indicators[i].parent >= 0)
        i = s->indicators[i].parent;
    return i;
}

/* What the leaves below a root are worth, and what was lost of it. */
struct part {
    u128 whole;
    u128 lost;
};

static struct part part_of(const struct scheme *s, int32_t root,
                           const struct answer *answers)
{
    const struct answer none = { ANSWER_NOT_MET, 0, 0 };
    struct part p = { 0, 0 };

    for (size_t i = 0; i < s->leaf_count; i++) {
        if (root_of(s, s->leaves[i]) != root)
            continue;
        p.whole += score_lost_exactly(s, (int32_t)i, none);
        p.lost += score_lost_exactly(s, (int32_t)i, answers[i]);
    }
    return p;
}

static void bar(struct matter *m, const struct indicator *in,
                const struct part *p)
{
    struct sheet *s = &m->sheet;
    u128 won = p->whole - p->lost;
    u128 worth = (u128)(unsigned)in->points / 10; /* hundredths */
    struct paint_bar b = { .label = sheet_label(s, in->label) };

    if (p->whole == 0)
        return;
    b.part = (int64_t)(won * (u128)1000 / p->whole);
    b.value =
        sheet_text(s, "sheet.of_points",
                   ARG_STR("won",
                           sheet_score(s, (int64_t)(won * worth / p->whole))),
                   ARG_STR("worth", sheet_score(s, (int64_t)worth)));
    sheet_bar(s, &b);
}

void matter_bars(struct matter *m, const struct state *at)
{
    const struct scheme *s = m->scheme;
    struct findings *f = arena_zero(m->sheet.arena, sizeof *f);

    if (f == NULL) {
        m->sheet.broken = true;
        return;
    }
    if (s->method != METHOD_POINTS)
        return;
    state_findings(at, f);
    sheet_bars(&m->sheet);
    for (size_t i = 0; i < s->indicator_count; i++) {
        struct part p;

        if (s->indicators[i].parent >= 0)
            continue;
        p = part_of(s, (int32_t)i, f->answers);
        bar(m, &s->indicators[i], &p);
    }
}

void matter_gates(struct matter *m, const struct score *score)
{
    struct sheet *s = &m->sheet;
    const struct paint_column columns[] = {
        sheet_column(s, "sheet.level", 220, PAINT_LEFT),
        sheet_column(s, "sheet.gate", 530, PAINT_LEFT),
        sheet_column(s, "sheet.gate_state", 250, PAINT_LEFT),
    };

    if (score->gate_count == 0)
        return;
    sheet_heading(s, "sheet.gates");
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < score->gate_count; i++) {
        const struct gate_result *g = &score->gates[i];
        const struct level *l = &m->scheme->levels[g->level];

        sheet_row(s, sheet_label(s, l->label),
                  sheet_label(s, l->gates[g->gate].label),
                  sheet_choice(s, "gate.", gate_names[g->state]));
    }
}

/* --- findings ----------------------------------------------------------------
 */

static str answer_text(struct sheet *s, struct answer given)
{
    static const char *const names[] = {
        [ANSWER_NONE] = "none",         [ANSWER_MET] = "met",
        [ANSWER_NOT_MET] = "not_met",   [ANSWER_SAMPLED] = "sampled",
        [ANSWER_NOT_APPLICABLE] = "na",
    };

    if (given.kind == ANSWER_SAMPLED)
        return sheet_text(s, "sheet.of_samples", ARG_INT("k", given.k),
                          ARG_INT("n", given.n));
    return sheet_choice(s, "answer.", names[given.kind]);
}

/* What was seen, and where. */
static str seen(struct sheet *s, const struct finding *found)
{
    str where;

    if (found == NULL)
        return S("");
    where = sheet_join(s, &found->evidence);
    if (where.n == 0 || found->note.n == 0)
        return found->note.n > 0 ? found->note : where;
    return sheet_text(s, "sheet.seen", ARG_STR("note", found->note),
                      ARG_STR("where", where));
}

static void losses(struct matter *m, const struct state *at,
                   const struct explanation *x)
{
    struct sheet *s = &m->sheet;
    const struct paint_column columns[] = {
        sheet_column(s, "sheet.indicator", 370, PAINT_LEFT),
        sheet_column(s, "sheet.result", 140, PAINT_LEFT),
        sheet_column(s, "sheet.seen_at", 370, PAINT_LEFT),
        sheet_column(s, "sheet.lost", 120, PAINT_RIGHT),
    };

    sheet_heading(s, "sheet.losses");
    if (x->loss_count == 0)
        sheet_paragraph(s, text_get(s->lang, "sheet.no_losses"));
    else
        sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < x->loss_count; i++) {
        const struct loss *l = &x->losses[i];
        const struct indicator *in = scheme_leaf_at(m->scheme, l->leaf);

        sheet_row(s, matter_indicator(m, in->id), answer_text(s, l->given),
                  seen(s, at->leaves[l->leaf].finding),
                  m->scheme->method == METHOD_POINTS
                      ? sheet_score(s, (l->points + 9) / 10)
                      : S(""));
    }
}

static void raised(struct matter *m, const struct state *at)
{
    struct sheet *s = &m->sheet;
    const struct paint_column columns[] = {
        sheet_column(s, "sheet.no", 80, PAINT_CENTRE),
        sheet_column(s, "sheet.grade", 150, PAINT_LEFT),
        sheet_column(s, "sheet.indicator", 330, PAINT_LEFT),
        sheet_column(s, "sheet.what", 440, PAINT_LEFT),
    };

    sheet_heading(s, "sheet.raised");
    if (at->round_first >= at->nonconformity_count)
        sheet_paragraph(s, text_get(s->lang, "sheet.none_raised"));
    else
        sheet_table(s, columns, COUNT(columns));
    for (int32_t i = at->round_first; i < at->nonconformity_count; i++) {
        const struct nonconformity *n = at->nonconformities[i].raised;

        sheet_row(s, sheet_number(s, n->number),
                  sheet_choice(s, "grade.", grade_names[n->grade]),
                  matter_indicator(m, n->indicator), n->text);
    }
}

/* --- figures
 * ------------------------------------------------------------------ */

static void figures(struct matter *m, const struct state *at)
{
    struct sheet *s = &m->sheet;
    const struct paint_column columns[] = {
        sheet_column(s, "sheet.figure", 420, PAINT_LEFT),
        sheet_column(s, "sheet.figure_value", 200, PAINT_LEFT),
        sheet_column(s, "sheet.source", 380, PAINT_LEFT),
    };
    bool begun = false;

    for (size_t i = 0; i < m->scheme->figure_count; i++) {
        const struct figure_record *f = &at->figures[i];

        if (f->n == 0)
            continue;
        if (!begun) {
            sheet_heading(s, "sheet.figures");
            sheet_table(s, columns, COUNT(columns));
        }
        begun = true;
        sheet_row(s, sheet_label(s, m->scheme->figures[i].label),
                  sheet_text(s, "sheet.of_samples", ARG_INT("k", f->k),
                             ARG_INT("n", f->n)),
                  f->source);
    }
}

static void sample(struct matter *m, const struct state *at)
{
    struct sheet *s = &m->sheet;

    if (at->sample.asked > 0)
        sheet_paragraph(s,
                        sheet_text(s, "sheet.asked",
                                   ARG_INT("asked", at->sample.asked),
                                   ARG_INT("reached", at->sample.reached),
                                   ARG_INT("satisfied", at->sample.satisfied)));
}

/* --- the whole
 * ------------------------------------------------------------------ */

static err team(struct matter *m, const struct state *at)
{
    const struct team_member *t = at->plan == NULL ? NULL : at->plan->team.p;
    struct sheet *s = &m->sheet;

    sheet_signatures(s);
    for (size_t i = 0; t != NULL && i < at->plan->team.n; i++) {
        str name;

        if (!t[i].lead)
            continue;
        TRY(matter_person(m, t[i].person, &name));
        sheet_row(s, text_get(s->lang, "sheet.lead"), name);
    }
    return OK;
}

static void head(struct matter *m, const struct event *e,
                 const struct state *at)
{
    const struct report *r = e->data;
    struct sheet *s = &m->sheet;

    matter_begin(m, "sheet.report", e->on);
    sheet_field(s, "sheet.round",
                sheet_choice(s, "round.", round_names[at->round]));
    if (at->plan != NULL)
        sheet_field(s, "sheet.audited",
                    sheet_text(s, "sheet.from_to",
                               ARG_DAY("from", at->plan->from),
                               ARG_DAY("to", at->plan->to)));
    sheet_field(s, "sheet.issued_on", sheet_day(s, e->on));
    if (m->scheme->method == METHOD_POINTS)
        sheet_field(s, "sheet.score", sheet_score(s, r->shown));
    sheet_field(s, "sheet.level_proposed", matter_level(m, r->level));
    sheet_field(s, "sheet.proposal",
                text_get(s->lang, r->recommended ? "sheet.recommended"
                                                 : "sheet.not_recommended"));
    sheet_field(s, "sheet.correct_until", sheet_day(s, r->correct_until));
}

static void assumed(struct matter *m)
{
    struct sheet *s = &m->sheet;

    if (scheme_is_assumed(m->scheme))
        sheet_note(s, text_get(s->lang, "sheet.assumed"));
    sheet_note(s, text_get(s->lang, "sheet.report_note"));
}

err document_report(struct matter *m)
{
    const struct event *e = matter_newest(m, "report.issued");
    struct findings *f = arena_zero(m->sheet.arena, sizeof *f);
    struct explanation *x = arena_zero(m->sheet.arena, sizeof *x);
    struct sheet *s = &m->sheet;
    const struct state *at;

    if (e == NULL)
        return matter_nothing(m);
    TRY_MEMORY(f != NULL && x != NULL);
    TRY(matter_state_at(m, e, &at));
    state_findings(at, f);
    TRY(explain(s->arena, m->scheme, &f->assessment, -1, x));
    head(m, e, at);
    sheet_heading(s, "sheet.summary");
    sheet_paragraph(s, ((const struct report *)e->data)->summary);
    sheet_paragraph(s, ((const struct report *)e->data)->improvements);
    if (m->scheme->method == METHOD_POINTS)
        sheet_heading(s, "sheet.by_part");
    matter_bars(m, at);
    matter_gates(m, &x->score);
    figures(m, at);
    sample(m, at);
    losses(m, at, x);
    raised(m, at);
    assumed(m);
    return team(m, at);
}
