#include "crypto/library.h"

#include <sodium/core.h>

err library_start(void)
{
    static const struct err_arg none[] = { { 0 } };
    static const struct err_info not_ready = {
        .code = ERR_IO,
        .id = "crypto.start",
        .where = ERR_HERE,
        .args = none,
    };

    if (sodium_init() < 0) /* 1: it was done already */
        return (err){ &not_ready };
    return OK;
}
