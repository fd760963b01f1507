#ifndef SERVICE_RECORDS_RISK_CASE_H
#define SERVICE_RECORDS_RISK_CASE_H

/*
 * records_risk_case -- the notes of rows to draw among a case's working papers
 * (records_risk.h). [M9] [M15] [M16]
 *
 *   [RX1] Whoever may not read the working papers gets none: the list is made
 *         of the journal as it was loaded (cases.h [CA7]), and the file of a
 *         note is of the case only for who reads the note.
 *   [RX2] A file that says it is a note and has what one has is taken, and no
 *         other.
 */

#include "domain/risk.h"
#include "service/cases.h"

enum { CASE_RISKS_MAX = 8, RISK_NOTE_MAX = 1 << 20, RISK_LINES_TEXT = 2000 };

/* A screen that was raised. */
struct case_screen {
    const char *screen; /* id of its name, as records_screen_label() */
    int64_t k;
    int64_t n;
    int64_t base_k; /* held against base_k of base_n */
    int64_t base_n;
    int64_t concerned; /* rows that it points at */
    str lines;         /* of those to draw: "2 3 9" */
};

struct case_risk {
    const struct risk_note *note;
    day noted;
    str file_name; /* of the records */
    int64_t tickets;
    const struct case_screen *screens;
    size_t screen_count;
};

/* Those of a case as it was loaded, newest first, as struct case_risk; at most
 * CASE_RISKS_MAX.  ERR_CORRUPT as cases_file_bytes(). */
err records_risks(struct app *app, struct arena *a,
                  const struct case_file *file, struct list *out);

/*
 * Note what `bytes` say in the case that `order` is about, by risk.note: the
 * file is kept, as evidence_add() keeps one.  `title` empty: `name`.
 * ERR_INVALID "risk.no_note" (name), ERR_LIMIT "risk.long" (most), what
 * cases_do() refuses.
 */
struct risk_file {
    str title;
    str name;
    str bytes;
};
err records_risk_add(struct app *app, struct arena *a,
                     const struct case_order *order,
                     const struct risk_file *file, struct case_answer *out);

#endif
