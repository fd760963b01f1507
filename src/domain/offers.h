#ifndef DOMAIN_OFFERS_H
#define DOMAIN_OFFERS_H

/*
 * offers -- what the enterprise notes for itself while it chooses a body:
 * offers of others, and what it will spend beside the certification. [M10]
 * [M32]
 *
 *   [OF1] The notes are the enterprise's own (event_is_own()): case_view_json()
 *         leaves them out, and services show them to no one else.
 *   [OF2] An approval number is held against the list of approved bodies, when
 *         one is loaded, and what came of it stands in the event.  An offer by
 *         who is not approved is noted all the same: it is to be seen as such.
 *   [OF3] Nothing is recommended.  Offers stand in the order of their price,
 *         with this body's own quote or estimate among them.
 *   [OF4] Consulting, customer systems and training are never the body's
 *         business; this body is no provider of them [17065 4.2].
 *   [OF5] An offer with the price 0 takes back what was noted of that body: it
 *         is compared no more.
 *   [OF6] What is least, or most, of its kind is marked, where that is certain:
 *         an estimate only where all of its range is, and never what a body
 *         offers that is known not to be approved for the field.
 */

#include "base/err.h"
#include "domain/actor.h"
#include "domain/state.h"

struct arena;
struct json;

enum { OFFERS_WANTED = 3 }; /* bodies to compare, this one counted [M10] */

/* Of its kind the most favourable, as bits of compared.best. [OF6] */
enum offer_best {
    BEST_PRICE = 1 << 0,
    BEST_WHOLE = 1 << 1,
    BEST_CYCLE = 1 << 2,
    BEST_SENIORS = 1 << 3,
};

struct compared {
    str body;
    str approval;
    int state;                 /* enum approval */
    const struct offer *offer; /* NULL: this body's own */
    bool firm;                 /* this body's: quoted, not estimated */
    struct money_range price;  /* first certification */
    struct money_range whole;  /* with the surveillances; 0: not said */
    unsigned best;             /* of enum offer_best [OF6] */
};

struct comparison {
    struct compared rows[OFFER_MAX + 1]; /* the cheapest first */
    size_t count;
    bool enough;   /* OFFERS_WANTED of them */
    int64_t costs; /* optional ones, together [M32] */
};

/* Is it a note of the enterprise to itself? [OF1] */
bool event_is_own(const struct event_kind *k);

/* `body` is this one.  Its own row is left out where neither a quote nor an
 * estimate can be had yet. */
err offers_compare(struct arena *a, const struct state *s,
                   const struct body *body, struct comparison *out);

/* The same as a document, with the optional costs one by one. */
err offers_json(struct arena *a, const struct state *s,
                const struct comparison *c, struct json **out);

/* "CNCA-R-2099-000": the form of an approval number. */
bool approval_is_form(str number);

/* What the list says of the body with this number, in this field. */
enum approval approval_of(const struct facts *f, str number, str field);

#endif
