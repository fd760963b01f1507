#include "sys/log.h"

#include "base/size.h"
#include "sys/clock.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

/*
 * A line under way.  The last RESERVE bytes are kept for "lost",
 * "left_out" and the closing brace.
 */
enum { RESERVE = 80, ARG_NAME = 60 };

struct line {
    char p[LOG_LINE];
    size_t n;
    size_t room; /* of p, that may be used now */
    bool begun;
    int64_t left_out;
};

static void put(struct line *l, str s)
{
    if (l->n + s.n > l->room) {
        l->n = l->room + 1; /* too long: the field is undone */
        return;
    }
    memcpy(l->p + l->n, s.p, s.n);
    l->n += s.n;
}

/* The shapes of a character in UTF-8 (RFC 3629): its first byte, its second,
 * and how many follow the second. */
static const struct {
    unsigned char first[2];
    unsigned char second[2];
    size_t more;
} shapes[] = {
    { { 0xc2, 0xdf }, { 0x80, 0xbf }, 0 },
    { { 0xe0, 0xe0 }, { 0xa0, 0xbf }, 1 },
    { { 0xe1, 0xec }, { 0x80, 0xbf }, 1 },
    { { 0xed, 0xed }, { 0x80, 0x9f }, 1 }, /* no surrogates */
    { { 0xee, 0xef }, { 0x80, 0xbf }, 1 },
    { { 0xf0, 0xf0 }, { 0x90, 0xbf }, 2 },
    { { 0xf1, 0xf3 }, { 0x80, 0xbf }, 2 },
    { { 0xf4, 0xf4 }, { 0x80, 0x8f }, 2 },
};

static bool within(const unsigned char range[2], char c)
{
    return range[0] <= (unsigned char)c && (unsigned char)c <= range[1];
}

/* How many bytes at the front of `s` make one character; 0: none do. */
static size_t character(str s)
{
    static const unsigned char later[2] = { 0x80, 0xbf };
    size_t shape = 0;

    if ((unsigned char)s.p[0] < 0x80)
        return 1;
    while (shape < COUNT(shapes) && !within(shapes[shape].first, s.p[0]))
        shape++;
    if (shape == COUNT(shapes) || s.n < 2 + shapes[shape].more ||
        !within(shapes[shape].second, s.p[1]))
        return 0;
    for (size_t i = 2; i < 2 + shapes[shape].more; i++) {
        if (!within(later, s.p[i]))
            return 0;
    }
    return 2 + shapes[shape].more;
}

/* How many bytes at the front of `s` stand for themselves. */
static size_t plain(str s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] >= ' ' && s.p[n] < 0x7f && s.p[n] != '"' &&
           s.p[n] != '\\')
        n++;
    return n;
}

static void put_escape(struct line *l, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    const char escape[] = {
        '\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]
    };

    put(l, (str){ escape, sizeof escape });
}

/* [LG2] A JSON string; bytes that are no character become U+FFFD. */
static void put_string(struct line *l, str s)
{
    put(l, S("\""));
    while (s.n > 0) {
        size_t run = plain(s);
        size_t n = run > 0 ? run : character(s);
        if (n == 0) {
            put(l, S("\xef\xbf\xbd"));
        } else if (n > 1 || run > 0) {
            put(l, str_first(s, n));
        } else if (s.p[0] == '"' || s.p[0] == '\\') {
            put(l, S("\\"));
            put(l, str_first(s, 1));
        } else {
            put_escape(l, (unsigned char)s.p[0]);
        }
        s = str_from(s, n == 0 ? 1 : n);
    }
    put(l, S("\""));
}

