#ifndef SERVICE_CONFIRMED_H
#define SERVICE_CONFIRMED_H

/*
 * confirmed -- acts that somebody does by a browser, and confirms by their
 * second factor over what they were shown (domain/rights.h [RI9], door.h
 * [DO4]).
 *
 *   [CF1] What is shown is one hash of the case, its version, the command and
 *         all its data: nothing of them can change between the showing and
 *         the doing, by whoever sits in between or who was quicker.
 *   [CF2] What would be refused is refused before a code is asked for, and used
 *         up.
 *   [CF3] The trail has the hash, and who confirmed it when (store/passages.h);
 *         the case's journal has the act, from which the hash can be made
 * again.
 */

#include "base/hash.h"
#include "service/cases.h"
#include "service/door.h"

/* The order is of a version that is known, and names the case by its number, or
 * an entry of the registers as registers_view() writes it. */
struct confirmed_order {
    const struct visitor *by;
    const struct case_order *order;
    struct hash shown;
    str code;
};

/* SHA-256 of two lines of canonical JSON (RFC 8785): [case, version, command],
 * and the data; no line end after the second. */
err confirmed_hash(struct arena *a, const struct case_order *order,
                   struct hash *out);

/* ERR_CONFLICT "confirmed.changed" [CF1]; what cases_ask(), door_confirm() and
 * cases_do(), or registers_ask() and registers_do(), refuse. */
err confirmed_do(struct app *app, struct arena *a,
                 const struct confirmed_order *c, struct case_answer *out);

#endif
