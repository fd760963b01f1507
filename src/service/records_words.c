#include "service/records_words.h"

#include "base/buf.h"
#include "base/check.h"

enum {
    MONTHS_OF_YEAR = 12,
    NEITHER = 2, /* of words (records/rows.h) */
};

/* clang-format off */
const struct share_words *records_share_words(enum figure_share share)
{
    static const struct share_words words[] = {
        [SHARE_RESOLVED]          = { "resolved",           "records_report.resolved",          SENSE_MORE },
        [SHARE_COMPLAINTS]        = { "complaints",         "records_report.complaints",        SENSE_NONE },
        [SHARE_SATISFIED]         = { "satisfied",          "records_report.satisfied",         SENSE_MORE },
        [SHARE_ANSWERED]          = { "answered",           "records_report.answered",          SENSE_NONE },
        [SHARE_RESPONDED_IN_TIME] = { "responded_in_time",  "records_report.responded_in_time", SENSE_MORE },
        [SHARE_ARRIVED_IN_TIME]   = { "arrived_in_time",    "records_report.arrived_in_time",   SENSE_MORE },
        [SHARE_RESOLVED_IN_TIME]  = { "resolved_in_time",   "records_report.resolved_in_time",  SENSE_MORE },
        [SHARE_SAID_IN_TIME]      = { "said_in_time",       "records_report.said_in_time",      SENSE_NONE },
        [SHARE_REOPENED]          = { "reopened",           "records_report.reopened",          SENSE_LESS },
        [SHARE_SECOND_VISIT]      = { "second_visit",       "records_report.second_visit",      SENSE_LESS },
        [SHARE_FIRST_TIME]        = { "first_time",         "records_report.first_time",        SENSE_MORE },
        [SHARE_RETURNED]          = { "returned",           "records_report.returned",          SENSE_LESS },
        [SHARE_COMPLAINT_CLOSED]  = { "complaints_closed",  "records_report.complaint_closed",  SENSE_MORE },
        [SHARE_COMPLAINT_IN_TIME] = { "complaints_in_time", "records_report.complaint_in_time", SENSE_MORE },
        [SHARE_CALLED_BACK]       = { "called_back",        "records_report.called_back",       SENSE_NONE },
        [SHARE_REACHED]           = { "reached",            "records_report.reached",           SENSE_NONE },
        [SHARE_PARTS_FILLED]      = { "parts_filled",       "records_report.parts_filled",      SENSE_MORE },
    };

    check(share < SHARE_COUNT);
    return &words[share];
}

struct figure_words records_time_words(enum figure_time time)
{
    static const struct figure_words words[] = {
        [TIME_RESPONSE]   = { "response",   "records_report.response" },
        [TIME_RESOLUTION] = { "resolution", "records_report.resolution" },
    };

    check(time < TIME_COUNT);
    return words[time];
}

struct figure_words records_group_words(enum figure_group group)
{
    static const struct figure_words words[] = {
        [GROUP_WHOLE]        = { "whole",        "records_report.whole" },
        [GROUP_MONTH]        = { "month",        "records_report.month" },
        [GROUP_OUTLET]       = { "outlet",       "records_report.outlet" },
        [GROUP_OUTLET_MONTH] = { "outlet_month", "records_report.outlet_month" },
        [GROUP_PRODUCT]      = { "product",      "records_report.product" },
        [GROUP_PERSON]       = { "person",       "records_report.person" },
        [GROUP_TRADE]        = { "trade",        "records_report.trade" },
    };

    check(group < GROUP_COUNT);
    return words[group];
}

struct left_words records_left_words(enum figure_left_out why)
{
    static const struct left_words words[] = {
        [LEFT_EXCLUDED] = { "excluded", "records.left_excluded", "records_report.left_excluded" },
        [LEFT_UNDATED]  = { "undated",  "records.left_undated",  "records_report.left_undated" },
        [LEFT_OUTSIDE]  = { "outside",  "records.left_outside",  "records_report.left_outside" },
        [LEFT_NEGATIVE] = { "negative", "records.left_negative", "records_report.left_negative" },
        [LEFT_SCALE]    = { "scale",    "records.left_scale",    "records_report.left_scale" },
    };

    check(why < LEFT_COUNT);
    return words[why];
}

struct figure_words records_fault_words(enum row_fault fault)
{
    static const struct figure_words words[] = {
        [ROW_FIELDS]      = { "fields",     "records.fault_fields" },
        [ROW_NOT_OPENED]  = { "not_opened", "records.fault_not_opened" },
        [ROW_OPEN_QUOTE]  = { "open_quote", "records.fault_open_quote" },
        [ROW_SLIP_MOMENT] = { "moment",     "records.fault_moment" },
        [ROW_SLIP_NUMBER] = { "number",     "records.fault_number" },
        [ROW_SLIP_YES]    = { "yes_no",     "records.fault_yes" },
        [ROW_SLIP_WORD]   = { "word",       "records.fault_word" },
        [ROW_SLIP_MANY]   = { "many",       "records.fault_many" },
    };

    check(fault < ROW_FAULTS);
    return words[fault];
}

struct figure_words records_change_words(enum rate_change change)
{
    static const struct figure_words words[] = {
        [CHANGE_CANNOT_TELL] = { "cannot_tell", "records_report.cannot_tell" },
        [CHANGE_NONE]        = { "none",        "records_report.change_none" },
        [CHANGE_HIGHER]      = { "rise",        "records_report.rise" },
        [CHANGE_LOWER]       = { "fall",        "records_report.fall" },
    };

    check((size_t)change < sizeof words / sizeof *words);
    return words[change];
}
/* clang-format on */

const char *records_scale_id(const struct figures_terms *t)
{
    static const char *const words[] = { "records_report.scale_neither",
                                         "records_report.scale_satisfied" };

    return t->scale_words && t->satisfied >= NEITHER
               ? words[t->satisfied > NEITHER]
               : "records_report.scale_value";
}

const char *records_verdict_id(enum rate_verdict verdict)
{
    switch (verdict) {
    case RATE_MET: return "records_report.met";
    case RATE_NOT_MET: return "records_report.not_met";
    case RATE_CANNOT_TELL: break;
    }
    return "records_report.cannot_tell";
}

const char *records_time_word(enum figure_time time)
{
    return records_time_words(time).name;
}

const char *records_group_word(enum figure_group group)
{
    return records_group_words(group).name;
}

void records_put_month(struct buf *b, day first, uint32_t month)
{
    struct date d = date_of_day(first);
    int32_t at = d.month - 1 + (int32_t)month;

    buf_printf(b, "%04d-%02d", d.year + at / MONTHS_OF_YEAR,
               at % MONTHS_OF_YEAR + 1);
}

str records_charset_name(enum layout_charset charset)
{
    switch (charset) {
    case CHARSET_UTF8: return S("UTF-8");
    case CHARSET_GB18030: return S("GB18030");
    case CHARSET_UTF16LE: return S("UTF-16LE");
    case CHARSET_UTF16BE: return S("UTF-16BE");
    case CHARSET_UNKNOWN: break;
    }
    return S("?");
}
