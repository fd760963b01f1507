#ifndef SYS_LOG_H
#define SYS_LOG_H

/*
 * log -- what happened, one JSON object a line, for the people who run us.
 *
 *   {"time":"2026-11-24T04:52:01.123456Z","level":"info",
 *    "event":"request.answered","request":"1f..","status":200}
 *
 *   [LG1] A line is one write(2) of at most LOG_LINE bytes, to a file opened
 *         for appending or to a pipe: lines of several threads or processes do
 *         not mix, and rotating means moving the file and starting anew.
 *   [LG2] A line is always one JSON object in UTF-8, whatever bytes the fields
 *         hold; fields that do not fit are left out and counted in "left_out".
 *   [LG3] No personal data: fields are ids, numbers, names of routes and
 *         files.  Names, addresses, messages and what people typed stay in the
 *         store, where they can be erased.  log_err() keeps to that by itself.
 *   [LG4] Logging never fails: there would be nobody to tell.  Lines that
 *         could not be written are counted in "lost" of the next that can.
 *
 * Only the edges log (faces, jobs, main); libraries return errors.  Threads:
 * any.
 */

#include "base/err.h"

#include <stdatomic.h>
#include <stdint.h>

struct clock;

enum { LOG_LINE = 4096 }; /* PIPE_BUF */

/* What log_write() is told apart from the event. */
enum log_level {
    LEVEL_INFO,  /* an ordinary event */
    LEVEL_WARN,  /* look at it when there is time */
    LEVEL_ERROR, /* somebody was let down: look at it now */
};

struct log {
    struct clock *clock; /* borrowed */
    int fd;              /* borrowed */
    enum log_level from; /* less urgent events are dropped */
    _Atomic uint64_t lost;
    _Atomic bool torn; /* the last write stopped within a line */
};

void log_init(struct log *l, struct clock *c, int fd, enum log_level from);

/*
 * log_event(&log, LEVEL_INFO, "server.opened", ARG_INT("port", 8010));
 * `event` is "thing.what_happened".  A NULL log takes nothing and says nothing.
 */
#define log_event(l, level, event, ...)                                        \
    log_write((l), (level), (event),                                           \
              (const struct err_arg[]){ __VA_ARGS__ __VA_OPT__(, ){ 0 } })
void log_write(struct log *l, enum log_level level, const char *event,
               const struct err_arg *fields);

/* An error that nobody else will be shown: its code, id, place, numbers and
 * catalogue ids, not its texts [LG3].  `request` is the request's id, or empty.
 * An argument whose name the line has already is called error_NAME. */
void log_err(struct log *l, const char *event, str request, err e);

#endif
