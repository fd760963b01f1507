#ifndef DOMAIN_DOSSIER_H
#define DOMAIN_DOSSIER_H

/*
 * dossier -- what a decision rests on, in parts that can be shown one by one.
 *
 * When a decision is signed, the log gets a seal of each part; whoever is given
 * a part and its salt later can check that it is what was decided on, and
 * recompute from the parts what the rules make of them (verify/recompute.h).
 *
 *   [DS1] The parts are a function of the case as it stood before it was
 *         signed, and of the key for its salts: the same case gives the same
 *         bytes, canonical JSON, of the records in dossier_part_records.
 *   [DS2] No part names a person, not even by id: people are counted by what
 *         they were to the case.  Nor does one name the enterprise.
 *   [DS3] seal = SHA-256(salt || part), salt = SHA-256("tenstar record part" ||
 *         key || name).  A salt says nothing of the others.
 *   [DS4] Files are named by SHA-256(salt of "evidence" || SHA-256 of the
 *         file): who was given that part knows a file they hold again, and the
 *         same file in two cases does not look the same.
 *   [DS5] `answers`, which customer said what, is apart from `sample`, how many
 *         did: the enterprise never reads it (domain/papers.h [PA4]).
 */

#include "base/err.h"
#include "codec/record.h"
#include "domain/score.h"
#include "domain/state.h"

struct arena;

enum dossier_part {
    PART_ANSWERS, /* of the customers, by place in the sequence */
    PART_APPLICATION,
    PART_DECISION,
    PART_DOCUMENTS, /* how they were judged */
    PART_EVIDENCE,  /* the files of the documents */
    PART_FIGURES,
    PART_FINDINGS,
    PART_NONCONFORMITIES, /* with their corrections */
    PART_SAMPLE,
    PART_SCHEME,
    PART_SCORE,
    PART_SPECIALS,
    PART_TEAM,
    DOSSIER_PARTS,
};

/* In alphabetical order; NULL-ended. */
extern const char *const dossier_part_names[DOSSIER_PARTS + 1];
extern const struct record *const dossier_part_records[DOSSIER_PARTS];

enum {
    DOSSIER_SALT = 32,           /* bytes */
    DOSSIER_PART_MAX = 16 << 20, /* bytes of a part */
};

/* The part of this name, or -1. */
int dossier_part(str name);

/* --- what the parts say ------------------------------------------------- */

/* What was judged, and by which rules. */
struct dossier_scheme {
    id case_id; /* the stream of the case */
    str scheme;
    str version;
    struct hash scheme_hash;
    int round;      /* enum round_kind */
    int64_t rounds; /* begun before this one */
};

struct dossier_site {
    str name;
    int kind;      /* enum site_kind */
    str district;  /* GB/T 2260 */
    int64_t staff; /* 0: not said */
};

struct dossier_application {
    int kind;  /* enum case_kind */
    str level; /* wanted */
    str scope;
    str scope_en;
    str trade;
    int64_t staff;
    int64_t service_staff;
    int64_t covered_staff;
    struct list sites; /* of struct dossier_site */
};

struct dossier_documents {
    struct list judgements; /* of struct judgement, in the scheme's order */
};

struct dossier_file {
    str requirement;
    day covers_from;
    day covers_to;
    struct hash seal; /* [DS4] */
};
struct dossier_evidence {
    struct list files; /* of struct dossier_file, likewise */
};

/* One a leaf: as it was found in this round, or as rounds before left it. */
struct dossier_finding {
    str indicator;
    bool carried;
    int result; /* enum answer_kind; before corrections, if not carried */
    int64_t k;
    int64_t n;
    str site;
    str note;
    struct list evidence; /* of str */
};
struct dossier_findings {
    struct list findings;
};

struct dossier_figures {
    struct list figures; /* of struct figure_record, with the sheet as [DS4];
                            those that are known */
};

struct dossier_nonconformity {
    int64_t number;
    str indicator;
    int grade; /* enum grade */
    str site;
    str text;
    bool earlier; /* of a site audit before the newest: restores no points */
    int state;    /* enum correction_state */
    str cause;
    str remedy;
    str action;
    struct list evidence; /* of str */
    bool on_site;         /* verified there */
};
struct dossier_nonconformities {
    struct list nonconformities;
};

/* The draw, and what came of it; of an earlier round only what came of it. */
struct dossier_sample {
    bool drawn; /* in this round */
    struct hash list;
    struct hash commitment;
    int64_t size;
    int64_t wanted;
    struct hash body_nonce;
    struct hash enterprise_nonce;
    struct hash seed;
    int64_t asked;
    int64_t reached;
    int64_t satisfied;
    int64_t calls; /* in vain */
};
struct dossier_answers {
    struct list answers; /* of struct sample_answer */
};

struct dossier_specials {
    int64_t deductions;
    bool bonus;
    struct list excluded; /* of str: indicators that do not apply */
    bool defence;         /* it was held .. */
    bool passed;          /* .. and passed */
};

struct dossier_gate {
    str level;
    str gate;
    int state; /* enum gate_state */
    bool blocks;
};
struct dossier_score {
    str num; /* the exact score, in lowest terms, as decimal numbers */
    str den;
    int64_t shown; /* hundredths */
    str level;     /* reached; empty: none */
    str level_by_score;
    bool failed_by_specials;
    int64_t answered;
    struct list gates; /* of struct dossier_gate */
};

struct dossier_decision {
    bool recommended; /* by the team */
    int outcome;      /* enum outcome */
    str level;
    int64_t shown;
    str reasons;
    struct list conditions; /* of struct condition */
};

/* [DS2] */
struct dossier_team {
    int64_t leads;
    int64_t auditors; /* beside the leads */
    int64_t experts;
    day from;
    day to;
    int64_t person_days;  /* tenths of a day, as is */
    int64_t needed;       /* what the package asks */
    struct list sites;    /* of str: visited */
    int64_t reviewers;    /* who decided: one reviewer .. */
    int64_t panel;        /* .. or so many with a vote on a panel */
    int64_t panel_expert; /* and so many without one */
};

/* --- the parts of a case -------------------------------------------------- */

/*
 * All parts of `s`, which has a decision that is not signed yet: DOSSIER_PARTS
 * texts of canonical JSON into `out`.  ERR_LIMIT, ERR_MEMORY.
 */
err dossier_parts(struct arena *a, const struct state *s,
                  const struct hash *key, str out[static DOSSIER_PARTS]);

/* [DS3] */
void dossier_salt(const struct hash *key, enum dossier_part part,
                  struct hash *out);
void dossier_seal(const struct hash *salt, str part, struct hash *out);

/* [DS4] */
void dossier_seal_file(const struct hash *salt, const struct hash *file,
                       struct hash *out);

/* --- what of them decides ------------------------------------------------- */

/* A score as its part has it; `x` must live as long. */
err dossier_score_of(struct arena *a, const struct scheme *s,
                     const struct score *x, struct dossier_score *out);

/* --- record.committed ----------------------------------------------------- */

struct part_seal {
    str part;
    struct hash seal;
};

/* What the case and the log keep of it. */
struct record_committed {
    struct list parts; /* of struct part_seal, in the order of the parts */
};

extern const struct record part_seal_record;

/* For decision.c: the seals of all parts of `s`. */
err dossier_commit(struct arena *a, const struct state *s,
                   const struct hash *key, struct record_committed *out);

#endif
