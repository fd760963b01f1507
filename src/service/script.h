#ifndef SERVICE_SCRIPT_H
#define SERVICE_SCRIPT_H

/*
 * script -- what a diligent person would do next in a case: the next command,
 * who gives it, and with what data, worked out from the package and the state.
 *
 * Whoever drives a case with it tells it who is planned for what (struct
 * auditor), and takes lead and member over from the plan it makes.
 *
 * The demonstration, the benches and the model test drive cases with it.  It
 * knows no scheme: declarations, answers, documents and findings come from
 * the package's own lists.
 */

#include "base/err.h"
#include "codec/json.h"
#include "domain/state.h"

struct arena;
struct yaml;

/* Somebody who may be sent to audits, and the last day they are planned for
 * already; DAY_MIN: for none. */
struct auditor {
    str login;
    day until;
};

/* How a case goes. */
struct script {
    const struct yaml *texts; /* demo.yaml, "texts" */
    const struct state *state;
    const struct calendar *calendar;
    day today;
    str level;  /* wanted */
    str client; /* name of the enterprise */
    str scope;
    str scope_en;
    int64_t staff;
    int64_t outlets; /* beside the headquarters */
    uint64_t nature; /* what varies: weak indicators, unreached customers */
    int32_t weak;    /* indicators not met, 0.. */
    bool incomplete; /* the first application lacks a document */
    bool gap;        /* the document review finds one */
    str lead;        /* logins: who is asked first */
    str member;
    const struct auditor *auditors; /* who else could be sent */
    size_t auditor_count; /* 0: lead and member go, wherever they are */
    struct hash blob;     /* of the document every requirement is given */
    int64_t blob_size;
    struct hash nonces[2]; /* the body's and the enterprise's */
};

struct step {
    str command; /* empty: nothing is left to do */
    str login;   /* who gives it; "applicant" for the enterprise's own */
    struct json *data;
    int32_t days; /* that pass before it */
};

/* The next step towards the end of upkeep's first round. */
err script_next(struct arena *a, const struct script *s, struct step *out);

#endif
