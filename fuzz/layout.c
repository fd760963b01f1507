/* Any bytes as the beginning of a table, cut or not, as the first byte says:
 * its encoding is one, and a layout points into it. [LA1] [LA3] */

#include "base/check.h"
#include "codec/utf8.h"
#include "records/layout.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static int64_t lines_before(str text, size_t at)
{
    int64_t line = 1;

    for (size_t i = 0; i < at; i++)
        line += text.p[i] == '\n';
    return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct layout l = { 0 };
    size_t mark = 0;

    if (n == 0)
        return 0;

    str text = { (const char *)bytes + 1, n - 1 };
    bool whole = bytes[0] % 2 == 0;
    enum layout_charset charset = layout_charset(text, whole, &mark);

    check(mark <= text.n);
    /* What is well-formed has an encoding, also when it is cut anywhere. */
    check(!whole || !utf8_is_text(text) || charset == CHARSET_UTF8);
    text = str_from(text, mark);
    if (!layout_find(text, whole, &l))
        return 0;
    check(l.fields >= 1 && l.table <= l.data && l.data <= text.n);
    check(l.table_line == lines_before(text, l.table));
    check(l.data_line == lines_before(text, l.data));
    return 0;
}
