/*
 * document_money -- the quotation and the contract. [M13] [M28]-[M31]
 * [17065 4.1.2]
 */

#include "base/size.h"
#include "domain/fees.h"
#include "service/document_parts.h"

/* --- what it costs ---------------------------------------------------------
 */

/* What a rule asks is called as the catalogue has it, in either language; what
 * finance added, as they wrote it. */
static str line_text(struct sheet *s, const struct quote_line *line)
{
    if (line->rule == FEE_OTHER || s->lang == LANG_ZH)
        return line->text;
    return sheet_choice(s, "fee_line.", fee_names[line->rule]);
}

static void lines(struct matter *m, const struct quote *q)
{
    struct sheet *s = &m->sheet;
    const struct quote_line *line = q->lines.p;
    const struct paint_column columns[] = {
        sheet_column(s, "sheet.line", 560, PAINT_LEFT),
        sheet_column(s, "sheet.line_kind", 220, PAINT_LEFT),
        sheet_column(s, "sheet.amount", 220, PAINT_RIGHT),
    };

    sheet_heading(s, "sheet.fees");
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < q->lines.n; i++)
        sheet_row(s, line_text(s, &line[i]),
                  sheet_choice(s, "line.", line_names[line[i].kind]),
                  sheet_money(s, line[i].amount));
    sheet_row(s, text_get(s->lang, "sheet.total"), S(""),
              sheet_money(s, q->total));
    sheet_strong(s);
}

static void payments(struct matter *m, const struct quote *q)
{
    struct sheet *s = &m->sheet;

    sheet_fields(s);
    sheet_field(s, "sheet.prepayment", sheet_money(s, q->prepayment));
    if (q->surveillances > 0)
        sheet_field(s, "sheet.surveillance_fee",
                    sheet_text(s, "sheet.surveillance_times",
                               ARG_MONEY("amount", q->surveillance),
                               ARG_INT("times", q->surveillances)));
    if (q->whole > 0)
        sheet_field(s, "sheet.whole", sheet_money(s, q->whole));
    sheet_note(s, text_get(s->lang, "sheet.travel_note"));
    if (m->scheme->fees.assumed)
        sheet_note(s, text_get(s->lang, "sheet.fees_assumed"));
}

static void what_for(struct matter *m)
{
    const struct application *p = m->state->application;

    sheet_field(&m->sheet, "sheet.level_wanted",
                matter_level(m, m->state->opened->level));
    if (p != NULL)
        sheet_field(&m->sheet, "sheet.scope",
                    sheet_either(&m->sheet, p->scope, p->scope_en));
}

err document_quote(struct matter *m)
{
    const struct event *e = matter_newest(m, "quote.made");
    const struct quote *q;

    if (e == NULL)
        return matter_nothing(m);
    q = e->data;
    matter_begin(m, "sheet.quote", e->on);
    what_for(m);
    sheet_field(&m->sheet, "sheet.offered_on", sheet_day(&m->sheet, e->on));
    lines(m, q);
    payments(m, q);
    return OK;
}

/* --- the contract
 * ------------------------------------------------------------- */

static void terms_of(struct matter *m, const struct quote *q, int side,
                     int kind, const char *heading)
{
    const struct term *t = q->terms.p;
    struct sheet *s = &m->sheet;
    bool begun = false;

    for (size_t i = 0; i < q->terms.n; i++) {
        if (t[i].side != side || t[i].kind != kind)
            continue;
        if (!begun) {
            sheet_heading_text(s, text_get(s->lang, heading));
            sheet_list(s);
        }
        begun = true;
        sheet_row(s, sheet_either(s, t[i].text, t[i].text_en));
    }
}

static void terms(struct matter *m, const struct quote *q)
{
    static const struct {
        int side;
        int kind;
        const char *id;
    } parts[] = {
        { SIDE_CLIENT, TERM_RIGHT, "sheet.client_rights" },
        { SIDE_CLIENT, TERM_DUTY, "sheet.client_duties" },
        { SIDE_BODY, TERM_RIGHT, "sheet.body_rights" },
        { SIDE_BODY, TERM_DUTY, "sheet.body_duties" },
    };

    for (size_t i = 0; i < COUNT(parts); i++)
        terms_of(m, q, parts[i].side, parts[i].kind, parts[i].id);
}

/* The day a side signed, where it did. */
static str signed_on(struct matter *m, const struct event *e)
{
    return e == NULL ? S("") : sheet_day(&m->sheet, e->on);
}

static void signatures(struct matter *m)
{
    struct sheet *s = &m->sheet;

    sheet_signatures(s);
    sheet_row(s,
              sheet_text(s, "sheet.for_client",
                         ARG_STR("name", m->file->enterprise.name)),
              signed_on(m, matter_newest(m, "contract.accepted")));
    sheet_row(s,
              sheet_text(s, "sheet.for_body",
                         ARG_STR("name", s->document.body)),
              signed_on(m, matter_newest(m, "contract.signed")));
}

err document_contract(struct matter *m)
{
    const struct event *accepted = matter_newest(m, "contract.accepted");
    const struct event *e = matter_newest(m, "contract.signed");
    const struct quote *q = m->state->quote;
    struct sheet *s = &m->sheet;

    if (accepted == NULL || q == NULL)
        return matter_nothing(m);
    matter_begin(m, "sheet.contract", e == NULL ? accepted->on : e->on);
    what_for(m);
    sheet_field(s, "sheet.contract_number", state_contract_number(m->state));
    if (e != NULL) {
        const struct acceptance *x = e->data;

        sheet_field(s, "sheet.contract_from", sheet_day(s, x->from));
        sheet_field(s, "sheet.contract_until", sheet_day(s, x->until));
    }
    lines(m, q);
    payments(m, q);
    terms(m, q);
    signatures(m);
    return OK;
}
