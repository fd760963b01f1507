#ifndef SERVICE_PACKAGES_H
#define SERVICE_PACKAGES_H

/*
 * packages -- the frozen versions of each scheme, for the body's own people:
 * which there are, what each says, what the checker says of it today, and what
 * differs between two. [17065 7.1] [M5]
 *
 *   [PK1] Read by whoever is of the body, by nobody else; frozen only by
 *         service/registry.h.
 *   [PK2] In force is the one that was frozen last: new cases are judged by it.
 *         Cases that are open stay with theirs (app.h [AP2]).
 *   [PK3] The checker judges wording by the words of its day (scheme/load.h),
 *         so what it finds of an old version changes nothing of its cases.
 *         Golden cases are not kept with a version and are not run again.
 */

#include "auth/session.h"
#include "scheme/compare.h"
#include "scheme/load.h"
#include "service/app.h"

struct package_line {
    str scheme; /* "ten-star" */
    str version;
    struct hash hash;
    int64_t frozen; /* microseconds UTC */
    str by;         /* name of who froze it; empty: the founding */
    bool in_force;  /* [PK2] */
    int64_t cases;  /* bound to it */
};

/* struct package_line by scheme, newest first.  ERR_DENIED "visit.body"
 * [PK1]. */
err packages_list(struct app *app, struct arena *a, const struct session *who,
                  struct list *out);

struct package_view {
    struct package_line line;
    const struct scheme *scheme; /* lives as long as the app */
    const struct problem *problems;
    size_t problem_count; /* [PK3]; 0: sound */
};

/* The version `hash` of scheme `name`, 64 hexadecimal digits in small letters.
 * ERR_DENIED "visit.body"; ERR_NOT_FOUND "published.no_scheme" (name). */
err packages_one(struct app *app, struct arena *a, const struct session *who,
                 str name, str hash, struct package_view *out);

#endif
