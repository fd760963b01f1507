/*
 * tenstar serve --data DIR [--listen ADDR:PORT] [--public-url URL] -- the
 * server: public pages and API, until SIGTERM or SIGINT.
 *
 * The access log goes to stderr, a JSON line a request.  What goes on beside
 * the server, cli/beside.h says.
 */

#include "api/api.h"
#include "base/arena.h"
#include "base/size.h"
#include "cli/beside.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "http/http.h"
#include "http/listen.h"
#include "service/cases.h"
#include "sys/log.h"
#include "sys/stop.h"
#include "web/limiter.h"
#include "web/web.h"

#include <unistd.h>

enum {
    ADDRESS_MAX = 200,
    FORM_AROUND = 1 << 16, /* bytes of a form around its file */
    UPLOADS_AT_ONCE = 4,   /* of the largest size */
};

/* As cli.option.listen says. */
#define LISTEN_USUAL "127.0.0.1:8010"

/* --- the site --------------------------------------------------------- */

static err on_error(struct request *rq, err why, struct response *rs)
{
    return api_is(rq) ? api_error(rq, why, rs) : web_error(rq, why, rs);
}

/* A demonstration's keys protect nothing: it is for this machine only. */
static err check_address(struct cli *cli, const struct app *app, str listen)
{
    bool loopback;

    TRY(listen_is_loopback(cli->arena, listen, &loopback));
    if (!app_body(app)->demonstration || loopback)
        return OK;
    return err_new(cli->arena, ERR_REFUSED, "serve.demonstration",
                   ARG_STR("listen", listen));
}

/* --- its address ------------------------------------------------------ */

/* What is served, and where. */
struct serving {
    struct cli *cli;
    struct faces faces;
    str listen;
};

/* "127.0.0.1" of "127.0.0.1:8010". */
static str host_of(str listen)
{
    while (listen.n > 0 && listen.p[listen.n - 1] != ':')
        listen.n--;
    return str_first(listen, listen.n == 0 ? 0 : listen.n - 1);
}

/* A demonstration is found where it is served, unless something else is said:
 * what it was founded with is nobody's address. */
static err set_url(void *context, uint16_t port)
{
    struct serving *s = context;
    struct buf b;

    if (s->faces.public_url.n > 0 || !app_body(s->faces.app)->demonstration)
        return OK;
    buf_init(&b, s->cli->arena, ADDRESS_MAX);
    buf_str(&b, S("http://"));
    buf_str(&b, host_of(s->listen));
    buf_printf(&b, ":%u", port);
    return buf_done(&b, &s->faces.public_url);
}

static bool is_plain(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] <= ' ' || s.p[i] > '~')
            return false;
    }
    return true;
}

static bool is_web_address(str s)
{
    str rest = str_begins(s, S("https://"))  ? str_from(s, 8)
               : str_begins(s, S("http://")) ? str_from(s, 7)
                                             : S("");

    return rest.n > 0 && rest.p[0] != '/' && s.n < ADDRESS_MAX && is_plain(s);
}

/* [AP3] A body's address stands in what it signs; a demonstration signs
 * nothing that anybody keeps. */
static err take_url(struct cli *cli, const struct arguments *args,
                    struct faces *faces)
{
    str url = arguments_value(args, "public-url");

    if (!arguments_given(args, "public-url"))
        return OK;
    if (!app_body(faces->app)->demonstration)
        return err_new(cli->arena, ERR_REFUSED, "serve.public_url",
                       ARG_STR("url", app_public_url(faces->app)));
    url = str_trim_end(url, '/');
    if (!is_web_address(url))
        return err_new(cli->arena, ERR_INVALID, "cli.url",
                       ARG_STR("given", arguments_value(args, "public-url")));
    faces->public_url = url;
    return OK;
}

/* --- the server ------------------------------------------------------- */

/* The interface for programs; one a line, so that lines can be added side by
 * side. */
/* clang-format off */
static const struct route_table *const api_tables[] = {
    &api_routes,
    &api_change_routes,
    &api_check_routes,
    &api_holder_routes,
    &api_record_routes,
};
/* clang-format on */

