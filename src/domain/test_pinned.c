#include "domain/test_pinned.h"

#include "base/arena.h"
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

enum { PATH_BYTES = 1000, TEXT_MOST = 1 << 20 };

static void path_of(char out[static PATH_BYTES], const char *name)
{
    const char *root = getenv("TENSTAR_ROOT");

    (void)snprintf(out, PATH_BYTES, "%s/tests/golden/%s",
                   root == NULL ? "." : root, name);
}

str pinned_text(struct arena *a, const char *name)
{
    char path[PATH_BYTES];
    char *bytes = arena_zero(a, TEXT_MOST);

    path_of(path, name);
    FILE *f = fopen(path, "rb");
    if (f == NULL || bytes == NULL)
        return S("");
    size_t n = fread(bytes, 1, TEXT_MOST, f);
    (void)fclose(f);
    return (str){ bytes, n };
}

static void write_it(const char *name, str text)
{
    const char *wish = getenv("TENSTAR_GOLDEN");
    char path[PATH_BYTES];

    if (wish == NULL || strcmp(wish, "write") != 0)
        return;
    path_of(path, name);
    FILE *f = fopen(path, "wb");
    EXPECT_ROW(path, f != NULL && fwrite(text.p, 1, text.n, f) == text.n);
    EXPECT_ROW(path, f != NULL && fclose(f) == 0);
}

void expect_pinned(struct arena *a, const char *name, str got)
{
    str want = pinned_text(a, name);

    if (str_eq(got, want))
        return;
    EXPECT_ROW_STR(name, got, want);
    write_it(name, got);
}
