#ifndef BENCH_SERVED_H
#define BENCH_SERVED_H

/*
 * served -- an installation's public addresses, served as `tenstar serve` does
 * it by one thread with its access log to /dev/null; and constants: an answer
 * that was given once, sent again with all its headers to whoever asks for
 * /constants/NAME/anything.
 *
 * It points into itself, so it stays where it was opened.
 */

#include "installation.h"

#include "http/http.h"
#include "http/site.h"
#include "sys/log.h"
#include "web/web.h"

enum { SERVED_CONSTANTS = 4 };

/* In the arena it was asked with. */
struct served_answer {
    struct response rs;
};

struct served {
    struct installation *at;
    struct faces faces;
    struct log log;
    struct web_site site;
    struct server *server;
    const char *names[SERVED_CONSTANTS];
    struct served_answer constants[SERVED_CONSTANTS];
    size_t n;
};

void served_open(struct served *s, struct installation *at);
void served_close(struct served *s);

/* Without a network; it has to be answered 200. */
struct served_answer *served_ask(struct served *s, struct arena *a,
                                 const char *path);

/* `name` and what the answer borrows outlive the server. */
void served_constant(struct served *s, const char *name,
                     const struct served_answer *x);
double served_size(const struct served *s, const char *name); /* bytes */
void served_save(const struct served *s, const char *name, const char *path);

#endif
