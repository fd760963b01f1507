/* Letters: both forms say the same, whatever is in them. [LE1] [LE2] */
#include "page/letter.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"

#include <stdio.h>
#include <stdlib.h>

/* 24 November 2026, 9:05 at UTC+8 */
#define UNTIL (INT64_C(1795482300) * 1000000)

static const struct letter invite = {
    .body = S_INIT("Example Certification"),
    .person = S_INIT("Lin Xia"),
    .address = S_INIT("https://body.example/invite?t=abc"),
    .until = UNTIL,
    .due = DAY_NEVER,
};

static struct letter_text written(struct arena *a, enum letter_kind kind,
                                  enum lang l, const struct letter *x)
{
    struct letter_text out = { S(""), S(""), S("") };

    EXPECT_ROW_OK(letter_names[kind], letter_write(a, kind, l, x, &out));
    return out;
}

TEST(an_invitation_reads_as_a_letter)
{
    TEST_ARENA(a, 1 << 20);
    struct letter_text t = written(&a, LETTER_INVITE, LANG_EN, &invite);

    EXPECT_STR(t.subject,
               S("Example Certification invites you to its certification "
                 "system"));
    EXPECT_STR(
        t.text,
        S("Dear Lin Xia,\n\n"
          "Example Certification has opened an account for you in its "
          "certification system. Please follow the link below and choose your "
          "password.\n\n"
          "Choose a password\nhttps://body.example/invite?t=abc\n\n"
          "The link holds until 24 November 2026 09:05 (UTC+8) and works "
          "once.\n\n"
          "Please do not pass the link on: whoever follows it can choose your "
          "password.\n\n"
          "-- \nExample Certification\n"
          "This mail was sent by a program; nobody reads answers to it. If it "
          "does not concern you, please ignore and delete it.\n"));
}

TEST(who_has_no_name_is_greeted_all_the_same)
{
    TEST_ARENA(a, 1 << 20);
    struct letter x = invite;

    x.person = S("");
    EXPECT(str_begins(written(&a, LETTER_RESET, LANG_ZH, &x).text,
                      S("您好！\n\n")));
    EXPECT(str_begins(written(&a, LETTER_RESET, LANG_ZH, &invite).text,
                      S("Lin Xia，您好！\n\n")));
}

/* A sentence shows "{name}" or "[id]" when something is missing. [TX1] [TX2] */
TEST(every_letter_is_whole_in_both_languages)
{
    struct letter x = invite;

    x.enterprise = S("Hotel");
    x.case_number = S("C2026-0001");
    x.certificate = S("CERT-1");
    x.due = day_of_micros(UNTIL);
    for (int k = 0; k < LETTER_KINDS; k++) {
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            TEST_ARENA(a, 1 << 20);
            struct letter_text t = written(&a, (enum letter_kind)k, l, &x);

            EXPECT_ROW(letter_names[k], t.subject.n > 0);
            EXPECT_ROW(letter_names[k], !str_contains(t.subject, S("{")));
            EXPECT_ROW(letter_names[k], !str_contains(t.text, S("{")));
            EXPECT_ROW(letter_names[k], !str_contains(t.text, S("[")));
            EXPECT_ROW(letter_names[k], str_contains(t.html, S("<h")) &&
                                            !str_contains(t.html, S("[let")));
        }
    }
    EXPECT(letter_names[LETTER_KINDS] == NULL);
}

/* [LE1]: a limit only where there is one. */
TEST(a_notice_says_until_when)
{
    TEST_ARENA(a, 1 << 20);
    struct letter x = invite;
    const str words = S("Please answer by 24 November 2026.");

    x.until = 0;
    EXPECT(!str_contains(written(&a, LETTER_PLAN, LANG_EN, &x).text,
                         S("Please answer by")));
    x.due = day_of_micros(UNTIL);
    struct letter_text t = written(&a, LETTER_PLAN, LANG_EN, &x);
    EXPECT(str_contains(t.text, words) && str_contains(t.html, words));
    EXPECT(!str_contains(t.text, S("works once")));
}

TEST(what_waits_is_listed_the_overdue_marked)
{
    struct letter_item items[] = {
        { S("apply"), S("C2026-0001"), S("Hotel"), day_of_micros(UNTIL), true,
          0 },
        { S("apply"), S("C2026-0002"), S(""), day_of_micros(UNTIL), false, 0 },
        { S("apply"), S(""), S("Hotel"), DAY_NEVER, false, 0 },
        { S("refund"), S("C1"), S("Hotel"), DAY_NEVER, false, 21000 },
    };
    TEST_ARENA(a, 1 << 20);
    struct letter x = invite;

    x.items = (struct list){ items, COUNT(items) };
    x.until = 0;
    x.address = S("");
    struct letter_text t = written(&a, LETTER_WAITING, LANG_EN, &x);
    EXPECT_STR(t.subject, S("Example Certification: 4 tasks wait for you"));
    EXPECT(
        str_contains(t.text, S("- Apply for certification\n  C2026-0001 Hotel\n"
                               "  overdue since 24 November 2026\n"
                               "- Apply for certification\n  C2026-0002\n"
                               "  by 24 November 2026\n"
                               "- Apply for certification\n  Hotel\n"
                               "- Give back what the contract says, and record"
                               " it: ¥210.00\n  C1 Hotel\n\n-- \n")));
    EXPECT(str_contains(t.html, S("overdue since 24 November 2026")));
    EXPECT(!str_contains(t.html, S("<a "))); /* nothing to follow */
}

