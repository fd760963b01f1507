#include "domain/contact.h"

#include "base/size.h"

enum { DIGITS_MAX = 20 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits alone; nothing when something else than blanks and hyphens parts
 * them, or when there are too many. */
static str digits_of(str phone, char out[static DIGITS_MAX])
{
    size_t n = 0;

    for (size_t i = 0; i < phone.n; i++) {
        char c = phone.p[i];

        if (c == ' ' || c == '-')
            continue;
        if (!is_digit(c) || n == DIGITS_MAX)
            return S("");
        out[n++] = c;
    }
    return (str){ out, n };
}

static bool is_mobile(str d)
{
    return d.n == 11 && d.p[0] == '1' && d.p[1] >= '3';
}

/* Area code of three or four digits, number of seven or eight, extension of up
 * to five. */
static bool is_landline(str d)
{
    return d.n >= 10 && d.n <= 17 && d.p[0] == '0' && d.p[1] != '0';
}

static bool is_service(str d)
{
    return d.n == 10 && (str_begins(d, S("400")) || str_begins(d, S("800")));
}

bool contact_is_phone(str phone)
{
    char digits[DIGITS_MAX];
    str from_abroad = S("+86");

    if (str_begins(phone, from_abroad))
        return is_mobile(digits_of(str_from(phone, from_abroad.n), digits));

    str d = digits_of(phone, digits);
    return is_mobile(d) || is_landline(d) || is_service(d);
}

bool contact_is_mail(str mail)
{
    size_t at = str_index(mail, '@');
    str host = at < mail.n ? str_from(mail, at + 1) : S("");
    size_t dot = str_index(host, '.');

    return at > 0 && dot > 0 && dot + 1 < host.n &&
           str_index(host, '@') == host.n && str_index(mail, ' ') == mail.n;
}

err contact_check(struct arena *a, const struct enterprise_contact *c)
{
    if (!contact_is_phone(c->phone))
        return err_new(a, ERR_INVALID, "contact.phone");
    if (c->mail.n > 0 && !contact_is_mail(c->mail))
        return err_new(a, ERR_INVALID, "contact.mail");
    return OK;
}
