#ifndef PAINT_SAID_H
#define PAINT_SAID_H

/* said -- the refusals that cross from the worker that paints to whoever asked
 * (codec/answer.h); inside paint. */

#include "codec/answer.h"

extern const struct answer_words paint_words;

#endif
