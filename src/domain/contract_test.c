/* Stage 3: quote, acceptance, signature, prepayment. [M13] [M28]-[M30] */

#include "base/hash.h"
#include "domain/test_fixture.h"

#define FEE(fen)             "{'text':'审查费','kind':'fee','amount':" fen "}"
#define TRAVEL(fen)          "{'text':'差旅','kind':'travel','amount':" fen "}"
#define QUOTE(lines, prepay) "{'lines':[" lines "],'prepay':" prepay "}"
#define PAY(fen, day)                                                          \
    "{'amount':" fen ",'received':'" day "','payer':'示例电器有限公司'}"

/* [M13] */
TEST(prepayment_is_a_share_of_the_fees_within_the_package_s_bounds)
{
    static const struct attempt rows[] = {
        { "29.99 per cent", "finance", "quote.make", QUOTE(FEE("1"), "2999"),
          ERR_REFUSED, "contract.prepay" },
        { "30 per cent", "finance", "quote.make", QUOTE(FEE("1"), "3000"),
          ALLOWED },
        { "50 per cent", "finance", "quote.make", QUOTE(FEE("1"), "5000"),
          ALLOWED },
        { "50.01 per cent", "finance", "quote.make", QUOTE(FEE("1"), "5001"),
          ERR_REFUSED, "contract.prepay" },
        { "no line", "finance", "quote.make", "{'lines':[],'prepay':3000}",
          ERR_INVALID, "record.count" },
        { "[17065 4.2] an auditor quotes nothing", "lead", "quote.make",
          QUOTE(FEE("1"), "3000"), ERR_DENIED, "rights.role" },
    };
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    ATTEMPTS(f, rows);
}

/* [M28] [M30] travel is at cost and outside; rounded half up once. */
TEST(prepayment_is_rounded_half_up_and_leaves_travel_out)
{
    static const struct {
        const char *json;
        int64_t total;
        int64_t prepayment;
    } rows[] = {
        { QUOTE(FEE("1600000") "," TRAVEL("200000"), "3000"), 1800000, 480000 },
        { QUOTE(FEE("1"), "5000"), 1, 1 }, /* 0.5 goes up */
        { QUOTE(FEE("1"), "4999"), 1, 0 }, /* 0.4999 goes down */
        { QUOTE(FEE("333") "," FEE("1"), "3333"), 334, 111 }, /* 111.32 */
        { QUOTE(TRAVEL("900"), "5000"), 900, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_to(f, STAGE_CONTRACT);
        DO(f, "finance", "quote.make", rows[i].json);
        EXPECT_ROW(rows[i].json, f->state->quote->total == rows[i].total);
        EXPECT_ROW(rows[i].json,
                   f->state->quote->prepayment == rows[i].prepayment);
    }
}

/* [17065 4.1.2] */
TEST(both_sides_accept_one_after_the_other)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    NO(f, "applicant", "contract.accept", "{}", ERR_REFUSED,
       "contract.no_quote");
    NO(f, "finance", "contract.sign", "{}", ERR_REFUSED,
       "contract.not_accepted");
    DO(f, "finance", "quote.make", QUOTE(FEE("2000"), "3000"));
    DO(f, "finance", "quote.make", QUOTE(FEE("1000"), "3000"));
    EXPECT(f->state->quote->total == 1000); /* until accepted it may change */
    NO(f, "finance", "contract.sign", "{}", ERR_REFUSED,
       "contract.not_accepted");
    NO(f, "finance", "payment.record", PAY("300", "2026-03-02"), ERR_REFUSED,
       "contract.not_signed");
    DO(f, "applicant", "contract.accept", "{}");
    NO(f, "applicant", "contract.accept", "{}", ERR_REFUSED,
       "contract.accepted_already");
    NO(f, "finance", "quote.make", QUOTE(FEE("2000"), "3000"), ERR_REFUSED,
       "contract.accepted_already");
    NO(f, "finance", "payment.record", PAY("300", "2026-03-02"), ERR_REFUSED,
       "contract.not_signed");
    DO(f, "head", "contract.sign", "{}");
    NO(f, "finance", "contract.sign", "{}", ERR_REFUSED,
       "contract.signed_already");
}

