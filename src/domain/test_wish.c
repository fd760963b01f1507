#include "domain/test_wish.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/commands.h"
#include "domain/sampling.h"

#include <string.h>

/* --- small things --------------------------------------------------------- */

/* A list of one text. */
static struct list one_text(struct walk *w, str text)
{
    str *p = arena_array(w->arena, 1, sizeof *p);

    if (p == NULL)
        return (struct list){ 0 };
    *p = text;
    return (struct list){ p, 1 };
}

static day in_days(struct walk *w, int32_t least, int32_t most)
{
    uint64_t width = (uint64_t)(uint32_t)(most - least);

    return w->facts.today + least + (int32_t)walk_pick(w, width + 1);
}

static day end_of(struct walk *w, struct span s)
{
    return span_end(w->facts.calendar, w->facts.today, s).on;
}

static void say(struct walk *, void *data)
{
    *(struct note *)data = (struct note){ S("可") };
}

static void give_reasons(struct walk *, void *data)
{
    *(struct reasons *)data = (struct reasons){ S("理由") };
}

/* --- preparation ---------------------------------------------------------- */

static void open(struct walk *w, void *data)
{
    const struct scheme *s = w->scheme;

    *(struct case_open *)data = (struct case_open){
        .scheme = s->id,
        .level = s->levels[walk_pick(w, s->level_count)].id,
        .kind = walk_seldom(w, 5) ? CASE_TRANSFER : CASE_INITIAL,
    };
}

static void transfer(struct walk *w, void *data)
{
    bool over = walk_seldom(w, 12);

    *(struct transfer *)data = (struct transfer){
        .number = S("99925SC0001R0S"),
        .body = S("示例机构"),
        .approval = S("示例"),
        .criterion = w->scheme->criterion,
        .level = w->scheme->levels[0].id,
        .first_issued = in_days(w, -400, -300),
        .until = over ? in_days(w, -20, -1) : in_days(w, 300, 900),
        .last_audit = in_days(w, -300, -1),
        .suspended = walk_seldom(w, 12),
        .reason = S("机构调整"),
        .evidence = one_text(w, S("证书")),
    };
}

static void declare(struct walk *w, void *data)
{
    const struct scheme *s = w->scheme;
    struct declaration *d =
        arena_array(w->arena, s->eligibility_count, sizeof *d);
    bool honest = !walk_seldom(w, 6);
    size_t n = 0;

    for (size_t i = 0; d != NULL && i < s->eligibility_count; i++) {
        const struct eligibility *rule = &s->eligibility[i];

        if (rule->kind == ELIGIBLE_DECLARED)
            d[n++] = (struct declaration){ rule->id,
                                           honest ? rule->want : !rule->want,
                                           S("") };
    }
    *(struct eligibility_answer *)data =
        (struct eligibility_answer){ { d, n } };
}

/* Met, or nearly; `good` in a hundred are. */
static struct reply answer(struct walk *w, size_t leaf, uint64_t good)
{
    const struct indicator *in = scheme_leaf_at(w->scheme, (int32_t)leaf);
    bool met = walk_pick(w, 100) < good;
    struct reply r = { .indicator = in->id };

    if (!met && in->excludable) {
        r.result = RESULT_NA;
        r.reason = S("没有这项业务");
    } else if (in->kind == LEAF_SAMPLED) {
        r.result = RESULT_SAMPLED;
        r.n = 1 + (int64_t)walk_pick(w, 20);
        r.k = met ? r.n : r.n - 1;
    } else {
        r.result = met ? RESULT_MET : RESULT_NOT_MET;
    }
    return r;
}

static struct list figures(struct walk *w)
{
    const struct scheme *s = w->scheme;
    struct figure_reply *p = arena_array(w->arena, s->figure_count, sizeof *p);

    for (size_t i = 0; p != NULL && i < s->figure_count; i++)
        p[i] = (struct figure_reply){ s->figures[i].id,
                                      88 + (int64_t)walk_pick(w, 13), 100 };
    return (struct list){ p, p == NULL ? 0 : s->figure_count };
}

