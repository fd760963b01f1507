/* Second factors: made, shown, replaced, removed; and over acts. [DO4] [DO5]
 * [17065 7.6.1] */

#include "service/door.h"

#include "auth/totp.h"
#include "service/test_door.h"

#include <stdio.h>

static err show(struct office *o, str token, str code)
{
    struct visitor v = door_who(o, token);

    return door_code(o->app, &o->arena, &v, code);
}

static str recovery(const struct phone *p, size_t i)
{
    return i < p->codes.n ? ((const str *)p->codes.p)[i] : S("");
}

/* Nothing but making one can be done before. */
EACH_STORE_TEST(whose_roles_need_a_factor_has_no_rights_before_it_was_made)
{
    TEST_OFFICE(o, place);
    const struct hash shown = { { 9 } };
    struct confirmation done;
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_REVIEWER));
    token = door_in(&o, "wang", WEB_SESSION_ENROL);
    struct visitor v = door_who(&o, token);
    EXPECT(v.session.actor.roles == 0 && !id_is_zero(v.session.actor.person));
    EXPECT_ERR(door_code(o.app, &o.arena, &v, S("123456")), ERR_DENIED,
               "door.state");
    EXPECT_ERR(door_confirm(o.app, &o.arena, &v, S("1"), &shown, &done),
               ERR_DENIED, "door.state");
    EXPECT_ERR(door_change_password(o.app, &o.arena, &v, TEST_PASSWORD,
                                    S("battery staple")),
               ERR_DENIED, "door.state");
    EXPECT_ERR(door_factor_remove(o.app, &o.arena, &v, S("1")), ERR_DENIED,
               "door.state");
    struct phone p = door_phone(&o, token);
    v = door_who(&o, token);
    EXPECT(v.state == WEB_SESSION_OPEN && v.has_factor);
    EXPECT(v.session.actor.roles == ROLE_BIT(ROLE_REVIEWER));
    EXPECT(p.codes.n == RECOVERY_CODES);
    EXPECT(door_noted(&o, PASSAGE_IN) == 1);
    EXPECT(door_noted(&o, PASSAGE_FACTOR_SET) == 1);
}

EACH_STORE_TEST(whoever_has_a_factor_is_in_once_a_code_was_shown)
{
    TEST_OFFICE(o, place);
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR)); /* of their own will */
    struct phone p = door_phone(&o, door_in(&o, "wang", WEB_SESSION_OPEN));
    token = door_in(&o, "wang", WEB_SESSION_CODE);
    EXPECT(door_who(&o, token).session.actor.roles == 0);
    EXPECT_ERR(show(&o, token, S("nonsense")), ERR_DENIED, "door.code");
    EXPECT_OK(show(&o, token, door_phone_code(&o, &p)));
    EXPECT(door_who(&o, token).session.actor.roles == ROLE_BIT(ROLE_AUDITOR));
    EXPECT(door_noted(&o, PASSAGE_WRONG_CODE) == 1);

    /* [TP2] Whoever saw it typed comes too late. */
    token = door_in(&o, "wang", WEB_SESSION_CODE);
    EXPECT_ERR(show(&o, token, door_phone_code(&o, &p)), ERR_DENIED,
               "door.code");
    door_pass_seconds(&o, TOTP_SECONDS);
    EXPECT_OK(show(&o, token, door_phone_code(&o, &p)));
}

EACH_STORE_TEST(a_recovery_code_lets_in_once)
{
    TEST_OFFICE(o, place);
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_HEAD));
    struct phone p = door_phone(&o, door_in(&o, "wang", WEB_SESSION_ENROL));
    token = door_in(&o, "wang", WEB_SESSION_CODE);
    EXPECT_OK(show(&o, token, recovery(&p, 3)));
    EXPECT(door_who(&o, token).state == WEB_SESSION_OPEN);
    token = door_in(&o, "wang", WEB_SESSION_CODE);
    EXPECT_ERR(show(&o, token, recovery(&p, 3)), ERR_DENIED, "door.code");
    EXPECT_OK(show(&o, token, recovery(&p, 4)));
    EXPECT(door_noted(&o, PASSAGE_RECOVERY_USED) == 2);
}

