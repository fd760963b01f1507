/* A quick look at the fault loop over a certificate's issue: some of the
 * points.  The slow program visits more. */
#include "service/test_issue_faults.h"

#include "base/size.h"

#include <assert.h>

enum { WORLD_ARENA = 16 << 20 };

TEST(a_certificate_is_all_or_nothing_at_some_points)
{
    /* Primes, so that a loop of calls is not met at the same place each time;
     * of what fails seldom, more. */
    static const struct {
        enum fault what;
        long stride;
    } rows[] = {
        { FAULT_HEAP, 401 },      { FAULT_SQLITE_MEMORY, 797 },
        { FAULT_DISK_ERROR, 23 }, { FAULT_DISK_FULL, 17 },
        { FAULT_DISK_SHORT, 23 }, { FAULT_CRASH, 17 },
        { FAULT_FILE_ERROR, 7 },  { FAULT_FILE_FULL, 7 },
        { FAULT_KILL, 17 },
    };
    TEST_ARENA(a, WORLD_ARENA);
    scoped(issue_world_end) struct issue_world *w = issue_world_new(&a);

    static_assert(COUNT(rows) == FAULT_KINDS);
    for (size_t i = 0; w != NULL && i < COUNT(rows); i++)
        EXPECT(fault_issue(w, rows[i].what, rows[i].stride) > 1);
}
