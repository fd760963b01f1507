#include "codec/idcode.h"

#include "codec/utf8.h"

enum { USCC_LENGTH = 18, ORGANISATION_LENGTH = 9, MOBILE_LENGTH = 11 };

/* --- check characters ------------------------------------------------- */

static const char uscc_letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* [ID1] What `c` counts at place `i`, from 0; -1 when it cannot stand there. */
static int uscc_value(char c, size_t i)
{
    const char *at = c == '\0' ? NULL : strchr(uscc_letters, c);
    bool division = i >= 2 && i < 8;

    if (at == NULL || (division && !is_digit(c)))
        return -1;
    return (int)(at - uscc_letters);
}

/* GB 32100: the sum of C(i) * 3^(i-1), and the check character that makes it
 * a multiple of 31. */
char idcode_uscc_check(str first17)
{
    int sum = 0;
    int weight = 1;

    if (first17.n != USCC_LENGTH - 1)
        return '\0';
    for (size_t i = 0; i < first17.n; i++) {
        int value = uscc_value(first17.p[i], i);

        if (value < 0)
            return '\0';
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    return uscc_letters[(31 - sum % 31) % 31];
}

/* [ID2] */
static int organisation_value(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    return -1;
}

/* GB 11714: 11 less the sum mod 11; 10 is written X and 11 is written 0. */
char idcode_organisation_check(str first8)
{
    static const int weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;

    if (first8.n != ORGANISATION_LENGTH - 1)
        return '\0';
    for (size_t i = 0; i < first8.n; i++) {
        int value = organisation_value(first8.p[i]);

        if (value < 0)
            return '\0';
        sum += value * weights[i];
    }
    return "0123456789X0"[11 - sum % 11];
}

/* --- normal form ------------------------------------------------------ */

/* A capital, digit or sign of ASCII for what [ID4] holds equal to it. */
static uint32_t folded(uint32_t c)
{
    if (c >= 0xff01 && c <= 0xff5e) /* full-width forms */
        c -= 0xfee0;
    if (c == 0x3000) /* the blank as wide as they are */
        return ' ';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 'A';
    return c;
}

/* The code without blanks at both ends, in `room`; empty when it is longer
 * than any, or holds what no code holds. */
static str fold(str code, char room[static IDCODE_TEXT])
{
    size_t n = 0;
    uint32_t c;

    code = str_trim(code);
    for (size_t at = 0; at < code.n; n++) {
        if (n == IDCODE_TEXT || !utf8_next(code, &at, &c) || folded(c) > 0x7e ||
            folded(c) < 0x20)
            return S("");
        room[n] = (char)folded(c);
    }
    return str_trim((str){ room, n });
}

static void put(struct idcode *x, size_t *n, str s)
{
    memcpy(x->text + *n, s.p, s.n);
    *n += s.n;
}

/* The three pieces as the normal form; an empty one takes its hyphen along. */
static void write_pieces(struct idcode *x, str a, str b, str c)
{
    size_t n = 0;

    put(x, &n, a);
    if (b.n > 0)
        put(x, &n, S("-"));
    put(x, &n, b);
    if (c.n > 0)
        put(x, &n, S("-"));
    put(x, &n, c);
}

/* --- organisations ---------------------------------------------------- */

static void find_fault(struct idcode *x, enum idcode_fault fault, size_t i,
                       char expected)
{
    x->fault = fault;
    x->at = i + 1;
    x->expected = expected;
}

static void judge_uscc(str s, struct idcode *x)
{
    char last = idcode_uscc_check(str_first(s, 17));
    char inner = idcode_organisation_check(str_first(str_from(s, 8), 8));

    x->kind = IDCODE_USCC;
    write_pieces(x, s, S(""), S(""));
    for (size_t i = 0; i < s.n; i++) {
        if (uscc_value(s.p[i], i) < 0) {
            find_fault(x, IDCODE_CHARACTER, i, '\0');
            return;
        }
    }
    if (s.p[17] != last)
        find_fault(x, IDCODE_CHECK, 17, last);
    else if (s.p[16] != inner)
        find_fault(x, IDCODE_EMBEDDED, 16, inner);
}

static void judge_organisation(str first8, str last, struct idcode *x)
{
    char want = idcode_organisation_check(first8);

    x->kind = IDCODE_ORGANISATION;
    write_pieces(x, first8, last, S(""));
    for (size_t i = 0; i < first8.n; i++) {
        if (organisation_value(first8.p[i]) < 0) {
            find_fault(x, IDCODE_CHARACTER, i, '\0');
            return;
        }
    }
    if (last.p[0] != want)
        find_fault(x, IDCODE_CHECK, 9, want);
}

/* --- phones [ID3] ----------------------------------------------------- */

/* The first `n` characters of *rest, all digits, and a hyphen behind them if
 * one stands there: cut off.  false, *rest untouched, when they are not. */
static bool cut_digits(str *rest, size_t n, str *out)
{
    for (size_t i = 0; i < n; i++) {
        if (i >= rest->n || !is_digit(rest->p[i]))
            return false;
    }
    *out = str_first(*rest, n);
    *rest = str_from(*rest, n);
    if (rest->n > 1 && rest->p[0] == '-')
        *rest = str_from(*rest, 1);
    return true;
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_digit(s.p[i]))
            return false;
    }
    return true;
}

