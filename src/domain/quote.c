/*
 * quote -- stage 3: what the body asks for its work, and under which terms.
 * [M13] [M28]-[M31] [17065 4.1.2]
 *
 *   [QU1] A quote that finance does not write itself is worked out by the fee
 *         rules of the package, from the staff, sites, trade and level applied
 *         for; finance may name another trade.
 *   [QU2] Every line that finance changes or adds has a reason on record, and
 *         beside it what the rules ask.  Who leaves the rules altogether
 *         needs a reason where the package's fees are the body's own published
 *         list; where they are but assumed there is nothing to depart from.
 *   [QU3] Travel is reimbursed at cost and stands outside the prepayment.
 *   [QU4] A quote says what the surveillances will cost, too, so that the
 *         client knows the whole before it accepts. [M31]
 *   [QU5] Whoever writes its terms, the last of them says what is given back of
 *         what was paid, as invoice.c [IN4] does: the client accepts it, too.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/fees.h"
#include "domain/stages.h"
#include "text/text.h"

#include <stdio.h>

enum {
    TERMS_MAX = 60,
    MADE_TERMS_MAX = TERMS_MAX + 1, /* [QU5] */
    TERM_TEXT_MAX = 1000,
    MADE_LINES_MAX = LINES_MAX + FEE_RULE_COUNT
};

#define TOTAL_MAX ((int64_t)AMOUNT_MAX * MADE_LINES_MAX)

/* clang-format off */
static const struct field own_line_fields[] = {
    F_STR(struct quote_line, text, 1, 200),
    F_ENUM(struct quote_line, kind, line_names),
    F_UNIT(struct quote_line, amount, 0, AMOUNT_MAX, UNIT_FEN),
    F_STR_OPT(struct quote_line, reason, 500),
};
static const struct record own_line_record = RECORD(quote_line, own_line_fields);

static const struct field quote_line_fields[] = {
    F_STR(struct quote_line, text, 1, 200),
    F_ENUM(struct quote_line, kind, line_names),
    F_UNIT(struct quote_line, amount, 0, AMOUNT_MAX, UNIT_FEN),
    F_ENUM_OPT(struct quote_line, rule, fee_names),
    F_INT_OPT(struct quote_line, by_rule, 0, AMOUNT_MAX),
    F_STR_OPT(struct quote_line, reason, 500),
};
static const struct record quote_line_record =
    RECORD(quote_line, quote_line_fields);

static const struct field quote_change_fields[] = {
    F_ENUM_OPT(struct quote_change, rule, fee_names),
    F_STR_OPT(struct quote_change, text, 200),
    F_ENUM_OPT(struct quote_change, kind, line_names),
    F_UNIT(struct quote_change, amount, 0, AMOUNT_MAX, UNIT_FEN),
    F_STR(struct quote_change, reason, 1, 500),
};
static const struct record quote_change_record =
    RECORD(quote_change, quote_change_fields);

static const struct field term_fields[] = {
    F_ENUM(struct term, side, term_side_names),
    F_ENUM(struct term, kind, term_kind_names),
    F_STR(struct term, text, 1, TERM_TEXT_MAX),
    F_STR_OPT(struct term, text_en, TERM_TEXT_MAX),
};
static const struct record term_record = RECORD(term, term_fields);

static const struct field quote_make_fields[] = {
    /* left out, or not empty */
    { "lines", FIELD_LIST, true, offsetof(struct quote_make, lines), 1,
      LINES_MAX, NULL, &own_line_record, UNIT_NONE },
    F_LIST_OPT(struct quote_make, changes, LINES_MAX, &quote_change_record),
    F_UNIT(struct quote_make, prepay, 0, 10000, UNIT_PERCENT),
    F_STR_OPT(struct quote_make, trade, 10),
    F_UNIT_OPT(struct quote_make, surveillance, 0, TOTAL_MAX, UNIT_FEN),
    F_SPAN_OPT(struct quote_make, period),
    F_LIST_OPT(struct quote_make, terms, TERMS_MAX, &term_record),
    F_STR_OPT(struct quote_make, reason, 1000),
};
static const struct record quote_make_record =
    RECORD(quote_make, quote_make_fields);