/* One choice for all leaves: a walk is not to drown in them. */
static void assess(struct walk *w, void *data)
{
    const struct scheme *s = w->scheme;
    struct reply *p = arena_array(w->arena, s->leaf_count, sizeof *p);
    bool weak = walk_seldom(w, 4);

    for (size_t i = 0; p != NULL && i < s->leaf_count; i++)
        p[i] = answer(w, i, weak && i % 4 == 0 ? 50 : 100);
    *(struct assessment_record *)data =
        (struct assessment_record){ { p, p == NULL ? 0 : s->leaf_count },
                                    figures(w) };
}

static bool has_gap(const struct judgement *j)
{
    return j != NULL && (j->quantified == VERDICT_NO ||
                         j->closed == VERDICT_NO || j->resourced == VERDICT_NO);
}

/* The first requirement that is not met, or whose document has a gap; any when
 * there is none. */
static size_t wanting(struct walk *w)
{
    const struct state *s = w->state;
    size_t n = w->scheme->requirement_count;
    day since = s->application == NULL ? w->facts.today : s->applied_on;

    for (size_t i = 0; i < n; i++) {
        enum lack why;

        if (has_gap(s->requirements[i].judgement) ||
            !state_requirement_met(s, (int32_t)i, since, &why))
            return i;
    }
    return (size_t)walk_pick(w, n);
}

static void add_document(struct walk *w, void *data)
{
    const struct requirement *r = &w->scheme->requirements[wanting(w)];
    struct document *d = data;

    *d = (struct document){
        .requirement = r->id,
        .title = S("文件"),
        .blob = { { 1 } },
        .size = 1 + (int64_t)walk_pick(w, 1000),
        .covers_from = DAY_NEVER,
        .covers_to = DAY_NEVER,
    };
    if (!r->has_period && !walk_seldom(w, 4))
        return;
    d->covers_to = w->facts.today - (int32_t)walk_pick(w, 30) * 8;
    d->covers_from = d->covers_to - (int32_t)walk_pick(w, 300);
}

static void submit(struct walk *w, void *data)
{
    static const str names[] = { S_INIT("总部"), S_INIT("一店"), S_INIT("二店"),
                                 S_INIT("三店") };
    size_t n = 1 + (size_t)walk_pick(w, COUNT(names));
    struct site *sites = arena_array(w->arena, n, sizeof *sites);
    int64_t staff = (int64_t[]){ 8, 40, 120, 2000 }[walk_pick(w, 4)];

    for (size_t i = 0; sites != NULL && i < n; i++)
        sites[i] = (struct site){
            .name = names[i],
            .place = S("示例市"),
            .kind = i == 0 ? SITE_HQ : SITE_OUTLET,
        };
    *(struct application_submit *)data = (struct application_submit){
        .scope = S("家用电器的售后服务"),
        .scope_en = S("After-sales service of household appliances"),
        .staff = staff,
        .service_staff = staff / 3 + 1,
        .sites = { sites, sites == NULL ? 0 : n },
    };
}

/* --- review and plan ------------------------------------------------------ */

static int verdict(struct walk *w, const struct requirement *r, unsigned bit)
{
    if ((r->aspects & bit) == 0)
        return VERDICT_NA;
    return walk_seldom(w, 12) ? VERDICT_NO : VERDICT_YES;
}

static void judge_document(struct walk *w, void *data)
{
    size_t n = w->scheme->requirement_count;
    size_t at = (size_t)walk_pick(w, n);

    for (size_t i = 0; i < n; i++) {
        const struct requirement_state *x = &w->state->requirements[i];

        if (x->document != NULL && x->judgement == NULL &&
            w->scheme->requirements[i].aspects != 0)
            at = i;
    }
    const struct requirement *r = &w->scheme->requirements[at];
    *(struct judgement *)data = (struct judgement){
        .requirement = r->id,
        .quantified = verdict(w, r, ASPECT_QUANTIFIED),
        .closed = verdict(w, r, ASPECT_CLOSED),
        .resourced = verdict(w, r, ASPECT_RESOURCED),
        .note = S("见第三章"),
    };
}

static void ask_revision(struct walk *w, void *data)
{
    day latest = end_of(w, w->scheme->limits.revision);

    *(struct revision *)data =
        (struct revision){ walk_seldom(w, 8) ? latest + 1 : in_days(w, 1, 5),
                           S("请修订") };
}

