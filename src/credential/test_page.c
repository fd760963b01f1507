#include "credential/test_page.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

str test_page_of(struct arena *a, const char *const *bodies, size_t n)
{
    size_t offsets[8];
    size_t table;
    struct buf b;
    str out = S("");

    buf_init(&b, a, 1 << 16);
    buf_str(&b, S("%PDF-1.5\n%\xB5\xED\xAE\xFB\n"));
    for (size_t i = 0; i < n; i++) {
        offsets[i] = buf_view(&b).n;
        buf_printf(&b, "%zu 0 obj\n%s\nendobj\n", i + 1, bodies[i]);
    }
    table = buf_view(&b).n;
    buf_printf(&b, "xref\n0 %zu\n0000000000 65535 f \n", n + 1);
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%010zu 00000 n \n", offsets[i]);
    buf_printf(&b,
               "trailer\n<< /Size %zu\n   /Root 1 0 R\n>>\nstartxref\n%zu\n"
               "%%%%EOF\n",
               n + 1, table);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static const char *const one_page[TEST_PAGE_OBJECTS] = {
    "<< /Type /Catalog\n   /Pages 2 0 R\n>>",
    "<< /Type /Pages\n   /Kids [ 3 0 R ]\n   /Count 1\n>>",
    "<< /Type /Page % 4\n   /Parent 2 0 R\n   /MediaBox [ 0 0 10 10 ]\n>>",
};

str test_page(struct arena *a)
{
    return test_page_of(a, one_page, TEST_PAGE_OBJECTS);
}
