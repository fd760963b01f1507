/* Credentials signed by SM2 besides. [S21] [S22]  What other programs make of
 * the signature: tests/stories/stranger.sh. */
#include "service/credential_sm2.h"

#include "base/id.h"
#include "codec/json.h"
#include "crypto/sm2.h"
#include "service/credentials.h"
#include "service/keys.h"
#include "service/service_test_env.h"

#define NUMBER "00026SC0001R0S"

static void make_key(struct office *o)
{
    const struct keys_order order = { office_as(o, "admin"), office_today(o) };
    int64_t serial;

    EXPECT_OK(
        keys_make(o->app, &o->arena, &order, KEY_SM2, KEY_IS_SM2, &serial));
    app_close(&o->app);
    EXPECT_OK(app_open(&o->arena, &o->world, o->dir, APP_READ, &o->app));
}

static struct json *signed_by(struct office *o)
{
    struct json *j = NULL;
    str text = S("");

    EXPECT_OK(credential_sm2(o->app, &o->arena, S("00026sc 0001r0s"), &text));
    EXPECT_OK(json_parse(&o->arena, text, &j));
    return j;
}

/* Does the signature that is told verify this text? */
static bool verifies(const struct json *j, str text)
{
    uint8_t public[SM2_PUBLIC_BYTES];
    uint8_t signature[SM2_SIGNATURE_BYTES];
    bool valid = false;

    EXPECT(hex_parse(json_get_str(j, S("public")), public, sizeof public));
    EXPECT(hex_parse(json_get_str(j, S("signature")), signature,
                     sizeof signature));
    EXPECT_OK(sm2_verify(public, text, signature, &valid));
    return valid;
}

/* [S21] */
EACH_STORE_TEST(a_credential_is_signed_as_it_is_given_out)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct credential_row row = { 0 };

    office_go_to(&o, ref, STAGE_UPKEEP);
    make_key(&o);
    struct json *j = signed_by(&o);
    EXPECT_OK(credentials_newest(o.app, &o.arena, S(NUMBER), &row));
    EXPECT(verifies(j, row.json));
    EXPECT(!verifies(j, row.jwt));
    EXPECT(!verifies(j, str_first(row.json, row.json.n - 1)));
    EXPECT_STR(json_get_str(j, S("key")), S("sm2-1"));
    EXPECT_STR(json_get_str(j, S("signer")), S("1234567812345678"));
    EXPECT_STR(json_get_str(j, S("public")),
               app_key(o.app, KEY_SM2)->row->made.public);
}

ONE_STORE_TEST(without_a_key_or_a_credential_there_is_none, true)
{
    TEST_OFFICE(o, place);
    str text = S("untouched");

    EXPECT_ERR(credential_sm2(o.app, &o.arena, S(NUMBER), &text), ERR_NOT_FOUND,
               "key.none");
    make_key(&o);
    EXPECT_ERR(credential_sm2(o.app, &o.arena, S(NUMBER), &text), ERR_NOT_FOUND,
               "credential.none");
    EXPECT_STR(text, S("untouched"));
}
