#include "service/script_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/yaml.h"

str script_words(const struct writing *w, const char *key)
{
    const struct yaml *y = yaml_get(w->s->texts, str_of(key));

    return y == NULL ? S("") : y->text;
}

void step_str(struct writing *w, const char *key, str value)
{
    json_set(w->data, str_of(key), json_new_str(w->a, value));
}

void step_text(struct writing *w, const char *key, const char *text)
{
    step_str(w, key, script_words(w, text));
}

void step_int(struct writing *w, const char *key, int64_t value)
{
    json_set(w->data, str_of(key), json_new_int(w->a, value));
}

void step_bool(struct writing *w, const char *key, bool value)
{
    json_set(w->data, str_of(key), json_new_bool(w->a, value));
}

str step_made(struct writing *w, struct buf *b)
{
    str text = S("");

    if (failed(buf_done(b, &text)))
        w->broken = true;
    return text;
}

void step_day(struct writing *w, const char *key, day d)
{
    char text[DAY_TEXT];
    struct buf b;

    buf_init(&b, w->a, DAY_TEXT);
    buf_str(&b, day_text(d, text));
    step_str(w, key, step_made(w, &b));
}

void step_hash(struct writing *w, const char *key, const struct hash *h)
{
    struct buf b;

    buf_init(&b, w->a, 2 * sizeof h->b);
    buf_hex(&b, h->b, sizeof h->b);
    step_str(w, key, step_made(w, &b));
}

/* A list of one text. */
void step_strs(struct writing *w, const char *key, str one)
{
    struct json *list = json_new_array(w->a);

    json_add(list, json_new_str(w->a, one));
    json_set(w->data, str_of(key), list);
}

void step_by(struct writing *w, const char *login, const char *command,
             int32_t days)
{
    w->out->login = str_of(login);
    w->out->command = str_of(command);
    w->out->days = days;
}

void step_applicant(struct writing *w, const char *command, int32_t days)
{
    step_by(w, "applicant", command, days);
}

void step_team(struct writing *w, str login, const char *command, int32_t days)
{
    step_by(w, "", command, days);
    w->out->login = login;
}

/* Is this leaf one of the weak ones?  They are spread over the tree, and a year
 * later they are well. */
bool script_is_weak(const struct script *s, int32_t leaf)
{
    int32_t n = (int32_t)s->state->scheme->leaf_count;
    int32_t stride = n / (s->weak + 1);

    if (s->weak == 0 || stride == 0 || s->state->round != ROUND_INITIAL)
        return false;
    int32_t shift = (int32_t)(s->nature % (uint64_t)stride);
    return leaf % stride == shift && leaf / stride < s->weak;
}

void step_result(struct writing *w, struct json *to, int32_t leaf)
{
    const struct indicator *in = scheme_leaf_at(w->s->state->scheme, leaf);
    bool weak = script_is_weak(w->s, leaf);

    json_set(to, S("indicator"), json_new_str(w->a, in->id));
    if (in->kind == LEAF_SAMPLED) {
        json_set(to, S("result"), json_new_str(w->a, S("sampled")));
        json_set(to, S("k"), json_new_int(w->a, weak ? 8 : 10));
        json_set(to, S("n"), json_new_int(w->a, 10));
        return;
    }
    json_set(to, S("result"),
             json_new_str(w->a, weak ? S("not_met") : S("met")));
}

/* Figures that vary by case, all above nine in ten. */
int64_t script_figure(const struct script *s, size_t i)
{
    return 91 + (int64_t)((s->nature >> (8 * i)) % 9);
}

/* The package's table of days on site for this many staff, in tenths. */
int64_t script_table_days(const struct script *s)
{
    const struct team_rule *t = &s->state->scheme->team;

    for (size_t i = 0; i < t->row_count; i++) {
        if (s->staff >= t->rows[i].staff_from &&
            s->staff <= t->rows[i].staff_to)
            return s->state->round == ROUND_SURVEILLANCE
                       ? t->rows[i].surveillance_total
                       : t->rows[i].initial_site;
    }
    return 20;
}

/* --- report, correction, decision ------------------------------------- */