static const struct field quote_fields[] = {
    F_LIST(struct quote, lines, 1, MADE_LINES_MAX, &quote_line_record),
    F_INT(struct quote, prepay, 0, 10000),
    F_INT(struct quote, total, 0, TOTAL_MAX),
    F_INT(struct quote, prepayment, 0, TOTAL_MAX),
    F_INT_OPT(struct quote, by_rules, 0, TOTAL_MAX),
    F_INT_OPT(struct quote, surveillance, 0, TOTAL_MAX),
    F_INT_OPT(struct quote, surveillances, 0, 1000000),
    F_INT_OPT(struct quote, whole, 0, INT64_MAX),
    F_STR_OPT(struct quote, trade, 10),
    F_STR_OPT(struct quote, reason, 1000),
    F_SPAN_OPT(struct quote, period),
    F_LIST_OPT(struct quote, terms, MADE_TERMS_MAX, &term_record),
};
const struct record quote_record = RECORD(quote, quote_fields);
/* clang-format on */

/* --- sums --------------------------------------------------------------- */

int64_t lines_sum(const struct list *lines, enum line_kind kind)
{
    const struct quote_line *l = lines->p;
    int64_t sum = 0;

    for (size_t i = 0; i < lines->n; i++)
        sum += l[i].kind == (int)kind ? l[i].amount : 0;
    return sum;
}

int64_t lines_total(const struct list *lines)
{
    return lines_sum(lines, LINE_FEE) + lines_sum(lines, LINE_TRAVEL);
}

/* --- lines by the rules [QU1] [QU2] ------------------------------------- */

/* What a contract calls the line of a rule; contracts are written in Chinese.
 */
static str rule_words(int rule)
{
    char words[40];

    (void)snprintf(words, sizeof words, "fee_line.%s", fee_names[rule]);
    return text_get(LANG_ZH, words);
}

static struct quote_line line_of_rule(const struct fee_line *by_rule)
{
    return (struct quote_line){
        .text = rule_words((int)by_rule->rule),
        .kind = (int)by_rule->kind,
        .amount = by_rule->amount.most,
        .rule = (int)by_rule->rule,
        .by_rule = by_rule->amount.most,
    };
}

/* The line of this rule among `lines`, or NULL. */
static struct quote_line *find_rule(const struct list *lines, int rule)
{
    struct quote_line *l = lines->p;

    for (size_t i = 0; i < lines->n; i++) {
        if (l[i].rule == rule)
            return &l[i];
    }
    return NULL;
}

static void add_line(struct list *lines, const struct quote_line *line)
{
    struct quote_line *all = lines->p;

    all[lines->n++] = *line;
}

static err add_own(struct arena *a, const struct quote_change *c,
                   struct list *lines)
{
    struct quote_line line = {
        .text = str_trim(c->text),
        .kind = c->kind,
        .amount = c->amount,
        .reason = c->reason,
    };

    if (line.text.n == 0)
        return err_new(a, ERR_INVALID, "fee.text");
    add_line(lines, &line);
    return OK;
}

static err change_line(struct arena *a, const struct quote_change *c,
                       struct list *lines)
{
    struct quote_line *line = find_rule(lines, c->rule);
    struct quote_line fresh = {
        .text = rule_words(c->rule),
        .kind = c->rule == FEE_TRAVEL ? LINE_TRAVEL : LINE_FEE,
        .rule = c->rule,
    };

