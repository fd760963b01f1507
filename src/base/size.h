#ifndef BASE_SIZE_H
#define BASE_SIZE_H

/* size -- arithmetic on lengths that says when it does not fit. */

#include <stdbool.h>
#include <stddef.h>

/* a + b into *out; false, with *out unspecified, when it overflows. */
[[nodiscard]] static inline bool size_add(size_t a, size_t b, size_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}

/* a * b into *out; false, with *out unspecified, when it overflows. */
[[nodiscard]] static inline bool size_mul(size_t a, size_t b, size_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}

/* How many elements an array (not a pointer) has. */
#define COUNT(array) (sizeof(array) / sizeof *(array))

#endif
