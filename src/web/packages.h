#ifndef WEB_PACKAGES_H
#define WEB_PACKAGES_H

/*
 * packages -- inside web: what the pages of frozen packages have in common.
 *
 *   [WQ1] Whoever is of the body may read them, and nobody changes anything
 *         here (service/packages.h [PK1]).
 *   [WQ2] A version is known by its SHA-256, which stands in its address.
 */

#include "service/packages.h"
#include "web/registers.h"

/* 64 hexadecimal digits. */
err packages_hash(struct request *rq, const struct hash *h, str *out);

/* The place of these pages: among the registers, or, of administrators who read
 * no case, among what they keep. */
enum work_place packages_place(const struct request *rq);

/* A fact in the reader's words. */
err packages_says(struct request *rq, const struct fact *f, str *out);

#endif
