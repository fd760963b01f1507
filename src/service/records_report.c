#include "service/records_report.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/size.h"
#include "base/statistics.h"
#include "records/words.h"
#include "service/records.h"
#include "service/records_words.h"

#include <stdlib.h>

enum { WHOLE = 10000, MONTH_BYTES = 40 };

/* --- names --------------------------------------------------------------- */

const char *report_share_name(enum figure_share share)
{
    return records_share_words(share)->id;
}

const char *report_time_name(enum figure_time time)
{
    return records_time_words(time).id;
}

const char *report_group_name(enum figure_group group)
{
    return records_group_words(group).id;
}

const char *report_left_name(enum figure_left_out why)
{
    return records_left_words(why).label;
}

/* Shares of which less is better are measured by what is wanted at least, as
 * the others: who wants few complaints asks for nothing here. */
const char *report_share_verdict(const struct records_report *r,
                                 enum figure_share share, struct share of)
{
    if (r->wanted[share] == 0 || of.n == 0 || of.n > STATISTICS_N_MAX)
        return NULL;
    return records_verdict_id(
        rate_verdict(of.k, of.n, r->wanted[share], WHOLE));
}

bool report_share_change(const struct records_report *r,
                         const struct report_group *g, enum figure_share share,
                         struct share_change *out)
{
    struct share then = g->then.shares[share];
    struct share now = g->tally.shares[share];

    return r->compared && report_shows(r, then.n) && report_shows(r, now.n) &&
           share_compare(then, now, out);
}

