#include "domain/test_package_files.h"

#include "base/test.h"
#include "scheme/test_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { PATH_BYTES = 1000, FILES_MAX = 300 };

str read_source_file(struct arena *a, const char *path)
{
    return test_file(a, path);
}

/* Add ROOT/schemes/NAME/path to the package. */
static void add_file(struct arena *a, const char *name, const char *path,
                     struct package *p, struct package_file *files)
{
    char whole[PATH_BYTES];
    struct package_file *f = &files[p->n];

    (void)snprintf(whole, sizeof whole, "schemes/%s/%s", name, path);
    f->bytes = test_file(a, whole);
    if (arena_str(a, str_of(path), &f->path))
        p->n++;
}

struct package read_source_package(struct arena *a, const char *name)
{
    struct package_file *files = arena_array(a, FILES_MAX, sizeof *files);
    const char *root = getenv("TENSTAR_ROOT");
    struct package p = { files, 0 };
    char path[PATH_BYTES];
    struct dirent *e;

    (void)snprintf(path, sizeof path, "%s/schemes/%s/golden",
                   root == NULL ? "." : root, name);
    DIR *d = opendir(path);
    EXPECT_ROW(path, d != NULL && files != NULL);
    if (d == NULL || files == NULL)
        return p;
    add_file(a, name, "scheme.yaml", &p, files);
    while (p.n < FILES_MAX && (e = readdir(d)) != NULL) {
        (void)snprintf(path, sizeof path, "golden/%s", e->d_name);
        if (e->d_name[0] != '.')
            add_file(a, name, path, &p, files);
    }
    (void)closedir(d);
    return p;
}

struct scheme *load_source_scheme(struct arena *a, const char *name)
{
    struct package p = read_source_package(a, name);
    struct problem *problems = NULL;
    struct scheme *s = NULL;
    bool ok = EXPECT_ROW_OK(name, scheme_load(a, &p, &s, &problems));

    for (const struct problem *x = problems; !ok && x != NULL; x = x->next)
        fprintf(stderr, "    schemes/%s/%.*s:%d:%d %s\n", name,
                STR_ARG(x->file), x->line, x->column, x->what.info->id);
    return s;
}
