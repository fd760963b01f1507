#include "service/script.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/yaml.h"
#include "domain/completeness.h"
#include "domain/sampling.h"

/*
 * A step is written down with the arena and the script at hand.  Builders of
 * json.h take NULL for "no memory", so one check at the end does.
 */
struct writing {
    struct arena *a;
    const struct script *s;
    struct step *out;
    struct json *data;
};

static str words(const struct writing *w, const char *key)
{
    const struct yaml *y = yaml_get(w->s->texts, str_of(key));

    return y == NULL ? S("") : y->text;
}

static void put_str(struct writing *w, const char *key, str value)
{
    json_set(w->data, str_of(key), json_new_str(w->a, value));
}

static void put_text(struct writing *w, const char *key, const char *text)
{
    put_str(w, key, words(w, text));
}

static void put_int(struct writing *w, const char *key, int64_t value)
{
    json_set(w->data, str_of(key), json_new_int(w->a, value));
}

static void put_bool(struct writing *w, const char *key, bool value)
{
    json_set(w->data, str_of(key), json_new_bool(w->a, value));
}

/* Text that must live as long as the arena. */
static str kept(struct writing *w, str s)
{
    str copy = S("");

    return arena_str(w->a, s, &copy) ? copy : S("");
}

static void put_day(struct writing *w, const char *key, day d)
{
    char text[DAY_TEXT];

    put_str(w, key, kept(w, day_text(d, text)));
}

static void put_hash(struct writing *w, const char *key, const struct hash *h)
{
    struct buf b;
    str text = S("");

    buf_init(&b, w->a, 64);
    buf_hex(&b, h->b, sizeof h->b);
    if (failed(buf_done(&b, &text)))
        return;
    put_str(w, key, text);
}

/* A list of one text. */
static void put_strs(struct writing *w, const char *key, str one)
{
    struct json *list = json_new_array(w->a);

    json_add(list, json_new_str(w->a, one));
    json_set(w->data, str_of(key), list);
}

static void step(struct writing *w, const char *login, const char *command,
                 int32_t days)
{
    w->out->login = str_of(login);
    w->out->command = str_of(command);
    w->out->days = days;
}

static void applicant(struct writing *w, const char *command, int32_t days)
{
    step(w, "applicant", command, days);
}

static void by(struct writing *w, str login, const char *command, int32_t days)
{
    step(w, "", command, days);
    w->out->login = login;
}

/* --- preparation ------------------------------------------------------- */

static void write_declarations(struct writing *w)
{
    const struct scheme *sch = w->s->state->scheme;
    struct json *list = json_new_array(w->a);

    applicant(w, "eligibility.answer", 1);
    for (size_t i = 0; i < sch->eligibility_count; i++) {
        const struct eligibility *e = &sch->eligibility[i];
        struct json *one;

        if (e->kind != ELIGIBLE_DECLARED)
            continue;
        one = json_new_object(w->a);
        json_set(one, S("item"), json_new_str(w->a, e->id));
        json_set(one, S("yes"), json_new_bool(w->a, e->want));
        json_add(list, one);
    }
    json_set(w->data, S("declarations"), list);
}

/* Is this leaf one of the weak ones?  They are spread over the tree. */
static bool is_weak(const struct script *s, int32_t leaf)
{
    int32_t n = (int32_t)s->state->scheme->leaf_count;
    int32_t stride = n / (s->weak + 1);

    if (s->weak == 0 || stride == 0)
        return false;
    int32_t shift = (int32_t)(s->nature % (uint64_t)stride);
    return leaf % stride == shift && leaf / stride < s->weak;
}

