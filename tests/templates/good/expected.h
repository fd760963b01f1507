/* Made by tools/templates.py from templates/: what each page is filled from.
 * Texts are plain; rendering escapes them.  Everything is borrowed. */

#ifndef TEMPLATES_H
#define TEMPLATES_H

#include "base/day.h"
#include "base/str.h"
#include "text/text.h"

#include <stddef.h>
#include <stdint.h>

struct buf;

struct page_base {
    str title;
};

struct page_other {
    str name;
};

void page_other_render(struct buf *out, enum lang lang,
    const struct page_other *page);

struct page_page_rows {
    str name;
    day until;
};

struct page_page {
    struct page_base base;
    str name;
    str home;
    int64_t count;
    day on;
    int64_t fee; /* fen */
    int64_t mark; /* hundredths */
    int64_t share; /* basis points */
    const char *kind; /* of a text */
    bool shown;
    struct page_other other;
    const struct page_tree *trees;
    size_t trees_n;
    const struct page_page_rows *rows;
    size_t rows_n;
};

void page_page_render(struct buf *out, enum lang lang,
    const struct page_page *page);

struct page_tree {
    str name;
    const struct page_tree *inner;
    size_t inner_n;
};

void page_tree_render(struct buf *out, enum lang lang,
    const struct page_tree *page);

#endif
