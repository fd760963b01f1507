#ifndef CRYPTO_LIBRARY_H
#define CRYPTO_LIBRARY_H

/*
 * library -- libsodium made ready, once, before the first thread.
 *
 *   [LI1] main() calls it first and ends the program when it fails; a program
 *         that only tests need not (crypto/hash.h says why).
 *   [LI2] What is computed is the same before and after: only the speed
 *         changes.
 */

#include "base/err.h"

/* A second call changes nothing.  ERR_IO "crypto.start", which needs no arena
 * and lives for ever. */
err library_start(void);

#endif
