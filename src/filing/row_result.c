/*
 * row_result -- the sheet of results: who took part in which stage of the audit
 * behind a row of the sheet of certificates, one row a member and stage.
 * [M15] [17065 7.12]
 *
 *   [RR1] Stage one is the document review of the first round: whoever judged
 *         a document; who passed it led it.  Stage two is every site audit of
 *         the round, by the plan it was held by.
 *   [RR2] Days are those of the meetings, hours those of the body's audit day.
 */

#include "base/size.h"
#include "filing/row_parts.h"

/* --- cells ---------------------------------------------------------------- */

static err approval(const struct making *m, str *out)
{
    return row_plain(m, m->s->body->approval, out);
}

static err number(const struct making *m, str *out)
{
    return row_plain(m, m->course->state->certificate->number, out);
}

static err stage(const struct making *m, str *out)
{
    return row_text(row_stage(m, m->visit != NULL), out);
}

/* [RR2] */
static err begins(const struct making *m, str *out)
{
    day d = m->visit != NULL ? m->visit->from : m->course->review_from;

    return row_hour(m, d, "DAY_BEGINS", out);
}

static err ends(const struct making *m, str *out)
{
    day d = m->visit != NULL ? m->visit->to : m->course->review_to;

    return row_hour(m, d, "DAY_ENDS", out);
}

static err name(const struct making *m, str *out)
{
    return row_text(m->person.name, out);
}

static err role(const struct making *m, str *out)
{
    return row_text(m->role, out);
}

static bool is_expert(const struct making *m)
{
    return str_eq(m->role, S("03"));
}

static err qualification(const struct making *m, str *out)
{
    static const char *const codes[] = {
        [AUDITOR_NONE] = "",
        [AUDITOR_TRAINEE] = "03",
        [AUDITOR_FULL] = "02",
        [AUDITOR_SENIOR] = "01",
    };

    if (is_expert(m))
        return row_text(S("04"), out);
    return row_text(str_of(codes[m->person.qualification.level]), out);
}

static err registration(const struct making *m, str *out)
{
    return row_plain(m, m->person.qualification.registration, out);
}

static bool is_registered(const struct making *m)
{
    return m->person.qualification.registration.n > 0;
}

/* Registered for the field of the scheme? */
static err of_trade(const struct making *m, str *out)
{
    const struct qualification *q = &m->person.qualification;
    bool found = false;

    if (!is_registered(m))
        return row_text(S(""), out);
    for (size_t i = 0; i < q->field_count; i++)
        found = found || str_eq(q->fields[i], m->c->scheme->field);
    return row_text(found ? S("1") : S("0"), out);
}

static err full_time(const struct making *m, str *out)
{
    if (!is_registered(m))
        return row_text(S(""), out);
    return row_text(m->person.qualification.full_time ? S("1") : S("0"), out);
}

/* clang-format off */
static const struct cell_rule rules[] = {
    { "RZJG_ID", approval, false },
    { "CERT_NUMBER", number, false },
    { "APPR_STAGE", stage, false },
    { "APPR_S_DATE", begins, false },
    { "APPR_E_DATE", ends, false },
    { "FULL_NAME", name, false },
    { "APPR_M_ROLE", role, false },
    { "QUA_CODE", qualification, false },
    { "APT_CERTI_NUM", registration, false },
    { "IS_PROF_M", of_trade, false },
    { "IS_SPECIAL", full_time, false },
};
/* clang-format on */

/* --- rows [RR1] ------------------------------------------------------------
 */

static err add(struct making *m, id member, str role_code, struct filing *out)
{
    m->role = role_code;
    TRY(row_person(m, member, &m->person));
    return row_add(m, rules, COUNT(rules), &out->sheets[SHEET_RESULT]);
}

static err add_reviewers(struct making *m, struct filing *out)
{
    const struct course *c = m->course;

    m->visit = NULL;
    for (int32_t i = 0; i < c->reviewer_count; i++) {
        bool lead = id_eq(c->reviewers[i], c->review_lead);

        TRY(add(m, c->reviewers[i], lead ? S("01") : S("02"), out));
    }
    return OK;
}

static str role_of(const struct team_member *t)
{
    if (t->lead)
        return S("01");
    return t->expert ? S("03") : S("02");
}

static err add_team(struct making *m, const struct visit *v, struct filing *out)
{
    const struct team_member *team = v->plan->team.p;

    m->visit = v;
    for (size_t i = 0; i < v->plan->team.n; i++)
        TRY(add(m, team[i].person, role_of(&team[i]), out));
    return OK;
}

err row_add_results(struct making *m, struct filing *out)
{
    const struct course *c = m->course;

    m->sheet = &m->s->dictionary->sheets[SHEET_RESULT];
    if (m->act == ACT_ISSUE && !id_is_zero(c->review_lead))
        TRY(add_reviewers(m, out));
    for (int32_t i = 0; i < c->visit_count; i++)
        TRY(add_team(m, &c->visits[i], out));
    m->person = (struct filing_person){ 0 };
    return OK;
}
