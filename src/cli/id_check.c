/* tenstar id check CODE -- what a code is, and whether it can be right. */

#include "base/size.h"
#include "cli/cli.h"
#include "codec/idcode.h"
#include "codec/json.h"
