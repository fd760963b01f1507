#include "domain/test_fixture.h"

#include "base/test.h"
#include "domain/test_package_files.h"
#include "scheme/load.h"

#include <stdio.h>

str test_scheme_text(struct arena *a)
{
    return read_source_file(a, "tests/schemes/mini/scheme.yaml");
}

struct scheme *test_scheme_from(struct arena *a, str yaml)
{
    struct package_file file = { S("scheme.yaml"), yaml };
    struct package package = { &file, 1 };
    struct problem *problems = NULL;
    struct scheme *s = NULL;
    bool ok = EXPECT_OK(scheme_load(a, &package, &s, &problems));

    for (const struct problem *p = ok ? NULL : problems; p != NULL; p = p->next)
        fprintf(stderr, "    %d:%d %s\n", p->line, p->column, p->what.info->id);
    return s;
}

str test_scheme_with(struct arena *a, const char *old, const char *new)
{
    str text = test_scheme_text(a);
    size_t at = str_find(text, str_of(old));
    struct buf b;
    str out = S("");

    EXPECT_ROW(old, at < text.n);
    buf_init(&b, a, 1 << 20);
    buf_str(&b, str_first(text, at));
    buf_str(&b, str_of(new));
    buf_str(&b, str_from(text, at + strlen(old)));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}
