/* records -- files of service records for the enterprise's own programs. [AI5]
 * [AI6] */

#include "api/answer.h"
#include "api/api.h"
#include "api/records_json.h"
#include "base/arena.h"
#include "base/size.h"
#include "codec/json.h"
#include "service/records_json.h"
#include "service/records_words.h"
#include "web/parts.h"
#include "web/saying.h"
#include "web/visit.h"

enum {
    ANSWER_MAX = 4 << 20,
    FIGURES_MAX = 16 << 20, /* with the groups of a kind */
    FIGURES_ROOM = 64 << 20,
};

#define JSON_TYPE "application/json; charset=utf-8"

static const struct api_range any = { 0, INT64_MAX };

/* A request, with its case as whoever asks has it. */
struct asking {
    struct held_of of;
    struct case_file file;
    id held; /* zero: the case's list */
};

static err load_case(struct request *rq, struct asking *k)
{
    const struct faces *f = rq->app;
    const struct session *who = &web_visit(rq)->who.session;

    TRY(cases_load(web_app(rq), rq->arena, who, request_parameter(rq, S("ref")),
                   &k->file));
    k->of = (struct held_of){ who, &k->file, f->today };
    return OK;
}

static err load_held(struct request *rq, struct asking *k)
{
    TRY(load_case(rq, k));
    if (!id_parse(request_parameter(rq, S("file")), &k->held))
        return err_new(rq->arena, ERR_NOT_FOUND, "records.held_missing");
    return OK;
}

static err send(struct request *rq, struct response *rs, int status,
                const struct json *j)
{
    const struct api_body body = { JSON_TYPE, j, ANSWER_MAX };

    return api_send(rq->arena, rs, status, &body);
}

/* --- what a request says -------------------------------------------------- */

/* ?by=outlet; the whole where nothing is said. */
static err query_kind(struct request *rq, enum figure_group *out)
{
    str given = S("");

    *out = GROUP_WHOLE;
    if (!form_get(&rq->query, S("by"), &given))
        return OK;
    for (int g = 0; g < GROUP_COUNT; g++) {
        if (!str_eq(given, str_of(records_group_word((enum figure_group)g))))
            continue;
        *out = (enum figure_group)g;
        return OK;
    }
    return api_bad_field(rq, "by");
}

static err body_object(struct request *rq, const struct json **out)
{
    struct json *j = NULL;

    TRY(json_parse(rq->arena, rq->body, &j));
    if (j == NULL || j->kind != JSON_OBJECT)
        return api_bad_field(rq, "body");
    *out = j;
    return OK;
}

/* --- the list ------------------------------------------------------------- */

static err get_list(struct request *rq, struct response *rs)
{
    struct json *j = json_new_object(rq->arena);
    struct json *files = json_new_array(rq->arena);
    struct asking k = { 0 };
    struct list all;

    TRY(load_case(rq, &k));
    TRY(held_list(web_app(rq), rq->arena, &k.of, &all));
    const struct held_file *f = all.p;
    for (size_t i = 0; i < all.n; i++) {
        struct json *one;

        TRY(api_held_json(rq->arena, web_lang(rq), &f[i], &one));
        json_add(files, one);
    }
    json_set(j, S("records"), files);
    json_set(j, S("may_hand_in"),
             json_new_bool(rq->arena, held_may_hand_in(&k.of)));
    json_set_str(rq->arena, j, "token", web_visit(rq)->token);
    return send(rq, rs, 200, j);
}

/* --- handing in ----------------------------------------------------------- */

static err begin(struct request *rq, struct response *rs)
{
    struct json *j = json_new_object(rq->arena);
    const struct json *said = NULL;
    const struct json *size;
    struct asking k = { 0 };
    char text[ID_TEXT];

    TRY(load_case(rq, &k));
    TRY(body_object(rq, &said));
    size = json_get(said, S("size"));
    if (size == NULL || size->kind != JSON_INT)
        return api_bad_field(rq, "size");
    TRY(held_begin(web_app(rq), rq->arena, &k.of, json_get_str(said, S("name")),
                   size->number, &k.held));
    json_set_str(rq->arena, j, "id", id_text(k.held, text));
    return send(rq, rs, 201, j);
}

