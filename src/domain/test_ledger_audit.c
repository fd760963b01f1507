/*
 * The books of the site audit: findings and their score in plain arithmetic,
 * nonconformities, the drawn customers.
 */

#include "domain/test_ledger_parts.h"

#include "base/size.h"
#include "crypto/hash.h"

/* --- score, in plain arithmetic ------------------------------------------- */

static bool to_correct(const struct ledger_correction *c)
{
    return c->grade == GRADE_MINOR || c->grade == GRADE_MAJOR;
}

static bool still_open(const struct ledger_correction *c)
{
    return to_correct(c) && !c->accepted;
}

bool ledger_anything_open(const struct ledger *l)
{
    for (size_t i = 0; i < l->correction_count; i++) {
        if (still_open(&l->corrections[i]))
            return true;
    }
    return false;
}

/* Was something about it to be corrected in this audit, and is it all? */
static bool corrected(const struct ledger *l, str indicator)
{
    bool any = false;

    for (size_t i = 0; i < l->correction_count; i++) {
        const struct ledger_correction *c = &l->corrections[i];

        if (c->audit != l->audit || !to_correct(c) ||
            !str_eq(c->indicator, indicator))
            continue;
        if (!c->accepted)
            return false;
        any = true;
    }
    return any;
}

/* What counts of a leaf: of this audit, else of the rounds before. */
static struct answer standing_answer(const struct ledger *l, size_t leaf)
{
    const struct indicator *in = scheme_leaf_at(l->scheme, (int32_t)leaf);
    struct answer a = l->answers[leaf];

    if (a.kind == ANSWER_NONE)
        return l->carried[leaf];
    if (a.kind != ANSWER_NOT_APPLICABLE && in->corrects && corrected(l, in->id))
        a.kind = ANSWER_MET;
    return a;
}

void ledger_carry(struct ledger *l)
{
    for (size_t i = 0; i < l->scheme->leaf_count; i++)
        l->carried[i] = standing_answer(l, i);
    memset(l->answers, 0, sizeof l->answers);
    l->deductions = 0;
    l->bonus = false;
}

/* 0..1; below 0: does not apply. */
static double share(const struct ledger *l, size_t leaf)
{
    const struct answer counts = standing_answer(l, leaf);
    const struct answer *a = &counts;

    if (a->kind == ANSWER_NOT_APPLICABLE)
        return -1;
    if (a->kind == ANSWER_MET)
        return 1;
    return a->kind == ANSWER_SAMPLED ? (double)a->k / a->n : 0;
}

/* 0..100 */
static double score_of(const struct ledger *l)
{
    const struct specials *x = &l->scheme->specials;
    double change =
        (l->bonus ? x->bonus : 0) - (double)l->deductions * x->deduction;
    double won = 0;
    double all = 0;

    for (size_t i = 0; i < l->scheme->leaf_count; i++) {
        double part = share(l, i);
        double points = scheme_leaf_at(l->scheme, (int32_t)i)->points;

        all += part < 0 ? 0 : points;
        won += part < 0 ? 0 : points * part;
    }
    if (all <= 0)
        return 0;
    double score = x->order == SPECIAL_BEFORE ? (won + change) / all * 100
                                              : won / all * 100 + change / 1000;
    return score < 0 ? 0 : score > 100 ? 100 : score;
}

static bool all_conform(const struct ledger *l)
{
    bool any = false;

    for (size_t i = 0; i < l->scheme->leaf_count; i++) {
        double part = share(l, i);

        if (part >= 0 && part < 1)
            return false;
        any = true;
    }
    return any;
}

bool ledger_reaches(const struct ledger *l, int32_t level)
{
    const struct level *x = &l->scheme->levels[level];

    for (size_t g = 0; g < x->gate_count; g++) {
        const struct gate *gate = &x->gates[g];
        const struct ratio *f = &l->figures[gate->figure];

        if (f->n == 0 || f->k * gate->min_d < f->n * gate->min_n)
            return false;
    }
    if (l->scheme->specials.fail_at > 0 &&
        l->deductions >= l->scheme->specials.fail_at)
        return false;
    if (l->scheme->method == METHOD_CLAUSES)
        return all_conform(l);
    return score_of(l) >= x->min / 1000.0 - 1e-9;
}

