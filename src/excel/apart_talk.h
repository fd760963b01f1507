#ifndef EXCEL_APART_TALK_H
#define EXCEL_APART_TALK_H

/*
 * apart_talk -- what is said between a reader of workbooks and whoever asks
 * it; inside excel.
 *
 * A question is its kind, the length of what follows, and that.  An answer
 * likewise: a refusal (codec/answer.h), or what was asked for.
 *
 *   question            answer
 *   APART_OPEN       [{"bytes", "name", "rows"}, ..]: the sheets
 *   APART_CHOOSE     name of a sheet, or nothing: its number in digits
 *   APART_BEGIN      number of a sheet, in digits: nothing
 *   APART_READ       text, of the kind APART_MORE or APART_LAST
 */

#include "codec/answer.h"

enum {
    APART_OPEN = 'O',
    APART_CHOOSE = 'C',
    APART_BEGIN = 'B',
    APART_READ = 'R',
    APART_SAID = 'S',
    APART_MORE = 'M',
    APART_LAST = 'L',
    APART_REFUSED = 'X',
    APART_HEAD = 5,
    APART_NAME = 4096,        /* bytes of a question */
    APART_ANSWER = 192 << 20, /* and of an answer */
};

extern const struct answer_words apart_words;

/* Seconds of the processor for the workbook that this descriptor is. */
int apart_seconds(int fd);

#endif
