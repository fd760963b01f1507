/*
 * reporting -- events of reporting to the authority, in the body's stream.
 * [M20] [17065 7.12]
 */

#include "domain/reporting.h"

#include "base/size.h"
#include "domain/stages.h"

enum { SHEETS_MAX = 10, CODES_MAX = 500 };

/* clang-format off */
static const struct field reported_sheet_fields[] = {
    F_STR(struct reported_sheet, name, 1, 40),
    F_INT(struct reported_sheet, rows, 0, 10000000),
    F_INT(struct reported_sheet, left_out, 0, 10000000),
    F_HASH(struct reported_sheet, digest),
};
static const struct record reported_sheet_record =
    RECORD(reported_sheet, reported_sheet_fields);

static const struct field report_exported_fields[] = {
    F_STR(struct report_exported, month, 7, 7),
    F_LIST(struct report_exported, sheets, 1, SHEETS_MAX, &reported_sheet_record),
    F_HASH(struct report_exported, file),
};
static const struct record report_exported_record =
    RECORD(report_exported, report_exported_fields);

static const struct field report_filed_fields[] = {
    F_STR(struct report_filed, month, 7, 7),
    F_HASH(struct report_filed, file),
    F_DAY(struct report_filed, filed),
    F_STR(struct report_filed, receipt, 1, 200),
};
static const struct record report_filed_record =
    RECORD(report_filed, report_filed_fields);

static const struct field particulars_said_fields[] = {
    F_STR(struct particulars_said, subject, 1, 60),
    F_STRS_OPT(struct particulars_said, codes, CODES_MAX),
};
static const struct record particulars_said_record =
    RECORD(particulars_said, particulars_said_fields);

static const struct event_kind events[] = {
    { "report.exported", 1, STREAM_BODY, &report_exported_record, NULL },
    { "report.filed", 1, STREAM_BODY, &report_filed_record, NULL },
    { "particulars.said", 1, STREAM_BODY, &particulars_said_record, NULL },
};
/* clang-format on */

const struct stage_tables reporting_tables = {
    NULL,
    0,
    events,
    COUNT(events),
};
