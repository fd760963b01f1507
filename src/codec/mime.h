#ifndef CODEC_MIME_H
#define CODEC_MIME_H

/*
 * mime -- a mail as it travels (RFC 5322, 2045-2047): one text, plain and as
 * HTML, for one reader.
 *
 *   [MI1] No header field holds the end of a line or another control
 *         character, whoever gave its value: a mail that has one is refused.
 *   [MI2] Lines end in CR LF and have 76 characters at the most; those of
 *         header fields too, but for one that holds an address, which cannot
 *         be folded and has 998 at the most.  All of it is ASCII.
 *   [MI3] The same mail gives the same bytes.
 *   [MI4] An address is local@domain in ASCII, unquoted, as all servers take
 *         it. [RFC 5321 4.1.2, 4.5.3.1]
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

enum { MIME_ADDRESS_MAX = 254, MIME_NAME_MAX = 500, MIME_BODY_MAX = 4 << 20 };

struct mime_mail {
    str from_name; /* whose mail it is; may be empty */
    str from;      /* addresses */
    str to;
    str subject;    /* UTF-8 */
    int64_t at;     /* microseconds UTC; written at UTC+8 */
    str message_id; /* "x@host", unique for good, without < and > */
    str lang;       /* "zh-CN" */
    str text;       /* UTF-8, lines ended by LF */
    str html;       /* the same as a page of its own */
};

/* [MI4] */
bool mime_is_address(str s);

/*
 * The whole of it.  ERR_INVALID "mime.address" (address), "mime.header" (field)
 * [MI1], "mime.utf8"; ERR_LIMIT "mime.header_long" (field, most), "buf.limit".
 */
err mime_write(struct arena *a, const struct mime_mail *m, str *out);

#endif
