/* records_held_screens -- which lines of a file that is held its screens point
 * at: a screen knows places (records/screens.h), people read lines. */

#include "base/arena.h"
#include "service/records_held_look.h"

/* The places of all screens, one after the other. */
static size_t put_places(const struct screen_result *results,
                         struct records_line *out)
{
    size_t n = 0;

    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        for (size_t row = 0; row < results[i].rows_n; row++)
            out[n++].at = results[i].rows[row];
    }
    return n;
}

static void take_lines(const struct screen_result *results,
                       const struct records_line *lines,
                       struct held_drawn out[static SCREEN_COUNT])
{
    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        out[i].n = 0;
        for (size_t row = 0; row < results[i].rows_n; row++, lines++) {
            if (lines->line > 0)
                out[i].lines[out[i].n++] = lines->line;
        }
    }
}

/* From the front. [HL2] */
static err scan_lines(struct app *app, struct arena *a,
                      const struct held_row_of *row,
                      const struct held_counted *c, struct records_line *lines,
                      size_t n)
{
    scoped(held_reader_end) struct held_reader reader = { 0 };
    struct records_file file = c->file;
    struct sheet_asked asked = held_usual();

    TRY(held_reader_begin(app, a, row, &reader));
    struct records_input in = held_input(row, &asked, &reader);
    file.from.reader = &reader.reader;
    return records_lines(a, app_world_of(app)->heap, &in, &file, lines, n);
}

/* Nothing is read where rows are kept. */
static void take_kept(const struct places *p, struct records_line *lines,
                      size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct place_found at;

        if (places_at(p, lines[i].at, &at))
            lines[i].line = at.lines + 1;
    }
}

static err find_lines(struct app *app, struct arena *a,
                      const struct held_row_of *row,
                      const struct held_counted *c, struct records_line *lines,
                      size_t n)
{
    const struct places *p = c->figures->places;

    if (p != NULL && places_keeps(p)) {
        take_kept(p, lines, n);
        return OK;
    }
    return held_seeks(c) ? held_seek_lines(app, a, row, c, lines, n)
                         : scan_lines(app, a, row, c, lines, n);
}

static err draw(struct app *app, struct arena *a, const struct held_row_of *row,
                const struct held_counted *c,
                struct held_drawn out[static SCREEN_COUNT])
{
    const struct screen_result *results = c->figures->screens;
    struct records_line *lines =
        arena_array(a, (size_t)SCREEN_COUNT * SCREEN_ROWS, sizeof *lines);
    size_t n;

    TRY_MEMORY(lines);
    n = put_places(results, lines);
    if (n > 0)
        TRY(find_lines(app, a, row, c, lines, n));
    take_lines(results, lines, out);
    return OK;
}

err held_drawn_rows(struct app *app, struct arena *a, const struct held_of *of,
                    id file, struct held_drawn out[static SCREEN_COUNT])
{
    const struct held_counted *c = NULL;
    struct held_row_of row;

    if (!held_may_screen(of))
        return err_new(a, ERR_DENIED, "records.not_yours");
    TRY(held_find(app, a, of, file, &row));
    TRY(held_counted(app, a, of, file, &c));
    err e = c->figures->screens == NULL
                ? err_new(a, ERR_BUSY, "records.counting")
                : draw(app, a, &row, c, out);
    held_give(app, &c);
    return e;
}
