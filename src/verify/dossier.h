#ifndef VERIFY_DOSSIER_H
#define VERIFY_DOSSIER_H

/*
 * dossier -- the record of a decision as a file that a stranger can check
 * without us: a zip (codec/zip.h) of
 *
 *     README.en.md, README.zh.md   how to check it, for people
 *     manifest.json                every part: its seal, and its salt and file
 *                                  where it is shown (canonical JSON)
 *     parts/NAME.json              those that are shown
 *     record.tlog-proof            that the log has the seals, with the entry
 *     scheme/..                    the frozen package it was judged by
 *     vkey                         of the log
 *
 *   [VD1] Nothing is believed that is not proved: each part by its seal, the
 *         seals by the entry, the entry by path and signature, the package by
 *         its hash, which the part "scheme" has.  That one is always shown.
 *   [VD2] A part that is withheld shows its seal and nothing else; all others
 *         are as good without it.
 *   [VD3] Without a policy the key is the one that lies in the dossier: then
 *         everything rests on whether it is the body's.
 *   [VD4] A dossier has exactly one text: no file more or less than the
 *         manifest says, each JSON in its canonical form.
 */

#include "base/err.h"
#include "codec/record.h"
#include "domain/dossier.h"
#include "merkle/policy.h"
#include "scheme/load.h"

struct arena;

struct manifest_part {
    str part;
    struct hash seal;
    struct hash salt; /* zero, and no file: withheld [VD2] */
    str file;
};

struct dossier_manifest {
    int64_t version; /* 1 */
    id case_id;
    struct hash scheme_hash;
    struct list parts; /* of struct manifest_part, in their order */
};

/* What a dossier is made of. */
struct dossier_contents {
    id case_id;
    struct hash scheme_hash;
    const struct package *scheme; /* by path; golden cases are left out */
    str parts[DOSSIER_PARTS];
    struct hash salts[DOSSIER_PARTS];
    unsigned withheld; /* 1 << enum dossier_part */
    str proof;
    str vkey;
    str readme_en;
    str readme_zh;
};

/* ERR_INVALID "dossier.needed" (part) when the scheme is withheld [VD1], else
 * as zip_write(). */
err dossier_write(struct arena *a, const struct dossier_contents *c, str *out);

/* A dossier whose parts are proved to be those of the entry. */
struct dossier {
    struct dossier_manifest manifest;
    struct scheme *scheme;
    const void *parts[DOSSIER_PARTS]; /* struct dossier_..; NULL: withheld */
    unsigned withheld;
    uint64_t index; /* of the entry */
    int64_t at;     /* when it was recorded, microseconds UTC .. */
    str on;         /* .. and the day it took effect */
    struct policy_seen seen;
    bool own_key; /* [VD3] */
};

/*
 * `policy` NULL: [VD3].  ERR_INVALID: as zip_read(); "dossier.missing" and
 * "dossier.extra" (name: of the file); "dossier.manifest"; "dossier.needed"
 * (part); "dossier.seal" (part) when part, salt or seal were altered;
 * "dossier.part" (part) when it is none of its form; "dossier.entry" when the
 * entry in the log is of something else, or of other seals; "dossier.vkey" when
 * the key is none, or not the one that signed; "dossier.scheme" when the
 * package, the manifest's hash and the part's are not one; "dossier.case"; and
 * as tlog_proof_read() and _check(), scheme_thaw().
 */
err dossier_open(struct arena *a, str archive,
                 const struct trust_policy *policy, struct dossier *out);

#endif
