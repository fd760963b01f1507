#ifndef DOMAIN_EVENTS_MONEY_H
#define DOMAIN_EVENTS_MONEY_H

/*
 * events_money -- the data of events about money, part of domain/events.h.
 * Amounts are fen.
 */

#include "base/day.h"
#include "base/id.h"
#include "base/str.h"
#include "codec/record.h"

#include <stdint.h>

/* --- contract --------------------------------------------------------- */

enum line_kind { LINE_FEE, LINE_TRAVEL };
struct quote_line {
    str text;
    int kind;
    int64_t amount;  /* fen */
    int rule;        /* enum fee_rule (domain/fees.h) */
    int64_t by_rule; /* fen, by that rule; 0 where finance added the line */
    str reason;      /* for a line that finance added or changed */
};

/* What a contract says about one side [17065 4.1.2] */
struct term {
    int side; /* enum term_side */
    int kind; /* enum term_kind */
    str text;
    str text_en; /* may be empty */
};

/* quote.made [M13] [M28]-[M31]; travel is at cost and outside prepayment */
struct quote {
    struct list lines; /* of struct quote_line */
    int64_t prepay;    /* basis points of the fees */
    int64_t total;     /* fen */
    int64_t prepayment;
    int64_t by_rules;      /* what the package's rules make of the fees */
    int64_t surveillance;  /* each, travel included; 0: not agreed */
    int64_t surveillances; /* while the certificate is valid */
    int64_t whole;         /* total and all surveillances; 0: not known */
    str trade;             /* that the rules were asked with */
    str reason;            /* why finance did not go by the rules at all */
    struct span period;    /* of the contract */
    struct list terms;     /* of struct term */
};

/* contract.accepted and contract.signed: to exactly this offer */
struct acceptance {
    str note;
    struct hash offer; /* hash of the event quote.made */
    day from;          /* contract.signed: the contract runs from .. */
    day until;         /* .. to, both days in */
    str number;        /* of the contract; empty in events of before it had */
};

/* payment.recorded: the payer must be the client */
struct payment {
    int64_t amount;
    day received;
    str payer;
    bool prepaid; /* with this the prepayment is complete */
    str invoice;  /* the number of the one it is for; empty: for none yet */
};

enum invoice_for {
    INVOICE_FIRST,
    INVOICE_SURVEILLANCE,
    INVOICE_AUDIT, /* of an audit that the quote does not price */
};

/* invoice.issued */
struct invoice {
    str number;
    int what;          /* enum invoice_for */
    int64_t audit;     /* INVOICE_AUDIT: which of the case's, from 1; else 0 */
    struct list lines; /* of struct quote_line */
    int64_t amount;
    int64_t settled; /* of it, by payments that came before any invoice */
    day due;
};

/* invoice.cancelled */
struct invoice_cancelled {
    str number;
    str reason;
};

/* refund.recorded: of a case that ended before its decision */
struct refund {
    int64_t amount;
    day paid;        /* back */
    int64_t by_rule; /* what the package gives back, all refunds together */
    str reason;      /* needed above that */
};

/* --- offers: the enterprise's own notes, which nobody else reads -----------
 */

/* What the list of approved bodies says of one. */
enum approval {
    APPROVAL_UNKNOWN, /* no list is loaded */
    APPROVAL_LISTED,
    APPROVAL_NOT_LISTED,
    APPROVAL_OTHER_FIELD, /* approved, but not for this field */
};

/* offer.noted [M10] */
struct offer {
    str body;
    str approval;    /* number */
    int state;       /* enum approval, on the day it was noted */
    int64_t cycle;   /* days from contract to certificate */
    int64_t seniors; /* senior auditors in the team */
    str team;
    int64_t price; /* fen, of the first certification */
    int64_t whole; /* fen, with the surveillances; 0: not offered */
    str note;
    id salt; /* keeps the event's hash from telling what is in it */
};

/* What the enterprise may spend beside the certification [M32].  None of it is
 * ever the body's business [17065 4.2]. */
enum cost { COST_CONSULTING, COST_SYSTEM, COST_TRAINING, COST_OTHER };

/* cost.noted */
struct own_cost {
    int kind; /* enum cost */
    str provider;
    int64_t amount; /* fen */
    str note;
    id salt;
};

/* --- lists of the body's ---------------------------------------------------
 */

/* body.approved_set [M10] */
struct approved_list {
    struct list bodies; /* of struct approved_body (domain/actor.h) */
    str source;         /* where and when it was published */
};

/* body.subsidies_set [M34] [D3] */
struct subsidy_list {
    struct list subsidies; /* of struct subsidy (domain/actor.h) */
};

#endif
