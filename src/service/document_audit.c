/*
 * document_audit -- what is asked for before an audit, and its plan. [M12]
 * [M15] [17065 7.4]
 */

#include "base/size.h"
#include "service/document_parts.h"

/* --- documents that are missing ------------------------------------------- */

err document_supplement(struct matter *m)
{
    const struct event *e = matter_newest(m, "supplement.asked");
    struct sheet *s = &m->sheet;
    const struct paint_column columns[] = {
        sheet_column(s, "sheet.document", 560, PAINT_LEFT),
        sheet_column(s, "sheet.lack", 440, PAINT_LEFT),
    };
    const struct supplement_asked *x;
    const struct missing *missing;

    if (e == NULL)
        return matter_nothing(m);
    x = e->data;
    missing = x->missing.p;
    matter_begin(m, "sheet.supplement", e->on);
    sheet_field(s, "sheet.supply_until", sheet_day(s, x->until));
    sheet_paragraph(s, sheet_text(s, "sheet.supplement_says",
                                  ARG_DAY("until", x->until)));
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < x->missing.n; i++) {
        int32_t r = scheme_requirement(m->scheme, missing[i].requirement);

        sheet_row(s,
                  r < 0 ? missing[i].requirement
                        : sheet_label(s, m->scheme->requirements[r].label),
                  sheet_choice(s, "lack.", lack_names[missing[i].why]));
    }
    if (x->note.n > 0)
        sheet_heading(s, "sheet.note");
    sheet_paragraph(s, x->note);
    if (x->until_provisional)
        sheet_note(s, text_get(s->lang, "sheet.provisional"));
    return OK;
}

/* --- the plan
 * --------------------------------------------------------------------- */

/* "2.5", from tenths. */
static str person_days(struct matter *m, int64_t tenths)
{
    return sheet_text(&m->sheet, "sheet.person_days",
                      ARG_INT("days", tenths / 10),
                      ARG_INT("tenth", tenths % 10));
}

static err team(struct matter *m, const struct plan *p)
{
    struct sheet *s = &m->sheet;
    const struct team_member *member = p->team.p;
    const struct paint_column columns[] = {
        sheet_column(s, "sheet.person", 500, PAINT_LEFT),
        sheet_column(s, "sheet.part", 500, PAINT_LEFT),
    };

    sheet_heading(s, "sheet.team");
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < p->team.n; i++) {
        str name;

        TRY(matter_person(m, member[i].person, &name));
        sheet_row(s, name,
                  text_get(s->lang, member[i].lead     ? "sheet.lead"
                                    : member[i].expert ? "sheet.expert"
                                                       : "sheet.auditor"));
    }
    return OK;
}

static str place_of(const struct application *a, str name)
{
    const struct site *sites = a == NULL ? NULL : a->sites.p;

    for (size_t i = 0; a != NULL && i < a->sites.n; i++) {
        if (str_eq(sites[i].name, name))
            return sites[i].address.n > 0 ? sites[i].address : sites[i].place;
    }
    return S("");
}

static void sites(struct matter *m, const struct plan *p)
{
    struct sheet *s = &m->sheet;
    const str *name = p->sites.p;
    const struct paint_column columns[] = {
        sheet_column(s, "sheet.site", 420, PAINT_LEFT),
        sheet_column(s, "sheet.site_address", 580, PAINT_LEFT),
    };

    if (p->sites.n == 0)
        return;
    sheet_heading(s, "sheet.sites");
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < p->sites.n; i++)
        sheet_row(s, name[i], place_of(m->state->application, name[i]));
}

static void modes(struct matter *m, const struct plan *p)
{
    struct sheet *s = &m->sheet;
    const str *mode = p->modes.p;

    if (p->modes.n == 0)
        return;
    sheet_heading(s, "sheet.modes");
    sheet_list(s);
    for (size_t i = 0; i < p->modes.n; i++) {
        char name[2] = { 0 };

        name[0] = (char)(mode[i].p[0] | 0x20); /* "A" is called mode.a */
        sheet_row(s, sheet_choice(s, "mode.", name));
    }
}

err document_plan(struct matter *m)
{
    const struct plan *p = m->state->plan;
    const struct event *made = matter_newest(m, "plan.made");
    const struct event *replaced = matter_newest(m, "plan.replaced");
    struct sheet *s = &m->sheet;

    if (p == NULL || made == NULL)
        return matter_nothing(m);
    if (replaced != NULL && replaced->n > made->n)
        made = replaced;
    matter_begin(m, "sheet.plan", made->on);
    sheet_field(s, "sheet.round",
                sheet_choice(s, "round.", round_names[m->state->round]));
    sheet_field(s, "sheet.level_wanted",
                matter_level(m, m->state->opened->level));
    sheet_field(s, "sheet.audit_from", sheet_day(s, p->from));
    sheet_field(s, "sheet.audit_to", sheet_day(s, p->to));
    sheet_field(s, "sheet.audit_days", person_days(m, p->person_days));
    TRY(team(m, p));
    sites(m, p);
    modes(m, p);
    sheet_note(s, text_get(s->lang, "sheet.plan_note"));
    return OK;
}
