/* Which lines of a file some places are in. */

#include "service/records.h"

#include "base/arena.h"
#include "service/records_parts.h"

void records_lines_in(const struct pass_part *part, struct records_line *lines,
                      size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct records_line *l = &lines[i];

        if (l->at < part->at || l->at - part->at >= part->raw.n)
            continue;
        l->line =
            part->lines + 1 +
            source_line_ends(str_first(part->raw, (size_t)(l->at - part->at)));
    }
}

struct finding {
    struct records_line *lines;
    size_t n;
};

static bool find(void *mine, const struct pass_part *part)
{
    struct finding *f = mine;

    records_lines_in(part, f->lines, f->n);
    return true;
}

err records_lines(struct arena *a, struct heap *h,
                  const struct records_input *in,
                  const struct records_file *file, struct records_line *lines,
                  size_t n)
{
    struct finding finding = { lines, n };
    void *const each[] = { &finding };
    uint64_t replaced;

    return records_read(a, h, in, file,
                        &(struct records_reading){ 1, each, find }, &replaced);
}
