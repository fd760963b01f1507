#ifndef SERVICE_DRAFTS_H
#define SERVICE_DRAFTS_H

/*
 * drafts -- what somebody has begun to say in a case: an application, a
 * self-assessment.
 *
 *   [DR1] A draft is its person's own: nobody else reads it, of the enterprise
 *         or of the body.  It is no record of the case and stands in no
 *         journal.
 *   [DR2] It is kept for whoever may give its command now, and only as long as
 *         anybody may: it goes when the command was carried out, and when the
 *         case leaves its preparation, whoever's it is.
 *   [DR3] It has at most DRAFT_MAX bytes.
 */

#include "service/cases.h"

enum { DRAFT_MAX = 1 << 18 };

/* Whose, where, of what. */
struct draft_of {
    const struct session *who;
    const struct case_file *file; /* as `who` loaded it */
    const char *command;          /* "application.submit" */
    day today;                    /* DAY_NEVER: the clock's */
};

/* *body is empty when there is none. */
err draft_read(struct app *app, struct arena *a, const struct draft_of *of,
               str *body);

/* What right_check() refuses [DR2]; ERR_LIMIT "draft.size" (most) [DR3];
 * ERR_CONFLICT "case.version" (expected, found) when the case went on since it
 * was loaded and waits for other things now. */
err draft_write(struct app *app, struct arena *a, const struct draft_of *of,
                str body);

#endif
