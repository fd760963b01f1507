#include "base/err.h"

#include "base/arena.h"
#include "base/check.h"

static const struct err_arg no_args[] = { { 0 } };

const struct err_info err_memory_info = {
    .code = ERR_MEMORY,
    .id = "err.memory",
    .where = "",
    .args = no_args,
};

static bool copy_args(struct arena *a, const struct err_arg *from,
                      const struct err_arg **out)
{
    size_t n = 0;

    while (from[n].name != NULL)
        n++;

    struct err_arg *to = arena_array(a, n + 1, sizeof *to);
    if (to == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        to[i] = from[i];
        if (!arena_str(a, from[i].text, &to[i].text) ||
            !arena_str(a, from[i].text_en, &to[i].text_en))
            return false;
    }
    *out = to;
    return true;
}

const struct err_info *err_make(struct arena *a, enum err_code code,
                                const char *id, const char *where,
                                const struct err_arg *args)
{
    struct err_info *info = arena_zero(a, sizeof *info);
    const struct err_arg *copy;

    if (info == NULL || !copy_args(a, args, &copy))
        return &err_memory_info;
    *info = (struct err_info){ code, id, where, copy };
    return info;
}

err err_keep(struct arena *a, err e)
{
    if (!failed(e) || e.info->code == ERR_MEMORY)
        return e;
    return (err){ err_make(a, e.info->code, e.info->id, e.info->where,
                           e.info->args) };
}

str err_code_name(enum err_code code)
{
    static const str names[ERR_CODE_COUNT] = {
        [ERR_INVALID] = S_INIT("invalid"),
        [ERR_REFUSED] = S_INIT("refused"),
        [ERR_NOT_FOUND] = S_INIT("not_found"),
        [ERR_CONFLICT] = S_INIT("conflict"),
        [ERR_DENIED] = S_INIT("denied"),
        [ERR_BUSY] = S_INIT("busy"),
        [ERR_LIMIT] = S_INIT("limit"),
        [ERR_IO] = S_INIT("io"),
        [ERR_CORRUPT] = S_INIT("corrupt"),
        [ERR_MEMORY] = S_INIT("memory"),
    };

    check(code >= 0 && code < ERR_CODE_COUNT);
    return names[code];
}

str err_arg_text(err e, const char *name)
{
    if (!failed(e))
        return S("");
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, name) == 0)
            return g->text;
    }
    return S("");
}
