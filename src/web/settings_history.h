#ifndef WEB_SETTINGS_HISTORY_H
#define WEB_SETTINGS_HISTORY_H

/* settings_history -- what the body said of itself, and when. [条例 9] */

#include "web/web.h"

struct page_settings;

/* Every change, the newest first, into page->history. [WS3] */
err settings_history(struct request *rq, struct page_settings *page);

#endif
