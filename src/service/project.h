#ifndef SERVICE_PROJECT_H
#define SERVICE_PROJECT_H

/* project -- the register's row of a certificate, from what was issued. */

#include "domain/events.h"
#include "store/store.h"

struct certificate_row;

struct certificate_row certificate_row_of(const struct certificate *c,
                                          id enterprise, int64_t version);

err certificate_project(struct tx *tx, const struct certificate *c,
                        id enterprise, int64_t version);

#endif
