/* The figures of a file of service records. */

#include "service/records.h"

#include "base/arena.h"
#include "base/heap.h"
#include "records/hours.h"
#include "service/records_parts.h"

size_t records_workers(const struct records_input *in)
{
    if (in->workers == 0)
        return pass_processors();
    return in->workers < PASS_WORKERS_MAX ? in->workers : PASS_WORKERS_MAX;
}

err records_read(struct arena *a, struct heap *h,
                 const struct records_input *in,
                 const struct records_file *file,
                 const struct records_reading *r, uint64_t *replaced)
{
    scoped(source_end) struct source s = { 0 };
    const struct pass p = {
        .source = &s,
        .charset = file->charset,
        .watch = in->watch,
        .workers = r->workers,
        .each = r->each,
        .feed = r->feed,
    };

    TRY(source_begin(a, h, &file->from, &file->start, &s));
    return pass_run(a, h, &p, replaced);
}

/* --- the terms --- */

static err check_period(struct arena *a, day first, day last)
{
    if (first >= 0 && first <= last && last < SCREENS_OPENED_MAX &&
        period_months(first, last) <= FIGURES_MONTHS_MAX)
        return OK;
    return err_new(a, ERR_INVALID, "records.period", ARG_DAY("from", first),
                   ARG_DAY("to", last),
                   ARG_INT("years", FIGURES_MONTHS_MAX / 12));
}

static err find_period(struct arena *a, struct heap *h,
                       const struct records_input *in,
                       const struct records_file *file,
                       const struct records_terms *terms,
                       struct figures_terms *out)
{
    struct records_period period;

    out->first = terms->first;
    out->last = terms->last;
    if (terms->whole) {
        TRY(records_survey(a, h, in, file, &period));
        if (!period.known)
            return err_new(a, ERR_INVALID, "records.no_period",
                           ARG_STR("name", in->name));
        out->first = period.first;
        out->last = period.last;
    }
    return check_period(a, out->first, out->last);
}

static err make_terms(struct arena *a, const struct records_file *file,
                      const struct records_terms *terms,
                      struct figures_terms *out)
{
    struct rows_scale scale = rows_scale_of(&file->columns);
    struct hours *hours = NULL;

    out->repeat_days = terms->repeat_days;
    out->scale_low = scale.low;
    out->scale_high = scale.high;
    out->scale_words = scale.words;
    out->satisfied = terms->satisfied == 0 ? scale.satisfied : terms->satisfied;
    out->response_promise = terms->response_promise;
    out->resolution_promise = terms->resolution_promise;
    TRY(hours_new(a, terms->week, terms->calendar, &hours));
    out->hours = hours;
    return OK;
}

/* The terms of the period before. [RC7] */
static err find_then(struct arena *a, const struct records_terms *asked,
                     const struct figures_terms *t, struct figures_terms *out)
{
    struct against_period found;

    *out = *t;
    if (asked->against.by == AGAINST_NOTHING)
        return OK;
    TRY(against_period(a, &asked->against, t->first, t->last, &found));
    out->first = found.first;
    out->last = found.last;
    return check_period(a, out->first, out->last);
}

struct tally records_tally(const struct records_figures *f,
                           enum figure_group kind, uint32_t index)
{
    struct tally t = figures_of(f->figures, kind, index);

    if (!f->surveyed)
        t.shares[SHARE_ANSWERED] = (struct share){ 0 };
    return t;
}

struct tally records_tally_then(const struct records_figures *f,
                                enum figure_group kind, uint32_t index)
{
    struct tally t = { 0 };

    if (f->then != NULL && against_group(kind))
        t = figures_of(f->then, kind, index);
    if (!f->surveyed)
        t.shares[SHARE_ANSWERED] = (struct share){ 0 };
    return t;
}

void records_hide_untold(const bool untold[static SHARE_COUNT], struct tally *t)
{
    for (size_t i = 0; i < SHARE_COUNT; i++) {
        if (untold[i])
            t->shares[i] = (struct share){ 0 };
    }
}

void records_figures_end(struct records_figures **figures)
{
    struct records_figures *f = *figures;

    if (f == NULL)
        return;
    figures_free(&f->figures);
    figures_free(&f->then);
    places_free(&f->places);
    f->screens = f->heap->resize(f->heap, f->screens, 0);
    for (size_t i = 0; i < RECORDS_GROUPINGS; i++)
        words_end(records_words_of(&f->words, i));
    *figures = f->heap->resize(f->heap, f, 0);
}

/* Empty ones, to be filled. */
static struct records_figures *new_figures(struct heap *h,
                                           const struct figures_terms *terms)
{
    struct records_figures *f = h->resize(h, NULL, sizeof *f);

    if (f == NULL)
        return NULL;
    memset(f, 0, sizeof *f); /* too large for a literal */
    f->heap = h;
    f->terms = *terms;
    for (size_t i = 0; i < RECORDS_GROUPINGS; i++)
        words_init(records_words_of(&f->words, i), h, 1);
    return f;
}

static struct screens_terms screens_terms_of(const struct figures_terms *t,
                                             const struct records_terms *asked)
{
    return (struct screens_terms){
        .first = t->first,
        .last = t->last,
        .audit = asked->audit,
        .scale_low = t->scale_low,
        .scale_high = t->scale_high,
        .hours = t->hours,
    };
}

err records_figures(struct arena *a, struct heap *h,
                    const struct records_input *in,
                    const struct records_file *file,
                    const struct records_terms *terms,
                    struct records_figures **out)
{
    struct figures_terms t = { 0 };
    struct figures_terms then = { 0 };
    struct screens_terms screens;
    scoped(records_figures_end) struct records_figures *f = NULL;
    struct records_counting w = {
        .heap = h,
        .file = file,
        .terms = &t,
        .places = terms->places,
        .key = terms->key,
        .columns = file->columns,
        .n = records_workers(in),
    };

    TRY(find_period(a, h, in, file, terms, &t));
    TRY(make_terms(a, file, terms, &t));
    TRY(find_then(a, terms, &t, &then));
    if (terms->against.by != AGAINST_NOTHING)
        w.then = &then;
    screens = screens_terms_of(&t, terms);
    if (terms->screens)
        w.screens = &screens;
    f = new_figures(h, &t);
    TRY_MEMORY(f);
    f->then_terms = then;
    TRY(records_count(a, in, &w, f));
    *out = f;
    f = NULL;
    return OK;
}
