#ifndef SERVICE_PEOPLE_H
#define SERVICE_PEOPLE_H

/*
 * people -- who there is, for administrators: what they are, how they prove
 * who they are, and what happened at the door.
 *
 *   [PP1] Administrators see anybody, everybody sees themselves.
 *   [PP2] Whether there is a second factor is said, never what it is.
 *   [PP3] The trail is read from the newest on; it names people by the logins
 *         they have now.
 */

#include "auth/session.h"
#include "service/app.h"
#include "store/passages.h"
#include "store/people.h"

enum { PEOPLE_MOST = 100, TRAIL_MOST = 100 }; /* at once */

struct person_line {
    str login;
    str name;
    unsigned roles;
    str enterprise; /* its name; empty: of the body */
    str uscc;
    bool left;
    bool over; /* the last day was before today */
    day until; /* DAY_NEVER: it goes on */
    str mail;  /* empty: none is known */
    bool has_factor;
    bool needs_factor;
    int64_t codes; /* of recovery that are left */
};

/* struct person_line after login `after`, by login; `limit` is 1..PEOPLE_MOST.
 * ERR_DENIED "door.admin". */
err people_list(struct app *app, struct arena *a, const struct session *who,
                const struct page *p, struct list *out);

/* [PP1] ERR_DENIED "door.others"; ERR_NOT_FOUND "door.person" (login). */
err people_one(struct app *app, struct arena *a, const struct session *who,
               str login, struct person_line *out);

/* Something that happened at the door. */
struct trail_line {
    int64_t id; /* rising */
    int64_t at; /* microseconds UTC */
    enum passage what;
    str login;   /* about whom; empty: nobody we know */
    str actor;   /* who did it, where that is somebody else; else empty */
    str channel; /* "web", "cli" */
};

/* The word of each, for "passage.WORD" in the catalogues. */
extern const char *const passage_names[]; /* ends with NULL */

/* What is to be read of it. */
struct trail_wish {
    str login;      /* empty: of everybody */
    int64_t before; /* before this id; INT64_MAX: from the newest on */
    int32_t limit;  /* 1..TRAIL_MOST */
};

/* struct trail_line, the newest first. [PP3] ERR_DENIED "door.admin";
 * ERR_NOT_FOUND "door.person" (login). */
err people_trail(struct app *app, struct arena *a, const struct session *who,
                 const struct trail_wish *wish, struct list *out);

#endif
