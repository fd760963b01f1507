/*
 * load_money -- fees, and what stands on the certificate.
 *
 *   fees:        {application, registration, per_day, yearly,
 *                 prepay: [LEAST, MOST], assumed?}; yuan, per cent
 *   certificate: {number, title, statement}
 *   number:      a template of domain/number.h
 */

#include "scheme/reading.h"

enum { YUAN_MAX = 1000000000 }; /* fen: ten million yuan */

static void load_fees(struct reading *r, const struct yaml *root)
{
    static const char *const keys[] = { "application", "registration",
                                        "per_day",     "yearly",
                                        "prepay",      "assumed",
                                        NULL };
    const struct yaml *y = reading_need(r, root, "fees");
    struct fees *f = &r->scheme->fees;
    int64_t least = 0;
    int64_t most = 0;

    if (!reading_mapping(r, y, keys))
        return;
    f->application = reading_decimal(r, y, "application", 2, 0, YUAN_MAX);
    f->registration = reading_decimal(r, y, "registration", 2, 0, YUAN_MAX);
    f->per_day = reading_decimal(r, y, "per_day", 2, 0, YUAN_MAX);
    f->yearly = reading_decimal(r, y, "yearly", 2, 0, YUAN_MAX);
    f->assumed = reading_bool(r, y, "assumed", false);

    const struct yaml *prepay = reading_list(r, y, "prepay", 2, 2);
    if (prepay == NULL)
        return;
    if (!yaml_decimal(prepay->first, 2, &least) ||
        !yaml_decimal(prepay->first->next, 2, &most) || least < 0 ||
        most < least || most > 10000)
        PROBLEM(r, prepay, "scheme.prepay");
    f->prepay_least = (int32_t)least;
    f->prepay_most = (int32_t)most;
}

static void load_certificate(struct reading *r, const struct yaml *root)
{
    static const char *const keys[] = { "number", "title", "statement", NULL };
    const struct yaml *y = reading_need(r, root, "certificate");
    struct certificate_rule *c = &r->scheme->certificate;

    if (!reading_mapping(r, y, keys))
        return;
    c->number = reading_text(r, y, "number");
    c->title = reading_label(r, y, "title");
    c->statement = reading_label(r, y, "statement");
    if (!str_contains(c->number, S("{serial4}")) && c->number.n > 0)
        PROBLEM(r, yaml_get(y, S("number")), "scheme.number");
}

void load_money(struct reading *r, const struct yaml *root)
{
    load_fees(r, root);
    load_certificate(r, root);
}
