/*
 * The text form of a calendar, described in calendar/README.md, and the
 * calendar that is built into the program.
 *
 *   [C2] A text is taken whole or not at all.
 *   [C3] Days stand in order, each once, under the line of their year; a text
 *        that was cut off or put together wrongly is likely to break that.
 */

#include "base/calendar_parts.h"

#include "base/arena.h"
#include "base/embed.h"

#include "calendar_data.h"

enum {
    NAME_MAX_BYTES = 200,
    SOURCE_MAX_BYTES = 500,
    SHOWN_BYTES = 80,
    YEAR_DIGITS = 4,
};

struct reader {
    struct arena *arena;
    str name;     /* of the text, for messages */
    int64_t line; /* number of the line being read, from 1 */
    str text;     /* that line, trimmed */

    int32_t year_number;        /* 0 before the first year line */
    struct calendar_year *year; /* NULL before the first year line */
    day last;                   /* the last day read, or the eve of the year */
    str last_name;              /* kept, so that neighbours share one copy */
    struct calendar_year *found[CALENDAR_YEARS];
};

/* As much of a line as a message can carry, cut between two characters. */
static str shown(str text)
{
    size_t n = text.n < SHOWN_BYTES ? text.n : SHOWN_BYTES;

    while (n > 0 && n < text.n && ((unsigned char)text.p[n] & 0xc0) == 0x80)
        n--;
    return str_first(text, n);
}

static err refuse(const struct reader *r, const char *id)
{
    return err_new(r->arena, ERR_INVALID, id, ARG_STR("name", r->name),
                   ARG_INT("line", r->line), ARG_STR("text", shown(r->text)));
}

/* Cut the first word off; *rest keeps what follows it, trimmed. */
static str cut_word(str *rest)
{
    str word = str_cut(rest, ' ');

    *rest = str_trim(*rest);
    return word;
}

/* 1..max bytes without control characters. */
static bool is_label(str s, size_t max)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    }
    return s.n >= 1 && s.n <= max;
}

/* A year ends where the next begins and where the text ends.  One without a
 * single day off is a text that was cut short: there is no such year. */
static err end_year(const struct reader *r)
{
    if (r->year == NULL || r->last >= calendar_year_start(r->year_number))
        return OK;
    return err_new(r->arena, ERR_INVALID, "calendar.year_empty",
                   ARG_STR("name", r->name), ARG_INT("year", r->year_number));
}

/* year-line = "year" digits{4} source */
static err read_year(struct reader *r, str rest)
{
    str number = cut_word(&rest);
    char first_day[] = "0000-01-01";
    day start;

    TRY(end_year(r));
    if (number.n != YEAR_DIGITS)
        return refuse(r, "calendar.year");
    memcpy(first_day, number.p, YEAR_DIGITS);
    if (!day_parse(str_of(first_day), &start))
        return refuse(r, "calendar.year");
    if (!is_label(rest, SOURCE_MAX_BYTES))
        return refuse(r, "calendar.source");

    int32_t year = date_of_day(start).year;
    if (r->found[year - YEAR_MIN] != NULL)
        return refuse(r, "calendar.year_twice");

    struct calendar_year *y = arena_zero(r->arena, sizeof *y);
    TRY_MEMORY(y);
    TRY_MEMORY(arena_str(r->arena, rest, &y->source));
    y->work = calendar_plain_weeks(year);

    r->year_number = year;
    r->year = y;
    r->last = start - 1;
    r->found[year - YEAR_MIN] = y;
    return OK;
}

/* [C3] */
static err check_place(const struct reader *r, day d)
{
    if (date_of_day(d).year != r->year_number)
        return refuse(r, "calendar.other_year");
    if (d <= r->last)
        return refuse(r, "calendar.order");
    return OK;
}

/* A make-up day is a day of the weekend.  "work" on another day says nothing,
 * so somebody mistyped the date or the kind. */
static err read_kind(const struct reader *r, str kind, day d, bool *work)
{
    bool is_work = str_eq(kind, S("work"));

    if (!is_work && !str_eq(kind, S("off")))
        return refuse(r, "calendar.kind");
    if (is_work && day_weekday(d) < 5)
        return refuse(r, "calendar.work_on_weekday");
    *work = is_work;
    return OK;
}

/* day-line = date ("off" | "work") name */
static err read_mark(struct reader *r, str date, str rest)
{
    day d = 0;
    bool work = false;

    if (!day_parse(date, &d))
        return refuse(r, "calendar.date");
    if (r->year == NULL)
        return refuse(r, "calendar.year_missing");
    TRY(check_place(r, d));
    TRY(read_kind(r, cut_word(&rest), d, &work));
    if (!is_label(rest, NAME_MAX_BYTES))
        return refuse(r, "calendar.name");
    if (!str_eq(r->last_name, rest))
        TRY_MEMORY(arena_str(r->arena, rest, &r->last_name));

    int32_t k = d - calendar_year_start(r->year_number);
    uint64_t bit = UINT64_C(1) << (k % 64);
    if (work)
        r->year->work.bits[k / 64] |= bit;
    else
        r->year->work.bits[k / 64] &= ~bit;
    r->year->names[k] = r->last_name;
    r->last = d;
    return OK;
}

/* line = year-line | day-line | "#" comment | nothing */
static err read_line(struct reader *r)
{
    str rest = r->text;

    if (rest.n == 0 || rest.p[0] == '#')
        return OK;

    str word = cut_word(&rest);
    if (str_eq(word, S("year")))
        return read_year(r, rest);
    return read_mark(r, word, rest);
}

err calendar_read(struct calendar *c, struct arena *a, str name, str text)
{
    struct reader r = { .arena = a, .name = name };

    /* Some editors on Windows put a mark in front of a UTF-8 text. */
    if (str_begins(text, S("\xef\xbb\xbf")))
        text = str_from(text, 3);
    for (str rest = text; rest.p != NULL;) {
        r.text = str_trim(str_cut(&rest, '\n'));
        r.line++;
        TRY(read_line(&r));
    }
    TRY(end_year(&r));
    if (r.year == NULL)
        return err_new(a, ERR_INVALID, "calendar.empty", ARG_STR("name", name));

    /* [C2] */
    for (size_t i = 0; i < CALENDAR_YEARS; i++) {
        if (r.found[i] != NULL)
            c->years[i] = r.found[i];
    }
    return OK;
}

err calendar_new(struct arena *a, struct calendar **out)
{
    struct calendar *c = arena_zero(a, sizeof *c);

    TRY_MEMORY(c);
    *out = c;
    return OK;
}

err calendar_official(struct arena *a, struct calendar **out)
{
    struct calendar *c = NULL;

    TRY(calendar_new(a, &c));
    for (size_t i = 0; i < calendar_data_count; i++) {
        const struct embedded *file = &calendar_data[i];
        TRY(calendar_read(c, a, str_of(file->path), embedded_text(file)));
    }
    *out = c;
    return OK;
}
