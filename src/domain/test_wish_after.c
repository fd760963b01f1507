/*
 * What a sensible person gives from the site audit on: findings, customers,
 * report, corrections, decision, the certificate's life, appeals, complaints.
 */

#include "domain/test_wish_parts.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/commands.h"
#include "domain/sampling.h"

/* --- site audit ----------------------------------------------------------- */

static bool is_to_judge(const struct walk *w, size_t leaf)
{
    return w->state->leaves[leaf].finding == NULL &&
           state_round_judges(w->state, (int32_t)leaf);
}

static bool is_short(const struct finding *f)
{
    return f != NULL && (f->result == RESULT_NOT_MET ||
                         (f->result == RESULT_SAMPLED && f->k < f->n));
}

/* A nonconformity is about it, although it is met: it cannot stay so. */
static bool is_contradicted(const struct walk *w, size_t leaf)
{
    const struct finding *f = w->state->leaves[leaf].finding;

    for (int32_t i = w->state->round_first;
         f != NULL && !is_short(f) && i < w->state->nonconformity_count; i++) {
        const struct nonconformity_state *x = &w->state->nonconformities[i];

        if (!x->special && grade_is_corrected(x->raised->grade) &&
            str_eq(x->raised->indicator, f->indicator))
            return true;
    }
    return false;
}

static bool is_to_find(const struct walk *w, size_t leaf)
{
    return is_to_judge(w, leaf) || is_contradicted(w, leaf);
}

bool wish_wants_findings(const struct walk *w)
{
    size_t i = 0;

    while (i < w->scheme->leaf_count && !is_to_find(w, i))
        i++;
    return i < w->scheme->leaf_count;
}

/* One of those, or any. */
static size_t next_leaf(struct walk *w)
{
    size_t n = w->scheme->leaf_count;
    size_t from = (size_t)walk_pick(w, n);

    for (size_t i = 0; i < n; i++) {
        size_t at = (from + i) % n;

        if (is_to_find(w, at))
            return at;
    }
    return from;
}

/* Mostly one of those visited. */
static str some_site(struct walk *w)
{
    const struct plan *p = w->state->plan;
    const str *sites = p == NULL ? NULL : p->sites.p;

    if (sites == NULL || p->sites.n == 0 || walk_seldom(w, 12))
        return S("");
    return walk_seldom(w, 20) ? S("无此店") : sites[walk_pick(w, p->sites.n)];
}

static struct reply lost(const struct walk *w, size_t leaf)
{
    const struct indicator *in = scheme_leaf_at(w->scheme, (int32_t)leaf);
    bool sampled = in->kind == LEAF_SAMPLED;

    return (struct reply){
        .indicator = in->id,
        .result = sampled ? RESULT_SAMPLED : RESULT_NOT_MET,
        .n = sampled ? 5 : 0,
    };
}

void wish_finding(struct walk *w, void *data)
{
    size_t leaf = next_leaf(w);
    bool spoilt = is_contradicted(w, leaf);
    struct reply r = spoilt ? lost(w, leaf) : wish_reply(w, leaf, w->good);

    *(struct finding *)data = (struct finding){
        .indicator = r.indicator,
        .result = r.result,
        .k = r.k,
        .n = r.n,
        .note = r.reason,
        .evidence = wish_one_text(w, S("现场记录")),
        .site = some_site(w),
    };
}

/* The first document there is. [AU7] */
static struct hash any_document(const struct walk *w)
{
    for (size_t i = 0; i < w->scheme->requirement_count; i++) {
        if (w->state->requirements[i].document != NULL)
            return w->state->requirements[i].document->blob;
    }
    return (struct hash){ 0 };
}

void wish_figure(struct walk *w, void *data)
{
    const struct scheme *s = w->scheme;
    size_t at = (size_t)walk_pick(w, s->figure_count);

    for (size_t i = 0; i < s->figure_count; i++) {
        if (w->state->figures[i].n == 0)
            at = i;
    }
    *(struct figure_record *)data = (struct figure_record){
        .figure = s->figure_count == 0 ? S("none") : s->figures[at].id,
        .k = 89 + (int64_t)walk_pick(w, 12),
        .n = 100,
        .source = S("维修工单"),
        .sheet = any_document(w),
    };
}

static str some_leaf(struct walk *w)
{
    size_t leaf = (size_t)walk_pick(w, w->scheme->leaf_count);

    return scheme_leaf_at(w->scheme, (int32_t)leaf)->id;
}

void wish_special(struct walk *w, void *data)
{
    *(struct special *)data =
        (struct special){ walk_pick(w, 2) == 1, some_leaf(w), S("特别事项") };
}

