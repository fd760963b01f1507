#include "domain/view.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/rights.h"
#include "domain/sampling.h"
#include "domain/stages.h"
#include "domain/view_parts.h"

#include <stdio.h>

/* --- small builders --------------------------------------------------- */

struct json *text_json(struct arena *a, str s)
{
    str copy;

    return arena_str(a, s, &copy) ? json_new_str(a, copy) : NULL;
}

struct json *day_json(struct arena *a, day d)
{
    char text[DAY_TEXT];

    return d == DAY_NEVER ? json_new_null(a) : text_json(a, day_text(d, text));
}

struct json *id_json(struct arena *a, id i)
{
    char text[ID_TEXT];

    return text_json(a, id_text(i, text));
}

struct json *label_json(struct arena *a, struct label l)
{
    struct json *j = json_new_object(a);

    json_set(j, S("zh"), json_new_str(a, l.zh));
    json_set(j, S("en"), json_new_str(a, l.en));
    return j;
}

/* "94.99" from hundredths. */
struct json *shown_json(struct arena *a, int64_t hundredths)
{
    char text[32];

    (void)snprintf(text, sizeof text, "%lld.%02lld",
                   (long long)(hundredths / 100),
                   (long long)(hundredths % 100));
    return text_json(a, str_of(text));
}

/* "2.5" from thousandths, no needless zero. */
struct json *points_json(struct arena *a, int32_t thousandths)
{
    char text[32];
    int n = snprintf(text, sizeof text, "%d.%03d", thousandths / 1000,
                     thousandths % 1000);

    while (text[n - 1] == '0')
        n--;
    if (text[n - 1] == '.')
        n--;
    return text_json(a, (str){ text, (size_t)n });
}

/* A whole number that may not fit an int64, as a text. */
static struct json *big_json(struct arena *a, u128 n)
{
    char text[48];
    size_t at = sizeof text;

    do {
        text[--at] = (char)('0' + (int)(n % 10));
        n /= 10;
    } while (n != 0);
    return text_json(a, (str){ text + at, sizeof text - at });
}

/* The data of an event, as it was recorded. */
struct json *data_json(struct arena *a, const struct record *r,
                       const void *data)
{
    struct json *j = NULL;

    if (data == NULL)
        return json_new_null(a);
    return failed(record_write(a, r, data, &j)) ? NULL : j;
}

struct json *ratio_json(struct arena *a, int64_t k, int64_t n)
{
    struct json *j = json_new_object(a);

    json_set(j, S("k"), json_new_int(a, k));
    json_set(j, S("n"), json_new_int(a, n));
    return j;
}

/* --- the score -------------------------------------------------------- */

static const char *const answer_names[] = {
    [ANSWER_NONE] = "not_answered", [ANSWER_MET] = "met",
    [ANSWER_NOT_MET] = "not_met",   [ANSWER_SAMPLED] = "sampled",
    [ANSWER_NOT_APPLICABLE] = "na",
};

static struct json *gates_json(struct arena *a, const struct scheme *s,
                               const struct score *x)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < x->gate_count; i++) {
        const struct gate_result *r = &x->gates[i];
        const struct gate *g = &s->levels[r->level].gates[r->gate];
        struct json *j = json_new_object(a);

        json_set(j, S("level"), json_new_str(a, s->levels[r->level].id));
        json_set(j, S("gate"), json_new_str(a, g->id));
        json_set(j, S("label"), label_json(a, g->label));
        json_set(j, S("state"), json_new_str(a, str_of(gate_names[r->state])));
        json_set(j, S("blocks"), json_new_bool(a, r->blocks));
        json_add(list, j);
    }
    return list;
}

/* Points of leaf `i` that were not won; `found`, where there was a site audit:
 * on what, and by whom. */
