#include "records/cells.h"

#include "base/check.h"
#include "base/heap.h"
#include "codec/fields.h"

void cells_init(struct cells *c, struct heap *h, char separator, bool quotes)
{
    *c = (struct cells){ .heap = h, .separator = separator, .quotes = quotes };
}

void cells_end(struct cells *c)
{
    c->all = c->heap->resize(c->heap, c->all, 0);
    c->room = 0;
}

static bool make_room(struct cells *c, size_t n)
{
    uint32_t *more;

    if (n <= c->room)
        return true;
    more = c->heap->resize(c->heap, c->all, n * sizeof *more);
    if (more == NULL)
        return false;
    c->all = more;
    c->room = n;
    return true;
}

bool cells_begin(struct cells *c, str part)
{
    struct fields scan = { .separator = c->separator, .quotes = c->quotes };

    check(part.n < FIELDS_PART_MAX);
    if (!make_room(c, part.n + 1))
        return false;
    c->text = part;
    c->all_n = fields_ends(&scan, part, c->all);
    c->open = scan.open;
    if (part.n > 0 && (c->open || part.p[part.n - 1] != '\n'))
        c->all[c->all_n++] = (uint32_t)part.n;
    c->next = 0;
    return true;
}

/* The row that begins at `next`. */
static void find_row(struct cells *c)
{
    size_t i = c->next;

    c->start = i == 0 ? 0 : (size_t)c->all[i - 1] + 1;
    c->ends = c->all + i;
    while (c->all[i] < c->text.n && c->text.p[c->all[i]] != '\n')
        i++;
    c->n = i + 1 - c->next;
    c->next = i + 1;
}

bool cells_next(struct cells *c)
{
    while (c->next < c->all_n) {
        find_row(c);
        if (c->n > 1 || str_trim(cells_row(c)).n > 0)
            return true;
    }
    return false;
}

str cells_get(const struct cells *c, size_t column, bool *doubled)
{
    const struct fields f = { .separator = c->separator, .quotes = c->quotes };
    size_t from;

    *doubled = false;
    if (column >= c->n)
        return S("");
    from = column == 0 ? c->start : (size_t)c->ends[column - 1] + 1;
    return str_trim(
        fields_value(&f, (str){ c->text.p + from, c->ends[column] - from },
                     doubled));
}

str cells_row(const struct cells *c)
{
    str row = { c->text.p + c->start, c->ends[c->n - 1] - c->start };

    return str_trim_end(row, '\r');
}
