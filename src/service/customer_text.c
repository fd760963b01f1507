#include "service/customer_text.h"

#include "base/arena.h"
#include "codec/utf8.h"

#include <iconv.h>

/* No character of these takes more than twice its bytes in UTF-8. */
enum { GROWS = 2 };

static void close_converter(iconv_t *c)
{
    /* what iconv_open() gives when it fails is no converter */
    if ((intptr_t)*c != -1)
        (void)iconv_close(*c);
}

static err no_text(struct arena *a)
{
    return err_new(a, ERR_INVALID, "customers.encoding");
}

static err convert(struct arena *a, str file, const char *from, str *out)
{
    scoped(close_converter) iconv_t c = iconv_open("UTF-8", from);
    size_t most = GROWS * file.n + UTF8_MAX;
    char *room = arena_zero(a, most);
    char *to = room;
    char *in;
    size_t in_left = file.n;
    size_t left = most;
    str copy;

    TRY_MEMORY(room);
    TRY_MEMORY(arena_str(a, file, &copy)); /* it asks for what may be written */
    in = (char *)(uintptr_t)copy.p;
    if ((intptr_t)c == -1 ||
        iconv(c, &in, &in_left, &to, &left) == (size_t)-1 || in_left > 0)
        return no_text(a);
    *out = (str){ room, most - left };
    return utf8_is_text(*out) ? OK : no_text(a);
}

bool customer_is_workbook(str file)
{
    return str_begins(file, S("PK\x03\x04")) ||
           str_begins(file, S("\xd0\xcf\x11\xe0"));
}

err customer_text(struct arena *a, str file, enum customer_encoding *encoding,
                  str *out)
{
    if (str_begins(file, S("\xff\xfe")) || str_begins(file, S("\xfe\xff"))) {
        *encoding = CUSTOMER_UTF16;
        return convert(a, file, "UTF-16", out);
    }
    if (utf8_is_text(file)) {
        *encoding = CUSTOMER_UTF8;
        *out = file;
        return OK;
    }
    *encoding = CUSTOMER_GB18030;
    return convert(a, file, "GB18030", out);
}
