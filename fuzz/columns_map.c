/* Any bytes as a mapping of columns: refused, or one that columns_find() takes
 * as it is. [CO4] */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "base/size.h"
#include "codec/csv.h"
#include "records/columns.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const str names[] = { S_INIT("id"), S_INIT("from"), S_INIT("score") };
static const str cells[] = { S_INIT("1"), S_INIT("03/04/2025"), S_INIT("5") };

static void check_found(const struct columns *c,
                        const struct column_given *given)
{
    for (size_t at = 0; at < c->n; at++) {
        const struct column *x = &c->columns[at];
        bool taken = x->role != COLUMN_NONE;

        check(!given[at].given || x->role == given[at].role);
        check(given[at].order == 0 || x->order == given[at].order);
        check(given[at].scale == SCALE_NONE || x->scale == given[at].scale);
        check(!taken || c->place[x->role] == at);
        check(x->why.id != NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const struct csv_row header = { 1, names, COUNT(names) };
    const struct csv_row row = { 2, cells, COUNT(cells) };
    const struct column_sample s = { &header, &row, 1 };
    const struct column_book *book = NULL;
    struct column_given *given = NULL;
    struct columns c = { 0 };
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;

    arena_init(&a, &h, 64 << 20);
    check(!failed(column_book_own(&a, &book)));
    check(!failed(columns_find(&a, book, &s, NULL, &c)));
    if (failed(columns_map_read(&a, S("fuzz"), (str){ (const char *)bytes, n },
                                &c, &given)))
        return 0;
    check(!failed(columns_find(&a, book, &s, given, &c)));
    check_found(&c, given);
    return 0;
}
