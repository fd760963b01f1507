#include "scheme/wording.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool wording_holds(str text, str phrase)
{
    for (size_t i = 0; i + phrase.n <= text.n; i++) {
        size_t n = 0;

        while (n < phrase.n && lower(text.p[i + n]) == lower(phrase.p[n]))
            n++;
        if (n == phrase.n)
            return true;
    }
    return false;
}

/* The first of `words`, which stand apart by '|', that `s` holds. */
static str word_held(str s, str words)
{
    while (words.p != NULL) {
        str word = str_cut(&words, '|');

        if (word.n > 0 && wording_holds(s, word))
            return word;
    }
    return S("");
}

str wording_claim(str text, enum lang l)
{
    return word_held(text, text_get(l, "wording.claims"));
}

bool wording_says_system(str text, enum lang l)
{
    return word_held(text, text_get(l, "wording.system")).n > 0;
}

bool wording_says_service(str text, enum lang l)
{
    return word_held(text, text_get(l, "wording.service")).n > 0;
}
