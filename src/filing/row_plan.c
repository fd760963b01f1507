/*
 * row_plan -- the sheet of plans: one row for each plan that was agreed to.
 * [M15]
 *
 *   [RP4] A plan's number is the body's prefix (R0 and the last three digits
 *         of its approval number; RF0 and two for a foreign one), the branch,
 *         and then ours: the case's number and the round's.
 *   [RP5] Auditors come lead first; experts, who count for no norm, in a cell
 *         of their own.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "filing/row_parts.h"

enum { TEXT_MAX = 16000 };

/* --- the number [RP4] ------------------------------------------------------
 */

/* Without the hyphens of "C2026-0001". */
static void put_bare(struct buf *b, str number)
{
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] != '-')
            buf_char(b, number.p[i]);
    }
}

static err plan_code(const struct making *m, str *out)
{
    str approval = m->s->body->approval;
    str branch = row_particular(m, OF_BODY, "BRANCH_CODE");
    bool foreign = str_begins(approval, S("CNCA-RF-"));
    size_t digits = foreign ? 2 : 3;
    struct buf b;

    if (branch.n == 0 || approval.n < digits)
        return row_text(S(""), out);
    buf_init(&b, m->a, TEXT_MAX);
    buf_str(&b, foreign ? S("RF0") : S("R0"));
    buf_str(&b, str_from(approval, approval.n - digits));
    buf_str(&b, branch);
    put_bare(&b, m->c->number);
    buf_printf(&b, "%02d", m->course->state->rounds % 100);
    return buf_done(&b, out);
}

/* --- people [RP5] -----------------------------------------------------------
 */

/* Number, name, role, telephone. */
static err put_auditor(const struct making *m, const struct team_member *t,
                       struct buf *b)
{
    struct filing_person p;

    TRY(row_person(m, t->person, &p));
    row_next_value(m, b);
    buf_str(b, particular_value(&p.given, S("ID_CODE")));
    row_next_part(m, b);
    buf_str(b, p.name);
    row_next_part(m, b);
    buf_str(b, t->lead ? S("01") : S("02"));
    row_next_part(m, b);
    buf_str(b, particular_value(&p.given, S("PHONE")));
    return OK;
}

/* Name, kind of document, number, telephone. */
static err put_expert(const struct making *m, const struct team_member *t,
                      struct buf *b)
{
    struct filing_person p;

    TRY(row_person(m, t->person, &p));
    row_next_value(m, b);
    buf_str(b, p.name);
    row_next_part(m, b);
    buf_str(b, particular_value(&p.given, S("IDENTITY_CODE")));
    row_next_part(m, b);
    buf_str(b, particular_value(&p.given, S("ID_CODE")));
    row_next_part(m, b);
    buf_str(b, particular_value(&p.given, S("PHONE")));
    return OK;
}

static err auditors(const struct making *m, str *out)
{
    const struct list *team = &m->course->state->plan->team;
    const struct team_member *members = team->p;
    struct buf b;

    buf_init(&b, m->a, TEXT_MAX);
    for (size_t i = 0; i < team->n; i++) {
        if (members[i].lead)
            TRY(put_auditor(m, &members[i], &b));
    }
    for (size_t i = 0; i < team->n; i++) {
        if (!members[i].lead && !members[i].expert)
            TRY(put_auditor(m, &members[i], &b));
    }
    return buf_done(&b, out);
}

static err experts(const struct making *m, str *out)
{
    const struct list *team = &m->course->state->plan->team;
    const struct team_member *members = team->p;
    struct buf b;

    buf_init(&b, m->a, TEXT_MAX);
    for (size_t i = 0; i < team->n; i++) {
        if (members[i].expert)
            TRY(put_expert(m, &members[i], &b));
    }
    return buf_done(&b, out);
}

/* --- where and what ---------------------------------------------------------
 */

static err stage(const struct making *m, str *out)
{
    return row_text(row_stage(m, true), out);
}

static err begins(const struct making *m, str *out)
{
    return row_hour(m, m->course->state->plan->from, "DAY_BEGINS", out);
}

static err ends(const struct making *m, str *out)
{
    return row_hour(m, m->course->state->plan->to, "DAY_ENDS", out);
}

static err uscc(const struct making *m, str *out)
{
    return row_plain(m, m->course->state->application->uscc, out);
}

static err name(const struct making *m, str *out)
{
    return row_text(m->course->state->application->name, out);
}

