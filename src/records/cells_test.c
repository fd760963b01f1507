#include "records/cells.h"

#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"

#include <stdio.h>

/* The cells of all rows, "a|b/c". */
static str all_cells(const char *text, bool quotes, char out[200])
{
    struct heap heap = HEAP_LIBC;
    scoped(cells_end) struct cells c;
    size_t n = 0;

    cells_init(&c, &heap, ',', quotes);
    EXPECT(cells_begin(&c, str_of(text)));
    while (cells_next(&c)) {
        bool doubled;

        for (size_t i = 0; i < c.n; i++) {
            str s = cells_get(&c, i, &doubled);

            n +=
                (size_t)snprintf(out + n, 200 - n, "%s%.*s%s", i > 0 ? "|" : "",
                                 STR_ARG(s), doubled ? "(doubled)" : "");
        }
        n += (size_t)snprintf(out + n, 200 - n, "/");
    }
    return (str){ out, n };
}

/* [CE1] [CE2] */
TEST(cells_are_found_row_by_row)
{
    static const struct {
        const char *text;
        const char *want;
        bool quotes;
    } rows[] = {
        { "a,b\nc,d\n", "a|b/c|d/", true },
        { "a,b\r\n\r\n  \n c , d", "a|b/c|d/", true },
        { "\"a,1\",b\n", "a,1|b/", true },
        { "\"a\nb\",c\n", "a\nb|c/", true },
        { "\"a \"\"x\"\"\",c\n", "a \"\"x\"\"(doubled)|c/", true },
        { "\"a,b\n", "\"a|b/", false },
        { ",\n", "|/", true },
        { "", "", true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char out[200];

        EXPECT_STR(all_cells(rows[i].text, rows[i].quotes, out),
                   str_of(rows[i].want));
    }
}

TEST(a_cell_beyond_the_row_is_empty_and_an_open_quote_is_told)
{
    struct heap heap = HEAP_LIBC;
    scoped(cells_end) struct cells c;
    bool doubled = true;

    cells_init(&c, &heap, ',', true);
    EXPECT(cells_begin(&c, S("a,b\n")));
    EXPECT(!c.open);
    EXPECT(cells_next(&c));
    EXPECT_STR(cells_row(&c), S("a,b"));
    EXPECT_STR(cells_get(&c, 2, &doubled), S(""));
    EXPECT(!doubled);
    EXPECT(!cells_next(&c));
    EXPECT(cells_begin(&c, S("a,\"b\nc\n")));
    EXPECT(c.open);
    EXPECT(cells_next(&c));
    EXPECT_STR(cells_row(&c), S("a,\"b\nc\n"));
}