static void sign(struct fixture *f, const char *quote)
{
    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make", quote);
    DO(f, "applicant", "contract.accept", "{}");
    DO(f, "finance", "contract.sign", "{}");
}

TEST(a_payment_is_the_client_s_and_has_come)
{
    static const struct attempt rows[] = {
        { "all of it", "finance", "payment.record", PAY("1000", "2026-03-02"),
          ALLOWED },
        { "a fen too much", "finance", "payment.record",
          PAY("1001", "2026-03-02"), ERR_REFUSED, "contract.overpaid" },
        { "tomorrow", "finance", "payment.record", PAY("1", "2026-03-03"),
          ERR_INVALID, "contract.received" },
        { "somebody else paid", "finance", "payment.record",
          "{'amount':1,'received':'2026-03-02','payer':'咨询公司'}",
          ERR_REFUSED, "contract.payer" },
        { "blanks around the name", "finance", "payment.record",
          "{'amount':1,'received':'2026-03-02',"
          "'payer':' 示例电器有限公司 '}",
          ALLOWED },
    };
    FIXTURE(f);

    sign(f, QUOTE(FEE("1000"), "3000"));
    ATTEMPTS(f, rows);
}

/* An enterprise that was renamed is still the client. */
TEST(the_client_pays_under_its_old_name_or_its_new_one)
{
    static const struct attempt rows[] = {
        { "old", "finance", "payment.record", PAY("1", "2026-03-02"), ALLOWED },
        { "new", "finance", "payment.record",
          "{'amount':1,'received':'2026-03-02',"
          "'payer':'示例家电有限公司'}",
          ALLOWED },
        { "another's", "finance", "payment.record",
          "{'amount':1,'received':'2026-03-02','payer':'咨询公司'}",
          ERR_REFUSED, "contract.payer" },
    };
    FIXTURE(f);

    sign(f, QUOTE(FEE("1000"), "3000"));
    f->enterprise.name = S("示例家电有限公司");
    ATTEMPTS(f, rows);
}

TEST(the_review_begins_with_the_last_fen_of_the_prepayment)
{
    FIXTURE(f);

    sign(f, QUOTE(FEE("1000"), "3000"));
    DO(f, "finance", "payment.record", PAY("299", "2026-03-02"));
    EXPECT(f->state->stage == STAGE_CONTRACT);
    DO(f, "finance", "payment.record", PAY("1", "2026-03-02"));
    EXPECT(f->state->stage == STAGE_DOCUMENTS);
    DO(f, "finance", "payment.record", PAY("700", "2026-03-02"));
    EXPECT(f->state->stage == STAGE_DOCUMENTS);
    NO(f, "finance", "payment.record", PAY("1", "2026-03-02"), ERR_REFUSED,
       "contract.paid_already");
}

TEST(where_no_prepayment_is_due_the_review_begins_with_the_signature)
{
    FIXTURE(f);

    sign(f, QUOTE(TRAVEL("1000"), "3000"));
    EXPECT(f->state->stage == STAGE_DOCUMENTS);
    EXPECT(f->state->waiting == WAITING_BODY);
}

/* An acceptance of the newest offer, by its hash. */
static const char *newest(struct fixture *f)
{
    struct buf b;
    str json = S("");

    buf_init(&b, &f->arena, 200);
    buf_str(&b, S("{'offer':'"));
    buf_hex(&b, f->state->money.offer.b, sizeof f->state->money.offer.b);
    buf_str(&b, S("'}"));
    buf_char(&b, '\0');
    EXPECT_OK(buf_done(&b, &json));
    return json.p;
}

