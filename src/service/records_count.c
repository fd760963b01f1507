/*
 * Counting a file: each worker has dictionaries, figures, screens and folded
 * events of its own; the first one gets what the others have.
 */

#include "service/records_parts.h"

#include "base/arena.h"
#include "base/heap.h"
#include "records/tickets.h"

#include <stdlib.h>

/* --- where a row stands -------------------------------------------------- */

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
    bool same = p->text.p == p->raw.p;

    while (c->text < text) {
        const char *end = memchr(p->text.p + c->text, '\n', text - c->text);

        if (end == NULL) /* rows begin behind line ends */
            break;
        c->text = (size_t)(end - p->text.p) + 1;
        c->raw = same ? c->text
                      : c->raw + str_index(str_from(p->raw, c->raw), '\n') + 1;
        c->lines++;
    }
}

/* --- a worker ------------------------------------------------------------ */

struct counter {
    struct rows rows;
    struct figures *figures;
    struct figures *then; /* NULL: none were asked for, as the next */
    struct screens *screens;
    struct places *places;   /* likewise */
    struct tickets *tickets; /* of an event log; else NULL */
    uint64_t taken;          /* tickets */
    struct cursor at;        /* where the row is that is taken */
    struct records_note notes[ROWS_KEPT];
    size_t notes_n;
};

static bool count(struct counter *c, const struct ticket *t)
{
    c->taken++;
    return figures_add(c->figures, t) &&
           (c->then == NULL || figures_add(c->then, t)) &&
           (c->screens == NULL || screens_add(c->screens, t));
}

/* Places in a text that was turned into UTF-8 are others in the file; figures
 * do not ask for them. */
static uint64_t place_of(struct counter *c, const struct ticket *t)
{
    const struct pass_part *part = c->at.part;

    if (part->text.p == part->raw.p)
        return t->at;
    cursor_to(&c->at, (size_t)(t->at - part->at));
    return part->at + c->at.raw;
}

static bool place(struct counter *c, const struct ticket *t)
{
    if (!places_keeps(c->places))
        return true;
    cursor_to(&c->at, (size_t)(t->at - c->at.part->at));
    return places_row(c->places, t, c->at.raw, c->at.lines);
}

/* A row that says so of a part is about the moment it was written. */
static bool count_low(struct counter *c, const struct ticket *t)
{
    int64_t moment = t->updated != MOMENT_NONE ? t->updated : t->opened;

    return figures_low_stock(c->figures, moment, t->part) &&
           (c->then == NULL || figures_low_stock(c->then, moment, t->part));
}

static bool take(void *into, const struct ticket *t)
{
    struct counter *c = into;
    struct ticket placed;

    if (t->low == ANSWER_YES && !count_low(c, t))
        return false;
    if (c->places != NULL && !place(c, t))
        return false;
    if (c->tickets == NULL && c->screens == NULL)
        return count(c, t);
    placed = *t;
    placed.at = place_of(c, t);
    return c->tickets != NULL ? tickets_add(c->tickets, &placed)
                              : count(c, &placed);
}

/* A ticket that events were folded into. */
static bool take_folded(void *into, const struct ticket *t)
{
    return count(into, t);
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
    if (c->places != NULL && !places_part(c->places, part))
        return false;
    if (!rows_feed(&c->rows, &p, take, c))
        return false;
    take_notes(c, part);
    return true;
}

/* --- a run --------------------------------------------------------------- */

static void counter_end(struct heap *h, struct counter **c)
{
    if (*c == NULL)
        return;
    rows_end(&(*c)->rows);
    figures_free(&(*c)->figures);
    figures_free(&(*c)->then);
    screens_free(&(*c)->screens);
    places_free(&(*c)->places);
    tickets_free(&(*c)->tickets);
    *c = h->resize(h, *c, 0);
}

static void counting_end(struct records_counting *w)
{
    for (size_t i = 0; i < w->n; i++)
        counter_end(w->heap, &w->all[i]);
}

/* No column says when a ticket was resolved, and one when an event was written:
 * what its state was then does. [TI9] */
