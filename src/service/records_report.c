#include "service/records_report.h"

#include "base/arena.h"
#include "base/heap.h"
#include "base/size.h"
#include "base/statistics.h"
#include "records/words.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum { MONTHS = 12, WHOLE = 10000, MONTH_BYTES = 40 };

/* --- names ------------------------------------------------------------------
 */

struct named {
    const char *id;
};

static const struct named share_names[] = {
    [SHARE_RESOLVED] = { .id = "records_report.resolved" },
    [SHARE_COMPLAINTS] = { .id = "records_report.complaints" },
    [SHARE_SATISFIED] = { .id = "records_report.satisfied" },
    [SHARE_ANSWERED] = { .id = "records_report.answered" },
    [SHARE_RESPONDED_IN_TIME] = { .id = "records_report.responded_in_time" },
    [SHARE_ARRIVED_IN_TIME] = { .id = "records_report.arrived_in_time" },
    [SHARE_RESOLVED_IN_TIME] = { .id = "records_report.resolved_in_time" },
    [SHARE_REOPENED] = { .id = "records_report.reopened" },
    [SHARE_SECOND_VISIT] = { .id = "records_report.second_visit" },
    [SHARE_FIRST_TIME] = { .id = "records_report.first_time" },
    [SHARE_RETURNED] = { .id = "records_report.returned" },
    [SHARE_COMPLAINT_CLOSED] = { .id = "records_report.complaint_closed" },
    [SHARE_COMPLAINT_IN_TIME] = { .id = "records_report.complaint_in_time" },
    [SHARE_CALLED_BACK] = { .id = "records_report.called_back" },
    [SHARE_REACHED] = { .id = "records_report.reached" },
    [SHARE_PARTS_FILLED] = { .id = "records_report.parts_filled" },
    [SHARE_SAID_IN_TIME] = { .id = "records_report.said_in_time" },
};
static_assert(COUNT(share_names) == SHARE_COUNT);

static const struct named time_names[] = {
    [TIME_RESPONSE] = { .id = "records_report.response" },
    [TIME_RESOLUTION] = { .id = "records_report.resolution" },
};

static const struct named group_names[] = {
    [GROUP_WHOLE] = { .id = "records_report.whole" },
    [GROUP_MONTH] = { .id = "records_report.month" },
    [GROUP_OUTLET] = { .id = "records_report.outlet" },
    [GROUP_OUTLET_MONTH] = { .id = "records_report.outlet_month" },
    [GROUP_PRODUCT] = { .id = "records_report.product" },
    [GROUP_PERSON] = { .id = "records_report.person" },
    [GROUP_TRADE] = { .id = "records_report.trade" },
};

static const struct named left_names[] = {
    [LEFT_EXCLUDED] = { .id = "records_report.left_excluded" },
    [LEFT_UNDATED] = { .id = "records_report.left_undated" },
    [LEFT_OUTSIDE] = { .id = "records_report.left_outside" },
    [LEFT_NEGATIVE] = { .id = "records_report.left_negative" },
    [LEFT_SCALE] = { .id = "records_report.left_scale" },
};

const char *report_share_name(enum figure_share share)
{
    return share_names[share].id;
}

const char *report_time_name(enum figure_time time)
{
    return time_names[time].id;
}

const char *report_group_name(enum figure_group group)
{
    return group_names[group].id;
}

const char *report_left_name(enum figure_left_out why)
{
    return left_names[why].id;
}

/* Shares of which less is better are measured by what is wanted at least, as
 * the others: who wants few complaints asks for nothing here. */
const char *report_share_verdict(const struct records_report *r,
                                 enum figure_share share, struct share of)
{
    static const struct named verdicts[] = {
        [RATE_CANNOT_TELL] = { .id = "records_report.cannot_tell" },
        [RATE_MET] = { .id = "records_report.met" },
        [RATE_NOT_MET] = { .id = "records_report.not_met" },
    };

    if (r->wanted[share] == 0 || of.n == 0 || of.n > STATISTICS_N_MAX)
        return NULL;
    return verdicts[rate_verdict(of.k, of.n, r->wanted[share], WHOLE)].id;
}

str report_label(const struct report_group *g, enum lang lang)
{
    if (g->others)
        return text_get(lang, "records_report.others");
    return g->label.n > 0 ? g->label : text_get(lang, "records_report.unsaid");
}