static void put_result(struct writing *w, struct json *to, int32_t leaf)
{
    const struct indicator *in = scheme_leaf_at(w->s->state->scheme, leaf);
    bool weak = is_weak(w->s, leaf);

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
static int64_t figure_k(const struct script *s, size_t i)
{
    return 91 + (int64_t)((s->nature >> (8 * i)) % 9);
}

static void write_assessment(struct writing *w)
{
    const struct scheme *sch = w->s->state->scheme;
    struct json *answers = json_new_array(w->a);
    struct json *figures = json_new_array(w->a);

    applicant(w, "assessment.record", 3);
    for (size_t i = 0; i < sch->leaf_count; i++) {
        struct json *one = json_new_object(w->a);

        put_result(w, one, (int32_t)i);
        json_add(answers, one);
    }
    for (size_t i = 0; i < sch->figure_count; i++) {
        struct json *one = json_new_object(w->a);

        json_set(one, S("figure"), json_new_str(w->a, sch->figures[i].id));
        json_set(one, S("k"), json_new_int(w->a, figure_k(w->s, i)));
        json_set(one, S("n"), json_new_int(w->a, 100));
        json_add(figures, one);
    }
    json_set(w->data, S("answers"), answers);
    json_set(w->data, S("figures"), figures);
}

static void write_document(struct writing *w, const struct requirement *r,
                           int32_t days)
{
    struct buf b;
    str title = S("");

    applicant(w, "document.add", days);
    buf_init(&b, w->a, 600);
    buf_str(&b, words(w, "document"));
    buf_str(&b, S(" "));
    buf_str(&b, r->label.zh);
    if (failed(buf_done(&b, &title)))
        return;
    put_str(w, "requirement", r->id);
    put_str(w, "title", title);
    put_hash(w, "blob", &w->s->blob);
    put_int(w, "size", w->s->blob_size);
    put_day(w, "covers_from", w->s->today - 200);
    put_day(w, "covers_to", w->s->today - 5);
}

/* A required document that is not there yet, the last one kept back by who
 * applies incompletely; NULL when none is left. */
static const struct requirement *next_document(const struct script *s,
                                               bool keep_back)
{
    const struct scheme *sch = s->state->scheme;
    const struct requirement *open = NULL;
    size_t count = 0;

    for (size_t i = 0; i < sch->requirement_count; i++) {
        if (!sch->requirements[i].required ||
            s->state->requirements[i].document != NULL)
            continue;
        open = open == NULL ? &sch->requirements[i] : open;
        count++;
    }
    return keep_back && count == 1 ? NULL : open;
}

static void write_site(struct writing *w, struct json *sites, str name,
                       const char *kind)
{
    struct json *one = json_new_object(w->a);

    json_set(one, S("name"), json_new_str(w->a, name));
    json_set(one, S("place"), json_new_str(w->a, words(w, "place")));
    json_set(one, S("kind"), json_new_str(w->a, str_of(kind)));
    json_add(sites, one);
}

static void write_application(struct writing *w)
{
    struct json *sites = json_new_array(w->a);

    applicant(w, "application.submit", 1);
    put_str(w, "scope", w->s->scope);
    put_str(w, "scope_en", w->s->scope_en);
    put_int(w, "staff", w->s->staff);
    put_int(w, "service_staff", w->s->staff / 4 + 1);
    write_site(w, sites, words(w, "headquarters"), "hq");
    for (int64_t i = 1; i <= w->s->outlets; i++) {
        struct buf b;
        str name = S("");

        buf_init(&b, w->a, 200);
        buf_str(&b, words(w, "outlet"));
        buf_int(&b, i);
        if (failed(buf_done(&b, &name)))
            return;
        write_site(w, sites, name, "outlet");
    }
    json_set(w->data, S("sites"), sites);
}

static void in_preparation(struct writing *w)
{
    const struct state *s = w->s->state;
    const struct requirement *r = next_document(w->s, w->s->incomplete);

    if (s->eligibility == NULL)
        write_declarations(w);
    else if (s->assessment == NULL)
        write_assessment(w);
    else if (r != NULL)
        write_document(w, r, 0);
    else
        write_application(w);
}

/* --- completeness and contract ----------------------------------------- */

static void in_completeness(struct writing *w)
{
    const struct state *s = w->s->state;
    const struct requirement *r = next_document(w->s, false);

    if (s->waiting == WAITING_BODY && r != NULL) {
        step(w, "intake", "supplement.ask", 2);
        put_text(w, "note", "supplement");
    } else if (r != NULL) {
        write_document(w, r, 4);
    } else if (s->waiting == WAITING_APPLICANT) {
        applicant(w, "application.resubmit", 0);
    } else {
        step(w, "intake", "application.accept", 1);
    }
}

static void write_line(struct writing *w, struct json *lines, const char *text,
                       const char *kind, int64_t amount)
{
    struct json *one = json_new_object(w->a);

    json_set(one, S("text"), json_new_str(w->a, words(w, text)));
    json_set(one, S("kind"), json_new_str(w->a, str_of(kind)));
    json_set(one, S("amount"), json_new_int(w->a, amount));
    json_add(lines, one);
}

/* The package's table of days on site for this many staff, in tenths. */
static int64_t table_days(const struct script *s)
{
    const struct team_rule *t = &s->state->scheme->team;

    for (size_t i = 0; i < t->row_count; i++) {
        if (s->staff >= t->rows[i].staff_from &&
            s->staff <= t->rows[i].staff_to)
            return t->rows[i].initial_site;
    }
    return 20;
}

static void write_quote(struct writing *w)
{
    const struct fees *fees = &w->s->state->scheme->fees;
    struct json *lines = json_new_array(w->a);

    step(w, "finance", "quote.make", 1);
    write_line(w, lines, "fee_application", "fee", fees->application);
    write_line(w, lines, "fee_audit", "fee",
               fees->per_day * table_days(w->s) / 10);
    write_line(w, lines, "fee_registration", "fee", fees->registration);
    write_line(w, lines, "fee_travel", "travel", 300000);
    json_set(w->data, S("lines"), lines);
    put_int(w, "prepay", fees->prepay_least);
}

static void in_contract(struct writing *w)
{
    const struct state *s = w->s->state;

    if (s->quote == NULL) {
        write_quote(w);
    } else if (!s->client_accepted) {
        applicant(w, "contract.accept", 2);
    } else if (!s->body_signed) {
        step(w, "finance", "contract.sign", 1);
    } else {
        step(w, "finance", "payment.record", 2);
        put_int(w, "amount", s->quote->prepayment);
        put_day(w, "received", w->s->today);
        put_str(w, "payer", w->s->client);
    }
}

/* --- document review and plan ------------------------------------------ */

static void put_aspect(struct writing *w, const struct requirement *r,
                       const char *key, unsigned bit, bool yes)
{
    put_str(w, key,
            (r->aspects & bit) == 0 ? S("na")
            : yes                   ? S("yes")
                                    : S("no"));
}

static void write_judgement(struct writing *w, const struct requirement *r,
                            bool yes)
{
    by(w, w->s->lead, "document.judge", 0);
    put_str(w, "requirement", r->id);
    put_aspect(w, r, "quantified", ASPECT_QUANTIFIED, yes);
    put_aspect(w, r, "closed", ASPECT_CLOSED, yes);
    put_aspect(w, r, "resourced", ASPECT_RESOURCED, yes);
    put_text(w, "note", yes ? "judged" : "gap");
}

static bool judged_yes(const struct judgement *j)
{
    return j->quantified != VERDICT_NO && j->closed != VERDICT_NO &&
           j->resourced != VERDICT_NO;
}

static void in_documents(struct writing *w)
{
    const struct state *s = w->s->state;
    const struct scheme *sch = s->scheme;

    for (size_t i = 0; i < sch->requirement_count; i++) {
        const struct requirement *r = &sch->requirements[i];
        const struct requirement_state *have = &s->requirements[i];

        if (r->aspects == 0 || have->document == NULL)
            continue;
        if (have->judgement == NULL) {
            write_judgement(w, r, !w->s->gap || s->revision != NULL);
            return;
        }
        if (judged_yes(have->judgement))
            continue;
        if (s->waiting == WAITING_APPLICANT) {
            write_document(w, r, 5);
            return;
        }
        by(w, w->s->lead, "revision.ask", 1);
        put_day(w, "until", w->s->today + 10);
        put_text(w, "note", "revision");
        return;
    }
    by(w, w->s->lead, "review.pass", 1);
}

static void write_plan(struct writing *w, const char *command, day from,
                       int64_t tenths)
{
    int64_t days = (tenths + 19) / 20; /* two people */

    step(w, "planner", command, 1);
    put_str(w, "lead", w->s->lead);
    put_strs(w, "members", w->s->member);
    put_day(w, "from", from);
    put_day(w, "to", from + (day)days - 1);
    put_int(w, "person_days", tenths);
    put_text(w, "reason", "seen");
}

static void in_plan(struct writing *w)
{
    if (w->s->state->plan == NULL)
        write_plan(w, "plan.make", w->s->today + 10, table_days(w->s));
    else
        applicant(w, "plan.agree", 2);
}

/* --- site audit -------------------------------------------------------- */

static void write_finding(struct writing *w, int32_t leaf)
{
    by(w, leaf % 3 == 0 ? w->s->lead : w->s->member, "finding.record", 0);
    put_result(w, w->data, leaf);
    put_text(w, "note", is_weak(w->s, leaf) ? "not_met" : "judged");
    put_strs(w, "evidence", words(w, "seen"));
}

/* The weak leaf that has no nonconformity yet, or -1. */
static int32_t next_nonconformity(const struct script *s)
{
    int32_t raised = s->state->nonconformity_count;

    for (size_t i = 0; i < s->state->scheme->leaf_count; i++) {
        if (is_weak(s, (int32_t)i) && raised-- == 0)
            return (int32_t)i;
    }
    return -1;
}

static void write_nonconformity(struct writing *w, int32_t leaf)
{
    by(w, w->s->lead, "nonconformity.raise", 0);
    put_str(w, "indicator", scheme_leaf_at(w->s->state->scheme, leaf)->id);
    put_str(w, "grade", S("minor"));
    put_text(w, "text", "nonconformity");
}

static void write_customer(struct writing *w)
{
    int32_t position = w->s->state->sample.asked + 1;
    uint64_t luck = (w->s->nature >> (position % 32)) & 31;

    by(w, w->s->member, "sample.ask", 0);
    put_int(w, "position", position);
    put_str(w, "outcome",
            luck == 0   ? S("unreached")
            : luck == 1 ? S("dissatisfied")
                        : S("satisfied"));
}

static void sample_step(struct writing *w)
{
    const struct sample_state *x = &w->s->state->sample;

    if (x->commitment == NULL) {
        struct hash own = sampling_commitment(&w->s->nonces[0]);

        by(w, w->s->member, "sample.commit", 0);
        put_hash(w, "list", &w->s->blob);
        put_int(w, "size", 300 + (int64_t)(w->s->nature % 700));
        put_hash(w, "commitment", &own);
    } else if (x->nonce == NULL) {
        applicant(w, "sample.give_nonce", 0);
        put_hash(w, "nonce", &w->s->nonces[1]);
    } else if (x->drawn == NULL) {
        by(w, w->s->member, "sample.reveal", 0);
        put_hash(w, "nonce", &w->s->nonces[0]);
    } else {
        write_customer(w);
    }
}

/* The first leaf or figure without a record, or -1. */
static int32_t next_leaf(const struct state *s)
{
    for (size_t i = 0; i < s->scheme->leaf_count; i++) {
        if (s->leaves[i].finding == NULL)
            return (int32_t)i;
    }
    return -1;
}

static int32_t next_figure(const struct state *s)
{
    for (size_t i = 0; i < s->scheme->figure_count; i++) {
        if (s->figures[i].n == 0)
            return (int32_t)i;
    }
    return -1;
}

static void write_figure(struct writing *w, int32_t at)
{
    by(w, w->s->member, "figure.record", 0);
    put_str(w, "figure", w->s->state->scheme->figures[at].id);
    put_int(w, "k", figure_k(w->s, (size_t)at));
    put_int(w, "n", 100);
    put_text(w, "source", "figures");
}

static bool sample_open(const struct state *s)
{
    return s->scheme->sample.used &&
           (s->sample.drawn == NULL ||
            s->sample.reached < s->sample.drawn->wanted) &&
           s->sample.asked < CUSTOMER_MAX;
}

static void audit_end(struct writing *w)
{
    const struct state *s = w->s->state;

    if (sample_open(s)) {
        sample_step(w);
    } else if (s->scheme->defence && s->defence == NULL) {
        by(w, w->s->lead, "defence.record", 0);
        put_bool(w, "passed", true);
        put_text(w, "note", "defence");
    } else {
        by(w, w->s->lead, "audit.close", 0);
        put_text(w, "note", "closing");
    }
}

static void in_audit(struct writing *w)
{
    const struct state *s = w->s->state;
    int32_t leaf = next_leaf(s);
    int32_t figure = next_figure(s);
    int32_t nonconformity = next_nonconformity(w->s);

    if (!s->opening_held) {
        by(w, w->s->lead, "audit.open",
           s->plan->from > w->s->today ? s->plan->from - w->s->today : 0);
        put_text(w, "note", "meeting");
    } else if (leaf >= 0) {
        write_finding(w, leaf);
    } else if (nonconformity >= 0) {
        write_nonconformity(w, nonconformity);
    } else if (figure >= 0) {
        write_figure(w, figure);
    } else {
        audit_end(w);
    }
}

/* --- report, correction, decision -------------------------------------- */

static void in_report(struct writing *w)
{
    const struct state *s = w->s->state;

    if (s->report != NULL) {
        applicant(w, "report.acknowledge", 2);
        return;
    }
    by(w, w->s->lead, "report.issue", 3);
    put_bool(w, "recommended", true);
    put_text(w, "summary", "report");
    if (state_open_nonconformities(s) > 0)
        put_day(w, "correct_until",
                span_end(NULL, w->s->today, s->scheme->limits.minor_most).on);
}

static void in_correction(struct writing *w)
{
    const struct state *s = w->s->state;

    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];

        if (x->raised->grade == GRADE_OBSERVATION ||
            x->state == CORRECTION_ACCEPTED)
            continue;
        if (x->state == CORRECTION_OPEN) {
            applicant(w, "correction.submit", 6);
            put_text(w, "cause", "cause");
            put_text(w, "action", "action");
            put_strs(w, "evidence", words(w, "evidence"));
        } else {
            by(w, w->s->member, "correction.accept", 1);
            put_text(w, "note", "accepted");
        }
        put_int(w, "number", x->raised->number);
        return;
    }
}

