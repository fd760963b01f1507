/* What the cells of a column are. */

#include "records/columns_parts.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/csv.h"
#include "records/hashing.h"

enum {
    SCORE_MOST = 100,
    FIVE = 5,
    TEN = 10,
    PHONE_LEAST = 7, /* digits and stars */
    PHONE_MOST = 13,
};

static const unsigned order_bits[] = { MOMENT_YMD, MOMENT_DMY, MOMENT_MDY };

/* --- different texts ----------------------------------------------------- */

/* A set of hashes with open places; twice as many places as cells. */
struct seen {
    uint64_t *at;
    size_t places;
};

/* 0 marks an open place. */
static uint64_t hash_of(str s)
{
    uint64_t h = hash_text(HASH_BEGIN, s);

    return h == 0 ? 1 : h;
}

/* Is it the first of its kind? */
static bool is_new(struct seen *s, str text)
{
    uint64_t h = hash_of(text);
    size_t i = (size_t)(h % s->places);

    while (s->at[i] != 0 && s->at[i] != h)
        i = (i + 1) % s->places;
    if (s->at[i] == h)
        return false;
    s->at[i] = h;
    return true;
}

/* --- one cell ------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_digit(s.p[i]))
            return false;
    }
    return s.n > 0;
}

/* Digits, or stars where some are hidden, with what may stand between: 7..13,
 * and begun as a mobile, an area or a service number is. */
static bool is_phone(str s)
{
    size_t digits = 0;

    if (str_begins(s, S("+86")))
        s = str_trim(str_from(s, 3));
    for (size_t i = 0; i < s.n; i++) {
        if (is_digit(s.p[i]) || s.p[i] == '*')
            digits++;
        else if (s.p[i] != '-' && s.p[i] != ' ' && s.p[i] != '(' &&
                 s.p[i] != ')')
            return false;
    }
    if (digits < PHONE_LEAST || digits > PHONE_MOST)
        return false;
    if (s.p[0] == '1')
        return digits == 11 && s.p[1] >= '3';
    return s.p[0] == '0' || s.p[0] == '(' || digits <= 8 ||
           str_begins(s, S("400")) || str_begins(s, S("800"));
}

static void look_moment(struct column_content *c, str cell)
{
    unsigned orders = moment_orders(cell);

    for (size_t i = 0; i < COUNT(order_bits); i++)
        c->moments[i] += (orders & order_bits[i]) != 0;
    if (orders == 0)
        return;
    c->bare += all_digits(cell);
    c->slash = c->slash || str_index(cell, '/') < cell.n;
}

static void look_number(const struct column_book *b, str cell,
                        struct column_content *c)
{
    struct column_number n;

    if (!column_decimal(b, cell, &n))
        return;
    c->to_five += n.whole + n.more <= FIVE;
    c->to_ten += n.whole + n.more <= TEN;
    if (n.more) {
        c->decimals++;
        c->above = n.whole + 1 > c->above ? n.whole + 1 : c->above;
        return;
    }
    if (c->whole == 0 || n.whole < c->least)
        c->least = n.whole;
    if (n.whole > c->most)
        c->most = n.whole;
    c->whole++;
}

static void look_cell(const struct column_book *b, str cell,
                      struct column_content *c)
{
    bool yes;
    int mood;

    look_moment(c, cell);
    look_number(b, cell, c);
    c->yes_no += column_yes(b, cell, &yes);
    c->moods += column_mood(b, cell, &mood);
    c->phones += is_phone(cell);
}

/* The next that is not like those before. */
static void keep_example(struct column_content *c, str cell)
{
    if (c->distinct <= COLUMN_EXAMPLES)
        c->examples[c->distinct - 1] = cell;
}

err column_look(struct arena *a, const struct column_book *b,
                const struct csv_row *rows, size_t count, size_t at,
                struct column_content *out)
{
    struct column_content c = { .cells = (int64_t)count };
    struct seen seen = { .places = 2 * count + 1 };

    seen.at = arena_array(a, seen.places, sizeof *seen.at);
    TRY_MEMORY(seen.at);
    for (size_t i = 0; i < count; i++) {
        str cell = str_trim(csv_field(&rows[i], at));

        if (column_nothing(b, cell))
            continue;
        c.filled++;
        if (is_new(&seen, cell)) {
            c.distinct++;
            keep_example(&c, cell);
        }
        look_cell(b, cell, &c);
    }
    *out = c;
    return OK;
}

/* --- all of them --------------------------------------------------------- */

static int64_t most_moments(const struct column_content *c)
{
    int64_t most = 0;

    for (size_t i = 0; i < COUNT(order_bits); i++) {
        if (c->moments[i] > most)
            most = c->moments[i];
    }
    return most;
}

unsigned column_orders(const struct column_content *c)
{
    int64_t most = most_moments(c);
    unsigned orders = 0;

    for (size_t i = 0; i < COUNT(order_bits); i++) {
        if (most > 0 && c->moments[i] == most)
            orders |= order_bits[i];
    }
    return orders;
}

/* Numbers of whom some are like words of a scale count as both. */
static int64_t fit_score(const struct column_content *c)
{
    bool small = c->most <= SCORE_MOST && c->above <= SCORE_MOST;
    int64_t numbers = small ? c->whole + c->decimals : 0;

    return numbers > c->moods ? numbers : c->moods;
}

int64_t column_fit(const struct column_content *c, enum column_want want)
{
    switch (want) {
    case WANT_TEXT: /* 20250304 may be a number as well */
        return c->filled - (most_moments(c) - c->bare);
    case WANT_MOMENT: return most_moments(c);
    case WANT_COUNT: return c->whole;
    case WANT_PART: return c->whole > c->yes_no ? c->whole : c->yes_no;
    case WANT_YES_NO: return c->yes_no;
    case WANT_SCORE: return fit_score(c);
    case WANT_PHONE: return c->phones;
    case WANT_ANY:
    default: return c->filled;
    }
}

const char *column_want_text(enum column_want want)
{
    static const char *const texts[] = {
        [WANT_ANY] = "records.want_any",
        [WANT_TEXT] = "records.want_text",
        [WANT_MOMENT] = "records.want_moment",
        [WANT_COUNT] = "records.want_count",
        [WANT_PART] = "records.want_part",
        [WANT_YES_NO] = "records.want_yes_no",
        [WANT_SCORE] = "records.want_score",
        [WANT_PHONE] = "records.want_phone",
    };

    return texts[want];
}
