/* What a file of service records is: layout, columns, orders, period. */

#include "service/records.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "codec/csv.h"
#include "records/survey.h"
#include "service/records_parts.h"
#include "sys/charset.h"

#include <stdio.h>

enum {
    HEAD_TEXT = 3 * RECORDS_HEAD + 64,
    NAME_BYTES = 24,
};

/* The sample: a header, and rows below it. */
struct sample {
    str text; /* in UTF-8, without its mark */
    struct csv_row header;
    struct csv_row *rows;
    size_t n;
};

static err refuse(struct arena *a, const struct records_input *in,
                  const char *id)
{
    return err_new(a, ERR_INVALID, id, ARG_STR("name", in->name));
}

/* --- its text --- */

static err from_gb18030(struct arena *a, str first, bool whole, str *out)
{
    scoped(charset_end) struct charset c = { 0 };
    struct buf b;

    buf_init(&b, a, HEAD_TEXT);
    TRY(charset_begin(a, &c));
    charset_feed(&c, first, &b);
    if (whole)
        charset_finish(&c, &b);
    return buf_done(&b, out);
}

static err head_text(struct arena *a, const struct records_input *in, str first,
                     struct records_file *file, str *out)
{
    size_t mark = 0;
    enum layout_charset found = layout_charset(first, file->whole, &mark);

    if (file->charset == CHARSET_UNKNOWN)
        return refuse(a, in, "records.charset");
    *out = str_from(first, mark);
    return found == CHARSET_GB18030 ? from_gb18030(a, *out, file->whole, out)
                                    : OK;
}

/* Where line `line` begins in what stands in the file. */
static uint64_t line_start(str raw, int64_t line)
{
    size_t at = 0;

    for (int64_t i = 1; i < line; i++)
        at += str_index(str_from(raw, at), '\n') + 1;
    return at;
}

static err find_layout(struct arena *a, const struct records_input *in,
                       str first, struct records_file *file, str *text)
{
    TRY(head_text(a, in, first, file, text));
    if (!layout_find(*text, file->whole, &file->layout))
        return refuse(a, in, "records.empty");
    if (file->layout.fields < 2)
        return refuse(a, in, "records.no_table");
    if (file->layout.fields > COLUMNS_MAX)
        return err_new(a, ERR_LIMIT, "records.columns",
                       ARG_STR("name", in->name),
                       ARG_INT("count", file->layout.fields),
                       ARG_INT("most", COLUMNS_MAX));
    file->start = (struct source_start){
        .skip = line_start(first, file->layout.data_line),
        .lines = (uint64_t)file->layout.data_line - 1,
        .quotes = file->layout.quotes,
    };
    return OK;
}

/* --- its sample --- */

/* A table without a header has columns "1", "2" .. */
static err number_columns(struct arena *a, size_t n, struct csv_row *out)
{
    str *names = arena_zero(a, n * sizeof *names);
    char text[NAME_BYTES];

    TRY_MEMORY(names);
    for (size_t i = 0; i < n; i++) {
        int length = snprintf(text, sizeof text, "%zu", i + 1);

        TRY_MEMORY(arena_str(a, (str){ text, (size_t)length }, &names[i]));
    }
    *out = (struct csv_row){ .line = 1, .fields = names, .n = n };
    return OK;
}

/* Rows that cannot be read are counted when all are (records/rows.h); here they
 * are passed over. */
static err next_row(struct csv *c, struct arena *a, struct csv_row *out,
                    bool *found)
{
    err e;

    do
        e = csv_next(c, a, out, found);
    while (err_is(e, ERR_INVALID));
    return e;
}

static err read_sample(struct arena *a, const struct records_file *file,
                       struct sample *s)
{
    str text = str_from(s->text, file->layout.table);
    struct csv c;
    bool found = true;

    if (!file->whole) { /* the last row may be cut */
        while (text.n > 0 && text.p[text.n - 1] != '\n')
            text.n--;
    }
    s->rows = arena_zero(a, COLUMNS_SAMPLE * sizeof *s->rows);
    TRY_MEMORY(s->rows);
    csv_init(&c, text, file->layout.separator);
    if (file->layout.header)
        TRY(next_row(&c, a, &s->header, &found));
    else
        TRY(number_columns(a, file->layout.fields, &s->header));
    while (found && s->n < COLUMNS_SAMPLE) {
        TRY(next_row(&c, a, &s->rows[s->n], &found));
        s->n += found;
    }
    return OK;
}

