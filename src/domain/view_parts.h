#ifndef DOMAIN_VIEW_PARTS_H
#define DOMAIN_VIEW_PARTS_H

/*
 * view_parts -- inside the domain room: small JSON that several views are made
 * of.  NULL, or broken, without memory (codec/json.h [J4]).
 */

#include "domain/score.h"
#include "domain/state.h"
#include "domain/view.h"

struct arena;
struct json;
struct record;

struct json *text_json(struct arena *a, str s); /* a copy */
struct json *day_json(struct arena *a, day d);  /* null: DAY_NEVER */
struct json *id_json(struct arena *a, id i);
struct json *ratio_json(struct arena *a, int64_t k, int64_t n); /* {k, n} */

/* "94.99" from hundredths; "2.5" from thousandths. */
struct json *shown_json(struct arena *a, int64_t hundredths);
struct json *points_json(struct arena *a, int32_t thousandths);

/* The id of a level; null: -1. */
struct json *level_json(struct arena *a, const struct scheme *s, int32_t level);

/* The data of an event, as it was recorded; null: NULL. */
struct json *data_json(struct arena *a, const struct record *r,
                       const void *data);

/* {result: "met" .., k?, n?}; null: not answered. */
struct json *answer_json(struct arena *a, struct answer x);

/* What the certificate's sub-certificates say, and since when they are over;
 * null: they are not. */
struct json *subs_json(struct arena *a, const struct state *s);

/* The drawn customers, with Wilson's interval and the verdict; null: no list is
 * committed. */
struct json *sample_json(struct arena *a, const struct state *s,
                         enum reader reader);

/* The decision of the round, signed or not; null: none that `reader` may read
 * (view.h [VW5]).  The conditions of all signed ones, each as it stands. */
struct json *decision_json(struct arena *a, const struct state *s,
                           enum reader reader);
struct json *conditions_json(struct arena *a, const struct state *s);

/* The panel's seats, advice and votes, null where `reader` may not read them;
 * null: one reviewer decides. */
struct json *panel_json(struct arena *a, const struct state *s,
                        enum reader reader);

/* The conditions proposed to the panel; null: none, or as above. */
struct json *motion_json(struct arena *a, const struct state *s,
                         enum reader reader);

#endif
