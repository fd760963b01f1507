/* What is signed by cms.h and pdf_sign.h, read by verify/cms.h and
 * verify/pdf.h; and every way to alter it. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "credential/cms.h"
#include "credential/test_paper.h"
#include "verify/cms.h"
#include "verify/pdf.h"

static const struct pdf_attachment files[] = {
    { S_INIT("credential.json"), S_INIT("application/vc"), S_INIT("凭证"),
      S_INIT("{\"a\":1}") },
    { S_INIT("certificate.tlog-proof"), S_INIT("text/plain"), S_INIT("证明"),
      S_INIT("c2sp.org/tlog-proof@v1\n") },
};

static str signed_bytes(struct arena *a)
{
    scoped(signer_end) struct signer s = { 0 };
    str der = S("");

    test_signer(a, &s);
    EXPECT_OK(cms_sign(a, &s, S("before"), S("after"), &der));
    return der;
}

static char *copy_of(struct arena *a, str s)
{
    char *made = arena_zero(a, s.n + 1);

    if (made != NULL && s.n > 0)
        memcpy(made, s.p, s.n);
    return made;
}

/* --- signatures --------------------------------------------------------- */

/* [CC1] [CC4] */
TEST(a_signature_says_whose_it_is)
{
    TEST_ARENA(a, 1 << 20);
    struct cms_seen seen = { 0 };

    EXPECT_OK(cms_check(&a, signed_bytes(&a), S("before"), S("after"), &seen));
    EXPECT(str_contains(seen.by.subject, S("CN=示例认证中心")));
    EXPECT_STR(seen.by.issuer, seen.by.subject);
    EXPECT(seen.by.from == 1767225600 && seen.by.until == 4102444800);
    EXPECT(!hash_is_zero(&seen.by.fingerprint));
    EXPECT(!seen.stamped);
    /* Where the parts are divided does not matter. */
    EXPECT_OK(cms_check(&a, signed_bytes(&a), S(""), S("beforeafter"), &seen));
}

TEST(a_signature_over_other_bytes_is_refused)
{
    static const str rows[][2] = {
        { S_INIT("before"), S_INIT("afteR") },
        { S_INIT("before"), S_INIT("") },
        { S_INIT("before"), S_INIT("after ") },
        { S_INIT(""), S_INIT("") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct cms_seen seen = { 0 };

        EXPECT_ERR(cms_check(&a, signed_bytes(&a), rows[i][0], rows[i][1],
                             &seen),
                   ERR_INVALID, "verify.cms_content");
        EXPECT(seen.by.subject.p == NULL);
    }
}

/* [CC3] */
TEST(only_zeros_may_follow_a_signature)
{
    TEST_ARENA(a, 1 << 20);
    str der = signed_bytes(&a);
    char *more = arena_zero(&a, der.n + 4);
    struct cms_seen seen = { 0 };

    memcpy(more, der.p, der.n);
    EXPECT_OK(cms_check(&a, (str){ more, der.n + 4 }, S("before"), S("after"),
                        &seen));
    more[der.n + 3] = 1;
    EXPECT_ERR(cms_check(&a, (str){ more, der.n + 4 }, S("before"), S("after"),
                         &seen),
               ERR_INVALID, "verify.cms_form");
    EXPECT_ERR(cms_check(&a, S(""), S(""), S(""), &seen), ERR_INVALID,
               "verify.cms_form");
    EXPECT_ERR(cms_check(&a, S("hello"), S(""), S(""), &seen), ERR_INVALID,
               "verify.cms_form");
}

/* Every byte matters, or what the signature says stays the same. */
TEST(no_bit_of_a_signature_can_be_turned_to_say_something_else)
{
    TEST_ARENA(a, 1 << 20);
    str der = signed_bytes(&a);
    struct cms_seen want = { 0 };
    size_t refused = 0;

    EXPECT_OK(cms_check(&a, der, S("before"), S("after"), &want));
    for (size_t i = 0; i < der.n; i++) {
        TEST_ARENA(b, 1 << 20);
        char *altered = copy_of(&b, der);
        struct cms_seen seen = { 0 };

        altered[i] = (char)(altered[i] ^ 1);
        err e = cms_check(&b, (str){ altered, der.n }, S("before"), S("after"),
                          &seen);
        if (failed(e)) {
            EXPECT(e.info->code == ERR_INVALID);
            refused++;
            continue;
        }
        EXPECT_STR(seen.by.subject, want.by.subject);
        EXPECT(hash_eq(&seen.by.fingerprint, &want.by.fingerprint));
    }
    EXPECT(refused > der.n * 9 / 10);
}

/* [CC5] */
TEST(a_stamp_says_who_saw_the_signature_and_when)
{
    TEST_ARENA(a, 1 << 20);
    str der = test_stamp(&a, signed_bytes(&a), test_stamped);
    struct cms_seen seen = { 0 };

    EXPECT_OK(cms_check(&a, der, S("before"), S("after"), &seen));
    EXPECT(seen.stamped && seen.stamped_at == test_stamped);
    EXPECT_STR(seen.stamped_by.subject, S("CN=Example Time"));
}

/* [CC5] Both sides of each boundary. */
TEST(a_stamp_counts_within_the_days_of_both_certificates)
{
    static const struct {
        const char *why;
        int64_t at;
        const char *id;
    } rows[] = {
        { "the service's first second", 1772322200, NULL },
        { "the one before", 1772322199, "verify.cms_stamp" },
        { "the last of both", 4102444800, NULL },
        { "the one after", 4102444801, "verify.cms_stamp" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        str der = test_stamp(&a, signed_bytes(&a), rows[i].at);
        struct cms_seen seen = { 0 };
        err e = cms_check(&a, der, S("before"), S("after"), &seen);

        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].why, e);
        else
            EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, rows[i].id);
    }
}