/* [DO2] By person: five wrong codes, from wherever. */
EACH_STORE_TEST(wrong_codes_make_one_wait)
{
    TEST_OFFICE(o, place);
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_HEAD));
    struct phone p = door_phone(&o, door_in(&o, "wang", WEB_SESSION_ENROL));
    for (int i = 0; i < 5; i++) {
        token = door_in(&o, "wang", WEB_SESSION_CODE);
        EXPECT_ERR(show(&o, token, S("000 00")), ERR_DENIED, "door.code");
    }
    EXPECT_ERR(show(&o, token, door_phone_code(&o, &p)), ERR_BUSY, "door.wait");
    door_pass_seconds(&o, 1);
    EXPECT_OK(show(&o, token, door_phone_code(&o, &p)));
    EXPECT(door_noted(&o, PASSAGE_WRONG_CODE) == 5);
}

/* A session that was ended meanwhile opens no more. */
ONE_STORE_TEST(a_code_opens_no_session_that_was_ended, true)
{
    TEST_OFFICE(o, place);

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_HEAD));
    struct phone p = door_phone(&o, door_in(&o, "wang", WEB_SESSION_ENROL));
    struct visitor v = door_who(&o, door_in(&o, "wang", WEB_SESSION_CODE));
    EXPECT_OK(
        door_revoke(o.app, &o.arena, office_as(&o, "admin"), S("wang"), 0));
    EXPECT_ERR(door_code(o.app, &o.arena, &v, door_phone_code(&o, &p)),
               ERR_DENIED, "door.nobody");
}

/* --- making and replacing ------------------------------------------------- */

EACH_STORE_TEST(a_factor_counts_once_a_code_of_it_was_shown)
{
    TEST_OFFICE(o, place);
    struct door_secret shown;
    struct list codes;
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_HEAD));
    token = door_in(&o, "wang", WEB_SESSION_ENROL);
    struct visitor v = door_who(&o, token);
    EXPECT_ERR(door_factor_prove(o.app, &o.arena, &v, S("000000"), &codes),
               ERR_NOT_FOUND, "door.no_secret");
    EXPECT_OK(door_factor_begin(o.app, &o.arena, &v, S(""), &shown));
    EXPECT(str_begins(shown.uri, S("otpauth://totp/")));
    EXPECT(str_contains(shown.uri, shown.text));
    for (int i = 0; i < 5; i++)
        EXPECT_ERR(door_factor_prove(o.app, &o.arena, &v, S("00000"), &codes),
                   ERR_DENIED, "door.code");
    EXPECT_ERR(door_factor_prove(o.app, &o.arena, &v, S("00000"), &codes),
               ERR_BUSY, "door.wait");
    EXPECT(door_who(&o, token).state == WEB_SESSION_ENROL);
    EXPECT(!door_who(&o, token).has_factor);
}

/* The old code first; then the new one counts and other sessions end. */
EACH_STORE_TEST(a_factor_is_replaced_by_whoever_shows_the_old_one)
{
    TEST_OFFICE(o, place);
    struct door_secret shown;
    struct list codes;
    str mine;
    str other;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_HEAD));
    mine = door_in(&o, "wang", WEB_SESSION_ENROL);
    struct phone old = door_phone(&o, mine);
    other = door_in(&o, "wang", WEB_SESSION_CODE);
    struct visitor waits = door_who(&o, other);
    struct visitor v = door_who(&o, mine);

    EXPECT_ERR(door_factor_begin(o.app, &o.arena, &waits, S(""), &shown),
               ERR_DENIED, "door.state");
    EXPECT_ERR(door_factor_prove(o.app, &o.arena, &waits, S(""), &codes),
               ERR_DENIED, "door.state");
    EXPECT_ERR(door_factor_begin(o.app, &o.arena, &v, S(""), &shown),
               ERR_DENIED, "door.code");
    EXPECT_ERR(door_factor_begin(o.app, &o.arena, &v, recovery(&old, 0),
                                 &shown),
               ERR_DENIED, "door.code");
    EXPECT_OK(door_factor_begin(o.app, &o.arena, &v, door_phone_code(&o, &old),
                                &shown));
    door_pass_seconds(&o, TOTP_SECONDS);
    EXPECT_ERR(door_factor_prove(o.app, &o.arena, &v, door_phone_code(&o, &old),
                                 &codes),
               ERR_DENIED, "door.code"); /* it still counts at the door */
    EXPECT_OK(show(&o, other, door_phone_code(&o, &old)));

    struct phone new = door_phone_of(&o, shown.text);
    EXPECT_OK(door_factor_prove(o.app, &o.arena, &v, door_phone_code(&o, &new),
                                &codes));
    struct visitor gone;
    EXPECT_ERR(door_visit(o.app, &o.arena, other, &gone), ERR_DENIED,
               "door.nobody");
    door_pass_seconds(&o, TOTP_SECONDS);
    other = door_in(&o, "wang", WEB_SESSION_CODE);
    EXPECT_ERR(show(&o, other, door_phone_code(&o, &old)), ERR_DENIED,
               "door.code");
    EXPECT_ERR(show(&o, other, recovery(&old, 0)), ERR_DENIED, "door.code");
    EXPECT_OK(show(&o, other, door_phone_code(&o, &new)));
}

