/*
 * completeness -- stage 2: is the application whole, may we take it on?
 * [M12] [17065 7.3] [条例 9]
 */

#include "domain/completeness.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/body_facts.h"
#include "domain/stages.h"

enum { TRADES_SHOWN = 2000 };

/* clang-format off */
static const struct field missing_fields[] = {
    F_STR(struct missing, requirement, 1, 40),
    F_ENUM(struct missing, why, lack_names),
};
static const struct record missing_record = RECORD(missing, missing_fields);

static const struct field supplement_ask_fields[] = {
    F_STR_OPT(struct supplement_ask, note, 4000),
};
static const struct record supplement_ask_record =
    RECORD(supplement_ask, supplement_ask_fields);

static const struct field supplement_asked_fields[] = {
    F_LIST(struct supplement_asked, missing, 0, 200, &missing_record),
    F_STR_OPT(struct supplement_asked, note, 4000),
    F_DAY(struct supplement_asked, until),
    F_BOOL_OPT(struct supplement_asked, until_provisional),
};
const struct record supplement_asked_record =
    RECORD(supplement_asked, supplement_asked_fields);

static const struct field resubmitted_fields[] = {
    F_DAY_OPT(struct resubmitted, check_due),
    F_BOOL_OPT(struct resubmitted, check_provisional),
};
static const struct record resubmitted_record =
    RECORD(resubmitted, resubmitted_fields);

static const struct field accepted_fields[] = {
    F_STR_OPT(struct accepted, note, 4000),
};
static const struct record accepted_record = RECORD(accepted, accepted_fields);
/* clang-format on */

err completeness_missing(struct arena *a, const struct state *s, day on,
                         struct list *out)
{
    const struct scheme *sch = s->scheme;
    struct missing *found =
        arena_array(a, sch->requirement_count, sizeof *found);
    size_t n = 0;

    TRY_MEMORY(found);
    for (size_t r = 0; r < sch->requirement_count; r++) {
        enum lack why = LACK_MISSING;

        if (state_requirement_met(s, (int32_t)r, on, &why))
            continue;
        found[n++] = (struct missing){ sch->requirements[r].id, (int)why };
    }
    *out = (struct list){ found, n };
    return OK;
}

struct deadline completeness_limit(const struct state *s, const struct facts *f)
{
    const struct stage_rule *rule = &s->scheme->stages[STAGE_COMPLETENESS];

    if (!rule->has_limit)
        return (struct deadline){ DAY_NEVER, false };
    return facts_deadline(f, rule->limit);
}

/* --- supplement.ask --------------------------------------------------- */

static err ready_ask(struct arena *a, const struct state *s)
{
    if (s->waiting == WAITING_APPLICANT)
        REFUSE(a, "completeness.asked_already");
    return OK;
}

static err judge_ask(struct arena *a, const struct state *s,
                     const struct command *c, const struct facts *f,
                     struct event_list *out)
{
    const struct supplement_ask *wish = c->data;
    struct deadline until = facts_deadline(f, s->scheme->limits.supplement);
    struct supplement_asked asked = {
        .note = wish->note,
        .until = until.on,
        .until_provisional = until.provisional,
    };

    TRY(completeness_missing(a, s, s->applied_on, &asked.missing));
    if (asked.missing.n == 0 && wish->note.n == 0)
        REFUSE(a, "completeness.nothing_missing");
    return event_emit(a, out, "supplement.asked", f, &asked);
}

static void apply_asked(struct state *s, const struct event *e)
{
    EVENT_DATA(supplement_asked, asked, e);

    s->supplement = asked;
    state_wait(s, WAITING_APPLICANT, asked->until, asked->until_provisional);
}

/* --- application.resubmit --------------------------------------------- */

static err ready_resubmit(struct arena *a, const struct state *s)
{
    if (s->waiting != WAITING_APPLICANT)
        REFUSE(a, "completeness.not_asked");
    return OK;
}

static err judge_resubmit(struct arena *a, const struct state *s,
                          const struct command *, const struct facts *f,
                          struct event_list *out)
{
    struct deadline due = completeness_limit(s, f);
    const struct resubmitted again = { due.on, due.provisional };

    return event_emit(a, out, "application.resubmitted", f, &again);
}

static void apply_resubmitted(struct state *s, const struct event *e)
{
    EVENT_DATA(resubmitted, again, e);

    state_wait(s, WAITING_BODY, again->check_due, again->check_provisional);
}

