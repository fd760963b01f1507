/*
 * case_customers -- the list of customers a sample is drawn of, checked before
 * it is committed to. [M16]
 *
 *   [CU1] The enterprise checks its list, and so does the audit team that got
 *         it; nobody else has one to check.
 *   [CU2] A list is read, shown in part and masked, and gone with the answer:
 *         nothing of it is kept (service/customer_list.h [KL5]).  So nothing is
 *         changed by a bad one, nor by a good one.
 *   [CU3] Whoever may commit to it does so with the hash and the number of rows
 *         that were just found, in the form of the command (case_do.c).
 *   [CU4] Once it is committed to, the page says whether a list is that one.
 */

#include "base/arena.h"
#include "base/hex.h"
#include "base/size.h"
#include "domain/rights.h"
#include "domain/sampling.h"
#include "service/case_acts.h"
#include "service/customer_list.h"
#include "web/case_page.h"

enum { BESIDE = 1 << 17 };

static const char command_name[] = "sample.commit";

struct checking {
    struct case_view view;
    const struct customer_list *list; /* NULL: none was sent */
    bool may_commit;
    str problem;
};

/* [CU1] */
static err begin(struct request *rq, struct checking *c)
{
    const struct case_view *v = &c->view;
    const struct right *commit = right_find(command_name);

    TRY(case_view_open(rq, &c->view));
    err e = case_act_ask(web_app(rq), rq->arena, v->who, &v->file, v->today,
                         commit);
    c->may_commit = !failed(e);
    if (c->may_commit || v->owner)
        return OK;
    return case_act_prepare(web_app(rq), rq->arena, v->who, &v->file, v->today,
                            commit);
}

/* --- what was found ------------------------------------------------------- */

static const char *const column_ids[CUSTOMER_COLUMNS] = {
    [CUSTOMER_NAME] = "customers_page.name",
    [CUSTOMER_PHONE] = "customers_page.phone",
    [CUSTOMER_PRODUCT] = "customers_page.product",
    [CUSTOMER_DATE] = "customers_page.date",
    [CUSTOMER_OUTLET] = "customers_page.outlet",
};

static const char *const encoding_ids[] = {
    [CUSTOMER_UTF8] = "customers_page.utf8",
    [CUSTOMER_UTF16] = "customers_page.utf16",
    [CUSTOMER_GB18030] = "customers_page.gb18030",
    [CUSTOMER_WORKBOOK] = "customers_page.workbook",
};

static err show_columns(const struct checking *c, struct page_customers *page)
{
    struct page_customers_columns *rows;

    CASE_ROWS(&c->view, rows, CUSTOMER_COLUMNS);
    for (int i = 0; i < CUSTOMER_COLUMNS; i++)
        rows[i] = (struct page_customers_columns){ column_ids[i],
                                                   c->list->columns[i] };
    page->columns = rows;
    page->columns_n = CUSTOMER_COLUMNS;
    return OK;
}

static int64_t line_of(err e)
{
    for (const struct err_arg *x = e.info->args; x->name != NULL; x++) {
        if (str_eq(str_of(x->name), S("line")))
            return x->number;
    }
    return 0;
}

static err show_problems(const struct checking *c, struct page_customers *page)
{
    const struct customer_list *l = c->list;
    struct page_customers_problems *rows;

    CASE_ROWS(&c->view, rows, l->problem_count);
    for (size_t i = 0; i < l->problem_count; i++) {
        rows[i].line = line_of(l->problems[i]);
        TRY(answer_words(c->view.rq, l->problems[i], &rows[i].why));
    }
    page->problems = rows;
    page->problems_n = l->problem_count;
    page->more_bad = l->bad - (int64_t)l->problem_count;
    return OK;
}

static err show_first(const struct checking *c, struct page_customers *page)
{
    const struct customer_list *l = c->list;
    struct page_customers_shown *rows;

    CASE_ROWS(&c->view, rows, l->shown_count);
    for (size_t i = 0; i < l->shown_count; i++)
        rows[i] = (struct page_customers_shown){
            l->shown[i].name,
            l->shown[i].phone,
            l->shown[i].product,
            l->shown[i].date,
        };
    page->shown = rows;
    page->shown_n = l->shown_count;
    return OK;
}

static str separator_text(char c)
{
    return c == '\t'  ? S("TAB")
           : c == ';' ? S(";")
           : c == '|' ? S("|")
                      : S(",");
}

