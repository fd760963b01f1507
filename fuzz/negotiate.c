/* Any bytes as an Accept header. */

#include "base/check.h"
#include "http/negotiate.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const str offers[] = { S_INIT("text/html"),
                                  S_INIT("application/json") };
    static const str turned[] = { S_INIT("application/json"),
                                  S_INIT("text/html") };
    str accept = { (const char *)bytes, n };
    size_t one = 9;
    size_t other = 9;
    bool some = negotiate_type(accept, offers, 2, &one);

    check(some == (one < 2));
    /* Our order decides between equals, never whether there is an answer. */
    check(negotiate_type(accept, turned, 2, &other) == some);
    /* What is chosen though it stands second is chosen when it stands first. */
    check(!some || one == 0 || other == 0);

    /* With one offer: who takes neither takes none of them. */
    size_t alone = 9;
    bool html = negotiate_type(accept, offers, 1, &alone);
    bool json = negotiate_type(accept, turned, 1, &alone);
    check(some == (html || json));
    return 0;
}
