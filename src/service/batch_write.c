#include "service/batch_write.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/csv.h"
#include "domain/actor.h"
#include "excel/excel.h"

enum {
    CELL_MOST = 2000,
    NOTE_MOST = 4000,
    ABOUT_MOST = 32, /* rows of the second sheet */
    ABOUT_COLUMNS = 3,
};

const char *const batch_form_names[] = { "xlsx", "csv", "json", NULL };

str batch_form_type(enum batch_form form)
{
    static const str types[BATCH_FORMS] = {
        [BATCH_XLSX] = S_INIT("application/"
                              "vnd.openxmlformats-officedocument."
                              "spreadsheetml.sheet"),
        [BATCH_CSV] = S_INIT("text/csv; charset=utf-8"),
        [BATCH_JSON] = S_INIT("application/json; charset=utf-8"),
    };

    return types[form];
}

/* --- words ---------------------------------------------------------------- */

const char *batch_verdict_id(enum batch_verdict v)
{
    static const char *const ids[BATCH_VERDICTS] = {
        [BATCH_VALID] = "status.valid",
        [BATCH_SUSPENDED] = "status.suspended",
        [BATCH_WITHDRAWN] = "status.withdrawn",
        [BATCH_CANCELLED] = "status.cancelled",
        [BATCH_EXPIRED] = "status.expired",
        [BATCH_PENDING] = "status.pending",
        [BATCH_NOT_ISSUED] = "batch_verdict.not_issued",
        [BATCH_UNKNOWN] = "batch_verdict.unknown",
        [BATCH_NO_NUMBER] = "batch_verdict.no_number",
        [BATCH_UNREADABLE] = "batch_verdict.unreadable",
    };

    return ids[v];
}

const char *batch_meaning_id(enum batch_verdict v)
{
    static const char *const ids[BATCH_VERDICTS] = {
        [BATCH_VALID] = "batch_means.valid",
        [BATCH_SUSPENDED] = "batch_means.suspended",
        [BATCH_WITHDRAWN] = "batch_means.withdrawn",
        [BATCH_CANCELLED] = "batch_means.cancelled",
        [BATCH_EXPIRED] = "batch_means.expired",
        [BATCH_PENDING] = "batch_means.pending",
        [BATCH_NOT_ISSUED] = "batch_means.not_issued",
        [BATCH_UNKNOWN] = "batch_means.unknown",
        [BATCH_NO_NUMBER] = "batch_means.no_number",
        [BATCH_UNREADABLE] = "batch_means.unreadable",
    };

    return ids[v];
}

const char *batch_match_id(enum batch_match m)
{
    static const char *const ids[] = {
        [BATCH_NOT_SAID] = "batch_match.not_said",
        [BATCH_SAME] = "batch_match.same",
        [BATCH_OTHER_NAME] = "batch_match.other_name",
        [BATCH_DIFFERS] = "batch_match.differs",
    };

    return ids[m];
}

static const char *status_id(enum certificate_status s)
{
    static const char *const ids[] = {
        [CERTIFICATE_VALID] = "status.valid",
        [CERTIFICATE_SUSPENDED] = "status.suspended",
        [CERTIFICATE_WITHDRAWN] = "status.withdrawn",
        [CERTIFICATE_CANCELLED] = "status.cancelled",
        [CERTIFICATE_EXPIRED] = "status.expired",
    };

    return ids[s];
}

err batch_near_text(struct arena *a, const struct batch_answer *x, str *out)
{
    struct buf b;

    buf_init(&b, a, CELL_MOST);
    for (size_t i = 0; i < x->near_count; i++) {
        if (i > 0)
            buf_str(&b, S(", "));
        buf_str(&b, x->near[i]);
    }
    return buf_done(&b, out);
}

err batch_note(struct arena *a, enum lang lang, const struct batch_answer *x,
               str *out)
{
    struct buf b;

    buf_init(&b, a, NOTE_MOST);
    if (failed(x->given->bad))
        text_err(&b, lang, x->given->bad);
    if (x->repeats > 0)
        text_render(&b, lang, "batch.repeats",
                    (const struct err_arg[]){ ARG_INT("line", x->repeats),
                                              { 0 } });
    if (x->repeats > 0 && x->main.n > 0)
        buf_char(&b, ' ');
    if (x->main.n > 0)
        text_render(&b, lang, "batch.of_main",
                    (const struct err_arg[]){ ARG_STR("main", x->main),
                                              { 0 } });
    return buf_done(&b, out);
}

