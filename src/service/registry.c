#include "service/registry.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "codec/idcode.h"
#include "codec/utf8.h"
#include "domain/events.h"
#include "domain/rights.h"
#include "service/order.h"
#include "service/stream.h"
#include "store/schemes.h"
#include "sys/clock.h"
#include "sys/entropy.h"

enum { EVENT_ARENA = 4 << 20 };

static struct facts facts_of(struct app *app, const struct registrar *by)
{
    struct clock *clock = app_world_of(app)->clock;

    return (struct facts){
        .at = clock->now(clock),
        .today = by->today,
        .actor = { .person = by->actor },
        .channel = by->channel,
    };
}

/* --- enterprises [RG1] ----------------------------------------------- */

static const char *fault_id(const struct idcode *x)
{
    if (x->kind != IDCODE_USCC)
        return "registry.uscc_form";
    return x->fault == IDCODE_CHECK ? "registry.uscc_check"
                                    : "registry.uscc_character";
}

err registry_uscc(struct arena *a, str typed, str *out)
{
    struct idcode x;
    char expected[2] = { 0 };

    idcode_check(typed, &x);
    if (x.kind == IDCODE_USCC && idcode_may_be(&x))
        return arena_str(a, str_of(x.text), out) ? OK : err_memory();
    expected[0] = x.expected;
    return err_new(a, ERR_INVALID, fault_id(&x), ARG_STR("uscc", typed),
                   ARG_INT("at", x.at), ARG_STR("expected", str_of(expected)));
}

/* Nothing, or nothing but blanks, the wide ones of Chinese texts too. */
static bool is_blank(str s)
{
    size_t at = 0;
    uint32_t c;

    s = str_trim(s);
    while (utf8_next(s, &at, &c)) {
        if (c != ' ' && c != 0x3000)
            return false;
    }
    return at == s.n;
}

static struct enterprise_registered event_of(const struct enterprise_row *e,
                                             str uscc)
{
    return (struct enterprise_registered){
        .name = e->name,
        .uscc = uscc,
        .registered = e->registered,
        .province = e->province,
        .city = e->city,
        .scope = e->scope,
    };
}

/* In an arena of its own: a table may have a million rows. */
static err check_event(struct arena *a, struct enterprise_registered event)
{
    scoped(arena_end) struct arena scratch;

    arena_init(&scratch, a->heap, EVENT_ARENA);
    return err_keep(a, event_data_check(&scratch, "enterprise.registered",
                                        &event));
}

err registry_enterprise_check(struct arena *a, const struct enterprise_row *e,
                              day today)
{
    str uscc;

    TRY(registry_uscc(a, e->uscc, &uscc));
    if (is_blank(e->name))
        return err_new(a, ERR_INVALID, "registry.name");
    if (is_blank(e->scope))
        return err_new(a, ERR_INVALID, "registry.scope",
                       ARG_STR("name", e->name));
    if (e->registered > today)
        return err_new(a, ERR_INVALID, "registry.day", ARG_STR("name", e->name),
                       ARG_DAY("registered", e->registered));
    return check_event(a, event_of(e, uscc));
}

struct enrolling {
    struct app *app;
    const struct registrar *by;
    const struct enterprise_row *rows;
    size_t n;
};

err registry_enterprise_in(struct tx *tx, struct app *app,
                           const struct registrar *by,
                           const struct enterprise_row *e)
{
    struct facts f = facts_of(app, by);
    struct enterprise_row row = *e;

    TRY(registry_uscc(tx_arena(tx), e->uscc, &row.uscc));

    struct enterprise_registered event = event_of(e, row.uscc);
    struct new_stream stream = { STREAM_ENTERPRISE, row.id, row.uscc };
    err begun = stream_begin(tx, &stream, "enterprise.registered", &f, &event);
    if (err_is(begun, ERR_CONFLICT))
        return err_new(tx_arena(tx), ERR_CONFLICT, "registry.known",
                       ARG_STR("uscc", row.uscc));
    TRY(begun);
    return enterprise_put(tx, &row);
}

static err enrol_all(struct tx *tx, void *context)
{
    const struct enrolling *x = context;

    for (size_t i = 0; i < x->n; i++)
        TRY(registry_enterprise_in(tx, x->app, x->by, &x->rows[i]));
    return OK;
}

