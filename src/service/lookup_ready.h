#ifndef SERVICE_LOOKUP_READY_H
#define SERVICE_LOOKUP_READY_H

/*
 * lookup_ready -- what programs ask the register, answered by what was made
 * beforehand where it is there. [M24] [M25]
 *
 *   [LY1] The answer is that of the store, byte for byte, whichever of the two
 *         gives it (register_pack.h [RP1]); the store gives it where the book
 *         is behind (register_home.h [RG2]), so nothing that was done is
 *         answered as it was before.
 *   [LY2] "There is none" is the store's to say, never the book's.
 *   [LY3] Numbers that are near one that is not there are found in bounded
 *         time, whatever was asked: all at one edit, and of those at two what
 *         people mistake: O and 0, I and 1 and the like, and its end; and what
 *         it is without signs that belong to no number.
 */

#include "service/lookup.h"

struct json;

struct lookup_ready {
    str json;      /* certificate_json(), canonical, with a line feed */
    uint64_t name; /* its ETag (register_pack.h, register_name()) */
};

/* Errors of lookup_certificate(). */
err lookup_ready(struct app *app, struct arena *a, str number, day today,
                 struct lookup_ready *out);

enum { LOOKUP_MANY = 100, LOOKUP_NEAR = 5 };

/* Numbers that somebody may have meant who typed this one, the nearest first:
 * struct list of str, at most LOOKUP_NEAR. [LY3] */
err lookup_near(struct app *app, struct arena *a, str typed, struct list *out);

/* The same within a tx, for who has few to ask for: as many as the book would
 * find, also where there is none, which then takes some milliseconds. */
err lookup_near_in(struct app *app, struct tx *tx, str typed, struct list *out);

/*
 * Several at once, in the order they were asked for: one text,
 *
 *     {"answers":[{"asked":"..","certificate":{..}},
 *                 {"asked":"..","certificate":null,"near":[".."]}],
 *      "as_of":"2026-03-02"}
 *
 * `numbers` is what json_parse() made of {"numbers":["..", ..]}.  ERR_INVALID
 * "lookup.numbers", ERR_LIMIT "lookup.many" (found, most).
 */
err lookup_many(struct app *app, struct arena *a, const struct json *numbers,
                day today, str *out);

/* What lookup_find() finds, as one text:
 *
 *     {"as_of":"..","certificates":[{..}],"count":12345,"count_above":false,
 *      "more":true,"next":"72057594037927936"}
 *
 * A certificate is as certificate_json() says it, but without history and what
 * belongs to it.  `count` is null where it is not known; `next` is what to ask
 * for the next page after, null where there is none.  Errors of lookup_find().
 */
err lookup_found(struct app *app, struct arena *a, const struct lookup_wish *w,
                 str *out);

#endif
