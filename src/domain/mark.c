/*
 * mark -- the mark on packaging, in advertising and tenders: each use is asked
 * for, judged and may be stopped; misuse is followed up. [M21] [17065 4.1.3]
 * [条例 24] [认证证书和认证标志管理办法]
 *
 *   [MK1] Asked for and approved only while the certificate is valid, for a
 *         place of the package.
 *   [MK2] The words beside the mark hold what the package wants said, and claim
 *         no honour, no product, and no management system where a service was
 *         certified.
 *   [MK3] An approval ends with the certificate, and rests while it is
 *         suspended: nothing has to be entered for it (mark_may_be_used()).
 *   [MK4] A misuse is followed to its end; "suspension" or "withdrawal" is an
 *         end only once the certificate was suspended or withdrawn.
 */

#include "domain/mark.h"

#include "base/size.h"
#include "domain/stages.h"
#include "scheme/wording.h"

/* clang-format off */
static const struct field mark_ask_fields[] = {
    F_ENUM(struct mark_ask, use, mark_use_names),
    F_STR(struct mark_ask, where, 1, 300),
    F_STR(struct mark_ask, words, 1, 1000),
    F_HASH_OPT(struct mark_ask, artwork),
};
static const struct record mark_ask_record = RECORD(mark_ask, mark_ask_fields);

static const struct field mark_asked_fields[] = {
    F_INT(struct mark_asked, number, 1, MARK_MAX),
    F_ENUM(struct mark_asked, use, mark_use_names),
    F_STR(struct mark_asked, where, 1, 300),
    F_STR(struct mark_asked, words, 1, 1000),
    F_HASH_OPT(struct mark_asked, artwork),
};
const struct record mark_asked_record = RECORD(mark_asked, mark_asked_fields);

static const struct field mark_approved_fields[] = {
    F_INT(struct mark_approved, number, 1, MARK_MAX),
    F_STR_OPT(struct mark_approved, conditions, 1000),
};
static const struct record mark_approved_record =
    RECORD(mark_approved, mark_approved_fields);

static const struct field mark_reasons_fields[] = {
    F_INT(struct mark_reasons, number, 1, MARK_MAX),
    F_STR(struct mark_reasons, reasons, 1, 4000),
};
static const struct record mark_reasons_record =
    RECORD(mark_reasons, mark_reasons_fields);

static const struct field misuse_record_fields[] = {
    F_ENUM(struct misuse_record, kind, misuse_names),
    F_INT_OPT(struct misuse_record, use, 0, MARK_MAX),
    F_STR(struct misuse_record, text, 1, 4000),
    F_DAY(struct misuse_record, found),
    F_DAY(struct misuse_record, until),
};
static const struct record misuse_record_record =
    RECORD(misuse_record, misuse_record_fields);

static const struct field misuse_fields[] = {
    F_INT(struct misuse, number, 1, MISUSE_MAX),
    F_ENUM(struct misuse, kind, misuse_names),
    F_INT_OPT(struct misuse, use, 0, MARK_MAX),
    F_STR(struct misuse, text, 1, 4000),
    F_DAY(struct misuse, found),
    F_DAY(struct misuse, until),
};
const struct record misuse_record_of = RECORD(misuse, misuse_fields);

static const struct field misuse_settled_fields[] = {
    F_INT(struct misuse_settled, number, 1, MISUSE_MAX),
    F_ENUM(struct misuse_settled, outcome, settled_names),
    F_STR(struct misuse_settled, text, 1, 4000),
};
const struct record misuse_settled_record =
    RECORD(misuse_settled, misuse_settled_fields);
/* clang-format on */

bool mark_may_be_used(const struct state *s, int64_t number, day today)
{
    return number >= 1 && number <= s->mark_count &&
           s->marks[number - 1].standing == MARK_APPROVED &&
           s->stage != STAGE_ENDED && s->certificate != NULL &&
           s->status == CERTIFICATE_VALID && today <= s->certificate->until;
}

/* [MK1] */
static err check_valid(struct arena *a, const struct state *s,
                       const struct facts *f)
{
    if (s->status == CERTIFICATE_SUSPENDED)
        REFUSE(a, "mark.suspended", ARG_DAY("until", s->suspended_until));
    return life_check_runs(a, s, f);
}

static err check_number(struct arena *a, const struct state *s, int64_t number)
{
    if (number >= 1 && number <= s->mark_count)
        return OK;
    return err_new(a, ERR_NOT_FOUND, "mark.number", ARG_INT("number", number),
                   ARG_INT("most", s->mark_count));
}

err mark_check_use(struct arena *a, const struct state *s, int64_t number,
                   day today)
{
    TRY(check_number(a, s, number));
    if (s->marks[number - 1].standing != MARK_APPROVED)
        REFUSE(a, "mark.no_use", ARG_INT("number", number));
    if (s->status == CERTIFICATE_SUSPENDED)
        REFUSE(a, "mark.suspended", ARG_DAY("until", s->suspended_until));
    if (!mark_may_be_used(s, number, today)) /* [MK3] */
        REFUSE(a, "mark.over");
    return OK;
}

