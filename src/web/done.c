#include "web/done.h"

#include "http/form.h"

const char *done_said(const struct request *rq, const struct done_word *words,
                      size_t n)
{
    str word = S("");

    (void)form_get(&rq->query, S("done"), &word);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(word, str_of(words[i].word)))
            return words[i].text;
    }
    return NULL;
}