static bool is_mobile(str s)
{
    return s.n == MOBILE_LENGTH && all_digits(s) && s.p[0] == '1' &&
           s.p[1] >= '3';
}

static bool judge_landline(str s, struct idcode *x)
{
    bool short_area = str_begins(s, S("010")) || str_begins(s, S("02"));
    bool long_area = s.n > 1 && s.p[0] == '0' && s.p[1] >= '3';
    str area;

    if ((!short_area && !long_area) ||
        !cut_digits(&s, short_area ? 3 : 4, &area) || s.n < 7 || s.n > 8 ||
        !all_digits(s))
        return false;
    x->kind = IDCODE_LANDLINE;
    write_pieces(x, area, s, S(""));
    return true;
}

static bool judge_hotline(str s, struct idcode *x)
{
    str prefix;
    str middle;

    if ((!str_begins(s, S("400")) && !str_begins(s, S("800"))) ||
        !cut_digits(&s, 3, &prefix) || !cut_digits(&s, 3, &middle) ||
        s.n != 4 || !all_digits(s))
        return false;
    x->kind = IDCODE_HOTLINE;
    write_pieces(x, prefix, middle, s);
    return true;
}

static bool judge_mobile(str s, struct idcode *x)
{
    if (!is_mobile(s))
        return false;
    x->kind = IDCODE_MOBILE;
    write_pieces(x, s, S(""), S(""));
    return true;
}

/* What follows "+86": a mobile number, or a landline that has lost its 0. */
static bool judge_abroad(str s, struct idcode *x)
{
    char room[IDCODE_TEXT] = { '0' };

    s = str_trim(s);
    if (s.n > 1 && s.p[0] == '-')
        s = str_from(s, 1);
    if (judge_mobile(s, x) || judge_landline(s, x))
        return true;
    memcpy(room + 1, s.p, s.n);
    return judge_landline((str){ room, s.n + 1 }, x);
}

/* --- what it is ------------------------------------------------------- */

bool idcode_may_be(const struct idcode *x)
{
    return x->fault == IDCODE_RIGHT || x->fault == IDCODE_EMBEDDED;
}

void idcode_check(str code, struct idcode *out)
{
    struct idcode x = { .fault = IDCODE_RIGHT };
    char room[IDCODE_TEXT];
    str s = fold(code, room);
    bool hyphen = s.n == ORGANISATION_LENGTH + 1 && s.p[8] == '-';
    bool phone = str_begins(s, S("+86"))
                     ? judge_abroad(str_from(s, 3), &x)
                     : judge_mobile(s, &x) || judge_landline(s, &x) ||
                           judge_hotline(s, &x);

    if (!phone && s.n == USCC_LENGTH)
        judge_uscc(s, &x);
    else if (!phone && (s.n == ORGANISATION_LENGTH || hyphen))
        judge_organisation(str_first(s, 8), str_from(s, s.n - 1), &x);
    else if (!phone)
        x.fault = IDCODE_LENGTH;
    *out = x;
}
