/* Any bytes as an Accept-Language header, and as a language tag. */

#include "base/check.h"
#include "text/text.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    str s = { (const char *)bytes, n };
    enum lang zh = lang_accept(s, LANG_ZH);
    enum lang en = lang_accept(s, LANG_EN);
    enum lang tag = LANG_COUNT;

    check(zh == LANG_ZH || zh == LANG_EN);
    check(en == LANG_ZH || en == LANG_EN);
    /* Whoever would have one and gets the other has asked for it, so that the
     * answer no longer depends on what we would take otherwise. */
    check(zh == LANG_ZH || en == LANG_EN);
    check(lang_parse(s, &tag) == (tag != LANG_COUNT));
    return 0;
}