static struct mark_state *mark_at(struct state *s, int64_t number)
{
    if (number < 1 || number > s->mark_count)
        return NULL;
    return &s->marks[number - 1];
}

/* --- mark.ask ----------------------------------------------------------- */

static err ready_ask(struct arena *a, const struct state *s)
{
    if (s->certificate == NULL)
        REFUSE(a, "life.no_certificate");
    if (s->scheme->certificate.mark.uses == 0)
        REFUSE(a, "mark.none", ARG_LABEL("scheme", s->scheme->name));
    if (s->mark_count >= MARK_MAX)
        return err_new(a, ERR_LIMIT, "mark.too_many",
                       ARG_INT("most", MARK_MAX));
    return OK;
}

/* The words claim nothing that was not certified. [MK2] */
static err check_claims(struct arena *a, const struct scheme *s, str words)
{
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        str claim = wording_claim(words, l);

        if (claim.n > 0)
            return err_new(a, ERR_INVALID, "mark.claim",
                           ARG_STR("word", claim));
        if (s->kind == SCHEME_SERVICE && wording_says_system(words, l))
            return err_new(a, ERR_INVALID, "mark.system");
    }
    return OK;
}

static err check_says(struct arena *a, const struct mark_rule *rule, str words)
{
    for (size_t i = 0; i < rule->say_count; i++) {
        const struct label *say = &rule->says[i];

        if (!wording_holds(words, say->zh) && !wording_holds(words, say->en))
            return err_new(a, ERR_INVALID, "mark.says",
                           ARG_LABEL("words", *say));
    }
    return OK;
}

static err judge_ask(struct arena *a, const struct state *s,
                     const struct command *c, const struct facts *f,
                     struct event_list *out)
{
    const struct mark_ask *wish = c->data;
    const struct mark_rule *rule = &s->scheme->certificate.mark;
    struct mark_asked made = {
        .number = s->mark_count + 1,
        .use = wish->use,
        .where = wish->where,
        .words = wish->words,
        .artwork = wish->artwork,
    };

    TRY(check_valid(a, s, f));
    if ((rule->uses & (1U << wish->use)) == 0)
        REFUSE(a, "mark.use", ARG_LABEL("scheme", s->scheme->name));
    TRY(check_claims(a, s->scheme, wish->words));
    TRY(check_says(a, rule, wish->words));
    return event_emit(a, out, "mark.asked", f, &made);
}

static void apply_asked(struct state *s, const struct event *e)
{
    if (s->mark_count >= MARK_MAX) {
        s->overflow = true; /* state.h [ST-8] */
        return;
    }
    s->marks[s->mark_count++] = (struct mark_state){
        .asked = e->data,
        .since = e->on,
    };
}

/* --- mark.approve, mark.refuse, mark.stop ------------------------------- */

/* Is a use of this standing there? */
static err ready_for(struct arena *a, const struct state *s,
                     enum mark_standing standing, const char *none)
{
    for (int32_t i = 0; i < s->mark_count; i++) {
        if (s->marks[i].standing == standing)
            return OK;
    }
    return err_new(a, ERR_REFUSED, none);
}

static err ready_judge(struct arena *a, const struct state *s)
{
    return ready_for(a, s, MARK_ASKED, "mark.none_asked");
}

static err ready_stop(struct arena *a, const struct state *s)
{
    return ready_for(a, s, MARK_APPROVED, "mark.none_approved");
}

static err check_asked(struct arena *a, const struct state *s, int64_t number)
{
    TRY(check_number(a, s, number));
    if (s->marks[number - 1].standing != MARK_ASKED)
        REFUSE(a, "mark.judged_already", ARG_INT("number", number));
    return OK;
}

static err judge_approve(struct arena *a, const struct state *s,
                         const struct command *c, const struct facts *f,
                         struct event_list *out)
{
    const struct mark_approved *wish = c->data;

    TRY(check_valid(a, s, f));
    TRY(check_asked(a, s, wish->number));
    return event_emit(a, out, "mark.approved", f, wish);
}

static void apply_approved(struct state *s, const struct event *e)
{
    EVENT_DATA(mark_approved, made, e);
    struct mark_state *m = mark_at(s, made->number);

    if (m == NULL)
        return;
    m->standing = MARK_APPROVED;
    m->note = made->conditions;
}

static err judge_refuse(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct mark_reasons *wish = c->data;

    TRY(check_asked(a, s, wish->number));
    return event_emit(a, out, "mark.refused", f, wish);
}

static err judge_stop(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    const struct mark_reasons *wish = c->data;

    TRY(check_number(a, s, wish->number));
    if (s->marks[wish->number - 1].standing != MARK_APPROVED)
        REFUSE(a, "mark.not_approved", ARG_INT("number", wish->number));
    return event_emit(a, out, "mark.stopped", f, wish);
}

