#include "scheme/test_files.h"

#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILE_MAX = 1 << 20, PATH_BYTES = 1000 };

str test_file(struct arena *a, const char *path)
{
    const char *root = getenv("TENSTAR_ROOT");
    char whole[PATH_BYTES];
    char *bytes = arena_zero(a, FILE_MAX);

    (void)snprintf(whole, sizeof whole, "%s/%s", root == NULL ? "." : root,
                   path);
    FILE *f = fopen(whole, "rb");
    EXPECT_ROW(whole, f != NULL && bytes != NULL);
    if (f == NULL || bytes == NULL)
        return S("");
    size_t n = fread(bytes, 1, FILE_MAX, f);
    (void)fclose(f);
    return (str){ bytes, n };
}
