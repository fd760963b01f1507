#ifndef DOMAIN_REPORTING_H
#define DOMAIN_REPORTING_H

/*
 * reporting -- the data of the events of reporting to the authority, in the
 * body's stream (domain/events.h says what holds for all).
 */

#include "base/day.h"
#include "base/str.h"
#include "codec/record.h"

#include <stdint.h>

/* What a sheet of the workbook held. */
struct reported_sheet {
    str name; /* "证书信息表" */
    int64_t rows;
    int64_t left_out;   /* rows that were not sound */
    struct hash digest; /* salted, of the cells that were written */
};

/* report.exported */
struct report_exported {
    str month;          /* "2026-11" */
    struct list sheets; /* of struct reported_sheet */
    struct hash file;   /* salted, of the workbook */
};

/* report.filed: what was exported last was handed in */
struct report_filed {
    str month;
    struct hash file; /* of that export */
    day filed;
    str receipt; /* the platform's number or words */
};

/* particulars.said: of whom, and under which names; what was said is sealed in
 * the store, it may be somebody's own [EV3] */
struct particulars_said {
    str subject;       /* "enterprise:91350100M000100Y43", "person:ID" */
    struct list codes; /* of str */
};

#endif