/* That, and every page. */
static err make_router(struct arena *a, struct router **out)
{
    size_t n = web_table_count + COUNT(api_tables);
    struct route_table *tables = arena_array(a, n, sizeof *tables);

    TRY_MEMORY(tables);
    for (size_t i = 0; i < n; i++)
        tables[i] = i < web_table_count ? *web_tables[i]
                                        : *api_tables[i - web_table_count];
    return router_new(a, tables, n, out);
}

/* A form holds the largest document that a case takes. */
static struct server_limits limits_of_pages(void)
{
    struct server_limits limits = server_limits_default;

    limits.upload = CASE_FILE_MAX + FORM_AROUND;
    limits.uploads = UPLOADS_AT_ONCE * limits.upload;
    return limits;
}

static err open_server(struct serving *serving, struct server **out)
{
    struct cli *cli = serving->cli;
    struct web_site *site = arena_zero(cli->arena, sizeof *site);
    struct router *router;
    str address;

    TRY_MEMORY(site);
    TRY(make_router(cli->arena, &router));
    TRY_MEMORY(arena_str(cli->arena, serving->listen, &address));
    *site = (struct web_site){
        .app = &serving->faces,
        .router = router,
        .permit = web_permit,
        .admit = web_admit,
        .on_error = on_error,
        .options = api_options,
    };
    struct server_options options = {
        .heap = cli->heap,
        .clock = cli->clock,
        .entropy = cli->entropy,
        .log = serving->faces.log,
        .listen = address.p,
        .limits = limits_of_pages(),
        .listening = set_url,
        .context = serving,
    };
    return server_open(cli->arena, &options, site, out);
}

static err say_where(struct cli *cli, str host, uint16_t port)
{
    struct json *j = json_new_object(cli->arena);

    json_set(j, S("host"), json_new_str(cli->arena, host));
    json_set(j, S("port"), json_new_int(cli->arena, port));
    if (cli->json)
        TRY(cli_print_json(cli, j));
    else
        cli_say(cli, "cli.serving", ARG_STR("host", host),
                ARG_INT("port", port));
    return cli_flush(cli);
}

/* Until somebody ends it, with all that goes on beside it. */
static err serve_on(struct serving *serving, const struct server *server)
{
    struct cli *cli = serving->cli;
    struct beside *beside = arena_zero(cli->arena, sizeof *beside);

    TRY_MEMORY(beside);
    TRY(beside_start(beside, &serving->faces, cli->arena));
    err e = say_where(cli, host_of(serving->listen), server_port(server));
    if (!failed(e))
        (void)stop_wait();
    beside_stop(beside);
    return e;
}

static err serve(struct serving *serving)
{
    struct cli *cli = serving->cli;
    struct server *server = NULL;

    stop_hold();
    TRY(limiter_new(cli->arena, serving->faces.app, &serving->faces.limiter));
    TRY(open_server(serving, &server));
    err e = serve_on(serving, server);
    server_stop(&server);
    limiter_end(serving->faces.limiter);
    return e;
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct log log;
    struct serving serving = {
        .cli = cli,
        .faces = { .today = DAY_NEVER, .log = &log },
        .listen = arguments_value(args, "listen"),
    };
    struct clock_set unused;

    if (serving.listen.n == 0)
        serving.listen = S(LISTEN_USUAL);
    if (arguments_given(args, "today"))
        TRY(cli_today(cli, args, &serving.faces.today));
    TRY(cli_open(cli, args, APP_SERVE, &unused, &app));
    TRY(check_address(cli, app, serving.listen));
    serving.faces.app = app;
    TRY(take_url(cli, args, &serving.faces));
    log_init(&log, cli->clock, STDERR_FILENO, LEVEL_INFO);
    return serve(&serving);
}

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "listen", "ADDR:PORT", false, "cli.option.listen" },
    { "public-url", "URL", false, "cli.option.public_url" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand serve_command = {
    .name = "serve",
    .help = "cli.help.serve",
    .about = "cli.about.serve",
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
