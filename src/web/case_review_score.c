/*
 * case_review_score -- the score of a case computed anew, beside what its
 * report and its decision say, by group and in all; and what stands in the way
 * of a level. [M19] [17065 7.5]
 */

#include "base/arena.h"
#include "domain/names.h"
#include "web/case_review.h"

#include <string.h>

enum { DIGITS_MOST = 40, EXACT_MOST = 2 * DIGITS_MOST, PLACES = 1000 };

/* What the rules make of the findings, at one moment. */
struct counted {
    struct findings findings;
    struct score score;
};

/* --- exact numbers -------------------------------------------------------- */

/* Printf knows no number of this width. */
static void put_big(struct buf *b, u128 n)
{
    char digits[DIGITS_MOST];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + (int)(n % 10));
        n /= 10;
    } while (n > 0);
    buf_str(b, (str){ digits + at, sizeof digits - at });
}

/* "12.5" where three places say it exactly, else "37/3". */
static err exact_text(const struct case_view *v, struct fraction x, str *out)
{
    struct buf b;

    buf_init(&b, v->rq->arena, EXACT_MOST);
    if (PLACES % x.den != 0) {
        put_big(&b, x.num);
        buf_char(&b, '/');
        put_big(&b, x.den);
        return buf_done(&b, out);
    }

    int32_t thousandths = (int32_t)(x.num * (PLACES / x.den));
    int32_t rest = thousandths % PLACES;
    buf_int(&b, thousandths / PLACES);
    if (rest % 100 != 0)
        buf_printf(&b, ".%03d", (int)rest);
    else if (rest != 0)
        buf_printf(&b, ".%d", (int)(rest / 100));
    return buf_done(&b, out);
}

static bool is_same(struct fraction a, struct fraction b)
{
    return a.num == b.num && a.den == b.den;
}

/* --- at the report, and now ----------------------------------------------- */

static void count(const struct state *s, struct counted *out)
{
    state_findings(s, &out->findings);
    score_compute(s->scheme, &out->findings.assessment, &out->score);
}

static const struct event *newest_report(const struct case_view *v)
{
    const struct event *found = NULL;

    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        if (strcmp(e->kind->name, "report.issued") == 0)
            found = e;
    }
    return found;
}

/* What the journal said when the report was issued. [RR1] */
static err count_at_report(const struct case_view *v, struct counted *out)
{
    const struct event *last = newest_report(v);
    struct state *s;

    TRY(state_new(v->rq->arena, v->file.state->scheme, &s));
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        apply(s, e);
        if (e == last)
            break;
    }
    count(s, out);
    return OK;
}

/* --- beside each other ---------------------------------------------------- */

static struct page_case_review_checks check_of(const char *what, int64_t said,
                                               const struct score *found)
{
    return (struct page_case_review_checks){
        what,
        said,
        found->shown,
        said == found->shown,
    };
}

static err show_checks(const struct case_view *v, const struct counted *then,
                       const struct counted *now, struct page_case_review *out)
{
    const struct state *s = v->file.state;
    struct page_case_review_checks *rows;

    CASE_ROWS(v, rows, 2);
    rows[out->checks_n++] =
        check_of("page_case.report", s->report->shown, &then->score);
    if (s->decision != NULL)
        rows[out->checks_n++] =
            check_of("page_case.decision", s->decision->shown, &now->score);
    out->checks = rows;
    return OK;
}

static err show_group(const struct case_view *v, int32_t at,
                      const struct counted *then, const struct counted *now,
                      struct page_case_review_groups *out)
{
    const struct scheme *s = v->file.state->scheme;
    struct group_score before;
    struct group_score after;

    score_group(s, then->findings.answers, at, &before);
    score_group(s, now->findings.answers, at, &after);
    *out = (struct page_case_review_groups){
        .number = s->indicators[at].id,
        .label = web_label(v->rq, s->indicators[at].label),
        .equal = is_same(before.won, after.won),
    };
    TRY(exact_text(v, before.won, &out->reported));
    TRY(exact_text(v, after.won, &out->now));
    return exact_text(v,
                      (struct fraction){ (u128)(uint32_t)after.applicable,
                                         PLACES },
                      &out->possible);
}

static err show_groups(const struct case_view *v, const struct counted *then,
                       const struct counted *now, struct page_case_review *out)
{
    const struct scheme *s = v->file.state->scheme;
    struct page_case_review_groups *rows;

    CASE_ROWS(v, rows, s->indicator_count);
    for (size_t i = 0; i < s->indicator_count; i++) {
        if (s->indicators[i].parent < 0)
            TRY(show_group(v, (int32_t)i, then, now, &rows[out->groups_n++]));
    }
    out->groups = rows;
    out->whole_equal = is_same(then->score.exact, now->score.exact);
    TRY(exact_text(v, then->score.exact, &out->whole_reported));
    return exact_text(v, now->score.exact, &out->whole_now);
}

/* --- what stands in the way ----------------------------------------------- */

static err show_gates(const struct case_view *v, const struct score *x,
                      struct page_case_review *out)
{
    const struct scheme *s = v->file.state->scheme;
    struct page_case_review_gates *rows;

    CASE_ROWS(v, rows, x->gate_count);
    for (size_t i = 0; i < x->gate_count; i++) {
        const struct gate_result *g = &x->gates[i];
        const struct level *level = &s->levels[g->level];

        rows[i] = (struct page_case_review_gates){
            .level = web_label(v->rq, level->label),
            .label = web_label(v->rq, level->gates[g->gate].label),
            .blocks = g->blocks,
            .met = g->state == GATE_MET,
        };
        TRY(answer_id(v->rq, "gate.", str_of(gate_names[g->state]),
                      &rows[i].state));
    }
    out->gates = rows;
    out->gates_n = x->gate_count;
    return OK;
}

err case_review_score(const struct case_view *v, struct page_case_review *out)
{
    const struct state *s = v->file.state;
    struct counted *then = arena_zero(v->rq->arena, sizeof *then);
    struct counted *now = arena_zero(v->rq->arena, sizeof *now);

    TRY_MEMORY(then);
    TRY_MEMORY(now);
    TRY(count_at_report(v, then));
    count(s, now);
    out->scored = s->scheme->method == METHOD_POINTS;
    if (out->scored) {
        TRY(show_checks(v, then, now, out));
        TRY(show_groups(v, then, now, out));
    }
    out->deductions = s->deductions;
    out->bonus = s->bonus;
    out->failed = now->score.failed_by_specials;
    return show_gates(v, &now->score, out);
}
