#ifndef SERVICE_DOOR_PARTS_H
#define SERVICE_DOOR_PARTS_H

/* door_parts -- inside the service room: what the door (door.h) and accounts
 * (accounts.h) have in common. */

#include "auth/delay.h"
#include "crypto/secret.h"
#include "service/door.h"
#include "store/passages.h"
#include "store/people.h"

int64_t door_now(const struct app *app);
day door_today(const struct app *app);

/* A key made of the installation's, for one purpose. */
void door_key(const struct app *app, const char *purpose,
              uint8_t out[static SECRET_KEY_BYTES]);

/* --- the trail [DO6] -------------------------------------------------- */

/* Who did what to whom. */
struct door_note {
    enum passage what;
    id person;
    id actor; /* zero: the person */
    str channel;
};
err door_note(struct tx *tx, int64_t now, const struct door_note *n);

/* --- attempts [DO2] --------------------------------------------------- */

struct attempt {
    enum delay_of of;
    struct hash whose;
};

struct attempt door_attempt(const struct app *app, enum delay_of of, str whose);
struct attempt door_attempt_of_person(const struct app *app, enum delay_of of,
                                      id person);

/* Count them, or how long to wait: the longest of them. */
err door_count(struct tx *tx, const struct attempt *p, size_t n, int64_t now,
               int64_t *wait);

/* It was right: none in a row any more; or one less. */
err door_forget(struct tx *tx, const struct attempt *p);
err door_uncount(struct tx *tx, const struct attempt *p);

/* ERR_BUSY "door.wait" (seconds). */
err door_must_wait(struct arena *a, int64_t wait);

/* --- codes [DO4] ------------------------------------------------------ */

/* A code on its way through a tx, which keeps what came of it. */
struct code_try {
    struct app *app;
    id person;
    str typed;
    bool recovery; /* one of recovery will do */
    int64_t now;
    /* what came of it */
    int64_t wait;
    bool right;
    bool recovered;
};

/* Judge it by the factor that counts; failures are counted and noted. */
err door_judge_code(struct tx *tx, struct code_try *t);

/* What to say of it: OK, "door.code", or "door.wait". */
err door_code_error(struct arena *a, const struct code_try *t);

/* A factor's secret in its box, and out of it. */
err door_seal_secret(struct app *app, struct arena *a, id person, str secret,
                     str *sealed);
err door_open_secret(struct app *app, struct arena *a, id person, str sealed,
                     str *secret);

/* A new token: its text, and what is kept of it. */
err door_token(struct app *app, struct arena *a, str *text, struct hash *kept);

/* --- people ----------------------------------------------------------- */

/* ERR_NOT_FOUND "door.person" (login). */
err door_person(struct tx *tx, str login, struct person_row *out);

/* [DO1] [DO7] Is it somebody who did not leave and whose last day is not
 * over? */
err door_may_come_in(struct tx *tx, const struct app *app,
                     const struct person_row *p, bool *out);

/* ERR_DENIED "door.admin". */
err door_check_admin(struct arena *a, const struct session *who);

/* ERR_DENIED "door.state" unless the visitor's session is open. */
err door_check_open(struct arena *a, const struct visitor *v);

#endif
