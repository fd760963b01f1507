#include "web/case_declare.h"

#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

enum { NAME_MOST = 60 };

bool case_declare_offers(const char *command)
{
    return strcmp(command, "eligibility.answer") == 0;
}

/* What the package wants of an item, as a form says it; empty: there is no such
 * item to be declared. */
static str wanted(const struct scheme *s, str item)
{
    for (size_t i = 0; i < s->eligibility_count; i++) {
        if (s->eligibility[i].kind == ELIGIBLE_DECLARED &&
            str_eq(s->eligibility[i].id, item))
            return s->eligibility[i].want ? S("yes") : S("no");
    }
    return S("");
}

static err name_of(struct arena *a, size_t row, const char *member, str *out)
{
    struct buf b;

    buf_init(&b, a, NAME_MOST);
    buf_printf(&b, "declarations.%d.%s", (int)row, member);
    return buf_done(&b, out);
}

/* The answer to a row that has an item and none. */
static err answer_row(const struct case_view *v, const struct form *sent,
                      size_t row, struct form_field *to, size_t *n)
{
    struct arena *a = v->rq->arena;
    str item = S("");
    str answered = S("");
    str name;

    TRY(name_of(a, row, "item", &name));
    if (!form_get(sent, name, &item))
        return OK;
    TRY(name_of(a, row, "yes", &name));
    str answer = wanted(v->file.state->scheme, item);
    if (answer.n > 0 && !form_get(sent, name, &answered))
        to[(*n)++] = (struct form_field){ name, answer };
    return OK;
}

err case_declare_rest(const struct case_view *v, const struct form *sent,
                      struct form *out)
{
    size_t rows = v->file.state->scheme->eligibility_count;
    size_t n = sent->n;
    struct form_field *all =
        arena_array(v->rq->arena, sent->n + rows, sizeof *all);

    TRY_MEMORY(all);
    for (size_t i = 0; i < sent->n; i++)
        all[i] = sent->at[i];
    for (size_t i = 0; i < rows; i++)
        TRY(answer_row(v, sent, i, all, &n));
    *out = (struct form){ all, n };
    return OK;
}
