#include "verify/report.h"

#include "base/arena.h"

const char *const finding_names[FINDING_KINDS] = {
    [FINDING_PROVED] = "proved",
    [FINDING_OPEN] = "open",
    [FINDING_REFUTED] = "refuted",
};

const char *const report_verdict_names[VERDICTS] = {
    [VERDICT_HOLDS] = "holds",
    [VERDICT_PARTLY] = "partly",
    [VERDICT_REFUTED] = "refuted",
    [VERDICT_NOTHING] = "nothing",
};

const char *const report_verdict_ids[VERDICTS] = {
    [VERDICT_HOLDS] = "verify.verdict_holds",
    [VERDICT_PARTLY] = "verify.verdict_partly",
    [VERDICT_REFUTED] = "verify.verdict_refuted",
    [VERDICT_NOTHING] = "verify.verdict_nothing",
};

void report_begin(struct verify_report *r, struct arena *a)
{
    *r = (struct verify_report){ .a = a };
}

void report_add(struct verify_report *r, enum finding_is is, const char *id,
                const struct err_arg *args)
{
    struct verify_finding *f = arena_zero(r->a, sizeof *f);
    err copied = { err_make(r->a, ERR_INVALID, id, ERR_HERE, args) };

    if (f == NULL || err_is(copied, ERR_MEMORY)) {
        r->lost = true;
        return;
    }
    *f = (struct verify_finding){ .is = is,
                                  .id = id,
                                  .args = copied.info->args };
    if (r->last == NULL)
        r->first = f;
    else
        r->last->next = f;
    r->last = f;
}

void report_refuted(struct verify_report *r, err e)
{
    if (!failed(e))
        return;
    if (err_is(e, ERR_MEMORY))
        r->lost = true;
    else
        report_add(r, FINDING_REFUTED, e.info->id, e.info->args);
}

enum verify_verdict report_verdict(const struct verify_report *r)
{
    bool seen[FINDING_KINDS] = { false };

    for (const struct verify_finding *f = r->first; f != NULL; f = f->next)
        seen[f->is] = true;
    if (seen[FINDING_REFUTED])
        return VERDICT_REFUTED;
    if (!seen[FINDING_PROVED])
        return VERDICT_NOTHING;
    return seen[FINDING_OPEN] ? VERDICT_PARTLY : VERDICT_HOLDS;
}

err report_end(const struct verify_report *r)
{
    return r->lost ? err_memory() : OK;
}
