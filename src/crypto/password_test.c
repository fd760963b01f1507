#include "crypto/password.h"

#include "base/size.h"
#include "base/test.h"

#include <sodium/crypto_pwhash_argon2id.h>

static const uint8_t salt[PASSWORD_SALT_BYTES] = "saltsaltsaltsal";

/* Made with the program of Argon2's authors (Debian's argon2 0~20171227). */
static const struct {
    str secret;
    struct password_cost cost;
    str kept;
} vectors[] = {
    { S_INIT("password"),
      { 8, 1 },
      S_INIT("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
             "lMPgVYwd4ZAQkOipZGNRk1H0ZPrbAaRuGKXEIUYK9t8") },
    { S_INIT("password"),
      { 64, 2 },
      S_INIT("$argon2id$v=19$m=64,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
             "i6P6cCvSwI/Gp4MO3l8wvjoXUe1JLzHNfXagpIByW1o") },
};

TEST(hashes_are_those_of_argon2s_authors)
{
    for (size_t i = 0; i < COUNT(vectors); i++) {
        TEST_ARENA(a, 1 << 16);
        uint8_t bytes[PASSWORD_SALT_BYTES];
        struct password_cost cost = { 0, 0 };
        bool right = false;
        str kept = S("");

        memcpy(bytes, "saltsaltsaltsalt", sizeof bytes);
        EXPECT_OK(password_hash(&a, vectors[i].secret, bytes, vectors[i].cost,
                                &kept));
        EXPECT_STR(kept, vectors[i].kept);
        EXPECT_OK(password_check(&a, vectors[i].secret, kept, &right));
        EXPECT(right);
        EXPECT_OK(password_cost_of(&a, kept, &cost));
        EXPECT(cost.kib == vectors[i].cost.kib &&
               cost.passes == vectors[i].cost.passes);
    }
}

static bool checks(str secret, str kept)
{
    TEST_ARENA(a, 1 << 16);
    bool right = false;

    EXPECT_OK(password_check(&a, secret, kept, &right));
    return right;
}

TEST(only_the_same_secret_is_right)
{
    TEST_ARENA(a, 1 << 16);
    str kept = S("");

    EXPECT_OK(password_hash(&a, S("a long secret"), salt, PASSWORD_COST_LEAST,
                            &kept));
    EXPECT(checks(S("a long secret"), kept));
    EXPECT(!checks(S("a long secreT"), kept));
    EXPECT(!checks(S("a long secret "), kept));
    EXPECT(!checks(S("a long secre"), kept));
    EXPECT(!checks(S("a long secret\0"), kept));
    EXPECT(!checks(S(""), kept));
    EXPECT(!checks((str){ NULL, 0 }, kept));
}

TEST(an_empty_secret_is_a_secret_like_any_other)
{
    TEST_ARENA(a, 1 << 16);
    str kept = S("");

    EXPECT_OK(
        password_hash(&a, (str){ NULL, 0 }, salt, PASSWORD_COST_LEAST, &kept));
    EXPECT(checks(S(""), kept));
    EXPECT(!checks(S(" "), kept));
}

TEST(salt_and_cost_change_the_hash)
{
    TEST_ARENA(a, 1 << 16);
    uint8_t other[PASSWORD_SALT_BYTES] = { 1 };
    str kept[3] = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };

    EXPECT_OK(password_hash(&a, S("s"), salt, PASSWORD_COST_LEAST, &kept[0]));
    EXPECT_OK(password_hash(&a, S("s"), other, PASSWORD_COST_LEAST, &kept[1]));
    EXPECT_OK(password_hash(&a, S("s"), salt, (struct password_cost){ 9, 1 },
                            &kept[2]));
    EXPECT(!str_eq(kept[0], kept[1]) && !str_eq(kept[0], kept[2]));
    EXPECT(checks(S("s"), kept[1]) && checks(S("s"), kept[2]));
}

TEST(a_secret_has_a_greatest_length)
{
    static const char secret[PASSWORD_SECRET_MAX + 1] = { 'x' };
    TEST_ARENA(a, 1 << 16);
    str longest = { secret, PASSWORD_SECRET_MAX };
    str kept = S("");
    str none = S("untouched");

    EXPECT_OK(password_hash(&a, longest, salt, PASSWORD_COST_LEAST, &kept));
    EXPECT(checks(longest, kept));
    EXPECT_ERR(password_hash(&a, (str){ secret, sizeof secret }, salt,
                             PASSWORD_COST_LEAST, &none),
               ERR_LIMIT, "password.long");
    EXPECT_STR(none, S("untouched"));
    /* The first 1024 bytes are right; the whole is not. */
    EXPECT(!checks((str){ secret, sizeof secret }, kept));
}

TEST(libsodium_takes_our_strings_for_its_own)
{
    TEST_ARENA(a, 1 << 16);
    str kept = S("");

    EXPECT_OK(password_hash(&a, S("secret"), salt, PASSWORD_COST_LEAST, &kept));
    EXPECT(crypto_pwhash_argon2id_str_verify(kept.p, "secret", 6) == 0);
    EXPECT(crypto_pwhash_argon2id_str_verify(kept.p, "Secret", 6) != 0);
}

