#ifndef WEB_DONE_H
#define WEB_DONE_H

/* done -- inside web: what a form did, said on the page that it leads to:
 * "/account?done=password". */

#include "web/parts.h"

/* A word of the address, and the text that stands for it. */
struct done_word {
    const char *word;
    const char *text; /* its id */
};

/* The id of the text for the word that was asked with; NULL: it is none of
 * these. */
const char *done_said(const struct request *rq, const struct done_word *words,
                      size_t n);

#endif
