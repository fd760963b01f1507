/* Acts that are confirmed over what was shown. [RI9] [CA8] [CF1]..[CF3]
 * [17065 7.6.2] */

#include "service/confirmed.h"

#include "domain/command.h"
#include "domain/rights.h"
#include "service/test_door.h"
#include "store/refusals.h"

/* A case that waits for its certificate, and who issues it. */
struct desk {
    str ref;
    struct case_order order;
    struct visitor by;
};

static void take_seat(struct office *o, struct desk *d)
{
    d->ref = office_case(o);
    office_go_to(o, d->ref, STAGE_CERTIFICATE);
    d->order =
        office_order(o, "certificates", d->ref, "certificate.issue", "{}");
    d->order.expected = office_read(o, d->ref).state->version;
    d->by.session = *d->order.who;
    d->by.state = WEB_SESSION_OPEN;
}

static err confirm(struct office *o, const struct desk *d, struct hash shown)
{
    const struct confirmed_order c = { &d->by, &d->order, shown, S("") };
    struct case_answer answer;

    return confirmed_do(o->app, &o->arena, &c, &answer);
}

static struct hash hash_of(struct office *o, const struct case_order *order)
{
    struct hash h = { { 0 } };

    EXPECT_OK(confirmed_hash(&o->arena, order, &h));
    return h;
}

TEST(what_is_confirmed_may_be_given_by_somebody)
{
    static const char *const must[] = { "decision.grant", "decision.sign",
                                        "certificate.issue",
                                        "certificate.suspend",
                                        "certificate.withdraw" };
    size_t n = 0;

    for (size_t i = 0; right_at(i) != NULL; i++)
        n += right_is_confirmed(right_at(i)->command);
    EXPECT(n == 15);
    for (size_t i = 0; i < COUNT(must); i++)
        EXPECT_ROW(must[i], right_is_confirmed(must[i]));
    EXPECT(!right_is_confirmed("application.submit"));
    EXPECT(!right_is_confirmed(""));
}

/* [CA8] */
EACH_STORE_TEST(asking_beforehand_changes_nothing_and_keeps_no_refusal)
{
    TEST_OFFICE(o, place);
    struct desk d = { 0 };

    take_seat(&o, &d);
    struct office_rows before = office_rows(&o);
    EXPECT_OK(cases_ask(o.app, &o.arena, &d.order));
    EXPECT_OK(cases_ask(o.app, &o.arena, &d.order));
    struct case_order wrong =
        office_order(&o, "intake", d.ref, "certificate.issue", "{}");
    EXPECT_ERR(cases_ask(o.app, &o.arena, &wrong), ERR_DENIED, "rights.role");
    struct office_rows after = office_rows(&o);
    EXPECT(office_rows_same(&before, &after, 0));
    EXPECT_OK(office_give(&o, &d.order, NULL)); /* the number was not used up */
}

EACH_STORE_TEST(what_was_shown_is_done_and_the_trail_has_its_hash)
{
    TEST_OFFICE(o, place);
    struct desk d = { 0 };

    take_seat(&o, &d);
    struct hash shown = hash_of(&o, &d.order);
    EXPECT_OK(confirm(&o, &d, shown));
    EXPECT(door_noted(&o, PASSAGE_CONFIRMED) == 1);
    EXPECT(office_read(&o, d.ref).state->certificate != NULL);
}

/* [CF1] Whatever differs is not what was shown. */
EACH_STORE_TEST(whatever_differs_from_what_was_shown_is_not_done)
{
    TEST_OFFICE(o, place);
    struct desk d = { 0 };

    take_seat(&o, &d);
    struct hash shown = hash_of(&o, &d.order);
    struct case_order others[] = { d.order, d.order, d.order, d.order };
    others[0].ref = S("C2026-0002");
    others[1].command = S("certificate.cancel");
    others[2].data = office_json(&o, "{'reasons':'x'}");
    others[3].expected++;
    for (size_t i = 0; i < COUNT(others); i++) {
        struct hash other = hash_of(&o, &others[i]);

        EXPECT(!hash_eq(&other, &shown));
        EXPECT_ERR(confirm(&o, &d, other), ERR_CONFLICT, "confirmed.changed");
    }
    EXPECT(door_noted(&o, PASSAGE_CONFIRMED) == 0);
    EXPECT(office_read(&o, d.ref).state->certificate == NULL);
}

/* [CF2] Nothing is confirmed that would be refused. */
EACH_STORE_TEST(what_would_be_refused_asks_for_no_code)
{
    TEST_OFFICE(o, place);
    struct desk d = { 0 };

    take_seat(&o, &d);
    EXPECT_OK(office_give(&o, &d.order, NULL));
    EXPECT_ERR(confirm(&o, &d, hash_of(&o, &d.order)), ERR_CONFLICT,
               "case.version");
    d.order.expected = office_read(&o, d.ref).state->version;
    EXPECT_ERR(confirm(&o, &d, hash_of(&o, &d.order)), ERR_REFUSED,
               "rights.stage");
    EXPECT(door_noted(&o, PASSAGE_CONFIRMED) == 0);
}

/* [DO4] At a body at work, nobody confirms without a second factor. */
EACH_STORE_TEST(whoever_has_no_factor_confirms_nothing)
{
    TEST_OFFICE(o, place);
    struct desk d = { 0 };

    take_seat(&o, &d);
    door_at_work(&o);
    EXPECT_ERR(confirm(&o, &d, hash_of(&o, &d.order)), ERR_DENIED,
               "door.no_factor");
    EXPECT(office_read(&o, d.ref).state->certificate == NULL);
}