static err find_columns(struct arena *a, const struct records_input *in,
                        const struct sample *s, struct records_file *file)
{
    const struct column_sample sample = { &s->header, s->rows, s->n };
    struct column_given *given = NULL;

    TRY(columns_find(a, file->book, &sample, NULL, &file->columns));
    if (in->map.n == 0)
        return OK;
    TRY(columns_map_read(a, in->map_name, in->map, &file->columns, &given));
    return columns_find(a, file->book, &sample, given, &file->columns);
}

/* --- all of it --- */

static bool feed_survey(void *mine, const struct pass_part *part)
{
    struct survey *s = mine;

    return survey_feed(s, part->text, part->at);
}

static void surveys_end(struct heap *h, struct survey **all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (all[i] == NULL)
            continue;
        survey_end(all[i]);
        all[i] = h->resize(h, all[i], 0);
    }
}

/* One for each worker; false when there is no memory. */
static bool surveys_begin(struct heap *h, const struct records_file *file,
                          struct survey **all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        all[i] = h->resize(h, NULL, sizeof *all[i]);
        if (all[i] == NULL)
            return false;
        survey_init(all[i], h, &file->columns, file->layout.separator,
                    file->layout.quotes);
    }
    return true;
}

/* Survey all; the first of `all` has it then. */
static err survey(struct arena *a, struct heap *h,
                  const struct records_input *in,
                  const struct records_file *file, struct survey **all,
                  uint64_t *replaced)
{
    size_t n = records_workers(in);

    TRY_MEMORY(surveys_begin(h, file, all, n));
    TRY(records_read(a, h, in, file,
                     &(struct records_reading){ n, (void *const *)all,
                                                feed_survey },
                     replaced));
    for (size_t i = 1; i < n; i++)
        TRY_MEMORY(survey_merge(all[0], all[i]));
    return OK;
}

static struct records_period period_of(const struct survey *s,
                                       uint64_t replaced)
{
    struct records_period p = { .rows = s->rows,
                                .undated = s->undated,
                                .replaced = replaced };

    p.known = survey_period(s, &p.first, &p.last);
    return p;
}

err records_survey(struct arena *a, struct heap *h,
                   const struct records_input *in,
                   const struct records_file *file, struct records_period *out)
{
    struct survey *all[PASS_WORKERS_MAX] = { 0 };
    uint64_t replaced = 0;
    err e;

    if (file->surveyed) {
        *out = file->period;
        return OK;
    }
    e = survey(a, h, in, file, all, &replaced);
    if (!failed(e))
        *out = period_of(all[0], replaced);
    surveys_end(h, all, PASS_WORKERS_MAX);
    return e;
}

static err add_row(struct arena *a, const struct survey_row *row,
                   char separator, struct sample *s)
{
    str text = { row->text, row->n };
    struct csv c;
    bool found = false;

    TRY_MEMORY(arena_str(a, text, &text));
    csv_init(&c, text, separator);
    TRY(next_row(&c, a, &s->rows[s->n], &found));
    s->n += found;
    return OK;
}

/* Rows from all over the file, and those that decide something, join the
 * sample, in the place of its last ones: no more than COLUMNS_SAMPLE are looked
 * at. */
static err add_rows(struct arena *a, const struct survey *from, char separator,
                    struct sample *s)
{
    size_t kept = COLUMNS_SAMPLE - from->decide_n - from->spread_n;

    s->n = s->n < kept ? s->n : kept;
    for (size_t i = 0; i < from->spread_n; i++)
        TRY(add_row(a, &from->spread[i], separator, s));
    for (size_t i = 0; i < from->decide_n; i++)
        TRY(add_row(a, &from->decide[i], separator, s));
    return OK;
}

/* What a survey asks of columns. */
static bool same_columns(const struct columns *a, const struct columns *b)
{
    if (memcmp(a->place, b->place, sizeof a->place) != 0)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        if (a->columns[i].order != b->columns[i].order)
            return false;
    }
    return true;
}

static err check_opening(struct arena *a, const struct records_input *in,
                         const struct columns *c)
{
    struct buf b;
    str names;

    if (c->place[COLUMN_OPENED] < c->n || c->place[COLUMN_RECEIVED] < c->n)
        return OK;
    buf_init(&b, a, RECORDS_HEAD);
    for (size_t i = 0; i < c->n; i++) {
        buf_str(&b, i > 0 ? S(", ") : S(""));
        buf_str(&b, c->columns[i].name);
    }
    TRY(buf_done(&b, &names));
    return err_new(a, ERR_INVALID, "records.no_opening",
                   ARG_STR("name", in->name), ARG_STR("columns", names));
}

/* --- step by step ------------------------------------------------------- */

