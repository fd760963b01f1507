/*
 * case_line -- the time line of a case: every event that may be read, newest
 * first, in words.
 *
 *   [CL1] It goes on before a number, never by how many were skipped.
 *   [CL2] What somebody wrote stands below what happened; amounts, figures and
 *         answers have their own tabs.
 */

#include "base/arena.h"
#include "domain/offers.h"
#include "web/case_page.h"

#include <string.h>

enum { CLOCK_MOST = 16 };

static const int64_t minute = INT64_C(60000000); /* in microseconds */
static const int64_t ahead = 480;                /* minutes, of +08:00 */
static const int64_t whole_day = 1440;           /* likewise */

/* --- what it is about, and what was written [CL2] ------------------------- */

/* The member of the event's data, if it is a text. */
static str text_member(const struct event *e, const char *name)
{
    const struct record *r = e->kind->record;

    for (size_t i = 0; r != NULL && e->data != NULL && i < r->n; i++) {
        const struct field *f = &r->fields[i];

        if (f->kind == FIELD_STR && strcmp(f->name, name) == 0)
            return *(const str *)(const void *)((const char *)e->data + f->at);
    }
    return S("");
}

static str first_member(const struct event *e, const char *const *names)
{
    str found = S("");

    for (size_t i = 0; names[i] != NULL && found.n == 0; i++)
        found = text_member(e, names[i]);
    return found;
}

static const char *const about_members[] = { "indicator", "figure", "number",
                                             NULL };

static const char *const detail_members[] = {
    "note",   "reasons", "reason", "summary", "text",      "grounds",
    "answer", "cause",   "title",  "name",    "objection", NULL,
};

/* A document by its label, the rest by its sign. */
static str about(const struct case_view *v, const struct event *e)
{
    const struct scheme *s = v->file.state->scheme;
    int32_t r = scheme_requirement(s, text_member(e, "requirement"));

    return r < 0 ? first_member(e, about_members)
                 : web_label(v->rq, s->requirements[r].label);
}

/* --- who ------------------------------------------------------------------ */

/* [WE3] Whose act it is, where no name is shown. */
static const char *side_of(const struct event *e)
{
    /* Nobody tells a stranger's id from another's. */
    return id_is_zero(e->actor) ? "page_case.by_program"
                                : "page_case.by_somebody";
}

/* --- when ----------------------------------------------------------------- */

/* "14:05", as clocks show it at +08:00. */
static err time_of(const struct case_view *v, int64_t at, str *out)
{
    int64_t minutes = (at / minute + ahead) % whole_day;
    struct buf b;

    buf_init(&b, v->rq->arena, CLOCK_MOST);
    buf_printf(&b, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
    return buf_done(&b, out);
}

/* --- lines ---------------------------------------------------------------- */

/* [WE2] */
static bool is_shown(const struct case_view *v, const struct event *e)
{
    return v->owner || !event_is_own(e->kind);
}

static err show_event(const struct case_view *v, const struct event *e,
                      struct page_case_events_events *out)
{
    *out = (struct page_case_events_events){
        .on = e->on,
        .who = case_view_name(v, e->actor),
        .side = side_of(e),
        .about = about(v, e),
        .detail = first_member(e, detail_members),
    };
    TRY(time_of(v, e->at, &out->time));
    return answer_id(v->rq, "event.", str_of(e->kind->name), &out->what);
}

/* The shown events before `before`, oldest first. */
static err gather(const struct case_view *v, int64_t before,
                  const struct event ***out, size_t *n)
{
    CASE_ROWS(v, *out, v->file.events.n);
    *n = 0;
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        if (e->n < before && is_shown(v, e))
            (*out)[(*n)++] = e;
    }
    return OK;
}

err case_view_events(const struct case_view *v, int64_t before, size_t most,
                     struct page_case_events *out)
{
    const struct event **found = NULL;
    struct page_case_events_events *rows;
    size_t n = 0;

    TRY(gather(v, before, &found, &n));
    size_t shown = n < most ? n : most;
    CASE_ROWS(v, rows, shown);
    for (size_t i = 0; i < shown; i++)
        TRY(show_event(v, found[n - 1 - i], &rows[i]));
    *out = (struct page_case_events){
        .number = v->file.number,
        .events = rows,
        .events_n = shown,
        .further = shown<n, /* [CL1] */
                         .last = shown> 0
                       ? found[n - shown]->n
                       : 0,
    };
    return OK;
}
