#include "auth/web_session.h"

/* [WB3] */
static const unsigned need_factor =
    ROLE_BIT(ROLE_REVIEWER) |     /* decides */
    ROLE_BIT(ROLE_HEAD) |         /* signs what the body says */
    ROLE_BIT(ROLE_CERTIFICATES) | /* issues, suspends, withdraws */
    ROLE_BIT(ROLE_QUALITY) |      /* judges complaints, ties, misuse */
    ROLE_BIT(ROLE_APPEAL) |       /* decides again */
    ROLE_BIT(ROLE_FINANCE) |      /* says what was paid */
    ROLE_BIT(ROLE_REPORTER) |     /* speaks to the authority */
    ROLE_BIT(ROLE_ADMIN);         /* says who is who */

bool web_session_needs_factor(unsigned roles)
{
    return (roles & need_factor) != 0;
}

enum web_session_state web_session_first(unsigned roles, bool has_factor)
{
    if (has_factor)
        return WEB_SESSION_CODE;
    return web_session_needs_factor(roles) ? WEB_SESSION_ENROL
                                           : WEB_SESSION_OPEN;
}

int64_t web_session_ends(enum web_session_state state, int64_t now)
{
    return now + (state == WEB_SESSION_OPEN ? WEB_SESSION_LONGEST
                                            : WEB_SESSION_WAITING);
}

bool web_session_lives(const struct web_session_row *row, int64_t now)
{
    return now < row->ends && now - row->seen < WEB_SESSION_IDLE;
}

bool web_session_is_stale(const struct web_session_row *row, int64_t now)
{
    return now - row->seen >= WEB_SESSION_TOUCH;
}
