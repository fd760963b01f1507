#ifndef AUTH_WEB_SESSION_H
#define AUTH_WEB_SESSION_H

/*
 * web_session -- how long somebody is in by a browser, and what they must show
 * to be (docs/decisions/who-needs-a-second-factor.md).
 *
 *   [WB1] A session ends when nobody used it for a while, and after a day's
 *         work however much it is used.
 *   [WB2] One that waits for a second factor ends soon, used or not.
 *   [WB3] Who decides, signs, pays, reports or administers needs a second
 *         factor: this table is the only one.  Others may have one.
 */

#include "domain/actor.h"
#include "store/web_sessions.h"

/* Microseconds. */
#define WEB_SESSION_IDLE    (INT64_C(2) * 3600 * 1000000)
#define WEB_SESSION_LONGEST (INT64_C(12) * 3600 * 1000000)
#define WEB_SESSION_WAITING (INT64_C(15) * 60 * 1000000)
#define WEB_SESSION_TOUCH   (INT64_C(60) * 1000000) /* seen, to the minute */

/* [WB3] */
bool web_session_needs_factor(unsigned roles);

/* The state of somebody whose password was right. */
enum web_session_state web_session_first(unsigned roles, bool has_factor);

/* When one that comes into `state` at `now` ends at the latest. */
int64_t web_session_ends(enum web_session_state state, int64_t now);

/* Is it still one? [WB1] [WB2] */
bool web_session_lives(const struct web_session_row *row, int64_t now);

/* Is it time to write down that it was seen? */
bool web_session_is_stale(const struct web_session_row *row, int64_t now);

#endif