bool report_shows(const struct records_report *r, uint32_t n)
{
    return n > 0 && (!r->public || n >= REPORT_LEAST);
}

/* --- gathering --------------------------------------------------------------
 */

static uint32_t tickets(const struct report_group *g)
{
    return g->tally.shares[SHARE_RESOLVED].n;
}

static bool is_empty(const struct tally *t)
{
    for (size_t i = 0; i < SHARE_COUNT; i++) {
        if (t->shares[i].n > 0)
            return false;
    }
    return true;
}

/* The most tickets first, of equal ones by name. [RR5] */
static int by_tickets(const void *a, const void *b)
{
    const struct report_group *x = a;
    const struct report_group *y = b;

    if (tickets(x) != tickets(y))
        return tickets(x) < tickets(y) ? 1 : -1;
    return str_cmp(x->label, y->label);
}

/* "2026-03" */
static err month_label(struct arena *a, day first, uint32_t index, str *out)
{
    struct date d = date_of_day(first);
    uint32_t month = (uint32_t)d.month - 1 + index;
    char text[MONTH_BYTES];
    int n = snprintf(text, sizeof text, "%04d-%02u",
                     d.year + (int)(month / MONTHS), month % MONTHS + 1);

    TRY_MEMORY(arena_str(a, (str){ text, (size_t)n }, out));
    return OK;
}

struct gathering {
    struct arena *a;
    struct heap *heap;
    const struct report_source *from;
};

static err label_of(const struct gathering *g, enum figure_group kind,
                    uint32_t index, str *out)
{
    const struct words *w = g->from->words[kind];

    if (kind == GROUP_MONTH)
        return month_label(g->a, g->from->terms.first, index, out);
    if (w == NULL || index > w->n)
        return OK;
    TRY_MEMORY(arena_str(g->a, words_text(w, index), out));
    return OK;
}

/* The times of every group of a kind. */
static err read_times(const struct gathering *g, enum figure_group kind,
                      struct spread *out)
{
    size_t n = figures_groups(g->from->figures, kind);

    for (int i = 0; i < TIME_COUNT; i++)
        TRY_MEMORY(figures_times(g->from->figures, g->heap, kind,
                                 (enum figure_time)i, out + (size_t)i * n));
    return OK;
}

static err read_group(const struct gathering *g, enum figure_group kind,
                      uint32_t index, const struct spread *times,
                      struct report_group *out)
{
    size_t n = figures_groups(g->from->figures, kind);

    *out = (struct report_group){ .tally = figures_of(g->from->figures, kind,
                                                      index) };
    for (size_t i = 0; i < TIME_COUNT; i++)
        out->times[i] = times[i * n + index];
    return label_of(g, kind, index, &out->label);
}

static err read_groups(const struct gathering *g, enum figure_group kind,
                       const struct spread *times, struct list *out)
{
    uint32_t n = figures_groups(g->from->figures, kind);
    struct report_group *groups = arena_array(g->a, n, sizeof *groups);
    size_t kept = 0;

    TRY_MEMORY(groups != NULL);
    for (uint32_t i = 0; i < n; i++) {
        TRY(read_group(g, kind, i, times, &groups[kept]));
        kept += kind == GROUP_MONTH || !is_empty(&groups[kept].tally);
    }
    if (kind != GROUP_MONTH)
        qsort(groups, kept, sizeof *groups, by_tickets);
    *out = (struct list){ groups, kept };
    return OK;
}

static err gather_kind(const struct gathering *g, enum figure_group kind,
                       struct list *out)
{
    size_t n = figures_groups(g->from->figures, kind);
    struct spread *times = arena_array(g->a, n * TIME_COUNT, sizeof *times);

    TRY_MEMORY(times != NULL);
    TRY(read_times(g, kind, times));
    return read_groups(g, kind, times, out);
}

static err gather_backlog(struct arena *a, const struct figures *f,
                          struct list *out)
{
    size_t n = figures_days(f);
    int64_t *days = arena_array(a, n, sizeof *days);

    TRY_MEMORY(days != NULL);
    figures_backlog(f, days);
    *out = (struct list){ days, n };
    return OK;
}

