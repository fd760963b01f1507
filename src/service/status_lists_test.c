/* What the status lists say of certificates as they come, change and go, now
 * and as of then; on both engines. [SX1]-[SX3] [17065 7.11] [条例 26] */

#include "service/status_lists.h"

#include "service/credentials.h"
#include "service/lookup.h"
#include "service/rebuild.h"
#include "service/service_test_env.h"

#include <stdio.h>

#define NUMBER "00026SC0001R0S"
#define SUB    NUMBER "-1"

static const int64_t now = INT64_MAX;

static bool bit(struct office *o, enum status_purpose purpose, int64_t as_of,
                const struct credential_row *c)
{
    const struct status_wish wish = { purpose, 1, as_of };
    struct status_list_written made = { 0 };
    struct status_list list;
    bool set = false;

    EXPECT_OK(status_lists_read(o->app, &o->arena, &wish, &made));
    EXPECT_OK(status_list_read(&o->arena, made.json, &list));
    EXPECT_OK(status_list_bit(&o->arena, &list, c->index, &set));
    return set;
}

/* Both bits at once, as people would say it. */
static const char *status(struct office *o, int64_t as_of,
                          const struct credential_row *c)
{
    bool revoked = bit(o, STATUS_REVOCATION, as_of, c);
    bool suspended = bit(o, STATUS_SUSPENSION, as_of, c);

    if (revoked && suspended)
        return "both";
    if (revoked)
        return "revoked";
    return suspended ? "suspended" : "good";
}

#define EXPECT_STATUS(o, as_of, c, want)                                       \
    EXPECT_STR(str_of(status(&(o), (as_of), &(c))), S(want))

static struct credential_row newest(struct office *o, const char *number)
{
    struct credential_row row = { 0 };

    EXPECT_ROW_OK(number,
                  credentials_newest(o->app, &o->arena, str_of(number), &row));
    return row;
}

static void suspend(struct office *o, str ref)
{
    char json[200];
    char text[DAY_TEXT];

    (void)snprintf(json, sizeof json,
                   "{'code':'0111','reasons':'x','confirmed':'%s'}",
                   day_text(office_today(o), text).p);
    EXPECT_OK(office_do(o, "certificates", ref, "certificate.suspend", json));
}

/* A moment, after which a day passes. */
static int64_t then(struct office *o)
{
    int64_t at = o->world.clock->now(o->world.clock);

    office_pass_days(o, 1);
    return at - at % 1000000;
}

/* [SX1] [SX2] */
EACH_STORE_TEST(a_suspension_shows_until_it_is_lifted_and_as_of_then_for_ever)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    struct credential_row c = newest(&o, NUMBER);
    int64_t before = then(&o);

    EXPECT_STATUS(o, now, c, "good");
    suspend(&o, ref);
    EXPECT_STATUS(o, now, c, "suspended");
    int64_t during = then(&o);
    EXPECT_OK(office_do(&o, "reviewer", ref, "certificate.restore",
                        "{'reasons':'已整改'}"));
    EXPECT_STATUS(o, now, c, "good");
    EXPECT_OK(office_do(&o, "reviewer", ref, "withdrawal.decide",
                        "{'code':'0116','reasons':'停业'}"));
    EXPECT_OK(
        office_do(&o, "head", ref, "certificate.withdraw", "{'note':'同意'}"));
    EXPECT_STATUS(o, now, c, "revoked");
    EXPECT_STATUS(o, during, c, "suspended");
    EXPECT_STATUS(o, before, c, "good");
}

/* [SX2] Of acts at one instant the last one counts, in whatever way it is
 * asked for: by the row, by the journal, and by rows made again. */
