/* Certificates as documents. [CT1]..[CT4] [M20] [17065 7.7.1] */
#include "service/certificate_paper.h"

#include "codec/json.h"
#include "service/service_test_env.h"

static err make(struct office *o, str number, enum lang lang, str *out)
{
    const struct certificate_wish wish = { number, lang, office_today(o) };
    struct paint_document d = { 0 };

    TRY(certificate_paper(o->app, &o->arena, &wish, &d));
    return paint_document_write(&o->arena, &d, out);
}

/* A case with a certificate: its number. */
static str certified(struct office *o, str ref)
{
    office_go_to(o, ref, STAGE_UPKEEP);
    const struct certificate *c = office_read(o, ref).state->certificate;

    EXPECT(c != NULL);
    return c == NULL ? S("") : c->number;
}

/* [CT1] */
EACH_STORE_TEST(a_certificate_says_the_same_in_both_languages)
{
    static const char *const both[] = { "Certificate No.", "兹证明",
                                        "This is to certify that", "HTTP",
                                        "CNCA-R-2099-000" };
    TEST_OFFICE(o, place);
    str number = certified(&o, office_case(&o));
    str en = S("");
    str zh = S("");
    str again = S("");

    EXPECT_OK(make(&o, number, LANG_EN, &en));
    EXPECT_OK(make(&o, number, LANG_ZH, &zh));
    for (size_t i = 1; i < COUNT(both); i++) {
        EXPECT_ROW(both[i], str_contains(en, str_of(both[i])));
        EXPECT_ROW(both[i], str_contains(zh, str_of(both[i])));
    }
    EXPECT(str_contains(en, str_of(both[0])));
    EXPECT(str_contains(zh, S("\"sample\":\"示例\"")));
    office_pass_days(&o, 30);
    EXPECT_OK(make(&o, number, LANG_EN, &again));
    EXPECT_STR(again, en); /* [CT3] */
}

/* [CT2] */
EACH_STORE_TEST(only_a_valid_certificate_is_put_on_paper)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    str number = certified(&o, ref);
    str text = S("");

    EXPECT_ERR(make(&o, S("00026SC9999R0S"), LANG_EN, &text), ERR_NOT_FOUND,
               "lookup.number");
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.suspend",
                        "{'code':'0112','reasons':'r',"
                        "'confirmed':'" OFFICE_TODAY "'}"));
    EXPECT_ERR(make(&o, number, LANG_EN, &text), ERR_REFUSED,
               "sheet.not_valid");
    EXPECT(text.n == 0);
}
