#include "served.h"

#include "measure.h"

#include "api/api.h"
#include "base/size.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

static err permit(struct request *, int)
{
    return OK;
}

static err on_error(struct request *, err why, struct response *)
{
    return why;
}

/* --- constants ----------------------------------------------------------- */

static const struct served_answer *find(const struct served *s, str name)
{
    for (size_t i = 0; i < s->n; i++) {
        if (str_eq(str_of(s->names[i]), name))
            return &s->constants[i];
    }
    must(false, "there is no such constant");
    return NULL;
}

/* The headers again one by one, as a handler gives them. */
static err constant(struct request *rq, struct response *rs)
{
    const struct faces *f = rq->app;
    const struct served *s =
        (const void *)((const char *)f - offsetof(struct served, faces));
    const struct served_answer *x = find(s, request_parameter(rq, S("name")));
    struct response one = x->rs;

    one.arena = rq->arena;
    one.header_count = 0;
    *rs = one;
    for (size_t i = 0; i < x->rs.header_count; i++)
        TRY(response_header(rs, x->rs.headers[i].name, x->rs.headers[i].value));
    return OK;
}

void served_constant(struct served *s, const char *name,
                     const struct served_answer *x)
{
    must(s->n < SERVED_CONSTANTS, "there are too many constants");
    s->names[s->n] = name;
    s->constants[s->n++] = *x;
}

double served_size(const struct served *s, const char *name)
{
    return (double)find(s, str_of(name))->rs.body.n;
}

void served_save(const struct served *s, const char *name, const char *path)
{
    str body = find(s, str_of(name))->rs.body;
    FILE *f = fopen(path, "wb");

    must(f != NULL && fwrite(body.p, 1, body.n, f) == body.n && fclose(f) == 0,
         "the constant cannot be written");
}

/* --- the server ---------------------------------------------------------- */

static void set_site(struct served *s)
{
    static const struct route routes[] = {
        { METHOD_GET, "/constants/{name}/{number}", 0, BODY_NONE, constant },
    };
    const struct route_table tables[] = { { routes, COUNT(routes) },
                                          web_routes,
                                          api_routes };
    struct router *router;

    ok(router_new(&s->at->arena, tables, COUNT(tables), &router));
    s->site = (struct web_site){ .app = &s->faces,
                                 .router = router,
                                 .permit = permit,
                                 .on_error = on_error };
}

void served_open(struct served *s, struct installation *at)
{
    *s = (struct served){
        .at = at,
        .faces = { .app = at->app, .today = DAY_NEVER },
    };
    log_init(&s->log, &at->clock, open("/dev/null", O_WRONLY | O_CLOEXEC),
             LEVEL_INFO);
    const struct server_options options = {
        .heap = &at->heap,
        .clock = &at->clock,
        .entropy = &at->entropy,
        .log = &s->log,
        .listen = "127.0.0.1:0",
        .threads = 1,
        .limits = server_limits_default,
    };

    set_site(s);
    ok(server_open(&at->arena, &options, &s->site, &s->server));
}

void served_close(struct served *s)
{
    server_stop(&s->server);
}

struct served_answer *served_ask(struct served *s, struct arena *a,
                                 const char *path)
{
    struct served_answer *x = arena_zero(a, sizeof *x);
    struct incoming in = { .asked = ASKED_METHOD, .target = str_of(path) };
    struct request rq = { .arena = a, .id = S("bench") };

    must(x != NULL, "there is no memory");
    ok(site_answer(&s->site, &rq, &in, &x->rs));
    must(x->rs.status == 200, "what was asked for is not found");
    return x;
}
