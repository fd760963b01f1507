/*
 * row_certificate -- the sheet of certificates: one row for each act on one,
 * as it stood right after. [M20] [条例 26]
 *
 *   [RC1] Why a certificate was suspended or withdrawn stands there while it
 *         is, and only then; why it was cancelled, in the remark: the sheet
 *         has no column for it.
 *   [RC2] A status has the authority's code, its reasons those of
 *         domain/codes.h.
 *   [RC3] A certificate that follows on another is a replacement and names it,
 *         and the body that issued it.
 *   [RC4] A sub-certificate has rows of its own, with its site, scope and days;
 *         it names the main one, shares its status and says of one that ended
 *         alone that it was cancelled.  Fees stand in the main one's rows.
 */

#include "base/buf.h"
#include "base/size.h"
#include "domain/codes.h"
#include "filing/row_parts.h"

enum { TEXT_MAX = 16000 };

static const struct state *state_of(const struct making *m)
{
    return m->course->state;
}

static const struct certificate *certificate_of(const struct making *m)
{
    return m->course->state->certificate;
}

static bool is_evaluation(const struct making *m)
{
    return m->act == ACT_ISSUE || m->act == ACT_EVALUATE;
}

static err yes_no(bool yes, str *out)
{
    return row_text(yes ? S("1") : S("0"), out);
}

/* --- body and organisation ------------------------------------------------ */

static err approval(const struct making *m, str *out)
{
    return row_plain(m, m->s->body->approval, out);
}

/* A body without branches names itself. */
static err branch(const struct making *m, str *out)
{
    return row_text(m->s->body->name_zh, out);
}

static err holder(const struct making *m, str *out)
{
    return row_text(certificate_of(m)->holder, out);
}

static err former_holder(const struct making *m, str *out)
{
    bool renamed = m->act == ACT_CHANGE &&
                   !str_eq(m->course->former_holder, certificate_of(m)->holder);

    return row_text(renamed ? m->course->former_holder : S(""), out);
}

static err uscc(const struct making *m, str *out)
{
    return row_plain(m, certificate_of(m)->uscc, out);
}

/* A social credit code is given in mainland China only. */
static err country(const struct making *m, str *out)
{
    return row_text(certificate_of(m)->uscc.n > 0 ? S("156") : S(""), out);
}

/* As registered, or as applied with; of a site where that is. */
static err address(const struct making *m, str *out)
{
    if (m->sub != NULL)
        return row_text(m->sub->sub->address, out);

    str printed = certificate_of(m)->address;
    str applied = state_of(m)->application->address;

    if (m->c->address.n > 0)
        return row_text(m->c->address, out);
    return row_text(printed.n > 0 ? printed : applied, out);
}

static err district(const struct making *m, str *out)
{
    return row_text(state_of(m)->application->district, out);
}

static void put_trade(const struct making *m, struct buf *b, str trade)
{
    if (trade.n == 0 || str_contains(buf_view(b), trade))
        return;
    row_next_value(m, b);
    buf_str(b, trade);
}

/* The enterprise's own, and those of its products; each once. */
static err trades(const struct making *m, str *out)
{
    const struct application *p = state_of(m)->application;
    const struct product *products = p->products.p;
    struct buf b;

    buf_init(&b, m->a, TEXT_MAX);
    put_trade(m, &b, p->trade);
    for (size_t i = 0; i < p->products.n; i++)
        put_trade(m, &b, products[i].trade);
    return buf_done(&b, out);
}

static err phone(const struct making *m, str *out)
{
    return row_text(m->c->contact_phone, out);
}

static err staff(const struct making *m, str *out)
{
    return row_number(m, state_of(m)->application->staff, out);
}

static err covered(const struct making *m, str *out)
{
    return row_number(m, application_covered(state_of(m)->application), out);
}

/* --- the certificate --------------------------------------------------------
 */

static err first_issued(const struct making *m, str *out)
{
    return row_day(m,
                   m->sub == NULL ? certificate_of(m)->first_issued
                                  : m->sub->sub->issued,
                   out);
}

static err number(const struct making *m, str *out)
{
    return row_plain(m,
                     m->sub == NULL ? certificate_of(m)->number
                                    : m->sub->sub->number,
                     out);
}

