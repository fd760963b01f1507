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
    str enterprise; /* the name of theirs; empty: of the body */
    int32_t stage;  /* of a case of theirs, enum stage; CAST_NO_CASE */
};

enum { CAST_STAFF = 40, CAST_APPLICANTS = 3 }; /* at most */
enum { CAST_NO_CASE = -1 };

/* Who has not applied yet, in a demonstration. */
extern const char cast_newcomer[];

/* struct cast_part: people of the body by login, then of enterprises: who has
 * not applied yet, and one for each stage at which there is a case of theirs;
 * where there is none of those, the first by login. */
err cast_list(struct app *app, struct arena *a, struct list *out);

#endif
