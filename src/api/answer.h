#ifndef API_ANSWER_H
#define API_ANSWER_H

/* answer -- inside api: JSON as the body of an answer. */

#include "base/day.h"
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

/* The same as JSON, or as a problem from 400 on, for any site's scripts; at
 * most four mebibytes. */
err api_send_open(struct request *rq, struct response *rs, int status,
                  const struct json *j);

/* ERR_INVALID "api.field" (field): it is missing, or no value that can be
 * used. */
err api_bad_field(struct request *rq, const char *name);

/* ?name=, a whole number of lo..hi; *out stays as it is where nothing is said.
 * api_bad_field(). */
struct api_range {
    int64_t lo;
    int64_t hi;
};
err api_query_number(struct request *rq, const char *name,
                     const struct api_range *in, int64_t *out);

/* The same, a day, "2026-11-24". */
err api_query_day(struct request *rq, const char *name, day *out);

/* The same, 0 or 1. */
err api_query_flag(struct request *rq, const char *name, bool *out);

#endif
