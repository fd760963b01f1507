#include "service/records_held_room.h"

#include "domain/rights.h"
#include "store/held.h"
#include "store/meta.h"

#include <stdio.h>

enum { GIGABYTE = 1 << 30, NUMBER_ROOM = 24 };

#define ROOM_KEY S("held/gigabytes")

static bool is_room(int64_t gigabytes)
{
    return gigabytes >= HELD_ROOM_LEAST && gigabytes <= HELD_ROOM_MOST;
}

/* As the store has it; whatever else stands there is damage. */
static err read_kept(struct arena *a, str text, int64_t *out)
{
    int64_t n = 0;

    for (size_t i = 0; i < text.n && n <= HELD_ROOM_MOST; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return err_new(a, ERR_CORRUPT, "records.held_room_text");
        n = 10 * n + (text.p[i] - '0');
    }
    if (!is_room(n))
        return err_new(a, ERR_CORRUPT, "records.held_room_text");
    *out = n;
    return OK;
}

err held_room_in(struct tx *tx, struct arena *a, struct held_room *out)
{
    struct held_room r = { .gigabytes = HELD_ROOM_USUAL };
    bool found = false;
    str text = S("");

    TRY(meta_get(tx, a, ROOM_KEY, &text, &found));
    if (found)
        TRY(read_kept(a, text, &r.gigabytes));
    TRY(held_row_taken(tx, &r.taken));
    *out = r;
    return OK;
}

err held_room_get(struct app *app, struct arena *a, struct held_room *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return held_room_in(tx, a, out);
}

bool held_room_has(const struct held_room *r, int64_t size)
{
    return size <= r->gigabytes * GIGABYTE - r->taken;
}

static err keep(struct tx *tx, void *context)
{
    return meta_set(tx, ROOM_KEY, *(const str *)context);
}

err held_room_set(struct app *app, struct arena *a, const struct session *who,
                  int64_t gigabytes)
{
    char number[NUMBER_ROOM];
    int n;

    if ((who->actor.roles & ROLE_BIT(ROLE_ADMIN)) == 0)
        return err_new(a, ERR_DENIED, "records.held_room_names",
                       ARG_IDS("roles", S("role.admin")));
    if (!is_room(gigabytes))
        return err_new(a, ERR_INVALID, "records.held_room_wrong",
                       ARG_INT("least", HELD_ROOM_LEAST),
                       ARG_INT("most", HELD_ROOM_MOST));
    n = snprintf(number, sizeof number, "%lld", (long long)gigabytes);
    str text = { number, (size_t)n };
    return app_write_case(app, a, keep, &text);
}
