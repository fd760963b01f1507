#include "web/case_page.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "http/percent.h"
#include "service/case_acts.h"
#include "web/answer.h"
#include "web/case_turn.h"

enum { JOINED_MOST = 1 << 20, PAGE_MOST = 4 << 20, CLOCK_MOST = 16 };
enum { ADDRESS_MOST = 400 };
enum { SIZE_MOST = 32, KILO = 1 << 10, MEGA = 1 << 20, GIGA = 1 << 30 };

/* --- opening -------------------------------------------------------------- */

static err open_view(struct request *rq, bool papers, struct case_view *out)
{
    struct case_view v = {
        .rq = rq,
        .who = &web_visit(rq)->who.session,
        .today = faces_today(rq->app),
    };
    str ref = request_parameter(rq, S("number"));
    err e = papers
                ? cases_load_papers(web_app(rq), rq->arena, v.who, ref, &v.file)
                : cases_load(web_app(rq), rq->arena, v.who, ref, &v.file);

    /* [WE1] Of a page that is not for them they learn nothing. */
    if (papers && err_is(e, ERR_DENIED))
        return err_new(rq->arena, ERR_NOT_FOUND, "case.missing",
                       ARG_STR("ref", ref));
    TRY(e);
    v.owner = rights_owns(&v.who->actor, v.file.enterprise.id);
    v.papers = rights_may_read_papers(&v.who->actor, v.file.enterprise.id);
    TRY(case_actors(web_app(rq), rq->arena, &v.file, &v.who->actor, &v.people));
    *out = v;
    return OK;
}

err case_view_open(struct request *rq, struct case_view *out)
{
    return open_view(rq, false, out);
}

err case_view_open_papers(struct request *rq, struct case_view *out)
{
    return open_view(rq, true, out);
}

/* --- words ---------------------------------------------------------------- */

str case_view_name(const struct case_view *v, id person)
{
    return case_person(&v->people, person);
}

str case_view_level(const struct case_view *v, str level)
{
    const struct scheme *s = v->file.state->scheme;
    int32_t i = scheme_level(s, level);

    return i < 0 ? level : web_label(v->rq, s->levels[i].label);
}

str case_view_indicator(const struct case_view *v, str indicator)
{
    const struct scheme *s = v->file.state->scheme;
    int32_t leaf = scheme_leaf(s, indicator);

    return leaf < 0 ? S("") : web_label(v->rq, scheme_leaf_at(s, leaf)->label);
}

err case_view_join(const struct case_view *v, const struct list *strs, str *out)
{
    const str *p = strs->p;
    const struct err_arg nothing[] = { ARG_STR("before", S("")),
                                       ARG_STR("after", S("")),
                                       { 0 } };
    struct buf b;

    buf_init(&b, v->rq->arena, JOINED_MOST);
    for (size_t i = 0; i < strs->n; i++) {
        if (i > 0)
            text_render(&b, web_lang(v->rq), "page_case.between", nothing);
        buf_str(&b, p[i]);
    }
    return buf_done(&b, out);
}

err case_view_tenths(const struct case_view *v, int64_t tenths, str *out)
{
    struct buf b;

    buf_init(&b, v->rq->arena, TEXT_VALUE);
    buf_int(&b, tenths / 10);
    if (tenths % 10 != 0)
        buf_printf(&b, ".%d", (int)(tenths % 10));
    return buf_done(&b, out);
}