static struct json *loss_json(struct arena *a, const struct scheme *s, size_t i,
                              struct answer given,
                              const struct leaf_state *found)
{
    const struct indicator *leaf = scheme_leaf_at(s, (int32_t)i);
    struct json *j = json_new_object(a);

    json_set(j, S("indicator"), json_new_str(a, leaf->id));
    json_set(j, S("label"), label_json(a, leaf->label));
    json_set(j, S("points"), points_json(a, score_lost(s, (int32_t)i, given)));
    json_set(j, S("reason"), json_new_str(a, str_of(answer_names[given.kind])));
    if (given.kind == ANSWER_SAMPLED)
        json_set(j, S("sample"), ratio_json(a, given.k, given.n));
    json_set(j, S("assumed"), json_new_bool(a, leaf->assumed));
    if (found != NULL && found->finding != NULL) {
        json_set(j, S("finding"),
                 data_json(a, &finding_record, found->finding));
        json_set(j, S("auditor"), id_json(a, found->auditor));
    }
    return j;
}

static struct json *lost_json(struct arena *a, const struct scheme *s,
                              const struct assessment *in,
                              const struct leaf_state *found)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < s->leaf_count; i++) {
        struct answer given = in->answers[i];

        if (score_lost(s, (int32_t)i, given) > 0)
            json_add(list, loss_json(a, s, i, given,
                                     found == NULL ? NULL : &found[i]));
    }
    return list;
}

static bool any_assumed(const struct scheme *s)
{
    for (size_t i = 0; i < s->indicator_count; i++) {
        if (s->indicators[i].assumed)
            return true;
    }
    return false;
}

struct json *level_json(struct arena *a, const struct scheme *s, int32_t level)
{
    return level < 0 ? json_new_null(a) : json_new_str(a, s->levels[level].id);
}

static struct json *whole_score(struct arena *a, const struct scheme *s,
                                const struct assessment *in,
                                const struct score *x,
                                const struct leaf_state *found)
{
    struct json *j = json_new_object(a);
    struct json *exact = json_new_object(a);

    json_set(exact, S("num"), big_json(a, x->exact.num));
    json_set(exact, S("den"), big_json(a, x->exact.den));
    json_set(j, S("shown"), shown_json(a, x->shown));
    json_set(j, S("exact"), exact);
    json_set(j, S("level"), level_json(a, s, x->level));
    json_set(j, S("level_by_score"), level_json(a, s, x->level_by_score));
    json_set(j, S("failed_by_specials"),
             json_new_bool(a, x->failed_by_specials));
    json_set(j, S("answered"), json_new_int(a, x->answered));
    json_set(j, S("indicators"), json_new_int(a, (int64_t)s->leaf_count));
    json_set(j, S("assumed"), json_new_bool(a, any_assumed(s)));
    json_set(j, S("gates"), gates_json(a, s, x));
    json_set(j, S("lost"), lost_json(a, s, in, found));
    return j;
}

struct json *score_json(struct arena *a, const struct scheme *s,
                        const struct assessment *in, const struct score *x)
{
    return whole_score(a, s, in, x, NULL);
}

/* --- parts of a case -------------------------------------------------- */

static struct json *due_json(struct arena *a, const struct state *s)
{
    struct json *j = json_new_object(a);

    if (s->due == DAY_NEVER)
        return json_new_null(a);
    json_set(j, S("on"), day_json(a, s->due));
    json_set(j, S("provisional"), json_new_bool(a, s->due_provisional));
    return j;
}

static struct json *enterprise_json(struct arena *a, const struct enterprise *e)
{
    struct json *j = json_new_object(a);

    json_set(j, S("id"), id_json(a, e->id));
    json_set(j, S("name"), json_new_str(a, e->name));
    json_set(j, S("uscc"), json_new_str(a, e->uscc));
    json_set(j, S("registered"), day_json(a, e->registered));
    return j;
}

static struct json *assessment_json(struct arena *a, const struct state *s)
{
    const struct assessment_recorded *x = s->assessment;

    if (x == NULL)
        return json_new_null(a);

    struct json *j = json_new_object(a);
    json_set(j, S("shown"), shown_json(a, x->shown));
    json_set(j, S("level"), json_new_str(a, x->level));
    json_set(j, S("answered"), json_new_int(a, (int64_t)x->answers.n));
    json_set(j, S("assumed"), json_new_bool(a, any_assumed(s->scheme)));
    return j;
}

