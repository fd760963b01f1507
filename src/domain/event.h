#ifndef DOMAIN_EVENT_H
#define DOMAIN_EVENT_H

/*
 * event -- what happened, for ever: the journal's unit.
 *
 * A stream (a case, a certificate ..) is a chain of events.  Each is one
 * canonical JSON text (RFC 8785):
 *
 *   {"actor":ID,"at":MICROS,"channel":TEXT,"data":{..},"n":N,"on":DAY,
 *    "prev":HASH,"stream":ID,"type":NAME,"version":V}
 *
 *   [EV1] The n of a stream's events are 1, 2, 3 ..; `prev` is the SHA-256 of
 *         the text before it, absent at n = 1.  So no event can be changed,
 *         dropped or moved without every later hash changing.
 *   [EV2] An event is never edited; a new form of it gets a new version, and
 *         older ones are still read.  tests/golden/events holds one text of
 *         each type and version.
 *   [EV3] No event holds personal data: it names people by id.
 *   [EV4] What a rule worked out (a deadline, a score, a total) stands in the
 *         event, so that replay needs no clock, calendar or later rule.
 */

#include "base/day.h"
#include "base/err.h"
#include "base/id.h"
#include "codec/record.h"

#include <stdint.h>

struct arena;
struct facts;
struct state;

enum stream_kind {
    STREAM_CASE,
    STREAM_CERTIFICATE,
    STREAM_ENTERPRISE,
    STREAM_PERSON,
    STREAM_BODY,
    STREAM_SCHEME,
    STREAM_IMPORT, /* a file of certificates, by its SHA-256 */
    STREAM_KIND_COUNT,
};

extern const char *const stream_names[STREAM_KIND_COUNT + 1]; /* NULL-ended */

struct event;

struct event_kind {
    const char *name; /* "application.submitted" */
    int32_t version;
    enum stream_kind stream;
    const struct record *record; /* of its data */
    /* Fold it into the case; total.  NULL for streams that are no case. */
    void (*apply)(struct state *s, const struct event *e);
};

struct event {
    const struct event_kind *kind;
    id stream;
    int64_t n;  /* place in the stream, from 1 */
    int64_t at; /* when it was recorded, microseconds UTC */
    day on;     /* the day it takes effect */
    id actor;
    str channel;
    const void *data; /* a struct as kind->record says */
    struct hash prev;
    struct hash hash;   /* of the text */
    str text;           /* canonical JSON */
    struct event *next; /* the next event of a list it is put in */
};

struct event_list {
    struct event *first;
    struct event *last;
    size_t n;
};

/* Put `e`, which is in no list, at the end. */
void event_list_add(struct event_list *list, struct event *e);

/* The kind of this name and version, or NULL. */
const struct event_kind *event_kind_find(str name, int64_t version);

/* The kind of this name in its newest version, or NULL. */
const struct event_kind *event_kind_newest(str name);

/* Every kind, for tests and documentation. */
size_t event_kind_count(void);
const struct event_kind *event_kind_at(size_t i);

/* Append an event of kind `name` (newest version) with a copy of the struct
 * `data` to `list`; the texts and lists in it are borrowed.  Stream, n and prev
 * are filled in by event_seal(). */
err event_emit(struct arena *a, struct event_list *list, const char *name,
               const struct facts *f, const void *data);

/* Would event_seal() write these data in an event of kind `name` (newest
 * version)?  ERR_INVALID "record.*" when they break the kind's record. */
err event_data_check(struct arena *a, const char *name, const void *data);

/*
 * Put the event in its place, write its text and hash it.  `prev` is the hash
 * of the event before it, all zero at n = 1.  What would not be read back is
 * not written: ERR_INVALID "record.*" when the data break the kind's record.
 */
err event_seal(struct arena *a, struct event *e, id stream, int64_t n,
               const struct hash *prev);

/*
 * Read a text back; it is borrowed.  ERR_CORRUPT "event.form" (reason),
 * "event.unknown" (type, version).  The hash is computed, not checked: see
 * event_follows() for the chain.
 */
err event_read(struct arena *a, str text, struct event **out);

/* The event with its data in `a`, for a fold that outlives it: all that apply()
 * looks at, without the text and in no list. */
err event_copy(struct arena *a, const struct event *e, struct event **out);

/* Is `e` event `n` of `stream`, after the event with hash `prev`? [EV1] */
bool event_follows(const struct event *e, id stream, int64_t n,
                   const struct hash *prev);

#endif
