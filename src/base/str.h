#ifndef BASE_STR_H
#define BASE_STR_H

/* str -- a borrowed run of bytes: not owned, not freed, seldom NUL-ended. */

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct str {
    const char *p; /* may be NULL when n is 0 */
    size_t n;      /* bytes, not characters */
} str;

/* A str from a string literal; anything else does not compile. */
#define S(literal) ((str){ "" literal, sizeof(literal) - 1 })

/* The same as an initialiser, for constant tables. */
#define S_INIT(literal)                                                        \
    {                                                                          \
        "" literal, sizeof(literal) - 1                                        \
    }

/* For printf: "%.*s", STR_ARG(s) */
#define STR_ARG(s) (int)(s).n, (s).p

/* Borrow a NUL-ended string; NULL counts as empty. */
static inline str str_of(const char *z)
{
    return (str){ z, z == NULL ? 0 : strlen(z) };
}

static inline bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Order by bytes, a prefix before what it begins: <0, 0, >0. */
int str_cmp(str a, str b);

bool str_begins(str s, str with);
bool str_ends(str s, str with);

/* Where `needle` first stands in `s`, or s.n when it does not. */
size_t str_find(str s, str needle);
bool str_contains(str s, str needle);

/* Where byte `c` first stands in `s`, or s.n when it does not. */
size_t str_index(str s, char c);

/* `s` from byte `from` on; empty when there is nothing. */
str str_from(str s, size_t from);

/* The first `n` bytes of `s`, or all of it when it is shorter. */
str str_first(str s, size_t n);

/* Without ASCII space, tab, CR and LF at both ends. */
str str_trim(str s);

/* Without byte `c` at the end, however often it stands there. */
str str_trim_end(str s, char c);

/*
 * Cut the piece before `sep` off the front of *rest and return it; *rest keeps
 * what follows the separator.  At the last piece *rest becomes {NULL, 0}, so
 * `while (rest.p != NULL)` visits every piece, empty ones too.
 */
str str_cut(str *rest, char sep);

#endif
