#ifndef HTTP_STATUS_H
#define HTTP_STATUS_H

/* status -- the only table from the codes of errors to those of HTTP. */

#include "base/err.h"

int status_of(enum err_code code);

#endif
