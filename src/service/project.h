#ifndef SERVICE_PROJECT_H
#define SERVICE_PROJECT_H

/* project -- the register's rows of a certificate and its sub-certificates,
 * from its own stream and nothing else. */

#include "domain/standing.h"
#include "store/store.h"

struct certificate_row;

/* Its place in the log left out: the sequencer fills that in. */
struct certificate_row certificate_row_of(const struct standing *s,
                                          id enterprise);

/* Write them all. */
err certificate_project(struct tx *tx, const struct standing *s, id enterprise);

#endif
