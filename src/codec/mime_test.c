/* Mails: what is refused, how lines are made, and whole ones. [MI1]-[MI4] */
#include "codec/mime.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"

/* 24 November 2026, 9:05:07 at UTC+8 */
#define AT (INT64_C(1795482307) * 1000000)

static struct mime_mail sample(void)
{
    return (struct mime_mail){
        .from_name = S("Example Certification"),
        .from = S("office@body.example"),
        .to = S("lin@hotel.example"),
        .subject = S("What waits"),
        .at = AT,
        .message_id = S("0123@body.example"),
        .lang = S("en"),
        .text = S("One line.\nx = 1\n"),
        .html = S("<p>One line.</p>\n"),
    };
}

/* [MI4] */
TEST(an_address_is_one_that_every_server_takes)
{
    static const struct {
        const char *address;
        bool good;
    } rows[] = {
        { "lin@hotel.example", true },
        { "l.i-n+2@mail.hotel.example", true },
        { "root@localhost", true },
        { "a@1.example", true },
        { "", false },
        { "lin", false },
        { "@hotel.example", false },
        { "lin@", false },
        { "lin@hotel@example", false },
        { ".lin@hotel.example", false },
        { "lin.@hotel.example", false },
        { "l..n@hotel.example", false },
        { "lin@hotel..example", false },
        { "lin@.example", false },
        { "lin@hotel.example.", false },
        { "lin@-hotel.example", false },
        { "lin@hotel-.example", false },
        { "lin@ho_tel.example", false },
        { "li n@hotel.example", false },
        { "\"li n\"@hotel.example", false },
        { "<lin@hotel.example>", false },
        { "lin@hotel.example\r\nRCPT TO:<x@y.example>", false },
        { "lin@hotel.example\n", false },
        { "林@hotel.example", false },
        { "lin@酒店.example", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].address,
                   mime_is_address(str_of(rows[i].address)) == rows[i].good);
}

TEST(an_address_has_room_enough_and_no_more)
{
    char text[MIME_ADDRESS_MAX + 2];

    memset(text, 'a', sizeof text);
    text[64] = '@';
    for (size_t i = 128; i < sizeof text; i += 64)
        text[i] = '.';
    EXPECT(mime_is_address((str){ text, MIME_ADDRESS_MAX }));
    EXPECT(!mime_is_address((str){ text, MIME_ADDRESS_MAX + 1 }));
    text[64] = 'a'; /* a name of 65 */
    text[65] = '@';
    EXPECT(!mime_is_address((str){ text, 100 }));
    text[0] = 'x'; /* a label of 64, of 63 */
    text[1] = '@';
    memset(text + 2, 'a', 64);
    EXPECT(!mime_is_address((str){ text, 66 }));
    EXPECT(mime_is_address((str){ text, 65 }));
}

/* [MI1] */
TEST(nobody_puts_a_header_field_into_a_mail)
{
    static const char *const bad[] = {
        "a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\tb", "a\x7f", "\xff"
    };
    TEST_ARENA(a, 1 << 20);
    str out = S("untouched");

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct mime_mail m = sample();

        m.subject = str_of(bad[i]);
        EXPECT_ROW_ERR(bad[i], mime_write(&a, &m, &out), ERR_INVALID,
                       "mime.header");
        m = sample();
        m.from_name = str_of(bad[i]);
        EXPECT_ROW_ERR(bad[i], mime_write(&a, &m, &out), ERR_INVALID,
                       "mime.header");
        m = sample();
        m.lang = str_of(bad[i]);
        EXPECT_ROW_ERR(bad[i], mime_write(&a, &m, &out), ERR_INVALID,
                       "mime.header");
        m = sample();
        m.to = str_of(bad[i]);
        EXPECT_ROW_ERR(bad[i], mime_write(&a, &m, &out), ERR_INVALID,
                       "mime.address");
        m = sample();
        m.from = str_of(bad[i]);
        EXPECT_ROW_ERR(bad[i], mime_write(&a, &m, &out), ERR_INVALID,
                       "mime.address");
        m = sample();
        m.message_id = str_of(bad[i]);
        EXPECT_ROW_ERR(bad[i], mime_write(&a, &m, &out), ERR_INVALID,
                       "mime.address");
    }
    EXPECT_STR(out, S("untouched"));
}

TEST(a_text_is_utf_8_and_a_subject_has_an_end)
{
    char subject[MIME_NAME_MAX + 1];
    TEST_ARENA(a, 1 << 20);
    struct mime_mail m = sample();
    str out;

    m.text = S("\xff");
    EXPECT_ERR(mime_write(&a, &m, &out), ERR_INVALID, "mime.utf8");
    m = sample();
    m.html = S("\xff");
    EXPECT_ERR(mime_write(&a, &m, &out), ERR_INVALID, "mime.utf8");
    m = sample();
    memset(subject, 'a', sizeof subject);
    m.subject = (str){ subject, MIME_NAME_MAX };
    EXPECT_OK(mime_write(&a, &m, &out));
    m.subject.n++;
    EXPECT_ERR(mime_write(&a, &m, &out), ERR_LIMIT, "mime.header_long");
}