static err send_state(struct request *rq, struct response *rs, int status,
                      const struct asking *k)
{
    struct held_file f;
    struct json *j;

    TRY(held_look(web_app(rq), rq->arena, &k->of, k->held, &f));
    TRY(api_held_json(rq->arena, web_lang(rq), &f, &j));
    return send(rq, rs, status, j);
}

/* What there is now. */
static err send_held(struct request *rq, struct response *rs,
                     const struct asking *k)
{
    return send_state(rq, rs, 200, k);
}

/* 202 where it has to be counted first, with how far it is. */
static err or_counting(struct request *rq, struct response *rs,
                       const struct asking *k, err e)
{
    return err_is(e, ERR_BUSY) ? send_state(rq, rs, 202, k) : e;
}

static err put_piece(struct request *rq, struct response *rs)
{
    struct asking k = { 0 };
    int64_t at = -1;

    TRY(load_held(rq, &k));
    TRY(api_query_number(rq, "at", &any, &at));
    if (at < 0)
        return api_bad_field(rq, "at");
    TRY(held_piece(web_app(rq), rq->arena, &k.of, k.held, at, rq->body));
    return send_held(rq, rs, &k);
}

static err finish(struct request *rq, struct response *rs)
{
    struct asking k = { 0 };

    TRY(load_held(rq, &k));
    TRY(held_finish(web_app(rq), rq->arena, &k.of, k.held));
    return send_held(rq, rs, &k);
}

static err drop(struct request *rq, struct response *rs)
{
    struct asking k = { 0 };

    TRY(load_held(rq, &k));
    TRY(held_drop(web_app(rq), rq->arena, &k.of, k.held));
    respond(rs, 204, S(""), S(""));
    return OK;
}

/* --- looking -------------------------------------------------------------- */

static err send_figures(struct arena *a, struct response *rs,
                        const struct held_counted *c, enum figure_group by,
                        struct json *j)
{
    const struct api_body body = { JSON_TYPE, j, FIGURES_MAX };
    struct json *figures;

    TRY(records_figures_json(a, &c->file, c->figures, by, &figures));
    json_set(j, S("read"), records_file_json(a, &c->file, &c->period));
    json_set(j, S("figures"), figures);
    return api_send(a, rs, 200, &body);
}

/* With figures where there are any; whoever looks does not wait. [RH4] */
static err send_counted(struct request *rq, struct response *rs,
                        const struct asking *k, enum figure_group by)
{
    const struct held_counted *c = NULL;
    struct arena *a;
    struct held_file f = { .state = HELD_ARRIVING };
    struct json *j;

    err e = held_counted(web_app(rq), rq->arena, &k->of, k->held, &c);
    if (err_is(e, ERR_BUSY))
        return send_held(rq, rs, k);
    TRY(e);
    e = request_arena_for(rq, FIGURES_ROOM, &a);
    if (!failed(e))
        e = held_look(web_app(rq), a, &k->of, k->held, &f);
    if (!failed(e))
        e = api_held_json(a, web_lang(rq), &f, &j);
    if (!failed(e))
        e = send_figures(a, rs, c, by, j);
    held_give(web_app(rq), &c);
    return e;
}

static err get_held(struct request *rq, struct response *rs)
{
    struct asking k = { 0 };
    enum figure_group by = GROUP_WHOLE;
    struct held_file f = { .state = HELD_ARRIVING };

    TRY(load_held(rq, &k));
    TRY(query_kind(rq, &by));
    TRY(held_look(web_app(rq), rq->arena, &k.of, k.held, &f));
    return f.state == HELD_COUNTED ? send_counted(rq, rs, &k, by)
                                   : send_held(rq, rs, &k);
}

static err query_lines(struct request *rq, struct held_asked_rows *out)
{
    uint64_t *lines = arena_array(rq->arena, HELD_ROWS_MAX + 1, sizeof *lines);
    str given = S("");
    size_t n = 0;

    TRY_MEMORY(lines);
    if (!form_get(&rq->query, S("lines"), &given))
        return OK;
    for (; given.n > 0 && n <= HELD_ROWS_MAX; n++) {
        int64_t line = 0;

        if (!number_in_digits(str_cut(&given, ','), 0, INT64_MAX, &line))
            return api_bad_field(rq, "lines");
        lines[n] = (uint64_t)line;
    }
    out->lines = lines;
    out->lines_n = n;
    return OK;
}

