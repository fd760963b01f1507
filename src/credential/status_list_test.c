#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/base64.h"
#include "codec/gzip.h"
#include "credential/test_sample.h"
#include "verify/did.h"

static const str address = S_INIT("https://register.example.cn/status/r/1");

static err write_list(struct arena *a, enum status_purpose purpose,
                      const int64_t *set, size_t n,
                      struct status_list_written *out)
{
    struct sign_key k = test_key(TEST_KEY_OLD);
    struct seal by = test_seal(&k, TEST_KEY_OLD, test_signed);
    const struct status_list_facts f = { address, purpose, STATUS_LIST_LEAST,
                                         set,     n,       0 };

    return status_list_write(a, &f, &by, out);
}

static bool bit(struct arena *a, const struct status_list *l, int64_t index)
{
    bool set = false;

    EXPECT_OK(status_list_bit(a, l, index, &set));
    return set;
}

/* [CW2] [SL3] First, last, and around the ends of bytes; in both forms. */
TEST(a_list_gives_every_bit_back)
{
    TEST_ARENA(a, 16 << 20);
    static const int64_t set[] = { 0, 7, 8, 94567, STATUS_LIST_LEAST - 1 };
    struct status_list_written w = { 0 };
    struct did_document issuer = { 0 };

    EXPECT_OK(test_did_document(&a, &issuer));
    EXPECT_OK(write_list(&a, STATUS_SUSPENSION, set, COUNT(set), &w));
    for (int form = 0; form < 2; form++) {
        struct status_list l = { 0 };
        int64_t n = 0;

        if (!EXPECT_OK(status_list_read(&a, form == 0 ? w.json : w.jwt, &l)))
            return;
        EXPECT(l.n == STATUS_LIST_LEAST && l.purpose == STATUS_SUSPENSION);
        EXPECT(l.made == test_signed);
        EXPECT_OK(
            status_list_check(&a, &l, address, STATUS_SUSPENSION, &issuer));
        for (size_t i = 0; i < COUNT(set); i++)
            EXPECT(bit(&a, &l, set[i]));
        for (int64_t i = 0; i < l.n; i++)
            n += bit(&a, &l, i);
        EXPECT(n == COUNT(set));
        EXPECT(l.bits.p[0] == (char)0x81); /* index 0 is the highest bit */
    }
}

TEST(an_index_that_is_not_in_the_list_is_refused)
{
    TEST_ARENA(a, 4 << 20);
    struct status_list_written w = { 0 };
    struct status_list l = { 0 };
    bool set = true;

    EXPECT_OK(write_list(&a, STATUS_REVOCATION, NULL, 0, &w));
    EXPECT_OK(status_list_read(&a, w.json, &l));
    err e = status_list_bit(&a, &l, -1, &set);
    EXPECT_ERR(e, ERR_INVALID, "status_list.range");
    EXPECT_STR(status_list_problem(e),
               S("https://www.w3.org/ns/credentials/status-list#RANGE_ERROR"));
    EXPECT_ERR(status_list_bit(&a, &l, STATUS_LIST_LEAST, &set), ERR_INVALID,
               "status_list.range");
    EXPECT(set);
    EXPECT_OK(status_list_bit(&a, &l, STATUS_LIST_LEAST - 1, &set));
    EXPECT(!set);
}

TEST(another_list_than_the_one_asked_for_is_refused)
{
    TEST_ARENA(a, 4 << 20);
    struct status_list_written w = { 0 };
    struct status_list l = { 0 };
    struct did_document issuer = { 0 };

    EXPECT_OK(test_did_document(&a, &issuer));
    EXPECT_OK(write_list(&a, STATUS_REVOCATION, NULL, 0, &w));
    EXPECT_OK(status_list_read(&a, w.json, &l));
    EXPECT_OK(status_list_check(&a, &l, address, STATUS_REVOCATION, &issuer));
    err e = status_list_check(&a, &l, S("https://a.cn/1"), STATUS_REVOCATION,
                              &issuer);
    EXPECT_ERR(e, ERR_INVALID, "status_list.other");
    EXPECT_STR(status_list_problem(e),
               S("https://www.w3.org/ns/credentials/"
                 "status-list#STATUS_VERIFICATION_ERROR"));
    EXPECT_ERR(status_list_check(&a, &l, address, STATUS_SUSPENSION, &issuer),
               ERR_INVALID, "status_list.other");
    l.sealed.signature[9] ^= 4;
    EXPECT_ERR(status_list_check(&a, &l, address, STATUS_REVOCATION, &issuer),
               ERR_INVALID, "sealed.signature");
}

