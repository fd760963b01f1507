#ifndef WEB_FEE_WORDS_H
#define WEB_FEE_WORDS_H

/* fee_words -- inside web: what a line of an estimate or a quote is for, by its
 * rule (domain/fees.h): the id of a text. */

#include "domain/fees.h"

extern const char *const fee_rule_ids[FEE_RULE_COUNT];

#endif