static bool is_by_state(const struct records_file *file)
{
    const struct columns *c = &file->columns;

    return file->events && c->place[COLUMN_RESOLVED] == c->n &&
           c->place[COLUMN_CLOSED] == c->n && c->place[COLUMN_STATE] < c->n &&
           c->place[COLUMN_UPDATED] < c->n;
}

static bool has(const struct records_file *file, enum column_role role)
{
    return file->columns.place[role] < file->columns.n;
}

static void find_untold(const struct records_file *file,
                        bool untold[static SHARE_COUNT])
{
    bool resolved = has(file, COLUMN_RESOLVED) || has(file, COLUMN_CLOSED) ||
                    is_by_state(file);

    untold[SHARE_RESOLVED] = !resolved;
    untold[SHARE_RESOLVED_IN_TIME] = !resolved;
    untold[SHARE_COMPLAINT_CLOSED] = !resolved;
    untold[SHARE_COMPLAINT_IN_TIME] = !resolved;
    untold[SHARE_RESPONDED_IN_TIME] = !has(file, COLUMN_ANSWERED);
    untold[SHARE_ARRIVED_IN_TIME] = !has(file, COLUMN_ARRIVED);
}

static bool counter_begin(const struct records_counting *w, struct counter *c)
{
    c->figures = figures_new(w->heap, w->terms);
    if (w->then != NULL)
        c->then = figures_new(w->heap, w->then);
    if (w->screens != NULL)
        c->screens = screens_new(w->heap, w->screens);
    if (w->places > 0)
        c->places =
            places_new(w->heap, w->terms->first, w->terms->last, w->places);
    if (w->file->events)
        c->tickets = tickets_new(w->heap, w->screens != NULL);
    if (c->tickets != NULL && is_by_state(w->file))
        tickets_by_state(c->tickets);
    return c->figures != NULL && (w->then == NULL || c->then != NULL) &&
           (w->screens == NULL || c->screens != NULL) &&
           (w->places == 0 || c->places != NULL) &&
           (!w->file->events || c->tickets != NULL);
}

static struct counter *new_counter(const struct records_counting *w,
                                   const struct rows_table *table)
{
    struct counter *c = w->heap->resize(w->heap, NULL, sizeof *c);

    if (c == NULL)
        return NULL;
    memset(c, 0, sizeof *c); /* too large for a literal */
    rows_init(&c->rows, table);
    if (!counter_begin(w, c))
        counter_end(w->heap, &c);
    return c;
}