static struct json *documents_json(struct arena *a, const struct state *s)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < s->scheme->requirement_count; i++) {
        const struct requirement *r = &s->scheme->requirements[i];
        const struct requirement_state *have = &s->requirements[i];
        struct json *j = json_new_object(a);

        json_set(j, S("requirement"), json_new_str(a, r->id));
        json_set(j, S("label"), label_json(a, r->label));
        json_set(j, S("required"), json_new_bool(a, r->required));
        json_set(j, S("document"),
                 data_json(a, &document_record, have->document));
        json_set(j, S("judgement"),
                 data_json(a, &judgement_record, have->judgement));
        json_add(list, j);
    }
    return list;
}

static struct json *missing_json(struct arena *a, const struct state *s)
{
    const struct missing *m = s->supplement->missing.p;
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < s->supplement->missing.n; i++) {
        int32_t r = scheme_requirement(s->scheme, m[i].requirement);
        struct json *j = json_new_object(a);

        json_set(j, S("requirement"), json_new_str(a, m[i].requirement));
        json_set(j, S("why"), json_new_str(a, str_of(lack_names[m[i].why])));
        if (r >= 0)
            json_set(j, S("label"),
                     label_json(a, s->scheme->requirements[r].label));
        json_add(list, j);
    }
    return list;
}

/* The notice as it was sent, each item with its name in words. [M12] */
static struct json *supplement_json(struct arena *a, const struct state *s)
{
    if (s->supplement == NULL)
        return json_new_null(a);

    struct json *j = json_new_object(a);
    json_set(j, S("missing"), missing_json(a, s));
    json_set(j, S("note"), json_new_str(a, s->supplement->note));
    json_set(j, S("until"), day_json(a, s->supplement->until));
    json_set(j, S("until_provisional"),
             json_new_bool(a, s->supplement->until_provisional));
    return j;
}

static struct json *nonconformities_json(struct arena *a, const struct state *s)
{
    struct json *list = json_new_array(a);

    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];
        struct json *j = data_json(a, &nonconformity_record, x->raised);

        json_set(j, S("state"),
                 json_new_str(a, str_of(correcting_names[x->state])));
        json_set(j, S("correction"),
                 data_json(a, &correction_record, x->correction));
        json_set(j, S("verdict"),
                 data_json(a, &correction_verdict_record, x->verdict));
        json_add(list, j);
    }
    return list;
}

/* What the customers who were reached say of all of them. */
static struct json *interval_json(struct arena *a, const struct sample_state *x)
{
    struct json *j = json_new_object(a);
    struct interval w = wilson(x->satisfied, x->reached);

    json_set(j, S("low"), shown_json(a, w.low));
    json_set(j, S("high"), shown_json(a, w.high));
    return j;
}

/* Whom to ask next, as a place in the sample and on the list; null: nobody. */
static struct json *customer_json(struct arena *a, const struct state *s)
{
    struct customer next;

    if (!sampling_next(s, &next))
        return json_new_null(a);

    struct json *j = json_new_object(a);
    json_set(j, S("position"), json_new_int(a, next.position));
    json_set(j, S("row"), json_new_int(a, next.row));
    return j;
}

struct json *sample_json(struct arena *a, const struct state *s,
                         enum reader reader)
{
    const struct sample_state *x = &s->sample;

    if (!s->scheme->sample.used || x->commitment == NULL)
        return json_new_null(a);

    struct json *j = json_new_object(a);
    json_set(j, S("customers"), json_new_int(a, x->commitment->size));
    json_set(j, S("wanted"), json_new_int(a, sampling_wanted(s)));
    json_set(j, S("asked"), json_new_int(a, x->asked));
    json_set(j, S("reached"), json_new_int(a, x->reached));
    json_set(j, S("satisfied"), json_new_int(a, x->satisfied));
    json_set(j, S("verdict"),
             json_new_str(a, str_of(sample_names[sampling_verdict(s)])));
    json_set(j, S("next"),
             reader == READER_ENTERPRISE ? json_new_null(a)
                                         : customer_json(a, s));
    if (x->reached > 0)
        json_set(j, S("interval_95"), interval_json(a, x));
    return j;
}