/* clang-format off */
#define SALT "c2FsdHNhbHRzYWx0c2FsdA"
#define HASH "lMPgVYwd4ZAQkOipZGNRk1H0ZPrbAaRuGKXEIUYK9t8"
#define FORM(before, cost, salt_, hash) S_INIT(before cost "$" salt_ "$" hash)

TEST(a_stored_text_of_another_form_is_refused)
{
    static const struct {
        const char *why;
        str kept;
    } rows[] = {
        { "empty", S_INIT("") },
        { "argon2i", FORM("$argon2i$v=19$", "m=8,t=1,p=1", SALT, HASH) },
        { "an older version", FORM("$argon2id$v=16$", "m=8,t=1,p=1", SALT, HASH) },
        { "less memory than there can be", FORM("$argon2id$v=19$", "m=7,t=1,p=1", SALT, HASH) },
        { "more memory than we give", FORM("$argon2id$v=19$", "m=1048577,t=1,p=1", SALT, HASH) },
        { "memory beyond 32 bits", FORM("$argon2id$v=19$", "m=4294967304,t=1,p=1", SALT, HASH) },
        { "a leading zero", FORM("$argon2id$v=19$", "m=08,t=1,p=1", SALT, HASH) },
        { "a sign", FORM("$argon2id$v=19$", "m=+8,t=1,p=1", SALT, HASH) },
        { "no number", FORM("$argon2id$v=19$", "m=,t=1,p=1", SALT, HASH) },
        { "no pass", FORM("$argon2id$v=19$", "m=8,t=0,p=1", SALT, HASH) },
        { "too many passes", FORM("$argon2id$v=19$", "m=8,t=65,p=1", SALT, HASH) },
        { "two lanes", FORM("$argon2id$v=19$", "m=16,t=1,p=2", SALT, HASH) },
        { "another order", FORM("$argon2id$v=19$", "t=1,m=8,p=1", SALT, HASH) },
        { "a salt too short", FORM("$argon2id$v=19$", "m=8,t=1,p=1", "c2FsdHNhbHRzYWx0c2Fs", HASH) },
        { "a salt too long", FORM("$argon2id$v=19$", "m=8,t=1,p=1", SALT "AA", HASH) },
        { "spare bits in the salt", FORM("$argon2id$v=19$", "m=8,t=1,p=1", "c2FsdHNhbHRzYWx0c2FsdB", HASH) },
        { "padding", FORM("$argon2id$v=19$", "m=8,t=1,p=1", SALT "==", HASH) },
        { "no salt", FORM("$argon2id$v=19$", "m=8,t=1,p=1", "", HASH) },
        { "no hash", FORM("$argon2id$v=19$", "m=8,t=1,p=1", SALT, "") },
        { "no hash at all", S_INIT("$argon2id$v=19$m=8,t=1,p=1$" SALT) },
        { "a hash too short", FORM("$argon2id$v=19$", "m=8,t=1,p=1", SALT, "lMPg") },
        { "something after it", FORM("$argon2id$v=19$", "m=8,t=1,p=1", SALT, HASH "$") },
        { "a newline after it", FORM("$argon2id$v=19$", "m=8,t=1,p=1", SALT, HASH "\n") },
        { "a foreign letter", FORM("$argon2id$v=19$", "m=8,t=1,p=1", SALT, "-MPgVYwd4ZAQkOipZGNRk1H0ZPrbAaRuGKXEIUYK9t8") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct password_cost cost = { 77, 77 };
        bool right = true;

        EXPECT_ROW_ERR(rows[i].why,
                       password_check(&a, S("password"), rows[i].kept, &right),
                       ERR_CORRUPT, "password.form");
        EXPECT_ROW_ERR(rows[i].why, password_cost_of(&a, rows[i].kept, &cost),
                       ERR_CORRUPT, "password.form");
        EXPECT_ROW(rows[i].why, right && cost.kib == 77);
    }
    static const str good = FORM("$argon2id$v=19$", "m=8,t=1,p=1", SALT, HASH);
    EXPECT(checks(S("password"), good));
}
/* clang-format on */

/* [property] Whatever letter of a kept hash is changed, the secret is no
 * longer right. */
TEST(every_altered_letter_of_a_kept_hash_is_noticed)
{
    char text[128];

    for (size_t i = 0; i < vectors[0].kept.n; i++) {
        TEST_ARENA(a, 1 << 16);
        str kept = { text, vectors[0].kept.n };
        bool right = false;

        memcpy(text, vectors[0].kept.p, kept.n);
        text[i] = text[i] == '9' ? '8' : '9';
        err e = password_check(&a, S("password"), kept, &right);
        EXPECT(failed(e) ? e.info->code == ERR_CORRUPT : !right);
    }
}

static err hash_and_check(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    bool right = false;
    str kept = S("");

    (void)context;
    arena_init(&a, h, 1 << 16);
    TRY(password_hash(&a, S("s"), salt, PASSWORD_COST_LEAST, &kept));
    return password_check(&a, S("s"), kept, &right);
}

TEST(hashing_survives_every_failed_allocation)
{
    EXPECT(test_every_allocation_fails(hash_and_check, NULL, NULL) > 0);
}
