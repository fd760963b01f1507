#include "service/projections.h"

#include "store/meta.h"
#include "store/store.h"
#include "text/text.h"

err projections_made(struct tx *tx, bool *made)
{
    char version[TEXT_VALUE];
    bool found;
    str value;

    TRY(meta_get(tx, tx_arena(tx), S("projections"), &value, &found));
    *made = found && str_eq(value, text_number(PROJECTED_BY, version));
    return OK;
}

err projections_set_made(struct tx *tx)
{
    char version[TEXT_VALUE];

    return meta_set(tx, S("projections"), text_number(PROJECTED_BY, version));
}
