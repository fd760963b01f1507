#ifndef SERVICE_DRAFTS_H
#define SERVICE_DRAFTS_H

/*
 * drafts -- what somebody has begun to say in a case: an application, a
 * self-assessment, a message.
 *
 *   [DR1] A draft is its person's own: nobody else reads it, of the enterprise
 *         or of the body.  It is no record of the case and stands in no
 *         journal.
 *   [DR2] It is kept for whoever may give its command now, and only as long as
 *         anybody may: it goes when the command was carried out, and when the
 *         case leaves its preparation, whoever's it is.
 *         A message may be written as long as the case goes on: its draft goes
 *         when it is sent, its sender's alone, and when the case has ended.
 *   [DR3] It has at most DRAFT_MAX bytes.
 */

#include "service/cases.h"

enum { DRAFT_MAX = 1 << 18 };

#define DRAFT_MESSAGE "message.send"

/* Whose, where, of what. */
struct draft_of {
    const struct session *who;
    const struct case_file *file; /* as `who` loaded it */
    const char *command;          /* "application.submit", DRAFT_MESSAGE */
    day today;                    /* DAY_NEVER: the clock's */
};

/* *body is empty when there is none. */
err draft_read(struct app *app, struct arena *a, const struct draft_of *of,
               str *body);

/* An empty body is none.  What right_check() refuses [DR2]; ERR_LIMIT
 * "draft.size" (most) [DR3]; ERR_CONFLICT "case.version" (expected, found) when
 * the case went on since it was loaded and waits for other things now. */
err draft_write(struct app *app, struct arena *a, const struct draft_of *of,
                str body);

#endif