static err criterion(const struct making *m, str *out)
{
    return row_text(certificate_of(m)->criterion, out);
}

/* Sites that belong to the certificate. */
static size_t sites_here(const struct making *m)
{
    const struct state *s = state_of(m);
    size_t n = 0;

    for (size_t i = 0; i < s->application->sites.n; i++)
        n += !s->site_gone[i];
    return n;
}

static err several(const struct making *m, str *out)
{
    return yes_no(m->sub == NULL && sites_here(m) > 1, out);
}

static err places(const struct making *m, str *out)
{
    const struct list *sites = &state_of(m)->application->sites;
    const struct site *site = sites->p;
    struct buf b;

    if (m->sub != NULL || sites_here(m) < 2)
        return row_text(S(""), out);
    buf_init(&b, m->a, TEXT_MAX);
    for (size_t i = 0; i < sites->n; i++) {
        if (!state_of(m)->site_gone[i])
            row_put_site(m, &b, &site[i]);
    }
    return buf_done(&b, out);
}

static err scope(const struct making *m, str *out)
{
    bool own = m->sub != NULL && m->sub->sub->scope.n > 0;

    return row_text(own ? m->sub->sub->scope : m->course->scope, out);
}

static err recertifications(const struct making *m, str *out)
{
    return row_number(m, certificate_of(m)->recertifications, out);
}

static err surveillances(const struct making *m, str *out)
{
    return row_number(m, state_of(m)->surveillances, out);
}

static err issued(const struct making *m, str *out)
{
    return row_day(m,
                   m->sub == NULL ? certificate_of(m)->issued
                                  : m->sub->sub->issued,
                   out);
}

static err until(const struct making *m, str *out)
{
    return row_day(m,
                   m->sub == NULL ? certificate_of(m)->until
                                  : m->sub->sub->until,
                   out);
}

/* [RC4] */
static err is_sub(const struct making *m, str *out)
{
    return yes_no(m->sub != NULL, out);
}

static err main_number(const struct making *m, str *out)
{
    return row_plain(m, m->sub == NULL ? S("") : m->sub->sub->main, out);
}

/* --- the activity ------------------------------------------------------------
 */

static err activity(const struct making *m, str *out)
{
    const struct state *s = state_of(m);

    if (!is_evaluation(m))
        return row_text(S("05"), out);
    if (s->round == ROUND_SURVEILLANCE)
        return row_text(S("03"), out);
    if (s->round != ROUND_INITIAL || s->opened->kind == CASE_TRANSFER)
        return row_text(S("04"), out);
    return row_text(s->opened->kind == CASE_RENEWAL ? S("02") : S("01"), out);
}

/* Of the first round the document review begins it. */
static err began(const struct making *m, str *out)
{
    const struct course *c = m->course;
    day first = c->visit_count > 0 ? c->visits[0].from : DAY_NEVER;

    if (m->act == ACT_ISSUE && c->review_from != DAY_NEVER)
        first = c->review_from;
    return row_day(m, is_evaluation(m) ? first : DAY_NEVER, out);
}

static err ended(const struct making *m, str *out)
{
    const struct course *c = m->course;
    day last =
        c->visit_count > 0 ? c->visits[c->visit_count - 1].to : DAY_NEVER;

    return row_day(m, is_evaluation(m) ? last : DAY_NEVER, out);
}

/* On site, re-audits too; documents do not count. */
static err person_days(const struct making *m, str *out)
{
    int64_t tenths = 0;

    for (int32_t i = 0; i < m->course->visit_count; i++)
        tenths += m->course->visits[i].goes_on
                      ? 0
                      : m->course->visits[i].plan->person_days;
    if (!is_evaluation(m) || tenths == 0)
        return row_text(S(""), out);
    return row_decimal(m, tenths, 1, out);
}

static err table_days(const struct making *m, str *out)
{
    const struct plan *p = state_of(m)->plan;

    if (!is_evaluation(m) || p == NULL || p->table_days == 0)
        return row_text(S(""), out);
    return row_decimal(m, p->table_days, 1, out);
}

/* A case is judged by one scheme: nothing is combined. */
static err single(const struct making *, str *out)
{
    return row_text(S("01"), out);
}

