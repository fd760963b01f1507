/* Who there is, and what happened at the door, for administrators.
 * [PP1]..[PP3] [17065 6.1] */

#include "service/people.h"

#include "service/accounts.h"
#include "service/test_door.h"

enum { SOME = 3 };

/* --- people --------------------------------------------------------------- */

ONE_STORE_TEST(people_are_listed_by_login_a_page_at_a_time, true)
{
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    struct page page = { .after = S(""), .limit = SOME };
    int64_t n = 0;
    str before = S("");
    struct list l;

    do {
        EXPECT_OK(people_list(o.app, &o.arena, admin, &page, &l));
        const struct person_line *line = l.p;
        for (size_t i = 0; i < l.n; i++) {
            EXPECT(str_cmp(before, line[i].login) < 0);
            before = line[i].login;
            n++;
        }
        page.after = before;
    } while (l.n == SOME);
    EXPECT(n == office_count(&o, "SELECT count(*) FROM person"));
}

/* Somebody of every kind, by all that is said of them. */
EACH_STORE_TEST(what_is_said_of_somebody_is_what_holds_now)
{
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    struct person_line p;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_REVIEWER));
    EXPECT_OK(people_one(o.app, &o.arena, admin, S("wang"), &p));
    EXPECT(p.roles == ROLE_BIT(ROLE_REVIEWER) && p.enterprise.n == 0);
    EXPECT(p.needs_factor && !p.has_factor && p.codes == 0);
    EXPECT(!p.left && !p.over && p.until == DAY_NEVER && p.mail.n == 0);
    (void)door_phone(&o, door_in(&o, "wang", WEB_SESSION_ENROL));
    EXPECT_OK(
        accounts_until(o.app, &o.arena, admin, S("wang"), office_today(&o)));
    EXPECT_OK(people_one(o.app, &o.arena, admin, S("wang"), &p));
    EXPECT(p.has_factor && p.codes == RECOVERY_CODES);
    EXPECT(!p.over && p.until == office_today(&o));
    office_pass_days(&o, 1);
    EXPECT_OK(people_one(o.app, &o.arena, admin, S("wang"), &p));
    EXPECT(p.over);
    EXPECT_OK(people_one(o.app, &o.arena, admin, S("newcomer"), &p));
    EXPECT_STR(p.uscc, S(OFFICE_USCC));
    EXPECT_STR(p.enterprise, o.own.name);
    EXPECT(!p.needs_factor);
}

/* [PP1] */
ONE_STORE_TEST(everybody_sees_themselves_and_administrators_anybody, true)
{
    static const struct {
        const char *who;
        const char *whom;
        enum err_code code;
        const char *id; /* NULL: they do */
    } rows[] = {
        { "auditor1", "auditor1", 0, NULL },
        { "newcomer", "newcomer", 0, NULL },
        { "admin", "auditor1", 0, NULL },
        { "auditor1", "admin", ERR_DENIED, "door.others" },
        { "head", "auditor1", ERR_DENIED, "door.others" },
        { "auditor1", "nobody", ERR_DENIED, "door.others" },
        { "admin", "nobody", ERR_NOT_FOUND, "door.person" },
    };
    const struct page first = { .after = S(""), .limit = 1 };
    TEST_OFFICE(o, place);
    struct person_line p;
    struct list l;

    for (size_t i = 0; i < COUNT(rows); i++) {
        err e = people_one(o.app, &o.arena, office_as(&o, rows[i].who),
                           str_of(rows[i].whom), &p);

        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].whom, e);
        else
            EXPECT_ROW_ERR(rows[i].whom, e, rows[i].code, rows[i].id);
    }
    EXPECT_ERR(people_list(o.app, &o.arena, office_as(&o, "head"), &first, &l),
               ERR_DENIED, "door.admin");
}

/* --- the trail [PP3] ------------------------------------------------------ */

EACH_STORE_TEST(the_trail_is_read_from_the_newest_on)
{
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    struct trail_wish wish = { S(""), INT64_MAX, 2 };
    struct list l;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    (void)door_in(&o, "wang", WEB_SESSION_OPEN);
    EXPECT_OK(accounts_until(o.app, &o.arena, admin, S("wang"), DAY_NEVER));
    EXPECT_OK(door_revoke(o.app, &o.arena, admin, S("wang"), 0));
    EXPECT_OK(people_trail(o.app, &o.arena, admin, &wish, &l));
    const struct trail_line *line = l.p;
    EXPECT(l.n == 2);
    EXPECT(line[0].what == PASSAGE_REVOKED);
    EXPECT(line[1].what == PASSAGE_UNTIL_SET);
    EXPECT_STR(line[0].login, S("wang"));
    EXPECT_STR(line[0].actor, S("admin"));
    wish.before = line[1].id;
    EXPECT_OK(people_trail(o.app, &o.arena, admin, &wish, &l));
    line = l.p;
    EXPECT(l.n == 1 && line[0].what == PASSAGE_IN);
    EXPECT_STR(line[0].actor, S(""));
    EXPECT_STR(line[0].channel, S("web"));
}

ONE_STORE_TEST(the_trail_is_read_of_everybody_or_of_one_by_administrators, true)
{
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    struct trail_wish wish = { S("li"), INT64_MAX, TRAIL_MOST };
    struct list l;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    door_hire(&o, "li", ROLE_BIT(ROLE_AUDITOR));
    (void)door_in(&o, "wang", WEB_SESSION_OPEN);
    (void)door_in(&o, "li", WEB_SESSION_OPEN);
    EXPECT_OK(people_trail(o.app, &o.arena, admin, &wish, &l));
    EXPECT(l.n == 1);
    wish.login = S("");
    EXPECT_OK(people_trail(o.app, &o.arena, admin, &wish, &l));
    EXPECT(l.n == 2);
    wish.login = S("nobody");
    EXPECT_ERR(people_trail(o.app, &o.arena, admin, &wish, &l), ERR_NOT_FOUND,
               "door.person");
    EXPECT_ERR(people_trail(o.app, &o.arena, office_as(&o, "quality"), &wish,
                            &l),
               ERR_DENIED, "door.admin");
}

TEST(everything_that_happens_at_the_door_has_a_word)
{
    int n = 0;

    while (passage_names[n] != NULL)
        n++;
    EXPECT(n == PASSAGE_COUNT);
}
