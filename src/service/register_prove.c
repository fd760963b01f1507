/* register_prove -- what proves of an enterprise what the register has of it.
 * [M24] */

#include "base/arena.h"
#include "codec/idcode.h"
#include "register/holders.h"
#include "service/published.h"
#include "service/register_root.h"
#include "verify/holder.h"

enum { SHOWN = 64 };

err register_uscc(struct arena *a, str given, str *out)
{
    struct idcode code;

    idcode_check(given, &code);
    if (code.kind != IDCODE_USCC ||
        (code.fault != IDCODE_RIGHT && code.fault != IDCODE_EMBEDDED))
        return err_new(a, ERR_INVALID, "holder.uscc",
                       ARG_STR("given", str_first(given, SHOWN)));
    TRY_MEMORY(arena_str(a, str_of(code.text), out));
    return OK;
}

/* What the book says is copied: it is borrowed from the reader. */
static err prove(struct app *app, struct arena *a, struct holder_proof *p,
                 struct rooted_mark *mark)
{
    scoped(book_read_end) struct book_reader *r = NULL;
    struct hash key;
    str said;

    holder_key(p->uscc, &key);
    TRY(rooted_read(app, a, &r, mark));
    TRY(holders_prove(r, app_world_of(app)->heap, a, &key, &said, &p->map));
    TRY_MEMORY(arena_str(a, said, &p->said));
    return OK;
}

err register_prove(struct app *app, struct arena *a, str uscc, str *out)
{
    struct holder_proof *p = arena_zero(a, sizeof *p);
    struct published_proof entry;
    struct rooted_mark mark;

    TRY_MEMORY(p);
    TRY(register_uscc(a, uscc, &p->uscc));
    TRY(prove(app, a, p, &mark));
    TRY(published_proof(app, a, mark.index, &entry));
    p->log = entry.text;
    return holder_proof_write(a, p, out);
}
