/* registers_view -- an entry of the registers as who may change it sees it.
 * (service/registers.h) */

#include "service/registers.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/names.h"
#include "store/enterprises.h"
#include "store/people.h"
#include "sys/clock.h"

enum { REF_MOST = 200 };

/* --- who it is ------------------------------------------------------------ */

static err begun_by(struct arena *a, const char *kind, str rest, str *out)
{
    struct buf b;

    buf_init(&b, a, REF_MOST);
    buf_str(&b, str_of(kind));
    buf_str(&b, rest);
    return buf_done(&b, out);
}

static err name_person(struct tx *tx, struct arena *a, struct register_view *v)
{
    struct person_row row;

    TRY(person_get(tx, a, v->entry.id, &row));
    v->name = row.name;
    return begun_by(a, "person:", row.login, &v->ref);
}

static err name_enterprise(struct tx *tx, struct arena *a,
                           struct register_view *v)
{
    struct enterprise_row row;

    TRY(enterprise_get(tx, a, v->entry.id, &row));
    v->name = row.name;
    return begun_by(a, "enterprise:", row.uscc, &v->ref);
}

static err name_it(struct tx *tx, struct arena *a, struct register_view *v)
{
    if (v->entry.kind == STREAM_PERSON)
        return name_person(tx, a, v);
    if (v->entry.kind == STREAM_ENTERPRISE)
        return name_enterprise(tx, a, v);
    v->name = v->entry.stand.body.name_zh;
    v->ref = S("body");
    return OK;
}

/* --- what may be done ------------------------------------------------------
 */

static err list_acts(struct arena *a, const struct facts *f,
                     struct register_view *v)
{
    const struct register_kind **acts =
        arena_array(a, register_kind_count(), sizeof(struct register_kind *));

    TRY_MEMORY(acts);
    v->acts.p = acts;
    for (size_t i = 0; i < register_kind_count(); i++) {
        const struct register_kind *k = register_kind_at(i);
        err e = register_may(a, &v->entry, k, f);

        if (err_is(e, ERR_MEMORY))
            return e;
        if (!failed(e))
            acts[v->acts.n++] = k;
    }
    return OK;
}

err registers_view(struct app *app, struct arena *a, const struct session *who,
                   day today, str ref, struct register_view *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct clock *clock = app_world_of(app)->clock;
    struct register_view v = { .ref = ref };
    struct facts f = { .at = clock->now(clock),
                       .today = today,
                       .actor = who->actor,
                       .channel = who->channel };
    id stream;

    TRY(app_read(app, a, &tx));
    TRY(registers_find(tx, ref, &stream));
    TRY(registers_fold(tx, stream, &v.entry));
    TRY(list_acts(a, &f, &v));
    if (v.acts.n == 0)
        return err_new(a, ERR_NOT_FOUND, "register.missing",
                       ARG_STR("ref", str_first(ref, REF_MOST)));
    TRY(name_it(tx, a, &v));
    *out = v;
    return OK;
}

/* --- what there is [RS1] ---------------------------------------------------
 */

static struct json *strs_json(struct arena *a, const str *p, size_t n)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < n; i++)
        json_add(list, json_new_str(a, p[i]));
    return list;
}

static struct json *roles_json(struct arena *a, unsigned roles)
{
    struct json *j = json_new_object(a);
    struct json *list = json_new_array(a);

    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if ((roles & ROLE_BIT(i)) != 0)
            json_add(list, json_new_str(a, str_of(role_names[i])));
    }
    json_set(j, S("roles"), list);
    return j;
}

/* The day, the document and the reason are of each change anew. */
static struct json *body_json(struct arena *a, const struct body *b)
{
    struct json *j = json_new_object(a);

    json_set(j, S("name_zh"), json_new_str(a, b->name_zh));
    json_set(j, S("name_en"), json_new_str(a, b->name_en));
    json_set(j, S("uscc"), json_new_str(a, b->uscc));
    json_set(j, S("approval"), json_new_str(a, b->approval));
    json_set(j, S("fields"), strs_json(a, b->fields, b->field_count));
    json_set(j, S("accreditation"), json_new_str(a, b->accreditation));
    json_set(j, S("address"), json_new_str(a, b->address));
    json_set(j, S("phone"), json_new_str(a, b->phone));
    return j;
}

static err qualification_json(struct arena *a, const struct qualification *q,
                              const struct record *r, struct json **out)
{
    const struct person_qualified now = {
        .registration = q->registration,
        .level = (int)q->level,
        .until = q->until,
        .fields = { (void *)(uintptr_t)q->fields, q->field_count },
        .full_time = q->full_time,
    };

    *out = NULL;
    return q->registration.n == 0 ? OK : record_write(a, r, &now, out);
}

static err changed_json(struct arena *a, const struct enterprise_registered *e,
                        struct json **out)
{
    struct json *j = json_new_object(a);

    json_set(j, S("name"), json_new_str(a, e->name));
    json_set(j, S("scope"), json_new_str(a, e->scope));
    json_set(j, S("province"), json_new_str(a, e->province));
    json_set(j, S("city"), json_new_str(a, e->city));
    *out = j;
    return OK;
}

static err contact_json(struct app *app, struct arena *a, id enterprise,
                        struct json **out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct json *j = json_new_object(a);
    struct enterprise_row row;

    TRY(app_read(app, a, &tx));
    TRY(enterprise_get(tx, a, enterprise, &row));
    json_set(j, S("name"), json_new_str(a, row.contact_name));
    json_set(j, S("phone"), json_new_str(a, row.contact_phone));
    json_set(j, S("mail"), json_new_str(a, row.contact_mail));
    *out = j;
    return OK;
}

err registers_first(struct app *app, struct arena *a,
                    const struct register_view *v,
                    const struct register_kind *k, struct json **out)
{
    const struct register_entry *x = &v->entry;
    str name = str_of(k->name);

    *out = NULL;
    if (str_eq(name, S("person.set_roles")))
        *out = roles_json(a, x->roles);
    if (str_eq(name, S("person.qualify")))
        return qualification_json(a, &x->qualification, k->record, out);
    if (str_eq(name, S("enterprise.change")) && x->enterprise != NULL)
        return changed_json(a, x->enterprise, out);
    if (str_eq(name, S("enterprise.contact")))
        return contact_json(app, a, x->id, out);
    if (str_eq(name, S("body.change")))
        *out = body_json(a, &x->stand.body);
    if (str_eq(name, S("body.set_approved")) && x->approved != NULL)
        return record_write(a, k->record, x->approved, out);
    if (str_eq(name, S("body.set_subsidies")) && x->subsidies != NULL)
        return record_write(a, k->record, x->subsidies, out);
    return OK;
}
