/* case_records_words -- figures of service records in the reader's words. */

#include "base/buf.h"
#include "base/statistics.h"
#include "web/case_records.h"
#include "web/saying.h"

enum { WHOLE = 10000, TENTHS = 10, MINUTES = 60 };

str records_name(struct request *rq, const char *message)
{
    return text_get(web_lang(rq), message);
}

/* "87.3%" of tenths of a percent. */
static err say_tenths(struct request *rq, int64_t tenths, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, TEXT_VALUE);
    buf_int(&b, tenths / TENTHS);
    buf_char(&b, '.');
    buf_int(&b, tenths % TENTHS);
    buf_char(&b, '%');
    return buf_done(&b, out);
}

err records_percent(struct request *rq, int64_t basis_points, str *out)
{
    return say_tenths(rq, (basis_points + TENTHS / 2) / TENTHS, out);
}

/* Rounded outward, as the report has it. */
static err say_interval(struct request *rq, struct share of, str *out)
{
    struct interval i = wilson(of.k, of.n);
    str low;
    str high;

    TRY(say_tenths(rq, i.low / TENTHS, &low));
    TRY(say_tenths(rq, (i.high + TENTHS - 1) / TENTHS, &high));
    const struct err_arg args[] = { ARG_STR("low", low),
                                    ARG_STR("high", high),
                                    { 0 } };
    return say(rq, "records_report.from_to", args, out);
}

static const char *style_of(const struct records_report *r,
                            enum figure_share which, struct share of)
{
    switch (rate_verdict(of.k, of.n, r->wanted[which], WHOLE)) {
    case RATE_MET: return "valid";
    case RATE_NOT_MET: return "withdrawn";
    case RATE_CANNOT_TELL: break;
    }
    return "suspended";
}

err records_say_share(struct request *rq, const struct records_report *r,
                      enum figure_share which, struct share of,
                      struct records_said *out)
{
    struct records_said said = {
        .known = report_shows(r, of.n) && of.n <= STATISTICS_N_MAX,
    };

    *out = said;
    if (!said.known)
        return OK;
    TRY(records_percent(rq, ((int64_t)of.k * WHOLE + of.n / 2) / of.n,
                        &said.percent));
    TRY(say_interval(rq, of, &said.interval));
    said.verdict = report_share_verdict(r, which, of);
    if (said.verdict != NULL) {
        said.style = style_of(r, which, of);
        TRY(records_percent(rq, r->wanted[which], &said.wanted));
    }
    *out = said;
    return OK;
}

err records_duration(struct request *rq, uint32_t minutes, str *out)
{
    const struct err_arg args[] = {
        ARG_INT("hours", minutes / MINUTES),
        ARG_INT("minutes", minutes < MINUTES ? minutes : minutes % MINUTES),
        { 0 },
    };

    return say(rq,
               minutes < MINUTES ? "records_report.minutes"
                                 : "records_report.hours",
               args, out);
}
