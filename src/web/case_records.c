/*
 * case_records -- the room of service records of a case: the files that are
 * held, handing one in, deleting one. [RH2] [RH5]
 *
 *   [WL1] What becomes of customers' names is said before anybody chooses a
 *         file, and until when a file is held beside each.
 *   [WL2] Nothing is deleted by a link: a page of its own asks first.
 */

#include "web/case_records.h"

#include "base/arena.h"
#include "base/size.h"
#include "http/percent.h"

enum { ADDRESS_MOST = 400 };

/* --- opening [WR1] ------------------------------------------------------- */

err records_view_case(struct request *rq, struct records_view *x)
{
    *x = (struct records_view){ .id = S("") };
    TRY(case_view_open(rq, &x->v));
    if (!x->v.owner && !x->v.papers)
        return err_new(rq->arena, ERR_NOT_FOUND, "case.missing",
                       ARG_STR("ref", request_parameter(rq, S("number"))));
    x->of = (struct held_of){ x->v.who, &x->v.file, x->v.today };
    return OK;
}

err records_view_file(struct request *rq, struct records_view *x)
{
    str given = request_parameter(rq, S("id"));
    id file = { 0 };

    TRY(records_view_case(rq, x));
    if (!id_parse(given, &file))
        return err_new(rq->arena, ERR_NOT_FOUND, "records.held_missing");
    x->id = given;
    return held_look(web_app(rq), rq->arena, &x->of, file, &x->held);
}

err records_way(const struct records_view *x, const char *more, str *out)
{
    struct buf b;

    buf_init(&b, x->v.rq->arena, ADDRESS_MOST);
    buf_str(&b, S("/cases/"));
    percent_encode(&b, x->v.file.number);
    buf_str(&b, S("/records"));
    if (x->id.n > 0) {
        buf_char(&b, '/');
        percent_encode(&b, x->id);
    }
    buf_str(&b, str_of(more));
    return buf_done(&b, out);
}

void records_counted_end(struct records_counted *c)
{
    if (c->c != NULL)
        held_give(c->app, &c->c);
}

err records_counted(const struct records_view *x, struct response *rs,
                    struct records_counted *out)
{
    struct request *rq = x->v.rq;
    str way;

    out->app = web_app(rq);
    out->c = NULL;
    err e = x->held.state == HELD_COUNTED || x->held.state == HELD_COUNTING
                ? held_counted(out->app, rq->arena, &x->of, x->held.id, &out->c)
                : err_new(rq->arena, ERR_BUSY, "records.counting");
    if (!failed(e))
        return OK;
    if (!answer_is_theirs(e))
        return e;
    TRY(records_way(x, "", &way));
    return respond_redirect(rs, 302, way);
}

/* --- the list ------------------------------------------------------------ */

static const struct {
    const char *id;
    const char *style; /* of its badge */
} states[] = {
    [HELD_ARRIVING] = { "records_page.arriving", "pending" },
    [HELD_COUNTING] = { "records_page.counting", "pending" },
    [HELD_COUNTED] = { "records_page.counted", "valid" },
    [HELD_REFUSED] = { "records_page.refused", "withdrawn" },
};

static err show_file(const struct records_view *x, const struct held_file *f,
                     struct page_case_records_files *out)
{
    struct request *rq = x->v.rq;
    char text[ID_TEXT];

    *out = (struct page_case_records_files){
        .name = f->name,
        .bytes = f->size,
        .arrived = f->arrived,
        .arrives = f->state == HELD_ARRIVING,
        .on = day_of_micros(f->at),
        .who = case_view_name(&x->v, f->by),
        .until = f->until,
        .state = states[f->state].id,
        .style = str_of(states[f->state].style),
    };
    TRY_MEMORY(arena_str(rq->arena, id_text(f->id, text), &out->id));
    if (f->state == HELD_REFUSED)
        TRY(records_say_why(rq, f, &out->why));
    return case_view_size(&x->v, f->size, &out->size);
}

