#include "page/page.h"

#include "base/check.h"

const struct page_status_words *page_status_words(enum page_status s)
{
    /* clang-format off */
    static const struct page_status_words words[PAGE_STATUS_COUNT] = {
        [PAGE_STATUS_PENDING]   = { "status.pending", "status.pending_means", S_INIT("pending") },
        [PAGE_STATUS_VALID]     = { "status.valid", "status.valid_means", S_INIT("valid") },
        [PAGE_STATUS_SUSPENDED] = { "status.suspended", "status.suspended_means", S_INIT("suspended") },
        [PAGE_STATUS_WITHDRAWN] = { "status.withdrawn", "status.withdrawn_means", S_INIT("withdrawn") },
        [PAGE_STATUS_CANCELLED] = { "status.cancelled", "status.cancelled_means", S_INIT("ended") },
        [PAGE_STATUS_EXPIRED]   = { "status.expired", "status.expired_means", S_INIT("ended") },
    };
    /* clang-format on */

    check(s < PAGE_STATUS_COUNT);
    return &words[s];
}

const struct page_change_words *page_change_words(enum page_change c)
{
    static const struct page_change_words words[PAGE_CHANGE_COUNT] = {
        [PAGE_CHANGE_ISSUED] = { "change.issued", S_INIT("valid") },
        [PAGE_CHANGE_RENEWED] = { "change.renewed", S_INIT("valid") },
        [PAGE_CHANGE_REDUCED] = { "change.reduced", S_INIT("valid") },
        [PAGE_CHANGE_CHANGED] = { "change.changed", S_INIT("valid") },
        [PAGE_CHANGE_SUSPENDED] = { "change.suspended", S_INIT("suspended") },
        [PAGE_CHANGE_RESTORED] = { "change.restored", S_INIT("valid") },
        [PAGE_CHANGE_WITHDRAWN] = { "change.withdrawn", S_INIT("withdrawn") },
        [PAGE_CHANGE_CANCELLED] = { "change.cancelled", S_INIT("ended") },
        [PAGE_CHANGE_EXPIRED] = { "change.expired", S_INIT("ended") },
    };

    check(c < PAGE_CHANGE_COUNT);
    return &words[c];
}

str page_stars(int64_t n)
{
    static const char stars[] = "★★★★★★★★★★★★";
    static const size_t one = sizeof "★" - 1;

    if (n <= 0)
        return S("");
    return (str){ stars,
                  one * (size_t)(n < PAGE_STARS_MAX ? n : PAGE_STARS_MAX) };
}
