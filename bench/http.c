/*
 * bench/http -- what our server costs on top of the library it stands on.
 *
 *   ninja -C build bench/bench_http && build/bench/bench_http [ROUNDS
 * [SECONDS]]
 *
 * The same 600 bytes of JSON, answered by libmicrohttpd alone with one response
 * made beforehand, and by our server: router, arena, parsing, deadlines and a
 * dozen headers; without an access log, and with one to /dev/null.  All three
 * serve from the first core with one thread, wrk asks from the second over 64
 * connections that stay open.  They are measured in turn, so that what else the
 * machine does meets each of them alike; the medians and their ratios count.
 * On a busy machine look at the CPU time an answer takes, kernel included.
 *
 * Needs wrk (Debian package wrk) and two cores.
 */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "base/size.h"
#include "http/http.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/log.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BODY = 600, ROUNDS = 9, SECONDS = 3, MOST_ROUNDS = 101, SERVERS = 3 };

static char body[BODY];

/* One of the three that are compared. */
struct contestant {
    const char *name;
    uint16_t port;
    double rates[MOST_ROUNDS];  /* answers a second */
    double micros[MOST_ROUNDS]; /* of this process's CPU, an answer */
};

/* libmicrohttpd alone. */

static enum MHD_Result bare_answer(void *response, struct MHD_Connection *c,
                                   const char *, const char *, const char *,
                                   const char *, size_t *, void **seen)
{
    static int here;

    /* As the library asks: the answer is given at the second call. */
    if (*seen == NULL) {
        *seen = &here;
        return MHD_YES;
    }
    return MHD_queue_response(c, MHD_HTTP_OK, response);
}

static struct MHD_Daemon *bare_open(uint16_t *port)
{
    struct sockaddr_in on = { .sin_family = AF_INET,
                              .sin_addr = { htonl(INADDR_LOOPBACK) } };
    struct MHD_Response *response =
        MHD_create_response_from_buffer(sizeof body, body,
                                        MHD_RESPMEM_PERSISTENT);

    check(response != NULL);
    check(MHD_add_response_header(response, "Content-Type",
                                  "application/json") == MHD_YES);
    struct MHD_Daemon *d =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL,
                         bare_answer, response, MHD_OPTION_SOCK_ADDR, &on,
                         MHD_OPTION_END);
    check(d != NULL);
    *port = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port;
    return d;
}

/* Ours. */

static err show(struct request *rq, struct response *rs)
{
    check(request_parameter(rq, S("number")).n > 0);
    respond(rs, 200, TYPE_JSON, (str){ body, sizeof body });
    return OK;
}

static err permit(struct request *, int)
{
    return OK;
}

static err on_error(struct request *, err why, struct response *)
{
    return why;
}

static const struct route routes[] = {
    { METHOD_GET, "/", 0, BODY_NONE, show },
    { METHOD_GET, "/api/v1/certificates/{number}", 0, BODY_NONE, show },
    { METHOD_POST, "/api/v1/certificates/lookup", 0, BODY_JSON, show },
    { METHOD_GET, "/c/{number}", 0, BODY_NONE, show },
};

/* What the servers borrow. */
struct world {
    struct heap heap;
    struct clock clock;
    struct entropy entropy;
    struct log log;
    struct arena arena;
    struct site site;
};

static void world_init(struct world *w)
{
    const struct route_table table = { routes, COUNT(routes) };
    struct router *router = NULL;

    *w = (struct world){ .heap = HEAP_LIBC,
                         .clock = CLOCK_SYSTEM,
                         .entropy = ENTROPY_SYSTEM };
    log_init(&w->log, &w->clock, open("/dev/null", O_WRONLY | O_CLOEXEC),
             LEVEL_INFO);
    arena_init(&w->arena, &w->heap, 1 << 20);
    check(!failed(router_new(&w->arena, &table, 1, &router)));
    w->site = (struct site){ .router = router,
                             .permit = permit,
                             .on_error = on_error };
}

static struct server *ours_open(struct world *w, struct log *log,
                                uint16_t *port)
{
    const struct server_options options = {
        .heap = &w->heap,
        .clock = &w->clock,
        .entropy = &w->entropy,
        .log = log,
        .listen = "127.0.0.1:0",
        .threads = 1,
        .limits = server_limits_default,
    };
    struct server *s = NULL;

    check(!failed(server_open(&w->arena, &options, &w->site, &s)));
    *port = server_port(s);
    return s;
}

