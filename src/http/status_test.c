#include "http/status.h"

#include "base/test.h"

TEST(every_code_has_a_status_of_an_error)
{
    for (enum err_code code = 0; code < ERR_CODE_COUNT; code++)
        EXPECT(status_of(code) >= 400 && status_of(code) < 600);
}

TEST(what_is_the_askers_fault_is_a_4xx_and_what_is_ours_a_5xx)
{
    EXPECT(status_of(ERR_INVALID) == 400);
    EXPECT(status_of(ERR_DENIED) == 403);
    EXPECT(status_of(ERR_NOT_FOUND) == 404);
    EXPECT(status_of(ERR_CONFLICT) == 409);
    EXPECT(status_of(ERR_LIMIT) == 413);
    EXPECT(status_of(ERR_REFUSED) == 422);
    EXPECT(status_of(ERR_IO) == 500);
    EXPECT(status_of(ERR_CORRUPT) == 500);
    EXPECT(status_of(ERR_BUSY) == 503);
    EXPECT(status_of(ERR_MEMORY) == 503);
}
