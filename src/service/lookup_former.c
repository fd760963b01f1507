/* The name a certificate was found by, where that is a former one. */

#include "service/lookup_parts.h"

#include "store/formers.h"

err lookup_formerly(struct tx *tx, struct arena *a, str words,
                    const struct list *found)
{
    struct public_certificate *c = found->p;

    for (size_t i = 0; i < found->n; i++) {
        struct former_row row;
        bool there;

        TRY(former_newest(tx, a, c[i].number, words, &row, &there));
        if (there)
            c[i].formerly = row.holder;
    }
    return OK;
}
