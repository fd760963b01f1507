#include "verify/recompute.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/sampling.h"

const char *const recomputed_names[RECOMPUTED_COUNT + 1] = {
    [RECOMPUTED_DRAW] = "draw",         [RECOMPUTED_ANSWERS] = "answers",
    [RECOMPUTED_EXCLUDED] = "excluded", [RECOMPUTED_SCORE] = "score",
    [RECOMPUTED_GATES] = "gates",       [RECOMPUTED_LEVEL] = "level",
    [RECOMPUTED_DECISION] = "decision", NULL,
};

const char *const agreement_names[] = {
    [AGREES] = "agrees",
    [DIFFERS] = "differs",
    [LACKS] = "lacks",
    [NOTHING] = "nothing",
    NULL,
};

#define BIT(part) (1U << (part))

/* What the score is worked out from. */
static const unsigned for_score = BIT(PART_FINDINGS) | BIT(PART_FIGURES) |
                                  BIT(PART_NONCONFORMITIES) | BIT(PART_SAMPLE) |
                                  BIT(PART_SPECIALS);

struct working {
    struct arena *arena;
    const struct dossier *d;
    const struct scheme *scheme;
    struct findings *in;
    struct recomputation *out;
};

static err unfit(const struct working *w, enum dossier_part part)
{
    return err_new(w->arena, ERR_INVALID, "dossier.unfit",
                   ARG_STR("part", str_of(dossier_part_names[part])));
}

static enum agreement agreement(bool agrees)
{
    return agrees ? AGREES : DIFFERS;
}

/* Are all these parts there?  Else the line says which are not. [RC2] */
static bool has(struct working *w, enum recomputed line, unsigned parts)
{
    unsigned lacks = parts & w->d->withheld;

    w->out->lacks[line] = lacks;
    if (lacks != 0)
        w->out->lines[line] = LACKS;
    return lacks == 0;
}

/* --- the customers [SA2] [SA3] -------------------------------------------- */

static void work_draw(struct working *w)
{
    const struct dossier_sample *x = w->d->parts[PART_SAMPLE];
    struct hash commitment;
    struct hash seed;

    if (!has(w, RECOMPUTED_DRAW, BIT(PART_SAMPLE)))
        return;
    if (!x->drawn) {
        w->out->lines[RECOMPUTED_DRAW] = NOTHING;
        return;
    }
    commitment = sampling_commitment(&x->body_nonce);
    seed = sampling_seed(&x->list, &x->body_nonce, &x->enterprise_nonce);
    w->out->lines[RECOMPUTED_DRAW] = agreement(
        hash_eq(&commitment, &x->commitment) && hash_eq(&seed, &x->seed));
}

/* Is it the row that the seed puts at the next place? */
static bool is_drawn(const struct dossier_sample *x,
                     const struct sample_answer *given, size_t i)
{
    int64_t position = (int64_t)i + 1;

    return given->position == position && position <= x->size &&
           given->row == sampling_row(&x->seed, x->size, position);
}

static bool answers_agree(const struct dossier_sample *x,
                          const struct dossier_answers *given)
{
    const struct sample_answer *answers = given->answers.p;
    int64_t reached = 0;
    int64_t satisfied = 0;

    if ((int64_t)given->answers.n != x->asked)
        return false;
    for (size_t i = 0; i < given->answers.n; i++) {
        if (!is_drawn(x, &answers[i], i))
            return false;
        reached += answers[i].outcome != CONTACT_UNREACHED;
        satisfied += answers[i].outcome == CONTACT_SATISFIED;
    }
    return reached == x->reached && satisfied == x->satisfied;
}

static void work_answers(struct working *w)
{
    const struct dossier_sample *x = w->d->parts[PART_SAMPLE];

    if (!has(w, RECOMPUTED_ANSWERS, BIT(PART_SAMPLE) | BIT(PART_ANSWERS)))
        return;
    w->out->lines[RECOMPUTED_ANSWERS] =
        x->drawn ? agreement(answers_agree(x, w->d->parts[PART_ANSWERS]))
                 : NOTHING;
}

/* --- what the score is made of -------------------------------------------- */

