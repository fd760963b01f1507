#include "credential/test_sample.h"

#include "verify/did.h"

const str test_base = S_INIT("https://register.example.cn");
const str test_did = S_INIT("did:web:register.example.cn");
const day test_from = 20513;
const day test_until = 21608;
const int64_t test_signed = INT64_C(1772330400000000);
const int64_t test_retired = INT64_C(1780272000000000);

static const char *const names[TEST_KEYS] = { "credential-1", "credential-2",
                                              "credential-3", "qr-1" };

struct sign_key test_key(enum test_key which)
{
    uint8_t seed[SIGN_SEED_BYTES];
    struct sign_key k;

    memset(seed, 1 + (int)which, sizeof seed);
    sign_key_of_seed(seed, &k);
    return k;
}

struct seal test_seal(const struct sign_key *key, enum test_key which,
                      int64_t at)
{
    return (struct seal){ key, test_did, str_of(names[which]), at };
}

void test_facts(struct credential_facts *out)
{
    *out = (struct credential_facts){
        .address = S("https://register.example.cn/c/71226SC0006R0S"),
        .number = S("71226SC0006R0S"),
        .title = S("售后服务认证证书（示例）"),
        .covers = S("家用空气净化设备的销售与售后服务"),
        .from = test_from,
        .until = test_until,
        .issuer = test_did,
        .body = S("示例认证有限公司"),
        .approval = S("CNCA-R-2099-000"),
        .holder = S("示例智能装备股份有限公司"),
        .uscc = S("91990000MA0000001X"),
        .scheme = S("售后服务十星认证"),
        .scheme_address = S("https://register.example.cn/schemes/ten-star"),
        .criterion = S("GB/T 27922-2011"),
        .level = S("十星"),
        .stars = 10,
        .revocations = S("https://register.example.cn/status/revocation/1"),
        .suspensions = S("https://register.example.cn/status/suspension/1"),
        .index = 94567,
        .pdf_address = S("https://register.example.cn/c/71226SC0006R0S.pdf"),
    };
    memset(out->scheme_hash.b, 0x5c, sizeof out->scheme_hash.b);
    memset(out->pdf_hash.b, 0x9d, sizeof out->pdf_hash.b);
}

err test_did_json(struct arena *a, str *out)
{
    struct key_facts keys[TEST_KEYS];

    for (size_t i = 0; i < TEST_KEYS; i++) {
        struct sign_key k = test_key((enum test_key)i);

        keys[i] = (struct key_facts){ .name = str_of(names[i]),
                                      .from = INT64_C(1767225600000000),
                                      .until = INT64_MAX,
                                      .revoked = INT64_MAX };
        memcpy(keys[i].public, k.public, sizeof keys[i].public);
    }
    keys[TEST_KEY_OLD].until = test_retired;
    keys[TEST_KEY_LOST].revoked = test_retired;
    keys[TEST_KEY_NOW].from = test_retired;
    return did_document_write(a, test_did, keys, TEST_KEYS, out);
}

err test_did_document(struct arena *a, struct did_document *out)
{
    str text;

    TRY(test_did_json(a, &text));
    return did_document_read(a, text, out);
}
