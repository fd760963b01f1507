#include "service/packages.h"

#include "base/arena.h"
#include "base/id.h"
#include "domain/events.h"
#include "service/stream.h"
#include "store/people.h"
#include "store/schemes.h"

enum { SHOWN = 64 }; /* bytes of a name that a message can show */

/* --- who froze it --------------------------------------------------------- */

/* Somebody who is in no register any more has no name. */
static err name_of(struct tx *tx, struct arena *a, id person, str *out)
{
    struct person_row p = { .name = S("") };
    err e = OK;

    if (!id_is_zero(person))
        e = person_get(tx, a, person, &p);
    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    *out = p.name;
    return OK;
}

static err add_who(struct tx *tx, struct arena *a, struct package_line *line)
{
    struct stream_row stream;
    struct event_list events;

    TRY(stream_by_number(tx, a, S("scheme"), line->scheme, &stream));
    TRY(stream_events(tx, a, &stream, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next) {
        const struct scheme_frozen *frozen = e->data;

        if (hash_eq(&frozen->scheme_hash, &line->hash))
            return name_of(tx, a, e->actor, &line->by);
    }
    return OK;
}

/* --- the list ------------------------------------------------------------- */

static err check_reader(struct arena *a, const struct session *who)
{
    const struct actor *actor = &who->actor;
    bool of_body = !id_is_zero(actor->person) && id_is_zero(actor->enterprise);

    return of_body ? OK : err_new(a, ERR_DENIED, "visit.body");
}

static err list_all(struct tx *tx, struct arena *a, struct list *out)
{
    struct package_line *lines;
    const struct scheme_bound_row *row;
    struct list rows;

    TRY(scheme_list_bound(tx, a, &rows));
    row = rows.p;
    lines = arena_array(a, rows.n, sizeof *lines);
    TRY_MEMORY(lines);
    for (size_t i = 0; i < rows.n; i++) {
        lines[i] = (struct package_line){
            .scheme = row[i].scheme.id,
            .version = row[i].scheme.version,
            .hash = row[i].scheme.hash,
            .frozen = row[i].scheme.frozen,
            .by = S(""),
            .in_force =
                i == 0 || !str_eq(row[i - 1].scheme.id, row[i].scheme.id),
            .cases = row[i].cases,
        };
        TRY(add_who(tx, a, &lines[i]));
    }
    *out = (struct list){ lines, rows.n };
    return OK;
}

err packages_list(struct app *app, struct arena *a, const struct session *who,
                  struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(check_reader(a, who));
    TRY(app_read(app, a, &tx));
    return list_all(tx, a, out);
}

/* --- one of them ---------------------------------------------------------- */

static err none(struct arena *a, str name)
{
    return err_new(a, ERR_NOT_FOUND, "published.no_scheme",
                   ARG_STR("name", str_first(name, SHOWN)));
}

static err find(struct tx *tx, struct arena *a, str name,
                const struct hash *hash, struct package_line *out)
{
    struct list lines;

    TRY(list_all(tx, a, &lines));
    for (size_t i = 0; i < lines.n; i++) {
        const struct package_line *line =
            (const struct package_line *)lines.p + i;

        if (!str_eq(line->scheme, name) || !hash_eq(&line->hash, hash))
            continue;
        *out = *line;
        return OK;
    }
    return none(a, name);
}

/* [PK3] */
static err check_now(struct tx *tx, struct arena *a, struct package_view *v)
{
    struct problem *problems = NULL;
    struct package package;
    struct scheme *unused;

    TRY(app_package(tx, a, &v->line.hash, &package));
    err e = scheme_load(a, &package, &unused, &problems);
    if (failed(e) && problems == NULL)
        return e;
    v->problems = problems;
    for (const struct problem *p = problems; p != NULL; p = p->next)
        v->problem_count++;
    return OK;
}

err packages_one(struct app *app, struct arena *a, const struct session *who,
                 str name, str hash, struct package_view *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct package_view v = { 0 };
    struct hash wanted;

    TRY(check_reader(a, who));
    if (!hex_parse(hash, wanted.b, sizeof wanted.b))
        return none(a, name);
    TRY(app_read(app, a, &tx));
    TRY(find(tx, a, name, &wanted, &v.line));
    TRY(app_scheme(app, tx, &v.line.hash, &v.scheme));
    TRY(check_now(tx, a, &v));
    *out = v;
    return OK;
}