static err contact(const struct making *m, str *out)
{
    return row_text(m->c->contact_name, out);
}

static err phone(const struct making *m, str *out)
{
    return row_text(m->c->contact_phone, out);
}

static bool is_planned(const struct plan *p, str site)
{
    const str *sites = p->sites.p;

    for (size_t i = 0; i < p->sites.n; i++) {
        if (str_eq(sites[i], site))
            return true;
    }
    return false;
}

/* The planned headquarters; every plan has it (domain/plan.c [PL3]). */
static const struct site *headquarters(const struct making *m)
{
    const struct state *s = m->course->state;
    const struct site *sites = s->application->sites.p;

    for (size_t i = 0; i < s->application->sites.n; i++) {
        if (sites[i].kind == SITE_HQ && is_planned(s->plan, sites[i].name))
            return &sites[i];
    }
    return NULL;
}

static err address(const struct making *m, str *out)
{
    const struct site *site = headquarters(m);

    return row_text(site == NULL ? S("") : row_where(site), out);
}

static err district(const struct making *m, str *out)
{
    const struct site *site = headquarters(m);

    if (site != NULL && site->district.n > 0)
        return row_text(site->district, out);
    return row_text(row_particular(m, OF_ENTERPRISE, "WORK_DISTRICT"), out);
}

/* The other sites of the plan, as the platform wants them told, and what the
 * reporter adds. */
static err remark(const struct making *m, str *out)
{
    const struct state *s = m->course->state;
    const struct site *sites = s->application->sites.p;
    str added = row_particular(m, OF_CASE, "PLAN_REMARK");
    struct buf b;

    buf_init(&b, m->a, TEXT_MAX);
    for (size_t i = 0; i < s->application->sites.n; i++) {
        if (sites[i].kind != SITE_HQ && is_planned(s->plan, sites[i].name))
            row_put_site(m, &b, &sites[i]);
    }
    if (added.n > 0)
        row_next_value(m, &b);
    buf_str(&b, added);
    return buf_done(&b, out);
}

/* Our plans are of audits on site (domain/events.h, struct plan). */
static err mode(const struct making *, str *out)
{
    return row_text(S("FS01"), out);
}

/* clang-format off */
static const struct cell_rule rules[] = {
    { "AUDIT_PLAN_CODE", plan_code, false },
    { "AUDIT_ACT_TYPE", stage, false },
    { "AUDIT_START_DATE", begins, false },
    { "AUDIT_END_DATE", ends, false },
    { "AUDIT_INSPECTOR", auditors, false },
    { "AUDIT_INSPECT_ZJ", experts, false },
    { "ORG_DISTRICT", district, false },
    { "ORG_CODE", uscc, false },
    { "ORG_NAME", name, false },
    { "ORG_CONTACT_PERSON", contact, false },
    { "ORG_CONTACT_WAY", phone, false },
    { "ORG_ADDRESS", address, false },
    { "AUDIT_MODE", mode, true },
    { "REMARK", remark, false },
};
/* clang-format on */

/* Those of the team who are `lead` and `expert`, or are not, into `out`. */
static err add_refs(const struct making *m, bool lead, bool expert,
                    struct list *out)
{
    const struct list *team = &m->course->state->plan->team;
    const struct team_member *members = team->p;
    str *refs = out->p;

    for (size_t i = 0; i < team->n; i++) {
        if (members[i].lead == lead && members[i].expert == expert)
            TRY(row_person_ref(m, members[i].person, &refs[out->n++]));
    }
    return OK;
}

/* What the members are called on the command line, lead first. */
static err name_team(const struct making *m, bool expert, struct list *out)
{
    struct list refs = {
        arena_array(m->a, m->course->state->plan->team.n, sizeof(str)), 0
    };

    TRY_MEMORY(refs.p);
    TRY(add_refs(m, true, expert, &refs));
    TRY(add_refs(m, false, expert, &refs));
    *out = refs;
    return OK;
}

err row_add_plan(struct making *m, struct filing *out)
{
    struct filing_rows *rows = &out->sheets[SHEET_PLAN];

    m->sheet = &m->s->dictionary->sheets[SHEET_PLAN];
    TRY(row_add(m, rules, COUNT(rules), rows));
    TRY(name_team(m, false, &rows->last->auditors));
    return name_team(m, true, &rows->last->experts);
}
