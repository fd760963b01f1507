#ifndef HTTP_PATH_H
#define HTTP_PATH_H

/*
 * path -- what a request asks for: the request target, taken apart.
 *
 *   "/c/00119Q%2F1100?lang=en"  ->  segments "c", "00119Q/1100"
 *                                   query "lang=en"
 *
 *   [PA1] Segments are decoded once, each alone, after the path was cut at its
 *         slashes: an encoded slash stays inside its segment.
 *   [PA2] No segment is "." or "..", however encoded; none holds a control
 *         character or bytes that are not UTF-8.  So a segment can be compared
 *         and shown, and no path leads out of anywhere.
 *   [PA3] A path is taken as it stands, not mended: "//a" has an empty segment
 *         and so has "/a/", and no route has one.  What exists has one address.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

enum { PATH_SEGMENTS = 16 };

struct path {
    bool all; /* the target was "*": OPTIONS about the whole server */
    str text; /* decoded, with the slashes between the segments */
    str at[PATH_SEGMENTS]; /* the segments, slices of `text` */
    size_t n;              /* 0 for "/" */
    str query;             /* after the '?', as it was sent; else empty */
};

/*
 * `target` as it stands in the request line: "/path?query", or with
 * "http://host" before it, or "*".  ERR_INVALID: "path.form" (it is none of
 * these), "path.character" (at: an ASCII control, a blank, '#' or a byte that
 * is not ASCII), "path.percent" (at), "path.text" [PA2], "path.dots" [PA2],
 * "path.deep" (limit).  `at` counts bytes of the target from 1.
 */
err path_parse(struct arena *a, str target, struct path *out);

#endif