/* Is every indicator with something to correct in this audit one that lost? */
bool ledger_agrees(const struct ledger *l)
{
    for (size_t i = 0; i < l->correction_count; i++) {
        const struct ledger_correction *c = &l->corrections[i];
        int32_t leaf = scheme_leaf(l->scheme, c->indicator);
        double part = leaf < 0 ? -1 : share(l, (size_t)leaf);

        if (c->audit == l->audit && to_correct(c) && !c->special &&
            (part < 0 || part >= 1))
            return false;
    }
    return true;
}

/* Hundredths, truncated, of the score as it is. */
bool ledger_is_shown(const struct ledger *l, int64_t shown)
{
    double score = score_of(l) * 100;

    if (l->scheme->method == METHOD_CLAUSES)
        return shown == 0;
    return (double)shown <= score + 1e-6 && (double)shown > score - 1 - 1e-6;
}

/* --- pages ----------------------------------------------------------- */

/* --- whom the enterprise knows [LG15] ------------------------------------- */

const char *enter_agreement(struct ledger *l, const struct event *)
{
    ledger_remember_team(&l->known, l->plan);
    l->objected = false;
    return NULL;
}

const char *enter_objection(struct ledger *l, const struct event *e)
{
    DATA(reasons, x, e);

    l->objected = true;
    return x->reasons.n > 0 ? NULL : "an objection without a word";
}

static bool has_passed(const struct ledger *l, day on)
{
    return !l->objected && l->plan->objection_due < on;
}

bool ledger_knows(const struct ledger *l, const struct event *e)
{
    return ledger_among(&l->known, e->actor) || has_passed(l, e->on);
}

/* One lead, nobody with a tie; whoever comes evaluates from now on. */
const char *enter_replacement(struct ledger *l, const struct event *e)
{
    DATA(plan, x, e);
    const struct team_member *team = x->team.p;
    size_t leading = 0;

    for (size_t i = 0; i < x->team.n; i++) {
        leading += team[i].lead;
        if (ledger_is_tied(l, team[i].person, e->on))
            return "[LG3] a team with a tie";
        if (ledger_among(&l->seated, team[i].person))
            return "[LG13] who sits on the panel evaluates";
    }
    if (has_passed(l, e->on))
        ledger_remember_team(&l->known, l->plan);
    l->objected = false;
    l->plan = x;
    ledger_remember_team(&l->evaluators, x);
    ledger_remember_team(&l->involved, x);
    if (x->objection_due != DAY_NEVER && x->objection_due < e->on)
        return "[LG6] a day to object that is gone";
    if (x->replaced.n == 0)
        return "people replaced without a reason";
    return leading == 1 ? NULL : "a team with another number of leads than one";
}

/* The same people on the same days, at fewer sites and in no more time. */
const char *enter_narrowing(struct ledger *l, const struct event *e)
{
    DATA(plan, x, e);
    const struct plan *was = l->plan;
    const str *sites = x->sites.p;

    if (was == NULL || x->sites.n == 0 || x->sites.n >= was->sites.n)
        return "[LG14] nothing left the plan, or all of it";
    for (size_t i = 0; i < x->sites.n; i++) {
        if (!ledger_visits(was, sites[i]))
            return "[LG14] a narrower plan that visits another site";
    }
    if (x->team.n != was->team.n || x->from != was->from || x->to != was->to ||
        x->person_days > was->person_days || x->person_days < 1)
        return "[LG14] another plan than the one that became narrower";
    l->plan = x;
    return NULL;
}

const char *enter_opening(struct ledger *l, const struct event *e)
{
    ledger_remember_team(&l->evaluators, l->plan);
    ledger_remember_team(&l->involved, l->plan);
    l->audit++;
    memset(l->answers, 0, sizeof l->answers);
    if (l->round == ROUND_INITIAL || l->round == ROUND_SURVEILLANCE)
        memset(l->figures, 0, sizeof l->figures);
    l->deductions = 0;
    l->bonus = false;
    l->commitment = NULL;
    l->nonce = NULL;
    l->row_count = 0;
    l->reached = 0;
    l->last_call = NULL;
    l->calls = 0;
    if (e->on < l->plan->from || e->on > l->plan->to)
        return "[LG6] an audit outside its plan";
    return NULL;
}

