/* check_many -- many certificates at once, for programs. [AI10] [M24] */

#include "api/api.h"
#include "base/arena.h"
#include "base/size.h"
#include "codec/json.h"
#include "web/batch_ask.h"
#include "web/saying.h"

struct asking {
    struct request *rq;
    str on;
    bool known;
    enum batch_as as;
    const struct json *rows; /* NULL: the body is a table */
};

static err wrong(struct request *rq, const char *field)
{
    return err_new(rq->arena, ERR_INVALID, "api.field",
                   ARG_STR("field", str_of(field)));
}

/* --- what was asked ------------------------------------------------------- */

static err take_as(struct asking *k, str name)
{
    if (name.n == 0)
        return OK;
    if (batch_as_of(name, &k->as) && k->as != BATCH_AS_PAGE)
        return OK;
    return wrong(k->rq, "as");
}

static err take_query(struct asking *k)
{
    k->as = BATCH_AS_JSON;
    k->on = asked(k->rq, "on");
    k->known = str_eq(asked(k->rq, "known"), S("1"));
    return take_as(k, asked(k->rq, "as"));
}

static bool is_json(const struct request *rq)
{
    return str_begins(request_header(rq, S("Content-Type")),
                      S("application/json"));
}

/* What the body says goes before what the address says. */
static err take_body(struct asking *k, struct arena *a)
{
    const struct json *known;
    struct json *j = NULL;

    if (!is_json(k->rq))
        return OK;
    TRY(json_parse(a, k->rq->body, &j));
    if (j == NULL || j->kind != JSON_OBJECT)
        return wrong(k->rq, "body");
    k->rows = json_get(j, S("rows"));
    if (k->rows == NULL || k->rows->kind != JSON_ARRAY)
        return wrong(k->rq, "rows");
    if (json_get(j, S("on")) != NULL)
        k->on = json_get_str(j, S("on"));
    known = json_get(j, S("known"));
    if (known != NULL && known->kind != JSON_BOOL)
        return wrong(k->rq, "known");
    if (known != NULL)
        k->known = known->boolean;
    return take_as(k, json_get_str(j, S("as")));
}

/* --- rows of the body ------------------------------------------------------
 */

static const char *const columns[BATCH_COLUMNS] = {
    [BATCH_NUMBER] = "number",
    [BATCH_HOLDER] = "holder",
    [BATCH_USCC] = "uscc",
};

static err take_row(struct asking *k, struct batch_done *d,
                    const struct json *given, struct batch_row *row)
{
    bool bare = given->kind == JSON_STR;

    if (!bare && given->kind != JSON_OBJECT)
        return wrong(k->rq, "rows");
    for (int c = 0; c < BATCH_COLUMNS; c++) {
        str cell = bare ? S("") : json_get_str(given, str_of(columns[c]));

        if (bare && c == BATCH_NUMBER)
            cell = given->text;
        TRY(batch_cell(d->arena, cell, (enum batch_column)c, &row->cells[c]));
        d->table.has[c] = d->table.has[c] || row->cells[c].n > 0;
    }
    return OK;
}

/* Rows are counted from 1. */
static err take_rows(struct asking *k, struct batch_done *d)
{
    struct batch_table *t = &d->table;

    if (k->rows->count == 0)
        return err_new(k->rq->arena, ERR_INVALID, "batch.empty");
    if (k->rows->count > BATCH_PUBLIC_ROWS)
        return err_new(k->rq->arena, ERR_LIMIT, "batch.rows",
                       ARG_INT("most", BATCH_PUBLIC_ROWS));
    t->rows = arena_array(d->arena, k->rows->count, sizeof *t->rows);
    TRY_MEMORY(t->rows);
    for (const struct json *j = k->rows->first; j != NULL; j = j->next) {
        struct batch_row *row = &t->rows[t->n++];

        row->line = (int64_t)t->n;
        TRY(take_row(k, d, j, row));
    }
    return OK;
}

static err post_check(struct request *rq, struct response *rs)
{
    scoped(batch_done_end) struct batch_done done = { 0 };
    struct asking k = { .rq = rq };
    struct as_of when;

    TRY(take_query(&k));
    TRY(batch_ask_begin(rq, &done));
    TRY(take_body(&k, done.arena));
    TRY(batch_ask_day(rq, k.on, k.known, &when));
    if (k.rows != NULL)
        TRY(take_rows(&k, &done));
    else
        TRY(batch_ask_read(rq->body, &done));
    TRY(batch_ask_check(rq, &when, &done));
    TRY(batch_ask_send(rq, rs, &done, k.as));
    return response_header(rs, S("Access-Control-Allow-Origin"), S("*"));
}

static const struct route routes[] = {
    { METHOD_POST, "/api/v1/check", RIGHT_PUBLIC, BODY_LONG, post_check },
};

const struct route_table api_check_routes = { routes, COUNT(routes) };
