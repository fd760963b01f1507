#include "codec/answer.h"

#include "base/arena.h"
#include "codec/canonical.h"
#include "codec/json.h"

enum { WRITTEN_MOST = 1 << 20, ARGS_MOST = 8 };

void answer_put_size(unsigned char to[static 4], size_t n)
{
    for (int i = 0; i < 4; i++)
        to[i] = (unsigned char)(n >> (24 - 8 * i));
}

size_t answer_size(const unsigned char from[static 4])
{
    size_t n = 0;

    for (int i = 0; i < 4; i++)
        n = n << 8 | from[i];
    return n;
}

static const struct err_arg *argument(err e, const char *name)
{
    const struct err_arg *x = e.info->args;

    while (x->name != NULL && strcmp(x->name, name) != 0)
        x++;
    return x;
}

static struct json *args_json(struct arena *a, const struct answer_said *s,
                              err e)
{
    struct json *j = json_new_object(a);

    for (const char *const *name = s->args; *name != NULL; name++) {
        bool number = **name == '#';
        const struct err_arg *x = argument(e, number ? *name + 1 : *name);

        json_set(j, str_of(*name),
                 number ? json_new_int(a, x->number)
                        : json_new_str(a, x->text));
    }
    return j;
}

static err write(struct arena *a, const struct answer_said *s, err e, str *out)
{
    struct json *j = json_new_object(a);

    json_set(j, S("id"), json_new_str(a, str_of(s->id)));
    json_set(j, S("args"), args_json(a, s, e));
    return json_text(a, j, WRITTEN_MOST, out);
}

/* Of an error that is none of theirs the id is all that is said. */
err answer_write(struct arena *a, const struct answer_words *w, err e, str *out)
{
    err other = err_new(a, w->said[0].code, w->said[0].id,
                        ARG_STR("why", str_of(e.info->id)));

    for (size_t i = 0; i < w->n; i++) {
        if (strcmp(w->said[i].id, e.info->id) == 0)
            return write(a, &w->said[i], e, out);
    }
    return write(a, &w->said[0], other, out);
}

static err nonsense(struct arena *a, const struct answer_words *w)
{
    return err_new(a, ERR_CORRUPT, w->nonsense);
}

static err make(struct arena *a, const struct answer_words *w,
                const struct answer_said *s, const struct json *args)
{
    struct err_arg list[ARGS_MOST] = { 0 };
    size_t n = 0;

    for (const char *const *name = s->args; *name != NULL; name++) {
        const struct json *j = json_get(args, str_of(*name));
        bool number = **name == '#';

        if (j == NULL || j->kind != (number ? JSON_INT : JSON_STR))
            return nonsense(a, w);
        list[n++] = number ? (struct err_arg)ARG_INT(*name + 1, j->number)
                           : (struct err_arg)ARG_STR(*name, j->text);
    }
    return (err){ err_make(a, s->code, s->id, ERR_HERE, list) };
}

err answer_read(struct arena *a, const struct answer_words *w, str text)
{
    struct json *j;
    str id;
    err e = json_parse(a, text, &j);

    if (err_is(e, ERR_MEMORY))
        return e;
    if (failed(e))
        return nonsense(a, w);
    id = json_get_str(j, S("id"));
    for (size_t i = 0; i < w->n; i++) {
        if (str_eq(id, str_of(w->said[i].id)))
            return make(a, w, &w->said[i], json_get(j, S("args")));
    }
    return nonsense(a, w);
}
