#ifndef RECORDS_TEST_COLUMNS_H
#define RECORDS_TEST_COLUMNS_H

/* test_columns -- small tables as text, for tests. */

#include "base/test.h"
#include "codec/csv.h"
#include "records/columns.h"

enum { TEST_ROWS = 120 };

struct test_table {
    struct csv_row header;
    struct csv_row rows[TEST_ROWS];
    size_t n;
};

/* Comma-separated rows, the first of which is the header. */
static inline void test_table_read(struct arena *a, const char *text,
                                   struct test_table *out)
{
    struct csv c;
    bool found = false;

    *out = (struct test_table){ 0 };
    csv_init(&c, str_of(text), ',');
    EXPECT_OK(csv_next(&c, a, &out->header, &found));
    while (found && out->n < TEST_ROWS) {
        EXPECT_OK(csv_next(&c, a, &out->rows[out->n], &found));
        out->n += found;
    }
}

/* What its columns are, by the dictionary that is built in. */
static inline void test_columns(struct arena *a, const struct test_table *t,
                                const struct column_given *given,
                                struct columns *out)
{
    const struct column_book *b = NULL;

    EXPECT_OK(column_book_own(a, &b));
    const struct column_sample s = { &t->header, t->rows, t->n };
    EXPECT_OK(columns_find(a, b, &s, given, out));
}

#endif
