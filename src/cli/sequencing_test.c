/* When the server's sequencer tries again. [SG1] [SG2] */
#include "cli/sequencing.h"

#include "base/size.h"
#include "base/test.h"

enum { SECOND = 1000000 };

TEST(what_fails_for_long_is_tried_ever_more_seldom)
{
    static const int64_t waits[] = { 2, 4, 8, 16, 32, 64, 128, 256, 256, 256 };
    TEST_ARENA(a, 1 << 16);
    const err e = err_new(&a, ERR_IO, "store.full");
    int32_t failures = 0;

    EXPECT(sequencing_wait(OK, &failures) == SECOND);
    for (size_t i = 0; i < COUNT(waits); i++)
        EXPECT(sequencing_wait(e, &failures) == waits[i] * SECOND);

    /* Once it went well it is as if nothing had been. */
    EXPECT(sequencing_wait(OK, &failures) == SECOND);
    EXPECT(sequencing_wait(e, &failures) == waits[0] * SECOND);
}

TEST(what_does_not_check_out_is_not_tried_again)
{
    TEST_ARENA(a, 1 << 16);
    static const struct {
        const char *why;
        enum err_code code;
        bool again;
    } rows[] = {
        { "somebody holds the store", ERR_BUSY, true },
        { "the disk is full", ERR_IO, true },
        { "no memory", ERR_MEMORY, true },
        { "the store is damaged", ERR_CORRUPT, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t failures = 0;
        int64_t wait =
            sequencing_wait(err_new(&a, rows[i].code, "store.io"), &failures);

        EXPECT_ROW(rows[i].why, (wait != REPEAT_NEVER) == rows[i].again);
    }
}
