#include "service/customer_text.h"

#include "base/buf.h"
#include "codec/utf8.h"
#include "sys/charset.h"

/* No character of these takes more than twice its bytes in UTF-8. */
enum { GROWS = 2 };

static err no_text(struct arena *a)
{
    return err_new(a, ERR_INVALID, "customers.encoding");
}

/* One sign that is none is one too many: nobody looks a list of customers
 * through for replaced ones. */
static err convert(struct arena *a, str file, enum charset_from from, str *out)
{
    scoped(charset_end) struct charset c = { 0 };
    struct buf b;
    str text;

    TRY(charset_begin_from(a, from, &c));
    buf_init(&b, a, GROWS * file.n + UTF8_MAX);
    buf_expect(&b, GROWS * file.n);
    charset_feed(&c, file, &b);
    charset_finish(&c, &b);
    if (c.bad > 0)
        return no_text(a);
    TRY(buf_done(&b, &text));
    if (!utf8_is_text(text))
        return no_text(a);
    *out = text;
    return OK;
}

bool customer_is_workbook(str file)
{
    return str_begins(file, S("PK\x03\x04")) ||
           str_begins(file, S("\xd0\xcf\x11\xe0"));
}

err customer_text(struct arena *a, str file, enum customer_encoding *encoding,
                  str *out)
{
    *encoding = CUSTOMER_UTF16;
    if (str_begins(file, S("\xff\xfe")))
        return convert(a, str_from(file, 2), CHARSET_FROM_UTF16LE, out);
    if (str_begins(file, S("\xfe\xff")))
        return convert(a, str_from(file, 2), CHARSET_FROM_UTF16BE, out);
    if (utf8_is_text(file)) {
        *encoding = CUSTOMER_UTF8;
        *out = file;
        return OK;
    }
    *encoding = CUSTOMER_GB18030;
    return convert(a, file, CHARSET_FROM_GB18030, out);
}
