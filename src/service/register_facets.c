#include "service/register_facets.h"

#include "domain/names.h"

#include <assert.h>

enum {
    DAYS = FACET_LAST_DAY - FACET_FIRST_DAY + 1,
    WITHDRAWN = 0,
    CANCELLED = 1,
    SUSPENDED = 2, /* the last of the days; the first is DAYS - 1 behind */
    EXPIRED = SUSPENDED + DAYS,
    VALID = EXPIRED + 1, /* the first of the days */
    END = VALID + DAYS,
    USCC_LENGTH = 18,
    USCC_PLACE = 2, /* where six digits of GB/T 2260 begin */
    TYPED_SAID = 40,
    STATUSES = CERTIFICATE_EXPIRED + 1,
};

static_assert(END <= UINT16_MAX, "a facet has 16 bits");

/* --- status [RF3] ------------------------------------------------------- */

/* Days from the first one on. */
static int32_t day_place(day d)
{
    if (d < FACET_FIRST_DAY)
        return 0;
    return d > FACET_LAST_DAY ? DAYS - 1 : d - FACET_FIRST_DAY;
}

static int32_t suspended_until(day d)
{
    return SUSPENDED + DAYS - 1 - day_place(d);
}

static int32_t valid_until(day d)
{
    return VALID + day_place(d);
}

uint16_t facet_status(enum certificate_status recorded, day until)
{
    switch (recorded) {
    case CERTIFICATE_VALID: return (uint16_t)valid_until(until);
    case CERTIFICATE_SUSPENDED: return (uint16_t)suspended_until(until);
    case CERTIFICATE_WITHDRAWN: return WITHDRAWN;
    case CERTIFICATE_CANCELLED: return CANCELLED;
    case CERTIFICATE_EXPIRED: break;
    }
    return EXPIRED;
}

static struct search_range between(int32_t from, int32_t to)
{
    return (struct search_range){ (uint16_t)from, (uint16_t)to };
}

struct search_range facet_statuses(enum certificate_status wanted, day today)
{
    switch (wanted) {
    case CERTIFICATE_VALID: return between(valid_until(today), END - 1);
    case CERTIFICATE_SUSPENDED:
        return between(SUSPENDED, suspended_until(today));
    case CERTIFICATE_WITHDRAWN: return between(WITHDRAWN, WITHDRAWN);
    case CERTIFICATE_CANCELLED: return between(CANCELLED, CANCELLED);
    case CERTIFICATE_EXPIRED: break;
    }
    return between(suspended_until(today) + 1, valid_until(today) - 1);
}

err facet_status_read(struct arena *a, str typed, int32_t *out)
{
    int32_t status = -1;

    for (int32_t i = 0; i < STATUSES; i++) {
        if (str_eq(typed, str_of(status_names[i])))
            status = i;
    }
    if (status < 0 && typed.n > 0)
        return err_new(a, ERR_INVALID, "lookup.status",
                       ARG_STR("typed", str_first(typed, TYPED_SAID)));
    *out = status;
    return OK;
}

/* --- codes [RF1] --------------------------------------------------------- */

/* The first digits in `code`, as a number, missing ones as 0. */
static uint16_t digits_of(str code)
{
    uint32_t n = 0;
    int found = 0;

    for (size_t i = 0; i < code.n && found < FACET_DIGITS; i++) {
        if (code.p[i] < '0' || code.p[i] > '9')
            continue;
        n = n * 10 + (uint32_t)(code.p[i] - '0');
        found++;
    }
    for (; found > 0 && found < FACET_DIGITS; found++)
        n *= 10;
    return (uint16_t)n;
}

uint16_t facet_place(const struct public_certificate *c)
{
    if (c->place.n > 0 || c->uscc.n != USCC_LENGTH)
        return digits_of(c->place);
    return digits_of((str){ c->uscc.p + USCC_PLACE, FACET_DIGITS });
}

uint16_t facet_trade(const struct public_certificate *c)
{
    return digits_of(c->trade);
}

err facet_digits(struct arena *a, const char *name, str typed,
                 struct search_range *out)
{
    int32_t from = 0;
    int32_t width = 1;

    *out = SEARCH_ANY;
    if (typed.n == 0)
        return OK;
    for (size_t i = 0; i < typed.n; i++) {
        if (typed.n > FACET_DIGITS || typed.p[i] < '0' || typed.p[i] > '9')
            return err_new(a, ERR_INVALID, "lookup.digits",
                           ARG_STR("name", str_of(name)),
                           ARG_STR("typed", str_first(typed, TYPED_SAID)));
        from = from * 10 + (typed.p[i] - '0');
    }
    for (size_t i = typed.n; i < FACET_DIGITS; i++)
        width *= 10;
    from *= width;
    *out = between(from, from + width - 1);
    return OK;
}

/* --- wishes -------------------------------------------------------------- */

err facet_wish_read(struct arena *a, const struct lookup_wish *w,
                    struct facet_wish *out)
{
    struct facet_wish f = { .scheme = w->scheme, .level = w->level };

    TRY(facet_digits(a, "place", w->place, &f.place));
    TRY(facet_digits(a, "trade", w->trade, &f.trade));
    TRY(facet_status_read(a, w->status, &f.status));
    *out = f;
    return OK;
}

static bool is_any(struct search_range r)
{
    return r.from == 0 && r.to == UINT16_MAX;
}

static bool lies_in(struct search_range r, uint16_t value)
{
    return value >= r.from && value <= r.to;
}

bool facet_narrows(const struct facet_wish *w)
{
    return w->scheme.n > 0 || w->level.n > 0 || w->status >= 0 ||
           !is_any(w->place) || !is_any(w->trade);
}

bool facet_fits(const struct facet_wish *w, const struct public_certificate *c)
{
    return lies_in(w->place, facet_place(c)) &&
           lies_in(w->trade, facet_trade(c)) &&
           (w->scheme.n == 0 || str_eq(w->scheme, c->scheme)) &&
           (w->level.n == 0 || str_eq(w->level, c->level)) &&
           (w->status < 0 || w->status == (int32_t)c->status);
}