static err check_once(struct heap *h, void *context)
{
    const str *der = context;
    scoped(arena_end) struct arena a;
    struct cms_seen seen;

    arena_init(&a, h, 1 << 20);
    return cms_check(&a, *der, S("before"), S("after"), &seen);
}

TEST(a_signature_is_checked_or_memory_is_out)
{
    TEST_ARENA(a, 1 << 20);
    str der = test_stamp(&a, signed_bytes(&a), test_stamped);

    EXPECT(test_every_allocation_fails(check_once, NULL, &der) > 0);
}

/* --- files -------------------------------------------------------------- */

/* [VP1] [VP3] */
TEST(a_signed_file_says_who_signed_it_and_gives_its_attachments)
{
    const struct test_paper with = { files, COUNT(files), true };
    TEST_ARENA(a, 8 << 20);
    struct pdf_seen seen = { 0 };
    str got = S("");

    EXPECT_OK(pdf_check(&a, test_paper(&a, &with), &seen));
    EXPECT(seen.n == COUNT(files) && seen.signature.stamped);
    EXPECT(pdf_find(&seen, S("credential.json"), &got));
    EXPECT_STR(got, files[0].bytes);
    EXPECT(pdf_find(&seen, S("certificate.tlog-proof"), &got));
    EXPECT_STR(got, files[1].bytes);
    EXPECT(!pdf_find(&seen, S("other"), &got));
}

TEST(a_file_without_attachments_has_none)
{
    const struct test_paper with = { NULL, 0, false };
    TEST_ARENA(a, 8 << 20);
    struct pdf_seen seen = { 0 };

    EXPECT_OK(pdf_check(&a, test_paper(&a, &with), &seen));
    EXPECT(seen.n == 0 && !seen.signature.stamped);
}

/* A file with `from` once replaced by `to`, of the same length. */
static str altered(struct arena *a, str file, str from, str to)
{
    char *made = copy_of(a, file);
    size_t at = str_find(file, from);

    EXPECT_ROW(from.p, at < file.n && from.n == to.n);
    if (at < file.n)
        memcpy(made + at, to.p, to.n);
    return (str){ made, file.n };
}