static void put_number(struct line *l, int64_t number)
{
    char text[20];
    size_t at = sizeof text;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    do {
        text[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (number < 0)
        put(l, S("-"));
    put(l, (str){ text + at, sizeof text - at });
}

static void put_value(struct line *l, const struct err_arg *field)
{
    switch (field->kind) {
    case ARG_IS_NUMBER:
    case ARG_IS_DAY:
    case ARG_IS_MONEY: put_number(l, field->number); break;
    case ARG_IS_TEXT:
    case ARG_IS_LABEL:
    case ARG_IS_IDS: put_string(l, field->text); break;
    }
}

static void put_field(struct line *l, const struct err_arg *field)
{
    size_t before = l->n;

    put(l, l->begun ? S(",") : S("{"));
    put_string(l, str_of(field->name));
    put(l, S(":"));
    put_value(l, field);

    if (l->n > l->room) {
        l->n = before;
        l->left_out++;
        return;
    }
    l->begun = true;
}

void log_init(struct log *l, struct clock *c, int fd, enum log_level from)
{
    *l = (struct log){ .clock = c, .fd = fd, .from = from };
}

/* [LG1] [LG4]  `lost` were lost before; this line says so, if it arrives. */
static void send_line(struct log *l, const struct line *line, uint64_t lost)
{
    ssize_t n;

    do
        n = write(l->fd, line->p, line->n);
    while (n < 0 && errno == EINTR);

    if (n == (ssize_t)line->n)
        return;
    atomic_fetch_add(&l->lost, lost + 1);
    if (n > 0)
        atomic_store(&l->torn, true);
}

static void put_head(struct line *line, struct log *l, enum log_level level,
                     const char *event)
{
    static const char *const names[] = {
        [LEVEL_INFO] = "info",
        [LEVEL_WARN] = "warn",
        [LEVEL_ERROR] = "error",
    };
    char time[CLOCK_TEXT];
    struct err_arg head[] = {
        ARG_STR("time", clock_text(l->clock->now(l->clock), time)),
        ARG_STR("level", str_of(names[level])),
        ARG_STR("event", str_of(event)),
    };

    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        put_field(line, &head[i]);
}

void log_write(struct log *l, enum log_level level, const char *event,
               const struct err_arg *fields)
{
    struct line line;

    if (l == NULL || level < l->from)
        return;
    line.n = 0;
    line.room = LOG_LINE - RESERVE;
    line.begun = false;
    line.left_out = 0;

    /* Whoever reads lines finds the torn one alone on its own. */
    if (atomic_exchange(&l->torn, false))
        put(&line, S("\n"));

    put_head(&line, l, level, event);
    for (const struct err_arg *f = fields; f->name != NULL; f++)
        put_field(&line, f);

    line.room = LOG_LINE - 2;
    uint64_t lost = atomic_exchange(&l->lost, 0);
    struct err_arg lines_lost = ARG_INT("lost", lost);
    struct err_arg left_out = ARG_INT("left_out", line.left_out);
    if (lost > 0)
        put_field(&line, &lines_lost);
    if (left_out.number > 0)
        put_field(&line, &left_out);

    line.room = LOG_LINE;
    put(&line, S("}\n"));
    send_line(l, &line, lost);
}

/* What every line has of its own: a second one of the name would hide it. */
static bool is_taken(const char *name)
{
    static const char *const names[] = { "time",    "level", "event",
                                         "request", "code",  "id",
                                         "where",   "lost",  "left_out" };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

/* The argument under a name that is free; `room` holds it. */
static struct err_arg under_free_name(const struct err_arg *arg,
                                      char room[static ARG_NAME])
{
    struct err_arg a = *arg;

    if (is_taken(arg->name)) {
        (void)snprintf(room, ARG_NAME, "error_%s", arg->name);
        a.name = room;
    }
    return a;
}

void log_err(struct log *l, const char *event, str request, err e)
{
    enum { FIXED = 4, MOST = 12 };
    char names[MOST][ARG_NAME];
    struct err_arg fields[MOST + 1] = {
        ARG_STR("request", request),
        ARG_STR("code", err_code_name(e.info->code)),
        ARG_STR("id", str_of(e.info->id)),
        ARG_STR("where", str_of(e.info->where)),
    };
    size_t n = FIXED;

    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        bool safe = g->kind == ARG_IS_NUMBER || g->kind == ARG_IS_IDS;
        if (!safe || n == MOST)
            continue;
        fields[n] = under_free_name(g, names[n]);
        n++;
    }
    log_write(l, LEVEL_ERROR, event, fields);
}
