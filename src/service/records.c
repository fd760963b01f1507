/* The figures of a file of service records. */

#include "service/records.h"

#include "base/arena.h"
#include "base/heap.h"
#include "records/hours.h"
#include "records/tickets.h"
#include "service/records_parts.h"

#include <stdlib.h>

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

/* --- where a row stands ----------------------------------------------------
 */

/* A row of a part, in its text and as it stands in the file: both have the same
 * line ends, whatever the encoding. */
struct cursor {
    const struct pass_part *part;
    size_t text;
    size_t raw;
    uint64_t lines;
};

/* Move on to the row that begins at `text`. */
static void cursor_to(struct cursor *c, size_t text)
{
    const struct pass_part *p = c->part;

    while (c->text < text) {
        const char *end = memchr(p->text.p + c->text, '\n', text - c->text);

        if (end == NULL) /* rows begin behind line ends */
            break;
        c->text = (size_t)(end - p->text.p) + 1;
        c->raw += str_index(str_from(p->raw, c->raw), '\n') + 1;
        c->lines++;
    }
}

/* --- a worker --------------------------------------------------------------
 */

struct counter {
    struct rows rows;
    struct figures *figures;
    struct tickets *tickets; /* of an event log; else NULL */
    uint64_t taken;          /* tickets */
    struct cursor at;        /* where the row is that is taken */
    struct records_note notes[ROWS_KEPT];
    size_t notes_n;
};

/* Only events need their places, and only places in a text that was turned into
 * UTF-8 are others in the file. */
static bool take_event(struct counter *c, const struct ticket *t)
{
    const struct pass_part *part = c->at.part;
    struct ticket event = *t;

    if (part->text.p != part->raw.p) {
        cursor_to(&c->at, (size_t)(t->at - part->at));
        event.at = part->at + c->at.raw;
    }
    return tickets_add(c->tickets, &event);
}

static bool take(void *into, const struct ticket *t)
{
    struct counter *c = into;

    if (c->tickets != NULL)
        return take_event(c, t);
    c->taken++;
    return figures_add(c->figures, t);
}

/* A ticket that events were folded into. */
static bool take_folded(void *into, const struct ticket *t)
{
    struct counter *c = into;

    c->taken++;
    return figures_add(c->figures, t);
}

/* What rows_feed() noted, with its line and its place in the file. */
static void take_notes(struct counter *c, const struct pass_part *part)
{
    struct cursor at = { .part = part };

    for (; c->notes_n < c->rows.notes_n; c->notes_n++) {
        const struct row_note *n = &c->rows.notes[c->notes_n];

        cursor_to(&at, (size_t)(n->at - part->at));
        c->notes[c->notes_n] = (struct records_note){
            .at = part->at + at.raw,
            .line = part->lines + at.lines + 1,
            .column = n->column,
            .fault = n->fault,
        };
    }
}

static bool feed(void *mine, const struct pass_part *part)
{
    struct counter *c = mine;
    const struct rows_part p = { part->text, part->at };

    c->at = (struct cursor){ .part = part };
    if (!rows_feed(&c->rows, &p, take, c))
        return false;
    take_notes(c, part);
    return true;
}

/* --- a run -----------------------------------------------------------------
 */

struct counting {
    struct heap *heap;
    const struct records_file *file;
    const struct figures_terms *terms;
    struct columns columns; /* less those with too many words */
    struct counter *all[PASS_WORKERS_MAX];
    size_t n;
};

static void counter_end(struct heap *h, struct counter **c)
{
    if (*c == NULL)
        return;
    rows_end(&(*c)->rows);
    figures_free(&(*c)->figures);
    tickets_free(&(*c)->tickets);
    *c = h->resize(h, *c, 0);
}

static void counting_end(struct counting *w)
{
    for (size_t i = 0; i < w->n; i++)
        counter_end(w->heap, &w->all[i]);
}

static struct counter *new_counter(const struct counting *w,
                                   const struct rows_table *table)
{
    struct heap *h = w->heap;
    struct counter *c = h->resize(h, NULL, sizeof *c);

    if (c == NULL)
        return NULL;
    *c = (struct counter){ 0 };
    rows_init(&c->rows, table);
    c->figures = figures_new(h, w->terms);
    if (w->file->events)
        c->tickets = tickets_new(h, false);
    if (c->figures == NULL || (w->file->events && c->tickets == NULL))
        counter_end(h, &c);
    return c;
}

static bool counting_begin(struct counting *w)
{
    const struct rows_table table = {
        .columns = &w->columns,
        .book = w->file->book,
        .heap = w->heap,
        .separator = w->file->layout.separator,
        .quotes = w->file->layout.quotes,
        .events = w->file->events,
    };

    for (size_t i = 0; i < w->n; i++) {
        w->all[i] = new_counter(w, &table);
        if (w->all[i] == NULL)
            return false;
    }
    return true;
}

