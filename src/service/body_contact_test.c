/* What the body publishes of itself beside its founding. [条例 20] */

#include "service/body_contact.h"

#include "service/service_test_env.h"

#include "base/size.h"
#include "base/test.h"

static const struct body_contact whole = {
    .address = S_INIT("示例市示例路 1 号"),
    .phone = S_INIT("010-12345678"),
    .mail = S_INIT("office@body.example"),
    .complaint_phone = S_INIT("400-123-4567"),
    .complaint_mail = S_INIT("quality@body.example"),
};

EACH_STORE_TEST(what_the_body_says_last_is_what_it_publishes)
{
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    const struct body_contact less = { .phone = S("010-87654321") };
    struct body_contact got;

    (void)office_ask(&o, "DELETE FROM meta WHERE key = 'body/contact'");
    EXPECT_OK(body_contact_get(o.app, &o.arena, &got)); /* nothing said yet */
    EXPECT(got.address.n + got.phone.n + got.complaint_mail.n == 0);
    EXPECT_OK(body_contact_set(o.app, &o.arena, admin, &whole));
    EXPECT_OK(body_contact_get(o.app, &o.arena, &got));
    EXPECT_STR(got.address, whole.address);
    EXPECT_STR(got.phone, whole.phone);
    EXPECT_STR(got.mail, whole.mail);
    EXPECT_STR(got.complaint_phone, whole.complaint_phone);
    EXPECT_STR(got.complaint_mail, whole.complaint_mail);
    EXPECT_OK(body_contact_set(o.app, &o.arena, admin, &less));
    EXPECT_OK(body_contact_get(o.app, &o.arena, &got));
    EXPECT_STR(got.phone, less.phone);
    EXPECT(got.address.n + got.mail.n + got.complaint_phone.n == 0);
}

/* [BC1] */
EACH_STORE_TEST(only_an_administrator_says_it_and_only_what_can_be_called)
{
    static const struct {
        const char *why;
        struct body_contact c;
        const char *refusal;
    } rows[] = {
        { "a telephone of eleven nines",
          { .phone = S_INIT("99999999999") },
          "contact.phone" },
        { "likewise for complaints",
          { .complaint_phone = S_INIT("12315") },
          "contact.phone" },
        { "mail without a host",
          { .mail = S_INIT("office@") },
          "contact.mail" },
        { "likewise for complaints",
          { .complaint_mail = S_INIT("office") },
          "contact.mail" },
        { "an address with a sign that turns text round",
          { .address = S_INIT("a\xE2\x80\xAE"
                              "b") },
          "record.control" },
    };
    TEST_OFFICE(o, place);
    struct body_contact before;
    struct body_contact got;

    EXPECT_OK(body_contact_get(o.app, &o.arena, &before));
    EXPECT_ERR(body_contact_set(o.app, &o.arena, office_as(&o, "head"), &whole),
               ERR_DENIED, "outbox.names");
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ERR(body_contact_set(o.app, &o.arena, office_as(&o, "admin"),
                                    &rows[i].c),
                   ERR_INVALID, rows[i].refusal);
    EXPECT_OK(body_contact_get(o.app, &o.arena, &got));
    EXPECT_STR(got.address, before.address);
    EXPECT_STR(got.phone, before.phone);
    EXPECT_STR(got.mail, before.mail);
}
