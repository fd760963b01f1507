#ifndef SERVICE_REPORTS_H
#define SERVICE_REPORTS_H

/*
 * reports -- what the public reports of how a certificate or the mark is used,
 * and what the body's quality staff make of it. [17065 4.1.3] [17065 7.13]
 * [认证证书和认证标志管理办法]
 *
 *   [RO1] Anybody may report, by name or without.  Who it was is sealed in the
 *         store, stands in no journal, and is read by whom domain/rights lets:
 *         never by the enterprise. [17065 4.5]
 *   [RO2] A report is open until somebody closes it and says why, or it was
 *         taken over into a case: each of them once.
 *   [RO3] Of a certificate of their own enterprise people read no report
 *         (domain/rights.h [RI2]); one that names no certificate of ours is
 *         read by all who may read any.
 *   [RO4] A receipt says a number and nothing else, so nothing is learnt by
 *         trying others.
 */

#include "service/overviews.h"

enum report_kind {
    REPORT_AFTER_END,     /* shown after it ended, or while suspended */
    REPORT_OUTSIDE_SCOPE, /* for what it does not cover */
    REPORT_ALTERED,       /* its text or picture was changed */
    REPORT_OF_ANOTHER,    /* it is somebody else's */
    REPORT_OTHER,
    REPORT_KINDS,
};

/* "after_end", and the texts "report_kind.after_end". */
extern const char *const report_kind_names[REPORT_KINDS + 1];

/* The fields of a report, in their order on the page. */
enum report_field {
    REPORT_KIND,
    REPORT_CERTIFICATE,
    REPORT_PLACE,
    REPORT_SEEN,
    REPORT_WORDS,
    REPORT_NAME,
    REPORT_CONTACT,
    REPORT_FIELDS,
};

/* In characters. */
enum {
    REPORT_CERTIFICATE_MOST = 40,
    REPORT_PLACE_MOST = 500,
    REPORT_WORDS_MOST = 4000,
    REPORT_NAME_MOST = 100,
    REPORT_CONTACT_MOST = 200,
};

/* What somebody says; all but kind, place and words may be empty. */
struct report_wish {
    int32_t kind;    /* -1: not said */
    str certificate; /* as it was typed */
    str place;
    day seen;        /* DAY_NEVER: not said */
    bool seen_wrong; /* it was said, and is no day */
    str words;
    str name;
    str contact;
};

/* What is wrong with a field, each for itself; OK where nothing is.  All of
 * them are ERR_INVALID "reports.*". */
struct report_problems {
    err of[REPORT_FIELDS];
    size_t n;
};
void reports_check(struct arena *a, const struct report_wish *wish, day today,
                   struct report_problems *out);

/* Enter it: *number is its receipt.  What reports_check() finds first. [RO1] */
err reports_file(struct app *app, struct arena *a,
                 const struct report_wish *wish, day today, str *number);

/* Does it look like a receipt, "R2026-0001"? [RO4] */
bool reports_is_number(str text);

/* --- the body's own people ------------------------------------------------ */

/* May they read any? And say what becomes of them? */
bool reports_open_to(const struct session *who);
bool reports_settled_by(const struct session *who);

enum report_state { REPORT_IS_OPEN, REPORT_IS_CLOSED, REPORT_IS_TAKEN };

struct report_line {
    str number;
    enum report_kind kind;
    str certificate; /* as it was given; empty: unknown */
    str holder;      /* of that certificate; empty: none of ours */
    str place;
    day seen; /* DAY_NEVER: not said */
    day filed;
    enum report_state state;
    day ended;
    str case_number; /* that took it over */
};

struct reports_wish {
    bool ended; /* those that are; else those that are open */
    str after;  /* what a page before said; empty: from the first */
};

/* struct report_line: of those that are open, the oldest first; of those that
 * ended, the newest.  Nothing for who may read none. */
err reports_list(struct app *app, struct arena *a, const struct session *who,
                 const struct reports_wish *wish, struct overview *out);

/* How many are open; 0 for who may read none. */
err reports_count(struct app *app, struct arena *a, const struct session *who,
                  int64_t *out);

struct report_file {
    struct report_line line;
    str words;
    str name; /* of who reported it; both empty: not said */
    str contact;
    str ended_by; /* name */
    str why;      /* it was closed */
    str of_case;  /* the case of its certificate; empty: none of ours */
};

/* ERR_NOT_FOUND "reports.none" (number), to whom may not read it as well. */
err reports_one(struct app *app, struct arena *a, const struct session *who,
                str number, struct report_file *out);

/* What becomes of one. */
struct report_ending {
    const struct session *who;
    day today;
    str number;
    str why;      /* to close it: 1 to REPORT_WORDS_MOST characters */
    str case_ref; /* to take it over: number of a case they may read */
};

/* [RO2]  As reports_one(); ERR_DENIED "reports.not_yours", ERR_REFUSED
 * "reports.ended" (number), ERR_INVALID "reports.why" (most). */
err reports_close(struct app *app, struct arena *a,
                  const struct report_ending *end);

/* The same, and ERR_NOT_FOUND "case.missing" (ref). */
err reports_take(struct app *app, struct arena *a,
                 const struct report_ending *end);

/* In the transaction of the command that it is taken over by (cases.h): one
 * that has ended meanwhile, or that they may not settle, is left as it is. */
err reports_take_in(struct tx *tx, struct app *app,
                    const struct report_ending *end);

#endif
