/*
 * load_surveillance -- what a surveillance audit looks at. [M22] [17065 7.9]
 *
 *   surveillance?: {indicators?: [ID ..], sample?: BOOL, defence?: BOOL}
 *   indicators:    leaves, or inner nodes with all that stands below them;
 *                  left out: every leaf
 *   sample:        customers are drawn and asked again, as in the first audit
 *   defence:       the managers answer for the year
 *
 * Without the section a surveillance is as wide as the first audit.
 */

#include "base/arena.h"
#include "scheme/parts.h"

enum { INDICATORS_MAX = LEAF_MAX };

/* Does leaf `leaf` stand at or below the indicator of this name? */
static bool stands_below(const struct scheme *s, int32_t leaf, str name)
{
    for (int32_t i = s->leaves[leaf]; i >= 0; i = s->indicators[i].parent) {
        if (str_eq(s->indicators[i].id, name))
            return true;
    }
    return false;
}

static void mark(struct reading *r, const struct yaml *y,
                 const struct scheme *s, bool *leaves)
{
    str name = reading_text_of(r, y);
    bool any = false;

    if (name.n == 0)
        return;
    for (size_t i = 0; i < s->leaf_count; i++) {
        if (!stands_below(s, (int32_t)i, name))
            continue;
        leaves[i] = true;
        any = true;
    }
    if (!any)
        PROBLEM(r, y, "scheme.no_indicator", ARG_STR("indicator", name));
}

/* A list that is given names something: no procedure is left out. [条例 21] */
static void read_indicators(struct reading *r, const struct yaml *y,
                            struct scheme *s)
{
    bool given = yaml_get(y, S("indicators")) != NULL;
    const struct yaml *list =
        reading_list(r, y, "indicators", given ? 1 : 0, INDICATORS_MAX);
    bool *leaves = reading_array(r, s->leaf_count, sizeof *leaves);

    if (leaves == NULL)
        return;
    s->surveillance.leaves = leaves;
    for (size_t i = 0; i < s->leaf_count; i++)
        leaves[i] = list == NULL;
    for (y = list == NULL ? NULL : list->first; y != NULL; y = y->next)
        mark(r, y, s, leaves);
}

/* A part that the first audit does not have either is no part of this one. */
static void check_part(struct reading *r, const struct yaml *y, const char *key,
                       bool wanted, bool first_audit_has)
{
    if (wanted && !first_audit_has)
        PROBLEM(r, yaml_get(y, str_of(key)), "scheme.surveillance",
                ARG_STR("key", str_of(key)));
}

bool load_surveillance(struct reading *r, const struct yaml *root,
                       struct scheme *s)
{
    static const char *const keys[] = { "indicators", "sample", "defence",
                                        NULL };
    const struct yaml *y = yaml_get(root, S("surveillance"));
    struct surveillance_rule *x = &s->surveillance;
    size_t before = r->count;

    x->sample = s->sample.used;
    x->defence = s->defence;
    if (y != NULL && !reading_mapping(r, y, keys))
        return false;
    read_indicators(r, y, s);
    if (y == NULL)
        return r->count == before;
    x->sample = reading_bool(r, y, "sample", s->sample.used);
    x->defence = reading_bool(r, y, "defence", s->defence);
    check_part(r, y, "sample", x->sample, s->sample.used);
    check_part(r, y, "defence", x->defence, s->defence);
    return r->count == before;
}
