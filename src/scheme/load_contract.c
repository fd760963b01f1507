/*
 * load_contract -- what a contract says. [M13] [17065 4.1.2]
 *
 *   contract?: {period?: SPAN, terms?: [TERM ..]}
 *   period:    how long it runs from the body's signature on; left out: as
 *              long as a certificate is valid
 *   TERM:      {side: client | body, kind: right | duty, text: LABEL}
 *
 * The body may put other terms into a quote; these are the ones it begins with.
 */

#include "scheme/parts.h"

enum { TERMS_MAX = 60 };

const char *const term_side_names[] = {
    [SIDE_CLIENT] = "client",
    [SIDE_BODY] = "body",
    NULL,
};

const char *const term_kind_names[] = {
    [TERM_RIGHT] = "right",
    [TERM_DUTY] = "duty",
    NULL,
};

static void read_term(struct reading *r, const struct yaml *y,
                      struct term_rule *term)
{
    static const char *const keys[] = { "side", "kind", "text", NULL };

    if (!reading_mapping(r, y, keys))
        return;

    int side = reading_choice(r, y, "side", term_side_names);
    int kind = reading_choice(r, y, "kind", term_kind_names);
    term->label = reading_label(r, y, "text");
    term->side = side == SIDE_BODY ? SIDE_BODY : SIDE_CLIENT;
    term->kind = kind == TERM_DUTY ? TERM_DUTY : TERM_RIGHT;
}

static void read_terms(struct reading *r, const struct yaml *y,
                       struct contract_rule *c)
{
    const struct yaml *list = reading_list(r, y, "terms", 0, TERMS_MAX);
    struct term_rule *terms;

    if (list == NULL)
        return;
    terms = reading_array(r, list->count, sizeof *terms);
    if (terms == NULL)
        return;
    c->terms = terms;
    for (y = list->first; y != NULL; y = y->next)
        read_term(r, y, &terms[c->term_count++]);
}

bool load_contract(struct reading *r, const struct yaml *root, struct scheme *s)
{
    static const char *const keys[] = { "period", "terms", NULL };
    const struct yaml *y = yaml_get(root, S("contract"));
    size_t before = r->count;

    s->contract.period = s->limits.validity;
    if (y == NULL)
        return true;
    if (!reading_mapping(r, y, keys))
        return false;
    if (yaml_get(y, S("period")) != NULL)
        s->contract.period = reading_span(r, y, "period");
    read_terms(r, y, &s->contract);
    return r->count == before;
}
