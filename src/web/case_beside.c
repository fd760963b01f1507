#include "web/case_beside.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/size.h"
#include "web/case_beside_parts.h"
#include "web/saying.h"

/* What begins so, or is called so, has these facts beside it; the first row
 * that fits.  A command that is in no row has none: its form says all. */
static const struct {
    const char *begins;
    beside_facts *facts;
} table[] = {
    { "application.accept", beside_application },
    { "application.decline", beside_application },
    { "supplement.", beside_application },
    { "quote.", beside_estimate },
    { "contract.", beside_quote },
    { "invoice.", beside_accounts },
    { "payment.", beside_accounts },
    { "refund.", beside_accounts },
    { "plan.", beside_plan },
    { "finding.", beside_finding },
    { "figure.", beside_figure },
    { "nonconformity.", beside_progress },
    { "audit.", beside_progress },
    { "special.", beside_progress },
    { "report.issue", beside_score },
    { "correction.extend", beside_score },
    { "correction.", beside_nonconformity },
    { "decision.", beside_decision },
    { "certificate.issue", beside_decision },
    { "certificate.", beside_certificate },
    { "reduction.", beside_certificate },
    { "withdrawal.", beside_certificate },
    { "cancellation.", beside_certificate },
    { "round.", beside_certificate },
    { "change.ask", beside_certificate },
    { "change.", beside_change },
    { "condition.", beside_condition },
    { "complaint.a", beside_complaint },
    { "appeal.", beside_appeal },
    { "mark.ask", beside_certificate },
    { "mark.", beside_mark },
    { "misuse.settle", beside_misuse },
    { "misuse.", beside_certificate },
};

/* --- facts ---------------------------------------------------------------- */

err beside_text(struct beside *b, const char *label, str text)
{
    check(b->facts_n < BESIDE_FACTS);
    if (text.n > 0)
        b->facts[b->facts_n++] =
            (struct page_command_beside_facts){ label, text };
    return OK;
}

err beside_say(struct beside *b, const char *label, const char *message,
               const struct err_arg *args)
{
    str text;

    TRY(say(b->v->rq, message, args, &text));
    return beside_text(b, label, text);
}

err beside_count(struct beside *b, const char *label, int64_t n)
{
    return beside_say(b, label, "case_beside.value",
                      (const struct err_arg[]){ ARG_INT("value", n), { 0 } });
}

err beside_days(struct beside *b, const char *label, int64_t tenths)
{
    str text;

    TRY(case_view_tenths(b->v, tenths, &text));
    return beside_text(b, label, text);
}

err beside_money(struct beside *b, const char *label, int64_t fen)
{
    return beside_say(b, label, "case_beside.value",
                      (const struct err_arg[]){ ARG_MONEY("value", fen),
                                                { 0 } });
}

err beside_day(struct beside *b, const char *label, day d)
{
    if (d == DAY_NEVER)
        return OK;
    return beside_say(b, label, "case_beside.value",
                      (const struct err_arg[]){ ARG_DAY("value", d), { 0 } });
}

void beside_note(struct beside *b, str over, str text)
{
    if (text.n > 0 && b->notes_n < BESIDE_NOTES)
        b->notes[b->notes_n++] =
            (struct page_command_beside_notes){ .over = over, .text = text };
}

void beside_choice(struct beside *b, str over, str text, int64_t number)
{
    size_t before = b->notes_n;

    beside_note(b, over, text);
    if (b->notes_n > before)
        b->notes[before].about = number;
}

/* --- a command's ---------------------------------------------------------- */

static beside_facts *facts_of(const char *command)
{
    for (size_t i = 0; i < COUNT(table); i++) {
        if (str_begins(str_of(command), str_of(table[i].begins)))
            return table[i].facts;
    }
    return NULL;
}

err case_beside(const struct case_view *v, const char *command, int64_t about,
                struct page_command_beside *out)
{
    struct beside b = { .v = v, .command = command, .about = about };
    beside_facts *facts = facts_of(command);

    *out = (struct page_command_beside){ 0 };
    if (facts == NULL)
        return OK;
    CASE_ROWS(v, b.facts, BESIDE_FACTS);
    CASE_ROWS(v, b.notes, BESIDE_NOTES);
    TRY(facts(&b));
    out->number = v->file.number;
    out->command = str_of(command);
    out->facts = b.facts;
    out->facts_n = b.facts_n;
    out->notes = b.notes;
    out->notes_n = b.notes_n;
    return OK;
}