err case_view_time(const struct case_view *v, int64_t at, str *out)
{
    static const int64_t minute = INT64_C(60000000); /* in microseconds */
    static const int64_t ahead = 480;                /* minutes, of +08:00 */
    static const int64_t whole_day = 1440;           /* likewise */
    int64_t minutes = (at / minute + ahead) % whole_day;
    struct buf b;

    buf_init(&b, v->rq->arena, CLOCK_MOST);
    buf_printf(&b, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
    return buf_done(&b, out);
}

static void put_tenth(struct buf *b, int64_t bytes, int64_t unit,
                      const char *name)
{
    buf_printf(b, "%d.%d %s", (int)(bytes / unit),
               (int)(bytes % unit * 10 / unit), name);
}

err case_view_size(const struct case_view *v, int64_t bytes, str *out)
{
    struct buf b;

    buf_init(&b, v->rq->arena, SIZE_MOST);
    if (bytes < KILO)
        buf_printf(&b, "%d B", (int)bytes);
    else if (bytes < MEGA)
        buf_printf(&b, "%d kB", (int)((bytes + KILO / 2) / KILO));
    else if (bytes < GIGA)
        put_tenth(&b, bytes, MEGA, "MB");
    else
        put_tenth(&b, bytes, GIGA, "GB");
    return buf_done(&b, out);
}

err case_view_ask(const struct case_view *v, const char *command, bool *may,
                  str *why_not)
{
    err e = case_act_ask(web_app(v->rq), v->rq->arena, v->who, &v->file,
                         v->today, right_find(command));

    *may = !failed(e);
    if (!failed(e) || !answer_is_theirs(e))
        return e;
    return why_not == NULL ? OK : answer_words(v->rq, e, why_not);
}

void case_view_buf(struct request *rq, struct buf *b)
{
    buf_init(b, rq->arena, PAGE_MOST);
}

day case_view_added(const struct case_view *v, const struct document *d)
{
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        if (e->data == d)
            return e->on;
    }
    return DAY_NEVER;
}

/* --- where a page is, and what is done there ------------------------------ */

static void put_case(struct buf *b, struct request *rq, str number)
{
    buf_init(b, rq->arena, ADDRESS_MOST);
    buf_str(b, S("/cases/"));
    percent_encode(b, number);
}

static err address_of(struct request *rq, str number, const char *below,
                      str *out)
{
    struct buf b;

    put_case(&b, rq, number);
    buf_str(&b, str_of(below));
    return buf_done(&b, out);
}

err case_go(struct request *rq, str number, const char *below,
            struct response *rs)
{
    str address;

    TRY(address_of(rq, number, below, &address));
    return respond_redirect(rs, 303, address);
}

err case_view_address(const struct case_view *v, const char *below, str *out)
{
    return address_of(v->rq, v->file.number, below, out);
}

err case_view_go(const struct case_view *v, const char *below,
                 struct response *rs)
{
    return case_go(v->rq, v->file.number, below, rs);
}

err case_view_form(const struct case_view *v, const char *command, str *out)
{
    struct buf b;

    put_case(&b, v->rq, v->file.number);
    buf_str(&b, S("/do/"));
    percent_encode(&b, str_of(command));
    return buf_done(&b, out);
}

struct case_order case_view_order(const struct case_view *v,
                                  const struct command_form *form,
                                  const char *command, const struct json *data)
{
    return (struct case_order){
        .who = v->who,
        .today = v->today,
        .ref = v->file.number,
        .command = str_of(command),
        .data = data,
        .command_id = form->id,
        .expected = form->version,
    };
}

/* --- the stage bar -------------------------------------------------------- */

struct passing {
    int32_t days[STAGE_COUNT]; /* spent there, over all rounds */
    bool seen[STAGE_COUNT];
    day last; /* it came to its last stage, or today */
};

/* The journal once more: a state tells only where it stands now. */
static err pass_through(const struct case_view *v, struct passing *out)
{
    struct state *s;
    day since = DAY_NEVER;
    enum stage at = STAGE_PREPARATION;

    TRY(state_new(v->rq->arena, v->file.state->scheme, &s));
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        apply(s, e);
        if (since != DAY_NEVER && s->stage == at)
            continue;
        if (since != DAY_NEVER)
            out->days[at] += e->on - since;
        at = s->stage;
        since = e->on;
        out->seen[at] = true;
    }
    if (since != DAY_NEVER && at != STAGE_ENDED)
        out->days[at] += v->today > since ? v->today - since : 0;
    return OK;
}

static bool is_shown(const struct scheme *s, const struct passing *p, int i)
{
    return i == STAGE_ENDED ? p->seen[i] : s->stages[i].used || p->seen[i];
}

