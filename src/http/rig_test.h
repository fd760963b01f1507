#ifndef HTTP_RIG_TEST_H
#define HTTP_RIG_TEST_H

/*
 * rig -- a server to try, and a client that says exactly what it is told to;
 * tests only.
 *
 * The server's clock stands still until the test moves it, so that a deadline
 * passes when the test says so.  No test waits for a time to pass; those that
 * wait for the server give up after a long while and fail.
 *
 *   GET    /hello            "hello", with a tag and a header of its own
 *   GET    /hello/{name}     the name
 *   POST   /echo             the body
 *   POST   /form             the field "name"
 *   GET    /big              RIG_BIG bytes
 *   GET    /wait             "done", once the test lets it
 *   GET    /hungry           asks for more memory than a request may have
 *   POST   /upload           how many bytes the file "file" has
 *   GET    /long/{bytes}     so many, in an arena for as many [RQ3]
 *   GET    /thread           how often a thread's things were opened
 */

#include "base/arena.h"
#include "base/heap.h"
#include "base/test.h"
#include "http/conn.h"
#include "http/http.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/log.h"

#include <pthread.h>

enum { RIG_BIG = 32 << 20 };

struct rig {
    struct heap heap;
    struct clock_set clock;
    struct entropy entropy;
    struct log log;
    int log_fd;
    struct arena arena;
    struct web_site site;
    struct server_options options;
    struct server *server;

    /* What handlers and the site's functions do and have done. */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool waiting; /* a handler is in /wait */
    bool go_on;   /* it may leave */
    int opened;   /* threads' things */
    int closed;
    bool refuse_open;   /* thread_open fails */
    bool without_words; /* on_error fails */
    int admitted;       /* how often a long body was; of whom a cookie is */
};

/* Set everything but the server; change `options` before rig_open(). */
void rig_init(struct rig *r);
void rig_open(struct rig *r);
void rig_end(struct rig *r); /* stops the server if it runs */

/* Wait until a handler is in /wait; let it leave. */
void rig_await_handler(struct rig *r);
void rig_let_go(struct rig *r);

/* Wait until every connection there is, and at least one, is in `phase`: the
 * client sees an answer before the server is done with it. */
void rig_await(struct rig *r, enum phase phase);

/* Wait until no long body holds room: that of one which was answered is given
 * back a little later. */
void rig_await_room(struct rig *r);

/* Move the clock and have the server look at it. */
void rig_pass(struct rig *r, int64_t micros);

/* All that was logged; after rig_end() nothing is missing. */
str rig_logged(struct rig *r);

/* A connection to the server, which the caller closes; -1: it was refused. */
int dial(struct rig *r);
int dial_port(uint16_t port);
void say(int fd, str bytes);

struct reply {
    int status; /* 0: the connection ended before a whole answer came */
    str head;
    str body;
};

/* Read one answer and no more.  `with_body` is false for one to HEAD. */
struct reply hear(struct rig *r, int fd, bool with_body);

/* The value of a header of the answer, or an empty str. */
str reply_header(const struct reply *reply, str name);

/* Has the server closed the connection, and said nothing more?  Waits. */
bool ended(int fd);

/* dial(), say(), hear(), close(). */
struct reply ask(struct rig *r, str bytes);

#define CRLF "\r\n"
#define HOST "Host: a" CRLF

/* Read until the connection ends; how much there was. */
size_t drain(int fd);

#endif