/* --- too many words [RC4] --- */

static const struct {
    enum column_role role;
    size_t words; /* offset in struct row_words */
} groupings[] = {
    { COLUMN_OUTLET, offsetof(struct row_words, outlet) },
    { COLUMN_PRODUCT, offsetof(struct row_words, product) },
    { COLUMN_PERSON, offsetof(struct row_words, person) },
    { COLUMN_TRADE, offsetof(struct row_words, trade) },
};
enum { GROUPINGS = sizeof groupings / sizeof *groupings };

static struct words *words_of(struct row_words *w, size_t grouping)
{
    return (struct words *)(void *)((char *)w + groupings[grouping].words);
}

/* This grouping has more words than a dictionary takes, by one worker's or by
 * all of theirs. */
static bool overflowed(struct counter *c, size_t grouping)
{
    return c->rows.faults[ROW_SLIP_MANY] > 0 &&
           words_full(words_of(&c->rows.words, grouping));
}

static bool drop_overflowed(struct counting *w, struct counter *c,
                            struct records_figures *out)
{
    bool any = false;

    for (size_t i = 0; i < GROUPINGS; i++) {
        enum column_role role = groupings[i].role;

        if (!overflowed(c, i) || w->columns.place[role] == w->columns.n)
            continue;
        w->columns.place[role] = w->columns.n;
        out->ungrouped[role] = true;
        any = true;
    }
    return any;
}

/* --- all workers into one --------------------------------------------------
 */

struct merging {
    uint32_t *maps[GROUPINGS];
    bool full; /* a dictionary cannot take the words of both */
};

static void maps_end(struct heap *h, struct merging *m)
{
    for (size_t i = 0; i < GROUPINGS; i++)
        m->maps[i] = h->resize(h, m->maps[i], 0);
}

static bool merge_words(struct heap *h, struct counter *into,
                        struct counter *from, struct merging *m)
{
    for (size_t i = 0; i < GROUPINGS; i++) {
        struct words *ours = words_of(&into->rows.words, i);
        struct words *theirs = words_of(&from->rows.words, i);

        m->maps[i] =
            h->resize(h, NULL, ((size_t)theirs->n + 1) * sizeof *m->maps[i]);
        if (m->maps[i] == NULL)
            return false;
        if (words_merge(ours, theirs, m->maps[i]))
            continue;
        m->full = words_full(ours);
        into->rows.faults[ROW_SLIP_MANY]++; /* so that it is dropped */
        return false;
    }
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct records_note *x = a;
    const struct records_note *y = b;

    return (x->at > y->at) - (x->at < y->at);
}

static bool take_all_notes(struct counting *w, struct records_figures *out)
{
    size_t n = 0;
    struct records_note *all;

    for (size_t i = 0; i < w->n; i++)
        n += w->all[i]->notes_n;
    if (n == 0)
        return true;
    all = w->heap->resize(w->heap, NULL, n * sizeof *all);
    if (all == NULL)
        return false;
    n = 0;
    for (size_t i = 0; i < w->n; i++) {
        memcpy(all + n, w->all[i]->notes, w->all[i]->notes_n * sizeof *all);
        n += w->all[i]->notes_n;
    }
    qsort(all, n, sizeof *all, by_place);
    out->notes_n = n < ROWS_KEPT ? n : ROWS_KEPT;
    memcpy(out->notes, all, out->notes_n * sizeof *all);
    w->heap->resize(w->heap, all, 0);
    return true;
}

static void take_counts(struct counting *w, struct records_figures *out)
{
    for (size_t i = 0; i < w->n; i++) {
        out->rows += w->all[i]->rows.read;
        for (size_t f = 0; f < ROW_FAULTS; f++)
            out->faults[f] += w->all[i]->rows.faults[f];
    }
}

static bool merge_counted(struct counter *into, struct counter *from,
                          const struct figures_map *map)
{
    into->taken += from->taken;
    if (into->tickets != NULL &&
        !tickets_merge(into->tickets, from->tickets, map))
        return false;
    tickets_free(&from->tickets);
    return figures_merge(into->figures, from->figures, map);
}

/* Figures and words of all workers, into the first one's.  *full: a dictionary
 * cannot take them. */
