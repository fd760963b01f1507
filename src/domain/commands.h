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

struct quote_make {
    struct list lines; /* of struct quote_line */
    int64_t prepay;    /* basis points */
};

struct payment_record {
    int64_t amount; /* fen */
    day received;
    str payer;
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

struct nonconformity_raise {
    str indicator;
    int grade;
    str text;
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
};

#endif