bool report_shows_mean(const struct records_report *r,
                       const struct report_group *g)
{
    return !r->terms.scale_words &&
           report_shows(r, g->tally.shares[SHARE_SATISFIED].n);
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

/* --- gathering ----------------------------------------------------------- */

static bool is_empty(const struct report_group *g)
{
    for (size_t i = 0; i < SHARE_COUNT; i++) {
        if (g->tally.shares[i].n > 0)
            return false;
    }
    return g->tickets == 0;
}

/* The most tickets first, of equal ones by name. [RR5] */
static int by_tickets(const void *a, const void *b)
{
    const struct report_group *x = a;
    const struct report_group *y = b;

    if (x->tickets != y->tickets)
        return x->tickets < y->tickets ? 1 : -1;
    return str_cmp(x->label, y->label);
}

static err month_label(struct arena *a, day first, uint32_t index, str *out)
{
    struct buf b;

    buf_init(&b, a, MONTH_BYTES);
    records_put_month(&b, first, index);
    return buf_done(&b, out);
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
    if (g->from->then != NULL && against_group(kind))
        out->then = figures_of(g->from->then, kind, index);
    out->tickets = out->tally.shares[SHARE_RESOLVED].n;
    if (g->from->untold != NULL) {
        records_hide_untold(g->from->untold, &out->tally);
        records_hide_untold(g->from->untold, &out->then);
    }
    for (size_t i = 0; i < TIME_COUNT; i++)
        out->times[i] = times[i * n + index];
    return label_of(g, kind, index, &out->label);
}

/* [RR7] */
static bool names_none(enum figure_group kind,
                       const struct report_group *groups, size_t n)
{
    return kind != GROUP_WHOLE && kind != GROUP_MONTH && n == 1 &&
           groups[0].label.n == 0;
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
        kept += kind == GROUP_MONTH || !is_empty(&groups[kept]);
    }
    if (kind != GROUP_MONTH)
        qsort(groups, kept, sizeof *groups, by_tickets);
    *out = (struct list){ groups, names_none(kind, groups, kept) ? 0 : kept };
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

err report_month_name(struct arena *a, const struct records_report *r,
                      uint32_t month, str *out)
{
    return month_label(a, r->terms.first, month, out);
}

/* --- persons by month --- */

/* The months by the calendar, in each the persons by their numbers. */
static err gather_busy(const struct gathering *g, const uint32_t *tickets,
                       const struct load_month *months, struct list *out)
{
    uint32_t persons = figures_groups(g->from->figures, GROUP_PERSON);
    uint32_t n = figures_months(g->from->figures);
    struct report_busy *busy;
    size_t all = 0;
    size_t kept = 0;

    for (uint32_t i = 0; i < n; i++)
        all += months[i].above;
    busy = arena_array(g->a, all, sizeof *busy);
    TRY_MEMORY(busy != NULL);
    for (size_t at = 0; kept < all; at++) {
        uint32_t month = (uint32_t)(at / persons);
        uint32_t person = (uint32_t)(at % persons);
        uint32_t has = tickets[(size_t)person * n + month];
        struct report_busy one = { .month = month, .tickets = has };

        if (person == 0 || !load_above(&months[month], has))
            continue;
        one.median = months[month].median;
        TRY(label_of(g, GROUP_PERSON, person, &one.person));
        busy[kept++] = one;
    }
    *out = (struct list){ busy, kept };
    return OK;
}

/* The busiest first within a month, of equal ones by name. */
static int by_load(const void *a, const void *b)
{
    const struct report_busy *x = a;
    const struct report_busy *y = b;

    if (x->month != y->month)
        return x->month < y->month ? -1 : 1;
    if (x->tickets != y->tickets)
        return x->tickets < y->tickets ? 1 : -1;
    return str_cmp(x->person, y->person);
}

static err gather_loads(const struct gathering *g, struct records_report *r)
{
    uint32_t persons = figures_groups(g->from->figures, GROUP_PERSON);
    uint32_t n = figures_months(g->from->figures);
    uint32_t *tickets = arena_array(g->a, (size_t)persons * n, sizeof *tickets);
    struct load_month *months = arena_array(g->a, n, sizeof *months);

    if (r->load.persons == 0)
        return OK;
    TRY_MEMORY(tickets != NULL && months != NULL);
    figures_load_months(g->from->figures, tickets, months);
    TRY(gather_busy(g, tickets, months, &r->busy));
    if (r->busy.n > 0)
        qsort(r->busy.p, r->busy.n, sizeof(struct report_busy), by_load);
    r->load_months = (struct list){ months, n };
    return OK;
}

/* --- parts --- */

static int by_days(const void *a, const void *b)
{
    const struct report_part *x = a;
    const struct report_part *y = b;

    if (x->days != y->days)
        return x->days < y->days ? 1 : -1;
    return str_cmp(x->label, y->label);
}

static err gather_parts(const struct gathering *g, struct list *out)
{
    uint32_t n = figures_parts(g->from->figures);
    uint32_t *days = arena_array(g->a, n, sizeof *days);
    struct report_part *parts = arena_array(g->a, n, sizeof *parts);
    size_t kept = 0;

    if (n == 0)
        return OK;
    TRY_MEMORY(days != NULL && parts != NULL);
    figures_low_by_part(g->from->figures, days);
    for (uint32_t i = 0; i < n; i++) {
        struct report_part one = { .label = S(""), .days = days[i] };

        if (days[i] == 0)
            continue;
        if (i > 0 && g->from->parts != NULL && i <= g->from->parts->n)
            TRY_MEMORY(
                arena_str(g->a, words_text(g->from->parts, i), &one.label));
        parts[kept++] = one;
    }
    qsort(parts, kept, sizeof *parts, by_days);
    *out = (struct list){ parts, kept };
    return OK;
}

err report_gather(struct arena *a, struct heap *h,
                  const struct report_source *from, struct records_report *out)
{
    static const enum figure_group kinds[] = { GROUP_MONTH, GROUP_OUTLET,
                                               GROUP_PRODUCT, GROUP_PERSON,
                                               GROUP_TRADE };
    const struct gathering g = { a, h, from };
    struct records_report r = { .terms = from->terms,
                                .compared = from->then != NULL,
                                .then_first = from->then_terms.first,
                                .then_last = from->then_terms.last };
    struct list whole = { NULL, 0 };

    for (size_t i = 0; i < COUNT(kinds); i++)
        TRY(gather_kind(&g, kinds[i], &r.groups[kinds[i]]));
    TRY(gather_kind(&g, GROUP_WHOLE, &whole));
    if (whole.n > 0)
        r.whole = *(const struct report_group *)whole.p;
    if (from->untold == NULL || !from->untold[SHARE_RESOLVED])
        TRY(gather_backlog(a, from->figures, &r.backlog));
    for (size_t i = 0; i < LEFT_COUNT; i++)
        r.left_out[i] =
            figures_left_out(from->figures, (enum figure_left_out)i);
    r.low_days = figures_low_days(from->figures);
    r.load = figures_load(from->figures);
    TRY(gather_loads(&g, &r));
    TRY(gather_parts(&g, &r.low_parts));
    *out = r;
    return OK;
}

/* --- for the public [RR3] ------------------------------------------------ */

static void fold(struct report_group *into, const struct report_group *g)
{
    into->tickets += g->tickets;
    into->tally.score += g->tally.score;
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
        if (least == n || g[i].tickets < g[least].tickets)
            least = i;
    }
    return least;
}

/* Fold until nothing is small.  Returns how many are left. */
static size_t fold_small(struct report_group *g, size_t n,
                         struct report_group *others)
{
    for (size_t i = smallest(g, n); i < n; i = smallest(g, n)) {
        bool small = g[i].tickets < REPORT_LEAST;
        bool begun = others->tickets > 0 && others->tickets < REPORT_LEAST;

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
    if (others.tickets >= REPORT_LEAST)
        g[n++] = others;
    for (size_t i = 0; i < SHARE_COUNT; i++)
        blank_small(g, n, i);
    for (size_t i = 0; i < n; i++)
        g[i].then = (struct tally){ 0 }; /* [RR6] */
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
    made.load_months = (struct list){ NULL, 0 };
    made.busy = (struct list){ NULL, 0 };
    made.public = true;
    *out = made;
    return OK;
}