    if (line != NULL && line->reason.n > 0)
        return err_new(a, ERR_INVALID, "fee.twice",
                       ARG_STR("line", line->text));
    if (line == NULL) {
        add_line(lines, &fresh);
        line = find_rule(lines, c->rule);
    }
    line->amount = c->amount;
    line->reason = c->reason;
    return OK;
}

static err lines_by_rules(struct arena *a, const struct fee_answer *x,
                          const struct quote_make *wish, struct list *out)
{
    const struct quote_change *changes = wish->changes.p;
    struct list made = {
        arena_array(a, MADE_LINES_MAX, sizeof(struct quote_line)),
        0,
    };

    TRY_MEMORY(made.p);
    for (size_t i = 0; i < x->first.count; i++) {
        struct quote_line line = line_of_rule(&x->first.lines[i]);
        add_line(&made, &line);
    }
    for (size_t i = 0; i < wish->changes.n; i++)
        TRY(changes[i].rule == FEE_OTHER ? add_own(a, &changes[i], &made)
                                         : change_line(a, &changes[i], &made));
    if (made.n == 0)
        return err_new(a, ERR_INVALID, "fee.nothing");
    *out = made;
    return OK;
}

/* --- terms -------------------------------------------------------------- */

static struct term term_of_package(const struct term_rule *t)
{
    return (struct term){
        .side = (int)t->side,
        .kind = (int)t->kind,
        .text = t->label.zh,
        .text_en = t->label.en,
    };
}

/* One stage more: "quote and contract 100%, document review 70%". */
static err add_share(struct arena *a, enum lang l, int stage, int32_t share,
                     str *shares)
{
    char name[40];
    char percent[TEXT_VALUE];
    struct buf b;

    (void)snprintf(name, sizeof name, "stage.%s", stage_names[stage]);

    const struct err_arg args[] = {
        ARG_STR("before", *shares),
        ARG_IDS("stage", str_of(name)),
        ARG_STR("share", text_percent(share, percent)),
        { 0 },
    };
    buf_init(&b, a, TERM_TEXT_MAX);
    text_render(&b, l, shares->n > 0 ? "term.share_more" : "term.share", args);
    return buf_done(&b, shares);
}

static err refund_words(struct arena *a, enum lang l, const struct fees *fees,
                        str *out)
{
    str shares = S("");
    struct buf b;

    for (int i = 0; i < STAGE_COUNT; i++) {
        if (fees->refunds[i] > 0)
            TRY(add_share(a, l, i, fees->refunds[i], &shares));
    }

    const struct err_arg args[] = { ARG_STR("shares", shares), { 0 } };
    buf_init(&b, a, TERM_TEXT_MAX);
    text_render(&b, l, shares.n > 0 ? "term.refund" : "term.no_refund", args);
    return buf_done(&b, out);
}

/* [QU5] */
static err refund_term(struct arena *a, const struct fees *fees,
                       struct term *out)
{
    *out = (struct term){ .side = SIDE_BODY, .kind = TERM_DUTY };
    TRY(refund_words(a, LANG_ZH, fees, &out->text));
    return refund_words(a, LANG_EN, fees, &out->text_en);
}

/* Those that finance wrote, else the package's; and what is given back. */
static err make_terms(struct arena *a, const struct scheme *s,
                      const struct list *own, struct list *out)
{
    const struct term *wish = own->p;
    size_t n = own->n > 0 ? own->n : s->contract.term_count;
    struct term *terms = arena_array(a, n + 1, sizeof *terms);

    TRY_MEMORY(terms);
    for (size_t i = 0; i < n; i++)
        terms[i] =
            own->n > 0 ? wish[i] : term_of_package(&s->contract.terms[i]);
    TRY(refund_term(a, &s->fees, &terms[n]));
    *out = (struct list){ terms, n + 1 };
    return OK;
}

/* --- quote.make --------------------------------------------------------- */

