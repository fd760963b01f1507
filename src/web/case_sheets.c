#include "web/case_sheets.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"
#include "web/case_beside_parts.h"
#include "web/case_first_parts.h"
#include "web/case_offers_parts.h"
#include "web/saying.h"

err case_sheets_of(const struct case_view *v, struct list *out)
{
    return records_case(web_app(v->rq), v->rq->arena, &v->file, out);
}

err case_sheets_leaf(const struct case_view *v, const struct list *sheets,
                     int32_t leaf, str *out)
{
    const struct indicator *in = scheme_leaf_at(v->file.state->scheme, leaf);

    return case_sheets_say(v->rq->arena, web_lang(v->rq), sheets, in->records,
                           NULL, out);
}

bool case_sheets_asked(const struct scheme *s, const bool *leaves)
{
    for (int32_t i = 0; i < (int32_t)s->leaf_count; i++) {
        if (leaves[i] && scheme_leaf_at(s, i)->records.n > 0)
            return true;
    }
    return false;
}

/* --- what a form begins with [WS1] ---------------------------------------- */

/* The first figure that was not recorded and that a sheet says, else the first
 * that was not; as many as there are: none. */
static size_t figure_meant(const struct state *s, const struct list *sheets)
{
    size_t n = s->scheme->figure_count;
    size_t open = n;

    for (size_t i = 0; i < n; i++) {
        if (s->figures[i].n > 0)
            continue;
        if (records_case_best(sheets, s->scheme->figures[i].records) != NULL)
            return i;
        open = open == n ? i : open;
    }
    return open;
}

/* A sheet as forms name it: its file's SHA-256. */
static err sheet_digits(struct arena *a, const struct case_sheet *sheet,
                        str *out)
{
    const struct hash *h = &sheet->document->blob;

    return hex_text(a, h->b, sizeof h->b, out);
}

static err put_share(struct first *x, const struct case_sheet *sheet, str name)
{
    const struct case_share *s = case_sheet_share(sheet, name);
    str source;
    str digits;

    TRY(case_sheet_source(x->arena, web_lang(x->v->rq), sheet, &source));
    TRY_MEMORY(json_set(x->value, S("k"), json_new_int(x->arena, s->k)));
    TRY(first_number(x, x->value, "n", s->n));
    TRY(first_text(x, x->value, "source", source));
    TRY(sheet_digits(x->arena, sheet, &digits));
    return first_text(x, x->value, "sheet", digits);
}

err first_figure(struct first *x)
{
    const struct state *s = x->v->file.state;
    const struct case_sheet *best;
    const struct figure *f;
    struct list sheets;
    size_t at;

    TRY(case_sheets_of(x->v, &sheets));
    at = figure_meant(s, &sheets);
    if (at == s->scheme->figure_count)
        return OK;
    f = &s->scheme->figures[at];
    TRY(first_text(x, x->value, "figure", f->id));
    best = records_case_best(&sheets, f->records);
    return best == NULL ? OK : put_share(x, best, f->records);
}

/* --- what stands beside --------------------------------------------------- */

static err note_figure(struct beside *b, const struct list *sheets, size_t at)
{
    const struct state *s = b->v->file.state;
    const struct figure *f = &s->scheme->figures[at];
    const struct case_sheet *x = records_case_best(sheets, f->records);
    enum rate_verdict verdict;
    bool asked =
        x != NULL &&
        records_case_verdict(s, at, case_sheet_share(x, f->records), &verdict);
    str says;

    TRY(case_sheets_say(b->v->rq->arena, web_lang(b->v->rq), sheets, f->records,
                        asked ? &verdict : NULL, &says));
    if (says.n == 0 && f->records.n > 0)
        says = text_get(web_lang(b->v->rq), "case_sheets.none");
    beside_note(b, web_label(b->v->rq, f->label), says);
    return OK;
}

/* Does a figure come from it already, and so says what it is? */
static bool is_taken(const struct scheme *s, const struct list *sheets,
                     const struct case_sheet *x)
{
    for (size_t i = 0; i < s->figure_count; i++) {
        if (records_case_best(sheets, s->figures[i].records) == x)
            return true;
    }
    return false;
}

/* The others: what a figure is taken from is one of several. */
static err note_sheets(struct beside *b, const struct list *sheets)
{
    const struct case_sheet *x = sheets->p;
    str over = text_get(web_lang(b->v->rq), "case_sheets.title");

    for (size_t i = 0; i < sheets->n; i++) {
        str line;

        if (is_taken(b->v->file.state->scheme, sheets, &x[i]))
            continue;
        TRY(case_sheet_line(b->v->rq->arena, web_lang(b->v->rq), &x[i], &line));
        beside_note(b, over, line);
    }
    return OK;
}

err beside_figure(struct beside *b)
{
    struct list sheets;

    TRY(beside_progress(b));
    b->notes_n = 0; /* nonconformities say nothing of figures */
    TRY(case_sheets_of(b->v, &sheets));
    for (size_t i = 0; i < b->v->file.state->scheme->figure_count; i++)
        TRY(note_figure(b, &sheets, i));
    return note_sheets(b, &sheets);
}

/* [WS2] */
err beside_finding(struct beside *b)
{
    const struct scheme *s = b->v->file.state->scheme;
    struct list sheets;

    TRY(beside_progress(b));
    TRY(case_sheets_of(b->v, &sheets));
    for (int32_t i = 0; i < (int32_t)s->leaf_count && sheets.n > 0; i++) {
        str says;

        TRY(case_sheets_leaf(b->v, &sheets, i, &says));
        beside_note(b, scheme_leaf_at(s, i)->id, says);
    }
    return OK;
}

/* --- what may be chosen --------------------------------------------------- */

err offer_sheets(struct offering *o)
{
    const struct case_sheet *x;
    struct list sheets;

    TRY(case_sheets_of(o->v, &sheets));
    TRY(offering_room(o, sheets.n));
    x = sheets.p;
    for (size_t i = 0; i < sheets.n; i++) {
        str digits;

        if (!x[i].current || x[i].signer == SHEET_BROKEN)
            continue;
        TRY(sheet_digits(o->v->rq->arena, &x[i], &digits));
        TRY(offering_add(o, digits, x[i].document->title, x[i].file_name));
    }
    return OK;
}
