#include "domain/dossier.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/size.h"
#include "codec/canonical.h"
#include "crypto/hash.h"
#include "domain/panel.h"

/* A part of a case while it is written. */
struct writing {
    struct arena *arena;
    const struct state *state;
    const struct hash *key;
};

static str level_id(const struct scheme *s, int32_t level)
{
    return level < 0 ? S("") : s->levels[level].id;
}

/* --- what was judged ------------------------------------------------------ */

static err make_scheme(const struct writing *w, void *out)
{
    const struct state *s = w->state;
    struct dossier_scheme *x = out;

    *x = (struct dossier_scheme){
        .case_id = s->id,
        .scheme = s->scheme->id,
        .version = s->scheme->version,
        .scheme_hash = s->scheme->hash,
        .round = (int)s->round,
        .rounds = s->rounds,
    };
    return OK;
}

static err make_sites(const struct writing *w, struct list *out)
{
    const struct list *from = &w->state->application->sites;
    struct dossier_site *sites = arena_array(w->arena, from->n, sizeof *sites);

    TRY_MEMORY(sites);
    for (size_t i = 0; i < from->n; i++) {
        const struct site *x = (const struct site *)from->p + i;

        sites[i] =
            (struct dossier_site){ x->name, x->kind, x->district, x->staff };
    }
    *out = (struct list){ sites, from->n };
    return OK;
}

static err make_application(const struct writing *w, void *out)
{
    const struct state *s = w->state;
    const struct application *p = s->application;
    struct dossier_application *x = out;

    *x = (struct dossier_application){
        .kind = s->opened->kind,
        .level = s->opened->level,
        .scope = p->scope,
        .scope_en = p->scope_en,
        .trade = p->trade,
        .staff = p->staff,
        .service_staff = p->service_staff,
        .covered_staff = application_covered(p),
    };
    return make_sites(w, &x->sites);
}

static err make_documents(const struct writing *w, void *out)
{
    const struct scheme *s = w->state->scheme;
    struct judgement *made =
        arena_array(w->arena, s->requirement_count, sizeof *made);
    struct dossier_documents *x = out;
    size_t n = 0;

    TRY_MEMORY(made);
    for (size_t i = 0; i < s->requirement_count; i++) {
        if (w->state->requirements[i].judgement != NULL)
            made[n++] = *w->state->requirements[i].judgement;
    }
    x->judgements = (struct list){ made, n };
    return OK;
}

/* [DS4] */
static err make_evidence(const struct writing *w, void *out)
{
    const struct scheme *s = w->state->scheme;
    struct dossier_file *made =
        arena_array(w->arena, s->requirement_count, sizeof *made);
    struct dossier_evidence *x = out;
    struct hash salt;
    size_t n = 0;

    TRY_MEMORY(made);
    dossier_salt(w->key, PART_EVIDENCE, &salt);
    for (size_t i = 0; i < s->requirement_count; i++) {
        const struct document *d = w->state->requirements[i].document;

        if (d == NULL)
            continue;
        made[n] = (struct dossier_file){ .requirement = s->requirements[i].id,
                                         .covers_from = d->covers_from,
                                         .covers_to = d->covers_to };
        dossier_seal_file(&salt, &d->blob, &made[n++].seal);
    }
    x->files = (struct list){ made, n };
    return OK;
}

/* --- what was found ------------------------------------------------------- */

/* As it was found, or as rounds before left it. */
static struct dossier_finding finding_of(const struct state *s, int32_t leaf)
{
    const struct finding *f = s->leaves[leaf].finding;
    struct answer a = f == NULL ? s->carried[leaf] : finding_answer(f);
    bool sampled = a.kind == ANSWER_SAMPLED;
    struct dossier_finding x = {
        .indicator = scheme_leaf_at(s->scheme, leaf)->id,
        .carried = f == NULL && a.kind != ANSWER_NONE,
        .result = (int)a.kind,
        .k = sampled ? a.k : 0,
        .n = sampled ? a.n : 0,
    };

    if (f != NULL) {
        x.site = f->site;
        x.note = f->note;
        x.evidence = f->evidence;
    }
    return x;
}

static err make_findings(const struct writing *w, void *out)
{
    size_t n = w->state->scheme->leaf_count;
    struct dossier_finding *made = arena_array(w->arena, n, sizeof *made);
    struct dossier_findings *x = out;

    TRY_MEMORY(made);
    for (size_t i = 0; i < n; i++)
        made[i] = finding_of(w->state, (int32_t)i);
    x->findings = (struct list){ made, n };
    return OK;
}

static err make_figures(const struct writing *w, void *out)
{
    size_t most = w->state->scheme->figure_count;
    struct figure_record *made = arena_array(w->arena, most, sizeof *made);
    struct dossier_figures *x = out;
    struct hash salt;
    size_t n = 0;

    TRY_MEMORY(made);
    dossier_salt(w->key, PART_EVIDENCE, &salt);
    for (size_t i = 0; i < most; i++) {
        const struct figure_record *from = &w->state->figures[i];

        if (from->n == 0)
            continue;
        made[n] = *from;
        if (!hash_is_zero(&from->sheet))
            dossier_seal_file(&salt, &from->sheet, &made[n].sheet);
        n++;
    }
    x->figures = (struct list){ made, n };
    return OK;
}

