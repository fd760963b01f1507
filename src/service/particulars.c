#include "service/particulars.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "crypto/secret.h"
#include "domain/reporting.h"
#include "domain/rights.h"
#include "service/reporting.h"
#include "service/reporting_parts.h"
#include "service/typed.h"
#include "store/enterprises.h"
#include "store/journal.h"
#include "store/particulars.h"
#include "store/people.h"
#include "store/schemes.h"
#include "sys/entropy.h"

enum { KEY_MAX = 200, BOX_MAX = 1 << 20, NAMES_MAX = 8000 };

/* --- subjects ------------------------------------------------------------- */

err subject_of(struct arena *a, enum filing_subject kind, str name,
               struct subject *out)
{
    struct buf b;

    buf_init(&b, a, KEY_MAX);
    buf_str(&b, str_of(filing_subject_names[kind]));
    if (kind != OF_BODY) {
        buf_char(&b, '/');
        buf_str(&b, name);
    }
    TRY(buf_done(&b, &out->key));
    out->kind = kind;
    return OK;
}

/* Is there such a thing? */
static err find_named(struct tx *tx, struct arena *a, enum filing_subject kind,
                      str name)
{
    struct enterprise_row enterprise;
    struct scheme_row scheme;
    struct stream_row stream;

    switch (kind) {
    case OF_SCHEME: return scheme_newest(tx, a, name, &scheme);
    case OF_ENTERPRISE: return enterprise_by_uscc(tx, a, name, &enterprise);
    case OF_CASE: return stream_by_number(tx, a, S("case"), name, &stream);
    case OF_BODY:
    case OF_PERSON:
    case OF_NOBODY: break;
    }
    return OK;
}

/* A person is known by the id: logins change hands. */
static err find_person(struct tx *tx, struct arena *a, str login,
                       struct subject *out)
{
    struct person_row row;
    char text[ID_TEXT];

    TRY(person_by_login(tx, a, login, &row));
    return subject_of(a, OF_PERSON, id_text(row.id, text), out);
}

static bool parse_ref(str ref, enum filing_subject *kind, str *name)
{
    str begin = str_first(ref, str_index(ref, ':'));

    *name = str_from(ref, begin.n + 1);
    for (int i = 0; i < OF_COUNT; i++) {
        if (!str_eq(begin, str_of(filing_subject_names[i])))
            continue;
        *kind = (enum filing_subject)i;
        return (i == OF_BODY) == (name->n == 0);
    }
    return false;
}

err subject_find(struct tx *tx, struct arena *a, str ref, struct subject *out)
{
    enum filing_subject kind = OF_NOBODY;
    str name;
    err e;

    if (!parse_ref(ref, &kind, &name))
        return err_new(a, ERR_NOT_FOUND, "filing.subject", ARG_STR("ref", ref));
    if (kind == OF_CASE)
        TRY(typed_number(a, name, &name));
    if (kind == OF_PERSON)
        e = find_person(tx, a, name, out);
    else
        e = find_named(tx, a, kind, name);
    if (err_is(e, ERR_NOT_FOUND))
        return err_new(a, ERR_NOT_FOUND, "filing.subject", ARG_STR("ref", ref));
    TRY(e);
    return kind == OF_PERSON ? OK : subject_of(a, kind, name, out);
}

/* --- boxes [PC2] ---------------------------------------------------------- */

static void box_key(const struct app *app, uint8_t out[static SECRET_KEY_BYTES])
{
    static const char purpose[] = "tenstar particulars";
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, purpose, sizeof purpose);
    sha256_add(&h, app_salt_key(app), SALT_KEY_BYTES);
    sha256_end(&h, out);
}

static err read_box(struct arena *a, str text, struct particulars *out)
{
    struct json *j;
    struct particular *p;
    size_t n = 0;

    TRY(json_parse(a, text, &j));
    p = arena_array(a, j->count, sizeof *p);
    TRY_MEMORY(p);
    for (const struct json *m = j->first; m != NULL; m = m->next)
        p[n++] = (struct particular){ m->key, m->text };
    *out = (struct particulars){ p, n };
    return OK;
}

err particulars_load(const struct app *app, struct tx *tx,
                     const struct subject *s, struct arena *a,
                     struct particulars *out)
{
    uint8_t key[SECRET_KEY_BYTES];
    str sealed = S("");
    str text;
    bool found = false;

    TRY(particular_get(tx, a, s->key, &sealed, &found));
    if (!found) {
        *out = (struct particulars){ 0 };
        return OK;
    }
    box_key(app, key);
    TRY(secret_open(a, key, s->key, sealed, &text));
    explicit_bzero(key, sizeof key);
    return read_box(a, text, out);
}

