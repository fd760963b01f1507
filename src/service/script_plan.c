/*
 * script_plan -- what comes next in the audit plan: who goes, and when.
 *
 *   [SP1] As many days as the package's table asks of two people, from the
 *         eighth working day on.
 *   [SP2] Nobody who is planned for days to come is sent before they are over:
 *         somebody else goes, and where no two are left, the audit begins on a
 *         later working day.
 */

#include "service/script_parts.h"

#include "base/check.h"

enum { NOTICE = 8, TEAM = 2 };

/* --- who [SP2] -------------------------------------------------------- */

struct team {
    str lead;
    str member;
};

static bool free_on(const struct auditor *x, day from)
{
    return x->until < from;
}

/* Who is asked first, when free; else the first who is, but not `taken`.
 * Empty: nobody. */
static str choose(const struct script *s, str wish, str taken, day from)
{
    str found = S("");

    for (size_t i = 0; i < s->auditor_count; i++) {
        const struct auditor *x = &s->auditors[i];

        if (!free_on(x, from) || str_eq(x->login, taken))
            continue;
        if (str_eq(x->login, wish))
            return wish;
        if (found.n == 0)
            found = x->login;
    }
    return found;
}

/* Two who are free from `from` on. */
static bool choose_team(const struct script *s, day from, struct team *out)
{
    out->lead = choose(s, s->lead, S(""), from);
    out->member = choose(s, s->member, out->lead, from);
    return out->member.n > 0;
}

static day next_workday(const struct script *s, day d)
{
    return span_end(s->calendar, d, (struct span){ 1, SPAN_WORKDAYS }).on;
}

/* The team, and the first day from *from on that it can begin. */
static struct team find_team(const struct script *s, day *from)
{
    struct team t = { s->lead, s->member };

    if (s->auditor_count == 0)
        return t;
    check(s->auditor_count >= TEAM);
    while (!choose_team(s, *from, &t))
        *from = next_workday(s, *from);
    return t;
}

/* --- the plan [SP1] --------------------------------------------------- */

static void write_plan(struct writing *w)
{
    int64_t tenths = script_table_days(w->s);
    int64_t days = (tenths + 19) / 20;
    const struct calendar *c = w->s->calendar;
    day from =
        span_end(c, w->s->today, (struct span){ NOTICE, SPAN_WORKDAYS }).on;
    struct team t = find_team(w->s, &from);
    day to =
        span_end(c, from, (struct span){ (int32_t)days - 1, SPAN_WORKDAYS }).on;

    step_by(w, "planner", "plan.make", 1);
    step_str(w, "lead", t.lead);
    step_strs(w, "members", t.member);
    step_day(w, "from", from);
    step_day(w, "to", to);
    step_int(w, "person_days", tenths);
    step_text(w, "reason", "seen");
}

void script_plan(struct writing *w)
{
    if (w->s->state->plan == NULL)
        write_plan(w);
    else
        step_applicant(w, "plan.agree", 2);
}