static struct dossier_nonconformity nonconformity_of(const struct state *s,
                                                     int32_t i)
{
    const struct nonconformity_state *from = &s->nonconformities[i];
    struct dossier_nonconformity x = {
        .number = from->raised->number,
        .indicator = from->raised->indicator,
        .grade = from->raised->grade,
        .site = from->raised->site,
        .text = from->raised->text,
        .earlier = i < s->round_first,
        .state = (int)from->state,
    };

    if (from->correction != NULL) {
        x.cause = from->correction->cause;
        x.remedy = from->correction->remedy;
        x.action = from->correction->action;
        x.evidence = from->correction->evidence;
    }
    x.on_site = from->verdict != NULL && from->verdict->on_site;
    return x;
}

static err make_nonconformities(const struct writing *w, void *out)
{
    size_t n = (size_t)w->state->nonconformity_count;
    struct dossier_nonconformity *made = arena_array(w->arena, n, sizeof *made);
    struct dossier_nonconformities *x = out;

    TRY_MEMORY(made);
    for (size_t i = 0; i < n; i++)
        made[i] = nonconformity_of(w->state, (int32_t)i);
    x->nonconformities = (struct list){ made, n };
    return OK;
}

/* --- the customers [DS5] -------------------------------------------------- */

static err make_sample(const struct writing *w, void *out)
{
    const struct sample_state *from = &w->state->sample;
    const struct ratio *before = &w->state->carried_sample;
    struct dossier_sample *x = out;

    if (from->drawn == NULL) {
        *x = (struct dossier_sample){ .reached = before->n,
                                      .satisfied = before->k };
        return OK;
    }
    *x = (struct dossier_sample){
        .drawn = true,
        .list = from->commitment->list,
        .commitment = from->commitment->commitment,
        .size = from->commitment->size,
        .wanted = from->drawn->wanted,
        .body_nonce = from->drawn->nonce,
        .enterprise_nonce = from->nonce->nonce,
        .seed = from->drawn->seed,
        .asked = from->asked,
        .reached = from->reached,
        .satisfied = from->satisfied,
        .calls = from->called,
    };
    return OK;
}

static err make_answers(const struct writing *w, void *out)
{
    const struct sample_state *from = &w->state->sample;
    size_t n = (size_t)from->asked;
    struct sample_answer *made = arena_array(w->arena, n, sizeof *made);
    struct dossier_answers *x = out;

    TRY_MEMORY(made);
    for (size_t i = 0; i < n; i++)
        made[i] = from->answers[i];
    x->answers = (struct list){ made, n };
    return OK;
}

/* --- what came of it ------------------------------------------------------ */

static err make_specials(const struct writing *w, void *out)
{
    const struct state *s = w->state;
    size_t most = s->scheme->leaf_count;
    str *excluded = arena_array(w->arena, most, sizeof *excluded);
    struct dossier_specials *x = out;
    size_t n = 0;

    TRY_MEMORY(excluded);
    for (size_t i = 0; i < most; i++) {
        struct dossier_finding f = finding_of(s, (int32_t)i);

        if (f.result == ANSWER_NOT_APPLICABLE)
            excluded[n++] = f.indicator;
    }
    *x = (struct dossier_specials){
        .deductions = s->deductions,
        .bonus = s->bonus,
        .excluded = { excluded, n },
        .defence = s->defence != NULL,
        .passed = s->defence != NULL && s->defence->passed,
    };
    return OK;
}

/* A whole number that may not fit an int64. */
static err big_text(struct arena *a, u128 n, str *out)
{
    char text[48];
    size_t at = sizeof text;

    do {
        text[--at] = (char)('0' + (int)(n % 10));
        n /= 10;
    } while (n != 0);
    TRY_MEMORY(arena_str(a, (str){ text + at, sizeof text - at }, out));
    return OK;
}

static err gates_of(struct arena *a, const struct scheme *s,
                    const struct score *x, struct list *out)
{
    struct dossier_gate *made = arena_array(a, x->gate_count, sizeof *made);

    TRY_MEMORY(made);
    for (size_t i = 0; i < x->gate_count; i++) {
        const struct gate_result *r = &x->gates[i];
        const struct level *l = &s->levels[r->level];

        made[i] = (struct dossier_gate){ l->id, l->gates[r->gate].id,
                                         (int)r->state, r->blocks };
    }
    *out = (struct list){ made, x->gate_count };
    return OK;
}

err dossier_score_of(struct arena *a, const struct scheme *s,
                     const struct score *x, struct dossier_score *out)
{
    *out = (struct dossier_score){
        .shown = x->shown,
        .level = level_id(s, x->level),
        .level_by_score = level_id(s, x->level_by_score),
        .failed_by_specials = x->failed_by_specials,
        .answered = x->answered,
    };
    TRY(big_text(a, x->exact.num, &out->num));
    TRY(big_text(a, x->exact.den, &out->den));
    return gates_of(a, s, x, &out->gates);
}

