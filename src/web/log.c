/*
 * log -- the transparency log: what programs read of it (C2SP tlog-tiles), and
 * a page that says to people what it is. [PB1]-[PB3]
 *
 *   [WL1] What is fetched to be checked may be fetched by any page, also by one
 *         that was saved as a file.
 *   [WL2] A tile never changes and may be kept for ever; a checkpoint is out of
 *         date as soon as there is a newer one.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/base64.h"
#include "merkle/tile.h"
#include "service/published.h"
#include "web/saying.h"

enum { PATH_MOST = 200 };

#define TYPE_TILE S("application/octet-stream")

/* [WL1] */
static err send_data(struct response *rs, str type, str body, const char *cache)
{
    respond(rs, 200, type, body);
    response_cache(rs, str_of(cache));
    return response_header(rs, S("Access-Control-Allow-Origin"), S("*"));
}

/* --- for programs ----------------------------------------------------- */

static err get_checkpoint(struct request *rq, struct response *rs)
{
    str note;

    TRY(published_checkpoint(web_app(rq), rq->arena, &note));
    return send_data(rs, TYPE_TEXT, note, "public, max-age=2");
}

static err get_tile(struct request *rq, struct response *rs)
{
    struct buf b;
    str path;
    str bytes;

    buf_init(&b, rq->arena, PATH_MOST);
    buf_str(&b, S("tile/"));
    buf_str(&b, str_first(request_parameter(rq, S("path")), PATH_MOST / 2));
    TRY(buf_done(&b, &path));
    TRY(published_tile(web_app(rq), rq->arena, path, &bytes));
    return send_data(rs, TYPE_TILE, bytes,
                     "public, max-age=31536000, immutable");
}

/* --- for people ------------------------------------------------------- */

/* "2026-11-27 18:50:33", at UTC+8. */
static err moment(struct arena *a, int64_t at, str *out)
{
    const int64_t second = at / 1000000 + INT64_C(8) * 3600;
    const int64_t of_day = second % 86400;
    char digits[DAY_TEXT];
    struct buf b;

    buf_init(&b, a, 40);
    buf_str(&b, day_text(day_of_micros(at), digits));
    buf_printf(&b, " %02d:%02d:%02d", (int)(of_day / 3600),
               (int)(of_day / 60 % 60), (int)(of_day % 60));
    return buf_done(&b, out);
}

static err list_witnesses(struct arena *a, const struct published_log *l,
                          struct page_log *page)
{
    const struct published_witness *w = l->witnesses.p;
    struct page_log_witnesses *rows =
        arena_array(a, l->witnesses.n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < l->witnesses.n; i++) {
        rows[i].name = w[i].name;
        rows[i].size = w[i].size;
        TRY(moment(a, w[i].at, &rows[i].at));
    }
    page->witnesses = rows;
    page->witnesses_n = l->witnesses.n;
    return OK;
}

static err tile_address(struct arena *a, struct tile t, str *out)
{
    char path[TILE_PATH];
    struct buf b;

    buf_init(&b, a, PATH_MOST);
    buf_str(&b, S("/log/"));
    buf_str(&b, tile_path(t, path));
    return buf_done(&b, out);
}

/* The first of each kind, as wide as they are: programs ask for the others by
 * the log's size.  An empty log has none. */
static err list_tiles(struct arena *a, int64_t size, struct page_log *page)
{
    static const int levels[] = { 0, TILE_ENTRIES };
    struct page_log_tiles *rows = arena_array(a, COUNT(levels), sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < COUNT(levels) && size > 0; i++) {
        const struct tile t = { levels[i], 0,
                                tile_width((uint64_t)size, levels[i], 0) };

        TRY(tile_address(a, t, &rows[i].address));
        page->tiles_n++;
    }
    page->tiles = rows;
    return OK;
}

static err put_root(struct arena *a, const struct hash *root, str *out)
{
    struct buf b;

    buf_init(&b, a, 100);
    base64_encode(&b, BASE64_PADDED, root->b, sizeof root->b);
    return buf_done(&b, out);
}

static err put_why(struct request *rq, err why, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    text_err(&b, web_lang(rq), why);
    return buf_done(&b, out);
}

static err get_log(struct request *rq, struct response *rs)
{
    struct published_log l;
    struct page_log page = { 0 };
    struct buf b;

    TRY(published_log(web_app(rq), rq->arena, &l));
    TRY(web_base(rq, S(""), &page.base));
    web_about(rq, "page.log_lead", &page.base);
    page.origin = l.origin;
    page.vkey = l.vkey;
    page.former_vkey = l.former_vkey;
    page.size = l.size;
    page.is_signed = l.at != 0;
    page.stopped = l.stopped;
    if (l.stopped)
        TRY(put_why(rq, l.why, &page.why));
    TRY(moment(rq->arena, l.at, &page.at));
    TRY(put_root(rq->arena, &l.root, &page.root));
    TRY(list_tiles(rq->arena, l.size, &page));
    TRY(list_witnesses(rq->arena, &l, &page));
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_log_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, "private, max-age=2");
}

static const struct route routes[] = {
    { METHOD_GET, "/log", 0, BODY_NONE, get_log },
    { METHOD_GET, "/log/checkpoint", 0, BODY_NONE, get_checkpoint },
    { METHOD_GET, "/log/tile/{path...}", 0, BODY_NONE, get_tile },
};

const struct route_table log_routes = { routes, COUNT(routes) };
