#ifndef SCHEME_PARTS_H
#define SCHEME_PARTS_H

/*
 * parts -- inside the scheme room: scheme.yaml, part by part.
 *
 * Each part has a file of its own, with its grammar in the comment at the top:
 * what stands in braces is a mapping, in brackets a list; KEY? may be left
 * out; | separates choices.
 *
 * Each function reads its part of `root` into `s`, reports every problem, and
 * says whether there was none.  What needs two parts at once is checked after
 * them, and only when both are sound, so that no mistake is reported twice.
 */

#include "scheme/reading.h"

bool load_identity(struct reading *r, const struct yaml *root,
                   struct scheme *s);
/* After identity: the method decides about points. */
bool load_indicators(struct reading *r, const struct yaml *root,
                     struct scheme *s);
bool load_levels(struct reading *r, const struct yaml *root, struct scheme *s);
bool load_gates(struct reading *r, const struct yaml *level,
                const struct scheme *s, struct level *out);
bool load_specials(struct reading *r, const struct yaml *root,
                   struct scheme *s);
bool load_eligibility(struct reading *r, const struct yaml *root,
                      struct scheme *s);
bool load_documents(struct reading *r, const struct yaml *root,
                    struct scheme *s);
bool load_stages(struct reading *r, const struct yaml *root, struct scheme *s);
bool load_limits(struct reading *r, const struct yaml *root, struct scheme *s);
/* After levels: the sample names a figure. */
bool load_audit(struct reading *r, const struct yaml *root, struct scheme *s);
/* After indicators and audit: it names some of the one, and is no more than the
 * other. */
bool load_surveillance(struct reading *r, const struct yaml *root,
                       struct scheme *s);
/* After indicators and levels: measures mend indicators and figures. */
bool load_measures(struct reading *r, const struct yaml *root,
                   struct scheme *s);
bool load_fees(struct reading *r, const struct yaml *root, struct scheme *s);
/* The optional parts of `fees`, from its mapping `y`: factors and travel. */
void load_factors(struct reading *r, const struct yaml *y, struct fees *f);
/* After levels and fees: names levels, which are sound. */
void load_level_factors(struct reading *r, const struct yaml *root,
                        struct scheme *s);
/* After limits: without a period of its own a contract runs as long as a
 * certificate. */
bool load_contract(struct reading *r, const struct yaml *root,
                   struct scheme *s);
bool load_certificate(struct reading *r, const struct yaml *root,
                      struct scheme *s);
/* `y` may be NULL. */
void load_mark(struct reading *r, const struct yaml *y, struct scheme *s);

/* The value of `records`, one of scheme_record_names; empty: left out. */
str read_records(struct reading *r, const struct yaml *y);

/* The value of `key`, a list of modes "A" .. "I", as bits. */
unsigned read_modes(struct reading *r, const struct yaml *y, const char *key);

/* The value of `key`, a list of words of `names` (NULL-ended), none twice, as
 * bits: 1 << its place. */
unsigned read_bits(struct reading *r, const struct yaml *y, const char *key,
                   const char *const *names);

/* Mark in `leaves` every leaf at or below the indicator that `y` names:
 * "scheme.no_indicator" when there is none. */
void mark_leaves(struct reading *r, const struct yaml *y,
                 const struct scheme *s, bool *leaves);

/* [SC2] Gates against the sample, and from level to level.  Levels and audit
 * are sound. */
void check_gates(struct reading *r, const struct yaml *root,
                 const struct scheme *s);

/* No word that the law keeps from certificates.  [条例 24] [广告法 9] */
void check_wording(struct reading *r, const struct yaml *y,
                   const struct scheme *s, struct label l);

/* Report "scheme.id_twice" when `own` is among the first `n` ids, which stand
 * `stride` bytes apart from `ids` on.  The empty id is never. */
void check_id(struct reading *r, const struct yaml *y, str own, const str *ids,
              size_t n, size_t stride);

#endif
