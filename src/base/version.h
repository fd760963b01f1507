#ifndef BASE_VERSION_H
#define BASE_VERSION_H

/* version -- of the program.  The same as in meson.build; tests/manual.sh
 * compares them. */

#include <assert.h>

#define PROGRAM_VERSION "0.1.0"

static_assert(sizeof PROGRAM_VERSION > sizeof "");

#endif
