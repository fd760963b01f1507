#ifndef PAGE_LETTER_H
#define PAGE_LETTER_H

/*
 * letter -- what a mail says, as plain text and as HTML.
 *
 *   [LE1] Both say the same, in one language, from one value; its words stand
 *         in the catalogues under "letter.".
 *   [LE2] The HTML has its styles beside its elements and asks nobody for
 *         anything: no picture, no style sheet, no script.
 *   [LE3] It praises nothing and promises nothing. [广告法 9]
 */

#include "base/day.h"
#include "codec/record.h"
#include "text/text.h"

enum letter_kind {
    LETTER_INVITE,      /* somebody is to work here: choose a password */
    LETTER_RESET,       /* a new password */
    LETTER_REGISTER,    /* an enterprise's own account */
    LETTER_WAITING,     /* what waits for somebody */
    LETTER_SUPPLEMENT,  /* documents are missing */
    LETTER_QUOTE,       /* a quote is ready */
    LETTER_PLAN,        /* an audit plan is to be accepted */
    LETTER_FINDINGS,    /* nonconformities are to be answered */
    LETTER_CERTIFICATE, /* a certificate was issued */
    LETTER_ACCEPTED,    /* the application is accepted */
    LETTER_DECLINED,    /* .. or is not */
    LETTER_REVISION,    /* documents are to be revised */
    LETTER_REPORT,      /* the report of an audit is there */
    LETTER_DECISION,    /* a decision was made */
    LETTER_SUSPENSION,  /* of a certificate; so are these: */
    LETTER_RESTORATION,
    LETTER_WITHDRAWAL,
    LETTER_CANCELLATION,
    LETTER_EXPIRY,
    LETTER_APPEAL,    /* one was decided */
    LETTER_COMPLAINT, /* one was answered */
    LETTER_MISUSE,    /* of the mark or the certificate */
    LETTER_INVOICE,
    LETTER_SURVEILLANCE, /* one falls due */
    LETTER_MESSAGE,      /* somebody wrote in a case */
    LETTER_TEST,         /* the settings work */
    LETTER_KINDS,
};
extern const char *const letter_names[]; /* ends with NULL */

enum { LETTER_ITEMS_MAX = 1000 };

/* Something that waits. */
struct letter_item {
    str task;        /* "task.apply", a text's id without "task." */
    str case_number; /* may be empty, as .. */
    str enterprise;
    day due; /* DAY_NEVER: no limit */
    bool overdue;
    int64_t amount; /* fen; 0: it is about no money */
};

struct letter {
    str body;          /* whose mail it is: its name */
    str person;        /* the reader's name; may be empty */
    str address;       /* to follow, "https://..."; may be empty */
    int64_t until;     /* how long it holds, microseconds UTC; 0: for good */
    str enterprise;    /* of what it is about; may be empty, as .. */
    str case_number;   /* .. is */
    str certificate;   /* LETTER_CERTIFICATE: its number */
    day due;           /* of what is asked for; DAY_NEVER: no limit */
    struct list items; /* of struct letter_item; LETTER_WAITING */
};

extern const struct record letter_record;

/* As it is read. */
struct letter_text {
    str subject;
    str text;
    str html;
};

/* ERR_LIMIT "buf.limit". */
err letter_write(struct arena *a, enum letter_kind kind, enum lang l,
                 const struct letter *letter, struct letter_text *out);

#endif
