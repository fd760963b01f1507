#include "codec/mime.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "codec/base64.h"
#include "codec/utf8.h"

enum {
    LOCAL_MAX = 64, /* [RFC 5321 4.5.3.1.1] */
    LABEL_MAX = 63, /* [RFC 1035 2.3.4] */
    LINE_MOST = 76, /* of a body, the end of the line left out [RFC 2045 6.7] */
    LINE_BYTES = 57, /* as many as base64 makes a line of */
    /* Of a word of a header field: with what stands around them in base64, and
     * "Subject: " before them, no more than a line. [RFC 2047 2] */
    WORD_BYTES = 39,
    PLAIN_MOST = 60, /* a field that is written as it is */
};

/* No line of base64 or quoted-printable can be it. */
#define BOUNDARY "=_tenstar"
#define END      "\r\n"

/* --- addresses [MI4] --------------------------------------------------------
 */

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
}

static bool is_atom_char(char c)
{
    const str others = S("!#$%&'*+-/=?^_`{|}~");

    return is_alnum(c) || str_index(others, c) < others.n;
}

static bool is_local(str s)
{
    char before = '.';

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' ? before == '.' : !is_atom_char(s.p[i]))
            return false;
        before = s.p[i];
    }
    return before != '.' && s.n <= LOCAL_MAX;
}

static bool is_label(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_alnum(s.p[i]) && s.p[i] != '-')
            return false;
    }
    return s.n > 0 && s.n <= LABEL_MAX && s.p[0] != '-' && s.p[s.n - 1] != '-';
}

static bool is_domain(str s)
{
    str rest = s;

    while (rest.p != NULL) {
        if (!is_label(str_cut(&rest, '.')))
            return false;
    }
    return s.n > 0;
}

bool mime_is_address(str s)
{
    size_t at = str_index(s, '@');

    return s.n <= MIME_ADDRESS_MAX && at < s.n && is_local(str_first(s, at)) &&
           is_domain(str_from(s, at + 1));
}

/* --- what is taken [MI1] ----------------------------------------------------
 */

static bool has_control(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return true;
    }
    return false;
}

static err check_words(struct arena *a, str s, const char *field)
{
    if (has_control(s) || !utf8_check(s, NULL))
        return err_new(a, ERR_INVALID, "mime.header",
                       ARG_STR("field", str_of(field)));
    if (s.n > MIME_NAME_MAX)
        return err_new(a, ERR_LIMIT, "mime.header_long",
                       ARG_STR("field", str_of(field)),
                       ARG_INT("most", MIME_NAME_MAX));
    return OK;
}

static err check_address(struct arena *a, str address)
{
    if (mime_is_address(address))
        return OK;
    return err_new(a, ERR_INVALID, "mime.address", ARG_STR("address", address));
}

static err check_mail(struct arena *a, const struct mime_mail *m)
{
    TRY(check_words(a, m->from_name, "From"));
    TRY(check_words(a, m->subject, "Subject"));
    TRY(check_words(a, m->lang, "Content-Language"));
    TRY(check_address(a, m->from));
    TRY(check_address(a, m->to));
    TRY(check_address(a, m->message_id));
    if (utf8_check(m->text, NULL) && utf8_check(m->html, NULL))
        return OK;
    return err_new(a, ERR_INVALID, "mime.utf8");
}

/* --- header fields ----------------------------------------------------------
 */

static void field(struct buf *b, const char *name, str value)
{
    buf_str(b, str_of(name));
    buf_str(b, S(": "));
    buf_str(b, value);
    buf_str(b, S(END));
}

/* The most of `s` that WORD_BYTES hold without parting a character. */
static str word_of(str s)
{
    size_t at = 0;
    size_t end = 0;
    uint32_t c;

    while (utf8_next(s, &at, &c) && at <= WORD_BYTES)
        end = at;
    return str_first(s, end);
}

/* As words in base64, each on a line of its own. [RFC 2047 2, 5] */
static void encoded(struct buf *b, str s)
{
    const char *before = "=?UTF-8?B?";

    while (s.n > 0) {
        str word = word_of(s);

        buf_str(b, str_of(before));
        base64_encode(b, BASE64_PADDED, word.p, word.n);
        buf_str(b, S("?="));
        s = str_from(s, word.n);
        before = END " =?UTF-8?B?";
    }
}

/* Short, and nobody could take a part of it for an encoded word. */
static bool is_plain(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < ' ' || s.p[i] > '~')
            return false;
    }
    return s.n <= PLAIN_MOST && !str_contains(s, S("=?"));
}

static void subject_field(struct buf *b, str s)
{
    buf_str(b, S("Subject: "));
    if (is_plain(s))
        buf_str(b, s);
    else
        encoded(b, s);
    buf_str(b, S(END));
}

/* Words that need no quotes before an address. [RFC 5322 3.2.5] */
static bool is_phrase(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_alnum(s.p[i]) && s.p[i] != ' ')
            return false;
    }
    return s.n <= PLAIN_MOST;
}

