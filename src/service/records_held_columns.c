/* records_held_columns -- what the columns of a file that is held are by its
 * beginning or by all of it. */

#include "base/arena.h"
#include "base/buf.h"
#include "service/records_held_mask.h"
#include "service/records_held_parts.h"

static err show_example(struct arena *a, str cell, enum column_role role,
                        str *out)
{
    struct buf b;

    buf_init(&b, a, 4 * cell.n + HELD_MASK_ROOM);
    held_mask(&b, cell, role);
    return buf_done(&b, out);
}

static err show_columns(struct arena *a, const struct records_file *file,
                        struct held_columns *out)
{
    const struct columns *c = &file->columns;
    struct held_column *made = arena_array(a, c->n, sizeof *made);

    TRY_MEMORY(made);
    for (size_t i = 0; i < c->n; i++) {
        const struct column *from = &c->columns[i];

        made[i] = (struct held_column){ .column = *from };
        for (size_t k = 0; k < COLUMN_EXAMPLES; k++)
            TRY(show_example(a, from->content.examples[k], from->role,
                             &made[i].examples[k]));
    }
    *out = (struct held_columns){ made, c->n, file->from.workbook };
    return OK;
}

err held_columns_counted(struct arena *a, const struct held_counted *c,
                         struct held_columns *out)
{
    return show_columns(a, &c->file, out);
}

/* A mapping that is wrong must not hide what it is wrong about. */
static err open_beginning(struct arena *a, struct heap *h,
                          struct records_input *in,
                          struct records_opening **out)
{
    err e = records_open_begin(a, h, in, out);

    if (!err_is(e, ERR_INVALID) || in->map.n == 0)
        return e;
    in->map = S("");
    return records_open_begin(a, h, in, out);
}

static err find(struct app *app, struct arena *a, const struct held_row_of *row,
                struct held_columns *out)
{
    scoped(records_opening_end) struct records_opening *o = NULL;
    scoped(held_reader_end) struct held_reader reader = { 0 };
    struct sheet_asked asked;

    TRY(held_asked_read(a, row->name, row->asked, &asked));
    TRY(held_reader_begin(app, a, row, &reader));
    struct records_input in = held_input(row, &asked, &reader);
    TRY(open_beginning(a, app_world_of(app)->heap, &in, &o));
    return show_columns(a, records_opening_file(o), out);
}

err held_columns_begun(struct app *app, struct arena *a,
                       const struct held_of *of, id file,
                       struct held_columns *out)
{
    struct held_row_of row;

    TRY(held_find(app, a, of, file, &row));
    TRY(held_check_whole(a, &row));
    return find(app, a, &row, out);
}