/* The measuring. */

/* Everything this process does from here on happens on one core. */
static void stay_on(int core)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET((size_t)core, &set);
    check(sched_setaffinity(0, sizeof set, &set) == 0);
}

static void run_wrk(uint16_t port, int seconds, int out)
{
    char address[80];
    char duration[16];

    (void)snprintf(address, sizeof address,
                   "http://127.0.0.1:%u/api/v1/certificates/71223SC0002R0S",
                   (unsigned)port);
    (void)snprintf(duration, sizeof duration, "%ds", seconds);
    stay_on(1);
    (void)dup2(out, STDOUT_FILENO);
    (void)execlp("wrk", "wrk", "-t1", "-c64", "-d", duration, address,
                 (char *)NULL);
    perror("wrk");
    _exit(EXIT_FAILURE);
}

/* What wrk prints at its end. */
struct reading {
    double rate;    /* answers a second */
    double answers; /* in all */
};

static struct reading read_wrk(FILE *from)
{
    char line[200];
    struct reading r = { 0 };

    while (fgets(line, sizeof line, from) != NULL) {
        if (strstr(line, "Non-2xx") != NULL || strstr(line, "errors") != NULL)
            (void)fprintf(stderr, "wrk: %s", line);
        if (strstr(line, " requests in ") != NULL)
            r.answers = strtod(line, NULL);
        if (strncmp(line, "Requests/sec:", 13) == 0)
            r.rate = strtod(line + 13, NULL);
    }
    return r;
}

static double cpu_micros(void)
{
    struct timespec t;

    check(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) == 0);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void measure(struct contestant *c, int round, int seconds)
{
    int ends[2];
    int status = 0;
    double before = cpu_micros();

    check(pipe2(ends, O_CLOEXEC) == 0);
    pid_t child = fork();
    check(child >= 0);
    if (child == 0)
        run_wrk(c->port, seconds, ends[1]);
    check(close(ends[1]) == 0);
    FILE *from = fdopen(ends[0], "r");
    check(from != NULL);
    struct reading r = read_wrk(from);
    check(fclose(from) == 0);
    check(waitpid(child, &status, 0) == child);
    if (status != 0 || !(r.answers > 0)) {
        (void)fprintf(stderr, "bench/http: wrk did not measure anything\n");
        exit(EXIT_FAILURE);
    }
    c->rates[round] = r.rate;
    c->micros[round] = (cpu_micros() - before) / r.answers;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *figures, int rounds)
{
    qsort(figures, (size_t)rounds, sizeof *figures, by_size);
    return figures[rounds / 2];
}

static void print_all(struct contestant *all, int rounds)
{
    double rate = median(all[0].rates, rounds);
    double micros = median(all[0].micros, rounds);

    for (size_t i = 0; i < SERVERS; i++) {
        double its_rate = median(all[i].rates, rounds);
        double its_micros = median(all[i].micros, rounds);
        printf("%-20s %7.0f answers/s %5.3f, %6.2f us of CPU %5.3f\n",
               all[i].name, its_rate, its_rate / rate, its_micros,
               its_micros / micros);
    }
}

static int number_of(int argc, char **argv, int i, int otherwise)
{
    long n = argc > i ? strtol(argv[i], NULL, 10) : otherwise;

    return n >= 1 && n <= MOST_ROUNDS ? (int)n : otherwise;
}

int main(int argc, char **argv)
{
    int rounds = number_of(argc, argv, 1, ROUNDS);
    int seconds = number_of(argc, argv, 2, SECONDS);
    struct contestant all[SERVERS] = { { .name = "libmicrohttpd alone" },
                                       { .name = "ours, no access log" },
                                       { .name = "ours, access log" } };
    struct world w;

    memset(body, 'x', sizeof body);
    memcpy(body, "{\"x\":\"", 6);
    memcpy(body + sizeof body - 2, "\"}", 2);
    world_init(&w);
    stay_on(0);
    struct MHD_Daemon *bare = bare_open(&all[0].port);
    struct server *quiet = ours_open(&w, NULL, &all[1].port);
    struct server *logging = ours_open(&w, &w.log, &all[2].port);

    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < SERVERS; i++)
            measure(&all[i], round, seconds);
    }
    print_all(all, rounds);

    server_stop(&logging);
    server_stop(&quiet);
    MHD_stop_daemon(bare);
    arena_end(&w.arena);
    return EXIT_SUCCESS;
}
