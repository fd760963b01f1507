/*
 * yaml_value -- what a node says, asked as what it should be. [Y3]
 */

#include "codec/yaml.h"

const struct yaml *yaml_get(const struct yaml *mapping, str key)
{
    if (mapping == NULL || mapping->kind != YAML_MAPPING)
        return NULL;
    for (const struct yaml *m = mapping->first; m != NULL; m = m->next) {
        if (str_eq(m->key, key))
            return m;
    }
    return NULL;
}

static bool is_plain(const struct yaml *y)
{
    return y != NULL && y->kind == YAML_SCALAR && !y->quoted;
}

/* Append the digits of `s` to *n; false unless there is one or more, and
 * nothing but digits, and the number still fits. */
static bool push_digits(int64_t *n, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || __builtin_mul_overflow(*n, 10, n) ||
            __builtin_add_overflow(*n, s.p[i] - '0', n))
            return false;
    }
    return s.n > 0;
}

bool yaml_decimal(const struct yaml *y, int places, int64_t *out)
{
    static const char zeros[] = "000000000";

    if (!is_plain(y))
        return false;

    bool negative = str_begins(y->text, S("-"));
    str fraction = str_from(y->text, negative);
    str whole = str_cut(&fraction, '.');
    int64_t n = 0;

    if (!push_digits(&n, whole) || (whole.n > 1 && whole.p[0] == '0'))
        return false;
    if (fraction.p != NULL && !push_digits(&n, fraction))
        return false;
    if (fraction.n > (size_t)places)
        return false;
    size_t missing = (size_t)places - fraction.n;
    if (missing > 0 && !push_digits(&n, str_first(str_of(zeros), missing)))
        return false;
    if (negative && n == 0)
        return false;
    *out = negative ? -n : n;
    return true;
}

bool yaml_int(const struct yaml *y, int64_t *out)
{
    return yaml_decimal(y, 0, out);
}

bool yaml_bool(const struct yaml *y, bool *out)
{
    bool yes = is_plain(y) && str_eq(y->text, S("true"));

    if (!yes && !(is_plain(y) && str_eq(y->text, S("false"))))
        return false;
    *out = yes;
    return true;
}
