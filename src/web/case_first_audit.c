/* case_first_audit -- what stands in forms of an audit, of its corrections and
 * of what is decided on it. [FV1] [FV3] */

#include "base/arena.h"
#include "base/hex.h"
#include "domain/names.h"
#include "domain/plan.h"
#include "domain/sampling.h"
#include "service/case_candidates.h"
#include "service/toss.h"
#include "web/case_first_parts.h"
#include "web/mark_words.h"

static const struct state *state_of(const struct first *x)
{
    return x->v->file.state;
}

/* --- the team ------------------------------------------------------------- */

/* Who may be chosen, by whose id a plan is to be read. */
static err candidates(struct first *x, enum case_part part, struct list *out)
{
    const struct candidate_wish wish = { &x->v->file, x->v->today, part };

    return case_candidates(web_app(x->v->rq), x->arena, x->v->who, &wish, out);
}

static str login_of(const struct list *found, id person)
{
    const struct candidate *c = found->p;

    for (size_t i = 0; i < found->n; i++) {
        if (id_eq(c[i].person, person))
            return c[i].login;
    }
    return S("");
}

/* Who may not any more is left out. */
err first_team(struct first *x)
{
    const struct plan *p = state_of(x)->plan;
    const struct team_member *m = p == NULL ? NULL : p->team.p;
    struct json *members = first_rows(x, "members");
    struct list found;

    TRY_MEMORY(members);
    TRY(candidates(x, PART_AUDITS, &found));
    for (size_t i = 0; m != NULL && i < p->team.n; i++) {
        str login = login_of(&found, m[i].person);

        if (m[i].lead)
            TRY(first_text(x, x->value, "lead", login));
        else if (login.n > 0)
            TRY_MEMORY(json_add(members, json_new_str(x->arena, login)));
    }
    return OK;
}

/* --- the plan ------------------------------------------------------------- */

static err add_modes(struct first *x, unsigned modes)
{
    static const char letters[] = "ABCDEFGHI";
    struct json *rows = first_rows(x, "modes");

    TRY_MEMORY(rows);
    for (size_t i = 0; i < MODE_COUNT; i++) {
        str letter = { &letters[i], 1 };

        if ((modes & 1U << i) != 0)
            TRY_MEMORY(json_add(rows, json_new_str(x->arena, letter)));
    }
    return OK;
}

static err add_adjustments(struct first *x, const struct plan *p)
{
    const struct adjustment *from = p->adjustments.p;
    struct json *rows = first_rows(x, "adjustments");

    TRY_MEMORY(rows);
    for (size_t i = 0; i < p->adjustments.n; i++) {
        struct json *row = first_row(x, rows);

        TRY_MEMORY(row);
        TRY(first_text(x, row, "reason", from[i].reason));
        TRY(first_number(x, row, "tenths", from[i].tenths));
    }
    return OK;
}

/* The plan before, as far as its days have not passed. */
static err plan_again(struct first *x, const struct plan *p)
{
    bool passed = p->from < x->v->today;

    TRY(first_day(x, x->value, "from", passed ? DAY_NEVER : p->from));
    TRY(first_day(x, x->value, "to", passed ? DAY_NEVER : p->to));
    TRY(first_number(x, x->value, "person_days", p->person_days));
    TRY(first_texts(x, x->value, "sites", &p->sites));
    return add_adjustments(x, p);
}

/* What the package asks for (domain/plan.h). */
err first_plan(struct first *x)
{
    const struct state *s = state_of(x);
    struct plan_asked asked;

    if (s->application == NULL)
        return OK;
    TRY(plan_asks(x->arena, s, &asked));
    TRY(first_team(x));
    TRY(add_modes(x, asked.modes));
    if (s->plan != NULL)
        return plan_again(x, s->plan);
    TRY(first_number(x, x->value, "person_days", asked.days));
    return first_texts(x, x->value, "sites", &asked.sites);
}

/* --- what is judged ------------------------------------------------------- */

static bool is_judged(const struct state *s, size_t r)
{
    return s->scheme->requirements[r].aspects != 0 &&
           s->requirements[r].document != NULL;
}

/* The one it is asked about, else the first that nobody judged; as many as
 * there are: none. */
static size_t requirement_meant(const struct first *x)
{
    const struct state *s = state_of(x);
    size_t n = s->scheme->requirement_count;
    size_t r = 0;

    if (x->number > 0 && x->number <= (int64_t)n &&
        is_judged(s, (size_t)x->number - 1))
        return (size_t)x->number - 1;
    while (r < n && !(is_judged(s, r) && s->requirements[r].judgement == NULL))
        r++;
    return r;
}

/* What the package does not ask of it is answered already. */
err first_judgement(struct first *x)
{
    const struct state *s = state_of(x);
    size_t r = requirement_meant(x);

    if (r == s->scheme->requirement_count)
        return OK;
    for (unsigned i = 0; aspect_names[i] != NULL; i++) {
        if ((s->scheme->requirements[r].aspects & 1U << i) == 0)
            TRY(first_text(x, x->value, aspect_names[i],
                           str_of(verdict_names[VERDICT_NA])));
    }
    return first_text(x, x->value, "requirement",
                      s->scheme->requirements[r].id);
}

/* The first indicator of the round that nobody judged. */
err first_finding(struct first *x)
{
    const struct state *s = state_of(x);

    for (int32_t i = 0; i < (int32_t)s->scheme->leaf_count; i++) {
        if (state_round_judges(s, i) && s->leaves[i].finding == NULL)
            return first_text(x, x->value, "indicator",
                              scheme_leaf_at(s->scheme, i)->id);
    }
    return OK;
}

/* --- the toss over customers ---------------------------------------------- */

