#include "service/records_held_mask.h"

#include "base/buf.h"
#include "codec/utf8.h"

enum {
    REPLACEMENT = 0xFFFD,
    MOBILE = 11, /* digits */
    SHOWN_FIRST = 3,
    SHOWN_LAST = 4,
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(str s, size_t at)
{
    size_t n = 0;

    while (at + n < s.n && is_digit(s.p[at + n]))
        n++;
    return n;
}

static void put_stars(struct buf *out, size_t n)
{
    while (n-- > 0)
        buf_char(out, '*');
}

/* So many digits with the middle hidden: at least half of them. */
static void put_hidden(struct buf *out, str digits)
{
    size_t shown = digits.n / 2;
    size_t first = shown < SHOWN_FIRST ? shown / 2 : SHOWN_FIRST;
    size_t last = shown - first < SHOWN_LAST ? shown - first : SHOWN_LAST;

    if (digits.n == MOBILE)
        last = SHOWN_LAST;
    buf_str(out, str_first(digits, first));
    put_stars(out, digits.n - first - last);
    buf_str(out, str_from(digits, digits.n - last));
}

/* One character as it stands. [HM3]  Returns how long it was. */
static size_t put_character(struct buf *out, str s, size_t at)
{
    char bytes[UTF8_MAX];
    size_t end = at;
    uint32_t c;

    if (!utf8_next(s, &end, &c)) {
        c = REPLACEMENT;
        end = at + 1;
    }
    if (c == 0)
        c = REPLACEMENT;
    buf_str(out, (str){ bytes, utf8_write(c, bytes) });
    return end - at;
}

/* [HM1] */
static void mask_name(struct buf *out, str cell)
{
    cell = str_trim(cell);
    if (cell.n == 0)
        return;
    (void)put_character(out, cell, 0);
    buf_char(out, '*');
}

/* Its digits may stand apart, "138 0000 0001"; whatever else stands there is
 * left out. */
static void mask_phone(struct buf *out, str cell)
{
    char digits[2 * MOBILE];
    size_t n = 0;

    for (size_t i = 0; i < cell.n && n < sizeof digits; i++) {
        if (is_digit(cell.p[i]))
            digits[n++] = cell.p[i];
    }
    if (n > 0)
        put_hidden(out, (str){ digits, n });
    else if (cell.n > 0)
        mask_name(out, cell);
}

/* [HM2] */
static bool is_mobile(str s, size_t at, size_t n)
{
    return n == MOBILE && s.p[at] == '1' && s.p[at + 1] >= '3';
}

static void mask_mobiles(struct buf *out, str cell)
{
    size_t at = 0;

    while (at < cell.n) {
        size_t n = digits_at(cell, at);

        if (is_mobile(cell, at, n))
            put_hidden(out, str_first(str_from(cell, at), n));
        else if (n > 0)
            buf_str(out, str_first(str_from(cell, at), n));
        else
            n = put_character(out, cell, at);
        at += n;
    }
}

void held_mask(struct buf *out, str cell, enum column_role role)
{
    if (role == COLUMN_CUSTOMER)
        mask_name(out, cell);
    else if (role == COLUMN_PHONE)
        mask_phone(out, cell);
    else
        mask_mobiles(out, cell);
}
