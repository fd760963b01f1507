#ifndef API_ANSWER_H
#define API_ANSWER_H

/* answer -- inside api: JSON as the body of an answer. */

#include "http/request.h"
#include "http/response.h"

struct json;

struct arena;

/* Canonical, with a line end, in `a`; at most `most` bytes: ERR_LIMIT
 * "buf.limit". */
struct api_body {
    const char *type;
    const struct json *json;
    size_t most;
};
err api_send(struct arena *a, struct response *rs, int status,
             const struct api_body *body);

#endif
