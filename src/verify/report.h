#ifndef VERIFY_REPORT_H
#define VERIFY_REPORT_H

/*
 * report -- what came of checking a thing: one finding after the other, each of
 * them a sentence for whoever has to decide by it, and one verdict.
 *
 *   [RP1] A finding says what was proved, what was not, or what was refuted.
 *         What was not looked into is said as well: silence would be taken for
 *         consent.
 *   [RP2] The verdict follows from the findings alone: refuted when one thing
 *         was, nothing when none was proved, holds when nothing was left open.
 *   [RP3] A finding that was refuted is the error that refuted it, with its id
 *         and arguments.
 *
 * Adding never fails; what memory was missing for is said by report_end().
 */

#include "base/err.h"

struct arena;

enum finding_is {
    FINDING_PROVED,
    FINDING_OPEN,
    FINDING_REFUTED,
    FINDING_KINDS
};

/* "proved", "open", "refuted" */
extern const char *const finding_names[FINDING_KINDS];

struct verify_finding {
    enum finding_is is;
    const char *id; /* of a sentence */
    const struct err_arg *args;
    struct verify_finding *next;
};

enum verify_verdict {
    VERDICT_HOLDS,  /* everything there is to check was checked, and holds */
    VERDICT_PARTLY, /* what was checked holds; something was left open */
    VERDICT_REFUTED,
    VERDICT_NOTHING, /* nothing was proved, nothing refuted */
    VERDICTS,
};

/* "holds", "partly", "refuted", "nothing"; and the ids of their sentences. */
extern const char *const report_verdict_names[VERDICTS];
extern const char *const report_verdict_ids[VERDICTS];

struct verify_report {
    struct arena *a;
    struct verify_finding *first; /* in the order they were made */
    struct verify_finding *last;
    bool lost; /* memory was out */
};

void report_begin(struct verify_report *r, struct arena *a);

/* report_proved(r, "verify.what", ARG_STR("name", s), ..); texts are copied. */
#define report_proved(r, id, ...)                                              \
    report_add((r), FINDING_PROVED, (id),                                      \
               (const struct err_arg[]){ __VA_ARGS__ __VA_OPT__(, ){ 0 } })
#define report_open(r, id, ...)                                                \
    report_add((r), FINDING_OPEN, (id),                                        \
               (const struct err_arg[]){ __VA_ARGS__ __VA_OPT__(, ){ 0 } })
void report_add(struct verify_report *r, enum finding_is is, const char *id,
                const struct err_arg *args);

/* [RP3] Nothing is added when `e` is OK; lack of memory is no refutation. */
void report_refuted(struct verify_report *r, err e);

/* [RP2] */
enum verify_verdict report_verdict(const struct verify_report *r);

/* ERR_MEMORY when something could not be added. */
err report_end(const struct verify_report *r);

#endif