static err make_score(const struct writing *w, void *out)
{
    struct score *score = arena_zero(w->arena, sizeof *score);

    TRY_MEMORY(score);
    state_score(w->state, score);
    return dossier_score_of(w->arena, w->state->scheme, score, out);
}

static err make_decision(const struct writing *w, void *out)
{
    const struct state *s = w->state;
    struct dossier_decision *x = out;

    *x = (struct dossier_decision){
        .recommended = s->report != NULL && s->report->recommended,
        .outcome = s->decision->outcome,
        .level = s->decision->level,
        .shown = s->decision->shown,
        .reasons = s->decision->reasons,
        .conditions = s->decision->conditions,
    };
    return OK;
}

/* --- who did it [DS2] ----------------------------------------------------- */

static void count_team(const struct plan *p, struct dossier_team *x)
{
    const struct team_member *team = p->team.p;

    for (size_t i = 0; i < p->team.n; i++) {
        x->leads += team[i].lead;
        x->experts += team[i].expert;
        x->auditors += !team[i].lead && !team[i].expert;
    }
    x->from = p->from;
    x->to = p->to;
    x->person_days = p->person_days;
    x->needed = p->needed;
    x->sites = p->sites;
}

static void count_panel(const struct panel *p, struct dossier_team *x)
{
    const struct seat *seats = p->seats.p;

    for (size_t i = 0; i < p->seats.n; i++) {
        x->panel += !seats[i].expert;
        x->panel_expert += seats[i].expert;
    }
}

static err make_team(const struct writing *w, void *out)
{
    const struct panel *panel = w->state->panel.named;
    struct dossier_team *x = out;

    *x = (struct dossier_team){ .from = DAY_NEVER, .to = DAY_NEVER };
    if (w->state->plan != NULL)
        count_team(w->state->plan, x);
    if (panel != NULL)
        count_panel(panel, x);
    else
        x->reviewers = 1;
    return OK;
}

/* --- all of them [DS1] ---------------------------------------------------- */

typedef err make_part(const struct writing *w, void *out);

static make_part *const makers[DOSSIER_PARTS] = {
    [PART_ANSWERS] = make_answers,
    [PART_APPLICATION] = make_application,
    [PART_DECISION] = make_decision,
    [PART_DOCUMENTS] = make_documents,
    [PART_EVIDENCE] = make_evidence,
    [PART_FIGURES] = make_figures,
    [PART_FINDINGS] = make_findings,
    [PART_NONCONFORMITIES] = make_nonconformities,
    [PART_SAMPLE] = make_sample,
    [PART_SCHEME] = make_scheme,
    [PART_SCORE] = make_score,
    [PART_SPECIALS] = make_specials,
    [PART_TEAM] = make_team,
};

static err write_part(const struct writing *w, int part, str *out)
{
    const struct record *r = dossier_part_records[part];
    void *made = arena_zero(w->arena, r->size);

    TRY_MEMORY(made);
    TRY(makers[part](w, made));
    return record_text(w->arena, r, made, DOSSIER_PART_MAX, out);
}

err dossier_parts(struct arena *a, const struct state *s,
                  const struct hash *key, str out[static DOSSIER_PARTS])
{
    const struct writing w = { a, s, key };
    str made[DOSSIER_PARTS];

    check(s->decision != NULL);
    for (int i = 0; i < DOSSIER_PARTS; i++)
        TRY(write_part(&w, i, &made[i]));
    for (int i = 0; i < DOSSIER_PARTS; i++)
        out[i] = made[i];
    return OK;
}

/* --- seals [DS3] ---------------------------------------------------------- */

void dossier_salt(const struct hash *key, enum dossier_part part,
                  struct hash *out)
{
    static const char purpose[] = "tenstar record part";
    const char *name = dossier_part_names[part];
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, purpose, sizeof purpose - 1);
    sha256_add(&h, key->b, sizeof key->b);
    sha256_add(&h, name, strlen(name));
    sha256_end(&h, out->b);
}

void dossier_seal(const struct hash *salt, str part, struct hash *out)
{
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, salt->b, sizeof salt->b);
    sha256_add(&h, part.p, part.n);
    sha256_end(&h, out->b);
}

void dossier_seal_file(const struct hash *salt, const struct hash *file,
                       struct hash *out)
{
    dossier_seal(salt, (str){ (const char *)file->b, sizeof file->b }, out);
}

err dossier_commit(struct arena *a, const struct state *s,
                   const struct hash *key, struct record_committed *out)
{
    struct part_seal *seals = arena_array(a, DOSSIER_PARTS, sizeof *seals);
    str parts[DOSSIER_PARTS];

    TRY_MEMORY(seals);
    TRY(dossier_parts(a, s, key, parts));
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        struct hash salt;

        seals[i].part = str_of(dossier_part_names[i]);
        dossier_salt(key, (enum dossier_part)i, &salt);
        dossier_seal(&salt, parts[i], &seals[i].seal);
    }
    out->parts = (struct list){ seals, DOSSIER_PARTS };
    return OK;
}
