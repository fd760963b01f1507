#ifndef SERVICE_CASE_PARTS_H
#define SERVICE_CASE_PARTS_H

/*
 * case_parts -- inside the service room: what carrying out a command and
 * reading a case have in common.
 */

#include "domain/actor.h"
#include "service/case_counts.h"
#include "service/cases.h"
#include "store/cases.h"
#include "store/enterprises.h"
#include "store/journal.h"

/* The stream of a case by number or id; ERR_NOT_FOUND "case.missing" (ref). */
err case_stream(struct tx *tx, str ref, struct stream_row *out);

/*
 * The case of `stream`, in the tx's arena, for who may read it.  [CA6]: anybody
 * else gets the error that case_stream() gives for a `ref` that is not there,
 * also when its journal does not check out.
 */
err case_for(struct app *app, struct tx *tx, const struct actor *who, str ref,
             const struct stream_row *stream, struct case_file *out);

/* The case folded from its journal, into `a`. [CA5]  Its enterprise is the one
 * on record, if the register agrees with that one's journal: else ERR_CORRUPT
 * "check.enterprise" (uscc).  What it holds may be beyond every rule: only who
 * asks that next folds so. */
err case_fold(struct app *app, struct tx *tx, struct arena *a,
              const struct stream_row *row, struct case_file *out);

/* Does everything hold that holds of every case (domain/state.h)?  ERR_CORRUPT
 * "case.invariant" (invariant, case): its events led to what no rule lets in.
 */
err case_sound(struct arena *a, const struct state *s, str number);

/* case_fold() of a case that somebody counts on: case_sound() says the same.
 * Whoever makes anything of a state relies on what holds of every case, and
 * would fall over a journal whose hashes somebody made fit. */
err case_fold_sound(struct app *app, struct tx *tx, struct arena *a,
                    const struct stream_row *row, struct case_file *out);

/* The same of a case that was kept: only its enterprise is to be found. */
struct kept_case;
err case_for_kept(struct app *app, struct tx *tx, const struct actor *who,
                  str ref, const struct kept_case *kept, struct case_file *out);

/* The enterprise of a row, as the domain has it. */
struct enterprise enterprise_of_row(const struct enterprise_row *row);

/* The certificate that a case records; NULL: none. */
const struct certificate *case_certificate(const struct event_list *events);

/* What stands in store/bookings of the case, as struct booking_row. */
err case_bookings(struct tx *tx, const struct state *s, struct list *out);

/* The row of the list of cases, from the state. */
struct case_row case_row_of(const struct state *s, str number);

/* As a line of a list, with the name of its enterprise.  Errors of
 * app_scheme_words(). */
err case_line_of(struct app *app, struct tx *tx, const struct case_row *row,
                 str enterprise, struct case_line *out);

/* What a case was before a command: its row, zeroed of one that is only being
 * opened, its bookings, its complaints, and what it counts for. */
struct case_before {
    struct case_row row;
    struct list bookings;
    struct list complaints;
    struct case_counts counts;
};
err case_before(const struct app *app, struct tx *tx, const struct state *s,
                str number, struct case_before *out);

/* Write it, with its bookings, its complaints, with what it counts for and what
 * waits.  `kept`, if any, has the state; of one that was projected before only
 * what changed is written, where `before` is what it was then. */
err case_project(struct app *app, struct tx *tx, const struct state *s,
                 str number, struct kept_case *kept,
                 const struct case_before *before);

/* A renewal of `certificate`, a number or empty, that begins or is given up
 * changes what waits in that one's case: written anew, where the case is
 * known. */
err case_project_previous(struct app *app, struct tx *tx, str certificate);

/* A person of the register, with ties, as the domain has it.  ERR_NOT_FOUND
 * when there is none. */
err person_by_name(struct tx *tx, str login, struct person *out);
err person_by_key(struct tx *tx, id key, struct person *out);

/* Who may sign for the body, but for people of `enterprise`, who act for it
 * and for nobody else in its cases: struct person. */
err people_heads(struct tx *tx, id enterprise, struct list *out);

#endif
