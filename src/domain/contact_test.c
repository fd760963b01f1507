/* Telephone numbers and mail addresses of a contact: domain.md 4. [RE5] */

#include "domain/contact.h"

#include "base/size.h"
#include "base/test.h"

TEST(a_telephone_number_is_known_by_its_digits)
{
    static const struct {
        const char *name;
        const char *phone;
        bool want;
    } rows[] = {
        { "mobile", "13900000000", true },
        { "mobile in groups", "139 0000 0000", true },
        { "from abroad", "+86 13900000000", true },
        { "from abroad, a landline", "+86 0591-1234567", false },
        { "least second digit", "13000000000", true },
        { "below it", "12000000000", false },
        { "a digit short", "1390000000", false },
        { "a digit long", "139000000000", false },
        { "landline", "0591-1234567", true },
        { "Beijing's", "010-12345678", true },
        { "the shortest landline", "010-1234567", true },
        { "shorter than any", "010-123456", false },
        { "with an extension", "0591-12345678-12345", true },
        { "an extension too long", "0591-12345678-123456", false },
        { "landline without its number", "0591-12345", false },
        { "two zeros", "00591-1234567", false },
        { "service number", "400-123-4567", true },
        { "another", "8001234567", true },
        { "a third there is not", "9001234567", false },
        { "letters", "1390000000a", false },
        { "brackets", "(0591)1234567", false },
        { "too many digits to keep", "000000000000000000000", false },
        { "nothing", "", false },
        { "hyphens", "---", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].name,
                   contact_is_phone(str_of(rows[i].phone)) == rows[i].want);
}

TEST(a_mail_address_has_two_sides)
{
    static const struct {
        const char *mail;
        bool want;
    } rows[] = {
        { "a@b.c", true },    { "a@b", false },   { "@b.c", false },
        { "a@.c", false },    { "a@b.", false },  { "a@b@c.d", false },
        { "a b@c.d", false }, { "a.b.c", false }, { "", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].mail,
                   contact_is_mail(str_of(rows[i].mail)) == rows[i].want);
}

TEST(a_mail_address_may_be_left_out_and_is_else_one)
{
    static const struct {
        str mail;
        bool right;
    } rows[] = {
        { S_INIT(""), true },
        { S_INIT("x"), false },
        { S_INIT("a@b.c"), true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        const struct enterprise_contact c = { .name = S("示例"),
                                              .phone = S("13900000000"),
                                              .mail = rows[i].mail };

        EXPECT_ROW(rows[i].mail.p,
                   failed(contact_check(&a, &c)) != rows[i].right);
    }
}
