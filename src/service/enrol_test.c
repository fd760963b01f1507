/* People and enterprises that come into a body at work. [EN1] [EN3] */

#include "service/enrol.h"

#include "service/check.h"
#include "service/service_test_env.h"

static const struct newcomer li = {
    .login = S_INIT("li"),
    .name = S_INIT("示例·李"),
    .roles = S_INIT("auditor"),
    .secret = S_INIT("a first secret"),
};

EACH_STORE_TEST(who_is_added_proves_the_secret_of_which_the_hash_is_kept)
{
    TEST_OFFICE(o, place);
    struct check_counts counts;
    id made;

    EXPECT_OK(enrol_person(o.app, &o.arena, office_as(&o, "admin"),
                           office_today(&o), &li, &made));
    str kept = office_ask(&o, "SELECT secret FROM person WHERE login = 'li'");
    EXPECT(str_contains(kept, S("$argon2id$")));
    EXPECT(!str_contains(kept, li.secret));
    EXPECT(id_eq(office_as(&o, "li")->actor.person, made));
    EXPECT(office_as(&o, "li")->actor.roles == ROLE_BIT(ROLE_AUDITOR));
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
}

EACH_STORE_TEST(who_may_not_add_anybody_is_kept_in_the_audit_trail)
{
    static const char *const others[] = { "quality", "newcomer" };
    TEST_OFFICE(o, place);
    const struct enterprise_row e = {
        .uscc = S("91330100799655058B"),
        .name = S("示例"),
        .scope = S("示例"),
        .registered = DAY_NEVER,
    };
    id made = { { 7 } };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const struct session *who = office_as(&o, others[i]);

        EXPECT_ERR(enrol_person(o.app, &o.arena, who, office_today(&o), &li,
                                &made),
                   ERR_DENIED, "enrol.admin");
        EXPECT_STR(office_refusal(&o).command, S("person.add"));
        EXPECT_ERR(enrol_enterprise(o.app, &o.arena, who, office_today(&o), &e,
                                    &made),
                   ERR_DENIED, "enrol.admin");
        EXPECT_STR(office_refusal(&o).command, S("enterprise.add"));
    }
    EXPECT(made.b[0] == 7);
    EXPECT(office_count(&o, "SELECT count(*) FROM person WHERE login = 'li'") ==
           0);
}
