/* Entries of the log as a stranger reads them. [VE1] [VE2]  Of credentials:
 * credential/verify_thing_test.c. */
#include "verify/entry.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"

#define HEAD "{\"at\":1,\"on\":\"2026-03-01\",\"public\":"
#define TAIL ",\"sealed\":{},\"type\":\"certificate.expired\",\"version\":1}"
#define GOOD HEAD "{\"number\":\"N\"}" TAIL

TEST(an_entry_says_what_it_is_about)
{
    TEST_ARENA(a, 1 << 16);
    struct log_entry e = { 0 };

    EXPECT_OK(entry_read(&a, S(GOOD), &e));
    EXPECT_STR(e.kind, S("certificate.expired"));
    EXPECT_STR(e.number, S("N"));
    EXPECT(e.at == 1 && e.on == 20513 && e.main.n == 0);
    EXPECT(!entry_is_of_credential(&e));
    EXPECT_OK(
        entry_read(&a,
                   S("{\"at\":1,\"on\":\"2026-03-01\",\"public\":{},"
                     "\"sealed\":{},\"type\":\"what.ever\",\"version\":1}"),
                   &e));
    EXPECT(e.number.n == 0); /* [VE2] */
}

/* [VE1] */
TEST(what_is_no_entry_is_refused_with_the_reason)
{
    static const struct {
        const char *why;
        str leaf;
        const char *id;
    } rows[] = {
        { "nothing", S_INIT(""), "entry.form" },
        { "no JSON", S_INIT("{"), "entry.form" },
        { "a list", S_INIT("[]"), "entry.form" },
        { "a blank", S_INIT(" " GOOD), "entry.form" },
        { "members in another order",
          S_INIT("{\"on\":\"2026-03-01\",\"at\":1}"), "entry.form" },
        { "no type", S_INIT("{\"at\":1}"), "entry.field" },
        { "a number that is none", S_INIT(HEAD "{\"number\":1}" TAIL),
          "entry.field" },
        { "no number", S_INIT(HEAD "{}" TAIL), "entry.field" },
        { "no object", S_INIT(HEAD "[]" TAIL), "entry.field" },
        { "another version",
          S_INIT("{\"at\":1,\"on\":\"2026-03-01\",\"public\":{},\"sealed\":{},"
                 "\"type\":\"x\",\"version\":2}"),
          "entry.field" },
        { "a day that is none",
          S_INIT("{\"at\":1,\"on\":\"2026-02-29\",\"public\":{},\"sealed\":{},"
                 "\"type\":\"x\",\"version\":1}"),
          "entry.field" },
        { "nothing sealed",
          S_INIT("{\"at\":1,\"on\":\"2026-03-01\",\"public\":{},"
                 "\"type\":\"x\",\"version\":1}"),
          "entry.field" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct log_entry e = { 0 };

        EXPECT_ROW_ERR(rows[i].why, entry_read(&a, rows[i].leaf, &e),
                       ERR_INVALID, rows[i].id);
        EXPECT_ROW(rows[i].why, e.kind.p == NULL);
    }
}

TEST(an_entry_longer_than_the_log_takes_is_refused)
{
    TEST_ARENA(a, 1 << 20);
    char *much = arena_zero(&a, ENTRY_BYTES_MAX + 1);
    struct log_entry e = { 0 };

    EXPECT_ERR(entry_read(&a, (str){ much, ENTRY_BYTES_MAX + 1 }, &e),
               ERR_LIMIT, "entry.long");
    EXPECT_ERR(entry_read(&a, (str){ much, ENTRY_BYTES_MAX }, &e), ERR_INVALID,
               "entry.form");
}

TEST(an_entry_of_a_signed_credential_has_all_its_members)
{
    static const struct {
        const char *lacks;
        str open;
    } rows[] = {
        { "serial", S_INIT("{\"number\":\"N\"}") },
        { "digest", S_INIT("{\"number\":\"N\",\"serial\":1}") },
        { "index",
          S_INIT(
              "{\"digest\":\"5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c"
              "5c5c5c5c5c5c5c5c\",\"number\":\"N\",\"serial\":1}") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct log_entry e = { .number = S("N") };
        struct entry_signed s = { 0 };
        struct json *open = NULL;

        EXPECT_OK(json_parse(&a, rows[i].open, &open));
        e.open = open;
        err got = entry_signed_read(&a, &e, &s);
        EXPECT_ROW_ERR(rows[i].lacks, got, ERR_INVALID, "entry.field");
        EXPECT_ROW_STR(rows[i].lacks, err_arg_text(got, "field"),
                       str_of(rows[i].lacks));
    }
}