static void address_field(struct buf *b, const char *field, str name,
                          str address)
{
    buf_str(b, str_of(field));
    buf_str(b, S(": "));
    if (is_phrase(name))
        buf_str(b, name);
    else
        encoded(b, name);
    buf_str(b, name.n > 0 ? S(END " <") : S("<"));
    buf_str(b, address);
    buf_str(b, S(">" END));
}

static void message_id_field(struct buf *b, str message_id)
{
    buf_str(b, S("Message-ID: <"));
    buf_str(b, message_id);
    buf_str(b, S(">" END));
}

/* [RFC 5322 3.3] */
static void date_field(struct buf *b, int64_t at)
{
    static const char days[7][4] = { "Mon", "Tue", "Wed", "Thu",
                                     "Fri", "Sat", "Sun" };
    static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr",
                                        "May", "Jun", "Jul", "Aug",
                                        "Sep", "Oct", "Nov", "Dec" };
    day d = day_of_micros(at);
    struct date t = date_of_day(d);
    int of_day = (int)((at - day_start_micros(d)) / 1000000);

    buf_printf(b, "Date: %s, %02d %s %04d %02d:%02d:%02d +0800" END,
               days[day_weekday(d)], t.mday, months[t.month - 1], t.year,
               of_day / 3600, of_day / 60 % 60, of_day % 60);
}

/* --- bodies -----------------------------------------------------------------
 */

/* Each end of a line as it travels; a CR that stands there is left out. */
static err with_ends(struct arena *a, str s, str *out)
{
    struct buf b;

    buf_init(&b, a, MIME_BODY_MAX);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n')
            buf_str(&b, S(END));
        else if (s.p[i] != '\r')
            buf_char(&b, s.p[i]);
    }
    return buf_done(&b, out);
}

static void base64_body(struct buf *b, str s)
{
    for (; s.n > 0; s = str_from(s, LINE_BYTES)) {
        str line = str_first(s, LINE_BYTES);

        base64_encode(b, BASE64_PADDED, line.p, line.n);
        buf_str(b, S(END));
    }
}

/* May it stand for itself?  A blank at the end of a line may not, nor the dot
 * that alone on a line would end the mail. [RFC 2045 6.7] */
static bool is_literal(str s, size_t i, size_t column)
{
    char c = s.p[i];

    if (c == ' ' || c == '\t')
        return i + 1 < s.n && s.p[i + 1] != '\r';
    return c > ' ' && c <= '~' && c != '=' && (c != '.' || column > 0);
}

static size_t quoted_char(struct buf *b, str s, size_t i, size_t column)
{
    bool literal = is_literal(s, i, column);

    if (column + (literal ? 1 : 3) >= LINE_MOST) {
        buf_str(b, S("=" END));
        column = 0;
        literal = is_literal(s, i, column);
    }
    if (literal)
        buf_char(b, s.p[i]);
    else
        buf_printf(b, "=%02X", (unsigned)(unsigned char)s.p[i]);
    return column + (literal ? 1 : 3);
}

/* The last end of a line belongs to the boundary. [RFC 2046 5.1.1] */
static void quoted_body(struct buf *b, str s)
{
    size_t column = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\r') {
            buf_str(b, S(END));
            column = 0;
            i++; /* with_ends() put a LF there */
        } else {
            column = quoted_char(b, s, i, column);
        }
    }
    buf_str(b, S(END));
}

/* Whichever is shorter: three bytes for each that is not ASCII, or four for
 * three. */
static bool wants_base64(str s)
{
    size_t others = 0;

    for (size_t i = 0; i < s.n; i++)
        others += (unsigned char)s.p[i] > '~' ? 1 : 0;
    return others * 6 > s.n;
}

static err body(struct buf *b, const char *type, str text)
{
    str s;

    TRY(with_ends(b->arena, text, &s));
    buf_str(b, S("--" BOUNDARY END));
    field(b, "Content-Type", str_of(type));
    field(b, "Content-Transfer-Encoding",
          wants_base64(s) ? S("base64") : S("quoted-printable"));
    buf_str(b, S(END));
    if (wants_base64(s))
        base64_body(b, s);
    else
        quoted_body(b, s);
    return OK;
}

err mime_write(struct arena *a, const struct mime_mail *m, str *out)
{
    struct buf b;

    TRY(check_mail(a, m));
    buf_init(&b, a, (size_t)4 * MIME_BODY_MAX);
    date_field(&b, m->at);
    address_field(&b, "From", m->from_name, m->from);
    address_field(&b, "To", S(""), m->to);
    subject_field(&b, m->subject);
    message_id_field(&b, m->message_id);
    field(&b, "Content-Language", m->lang);
    field(&b, "Auto-Submitted", S("auto-generated")); /* [RFC 3834 5] */
    field(&b, "MIME-Version", S("1.0"));
    field(&b, "Content-Type",
          S("multipart/alternative; boundary=\"" BOUNDARY "\""));
    buf_str(&b, S(END));
    TRY(body(&b, "text/plain; charset=utf-8", m->text));
    TRY(body(&b, "text/html; charset=utf-8", m->html));
    buf_str(&b, S("--" BOUNDARY "--" END));
    return buf_done(&b, out);
}
