#include "http/rig_test.h"

#include "base/buf.h"
#include "base/check.h"
#include "base/size.h"
#include "http/server.h"
#include "http/syntax.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { PATIENCE = 60 }; /* seconds until a test that hangs fails instead */

static void lock(struct rig *r)
{
    check(pthread_mutex_lock(&r->mutex) == 0);
}

static void unlock(struct rig *r)
{
    check(pthread_cond_broadcast(&r->changed) == 0);
    check(pthread_mutex_unlock(&r->mutex) == 0);
}

static err hello(struct request *, struct response *rs)
{
    respond(rs, 200, TYPE_TEXT, S("hello"));
    response_cache(rs, S("public, max-age=60"));
    TRY(response_header(rs, S("X-Mine"), S("yes")));
    return response_etag(rs, S("tag"));
}

static err hello_name(struct request *rq, struct response *rs)
{
    respond(rs, 200, TYPE_HTML, request_parameter(rq, S("name")));
    return OK;
}

static err echo(struct request *rq, struct response *rs)
{
    respond(rs, 200, TYPE_TEXT, rq->body);
    return OK;
}

static err form(struct request *rq, struct response *rs)
{
    str name = S("");

    if (!form_get(&rq->form, S("name"), &name))
        return err_new(rq->arena, ERR_INVALID, "test.no_name");
    respond(rs, 200, TYPE_TEXT, name);
    return OK;
}

static err upload(struct request *rq, struct response *rs)
{
    const struct upload_file *file = upload_get(&rq->upload, S("file"));
    struct buf b;
    str text;

    if (file == NULL)
        return err_new(rq->arena, ERR_INVALID, "test.no_file");
    buf_init(&b, rq->arena, 20);
    buf_int(&b, (int64_t)file->bytes.n);
    TRY(buf_done(&b, &text));
    respond(rs, 200, TYPE_TEXT, text);
    return OK;
}

static err big(struct request *, struct response *rs)
{
    static char bytes[RIG_BIG];

    respond(rs, 200, S("application/octet-stream"), (str){ bytes, RIG_BIG });
    return OK;
}

static err wait_for_test(struct request *rq, struct response *rs)
{
    struct rig *r = rq->app;

    lock(r);
    r->waiting = true;
    check(pthread_cond_broadcast(&r->changed) == 0);
    while (!r->go_on)
        check(pthread_cond_wait(&r->changed, &r->mutex) == 0);
    r->waiting = false;
    unlock(r);
    respond(rs, 200, TYPE_TEXT, S("done"));
    return OK;
}

static err hungry(struct request *rq, struct response *rs)
{
    TRY_MEMORY(arena_zero(rq->arena, 1 << 30));
    respond(rs, 200, TYPE_TEXT, S("full"));
    return OK;
}

static err thread(struct request *rq, struct response *rs)
{
    struct rig *r = rq->app;

    respond(rs, 200, TYPE_TEXT, S("yes"));
    return rq->thread == &r->opened ? OK : err_memory();
}

static err permit(struct request *, int)
{
    return OK;
}

static err admit(struct request *rq, int)
{
    struct rig *r = rq->app;

    if (request_header(rq, S("Cookie")).n == 0)
        return err_new(rq->arena, ERR_DENIED, "test.stranger");
    lock(r);
    r->admitted++;
    unlock(r);
    return rq->thread == &r->opened ? OK : err_memory();
}

static err on_error(struct request *rq, err why, struct response *rs)
{
    struct rig *r = rq->app;

    if (r->without_words)
        return err_new(rq->arena, ERR_CORRUPT, "test.no_words");
    respond(rs, rs->status, TYPE_TEXT, str_of(why.info->id));
    return OK;
}

static err thread_open(void *app, struct arena *a, void **out)
{
    struct rig *r = app;

    lock(r);
    bool refused = r->refuse_open;
    r->opened += !refused;
    unlock(r);
    if (refused)
        return err_new(a, ERR_BUSY, "test.not_open");
    *out = &r->opened;
    return OK;
}

