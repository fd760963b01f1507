#include "service/batch_near.h"

#include "base/arena.h"
#include "base/size.h"
#include "service/batch.h"
#include "service/lookup_parts.h"
#include "service/typed.h"
#include "store/imported.h"

enum { SIGNS_MOST = 40 }; /* of a number that is sought for */

/* A search on its way. */
struct seeking {
    struct tx *tx;
    struct arena *arena;
    str number; /* capitals, without blanks */
    char tried[SIGNS_MOST + 1];
    str *found;
    size_t n;
};

static bool is_found(const struct seeking *s, str number)
{
    for (size_t i = 0; i < s->n; i++) {
        if (str_eq(s->found[i], number))
            return true;
    }
    return false;
}

/* The body's own, or one that was imported. */
static err holds(const struct seeking *s, str number, bool *out)
{
    struct imported_row row;

    TRY(lookup_holds(s->tx, s->arena, number, out));
    if (*out)
        return OK;
    err e = imported_get(s->tx, s->arena, number, &row);
    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    *out = !failed(e);
    return OK;
}

/* Is there one of the first `n` signs in s->tried? */
static err try(struct seeking *s, size_t n)
{
    str number = { s->tried, n };
    bool there = false;

    if (s->n == BATCH_NEAR_MOST || n == 0 || str_eq(number, s->number) ||
        is_found(s, number))
        return OK;
    TRY(holds(s, number, &there));
    if (there)
        TRY_MEMORY(arena_str(s->arena, number, &s->found[s->n++]));
    return OK;
}

static void write_all(struct seeking *s)
{
    memcpy(s->tried, s->number.p, s->number.n);
}

static err try_sign(struct seeking *s, size_t at, char c)
{
    write_all(s);
    s->tried[at] = c;
    return try(s, s->number.n);
}

/* --- slips [BN1] ------------------------------------------------------------
 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Without what is no letter and no digit; a hyphen may belong there. */
static err try_bare(struct seeking *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->number.n; i++) {
        char c = s->number.p[i];

        if (is_digit(c) || is_letter(c))
            s->tried[n++] = c;
    }
    return try(s, n);
}

static const char *const pairs[] = {
    "0O", "0D", "0Q", "OD", "OQ", "1I", "1L", "IL", "2Z", "5S",
    "6G", "8B", "7T", "4A", "UV", "VY", "MN", "EF", "PR", "CG",
};

/* The other of a pair; c itself where it is none of it. */
static char other_of(const char *pair, char c)
{
    return c == pair[0] ? pair[1] : c == pair[1] ? pair[0] : c;
}

static err try_alike(struct seeking *s)
{
    for (size_t at = 0; at < s->number.n; at++) {
        for (size_t i = 0; i < COUNT(pairs); i++)
            TRY(try_sign(s, at, other_of(pairs[i], s->number.p[at])));
    }
    return OK;
}

static err try_exchanged(struct seeking *s)
{
    for (size_t at = 0; at + 1 < s->number.n; at++) {
        write_all(s);
        s->tried[at] = s->number.p[at + 1];
        s->tried[at + 1] = s->number.p[at];
        TRY(try(s, s->number.n));
    }
    return OK;
}

static err try_left_out(struct seeking *s)
{
    for (size_t at = 0; at < s->number.n; at++) {
        write_all(s);
        memmove(s->tried + at, s->tried + at + 1, s->number.n - at - 1);
        TRY(try(s, s->number.n - 1));
    }
    return OK;
}

static err try_of_its_kind(struct seeking *s)
{
    for (size_t at = 0; at < s->number.n; at++) {
        char c = s->number.p[at];
        char first = is_digit(c) ? '0' : 'A';
        char last = is_digit(c) ? '9' : 'Z';

        for (char other = first; (is_digit(c) || is_letter(c)) && other <= last;
             other++)
            TRY(try_sign(s, at, other));
    }
    return OK;
}

static err try_put_in(struct seeking *s, size_t at, char c)
{
    memcpy(s->tried, s->number.p, at);
    s->tried[at] = c;
    memcpy(s->tried + at + 1, s->number.p + at, s->number.n - at);
    return try(s, s->number.n + 1);
}

/* A digit, or the sign beside it once more. */
static err try_more(struct seeking *s)
{
    for (size_t at = 0; at <= s->number.n; at++) {
        for (int digit = 0; digit <= 9; digit++)
            TRY(try_put_in(s, at, (char)('0' + digit)));
        if (at > 0)
            TRY(try_put_in(s, at, s->number.p[at - 1]));
    }
    return OK;
}

/* [BN2] */
static err seek(struct seeking *s)
{
    TRY(try_bare(s));
    TRY(try_alike(s));
    TRY(try_exchanged(s));
    TRY(try_left_out(s));
    TRY(try_of_its_kind(s));
    return try_more(s);
}

/* Numbers are printed in ASCII, and have more than a sign. */
static bool is_sought(str number)
{
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] <= ' ' || number.p[i] > '~')
            return false;
    }
    return number.n > 1 && number.n <= SIGNS_MOST;
}

err batch_near(struct batch_nearby *near, struct tx *tx, struct arena *a,
               str number, str *found, size_t *n)
{
    struct seeking s = { .tx = tx, .arena = a, .found = found };

    *n = 0;
    TRY(typed_number(a, number, &s.number));
    if (!is_sought(s.number))
        return OK;
    if (near->sought == BATCH_NEAR_SOUGHT) {
        near->left_out = true;
        return OK;
    }
    near->sought++;
    TRY(seek(&s));
    *n = s.n;
    return OK;
}
