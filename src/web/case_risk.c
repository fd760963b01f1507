#include "web/case_risk.h"

#include "base/hex.h"
#include "base/size.h"
#include "service/records_risk_case.h"

#include <string.h>

static const char command_name[] = "risk.note";

/* --- what is shown -------------------------------------------------------- */

static err show_newest(const struct case_view *v, const struct case_risk *x,
                       struct page_case_risk *out)
{
    struct page_case_risk_screens *rows;

    CASE_ROWS(v, rows, x->screen_count);
    for (size_t i = 0; i < x->screen_count; i++) {
        const struct case_screen *s = &x->screens[i];

        rows[i] = (struct page_case_risk_screens){
            .screen = s->screen,
            .k = s->k,
            .n = s->n,
            .base_k = s->base_k,
            .base_n = s->base_n,
            .concerned = s->concerned,
            .lines = s->lines,
        };
    }
    out->title = x->note->title;
    out->noted = x->noted;
    out->file = x->file_name;
    out->tickets = x->tickets;
    out->screens = rows;
    out->screens_n = x->screen_count;
    return OK;
}

static err show_notes(const struct case_view *v, const struct list *risks,
                      struct page_case_risk *out)
{
    const struct case_risk *x = risks->p;
    struct page_case_risk_notes *rows;

    CASE_ROWS(v, rows, risks->n);
    for (size_t i = 0; i < risks->n; i++) {
        const struct hash *blob = &x[i].note->blob;

        rows[i].title = x[i].note->title;
        rows[i].noted = x[i].noted;
        TRY(hex_text(v->rq->arena, blob->b, sizeof blob->b, &rows[i].hash));
    }
    out->notes = rows;
    out->notes_n = risks->n;
    return OK;
}

static err show_form(const struct case_view *v, struct page_case_risk *out)
{
    TRY(case_view_ask(v, command_name, &out->may, NULL));
    return out->may ? command_form_new_text(v->rq, &out->command_id) : OK;
}

err case_risk_under(const struct case_view *v, struct page_case_risk *out)
{
    struct list risks;

    if (!v->papers) /* [WR1] */
        return OK;
    TRY(records_risks(web_app(v->rq), v->rq->arena, &v->file, &risks));
    out->number = v->file.number;
    out->under = true;
    out->any = risks.n > 0;
    out->shown = out->any;
    if (!out->any)
        return OK;
    TRY(show_newest(v, risks.p, out));
    return show_notes(v, &risks, out);
}

int64_t case_risk_raised(const struct case_view *v)
{
    int64_t raised = 0;

    for (const struct event *e = v->papers ? v->file.events.first : NULL;
         e != NULL; e = e->next) {
        const struct risk_note *note = e->data;

        if (strcmp(e->kind->name, "risk.noted") == 0)
            raised = note->raised;
    }
    return raised;
}

err case_risk_show(const struct case_view *v, str problem,
                   struct page_case_risk *out)
{
    struct list risks;

    out->number = v->file.number;
    out->shown = v->papers;
    if (!v->papers) /* [WR1] */
        return OK;
    out->token = web_visit(v->rq)->token;
    out->version = v->file.state->version;
    out->problem = problem;
    TRY(records_risks(web_app(v->rq), v->rq->arena, &v->file, &risks));
    out->any = risks.n > 0;
    if (out->any)
        TRY(show_newest(v, risks.p, out));
    TRY(show_notes(v, &risks, out));
    return show_form(v, out);
}