EACH_STORE_TEST(of_acts_at_one_instant_the_last_one_shows)
{
    TEST_OFFICE(o, place);
    static const enum public_act told[] = { ACT_ISSUED, ACT_SUSPENDED,
                                            ACT_RESTORED, ACT_SUSPENDED };
    struct public_certificate found;
    struct rebuilt made;
    str ref = office_certified(&o);
    struct credential_row c = newest(&o, NUMBER);
    int64_t before = then(&o);

    suspend(&o, ref);
    EXPECT_OK(office_do(&o, "reviewer", ref, "certificate.restore",
                        "{'reasons':'已整改'}"));
    EXPECT_STATUS(o, now, c, "good");
    suspend(&o, ref);
    EXPECT_STATUS(o, now, c, "suspended");
    EXPECT_OK(rebuild(o.app, &o.arena, &made));
    EXPECT_OK(lookup_certificate(o.app, &o.arena, S(NUMBER), office_today(&o),
                                 &found));
    const struct public_change *acts = found.history.p;
    EXPECT(found.history.n == COUNT(told));
    for (size_t i = 0; i < COUNT(told) && i < found.history.n; i++)
        EXPECT_ROW(public_act_names[told[i]], acts[i].act == told[i]);
    int64_t during = then(&o);
    EXPECT_STATUS(o, now, c, "suspended");
    EXPECT_OK(office_do(&o, "reviewer", ref, "certificate.restore",
                        "{'reasons':'已整改'}"));
    EXPECT_STATUS(o, during, c, "suspended");
    EXPECT_STATUS(o, before, c, "good");
}

EACH_STORE_TEST(what_expires_is_revoked_from_the_day_after_on)
{
    TEST_OFFICE(o, place);

    (void)office_certified(&o);
    struct credential_row c = newest(&o, NUMBER);
    day last = (day)office_count(&o, "SELECT valid_until FROM certificate");
    office_pass_days(&o, last - office_today(&o));
    EXPECT_STATUS(o, now, c, "good");
    office_pass_days(&o, 1);
    EXPECT_STATUS(o, now, c, "revoked");
}

EACH_STORE_TEST(a_sub_certificate_ends_alone_or_stands_as_its_main_one_does)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);

    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub", "{'n':1}"));
    struct credential_row main = newest(&o, NUMBER);
    struct credential_row sub = newest(&o, SUB);
    int64_t before = then(&o);
    suspend(&o, ref);
    EXPECT_STATUS(o, now, sub, "suspended");
    EXPECT_OK(office_do(&o, "reviewer", ref, "certificate.restore",
                        "{'reasons':'已整改'}"));
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub_end",
                        "{'number':'" SUB "','why':'asked','reasons':'x'}"));
    EXPECT_STATUS(o, now, sub, "revoked");
    EXPECT_STATUS(o, now, main, "good");
    EXPECT_STATUS(o, before, sub, "good");
}

/* [CR2] */
EACH_STORE_TEST(a_credential_that_was_replaced_is_revoked_by_that)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    struct credential_row old = newest(&o, NUMBER);
    int64_t before = then(&o);

    EXPECT_OK(office_do(&o, "reviewer", ref, "reduction.decide",
                        "{'scope':'家用电器的售后服务（空调除外）',"
                        "'reasons':'停产'}"));
    EXPECT_OK(
        office_do(&o, "head", ref, "certificate.reduce", "{'note':'同意'}"));
    struct credential_row next = newest(&o, NUMBER);
    EXPECT(next.serial == 2 && next.index != old.index);
    EXPECT_STATUS(o, now, old, "revoked");
    EXPECT_STATUS(o, now, next, "good");
    EXPECT_STATUS(o, before, old, "good");
}

EACH_STORE_TEST(a_list_that_was_not_begun_or_is_to_come_is_refused)
{
    TEST_OFFICE(o, place);
    const struct {
        const char *why;
        struct status_wish wish;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "none before the first",
          { STATUS_SUSPENSION, 0, now },
          ERR_NOT_FOUND,
          "status_lists.none" },
        { "the second, before it begins",
          { STATUS_SUSPENSION, 2, now },
          ERR_NOT_FOUND,
          "status_lists.none" },
        { "a moment from now",
          { STATUS_SUSPENSION, 1, o.world.clock->now(o.world.clock) + 1 },
          ERR_INVALID,
          "status_lists.future" },
    };
    struct status_list_written made;

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].why,
                       status_lists_read(o.app, &o.arena, &rows[i].wish, &made),
                       rows[i].code, rows[i].id);
    (void)office_certified(&o);
    (void)office_ask(&o, "UPDATE credential SET idx = 131072");
    const struct status_wish second = { STATUS_SUSPENSION, 2, now };
    EXPECT_OK(status_lists_read(o.app, &o.arena, &second, &made));
}
