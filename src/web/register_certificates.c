/*
 * register_certificates -- the certificates of the body, as its own people look
 * through them: with the case, and with what falls due. [17065 7.8] [M21] [M22]
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/names.h"
#include "web/registers.h"

enum {
    STATUSES = CERTIFICATE_EXPIRED + 1,
    SOON = 90, /* days: what ends within them is asked for by one tick */
};

/* [RG2] */
static const char *const kept[] = { "scheme", "status", "soon" };
static const struct typing typing = { "/certificates", kept, COUNT(kept) };

static struct certificate_wish wish_of(const struct request *rq)
{
    str status = asked(rq, "status");
    struct certificate_wish w = {
        .scheme = asked(rq, "scheme"),
        .status = -1,
        .ends_in = asked(rq, "soon").n > 0 ? SOON : -1,
        .after = asked(rq, "after"),
    };

    for (int32_t i = 0; i < STATUSES; i++) {
        if (str_eq(status, str_of(status_names[i])))
            w.status = i;
    }
    return w;
}

/* --- what there is to choose --------------------------------------------- */

static err list_schemes(struct request *rq, str chosen,
                        struct page_certificates *page)
{
    struct page_certificates_schemes *rows;
    const struct scheme *const *schemes;
    struct list found;

    TRY(web_schemes(rq, &found));
    schemes = found.p;
    REGISTER_ROWS(rq, rows, found.n);
    for (size_t i = 0; i < found.n; i++)
        rows[i] = (struct page_certificates_schemes){
            .value = schemes[i]->id,
            .name = web_label(rq, schemes[i]->name),
            .chosen = str_eq(schemes[i]->id, chosen),
        };
    page->schemes = rows;
    page->schemes_n = found.n;
    return OK;
}

static const struct page_status_words *words_of(enum certificate_status s)
{
    return page_status_words(web_status(s));
}

static err list_statuses(struct request *rq, int32_t chosen,
                         struct page_certificates *page)
{
    struct page_certificates_statuses *rows;

    REGISTER_ROWS(rq, rows, STATUSES);
    for (int32_t i = 0; i < STATUSES; i++)
        rows[i] = (struct page_certificates_statuses){
            .value = str_of(status_names[i]),
            .name = words_of((enum certificate_status)i)->status,
            .chosen = i == chosen,
        };
    page->statuses = rows;
    page->statuses_n = STATUSES;
    return OK;
}

/* --- what was found ------------------------------------------------------ */

static bool runs(enum certificate_status s)
{
    return !status_is_final(s);
}

static struct page_certificates_found_rows row_of(
    const struct request *rq, const struct certificate_line *c, day today)
{
    return (struct page_certificates_found_rows){
        .number = c->number,
        .holder = c->holder,
        .scheme = web_label(rq, c->scheme),
        .level = web_label(rq, c->level),
        .status = words_of(c->status)->status,
        .status_class = words_of(c->status)->style,
        .from = c->from,
        .until = c->until,
        .soon = runs(c->status) && c->until <= today + SOON,
        .case_number = c->case_number,
        .surveyed = runs(c->status) && c->surveillance != DAY_NEVER,
        .surveillance = c->surveillance,
        .late = c->surveillance < today,
    };
}

static err list_rows(struct request *rq, const struct certificate_wish *wish,
                     struct page_certificates_found *page)
{
    day today = faces_today(rq->app);
    const struct certificate_line *line;
    struct page_certificates_found_rows *rows;
    struct overview list;

    TRY(overview_of_certificates(web_app(rq), rq->arena, registers_reader(rq),
                                 today, wish, &list));
    line = list.found.p;
    REGISTER_ROWS(rq, rows, list.found.n);
    for (size_t i = 0; i < list.found.n; i++)
        rows[i] = row_of(rq, &line[i], today);
    page->rows = rows;
    page->rows_n = list.found.n;
    return registers_next(rq, kept, COUNT(kept), list.next, &page->next);
}

static err get_certificates(struct request *rq, struct response *rs)
{
    const struct certificate_wish wish = wish_of(rq);
    struct page_certificates page = { .soon = wish.ends_in >= 0 };
    struct buf b;

    answer_buf(rq, &b);
    TRY(list_rows(rq, &wish, &page.found));
    TRY(typing_count(rq, page.found.rows_n, page.found.next.n > 0,
                     &page.shown.words));
    if (typing_asks(rq)) {
        page_certificates_found_render(&b, web_lang(rq), &page.found);
        return typing_send_part(rq, rs, &b, &typing, page.shown.words);
    }
    registers_tabs(rq, AT_CERTIFICATES, &page.tabs);
    TRY(list_schemes(rq, wish.scheme, &page));
    TRY(list_statuses(rq, wish.status, &page));
    TRY(visit_work(rq, S(""), AT_REGISTERS, &page.work));
    page.work.typing.on = true;
    page_certificates_render(&b, web_lang(rq), &page);
    return typing_send_page(rq, rs, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/certificates", RIGHT_BODY, BODY_NONE, get_certificates },
};

const struct route_table register_certificate_routes = { routes,
                                                         COUNT(routes) };