/* The corrections of this site audit's nonconformities. */
static bool is_corrected(const struct working *w, str indicator)
{
    const struct list *all = &((const struct dossier_nonconformities *)
                                   w->d->parts[PART_NONCONFORMITIES])
                                  ->nonconformities;
    const struct dossier_nonconformity *x = all->p;
    bool any = false;

    for (size_t i = 0; i < all->n; i++) {
        if (x[i].earlier || !grade_is_corrected(x[i].grade) ||
            !str_eq(x[i].indicator, indicator))
            continue;
        if (x[i].state != CORRECTION_ACCEPTED)
            return false;
        any = true;
    }
    return any;
}

static bool is_ratio(const struct dossier_finding *f)
{
    if (f->result != ANSWER_SAMPLED)
        return f->k == 0 && f->n == 0;
    return f->n >= 1 && f->k <= f->n;
}

/* A finding that an auditor could have made of this leaf. */
static bool finding_fits(const struct working *w, int32_t leaf,
                         const struct dossier_finding *f)
{
    const struct indicator *in = scheme_leaf_at(w->scheme, leaf);
    struct answer a = { (enum answer_kind)f->result, (int32_t)f->k,
                        (int32_t)f->n };

    if (!str_eq(f->indicator, in->id) || !is_ratio(f))
        return false;
    /* What was carried may have been corrected since: met, though sampled. */
    return f->carried || !failed(score_check(w->arena, w->scheme, leaf, a));
}

static err take_findings(struct working *w)
{
    const struct list *all =
        &((const struct dossier_findings *)w->d->parts[PART_FINDINGS])
             ->findings;
    const struct dossier_finding *f = all->p;

    if (all->n != w->scheme->leaf_count)
        return unfit(w, PART_FINDINGS);
    for (size_t i = 0; i < all->n; i++) {
        const struct indicator *in = scheme_leaf_at(w->scheme, (int32_t)i);
        bool restored = !f[i].carried && f[i].result != ANSWER_NONE &&
                        f[i].result != ANSWER_NOT_APPLICABLE && in->corrects &&
                        is_corrected(w, in->id);

        if (!finding_fits(w, (int32_t)i, &f[i]))
            return unfit(w, PART_FINDINGS);
        w->in->answers[i] =
            restored ? (struct answer){ .kind = ANSWER_MET }
                     : (struct answer){ (enum answer_kind)f[i].result,
                                        (int32_t)f[i].k, (int32_t)f[i].n };
    }
    return OK;
}

/* A sheet that a figure was taken from is one of the files, where they are
 * shown. */
static bool has_sheet(const struct working *w, const struct figure_record *f)
{
    const struct dossier_evidence *all = w->d->parts[PART_EVIDENCE];
    const struct dossier_file *files = all == NULL ? NULL : all->files.p;

    if (all == NULL || hash_is_zero(&f->sheet))
        return true;
    for (size_t i = 0; i < all->files.n; i++) {
        if (hash_eq(&files[i].seal, &f->sheet))
            return true;
    }
    return false;
}

static err take_figures(struct working *w)
{
    const struct list *all =
        &((const struct dossier_figures *)w->d->parts[PART_FIGURES])->figures;
    const struct figure_record *x = all->p;

    for (size_t i = 0; i < all->n; i++) {
        int32_t at = scheme_figure(w->scheme, x[i].figure);

        if (at < 0 || w->in->figures[at].n != 0 || !has_sheet(w, &x[i]))
            return unfit(w, PART_FIGURES);
        w->in->figures[at] = (struct ratio){ x[i].k, x[i].n };
    }
    return OK;
}

static err take_rest(struct working *w)
{
    const struct dossier_sample *sample = w->d->parts[PART_SAMPLE];
    const struct dossier_specials *specials = w->d->parts[PART_SPECIALS];

    if (sample->satisfied > sample->reached)
        return unfit(w, PART_SAMPLE);
    w->in->assessment = (struct assessment){
        .answers = w->in->answers,
        .figures = w->in->figures,
        .sample = { sample->satisfied, sample->reached },
        .deductions = (int32_t)specials->deductions,
        .bonus = specials->bonus,
    };
    return OK;
}

static void count_open(struct working *w)
{
    const struct dossier_nonconformities *all =
        w->d->parts[PART_NONCONFORMITIES];
    const struct dossier_nonconformity *x = all->nonconformities.p;

    for (size_t i = 0; i < all->nonconformities.n; i++)
        w->out->open +=
            grade_is_corrected(x[i].grade) && x[i].state != CORRECTION_ACCEPTED;
}

