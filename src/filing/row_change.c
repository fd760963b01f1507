/*
 * row_change -- of the sheet of certificates, the columns that say what changed
 * and what was replaced. [RC3]
 */

#include "filing/row_parts.h"

/* Did the round that was decided now widen the scope? */
static bool widens(const struct state *s)
{
    return s->round == ROUND_EXTENSION && s->decision != NULL &&
           s->decision->outcome == OUTCOME_GRANTED;
}

/* The kind of change a row tells of; empty: none. */
static str change_of(const struct making *m)
{
    static const str kinds[] = {
        [CHANGE_NAME] = S_INIT("0101"),      [CHANGE_ADDRESS] = S_INIT("0102"),
        [CHANGE_EXTENSION] = S_INIT("0105"), [CHANGE_LEVEL] = S_INIT("0103"),
        [CHANGE_ERRATUM] = S_INIT("0110"),   [CHANGE_SITES] = S_INIT("0103"),
    };

    if (m->act == ACT_CHANGE)
        return m->course->change == NULL ? S("0199")
                                         : kinds[m->course->change->kind];
    if (m->act == ACT_REDUCE)
        return S("0106");
    if (m->act == ACT_EVALUATE)
        return widens(m->course->state) ? S("0105") : S("");
    if (m->act == ACT_SUB) /* the main one's activity is no evaluation */
        return S("0103");
    return m->act == ACT_ISSUE ? S("") : S("0197");
}

err row_change(const struct making *m, str *out)
{
    return row_text(change_of(m), out);
}

err row_changed(const struct making *m, str *out)
{
    return row_day(m, change_of(m).n > 0 ? m->on : DAY_NEVER, out);
}

/* [RC3] */
static bool replaces(const struct making *m)
{
    return m->act == ACT_CHANGE ||
           (m->act == ACT_ISSUE &&
            m->course->state->certificate->previous.n > 0);
}

err row_replaced(const struct making *m, str *out)
{
    return row_text(replaces(m) ? S("1") : S("0"), out);
}

err row_replaced_on(const struct making *m, str *out)
{
    return row_day(m, replaces(m) ? m->on : DAY_NEVER, out);
}

static bool is_transfer(const struct making *m)
{
    return m->act == ACT_ISSUE &&
           m->course->state->opened->kind == CASE_TRANSFER;
}

err row_replaced_why(const struct making *m, str *out)
{
    if (!replaces(m))
        return row_text(S(""), out);
    if (m->act == ACT_CHANGE)
        return row_text(S("0104"), out);
    return row_text(is_transfer(m) ? S("0103") : S("0102"), out);
}

err row_former_body(const struct making *m, str *out)
{
    const struct transfer *from = m->course->state->transfer;

    if (!replaces(m) || (is_transfer(m) && from == NULL))
        return row_text(S(""), out);
    return row_plain(m, is_transfer(m) ? from->approval : m->s->body->approval,
                     out);
}

err row_former_number(const struct making *m, str *out)
{
    if (!replaces(m))
        return row_text(S(""), out);
    return row_plain(m,
                     m->act != ACT_CHANGE
                         ? m->course->state->certificate->previous
                     : m->sub != NULL ? m->sub->sub->number
                                      : m->course->state->certificate->number,
                     out);
}

err row_kind_of_report(const struct making *m, str *out)
{
    if (m->act == ACT_CHANGE)
        return row_text(S("02"), out);
    if (m->act == ACT_SUB)
        return row_text(S("01"), out);
    if (m->act == ACT_ISSUE)
        return row_text(replaces(m) ? S("02") : S("01"), out);
    if (m->act == ACT_EVALUATE || m->act == ACT_REDUCE)
        return row_text(S("04"), out);
    return row_text(S("05"), out);
}
