/*
 * case_mark -- the mark of a certificate, for its holder: what it may be used
 * for and what not, words to stand beside it, its uses so far and their
 * artwork. [M21] [17065 4.1.3] [条例 24]
 *
 *   [MP1] Whoever may read the case gets the page; artwork goes out for a use
 *         that was approved, while the certificate is valid
 *         (service/mark_use.h [MU1]).
 *   [MP2] Words are made of the certificate (mark_words.h), and a use is asked
 *         for in the form of its command, with these words in it.
 *   [MP3] The square code is no mark: it says where to look, whatever is found
 *         there.
 *   [MP4] What goes out as SVG goes out as PNG by the same rules: the size is
 *         asked for where the SVG is (mark_file.h).
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "domain/stages.h"
#include "page/mark.h"
#include "service/case_acts.h"
#include "service/mark_use.h"
#include "web/case_page.h"
#include "web/mark_file.h"
#include "web/mark_rules.h"
#include "web/mark_words.h"
#include "web/saying.h"
#include "web/square.h"

/* On the web the mark is as wide as its own units; the code is at least as
 * wide as a telephone reads it off a screen an arm away. */
enum {
    WIDTH_MM = 60,
    WIDTH_PIXELS = 640,
    SQUARE_MM = 30,
    SQUARE_PIXELS = 300,
    SVG_MOST = 1 << 18,
};

static const char command_name[] = "mark.ask";

static bool has_mark(const struct state *s)
{
    return s->scheme->certificate.mark.uses != 0;
}

/* --- artwork [MP1] -------------------------------------------------------- */

static int64_t width_of(const struct state *s)
{
    int64_t least = s->scheme->certificate.mark.least_mm;

    return least > WIDTH_MM ? least : WIDTH_MM;
}

static err page_of(const struct case_view *v, enum mark_colour colour,
                   struct page_mark *out)
{
    const struct state *s = v->file.state;
    const struct mark_rule *rule = &s->scheme->certificate.mark;
    const struct body *body = NULL;

    TRY(web_body(v->rq, &body));
    *out = (struct page_mark){
        .number = s->certificate->number,
        .width = width_of(s),
        .least = rule->least_mm,
        .zh = rule->say_count == 0 ? s->scheme->certificate.title.zh
                                   : rule->says[0].zh,
        .en = rule->say_count == 0 ? s->scheme->certificate.title.en
                                   : rule->says[0].en,
        .level = case_view_level(v, s->certificate->level),
        .body =
            web_label(v->rq, (struct label){ body->name_zh, body->name_en }),
        .approval = body->approval,
        .demonstration = body->demonstration,
    };
    TRY(mark_look_up(v, &out->address));
    TRY_MEMORY(page_mark_draw(v->rq->arena, out, s->certificate->stars,
                              (enum page_mark_colour)colour));
    return OK;
}

static err draw(const struct case_view *v, enum mark_colour colour, str *out)
{
    struct page_mark page = { .number = S("") };
    struct buf b;

    TRY(page_of(v, colour, &page));
    buf_init(&b, v->rq->arena, SVG_MOST);
    page_mark_render(&b, web_lang(v->rq), &page);
    return buf_done(&b, out);
}

/* [MP3] */
static err draw_square(const struct case_view *v, str *out)
{
    return square_of_certificate(v->rq->arena, faces_public_url(v->rq->app),
                                 v->file.state->certificate->number, out);
}

static bool read_colour(str name, enum mark_colour *out)
{
    for (int i = 0; mark_colour_names[i] != NULL; i++) {
        if (!str_eq(name, str_of(mark_colour_names[i])))
            continue;
        *out = (enum mark_colour)i;
        return true;
    }
    return false;
}

static const char *name_of(enum mark_colour colour)
{
    if (colour == MARK_MONO)
        return "mark-mono";
    return colour == MARK_REVERSED ? "mark-reversed" : "mark-colour";
}

static err get_artwork(struct request *rq, struct response *rs)
{
    str colour = request_parameter(rq, S("colour"));
    struct mark_file file = { .pixels = WIDTH_PIXELS };
    struct mark_use_wish wish = { .use = 0 };
    struct case_view v;

    TRY(case_view_open(rq, &v));
    if (v.file.state->certificate == NULL || !has_mark(v.file.state) ||
        !number_in_digits(request_parameter(rq, S("use")), 1, MARK_MAX,
                          &wish.use) ||
        !read_colour(colour, &wish.colour) || !mark_size_asked(rq, &file.size))
        return err_new(rq->arena, ERR_NOT_FOUND, "mark.none",
                       ARG_LABEL("scheme", v.file.state->scheme->name));
    wish.certificate = v.file.state->certificate->number;
    wish.today = v.today;
    TRY(mark_use_load(web_app(rq), rq->arena, v.who, &wish, &v.file));
    TRY(draw(&v, wish.colour, &file.svg));
    file.certificate = wish.certificate;
    file.what = name_of(wish.colour);
    file.millimetres = width_of(v.file.state);
    return mark_file_send(rq, rs, &file);
}