err registry_enterprises(struct app *app, struct arena *a,
                         const struct registrar *by,
                         const struct enterprise_row *rows, size_t n)
{
    struct enrolling x = { app, by, rows, n };

    for (size_t i = 0; i < n; i++)
        TRY(registry_enterprise_check(a, &rows[i], by->today));
    return app_write(app, a, enrol_all, &x);
}

/* --- who and what there is -------------------------------------------- */

static err no_such(struct tx *tx, const char *what, id key)
{
    char digits[ID_TEXT];

    return err_new(tx_arena(tx), ERR_NOT_FOUND, what,
                   ARG_STR("id", id_text(key, digits)));
}

static err find_enterprise(struct tx *tx, id key)
{
    struct enterprise_row row;
    err e = enterprise_get(tx, tx_arena(tx), key, &row);

    return err_is(e, ERR_NOT_FOUND) ? no_such(tx, "registry.enterprise", key)
                                    : e;
}

static err find_person(struct tx *tx, id key)
{
    struct person_row row;
    err e = person_get(tx, tx_arena(tx), key, &row);

    return err_is(e, ERR_NOT_FOUND) ? no_such(tx, "registry.person", key) : e;
}

/* [RG4] An event more at the end of a stream. */
static err go_on(struct tx *tx, const struct stream_row *row,
                 struct event_list *more)
{
    struct event_list before;

    TRY(stream_events(tx, tx_arena(tx), row, &before));
    return stream_append(tx, row->id, row->version, &row->head, more);
}

/* --- people [RG2] ---------------------------------------------------- */

struct hiring {
    struct app *app;
    const struct registrar *by;
    const struct person_row *person;
};

static err list_roles(struct arena *a, int64_t roles, struct list *out)
{
    str *names = arena_array(a, ROLE_COUNT, sizeof *names);
    size_t n = 0;

    TRY_MEMORY(names);
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if ((roles & ROLE_BIT(i)) != 0)
            names[n++] = str_of(role_names[i]);
    }
    *out = (struct list){ names, n };
    return OK;
}

err registry_person_in(struct tx *tx, struct app *app,
                       const struct registrar *by, const struct person_row *p)
{
    struct facts f = facts_of(app, by);
    struct person_added added = { .enterprise = p->enterprise };
    char number[ID_TEXT];

    if (!id_is_zero(p->enterprise))
        TRY(find_enterprise(tx, p->enterprise));
    TRY(list_roles(tx_arena(tx), p->roles, &added.roles));
    /* The stream is numbered by its id: a login is personal. */
    struct new_stream stream = { STREAM_PERSON, p->id, id_text(p->id, number) };
    TRY(stream_begin(tx, &stream, "person.added", &f, &added));

    err e = person_put(tx, p);
    if (err_is(e, ERR_CONFLICT))
        return err_new(tx_arena(tx), ERR_CONFLICT, "registry.login",
                       ARG_STR("login", p->login));
    return e;
}

static err hire(struct tx *tx, void *context)
{
    const struct hiring *x = context;

    return registry_person_in(tx, x->app, x->by, x->person);
}

err registry_person(struct app *app, struct arena *a,
                    const struct registrar *by, const struct person_row *p)
{
    struct hiring x = { app, by, p };

    return app_write(app, a, hire, &x);
}

struct tying {
    struct app *app;
    const struct registrar *by;
    id person;
    const struct relation_row *relation;
    str note;
};

static err tie(struct tx *tx, void *context)
{
    const struct tying *x = context;
    struct facts f = facts_of(x->app, x->by);
    struct person_related related = {
        .enterprise = x->relation->enterprise,
        .until = x->relation->until,
        .note = x->note,
    };
    struct event_list events = { 0 };
    struct stream_row row;

    TRY(find_person(tx, x->person));
    TRY(find_enterprise(tx, x->relation->enterprise));
    TRY(stream_get(tx, tx_arena(tx), x->person, &row));
    TRY(event_emit(tx_arena(tx), &events, "person.related", &f, &related));
    TRY(go_on(tx, &row, &events));
    return relation_put(tx, x->person, x->relation);
}

err registry_relation(struct app *app, struct arena *a,
                      const struct registrar *by, id person,
                      const struct relation_row *r, str note)
{
    struct tying x = { app, by, person, r, note };

    return app_write(app, a, tie, &x);
}

