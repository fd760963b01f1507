/*
 * case_line -- the time line of a case: every event that may be read, newest
 * first, in words.
 *
 *   [CL1] It goes on before a number, never by how many were skipped.
 *   [CL2] What somebody wrote stands below what happened; amounts, figures and
 *         answers have their own tabs.
 *   [CL3] Many events of a kind in a row are one line, which says how many and
 *         from when to when, and opens.  A page ends with a whole line, so such
 *         a run is never cut but where it is too long for one.
 */

#include "base/arena.h"
#include "domain/offers.h"
#include "web/case_page.h"

#include <string.h>

enum { SPAN_MOST = 32 };
enum { RUN_LEAST = 3, RUN_MOST = 500 };

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

/* A document and a figure by their label, the rest by its sign. */
static str about(const struct case_view *v, const struct event *e)
{
    const struct scheme *s = v->file.state->scheme;
    int32_t r = scheme_requirement(s, text_member(e, "requirement"));
    int32_t f = scheme_figure(s, text_member(e, "figure"));

    if (r >= 0)
        return web_label(v->rq, s->requirements[r].label);
    return f >= 0 ? web_label(v->rq, s->figures[f].label)
                  : first_member(e, about_members);
}

/* --- who ------------------------------------------------------------------ */

/* [WE3] Whose act it is, where no name is shown. */
static const char *side_of(const struct event *e)
{
    /* Nobody tells a stranger's id from another's. */
    return id_is_zero(e->actor) ? "page_case.by_program"
                                : "page_case.by_somebody";
}

/* --- lines ---------------------------------------------------------------- */

/* [WE2] */
static bool is_shown(const struct case_view *v, const struct event *e)
{
    return v->owner || !event_is_own(e->kind);
}

static err show_event(const struct case_view *v, const struct event *e,
                      struct page_case_event *out)
{
    *out = (struct page_case_event){
        .on = e->on,
        .who = case_view_name(v, e->actor),
        .side = side_of(e),
        .about = about(v, e),
        .detail = first_member(e, detail_members),
    };
    TRY(case_view_time(v, e->at, &out->time));
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

/* --- runs [CL3] ----------------------------------------------------------- */

/* How many of the newest `n` are of one kind, one after the other. */
static size_t run_length(const struct event *const *found, size_t n)
{
    size_t i = 1;

    while (i < n && i < RUN_MOST &&
           found[n - 1 - i]->kind == found[n - 1]->kind)
        i++;
    return i;
}

/* "09:04 – 10:43" of one day. */
static err span_of(const struct case_view *v, const struct event *oldest,
                   const struct event *newest, str *out)
{
    struct buf b;
    str since;
    str until;

    *out = S("");
    if (oldest->on != newest->on)
        return OK;
    TRY(case_view_time(v, oldest->at, &since));
    TRY(case_view_time(v, newest->at, &until));
    buf_init(&b, v->rq->arena, SPAN_MOST);
    buf_str(&b, since);
    if (!str_eq(since, until)) {
        buf_str(&b, S(" \u2013 "));
        buf_str(&b, until);
    }
    return buf_done(&b, out);
}

/* Did one person do all of it? */
static bool is_of_one(const struct event *const *newest, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (!id_eq(newest[0]->actor, (newest - i)[0]->actor))
            return false;
    }
    return true;
}

/* `newest` is the last of `n` in a row: a line that opens. */
static err show_run(const struct case_view *v,
                    const struct event *const *newest, size_t n,
                    struct page_case_event *out)
{
    struct page_case_event *inner;
    const struct event *oldest = (newest - (n - 1))[0];
    bool of_one = is_of_one(newest, n);

    CASE_ROWS(v, inner, n);
    for (size_t i = 0; i < n; i++)
        TRY(show_event(v, (newest - i)[0], &inner[i]));
    *out = (struct page_case_event){
        .from = oldest->on,
        .on = newest[0]->on,
        .days = oldest->on != newest[0]->on,
        .who = of_one ? inner[0].who : S(""),
        .side = of_one ? inner[0].side : "page_case.by_several",
        .what = inner[0].what,
        .run = true,
        .count = (int64_t)n,
        .inner = inner,
        .inner_n = n,
    };
    return span_of(v, oldest, newest[0], &out->time);
}

/* Of the newest `n` events as many as a line takes, *taken. */
static err show_line(const struct case_view *v,
                     const struct event *const *found, size_t n,
                     struct page_case_event *out, size_t *taken)
{
    size_t run = run_length(found, n);

    *taken = run >= RUN_LEAST ? run : 1;
    return *taken > 1 ? show_run(v, &found[n - 1], run, out)
                      : show_event(v, found[n - 1], out);
}

err case_view_events(const struct case_view *v, int64_t before, size_t most,
                     struct page_case_events *out)
{
    const struct event **found = NULL;
    struct page_case_event *lines;
    size_t left = 0;
    size_t shown = 0;

    TRY(gather(v, before, &found, &left));
    CASE_ROWS(v, lines, left < most ? left : most);
    *out = (struct page_case_events){ .number = v->file.number,
                                      .lines = lines,
                                      .none = left == 0 };
    while (left > 0 && shown < most) {
        size_t taken = 0;

        TRY(show_line(v, found, left, &lines[shown++], &taken));
        left -= taken;
        out->last = found[left]->n; /* [CL1] */
    }
    out->lines_n = shown;
    out->further = left > 0;
    return OK;
}
