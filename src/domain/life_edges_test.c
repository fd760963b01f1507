/* What befalls a certificate, at the edges: after its last day, and without
 * memory. [17065 7.11] */

#include "domain/test_fixture.h"

/* One command after others, each by who may. */
struct act {
    const char *who; /* NULL: the program */
    const char *command;
    const char *json;
};

struct course {
    struct act before[2]; /* as far as there are commands */
    struct act last;
};

#define SUSPEND                                                                \
    {                                                                          \
        "certificates", "certificate.suspend",                                 \
            "{'code':'0111','reasons':'x','confirmed':'2029-04-14'}"           \
    }
#define DECIDE                                                                 \
    {                                                                          \
        "jack", "withdrawal.decide", "{'code':'0112','reasons':'x'}"           \
    }
#define NARROW                                                                 \
    {                                                                          \
        "reviewer", "reduction.decide", "{'scope':'空调','reasons':'x'}"     \
    }
#define ASK                                                                    \
    {                                                                          \
        "applicant", "cancellation.ask", "{'reasons':'x'}"                     \
    }

#define RENAME                                                                 \
    {                                                                          \
        "applicant", "change.ask",                                             \
            "{'kind':'name','holder':'x','reasons':'x'}"                       \
    }

/* clang-format off */
static const struct course courses[] = {
    { { { 0 } }, SUSPEND },
    { { SUSPEND }, { "reviewer", "certificate.restore", "{'reasons':'x'}" } },
    { { { 0 } }, NARROW },
    { { NARROW }, { "head", "certificate.reduce", "{}" } },
    { { NARROW }, { "head", "reduction.return", "{'reasons':'x'}" } },
    { { { 0 } }, DECIDE },
    { { DECIDE }, { "head", "certificate.withdraw", "{}" } },
    { { { 0 } }, ASK },
    { { RENAME }, { "jack", "change.approve", "{'number':1}" } },
    { { ASK }, { "certificates", "certificate.cancel", "{'code':'0122','reasons':'x'}" } },
};
/* clang-format on */

static void go_before(struct fixture *f, const struct course *c)
{
    certified(f, "2029-04-14");
    f->state->surveillance_due = DAY_NEVER; /* as if none were missed [LI9] */
    for (size_t i = 0; i < COUNT(c->before); i++) {
        const struct act *a = &c->before[i];

        if (a->command != NULL)
            EXPECT_ROW_OK(a->command, give(f, a->who, a->command, a->json));
    }
}

/* [LI5] Whatever was begun on the last day ends with it. */
TEST(after_the_last_day_nothing_befalls_a_certificate_but_its_end)
{
    for (size_t i = 0; i < COUNT(courses); i++) {
        const struct act *last = &courses[i].last;
        struct event_list got = { 0 };
        FIXTURE(f);

        go_before(f, &courses[i]);
        EXPECT_ROW_OK(last->command,
                      try_it(f, last->who, last->command, last->json, &got));
        pass_days(f, 1);
        EXPECT_ROW_ERR(last->command,
                       try_it(f, last->who, last->command, last->json, &got),
                       ERR_REFUSED, "life.expired");
    }
}

/* --- without memory ------------------------------------------------------- */

static void expect_every_allocation(struct fixture *f, const struct act *act,
                                    bool refused)
{
    err plenty;

    EXPECT_ROW(act->command, try_without_memory(f, act->who, act->command,
                                                act->json, &plenty) > 0);
    EXPECT_ROW(act->command, failed(plenty) == refused);
}

TEST(every_allocation_for_what_befalls_a_certificate_may_fail)
{
    static const struct act expire = { NULL, "certificate.expire", "{}" };
    static const struct act by_somebody = { "head", "certificate.expire",
                                            "{}" };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(courses); i++) {
        FIXTURE(each);

        go_before(each, &courses[i]);
        expect_every_allocation(each, &courses[i].last, false);
    }
    certified(f, "2029-04-15");
    expect_every_allocation(f, &by_somebody, true);
    expect_every_allocation(f, &expire, false);
}
