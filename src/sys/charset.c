#include "sys/charset.h"

#include "base/buf.h"
#include "base/check.h"

#include <errno.h>
#include <iconv.h>

enum { STEP_BYTES = 4096 };

err charset_begin_from(struct arena *a, enum charset_from from,
                       struct charset *out)
{
    static const struct {
        const char *name;
        size_t unit;
    } known[] = {
        [CHARSET_FROM_GB18030] = { "GB18030", 1 },
        [CHARSET_FROM_UTF16LE] = { "UTF-16LE", 2 },
        [CHARSET_FROM_UTF16BE] = { "UTF-16BE", 2 },
    };
    iconv_t table = iconv_open("UTF-8", known[from].name);

    if ((intptr_t)table == -1)
        return err_new(a, ERR_IO, "charset.missing");
    *out = (struct charset){ .table = table,
                             .unit = known[from].unit,
                             .first_bad = -1 };
    return OK;
}

err charset_begin(struct arena *a, struct charset *out)
{
    return charset_begin_from(a, CHARSET_FROM_GB18030, out);
}

void charset_end(struct charset *c)
{
    if (c->table != NULL)
        check(iconv_close(c->table) == 0);
    *c = (struct charset){ 0 };
}

/* What stands at the front of `in`; return what follows. */
static str replace(struct charset *c, str in, struct buf *out)
{
    size_t n = in.n < c->unit ? in.n : c->unit;

    buf_str(out, S("\xef\xbf\xbd"));
    if (c->bad++ == 0)
        c->first_bad = c->offset;
    c->offset += (int64_t)n;
    return str_from(in, n);
}

/* Write what can be; return the character at the end that is cut, if any. */
static str convert(struct charset *c, str in, struct buf *out)
{
    while (in.n > 0) {
        char step[STEP_BYTES];
        char *to = step;
        char *from = (char *)(uintptr_t)in.p; /* read only, says POSIX */
        size_t room = sizeof step;
        size_t left = in.n;
        bool stopped = iconv(c->table, &from, &left, &to, &room) == (size_t)-1;
        int why = stopped ? errno : 0;

        buf_str(out, (str){ step, sizeof step - room });
        c->offset += (int64_t)(in.n - left);
        in = str_from(in, in.n - left);
        if (why == EINVAL)
            return in;
        if (why == EILSEQ)
            in = replace(c, in, out);
    }
    return in;
}

static void hold(struct charset *c, str rest)
{
    check(rest.n <= sizeof c->held);
    if (rest.n > 0)
        memmove(c->held, rest.p, rest.n);
    c->held_n = rest.n;
}

void charset_feed(struct charset *c, str part, struct buf *out)
{
    /* What is held grows byte by byte until it is a character, or none. */
    while (c->held_n > 0 && part.n > 0) {
        check(c->held_n < sizeof c->held);
        c->held[c->held_n++] = part.p[0];
        part = str_from(part, 1);
        hold(c, convert(c, (str){ c->held, c->held_n }, out));
    }
    if (part.n > 0)
        hold(c, convert(c, part, out));
}

/* Each byte of a character cut short is bad unless it begins another. */
void charset_finish(struct charset *c, struct buf *out)
{
    while (c->held_n > 0) {
        str rest = replace(c, (str){ c->held, c->held_n }, out);
        hold(c, convert(c, rest, out));
    }
}
