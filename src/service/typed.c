#include "service/typed.h"

#include "base/arena.h"
#include "domain/number.h"

err typed_number(struct arena *a, str typed, str *out)
{
    char *made = arena_zero(a, typed.n + 1);
    size_t n = 0;

    TRY_MEMORY(made);
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];

        if (c != ' ' && c != '\t')
            made[n++] = number_capital(c);
    }
    *out = (str){ made, n };
    return OK;
}

static bool is_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

bool typed_is_word(str s, size_t most)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_sign(s.p[i]))
            return false;
    }
    return s.n > 0 && s.n <= most;
}
