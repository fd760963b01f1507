/*
 * page_preview -- writes the sample pages, to look at or as golden files.
 *   page_preview DIR            DIR/NAME.LANG.html and DIR/assets/, to serve
 *   page_preview --golden DIR   without hashes and assets
 */

#include "asset_files.h"
#include "base/arena.h"
#include "base/heap.h"
#include "page/test_sample.h"
#include "web/test_form_sample.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

static bool write_file(const char *path, str text)
{
    FILE *f = fopen(path, "wb");

    if (f == NULL) {
        perror(path);
        return false;
    }
    bool whole = fwrite(text.p, 1, text.n, f) == text.n;
    bool closed = fclose(f) == 0;
    if (!whole || !closed)
        perror(path);
    return whole && closed;
}

static bool write_page(const char *dir, const struct sample *s, enum lang l,
                       bool golden)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    char path[1000];
    str text;

    arena_init(&a, &h, 8 << 20);
    err e =
        golden ? sample_golden(&a, s, l, &text) : sample_html(&a, s, l, &text);
    if (failed(e)) {
        fprintf(stderr, "page_preview: %s: %s\n", s->name, e.info->id);
        return false;
    }
    (void)snprintf(path, sizeof path, "%s/%s.%.2s.html", dir, s->name,
                   lang_tag(l).p);
    return write_file(path, text);
}

static bool write_pages(const char *dir, const struct sample *of, size_t n,
                        bool golden)
{
    bool good = true;

    for (size_t i = 0; i < n; i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++)
            good = write_page(dir, &of[i], l, golden) && good;
    }
    return good;
}

static bool write_assets(const char *dir)
{
    char path[1000];
    bool good = true;

    (void)snprintf(path, sizeof path, "%s/assets", dir);
    if (mkdir(path, 0755) != 0 && errno != EEXIST) {
        perror(path);
        return false;
    }
    for (size_t i = 0; i < asset_files_count; i++) {
        (void)snprintf(path, sizeof path, "%s/assets/%s", dir,
                       asset_files[i].path);
        good = write_file(path, embedded_text(&asset_files[i])) && good;
    }
    return good;
}

int main(int argc, char **argv)
{
    bool golden = argc == 3 && strcmp(argv[1], "--golden") == 0;

    if (argc != 2 && !golden) {
        fprintf(stderr, "usage: page_preview [--golden] DIR\n");
        return 2;
    }
    if (!write_pages(argv[argc - 1], samples, sample_count, golden) ||
        !write_pages(argv[argc - 1], form_samples, form_sample_count, golden) ||
        !write_pages(argv[argc - 1], template_samples, template_sample_count,
                     golden))
        return 1;
    return golden || write_assets(argv[1]) ? 0 : 1;
}