static void in_report(struct writing *w)
{
    const struct state *s = w->s->state;

    if (s->report != NULL) {
        step_applicant(w, "report.acknowledge", 2);
        return;
    }
    step_team(w, w->s->lead, "report.issue", 3);
    step_bool(w, "recommended", true);
    step_text(w, "summary", "report");
    if (s->round == ROUND_SURVEILLANCE) {
        step_bool(w, "runs", true);
        step_text(w, "improvements", "improvements");
    }
    if (state_open_nonconformities(s) > 0)
        step_day(w, "correct_until",
                 span_end(NULL, w->s->today, s->scheme->limits.minor_most).on);
}

/* Corrections are worked on together: only the first of them takes time. */
static bool none_corrected(const struct state *s)
{
    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        if (s->nonconformities[i].state != CORRECTION_OPEN)
            return false;
    }
    return true;
}

static void write_correction(struct writing *w, int64_t number)
{
    step_applicant(w, "correction.submit", none_corrected(w->s->state) ? 6 : 0);
    step_int(w, "number", number);
    step_text(w, "cause", "cause");
    step_text(w, "remedy", "remedy");
    step_text(w, "action", "action");
    step_strs(w, "evidence", script_words(w, "evidence"));
}

static void write_acceptance(struct writing *w, int64_t number)
{
    bool last = state_open_nonconformities(w->s->state) == 1;

    step_team(w, w->s->member, "correction.accept", last ? 2 : 0);
    step_int(w, "number", number);
    step_text(w, "note", "accepted");
}

static void in_correction(struct writing *w)
{
    const struct state *s = w->s->state;

    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];

        if (!grade_is_corrected(x->raised->grade) ||
            x->state == CORRECTION_ACCEPTED)
            continue;
        if (x->state == CORRECTION_OPEN)
            write_correction(w, x->raised->number);
        else
            write_acceptance(w, x->raised->number);
        return;
    }
}

static void write_decision(struct writing *w, const struct score *score)
{
    bool grant = score->level >= 0 &&
                 score->level >= scheme_level(w->s->state->scheme, w->s->level);

    step_by(w, "reviewer", grant ? "decision.grant" : "decision.refuse", 3);
    if (grant)
        step_text(w, "note", "decision");
    else
        step_text(w, "reasons", "refusal");
}

static err in_decision(struct writing *w)
{
    struct score *score = arena_zero(w->a, sizeof *score);

    TRY_MEMORY(score);
    if (w->s->state->decision != NULL) {
        step_by(w, "head", "decision.sign", 1);
        return OK;
    }
    state_score(w->s->state, score);
    write_decision(w, score);
    return OK;
}

/* --- upkeep ----------------------------------------------------------- */

static void in_upkeep(struct writing *w)
{
    if (w->s->state->surveillances > 0)
        return;
    step_by(w, "planner", "round.open", 330);
    step_str(w, "kind", S("surveillance"));
}

static err write_step(struct writing *w)
{
    switch (w->s->state->stage) {
    case STAGE_PREPARATION: script_preparation(w); break;
    case STAGE_COMPLETENESS: script_completeness(w); break;
    case STAGE_CONTRACT: script_contract(w); break;
    case STAGE_DOCUMENTS: script_documents(w); break;
    case STAGE_PLAN: script_plan(w); break;
    case STAGE_AUDIT: script_audit(w); break;
    case STAGE_REPORT: in_report(w); break;
    case STAGE_CORRECTION: in_correction(w); break;
    case STAGE_DECISION: return in_decision(w);
    case STAGE_CERTIFICATE:
        step_by(w, "certificates", "certificate.issue", 2);
        break;
    case STAGE_UPKEEP: in_upkeep(w); break;
    case STAGE_ENDED:
    case STAGE_COUNT: break;
    }
    return OK;
}

err script_next(struct arena *a, const struct script *s, struct step *out)
{
    struct step made = { 0 };
    struct writing w = { a, s, &made, json_new_object(a), false };

    TRY(write_step(&w));
    TRY_MEMORY(w.data != NULL && !w.broken);
    made.data = w.data;
    *out = made;
    return OK;
}