/* [RFC 5322 3.6] [RFC 2045 6.7] */
TEST(an_english_mail_is_readable_as_it_travels)
{
    TEST_ARENA(a, 1 << 20);
    const struct mime_mail m = sample();
    str out = S("");

    EXPECT_OK(mime_write(&a, &m, &out));
    EXPECT_STR(out,
               S("Date: Tue, 24 Nov 2026 09:05:07 +0800\r\n"
                 "From: Example Certification\r\n <office@body.example>\r\n"
                 "To: <lin@hotel.example>\r\n"
                 "Subject: What waits\r\n"
                 "Message-ID: <0123@body.example>\r\n"
                 "Content-Language: en\r\n"
                 "Auto-Submitted: auto-generated\r\n"
                 "MIME-Version: 1.0\r\n"
                 "Content-Type: multipart/alternative; "
                 "boundary=\"=_tenstar\"\r\n"
                 "\r\n"
                 "--=_tenstar\r\n"
                 "Content-Type: text/plain; charset=utf-8\r\n"
                 "Content-Transfer-Encoding: quoted-printable\r\n"
                 "\r\n"
                 "One line.\r\n"
                 "x =3D 1\r\n"
                 "\r\n"
                 "--=_tenstar\r\n"
                 "Content-Type: text/html; charset=utf-8\r\n"
                 "Content-Transfer-Encoding: quoted-printable\r\n"
                 "\r\n"
                 "<p>One line.</p>\r\n"
                 "\r\n"
                 "--=_tenstar--\r\n"));
}

/* [RFC 2047 2]: no character is parted. */
TEST(a_chinese_subject_is_words_of_whole_characters)
{
    TEST_ARENA(a, 1 << 20);
    struct mime_mail m = sample();
    str out = S("");

    m.from_name = S("示例认证");
    m.subject = S("十星级售后服务认证：请补正您的申请材料");
    m.text = S("您好！\n");
    EXPECT_OK(mime_write(&a, &m, &out));
    EXPECT(str_contains(out, S("From: =?UTF-8?B?56S65L6L6K6k6K+B?=\r\n"
                               " <office@body.example>\r\n")));
    EXPECT(str_contains(
        out, S("Subject: =?UTF-8?B?"
               "5Y2B5pif57qn5ZSu5ZCO5pyN5Yqh6K6k6K+B77ya6K+36KGl5q2j?=\r\n"
               " =?UTF-8?B?5oKo55qE55Sz6K+35p2Q5paZ?=\r\n")));
    EXPECT(str_contains(out, S("Content-Transfer-Encoding: base64\r\n\r\n"
                               "5oKo5aW977yBDQo=\r\n--=_tenstar\r\n")));
}

TEST(what_looks_encoded_is_encoded)
{
    TEST_ARENA(a, 1 << 20);
    struct mime_mail m = sample();
    str out = S("");

    m.subject = S("=?UTF-8?B?QQ==?=");
    m.from_name = S("Example \"Body\", Ltd.");
    EXPECT_OK(mime_write(&a, &m, &out));
    EXPECT(
        str_contains(out,
                     S("Subject: =?UTF-8?B?PT9VVEYtOD9CP1FRPT0/PQ==?=\r\n")));
    EXPECT(
        str_contains(out,
                     S("From: =?UTF-8?B?RXhhbXBsZSAiQm9keSIsIEx0ZC4=?=\r\n")));
}

/* [MI2] [RFC 2045 6.7] [RFC 5321 4.5.2] */
TEST(quoted_lines_are_broken_and_blanks_at_their_ends_kept)
{
    static const struct {
        const char *text;
        const char *want;
    } rows[] = {
        { "a \n", "a=20\r\n\r\n" },
        { "a\t", "a=09\r\n" },
        { "a b", "a b\r\n" },
        { ".\n.a", "=2E\r\n=2Ea\r\n" },
        { "a\r\nb", "a\r\nb\r\n" },
        { "", "\r\n" },
        { "é long line of more than seventy-five characters, which is where it "
          "is broken.",
          "=C3=A9 long line of more than seventy-five characters, which is "
          "where it is=\r\n broken.\r\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct mime_mail m = sample();
        str out = S("");

        m.html = S("");
        m.text = str_of(rows[i].text);
        EXPECT_ROW_OK(rows[i].text, mime_write(&a, &m, &out));
        str rest = str_from(out, str_find(out, S("printable\r\n\r\n")) + 13);
        EXPECT_ROW_STR(rows[i].text, str_first(rest, str_find(rest, S("--=_"))),
                       str_of(rows[i].want));
    }
}

static void fill(char *p, size_t n, uint32_t *seed)
{
    static const char *const some[] = { "a", "é", "星", "\n",   " ",
                                        "=", ".", "\t", "word", "。" };
    size_t at = 0;

    while (at < n) {
        *seed = *seed * 1103515245U + 12345U;
        const char *s = some[(*seed >> 16) % COUNT(some)];
        if (at + strlen(s) > n)
            s = "x";
        for (; *s != '\0'; s++)
            p[at++] = *s;
    }
}

/* [MI2] [property] */
TEST(no_line_is_long_and_every_byte_is_ascii)
{
    uint32_t seed = (uint32_t)TEST_SEED;

    for (int turn = 0; turn < 50; turn++) {
        TEST_ARENA(a, 1 << 20);
        struct mime_mail m = sample();
        char text[700];
        size_t line = 0;
        size_t longest = 0;
        str out = S("");

        fill(text, sizeof text, &seed);
        m.text = (str){ text, sizeof text };
        m.html = m.text;
        EXPECT_OK(mime_write(&a, &m, &out));
        for (size_t i = 0; i < out.n; i++) {
            EXPECT((unsigned char)out.p[i] < 0x7f);
            line = out.p[i] == '\n' ? 0 : line + 1;
            longest = line > longest ? line : longest;
        }
        EXPECT(longest <= 77); /* with the CR */
    }
}
