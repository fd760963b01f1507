#include "web/fee_words.h"

const char *const fee_rule_ids[FEE_RULE_COUNT] = {
    [FEE_OTHER] = "fee_line.other",
    [FEE_APPLICATION] = "fee_line.application",
    [FEE_AUDIT] = "fee_line.audit",
    [FEE_REGISTRATION] = "fee_line.registration",
    [FEE_YEARLY] = "fee_line.yearly",
    [FEE_TRAVEL] = "fee_line.travel",
};
