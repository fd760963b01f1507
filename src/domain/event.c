#include "domain/event.h"

#include "base/arena.h"
#include "base/check.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "domain/actor.h"

enum { EVENT_TEXT_MAX = 1 << 20 };

/* Beyond 2^53 a reader of JSON may round (RFC 8785, 3.2.2.3). */
#define WHOLE_MAX INT64_C(9007199254740991)

const char *const stream_names[STREAM_KIND_COUNT + 1] = {
    [STREAM_CASE] = "case",
    [STREAM_CERTIFICATE] = "certificate",
    [STREAM_ENTERPRISE] = "enterprise",
    [STREAM_PERSON] = "person",
    [STREAM_BODY] = "body",
    [STREAM_SCHEME] = "scheme",
    [STREAM_IMPORT] = "import",
};

/* A name that is none is a bug of ours. */
static const struct event_kind *newest_kind(const char *name)
{
    const struct event_kind *found = event_kind_newest(str_of(name));

    check(found != NULL);
    return found;
}

void event_list_add(struct event_list *list, struct event *e)
{
    e->next = NULL;
    if (list->last == NULL)
        list->first = e;
    else
        list->last->next = e;
    list->last = e;
    list->n++;
}

err event_emit(struct arena *a, struct event_list *list, const char *name,
               const struct facts *f, const void *data)
{
    const struct event_kind *kind = newest_kind(name);
    struct event *e = arena_zero(a, sizeof *e);
    void *copy = arena_zero(a, kind->record->size);

    TRY_MEMORY(e != NULL && copy != NULL);
    memcpy(copy, data, kind->record->size);
    *e = (struct event){
        .kind = kind,
        .at = f->at,
        .on = f->today,
        .actor = f->actor.person,
        .channel = f->channel,
        .data = copy,
    };
    event_list_add(list, e);
    return OK;
}

/* The envelope, as a struct that record.h can write and read. */
struct envelope {
    id stream;
    int64_t n;
    int64_t at;
    day on;
    id actor;
    str channel;
    struct hash prev;
    str type;
    int64_t version;
};

/* clang-format off */
static const struct field envelope_fields[] = {
    F_ID_OPT(struct envelope, actor),
    F_INT(struct envelope, at, -WHOLE_MAX, WHOLE_MAX),
    F_STR(struct envelope, channel, 1, 20),
    F_INT(struct envelope, n, 1, WHOLE_MAX),
    F_DAY(struct envelope, on),
    F_HASH_OPT(struct envelope, prev),
    F_ID(struct envelope, stream),
    F_STR(struct envelope, type, 1, 60),
    F_INT(struct envelope, version, 1, 1000),
};
static const struct record envelope_record = RECORD(envelope, envelope_fields);
/* clang-format on */

static struct envelope envelope_of(const struct event *e)
{
    return (struct envelope){
        .stream = e->stream,
        .n = e->n,
        .at = e->at,
        .on = e->on,
        .actor = e->actor,
        .channel = e->channel,
        .prev = e->prev,
        .type = str_of(e->kind->name),
        .version = e->kind->version,
    };
}

/* What is written is what can be read: record.h [R2]. */
err event_data_check(struct arena *a, const char *name, const void *data)
{
    struct json *j;

    return record_write(a, newest_kind(name)->record, data, &j);
}

err event_seal(struct arena *a, struct event *e, id stream, int64_t n,
               const struct hash *prev)
{
    struct json *whole;
    struct json *data;

    check(n >= 1 && (n == 1) == hash_is_zero(prev));
    e->stream = stream;
    e->n = n;
    e->prev = *prev;

    struct envelope envelope = envelope_of(e);
    TRY(record_write(a, &envelope_record, &envelope, &whole));
    TRY(record_write(a, e->kind->record, e->data, &data));
    TRY_MEMORY(json_set(whole, S("data"), data));

    TRY(json_text(a, whole, EVENT_TEXT_MAX, &e->text));
    sha256(e->text.p, e->text.n, e->hash.b);
    return OK;
}

err event_copy(struct arena *a, const struct event *e, struct event **out)
{
    struct event *copy = arena_zero(a, sizeof *copy);
    void *data;

    TRY_MEMORY(copy);
    TRY(record_copy(a, e->kind->record, e->data, &data));
    *copy = *e;
    copy->data = data;
    copy->channel = S("");
    copy->text = S("");
    copy->next = NULL;
    *out = copy;
    return OK;
}

bool event_follows(const struct event *e, id stream, int64_t n,
                   const struct hash *prev)
{
    return id_eq(e->stream, stream) && e->n == n && hash_eq(&e->prev, prev);
}

/* --- reading ------------------------------------------------------------ */

static err bad_form(struct arena *a, str reason)
{
    return err_new(a, ERR_CORRUPT, "event.form", ARG_STR("reason", reason));
}

/* What a reader said of a text that is on record: it was tampered with. */
static err corrupt(struct arena *a, err e)
{
    if (e.info->code == ERR_MEMORY)
        return e;

    str path = err_arg_text(e, "path");
    return bad_form(a, path.n > 0 ? path : str_of(e.info->id));
}

/* The envelope is all members but "data"; the parse tree is ours to change. */
static struct json *take_data(struct json *whole)
{
    struct json *before = NULL;

    for (struct json *m = whole->first; m != NULL; before = m, m = m->next) {
        if (!str_eq(m->key, S("data")))
            continue;
        if (before == NULL)
            whole->first = m->next;
        else
            before->next = m->next;
        if (whole->last == m)
            whole->last = before;
        whole->count--;
        return m;
    }
    return NULL;
}

static err read_data(struct arena *a, const struct envelope *envelope,
                     const struct json *data, struct event *e)
{
    const struct event_kind *kind =
        event_kind_find(envelope->type, envelope->version);

    if (kind == NULL)
        return err_new(a, ERR_CORRUPT, "event.unknown",
                       ARG_STR("type", envelope->type),
                       ARG_INT("version", envelope->version));

    void *into = arena_zero(a, kind->record->size);
    TRY_MEMORY(into);
    err bad = record_read(a, kind->record, data, into);
    if (failed(bad))
        return corrupt(a, bad);
    e->kind = kind;
    e->data = into;
    return OK;
}

static err read_envelope(struct arena *a, str text, struct envelope *out,
                         struct json **data)
{
    struct json *whole = NULL;
    err bad = json_parse(a, text, &whole);

    if (failed(bad))
        return corrupt(a, bad);
    if (whole->kind != JSON_OBJECT)
        return bad_form(a, S("json"));
    *data = take_data(whole);
    if (*data == NULL)
        return bad_form(a, S("data"));
    bad = record_read(a, &envelope_record, whole, out);
    if (failed(bad))
        return corrupt(a, bad);
    if ((out->n == 1) != hash_is_zero(&out->prev)) /* [EV1] */
        return bad_form(a, S("prev"));
    return OK;
}

err event_read(struct arena *a, str text, struct event **out)
{
    struct envelope envelope = { 0 };
    struct json *data = NULL;
    struct event *e = arena_zero(a, sizeof *e);

    TRY_MEMORY(e);
    TRY(read_envelope(a, text, &envelope, &data));
    TRY(read_data(a, &envelope, data, e));
    e->stream = envelope.stream;
    e->n = envelope.n;
    e->at = envelope.at;
    e->on = envelope.on;
    e->actor = envelope.actor;
    e->channel = envelope.channel;
    e->prev = envelope.prev;
    e->text = text;
    sha256(text.p, text.n, e->hash.b);
    *out = e;
    return OK;
}
