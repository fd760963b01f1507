#include "base/embed.h"

const struct embedded *embedded_find(const struct embedded *table, size_t count,
                                     str path)
{
    size_t from = 0;
    size_t to = count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int c = str_cmp(path, str_of(table[middle].path));

        if (c == 0)
            return &table[middle];
        if (c < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}