/* Two browsers make the first one: the later must show a code of the other. */
ONE_STORE_TEST(a_session_that_makes_the_first_factor_replaces_none, true)
{
    TEST_OFFICE(o, place);
    struct door_secret shown;
    struct list codes;
    str late;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_HEAD));
    late = door_in(&o, "wang", WEB_SESSION_ENROL);
    struct visitor v = door_who(&o, late);
    EXPECT_OK(door_factor_begin(o.app, &o.arena, &v, S(""), &shown));
    struct phone mine = door_phone_of(&o, shown.text);
    (void)office_ask(&o, "INSERT INTO second_factor (person, proved, sealed, "
                         "step, made) SELECT person, 1, sealed, step, made "
                         "FROM second_factor");
    EXPECT_ERR(door_factor_prove(o.app, &o.arena, &v,
                                 door_phone_code(&o, &mine), &codes),
               ERR_DENIED, "door.state");
    EXPECT(door_who(&o, late).state == WEB_SESSION_CODE);
}

/* --- removing ------------------------------------------------------------- */

EACH_STORE_TEST(a_factor_is_removed_by_whose_roles_do_not_need_it)
{
    TEST_OFFICE(o, place);
    str token;
    str other;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    token = door_in(&o, "wang", WEB_SESSION_OPEN);
    struct visitor v = door_who(&o, token);
    EXPECT_ERR(door_factor_remove(o.app, &o.arena, &v, S("")), ERR_DENIED,
               "door.no_factor");
    struct phone p = door_phone(&o, token);
    other = door_in(&o, "wang", WEB_SESSION_CODE);
    v = door_who(&o, token);
    EXPECT_ERR(door_factor_remove(o.app, &o.arena, &v, S("0")), ERR_DENIED,
               "door.code");
    EXPECT_OK(door_factor_remove(o.app, &o.arena, &v, door_phone_code(&o, &p)));
    EXPECT(!door_who(&o, token).has_factor);
    struct visitor gone;
    EXPECT_ERR(door_visit(o.app, &o.arena, other, &gone), ERR_DENIED,
               "door.nobody");
    (void)door_in(&o, "wang", WEB_SESSION_OPEN);
    EXPECT(office_count(&o, "SELECT count(*) FROM recovery_code") == 0);

    door_hire(&o, "li", ROLE_BIT(ROLE_HEAD));
    token = door_in(&o, "li", WEB_SESSION_ENROL);
    p = door_phone(&o, token);
    v = door_who(&o, token);
    EXPECT_ERR(door_factor_remove(o.app, &o.arena, &v, door_phone_code(&o, &p)),
               ERR_DENIED, "door.needs_factor");
}

