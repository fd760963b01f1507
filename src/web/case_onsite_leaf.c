/*
 * case_onsite_leaf -- the card of one indicator: what it asks, what is on
 * record, and the form to record it. [ON1] [ON2]
 */

#include "codec/json.h"
#include "domain/names.h"
#include "http/percent.h"
#include "web/case_onsite.h"
#include "web/case_sheets.h"

enum { ADDRESS_MOST = 1000, EVIDENCE_MOST = 1 << 16, MODE_LETTERS = 9 };

err onsite_address(const struct onsite *o, str *out)
{
    const struct scheme *s = o->view.file.state->scheme;
    struct buf b;

    buf_init(&b, o->view.rq->arena, ADDRESS_MOST);
    buf_str(&b, S("/cases/"));
    percent_encode(&b, o->view.file.number);
    buf_str(&b, S("/checklist/"));
    percent_encode(&b, s->indicators[o->group].id);
    buf_str(&b, S("?site="));
    percent_encode(&b, o->site);
    return buf_done(&b, out);
}

int64_t onsite_seen(const struct onsite *o, int32_t leaf)
{
    const struct finding *found = o->view.file.state->leaves[leaf].finding;
    const struct event *e = o->view.file.events.first;

    while (found != NULL && e != NULL && e->data != found)
        e = e->next;
    return found == NULL || e == NULL ? 0 : e->n;
}

/* --- what it asks --------------------------------------------------------- */

static err show_ways(const struct onsite *o, int32_t leaf,
                     struct page_onsite_leaf *out)
{
    static const char letters[] = "ABCDEFGHI";
    struct page_onsite_leaf_ways *rows;

    CASE_ROWS(&o->view, rows, MODE_LETTERS);
    for (unsigned i = 0; i < MODE_LETTERS; i++) {
        struct page_onsite_leaf_ways *row = &rows[out->ways_n];

        if ((o->modes[leaf] & 1U << i) == 0)
            continue;
        row->letter = (str){ &letters[i], 1 };
        TRY(answer_id(o->view.rq, "mode.", str_of(mode_names[i]), &row->name));
        out->ways_n++;
    }
    out->ways = rows;
    return OK;
}

static const char *judged_by(enum leaf_judged judged)
{
    if (judged == JUDGED_DOCUMENTS)
        return "onsite.judged_documents";
    return judged == JUDGED_SITE ? "onsite.judged_site" : "onsite.judged_both";
}

/* "2.5" of thousandths. */
static err points_text(const struct onsite *o, int32_t points, str *out)
{
    struct buf b;

    if (points % 100 == 0)
        return case_view_tenths(&o->view, points / 100, out);
    buf_init(&b, o->view.rq->arena, TEXT_VALUE);
    buf_printf(&b, "%d.%03d", (int)(points / 1000), (int)(points % 1000));
    return buf_done(&b, out);
}

static err show_asked(const struct onsite *o, int32_t leaf,
                      struct page_onsite_leaf *out)
{
    const struct scheme *s = o->view.file.state->scheme;
    const struct indicator *in = scheme_leaf_at(s, leaf);

    *out = (struct page_onsite_leaf){
        .number = in->id,
        .anchor = in->id,
        .label = web_label(o->view.rq, in->label),
        .scored = s->method == METHOD_POINTS,
        .kind = in->kind == LEAF_SAMPLED ? "onsite.kind_sampled"
                                         : "onsite.kind_met",
        .judged = judged_by(in->judged),
        .sample = web_label(o->view.rq, in->sample),
        .sampled = in->kind == LEAF_SAMPLED,
        .excludable = in->excludable,
        .raised = (int64_t)o->lists.leaves[leaf].raised_count,
    };
    TRY(points_text(o, in->points, &out->points));
    return show_ways(o, leaf, out);
}

/* --- what is on record ---------------------------------------------------- */

static err sampled_text(const struct onsite *o, const struct finding *f,
                        str *out)
{
    struct buf b;

    buf_init(&b, o->view.rq->arena, TEXT_VALUE);
    if (f->result == RESULT_SAMPLED)
        buf_printf(&b, "%d/%d", (int)f->k, (int)f->n);
    return buf_done(&b, out);
}

static const char *answer_word(int result)
{
    static const char *const ids[] = {
        [RESULT_MET] = "answer.met",
        [RESULT_NOT_MET] = "answer.not_met",
        [RESULT_SAMPLED] = "answer.met", /* k/n says it */
        [RESULT_NA] = "answer.na",
    };

    return ids[result];
}

static day recorded_on(const struct onsite *o, const struct finding *f)
{
    for (const struct event *e = o->view.file.events.first; e != NULL;
         e = e->next) {
        if (e->data == f)
            return e->on;
    }
    return DAY_NEVER;
}

