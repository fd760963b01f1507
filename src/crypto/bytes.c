#include "crypto/bytes.h"

#include <sodium/utils.h>

bool bytes_equal(const void *a, const void *b, size_t n)
{
    return n == 0 || sodium_memcmp(a, b, n) == 0;
}

void bytes_wipe(void *p, size_t n)
{
    if (n > 0)
        sodium_memzero(p, n);
}
