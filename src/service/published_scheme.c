/* published_scheme -- scheme packages under the hash that credentials name. */

#include "base/arena.h"
#include "base/id.h"
#include "crypto/hash.h"
#include "service/published.h"
#include "store/schemes.h"

enum { SHOWN = 64 };

static err none(struct arena *a, str name)
{
    return err_new(a, ERR_NOT_FOUND, "published.no_scheme",
                   ARG_STR("name", str_first(name, SHOWN)));
}

/* One address for a package: capitals are another. */
static bool read_name(str name, struct hash *out)
{
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] >= 'A' && name.p[i] <= 'F')
            return false;
    }
    return hex_parse(name, out->b, sizeof out->b);
}

err published_package(struct tx *tx, struct arena *a, const struct hash *hash,
                      str *out)
{
    struct package package;
    struct hash found;
    str bytes;

    TRY(app_package(tx, a, hash, &package));
    TRY(scheme_bytes(a, &package, &bytes));
    sha256(bytes.p, bytes.n, found.b);
    if (!hash_eq(&found, hash))
        return err_new(tx_arena(tx), ERR_CORRUPT, "app.scheme");
    *out = bytes;
    return OK;
}

err published_scheme(struct app *app, struct arena *a, str name, str *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct scheme_row row;
    struct hash hash;
    bool found;

    if (!read_name(name, &hash))
        return none(a, name);
    TRY(app_read(app, a, &tx));
    TRY(scheme_find(tx, a, &hash, &row, &found));
    return found ? published_package(tx, a, &hash, out) : none(a, name);
}
