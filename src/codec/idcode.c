#include "codec/idcode.h"

/* --- check characters ------------------------------------------------- */

static const char uscc_letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static int uscc_value(char c)
{
    const char *at = c == '\0' ? NULL : strchr(uscc_letters, c);

    return at == NULL ? -1 : (int)(at - uscc_letters);
}

/* GB 32100, 4: C18 = 31 - sum(Ci * 3^(i-1)) mod 31, where 31 counts as 0. */
char idcode_uscc_check(str first17)
{
    int sum = 0;
    int weight = 1;

    if (first17.n != 17)
        return '\0';
    for (size_t i = 0; i < 17; i++) {
        int value = uscc_value(first17.p[i]);

        if (value < 0)
            return '\0';
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    return uscc_letters[(31 - sum % 31) % 31];
}

static int organisation_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    return -1;
}

/* GB 11714: C9 = 11 - sum(Ci * Wi) mod 11; 10 is X, 11 is 0. */
char idcode_organisation_check(str first8)
{
    static const int weights[8] = { 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;

    if (first8.n != 8)
        return '\0';
    for (size_t i = 0; i < 8; i++) {
        int value = organisation_value(first8.p[i]);

        if (value < 0)
            return '\0';
        sum += value * weights[i];
    }

    int check = 11 - sum % 11;
    if (check == 10)
        return 'X';
    return check == 11 ? '0' : (char)('0' + check);
}

/* --- what it is ------------------------------------------------------- */

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void judge_uscc(struct idcode *x)
{
    str code = { x->text, 18 };

    x->kind = IDCODE_USCC;
    for (size_t i = 0; i < 18; i++) {
        if (uscc_value(code.p[i]) < 0) {
            x->fault = IDCODE_CHARACTER;
            x->at = i + 1;
            return;
        }
    }

    char want = idcode_uscc_check(str_first(code, 17));
    char inner = idcode_organisation_check((str){ code.p + 8, 8 });
    if (want != code.p[17]) {
        x->fault = IDCODE_CHECK;
        x->at = 18;
        x->expected = want;
    } else if (inner != code.p[16]) {
        x->fault = IDCODE_EMBEDDED;
        x->at = 17;
        x->expected = inner;
    }
}

/* "XXXXXXXX-C", the hyphen put in where it was left out. */
static void judge_organisation(struct idcode *x, str code)
{
    x->kind = IDCODE_ORGANISATION;
    memmove(x->text, code.p, 8);
    x->text[9] = code.p[code.n - 1];
    x->text[8] = '-';
    x->text[10] = '\0';
    for (size_t i = 0; i < 8; i++) {
        if (organisation_value(x->text[i]) < 0) {
            x->fault = IDCODE_CHARACTER;
            x->at = i + 1;
            return;
        }
    }

    char want = idcode_organisation_check((str){ x->text, 8 });
    if (want != x->text[9]) {
        x->fault = IDCODE_CHECK;
        x->at = code.n;
        x->expected = want;
    }
}

static bool only_digits_and_hyphens(str s, size_t *digits)
{
    *digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_digit(s.p[i]) && s.p[i] != '-')
            return false;
        *digits += is_digit(s.p[i]);
    }
    return s.n > 0 && s.p[0] != '-' && s.p[s.n - 1] != '-';
}

/* A mobile number is 1, 3-9 and nine more digits; a landline 0, its area code
 * and seven or eight digits; a hotline 400 or 800 and seven. */
static enum idcode_kind phone_kind(str s)
{
    size_t digits;

    if (!only_digits_and_hyphens(s, &digits))
        return IDCODE_UNKNOWN;
    if (s.n == 11 && digits == 11 && s.p[0] == '1' && s.p[1] >= '3')
        return IDCODE_MOBILE;
    if (s.p[0] == '0' && s.n >= 2 && s.p[1] != '0' && digits >= 10 &&
        digits <= 12 && s.n - digits <= 1 &&
        (digits == s.n || s.p[3] == '-' || (s.n > 4 && s.p[4] == '-')))
        return IDCODE_LANDLINE;
    if (digits == 10 && s.n - digits <= 2 && s.n >= 3 &&
        (s.p[0] == '4' || s.p[0] == '8') && s.p[1] == '0' && s.p[2] == '0')
        return IDCODE_HOTLINE;
    return IDCODE_UNKNOWN;
}

void idcode_check(str code, struct idcode *out)
{
    struct idcode x = { .fault = IDCODE_RIGHT };
    str s = str_trim(code);

    if (str_begins(s, S("+86")))
        s = str_trim(str_from(s, 3));
    if (s.n > 18 || s.n == 0) {
        *out = (struct idcode){ .fault = IDCODE_LENGTH };
        return;
    }
    for (size_t i = 0; i < s.n; i++)
        x.text[i] = upper(s.p[i]);

    str normal = { x.text, s.n };
    enum idcode_kind phone = phone_kind(normal);
    if (phone != IDCODE_UNKNOWN)
        x.kind = phone;
    else if (s.n == 18)
        judge_uscc(&x);
    else if (s.n == 9 || (s.n == 10 && x.text[8] == '-'))
        judge_organisation(&x, normal);
    else
        x = (struct idcode){ .fault = IDCODE_LENGTH };
    *out = x;
}
