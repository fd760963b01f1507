#ifndef SERVICE_RECORDS_HELD_ROOM_H
#define SERVICE_RECORDS_HELD_ROOM_H

/*
 * records_held_room -- how much of the disk all files of service records that
 * are held may take together. [RH11]
 *
 *   [HR1] A file counts with the size that was said when it began, and no more
 *         of it is taken: a piece is never refused for what others hold.
 *   [HR2] Administrators say how much there is; what is held already stays.
 */

#include "auth/session.h"
#include "service/app.h"

/* Gigabytes, 2^30 bytes each. */
enum { HELD_ROOM_USUAL = 100, HELD_ROOM_LEAST = 1, HELD_ROOM_MOST = 1 << 20 };

struct held_room {
    int64_t gigabytes; /* that there are */
    int64_t taken;     /* bytes */
};

/* ERR_CORRUPT "records.held_room_text". */
err held_room_in(struct tx *tx, struct arena *a, struct held_room *out);
err held_room_get(struct app *app, struct arena *a, struct held_room *out);

/* Are there `size` bytes left? */
bool held_room_has(const struct held_room *r, int64_t size);

/* ERR_DENIED "records.held_room_names" (roles) [HR2]; ERR_INVALID
 * "records.held_room_wrong" (least, most). */
err held_room_set(struct app *app, struct arena *a, const struct session *who,
                  int64_t gigabytes);

#endif
