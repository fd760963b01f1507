#include "service/site.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"

bool site_is(str word)
{
    static const str schemes[] = { S_INIT("https://"), S_INIT("http://"),
                                   S_INIT("HTTPS://"), S_INIT("HTTP://") };

    for (size_t i = 0; i < COUNT(schemes); i++) {
        if (str_begins(word, schemes[i]))
            return true;
    }
    return false;
}

err site_open(struct arena *a, str address, struct site *out)
{
    struct site made = { .base = str_trim_end(address, '/'),
                         .plain = str_begins(address, S("http://")) ||
                                  str_begins(address, S("HTTP://")) };

    TRY(net_check(a, made.base, made.plain));
    if (str_index(address, '?') < address.n ||
        str_index(address, '#') < address.n)
        return err_new(a, ERR_INVALID, "net.address",
                       ARG_STR("address", address));
    TRY(net_line_open(&made.line));
    *out = made;
    return OK;
}

void site_end(struct site *s)
{
    net_line_end(&s->line);
}

err site_read(struct site *s, struct arena *a, str path, size_t most, str *out)
{
    struct net_request r = { .most = most, .plain = s->plain };
    struct buf b;

    buf_init(&b, a, s->base.n + 1 + path.n);
    buf_str(&b, s->base);
    buf_char(&b, '/');
    buf_str(&b, path);
    TRY(buf_done(&b, &r.address));
    return net_get(&s->line, a, &r, out);
}

bool site_failed(err e)
{
    return failed(e) && str_begins(str_of(e.info->id), S("net."));
}