/* --- schemes [RG3] --------------------------------------------------- */

struct freezing {
    struct app *app;
    const struct registrar *by;
    const struct scheme *scheme;
    const struct scheme_file_row *files;
    size_t n;
    id stream;
    bool new_version; /* [RG5] */
};

/* The package's stream: one a name, an event a version of it. */
static err open_stream(struct tx *tx, const struct freezing *x,
                       const struct facts *f, struct stream_row *out)
{
    err e = stream_by_number(tx, tx_arena(tx), S("scheme"), x->scheme->id, out);

    if (!err_is(e, ERR_NOT_FOUND))
        return e;
    *out = (struct stream_row){
        .id = x->stream,
        .kind = S("scheme"),
        .number = x->scheme->id,
        .opened = f->at,
    };
    return stream_open(tx, out);
}

/* [RG5] */
static err check_version(struct tx *tx, const struct stream_row *stream,
                         const struct scheme *s)
{
    struct event_list events;

    TRY(stream_events(tx, tx_arena(tx), stream, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next) {
        const struct scheme_frozen *frozen = e->data;

        if (str_eq(frozen->version, s->version))
            return err_new(tx_arena(tx), ERR_CONFLICT, "registry.version",
                           ARG_STR("scheme", s->id),
                           ARG_STR("version", s->version));
    }
    return OK;
}

static err freeze(struct tx *tx, void *context)
{
    const struct freezing *x = context;
    const struct scheme *s = x->scheme;
    struct facts f = facts_of(x->app, x->by);
    struct scheme_frozen frozen = { s->id, s->version, s->hash };
    struct scheme_row row = { s->hash, s->id, s->version, f.at };
    struct event_list events = { 0 };
    struct stream_row stream;
    bool known;

    struct scheme_row found;
    TRY(scheme_find(tx, tx_arena(tx), &s->hash, &found, &known));
    if (known)
        return OK;
    TRY(open_stream(tx, x, &f, &stream));
    if (x->new_version)
        TRY(check_version(tx, &stream, s));
    TRY(scheme_freeze(tx, &row, x->files, x->n));
    TRY(event_emit(tx_arena(tx), &events, "package.frozen", &f, &frozen));
    TRY(go_on(tx, &stream, &events));
    return stream_enter_log(tx, x->app, &events);
}

static err freeze_package(struct app *app, struct arena *a,
                          const struct package *p, struct freezing *x,
                          struct hash *out)
{
    struct scheme_file_row *files = arena_array(a, p->n, sizeof *files);
    struct problem *problems;
    struct scheme *scheme;

    TRY_MEMORY(files);
    TRY(scheme_load(a, p, &scheme, &problems));
    for (size_t i = 0; i < p->n; i++) {
        if (!str_begins(p->files[i].path, S("golden/")))
            files[x->n++] =
                (struct scheme_file_row){ p->files[i].path, p->files[i].bytes };
    }
    x->app = app;
    x->scheme = scheme;
    x->files = files;
    TRY(app_write(app, a, freeze, x));
    *out = scheme->hash;
    return OK;
}

err registry_scheme(struct app *app, struct arena *a,
                    const struct registrar *by, const struct package *p,
                    id stream, struct hash *out)
{
    struct freezing x = { .by = by, .stream = stream };

    return freeze_package(app, a, p, &x, out);
}

static err freeze_at_work(struct app *app, struct arena *a,
                          const struct session *who, day today,
                          const struct package *p, struct hash *out)
{
    const struct registrar by = { who->actor.person, today, who->channel };
    struct freezing x = { .by = &by, .new_version = true };

    if (!rights_may_freeze(&who->actor))
        return err_new(a, ERR_DENIED, "registry.freezes");
    TRY(entropy_id(app_world_of(app)->entropy, &x.stream));
    return freeze_package(app, a, p, &x, out);
}

err registry_freeze(struct app *app, struct arena *a, const struct session *who,
                    day today, const struct package *p, struct hash *out)
{
    err e = freeze_at_work(app, a, who, today, p, out);
    struct refused r = { .who = who, .command = S("package.freeze"), .why = e };

    if (failed(e))
        order_refused(app, a, &r);
    return e;
}