static err show_stages(const struct case_view *v, struct page_case_head *out)
{
    const struct state *s = v->file.state;
    struct page_case_head_stages *rows;
    struct passing *p = arena_zero(v->rq->arena, sizeof *p);

    TRY_MEMORY(p);
    CASE_ROWS(v, rows, STAGE_COUNT);
    TRY(pass_through(v, p));
    for (int i = 0; i < STAGE_COUNT; i++) {
        struct page_case_head_stages *row = &rows[out->stages_n];

        if (!is_shown(s->scheme, p, i))
            continue;
        *row = (struct page_case_head_stages){
            .days = p->days[i],
            .now = s->stage == (enum stage)i,
            .past = p->seen[i] && s->stage != (enum stage)i,
            .timed = p->seen[i] && i != STAGE_ENDED,
        };
        TRY(answer_id(v->rq, "stage.", str_of(stage_names[i]), &row->name));
        out->stages_n++;
    }
    out->stages = rows;
    return OK;
}

/* --- the head ------------------------------------------------------------- */

/* Reached: granted, else what the report says of the findings. */
static str level_reached(const struct case_view *v)
{
    const struct state *s = v->file.state;

    if (s->certificate != NULL)
        return case_view_level(v, s->certificate->level);
    return s->report == NULL ? S("") : case_view_level(v, s->report->level);
}

static void mark_tab(struct page_case_head *out, enum case_tab at)
{
    out->at_overview = at == TAB_OVERVIEW;
    out->at_papers = at == TAB_PAPERS;
    out->at_money = at == TAB_MONEY;
    out->at_team = at == TAB_TEAM;
    out->at_audit = at == TAB_AUDIT;
    out->at_checklist = at == TAB_CHECKLIST;
    out->at_decision = at == TAB_DECISION;
    out->at_certificate = at == TAB_CERTIFICATE;
    out->at_messages = at == TAB_MESSAGES;
    out->at_records = at == TAB_RECORDS;
}

/* What may be done now about what a tab shows [TU1]; the overview has its own
 * list of it. */
static err show_acts(const struct case_view *v, enum case_tab at,
                     struct page_case_head *out)
{
    struct page_case_head_acts *rows;
    struct list found;

    if (at == TAB_OVERVIEW)
        return OK;
    TRY(case_turn_acts(v, &found));
    CASE_ROWS(v, rows, found.n);

    const struct case_turn_act *acts = found.p;
    for (size_t i = 0; i < found.n; i++) {
        const struct case_turn_act *x = &acts[i];
        enum case_tab tab = TAB_OVERVIEW;

        if (case_turn_tab(x->command, &tab) && tab == at &&
            !case_turn_is_done_on(x->command, at))
            rows[out->acts_n++] = (struct page_case_head_acts){
                .way = x->way,
                .what = x->what,
                .beside = !x->turn,
            };
    }
    out->acts = rows;
    return OK;
}

err case_view_room(const struct case_view *v, enum case_tab at,
                   struct page_case_head *out)
{
    const struct state *s = v->file.state;

    *out = (struct page_case_head){
        .number = v->file.number,
        .enterprise = v->file.enterprise.name,
        .scheme = web_label(v->rq, s->scheme->name),
        .level = case_view_level(v, s->opened->level),
        .reached = level_reached(v),
        .due = s->due,
        .limited = s->due != DAY_NEVER,
        .provisional = s->due_provisional,
        .overdue = s->due != DAY_NEVER && s->due < v->today,
        .since = s->stage_since,
        .ended = s->stage == STAGE_ENDED,
        .papers = v->papers,
        .records = v->owner || v->papers,
        .messages = s->messages.sent,
    };
    mark_tab(out, at);
    TRY(answer_id(v->rq, "stage.", str_of(stage_names[s->stage]), &out->stage));
    TRY(answer_id(v->rq, "waiting.", str_of(waiting_names[s->waiting]),
                  &out->waiting));
    TRY(case_turn_says(v, out->waiting, &out->waiting));
    TRY(answer_id(v->rq, "ending.", str_of(ending_names[s->ending]),
                  &out->ending));
    return show_stages(v, out);
}

err case_view_head(const struct case_view *v, enum case_tab at,
                   struct page_case_head *out)
{
    TRY(case_view_room(v, at, out));
    return show_acts(v, at, out);
}