/* --- application.accept and .decline ---------------------------------- */

/* A body works only in its approved fields.  That of an application online was
 * judged when it came (application.c [AL5]); it may have been lost since.
 * [条例 9] */
static err check_field(struct arena *a, const struct state *s,
                       const struct facts *f)
{
    if (body_has_field(f->body, s->scheme->field))
        return OK;
    REFUSE(a, "completeness.field", ARG_STR("field", s->scheme->field),
           ARG_LABEL("scheme", s->scheme->name));
}

/* Is the trade one of those the package covers?  Where it lists none, all of
 * its field are. [条例 9] */
static bool is_covered(const struct scheme *s, str trade)
{
    for (size_t i = 0; i < s->trade_count; i++) {
        if (str_begins(trade, s->trades[i]))
            return true;
    }
    return s->trade_count == 0;
}

static err refuse_trade(struct arena *a, const struct scheme *s, str trade,
                        str what)
{
    struct buf b;
    str trades;

    buf_init(&b, a, TRADES_SHOWN);
    for (size_t i = 0; i < s->trade_count; i++) {
        buf_str(&b, i > 0 ? S(", ") : S(""));
        buf_str(&b, s->trades[i]);
    }
    TRY(buf_done(&b, &trades));
    REFUSE(a, "completeness.trade", ARG_STR("trade", trade),
           ARG_STR("what", what), ARG_LABEL("scheme", s->name),
           ARG_STR("trades", trades));
}

/* A product without a trade of its own has the enterprise's. */
static err check_trades(struct arena *a, const struct state *s)
{
    const struct application *p = s->application;
    const struct product *products = p->products.p;

    if (p->products.n == 0 && !is_covered(s->scheme, p->trade))
        return refuse_trade(a, s->scheme, p->trade, p->scope);
    for (size_t i = 0; i < p->products.n; i++) {
        str trade = products[i].trade.n > 0 ? products[i].trade : p->trade;

        if (!is_covered(s->scheme, trade))
            return refuse_trade(a, s->scheme, trade, products[i].name);
    }
    return OK;
}

/* What is told of each. */
static const char *const lack_ids[] = {
    [LACK_MISSING] = "lack.missing",
    [LACK_PERIOD] = "lack.period",
    [LACK_SHORT] = "lack.short",
};

static err check_whole(struct arena *a, const struct state *s)
{
    struct list missing;

    TRY(completeness_missing(a, s, s->applied_on, &missing));
    if (missing.n == 0)
        return OK;

    const struct missing *first = missing.p;
    int32_t r = scheme_requirement(s->scheme, first->requirement);
    REFUSE(a, "completeness.missing",
           ARG_LABEL("first", s->scheme->requirements[r].label),
           ARG_IDS("why", str_of(lack_ids[first->why])),
           ARG_INT("count", missing.n));
}

static err ready_accept(struct arena *a, const struct state *s)
{
    TRY(ready_ask(a, s));
    TRY(check_trades(a, s));
    return check_whole(a, s);
}

static err judge_accept(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    TRY(check_field(a, s, f));
    return event_emit(a, out, "application.accepted", f, c->data);
}

static void apply_accepted(struct state *s, const struct event *e)
{
    state_enter(s, STAGE_CONTRACT, e);
}

static err judge_decline(struct arena *a, const struct state *,
                         const struct command *c, const struct facts *f,
                         struct event_list *out)
{
    return event_emit(a, out, "application.declined", f, c->data);
}

static void apply_declined(struct state *s, const struct event *e)
{
    state_involve(s, e->actor); /* and hears no appeal against it */
    state_end(s, ENDING_DECLINED, e);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "supplement.ask", &supplement_ask_record, ready_ask, judge_ask, NULL },
    { "application.resubmit", &nothing_record, ready_resubmit, judge_resubmit, NULL },
    { "application.accept", &accepted_record, ready_accept, judge_accept, NULL },
    { "application.decline", &reasons_record, NULL, judge_decline, NULL },
};

static const struct event_kind events[] = {
    { "supplement.asked", 1, STREAM_CASE, &supplement_asked_record, apply_asked },
    { "application.resubmitted", 1, STREAM_CASE, &resubmitted_record, apply_resubmitted },
    { "application.accepted", 1, STREAM_CASE, &accepted_record, apply_accepted },
    { "application.declined", 1, STREAM_CASE, &reasons_record, apply_declined },
};
/* clang-format on */

const struct stage_tables completeness_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
