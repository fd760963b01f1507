#include "service/records_json.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/statistics.h"
#include "records/words.h"
#include "service/records_words.h"

enum { MONTH_BYTES = 40 };

static struct json *day_json(struct arena *a, day d)
{
    char text[DAY_TEXT];
    str copy;

    return arena_str(a, day_text(d, text), &copy) ? json_new_str(a, copy)
                                                  : NULL;
}

static struct json *count_json(struct arena *a, uint64_t n)
{
    return json_new_int(a, (int64_t)n);
}

/* --- what the file is --- */

static const char *order_name(enum moment_order order)
{
    switch (order) {
    case MOMENT_YMD: return "ymd";
    case MOMENT_DMY: return "dmy";
    case MOMENT_MDY: return "mdy";
    case MOMENT_ANY: break;
    }
    return "";
}

static const char *order_by_name(enum column_order_by by)
{
    static const char *const names[] = {
        [ORDER_CLEAR] = "clear",       [ORDER_OTHERS] = "others",
        [ORDER_SEQUENCE] = "sequence", [ORDER_ASSUMED] = "assumed",
        [ORDER_GIVEN] = "given",
    };

    return names[by];
}

static const char *scale_name(enum column_scale scale)
{
    static const char *const names[] = {
        [SCALE_NONE] = "",   [SCALE_5] = "5",         [SCALE_10] = "10",
        [SCALE_100] = "100", [SCALE_WORDS] = "words",
    };

    return names[scale];
}

static struct json *column_json(struct arena *a, const struct column *c)
{
    struct json *j = json_new_object(a);

    json_set_str(a, j, "name", c->name);
    json_set_str(a, j, "role", column_role_name(c->role));
    json_set_str(a, j, "why", str_of(c->why.id));
    json_set_int(a, j, "cells", c->content.cells);
    json_set_int(a, j, "filled", c->content.filled);
    if (c->order != 0) {
        json_set_str(a, j, "order", str_of(order_name(c->order)));
        json_set_str(a, j, "order_by", str_of(order_by_name(c->order_by)));
    }
    if (c->scale != SCALE_NONE)
        json_set_str(a, j, "scale", str_of(scale_name(c->scale)));
    return j;
}

static void put_period(struct arena *a, struct json *j,
                       const struct records_period *p)
{
    json_set(j, S("rows"), count_json(a, p->rows));
    json_set(j, S("undated"), count_json(a, p->undated));
    json_set(j, S("replaced"), count_json(a, p->replaced));
    json_set(j, S("from"), p->known ? day_json(a, p->first) : json_new_null(a));
    json_set(j, S("to"), p->known ? day_json(a, p->last) : json_new_null(a));
}

struct json *records_file_json(struct arena *a, const struct records_file *f,
                               const struct records_period *p)
{
    struct json *j = json_new_object(a);
    struct json *columns = json_new_array(a);
    str separator = S("");

    if (!arena_str(a, (str){ &f->layout.separator, 1 }, &separator))
        return NULL;
    json_set_str(a, j, "encoding", records_charset_name(f->charset));
    json_set_str(a, j, "separator", separator);
    json_set(j, S("header"), json_new_bool(a, f->layout.header));
    json_set_int(a, j, "first_line", f->layout.data_line);
    json_set(j, S("sample"), count_json(a, f->sample));
    json_set(j, S("events"), json_new_bool(a, f->events));
    json_set_str(a, j, "events_why", str_of(f->events_why.id));
    for (size_t i = 0; i < f->columns.n; i++)
        json_add(columns, column_json(a, &f->columns.columns[i]));
    json_set(j, S("columns"), columns);
    if (p != NULL)
        put_period(a, j, p);
    return j;
}

/* --- figures --- */

static void put_share(struct arena *a, struct json *j, struct share s)
{
    json_set_int(a, j, "k", s.k);
    json_set_int(a, j, "n", s.n);
}

/* [RJ3]  How many there are is known all the same. */
static void put_untold(struct arena *a, struct json *j, struct share s)
{
    json_set(j, S("k"), json_new_null(a));
    json_set_int(a, j, "n", s.n);
}

/* [RA3] */
static void put_change(struct arena *a, struct json *j, struct share then,
                       struct share now)
{
    struct share_change c;
    struct json *before;

    if (!share_compare(then, now, &c))
        return;
    before = json_new_object(a);
    put_share(a, before, then);
    json_set(j, S("then"), before);
    json_set_int(a, j, "points", c.points);
    json_set_str(a, j, "change", str_of(records_change_words(c.change).name));
}

static struct json *share_json(struct arena *a, struct share then,
                               struct share now, bool untold)
{
    struct json *j = json_new_object(a);