TEST(a_file_that_was_altered_is_refused_with_the_reason)
{
    static const struct {
        const char *what;
        str from;
        str to;
        const char *id;
    } rows[] = {
        { "the page", S_INIT("/MediaBox [ 0 0 10 10 ]"),
          S_INIT("/MediaBox [ 0 0 10 11 ]"), "verify.cms_content" },
        { "an attachment", S_INIT("{\"a\":1}"), S_INIT("{\"a\":2}"),
          "verify.cms_content" },
        { "the name of one", S_INIT("(credential.json) "),
          S_INIT("(credential.jsox) "), "verify.cms_content" },
        { "who signs", S_INIT("/Name <FEFF"), S_INIT("/Name <FEFE"),
          "verify.cms_content" },
        { "the range begins later", S_INIT("/ByteRange [0 "),
          S_INIT("/ByteRange [1 "), "verify.pdf_partly" },
        { "no range", S_INIT("/ByteRange ["), S_INIT("/ByteRangE ["),
          "verify.pdf_unsigned" },
        { "the room holds a text", S_INIT("00000000> >>"),
          S_INIT("0000000x> >>"), "verify.pdf_room" },
        { "something behind the signature in the room", S_INIT("00000000> >>"),
          S_INIT("00000001> >>"), "verify.cms_form" },
        { "the signature is no signature", S_INIT("/Contents <30"),
          S_INIT("/Contents <31"), "verify.cms_form" },
    };
    const struct test_paper with = { files, COUNT(files), false };
    TEST_ARENA(a, 32 << 20);
    str file = test_paper(&a, &with);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pdf_seen seen = { 0 };

        EXPECT_ROW_ERR(rows[i].what,
                       pdf_check(&a,
                                 altered(&a, file, rows[i].from, rows[i].to),
                                 &seen),
                       ERR_INVALID, rows[i].id);
        EXPECT_ROW(rows[i].what, seen.n == 0);
    }
}

/* [VP1] What is added behind is seen, and so is a file cut short. */
TEST(a_file_that_is_longer_or_shorter_than_what_was_signed_is_refused)
{
    const struct test_paper with = { files, COUNT(files), false };
    TEST_ARENA(a, 32 << 20);
    str file = test_paper(&a, &with);
    struct pdf_seen seen = { 0 };
    struct buf b;
    str longer = S("");

    buf_init(&b, &a, 8 << 20);
    buf_str(&b, file);
    buf_str(&b, S("1 0 obj\n<< >>\nendobj\nstartxref\n0\n%%EOF\n"));
    EXPECT_OK(buf_done(&b, &longer));
    EXPECT_ERR(pdf_check(&a, longer, &seen), ERR_INVALID, "verify.pdf_partly");
    EXPECT_ERR(pdf_check(&a, str_first(file, file.n - 1), &seen), ERR_INVALID,
               "verify.pdf_partly");
    EXPECT_ERR(pdf_check(&a, S("%PDF-1.5\n"), &seen), ERR_INVALID,
               "verify.pdf_unsigned");
    EXPECT_ERR(pdf_check(&a, S("/ByteRange"), &seen), ERR_INVALID,
               "verify.pdf_partly");
    EXPECT_ERR(pdf_check(&a, S("/ByteRange /ByteRange [0 0 32 0]"), &seen),
               ERR_INVALID, "verify.pdf_twice");
    EXPECT_ERR(pdf_check(&a, S("/ByteRange [0 0 22 2] "), &seen), ERR_INVALID,
               "verify.pdf_partly");
}

static err check_file_once(struct heap *h, void *context)
{
    const str *file = context;
    scoped(arena_end) struct arena a;
    struct pdf_seen seen;

    arena_init(&a, h, 8 << 20);
    return pdf_check(&a, *file, &seen);
}

TEST(a_file_is_checked_or_memory_is_out)
{
    const struct test_paper with = { files, COUNT(files), false };
    TEST_ARENA(a, 8 << 20);
    str file = test_paper(&a, &with);

    EXPECT(test_every_allocation_fails(check_file_once, NULL, &file) > 0);
}
