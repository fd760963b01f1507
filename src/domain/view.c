#include "domain/view.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/rights.h"
#include "domain/sampling.h"
#include "domain/stages.h"

#include <stdio.h>

/* --- small builders --------------------------------------------------- */

static struct json *text_json(struct arena *a, str s)
{
    str copy;

    return arena_str(a, s, &copy) ? json_new_str(a, copy) : NULL;
}

static struct json *day_json(struct arena *a, day d)
{
    char text[DAY_TEXT];

    return d == DAY_NEVER ? json_new_null(a) : text_json(a, day_text(d, text));
}

static struct json *id_json(struct arena *a, id i)
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
static struct json *shown_json(struct arena *a, int64_t hundredths)
{
    char text[32];

    (void)snprintf(text, sizeof text, "%lld.%02lld",
                   (long long)(hundredths / 100),
                   (long long)(hundredths % 100));
    return text_json(a, str_of(text));
}

/* "2.5" from thousandths, no needless zero. */
static struct json *points_json(struct arena *a, int32_t thousandths)
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
static struct json *data_json(struct arena *a, const struct record *r,
                              const void *data)
{
    struct json *j = NULL;

    if (data == NULL)
        return json_new_null(a);
    return failed(record_write(a, r, data, &j)) ? NULL : j;
}

static struct json *ratio_json(struct arena *a, int64_t k, int64_t n)
{
    struct json *j = json_new_object(a);

    json_set(j, S("k"), json_new_int(a, k));
    json_set(j, S("n"), json_new_int(a, n));
    return j;
}

/* --- the score -------------------------------------------------------- */

static const char *const gate_state_names[] = {
    [GATE_MET] = "met",
    [GATE_NOT_MET] = "not_met",
    [GATE_UNKNOWN] = "unknown",
    [GATE_CANNOT_TELL] = "cannot_tell",
};

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
        json_set(j, S("state"),
                 json_new_str(a, str_of(gate_state_names[r->state])));
        json_set(j, S("blocks"), json_new_bool(a, r->blocks));
        json_add(list, j);
    }
    return list;
}

static struct json *lost_json(struct arena *a, const struct scheme *s,
                              const struct assessment *in)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < s->leaf_count; i++) {
        struct answer given = in->answers[i];
        int32_t lost = score_lost(s, (int32_t)i, given);
        const struct indicator *leaf = scheme_leaf_at(s, (int32_t)i);
        struct json *j;

        if (lost == 0)
            continue;
        j = json_new_object(a);
        json_set(j, S("indicator"), json_new_str(a, leaf->id));
        json_set(j, S("label"), label_json(a, leaf->label));
        json_set(j, S("points"), points_json(a, lost));
        json_set(j, S("reason"),
                 json_new_str(a, str_of(answer_names[given.kind])));
        if (given.kind == ANSWER_SAMPLED)
            json_set(j, S("sample"), ratio_json(a, given.k, given.n));
        json_set(j, S("assumed"), json_new_bool(a, leaf->assumed));
        json_add(list, j);
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

static struct json *level_json(struct arena *a, const struct scheme *s,
                               int32_t level)
{
    return level < 0 ? json_new_null(a) : json_new_str(a, s->levels[level].id);
}

struct json *score_json(struct arena *a, const struct scheme *s,
                        const struct assessment *in, const struct score *x)
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
    json_set(j, S("lost"), lost_json(a, s, in));
    return j;
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
    struct json *j = json_new_object(a);

    if (x == NULL)
        return json_new_null(a);
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

static struct json *nonconformities_json(struct arena *a, const struct state *s)
{
    static const char *const states[] = {
        [CORRECTION_OPEN] = "open",
        [CORRECTION_SUBMITTED] = "submitted",
        [CORRECTION_ACCEPTED] = "accepted",
    };
    struct json *list = json_new_array(a);

    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];
        struct json *j = data_json(a, &nonconformity_record, x->raised);

        json_set(j, S("state"), json_new_str(a, str_of(states[x->state])));
        json_set(j, S("correction"),
                 data_json(a, &correction_record, x->correction));
        json_add(list, j);
    }
    return list;
}

/* met: shown by the sample; refuted; cannot_tell; open: not yet asked. */
static const char *sample_verdict(const struct state *s)
{
    const struct sample_rule *rule = &s->scheme->sample;

    for (size_t l = 0; l < s->scheme->level_count; l++) {
        for (size_t g = 0; g < s->scheme->levels[l].gate_count; g++) {
            const struct gate *gate = &s->scheme->levels[l].gates[g];
            struct interval w;

            if (gate->figure != rule->figure || s->sample.reached == 0)
                continue;
            if (s->sample.satisfied <=
                refuted_up_to(s->sample.reached, gate->min_n, gate->min_d))
                return "refuted";
            w = wilson(s->sample.satisfied, s->sample.reached);
            return (int64_t)w.low * gate->min_d >= (int64_t)gate->min_n * 10000
                       ? "met"
                       : "cannot_tell";
        }
    }
    return "open";
}

static struct json *sample_json(struct arena *a, const struct state *s)
{
    const struct sample_state *x = &s->sample;
    struct json *j = json_new_object(a);
    struct json *interval = json_new_object(a);

