#ifndef DOMAIN_NAMES_H
#define DOMAIN_NAMES_H

/*
 * names -- what the values of the domain's enums are called: in JSON, on the
 * command line and, behind a prefix, in the catalogues ("grade.minor").
 *
 * Every list ends with NULL and is indexed by the enum.
 */

#include <stddef.h>

extern const char *const waiting_names[];   /* enum waiting */
extern const char *const ending_names[];    /* enum ending */
extern const char *const result_names[];    /* enum result */
extern const char *const grade_names[];     /* enum grade */
extern const char *const outcome_names[];   /* enum outcome */
extern const char *const contact_names[];   /* enum contact */
extern const char *const call_names[];      /* enum call */
extern const char *const mode_names[];      /* of visits, "A" .. "I" */
extern const char *const aspect_names[];    /* enum review_aspect, by bit */
extern const char *const verdict_names[];   /* enum verdict */
extern const char *const site_names[];      /* enum site_kind */
extern const char *const line_names[];      /* enum line_kind */
extern const char *const lack_names[];      /* enum lack */
extern const char *const status_names[];    /* enum certificate_status */
extern const char *const appeal_names[];    /* enum appeal_subject */
extern const char *const complaint_names[]; /* enum complaint_about */
extern const char *const message_side_names[];
extern const char *const change_names[];     /* enum change_kind */
extern const char *const sub_ending_names[]; /* enum sub_ending */
extern const char *const mark_names[];       /* enum mark_standing */
extern const char *const misuse_names[];     /* enum misuse_kind */
extern const char *const settled_names[];    /* enum misuse_outcome */
extern const char *const auditor_names[];    /* enum auditor_level */
extern const char *const tie_names[];        /* enum tie */
extern const char *const case_names[];       /* enum case_kind */
extern const char *const round_names[];      /* enum round_kind */
extern const char *const correcting_names[]; /* enum correction_state */
extern const char *const condition_names[];  /* enum condition_standing */
extern const char *const relation_names[];   /* enum relation_to_case */
extern const char *const gate_names[];       /* enum gate_state */
extern const char *const sample_names[];     /* enum sample_verdict */
/* money */
extern const char *const fee_names[];      /* enum fee_rule */
extern const char *const invoice_names[];  /* enum invoice_for */
extern const char *const approval_names[]; /* enum approval */
extern const char *const cost_names[];     /* enum cost */

/* A list of names and the prefix of their catalogue ids. */
struct naming {
    const char *id;           /* "grade." */
    const char *const *names; /* NULL: the names of commands, or of events */
};

/* All of them, for tests and documentation. */
extern const struct naming namings[];
extern const size_t naming_count;

#endif