/* In this audit. */
static bool is_raised(const struct state *s, str indicator)
{
    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        if (str_eq(s->nonconformities[i].raised->indicator, indicator))
            return true;
    }
    return false;
}

bool wish_wants_raising(const struct walk *w, size_t *leaf)
{
    for (size_t i = 0; i < w->scheme->leaf_count; i++) {
        const struct finding *f = w->state->leaves[i].finding;

        if (!is_short(f) || is_raised(w->state, f->indicator))
            continue;
        *leaf = i;
        return true;
    }
    return false;
}

/* About something that was found short of the mark, if there is any; about
 * what is met seldom more than an observation. */
void wish_nonconformity(struct walk *w, void *data)
{
    static const int grades[] = { GRADE_MINOR,      GRADE_MINOR,
                                  GRADE_MINOR,      GRADE_MINOR,
                                  GRADE_MINOR,      GRADE_MINOR,
                                  GRADE_MAJOR,      GRADE_OBSERVATION,
                                  GRADE_OPPORTUNITY };
    size_t at = (size_t)walk_pick(w, w->scheme->leaf_count);

    bool lost = wish_wants_raising(w, &at) || walk_seldom(w, 10);
    *(struct nonconformity_raise *)data = (struct nonconformity_raise){
        .indicator = scheme_leaf_at(w->scheme, (int32_t)at)->id,
        .grade = lost ? grades[walk_pick(w, COUNT(grades))] : GRADE_OBSERVATION,
        .text = S("未按规定执行"),
    };
}

void wish_commitment(struct walk *w, void *data)
{
    const struct sample_rule *rule = &w->scheme->sample;

    *(struct sample_commitment *)data = (struct sample_commitment){
        .list = { { 2, (uint8_t)walk_pick(w, 9) } },
        .size = (int64_t[]){ 3000, 300, 12, 1 }[walk_pick(w, 4)],
        .commitment = sampling_commitment(&w->own_nonce),
        .wanted = walk_pick(w, 2) == 0 ? 0 : rule->least,
    };
}

void wish_nonce(struct walk *w, void *data)
{
    struct hash nonce = { { 3, (uint8_t)walk_pick(w, 9) } };

    *(struct sample_nonce *)data = (struct sample_nonce){ nonce };
}

void wish_reveal(struct walk *w, void *data)
{
    *(struct sample_nonce *)data = (struct sample_nonce){ w->own_nonce };
}

void wish_customer(struct walk *w, void *data)
{
    static const int outcomes[] = {
        CONTACT_SATISFIED, CONTACT_SATISFIED,    CONTACT_SATISFIED,
        CONTACT_SATISFIED, CONTACT_SATISFIED,    CONTACT_SATISFIED,
        CONTACT_UNREACHED, CONTACT_DISSATISFIED,
    };

    *(struct sample_result *)data =
        (struct sample_result){ w->state->sample.asked + 1,
                                outcomes[walk_pick(w, COUNT(outcomes))] };
}

void wish_defence(struct walk *w, void *data)
{
    *(struct defence *)data = (struct defence){ !walk_seldom(w, 4), S("答辩") };
}

/* --- report, correction, decision ----------------------------------------- */

static bool to_correct(const struct state *s)
{
    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        if (grade_is_corrected(s->nonconformities[i].raised->grade))
            return true;
    }
    return false;
}

void wish_report(struct walk *w, void *data)
{
    const struct limits *x = &w->scheme->limits;
    day least = wish_end_of(w, x->minor_least);
    day most = wish_end_of(w, x->minor_most);

    *(struct report_issue *)data = (struct report_issue){
        .recommended = !walk_seldom(w, 4),
        .summary = S("总体符合"),
        .runs = w->state->round == ROUND_SURVEILLANCE && !walk_seldom(w, 8),
        .improvements =
            w->state->round == ROUND_SURVEILLANCE ? S("低库存预警") : S(""),
        .correct_until =
            to_correct(w->state)
                ? least + (day)walk_pick(w, (uint64_t)(most - least) + 1)
                : DAY_NEVER,
    };
}

/* The first nonconformity in this state, or 1. */
static int64_t number_in(const struct state *s, enum correction_state x)
{
    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        if (s->nonconformities[i].state == x &&
            grade_is_corrected(s->nonconformities[i].raised->grade))
            return i + 1;
    }
    return 1;
}

void wish_correction(struct walk *w, void *data)
{
    *(struct correction *)data = (struct correction){
        .number = number_in(w->state, CORRECTION_OPEN),
        .cause = S("职责不清"),
        .remedy = walk_seldom(w, 2) ? S("") : S("补签"),
        .action = S("专人负责"),
        .evidence = wish_one_text(w, S("新制度")),
    };
}

