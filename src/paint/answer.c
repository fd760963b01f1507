#include "paint/answer.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/canonical.h"
#include "codec/json.h"

enum { WRITTEN_MOST = 1 << 20, ARGS_MOST = 8, LIBRARY = 0 };

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

/* What a worker may say, and the arguments it says it with. [AW1] */
static const struct said {
    const char *id;
    enum err_code code;
    const char *args[4]; /* NULL-ended; one that begins with # is a number */
} said[] = {
    [LIBRARY] = { "paint.library", ERR_IO, { "why" } },
    { "paint.glyph", ERR_INVALID, { "character", "code", "field" } },
    { "paint.room", ERR_LIMIT, { "number" } },
    { "paint.code", ERR_LIMIT, { "#bytes" } },
    { "paint.picture", ERR_INVALID, { "what" } },
    { "paint.fonts", ERR_IO, { "folder" } },
    { "sandbox.refused", ERR_IO, { "#number" } },
    { "buf.limit", ERR_LIMIT, { "#limit" } },
    { "pdf.form", ERR_INVALID, { "#at" } },
};

static const struct err_arg *argument(err e, const char *name)
{
    const struct err_arg *x = e.info->args;

    while (x->name != NULL && strcmp(x->name, name) != 0)
        x++;
    return x;
}

static struct json *args_json(struct arena *a, const struct said *s, err e)
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

static err write(struct arena *a, const struct said *s, err e, str *out)
{
    struct json *j = json_new_object(a);

    json_set(j, S("id"), json_new_str(a, str_of(s->id)));
    json_set(j, S("args"), args_json(a, s, e));
    return json_text(a, j, WRITTEN_MOST, out);
}

/* Of an error that is none of ours the id is all that is said. */
err answer_write(struct arena *a, err e, str *out)
{
    err other =
        err_new(a, ERR_IO, "paint.library", ARG_STR("why", str_of(e.info->id)));

    for (size_t i = 0; i < COUNT(said); i++) {
        if (strcmp(said[i].id, e.info->id) == 0)
            return write(a, &said[i], e, out);
    }
    return write(a, &said[LIBRARY], other, out);
}

static err unreadable(struct arena *a)
{
    return err_new(a, ERR_CORRUPT, "paint.answer");
}

static err make(struct arena *a, const struct said *s, const struct json *args)
{
    struct err_arg list[ARGS_MOST] = { 0 };
    size_t n = 0;

    for (const char *const *name = s->args; *name != NULL; name++) {
        const struct json *j = json_get(args, str_of(*name));

        if (j == NULL)
            return unreadable(a);
        list[n++] = **name == '#' && j->kind == JSON_INT
                        ? (struct err_arg)ARG_INT(*name + 1, j->number)
                        : (struct err_arg)ARG_STR(*name, j->text);
    }
    return (err){ err_make(a, s->code, s->id, ERR_HERE, list) };
}

err answer_read(struct arena *a, str text)
{
    struct json *j;
    str id;

    TRY(json_parse(a, text, &j));
    id = json_get_str(j, S("id"));
    for (size_t i = 0; i < COUNT(said); i++) {
        if (str_eq(id, str_of(said[i].id)))
            return make(a, &said[i], json_get(j, S("args")));
    }
    return unreadable(a);
}
