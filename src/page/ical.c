#include "page/ical.h"

#include "base/buf.h"
#include "codec/utf8.h"

enum { LINE_MOST = 75 }; /* octets, the end of the line left out [IC1] */

/* --- lines [IC1] [IC2] ------------------------------------------------------
 */

/* A line that grows; folded lines begin with a blank. */
struct line {
    struct buf *out;
    size_t n; /* octets of the line so far */
};

static struct line begin(struct buf *out, const char *name)
{
    str s = str_of(name);

    buf_str(out, s);
    return (struct line){ out, s.n };
}

static void end(const struct line *l)
{
    buf_str(l->out, S("\r\n"));
}

/* `s` is one character, or an escape: it is not parted. */
static void put(struct line *l, str s)
{
    if (l->n + s.n > LINE_MOST) {
        buf_str(l->out, S("\r\n "));
        l->n = 1;
    }
    buf_str(l->out, s);
    l->n += s.n;
}

static str escaped(str c)
{
    switch (c.p[0]) {
    case '\\': return S("\\\\");
    case ';': return S("\\;");
    case ',': return S("\\,");
    case '\n': return S("\\n");
    default: break;
    }
    return (unsigned char)c.p[0] < 0x20 || c.p[0] == 0x7F ? S("") : c;
}

/* Bytes of the character that begins with this one; a stray byte is its own. */
static size_t width(str s)
{
    const unsigned char c = (unsigned char)s.p[0];
    size_t n = 1;

    if (c >= 0xF0)
        n = 4;
    else if (c >= 0xE0)
        n = 3;
    else if (c >= 0xC0)
        n = 2;
    return n > s.n ? s.n : n;
}

static void put_text(struct line *l, str text)
{
    while (text.n > 0) {
        size_t n = width(text);

        put(l, escaped(str_first(text, n)));
        text = str_from(text, n);
    }
}

/* "NAME:text", nothing for an empty one. */
static void text_line(struct buf *out, const char *name, str text)
{
    struct line l;

    if (text.n == 0)
        return;
    l = begin(out, name);
    put_text(&l, text);
    end(&l);
}

/* A line that is ours from end to end and short enough. */
static void plain_line(struct buf *out, const char *line)
{
    struct line l = begin(out, line);

    end(&l);
}

/* --- days and instants [IC3] ------------------------------------------------
 */

static void put_date(struct buf *out, day d)
{
    struct date t = date_of_day(d);

    buf_printf(out, "%04d%02d%02d", t.year, t.month, t.mday);
}

static void day_line(struct buf *out, const char *name, day d)
{
    buf_printf(out, "%s;VALUE=DATE:", name);
    put_date(out, d);
    buf_str(out, S("\r\n"));
}

static void stamp_line(struct buf *out, int64_t at)
{
    const int64_t second = 1000000;
    const int64_t eight_hours = INT64_C(8) * 3600 * second;
    day d = day_of_micros(at - eight_hours); /* day_of_micros() is UTC+8 */
    int64_t of_day = (at - eight_hours - day_start_micros(d)) / second;

    buf_str(out, S("DTSTAMP:"));
    put_date(out, d);
    buf_printf(out, "T%02d%02d%02dZ\r\n", (int)(of_day / 3600),
               (int)(of_day / 60 % 60), (int)(of_day % 60));
}

/* --- items ------------------------------------------------------------------
 */

static void put_event_days(struct buf *out, const struct ical_item *x)
{
    day_line(out, "DTSTART", x->from);
    day_line(out, "DTEND", x->to + 1);
    plain_line(out, "TRANSP:OPAQUE");
}

static void put_todo_days(struct buf *out, const struct ical_item *x)
{
    if (x->due != DAY_NEVER)
        day_line(out, "DUE", x->due);
    plain_line(out, "STATUS:NEEDS-ACTION");
    if (x->pressing)
        plain_line(out, "PRIORITY:1");
}

void ical_begin(struct buf *out, str lang, str name)
{
    plain_line(out, "BEGIN:VCALENDAR");
    plain_line(out, "VERSION:2.0");
    text_line(out, "PRODID:-//Tenstar//Tenstar//", lang);
    plain_line(out, "CALSCALE:GREGORIAN");
    plain_line(out, "METHOD:PUBLISH");
    text_line(out, "X-WR-CALNAME:", name);
}

void ical_put(struct buf *out, const struct ical_item *item, int64_t at)
{
    bool event = item->kind == ICAL_EVENT;

    plain_line(out, event ? "BEGIN:VEVENT" : "BEGIN:VTODO");
    text_line(out, "UID:", item->uid);
    stamp_line(out, at);
    text_line(out, "SUMMARY:", item->summary);
    text_line(out, "DESCRIPTION:", item->description);
    text_line(out, "CATEGORIES:", item->categories);
    if (event)
        put_event_days(out, item);
    else
        put_todo_days(out, item);
    plain_line(out, event ? "END:VEVENT" : "END:VTODO");
}

void ical_end(struct buf *out)
{
    plain_line(out, "END:VCALENDAR");
}
