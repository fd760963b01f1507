/*
 * report -- anybody reports that a certificate or the mark is used as it should
 * not be: where, what, when, and if they like who they are.  [17065 4.1.3]
 * [17065 7.13] [认证证书和认证标志管理办法]
 *
 *   [WM1] Nobody has to come in, and nothing needs a script; how often one
 *         network may report web/limiter says.
 *   [WM2] What is wrong is said of each field beside it, and over the form with
 *         the way there; all that was typed is still there.
 *   [WM3] The receipt's page says what its address says and what happens next,
 *         and looks nothing up: it tells nobody what was reported.
 */

#include "web/report.h"

#include "base/arena.h"
#include "base/size.h"
#include "web/answer.h"
#include "web/saying.h"

enum { ADDRESS_MOST = 100 };

/* By enum report_field: names of the form, which are ids of the page. */
static const char *const names[REPORT_FIELDS] = {
    [REPORT_KIND] = "kind",       [REPORT_CERTIFICATE] = "certificate",
    [REPORT_PLACE] = "place",     [REPORT_SEEN] = "seen",
    [REPORT_WORDS] = "words",     [REPORT_NAME] = "name",
    [REPORT_CONTACT] = "contact",
};

const char *report_kind_id(enum report_kind kind)
{
    static const char *const ids[REPORT_KINDS] = {
        [REPORT_AFTER_END] = "report_kind.after_end",
        [REPORT_OUTSIDE_SCOPE] = "report_kind.outside_scope",
        [REPORT_ALTERED] = "report_kind.altered",
        [REPORT_OF_ANOTHER] = "report_kind.of_another",
        [REPORT_OTHER] = "report_kind.other",
    };

    return ids[kind];
}

/* --- what was typed ------------------------------------------------------- */

static str typed(const struct request *rq, enum report_field f)
{
    return answer_field(rq, str_of(names[f]));
}

static int32_t kind_of(str name)
{
    for (int32_t i = 0; i < REPORT_KINDS; i++) {
        if (str_eq(name, str_of(report_kind_names[i])))
            return i;
    }
    return -1;
}

static struct report_wish wish_of(const struct request *rq)
{
    str seen = typed(rq, REPORT_SEEN);
    struct report_wish w = {
        .kind = kind_of(typed(rq, REPORT_KIND)),
        .certificate = typed(rq, REPORT_CERTIFICATE),
        .place = typed(rq, REPORT_PLACE),
        .seen = DAY_NEVER,
        .words = typed(rq, REPORT_WORDS),
        .name = typed(rq, REPORT_NAME),
        .contact = typed(rq, REPORT_CONTACT),
    };

    w.seen_wrong = seen.n > 0 && !day_parse(seen, &w.seen);
    return w;
}

/* --- the form [WM2] ------------------------------------------------------- */

static err list_kinds(struct request *rq, int32_t chosen,
                      struct page_report *page)
{
    struct page_report_kinds *rows =
        arena_array(rq->arena, REPORT_KINDS, sizeof *rows);

    TRY_MEMORY(rows);
    for (int32_t i = 0; i < REPORT_KINDS; i++)
        rows[i] = (struct page_report_kinds){
            .value = str_of(report_kind_names[i]),
            .name = report_kind_id((enum report_kind)i),
            .chosen = i == chosen,
        };
    page->kinds = rows;
    page->kinds_n = REPORT_KINDS;
    return OK;
}

/* Where the page says what is wrong with a field. */
static str *wrong_of(struct page_report *page, enum report_field f)
{
    str *const at[REPORT_FIELDS] = {
        [REPORT_KIND] = &page->kind_wrong,
        [REPORT_CERTIFICATE] = &page->certificate_wrong,
        [REPORT_PLACE] = &page->place_wrong,
        [REPORT_SEEN] = &page->seen_wrong,
        [REPORT_WORDS] = &page->words_wrong,
        [REPORT_NAME] = &page->name_wrong,
        [REPORT_CONTACT] = &page->contact_wrong,
    };

    return at[f];
}

static err list_problems(struct request *rq, const struct report_problems *p,
                         struct page_report *page)
{
    struct page_report_problems *rows =
        arena_array(rq->arena, p->n, sizeof *rows);

    TRY_MEMORY(rows);
    for (enum report_field f = 0; f < REPORT_FIELDS; f++) {
        if (!failed(p->of[f]))
            continue;
        str *wrong = wrong_of(page, f);

        TRY(answer_words(rq, p->of[f], wrong));
        rows[page->problems_n++] =
            (struct page_report_problems){ str_of(names[f]), *wrong };
    }
    page->problems = rows;
    return OK;
}

static err today_text(struct request *rq, str *out)
{
    char today[DAY_TEXT];

    TRY_MEMORY(
        arena_str(rq->arena, day_text(faces_today(rq->app), today), out));
    return OK;
}

static err show(struct request *rq, struct response *rs,
                struct page_report *page, int32_t kind)
{
    struct buf b;

    page->token = web_visit(rq)->token;
    TRY(today_text(rq, &page->today));
    TRY(list_kinds(rq, kind, page));
    TRY(web_base(rq, S(""), &page->base));
    web_about(rq, "reports.lead", &page->base);
    answer_buf(rq, &b);
    page_report_render(&b, web_lang(rq), page);
    return web_send(rq, rs, page->problems_n > 0 ? 422 : 200, &b, NULL);
}

static err get_report(struct request *rq, struct response *rs)
{
    struct page_report page = { .certificate = asked(rq, "certificate") };

    return show(rq, rs, &page, -1);
}

static err show_wrong(struct request *rq, struct response *rs,
                      const struct report_wish *wish,
                      const struct report_problems *problems)
{
    struct page_report page = {
        .certificate = wish->certificate,
        .place = wish->place,
        .seen = typed(rq, REPORT_SEEN),
        .words = wish->words,
        .name = wish->name,
        .contact = wish->contact,
    };

    TRY(list_problems(rq, problems, &page));
    return show(rq, rs, &page, wish->kind);
}

static err go_to_receipt(struct request *rq, struct response *rs, str number)
{
    struct buf b;
    str address;

    buf_init(&b, rq->arena, ADDRESS_MOST);
    buf_str(&b, S("/report/"));
    buf_str(&b, number);
    TRY(buf_done(&b, &address));
    return respond_redirect(rs, 303, address);
}

static err post_report(struct request *rq, struct response *rs)
{
    const struct report_wish wish = wish_of(rq);
    day today = faces_today(rq->app);
    struct report_problems problems;
    str number;

    reports_check(rq->arena, &wish, today, &problems);
    if (problems.n > 0)
        return show_wrong(rq, rs, &wish, &problems);
    TRY(reports_file(web_app(rq), rq->arena, &wish, today, &number));
    return go_to_receipt(rq, rs, number);
}

/* --- the receipt [WM3] ---------------------------------------------------- */

static err get_received(struct request *rq, struct response *rs)
{
    struct page_report_received page = {
        .number = request_parameter(rq, S("number"))
    };
    struct buf b;

    if (!reports_is_number(page.number))
        return err_new(rq->arena, ERR_NOT_FOUND, "http.no_address");
    TRY(web_base(rq, S(""), &page.base));
    answer_buf(rq, &b);
    page_report_received_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/report", RIGHT_ANYONE, BODY_NONE, get_report },
    { METHOD_POST, "/report", RIGHT_ANYONE, BODY_FORM, post_report },
    { METHOD_GET, "/report/{number}", RIGHT_PUBLIC, BODY_NONE, get_received },
};

const struct route_table report_routes = { routes, COUNT(routes) };
