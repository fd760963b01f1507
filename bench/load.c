#include "load.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OTHER_CORE = 1 };

void load_keep_to(int core)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET((size_t)core, &set);
    must(sched_setaffinity(0, sizeof set, &set) == 0, "two cores are needed");
}

static void run_wrk(const struct contestant *c, int seconds, int out)
{
    char address[200];
    char duration[16];

    (void)snprintf(address, sizeof address, "http://127.0.0.1:%u%s",
                   (unsigned)c->port, c->path);
    (void)snprintf(duration, sizeof duration, "%ds", seconds);
    load_keep_to(OTHER_CORE);
    (void)dup2(out, STDOUT_FILENO);
    (void)execlp("wrk", "wrk", "-t1", "-c64", "--latency", "--timeout", "30s",
                 "-d", duration, address,
                 c->script == NULL ? (char *)NULL : "-s", c->script,
                 (char *)NULL);
    perror("wrk");
    _exit(EXIT_FAILURE);
}

/* What wrk prints at its end. */
struct reading {
    double rate;    /* answers a second */
    double answers; /* in all */
    double p99;     /* microseconds within which 99 of 100 came */
    bool wrong;     /* some were no 200, or none came */
};

/* "   99%    1.23ms" */
static double micros_of(const char *text)
{
    char *unit;
    double n = strtod(text, &unit);

    return *unit == 'u' ? n : *unit == 'm' ? n * 1e3 : n * 1e6;
}

static struct reading read_wrk(FILE *from)
{
    char line[200];
    struct reading r = { 0 };

    while (fgets(line, sizeof line, from) != NULL) {
        if (strstr(line, "Non-2xx") != NULL || strstr(line, "errors") != NULL)
            r.wrong = true;
        if (strncmp(line, "     99%", 8) == 0)
            r.p99 = micros_of(line + 8);
        if (strstr(line, " requests in ") != NULL)
            r.answers = strtod(line, NULL);
        if (strncmp(line, "Requests/sec:", 13) == 0)
            r.rate = strtod(line + 13, NULL);
    }
    return r;
}

static void measure(struct contestant *c, int seconds)
{
    int ends[2];
    int status = 0;
    double before = seconds_of_cpu();

    must(pipe(ends) == 0, "there is no pipe");
    pid_t child = fork();
    must(child >= 0, "there is no process");
    if (child == 0)
        run_wrk(c, seconds, ends[1]);
    (void)close(ends[1]);
    FILE *from = fdopen(ends[0], "r");
    must(from != NULL, "there is no pipe");
    struct reading r = read_wrk(from);
    (void)fclose(from);
    must(waitpid(child, &status, 0) == child && status == 0 && r.answers > 0,
         "wrk did not measure anything");
    must(!r.wrong, "wrk got answers that were none");
    series_add(&c->rates, r.rate);
    series_add(&c->p99s, r.p99);
    series_add(&c->micros, (seconds_of_cpu() - before) / r.answers * 1e6);
}

void load_measure(struct contestant *all, size_t n, int rounds, int seconds)
{
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < n; i++)
            measure(&all[i], seconds);
    }
}

static void tell_of(const struct contestant *c, const char *what, double value)
{
    char name[100];

    (void)snprintf(name, sizeof name, "%s.%s", c->name, what);
    tell(name, value);
}

void load_tell(const struct contestant *c, const struct contestant *bare)
{
    tell_of(c, "rate", series_median(&c->rates));
    tell_of(c, "micros", series_median(&c->micros));
    tell_of(c, "p99_micros", series_median(&c->p99s));
    tell_of(c, "p99_to_bare", series_ratio(&c->p99s, &bare->p99s));
    tell_of(c, "rate_to_bare", series_ratio(&c->rates, &bare->rates));
    tell_of(c, "micros_to_bare", series_ratio(&c->micros, &bare->micros));
}
