#include "domain/codes.h"

#include "domain/sub.h"

#include <stddef.h>

const char *const suspension_codes[] = {
    "0111", "0112", "0113", "0114", "0115", "0116", "0117", "0199", NULL,
};

const char *const withdrawal_codes[] = {
    "0101", "0112", "0113", "0114", "0115",
    "0116", "0117", "0121", "0199", NULL,
};

const char *const cancellation_codes[] = {
    "0111", "0120", "0122", "0199", NULL,
};

const char *const sub_ending_codes[] = {
    [SUB_CLOSED] = "0111",
    [SUB_LEFT_SCOPE] = "0199",
    [SUB_ASKED] = "0122",
    [SUB_OTHER] = "0199",
    NULL,
};
