/*
 * app_schemes -- packages out of the store: their files, the newest of a name,
 * and what they call a scheme and its levels. [AP2]
 */

#include "service/app.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/utf8.h"
#include "store/schemes.h"

enum {
    SCHEMES_NAMED = 20, /* in a refusal */
    NAMES_MAX = 2000,
};

err app_package(struct tx *tx, struct arena *a, const struct hash *hash,
                struct package *out)
{
    struct page all = { .limit = STORE_PAGE_MAX };
    struct list rows;

    TRY(scheme_files(tx, a, hash, &all, &rows));

    const struct scheme_file_row *files = rows.p;
    struct package_file *copy = arena_array(a, rows.n, sizeof *copy);
    TRY_MEMORY(copy);
    for (size_t i = 0; i < rows.n; i++)
        copy[i] = (struct package_file){ files[i].path, files[i].bytes };
    *out = (struct package){ copy, rows.n };
    return OK;
}

/* Names what is frozen here instead. */
static err no_scheme(struct tx *tx, str name)
{
    const struct page most = { .limit = SCHEMES_NAMED };
    struct arena *a = tx_arena(tx);
    struct list names;
    struct buf b;
    str known;

    TRY(scheme_names(tx, a, &most, &names));
    if (names.n == 0)
        return err_new(a, ERR_NOT_FOUND, "app.no_schemes");
    buf_init(&b, a, NAMES_MAX);
    for (size_t i = 0; i < names.n; i++)
        buf_printf(&b, "%s%.*s", i > 0 ? ", " : "",
                   STR_ARG(((const str *)names.p)[i]));
    TRY(buf_done(&b, &known));
    return err_new(a, ERR_NOT_FOUND, "app.no_scheme", ARG_STR("scheme", name),
                   ARG_STR("known", known));
}

err app_scheme_named(struct app *app, struct tx *tx, str name,
                     const struct scheme **out)
{
    struct scheme_row row;
    err e = scheme_newest(tx, tx_arena(tx), name, &row);

    if (err_is(e, ERR_NOT_FOUND))
        return no_scheme(tx, name);
    TRY(e);
    return app_scheme(app, tx, &row.hash, out);
}

err app_scheme_words(struct app *app, struct tx *tx, const struct hash *package,
                     str scheme, str level, struct scheme_words *out)
{
    const struct scheme *s;

    *out = (struct scheme_words){ { scheme, scheme }, { level, level } };
    if (hash_is_zero(package))
        return OK;
    TRY(app_scheme(app, tx, package, &s));
    out->scheme = s->name;

    int32_t at = scheme_level(s, level);
    if (at >= 0)
        out->level = s->levels[at].label;
    return OK;
}