static err deciders(const struct making *m, str *out)
{
    struct buf b;

    buf_init(&b, m->a, TEXT_MAX);
    for (int32_t i = 0; i < m->course->decider_count; i++) {
        struct filing_person p;

        TRY(row_person(m, m->course->deciders[i], &p));
        row_next_value(m, &b);
        buf_str(&b, p.name);
    }
    return buf_done(&b, out);
}

static err decided(const struct making *m, str *out)
{
    return row_day(m, m->course->decided, out);
}

/* --- status [RC1] [RC2] ---- */

static enum certificate_status status_of(const struct making *m)
{
    if (m->act == ACT_EXPIRE) /* also of a sub-certificate alone */
        return CERTIFICATE_EXPIRED;
    return m->act == ACT_SUB_END ? CERTIFICATE_CANCELLED : state_of(m)->status;
}

static err status(const struct making *m, str *out)
{
    static const char *const codes[] = {
        [CERTIFICATE_VALID] = "01",     [CERTIFICATE_SUSPENDED] = "02",
        [CERTIFICATE_WITHDRAWN] = "03", [CERTIFICATE_CANCELLED] = "04",
        [CERTIFICATE_EXPIRED] = "05",
    };

    return row_text(str_of(codes[status_of(m)]), out);
}

static bool is(const struct making *m, enum certificate_status status)
{
    return status_of(m) == status;
}

static err pause_cause(const struct making *m, str *out)
{
    const struct suspension *s = m->course->suspension;

    if (!is(m, CERTIFICATE_SUSPENDED) || s == NULL)
        return row_text(S(""), out);
    return row_text(str_of(suspension_codes[s->code]), out);
}

static err pause_from(const struct making *m, str *out)
{
    bool suspended = is(m, CERTIFICATE_SUSPENDED);

    return row_day(m, suspended ? m->course->suspended : DAY_NEVER, out);
}

static err pause_until(const struct making *m, str *out)
{
    bool suspended = is(m, CERTIFICATE_SUSPENDED);

    return row_day(m, suspended ? state_of(m)->suspended_until : DAY_NEVER,
                   out);
}

static err cancel_cause(const struct making *m, str *out)
{
    const struct ending_reasons *why = m->course->ending;

    if (!is(m, CERTIFICATE_WITHDRAWN) || why == NULL)
        return row_text(S(""), out);
    return row_text(str_of(withdrawal_codes[why->code]), out);
}

static err cancel_date(const struct making *m, str *out)
{
    bool withdrawn = is(m, CERTIFICATE_WITHDRAWN);

    return row_day(m, withdrawn ? m->course->ended : DAY_NEVER, out);
}

/* Why it was cancelled, in the authority's code; empty: it was not. */
static str cancelled_why(const struct making *m)
{
    const struct ending_reasons *why = m->course->ending;

    if (m->act == ACT_SUB_END)
        return str_of(sub_ending_codes[m->course->sub_ending->why]);
    return is(m, CERTIFICATE_CANCELLED) && why != NULL
               ? str_of(cancellation_codes[why->code])
               : S("");
}

/* [RC1] */
static err remark(const struct making *m, str *out)
{
    str why = cancelled_why(m);
    str added = row_particular(m, OF_CASE, "REMARK");
    struct buf b;

    buf_init(&b, m->a, TEXT_MAX);
    if (why.n > 0) {
        buf_str(&b, m->s->dictionary->cancelled);
        buf_char(&b, ' ');
        buf_str(&b, why);
    }
    if (added.n > 0)
        row_next_value(m, &b);
    buf_str(&b, added);
    return buf_done(&b, out);
}

/* --- money, field, days ---- */

/* What the contract comes to, as the note of the column says: for a
 * surveillance what it asks for each, where it has that apart.  Of other rounds
 * it says nothing.  Fen; 0: nothing to tell. */
static int64_t agreed_fee(const struct making *m)
{
    const struct quote *q = state_of(m)->quote;
    enum round_kind round = state_of(m)->round;

    if (!is_evaluation(m) || q == NULL || m->sub != NULL)
        return 0;
    if (round == ROUND_SURVEILLANCE && q->surveillance > 0)
        return q->surveillance;
    return round == ROUND_INITIAL || round == ROUND_SURVEILLANCE ? q->total : 0;
}

