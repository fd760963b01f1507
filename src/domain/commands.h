#ifndef DOMAIN_COMMANDS_H
#define DOMAIN_COMMANDS_H

/*
 * commands -- the data of commands that differ from the event they cause
 * (domain/events.h has those that do not).
 */

#include "base/day.h"
#include "base/hash.h"
#include "base/str.h"
#include "codec/record.h"

#include <stdint.h>

struct nothing { /* a command that says all with its name */
    bool unused;
};

struct case_open {
    str scheme; /* resolved by the service, which passes the frozen scheme */
    str level;
    int kind;     /* enum case_kind */
    str previous; /* renewal: the certificate's number */
};

struct eligibility_answer {
    struct list declarations; /* of struct declaration */
};

struct assessment_record {
    struct list answers; /* of struct reply */
    struct list figures; /* of struct figure_reply */
};

struct document_reuse {
    str requirement; /* of this case */
    str from;        /* "C2026-0001:licence"; or .. */
    struct hash blob;
};

/* enterprise.contact: personal data, which no event holds */
struct enterprise_contact {
    str name;
    str phone;
    str mail;
};

struct application_submit {
    str scope;
    str scope_en;
    int64_t staff;
    int64_t service_staff;
    int64_t covered_staff;
    struct list sites;    /* of struct site */
    struct list products; /* of struct product */
    struct list regions;  /* of str */
    str trade;
    str district;
    str address;
    str address_en;
    struct list functions;               /* of struct staff_function */
    struct list previous_certifications; /* of struct certification */
};

struct supplement_ask {
    str note;
};

/* A line of the rules that finance changes, or one that it adds. */
struct quote_change {
    int rule; /* enum fee_rule; other: a line of its own */
    str text; /* needed for a line of its own */
    int kind; /* likewise */
    int64_t amount;
    str reason;
};

struct quote_make {
    struct list lines;    /* of struct quote_line; left out: by the rules */
    struct list changes;  /* of struct quote_change, to those of the rules */
    int64_t prepay;       /* basis points */
    str trade;            /* of GB/T 4754 */
    int64_t surveillance; /* fen, each; 0: by the rules */
    struct span period;   /* zero: the package's */
    struct list terms;    /* of struct term; left out: the package's */
    str reason;
};

struct contract_accept {
    str note;
    struct hash offer; /* that was read; zero: the newest */
};

struct contract_sign {
    str note;
    str number; /* of the contract; empty: the case's */
};

struct payment_record {
    int64_t amount; /* fen */
    day received;
    str payer;
    str invoice;
};

struct invoice_issue {
    str number;
    int what;          /* enum invoice_for */
    int64_t audit;     /* INVOICE_AUDIT: from 1; 0: the newest; else 0 */
    struct list lines; /* of struct quote_line; empty: by the rules */
    day due;
};

struct refund_record {
    int64_t amount;
    day paid;
    str reason;
};

struct offer_note {
    str body;
    str approval;
    int64_t cycle;
    int64_t seniors;
    str team;
    int64_t price;
    int64_t whole;
    str note;
};

struct cost_note {
    int kind;
    str provider;
    int64_t amount;
    str note;
};

struct plan_make {
    str lead;            /* login */
    struct list members; /* of str: logins, the lead left out */
    day from;
    day to;
    int64_t person_days;     /* tenths of a day */
    struct list sites;       /* of str; empty: all of the application */
    struct list adjustments; /* of struct adjustment */
    struct list modes;       /* of str; empty: those of the package */
    str reason;
};

struct plan_replace {
    str lead;            /* login */
    struct list members; /* of str: logins, the lead left out */
    str reason;
};

struct nonconformity_raise {
    str indicator;
    int grade;
    str text;
    str site; /* empty: that of the finding about the indicator */
};

struct suspension_decide {
    int code;
    str reasons;
    day confirmed;
};

struct person_relate {
    str uscc; /* of the enterprise */
    int tie;  /* enum tie */
    day until;
    str note;
};

struct appeal_assign {
    struct list members; /* of str: logins */
};

struct complaint_record {
    int about;
    str text;
    day received;
};

struct complaint_assign {
    int64_t number;
    str to; /* login */
};

struct message_send {
    str text;
};

struct sample_result {
    int64_t position;
    int outcome;
};

struct report_issue {
    bool recommended;
    str summary;
    bool runs;         /* surveillance only */
    str improvements;  /* surveillance only */
    day correct_until; /* needed when something is to be corrected */
};

struct correction_judge {
    int64_t number;
    str note;
    bool on_site;
};

struct decision_grant {
    str level; /* empty: the level reached */
    str note;
    struct list conditions; /* of struct condition_wish (condition.h) */
};

#endif