const char *enter_finding(struct ledger *l, const struct event *e)
{
    static const enum answer_kind kinds[] = {
        [RESULT_MET] = ANSWER_MET,
        [RESULT_NOT_MET] = ANSWER_NOT_MET,
        [RESULT_SAMPLED] = ANSWER_SAMPLED,
        [RESULT_NA] = ANSWER_NOT_APPLICABLE,
    };
    DATA(finding, x, e);
    int32_t leaf = scheme_leaf(l->scheme, x->indicator);
    bool all = x->result == RESULT_MET || x->result == RESULT_NA ||
               (x->result == RESULT_SAMPLED && x->k == x->n);

    if (leaf < 0)
        return "a finding about nothing";
    l->answers[leaf] =
        (struct answer){ kinds[x->result], (int32_t)x->k, (int32_t)x->n };
    return all || x->evidence.n > 0 ? NULL : "points lost without evidence";
}

const char *enter_figure(struct ledger *l, const struct event *e)
{
    DATA(figure_record, x, e);
    int32_t at = scheme_figure(l->scheme, x->figure);

    if (at < 0 || x->k > x->n)
        return "a figure of nothing";
    l->figures[at] = (struct ratio){ x->k, x->n };
    return NULL;
}

const char *enter_special(struct ledger *l, const struct event *e)
{
    DATA(special, x, e);

    if (x->bonus && l->bonus)
        return "a second bonus";
    l->bonus = l->bonus || x->bonus;
    l->deductions += !x->bonus;
    if (l->deduction != NULL)
        return "a special deduction that nobody has to correct";
    l->deduction = x->bonus ? NULL : x;
    return NULL;
}

const char *enter_nonconformity(struct ledger *l, const struct event *e)
{
    DATA(nonconformity, x, e);

    if (l->deduction != NULL &&
        (x->grade != GRADE_MINOR ||
         !str_eq(x->indicator, l->deduction->indicator)))
        return "a special deduction that nobody has to correct";
    bool special = l->deduction != NULL;
    l->deduction = NULL;
    if (l->correction_count == LEDGER_CORRECTIONS)
        return "too many nonconformities";
    l->corrections[l->correction_count++] = (struct ledger_correction){
        .indicator = x->indicator,
        .grade = x->grade,
        .audit = l->audit,
        .special = special,
    };
    return x->number == (int64_t)l->correction_count
               ? NULL
               : "nonconformities out of order";
}

/* --- the sample [LG7] ----------------------------------------------------- */

const char *enter_commitment(struct ledger *l, const struct event *e)
{
    if (l->commitment != NULL)
        return "[LG7] committed twice";
    l->commitment = e->data;
    return NULL;
}

const char *enter_nonce(struct ledger *l, const struct event *e)
{
    if (l->commitment == NULL || l->nonce != NULL)
        return "[LG7] a coin tossed out of turn";
    l->nonce = e->data;
    return NULL;
}

const char *enter_drawn(struct ledger *l, const struct event *e)
{
    DATA(sample_drawn, x, e);
    uint8_t got[SHA256_BYTES];
    struct sha256 h;

    if (l->nonce == NULL)
        return "[LG7] drawn before the coin was tossed";
    sha256(x->nonce.b, sizeof x->nonce.b, got);
    if (memcmp(got, l->commitment->commitment.b, sizeof got) != 0)
        return "[LG7] a number that was not committed";
    sha256_init(&h);
    sha256_add(&h, l->commitment->list.b, 32);
    sha256_add(&h, x->nonce.b, 32);
    sha256_add(&h, l->nonce->nonce.b, 32);
    sha256_end(&h, got);
    l->wanted = x->wanted;
    return memcmp(got, x->seed.b, sizeof got) == 0 ? NULL
                                                   : "[LG7] a seed of its own";
}

const char *enter_customer(struct ledger *l, const struct event *e)
{
    DATA(sample_answer, x, e);

    for (size_t i = 0; i < l->row_count; i++) {
        if (l->rows[i] == x->row)
            return "[LG7] a customer drawn twice";
    }
    if (l->row_count == LEDGER_CUSTOMERS || l->reached >= l->wanted)
        return "[LG7] more customers than were wanted";
    l->rows[l->row_count++] = x->row;
    l->reached += x->outcome != CONTACT_UNREACHED;
    if (x->position != (int64_t)l->row_count)
        return "[LG7] a customer out of order";
    const char *wrong = ledger_end_calls(l, x);
    if (wrong != NULL)
        return wrong;
    return x->row >= 1 && x->row <= l->commitment->size
               ? NULL
               : "[LG7] a customer who is not on the list";
}