/* --- cells [BW1] ------------------------------------------------------------
 */

enum {
    AT_LINE,
    AT_GIVEN,
    AT_GIVEN_HOLDER,
    AT_GIVEN_USCC,
    AT_VERDICT,
    AT_SINCE,
    AT_HOLDER_MATCH,
    AT_USCC_MATCH,
    AT_NUMBER,
    AT_HOLDER,
    AT_USCC,
    AT_LEVEL,
    AT_SCHEME,
    AT_CRITERION,
    AT_ISSUER,
    AT_ISSUED,
    AT_UNTIL,
    AT_NOW,
    AT_NOW_SINCE,
    AT_NEAR,
    AT_NOTE,
    AT_PAGE,
    AT_LOG,
    AT_COUNT
};

static const struct {
    const char *id;
    enum excel_kind kind;
} columns[AT_COUNT] = {
    [AT_LINE] = { .id = "batch.line", EXCEL_WHOLE },
    [AT_GIVEN] = { .id = "batch.given", EXCEL_TEXT },
    [AT_GIVEN_HOLDER] = { .id = "batch.given_holder", EXCEL_TEXT },
    [AT_GIVEN_USCC] = { .id = "batch.given_uscc", EXCEL_TEXT },
    [AT_VERDICT] = { .id = "batch.verdict", EXCEL_TEXT },
    [AT_SINCE] = { .id = "batch.since", EXCEL_DAY },
    [AT_HOLDER_MATCH] = { .id = "batch.holder_match", EXCEL_TEXT },
    [AT_USCC_MATCH] = { .id = "batch.uscc_match", EXCEL_TEXT },
    [AT_NUMBER] = { .id = "batch.number", EXCEL_TEXT },
    [AT_HOLDER] = { .id = "batch.holder", EXCEL_TEXT },
    [AT_USCC] = { .id = "batch.uscc", EXCEL_TEXT },
    [AT_LEVEL] = { .id = "batch.level", EXCEL_TEXT },
    [AT_SCHEME] = { .id = "batch.scheme", EXCEL_TEXT },
    [AT_CRITERION] = { .id = "batch.criterion", EXCEL_TEXT },
    [AT_ISSUER] = { .id = "batch.issuer", EXCEL_TEXT },
    [AT_ISSUED] = { .id = "batch.issued", EXCEL_DAY },
    [AT_UNTIL] = { .id = "batch.until", EXCEL_DAY },
    [AT_NOW] = { .id = "batch.now", EXCEL_TEXT },
    [AT_NOW_SINCE] = { .id = "batch.now_since", EXCEL_DAY },
    [AT_NEAR] = { .id = "batch.near", EXCEL_TEXT },
    [AT_NOTE] = { .id = "batch.note", EXCEL_TEXT },
    [AT_PAGE] = { .id = "batch.page", EXCEL_TEXT },
    [AT_LOG] = { .id = "batch.log", EXCEL_WHOLE },
};

/* A file while it is filled. */
struct filling {
    struct arena *a;
    enum lang lang;
    const struct batch *b;
    size_t shown[AT_COUNT]; /* columns, in their order */
    size_t width;
};

/* What was not in the table needs no column. */
static bool is_shown(const struct batch *b, size_t column)
{
    switch (column) {
    case AT_GIVEN_HOLDER:
    case AT_HOLDER_MATCH: return b->table->has[BATCH_HOLDER];
    case AT_GIVEN_USCC:
    case AT_USCC_MATCH: return b->table->has[BATCH_USCC];
    default: return true;
    }
}

static void choose_columns(struct filling *f)
{
    for (size_t i = 0; i < AT_COUNT; i++) {
        if (is_shown(f->b, i))
            f->shown[f->width++] = i;
    }
}

