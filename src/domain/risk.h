#ifndef DOMAIN_RISK_H
#define DOMAIN_RISK_H

/*
 * risk -- a note for the plan of samples: which rows of the enterprise's
 * service records the screens say to draw (docs/screens.md). [M9] [M15] [M16]
 *
 *   [RN1] It is a working paper of the body: the enterprise does not read it
 *         (papers.h [PA4]), nor learns from it which rows will be drawn.
 *   [RN2] It may be noted from the document review to the end of the site
 *         audit, by any auditor who is free to evaluate the case; who does,
 *         evaluated it.
 *   [RN3] It is no finding: nothing in the score, a gate or a limit follows
 *         from it.  A later one adds to those before.
 */

#include "base/hash.h"
#include "base/str.h"

#include <stdint.h>

/* risk.noted; the command says the same */
struct risk_note {
    str title;
    struct hash blob;    /* SHA-256 of the note (service/records_risk.h) */
    int64_t size;        /* bytes */
    struct hash records; /* SHA-256 of the file that was screened */
    int64_t raised;      /* screens that were */
};

#endif