/* [MP3] */
static err get_square(struct request *rq, struct response *rs)
{
    struct mark_file file = { .what = "code",
                              .svg = S(""),
                              .millimetres = SQUARE_MM,
                              .pixels = SQUARE_PIXELS,
                              .whole = true };
    struct case_view v;

    TRY(case_view_open(rq, &v));
    if (v.file.state->certificate != NULL && mark_size_asked(rq, &file.size))
        TRY(draw_square(&v, &file.svg));
    if (file.svg.n == 0)
        return err_new(rq->arena, ERR_NOT_FOUND, "life.no_certificate");
    file.certificate = v.file.state->certificate->number;
    return mark_file_send(rq, rs, &file);
}

/* --- uses so far ---------------------------------------------------------- */

static err show_use(const struct case_view *v, const struct mark_state *m,
                    struct page_mark_page_marks *out)
{
    const struct state *s = v->file.state;
    unsigned colours = s->scheme->certificate.mark.colours;

    *out = (struct page_mark_page_marks){
        .number = m->asked->number,
        .place = m->asked->where,
        .words = m->asked->words,
        .since = m->since,
        .note = m->note,
        .usable = mark_may_be_used(s, m->asked->number, v->today),
        .colour = (colours >> MARK_COLOUR & 1) != 0,
        .mono = (colours >> MARK_MONO & 1) != 0,
        .reversed = (colours >> MARK_REVERSED & 1) != 0,
    };
    TRY(answer_id(v->rq, "mark_use.", str_of(mark_use_names[m->asked->use]),
                  &out->use));
    return answer_id(v->rq, "mark.", str_of(mark_names[m->standing]),
                     &out->standing);
}

/* The picture is shown once any use may be made of it. */
static err show_uses(const struct case_view *v, struct page_mark_page *page)
{
    const struct state *s = v->file.state;
    size_t n = (size_t)s->mark_count;
    struct page_mark_page_marks *rows;
    bool any = false;

    CASE_ROWS(v, rows, n);
    for (size_t i = 0; i < n; i++) {
        TRY(show_use(v, &s->marks[i], &rows[i]));
        any = any || rows[i].usable;
    }
    page->marks = rows;
    page->marks_n = n;
    return any ? draw(v, MARK_COLOUR, &page->picture) : OK;
}

/* --- words [MP2] ---------------------------------------------------------- */

static err show_proposals(const struct case_view *v,
                          struct page_mark_page *page)
{
    unsigned uses = v->file.state->scheme->certificate.mark.uses;
    struct page_mark_page_proposals *rows;

    CASE_ROWS(v, rows, MARK_DOCUMENTS + 1);
    for (int i = 0; mark_use_names[i] != NULL; i++) {
        struct page_mark_page_proposals *row = &rows[page->proposals_n];

        if ((uses >> i & 1) == 0)
            continue;
        page->proposals_n++;
        row->number = i + 1;
        TRY(mark_words(v, (enum mark_use)i, &row->words));
        TRY(answer_id(v->rq, "mark_use.", str_of(mark_use_names[i]),
                      &row->use));
    }
    page->proposals = rows;
    return OK;
}

static err ask(const struct case_view *v, struct page_mark_page *page)
{
    err e = case_act_ask(web_app(v->rq), v->rq->arena, v->who, &v->file,
                         v->today, right_find(command_name));

    page->may = !failed(e) && page->usable;
    if (!failed(e) || err_is(e, ERR_DENIED))
        return OK;
    return answer_is_theirs(e) ? answer_words(v->rq, e, &page->why_not) : e;
}

/* --- the page ------------------------------------------------------------- */

static bool is_misused(const struct state *s)
{
    for (int32_t i = 0; i < s->misuse_count; i++) {
        if (s->misuses[i].settled == NULL)
            return true;
    }
    return false;
}

static err show_certificate(const struct case_view *v,
                            struct page_mark_page *page)
{
    const struct state *s = v->file.state;
    const struct page_status_words *words =
        page_status_words(web_status(s->status));

    page->issued = true;
    page->certificate = s->certificate->number;
    page->status = words->status;
    page->style = words->style;
    page->until = s->certificate->until;
    page->usable = s->status == CERTIFICATE_VALID && s->stage != STAGE_ENDED &&
                   v->today <= s->certificate->until;
    page->misuses = is_misused(s);
    page->none = !has_mark(s);
    if (page->none)
        return OK;
    TRY(mark_rules(v->rq, s->scheme, &page->rules));
    TRY(show_uses(v, page));
    TRY(show_proposals(v, page));
    TRY(mark_look_up(v, &page->look_up));
    TRY(draw_square(v, &page->square));
    return ask(v, page);
}

static err get_mark(struct request *rq, struct response *rs)
{
    struct page_mark_page page = { .issued = false };
    struct case_view v;
    struct buf b;

    TRY(case_view_open(rq, &v));
    TRY(case_view_head(&v, TAB_CERTIFICATE, &page.head));
    page.number = v.file.number;
    if (v.file.state->certificate != NULL)
        TRY(show_certificate(&v, &page));
    TRY(visit_work(rq, v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_mark_page_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/mark", RIGHT_IN, BODY_NONE, get_mark },
    { METHOD_GET, "/cases/{number}/mark/square", RIGHT_IN, BODY_NONE,
      get_square },
    { METHOD_GET, "/cases/{number}/mark/{use}/{colour}", RIGHT_IN, BODY_NONE,
      get_artwork },
};

const struct route_table case_mark_routes = { routes, COUNT(routes) };
