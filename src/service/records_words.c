#include "service/records_words.h"

#include "base/check.h"

const struct share_words *records_share_words(enum figure_share share)
{
    static const struct share_words words[] = {
        [SHARE_RESOLVED] = { "resolved", SENSE_MORE },
        [SHARE_COMPLAINTS] = { "complaints", SENSE_NONE },
        [SHARE_SATISFIED] = { "satisfied", SENSE_MORE },
        [SHARE_ANSWERED] = { "answered", SENSE_NONE },
        [SHARE_RESPONDED_IN_TIME] = { "responded_in_time", SENSE_MORE },
        [SHARE_ARRIVED_IN_TIME] = { "arrived_in_time", SENSE_MORE },
        [SHARE_RESOLVED_IN_TIME] = { "resolved_in_time", SENSE_MORE },
        [SHARE_SAID_IN_TIME] = { "said_in_time", SENSE_NONE },
        [SHARE_REOPENED] = { "reopened", SENSE_LESS },
        [SHARE_SECOND_VISIT] = { "second_visit", SENSE_LESS },
        [SHARE_FIRST_TIME] = { "first_time", SENSE_MORE },
        [SHARE_RETURNED] = { "returned", SENSE_LESS },
        [SHARE_COMPLAINT_CLOSED] = { "complaints_closed", SENSE_MORE },
        [SHARE_COMPLAINT_IN_TIME] = { "complaints_in_time", SENSE_MORE },
        [SHARE_CALLED_BACK] = { "called_back", SENSE_NONE },
        [SHARE_REACHED] = { "reached", SENSE_NONE },
        [SHARE_PARTS_FILLED] = { "parts_filled", SENSE_MORE },
    };

    check(share < SHARE_COUNT);
    return &words[share];
}

const char *records_time_word(enum figure_time time)
{
    static const char *const words[] = {
        [TIME_RESPONSE] = "response",
        [TIME_RESOLUTION] = "resolution",
    };

    check(time < TIME_COUNT);
    return words[time];
}

const char *records_group_word(enum figure_group group)
{
    static const char *const words[] = {
        [GROUP_WHOLE] = "whole",     [GROUP_MONTH] = "month",
        [GROUP_OUTLET] = "outlet",   [GROUP_OUTLET_MONTH] = "outlet_month",
        [GROUP_PRODUCT] = "product", [GROUP_PERSON] = "person",
        [GROUP_TRADE] = "trade",
    };

    check(group < GROUP_COUNT);
    return words[group];
}

struct figure_words records_left_words(enum figure_left_out why)
{
    static const struct figure_words words[] = {
        [LEFT_EXCLUDED] = { "excluded", "records.left_excluded" },
        [LEFT_UNDATED] = { "undated", "records.left_undated" },
        [LEFT_OUTSIDE] = { "outside", "records.left_outside" },
        [LEFT_NEGATIVE] = { "negative", "records.left_negative" },
        [LEFT_SCALE] = { "scale", "records.left_scale" },
    };

    check(why < LEFT_COUNT);
    return words[why];
}

struct figure_words records_fault_words(enum row_fault fault)
{
    static const struct figure_words words[] = {
        [ROW_FIELDS] = { "fields", "records.fault_fields" },
        [ROW_NOT_OPENED] = { "not_opened", "records.fault_not_opened" },
        [ROW_OPEN_QUOTE] = { "open_quote", "records.fault_open_quote" },
        [ROW_SLIP_MOMENT] = { "moment", "records.fault_moment" },
        [ROW_SLIP_NUMBER] = { "number", "records.fault_number" },
        [ROW_SLIP_YES] = { "yes_no", "records.fault_yes" },
        [ROW_SLIP_WORD] = { "word", "records.fault_word" },
        [ROW_SLIP_MANY] = { "many", "records.fault_many" },
    };

    check(fault < ROW_FAULTS);
    return words[fault];
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
