/*
 * document_notice -- notices about a certificate: suspended, withdrawn, to be
 * audited again. [M22] [17065 7.11] [条例 26]
 */

#include "domain/codes.h"
#include "service/document_parts.h"

static void of_certificate(struct matter *m)
{
    const struct certificate *c = m->state->certificate;
    struct sheet *s = &m->sheet;

    sheet_field(s, "sheet.number", c->number);
    sheet_field(s, "sheet.level", matter_level(m, c->level));
    sheet_field(s, "sheet.scope",
                sheet_either(s, m->state->scope, m->state->scope_en));
    sheet_field(s, "sheet.valid_until", sheet_day(s, c->until));
}

static void for_body(struct matter *m, day on)
{
    struct sheet *s = &m->sheet;

    sheet_signatures(s);
    sheet_row(s,
              sheet_text(s, "sheet.for_body",
                         ARG_STR("name", s->document.body)),
              sheet_day(s, on));
}

static void appeal(struct matter *m)
{
    struct sheet *s = &m->sheet;

    sheet_paragraph(
        s,
        sheet_text(s, "sheet.appeal_says",
                   ARG_STR("span", sheet_span(s, m->scheme->limits.appeal))));
}

err document_suspension(struct matter *m)
{
    const struct event *e = matter_newest(m, "suspension.decided");
    struct sheet *s = &m->sheet;
    const struct suspension *x;

    if (e == NULL || m->state->certificate == NULL)
        return matter_nothing(m);
    x = e->data;
    matter_begin(m, "sheet.suspension", e->on);
    of_certificate(m);
    sheet_field(s, "sheet.suspended_from", sheet_day(s, e->on));
    sheet_field(s, "sheet.suspended_until", sheet_day(s, x->until));
    sheet_field(s, "sheet.cause_code",
                sheet_choice(s, "suspension.", suspension_codes[x->code]));
    sheet_heading(s, "sheet.reasons");
    sheet_paragraph(s, x->reasons);
    sheet_heading(s, "sheet.what_follows");
    sheet_paragraph(s, text_get(s->lang, "sheet.suspension_says"));
    appeal(m);
    for_body(m, e->on);
    return OK;
}

err document_withdrawal(struct matter *m)
{
    const struct event *e = matter_newest(m, "withdrawal.decided");
    const struct event *signing = matter_newest(m, "withdrawal.signed");
    struct sheet *s = &m->sheet;
    const struct ending_reasons *x;

    if (e == NULL || signing == NULL || m->state->certificate == NULL)
        return matter_nothing(m);
    x = e->data;
    matter_begin(m, "sheet.withdrawal", signing->on);
    of_certificate(m);
    sheet_field(s, "sheet.withdrawn_on", sheet_day(s, signing->on));
    sheet_field(s, "sheet.cause_code",
                sheet_choice(s, "withdrawal.", withdrawal_codes[x->code]));
    sheet_heading(s, "sheet.reasons");
    sheet_paragraph(s, x->reasons);
    sheet_heading(s, "sheet.what_follows");
    sheet_paragraph(s, text_get(s->lang, "sheet.withdrawal_says"));
    for_body(m, signing->on);
    return OK;
}

err document_surveillance(struct matter *m)
{
    const struct certificate *c = m->state->certificate;
    struct sheet *s = &m->sheet;
    day due = m->state->surveillance_due;

    if (c == NULL || due == DAY_NEVER || m->state->stage != STAGE_UPKEEP)
        return matter_nothing(m);
    matter_begin(m, "sheet.surveillance", m->state->stage_since);
    of_certificate(m);
    sheet_field(s, "sheet.surveillance_due", sheet_day(s, due));
    sheet_field(s, "sheet.surveillance_number",
                sheet_number(s, m->state->surveillances + 1));
    sheet_paragraph(s, sheet_text(s, "sheet.surveillance_says",
                                  ARG_DAY("due", due)));
    sheet_heading(s, "sheet.what_follows");
    sheet_paragraph(s, text_get(s->lang, "sheet.surveillance_missed"));
    for_body(m, m->state->stage_since);
    sheet_heading(s, "sheet.surveillance_judges");
    sheet_list(s);
    for (size_t i = 0; i < m->scheme->leaf_count; i++) {
        if (m->scheme->surveillance.leaves[i])
            sheet_row(s, matter_indicator(
                             m, scheme_leaf_at(m->scheme, (int32_t)i)->id));
    }
    return OK;
}
