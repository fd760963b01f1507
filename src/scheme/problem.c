/* problem -- a problem as a line for people. */

#include "base/buf.h"
#include "scheme/load.h"

/* What is no YAML names file and place itself (text_err()). */
static bool names_its_place(err e)
{
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, "line") == 0)
            return true;
    }
    return false;
}

void problem_render(struct buf *out, enum lang l, str folder,
                    const struct problem *p)
{
    if (folder.n > 0) {
        buf_str(out, folder);
        buf_char(out, '/');
    }
    if (!names_its_place(p->what)) {
        buf_str(out, p->file);
        buf_printf(out, ":%d:%d: ", p->line, p->column);
    }
    text_err(out, l, p->what);
}