static bool merge_all(struct counting *w, bool *full)
{
    struct counter *into = w->all[0];
    bool good = true;

    for (size_t i = 1; good && i < w->n; i++) {
        struct merging m = { 0 };

        good = merge_words(w->heap, into, w->all[i], &m);
        if (good) {
            const struct figures_map map = { m.maps[0], m.maps[1], m.maps[2],
                                             m.maps[3] };

            good = merge_counted(into, w->all[i], &map);
        }
        *full = m.full;
        maps_end(w->heap, &m);
    }
    return good;
}

static err finish(struct counting *w, struct records_figures *out)
{
    struct counter *first = w->all[0];

    TRY_MEMORY(take_all_notes(w, out));
    if (first->tickets != NULL)
        TRY_MEMORY(tickets_each(first->tickets, take_folded, first));
    tickets_free(&first->tickets);
    TRY_MEMORY(figures_close(first->figures));
    out->tickets = first->taken;
    out->surveyed =
        w->file->columns.place[COLUMN_SATISFACTION] < w->file->columns.n;
    take_counts(w, out);
    out->figures = first->figures;
    out->words = first->rows.words;
    first->figures = NULL;
    for (size_t i = 0; i < GROUPINGS; i++) /* they are given away */
        words_init(words_of(&first->rows.words, i), w->heap, 1);
    return OK;
}

/* --- a reading, again where a column has too many words --- */

static err count_once(struct arena *a, const struct records_input *in,
                      struct counting *w, struct records_figures *out,
                      bool *again)
{
    bool full = false;

    *again = false;
    TRY_MEMORY(counting_begin(w));
    TRY(records_read(a, w->heap, in, w->file,
                     &(struct records_reading){ w->n, (void *const *)w->all,
                                                feed },
                     &out->replaced));
    for (size_t i = 0; i < w->n; i++)
        *again |= drop_overflowed(w, w->all[i], out);
    if (*again)
        return OK;
    if (merge_all(w, &full))
        return finish(w, out);
    *again = full && drop_overflowed(w, w->all[0], out);
    return *again ? OK : err_memory();
}

static err count_all(struct arena *a, const struct records_input *in,
                     struct counting *w, struct records_figures *out)
{
    bool again = true;

    while (again) {
        err e = count_once(a, in, w, out, &again);

        counting_end(w);
        TRY(e);
    }
    return OK;
}

/* --- the terms --- */

static int64_t months_between(day first, day last)
{
    struct date a = date_of_day(first);
    struct date b = date_of_day(last);

    return (int64_t)(b.year - a.year) * 12 + b.month - a.month + 1;
}

static err check_period(struct arena *a, day first, day last)
{
    if (first >= 0 && first <= last && last <= DAY_MAX &&
        months_between(first, last) <= FIGURES_MONTHS_MAX)
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
    out->satisfied = terms->satisfied == 0 ? scale.satisfied : terms->satisfied;
    out->response_promise = terms->response_promise;
    out->resolution_promise = terms->resolution_promise;
    TRY(hours_new(a, terms->week, terms->calendar, &hours));
    out->hours = hours;
    return OK;
}

struct tally records_tally(const struct records_figures *f,
                           enum figure_group kind, uint32_t index)
{
    struct tally t = figures_of(f->figures, kind, index);

    if (!f->surveyed)
        t.shares[SHARE_ANSWERED] = (struct share){ 0 };
    return t;
}

void records_figures_end(struct records_figures **figures)
{
    struct records_figures *f = *figures;

    if (f == NULL)
        return;
    figures_free(&f->figures);
    for (size_t i = 0; i < GROUPINGS; i++)
        words_end(words_of(&f->words, i));
    *figures = f->heap->resize(f->heap, f, 0);
}

/* Empty ones, to be filled. */
static struct records_figures *new_figures(struct heap *h,
                                           const struct figures_terms *terms)
{
    struct records_figures *f = h->resize(h, NULL, sizeof *f);

    if (f == NULL)
        return NULL;
    *f = (struct records_figures){ .heap = h, .terms = *terms };
    for (size_t i = 0; i < GROUPINGS; i++)
        words_init(words_of(&f->words, i), h, 1);
    return f;
}

err records_figures(struct arena *a, struct heap *h,
                    const struct records_input *in,
                    const struct records_file *file,
                    const struct records_terms *terms,
                    struct records_figures **out)
{
    struct figures_terms t = { 0 };
    scoped(records_figures_end) struct records_figures *f = NULL;
    struct counting w = {
        .heap = h,
        .file = file,
        .terms = &t,
        .columns = file->columns,
        .n = records_workers(in),
    };

    TRY(find_period(a, h, in, file, terms, &t));
    TRY(make_terms(a, file, terms, &t));
    f = new_figures(h, &t);
    TRY_MEMORY(f);
    TRY(count_all(a, in, &w, f));
    *out = f;
    f = NULL;
    return OK;
}
