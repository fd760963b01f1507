/*
 * The sample pages against tests/golden/pages.  To change them on purpose:
 * build/page_preview --golden tests/golden/pages, and read the difference.
 */

#include "page/test_sample.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

enum { GOLDEN_MAX = 256 * 1024 };

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

static void expect_golden(const struct sample *s, enum lang l)
{
    TEST_ARENA(a, 8 << 20);
    char name[200];
    str got = S("");

    (void)snprintf(name, sizeof name, "%s.%.2s.html", s->name, lang_tag(l).p);
    EXPECT_ROW_OK(name, sample_golden(&a, s, l, &got));
    EXPECT_ROW_STR(name, got, read_golden(&a, name));
}

static void expect_all_golden(const struct sample *of, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++)
            expect_golden(&of[i], l);
    }
}

TEST(every_page_is_what_it_was_in_both_languages)
{
    expect_all_golden(samples, sample_count);
}

/* Of staff: case pages, registers, the planner and all others. */
TEST(every_page_of_staff_is_what_it_was_full_and_empty)
{
    expect_all_golden(template_samples, template_sample_count);
}

/* How often it stands there. */
static size_t times(str text, str what)
{
    size_t n = 0;

    for (; str_contains(text, what); n++)
        text = str_from(text, str_find(text, what) + what.n);
    return n;
}

/* The page that verifies has its script in it; a self-check names one, and what
 * answers while one types two. */
static size_t scripts(const char *name)
{
    if (str_begins(str_of(name), S("home")) ||
        str_begins(str_of(name), S("directory")))
        return 2;
    return strcmp(name, "verify") == 0 || strcmp(name, "mirror") == 0 ||
           strcmp(name, "check") == 0 || strcmp(name, "check_more") == 0 ||
           strcmp(name, "check_result") == 0;
}

/* [ES1] Only our own templates open elements. */
TEST(a_hostile_page_has_the_elements_of_a_harmless_one)
{
    for (size_t i = 0; i < sample_count; i++) {
        TEST_ARENA(a, 8 << 20);
        str page = S("");

        EXPECT_OK(sample_html(&a, &samples[i], LANG_EN, &page));
        EXPECT_ROW(samples[i].name,
                   times(page, S("<script")) == scripts(samples[i].name));
        EXPECT_OK(sample_bare(&a, &samples[i], LANG_EN, &page));
        EXPECT_ROW(samples[i].name, !str_contains(page, S("\"javascript:")));
        EXPECT_ROW(samples[i].name, !str_contains(page, S("style=")));
    }
}

/* What htmx is told is in signs of its own (templates/typing.html). */
static bool holds(str page, char sign)
{
    size_t config = str_find(page, S("<meta name=\"htmx-config\""));
    str rest = str_from(page, config);

    rest = str_from(rest, str_find(rest, S(">")));
    page = str_first(page, config);
    return str_index(page, sign) < page.n || str_index(rest, sign) < rest.n;
}

/* [TX1] */
TEST(no_page_shows_an_id_or_an_argument_without_its_text)
{
    for (size_t i = 0; i < sample_count; i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            TEST_ARENA(a, 8 << 20);
            str page = S("");
            EXPECT_OK(sample_bare(&a, &samples[i], l, &page));
            EXPECT_ROW(samples[i].name, !holds(page, '['));
            EXPECT_ROW(samples[i].name, !holds(page, '{'));
        }
    }
}

static err render_all(struct heap *h, void *context)
{
    const struct sample *s = context;
    scoped(arena_end) struct arena a;
    str got;

    arena_init(&a, h, 8 << 20);
    return sample_html(&a, s, LANG_ZH, &got);
}

TEST(every_page_reports_every_allocation_failure)
{
    for (size_t i = 0; i < sample_count; i++) {
        struct sample s = samples[i];
        EXPECT_ROW(s.name, test_every_allocation_fails(render_all, NULL, &s));
    }
}