static void write_decision(struct writing *w, const struct score *score)
{
    bool grant = score->level >= 0 &&
                 score->level >= scheme_level(w->s->state->scheme, w->s->level);

    step(w, "reviewer", grant ? "decision.grant" : "decision.refuse", 3);
    if (grant)
        put_text(w, "note", "decision");
    else
        put_text(w, "reasons", "refusal");
}

static err in_decision(struct writing *w)
{
    struct score *score = arena_zero(w->a, sizeof *score);

    TRY_MEMORY(score);
    if (w->s->state->decision != NULL) {
        step(w, "head", "decision.sign", 1);
        return OK;
    }
    state_score(w->s->state, score);
    write_decision(w, score);
    return OK;
}

/* --- upkeep ------------------------------------------------------------ */

static void in_upkeep(struct writing *w)
{
    const struct state *s = w->s->state;

    if (s->surveillances > 0)
        return;
    if (s->surveillance_plan == NULL) {
        write_plan(w, "surveillance.plan", w->s->today + 14, 20);
        w->out->days = 340;
        put_day(w, "from", w->s->today + 14);
    } else if (s->surveillance == NULL) {
        by(w, w->s->lead, "surveillance.record",
           s->surveillance_plan->from - w->s->today);
        put_bool(w, "runs", true);
        put_int(w, "satisfied_k", figure_k(w->s, 2));
        put_int(w, "satisfied_n", 100);
        put_text(w, "improvements", "improvements");
    } else {
        step(w, "reviewer", "surveillance.conclude", 3);
        put_bool(w, "keep", true);
    }
}

static err write_step(struct writing *w)
{
    switch (w->s->state->stage) {
    case STAGE_PREPARATION: in_preparation(w); break;
    case STAGE_COMPLETENESS: in_completeness(w); break;
    case STAGE_CONTRACT: in_contract(w); break;
    case STAGE_DOCUMENTS: in_documents(w); break;
    case STAGE_PLAN: in_plan(w); break;
    case STAGE_AUDIT: in_audit(w); break;
    case STAGE_REPORT: in_report(w); break;
    case STAGE_CORRECTION: in_correction(w); break;
    case STAGE_DECISION: return in_decision(w);
    case STAGE_CERTIFICATE:
        step(w, "certificates", "certificate.issue", 2);
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
    struct writing w = { a, s, &made, json_new_object(a) };

    TRY(write_step(&w));
    TRY_MEMORY(w.data);
    made.data = w.data;
    *out = made;
    return OK;
}
