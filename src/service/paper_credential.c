#include "service/paper_credential.h"

#include "service/app.h"
#include "store/credentials.h"

err paper_credential(struct app *app, struct arena *a, str number,
                     struct paper_credential *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct credential_row row;
    bool found;

    TRY(app_read(app, a, &tx));
    TRY(credential_newest(tx, a, number, &row, &found));
    *out = (struct paper_credential){ 0 };
    if (found)
        *out = (struct paper_credential){ row.json, row.qr };
    return OK;
}
