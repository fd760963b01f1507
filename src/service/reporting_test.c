/* What the statements of the store know of reports. [M20] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"
#include "filing/filing.h"
#include "sys/files.h"

enum { SQL_MAX = 1 << 20 };

/* The statements name the events that a report tells of, and no others. */
TEST(the_statements_count_what_a_report_tells_of)
{
    struct file_ops files = FILE_SYSTEM;
    TEST_ARENA(a, 1 << 20);
    str text = S("");
    size_t names = 0;

    EXPECT_OK(
        file_read(&files, &a, S("sql/query/journal.sql"), SQL_MAX, &text));
    /* both stand last, behind those that ask for other events */
    text = str_from(text, str_find(text, S("-- name: stream_list_active")));
    for (size_t i = 0; filing_events[i] != NULL; i++) {
        struct buf b;
        str quoted;
        size_t first;

        buf_init(&b, &a, 100);
        buf_printf(&b, "'%s'", filing_events[i]);
        EXPECT_OK(buf_done(&b, &quoted));
        first = str_find(text, quoted);
        EXPECT_ROW(filing_events[i], first < text.n);
        EXPECT_ROW(filing_events[i],
                   str_contains(str_from(text, first + 1), quoted));
    }
    for (size_t i = 0; i < text.n; i++)
        names += text.p[i] == '\'';
    EXPECT(names == (size_t)4 * 14); /* two quotes each, in two statements */
}