static struct json *findings_score(struct arena *a, const struct state *s)
{
    if (s->audits == 0)
        return json_new_null(a);

    struct findings *x = arena_zero(a, sizeof *x);
    struct score *score = arena_zero(a, sizeof *score);
    if (x == NULL || score == NULL)
        return NULL;
    state_findings(s, x);
    score_compute(s->scheme, &x->assessment, score);
    return whole_score(a, s->scheme, &x->assessment, score, s->leaves);
}

/* The indicators this round has still to judge. */
static struct json *to_judge_json(struct arena *a, const struct state *s)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < s->scheme->leaf_count && s->opening_held; i++) {
        if (s->leaves[i].finding == NULL && state_round_judges(s, (int32_t)i))
            json_add(list,
                     json_new_str(a,
                                  scheme_leaf_at(s->scheme, (int32_t)i)->id));
    }
    return list;
}

/* The data of an event with a member more, if there was such an event. */
static struct json *with_bool(struct arena *a, struct json *j, bool there,
                              const char *key, bool value)
{
    if (there)
        json_set(j, str_of(key), json_new_bool(a, value));
    return j;
}

static struct json *plan_json(struct arena *a, const struct state *s)
{
    struct json *j = data_json(a, &plan_record, s->plan);

    with_bool(a, j, s->plan != NULL, "agreed", s->plan_agreed);
    if (s->plan != NULL && s->objection.n > 0)
        json_set(j, S("objection"), json_new_str(a, s->objection));
    return with_bool(a, j, s->plan != NULL && s->replacement.before != NULL,
                     "new_people_wait", true);
}

static struct json *report_json(struct arena *a, const struct state *s)
{
    struct json *j = data_json(a, &report_record, s->report);

    return with_bool(a, j, s->report != NULL, "acknowledged", s->acknowledged);
}

/* Each use of the mark that was asked for, and how it stands. [M21] */
static struct json *marks_json(struct arena *a, const struct state *s)
{
    struct json *list = json_new_array(a);

    for (int32_t i = 0; i < s->mark_count; i++) {
        const struct mark_state *m = &s->marks[i];
        struct json *j = data_json(a, &mark_asked_record, m->asked);

        json_set(j, S("standing"),
                 json_new_str(a, str_of(mark_names[m->standing])));
        json_set(j, S("note"), json_new_str(a, m->note));
        json_add(list, j);
    }
    return list;
}

static struct json *misuses_json(struct arena *a, const struct state *s)
{
    struct json *list = json_new_array(a);

    for (int32_t i = 0; i < s->misuse_count; i++) {
        const struct misuse_state *m = &s->misuses[i];
        struct json *j = data_json(a, &misuse_record_of, m->misuse);

        json_set(j, S("settled"),
                 data_json(a, &misuse_settled_record, m->settled));
        json_add(list, j);
    }
    return list;
}

static struct json *roles_json(struct arena *a, unsigned roles)
{
    struct json *list = json_new_array(a);

    for (unsigned k = 0; k < ROLE_COUNT; k++) {
        if ((roles & ROLE_BIT(k)) != 0)
            json_add(list, json_new_str(a, str_of(role_names[k])));
    }
    return list;
}

/* What can be done now, and by whom. */
static err next_json(struct arena *a, const struct state *s, struct json **out)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < command_kind_count(); i++) {
        const struct command_kind *k = command_kind_at(i);
        const struct right *r = right_find(k->name);
        err e = command_ready(a, s, k);

        if (err_is(e, ERR_MEMORY))
            return e;
        if (failed(e))
            continue;
        struct json *j = json_new_object(a);
        json_set(j, S("command"), json_new_str(a, str_of(r->command)));
        json_set(j, S("roles"), roles_json(a, right_roles(r, s)));
        json_add(list, j);
    }
    *out = list;
    return OK;
}

/* --- the whole -------------------------------------------------------- */

