#ifndef DOMAIN_EVENTS_BODY_H
#define DOMAIN_EVENTS_BODY_H

/* events_body -- the data of events about the body, part of domain/events.h. */

#include "base/day.h"
#include "base/hash.h"
#include "base/str.h"
#include "codec/record.h"

/* body.fields_set [条例 9] */
struct body_fields {
    struct list fields; /* of str */
    str document;       /* of the approval */
};

struct body_founded {
    str name_zh;
    str name_en;
    str approval;
    str number;
    struct list fields; /* of str */
    str public_url;
    str log_origin;
    bool demonstration;
    str uscc;
    str accreditation;
    str address;
    str phone;
};

/* body.changed: all facts, as they are from a day on (body_facts.h) */
struct body_changed {
    day from;
    str name_zh;
    str name_en;
    str uscc;
    str approval;
    struct list fields; /* of str */
    str accreditation;
    str address;
    str phone;
    str document; /* that says so */
    str reason;
};

/* register.root: what all of the register comes to, in one hash (a map of
 * merkle/map.h): of each enterprise all of its certificates, and of each number
 * whose it is.  It is of the first `upto` entries of the log. */
struct register_root {
    struct hash root;
    int64_t holders; /* enterprises that have a certificate */
    int64_t numbers; /* of certificates and of sub-certificates */
    int64_t upto;
};

#endif