static void thread_close(void *app, void *its)
{
    struct rig *r = app;

    check(its == &r->opened);
    lock(r);
    r->closed++;
    unlock(r);
}

static err long_answer(struct request *rq, struct response *rs)
{
    str digits = request_parameter(rq, S("bytes"));
    struct arena *a;
    size_t n = 0;

    for (size_t i = 0; i < digits.n; i++)
        n = 10 * n + (size_t)(digits.p[i] - '0');

    TRY(request_arena_for(rq, n, &a));
    char *text = arena_array(a, n, 1);
    TRY_MEMORY(text);
    memset(text, 'x', n);
    respond(rs, 200, TYPE_TEXT, (str){ text, n });
    return OK;
}

static const struct route routes[] = {
    { METHOD_GET, "/long/{bytes}", 0, BODY_NONE, long_answer },
    { METHOD_GET, "/hello", 0, BODY_NONE, hello },
    { METHOD_GET, "/hello/{name}", 0, BODY_NONE, hello_name },
    { METHOD_POST, "/echo", 0, BODY_BYTES, echo },
    { METHOD_POST, "/piece", 0, BODY_LONG, echo },
    { METHOD_POST, "/form", 0, BODY_FORM, form },
    { METHOD_POST, "/upload", 0, BODY_UPLOAD, upload },
    { METHOD_GET, "/big", 0, BODY_NONE, big },
    { METHOD_GET, "/wait", 0, BODY_NONE, wait_for_test },
    { METHOD_GET, "/hungry", 0, BODY_NONE, hungry },
    { METHOD_GET, "/thread", 0, BODY_NONE, thread },
};

void rig_init(struct rig *r)
{
    const struct route_table table = { routes, COUNT(routes) };
    struct router *router = NULL;

    *r = (struct rig){ .heap = HEAP_LIBC, .entropy = ENTROPY_SYSTEM };
    clock_set_init(&r->clock, INT64_C(1000) * 1000000);
    r->log_fd = memfd_create("log", MFD_CLOEXEC);
    check(r->log_fd >= 0 && fcntl(r->log_fd, F_SETFL, O_APPEND) == 0);
    log_init(&r->log, &r->clock.clock, r->log_fd, LEVEL_INFO);
    arena_init(&r->arena, &r->heap, (size_t)256 << 20);
    check(pthread_mutex_init(&r->mutex, NULL) == 0);
    check(pthread_cond_init(&r->changed, NULL) == 0);

    EXPECT_OK(router_new(&r->arena, &table, 1, &router));
    r->site = (struct web_site){
        .app = r,
        .router = router,
        .permit = permit,
        .admit = admit,
        .on_error = on_error,
        .thread_open = thread_open,
        .thread_close = thread_close,
    };
    r->options = (struct server_options){
        .heap = &r->heap,
        .clock = &r->clock.clock,
        .entropy = &r->entropy,
        .log = &r->log,
        .listen = "127.0.0.1:0",
        .threads = 2,
        .limits = server_limits_default,
    };
}

void rig_open(struct rig *r)
{
    EXPECT_OK(server_open(&r->arena, &r->options, &r->site, &r->server));
    check(r->server != NULL);
}

void rig_end(struct rig *r)
{
    server_stop(&r->server);
    arena_end(&r->arena);
    check(close(r->log_fd) == 0);
    check(pthread_cond_destroy(&r->changed) == 0);
    check(pthread_mutex_destroy(&r->mutex) == 0);
}

void rig_await_handler(struct rig *r)
{
    lock(r);
    while (!r->waiting)
        check(pthread_cond_wait(&r->changed, &r->mutex) == 0);
    unlock(r);
}

void rig_let_go(struct rig *r)
{
    lock(r);
    r->go_on = true;
    unlock(r);
}

static bool all_in(struct rig *r, enum phase phase)
{
    struct conns *conns = &r->server->ex.conns;

    check(pthread_mutex_lock(&conns->mutex) == 0);
    bool all = conns->first != NULL;
    for (struct conn *c = conns->first; c != NULL; c = c->next)
        all = all && conn_phase(c) == phase;
    check(pthread_mutex_unlock(&conns->mutex) == 0);
    return all;
}

