/*
 * settings -- what holds for the whole body, for its administrators: its facts,
 * the table of subsidies, where complaints go, and the way to all the rest.
 * [17065 4.1.1] [17065 7.13] [M34] [D3]
 *
 *   [WS1] What stands here is what the body has entered: the program asserts no
 *         subsidy and no list of its own (domain/subsidies.h [SU1]).
 *   [WS2] Facts of the body change by commands of its journal (register_do.h);
 *         where it is to be reached is no fact of it, and changes here.
 *   [WS3] What the body said of itself stays, with its day, document and
 *         reason, the newest first (settings_history.c).
 */

#include "base/arena.h"
#include "base/size.h"
#include "http/form.h"
#include "service/body_cases.h"
#include "service/body_contact.h"
#include "service/mail_settings.h"
#include "service/records_held_room.h"
#include "web/register_do.h"
#include "web/settings_history.h"

enum { MEGABYTE = 1 << 20, OUTSIDE_MOST = 200 };

static const struct session *session_of(const struct request *rq)
{
    return &web_visit(rq)->who.session;
}

/* --- facts of the body -------------------------------------------------------
 */

static err list_fields(struct request *rq, const struct body *body,
                       struct page_settings *page)
{
    struct page_settings_fields *rows =
        arena_array(rq->arena, body->field_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < body->field_count; i++)
        rows[i].code = body->fields[i];
    page->fields = rows;
    page->fields_n = body->field_count;
    return OK;
}

/* One that is over stays in the table until somebody takes it out; it is shown
 * to nobody else. [WS1] */
static err list_subsidies(struct request *rq, const struct subsidy_list *list,
                          struct page_settings *page)
{
    size_t n = list == NULL ? 0 : list->subsidies.n;
    const struct subsidy *x = list == NULL ? NULL : list->subsidies.p;
    struct page_settings_subsidies *rows =
        arena_array(rq->arena, n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct page_settings_subsidies){
            .place = x[i].place,
            .programme = x[i].programme,
            .amount = x[i].amount,
            .document = x[i].document,
            .until = x[i].until,
            .over = x[i].until < faces_today(rq->app),
        };
    page->subsidies = rows;
    page->subsidies_n = n;
    return OK;
}

static err list_outside(struct request *rq, struct page_settings *page)
{
    struct page_settings_outside *rows;
    const struct body_outside *x;
    struct list found;

    TRY(body_cases_outside(web_app(rq), rq->arena, faces_today(rq->app),
                           OUTSIDE_MOST, &found));
    x = found.p;
    rows = arena_array(rq->arena, found.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < found.n; i++)
        rows[i] = (struct page_settings_outside){
            web_label(rq, x[i].scheme),
            x[i].field,
            (int64_t)x[i].numbers.n,
            x[i].more,
        };
    page->outside = rows;
    page->outside_n = found.n;
    return OK;
}

static err show_body(struct request *rq, struct page_settings *page)
{
    const struct body *body = NULL;

    TRY(web_body(rq, &body));
    const struct approved_list *approved;
    struct register_view v;

    TRY(registers_view(web_app(rq), rq->arena, session_of(rq),
                       faces_today(rq->app), S("body"), &v));
    approved = v.entry.approved;
    page->uscc = body->uscc;
    page->accreditation = body->accreditation;
    page->seat = body->address;
    page->seat_phone = body->phone;
    page->name = body->name_zh;
    page->name_en = body->name_en;
    page->approval_number = body->approval;
    page->demonstration = body->demonstration;
    page->approved = approved == NULL ? 0 : (int64_t)approved->bodies.n;
    page->approved_source = approved == NULL ? S("") : approved->source;
    TRY(list_fields(rq, body, page));
    TRY(list_subsidies(rq, v.entry.subsidies, page));
    TRY(list_outside(rq, page));
    TRY(settings_history(rq, page));
    return register_acts(rq, "body", S(""), &page->acts);
}

/* --- what else holds
 * ----------------------------------------------------------- */

static err show_calendar(struct request *rq, struct page_settings *page)
{
    const struct calendar *calendar = app_calendar(web_app(rq));
    int32_t first;
    int32_t last;

    calendar_years(calendar, &first, &last);
    page->year_first = first;
    page->year_last = last;
    page->calendar_source = calendar_source(calendar, last);
    page->file_most = CASE_FILE_MAX / MEGABYTE;
    return OK;
}

static err show_mail(struct request *rq, struct page_settings *page)
{
    struct mail_settings s;
    err e = mail_settings_show(web_app(rq), rq->arena, session_of(rq), &s);

    page->mails = !failed(e);
    return err_is(e, ERR_NOT_FOUND) ? OK : e;
}

/* What files of service records take of the disk. */
static err show_held(struct request *rq, struct page_settings *page)
{
    struct held_room room;

    TRY(held_room_get(web_app(rq), rq->arena, &room));
    page->held_taken = (room.taken + MEGABYTE - 1) / MEGABYTE;
    page->held_most = room.gigabytes;
    return OK;
}

/* --- where it is to be reached [WS2]
 * -------------------------------------------- */

static void set_contact(const struct body_contact *c,
                        struct page_settings *page)
{
    page->address = c->address;
    page->phone = c->phone;
    page->mail = c->mail;
    page->complaint_phone = c->complaint_phone;
    page->complaint_mail = c->complaint_mail;
}

static err show_page(struct request *rq, struct response *rs, int status,
                     struct page_settings *page)
{
    struct buf b;

    page->tabs.at_settings = true;
    page->token = web_visit(rq)->token;
    TRY(show_body(rq, page));
    TRY(show_calendar(rq, page));
    TRY(show_mail(rq, page));
    TRY(show_held(rq, page));
    TRY(visit_work(rq, S(""), AT_PEOPLE, &page->work));
    answer_buf(rq, &b);
    page_settings_render(&b, web_lang(rq), page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_settings(struct request *rq, struct response *rs)
{
    struct page_settings page = { .problem = S("") };
    struct body_contact c;
    str word = S("");

    (void)form_get(&rq->query, S("done"), &word);
    page.done = str_eq(word, S("contact")) ? "settings.done_contact" : NULL;
    TRY(body_contact_get(web_app(rq), rq->arena, &c));
    set_contact(&c, &page);
    return show_page(rq, rs, 200, &page);
}

static err post_contact(struct request *rq, struct response *rs)
{
    struct page_settings page = { .problem = S("") };
    const struct body_contact c = {
        .address = answer_field(rq, S("address")),
        .phone = answer_field(rq, S("phone")),
        .mail = answer_field(rq, S("mail")),
        .complaint_phone = answer_field(rq, S("complaint-phone")),
        .complaint_mail = answer_field(rq, S("complaint-mail")),
    };
    err e = body_contact_set(web_app(rq), rq->arena, session_of(rq), &c);

    if (!failed(e))
        return respond_redirect(rs, 303, S("/settings?done=contact"));
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &page.problem));
    set_contact(&c, &page);
    return show_page(rq, rs, answer_status(e), &page);
}

static const struct route routes[] = {
    { METHOD_GET, "/settings", RIGHT_ADMIN, BODY_NONE, get_settings },
    { METHOD_POST, "/settings/contact", RIGHT_ADMIN, BODY_FORM, post_contact },
};

const struct route_table settings_routes = { routes, COUNT(routes) };
