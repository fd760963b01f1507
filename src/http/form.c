#include "http/form.h"

#include "base/arena.h"
#include "http/percent.h"

static err decode(struct arena *a, str raw, size_t field, str *out)
{
    char *p = arena_zero(a, raw.n);
    size_t n;

    TRY_MEMORY(p);
    if (!percent_decode(raw, true, p, &n))
        return err_new(a, ERR_INVALID, "form.percent", ARG_INT("field", field));
    if (!percent_is_text((str){ p, n }, PERCENT_LINES))
        return err_new(a, ERR_INVALID, "form.text", ARG_INT("field", field));
    *out = (str){ p, n };
    return OK;
}

/* Empty pieces, as in "a=1&&b=2", are nothing. */
static size_t count_pieces(str bytes)
{
    size_t n = 0;

    while (bytes.p != NULL)
        n += str_cut(&bytes, '&').n > 0;
    return n;
}

err form_parse(struct arena *a, str bytes, struct form *out)
{
    size_t n = count_pieces(bytes);
    size_t i = 0;

    if (n > FORM_FIELDS)
        return err_new(a, ERR_LIMIT, "form.many",
                       ARG_INT("limit", FORM_FIELDS));
    struct form_field *fields = arena_array(a, n, sizeof *fields);
    TRY_MEMORY(fields);

    while (bytes.p != NULL) {
        str value = str_cut(&bytes, '&');
        if (value.n == 0)
            continue;
        str name = str_cut(&value, '=');
        TRY(decode(a, name, i + 1, &fields[i].name));
        TRY(decode(a, value, i + 1, &fields[i].value));
        i++;
    }
    *out = (struct form){ fields, n };
    return OK;
}

bool form_get(const struct form *f, str name, str *out)
{
    const struct form_field *found = NULL;

    for (size_t i = 0; i < f->n; i++) {
        if (!str_eq(f->at[i].name, name))
            continue;
        if (found != NULL)
            return false;
        found = &f->at[i];
    }
    if (found == NULL)
        return false;
    *out = found->value;
    return true;
}