    if (untold) {
        put_untold(a, j, now);
        return j;
    }
    put_share(a, j, now);
    if (now.n > 0) {
        struct interval w = wilson(now.k, now.n);

        json_set_int(a, j, "low", w.low);
        json_set_int(a, j, "high", w.high);
    }
    put_change(a, j, then, now);
    return j;
}

/* Of the answers that count; whoever reads makes the mean, where there is one.
 */
static struct json *score_json(struct arena *a, const struct figures_terms *of,
                               const struct tally *t)
{
    struct json *j = json_new_object(a);

    json_set_int(a, j, "n", t->shares[SHARE_SATISFIED].n);
    if (!of->scale_words)
        json_set(j, S("sum_hundredths"), count_json(a, t->score));
    return j;
}

static struct json *spread_json(struct arena *a, struct spread s)
{
    struct json *j = json_new_object(a);

    json_set_int(a, j, "n", s.n);
    if (s.n > 0) {
        json_set_int(a, j, "median", s.median);
        json_set_int(a, j, "p90", s.p90);
    }
    return j;
}

static void put_group(struct arena *a, struct json *j,
                      const struct records_figures *f, enum figure_group kind,
                      uint32_t index, const struct records_times *times)
{
    struct tally t = records_tally(f, kind, index);
    struct tally then = records_tally_then(f, kind, index);

    for (int i = 0; i < SHARE_COUNT; i++)
        json_set(j, str_of(records_share_words((enum figure_share)i)->name),
                 share_json(a, then.shares[i], t.shares[i], f->untold[i]));
    json_set(j, S("satisfaction"), score_json(a, &f->terms, &t));
    for (int i = 0; i < TIME_COUNT; i++)
        json_set(j, str_of(records_time_word((enum figure_time)i)),
                 spread_json(a,
                             records_time(times, (enum figure_time)i, index)));
}

/* Without what is none of none. */
static void put_short_group(struct arena *a, struct json *j,
                            const struct records_figures *f,
                            enum figure_group kind, uint32_t index,
                            const struct records_times *times)
{
    struct tally t = records_tally(f, kind, index);
    struct tally then = records_tally_then(f, kind, index);

    for (int i = 0; i < SHARE_COUNT; i++) {
        struct json *share = json_new_object(a);

        if (t.shares[i].n == 0 && then.shares[i].n == 0)
            continue;
        if (f->untold[i]) {
            put_untold(a, share, t.shares[i]);
        } else {
            put_share(a, share, t.shares[i]);
            put_change(a, share, then.shares[i], t.shares[i]);
        }
        json_set(j, str_of(records_share_words((enum figure_share)i)->name),
                 share);
    }
    if (t.shares[SHARE_SATISFIED].n > 0)
        json_set(j, S("satisfaction"), score_json(a, &f->terms, &t));
    for (int i = 0; i < TIME_COUNT; i++) {
        struct spread s = records_time(times, (enum figure_time)i, index);

        if (s.n > 0)
            json_set(j, str_of(records_time_word((enum figure_time)i)),
                     spread_json(a, s));
    }
}

typedef void put_one(struct arena *a, struct json *j,
                     const struct records_figures *f, enum figure_group kind,
                     uint32_t index, const struct records_times *times);

static err list_groups(struct arena *a, const struct records_figures *f,
                       enum figure_group kind, put_one *put, struct json **out)
{
    struct json *list = json_new_array(a);
    struct records_groups groups;
    struct records_times times;

    TRY(records_groups(a, f, kind, &groups));
    TRY(records_times(a, f->heap, f->figures, kind, &times));
    for (size_t i = 0; i < groups.n; i++) {
        struct json *j = json_new_object(a);
        str name;

        TRY(records_group_name(a, f, kind, groups.indices[i], &name));
        json_set(j, S("name"),
                 name.n > 0 ? json_new_str(a, name) : json_new_null(a));
        put(a, j, f, kind, groups.indices[i], &times);
        json_add(list, j);
    }
    *out = list;
    return OK;
}

err records_groups_json(struct arena *a, const struct records_figures *f,
                        enum figure_group kind, struct json **out)
{
    return list_groups(a, f, kind, put_group, out);
}

err records_short_groups_json(struct arena *a, const struct records_figures *f,
                              enum figure_group kind, struct json **out)
{
    return list_groups(a, f, kind, put_short_group, out);
}

static struct json *terms_json(struct arena *a, const struct figures_terms *t)
{
    struct json *j = json_new_object(a);
    struct json *scale = json_new_object(a);