static err get_rows(struct request *rq, struct response *rs)
{
    struct asking k = { 0 };
    struct held_asked_rows asked = { 0 };
    struct held_rows rows = { 0 };
    int64_t after = 0;
    struct json *j;

    TRY(load_held(rq, &k));
    TRY(query_kind(rq, &asked.kind));
    (void)form_get(&rq->query, S("group"), &asked.group);
    TRY(api_query_number(rq, "after", &any, &after));
    asked.after = (uint64_t)after;
    TRY(query_lines(rq, &asked));
    err e = held_rows(web_app(rq), rq->arena, &k.of, k.held, &asked, &rows);
    if (failed(e))
        return or_counting(rq, rs, &k, e);
    TRY(api_held_rows_json(rq->arena, &rows, &j));
    return send(rq, rs, 200, j);
}

/* Who may see them the service says; nobody else learns that there are any.
 * [RH5] */
static err send_screens(struct request *rq, struct response *rs,
                        const struct asking *k)
{
    const struct held_counted *c = NULL;
    struct held_drawn *drawn =
        arena_array(rq->arena, SCREEN_COUNT, sizeof *drawn);
    struct json *j;

    TRY_MEMORY(drawn);
    TRY(held_drawn_rows(web_app(rq), rq->arena, &k->of, k->held, drawn));
    TRY(held_counted(web_app(rq), rq->arena, &k->of, k->held, &c));
    err e =
        api_held_screens_json(rq->arena, web_lang(rq), c->figures, drawn, &j);
    held_give(web_app(rq), &c);
    return failed(e) ? e : send(rq, rs, 200, j);
}

static err get_screens(struct request *rq, struct response *rs)
{
    struct asking k = { 0 };

    TRY(load_held(rq, &k));
    err e = send_screens(rq, rs, &k);
    return failed(e) ? or_counting(rq, rs, &k, e) : OK;
}

/* --- asking anew, and a sheet --------------------------------------------- */

static err ask(struct request *rq, struct response *rs)
{
    const struct json *said = NULL;
    struct sheet_asked asked;
    struct asking k = { 0 };
    struct held_file f;

    TRY(load_held(rq, &k));
    TRY(body_object(rq, &said));
    TRY(held_look(web_app(rq), rq->arena, &k.of, k.held, &f));
    TRY(api_held_asked(rq->arena, &f.asked, said, &asked));
    TRY(held_ask(web_app(rq), rq->arena, &k.of, k.held, &asked));
    return send_held(rq, rs, &k);
}

static err submit(struct request *rq, struct response *rs)
{
    struct json *j = json_new_object(rq->arena);
    const struct json *said = NULL;
    struct case_answer answer = { 0 };
    struct asking k = { 0 };

    TRY(load_held(rq, &k));
    TRY(body_object(rq, &said));
    err e = held_submit(web_app(rq), rq->arena, &k.of, k.held,
                        json_get_str(said, S("requirement")), &answer);
    if (failed(e))
        return or_counting(rq, rs, &k, e);
    json_set_str(rq->arena, j, "case", answer.number);
    json_set_int(rq->arena, j, "version", answer.version);
    return send(rq, rs, 201, j);
}

#define CASE "/api/v1/cases/{ref}/records"

static const struct route routes[] = {
    { METHOD_GET, CASE, RIGHT_IN, BODY_NONE, get_list },
    { METHOD_POST, CASE, RIGHT_IN, BODY_JSON, begin },
    { METHOD_GET, CASE "/{file}", RIGHT_IN, BODY_NONE, get_held },
    { METHOD_PUT, CASE "/{file}", RIGHT_IN, BODY_LONG, put_piece },
    { METHOD_DELETE, CASE "/{file}", RIGHT_IN, BODY_NONE, drop },
    { METHOD_POST, CASE "/{file}/finish", RIGHT_IN, BODY_NONE, finish },
    { METHOD_POST, CASE "/{file}/ask", RIGHT_IN, BODY_JSON, ask },
    { METHOD_POST, CASE "/{file}/submit", RIGHT_IN, BODY_JSON, submit },
    { METHOD_GET, CASE "/{file}/rows", RIGHT_IN, BODY_NONE, get_rows },
    { METHOD_GET, CASE "/{file}/screens", RIGHT_IN, BODY_NONE, get_screens },
};

const struct route_table api_record_routes = { routes, COUNT(routes) };