static err fee(const struct making *m, str *out)
{
    int64_t agreed = agreed_fee(m);

    if (m->sub != NULL && is_evaluation(m)) /* [RC4] */
        return row_decimal(m, 0, 2, out);
    return agreed > 0 ? row_decimal(m, agreed, 2, out) : row_text(S(""), out);
}

static err fee_currency(const struct making *m, str *out)
{
    bool told = agreed_fee(m) > 0 || (m->sub != NULL && is_evaluation(m));

    return row_text(told ? S("01") : S(""), out);
}

static err contract(const struct making *m, str *out)
{
    return row_plain(m, state_contract_number(state_of(m)), out);
}

static err service_field(const struct making *m, str *out)
{
    bool service = m->c->scheme->kind == SCHEME_SERVICE;

    return row_plain(m, service ? m->c->scheme->field : S(""), out);
}

static err facts_from(const struct making *m, str *out)
{
    return row_day(m, m->s->from, out);
}

static err facts_until(const struct making *m, str *out)
{
    return row_day(m, m->s->to, out);
}

/* clang-format off */
static const struct cell_rule rules[] = {
    { "RZJG_ID", approval, false },
    { "RZJG_KEY_ID", branch, true },
    { "ORG_NAME", holder, false },
    { "ORG_O_NAME", former_holder, false },
    { "ORG_CODE", uscc, false },
    { "BEL_INDUSTRY", trades, false },
    { "ORG_COUNTRY", country, true },
    { "ORG_DISTRICT", district, false },
    { "ORG_ADDRESS", address, false },
    { "ORG_PHONE", phone, false },
    { "ORG_PEOP_NUM", staff, false },
    { "RELA_PEOP_NUM", covered, false },
    { "FIRST_CERT_DATE", first_issued, false },
    { "CERT_NUMBER", number, false },
    { "AUTH_PROJ_CODEDEC", criterion, false },
    { "IS_MULTI_SCENE", several, false },
    { "PLACE_NAME_ADD", places, true },
    { "BUSI_COVER_SCOP", scope, false },
    { "APPR_AC_CODE", activity, false },
    { "A_AUTH_TIMES", recertifications, false },
    { "SUSE_TIMES", surveillances, false },
    { "APPR_S_DATE", began, false },
    { "APPR_E_DATE", ended, false },
    { "CHK_PD_NUM", person_days, false },
    { "IS_COMB", single, true },
    { "CHK_P_LIST", deciders, false },
    { "APP_ASS_DATE", decided, false },
    { "AWARD_DATE", issued, false },
    { "CERTI_E_DATE", until, false },
    { "CERTI_STATUS", status, false },
    { "PAUSE_CAUSE", pause_cause, false },
    { "PAUSE_S_DATE", pause_from, false },
    { "PAUSE_E_DATE", pause_until, false },
    { "CANCEL_CAUSE", cancel_cause, false },
    { "CANCEL_DATE", cancel_date, false },
    { "IS_C_CERTI", is_sub, false },
    { "M_CERTI_NUM", main_number, false },
    { "CHG_DATE", row_changed, false },
    { "CHG_TYP_CODE", row_change, false },
    { "IS_CHG_CERTI", row_replaced, false },
    { "EXCHANGE_DATE", row_replaced_on, false },
    { "EXCHANGE_CAUSE", row_replaced_why, false },
    { "O_AWARD_JG", row_former_body, false },
    { "O_CERTI_NUM", row_former_number, false },
    { "REV_CERTI_FEE", fee, false },
    { "REV_CERTI_FEE_CURR", fee_currency, false },
    { "INVOICE_NUM", contract, false },
    { "Service_area_code", service_field, false },
    { "REPORT_TYPE", row_kind_of_report, false },
    { "REMARK", remark, false },
    { "BASE_PD_NUM", table_days, false },
    { "FETCH_S_DATE", facts_from, false },
    { "FETCH_E_DATE", facts_until, false },
};
/* clang-format on */

err row_add_certificate(struct making *m, struct filing *out)
{
    m->sheet = &m->s->dictionary->sheets[SHEET_CERTIFICATE];
    return row_add(m, rules, COUNT(rules), &out->sheets[SHEET_CERTIFICATE]);
}
