/*
 * contract -- stage 3: quote, acceptance by both sides, prepayment.
 * [M13] [M28]-[M30] [17065 4.1.2]
 *
 *   [CO1] Money is fen; every product is rounded half up once.
 *   [CO2] Travel is reimbursed at cost and stands outside the prepayment.
 *   [CO3] The document review begins when both sides have accepted and the
 *         prepayment is complete; at once where none is due.
 *   [CO4] The payer is the client.
 */

#include "base/size.h"
#include "domain/stages.h"
#include "text/text.h"

enum { AMOUNT_MAX = 1000000000, LINES_MAX = 100 }; /* 10 million yuan a line */

/* clang-format off */
static const struct field quote_line_fields[] = {
    F_STR(struct quote_line, text, 1, 200),
    F_ENUM(struct quote_line, kind, line_names),
    F_INT(struct quote_line, amount, 0, AMOUNT_MAX),
};
static const struct record quote_line_record =
    RECORD(quote_line, quote_line_fields);

static const struct field quote_make_fields[] = {
    F_LIST(struct quote_make, lines, 1, LINES_MAX, &quote_line_record),
    F_INT(struct quote_make, prepay, 0, 10000),
};
static const struct record quote_make_record =
    RECORD(quote_make, quote_make_fields);

static const struct field quote_fields[] = {
    F_LIST(struct quote, lines, 1, LINES_MAX, &quote_line_record),
    F_INT(struct quote, prepay, 0, 10000),
    F_INT(struct quote, total, 0, (int64_t)AMOUNT_MAX * LINES_MAX),
    F_INT(struct quote, prepayment, 0, (int64_t)AMOUNT_MAX * LINES_MAX),
};
const struct record quote_record = RECORD(quote, quote_fields);

static const struct field payment_record_fields[] = {
    F_INT(struct payment_record, amount, 1, (int64_t)AMOUNT_MAX * LINES_MAX),
    F_DAY(struct payment_record, received),
    F_STR(struct payment_record, payer, 1, 200),
};
static const struct record payment_record_record =
    RECORD(payment_record, payment_record_fields);

static const struct field payment_fields[] = {
    F_INT(struct payment, amount, 1, (int64_t)AMOUNT_MAX * LINES_MAX),
    F_DAY(struct payment, received),
    F_STR(struct payment, payer, 1, 200),
    F_BOOL_OPT(struct payment, prepaid),
};
static const struct record payment_fact_record =
    RECORD(payment, payment_fields);
/* clang-format on */

/* --- quote.make ------------------------------------------------------- */

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
    const struct quote_line *lines = wish->lines.p;
    struct quote made = { .lines = wish->lines, .prepay = wish->prepay };
    int64_t fees = 0;

    TRY(check_prepay(a, &s->scheme->fees, wish->prepay));
    for (size_t i = 0; i < wish->lines.n; i++) {
        made.total += lines[i].amount;
        fees += lines[i].kind == LINE_FEE ? lines[i].amount : 0; /* [CO2] */
    }
    made.prepayment = (fees * wish->prepay + 5000) / 10000; /* [CO1] */
    return event_emit(a, out, "quote.made", f, &made);
}

static void apply_quote(struct state *s, const struct event *e)
{
    s->quote = e->data;
    state_wait(s, WAITING_APPLICANT, DAY_NEVER, false);
}

/* --- contract.accept and .sign ---------------------------------------- */

static err ready_accept(struct arena *a, const struct state *s)
{
    if (s->quote == NULL)
        REFUSE(a, "contract.no_quote");
    return ready_quote(a, s);
}

static err judge_accept(struct arena *a, const struct state *,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    return event_emit(a, out, "contract.accepted", f, c->data);
}

static void apply_accepted(struct state *s, const struct event *)
{
    s->client_accepted = true;
    state_wait(s, WAITING_BODY, DAY_NEVER, false);
}

static err ready_sign(struct arena *a, const struct state *s)
{
    if (!s->client_accepted)
        REFUSE(a, "contract.not_accepted");
    if (s->body_signed)
        REFUSE(a, "contract.signed_already");
    return OK;
}

static err judge_sign(struct arena *a, const struct state *,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    return event_emit(a, out, "contract.signed", f, c->data);
}

static void apply_signed(struct state *s, const struct event *e)
{
    s->body_signed = true;
    if (s->quote != NULL && s->quote->prepayment <= s->paid) /* [CO3] */
        state_enter(s, STAGE_DOCUMENTS, e);
    else
        state_wait(s, WAITING_APPLICANT, DAY_NEVER, false);
}

/* --- payment.record --------------------------------------------------- */

static err ready_payment(struct arena *a, const struct state *s)
{
    if (!s->client_accepted || !s->body_signed)
        REFUSE(a, "contract.not_signed");
    if (s->paid >= s->quote->total)
        REFUSE(a, "contract.paid_already");
    return OK;
}

static err judge_payment(struct arena *a, const struct state *s,
                         const struct command *c, const struct facts *f,
                         struct event_list *out)
{
    const struct payment_record *wish = c->data;
    struct payment paid = {
        .amount = wish->amount,
        .received = wish->received,
        .payer = str_trim(wish->payer),
        .prepaid = s->paid + wish->amount >= s->quote->prepayment,
    };

    if (!str_eq(paid.payer, s->application->name)) /* [CO4] */
        REFUSE(a, "contract.payer", ARG_STR("payer", paid.payer),
               ARG_STR("client", s->application->name));
    if (wish->received > f->today)
        return err_new(a, ERR_INVALID, "contract.received",
                       ARG_DAY("received", wish->received),
                       ARG_DAY("today", f->today));
    if (wish->amount > s->quote->total - s->paid)
        REFUSE(a, "contract.overpaid",
               ARG_MONEY("open", s->quote->total - s->paid));
    return event_emit(a, out, "payment.recorded", f, &paid);
}

static void apply_payment(struct state *s, const struct event *e)
{
    EVENT_DATA(payment, paid, e);

    s->paid += paid->amount;
    if (s->stage == STAGE_CONTRACT && paid->prepaid) /* [CO3] */
        state_enter(s, STAGE_DOCUMENTS, e);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "quote.make", &quote_make_record, ready_quote, judge_quote, NULL },
    { "contract.accept", &note_record, ready_accept, judge_accept, NULL },
    { "contract.sign", &note_record, ready_sign, judge_sign, NULL },
    { "payment.record", &payment_record_record, ready_payment, judge_payment, NULL },
};

static const struct event_kind events[] = {
    { "quote.made", 1, STREAM_CASE, &quote_record, apply_quote },
    { "contract.accepted", 1, STREAM_CASE, &note_record, apply_accepted },
    { "contract.signed", 1, STREAM_CASE, &note_record, apply_signed },
    { "payment.recorded", 1, STREAM_CASE, &payment_fact_record, apply_payment },
};
/* clang-format on */

const struct stage_tables contract_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
