/* problem -- a problem as a line for people. */

#include "base/buf.h"
#include "scheme/load.h"

/* Sentences about YAML itself name file and place. */
static bool names_its_place(err e)
{
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, "line") == 0)
            return true;
    }
    return false;
}

void problem_render(struct buf *out, enum lang l, const struct problem *p)
{
    if (!names_its_place(p->what))
        buf_printf(out, "%.*s:%d:%d: ", STR_ARG(p->file), p->line, p->column);
    text_err(out, l, p->what);
}
