#ifndef SERVICE_HOOKS_PARTS_H
#define SERVICE_HOOKS_PARTS_H

/* hooks_parts -- inside the service room: boxes and messages of webhooks
 * (hooks.h). */

#include "service/hooks.h"

struct json;

/* Where a webhook calls, and by what it signs [HO6]. */
struct hook_box {
    str address;
    str secret; /* "whsec_.." */
};

err hook_seal(struct app *app, struct arena *a, id hook,
              const struct hook_box *box, str *out);
/* ERR_CORRUPT "secret.altered". */
err hook_open(struct app *app, struct arena *a, const struct hook_row *row,
              struct hook_box *out);

/* {"data":..,"timestamp":..,"type":..} of Standard Webhooks; `at` is
 * "2026-11-24T04:00:00Z". */
struct hook_words {
    str type;
    str at;
    struct json *data;
};
err hook_body(struct arena *a, const struct hook_words *w, str *out);

/* A message that only tries webhook `number`. */
err hook_trial(struct app *app, struct arena *a, int64_t number, str *out);

/* Hand `call` over, signed with the moment it is. [HO4] */
struct hook_sending {
    struct hook_box box;
    bool here;
    const struct hook_call_row *call;
};
err hook_send(struct app *app, struct arena *a, const struct hook_sending *s);

/* Microseconds UTC by the world's clock. */
int64_t hook_now(const struct app *app);

#endif
