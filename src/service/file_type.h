#ifndef SERVICE_FILE_TYPE_H
#define SERVICE_FILE_TYPE_H

/*
 * file_type -- what a file is, by its bytes (libmagic). [M8]
 *
 *   [FT1] Neither a file's name nor what its sender says of it is looked at.
 *   [FT2] Only what stands in a short list is taken: PDF, pictures, documents
 *         and tables of offices, text, archives.  Nothing on it is a page or a
 *         program to a browser.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

/*
 * The media type of `bytes`, which lives as long as the program.  ERR_INVALID
 * "file.type" (found): none of the list; ERR_IO "file.magic": the library has
 * no table of types on this machine.
 */
err file_type(struct arena *a, str bytes, str *out);

#endif