TEST(a_list_with_any_byte_changed_is_not_believed)
{
    TEST_ARENA(a, 4 << 20);
    struct status_list_written w = { 0 };
    struct did_document issuer = { 0 };
    char bad[2000];

    EXPECT_OK(test_did_document(&a, &issuer));
    EXPECT_OK(write_list(&a, STATUS_REVOCATION, NULL, 0, &w));
    EXPECT(w.json.n < sizeof bad);
    memcpy(bad, w.json.p, w.json.n);
    for (size_t i = 0; i < w.json.n; i++) {
        TEST_ARENA(inner, 4 << 20);
        struct status_list l = { 0 };

        bad[i] ^= 1;
        err e = status_list_read(&inner, (str){ bad, w.json.n }, &l);
        if (!failed(e))
            e = status_list_check(&inner, &l, address, STATUS_REVOCATION,
                                  &issuer);
        EXPECT(failed(e));
        bad[i] ^= 1;
    }
}

/* An unsigned token with this document, "u%s" filled with `bits` bytes. */
static str list_of(struct arena *a, const char *before, size_t bits,
                   const char *after)
{
    struct buf b;
    struct buf token;
    str file = S("");
    str payload = S("");
    str out = S("");
    char *zeros = arena_zero(a, bits);

    EXPECT(zeros != NULL);
    EXPECT_OK(gzip_write(a, (str){ zeros, bits }, &file));
    buf_init(&b, a, 1 << 16);
    buf_str(&b, S("{\"iat\":1,"));
    buf_str(&b, str_of(before));
    base64_encode(&b, BASE64_URL, file.p, file.n);
    buf_str(&b, str_of(after));
    EXPECT_OK(buf_done(&b, &payload));
    buf_init(&token, a, 1 << 16);
    buf_str(&token, S("eyJhbGciOiJFZERTQSIsInR5cCI6InZjK2p3dCJ9."));
    base64_encode(&token, BASE64_URL, payload.p, payload.n);
    buf_char(&token, '.');
    for (int i = 0; i < 86; i++)
        buf_char(&token, 'A');
    EXPECT_OK(buf_done(&token, &out));
    return out;
}

#define TYPE                                                                   \
    "\"type\":[\"VerifiableCredential\",\"BitstringStatusListCredential\"],"
#define HEAD                                                                   \
    "\"id\":\"https://a.cn/1\",\"issuer\":{\"id\":\"did:web:a.cn\"}," TYPE     \
    "\"validFrom\":\"2026-01-01T00:00:00Z\","
#define SUBJECT                                                                \
    "\"credentialSubject\":{\"type\":\"BitstringStatusList\","                 \
    "\"statusPurpose\":\"revocation\",\"encodedList\":"
#define LEAST (STATUS_LIST_LEAST / 8)

