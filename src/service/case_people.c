#include "service/case_people.h"

#include "base/arena.h"
#include "codec/json.h"
#include "domain/rights.h"
#include "store/people.h"

/* --- who is spoken of ----------------------------------------------------- */

static size_t most(const struct state *s)
{
    size_t n = s->scheme->leaf_count;

    if (s->plan != NULL)
        n += s->plan->team.n;
    if (s->panel.named != NULL)
        n += s->panel.named->seats.n;
    return n;
}

struct gathering {
    struct tx *tx;
    struct arena *a;
    const struct actor *reader; /* NULL: everybody is named [CP1] */
    id enterprise;              /* of the case */
    struct named_person *people;
    size_t n;
};

/* [CP2] */
static bool is_known_to(const struct gathering *g, const struct person_row *row)
{
    return g->reader == NULL || !rights_owns(g->reader, g->enterprise) ||
           id_eq(row->enterprise, g->enterprise);
}

/* Each once; one whose row is gone has no name. */
static err gather(struct gathering *g, id person)
{
    const struct list so_far = { g->people, g->n };
    struct person_row row;

    if (id_is_zero(person) || case_person(&so_far, person).n > 0)
        return OK;
    err e = person_get(g->tx, g->a, person, &row);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    if (is_known_to(g, &row))
        g->people[g->n++] = (struct named_person){ person, row.name };
    return OK;
}

static err gather_all(struct gathering *g, const struct state *s)
{
    const struct list none = { 0 };
    const struct list *team = s->plan == NULL ? &none : &s->plan->team;
    const struct list *seats =
        s->panel.named == NULL ? &none : &s->panel.named->seats;

    for (size_t i = 0; i < team->n; i++)
        TRY(gather(g, ((const struct team_member *)team->p)[i].person));
    for (size_t i = 0; i < seats->n; i++)
        TRY(gather(g, ((const struct seat *)seats->p)[i].person));
    for (size_t i = 0; i < s->scheme->leaf_count; i++)
        TRY(gather(g, s->leaves[i].auditor));
    return OK;
}

err case_people(struct app *app, struct arena *a, const struct case_file *file,
                struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct gathering g = { .a = a };

    g.people = arena_array(a, most(file->state), sizeof *g.people);
    TRY_MEMORY(g.people);
    TRY(app_read(app, a, &tx));
    g.tx = tx;
    TRY(gather_all(&g, file->state));
    *out = (struct list){ g.people, g.n };
    return OK;
}

/* --- who acted --------------------------------------------------------------
 */

err case_actors(struct app *app, struct arena *a, const struct case_file *file,
                const struct actor *reader, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct gathering g = { .a = a };

    g.people =
        arena_array(a, most(file->state) + file->events.n, sizeof *g.people);
    TRY_MEMORY(g.people);
    TRY(app_read(app, a, &tx));
    g.tx = tx;
    TRY(gather_all(&g, file->state));
    g.reader = reader;
    g.enterprise = file->enterprise.id;
    for (const struct event *e = file->events.first; e != NULL; e = e->next)
        TRY(gather(&g, e->actor));
    *out = (struct list){ g.people, g.n };
    return OK;
}

str case_person(const struct list *people, id person)
{
    const struct named_person *p = people->p;

    for (size_t i = 0; i < people->n; i++) {
        if (id_eq(p[i].id, person))
            return p[i].name;
    }
    return S("");
}

/* --- in JSON -------------------------------------------------------------- */

/* The member that holds a person's id; NULL: `j` speaks of nobody. */
static const struct json *person_member(const struct json *j)
{
    const struct json *found = json_get(j, S("person"));

    return found != NULL ? found : json_get(j, S("auditor"));
}

static void name_person(struct arena *a, const struct list *people,
                        struct json *j)
{
    const struct json *who = person_member(j);
    id person;
    str name;

    if (who == NULL || who->kind != JSON_STR || !id_parse(who->text, &person))
        return;
    name = case_person(people, person);
    if (name.n > 0)
        json_set(j, S("name"), json_new_str(a, name));
}

void case_people_json(struct arena *a, const struct list *people,
                      struct json *j)
{
    if (j->kind == JSON_OBJECT)
        name_person(a, people, j);
    for (struct json *x = j->first; x != NULL; x = x->next)
        case_people_json(a, people, x);
}