    json_set(j, S("from"), day_json(a, t->first));
    json_set(j, S("to"), day_json(a, t->last));
    json_set_int(a, j, "repeat_days", t->repeat_days);
    json_set_int(a, j, "response_promise", t->response_promise);
    json_set_int(a, j, "resolution_promise", t->resolution_promise);
    json_set(scale, S("words"), json_new_bool(a, t->scale_words));
    json_set_int(a, scale, "low", t->scale_low);
    json_set_int(a, scale, "high", t->scale_high);
    json_set_int(a, scale, "satisfied_from", t->satisfied);
    json_set(j, S("satisfaction"), scale);
    return j;
}

static struct json *note_json(struct arena *a, const struct records_file *file,
                              const struct records_note *n)
{
    struct json *j = json_new_object(a);

    json_set(j, S("line"), count_json(a, n->line));
    json_set_str(a, j, "why", str_of(records_fault_words(n->fault).name));
    if (n->fault >= ROW_SLIP_MOMENT)
        json_set_str(a, j, "column", file->columns.columns[n->column].name);
    return j;
}

static struct json *faults_json(struct arena *a,
                                const struct records_file *file,
                                const struct records_figures *f)
{
    struct json *j = json_new_object(a);
    struct json *counts = json_new_object(a);
    struct json *notes = json_new_array(a);

    for (int i = 0; i < ROW_FAULTS; i++)
        json_set(counts, str_of(records_fault_words((enum row_fault)i).name),
                 count_json(a, f->faults[i]));
    for (size_t i = 0; i < f->notes_n; i++)
        json_add(notes, note_json(a, file, &f->notes[i]));
    json_set(j, S("counts"), counts);
    json_set(j, S("rows"), notes);
    return j;
}

static struct json *left_json(struct arena *a, const struct figures *f)
{
    struct json *j = json_new_object(a);

    for (int i = 0; i < LEFT_COUNT; i++)
        json_set(j, str_of(records_left_words((enum figure_left_out)i).name),
                 count_json(a, figures_left_out(f, (enum figure_left_out)i)));
    return j;
}

static struct json *ungrouped_json(struct arena *a,
                                   const struct records_figures *f)
{
    struct json *list = json_new_array(a);

    for (int i = 0; i < COLUMN_ROLES; i++) {
        if (f->ungrouped[i])
            json_add(list,
                     json_new_str(a, column_role_name((enum column_role)i)));
    }
    return list;
}

static err backlog_json(struct arena *a, const struct figures *f,
                        struct json **out)
{
    uint32_t n = figures_days(f);
    int64_t *open = arena_zero(a, n * sizeof *open);
    struct json *list = json_new_array(a);

    TRY_MEMORY(open);
    figures_backlog(f, open);
    for (uint32_t i = 0; i < n; i++)
        json_add(list, json_new_int(a, open[i]));
    *out = list;
    return OK;
}

static struct json *load_json(struct arena *a, const struct figures *f)
{
    struct load load = figures_load(f);
    struct json *j = json_new_object(a);

    json_set_int(a, j, "persons", load.persons);
    json_set(j, S("tickets"), count_json(a, load.tickets));
    json_set_int(a, j, "most", load.most);
    return j;
}

/* --- load by month --- */

struct loads {
    uint32_t *tickets; /* figures_load_months() */
    struct load_month *months;
    uint32_t persons;
    uint32_t n; /* months */
};

static err take_loads(struct arena *a, const struct figures *f,
                      struct loads *out)
{
    struct loads l = { .persons = figures_groups(f, GROUP_PERSON),
                       .n = figures_months(f) };

    l.tickets = arena_array(a, (size_t)l.persons * l.n + 1, sizeof *l.tickets);
    l.months = arena_array(a, l.n, sizeof *l.months);
    TRY_MEMORY(l.tickets != NULL && l.months != NULL);
    figures_load_months(f, l.tickets, l.months);
    *out = l;
    return OK;
}

static err month_name(struct arena *a, const struct records_figures *f,
                      uint32_t month, struct json **out)
{
    struct buf b;
    str name;

    buf_init(&b, a, MONTH_BYTES);
    records_put_month(&b, f->terms.first, month);
    TRY(buf_done(&b, &name));
    *out = json_new_str(a, name);
    return OK;
}

/* Nobody is named. */
static err months_json(struct arena *a, const struct records_figures *f,
                       struct json **out)
{
    struct json *list = json_new_array(a);
    struct loads l;

    TRY(take_loads(a, f->figures, &l));
    for (uint32_t i = 0; i < l.n; i++) {
        const struct load_month *m = &l.months[i];
        struct json *j = json_new_object(a);
        struct json *name;

        TRY(month_name(a, f, i, &name));
        json_set(j, S("month"), name);
        json_set_int(a, j, "persons", m->persons);
        json_set_int(a, j, "tickets", m->tickets);
        json_set_int(a, j, "median", m->median);
        json_set_int(a, j, "most", m->most);
        json_set_int(a, j, "above", m->above);
        json_add(list, j);
    }
    *out = list;
    return OK;
}

