/* records_held_seek -- the rows of a file that is held, read where they stand.
 * [HL1] */

#include "base/arena.h"
#include "base/buf.h"
#include "service/records_held_look.h"
#include "sys/charset.h"

enum {
    GROWS = 3, /* bytes of UTF-8 for one of GB18030, */
    SPARE = 64,
    PART_MAX = 2 * SOURCE_PIECE + SOURCE_ROW_MAX,
    SLICE_ARENA = (GROWS + 2) * PART_MAX,
};

/* Some bytes of it at a time. */
struct slices {
    struct held_reader reader;
    struct arena arena; /* of the last one */
    struct charset charset;
    bool turned; /* they are turned into UTF-8 */
};

bool held_seeks(const struct held_counted *c)
{
    enum layout_charset charset = c->file.charset;

    return c->figures->places != NULL && !c->file.from.workbook &&
           charset != CHARSET_UTF16LE && charset != CHARSET_UTF16BE;
}

static void slices_end(struct slices *s)
{
    charset_end(&s->charset);
    if (s->arena.heap != NULL)
        arena_end(&s->arena);
    held_reader_end(&s->reader);
}

static err slices_begin(struct app *app, struct arena *a,
                        const struct held_row_of *row,
                        const struct held_counted *c, struct slices *out)
{
    out->turned = c->file.charset == CHARSET_GB18030;
    arena_init(&out->arena, app_world_of(app)->heap, SLICE_ARENA);
    TRY(held_reader_begin(app, a, row, &out->reader));
    return out->turned ? charset_begin(a, &out->charset) : OK;
}

static err turn(struct slices *s, str raw, str *text)
{
    struct buf b;

    buf_init(&b, &s->arena, GROWS * raw.n + SPARE);
    charset_feed(&s->charset, raw, &b);
    return buf_done(&b, text);
}

/* What stands at a place, until the next one is read. */
static err read_slice(struct slices *s, struct arena *a,
                      const struct place_found *from, struct pass_part *out)
{
    struct source_reader *r = &s->reader.reader;
    size_t got = 0;
    char *p;

    arena_reset(&s->arena);
    p = arena_zero(&s->arena, (size_t)from->n);
    TRY_MEMORY(p);
    TRY(r->read(r, a, from->at, p, (size_t)from->n, &got));
    *out = (struct pass_part){
        .text = { p, got },
        .raw = { p, got },
        .at = from->at,
        .lines = from->lines,
    };
    return s->turned ? err_keep(a, turn(s, out->raw, &out->text)) : OK;
}

/* --- rows ---------------------------------------------------------------- */

static err add_at(struct held_looking *k, struct slices *s,
                  const struct place_found *at)
{
    struct pass_part part;

    TRY(read_slice(s, k->a, at, &part));
    return held_looking_add(k, at->lines + 1, part.text) ? OK : k->why;
}

/* Rows that are kept. */
static err seek_group(struct held_looking *k, struct slices *s)
{
    const struct places *p = k->counted->figures->places;
    struct place_found *at =
        arena_array(k->a, (size_t)HELD_ROWS_MAX + 1, sizeof *at);
    size_t n;

    TRY_MEMORY(at);
    n = places_group(p, &k->group, k->asked->after, at,
                     (size_t)HELD_ROWS_MAX + 1);
    for (size_t i = 0; i < n && i < HELD_ROWS_MAX; i++)
        TRY(add_at(k, s, &at[i]));
    if (n > HELD_ROWS_MAX)
        k->next = k->found[HELD_ROWS_MAX - 1].line;
    return OK;
}

/* Of more rows than are kept: from the part on in which the look goes on. */
static err seek_parts(struct held_looking *k, struct slices *s)
{
    const struct places *p = k->counted->figures->places;
    scoped(held_scanning_end) struct held_scanning *scanning = NULL;
    size_t i = places_part_line(p, k->asked->after + 1);

    TRY(held_scanning_begin(k, &scanning));
    for (i = i < places_parts(p) ? i : 0; i < places_parts(p); i++) {
        const struct place_found at = places_part_of(p, i);
        struct pass_part part;

        TRY(read_slice(s, k->a, &at, &part));
        if (held_scanning_part(scanning, &part))
            continue;
        TRY(k->why);
        TRY_MEMORY(held_scanning_over(scanning));
        return OK;
    }
    return OK;
}

/* A line that no ticket was made of is looked for in its part. */
static err seek_line(struct held_looking *k, struct slices *s, uint64_t line)
{
    const struct places *p = k->counted->figures->places;
    size_t i = places_part_line(p, line);
    struct place_found at;
    struct pass_part part;

    if (places_line(p, line, &at))
        return add_at(k, s, &at);
    if (i == places_parts(p))
        return OK;
    at = places_part_of(p, i);
    TRY(read_slice(s, k->a, &at, &part));
    return held_looking_line(k, &part, line) ? OK : k->why;
}

static err seek_lines(struct held_looking *k, struct slices *s)
{
    for (size_t i = 0; i < k->asked->lines_n; i++)
        TRY(seek_line(k, s, k->asked->lines[i]));
    return OK;
}

err held_seek(struct held_looking *k)
{
    scoped(slices_end) struct slices s = { .turned = false };

    TRY(slices_begin(k->app, k->a, k->row, k->counted, &s));
    if (k->asked->lines != NULL)
        return seek_lines(k, &s);
    return places_keeps(k->counted->figures->places) ? seek_group(k, &s)
                                                     : seek_parts(k, &s);
}

/* --- lines --------------------------------------------------------------- */

/* Is one of these places in the part? */
static bool has_any(const struct place_found *part,
                    const struct records_line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (lines[i].at >= part->at && lines[i].at - part->at < part->n)
            return true;
    }
    return false;
}

err held_seek_lines(struct app *app, struct arena *a,
                    const struct held_row_of *row, const struct held_counted *c,
                    struct records_line *lines, size_t n)
{
    scoped(slices_end) struct slices s = { .turned = false };
    const struct places *p = c->figures->places;

    TRY(slices_begin(app, a, row, c, &s));
    for (size_t i = 0; i < places_parts(p); i++) {
        const struct place_found at = places_part_of(p, i);
        struct pass_part part;

        if (!has_any(&at, lines, n))
            continue;
        TRY(read_slice(&s, a, &at, &part));
        records_lines_in(&part, lines, n);
    }
    return OK;
}
