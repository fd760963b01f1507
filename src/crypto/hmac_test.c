/* HMAC-SHA256 against the vectors of RFC 4231. */

#include "crypto/hmac.h"

#include "base/size.h"
#include "base/test.h"

#include <stdio.h>

static void expect(const char *name, const struct hmac_piece *pieces,
                   size_t count, str key, const char *want)
{
    uint8_t got[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1] = "";

    hmac_sha256(key.p, key.n, pieces, count, got);
    for (size_t i = 0; i < sizeof got; i++)
        (void)snprintf(hex + 2 * i, 3, "%02x", got[i]);
    EXPECT_ROW_STR(name, str_of(hex), str_of(want));
}

TEST(the_vectors_of_rfc_4231_come_out)
{
    char aa[131];
    char dd[50];
    char cd[50];
    char key1[20];
    char key4[25];
    struct hmac_piece p;

    memset(key1, 0x0b, sizeof key1);
    memset(aa, 0xaa, sizeof aa);
    memset(dd, 0xdd, sizeof dd);
    memset(cd, 0xcd, sizeof cd);
    for (int i = 0; i < 25; i++)
        key4[i] = (char)(i + 1);

    p = (struct hmac_piece){ "Hi There", 8 };
    expect("1", &p, 1, (str){ key1, sizeof key1 },
           "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    p = (struct hmac_piece){ "what do ya want for nothing?", 28 };
    expect("2", &p, 1, S("Jefe"),
           "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    p = (struct hmac_piece){ dd, sizeof dd };
    expect("3", &p, 1, (str){ aa, 20 },
           "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    p = (struct hmac_piece){ cd, sizeof cd };
    expect("4", &p, 1, (str){ key4, sizeof key4 },
           "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    p = (struct hmac_piece){
        "Test Using Larger Than Block-Size Key - Hash Key First", 54
    };
    expect("6", &p, 1, (str){ aa, sizeof aa },
           "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

/* Pieces are as good as one. */
TEST(pieces_are_authenticated_as_one_text)
{
    static const struct hmac_piece pieces[] = { { "what do ya", 10 },
                                                { NULL, 0 },
                                                { " want for nothing?", 18 } };

    expect("2", pieces, COUNT(pieces), S("Jefe"),
           "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(a_key_may_be_empty)
{
    expect("empty", NULL, 0, S(""),
           "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}
