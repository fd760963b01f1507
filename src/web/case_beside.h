#ifndef WEB_CASE_BESIDE_H
#define WEB_CASE_BESIDE_H

/*
 * case_beside -- inside web: the facts that stand beside the form of a command,
 * as far as one needs them to give it.
 *
 *   [BS1] They are of the case as its reader may read it [WE1], and of now:
 *         what was recorded on the way is worked out anew.
 *   [BS2] Few: what the tabs say at length they do not repeat.
 */

#include "web/case_page.h"

/* `about`: the number of what the command is about, where it has one; else 0.
 */
err case_beside(const struct case_view *v, const char *command, int64_t about,
                struct page_command_beside *out);

#endif