EACH_STORE_TEST(an_administrator_takes_away_a_lost_factor_and_sessions_end)
{
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    struct visitor v;
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_HEAD));
    EXPECT_ERR(door_factor_take(o.app, &o.arena, office_as(&o, "quality"),
                                S("wang")),
               ERR_DENIED, "door.admin");
    EXPECT_ERR(door_factor_take(o.app, &o.arena, admin, S("nobody")),
               ERR_NOT_FOUND, "door.person");
    EXPECT_ERR(door_factor_take(o.app, &o.arena, admin, S("wang")),
               ERR_NOT_FOUND, "door.no_factor");
    token = door_in(&o, "wang", WEB_SESSION_ENROL);
    (void)door_phone(&o, token);
    EXPECT_OK(door_factor_take(o.app, &o.arena, admin, S("wang")));
    EXPECT_ERR(door_visit(o.app, &o.arena, token, &v), ERR_DENIED,
               "door.nobody");
    (void)door_in(&o, "wang", WEB_SESSION_ENROL);
    EXPECT(door_noted(&o, PASSAGE_FACTOR_REMOVED) == 1);
}

/* --- acts ----------------------------------------------------------------- */

EACH_STORE_TEST(an_act_is_confirmed_over_the_hash_that_is_shown)
{
    TEST_OFFICE(o, place);
    const struct hash shown = { { 0xAB, 0xCD } };
    struct confirmation done = { 0 };
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_REVIEWER));
    door_hire(&o, "li", ROLE_BIT(ROLE_AUDITOR));
    token = door_in(&o, "wang", WEB_SESSION_ENROL);
    struct phone p = door_phone(&o, token);
    struct visitor v = door_who(&o, token);
    struct visitor li = door_who(&o, door_in(&o, "li", WEB_SESSION_OPEN));

    EXPECT_ERR(door_confirm(o.app, &o.arena, &li, S("123456"), &shown, &done),
               ERR_DENIED, "door.no_factor");
    EXPECT_ERR(door_confirm(o.app, &o.arena, &v, S("0"), &shown, &done),
               ERR_DENIED, "door.code");
    EXPECT_ERR(door_confirm(o.app, &o.arena, &v, recovery(&p, 0), &shown,
                            &done),
               ERR_DENIED, "door.code");
    EXPECT(done.at == 0 && door_noted(&o, PASSAGE_CONFIRMED) == 0);
    EXPECT_OK(door_confirm(o.app, &o.arena, &v, door_phone_code(&o, &p), &shown,
                           &done));
    EXPECT(id_eq(done.person, v.session.actor.person));
    EXPECT(memcmp(&done.over, &shown, sizeof shown) == 0);
    EXPECT(done.at == o.world.clock->now(o.world.clock));
    EXPECT(door_noted(&o, PASSAGE_CONFIRMED) == 1);
    EXPECT_ERR(door_confirm(o.app, &o.arena, &v, door_phone_code(&o, &p),
                            &shown, &done),
               ERR_DENIED, "door.code"); /* a second act, a second code */
}

/* [DO6] Of what is shown or typed nothing lies in the store. */
ONE_STORE_TEST(secrets_and_codes_are_kept_as_boxes_and_hashes, true)
{
    TEST_OFFICE(o, place);
    struct door_secret shown;
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_HEAD));
    token = door_in(&o, "wang", WEB_SESSION_ENROL);
    struct visitor v = door_who(&o, token);
    EXPECT_OK(door_factor_begin(o.app, &o.arena, &v, S(""), &shown));
    struct phone p = door_phone_of(&o, shown.text);
    str sealed = office_ask(&o, "SELECT hex(sealed) FROM second_factor");
    char hex[2 * TOTP_SECRET_BYTES + 1];
    for (size_t i = 0; i < TOTP_SECRET_BYTES; i++)
        (void)snprintf(hex + 2 * i, 3, "%02X", (unsigned)p.secret[i]);
    EXPECT(sealed.n > sizeof hex && !str_contains(sealed, str_of(hex)));

    /* Put in somebody else's place it does not open. */
    door_hire(&o, "li", ROLE_BIT(ROLE_HEAD));
    struct visitor li = door_who(&o, door_in(&o, "li", WEB_SESSION_ENROL));
    struct list codes;
    (void)office_ask(&o, "UPDATE second_factor SET person = (SELECT id FROM "
                         "person WHERE login = 'li')");
    EXPECT_ERR(door_factor_prove(o.app, &o.arena, &li, S("123456"), &codes),
               ERR_CORRUPT, "secret.altered");
}