/* [CU4] */
static void hold_against(const struct checking *c, struct page_customers *page)
{
    const struct sample_commitment *x = c->view.file.state->sample.commitment;

    page->committed = x != NULL;
    page->same = x != NULL && x->size == c->list->rows &&
                 hash_eq(&x->list, &c->list->hash);
}

static err show_list(const struct checking *c, struct page_customers *page)
{
    const struct customer_list *l = c->list;

    if (l == NULL)
        return OK;
    page->checked = true;
    page->good = l->bad == 0;
    page->rows = l->rows;
    page->bad = l->bad;
    page->repeated = l->repeated;
    page->encoding = encoding_ids[l->encoding];
    page->separator =
        l->encoding == CUSTOMER_WORKBOOK ? S("") : separator_text(l->separator);
    page->commits = page->good && c->may_commit;
    page->wanted = sampling_wanted(c->view.file.state);
    hold_against(c, page);
    TRY(hex_text(c->view.rq->arena, l->hash.b, sizeof l->hash.b, &page->hash));
    TRY(show_columns(c, page));
    TRY(show_problems(c, page));
    return show_first(c, page);
}

/* --- the page ------------------------------------------------------------- */

/* [CU3] */
static err show_commit(const struct checking *c, struct page_customers *page)
{
    page->version = c->view.file.state->version;
    TRY(command_form_new_text(c->view.rq, &page->command_id));
    return case_view_address(&c->view, "/do/sample.commit", &page->commit_way);
}

static err show(const struct checking *c, struct response *rs, int status)
{
    struct request *rq = c->view.rq;
    struct page_customers page = {
        .number = c->view.file.number,
        .enterprise = c->view.file.enterprise.name,
        .token = web_visit(rq)->token,
        .problem = c->problem,
        .none = !c->view.file.state->scheme->sample.used,
    };
    struct buf b;

    TRY(case_view_address(&c->view, "/customers", &page.way));
    TRY(show_list(c, &page));
    TRY(show_commit(c, &page));
    TRY(visit_work(rq, c->view.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_customers_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_customers(struct request *rq, struct response *rs)
{
    struct checking c = { .list = NULL };

    TRY(begin(rq, &c));
    return show(&c, rs, 200);
}

/* --- a list that is sent [CU2] -------------------------------------------- */

static err read_list(const struct checking *c, struct customer_list *out)
{
    struct request *rq = c->view.rq;
    const struct upload_file *file = upload_get(&rq->upload, S("file"));
    struct arena *roomy;

    if (file == NULL || (file->name.n == 0 && file->bytes.n == 0))
        return err_new(rq->arena, ERR_INVALID, "case.file_none");
    if (file->bytes.n > CUSTOMER_FILE_MAX)
        return err_new(rq->arena, ERR_LIMIT, "customers.size",
                       ARG_INT("most", CUSTOMER_FILE_MAX >> 20));
    TRY(request_arena_for(rq, customer_list_room(file->bytes) + BESIDE,
                          &roomy));
    return customer_list_read(roomy, file->bytes, c->view.today, out);
}

static err send_list(const struct checking *c, struct response *rs)
{
    respond(rs, 200, S("text/csv; charset=utf-8"), c->list->text);
    response_cache(rs, S("no-store"));
    return response_header(rs, S("Content-Disposition"),
                           S("attachment; filename=\"customers.csv\""));
}

static err post_customers(struct request *rq, struct response *rs)
{
    struct checking c = { .list = NULL };
    struct customer_list found = { .rows = 0 };

    TRY(begin(rq, &c));
    err e = read_list(&c, &found);
    if (failed(e)) {
        if (!answer_is_theirs(e))
            return e;
        TRY(answer_words(rq, e, &c.problem));
        return show(&c, rs, answer_status(e));
    }
    c.list = &found;
    if (found.bad > 0)
        return show(&c, rs, 422);
    if (str_eq(answer_field(rq, S("act")), S("list")))
        return send_list(&c, rs);
    return show(&c, rs, 200);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/customers", RIGHT_IN, BODY_NONE,
      get_customers },
    { METHOD_POST, "/cases/{number}/customers", RIGHT_IN, BODY_UPLOAD,
      post_customers },
};

const struct route_table case_customer_routes = { routes, COUNT(routes) };