/* [SL1] [SL2] */
TEST(a_list_that_is_none_is_refused_with_its_problem)
{
    static const struct {
        const char *name;
        const char *before;
        size_t bits;
        const char *after;
        const char *id; /* NULL: it is one */
        const char *problem;
    } rows[] = {
        { "a good one", HEAD SUBJECT "\"u", LEAST, "\"}}", NULL, NULL },
        { "a byte less", HEAD SUBJECT "\"u", LEAST - 1, "\"}}",
          "status_list.short", "STATUS_LIST_LENGTH_ERROR" },
        { "nothing in it", HEAD SUBJECT "\"u", 0, "\"}}", "status_list.short",
          "STATUS_LIST_LENGTH_ERROR" },
        { "as long as can be", HEAD SUBJECT "\"u", STATUS_LIST_MOST / 8, "\"}}",
          NULL, NULL },
        { "a byte more", HEAD SUBJECT "\"u", STATUS_LIST_MOST / 8 + 1, "\"}}",
          "status_list.encoding", "MALFORMED_VALUE_ERROR" },
        { "another base", HEAD SUBJECT "\"z", LEAST, "\"}}",
          "status_list.encoding", "MALFORMED_VALUE_ERROR" },
        { "cut short", HEAD SUBJECT "\"u", LEAST, "A\"}}",
          "status_list.encoding", "MALFORMED_VALUE_ERROR" },
        { "no id", TYPE SUBJECT "\"u", LEAST, "\"}}", "status_list.field",
          "MALFORMED_VALUE_ERROR" },
        { "no issuer", "\"id\":\"x\"," TYPE SUBJECT "\"u", LEAST, "\"}}",
          "status_list.field", "MALFORMED_VALUE_ERROR" },
        { "no type", "\"id\":\"x\",\"issuer\":\"y\"," SUBJECT "\"u", LEAST,
          "\"}}", "status_list.field", "MALFORMED_VALUE_ERROR" },
        { "no moment", "\"id\":\"x\",\"issuer\":\"y\"," TYPE SUBJECT "\"u",
          LEAST, "\"}}", "status_list.field", "MALFORMED_VALUE_ERROR" },
        { "no subject", HEAD "\"list\":\"u", LEAST, "\"}", "status_list.field",
          "MALFORMED_VALUE_ERROR" },
        { "another purpose",
          HEAD "\"credentialSubject\":{\"type\":\"BitstringStatusList\","
               "\"statusPurpose\":\"message\",\"encodedList\":\"u",
          LEAST, "\"}}", "status_list.field", "MALFORMED_VALUE_ERROR" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 32 << 20);
        struct status_list l = { 0 };
        err e = status_list_read(
            &a, list_of(&a, rows[i].before, rows[i].bits, rows[i].after), &l);

        if (rows[i].id == NULL) {
            EXPECT_ROW_OK(rows[i].name, e);
            continue;
        }
        EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].id);
        if (failed(e))
            EXPECT_ROW(rows[i].name, str_ends(status_list_problem(e),
                                              str_of(rows[i].problem)));
        EXPECT_ROW(rows[i].name, l.address.p == NULL);
    }
}

TEST(a_list_that_could_not_be_had_is_another_problem)
{
    TEST_ARENA(a, 1 << 16);

    EXPECT_STR(status_list_problem(err_new(&a, ERR_IO, "status_list.other",
                                           ARG_STR("list", S("")),
                                           ARG_STR("expected", S("")))),
               S("https://www.w3.org/ns/credentials/"
                 "status-list#STATUS_RETRIEVAL_ERROR"));
}

TEST(a_list_that_no_reader_would_take_is_not_written)
{
    TEST_ARENA(a, 16 << 20);
    static const int64_t beyond[] = { STATUS_LIST_LEAST };
    static const int64_t below[] = { -1 };
    struct sign_key k = test_key(TEST_KEY_OLD);
    struct seal by = test_seal(&k, TEST_KEY_OLD, test_signed);
    struct status_list_facts f = {
        address, STATUS_REVOCATION, STATUS_LIST_LEAST - 8, NULL, 0, 0
    };
    struct status_list_written w = { 0 };

    EXPECT_ERR(status_list_write(&a, &f, &by, &w), ERR_INVALID,
               "status_list.short");
    f.entries = (int64_t)STATUS_LIST_MOST + 8;
    EXPECT_ERR(status_list_write(&a, &f, &by, &w), ERR_LIMIT,
               "status_list.long");
    EXPECT_ERR(write_list(&a, STATUS_REVOCATION, beyond, 1, &w), ERR_INVALID,
               "status_list.range");
    EXPECT_ERR(write_list(&a, STATUS_REVOCATION, below, 1, &w), ERR_INVALID,
               "status_list.range");
    EXPECT(w.json.p == NULL);
}

static err make_and_read(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct status_list_written w;
    struct status_list l;

    arena_init(&a, h, 4 << 20);
    TRY(write_list(&a, STATUS_REVOCATION, NULL, 0, &w));
    TRY(status_list_read(&a, w.jwt, &l));
    return status_list_read(&a, w.json, &l);
}

TEST(a_list_is_written_and_read_or_memory_is_out)
{
    EXPECT(test_every_allocation_fails(make_and_read, NULL, NULL) > 0);
}