static err check_prepay(struct arena *a, const struct fees *fees,
                        int64_t prepay)
{
    char given[TEXT_VALUE];
    char least[TEXT_VALUE];
    char most[TEXT_VALUE];

    if (prepay >= fees->prepay_least && prepay <= fees->prepay_most)
        return OK;
    REFUSE(a, "contract.prepay", ARG_STR("given", text_percent(prepay, given)),
           ARG_STR("least", text_percent(fees->prepay_least, least)),
           ARG_STR("most", text_percent(fees->prepay_most, most)));
}

/* [QU2] */
static err check_own(struct arena *a, const struct fees *fees,
                     const struct quote_make *wish)
{
    bool own = wish->lines.n > 0 || wish->surveillance > 0;

    if (wish->lines.n > 0 && wish->changes.n > 0)
        return err_new(a, ERR_INVALID, "fee.both");
    if (own && !fees->assumed && wish->reason.n == 0)
        REFUSE(a, "fee.reason");
    return OK;
}

/* What the rules say; *known is false where they cannot tell, which is an
 * error only for a quote that rests on them. */
static err ask_rules(struct arena *a, const struct state *s,
                     const struct quote_make *wish, str trade,
                     struct fee_answer *out, bool *known)
{
    const struct fee_question q = {
        .staff = s->application->staff,
        .sites = (int64_t)s->application->sites.n,
        .level = scheme_level(s->scheme, s->opened->level),
        .trade = trade,
        .renewal = s->opened->kind == CASE_RENEWAL,
    };
    err e = fees_firm(a, s->scheme, &q, out);

    *known = !failed(e);
    if (failed(e) && wish->lines.n > 0 && !err_is(e, ERR_MEMORY))
        return OK;
    return e;
}

static void add_up(struct quote *made)
{
    int64_t fees = lines_sum(&made->lines, LINE_FEE);

    made->total = lines_total(&made->lines);
    made->prepayment = fees_share(fees, made->prepay); /* [QU3] */
    if (made->surveillance > 0)
        made->whole =
            made->total + made->surveillance * made->surveillances; /* [QU4] */
}

static err ready_quote(struct arena *a, const struct state *s)
{
    if (s->client_accepted)
        REFUSE(a, "contract.accepted_already");
    return OK;
}

static err judge_quote(struct arena *a, const struct state *s,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    const struct quote_make *wish = c->data;
    const struct contract_rule *rule = &s->scheme->contract;
    const str trade = wish->trade.n > 0 ? wish->trade : s->application->trade;
    struct fee_answer x = { 0 };
    bool known;
    struct quote made = {
        .lines = wish->lines,
        .prepay = wish->prepay,
        .surveillance = wish->surveillance,
        .surveillances = fees_surveillances(s->scheme),
        .trade = trade,
        .reason = wish->reason,
        .period = wish->period.n > 0 ? wish->period : rule->period,
    };

    TRY(check_prepay(a, &s->scheme->fees, wish->prepay));
    TRY(check_own(a, &s->scheme->fees, wish));
    TRY(fees_check_trade(a, wish->trade));
    TRY(ask_rules(a, s, wish, trade, &x, &known));
    made.by_rules = x.first.fees.most;
    if (wish->surveillance == 0)
        made.surveillance = x.surveillance.total.most;
    if (wish->lines.n == 0)
        TRY(lines_by_rules(a, &x, wish, &made.lines));
    TRY(make_terms(a, s->scheme, &wish->terms, &made.terms));
    add_up(&made);
    return event_emit(a, out, "quote.made", f, &made);
}

static void apply_quote(struct state *s, const struct event *e)
{
    s->quote = e->data;
    s->money.offer = e->hash;
    state_wait(s, WAITING_APPLICANT, DAY_NEVER, false);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "quote.make", &quote_make_record, ready_quote, judge_quote, NULL },
};

static const struct event_kind events[] = {
    { "quote.made", 1, STREAM_CASE, &quote_record, apply_quote },
};
/* clang-format on */

const struct stage_tables quote_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