err records_loads_json(struct arena *a, const struct records_figures *f,
                       struct json **out)
{
    struct json *list = json_new_array(a);
    struct records_groups persons;
    struct loads l;

    TRY(records_groups(a, f, GROUP_PERSON, &persons));
    TRY(take_loads(a, f->figures, &l));
    for (size_t at = 0; at < persons.n * l.n; at++) {
        uint32_t month = (uint32_t)(at / persons.n);
        uint32_t person = persons.indices[at % persons.n];
        uint32_t n = l.tickets[(size_t)person * l.n + month];
        struct json *j;
        struct json *name;
        str who;

        if (person == 0 || !load_above(&l.months[month], n))
            continue;
        j = json_new_object(a);
        TRY(month_name(a, f, month, &name));
        TRY(records_group_name(a, f, GROUP_PERSON, person, &who));
        json_set(j, S("month"), name);
        json_set_str(a, j, "person", who);
        json_set_int(a, j, "tickets", n);
        json_add(list, j);
    }
    *out = list;
    return OK;
}

/* --- low stock --- */

static err low_json(struct arena *a, const struct records_figures *f,
                    struct json **out)
{
    struct json *j = json_new_object(a);
    struct json *list = json_new_array(a);
    uint32_t n = figures_parts(f->figures);
    uint32_t *days = arena_array(a, (size_t)n + 1, sizeof *days);
    struct records_groups parts;

    TRY_MEMORY(days);
    TRY(records_parts_order(a, f, &parts));
    figures_low_by_part(f->figures, days);
    for (size_t i = 0; i < parts.n; i++) {
        uint32_t part = parts.indices[i];
        struct json *one;
        str name;

        if (part >= n || days[part] == 0)
            continue;
        one = json_new_object(a);
        TRY(records_part_name(a, f, part, &name));
        json_set(one, S("name"),
                 name.n > 0 ? json_new_str(a, name) : json_new_null(a));
        json_set_int(a, one, "days", days[part]);
        json_add(list, one);
    }
    json_set_int(a, j, "days", figures_low_days(f->figures));
    json_set(j, S("by_part"), list);
    *out = j;
    return OK;
}

/* --- all of them --- */

static struct json *against_json(struct arena *a,
                                 const struct records_figures *f)
{
    struct json *j = json_new_object(a);

    json_set(j, S("from"), day_json(a, f->then_terms.first));
    json_set(j, S("to"), day_json(a, f->then_terms.last));
    json_set_int(
        a, j, "tickets",
        records_tally_then(f, GROUP_WHOLE, 0).shares[SHARE_RESOLVED].n);
    return j;
}

err records_figures_json(struct arena *a, const struct records_file *file,
                         const struct records_figures *f, enum figure_group by,
                         struct json **out)
{
    struct json *j = json_new_object(a);
    struct json *whole = json_new_object(a);
    struct json *groups = NULL;
    struct json *backlog;
    struct json *months;
    struct json *low;
    struct records_times times;

    TRY(records_times(a, f->heap, f->figures, GROUP_WHOLE, &times));
    TRY(backlog_json(a, f->figures, &backlog));
    TRY(months_json(a, f, &months));
    TRY(low_json(a, f, &low));
    put_group(a, whole, f, GROUP_WHOLE, 0, &times);
    json_set(j, S("terms"), terms_json(a, &f->terms));
    if (f->then != NULL)
        json_set(j, S("against"), against_json(a, f));
    json_set(j, S("rows"), count_json(a, f->rows));
    json_set(j, S("tickets"), count_json(a, f->tickets));
    json_set(j, S("replaced"), count_json(a, f->replaced));
    json_set(j, S("faults"), faults_json(a, file, f));
    json_set(j, S("left_out"), left_json(a, f->figures));
    json_set(j, S("ungrouped"), ungrouped_json(a, f));
    json_set_str(a, j, "resolved_by", f->by_state ? S("state") : S("column"));
    json_set(j, S("whole"), whole);
    if (by != GROUP_WHOLE) {
        TRY(records_groups_json(a, f, by, &groups));
        json_set(j, str_of(records_group_word(by)), groups);
    }
    json_set(j, S("backlog"), backlog);
    json_set(j, S("load"), load_json(a, f->figures));
    json_set(j, S("load_by_month"), months);
    json_set(j, S("low_stock"), low);
    *out = j;
    return OK;
}
