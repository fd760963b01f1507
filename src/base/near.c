#include "base/near.h"

#include "base/check.h"

enum { EDITS_MOST = 3, BYTES_PER_EDIT = 3 };

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same(char a, char b)
{
    return small(a) == small(b);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/*
 * Line i of the table: row[j] is the distance of a's first i bytes from b's
 * first j.  An exchange looks back two lines, the other edits one.
 */
struct table {
    size_t lines[3][NEAR_WORD_MAX + 1];
};

static bool exchanged(str a, str b, size_t i, size_t j)
{
    return i > 1 && j > 1 && same(a.p[i - 1], b.p[j - 2]) &&
           same(a.p[i - 2], b.p[j - 1]);
}

static void fill_line(struct table *t, str a, str b, size_t i)
{
    const size_t *before = t->lines[(i + 1) % 3];
    const size_t *above = t->lines[(i + 2) % 3];
    size_t *row = t->lines[i % 3];

    row[0] = i;
    for (size_t j = 1; j <= b.n; j++) {
        size_t replaced = above[j - 1] + !same(a.p[i - 1], b.p[j - 1]);

        row[j] = least(replaced, least(above[j], row[j - 1]) + 1);
        if (exchanged(a, b, i, j))
            row[j] = least(row[j], before[j - 2] + 1);
    }
}

size_t near_distance(str a, str b)
{
    struct table t;

    check(a.n <= NEAR_WORD_MAX && b.n <= NEAR_WORD_MAX);
    for (size_t j = 0; j <= b.n; j++)
        t.lines[0][j] = j;
    for (size_t i = 1; i <= a.n; i++)
        fill_line(&t, a, b, i);
    return t.lines[a.n % 3][b.n];
}

/* [NE2] */
static size_t edits_allowed(str word)
{
    return least(word.n / BYTES_PER_EDIT, EDITS_MOST);
}

void near_offer(struct near *x, str name)
{
    size_t distance;

    if (x->word.n > NEAR_WORD_MAX || name.n > NEAR_WORD_MAX)
        return;
    distance = near_distance(x->word, name);
    if (distance > edits_allowed(x->word) ||
        (x->found.n > 0 && distance >= x->distance))
        return;
    x->found = name;
    x->distance = distance;
}
