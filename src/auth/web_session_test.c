/* How long a session lasts, and who needs a second factor. [WB1]..[WB3] */

#include "auth/web_session.h"

#include "base/size.h"
#include "base/test.h"

TEST(who_decides_signs_pays_reports_or_administers_needs_a_second_factor)
{
    static const bool needs[ROLE_COUNT] = {
        [ROLE_APPLICANT] = false,   [ROLE_INTAKE] = false,
        [ROLE_FINANCE] = true,      [ROLE_PLANNER] = false,
        [ROLE_AUDITOR] = false,     [ROLE_REVIEWER] = true,
        [ROLE_CERTIFICATES] = true, [ROLE_QUALITY] = true,
        [ROLE_HEAD] = true,         [ROLE_APPEAL] = true,
        [ROLE_EXPERT] = false,      [ROLE_REPORTER] = true,
        [ROLE_AUTHORITY] = false,   [ROLE_ADMIN] = true,
    };

    for (unsigned r = 0; r < ROLE_COUNT; r++) {
        EXPECT_ROW(role_names[r],
                   web_session_needs_factor(ROLE_BIT(r)) == needs[r]);
        EXPECT_ROW(role_names[r],
                   web_session_first(ROLE_BIT(r), false) ==
                       (needs[r] ? WEB_SESSION_ENROL : WEB_SESSION_OPEN));
        /* Whoever has one shows it, needed or not. */
        EXPECT_ROW(role_names[r],
                   web_session_first(ROLE_BIT(r), true) == WEB_SESSION_CODE);
    }
    EXPECT(!web_session_needs_factor(0));
    EXPECT(web_session_needs_factor(ROLE_BIT(ROLE_AUDITOR) |
                                    ROLE_BIT(ROLE_REVIEWER)));
}

TEST(a_session_ends_unused_or_after_a_day_s_work)
{
    const int64_t made = INT64_C(1) << 50;
    const struct {
        const char *why;
        int64_t seen;
        int64_t now;
        enum web_session_state state;
        bool lives;
    } rows[] = {
        { "just made", made, made, WEB_SESSION_OPEN, true },
        { "unused, the last moment", made, made + WEB_SESSION_IDLE - 1,
          WEB_SESSION_OPEN, true },
        { "unused for so long", made, made + WEB_SESSION_IDLE, WEB_SESSION_OPEN,
          false },
        { "used, the last moment", made + WEB_SESSION_LONGEST - 1,
          made + WEB_SESSION_LONGEST - 1, WEB_SESSION_OPEN, true },
        { "used, and over", made + WEB_SESSION_LONGEST - 1,
          made + WEB_SESSION_LONGEST, WEB_SESSION_OPEN, false },
        { "waiting, the last moment", made, made + WEB_SESSION_WAITING - 1,
          WEB_SESSION_CODE, true },
        { "waiting, and over", made + WEB_SESSION_WAITING - 1,
          made + WEB_SESSION_WAITING, WEB_SESSION_CODE, false },
        { "so does one that enrols", made + WEB_SESSION_WAITING - 1,
          made + WEB_SESSION_WAITING, WEB_SESSION_ENROL, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct web_session_row row = {
            .made = made,
            .seen = rows[i].seen,
            .ends = web_session_ends(rows[i].state, made),
        };

        EXPECT_ROW(rows[i].why,
                   web_session_lives(&row, rows[i].now) == rows[i].lives);
    }
}

TEST(a_visit_is_written_down_once_a_minute)
{
    const struct web_session_row row = { .seen = 1000 };

    EXPECT(!web_session_is_stale(&row, 1000));
    EXPECT(!web_session_is_stale(&row, 1000 + WEB_SESSION_TOUCH - 1));
    EXPECT(web_session_is_stale(&row, 1000 + WEB_SESSION_TOUCH));
}