struct records_opening {
    struct arena *arena; /* borrowed, as the next */
    struct heap *heap;
    struct records_input in;
    struct records_file file;
    struct sample sample;
    struct source source; /* of all of it [RC2] */
    struct survey *all[PASS_WORKERS_MAX];
    size_t n;
    uint64_t replaced;
};

/* Of these not even the beginning can be read without the rest. */
static bool needs_all(const struct records_file *file)
{
    return file->from.workbook || file->charset == CHARSET_UTF16LE ||
           file->charset == CHARSET_UTF16BE;
}

/* The first of its text, as source.h makes it; *there is false when more of the
 * file has to come. */
static err read_head(struct arena *a, struct heap *h,
                     const struct records_input *in, struct records_file *file,
                     str *out, bool *there)
{
    const struct source_reader *reader = in->from.reader;
    size_t mark;

    *there = true;
    file->from = in->from;
    TRY(source_first(a, h, &file->from, RECORDS_HEAD, out, &file->whole));
    file->from.workbook = source_is_workbook(*out);
    file->charset = file->from.workbook
                        ? CHARSET_UTF8
                        : layout_charset(*out, file->whole, &mark);
    file->from.charset = file->charset;
    if (!needs_all(file))
        return OK;
    *there = reader == NULL || reader->missing == 0;
    return *there ? source_first(a, h, &file->from, RECORDS_HEAD, out,
                                 &file->whole)
                  : OK;
}

/* [RC2] */
static err begin_survey(struct records_opening *o)
{
    o->n = records_workers(&o->in);
    TRY_MEMORY(surveys_begin(o->heap, &o->file, o->all, o->n));
    return source_begin(o->arena, o->heap, &o->file.from, &o->file.start,
                        &o->source);
}

static err begin(struct records_opening *o, bool *there)
{
    struct arena *a = o->arena;
    str first;

    TRY(read_head(a, o->heap, &o->in, &o->file, &first, there));
    if (!*there)
        return OK;
    TRY(column_book_own(a, &o->file.book));
    TRY(find_layout(a, &o->in, first, &o->file, &o->sample.text));
    TRY(read_sample(a, &o->file, &o->sample));
    TRY(find_columns(a, &o->in, &o->sample, &o->file));
    return o->file.whole ? OK : begin_survey(o);
}

err records_open_begin(struct arena *a, struct heap *h,
                       const struct records_input *in,
                       struct records_opening **out)
{
    struct records_opening *o = arena_zero(a, sizeof *o);
    bool there = false;

    TRY_MEMORY(o);
    o->arena = a;
    o->heap = h;
    o->in = *in;
    err e = begin(o, &there);
    if (failed(e) || !there)
        records_opening_end(&o);
    *out = o;
    return e;
}

err records_open_more(struct records_opening *o, struct records_watch *watch)
{
    const struct pass p = {
        .source = &o->source,
        .charset = o->file.charset,
        .watch = watch,
        .workers = o->n,
        .each = (void *const *)o->all,
        .feed = feed_survey,
    };
    uint64_t replaced = 0;

    if (o->file.whole)
        return OK;
    err e = pass_run(o->arena, o->heap, &p, &replaced);
    o->replaced += replaced;
    return e;
}

static err take_survey(struct records_opening *o)
{
    const struct columns before = o->file.columns;

    for (size_t i = 1; i < o->n; i++)
        TRY_MEMORY(survey_merge(o->all[0], o->all[i]));
    o->file.period = period_of(o->all[0], o->replaced);
    TRY(add_rows(o->arena, o->all[0], o->file.layout.separator, &o->sample));
    TRY(find_columns(o->arena, &o->in, &o->sample, &o->file));
    o->file.surveyed = same_columns(&before, &o->file.columns);
    return OK;
}

err records_open_end(struct records_opening *o, struct records_file *out)
{
    struct records_file *file = &o->file;

    if (!file->whole)
        TRY(take_survey(o));
    file->sample = o->sample.n;
    file->events =
        columns_events(&file->columns, o->in.events, &file->events_why);
    TRY(check_opening(o->arena, &o->in, &file->columns));
    *out = *file;
    return OK;
}

void records_opening_end(struct records_opening **opening)
{
    struct records_opening *o = *opening;

    if (o == NULL)
        return;
    surveys_end(o->heap, o->all, PASS_WORKERS_MAX);
    source_end(&o->source);
    *opening = NULL;
}

const struct records_file *records_opening_file(const struct records_opening *o)
{
    return &o->file;
}

err records_open(struct arena *a, struct heap *h,
                 const struct records_input *in, struct records_file *out)
{
    scoped(records_opening_end) struct records_opening *o = NULL;

    TRY(records_open_begin(a, h, in, &o));
    TRY(records_open_more(o, in->watch));
    return records_open_end(o, out);
}