    if (!s->scheme->sample.used || x->commitment == NULL)
        return json_new_null(a);
    json_set(j, S("customers"), json_new_int(a, x->commitment->size));
    json_set(j, S("wanted"),
             json_new_int(a, x->drawn == NULL ? 0 : x->drawn->wanted));
    json_set(j, S("asked"), json_new_int(a, x->asked));
    json_set(j, S("reached"), json_new_int(a, x->reached));
    json_set(j, S("satisfied"), json_new_int(a, x->satisfied));
    json_set(j, S("verdict"), json_new_str(a, str_of(sample_verdict(s))));
    if (x->reached == 0)
        return j;

    struct interval w = wilson(x->satisfied, x->reached);
    json_set(interval, S("low"), shown_json(a, w.low));
    json_set(interval, S("high"), shown_json(a, w.high));
    json_set(j, S("interval_95"), interval);
    return j;
}

static struct json *findings_score(struct arena *a, const struct state *s)
{
    struct findings *x = arena_zero(a, sizeof *x);
    struct score *score = arena_zero(a, sizeof *score);

    if (s->audits == 0)
        return json_new_null(a);
    if (x == NULL || score == NULL)
        return NULL;
    state_findings(s, x);
    score_compute(s->scheme, &x->assessment, score);
    return score_json(a, s->scheme, &x->assessment, score);
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

/* What can be done now, and by whom. */
static struct json *next_json(struct arena *a, const struct state *s)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < command_kind_count(); i++) {
        const struct right *r = right_find(command_kind_at(i)->name);
        struct json *j;
        struct json *roles;

        if (r == NULL || (r->stages & STAGE_BIT(s->stage)) == 0 ||
            strcmp(r->command, "case.open") == 0)
            continue;
        j = json_new_object(a);
        roles = json_new_array(a);
        for (unsigned k = 0; k < ROLE_COUNT; k++) {
            if ((r->roles & ROLE_BIT(k)) != 0)
                json_add(roles, json_new_str(a, str_of(role_names[k])));
        }
        json_set(j, S("command"), json_new_str(a, str_of(r->command)));
        json_set(j, S("roles"), roles);
        json_add(list, j);
    }
    return list;
}

/* --- the whole -------------------------------------------------------- */

static void set_identity(struct arena *a, struct json *j, const struct state *s,
                         str number, const struct enterprise *e)
{
    static const char *const endings[] = {
        [ENDING_NONE] = "none",
        [ENDING_DECLINED] = "declined",
        [ENDING_WITHDRAWN] = "withdrawn",
        [ENDING_REFUSED] = "refused",
    };

    json_set(j, S("number"), json_new_str(a, number));
    json_set(j, S("id"), id_json(a, s->id));
    json_set(j, S("version"), json_new_int(a, s->version));
    json_set(j, S("scheme"), json_new_str(a, s->scheme->id));
    json_set(j, S("scheme_name"), label_json(a, s->scheme->name));
    json_set(j, S("criterion"), json_new_str(a, s->scheme->criterion));
    json_set(j, S("wanted"), json_new_str(a, s->opened->level));
    json_set(j, S("enterprise"), enterprise_json(a, e));
    json_set(j, S("opened"), day_json(a, s->opened_on));
    json_set(j, S("stage"), json_new_str(a, str_of(stage_names[s->stage])));
    json_set(j, S("since"), day_json(a, s->stage_since));
    json_set(j, S("waiting"),
             json_new_str(a, s->waiting == WAITING_BODY ? S("body")
                                                        : S("applicant")));
    json_set(j, S("due"), due_json(a, s));
    json_set(j, S("ending"), json_new_str(a, str_of(endings[s->ending])));
}

static void set_parts(struct arena *a, struct json *j, const struct state *s)
{
    json_set(j, S("eligibility"),
             data_json(a, &eligibility_answered_record, s->eligibility));
    json_set(j, S("assessment"), assessment_json(a, s));
    json_set(j, S("documents"), documents_json(a, s));
    json_set(j, S("application"),
             data_json(a, &application_record, s->application));
    json_set(j, S("supplement"),
             data_json(a, &supplement_asked_record, s->supplement));
    json_set(j, S("quote"), money_json(a, s));
    json_set(j, S("plan"), data_json(a, &plan_record, s->plan));
    json_set(j, S("score"), findings_score(a, s));
    json_set(j, S("nonconformities"), nonconformities_json(a, s));
    json_set(j, S("sample"), sample_json(a, s));
    json_set(j, S("defence"), data_json(a, &defence_record, s->defence));
    json_set(j, S("report"), data_json(a, &report_record, s->report));
    json_set(j, S("decision"), data_json(a, &decision_record, s->decision));
    json_set(j, S("certificate"),
             data_json(a, &certificate_record, s->certificate));
    json_set(j, S("round"), json_new_str(a, str_of(round_names[s->round])));
    json_set(j, S("rounds"), json_new_int(a, s->rounds));
    json_set(j, S("surveillances"), json_new_int(a, s->surveillances));
    json_set(j, S("suspension_proposed"),
             json_new_bool(a, s->suspension_proposed));
    json_set(j, S("to_judge"), to_judge_json(a, s));
    json_set(j, S("next"), next_json(a, s));
}

err case_view_json(struct arena *a, const struct state *s, str number,
                   const struct enterprise *e, struct json **out)
{
    struct json *j = json_new_object(a);

    TRY_MEMORY(j);
    set_identity(a, j, s, number, e);
    set_parts(a, j, s);
    TRY_MEMORY(!j->broken);
    *out = j;
    return OK;
}
