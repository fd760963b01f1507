/*
 * document_decision -- what was decided, and why. [M19] [17065 7.6]
 */

#include "base/size.h"
#include "service/document_parts.h"

static void conditions(struct matter *m, const struct decision *d)
{
    struct sheet *s = &m->sheet;
    const struct condition *c = d->conditions.p;
    const struct paint_column columns[] = {
        sheet_column(s, "sheet.no", 80, PAINT_CENTRE),
        sheet_column(s, "sheet.condition", 640, PAINT_LEFT),
        sheet_column(s, "sheet.until", 280, PAINT_LEFT),
    };

    if (d->conditions.n == 0)
        return;
    sheet_heading(s, "sheet.conditions");
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < d->conditions.n; i++)
        sheet_row(s, sheet_number(s, c[i].number), c[i].text,
                  sheet_day(s, c[i].until));
}

static void appeal(struct matter *m)
{
    struct sheet *s = &m->sheet;

    sheet_heading(s, "sheet.appeal");
    sheet_paragraph(
        s,
        sheet_text(s, "sheet.appeal_says",
                   ARG_STR("span", sheet_span(s, m->scheme->limits.appeal))));
}

static err signatures(struct matter *m, const struct event *made,
                      const struct event *signing)
{
    struct sheet *s = &m->sheet;
    str name;

    sheet_signatures(s);
    TRY(matter_person(m, made->actor, &name));
    sheet_row(s, text_get(s->lang, "sheet.decided_by"), name);
    if (signing == NULL)
        return OK;
    TRY(matter_person(m, signing->actor, &name));
    sheet_row(s, text_get(s->lang, "sheet.signed_by"), name);
    return OK;
}

err document_decision(struct matter *m)
{
    const struct event *e = matter_newest(m, "decision.made");
    const struct event *signing = matter_newest(m, "decision.signed");
    struct sheet *s = &m->sheet;
    const struct decision *d;

    if (e == NULL)
        return matter_nothing(m);
    if (signing != NULL && signing->n < e->n)
        signing = NULL; /* of a round before */
    d = e->data;
    matter_begin(m, "sheet.decision", signing == NULL ? e->on : signing->on);
    sheet_field(s, "sheet.outcome",
                sheet_choice(s, "outcome.", outcome_names[d->outcome]));
    sheet_field(s, "sheet.level", matter_level(m, d->level));
    if (m->scheme->method == METHOD_POINTS)
        sheet_field(s, "sheet.score", sheet_score(s, d->shown));
    sheet_field(s, "sheet.decided_on", sheet_day(s, e->on));
    if (signing != NULL)
        sheet_field(s, "sheet.signed_on", sheet_day(s, signing->on));
    else
        sheet_note(s, text_get(s->lang, "sheet.not_signed"));
    if (m->state->certificate != NULL && signing != NULL)
        sheet_field(s, "sheet.number", m->state->certificate->number);
    sheet_heading(s, "sheet.reasons");
    sheet_paragraph(s, d->reasons);
    conditions(m, d);
    if (d->outcome == OUTCOME_REFUSED)
        appeal(m);
    return signatures(m, e, signing);
}
