#ifndef API_API_H
#define API_API_H

/*
 * api -- the register for programs, as JSON.
 *
 *   [AI1] GET /api/v1/certificates/NUMBER answers what the public page shows.
 *   [AI2] What goes wrong is a problem document (RFC 9457) in the reader's
 *         language, with our code, id and arguments.
 *   [AI3] A failure of ours (5xx) says no more than the request's id, under
 *         which our log has the rest.
 *   [AI4] An answer may be kept for a minute and has a tag; any site's script
 *         may read it.
 */

#include "http/router.h"
#include "http/site.h"

extern const struct route_table api_routes;

/* Is this request one of the API's? */
bool api_is(const struct request *rq);

/* [AI2], for the site's on_error. */
err api_error(struct request *rq, err why, struct response *rs);

#endif