static err show_files(const struct records_view *x,
                      struct page_case_records *page)
{
    struct page_case_records_files *rows;
    const struct held_file *files;
    struct list found;

    TRY(held_list(web_app(x->v.rq), x->v.rq->arena, &x->of, &found));
    files = found.p;
    CASE_ROWS(&x->v, rows, found.n);
    for (size_t i = 0; i < found.n; i++)
        TRY(show_file(x, &files[i], &rows[i]));
    page->files = rows;
    page->files_n = found.n;
    return OK;
}

err records_list_show(const struct records_view *x, struct response *rs,
                      int status, str problem)
{
    struct request *rq = x->v.rq;
    struct page_case_records page = {
        .number = x->v.file.number,
        .token = web_visit(rq)->token,
        .may = held_may_hand_in(&x->of),
        .owner = x->v.owner,
        .problem = problem,
        .days = HELD_DAYS,
    };
    struct buf b;

    TRY(case_view_room(&x->v, TAB_RECORDS, &page.head));
    TRY(show_files(x, &page));
    TRY(visit_work(rq, x->v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_records_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_list(struct request *rq, struct response *rs)
{
    struct records_view x;

    TRY(records_view_case(rq, &x));
    return records_list_show(&x, rs, 200, S(""));
}

/* --- handing in, all at once --------------------------------------------- */

static err take(struct records_view *x, id *out)
{
    struct request *rq = x->v.rq;
    const struct upload_file *file = upload_get(&rq->upload, S("file"));

    if (file == NULL || (file->name.n == 0 && file->bytes.n == 0))
        return err_new(rq->arena, ERR_INVALID, "case.file_none");
    return held_take(web_app(rq), rq->arena, &x->of, file->name, file->bytes,
                     out);
}

static err go_to_file(struct records_view *x, id file, struct response *rs)
{
    char text[ID_TEXT];
    str way;

    x->id = id_text(file, text);
    TRY(records_way(x, "", &way));
    return respond_redirect(rs, 303, way);
}

static err post_list(struct request *rq, struct response *rs)
{
    struct records_view x;
    str problem;
    id file;

    TRY(records_view_case(rq, &x));
    err e = take(&x, &file);
    if (!failed(e))
        return go_to_file(&x, file, rs);
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &problem));
    return records_list_show(&x, rs, answer_status(e), problem);
}

/* --- deleting [WL2] ------------------------------------------------------ */

static err show_drop(const struct records_view *x, struct response *rs)
{
    struct request *rq = x->v.rq;
    struct page_case_records_drop page = {
        .number = x->v.file.number,
        .id = x->id,
        .name = x->held.name,
        .until = x->held.until,
        .token = web_visit(rq)->token,
        .may = held_may_hand_in(&x->of),
    };
    struct buf b;

    TRY(case_view_room(&x->v, TAB_RECORDS, &page.head));
    TRY(visit_work(rq, x->v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_records_drop_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static err get_drop(struct request *rq, struct response *rs)
{
    struct records_view x;

    TRY(records_view_file(rq, &x));
    return show_drop(&x, rs);
}

static err post_drop(struct request *rq, struct response *rs)
{
    struct records_view x;
    str way;

    TRY(records_view_file(rq, &x));
    TRY(held_drop(web_app(rq), rq->arena, &x.of, x.held.id));
    x.id = S("");
    TRY(records_way(&x, "", &way));
    return respond_redirect(rs, 303, way);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/records", RIGHT_IN, BODY_NONE, get_list },
    { METHOD_POST, "/cases/{number}/records", RIGHT_IN, BODY_UPLOAD,
      post_list },
    { METHOD_GET, "/cases/{number}/records/{id}/delete", RIGHT_IN, BODY_NONE,
      get_drop },
    { METHOD_POST, "/cases/{number}/records/{id}/delete", RIGHT_IN, BODY_FORM,
      post_drop },
};

const struct route_table case_record_routes = { routes, COUNT(routes) };