/* [CO1] [17065 4.1.2] */
TEST(both_sides_put_the_hash_of_the_very_offer_under_it)
{
    const struct acceptance *accepted;
    const char *old;
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make", QUOTE(FEE("2000"), "3000"));
    old = newest(f);
    DO(f, "finance", "quote.make", QUOTE(FEE("1000"), "3000"));
    EXPECT(hash_eq(&f->state->money.offer, &f->events[f->n - 1]->hash));
    NO(f, "applicant", "contract.accept", old, ERR_REFUSED,
       "contract.other_offer");
    DO(f, "applicant", "contract.accept", newest(f));
    accepted = f->events[f->n - 1]->data;
    EXPECT(hash_eq(&accepted->offer, &f->state->money.offer));
    DO(f, "finance", "contract.sign", "{}");
    EXPECT(hash_eq(&f->state->money.agreement->offer, &f->state->money.offer));
}

/* [CO2] [M13] */
TEST(a_contract_runs_from_the_body_s_signature_for_its_period)
{
    static const struct {
        const char *quote;
        const char *until;
    } rows[] = {
        { QUOTE(FEE("1000"), "3000"), "2029-03-01" }, /* 36 months */
        { "{'lines':[" FEE("1000") "],'prepay':3000,'period':'12m'}",
          "2027-03-01" },
        { "{'lines':[" FEE("1000") "],'prepay':3000,'period':'1d'}",
          "2026-03-02" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        sign(f, rows[i].quote);
        EXPECT_ROW(rows[i].until,
                   f->state->money.agreement->from == on("2026-03-02"));
        EXPECT_ROW(rows[i].until,
                   f->state->money.agreement->until == on(rows[i].until));
    }
}

/* [CO4] */
TEST(a_contract_has_the_body_s_number_or_that_of_the_case)
{
    static const struct {
        const char *sign;
        const char *number;
    } rows[] = {
        { "{}", "C2026-0001" },
        { "{'number':'  '}", "C2026-0001" },
        { "{'number':' 合同 7/2026 '}", "合同 7/2026" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_to(f, STAGE_CONTRACT);
        DO(f, "finance", "quote.make", QUOTE(FEE("1000"), "3000"));
        DO(f, "applicant", "contract.accept", "{}");
        EXPECT_STR(state_contract_number(f->state), S("C2026-0001"));
        DO(f, "finance", "contract.sign", rows[i].sign);
        EXPECT_ROW_STR(rows[i].number, f->state->money.agreement->number,
                       str_of(rows[i].number));
        EXPECT_ROW_STR(rows[i].number, state_contract_number(f->state),
                       str_of(rows[i].number));
    }
}

#define TEN_TIMES(x) x x x x x x x x x x

TEST(a_contract_s_number_is_no_longer_than_the_authority_s_sheet_holds)
{
    static const struct attempt rows[] = {
        { "100", "finance", "contract.sign",
          "{'number':'" TEN_TIMES("HT-2026-07") "'}", ALLOWED },
        { "101", "finance", "contract.sign",
          "{'number':'" TEN_TIMES("HT-2026-07") "1'}", ERR_INVALID,
          "record.length" },
    };
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make", QUOTE(FEE("1000"), "3000"));
    DO(f, "applicant", "contract.accept", "{}");
    ATTEMPTS(f, rows);
}

/* [CO1] Of before there were any: it runs as long as the package says. */
TEST(a_quote_without_a_period_runs_as_the_package_says)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make", QUOTE(FEE("1000"), "3000"));
    DO(f, "applicant", "contract.accept", "{}");
    struct quote before = *f->state->quote;
    before.period.n = 0;
    f->state->quote = &before;
    DO(f, "finance", "contract.sign", "{}");
    EXPECT(f->state->money.agreement->until ==
           facts_deadline(&f->facts, f->scheme->contract.period).on - 1);
}