static void set_identity(struct arena *a, struct json *j, const struct state *s,
                         str number, const struct enterprise *e)
{
    json_set(j, S("number"), json_new_str(a, number));
    json_set(j, S("id"), id_json(a, s->id));
    json_set(j, S("version"), json_new_int(a, s->version));
    json_set(j, S("scheme"), json_new_str(a, s->scheme->id));
    json_set(j, S("scheme_name"), label_json(a, s->scheme->name));
    json_set(j, S("criterion"), json_new_str(a, s->scheme->criterion));
    json_set(j, S("wanted"), json_new_str(a, s->opened->level));
    json_set(j, S("enterprise"), enterprise_json(a, e));
    json_set(j, S("opened"), day_json(a, s->opened_on));
    json_set(j, S("paper"), json_new_bool(a, s->opened->paper));
    json_set(j, S("stage"), json_new_str(a, str_of(stage_names[s->stage])));
    json_set(j, S("since"), day_json(a, s->stage_since));
    json_set(j, S("waiting"),
             json_new_str(a, str_of(waiting_names[s->waiting])));
    json_set(j, S("due"), due_json(a, s));
    json_set(j, S("ending"), json_new_str(a, str_of(ending_names[s->ending])));
}

static void set_before(struct arena *a, struct json *j, const struct state *s)
{
    json_set(j, S("eligibility"),
             data_json(a, &eligibility_answered_record, s->eligibility));
    json_set(j, S("assessment"), assessment_json(a, s));
    json_set(j, S("documents"), documents_json(a, s));
    json_set(j, S("application"),
             data_json(a, &application_record, s->application));
    json_set(j, S("supplement"), supplement_json(a, s));
    json_set(j, S("quote"), money_json(a, s));
    json_set(j, S("revision"), data_json(a, &revision_record, s->revision));
    json_set(j, S("sites_drawn"),
             data_json(a, &sites_drawn_record, s->sites_drawn));
    json_set(j, S("plan"), plan_json(a, s));
}

static struct json *question_json(struct arena *a, const struct state *s,
                                  enum reader reader)
{
    bool shown = s->question.n > 0 && reader == READER_BODY;

    return shown ? json_new_str(a, s->question) : json_new_null(a);
}

static void set_evaluation(struct arena *a, struct json *j,
                           const struct state *s, enum reader reader)
{
    json_set(j, S("score"), findings_score(a, s));
    json_set(j, S("nonconformities"), nonconformities_json(a, s));
    json_set(j, S("sample"), sample_json(a, s, reader));
    json_set(j, S("defence"), data_json(a, &defence_record, s->defence));
    json_set(j, S("report"), report_json(a, s));
    json_set(j, S("question"), question_json(a, s, reader));
    json_set(j, S("panel"), panel_json(a, s, reader));
    json_set(j, S("motion"), motion_json(a, s, reader));
    json_set(j, S("decision"), decision_json(a, s, reader));
    json_set(j, S("conditions"), conditions_json(a, s));
}

static void set_after(struct arena *a, struct json *j, const struct state *s)
{
    json_set(j, S("certificate"),
             data_json(a, &certificate_record, s->certificate));
    json_set(j, S("round"), json_new_str(a, str_of(round_names[s->round])));
    json_set(j, S("rounds"), json_new_int(a, s->rounds));
    json_set(j, S("surveillances"), json_new_int(a, s->surveillances));
    json_set(j, S("suspension_proposed"),
             json_new_bool(a, s->suspension_proposed));
    json_set(j, S("to_judge"), to_judge_json(a, s));
    json_set(j, S("change"), data_json(a, &change_record, s->change));
    json_set(j, S("reduction"), data_json(a, &reduction_record, s->reduction));
    json_set(j, S("sub_certificates"), subs_json(a, s));
    json_set(j, S("marks"), marks_json(a, s));
    json_set(j, S("misuses"), misuses_json(a, s));
}

err case_view_json(struct arena *a, const struct state *s, str number,
                   const struct enterprise *e, enum reader reader,
                   struct json **out)
{
    struct json *j = json_new_object(a);
    struct json *next = NULL;

    TRY_MEMORY(j);
    set_identity(a, j, s, number, e);
    set_before(a, j, s);
    set_evaluation(a, j, s, reader);
    set_after(a, j, s);
    TRY(next_json(a, s, &next));
    json_set(j, S("next"), next);
    TRY_MEMORY(!j->broken);
    *out = j;
    return OK;
}
