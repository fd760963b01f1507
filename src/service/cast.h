#ifndef SERVICE_CAST_H
#define SERVICE_CAST_H

/*
 * cast -- whom a demonstration lets one be.
 *
 *   [CS1] Only a demonstration tells who there is; any other body tells nobody,
 *         whoever asks (door.h [DO1]).
 */

#include "codec/record.h"
#include "service/app.h"

/* A part to play. */
struct cast_part {
    str login;
    str name;
    unsigned roles;
};

enum { CAST_STAFF = 40, CAST_APPLICANTS = 3 }; /* at most */

/* struct cast_part: people of the body, then applicants, each by login. */
err cast_list(struct app *app, struct arena *a, struct list *out);

#endif
