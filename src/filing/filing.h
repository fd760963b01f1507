#ifndef FILING_FILING_H
#define FILING_FILING_H

/*
 * filing -- what a month's report to the authority says: rows for the three
 * sheets, made of the journals of the cases, and what is wrong with them.
 * [M20]
 *
 *   [RE1] A row tells one thing that happened in the month, as it stood right
 *         after it: a plan that was agreed to; an act on a certificate; who
 *         took part in which stage of the audit behind it.
 *   [RE2] Nothing is made up.  What the journal does not hold is what the
 *         reporter says of the subject (its particulars), or it is missing and
 *         a problem.
 *   [RE3] Numbers, names and dates come from the events; people's own data
 *         (name, document, telephone) are asked for when the rows are made and
 *         stand in no event.
 *   [RE4] The same journals and particulars give the same rows, in the order
 *         of the cases given and of what happened in each.
 *   [RE5] A row is sound when every cell of it is as the dictionary wants.
 *   [RE6] What is reported in part leaves out rows that are not sound, and
 *         results of a certificate that no row of the report tells of.
 */

#include "base/day.h"
#include "base/err.h"
#include "base/id.h"
#include "domain/actor.h"
#include "domain/event.h"
#include "filing/dictionary.h"

struct arena;

/* --- what rows are made of ---------------------------------------------- */

/* What the reporter says of a subject. */
struct particular {
    str code; /* dictionary_particular() */
    str value;
};

struct particulars {
    const struct particular *p;
    size_t n;
};

/* The value, or an empty str. */
str particular_value(const struct particulars *p, str code);

/* Somebody of the body, as its register of people has them now. */
struct filing_person {
    str login;
    str name;
    struct qualification qualification; /* registration empty: not on record */
    struct particulars given;
};

/* ERR_NOT_FOUND of the register is passed on. */
typedef err filing_person_of(void *context, id person,
                             struct filing_person *out);

/* Who reports, and about which days. */
struct filing_source {
    const struct dictionary *dictionary;
    const struct body *body;
    struct particulars of_body;
    day from; /* of the month, both inclusive */
    day to;
    day today; /* what ends by itself has ended by then, or not yet */
    filing_person_of *person;
    void *context; /* of `person` */
};

/* A case with its whole journal. */
struct filing_case {
    struct arena *work; /* for what is needed only while it is folded */
    str number;
    const struct scheme *scheme;
    const struct event_list *events;
    const struct enterprise *enterprise;
    str address; /* registered; the contact's may be empty, too */
    str contact_name;
    str contact_phone;
    struct particulars of_scheme;
    struct particulars of_enterprise;
    struct particulars of_case;
};

/* --- rows --------------------------------------------------------------- */

struct filing_problem;

struct filing_row {
    str case_number;
    str certificate;        /* number; empty: none yet */
    int32_t number;         /* of the row in its sheet, from 1 */
    str subjects[OF_COUNT]; /* "enterprise:91350100M000100Y43"; may be empty */
    /* of a plan: "person:LOGIN" of each, as str, in the order of its cells */
    struct list auditors;
    struct list experts;
    str *cells;                      /* one a column */
    struct filing_problem *problems; /* [RE5]; NULL: sound */
    bool left_out;                   /* [RE6], once checked */
    struct filing_row *next;
};

struct filing_rows {
    struct filing_row *first;
    struct filing_row *last;
    int32_t n;
    int32_t sound;    /* once checked */
    int32_t left_out; /* likewise */
};

struct filing {
    struct filing_rows sheets[SHEET_COUNT];
    int32_t problems; /* once checked */
};

/* The events of a case that a report tells of; NULL-ended. */
extern const char *const filing_events[];

/* Add the rows of the case to `out`.  Everything in them lives in `a`; nothing
 * is borrowed from the case. */
err filing_add_case(struct arena *a, const struct filing_source *s,
                    const struct filing_case *c, struct filing *out);

/* --- what is wrong ------------------------------------------------------ */

struct filing_problem {
    const struct dictionary_field *field;
    str value; /* as it is in the cell; masked where it is personal */
    /* ERR_INVALID "filing.*", with what would be right */
    err what;
    str subject; /* whose particular would mend it; empty: nobody's */
    str code;    /* of that particular */
    struct filing_problem *next;
};

/* Check every cell, and say which rows are left out; `today` is the day of the
 * report. */
err filing_check(struct arena *a, const struct dictionary *d, day today,
                 struct filing *r);

/* Check a particular before it is kept: what is wrong with it alone, without
 * the row it will stand in.  ERR_INVALID as above. */
err filing_check_value(struct arena *a, const struct dictionary *d,
                       const struct dictionary_field *f, str value);

/* The value as it may be shown outside of the sheet: of a personal one the
 * first two characters. */
err filing_shown(struct arena *a, const struct dictionary_field *f, str value,
                 str *out);

/* Does the number of an identity card fit its check digit and hold a date of
 * birth?  [GB 11643] */
bool identity_card_right(str number);

#endif
