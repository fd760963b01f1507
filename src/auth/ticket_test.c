/* What a mail brings. [TI1]..[TI3] */

#include "auth/ticket.h"

#include "base/size.h"
#include "base/test.h"
#include "domain/actor.h"

static const uint8_t key[SECRET_KEY_BYTES] = { 1 };
static const uint8_t nonce[SECRET_NONCE_BYTES] = { 2 };

/* [TI1] Both sides of each end; [TI3]. */
TEST(a_ticket_lasts_as_its_kind_does_and_opens_nothing_else)
{
    static const struct {
        const char *why;
        enum ticket_kind kind;
        int64_t lasts;
        const char *path;
    } rows[] = {
        { "an invitation, seven days", TICKET_INVITE, TICKET_INVITE_LASTS,
          "/invitation/abc" },
        { "a reset, one hour", TICKET_RESET, TICKET_RESET_LASTS, "/reset/abc" },
        { "a registration, two days", TICKET_REGISTER, TICKET_REGISTER_LASTS,
          "/registration/abc" },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const int64_t end = 1000 + rows[i].lasts;
        const struct ticket_row row = {
            .kind = rows[i].kind,
            .ends = ticket_ends(rows[i].kind, 1000),
        };
        const enum ticket_kind other =
            (enum ticket_kind)((rows[i].kind + 1) % TICKET_KINDS);
        str path = S("");

        EXPECT_ROW(rows[i].why, ticket_is_good(&row, rows[i].kind, end - 1));
        EXPECT_ROW(rows[i].why, !ticket_is_good(&row, rows[i].kind, end));
        EXPECT_ROW(rows[i].why, !ticket_is_good(&row, other, end - 1));
        EXPECT_OK(ticket_path(&a, rows[i].kind, S("abc"), &path));
        EXPECT_STR(path, str_of(rows[i].path));
    }
}

/* [TI2] */
TEST(what_becomes_of_a_ticket_opens_in_its_own_row_only)
{
    TEST_ARENA(a, 1 << 16);
    const struct invitation wish = {
        S("li@example.com"), ROLE_BIT(ROLE_AUDITOR), { { 0 } }, DAY_NEVER
    };
    struct ticket_row row = { .token = { { 1 } } };
    struct invitation got = { 0 };

    EXPECT_OK(ticket_seal(&a, key, nonce, &invitation_record, &wish, &row));
    EXPECT(!str_contains(row.sealed, S("example")));
    EXPECT_OK(ticket_open(&a, key, &invitation_record, &row, &got));
    EXPECT(got.roles == ROLE_BIT(ROLE_AUDITOR) && got.until == DAY_NEVER);
    EXPECT(id_is_zero(got.enterprise));
    EXPECT_STR(got.mail, S("li@example.com"));

    row.token.b[0] = 2; /* put in another's place */
    EXPECT_ERR(ticket_open(&a, key, &invitation_record, &row, &got),
               ERR_CORRUPT, "secret.altered");
}

TEST(a_registration_says_which_enterprise_and_whose_mail)
{
    TEST_ARENA(a, 1 << 16);
    const struct registration wish = {
        .mail = S("li@example.com"),
        .uscc = S("91350100M000100Y43"),
        .name = S("示例"),
        .registered = 18000,
        .scope = S("示例"),
    };
    struct registration unfit = wish;
    struct registration got = { 0 };
    struct ticket_row row = { .token = { { 1 } } };

    EXPECT_OK(ticket_seal(&a, key, nonce, &registration_record, &wish, &row));
    EXPECT_OK(ticket_open(&a, key, &registration_record, &row, &got));
    EXPECT_STR(got.uscc, wish.uscc);
    EXPECT_STR(got.mail, wish.mail);
    EXPECT(got.registered == 18000);
    unfit.scope = S("");
    EXPECT_ERR(ticket_seal(&a, key, nonce, &registration_record, &unfit, &row),
               ERR_INVALID, "record.length");
}
