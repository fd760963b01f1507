#ifndef FILING_DICTIONARY_H
#define FILING_DICTIONARY_H

/*
 * dictionary -- the authority's reporting sheets, column by column, as data:
 * reporting/dictionary.yaml, or a newer one that the body puts in its place.
 *
 *   [RD4] There are three sheets, in this order: plans, certificates, results.
 *   [RD5] A column's code is unique in its sheet; whatever a column refers to
 *         (a table of codes, another column of the sheet) is there.
 *   [RD6] What a column holds, and whether it must, stands in the dictionary
 *         alone: a column the program has never heard of is filled from what
 *         the reporter says of its subject, and checked like any other.
 *
 * Lengths are in characters.
 */

#include "base/err.h"
#include "base/str.h"
#include "scheme/load.h"
#include "scheme/scheme.h"

struct arena;

enum filing_sheet { SHEET_PLAN, SHEET_CERTIFICATE, SHEET_RESULT, SHEET_COUNT };

/* Whose particulars a column shows where the journal does not know it. */
enum filing_subject {
    OF_BODY,
    OF_SCHEME,
    OF_ENTERPRISE,
    OF_CASE,
    OF_PERSON,
    OF_COUNT,
    OF_NOBODY = OF_COUNT, /* the program works it out, or nothing does */
};

extern const char *const filing_subject_names[OF_COUNT + 1]; /* NULL-ended */

enum cell_kind {
    CELL_TEXT,
    CELL_DATE,   /* 2026-11-24 */
    CELL_HOUR,   /* 2026-11-24 09:00:00, whole hours */
    CELL_SECOND, /* 2026-11-24 09:15:00 */
    CELL_NUMBER, /* 12.5 */
};

/* What the characters must look like, one value at a time. */
enum cell_form {
    FORM_FREE,
    FORM_PLAIN, /* a number of ours: capitals, no blank inside */
    FORM_DIGITS3,
    FORM_DIGITS4,
    FORM_DIGITS6,
    FORM_HOUR,          /* 00 .. 23 */
    FORM_ORGANISATION,  /* social credit code, or organisation code */
    FORM_PHONE,         /* mobile, landline or hotline */
    FORM_IDENTITY,      /* an identity card's, where IDENTITY_CODE says so */
    FORM_PLAN_NUMBER,   /* R0 + 3 digits, or RF0 + 2, + branch, then ours */
    FORM_PROJECT,       /* A letter and 4 digits or more: C0203 */
    FORM_SERVICE_FIELD, /* SC01 .. SC22 */
    FORM_TEAM,          /* number, name, role, telephone of each */
    FORM_EXPERTS,       /* name, kind, number, telephone of each */
};

enum cell_need { NEED_NEVER, NEED_ALWAYS, NEED_WHEN };

/* A code and its words. */
struct dictionary_value {
    str code;
    struct label label;
    bool assumed;
};

struct dictionary_table {
    str id; /* "status" */
    struct label label;
    const struct dictionary_value *values;
    size_t n;
};

/* The cell of `field` holds one of `values`; "*" is anything, "A01*" whatever
 * begins so. */
struct dictionary_test {
    int32_t field;
    const str *values;
    size_t n;
};

/* All of these tests hold. */
struct dictionary_case {
    const struct dictionary_test *tests;
    size_t n;
};

enum { FIELD_TODAY = -1 }; /* in not_after: the day of the report */

struct dictionary_field {
    str code;           /* "CERT_NUMBER" */
    str title;          /* as the sheet heads it; empty: it is no column */
    struct label label; /* our own short words */
    enum cell_kind kind;
    int32_t length; /* CELL_TEXT: at most */
    int32_t whole;  /* CELL_NUMBER: digits before the point, */
    int32_t places; /* and after it, at most */
    enum cell_need need;
    const struct dictionary_case *cases; /* NEED_WHEN: any of them holds */
    size_t case_count;
    bool otherwise_empty;     /* and must be empty when none does */
    int32_t table;            /* index of its table of codes, or -1 */
    bool many;                /* several values in a cell */
    enum cell_form form;      /* CELL_TEXT */
    const int32_t *not_after; /* dates: fields of the sheet, FIELD_TODAY */
    size_t not_after_count;
    enum filing_subject of;
    str by; /* the particular that it is made of; its own code when empty */
    bool personal; /* shown masked outside of the sheet */
    bool checked;  /* by the platform, strictly */
    bool public;   /* shown to everybody by the authority */
    bool assumed;
};

struct dictionary_sheet {
    str name;  /* "证书信息表" */
    str block; /* "103010" */
    const struct dictionary_field *fields;
    size_t n;
};

enum { HEAD_LINES = 7 };

struct dictionary {
    str edition;
    str form;              /* what the whole form is called */
    str lines[HEAD_LINES]; /* what the lines above the rows are called */
    str begin;             /* where the rows begin, in words */
    str affirm;            /* yes and no, in the sheets' head */
    str deny;
    str cancelled;      /* what a remark calls the reason of a cancellation */
    str between_values; /* of a cell that holds several: a full-width semicolon
                         */
    str between_parts;  /* of a value that has several: a full-width comma */
    const struct dictionary_table *tables;
    size_t table_count;
    const struct dictionary_field *particulars; /* that are no columns */
    size_t particular_count;
    struct dictionary_sheet sheets[SHEET_COUNT]; /* [RD4] */
};

/*
 * Read a dictionary; `name` is what problems call the text.  ERR_INVALID
 * "reading.problems" (name, count), and *problems lists them down the file:
 * "reading.*", "yaml.*", "filing.twice" (code), "filing.unknown_field" (code),
 * "filing.unknown_table" (table), "filing.date_order" (code), "filing.sheets".
 * Texts are borrowed from the tree it makes in `a`.
 */
err dictionary_read(struct arena *a, str name, str text,
                    const struct dictionary **out, struct problem **problems);

/* The one that is compiled in.  ERR_MEMORY. */
err dictionary_official(struct arena *a, const struct dictionary **out);

/* The column of this code, an index, or -1. */
int32_t dictionary_column(const struct dictionary_sheet *s, str code);

/* What may be said of a subject under this code: a particular of its own, or a
 * column that is its particular.  NULL: nothing. */
const struct dictionary_field *dictionary_particular(const struct dictionary *d,
                                                     enum filing_subject of,
                                                     str code);

/* The value of this code in table `t`, or NULL. */
const struct dictionary_value *dictionary_value(
    const struct dictionary_table *t, str code);

#endif
