#ifndef SERVICE_EVIDENCE_H
#define SERVICE_EVIDENCE_H

/*
 * evidence -- a document comes into a case with its file, in one go. [M8] [M9]
 *
 *   [EV1] What the case would refuse is not kept: the command is asked first
 *         (cases.h [CA8]), then the file is kept, then it is carried out.
 *   [EV2] A file is what its bytes say (file_type.h); its name is kept for
 *         people to read.
 *   [EV3] Sent twice under the same id it is added once [CA3].
 *   [EV5] A sheet of service records that says this body signed it is taken
 *         only if it did (records_case.h).
 *   [EV6] Of a meeting pictures are taken and nothing else; of what was
 *         corrected whatever papers of a case are. [M17] [M18]
 *   [EV4] A refusal is kept in the audit trail like any other [CA4].
 */

#include "service/cases.h"

struct json;

struct evidence {
    const struct session *who;
    day today; /* DAY_NEVER: the clock's */
    str ref;
    str requirement;
    str title; /* empty: the file's name */
    str from;  /* as it was typed, "2026-05-01"; empty: none */
    str to;
    str name; /* of the file, as its sender calls it */
    str bytes;
    id command_id;
    int64_t expected; /* version the sender saw; -1: any */
};

/* ERR_INVALID "case.file_empty", "file.type" (found); ERR_LIMIT
 * "case.file_size" (size, most), "file.own_long"; ERR_IO "file.magic"; [EV5];
 * what cases_do() refuses of document.add. */
err evidence_add(struct app *app, struct arena *a, const struct evidence *e,
                 struct case_answer *out);

/* Does this command take papers beside pictures? [EV6] */
bool evidence_takes_papers(str command);

/*
 * Carry out `order`, a command whose data has a list `photos`, with these
 * files in it: `data`, the order's own, gets their SHA-256 behind what
 * stands there; likewise [EV1] [EV2] [EV4] [EV5].  ERR_INVALID
 * "evidence.no_picture" (name) by [EV6], and as evidence_add() of a file; what
 * cases_do() refuses.
 */
struct photograph {
    str name;
    str bytes;
};
err evidence_photographs(struct app *app, struct arena *a,
                         const struct case_order *order, struct json *data,
                         const struct list *photographs,
                         struct case_answer *out);

#endif
