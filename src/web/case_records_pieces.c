/*
 * case_records_pieces -- a large file of service records comes in pieces, from
 * the page's script (assets/records.js). [RH3]
 *
 *   [WP1] A file is begun with its name and size, its pieces follow in order,
 *         and the last form ends it.  The answers are for the script: the id of
 *         the file, and how much of it is here.
 *   [WP2] What is refused is a page that says why, as everywhere.
 */

#include "base/arena.h"
#include "base/size.h"
#include "web/case_records.h"
#include "web/saying.h"

static err post_begin(struct request *rq, struct response *rs)
{
    struct records_view x;
    char text[ID_TEXT];
    int64_t size = 0;
    str answer;
    id file;

    TRY(records_view_case(rq, &x));
    if (!number_in_digits(answer_field(rq, S("size")), 0, HELD_BYTES_MAX,
                          &size))
        return err_new(rq->arena, ERR_LIMIT, "records_page.too_large");
    TRY(held_begin(web_app(rq), rq->arena, &x.of, answer_field(rq, S("name")),
                   size, &file));
    TRY_MEMORY(arena_str(rq->arena, id_text(file, text), &answer));
    respond(rs, 200, TYPE_TEXT, answer);
    return OK;
}

static err post_piece(struct request *rq, struct response *rs)
{
    const struct upload_file *piece = upload_get(&rq->upload, S("file"));
    struct records_view x;
    int64_t at = 0;

    TRY(records_view_file(rq, &x));
    if (piece == NULL ||
        !number_in_digits(answer_field(rq, S("at")), 0, HELD_BYTES_MAX, &at))
        return err_new(rq->arena, ERR_INVALID, "case.file_none");
    TRY(held_piece(web_app(rq), rq->arena, &x.of, x.held.id, at, piece->bytes));
    respond(rs, 200, TYPE_TEXT, S("ok"));
    return OK;
}

static err post_finish(struct request *rq, struct response *rs)
{
    struct records_view x;

    TRY(records_view_file(rq, &x));
    TRY(held_finish(web_app(rq), rq->arena, &x.of, x.held.id));
    respond(rs, 200, TYPE_TEXT, S("ok"));
    return OK;
}

static const struct route routes[] = {
    { METHOD_POST, "/cases/{number}/records/begin", RIGHT_IN, BODY_FORM,
      post_begin },
    { METHOD_POST, "/cases/{number}/records/{id}/piece", RIGHT_IN, BODY_UPLOAD,
      post_piece },
    { METHOD_POST, "/cases/{number}/records/{id}/finish", RIGHT_IN, BODY_FORM,
      post_finish },
};

const struct route_table case_record_piece_routes = { routes, COUNT(routes) };
