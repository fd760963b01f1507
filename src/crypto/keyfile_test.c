#include "crypto/keyfile.h"

#include "base/arena.h"
#include "base/test.h"

static const struct master_key master = { { 1, 2, 3 } };
static const struct keyfile_chance chance = { { 4, 5 }, { 6, 7 } };

TEST(an_open_master_is_read_back)
{
    TEST_ARENA(a, 1 << 16);
    struct master_key back = { 0 };
    str text = S("");

    EXPECT_OK(keyfile_open_text(&a, &master, &text));
    EXPECT(!keyfile_is_locked(text));
    EXPECT_OK(keyfile_master_read(&a, text, S(""), &back));
    EXPECT(memcmp(back.b, master.b, sizeof back.b) == 0);
}

static void lock_master(struct arena *a, str passphrase, str *out)
{
    EXPECT_OK(keyfile_lock(a, &master, passphrase, PASSWORD_COST_LEAST, &chance,
                           out));
    EXPECT(keyfile_is_locked(*out));
}

TEST(a_locked_master_opens_with_its_passphrase_only)
{
    static const struct {
        const char *why;
        str passphrase;
        const char *refused; /* NULL: it opens */
    } rows[] = {
        { "the one it was locked with", S_INIT("青川 2026"), NULL },
        { "none", S_INIT(""), "keyfile.passphrase_needed" },
        { "a letter more", S_INIT("青川 2026 "), "keyfile.passphrase_wrong" },
        { "another", S_INIT("x"), "keyfile.passphrase_wrong" },
    };
    TEST_ARENA(a, 1 << 16);
    str text = S("");

    lock_master(&a, S("青川 2026"), &text);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct master_key back = { 0 };
        err e = keyfile_master_read(&a, text, rows[i].passphrase, &back);

        if (rows[i].refused != NULL) {
            EXPECT_ROW_ERR(rows[i].why, e, ERR_DENIED, rows[i].refused);
            continue;
        }
        EXPECT_OK(e);
        EXPECT(memcmp(back.b, master.b, sizeof back.b) == 0);
    }
}

TEST(a_master_whose_text_is_none_is_refused)
{
    static const struct {
        const char *why;
        str text;
    } rows[] = {
        { "nothing", S_INIT("") },
        { "a digit short", S_INIT("0102") },
        { "no cost", S_INIT("tenstar-key argon2id m=") },
        { "a cost of nothing", S_INIT("tenstar-key argon2id m=0,t=0 00 00") },
        { "more than the greatest cost [KF2]",
          S_INIT("tenstar-key argon2id m=1048577,t=1 "
                 "04050000000000000000000000000000 00") },
        { "another order", S_INIT("tenstar-key argon2id m=8,p=1 "
                                  "04050000000000000000000000000000 00") },
        { "a salt cut short", S_INIT("tenstar-key argon2id m=8,t=1 0405 00") },
        { "a box cut short", S_INIT("tenstar-key argon2id m=8,t=1 "
                                    "04050000000000000000000000000000 00") },
        { "a box of no digits", S_INIT("tenstar-key argon2id m=8,t=1 "
                                       "04050000000000000000000000000000 xy") },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct master_key back = { { 9 } };

        EXPECT_ROW_ERR(rows[i].why,
                       keyfile_master_read(&a, rows[i].text, S("x"), &back),
                       ERR_CORRUPT, "keyfile.form");
        EXPECT(back.b[0] == 9);
    }
}

TEST(a_passphrase_that_is_too_long_locks_nothing)
{
    TEST_ARENA(a, 1 << 16);
    char long_one[PASSWORD_SECRET_MAX + 1];
    str out = S("untouched");

    memset(long_one, 'x', sizeof long_one);
    EXPECT_ERR(keyfile_lock(&a, &master, (str){ long_one, sizeof long_one },
                            PASSWORD_COST_LEAST, &chance, &out),
               ERR_LIMIT, "password.long");
    EXPECT_STR(out, S("untouched"));
}

/* [KF1] */
TEST(a_key_opens_at_its_own_place_under_its_own_master_only)
{
    static const struct master_key other = { { 1, 2, 4 } };
    TEST_ARENA(a, 1 << 16);
    str text = S("");
    str back = S("");

    EXPECT_OK(keyfile_write(&a, &master, S("keys/qr-1.key"), chance.nonce,
                            S("a key"), &text));
    EXPECT_OK(keyfile_read(&a, &master, S("keys/qr-1.key"), text, &back));
    EXPECT_STR(back, S("a key"));
    EXPECT_ERR(keyfile_read(&a, &master, S("keys/qr-2.key"), text, &back),
               ERR_CORRUPT, "secret.altered");
    EXPECT_ERR(keyfile_read(&a, &other, S("keys/qr-1.key"), text, &back),
               ERR_CORRUPT, "secret.altered");
    EXPECT_ERR(keyfile_read(&a, &master, S("keys/qr-1.key"),
                            str_first(text, text.n - 3), &back),
               ERR_CORRUPT, "secret.altered");
    EXPECT_ERR(keyfile_read(&a, &master, S("x"), S("tenstar-key sealed 0"),
                            &back),
               ERR_CORRUPT, "keyfile.form");
}

/* [KF3] */
TEST(a_key_that_lies_open_is_read_when_it_has_32_bytes)
{
    TEST_ARENA(a, 1 << 16);
    str text = S("");
    str back = S("");

    EXPECT_OK(keyfile_open_text(&a, &master, &text));
    EXPECT_OK(keyfile_read(&a, &master, S("keys/log.key"), text, &back));
    EXPECT(back.n == sizeof master.b);
    EXPECT(memcmp(back.p, master.b, back.n) == 0);
    EXPECT_ERR(keyfile_read(&a, &master, S("keys/log.key"), str_first(text, 62),
                            &back),
               ERR_CORRUPT, "keyfile.form");
}

static err lock_and_open(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct master_key back;
    str text;
    str key;

    arena_init(&a, h, 1 << 16);
    TRY(keyfile_lock(&a, &master, S("x"), PASSWORD_COST_LEAST, &chance, &text));
    TRY(keyfile_master_read(&a, text, S("x"), &back));
    TRY(keyfile_write(&a, &back, S("k"), chance.nonce, S("secret"), &text));
    return keyfile_read(&a, &back, S("k"), text, &key);
}

TEST(locking_and_opening_survive_every_failed_allocation)
{
    EXPECT(test_every_allocation_fails(lock_and_open, NULL, NULL) > 0);
}
