#ifndef VERIFY_THING_H
#define VERIFY_THING_H

/*
 * thing -- whatever somebody has in hand of a certificate, recognised by its
 * bytes, and everything that can be said of it.
 *
 *   [TH1] Any bytes are a thing: what is not recognised, or is broken, gives a
 *         report that says so.
 *   [TH2] A check never reaches further than what the reader trusts: without
 *         keys nothing is signed by anybody, without a policy no log has
 *         anything.
 *   [TH3] What a certificate says and whether it is in force on a day are two
 *         things.  The second needs the lists or the log, of that day.
 *   [TH4] Anybody can sign a paper in the body's name, and attach what the body
 *         signed.  So where the log has the body's keys for documents, only
 *         theirs counts.
 *   [TH5] A proof that comes with a credential is to be of that credential's
 *         own entry: any other, though it is in the log, refutes the thing.
 *   [TH6] What a proof told of an entry, a copy of the log does not tell again.
 *   [TH7] What goes along with certificates (a status list, the body's keys, a
 *         signature by SM2) is called what it is, and proves nothing of any of
 *         them by itself.
 */

#include "verify/credential.h"
#include "verify/holder.h"
#include "verify/log_copy.h"
#include "verify/mirror.h"
#include "verify/pdf.h"
#include "verify/qr.h"
#include "verify/report.h"
#include "verify/status_list.h"
#include "merkle/tlog_proof.h"

enum thing_kind {
    THING_UNKNOWN,
    THING_PDF,
    THING_CREDENTIAL, /* as JSON with a proof, or as vc+jwt */
    THING_QR,         /* an address in capitals, with a statement or without */
    THING_PROOF,      /* a .tlog-proof */
    THING_NUMBER,
    THING_ADDRESS, /* of a certificate, as browsers show it */
    THING_LIST,    /* a status list, in either form */
    THING_KEYS,    /* a body's keys: did.json */
    THING_SM2,     /* a signature by SM2, beside the credential it is of */
    THING_HOLDER,  /* all certificates of an enterprise (holder.h) */
    THING_MIRROR,  /* a folder with the whole register (mirror.h) */
    THING_KINDS,
};

/* "pdf", "credential", .. and the ids of what people call them. */
extern const char *const thing_names[THING_KINDS];
extern const char *const thing_ids[THING_KINDS];

struct thing {
    enum thing_kind kind;
    err broken; /* what it is of cannot be read, for this reason */
    str number; /* of the certificate, in capitals; empty: not known */
    str issuer; /* the did of whose credential it is; empty: it says none */
    struct pdf_seen pdf;
    bool has_credential; /* itself, or attached */
    struct credential credential;
    struct qr qr;
    struct status_list list;
    bool has_proof;
    struct tlog_proof proof;
    bool has_entry; /* the proof brings along its entry */
    struct log_entry entry;
    const struct holder_proof *holder; /* NULL: it is none */
};

/* Recognise and take apart; what is given back is borrowed from `bytes`.  Fails
 * only with ERR_MEMORY [TH1]. */
err thing_read(struct arena *a, str bytes, struct thing *out);

/* What the reader has besides. */
struct thing_trust {
    const struct did_document *keys; /* NULL: none */
    bool keys_fetched; /* from the same place as the rest, and so not vouched
                          for by the reader (did.h [DI5]) */
    const struct trust_policy *policy; /* NULL: no log is trusted */
    const struct log_copy *log; /* NULL: none; about the thing's number */
    const struct mirror_found *mirror; /* NULL: none; likewise */
    str revocations; /* the list that the credential names; empty: none */
    str suspensions;
    day on; /* the day that matters to the reader */
};

/* Everything that can be said of it. */
void thing_check(struct verify_report *r, const struct thing *t,
                 const struct thing_trust *trust);

/* The parts about what is no certificate (thing_beside.c) [TH7]: which document
 * it is, THING_CREDENTIAL unless it is another, and so too when nobody can read
 * the text; and what is said of it. */
enum thing_kind thing_document_kind(const struct json *j);
err thing_text_kind(struct arena *a, str text, enum thing_kind *out);
void thing_check_beside(struct verify_report *r, const struct thing *t,
                        const struct thing_trust *trust);

/* The part about what an enterprise has (thing_holder.c): reading, which fails
 * as holder_proof_read(), tlog_proof_read() and entry_read(); and checking. */
err thing_read_holder(struct arena *a, str text, struct thing *t);
void thing_check_holder(struct verify_report *r, const struct thing *t,
                        const struct thing_trust *trust);

/* Of these certificates, proved: all of an enterprise (NULL: it has none); the
 * root they are proved by; what one's status is called, an id. */
void thing_say_holder(struct verify_report *r, const struct json *holder,
                      str uscc, day on);
void thing_say_root(struct verify_report *r, const struct holder_root *root,
                    day on);
str thing_status_id(const struct json *certificate);

/* What a mirror has under a number, and of an enterprise. */
void thing_check_mirror(struct verify_report *r, const struct thing *t,
                        const struct thing_trust *trust);

/* How far the copy of the log reaches (thing_log.c). */
void thing_say_reach(struct verify_report *r, const struct log_copy *log,
                     day on);

/* The part of it about the log (thing_log.c): the certificate's history, and
 * whether the thing's credential is in it. */
void thing_check_log(struct verify_report *r, const struct thing *t,
                     const struct thing_trust *trust);

#endif
