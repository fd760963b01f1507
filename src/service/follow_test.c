/* Cases that follow on a certificate, on both engines: what the service hands
 * to domain/follow. [M23] */

#include "service/app.h"
#include "service/service_test_env.h"
#include "store/certificates.h"

#include <stdio.h>

/* A certificate of newcomer's that ends in three months, and of which only the
 * register's row is known: its acts are in no journal of this program. */
static struct certificate_row imported(const struct office *o)
{
    day today = office_today(o);

    return (struct certificate_row){
        .number = S("00023SC0001R0S"),
        .id = { { 0xCE } },
        .enterprise = o->own.id,
        .holder = o->own.name,
        .uscc = o->own.uscc,
        .scheme_id = S("mini"),
        .criterion = S("T 1-2026"),
        .level_id = S("three"),
        .stars = 3,
        .issued = today - 1000,
        .valid_from = today - 1000,
        .valid_until = today + 90,
        .first_issued = today - 1000,
        .status_since = today - 1000,
        .scope_zh = S("售后"),
        .log_index = LOG_INDEX_NONE,
        .version = 1,
    };
}

static err import(struct tx *tx, void *context)
{
    const struct certificate_row row = imported(context);

    return certificate_put(tx, &row);
}

static err open_renewal_of(struct office *o, const char *who,
                           const char *number)
{
    char json[200];

    (void)snprintf(json, sizeof json,
                   "{'scheme':'mini','level':'ten','kind':'renewal',"
                   "'previous':'%s'}",
                   number);
    struct case_order order = office_order(o, who, S("new"), "case.open", json);
    return office_give(o, &order, NULL);
}

static err open_renewal(struct office *o, const char *who)
{
    return open_renewal_of(o, who, "00023SC0001R0S");
}

EACH_STORE_TEST(a_renewal_follows_on_a_certificate_of_the_enterprise_alone)
{
    TEST_OFFICE(o, place);

    EXPECT_ERR(open_renewal(&o, "newcomer"), ERR_NOT_FOUND,
               "follow.certificate"); /* there is none yet */
    EXPECT_OK(app_write(o.app, &o.arena, import, &o));
    EXPECT_ERR(open_renewal(&o, "rival"), ERR_NOT_FOUND, "follow.certificate");
    EXPECT_OK(open_renewal(&o, "newcomer"));
}

ONE_STORE_TEST(the_number_of_what_is_renewed_is_typed_in_either_case, true)
{
    TEST_OFFICE(o, place);

    EXPECT_OK(app_write(o.app, &o.arena, import, &o));
    EXPECT_OK(open_renewal_of(&o, "newcomer", "00023sc0001r0s"));
    EXPECT(office_count(&o, "SELECT count(*) FROM case_view"
                            " WHERE previous = '00023SC0001R0S'") == 1);
}

/* Of a certificate that is only in the register, its row says how it stands. */
EACH_STORE_TEST(a_suspended_certificate_from_elsewhere_is_not_renewed)
{
    TEST_OFFICE(o, place);

    EXPECT_OK(app_write(o.app, &o.arena, import, &o));
    (void)office_ask(&o, "UPDATE certificate SET status = 1");
    EXPECT_ERR(open_renewal(&o, "newcomer"), ERR_REFUSED, "follow.suspended");
}

/* --- while there is one [FO4] --------------------------------------------- */

static err open_first(struct office *o, const char *who, const char *json)
{
    struct case_order order = office_order(o, who, S("new"), "case.open", json);

    return office_give(o, &order, NULL);
}

#define FIRST    "{'scheme':'mini','level':'ten'}"
#define TRANSFER "{'scheme':'mini','level':'ten','kind':'transfer'}"

/* [17065 7.10] What it has it renews or changes. */
EACH_STORE_TEST(with_a_valid_certificate_no_second_case_is_opened)
{
    TEST_OFFICE(o, place);

    EXPECT_OK(open_first(&o, "newcomer", FIRST)); /* it has none yet */
    EXPECT_OK(app_write(o.app, &o.arena, import, &o));
    EXPECT_ERR(open_first(&o, "newcomer", FIRST), ERR_REFUSED, "follow.held");
    EXPECT(str_contains(office_refusal(&o).arguments, S("00023SC0001R0S")));
    EXPECT_ERR(open_first(&o, "newcomer", TRANSFER), ERR_REFUSED,
               "follow.held");
    EXPECT_OK(open_first(&o, "rival", FIRST)); /* another enterprise */
    (void)office_mini_with(&o, "id: mini", "id: other");
    EXPECT_OK(open_first(&o, "newcomer", "{'scheme':'other','level':'ten'}"));
    EXPECT_OK(open_renewal(&o, "newcomer"));
}

/* The day after its last it is no certificate any more, whatever its row says
 * until the day's work is done. */
EACH_STORE_TEST(what_is_not_valid_any_more_keeps_no_case_from_being_opened)
{
    TEST_OFFICE(o, place);

    EXPECT_OK(app_write(o.app, &o.arena, import, &o));
    office_pass_days(&o, 90);
    EXPECT_ERR(open_first(&o, "newcomer", FIRST), ERR_REFUSED, "follow.held");
    office_pass_days(&o, 1);
    EXPECT_OK(open_first(&o, "newcomer", FIRST));
}

enum { MANY = 201 }; /* more than two pages of them */

/* All withdrawn but the last. */
static err import_many(struct tx *tx, void *context)
{
    for (int i = 1; i <= MANY; i++) {
        struct certificate_row row = imported(context);
        char number[20];

        (void)snprintf(number, sizeof number, "00023SC%04dR0S", i);
        row.number = str_of(number);
        row.id.b[1] = (uint8_t)(i / 100);
        row.id.b[2] = (uint8_t)(i % 100);
        row.status = i < MANY ? CERTIFICATE_WITHDRAWN : CERTIFICATE_VALID;
        TRY(certificate_put(tx, &row));
    }
    return OK;
}

ONE_STORE_TEST(the_valid_one_is_found_among_any_number_of_others, true)
{
    TEST_OFFICE(o, place);

    EXPECT_OK(app_write(o.app, &o.arena, import_many, &o));
    EXPECT_ERR(open_first(&o, "newcomer", FIRST), ERR_REFUSED, "follow.held");
    EXPECT(str_contains(office_refusal(&o).arguments, S("00023SC0201R0S")));
    (void)office_ask(&o, "UPDATE certificate SET status = 1");
    EXPECT_OK(open_first(&o, "newcomer", FIRST));
}