/* [RC1] The score by the parts, where they are there. */
static err work_score(struct working *w)
{
    if ((for_score & w->d->withheld) != 0)
        return OK;
    TRY(take_findings(w));
    TRY(take_figures(w));
    TRY(take_rest(w));
    count_open(w);
    score_compute(w->scheme, &w->in->assessment, &w->out->score);
    w->out->scored = true;
    return OK;
}

/* --- against what was made of it ------------------------------------------ */

static bool excluded_agree(const struct list *findings,
                           const struct list *excluded)
{
    const struct dossier_finding *f = findings->p;
    const str *names = excluded->p;
    size_t n = 0;

    for (size_t i = 0; i < findings->n; i++) {
        if (f[i].result != ANSWER_NOT_APPLICABLE)
            continue;
        if (n == excluded->n || !str_eq(names[n++], f[i].indicator))
            return false;
    }
    return n == excluded->n;
}

static void compare_excluded(struct working *w)
{
    const struct dossier_findings *f = w->d->parts[PART_FINDINGS];
    const struct dossier_specials *x = w->d->parts[PART_SPECIALS];

    if (has(w, RECOMPUTED_EXCLUDED, BIT(PART_FINDINGS) | BIT(PART_SPECIALS)))
        w->out->lines[RECOMPUTED_EXCLUDED] =
            agreement(excluded_agree(&f->findings, &x->excluded));
}

static bool gates_agree(const struct list *a, const struct list *b)
{
    const struct dossier_gate *x = a->p;
    const struct dossier_gate *y = b->p;

    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        if (!str_eq(x[i].level, y[i].level) || !str_eq(x[i].gate, y[i].gate) ||
            x[i].state != y[i].state || x[i].blocks != y[i].blocks)
            return false;
    }
    return true;
}

static err compare_score(struct working *w)
{
    const struct dossier_score *said = w->d->parts[PART_SCORE];
    struct dossier_score made;
    unsigned parts = for_score | BIT(PART_SCORE);

    (void)has(w, RECOMPUTED_GATES, parts);
    (void)has(w, RECOMPUTED_LEVEL, parts);
    if (!has(w, RECOMPUTED_SCORE, parts))
        return OK;
    TRY(dossier_score_of(w->arena, w->scheme, &w->out->score, &made));
    w->out->lines[RECOMPUTED_SCORE] = agreement(
        str_eq(made.num, said->num) && str_eq(made.den, said->den) &&
        made.shown == said->shown && made.answered == said->answered &&
        made.failed_by_specials == said->failed_by_specials);
    w->out->lines[RECOMPUTED_GATES] =
        agreement(gates_agree(&made.gates, &said->gates));
    w->out->lines[RECOMPUTED_LEVEL] =
        agreement(str_eq(made.level, said->level) &&
                  str_eq(made.level_by_score, said->level_by_score));
    return OK;
}

/* decision.c [DE1], [RC3] */
static bool is_allowed(const struct working *w,
                       const struct dossier_decision *made)
{
    int32_t level = scheme_level(w->scheme, made->level);

    if (made->shown != w->out->score.shown)
        return false;
    if (made->outcome == OUTCOME_REFUSED)
        return made->level.n == 0;
    return level >= 0 && level <= w->out->score.level && w->out->open == 0;
}

static void compare_decision(struct working *w)
{
    const struct dossier_decision *made = w->d->parts[PART_DECISION];

    w->out->decision = made;
    if (has(w, RECOMPUTED_DECISION, for_score | BIT(PART_DECISION)))
        w->out->lines[RECOMPUTED_DECISION] = agreement(is_allowed(w, made));
}

err recompute(struct arena *a, const struct dossier *d,
              struct recomputation *out)
{
    struct recomputation *made = arena_zero(a, sizeof *made);
    struct findings *in = arena_zero(a, sizeof *in);
    struct working w = { a, d, d->scheme, in, made };

    TRY_MEMORY(made);
    TRY_MEMORY(in);
    work_draw(&w);
    work_answers(&w);
    TRY(work_score(&w));
    compare_excluded(&w);
    TRY(compare_score(&w));
    compare_decision(&w);
    *out = *made;
    return OK;
}

bool recomputation_agrees(const struct recomputation *r)
{
    for (int i = 0; i < RECOMPUTED_COUNT; i++) {
        if (r->lines[i] == DIFFERS)
            return false;
    }
    return true;
}
