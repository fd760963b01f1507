#include "service/document.h"

#include "base/arena.h"
#include "paint/painter.h"
#include "service/document_parts.h"
#include "service/signing.h"
#include "store/people.h"

enum { DOCUMENT_ARENA = 64 << 20 };

const char *const document_names[] = {
    [DOCUMENT_QUOTE] = "quote",
    [DOCUMENT_CONTRACT] = "contract",
    [DOCUMENT_SUPPLEMENT] = "supplement",
    [DOCUMENT_PLAN] = "plan",
    [DOCUMENT_REPORT] = "report",
    [DOCUMENT_NONCONFORMITY] = "nonconformity",
    [DOCUMENT_DECISION] = "decision",
    [DOCUMENT_SUSPENSION] = "suspension",
    [DOCUMENT_WITHDRAWAL] = "withdrawal",
    [DOCUMENT_SURVEILLANCE] = "surveillance",
    [DOCUMENT_IMPROVEMENT] = "improvement",
    NULL,
};

/* --- parts they share ------------------------------------------------------
 */

const struct event *matter_newest(const struct matter *m, const char *name)
{
    const struct event *found = NULL;

    for (const struct event *e = m->file->events.first; e != NULL; e = e->next)
        if (strcmp(e->kind->name, name) == 0)
            found = e;
    return found;
}

err matter_state_at(struct matter *m, const struct event *last,
                    const struct state **out)
{
    const struct event *e = m->file->events.first;
    struct state *s;

    TRY(state_new(m->sheet.arena, m->scheme, &s));
    for (; e != NULL && e->n <= last->n; e = e->next)
        apply(s, e);
    *out = s;
    return OK;
}

const char *document_title(enum document_kind kind)
{
    static const char *const ids[] = {
        [DOCUMENT_QUOTE] = "sheet.quote",
        [DOCUMENT_CONTRACT] = "sheet.contract",
        [DOCUMENT_SUPPLEMENT] = "sheet.supplement",
        [DOCUMENT_PLAN] = "sheet.plan",
        [DOCUMENT_REPORT] = "sheet.report",
        [DOCUMENT_NONCONFORMITY] = "sheet.nonconformity",
        [DOCUMENT_DECISION] = "sheet.decision",
        [DOCUMENT_SUSPENSION] = "sheet.suspension",
        [DOCUMENT_WITHDRAWAL] = "sheet.withdrawal",
        [DOCUMENT_SURVEILLANCE] = "sheet.surveillance",
        [DOCUMENT_IMPROVEMENT] = "sheet.improvement",
    };

    return ids[kind];
}

err matter_nothing(const struct matter *m)
{
    return err_new(m->sheet.arena, ERR_REFUSED, "sheet.nothing",
                   ARG_STR("number", m->file->number),
                   ARG_IDS("kind", str_of(document_title(m->wish->kind))));
}

/* When the case's journal spoke last on that day or before it: a change of the
 * body that came after it does not reach the paper. */
static int64_t spoke_last(const struct matter *m, day made)
{
    int64_t last = 0;

    for (const struct event *e = m->file->events.first; e != NULL; e = e->next)
        last = e->on <= made ? e->at : last;
    return last;
}

void matter_begin(struct matter *m, const char *title, day made)
{
    struct sheet *s = &m->sheet;
    const struct body_stand *then =
        body_history_on(m->bodies, made, spoke_last(m, made));

    if (then != NULL)
        sheet_of_body(s, &then->body);
    const struct enterprise *e = &m->file->enterprise;

    sheet_name(s, title,
               sheet_text(s, "sheet.case_and_day",
                          ARG_STR("number", m->file->number),
                          ARG_DAY("on", made)),
               sheet_text(s, "sheet.case_number",
                          ARG_STR("number", m->file->number)),
               made);
    sheet_fields(s);
    sheet_field(s, "sheet.enterprise", e->name);
    sheet_field(s, "sheet.uscc", e->uscc);
    sheet_field(s, "sheet.scheme", sheet_label(s, m->scheme->name));
    sheet_field(s, "sheet.criterion",
                sheet_text(s, "sheet.criterion_line",
                           ARG_STR("criterion", m->scheme->criterion),
                           ARG_LABEL("title", m->scheme->criterion_title)));
}

str matter_level(struct matter *m, str level)
{
    int32_t i = scheme_level(m->scheme, level);

    return i < 0 ? S("") : sheet_label(&m->sheet, m->scheme->levels[i].label);
}

