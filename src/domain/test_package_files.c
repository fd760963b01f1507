#include "domain/test_package_files.h"

#include "base/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { FILE_MAX = 1 << 20, PATH_BYTES = 1000 };

static void source_path(const char *path, char out[static PATH_BYTES])
{
    const char *root = getenv("TENSTAR_ROOT");

    (void)snprintf(out, PATH_BYTES, "%s/%s", root == NULL ? "." : root, path);
}

str read_source_file(struct arena *a, const char *path)
{
    char whole[PATH_BYTES];
    char *bytes = arena_zero(a, FILE_MAX);

    source_path(path, whole);
    FILE *f = fopen(whole, "rb");
    EXPECT_ROW(whole, f != NULL && bytes != NULL);
    if (f == NULL || bytes == NULL)
        return S("");
    size_t n = fread(bytes, 1, FILE_MAX, f);
    (void)fclose(f);
    return (str){ bytes, n };
}

struct scheme *load_source_scheme(struct arena *a, const char *name)
{
    char path[PATH_BYTES];
    struct problem *problems;
    struct scheme *s = NULL;

    (void)snprintf(path, sizeof path, "schemes/%s/scheme.yaml", name);
    struct package_file file = { S("scheme.yaml"), read_source_file(a, path) };
    struct package package = { &file, 1 };
    bool ok = EXPECT_ROW_OK(name, scheme_load(a, &package, &s, &problems));
    for (const struct problem *p = ok ? NULL : problems; p != NULL; p = p->next)
        fprintf(stderr, "    %s:%d:%d %s\n", path, p->line, p->column,
                p->what.info->id);
    return s;
}

static int by_bytes(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

size_t list_source_folder(struct arena *a, const char *path, str *out,
                          size_t most)
{
    char whole[PATH_BYTES];
    struct dirent *e;
    size_t n = 0;

    source_path(path, whole);
    DIR *d = opendir(whole);
    EXPECT_ROW(whole, d != NULL);
    while (d != NULL && n < most && (e = readdir(d)) != NULL) {
        if (e->d_name[0] != '.' && arena_str(a, str_of(e->d_name), &out[n]))
            n++;
    }
    if (d != NULL)
        (void)closedir(d);
    qsort(out, n, sizeof *out, by_bytes);
    return n;
}