static bool counting_begin(struct records_counting *w)
{
    const struct rows_table table = {
        .columns = &w->columns,
        .book = w->file->book,
        .heap = w->heap,
        .separator = w->file->layout.separator,
        .quotes = w->file->layout.quotes,
        .events = w->file->events,
        .people = w->screens != NULL,
        .key = w->key,
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
} groupings[RECORDS_GROUPINGS] = {
    { COLUMN_OUTLET, offsetof(struct row_words, outlet) },
    { COLUMN_PRODUCT, offsetof(struct row_words, product) },
    { COLUMN_PERSON, offsetof(struct row_words, person) },
    { COLUMN_TRADE, offsetof(struct row_words, trade) },
    { COLUMN_PART, offsetof(struct row_words, part) },
};

struct words *records_words_of(struct row_words *w, size_t grouping)
{
    return (struct words *)(void *)((char *)w + groupings[grouping].words);
}

/* This grouping has more words than a dictionary takes, by one worker's or by
 * all of theirs. */
static bool overflowed(struct counter *c, size_t grouping)
{
    return c->rows.faults[ROW_SLIP_MANY] > 0 &&
           words_full(records_words_of(&c->rows.words, grouping));
}

static bool drop_overflowed(struct records_counting *w, struct counter *c,
                            struct records_figures *out)
{
    bool any = false;

    for (size_t i = 0; i < RECORDS_GROUPINGS; i++) {
        enum column_role role = groupings[i].role;

        if (!overflowed(c, i) || w->columns.place[role] == w->columns.n)
            continue;
        w->columns.place[role] = w->columns.n;
        out->ungrouped[role] = true;
        any = true;
    }
    return any;
}

/* --- all workers into one ------------------------------------------------ */

struct merging {
    uint32_t *maps[RECORDS_GROUPINGS];
    bool full; /* a dictionary cannot take the words of both */
};

static void maps_end(struct heap *h, struct merging *m)
{
    for (size_t i = 0; i < RECORDS_GROUPINGS; i++)
        m->maps[i] = h->resize(h, m->maps[i], 0);
}

static bool merge_words(struct heap *h, struct counter *into,
                        struct counter *from, struct merging *m)
{
    for (size_t i = 0; i < RECORDS_GROUPINGS; i++) {
        struct words *ours = records_words_of(&into->rows.words, i);
        struct words *theirs = records_words_of(&from->rows.words, i);

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

static bool take_all_notes(struct records_counting *w,
                           struct records_figures *out)
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

static void take_counts(struct records_counting *w, struct records_figures *out)
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
    const struct screens_map people = { map->outlet, map->person };

    into->taken += from->taken;
    if (into->tickets != NULL &&
        !tickets_merge(into->tickets, from->tickets, map))
        return false;
    tickets_free(&from->tickets);
    if (into->screens != NULL &&
        !screens_merge(into->screens, from->screens, &people))
        return false;
    screens_free(&from->screens);
    if (into->places != NULL && !places_merge(into->places, from->places, map))
        return false;
    places_free(&from->places);
    if (into->then != NULL && !figures_merge(into->then, from->then, map))
        return false;
    return figures_merge(into->figures, from->figures, map);
}

/* Figures and words of all workers, into the first one's.  *full: a dictionary
 * cannot take them. */
static bool merge_all(struct records_counting *w, bool *full)
{
    struct counter *into = w->all[0];
    bool good = true;

    for (size_t i = 1; good && i < w->n; i++) {
        struct merging m = { 0 };

        good = merge_words(w->heap, into, w->all[i], &m);
        if (good) {
            const struct figures_map map = { m.maps[0], m.maps[1], m.maps[2],
                                             m.maps[3], m.maps[4] };

            good = merge_counted(into, w->all[i], &map);
        }
        *full = m.full;
        maps_end(w->heap, &m);
    }
    return good;
}

/* What the screens point at. */
static err screen(struct records_counting *w, struct counter *c,
                  struct records_figures *out)
{
    struct heap *h = w->heap;

    if (c->screens == NULL)
        return OK;
    out->screens = h->resize(h, NULL, SCREEN_COUNT * sizeof *out->screens);
    TRY_MEMORY(out->screens);
    out->screened = screens_tickets(c->screens);
    TRY_MEMORY(screens_run(c->screens, h, out->screens));
    screens_free(&c->screens);
    return OK;
}

static err finish(struct records_counting *w, struct records_figures *out)
{
    struct counter *first = w->all[0];

    TRY_MEMORY(take_all_notes(w, out));
    if (first->tickets != NULL)
        TRY_MEMORY(tickets_each(first->tickets, take_folded, first));
    tickets_free(&first->tickets);
    TRY(screen(w, first, out));
    TRY_MEMORY(figures_close(first->figures));
    if (first->then != NULL)
        TRY_MEMORY(figures_close(first->then));
    if (first->places != NULL)
        TRY_MEMORY(places_close(first->places));
    out->tickets = first->taken;
    out->surveyed =
        w->file->columns.place[COLUMN_SATISFACTION] < w->file->columns.n;
    out->by_state = is_by_state(w->file);
    find_untold(w->file, out->untold);
    take_counts(w, out);
    out->figures = first->figures;
    out->then = first->then;
    out->words = first->rows.words;
    out->places = first->places;
    first->figures = NULL;
    first->then = NULL;
    first->places = NULL;
    for (size_t i = 0; i < RECORDS_GROUPINGS; i++) /* they are given away */
        words_init(records_words_of(&first->rows.words, i), w->heap, 1);
    return OK;
}

/* --- a reading, again where a column has too many words --- */

static err count_once(struct arena *a, const struct records_input *in,
                      struct records_counting *w, struct records_figures *out,
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

err records_count(struct arena *a, const struct records_input *in,
                  struct records_counting *w, struct records_figures *out)
{
    bool again = true;

    while (again) {
        err e = count_once(a, in, w, out, &again);

        counting_end(w);
        TRY(e);
    }
    return OK;
}
