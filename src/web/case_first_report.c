/*
 * case_first_report -- what the public reported, in the forms of what it
 * becomes in a case: "?report=R2026-0001". (register_reports.c [WR1] [WR2])
 */

#include "base/arena.h"
#include "base/buf.h"
#include "service/reports.h"
#include "web/case_first_parts.h"
#include "web/saying.h"

enum { TEXT_MOST = 1 << 15 };

/* *found is false of none, and of one they may not read or that ended. */
static err find(struct first *x, struct report_file *out, bool *found)
{
    struct request *rq = x->v->rq;
    str number = asked(rq, "report");

    *found = false;
    if (number.n == 0)
        return OK;
    err e = reports_one(web_app(rq), rq->arena, x->v->who, number, out);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    *found = out->line.state == REPORT_IS_OPEN;
    return OK;
}

/* Its words, and under them where they come from; never from whom. [CM2] */
static err set_text(struct first *x, const struct report_file *f)
{
    const struct err_arg args[] = {
        ARG_STR("place", f->line.place),
        ARG_STR("number", f->line.number),
        ARG_DAY("filed", f->line.filed),
        { 0 },
    };
    struct buf b;
    str from;
    str text;

    TRY(say(x->v->rq, "reports.into_case", args, &from));
    buf_init(&b, x->arena, TEXT_MOST);
    buf_str(&b, f->words);
    buf_str(&b, S("\n\n"));
    buf_str(&b, from);
    TRY(buf_done(&b, &text));
    return first_text(x, x->value, "text", text);
}

/* What was reported is about the mark; it was received when it was filed. */
err first_report_complaint(struct first *x)
{
    struct report_file f;
    bool found;

    TRY(find(x, &f, &found));
    if (!found)
        return OK;
    TRY(first_text(x, x->value, "about", S("mark")));
    TRY(first_day(x, x->value, "received", f.line.filed));
    return set_text(x, &f);
}

/* The kinds that are the same there; the others somebody judges. */
static str kind_of(enum report_kind kind)
{
    switch (kind) {
    case REPORT_AFTER_END:
    case REPORT_OUTSIDE_SCOPE:
    case REPORT_ALTERED: return str_of(report_kind_names[kind]);
    case REPORT_OF_ANOTHER:
    case REPORT_OTHER:
    case REPORT_KINDS: break;
    }
    return S("");
}

err first_report_misuse(struct first *x)
{
    struct report_file f;
    bool found;

    TRY(find(x, &f, &found));
    if (!found)
        return OK;
    TRY(first_text(x, x->value, "kind", kind_of(f.line.kind)));
    TRY(first_day(x, x->value, "found",
                  f.line.seen == DAY_NEVER ? f.line.filed : f.line.seen));
    return set_text(x, &f);
}
