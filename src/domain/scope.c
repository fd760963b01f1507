#include "domain/scope.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/utf8.h"

static bool sets_apart(uint32_t c)
{
    static const uint32_t marks[] = { 0x3001, 0xFF0C, 0xFF1B, ',', ';' };

    for (size_t i = 0; i < COUNT(marks); i++) {
        if (c == marks[i])
            return true;
    }
    return false;
}

/* Cut the part before the next mark off the front of *rest. */
static str next_part(str *rest)
{
    size_t end = 0;
    size_t at = 0;
    uint32_t c = 0;

    while (utf8_next(*rest, &at, &c) && !sets_apart(c))
        end = at;

    str part = str_first(*rest, end);
    *rest = str_from(*rest, at > end ? at : rest->n);
    return str_trim(part);
}

static bool has_part(str scope, str part)
{
    while (scope.n > 0) {
        if (str_eq(next_part(&scope), part))
            return true;
    }
    return false;
}

str scope_part_outside(str scope, str main)
{
    while (scope.n > 0) {
        str part = next_part(&scope);

        if (part.n > 0 && !has_part(main, part))
            return part;
    }
    return S("");
}

/* --- in other words --------------------------------------------------------
 */

/* How many parts of `scope` are none of `main`; those before `part`, if it is
 * given. */
static size_t count_outside(str scope, str main, const str *part)
{
    size_t n = 0;

    while (scope.n > 0) {
        str x = next_part(&scope);

        if (part != NULL && str_eq(x, *part))
            break;
        n += x.n > 0 && !has_part(main, x);
    }
    return n;
}

/* The n-th part of `scope`, from 0, that is none of `main`; it has as many. */
static str nth_outside(str scope, str main, size_t n)
{
    str part = S("");

    while (scope.n > 0) {
        part = next_part(&scope);
        if (part.n > 0 && !has_part(main, part) && n-- == 0)
            break;
    }
    return part;
}

static str word_for(str part, str from, str to)
{
    if (has_part(to, part))
        return part;
    return nth_outside(to, from, count_outside(from, to, &part));
}

/* What stands between the parts stays. */
static void put_reworded(struct buf *b, str scope, str from, str to)
{
    const char *at = scope.p;
    const char *end = scope.p + scope.n;

    while (scope.n > 0) {
        str part = next_part(&scope);

        if (part.n == 0)
            continue;
        buf_str(b, (str){ at, (size_t)(part.p - at) });
        buf_str(b, word_for(part, from, to));
        at = part.p + part.n;
    }
    buf_str(b, (str){ at, (size_t)(end - at) });
}

err scope_reworded(struct arena *a, str scope, str from, str to, size_t most,
                   str *out)
{
    bool one_by_one =
        count_outside(from, to, NULL) == count_outside(to, from, NULL);
    str made = S("");
    struct buf b;

    buf_init(&b, a, most);
    if (one_by_one && scope_part_outside(scope, from).n == 0)
        put_reworded(&b, scope, from, to);
    err e = buf_done(&b, &made);
    if (failed(e) && !err_is(e, ERR_LIMIT))
        return e;
    *out = made;
    return OK;
}