static const str auditors[] = { S_INIT("lead"), S_INIT("auditor"),
                                S_INIT("spare"), S_INIT("jack") };

static void make_plan(struct walk *w, void *data)
{
    size_t first = (size_t)walk_pick(w, COUNT(auditors));
    int32_t days = 1 + (int32_t)walk_pick(w, 3);
    day from = in_days(w, 0, 3);
    str *members = arena_array(w->arena, 2, sizeof *members);

    if (members != NULL) {
        members[0] = auditors[(first + 1) % COUNT(auditors)];
        members[1] = walk_seldom(w, 3)
                         ? S("expert")
                         : auditors[(first + 2) % COUNT(auditors)];
    }
    *(struct plan_make *)data = (struct plan_make){
        .lead = auditors[first],
        .members = { members, members == NULL ? 0 : 1 + walk_pick(w, 2) },
        .from = from,
        .to = from + days - 1,
        .person_days = 5 + (int64_t)walk_pick(w, 12) * 5,
        .reason = walk_seldom(w, 3) ? S("") : S("网点集中"),
    };
}

/* --- site audit ----------------------------------------------------------- */

static size_t next_leaf(struct walk *w)
{
    size_t n = w->scheme->leaf_count;
    size_t from = (size_t)walk_pick(w, n);

    for (size_t i = 0; i < n; i++) {
        size_t at = (from + i) % n;

        if (w->state->leaves[at].finding == NULL &&
            (state_round_judges(w->state, (int32_t)at) || walk_seldom(w, 40)))
            return at;
    }
    return from;
}

static void find(struct walk *w, void *data)
{
    struct reply r = answer(w, next_leaf(w), w->good);

    *(struct finding *)data = (struct finding){
        .indicator = r.indicator,
        .result = r.result,
        .k = r.k,
        .n = r.n,
        .note = r.reason,
        .evidence = one_text(w, S("现场记录")),
    };
}

static void record_figure(struct walk *w, void *data)
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
    };
}

static void note_special(struct walk *w, void *data)
{
    *(struct special *)data =
        (struct special){ walk_pick(w, 2) == 1, S("特别事项") };
}

/* About something that was found wanting, if there is any. */
static void raise(struct walk *w, void *data)
{
    size_t n = w->scheme->leaf_count;
    size_t at = (size_t)walk_pick(w, n);

    for (size_t i = 0; i < n; i++) {
        const struct finding *f = w->state->leaves[i].finding;

        if (f != NULL && (f->result == RESULT_NOT_MET ||
                          (f->result == RESULT_SAMPLED && f->k < f->n)))
            at = i;
    }
    *(struct nonconformity_raise *)data = (struct nonconformity_raise){
        .indicator = scheme_leaf_at(w->scheme, (int32_t)at)->id,
        .grade = (int[]){ GRADE_MINOR, GRADE_MINOR, GRADE_MAJOR,
                          GRADE_OBSERVATION }[walk_pick(w, 4)],
        .text = S("未按规定执行"),
    };
}

static void commit(struct walk *w, void *data)
{
    const struct sample_rule *rule = &w->scheme->sample;

    *(struct sample_commitment *)data = (struct sample_commitment){
        .list = { { 2, (uint8_t)walk_pick(w, 9) } },
        .size = (int64_t[]){ 3000, 300, 12, 1 }[walk_pick(w, 4)],
        .commitment = sampling_commitment(&w->own_nonce),
        .wanted = walk_pick(w, 2) == 0 ? 0 : rule->least,
    };
}

static void give_nonce(struct walk *w, void *data)
{
    struct hash nonce = { { 3, (uint8_t)walk_pick(w, 9) } };

    *(struct sample_nonce *)data = (struct sample_nonce){ nonce };
}

static void reveal(struct walk *w, void *data)
{
    *(struct sample_nonce *)data = (struct sample_nonce){ w->own_nonce };
}

static void ask(struct walk *w, void *data)
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

static void defend(struct walk *w, void *data)
{
    *(struct defence *)data = (struct defence){ !walk_seldom(w, 4), S("答辩") };
}

/* --- report, correction, decision ----------------------------------------- */

static bool to_correct(const struct state *s)
{
    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        if (s->nonconformities[i].raised->grade != GRADE_OBSERVATION)
            return true;
    }
    return false;
}