err report_gather(struct arena *a, struct heap *h,
                  const struct report_source *from, struct records_report *out)
{
    static const enum figure_group kinds[] = { GROUP_MONTH, GROUP_OUTLET,
                                               GROUP_PRODUCT, GROUP_PERSON,
                                               GROUP_TRADE };
    const struct gathering g = { a, h, from };
    struct records_report r = { .terms = from->terms };
    struct list whole = { NULL, 0 };

    for (size_t i = 0; i < COUNT(kinds); i++)
        TRY(gather_kind(&g, kinds[i], &r.groups[kinds[i]]));
    TRY(gather_kind(&g, GROUP_WHOLE, &whole));
    if (whole.n > 0)
        r.whole = *(const struct report_group *)whole.p;
    TRY(gather_backlog(a, from->figures, &r.backlog));
    for (size_t i = 0; i < LEFT_COUNT; i++)
        r.left_out[i] =
            figures_left_out(from->figures, (enum figure_left_out)i);
    r.low_days = figures_low_days(from->figures);
    r.load = figures_load(from->figures);
    *out = r;
    return OK;
}

/* --- for the public [RR3] ---------------------------------------------------
 */

static void fold(struct report_group *into, const struct report_group *g)
{
    for (size_t i = 0; i < SHARE_COUNT; i++) {
        into->tally.shares[i].k += g->tally.shares[i].k;
        into->tally.shares[i].n += g->tally.shares[i].n;
    }
}

/* The index of the group with the fewest tickets, or n. */
static size_t smallest(const struct report_group *g, size_t n)
{
    size_t least = n;

    for (size_t i = 0; i < n; i++) {
        if (least == n || tickets(&g[i]) < tickets(&g[least]))
            least = i;
    }
    return least;
}

/* Fold until nothing is small.  Returns how many are left. */
static size_t fold_small(struct report_group *g, size_t n,
                         struct report_group *others)
{
    for (size_t i = smallest(g, n); i < n; i = smallest(g, n)) {
        bool small = tickets(&g[i]) < REPORT_LEAST;
        bool begun = tickets(others) > 0 && tickets(others) < REPORT_LEAST;

        if (!small && !begun)
            break;
        fold(others, &g[i]);
        n--;
        memmove(g + i, g + i + 1, (n - i) * sizeof *g);
    }
    return n;
}

/* The index of the group with the smallest number that a share is of, and that
 * is told, or n. */
static size_t least_of(const struct report_group *g, size_t n, size_t share)
{
    size_t least = n;

    for (size_t i = 0; i < n; i++) {
        uint32_t of = g[i].tally.shares[share].n;

        if (of > 0 && (least == n || of < g[least].tally.shares[share].n))
            least = i;
    }
    return least;
}

/* A share of few is not told, nor of one more group, where what is not told
 * would else be few. */
static void blank_small(struct report_group *g, size_t n, size_t share)
{
    uint64_t blank = 0;

    for (size_t i = least_of(g, n, share); i < n; i = least_of(g, n, share)) {
        struct share *s = &g[i].tally.shares[share];

        if (s->n >= REPORT_LEAST && (blank == 0 || blank >= REPORT_LEAST))
            break;
        blank += s->n;
        *s = (struct share){ 0, 0 };
    }
}

static err fold_groups(struct arena *a, const struct list *from,
                       struct list *out)
{
    struct report_group *g = arena_array(a, from->n + 1, sizeof *g);
    struct report_group others = { .others = true };

    TRY_MEMORY(g != NULL);
    if (from->n > 0)
        memcpy(g, from->p, from->n * sizeof *g);

    size_t n = fold_small(g, from->n, &others);
    if (tickets(&others) >= REPORT_LEAST)
        g[n++] = others;
    for (size_t i = 0; i < SHARE_COUNT; i++)
        blank_small(g, n, i);
    *out = (struct list){ g, n };
    return OK;
}

err report_for_public(struct arena *a, const struct records_report *r,
                      struct records_report *out)
{
    struct records_report made = *r;

    for (size_t i = 0; i < GROUP_COUNT; i++)
        TRY(fold_groups(a, &r->groups[i], &made.groups[i]));
    made.groups[GROUP_PERSON] = (struct list){ NULL, 0 };
    made.load = (struct load){ 0 };
    made.public = true;
    *out = made;
    return OK;
}
