#ifndef SERVICE_TURN_KEY_H
#define SERVICE_TURN_KEY_H

/* turn_key -- inside the service room: numbers in the keys after which lists go
 * on, in the words of an address. */

#include "base/str.h"

#include <stdint.h>

enum { TURN_KEY_MOST = 200 };

/* Cut the number before the next '.' off `text`: digits, perhaps after a '-',
 * below 2^31; false, when there is no such number. */
bool turn_key_cut(str *text, int64_t *out);

#endif