static void report(struct walk *w, void *data)
{
    const struct limits *x = &w->scheme->limits;
    day least = end_of(w, x->minor_least);
    day most = end_of(w, x->minor_most);

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
            s->nonconformities[i].raised->grade != GRADE_OBSERVATION)
            return i + 1;
    }
    return 1;
}

static void correct(struct walk *w, void *data)
{
    *(struct correction *)data = (struct correction){
        .number = number_in(w->state, CORRECTION_OPEN),
        .cause = S("职责不清"),
        .action = S("专人负责"),
        .evidence = one_text(w, S("新制度")),
    };
}

static void judge_correction(struct walk *w, void *data)
{
    *(struct correction_judge *)data =
        (struct correction_judge){ number_in(w->state, CORRECTION_SUBMITTED),
                                   S("已核") };
}

static void extend(struct walk *w, void *data)
{
    day until = w->state->correct_until;
    day from =
        until == DAY_NEVER || until < w->facts.today ? w->facts.today : until;

    *(struct extension *)data =
        (struct extension){ from + 1 + (day)walk_pick(w, 10), S("节假日") };
}

static void grant(struct walk *w, void *data)
{
    const struct scheme *s = w->scheme;

    *(struct decision_grant *)data = (struct decision_grant){
        walk_seldom(w, 4) ? s->levels[walk_pick(w, s->level_count)].id : S(""),
        walk_seldom(w, 2) ? S("") : S("同意"),
    };
}

/* --- upkeep, appeals, complaints ------------------------------------------ */

static void open_round(struct walk *w, void *data)
{
    static const int kinds[] = { ROUND_SURVEILLANCE, ROUND_SURVEILLANCE,
                                 ROUND_SPECIAL, ROUND_EXTENSION };

    *(struct round_opened *)data = (struct round_opened){
        kinds[walk_pick(w, COUNT(kinds))],
        walk_seldom(w, 6) ? S("") : S("投诉集中"),
    };
}

static void suspend(struct walk *w, void *data)
{
    *(struct suspension_decide *)data =
        (struct suspension_decide){ (int)walk_pick(w, 8), S("热线停用"),
                                    in_days(w, -9, 0) };
}

static void reduce(struct walk *, void *data)
{
    *(struct reduction *)data =
        (struct reduction){ S("空调售后"), S("Air conditioners"), S("停产") };
}

static void end_it(struct walk *w, void *data)
{
    *(struct ending_reasons *)data =
        (struct ending_reasons){ (int)walk_pick(w, 4), S("期满未改") };
}

static void appeal(struct walk *w, void *data)
{
    const struct state *s = w->state;
    int subject = s->ending == ENDING_REFUSED ? APPEAL_REFUSAL
                  : s->withdrawal != NULL     ? APPEAL_WITHDRAWAL
                                              : APPEAL_SUSPENSION;

    *(struct appeal *)data = (struct appeal){
        walk_seldom(w, 8) ? (int)walk_pick(w, 3) : subject,
        S("评分有误"),
        one_text(w, S("记录")),
    };
}

static void assign_appeal(struct walk *w, void *data)
{
    *(struct appeal_assign *)data = (struct appeal_assign){
        one_text(w, walk_seldom(w, 6) ? S("reviewer") : S("appeal"))
    };
}

static void decide_appeal(struct walk *w, void *data)
{
    *(struct appeal_decision *)data =
        (struct appeal_decision){ walk_pick(w, 2) == 1, S("理由") };
}