void wish_verdict(struct walk *w, void *data)
{
    *(struct correction_judge *)data = (struct correction_judge){
        number_in(w->state, CORRECTION_SUBMITTED),
        S("已核"),
        walk_seldom(w, 3),
    };
}

void wish_extension(struct walk *w, void *data)
{
    day until = w->state->correct_until;
    day from =
        until == DAY_NEVER || until < w->facts.today ? w->facts.today : until;

    *(struct extension *)data =
        (struct extension){ from + 1 + (day)walk_pick(w, 10), S("节假日") };
}

void wish_grant(struct walk *w, void *data)
{
    const struct scheme *s = w->scheme;

    *(struct decision_grant *)data = (struct decision_grant){
        walk_seldom(w, 4) ? s->levels[walk_pick(w, s->level_count)].id : S(""),
        walk_seldom(w, 4) ? S("") : S("同意"),
        wish_has_panel(w) && !walk_seldom(w, 8) ? (struct list){ 0 }
                                                : wish_conditions(w),
    };
}

/* --- upkeep, appeals, complaints ------------------------------------------ */

void wish_round(struct walk *w, void *data)
{
    static const int kinds[] = { ROUND_SURVEILLANCE, ROUND_SURVEILLANCE,
                                 ROUND_SPECIAL, ROUND_EXTENSION };

    *(struct round_opened *)data = (struct round_opened){
        kinds[walk_pick(w, COUNT(kinds))],
        walk_seldom(w, 6) ? S("") : S("投诉集中"),
    };
}

void wish_suspension(struct walk *w, void *data)
{
    *(struct suspension_decide *)data =
        (struct suspension_decide){ (int)walk_pick(w, 8), S("热线停用"),
                                    wish_in_days(w, -9, 0) };
}

void wish_reduction(struct walk *w, void *data)
{
    *(struct reduction *)data = (struct reduction){
        .scope = S("空调售后"),
        .scope_en = S("Air conditioners"),
        .reasons = S("停产"),
        .sites = wish_leaving(w),
    };
}

void wish_ending(struct walk *w, void *data)
{
    *(struct ending_reasons *)data =
        (struct ending_reasons){ (int)walk_pick(w, 4), S("期满未改") };
}

void wish_appeal(struct walk *w, void *data)
{
    const struct state *s = w->state;
    int subject = s->ending == ENDING_REFUSED    ? APPEAL_REFUSAL
                  : s->ending == ENDING_DECLINED ? APPEAL_DECLINE
                  : s->withdrawal != NULL        ? APPEAL_WITHDRAWAL
                  : s->reduction != NULL         ? APPEAL_REDUCTION
                                                 : APPEAL_SUSPENSION;

    *(struct appeal *)data = (struct appeal){
        walk_seldom(w, 8) ? (int)walk_pick(w, 5) : subject,
        S("评分有误"),
        wish_one_text(w, S("记录")),
    };
}

void wish_panel(struct walk *w, void *data)
{
    *(struct appeal_assign *)data = (struct appeal_assign){
        wish_one_text(w, walk_seldom(w, 6) ? S("reviewer") : S("appeal"))
    };
}

void wish_ruling(struct walk *w, void *data)
{
    *(struct appeal_decision *)data =
        (struct appeal_decision){ .upheld = walk_pick(w, 2) == 1,
                                  .reasons = S("理由") };
}

void wish_message(struct walk *w, void *data)
{
    *(struct message_send *)data =
        (struct message_send){ walk_seldom(w, 9) ? S(" \n")
                                                 : S("请问何时到场？\n谢谢") };
}

void wish_complaint(struct walk *w, void *data)
{
    *(struct complaint_record *)data =
        (struct complaint_record){ (int)walk_pick(w, 3), S("回复太慢"),
                                   wish_in_days(w, -5, 0) };
}

/* The first complaint without an answer, or 1. */
static int64_t open_complaint(const struct state *s)
{
    for (int32_t i = 0; i < s->complaint_count; i++) {
        if (s->complaints[i].answer == NULL)
            return i + 1;
    }
    return 1;
}

void wish_handler(struct walk *w, void *data)
{
    *(struct complaint_assign *)data = (struct complaint_assign){
        open_complaint(w->state),
        walk_seldom(w, 4) ? S("lead") : S("intake"),
    };
}

void wish_answer(struct walk *w, void *data)
{
    *(struct complaint_answer *)data =
        (struct complaint_answer){ open_complaint(w->state),
                                   walk_pick(w, 2) == 1, S("已核实") };
}