static err first_hash(struct first *x, const char *name, const struct hash *h)
{
    str text;

    TRY(hex_text(x->arena, h->b, sizeof h->b, &text));
    return first_text(x, x->value, name, text);
}

err first_commitment(struct first *x)
{
    const struct hash number = toss_next(web_app(x->v->rq), &x->v->file);
    const struct hash sealed = sampling_commitment(&number);

    return first_hash(x, "commitment", &sealed);
}

/* Of a number that was made elsewhere nothing is known here.  Nobody sees it
 * before the enterprise gave its own. */
err first_opening(struct first *x)
{
    struct hash number;

    if (state_of(x)->sample.nonce == NULL ||
        !toss_sealed(web_app(x->v->rq), &x->v->file, &number))
        return OK;
    return first_hash(x, "nonce", &number);
}

/* --- nonconformities ------------------------------------------------------ */

static bool is_raised(const struct state *s, str indicator)
{
    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        if (str_eq(s->nonconformities[i].raised->indicator, indicator))
            return true;
    }
    return false;
}

/* The first finding that cost points and that no nonconformity is about. */
err first_nonconformity(struct first *x)
{
    const struct state *s = state_of(x);

    for (int32_t i = 0; i < (int32_t)s->scheme->leaf_count; i++) {
        const struct finding *f = s->leaves[i].finding;

        if (f == NULL || is_raised(s, f->indicator) ||
            score_lost(s->scheme, i, finding_answer(f)) == 0)
            continue;
        TRY(first_text(x, x->value, "indicator", f->indicator));
        TRY(first_text(x, x->value, "site", f->site));
        return first_text(x, x->value, "text", f->note);
    }
    return OK;
}

/* --- report and corrections ----------------------------------------------- */

/* As long as the package lets there be for what is to be corrected. */
err first_report(struct first *x)
{
    const struct state *s = state_of(x);
    const struct calendar *calendar = app_calendar(web_app(x->v->rq));

    if (state_open_nonconformities(s) == 0)
        return OK;
    return first_day(
        x, x->value, "correct_until",
        span_end(calendar, x->v->today, s->scheme->limits.minor_most).on);
}

/* What was sent back is what is put right. */
err first_correction(struct first *x)
{
    const struct state *s = state_of(x);
    int64_t n = first_meant(x);
    const struct correction *c = n < 1 || n > s->nonconformity_count
                                     ? NULL
                                     : s->nonconformities[n - 1].correction;

    if (c == NULL)
        return OK;
    TRY(first_text(x, x->value, "cause", c->cause));
    TRY(first_text(x, x->value, "remedy", c->remedy));
    TRY(first_text(x, x->value, "action", c->action));
    return first_texts(x, x->value, "evidence", &c->evidence);
}

err first_condition_answer(struct first *x)
{
    const struct state *s = state_of(x);
    int64_t n = first_meant(x);
    const struct condition_answer *c =
        n < 1 || n > s->condition_count ? NULL : s->conditions[n - 1].answer;

    if (c == NULL)
        return OK;
    TRY(first_text(x, x->value, "text", c->text));
    return first_texts(x, x->value, "evidence", &c->evidence);
}

/* --- decisions ------------------------------------------------------------ */

err first_grant(struct first *x)
{
    const struct state *s = state_of(x);
    struct score *score = arena_zero(x->arena, sizeof *score);

    TRY_MEMORY(score);
    state_score(s, score);
    return score->level < 0 ? OK
                            : first_text(x, x->value, "level",
                                         s->scheme->levels[score->level].id);
}

static err add_seat(struct first *x, struct json *rows, const struct list *who,
                    const struct seat *seat)
{
    str login = login_of(who, seat->person);

    if (seat->chair)
        return first_text(x, x->value, "chair", login);
    if (login.n > 0)
        TRY_MEMORY(json_add(rows, json_new_str(x->arena, login)));
    return OK;
}

/* The panel there is, as far as who sits on it may. */
err first_panel(struct first *x)
{
    const struct panel *p = state_of(x)->panel.named;
    const struct seat *seats = p == NULL ? NULL : p->seats.p;
    struct json *members = first_rows(x, "members");
    struct json *experts = first_rows(x, "experts");
    struct list votes;
    struct list advises;

    TRY_MEMORY(members);
    TRY_MEMORY(experts);
    TRY(candidates(x, PART_VOTES, &votes));
    TRY(candidates(x, PART_ADVISES, &advises));
    for (size_t i = 0; seats != NULL && i < p->seats.n; i++)
        TRY(add_seat(x, seats[i].expert ? experts : members,
                     seats[i].expert ? &advises : &votes, &seats[i]));
    return OK;
}

/* --- the certificate ------------------------------------------------------ */

/* As it stands; what goes is taken out. */
err first_reduction(struct first *x)
{
    TRY(first_text(x, x->value, "scope", state_of(x)->scope));
    return first_text(x, x->value, "scope_en", state_of(x)->scope_en);
}

/* The round that falls due. */
err first_round(struct first *x)
{
    return state_of(x)->surveillance_due == DAY_NEVER
               ? OK
               : first_text(x, x->value, "kind",
                            str_of(round_names[ROUND_SURVEILLANCE]));
}

/* The use that was chosen, with words from the certificate. */
err first_mark(struct first *x)
{
    str words;

    if (x->v->file.state->certificate == NULL || x->number < 1 ||
        x->number > MARK_DOCUMENTS + 1)
        return OK;
    TRY(mark_words(x->v, (enum mark_use)(x->number - 1), &words));
    TRY(first_text(x, x->value, "use", str_of(mark_use_names[x->number - 1])));
    return first_text(x, x->value, "words", words);
}
