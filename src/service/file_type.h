#ifndef SERVICE_FILE_TYPE_H
#define SERVICE_FILE_TYPE_H

/*
 * file_type -- what a file is, by its bytes (libmagic). [M8]
 *
 *   [FT1] Neither a file's name nor what its sender says of it is looked at.
 *   [FT2] Only what stands in a short list is taken: PDF, pictures, documents
 *         and tables of offices, text, archives.  Nothing on it is a page or a
 *         program to a browser.
 *   [FT3] A JSON object that says so is a document of this program's own, under
 *         a type of its own: nothing else opens it, and it leaves as an
 *         attachment.  One that is too long to be read again is refused.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

/* A sheet of service records (records_sheet.h). */
#define FILE_TYPE_SHEET "application/x.tenstar.record-sheet+json"

/* Most bytes of a document of our own: what is longer cannot be checked against
 * its signature (verify/sealed.h). */
enum { FILE_TYPE_OWN_MAX = 4 << 20 };

/*
 * The media type of `bytes`, which lives as long as the program.  ERR_INVALID
 * "file.type" (found): none of the list; ERR_IO "file.magic": the library has
 * no table of types on this machine; as file_type_own().
 */
err file_type(struct arena *a, str bytes, str *out);

/*
 * The media type of a document of our own [FT3]; empty: it is none.  ERR_LIMIT
 * "file.own_long" (size, most).
 */
err file_type_own(struct arena *a, str bytes, str *out);

#endif
