#ifndef SERVICE_BODY_KNOWN_H
#define SERVICE_BODY_KNOWN_H

/*
 * body_known -- what the body is on a day, from its stream, for whoever writes
 * its name on something. [条例 9] [17065 4.1.1]
 *
 *   [BK1] It is read from the body's stream, which is verified whole, and kept
 *         until the stream has another version or head: whoever changed it,
 *         here or in another process, is seen at once.  Where nothing is marked
 *         (register_home.h [RG4]) the stream is not even looked at.
 *   [BK2] What is handed out stands as long as the app does.
 *   [BK3] Something that was made at a moment bears what was known of that day
 *         at that moment: body_then(); what is shown now, body_today().
 *         (domain/body_facts.h [BF3])
 *   [BK4] Any thread may ask at any time.
 */

#include "domain/body_facts.h"
#include "service/app.h"

struct body_cache;

/* Inside app: itself in `a`, before which it is to be ended; what it keeps
 * takes memory of its own from `h`. */
err body_cache_new(struct heap *h, struct arena *a, struct body_cache **out);
void body_cache_end(struct body_cache *c); /* NULL: nothing */

/* Everything the body ever was, in a tx.  ERR_NOT_FOUND when there is no
 * stream; ERR_CORRUPT as stream_events() has it. */
err body_history_in(struct app *app, struct tx *tx,
                    const struct body_history **out);

/* The same; no tx may be open in this thread. */
err body_history(struct app *app, struct arena *a,
                 const struct body_history **out);

/* What holds on `today` by all that is known; no tx may be open in this
 * thread. */
err body_today(struct app *app, struct arena *a, day today,
               const struct body **out);

/* What held when something was made, at moment `at`, on `on`. [BK3] */
err body_then(struct app *app, struct arena *a, day on, int64_t at,
              const struct body **out);

/* Who said each: the names of as many people as there are stands, empty where
 * nobody did or the register has nobody any more. */
err body_said_by(struct app *app, struct arena *a, const struct body_history *h,
                 const str **out);

/* body_today() and body_then() in a tx. */
err body_today_in(struct app *app, struct tx *tx, day today,
                  const struct body **out);
err body_then_in(struct app *app, struct tx *tx, day on, int64_t at,
                 const struct body **out);

#endif
