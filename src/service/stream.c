#include "service/stream.h"

#include "base/arena.h"
#include "domain/actor.h"
#include "domain/events.h"
#include "service/app.h"
#include "service/kept.h"
#include "service/register_home.h"
#include "store/log.h"
#include "tlog/leaf.h"
#include "tlog/tlog.h"

static err tampered(struct tx *tx, const struct stream_row *row, int64_t n)
{
    return err_new(tx_arena(tx), ERR_CORRUPT, "journal.tampered",
                   ARG_STR("stream", row->number), ARG_INT("event", n));
}

/* Where in which chain a row must stand. */
struct link {
    const struct stream_row *stream;
    int64_t n;
    struct hash prev;
};

/* What a stream begins with: the rest of it is read in the light of that. */
static const char *const first_events[STREAM_KIND_COUNT] = {
    [STREAM_CASE] = "case.opened",
    [STREAM_CERTIFICATE] = "certificate.issued",
    [STREAM_ENTERPRISE] = "enterprise.registered",
    [STREAM_PERSON] = "person.added",
    [STREAM_BODY] = "body.founded",
    [STREAM_SCHEME] = "package.frozen",
    [STREAM_IMPORT] = "import.chunk",
};

/* Does the event stand where it must, and say what the columns say? */
static bool fits(const struct link *at, const struct journal_row *row,
                 const struct event *e)
{
    return event_follows(e, at->stream->id, at->n, &at->prev) &&
           (at->n > 1 ||
            strcmp(e->kind->name, first_events[e->kind->stream]) == 0) &&
           hash_eq(&e->hash, &row->hash) &&
           str_eq(str_of(e->kind->name), row->type) && e->at == row->at &&
           e->on == row->on &&
           str_eq(str_of(stream_names[e->kind->stream]), at->stream->kind);
}

static err read_row(struct tx *tx, struct arena *a, const struct link *at,
                    const struct journal_row *row, struct event **out)
{
    struct event *e = NULL;
    err failed_read = event_read(a, row->body, &e);

    if (err_is(failed_read, ERR_MEMORY))
        return failed_read;
    if (failed(failed_read) || e == NULL || !fits(at, row, e))
        return tampered(tx, at->stream, at->n);
    *out = e;
    return OK;
}

/* A row that is missing, or is no event's; a database that cannot be read is
 * another matter. */
static bool is_alteration(err e)
{
    return e.info->code == ERR_CORRUPT &&
           strcmp(e.info->id, "store.corrupt") != 0;
}

/* The next row, which must be the one after `at`. */
static err next_row(struct journal_cursor *c, struct arena *a, struct link *at,
                    struct event **out)
{
    struct journal_row row;
    bool found;
    err e = journal_next(c, a, &row, &found);

    if (failed(e))
        return is_alteration(e) ? tampered(c->tx, at->stream, at->n) : e;
    *out = NULL;
    if (!found)
        return OK;
    TRY(read_row(c->tx, a, at, &row, out));
    at->prev = row.hash;
    at->n++;
    return OK;
}

/* The stream's own row says how many there are, since when, and the hash of
 * the last. */
static err check_row(struct tx *tx, const struct stream_row *row,
                     const struct event_list *events, const struct link *end)
{
    int64_t n = (int64_t)events->n;

    if (n < row->version)
        return tampered(tx, row, n + 1); /* it is missing */
    if (n > row->version || !hash_eq(&end->prev, &row->head) ||
        (n > 0 && events->first->at != row->opened))
        return tampered(tx, row, n > 0 ? n : 1);
    return OK;
}

err stream_events(struct tx *tx, struct arena *a, const struct stream_row *row,
                  struct event_list *out)
{
    scoped(journal_end) struct journal_cursor c;
    struct event_list events = { 0 };
    struct link at = { .stream = row, .n = 1 };
    struct event *e = NULL;

    journal_begin(&c, tx, row->id, 0);
    for (;;) {
        TRY(next_row(&c, a, &at, &e));
        if (e == NULL)
            break;
        event_list_add(&events, e);
    }
    TRY(check_row(tx, row, &events, &at));
    *out = events;
    return OK;
}

err stream_events_known(struct tx *tx, struct arena *a, id stream,
                        struct event_list *out)
{
    struct stream_row row;
    err e = stream_get(tx, a, stream, &row);

    if (err_is(e, ERR_NOT_FOUND)) {
        *out = (struct event_list){ 0 };
        return OK;
    }
    TRY(e);
    return stream_events(tx, a, &row, out);
}

err stream_append(struct tx *tx, id stream, int64_t version,
                  const struct hash *head, struct event_list *events)
{
    struct arena *a = tx_arena(tx);
    struct journal_row *rows = arena_array(a, events->n, sizeof *rows);
    struct hash prev = *head;
    size_t n = 0;

    TRY_MEMORY(rows);
    for (struct event *e = events->first; e != NULL; e = e->next) {
        TRY(event_seal(a, e, stream, version + (int64_t)n + 1, &prev));
        prev = e->hash;
        rows[n++] = (struct journal_row){
            .version = e->n,
            .type = str_of(e->kind->name),
            .at = e->at,
            .on = e->on,
            .body = e->text,
            .hash = e->hash,
        };
    }
    return journal_append(tx, stream, version, rows, n);
}

/* What it says of itself, and of the one before it, is another now (see
 * register_home.h [RG2]).  Packages and keys are said of all. */
static err tell_register(struct tx *tx, const struct app *app,
                         const struct event *e, str subject)
{
    str number = subject;
    str kind = str_cut(&number, '/');

    if (str_eq(kind, S("scheme")) || str_eq(kind, S("body")))
        return register_news_all(app, tx_arena(tx));
    if (!str_eq(kind, S("certificate")))
        return OK;
    if (strcmp(e->kind->name, "certificate.issued") == 0) {
        const struct certificate *c = e->data;

        if (c->previous.n > 0)
            TRY(register_news(app, tx_arena(tx), c->previous));
    }
    return register_news(app, tx_arena(tx), number);
}

/* `vouching`: NULL, or what vouches for them. */
static err enter_all(struct tx *tx, const struct app *app,
                     const struct event_list *events, struct kept *vouching)
{
    for (const struct event *e = events->first; e != NULL; e = e->next) {
        struct log_pending_row p = { .at = e->at };

        TRY(leaf_of_event(tx_arena(tx), app_salt_key(app), e, &p.subject,
                          &p.leaf));
        if (p.leaf.n == 0)
            continue;
        TRY(tlog_enter(tx, p.at, p.subject, p.leaf));
        TRY(tell_register(tx, app, e, p.subject));
        if (vouching != NULL)
            TRY(kept_vouch(vouching, tx, &p));
    }
    return OK;
}

err stream_enter_log(struct tx *tx, const struct app *app,
                     const struct event_list *events)
{
    return enter_all(tx, app, events, NULL);
}

err stream_enter_log_known(struct tx *tx, const struct app *app,
                           const struct event_list *events)
{
    return enter_all(tx, app, events, app_kept(app));
}

err stream_begin(struct tx *tx, const struct new_stream *stream,
                 const char *event, const struct facts *f, const void *data)
{
    struct event_list events = { 0 };
    struct stream_row row = {
        .id = stream->id,
        .kind = str_of(stream_names[stream->kind]),
        .number = stream->number,
        .opened = f->at,
    };

    TRY(stream_open(tx, &row));
    TRY(event_emit(tx_arena(tx), &events, event, f, data));
    return stream_append(tx, stream->id, 0, &row.head, &events);
}
