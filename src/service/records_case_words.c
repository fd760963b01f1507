#include "service/records_case_words.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/utf8.h"
#include "domain/names.h"
#include "service/records_label.h"

enum { BASIS = 10000, NAME_MOST = 120 };

/* --- parts ---------------------------------------------------------------- */

static err render(struct arena *a, enum lang lang, const char *message,
                  const struct err_arg *args, str *out)
{
    struct buf b;

    buf_init(&b, a, CASE_SHEET_WORDS);
    text_render(&b, lang, message, args);
    return buf_done(&b, out);
}

static err covers(struct arena *a, enum lang lang, const struct case_sheet *x,
                  str *out)
{
    struct buf b;
    str why;

    buf_init(&b, a, CASE_SHEET_WORDS);
    text_choice(&b, lang, "lack.", str_of(lack_names[x->why]));
    TRY(buf_done(&b, &why));
    return render(a, lang,
                  x->covers ? "case_sheets.covers" : "case_sheets.not_covered",
                  (const struct err_arg[]){ ARG_STR("why", why), { 0 } }, out);
}

static err signer(struct arena *a, enum lang lang, const struct case_sheet *x,
                  str *out)
{
    struct buf b;

    buf_init(&b, a, CASE_SHEET_WORDS);
    text_choice(&b, lang, "sheet_signer.",
                str_of(sheet_signer_names[x->signer]));
    return buf_done(&b, out);
}

/* Names that people gave are cut, so that a sentence ends. */
static str cut(str name)
{
    return utf8_first(name, NAME_MOST);
}

/* --- sentences ------------------------------------------------------------ */

err case_sheet_source(struct arena *a, enum lang lang,
                      const struct case_sheet *x, str *out)
{
    const struct err_arg args[] = {
        ARG_STR("sheet", cut(x->document->title)),
        ARG_STR("file", cut(x->file_name)),
        ARG_DAY("from", x->from),
        ARG_DAY("to", x->to),
        { 0 },
    };

    return render(a, lang, "case_sheets.source", args, out);
}

err case_sheet_line(struct arena *a, enum lang lang, const struct case_sheet *x,
                    str *out)
{
    str signed_by;
    str covered;

    TRY(signer(a, lang, x, &signed_by));
    TRY(covers(a, lang, x, &covered));
    const struct err_arg args[] = {
        ARG_STR("sheet", cut(x->document->title)),
        ARG_STR("file", cut(x->file_name)),
        ARG_DAY("from", x->from),
        ARG_DAY("to", x->to),
        ARG_STR("signed", signed_by),
        ARG_STR("covers", covered),
        { 0 },
    };

    return render(a, lang,
                  x->current ? "case_sheets.line" : "case_sheets.line_replaced",
                  args, out);
}

static const char *verdict_id(enum rate_verdict verdict)
{
    switch (verdict) {
    case RATE_MET: return "records_report.met";
    case RATE_NOT_MET: return "records_report.not_met";
    case RATE_CANNOT_TELL: break;
    }
    return "records_report.cannot_tell";
}

/* "7 of 10, 70% (39.68% – 89.22%)" */
static err value(struct arena *a, enum lang lang, const struct case_share *s,
                 str *out)
{
    char rate[TEXT_VALUE];
    char low[TEXT_VALUE];
    char high[TEXT_VALUE];
    struct interval w = wilson(s->k, s->n);
    const struct err_arg args[] = {
        ARG_INT("k", s->k),
        ARG_INT("n", s->n),
        ARG_STR("rate", text_percent((s->k * BASIS + s->n / 2) / s->n, rate)),
        ARG_STR("low", text_percent(w.low, low)),
        ARG_STR("high", text_percent(w.high, high)),
        { 0 },
    };

    return render(a, lang, "case_sheets.value", args, out);
}

err case_sheets_say(struct arena *a, enum lang lang, const struct list *sheets,
                    str name, const enum rate_verdict *verdict, str *out)
{
    const struct case_sheet *x = records_case_best(sheets, name);
    str of;
    str line;

    *out = S("");
    if (x == NULL)
        return OK;
    TRY(value(a, lang, case_sheet_share(x, name), &of));
    TRY(case_sheet_line(a, lang, x, &line));
    const struct err_arg args[] = {
        ARG_IDS("what", str_of(records_label(name))),
        ARG_STR("value", of),
        ARG_IDS("verdict", str_of(verdict == NULL ? "records_report.unsaid"
                                                  : verdict_id(*verdict))),
        ARG_STR("line", line),
        { 0 },
    };

    return render(a, lang,
                  verdict == NULL ? "case_sheets.says"
                                  : "case_sheets.says_verdict",
                  args, out);
}