static void set_standing(struct state *s, const struct event *e,
                         enum mark_standing standing)
{
    EVENT_DATA(mark_reasons, made, e);
    struct mark_state *m = mark_at(s, made->number);

    if (m == NULL)
        return;
    m->standing = standing;
    m->note = made->reasons;
}

static void apply_refused(struct state *s, const struct event *e)
{
    set_standing(s, e, MARK_REFUSED);
}

static void apply_stopped(struct state *s, const struct event *e)
{
    set_standing(s, e, MARK_STOPPED);
}

/* --- misuse.record ------------------------------------------------------ */

static err ready_misuse(struct arena *a, const struct state *s)
{
    if (s->certificate == NULL)
        REFUSE(a, "life.no_certificate");
    if (s->misuse_count >= MISUSE_MAX)
        return err_new(a, ERR_LIMIT, "misuse.too_many",
                       ARG_INT("most", MISUSE_MAX));
    return OK;
}

static err judge_misuse(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct misuse_record *wish = c->data;
    struct misuse made = {
        .number = s->misuse_count + 1,
        .kind = wish->kind,
        .use = wish->use,
        .text = wish->text,
        .found = wish->found,
        .until = wish->until,
    };

    if (wish->use > 0)
        TRY(check_number(a, s, wish->use));
    if (wish->found > f->today)
        return err_new(a, ERR_INVALID, "misuse.found",
                       ARG_DAY("found", wish->found),
                       ARG_DAY("today", f->today));
    if (wish->until < f->today)
        return err_new(a, ERR_INVALID, "misuse.until",
                       ARG_DAY("until", wish->until),
                       ARG_DAY("today", f->today));
    return event_emit(a, out, "misuse.recorded", f, &made);
}

static void apply_misuse(struct state *s, const struct event *e)
{
    if (s->misuse_count >= MISUSE_MAX) {
        s->overflow = true; /* state.h [ST-8] */
        return;
    }
    s->misuses[s->misuse_count++] = (struct misuse_state){
        .misuse = e->data,
        .since = e->on,
    };
}

/* --- misuse.settle [MK4] ------------------------------------------------ */

static err ready_settle(struct arena *a, const struct state *s)
{
    for (int32_t i = 0; i < s->misuse_count; i++) {
        if (s->misuses[i].settled == NULL)
            return OK;
    }
    REFUSE(a, "misuse.none");
}

static err check_outcome(struct arena *a, const struct state *s, int outcome)
{
    if (outcome == MISUSE_LED_TO_SUSPENSION &&
        s->status != CERTIFICATE_SUSPENDED)
        REFUSE(a, "misuse.not_suspended");
    if (outcome == MISUSE_LED_TO_WITHDRAWAL &&
        s->status != CERTIFICATE_WITHDRAWN)
        REFUSE(a, "misuse.not_withdrawn");
    return OK;
}

static err judge_settle(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct misuse_settled *wish = c->data;

    if (wish->number > s->misuse_count)
        return err_new(a, ERR_NOT_FOUND, "misuse.number",
                       ARG_INT("number", wish->number),
                       ARG_INT("most", s->misuse_count));
    if (s->misuses[wish->number - 1].settled != NULL)
        REFUSE(a, "misuse.settled_already", ARG_INT("number", wish->number));
    TRY(check_outcome(a, s, wish->outcome));
    return event_emit(a, out, "misuse.settled", f, wish);
}

static void apply_settled(struct state *s, const struct event *e)
{
    EVENT_DATA(misuse_settled, made, e);

    if (made->number >= 1 && made->number <= s->misuse_count)
        s->misuses[made->number - 1].settled = made;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "mark.ask", &mark_ask_record, ready_ask, judge_ask, NULL },
    { "mark.approve", &mark_approved_record, ready_judge, judge_approve, NULL },
    { "mark.refuse", &mark_reasons_record, ready_judge, judge_refuse, NULL },
    { "mark.stop", &mark_reasons_record, ready_stop, judge_stop, NULL },
    { "misuse.record", &misuse_record_record, ready_misuse, judge_misuse, NULL },
    { "misuse.settle", &misuse_settled_record, ready_settle, judge_settle, NULL },
};

static const struct event_kind events[] = {
    { "mark.asked", 1, STREAM_CASE, &mark_asked_record, apply_asked },
    { "mark.approved", 1, STREAM_CASE, &mark_approved_record, apply_approved },
    { "mark.refused", 1, STREAM_CASE, &mark_reasons_record, apply_refused },
    { "mark.stopped", 1, STREAM_CASE, &mark_reasons_record, apply_stopped },
    { "misuse.recorded", 1, STREAM_CASE, &misuse_record_of, apply_misuse },
    { "misuse.settled", 1, STREAM_CASE, &misuse_settled_record, apply_settled },
};
/* clang-format on */

const struct stage_tables mark_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