void rig_await(struct rig *r, enum phase phase)
{
    while (!all_in(r, phase))
        sched_yield();
}

void rig_await_room(struct rig *r)
{
    while (atomic_load(&r->server->ex.uploads) > 0)
        sched_yield();
}

void rig_pass(struct rig *r, int64_t micros)
{
    clock_set_forward(&r->clock, micros);
    server_wake(r->server);
}

str rig_logged(struct rig *r)
{
    off_t n = lseek(r->log_fd, 0, SEEK_END);
    char *p = arena_zero(&r->arena, (size_t)n + 1);

    check(p != NULL);
    EXPECT(pread(r->log_fd, p, (size_t)n, 0) == n);
    return (str){ p, (size_t)n };
}

int dial(struct rig *r)
{
    return dial_port(server_port(r->server));
}

int dial_port(uint16_t port)
{
    struct sockaddr_in to = {
        .sin_family = AF_INET,
        .sin_port = htons(port),
        .sin_addr = { htonl(INADDR_LOOPBACK) },
    };
    struct timeval patience = { .tv_sec = PATIENCE };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    check(fd >= 0);
    check(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) ==
          0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    check(close(fd) == 0);
    return -1;
}

void say(int fd, str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return; /* the server has hung up, which hear() will show */
        bytes = str_from(bytes, (size_t)n);
    }
}

/* The head of an answer, read byte by byte so as not to touch the next. */
static str read_head(struct rig *r, int fd)
{
    enum { MOST = 8192 };
    char *p = arena_zero(&r->arena, MOST);
    size_t n = 0;

    check(p != NULL);
    while (n < MOST && !str_ends((str){ p, n }, S(CRLF CRLF))) {
        if (recv(fd, p + n, 1, 0) != 1)
            return S("");
        n++;
    }
    return (str){ p, n };
}

static size_t number(str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        n = n * 10 + (size_t)(s.p[i] - '0');
    return n;
}

str reply_header(const struct reply *reply, str name)
{
    str rest = reply->head;

    while (rest.p != NULL) {
        str value = str_trim(str_cut(&rest, '\n'));
        str its_name = str_cut(&value, ':');
        if (syntax_equal(its_name, name))
            return str_trim(value);
    }
    return S("");
}

struct reply hear(struct rig *r, int fd, bool with_body)
{
    struct reply reply = { .head = read_head(r, fd), .body = S("") };

    if (!str_begins(reply.head, S("HTTP/1.1 ")))
        return (struct reply){ .head = S(""), .body = S("") };
    reply.status = (int)number(str_from(reply.head, 9));
    bool bodiless = !with_body || reply.status == 304 || reply.status < 200;
    size_t n = number(reply_header(&reply, S("Content-Length")));
    char *p = arena_zero(&r->arena, n);
    size_t got = 0;

    check(p != NULL);
    while (!bodiless && got < n) {
        ssize_t more = recv(fd, p + got, n - got, 0);
        if (more <= 0)
            return (struct reply){ .head = reply.head, .body = S("") };
        got += (size_t)more;
    }
    reply.body = (str){ p, got };
    return reply;
}

bool ended(int fd)
{
    char byte;
    ssize_t n = recv(fd, &byte, 1, 0);

    return n == 0 || (n < 0 && errno == ECONNRESET);
}

struct reply ask(struct rig *r, str bytes)
{
    int fd = dial(r);

    say(fd, bytes);
    struct reply reply = hear(r, fd, !str_begins(bytes, S("HEAD ")));
    check(close(fd) == 0);
    return reply;
}

size_t drain(int fd)
{
    static char bytes[1 << 16];
    size_t total = 0;
    ssize_t n;

    while ((n = recv(fd, bytes, sizeof bytes, 0)) > 0)
        total += (size_t)n;
    return total;
}