static err number(const struct filling *f, int64_t n, str *out)
{
    char text[TEXT_VALUE];

    TRY_MEMORY(arena_str(f->a, text_number(n, text), out));
    return OK;
}

static err day_cell(const struct filling *f, day d, str *out)
{
    char text[DAY_TEXT];

    if (d == DAY_NEVER)
        return OK;
    TRY_MEMORY(arena_str(f->a, day_text(d, text), out));
    return OK;
}

static str in(enum lang l, struct label x)
{
    return l == LANG_EN ? x.en : x.zh;
}

static str body_name(const struct filling *f)
{
    const struct body *body = f->b->body;

    return in(f->lang, (struct label){ body->name_zh, body->name_en });
}

static err put_page(const struct filling *f, const struct batch_answer *x,
                    str *out)
{
    struct buf b;

    buf_init(&b, f->a, CELL_MOST);
    buf_str(&b, f->b->register_url);
    buf_str(&b, S("/c/"));
    buf_str(&b, x->number);
    return buf_done(&b, out);
}

static err put_found(const struct filling *f, const struct batch_answer *x,
                     str *row)
{
    row[AT_NUMBER] = x->number;
    row[AT_HOLDER] = x->holder;
    row[AT_USCC] = x->uscc;
    row[AT_LEVEL] = in(f->lang, x->level);
    row[AT_SCHEME] = in(f->lang, x->scheme);
    row[AT_CRITERION] = x->criterion;
    row[AT_ISSUER] = x->issuer.n > 0 ? x->issuer : body_name(f);
    row[AT_NOW] = text_get(f->lang, status_id(x->now));
    if (x->holder_match != BATCH_NOT_SAID)
        row[AT_HOLDER_MATCH] =
            text_get(f->lang, batch_match_id(x->holder_match));
    if (x->uscc_match != BATCH_NOT_SAID)
        row[AT_USCC_MATCH] = text_get(f->lang, batch_match_id(x->uscc_match));
    TRY(day_cell(f, x->since, &row[AT_SINCE]));
    TRY(day_cell(f, x->issued, &row[AT_ISSUED]));
    TRY(day_cell(f, x->until, &row[AT_UNTIL]));
    TRY(day_cell(f, x->now_since, &row[AT_NOW_SINCE]));
    if (x->log_index >= 0)
        TRY(number(f, x->log_index, &row[AT_LOG]));
    return put_page(f, x, &row[AT_PAGE]);
}

static err put_answer(const struct filling *f, const struct batch_answer *x,
                      str *row)
{
    const struct batch_row *given = x->given;

    TRY(number(f, given->line, &row[AT_LINE]));
    row[AT_GIVEN] = given->cells[BATCH_NUMBER];
    row[AT_GIVEN_HOLDER] = given->cells[BATCH_HOLDER];
    row[AT_GIVEN_USCC] = given->cells[BATCH_USCC];
    row[AT_VERDICT] = text_get(f->lang, batch_verdict_id(x->verdict));
    TRY(batch_near_text(f->a, x, &row[AT_NEAR]));
    TRY(batch_note(f->a, f->lang, x, &row[AT_NOTE]));
    return x->found ? put_found(f, x, row) : OK;
}

static err put_head(const struct filling *f, str *row)
{
    for (size_t i = 0; i < f->width; i++) {
        struct buf b;

        buf_init(&b, f->a, CELL_MOST);
        text_render(&b, f->lang, columns[f->shown[i]].id,
                    (const struct err_arg[]){
                        ARG_DAY("on", f->b->when.on),
                        ARG_DAY("today", f->b->when.today),
                        { 0 } });
        TRY(buf_done(&b, &row[i]));
    }
    return OK;
}

/* Row `n` of the table; 0 is the head. */
static err put_row(const struct filling *f, size_t n, str *row)
{
    str all[AT_COUNT] = { 0 };

    if (n == 0)
        return put_head(f, row);
    TRY(put_answer(f, &f->b->answers[n - 1], all));
    for (size_t i = 0; i < f->width; i++)
        row[i] = all[f->shown[i]];
    return OK;
}

/* --- CSV
 * ----------------------------------------------------------------------
 */

