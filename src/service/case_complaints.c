#include "service/case_complaints.h"

#include "base/arena.h"
#include "codec/utf8.h"
#include "domain/events.h"
#include "domain/state.h"

/* So much of a text stands in the register: a line of it. */
enum { SUBJECT_MOST = 80 };

/* --- what there should be ------------------------------------------------- */

/* The first line of a text, or as much of it as there is room for. */
static str subject_of(str text)
{
    return utf8_first(str_first(text, str_index(text, '\n')), SUBJECT_MOST);
}

static enum complaint_outcome outcome_of(bool right)
{
    return right ? COMPLAINT_FOUND_RIGHT : COMPLAINT_FOUND_WRONG;
}

static struct complaint_row of_complaint(const struct complaint_state *x)
{
    const struct complaint_answer *answer = x->answer;

    return (struct complaint_row){
        .kind = COMPLAINT_IS_COMPLAINT,
        .number = x->complaint->number,
        .about = x->complaint->about,
        .subject = subject_of(x->complaint->text),
        .recorded = x->recorded,
        .person = x->assigned,
        .ended = answer == NULL ? DAY_NEVER : x->answered,
        .outcome =
            answer == NULL ? COMPLAINT_OPEN : outcome_of(answer->justified),
    };
}

static void set_panel(struct complaint_row *row, const struct appeal_panel *p)
{
    if (p == NULL || p->members.n == 0)
        return;
    row->person = ((const struct panel_member *)p->members.p)[0].person;
    row->others = (int32_t)p->members.n - 1;
}

static struct complaint_row of_appeal(const struct appeal_heard *x, int32_t n)
{
    const struct appeal_decision *made = x->decision;
    struct complaint_row row = {
        .kind = COMPLAINT_IS_APPEAL,
        .number = n,
        .about = x->appeal->subject,
        .subject = subject_of(x->appeal->grounds),
        .recorded = x->filed,
        .ended = made == NULL ? DAY_NEVER : x->decided,
        .outcome = made == NULL ? COMPLAINT_OPEN : outcome_of(made->upheld),
    };

    set_panel(&row, x->panel);
    return row;
}

err case_complaints_want(struct tx *tx, const struct state *s, struct list *out)
{
    size_t complaints = (size_t)s->complaint_count;
    size_t appeals = (size_t)s->appeal_count;
    struct complaint_row *rows =
        arena_array(tx_arena(tx), complaints + appeals, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < complaints; i++)
        rows[i] = of_complaint(&s->complaints[i]);
    for (size_t i = 0; i < appeals; i++)
        rows[complaints + i] = of_appeal(&s->appeals[i], (int32_t)i + 1);
    *out = (struct list){ rows, complaints + appeals };
    return OK;
}

/* --- comparing ------------------------------------------------------------ */

static bool same_row(const struct complaint_row *x,
                     const struct complaint_row *y)
{
    return x->kind == y->kind && x->number == y->number &&
           x->about == y->about && str_eq(x->subject, y->subject) &&
           x->recorded == y->recorded && id_eq(x->person, y->person) &&
           x->others == y->others && x->ended == y->ended &&
           x->outcome == y->outcome;
}

static bool same_rows(const struct list *x, const struct list *y)
{
    const struct complaint_row *p = x->p;
    const struct complaint_row *q = y->p;

    if (x->n != y->n)
        return false;
    for (size_t i = 0; i < x->n; i++) {
        if (!same_row(&p[i], &q[i]))
            return false;
    }
    return true;
}

err case_complaints_project(struct tx *tx, const struct state *s,
                            const struct list *before)
{
    struct list rows;

    TRY(case_complaints_want(tx, s, &rows));
    if (before != NULL && same_rows(before, &rows))
        return OK;
    return complaint_replace(tx, s->id, rows.p, rows.n);
}

err case_complaints_check(struct tx *tx, const struct state *s, str number,
                          int64_t *count)
{
    struct arena *a = tx_arena(tx);
    struct list want;
    struct list have;

    TRY(case_complaints_want(tx, s, &want));
    TRY(complaint_of_case(tx, a, s->id, &have));
    if (!same_rows(&have, &want))
        return err_new(a, ERR_CORRUPT, "check.complaints",
                       ARG_STR("case", number));
    *count += (int64_t)want.n;
    return OK;
}
