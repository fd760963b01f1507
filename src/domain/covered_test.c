/* Which sites a certificate covers, told by a few events of its case, is what
 * the whole case says. [17065 7.8] */

#include "domain/covered.h"

#include "domain/test_fixture.h"
#include "domain/test_pinned.h"

#define CLOSE  "{'kind':'sites','sites':['一店'],'reasons':'关店'}"
#define NARROW "{'scope':'空调售后','sites':['一店'],'reasons':'关店'}"

static struct covered covered_by(const struct fixture *f)
{
    struct covered c = { 0 };

    for (size_t i = 0; i < f->n; i++)
        covered_apply(&c, f->events[i]);
    return c;
}

/* [CV3] */
static void expect_as_the_case(const struct fixture *f, bool left)
{
    struct covered c = covered_by(f);

    EXPECT(c.application == f->state->application);
    EXPECT(memcmp(c.gone, f->state->site_gone, sizeof c.gone) == 0);
    EXPECT(c.gone[1] == left && !c.gone[0]);
}

TEST(before_an_application_nothing_is_covered)
{
    FIXTURE(f);
    struct covered c = covered_by(f);

    EXPECT(c.application == NULL);
}

TEST(a_site_is_covered_until_its_change_is_approved)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    expect_as_the_case(f, false);
    DO(f, "applicant", "change.ask", CLOSE);
    expect_as_the_case(f, false);
    DO(f, "jack", "change.refuse", "{'number':1,'reasons':'未关店'}");
    expect_as_the_case(f, false);
    DO(f, "applicant", "change.ask", CLOSE);
    DO(f, "jack", "change.approve", "{'number':2}");
    expect_as_the_case(f, true);
}

TEST(a_change_of_something_else_takes_no_site_away)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    DO(f, "applicant", "change.ask",
       "{'kind':'erratum','scope':'更正后的范围','reasons':'印错'}");
    DO(f, "jack", "change.approve", "{'number':1}");
    expect_as_the_case(f, false);
    DO(f, "applicant", "change.ask", CLOSE);
    DO(f, "jack", "change.approve", "{'number':2}");
    expect_as_the_case(f, true);
}

TEST(a_site_leaves_with_a_reduction_when_the_head_signs)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    DO(f, "jack", "reduction.decide", NARROW);
    expect_as_the_case(f, false);
    DO(f, "head", "reduction.return", "{'reasons':'再看'}");
    expect_as_the_case(f, false);
    DO(f, "jack", "reduction.decide", NARROW);
    DO(f, "head", "certificate.reduce", "{}");
    expect_as_the_case(f, true);
}

static struct covered covered_with(struct fixture *f, const char *more)
{
    struct covered c = covered_by(f);
    struct event *e = NULL;

    EXPECT_OK(event_read(&f->arena, pinned_text(&f->arena, more), &e));
    if (e != NULL)
        covered_apply(&c, e);
    return c;
}

/* [LI7] By one person alone, as it was once. */
TEST(a_site_left_with_a_reduction_of_old)
{
    FIXTURE(f);
    str left = S("一店");
    const struct reduction reduced = { .sites = { &left, 1 } };
    const struct event old = { .kind = event_kind_find(S("scope.reduced"), 1),
                               .data = &reduced };

    certified(f, "2027-01-10");
    struct covered c = covered_by(f);
    covered_apply(&c, &old);
    EXPECT(!c.gone[0] && c.gone[1]);
}

/* [CV1] As no rule of ours would make them. */
TEST(a_signature_under_nothing_takes_no_site_away)
{
    static const char *const strays[] = { "events/reduction.signed.1.json",
                                          "events/certificate.changed.1.json",
                                          "events/scope.reduced.1.json" };

    for (size_t i = 0; i < COUNT(strays); i++) {
        FIXTURE(f);
        struct covered c = covered_with(f, strays[i]);

        EXPECT_ROW(strays[i], c.application == NULL && !c.gone[1]);
    }
}
