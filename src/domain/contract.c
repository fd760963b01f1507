/*
 * contract -- stage 3: both sides accept one offer. [M13] [17065 4.1.2]
 *
 *   [CO1] Acceptance and signature name the hash of the very quote they are
 *         about, with its lines, terms and period; nothing can be put under
 *         them afterwards.
 *   [CO2] First the client accepts, then the body signs; the contract runs
 *         from the day of the signature.
 *   [CO3] The document review begins when both sides have accepted and the
 *         prepayment is complete; at once where none is due.
 *   [CO4] A contract has a number: the body's own, or that of the case.  One
 *         contract may be about several cases, so numbers need not differ.
 */

#include "base/hash.h"
#include "base/size.h"
#include "domain/stages.h"

/* As many as the authority's sheet holds. */
enum { CONTRACT_NUMBER_MAX = 100 };

/* clang-format off */
static const struct field contract_accept_fields[] = {
    F_STR_OPT(struct contract_accept, note, 4000),
    F_HASH_OPT(struct contract_accept, offer),
};
static const struct record contract_accept_record =
    RECORD(contract_accept, contract_accept_fields);

static const struct field contract_sign_fields[] = {
    F_STR_OPT(struct contract_sign, note, 4000),
    F_STR_OPT(struct contract_sign, number, CONTRACT_NUMBER_MAX),
};
static const struct record contract_sign_record =
    RECORD(contract_sign, contract_sign_fields);

static const struct field acceptance_fields[] = {
    F_STR_OPT(struct acceptance, note, 4000),
    F_HASH_OPT(struct acceptance, offer),
    F_DAY_OPT(struct acceptance, from),
    F_DAY_OPT(struct acceptance, until),
    F_STR_OPT(struct acceptance, number, CONTRACT_NUMBER_MAX),
};
const struct record acceptance_record = RECORD(acceptance, acceptance_fields);
/* clang-format on */

/* --- contract.accept ------------------------------------------------------ */

static err ready_accept(struct arena *a, const struct state *s)
{
    if (s->quote == NULL)
        REFUSE(a, "contract.no_quote");
    if (s->client_accepted)
        REFUSE(a, "contract.accepted_already");
    return OK;
}

/* Whoever names an offer means that one, and no newer one. [CO1] */
static err check_offer(struct arena *a, const struct state *s,
                       const struct hash *named)
{
    if (hash_is_zero(named) || hash_eq(named, &s->money.offer))
        return OK;
    REFUSE(a, "contract.other_offer");
}

static err judge_accept(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct contract_accept *wish = c->data;
    const struct acceptance made = {
        .note = wish->note,
        .offer = s->money.offer,
        .from = DAY_NEVER,
        .until = DAY_NEVER,
    };

    TRY(check_offer(a, s, &wish->offer));
    return event_emit(a, out, "contract.accepted", f, &made);
}

static void apply_accepted(struct state *s, const struct event *)
{
    s->client_accepted = true;
    state_wait(s, WAITING_BODY, DAY_NEVER, false);
}

/* --- contract.sign -------------------------------------------------------- */

static err ready_sign(struct arena *a, const struct state *s)
{
    if (!s->client_accepted)
        REFUSE(a, "contract.not_accepted");
    if (s->body_signed)
        REFUSE(a, "contract.signed_already");
    return OK;
}

/* [CO4] */
static str number_of(const struct state *s, str given)
{
    str own = str_trim(given);

    return own.n > 0 ? own : s->opened->number;
}

str state_contract_number(const struct state *s)
{
    const struct acceptance *agreed = s->money.agreement;

    return number_of(s, agreed == NULL ? S("") : agreed->number);
}

/* Quotes of before contracts had a period run as long as the package says. */
static struct span period_of(const struct state *s)
{
    return s->quote->period.n > 0 ? s->quote->period
                                  : s->scheme->contract.period;
}

static err judge_sign(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    const struct contract_sign *wish = c->data;
    const struct acceptance made = {
        .note = wish->note,
        .offer = s->money.offer,
        .number = number_of(s, wish->number),
        .from = f->today,
        .until = facts_deadline(f, period_of(s)).on - 1,
    };

    return event_emit(a, out, "contract.signed", f, &made);
}

static void apply_signed(struct state *s, const struct event *e)
{
    s->body_signed = true;
    s->money.agreement = e->data;
    if (s->quote != NULL && s->quote->prepayment <= s->paid) /* [CO3] */
        state_enter(s, STAGE_DOCUMENTS, e);
    else
        state_wait(s, WAITING_APPLICANT, DAY_NEVER, false);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "contract.accept", &contract_accept_record, ready_accept, judge_accept, NULL },
    { "contract.sign", &contract_sign_record, ready_sign, judge_sign, NULL },
};

static const struct event_kind events[] = {
    { "contract.accepted", 1, STREAM_CASE, &acceptance_record, apply_accepted },
    { "contract.signed", 1, STREAM_CASE, &acceptance_record, apply_signed },
};
/* clang-format on */

const struct stage_tables contract_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
