#include "cli/roff.h"

#include "base/buf.h"
#include "base/size.h"
#include "codec/utf8.h"

/* [RO1] [RO2] What a sign is written as; the others stand for themselves. */
static const struct {
    uint32_t sign;
    const char *written;
} signs[] = {
    { '\\', "\\e" },   { '-', "\\-" },   { '`', "\\(ga" },
    { '\'', "\\(aq" }, { '^', "\\(ha" }, { '~', "\\(ti" },
};

/* rules: allow han because these are marks, not words */
static const char closing[] = "，。、；：！？）》”’";
static const char opening[] = "（《“‘";

static bool is_among(uint32_t c, str set)
{
    uint32_t other;
    size_t at = 0;

    while (utf8_next(set, &at, &other)) {
        if (other == c)
            return true;
    }
    return false;
}

static bool is_closing(uint32_t c)
{
    return is_among(c, str_of(closing));
}

static bool is_opening(uint32_t c)
{
    return is_among(c, str_of(opening));
}

/* Chinese characters, and signs as wide as they. */
static bool is_wide(uint32_t c)
{
    return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xff00 && c <= 0xff60) ||
           is_closing(c) || is_opening(c);
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\n';
}

/* [RO3] May a line end between these two? */
static bool may_break(uint32_t before, uint32_t after)
{
    if (before == 0 || is_blank(before) || is_blank(after))
        return false;
    return (is_wide(before) || is_wide(after)) && !is_opening(before) &&
           !is_closing(after);
}

static const char *written(uint32_t c)
{
    for (size_t i = 0; i < COUNT(signs); i++) {
        if (signs[i].sign == c)
            return signs[i].written;
    }
    return NULL;
}

static void put_char(struct buf *b, uint32_t c)
{
    char bytes[UTF8_MAX];
    const char *other = written(c);

    if (other != NULL)
        buf_str(b, str_of(other));
    else
        buf_str(b, (str){ bytes, utf8_write(c, bytes) });
}

/* `before` is what stands before the text: '\n' where it begins a line. */
static void put(struct buf *b, str s, uint32_t before, bool sentences)
{
    uint32_t c;

    for (size_t at = 0; utf8_next(s, &at, &c); before = c) {
        if (sentences && c == ' ' && before == '.')
            c = '\n'; /* [RO3] */
        if (before == '\n' && (c == '.' || c == '\''))
            buf_str(b, S("\\&"));
        if (may_break(before, c))
            buf_str(b, S("\\:"));
        put_char(b, c);
    }
}

void roff_word(struct buf *b, str s)
{
    put(b, s, 0, false);
}

void roff_text(struct buf *b, str s)
{
    put(b, s, '\n', true);
    buf_char(b, '\n');
}

void roff_block(struct buf *b, str s)
{
    buf_str(b, S(".EX\n"));
    while (s.n > 0) {
        put(b, str_cut(&s, '\n'), '\n', false);
        buf_char(b, '\n');
    }
    buf_str(b, S(".EE\n"));
}
