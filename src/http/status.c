#include "http/status.h"

#include "base/check.h"

int status_of(enum err_code code)
{
    static const int table[ERR_CODE_COUNT] = {
        [ERR_INVALID] = 400,   [ERR_REFUSED] = 422, /* understood, and the trade
                                                       forbids it */
        [ERR_NOT_FOUND] = 404, [ERR_CONFLICT] = 409, [ERR_DENIED] = 403,
        [ERR_BUSY] = 503,      [ERR_LIMIT] = 413,    [ERR_IO] = 500,
        [ERR_CORRUPT] = 500,   [ERR_MEMORY] = 503,
    };

    check(code >= 0 && code < ERR_CODE_COUNT);
    return table[code];
}
