#ifndef WEB_MARK_FILE_H
#define WEB_MARK_FILE_H

/*
 * mark_file -- inside web: a picture of the mark or of the square code as a
 * file to keep. [M21]
 *
 *   [MF1] The field "size" of the query says which: none, the SVG; "print", a
 *         PNG of at least 600 pixels to the inch; "web", one for a page.
 *   [MF2] Its name says the certificate, what it is and its size.
 */

#include "web/parts.h"

enum mark_size { MARK_SVG, MARK_PRINT, MARK_WEB };

/* [MF1] false: it says something else. */
bool mark_size_asked(const struct request *rq, enum mark_size *out);

struct mark_file {
    str certificate;  /* its number */
    const char *what; /* "mark-colour", "code" */
    str svg;          /* as it is drawn */
    enum mark_size size;
    int64_t millimetres; /* its width in print */
    int64_t pixels;      /* on the web, at least */
    bool whole;          /* its units are whole pixels (service/picture.h) */
};

/* As an attachment.  Errors of picture_png(). */
err mark_file_send(struct request *rq, struct response *rs,
                   const struct mark_file *f);

#endif
