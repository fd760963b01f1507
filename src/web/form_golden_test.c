/*
 * The pages of forms against tests/golden/pages (page/golden_test.c says how to
 * change them on purpose).
 */

#include "base/arena.h"
#include "base/test.h"
#include "web/test_form_sample.h"

#include <stdio.h>
#include <stdlib.h>

enum { GOLDEN_MAX = 256 * 1024, PAGES = 16 << 20 };

static str read_golden(struct arena *a, const char *name)
{
    const char *root = getenv("TENSTAR_ROOT");
    char path[1000];
    char *bytes = arena_zero(a, GOLDEN_MAX);

    (void)snprintf(path, sizeof path, "%s/tests/golden/pages/%s",
                   root == NULL ? "." : root, name);
    FILE *f = fopen(path, "rb");
    if (f == NULL || bytes == NULL)
        return S("no such file");
    size_t n = fread(bytes, 1, GOLDEN_MAX, f);
    (void)fclose(f);
    return (str){ bytes, n };
}

TEST(every_form_is_what_it_was_in_both_languages)
{
    for (size_t i = 0; i < form_sample_count; i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            TEST_ARENA(a, PAGES);
            char name[200];
            str got = S("");
            (void)snprintf(name, sizeof name, "%s.%.2s.html",
                           form_samples[i].name, lang_tag(l).p);
            EXPECT_ROW_OK(name, sample_golden(&a, &form_samples[i], l, &got));
            EXPECT_ROW_STR(name, got, read_golden(&a, name));
        }
    }
}

/* Scripts that are no file of ours. */
static bool has_foreign_script(str page)
{
    const str tag = S("<script");
    const str ours = S("<script src=\"/assets/");

    for (size_t at = str_find(page, tag); at < page.n;
         at = str_find(page, tag)) {
        page = str_from(page, at);
        if (!str_begins(page, ours))
            return true;
        page = str_from(page, tag.n);
    }
    return false;
}

/* [ES1] [TX1] */
TEST(no_form_has_foreign_scripts_or_shows_an_id_or_an_argument_without_its_text)
{
    for (size_t i = 0; i < form_sample_count; i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            TEST_ARENA(a, PAGES);
            str page = S("");
            EXPECT_OK(sample_html(&a, &form_samples[i], l, &page));
            EXPECT_ROW(form_samples[i].name, !has_foreign_script(page));
            EXPECT_ROW(form_samples[i].name, !str_contains(page, S("style=")));
            EXPECT_ROW(form_samples[i].name, str_index(page, '[') == page.n);
            EXPECT_ROW(form_samples[i].name, str_index(page, '{') == page.n);
        }
    }
}

static err render_all(struct heap *h, void *context)
{
    const struct sample *s = context;
    scoped(arena_end) struct arena a;
    str got;

    arena_init(&a, h, PAGES);
    return sample_html(&a, s, LANG_ZH, &got);
}

TEST(every_form_reports_every_allocation_failure)
{
    for (size_t i = 0; i < form_sample_count; i++) {
        struct sample s = form_samples[i];
        EXPECT_ROW(s.name, test_every_allocation_fails(render_all, NULL, &s));
    }
}
