/* What the register says of an enterprise. [SD1] [SD2] [SD3] */
#include "service/register_said.h"

#include "base/buf.h"
#include "service/service_test_env.h"
#include "store/certificates.h"
#include "store/imported.h"

#include <stdio.h>

static str said(struct office *o, str uscc)
{
    scoped(tx_abort) struct tx *tx = NULL;
    str got = S("?");

    EXPECT_OK(app_read(o->app, &o->arena, &tx));
    if (tx != NULL)
        EXPECT_OK(register_holder_said(o->app, tx, &o->arena, uscc, &got));
    return got;
}

EACH_STORE_TEST(of_an_enterprise_without_certificates_nothing_is_said)
{
    TEST_OFFICE(o, place);

    EXPECT_STR(said(&o, S(OFFICE_USCC)), S(""));
    (void)office_certified(&o);
    EXPECT_STR(said(&o, S(RIVAL_USCC)), S(""));
    EXPECT_STR(said(&o, S("")), S(""));
}

/* Pinned whole: what is not here the public does not get, and the hash of what
 * is here is what proves it. [M21] [M24] */
EACH_STORE_TEST(a_certificate_is_said_with_its_sub_certificates)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_UPKEEP);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub", "{'n':1}"));
    str got = said(&o, S(OFFICE_USCC));
    EXPECT_STR(
        got,
        S("{\"certificates\":[{\"body\":null,\"criterion\":\"T 1-2026\","
          "\"first_issued\":\"2026-04-16\",\"holder\":\"示例电器有限公司\","
          "\"issued\":\"2026-04-16\",\"level\":\"ten\","
          "\"level_name\":{\"en\":\"Ten stars\",\"zh\":\"十星级\"},"
          "\"number\":\"00026SC0001R0S\",\"scheme\":\"mini\","
          "\"scope\":\"家用电器的售后服务\",\"status\":\"valid\","
          "\"status_since\":\"2026-04-16\",\"sub_certificates\":["
          "{\"ended\":null,\"issued\":\"2026-04-16\","
          "\"number\":\"00026SC0001R0S-1\",\"site\":\"总部\","
          "\"valid_until\":\"2029-04-15\"}],\"suspended_until\":null,"
          "\"valid_from\":\"2026-04-16\",\"valid_until\":\"2029-04-15\"}],"
          "\"uscc\":\"" OFFICE_USCC "\"}"));

    /* Days that pass say nothing else [SD1]; acts do. */
    office_pass_days(&o, 2000);
    EXPECT_STR(said(&o, S(OFFICE_USCC)), got);
    (void)office_ask(&o, "UPDATE certificate SET status = 3");
    EXPECT(!str_eq(said(&o, S(OFFICE_USCC)), got));
}

/* --- many --------------------------------------------------------------- */

enum { MANY = STORE_PAGE_MAX + 2 };

static err put_many(struct tx *tx, void *)
{
    for (int i = 0; i < MANY; i++) {
        char number[20];
        struct certificate_row row = {
            .id = { { 0xCE, (uint8_t)(i / 256), (uint8_t)i } },
            .holder = S("示例锁业有限公司"),
            .uscc = S(RIVAL_USCC),
            .scheme_id = S("mini"),
            .criterion = S("T 1-2026"),
            .level_id = S("three"),
            .stars = 3,
            .issued = 20000,
            .valid_from = 20000,
            .valid_until = 21000,
            .first_issued = 20000,
            .status_since = 20000,
            .suspended_until = DAY_NEVER,
            .scope_zh = S("售后"),
            .log_index = LOG_INDEX_NONE,
            .version = 1,
        };

        (void)snprintf(number, sizeof number, "A%05d", MANY - i);
        row.number = str_of(number);
        TRY(certificate_put(tx, &row));
    }
    return OK;
}

static size_t count_of(str text, str what)
{
    size_t n = 0;

    for (size_t i = 0; i + what.n <= text.n; i++)
        n += str_begins(str_from(text, i), what);
    return n;
}

/* [SD2] */
EACH_STORE_TEST(all_of_them_are_said_by_their_numbers)
{
    TEST_OFFICE(o, place);

    EXPECT_OK(app_write(o.app, &o.arena, put_many, NULL));
    str got = said(&o, S(RIVAL_USCC));
    EXPECT(count_of(got, S("\"number\":\"A")) == MANY);
    EXPECT(count_of(got, S("\"number\":\"A00001\"")) == 1);
    EXPECT(count_of(got, S("\"number\":\"A01002\"")) == 1);
    EXPECT(str_find(got, S("A00001")) < str_find(got, S("A00002")));
}

static err put_foreign(struct tx *tx, void *)
{
    struct imported_row row = {
        .row = 1,
        .number = S("A000015"),
        .holder = S("示例锁业有限公司"),
        .uscc = S(RIVAL_USCC),
        .body = S("别的机构"),
        .criterion = S("T 1-2026"),
        .issued = 20000,
        .valid_from = 20001,
        .valid_until = 21000,
        .status = 2,
        .status_since = 20500,
        .line = 1,
    };
    bool put;

    return imported_put(tx, &row, &put);
}

/* Beside those of the body's own, by number as well. */
EACH_STORE_TEST(an_imported_certificate_is_said_with_whose_it_is)
{
    TEST_OFFICE(o, place);

    EXPECT_OK(app_write(o.app, &o.arena, put_foreign, NULL));
    EXPECT_STR(
        said(&o, S(RIVAL_USCC)),
        S("{\"certificates\":[{\"body\":\"别的机构\",\"criterion\":\"T "
          "1-2026\",\"first_issued\":\"2024-10-04\",\"holder\":"
          "\"示例锁业有限公司\",\"issued\":\"2024-10-04\",\"level\":\"\","
          "\"level_name\":null,\"number\":\"A000015\",\"scheme\":\"\","
          "\"scope\":\"\","
          "\"status\":\"withdrawn\",\"status_since\":\"2026-02-16\","
          "\"sub_certificates\":[],\"suspended_until\":null,"
          "\"valid_from\":\"2024-10-05\",\"valid_until\":\"2027-07-01\"}],"
          "\"uscc\":\"" RIVAL_USCC "\"}"));
    EXPECT_OK(app_write(o.app, &o.arena, put_many, NULL));
    str got = said(&o, S(RIVAL_USCC));
    EXPECT(count_of(got, S("\"number\":\"A")) == MANY + 1);
    EXPECT(str_find(got, S("A00001\"")) < str_find(got, S("A000015")));
    EXPECT(str_find(got, S("A000015")) < str_find(got, S("A00002\"")));
}

/* Memory that runs out is an error, never less that is said. */
ONE_STORE_TEST(without_memory_nothing_is_said, true)
{
    TEST_OFFICE(o, place);
    bool whole = false;

    (void)office_certified(&o);
    for (size_t limit = 0; limit < 400000 && !whole; limit += 512) {
        str got;
        scoped(tx_abort) struct tx *tx = NULL;
        scoped(arena_end) struct arena small;

        arena_init(&small, &o.heap, limit);
        EXPECT_OK(app_read(o.app, &o.arena, &tx));
        err e = register_holder_said(o.app, tx, &small, S(OFFICE_USCC), &got);
        whole = !failed(e);
        EXPECT(whole == (got.n > 0));
        EXPECT(whole || err_is(e, ERR_MEMORY) || err_is(e, ERR_LIMIT));
    }
    EXPECT(whole);
}