static err write_box(const struct app *app, struct tx *tx,
                     const struct subject *s, const struct json *j)
{
    struct arena *a = tx_arena(tx);
    uint8_t nonce[SECRET_NONCE_BYTES];
    uint8_t key[SECRET_KEY_BYTES];
    str text;
    str sealed;

    if (j->count == 0)
        return particular_drop(tx, s->key); /* [PC3] */
    TRY(json_text(a, j, BOX_MAX, &text));
    TRY(entropy_fill(app_world_of(app)->entropy, nonce, sizeof nonce));
    box_key(app, key);
    TRY(secret_seal(a, key, nonce, s->key, text, &sealed));
    explicit_bzero(key, sizeof key);
    return particular_put(tx, s->key, sealed);
}

/* --- saying --------------------------------------------------------------- */

struct saying {
    struct app *app;
    const struct particulars_order *order;
    const struct dictionary *d;
};

/* "A, B, C": what may be said of such a subject. */
static err list_known(struct arena *a, const struct dictionary *d,
                      enum filing_subject of, str *out)
{
    struct buf b;

    buf_init(&b, a, NAMES_MAX);
    for (size_t i = 0; i < d->particular_count; i++) {
        if (d->particulars[i].of == of)
            reporting_name(&b, d->particulars[i].code);
    }
    for (int s = 0; s < SHEET_COUNT; s++) {
        for (size_t i = 0; i < d->sheets[s].n; i++) {
            const struct dictionary_field *f = &d->sheets[s].fields[i];

            if (f->of == of && dictionary_particular(d, of, f->code) == f)
                reporting_name(&b, f->code);
        }
    }
    return buf_done(&b, out);
}

/* [PC1] */
static err check_said(const struct saying *x, struct arena *a,
                      enum filing_subject of, const struct particular *p)
{
    const struct dictionary_field *f = dictionary_particular(x->d, of, p->code);
    str known;

    if (f != NULL)
        return p->value.n == 0 ? OK : filing_check_value(a, x->d, f, p->value);
    TRY(list_known(a, x->d, of, &known));
    return err_new(a, ERR_NOT_FOUND, "filing.no_particular",
                   ARG_STR("code", p->code), ARG_STR("ref", x->order->ref),
                   ARG_STR("known", known));
}

/* Is `code` said anew by this order? */
static bool is_said(const struct particulars_order *o, str code)
{
    for (size_t i = 0; i < o->n; i++) {
        if (str_eq(o->said[i].code, code))
            return true;
    }
    return false;
}

static err merge(const struct saying *x, struct arena *a,
                 const struct particulars *before, struct json **out)
{
    const struct particulars_order *o = x->order;
    struct json *j = json_new_object(a);

    for (size_t i = 0; i < before->n; i++) {
        if (!is_said(o, before->p[i].code))
            json_set(j, before->p[i].code, json_new_str(a, before->p[i].value));
    }
    for (size_t i = 0; i < o->n; i++) {
        if (o->said[i].value.n > 0)
            json_set(j, o->said[i].code, json_new_str(a, o->said[i].value));
    }
    TRY_MEMORY(j != NULL && !j->broken);
    *out = j;
    return OK;
}

/* [PC2]: of whom and under which names; a person by id. */
static err record_said(struct tx *tx, const struct saying *x,
                       const struct subject *s)
{
    const struct particulars_order *o = x->order;
    struct particulars_said said = { .subject = s->key };
    str *codes = arena_array(tx_arena(tx), o->n, sizeof *codes);

    TRY_MEMORY(codes);
    for (size_t i = 0; i < o->n; i++)
        codes[i] = o->said[i].code;
    said.codes = (struct list){ codes, o->n };
    return reporting_record(tx, x->app, o->who, o->today, "particulars.said",
                            &said);
}

static err say(struct tx *tx, void *context)
{
    const struct saying *x = context;
    struct arena *a = tx_arena(tx);
    struct particulars before = { 0 };
    struct subject s = { 0 };
    struct json *j;

    TRY(subject_find(tx, a, x->order->ref, &s));
    for (size_t i = 0; i < x->order->n; i++)
        TRY(check_said(x, a, s.kind, &x->order->said[i]));
    TRY(particulars_load(x->app, tx, &s, a, &before));
    TRY(merge(x, a, &before, &j));
    TRY(write_box(x->app, tx, &s, j));
    return record_said(tx, x, &s);
}

err particulars_say(struct app *app, struct arena *a,
                    const struct particulars_order *order)
{
    struct saying x = { .app = app, .order = order };

    TRY(reporting_check_role(a, order->who));
    TRY(reporting_dictionary(app, a, &x.d));
    return app_write(app, a, say, &x);
}