str matter_indicator(struct matter *m, str number)
{
    for (size_t i = 0; i < m->scheme->indicator_count; i++) {
        const struct indicator *in = &m->scheme->indicators[i];

        if (str_eq(in->id, number))
            return sheet_text(&m->sheet, "sheet.indicator_line",
                              ARG_STR("number", in->id),
                              ARG_LABEL("label", in->label));
    }
    return number;
}

err matter_person(struct matter *m, id person, str *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct person_row row;
    err e;

    TRY(app_read(m->app, m->sheet.arena, &tx));
    e = person_get(tx, m->sheet.arena, person, &row);
    if (err_is(e, ERR_NOT_FOUND)) {
        *out = text_get(m->sheet.lang, "sheet.not_on_record");
        return OK;
    }
    TRY(e);
    *out = row.name.n > 0 ? row.name : row.login;
    return OK;
}

/* --- making one
 * ---------------------------------------------------------------- */

typedef err writer(struct matter *m);

static writer *const writers[DOCUMENT_KIND_COUNT] = {
    [DOCUMENT_QUOTE] = document_quote,
    [DOCUMENT_CONTRACT] = document_contract,
    [DOCUMENT_SUPPLEMENT] = document_supplement,
    [DOCUMENT_PLAN] = document_plan,
    [DOCUMENT_REPORT] = document_report,
    [DOCUMENT_NONCONFORMITY] = document_nonconformity,
    [DOCUMENT_DECISION] = document_decision,
    [DOCUMENT_SUSPENSION] = document_suspension,
    [DOCUMENT_WITHDRAWAL] = document_withdrawal,
    [DOCUMENT_SURVEILLANCE] = document_surveillance,
    [DOCUMENT_IMPROVEMENT] = document_improvement,
};

static err load(struct matter *m, struct arena *a, const struct session *who)
{
    struct improvement_file *x = arena_zero(a, sizeof *x);
    struct case_file *file = arena_zero(a, sizeof *file);

    TRY_MEMORY(x != NULL && file != NULL);
    if (m->wish->kind == DOCUMENT_IMPROVEMENT) {
        TRY(improve_load(m->app, a, who, m->wish->ref, x));
        m->improvement = x;
        m->file = &x->file;
    } else {
        TRY(cases_load(m->app, a, who, m->wish->ref, file));
        m->file = file;
    }
    m->state = m->file->state;
    m->scheme = m->state->scheme;
    return OK;
}

err document_make(struct app *app, struct arena *a, const struct session *who,
                  const struct document_wish *wish, struct paint_document *out)
{
    struct matter m = { .app = app, .wish = wish };

    TRY(load(&m, a, who));
    TRY(body_history(app, a, &m.bodies));
    sheet_begin(&m.sheet, a, wish->lang, app_body(app));
    TRY(writers[wish->kind](&m));
    return sheet_done(&m.sheet, out);
}

/* --- which there are -------------------------------------------------------
 */

/* In an arena of its own: only whether it can be written is asked. */
static err is_there(struct app *app, struct arena *a, const struct session *who,
                    const struct document_wish *wish, bool *out)
{
    scoped(arena_end) struct arena own;
    struct paint_document unused;

    arena_init(&own, app_world_of(app)->heap, DOCUMENT_ARENA);
    err e = err_keep(a, document_make(app, &own, who, wish, &unused));
    if (failed(e) && !err_is(e, ERR_REFUSED))
        return e;
    *out = !failed(e);
    return OK;
}

err document_kinds(struct app *app, struct arena *a, const struct session *who,
                   const struct document_wish *wish,
                   bool out[DOCUMENT_KIND_COUNT])
{
    struct document_wish one = *wish;

    for (int i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        one.kind = (enum document_kind)i;
        TRY(is_there(app, a, who, &one, &out[i]));
    }
    return OK;
}

/* --- as a file -------------------------------------------------------------
 */

err document_file(struct app *app, struct arena *a, const struct session *who,
                  const struct document_wish *wish, str *out)
{
    scoped(painter_end) struct painter painter = PAINTER_NONE;
    struct paint_document d;
    struct signing_done done;

    TRY(document_make(app, a, who, wish, &d));

    struct signing_wish sign = { .title = d.title, .lang = wish->lang };
    TRY(painter_paint(&painter, a, &d, &sign.painted));
    TRY(signing_do(app, a, &sign, &done));
    *out = done.file;
    return OK;
}
