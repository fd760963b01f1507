/*
 * document_findings -- a sheet for each nonconformity of the round. [M18]
 * [17065 7.4.6]
 */

#include "service/document_parts.h"

static void correction(struct matter *m, const struct nonconformity_state *n)
{
    const struct correction *c = n->correction;
    struct sheet *s = &m->sheet;

    sheet_heading(s, "sheet.correction");
    if (c == NULL) {
        sheet_paragraph(s, text_get(s->lang, "sheet.no_correction"));
        return;
    }
    sheet_fields(s);
    sheet_field(s, "sheet.cause", c->cause);
    sheet_field(s, "sheet.remedy", c->remedy);
    sheet_field(s, "sheet.action", c->action);
    sheet_field(s, "sheet.evidence", sheet_join(s, &c->evidence));
}

static void verdict(struct matter *m, const struct nonconformity_state *n)
{
    const struct correction_verdict *v = n->verdict;
    struct sheet *s = &m->sheet;

    sheet_heading(s, "sheet.verified");
    sheet_fields(s);
    sheet_field(s, "sheet.state",
                sheet_choice(s, "correcting.", correcting_names[n->state]));
    if (v == NULL)
        return;
    sheet_field(s, "sheet.how",
                text_get(s->lang,
                         v->on_site ? "sheet.on_site" : "sheet.by_evidence"));
    sheet_field(s, "sheet.note", v->note);
}

static void sign(struct matter *m)
{
    struct sheet *s = &m->sheet;

    sheet_signatures(s);
    sheet_row(s, text_get(s->lang, "sheet.lead"), S(""));
    sheet_row(s,
              sheet_text(s, "sheet.for_client",
                         ARG_STR("name", m->file->enterprise.name)),
              S(""));
}

static void one(struct matter *m, const struct nonconformity_state *n)
{
    const struct nonconformity *x = n->raised;
    struct sheet *s = &m->sheet;

    sheet_heading_text(s, sheet_text(s, "sheet.nonconformity_number",
                                     ARG_INT("number", x->number)));
    sheet_fields(s);
    sheet_field(s, "sheet.grade",
                sheet_choice(s, "grade.", grade_names[x->grade]));
    sheet_field(s, "sheet.indicator", matter_indicator(m, x->indicator));
    sheet_field(s, "sheet.site", x->site);
    sheet_field(s, "sheet.what", x->text);
    correction(m, n);
    verdict(m, n);
    sign(m);
}

err document_nonconformity(struct matter *m)
{
    const struct event *e = matter_newest(m, "nonconformity.raised");
    const struct state *at = m->state;
    struct sheet *s = &m->sheet;
    int32_t begun = 0;

    if (e == NULL)
        return matter_nothing(m);
    for (int32_t i = at->round_first; i < at->nonconformity_count; i++) {
        if (!grade_is_corrected(at->nonconformities[i].raised->grade))
            continue;
        if (begun++ == 0) {
            matter_begin(m, "sheet.nonconformity", e->on);
            sheet_field(s, "sheet.round",
                        sheet_choice(s, "round.", round_names[at->round]));
            sheet_field(s, "sheet.correct_until",
                        sheet_day(s, at->correct_until));
        } else {
            sheet_break(s);
        }
        one(m, &at->nonconformities[i]);
    }
    return begun == 0 ? matter_nothing(m) : OK;
}
