#ifndef SERVICE_PARTICULARS_H
#define SERVICE_PARTICULARS_H

/*
 * particulars -- what the reporter says of a subject for the authority's
 * sheets, where no journal knows it: a trade code, a legal representative, the
 * number of an auditor's document.
 *
 *   [PC1] They are checked by the dictionary before they are kept.
 *   [PC2] They are sealed in the store, each subject's in a box of its own that
 *         opens nowhere else, under a key made of the installation's; the
 *         event in the body's stream says of whom and under which names, never
 *         what.
 *   [PC3] Whoever is no more is forgotten by taking back all that was said:
 *         then the box is gone.
 */

#include "auth/session.h"
#include "filing/filing.h"
#include "service/app.h"

/* What is spoken of, as on the command line: "body", "scheme:ID",
 * "enterprise:USCC", "case:NUMBER", "person:LOGIN". */
struct subject {
    enum filing_subject kind;
    str key; /* of its box: "enterprise/91350100M000100Y43", "person/ID" */
};

/* ERR_NOT_FOUND "filing.subject" (ref) when there is no such thing. */
err subject_find(struct tx *tx, struct arena *a, str ref, struct subject *out);

/* The subject of this kind and name; a person's name is the id. */
err subject_of(struct arena *a, enum filing_subject kind, str name,
               struct subject *out);

/* What was said of it; nothing is fine.  ERR_CORRUPT "secret.altered". */
err particulars_load(const struct app *app, struct tx *tx,
                     const struct subject *s, struct arena *a,
                     struct particulars *out);

struct particulars_order {
    const struct session *who;
    day today;                     /* DAY_NEVER: the clock's */
    str ref;                       /* of the subject */
    const struct particular *said; /* an empty value takes it back */
    size_t n;
};

/*
 * Say it.  ERR_DENIED "filing.role" (login); ERR_NOT_FOUND "filing.subject"
 * (ref), "filing.no_particular" (code, ref, known); what is wrong with a value:
 * filing_check_value().
 */
err particulars_say(struct app *app, struct arena *a,
                    const struct particulars_order *order);

#endif