static err show_found(const struct onsite *o, int32_t leaf,
                      struct page_onsite_leaf *out)
{
    const struct leaf_state *l = &o->view.file.state->leaves[leaf];
    const struct finding *f = l->finding;

    if (f == NULL)
        return OK;
    out->found = true;
    out->found_answer = answer_word(f->result);
    out->found_note = f->note;
    out->found_site = f->site;
    out->found_by = case_view_name(&o->view, l->auditor);
    out->found_on = recorded_on(o, f);
    TRY(sampled_text(o, f, &out->found_sampled));
    return case_view_join(&o->view, &f->evidence, &out->found_evidence);
}

/* --- the form ------------------------------------------------------------- */

static err number_text(const struct onsite *o, int64_t n, str *out)
{
    struct buf b;

    buf_init(&b, o->view.rq->arena, TEXT_VALUE);
    buf_int(&b, n);
    return buf_done(&b, out);
}

static err lines_text(const struct onsite *o, const struct list *strs, str *out)
{
    const str *p = strs->p;
    struct buf b;

    buf_init(&b, o->view.rq->arena, EVIDENCE_MOST);
    for (size_t i = 0; i < strs->n; i++) {
        buf_str(&b, i > 0 ? S("\n") : S(""));
        buf_str(&b, p[i]);
    }
    return buf_done(&b, out);
}

/* The fields hold what is on record of this very site. */
static err fill_recorded(const struct onsite *o, int32_t leaf,
                         struct page_onsite_leaf *out)
{
    const struct finding *f = o->view.file.state->leaves[leaf].finding;

    out->met = out->sampled;
    if (f == NULL || (f->site.n > 0 && !str_eq(f->site, o->site)))
        return OK;
    out->met = f->result == RESULT_MET || f->result == RESULT_SAMPLED;
    out->not_met = f->result == RESULT_NOT_MET;
    out->absent = f->result == RESULT_NA;
    out->note = f->note;
    TRY(lines_text(o, &f->evidence, &out->evidence));
    if (f->result != RESULT_SAMPLED)
        return OK;
    TRY(number_text(o, f->k, &out->k));
    return number_text(o, f->n, &out->n);
}

static str typed_text(const struct record_form *form, const char *name)
{
    const struct json *m = json_get(form->typed, str_of(name));

    return m == NULL ? S("") : m->text;
}

/* The fields hold what was typed. */
static err fill_typed(const struct onsite *o, const struct onsite_sent *sent,
                      struct page_onsite_leaf *out)
{
    str result = typed_text(sent->form, "result");
    str lines = S("");

    (void)form_get(&o->view.rq->form, S("evidence"), &lines);
    out->met = str_eq(result, S("met")) || str_eq(result, S("sampled"));
    out->not_met = str_eq(result, S("not_met"));
    out->absent = str_eq(result, S("na"));
    out->k = typed_text(sent->form, "k");
    out->n = typed_text(sent->form, "n");
    out->note = typed_text(sent->form, "note");
    out->evidence = lines;
    out->conflict = sent->conflict;
    out->problem = sent->problem;
    return OK;
}

static err show_form(const struct onsite *o, const struct onsite_sent *sent,
                     int32_t leaf, struct page_onsite_leaf *out)
{
    out->open = o->open;
    if (!o->open)
        return OK;
    TRY(command_form_new_text(o->view.rq, &out->command_id));
    out->token = web_visit(o->view.rq)->token;
    out->version = o->view.file.state->version;
    out->seen = onsite_seen(o, leaf);
    out->site = o->site;
    TRY(onsite_address(o, &out->address));
    return sent->leaf == leaf ? fill_typed(o, sent, out)
                              : fill_recorded(o, leaf, out);
}

err onsite_leaves(const struct onsite *o, const struct onsite_sent *sent,
                  struct page_onsite *page)
{
    const struct state *s = o->view.file.state;
    struct page_onsite_leaf *rows;
    struct list sheets = { 0 };

    if (case_sheets_asked(s->scheme, o->here))
        TRY(case_sheets_of(&o->view, &sheets));
    CASE_ROWS(&o->view, rows, s->scheme->leaf_count);
    for (int32_t i = 0; i < (int32_t)s->scheme->leaf_count; i++) {
        struct page_onsite_leaf *row = &rows[page->leaves_n];

        if (!o->here[i])
            continue;
        TRY(show_asked(o, i, row));
        TRY(case_sheets_leaf(&o->view, &sheets, i, &row->records));
        TRY(show_found(o, i, row));
        TRY(show_form(o, sent, i, row));
        page->done += row->found;
        page->leaves_n++;
    }
    page->leaves = rows;
    page->total = (int64_t)page->leaves_n;
    return OK;
}