/* [LE2] [ES1] */
TEST(a_letter_asks_nobody_for_anything_and_opens_nothing)
{
    static const char *const bad[] = { "<script", "<img", "url(",
                                       "<link",   "src=", "javascript:" };
    TEST_ARENA(a, 1 << 20);
    struct letter x = invite;

    x.person = S("<script>x</script>");
    x.body = S("<img src=x>");
    x.address = S("javascript:alert(1)");
    struct letter_text t = written(&a, LETTER_INVITE, LANG_ZH, &x);
    for (size_t i = 0; i < COUNT(bad) - 2; i++)
        EXPECT_ROW(bad[i], !str_contains(t.html, str_of(bad[i])));
    EXPECT(str_contains(t.html, S("href=\"#\"")));
}

/* As the outbox keeps it. */
TEST(a_letter_is_kept_and_read_back)
{
    struct letter_item item = { S("apply"), S("C1"), S("Hotel"),
                                20000,      true,    21000 };
    TEST_ARENA(a, 1 << 20);
    struct letter x = invite;
    struct letter got = { 0 };
    struct json *j;

    x.items = (struct list){ &item, 1 };
    EXPECT_OK(record_write(&a, &letter_record, &x, &j));
    EXPECT_OK(record_read(&a, &letter_record, j, &got));
    EXPECT_STR(got.person, x.person);
    EXPECT_STR(got.address, x.address);
    EXPECT(got.until == x.until && got.due == DAY_NEVER && got.items.n == 1);
    EXPECT(((struct letter_item *)got.items.p)->due == 20000);
    EXPECT(((struct letter_item *)got.items.p)->amount == 21000);
}

/* --- as it was ------------------------------------------------------------ */

enum { GOLDEN_MAX = 256 * 1024 };

static FILE *golden(const char *name, enum lang l, const char *mode)
{
    const char *root = getenv("TENSTAR_ROOT");
    char path[1000];

    (void)snprintf(path, sizeof path, "%s/tests/golden/letters/%s.%.2s.html",
                   root == NULL ? "." : root, name, lang_tag(l).p);
    return fopen(path, mode);
}

static str read_golden(struct arena *a, const char *name, enum lang l)
{
    char *bytes = arena_zero(a, GOLDEN_MAX);
    FILE *f = golden(name, l, "rb");

    if (f == NULL || bytes == NULL)
        return S("no such file");
    size_t n = fread(bytes, 1, GOLDEN_MAX, f);
    (void)fclose(f);
    return (str){ bytes, n };
}

/* To change them on purpose: TENSTAR_GOLDEN=write, and look at them. */
static void expect_golden(struct arena *a, const char *name, enum lang l,
                          str html)
{
    FILE *f = getenv("TENSTAR_GOLDEN") != NULL ? golden(name, l, "wb") : NULL;

    if (f != NULL) {
        (void)!fwrite(html.p, 1, html.n, f);
        (void)fclose(f);
    }
    EXPECT_ROW_STR(name, html, read_golden(a, name, l));
}

TEST(every_letter_is_what_it_was_in_both_languages)
{
    struct letter_item items[] = {
        { S("apply"), S("C2026-0001"), S("示例大酒店有限公司"), 20500, true,
          0 },
        { S("apply"), S("C2026-0002"), S("示例大酒店有限公司"), 20600, false,
          0 },
        { S("apply"), S("C2026-0003"), S("<b>&</b>"), DAY_NEVER, false, 0 },
    };
    const struct letter x = {
        .body = S("示例认证有限公司"),
        .person = S("林夏"),
        .address = S("https://body.example/t/3q2-7wECAwQFBgcICQ"),
        .until = UNTIL,
        .enterprise = S("示例大酒店有限公司"),
        .case_number = S("C2026-0001"),
        .certificate = S("000SC0300012026"),
        .due = 20600,
        .items = { items, COUNT(items) },
    };

    for (int k = 0; k < LETTER_KINDS; k++) {
        struct letter one = x;

        if (k != LETTER_WAITING)
            one.items = (struct list){ 0 };
        if (k > LETTER_REGISTER)
            one.until = 0;
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            TEST_ARENA(a, 1 << 20);

            expect_golden(&a, letter_names[k], l,
                          written(&a, (enum letter_kind)k, l, &one).html);
        }
    }
}

static err write_one(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct letter_text out;

    arena_init(&a, h, 1 << 20);
    return letter_write(&a, LETTER_INVITE, LANG_EN, context, &out);
}

TEST(a_letter_reports_every_allocation_failure)
{
    struct letter x = invite;

    EXPECT(test_every_allocation_fails(write_one, NULL, &x));
}