static void complain(struct walk *w, void *data)
{
    *(struct complaint_record *)data =
        (struct complaint_record){ (int)walk_pick(w, 3), S("回复太慢"),
                                   in_days(w, -5, 0) };
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

static void assign_complaint(struct walk *w, void *data)
{
    *(struct complaint_assign *)data = (struct complaint_assign){
        open_complaint(w->state),
        walk_seldom(w, 4) ? S("lead") : S("intake"),
    };
}

static void answer_complaint(struct walk *w, void *data)
{
    *(struct complaint_answer *)data =
        (struct complaint_answer){ open_complaint(w->state),
                                   walk_pick(w, 2) == 1, S("已核实") };
}

/* --- the table ------------------------------------------------------------ */

/* clang-format off */
static const struct {
    const char *command;
    uint64_t weight;
    void (*make)(struct walk *w, void *data); /* NULL: nothing to say */
} wishes[] = {
    { "case.open", 400, open },
    { "eligibility.answer", 60, declare },
    { "assessment.record", 60, assess },
    { "document.add", 400, add_document },
    { "application.submit", 40, submit },
    { "case.withdraw", 0, give_reasons },
    { "supplement.ask", 80, say },
    { "application.resubmit", 100, NULL },
    { "application.accept", 400, say },
    { "application.decline", 4, give_reasons },
    { "quote.make", 200, wish_quote },
    { "contract.accept", 200, wish_accept },
    { "contract.sign", 400, say },
    { "payment.record", 400, wish_payment },
    { "invoice.issue", 60, wish_invoice },
    { "invoice.cancel", 20, wish_cancel },
    { "refund.record", 300, wish_refund },
    { "offer.note", 8, wish_offer },
    { "cost.note", 6, wish_cost },
    { "document.judge", 400, judge_document },
    { "revision.ask", 100, ask_revision },
    { "review.pass", 400, say },
    { "plan.make", 200, make_plan },
    { "plan.agree", 400, say },
    { "plan.object", 80, give_reasons },
    { "audit.open", 400, say },
    { "finding.record", 600, find },
    { "figure.record", 40, record_figure },
    { "special.record", 10, note_special },
    { "nonconformity.raise", 25, raise },
    { "sample.commit", 200, commit },
    { "sample.give_nonce", 200, give_nonce },
    { "sample.reveal", 200, reveal },
    { "sample.ask", 200, ask },
    { "defence.record", 40, defend },
    { "audit.close", 600, say },
    { "report.issue", 400, report },
    { "report.acknowledge", 400, say },
    { "correction.submit", 300, correct },
    { "correction.accept", 300, judge_correction },
    { "correction.return", 200, judge_correction },
    { "correction.extend", 120, extend },
    { "decision.grant", 400, grant },
    { "decision.refuse", 60, give_reasons },
    { "decision.question", 60, give_reasons },
    { "decision.answer", 400, give_reasons },
    { "decision.sign", 600, NULL },
    { "certificate.issue", 400, NULL },
    { "round.open", 100, open_round },
    { "transfer.record", 300, transfer },
    { "sites.draw", 60, NULL },
    { "certificate.suspend", 12, suspend },
    { "certificate.restore", 100, give_reasons },
    { "certificate.reduce", 6, reduce },
    { "withdrawal.decide", 4, end_it },
    { "certificate.withdraw", 40, say },
    { "cancellation.ask", 4, give_reasons },
    { "certificate.cancel", 3, end_it },
    { "certificate.expire", 2, NULL },
    { "appeal.file", 60, appeal },
    { "appeal.assign", 300, assign_appeal },
    { "appeal.decide", 300, decide_appeal },
    { "complaint.record", 3, complain },
    { "complaint.assign", 60, assign_complaint },
    { "complaint.answer", 100, answer_complaint },
};
/* clang-format on */

static size_t wish_of(const struct command_kind *k)
{
    size_t i = 0;

    while (i < COUNT(wishes) && strcmp(wishes[i].command, k->name) != 0)
        i++;
    return i;
}

uint64_t wish_weight(const struct walk *w, const struct command_kind *k)
{
    size_t i = wish_of(k);
    bool paying = strcmp(k->name, "payment.record") == 0;
    bool again =
        strcmp(k->name, "transfer.record") == 0 && w->state->transfer != NULL;
    bool over = strcmp(k->name, "certificate.expire") == 0 &&
                w->facts.today > w->state->certificate->until;

    if (i == COUNT(wishes))
        return 0;
    if (again)
        return 2;
    if (over)
        return 400;
    /* after the prepayment the rest of the money is not urgent */
    return paying && w->state->stage != STAGE_CONTRACT ? 10 : wishes[i].weight;
}

const void *wish_sensible(struct walk *w, const struct command_kind *k)
{
    size_t i = wish_of(k);
    void *data = arena_zero(w->arena, k->record->size);

    if (data != NULL && i < COUNT(wishes) && wishes[i].make != NULL)
        wishes[i].make(w, data);
    return data;
}