static err write_csv(struct filling *f, str *out)
{
    str row[AT_COUNT];
    struct buf b;

    buf_init(&b, f->a, BATCH_OUT_MAX);
    buf_str(&b, S("\xef\xbb\xbf")); /* Excel takes it for GBK without */
    for (size_t i = 0; i <= f->b->n; i++) {
        TRY(put_row(f, i, row));
        csv_put_row(&b, row, f->width);
    }
    return buf_done(&b, out);
}

/* --- the workbook
 * ---------------------------------------------------------------
 */

struct about {
    const struct filling *f;
    str *cells;
    size_t rows;
};

static str *about_row(struct about *x, const char *message)
{
    str *row = x->cells + ABOUT_COLUMNS * x->rows++;

    row[0] = text_get(x->f->lang, message);
    return row;
}

static err about_count(struct about *x, enum batch_verdict v)
{
    str *row;

    if (x->f->b->counts[v] == 0)
        return OK;
    row = about_row(x, batch_verdict_id(v));
    row[2] = text_get(x->f->lang, batch_meaning_id(v));
    return number(x->f, x->f->b->counts[v], &row[1]);
}

/* Whose register, when, and what the words mean. */
static err put_about(struct about *x)
{
    const struct batch *b = x->f->b;

    about_row(x, "batch.register")[1] = body_name(x->f);
    about_row(x, "batch.address")[1] = b->register_url;
    TRY(day_cell(x->f, b->when.on, &about_row(x, "batch.on")[1]));
    TRY(day_cell(x->f, b->when.today, &about_row(x, "batch.today")[1]));
    about_row(x, "batch.by")[1] =
        text_get(x->f->lang,
                 b->when.known ? "batch.by_known" : "batch.by_recorded");
    TRY(number(x->f, (int64_t)b->n, &about_row(x, "batch.rows_checked")[1]));
    TRY(number(x->f, b->good, &about_row(x, "batch.good")[1]));
    TRY(number(x->f, b->differ, &about_row(x, "batch.differ")[1]));
    for (int v = 0; v < BATCH_VERDICTS; v++)
        TRY(about_count(x, (enum batch_verdict)v));
    if (b->near_left)
        (void)about_row(x, "batch.near_left");
    return OK;
}

static err write_xlsx(struct filling *f, str *out)
{
    enum excel_kind kinds[AT_COUNT];
    size_t rows = f->b->n + 1;
    str *cells = arena_array(f->a, rows, f->width * sizeof *cells);
    struct about about = { .f = f };

    about.cells = arena_array(f->a, ABOUT_MOST, ABOUT_COLUMNS * sizeof(str));
    TRY_MEMORY(cells != NULL && about.cells != NULL);
    for (size_t i = 0; i < f->width; i++)
        kinds[i] = columns[f->shown[i]].kind;
    for (size_t i = 0; i < rows; i++)
        TRY(put_row(f, i, cells + i * f->width));
    TRY(put_about(&about));

    const struct excel_sheet sheets[] = {
        { .name = text_get(f->lang, "batch.sheet"),
          .cells = cells,
          .rows = rows,
          .columns = f->width,
          .kinds = kinds,
          .head = 1 },
        { .name = text_get(f->lang, "batch.sheet_about"),
          .cells = about.cells,
          .rows = about.rows,
          .columns = ABOUT_COLUMNS },
    };
    const struct excel_book book = {
        .sheets = sheets,
        .n = COUNT(sheets),
        .title = text_get(f->lang, "batch.title"),
        .author = body_name(f),
        .made = f->b->when.today,
    };
    return excel_write(f->a, &book, out);
}

/* --- any of them
 * -----------------------------------------------------------------
 */

err batch_write(struct arena *a, struct heap *h, enum lang lang,
                const struct batch *b, enum batch_form form, str *out)
{
    struct filling f = { .a = a, .lang = lang, .b = b };

    choose_columns(&f);
    switch (form) {
    case BATCH_XLSX: return write_xlsx(&f, out);
    case BATCH_JSON: return batch_json(a, h, b, out);
    case BATCH_CSV:
    case BATCH_FORMS: break;
    }
    return write_csv(&f, out);
}
