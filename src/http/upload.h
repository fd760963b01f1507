#ifndef HTTP_UPLOAD_H
#define HTTP_UPLOAD_H

/*
 * upload -- a form with files (multipart/form-data, RFC 7578 over RFC 2046).
 *
 *   --BOUNDARY CRLF
 *   Content-Disposition: form-data; name="title" CRLF CRLF
 *   Licence CRLF
 *   --BOUNDARY CRLF
 *   Content-Disposition: form-data; name="file"; filename="a.pdf" CRLF
 *   Content-Type: application/pdf CRLF CRLF
 *   bytes CRLF
 *   --BOUNDARY-- CRLF
 *
 *   [UP1] What browsers send is read, and nothing else: no text before the
 *         first boundary or after the last, no blanks behind a boundary, every
 *         line ended by CR LF, the two header fields above and no others.
 *   [UP2] A part without a filename is a field, held to what form.h says of
 *         values [FO1]; one with a filename is a file, whose bytes may be any.
 *   [UP3] Nothing is copied but names: fields and files are slices of the body,
 *         which the server kept within its limit.
 *   [UP4] A file's name is what its sender calls it: a text without a path,
 *         for people to read and never to open.
 */

#include "base/err.h"
#include "http/form.h"

struct arena;

enum { UPLOAD_FILES = 20, UPLOAD_NAME = 255 };

struct upload_file {
    str field; /* of the form */
    str name;  /* [UP4]; empty: no file was chosen */
    str type;  /* as its sender says; may be empty */
    str bytes;
};

struct upload {
    struct form form;
    const struct upload_file *files;
    size_t n;
};

/*
 * `type` is the whole Content-Type.  ERR_INVALID "upload.boundary",
 * "upload.form" (part, counted from 1), "form.text" (field); ERR_LIMIT
 * "form.many" (limit), "upload.many" (limit).
 */
err upload_parse(struct arena *a, str type, str body, struct upload *out);

/* The only file of field `name`; NULL when there is none or more than one. */
const struct upload_file *upload_get(const struct upload *u, str name);

#endif
