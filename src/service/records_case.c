#include "service/records_case.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/names.h"
#include "service/app_parts.h"
#include "service/credential_parts.h"
#include "service/file_type.h"
#include "service/public_keys.h"
#include "service/records_sheet.h"
#include "store/blob.h"
#include "verify/did.h"
#include "verify/sealed.h"

#include <string.h>

/* A tree takes some twenty times its text, and a signature is checked on
 * another. */
enum { READ_MOST = 64 * FILE_TYPE_OWN_MAX };

const char *const sheet_signer_names[] = {
    [SHEET_UNSIGNED] = "unsigned",
    [SHEET_OURS] = "ours",
    [SHEET_STRANGER] = "stranger",
    [SHEET_BROKEN] = "broken",
    NULL,
};

/* --- who signed it [RK2] -------------------------------------------------- */

/* Of what says that this body signed it. */
static err check_ours(struct app *app, struct arena *a, str text, str issuer)
{
    struct did_document keys;
    struct sealed sealed;

    TRY(credentials_keys(app, a, &keys));
    TRY(sealed_read(a, text, &sealed));
    return sealed_check(a, &sealed, issuer, &keys);
}

/* *own: it is of this body, by what it says. */
static err find_issuer(const struct app *app, struct arena *a,
                       const struct json *sheet, str *issuer, bool *own)
{
    str name;

    *own = false;
    *issuer = S("");
    if (json_get(sheet, S("proof")) == NULL)
        return OK;
    *issuer = json_get_str(sheet, S("issuer"));
    TRY(public_keys_name(app, a, &name));
    *own = str_eq(*issuer, name);
    return OK;
}

static err find_signer(struct app *app, struct arena *a, str text,
                       const struct json *sheet, struct case_sheet *out)
{
    bool own;
    err e;

    TRY(find_issuer(app, a, sheet, &out->issuer, &own));
    out->signer =
        json_get(sheet, S("proof")) == NULL ? SHEET_UNSIGNED : SHEET_STRANGER;
    if (!own)
        return OK;
    e = check_ours(app, a, text, out->issuer);
    if (failed(e) && !err_is(e, ERR_INVALID))
        return e;
    out->signer = failed(e) ? SHEET_BROKEN : SHEET_OURS;
    return OK;
}

static err take(struct app *app, struct arena *own, str bytes)
{
    struct json *sheet = NULL;
    str issuer;
    bool ours;

    TRY(json_parse(own, bytes, &sheet));
    TRY(find_issuer(app, own, sheet, &issuer, &ours));
    return ours ? check_ours(app, own, bytes, issuer) : OK;
}

err records_case_takes(struct app *app, struct arena *a, str media_type,
                       str bytes)
{
    scoped(arena_end) struct arena own = { 0 };

    if (!str_eq(media_type, S(FILE_TYPE_SHEET)))
        return OK;
    arena_init(&own, a->heap, READ_MOST);
    return err_keep(a, take(app, &own, bytes));
}

/* --- what it says --------------------------------------------------------- */

/* A share is {k, n, ..}; what is none, or of nothing, is passed over. */
static bool read_share(const struct json *j, struct case_share *out)
{
    const struct json *k = json_get(j, S("k"));
    const struct json *n = json_get(j, S("n"));

    if (k == NULL || n == NULL || k->kind != JSON_INT || n->kind != JSON_INT ||
        k->number < 0 || n->number < 1 || k->number > n->number ||
        n->number > STATISTICS_N_MAX)
        return false;
    out->k = k->number;
    out->n = n->number;
    return true;
}

static err read_shares(struct arena *a, const struct json *whole,
                       struct case_sheet *out)
{
    struct case_share *made = arena_array(a, CASE_SHARES_MAX, sizeof *made);
    const struct json *j = whole == NULL ? NULL : whole->first;
    size_t n = 0;

    TRY_MEMORY(made);
    for (; j != NULL && n < CASE_SHARES_MAX; j = j->next) {
        if (j->kind != JSON_OBJECT || !read_share(j, &made[n]))
            continue;
        TRY_MEMORY(arena_str(a, j->key, &made[n++].name));
    }
    out->shares = made;
    out->share_count = n;
    return OK;
}

static const struct json *member(const struct json *j, const char *name)
{
    const struct json *m = j == NULL ? NULL : json_get(j, str_of(name));

    return m == NULL || m->kind != JSON_OBJECT ? NULL : m;
}

static err copy_text(struct arena *a, const struct json *j, const char *name,
                     str *out)
{
    str text = j == NULL ? S("") : json_get_str(j, str_of(name));

    TRY_MEMORY(arena_str(a, text, out));
    return OK;
}

/* *is_one: it has what a sheet has. */
static err read_sheet(struct arena *a, const struct json *sheet,
                      struct case_sheet *out, bool *is_one)
{
    const struct json *figures = member(sheet, "figures");
    const struct json *terms = member(figures, "terms");

    *is_one = terms != NULL &&
              day_parse(json_get_str(sheet, S("made")), &out->made) &&
              day_parse(json_get_str(terms, S("from")), &out->from) &&
              day_parse(json_get_str(terms, S("to")), &out->to);
    if (!*is_one)
        return OK;
    TRY(copy_text(a, sheet, "program", &out->program));
    TRY(copy_text(a, sheet, "name", &out->file_name));
    out->file_name = sheet_file_name(out->file_name);
    TRY(copy_text(a, member(sheet, "file"), "sha256", &out->file));
    return read_shares(a, member(figures, "whole"), out);
}

/* --- one document --------------------------------------------------------- */

struct gathering {
    struct app *app;
    struct arena *arena; /* of the answer */
    const struct case_file *file;
    struct case_sheet *sheets;
    size_t n;
};

/* [RK3] */
static void set_covers(const struct state *s, struct case_sheet *x)
{
    const struct document period = { .covers_from = x->from,
                                     .covers_to = x->to };
    int32_t r = scheme_requirement(s->scheme, x->document->requirement);
    day on = s->application == NULL ? x->added : s->applied_on;

    x->covers = r < 0 || state_document_fits(s, r, &period, on, &x->why);
}

static void set_current(const struct state *s, struct case_sheet *x)
{
    int32_t r = scheme_requirement(s->scheme, x->document->requirement);
    const struct document *d = r < 0 ? NULL : s->requirements[r].document;

    x->current = d != NULL && hash_eq(&d->blob, &x->document->blob);
}

/* In `own`; what is kept goes into the arena of the answer. */
static err read_text(struct gathering *g, struct arena *own, str text,
                     struct case_sheet *x, bool *is_one)
{
    struct json *sheet = NULL;
    str issuer;

    *is_one = false;
    if (failed(json_parse(own, text, &sheet)))
        return OK;
    TRY(read_sheet(g->arena, sheet, x, is_one));
    if (!*is_one)
        return OK;
    TRY(find_signer(g->app, own, text, sheet, x));
    issuer = x->issuer;
    TRY_MEMORY(arena_str(g->arena, issuer, &x->issuer));
    set_covers(g->file->state, x);
    set_current(g->file->state, x);
    return OK;
}

static err read_blob(struct gathering *g, const struct blob_row *row,
                     struct case_sheet *x, bool *is_one)
{
    scoped(arena_end) struct arena own = { 0 };
    const struct case_document of = { row->hash, row->size, row->media_type,
                                      row->name };
    str text;

    *is_one = false;
    if (row->size > FILE_TYPE_OWN_MAX)
        return OK;
    arena_init(&own, g->arena->heap, READ_MOST);
    TRY(err_keep(g->arena, cases_file_bytes(g->app, &own, &of, &text)));
    return err_keep(g->arena, read_text(g, &own, text, x, is_one));
}

/* --- those of a case ------------------------------------------------------ */

/* Documents that were added, and the rows of those that are sheets. */
struct candidates {
    const struct event **events; /* newest first */
    struct blob_row *rows;
    size_t n;
};

/* Was the same file added later, for the same? */
static bool is_there(const struct candidates *c, const struct document *d)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct document *other = c->events[i]->data;

        if (hash_eq(&other->blob, &d->blob) &&
            str_eq(other->requirement, d->requirement))
            return true;
    }
    return false;
}

/* What `e` added, if it is a sheet [RK1]. */
static err add_candidate(struct tx *tx, struct arena *a, const struct event *e,
                         struct candidates *c)
{
    const struct document *d = e->data;
    struct blob_row *row = &c->rows[c->n];
    bool found = false;

    if (strcmp(e->kind->name, "document.added") != 0 || is_there(c, d))
        return OK;
    TRY(blob_find(tx, a, &d->blob, row, &found));
    if (found && str_eq(row->media_type, S(FILE_TYPE_SHEET)))
        c->events[c->n++] = e;
    return OK;
}

/* Newest first. */
static const struct event **backwards(struct arena *a,
                                      const struct event_list *all)
{
    const struct event **made =
        arena_array(a, all->n + 1, sizeof(const struct event *));
    size_t at = all->n;

    if (made == NULL)
        return NULL;
    for (const struct event *e = all->first; e != NULL; e = e->next)
        made[--at] = e;
    return made;
}

/* All of them in one reading of the store. */
static err find_candidates(struct app *app, struct arena *a,
                           const struct event_list *all, struct candidates *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    const struct event **events = backwards(a, all);

    TRY_MEMORY(events);
    out->events = arena_array(a, all->n + 1, sizeof(const struct event *));
    out->rows = arena_array(a, all->n + 1, sizeof *out->rows);
    TRY_MEMORY(out->events != NULL && out->rows != NULL);
    TRY(app_read(app, a, &tx));
    for (size_t i = 0; i < all->n; i++)
        TRY(add_candidate(tx, a, events[i], out));
    return OK;
}

static err add_sheet(struct gathering *g, const struct event *e,
                     const struct blob_row *row)
{
    struct case_sheet *x = &g->sheets[g->n];
    bool is_one;

    *x = (struct case_sheet){ .document = e->data, .added = e->on };
    TRY(read_blob(g, row, x, &is_one));
    g->n += is_one;
    return OK;
}

err records_case(struct app *app, struct arena *a, const struct case_file *file,
                 struct list *out)
{
    struct gathering g = { .app = app, .arena = a, .file = file };
    struct candidates c = { .n = 0 };

    TRY(find_candidates(app, a, &file->events, &c));
    g.sheets = arena_array(a, CASE_SHEETS_MAX, sizeof *g.sheets);
    TRY_MEMORY(g.sheets);
    for (size_t i = 0; i < c.n && g.n < CASE_SHEETS_MAX; i++)
        TRY(add_sheet(&g, c.events[i], &c.rows[i]));
    *out = (struct list){ g.sheets, g.n };
    return OK;
}

/* --- which of them -------------------------------------------------------- */

const struct case_share *case_sheet_share(const struct case_sheet *sheet,
                                          str name)
{
    for (size_t i = 0; name.n > 0 && i < sheet->share_count; i++) {
        if (str_eq(sheet->shares[i].name, name))
            return &sheet->shares[i];
    }
    return NULL;
}

const struct case_sheet *records_case_best(const struct list *sheets, str name)
{
    const struct case_sheet *x = sheets->p;
    const struct case_sheet *other = NULL;

    for (size_t i = 0; i < sheets->n; i++) {
        if (!x[i].current || x[i].signer == SHEET_BROKEN ||
            case_sheet_share(&x[i], name) == NULL)
            continue;
        if (x[i].covers)
            return &x[i];
        other = other == NULL ? &x[i] : other;
    }
    return other;
}

const struct case_sheet *records_case_sheet(const struct list *sheets,
                                            const struct hash *blob)
{
    const struct case_sheet *x = sheets->p;

    for (size_t i = 0; i < sheets->n; i++) {
        if (hash_eq(&x[i].document->blob, blob))
            return &x[i];
    }
    return NULL;
}

/* --- what it proves ------------------------------------------------------- */

static const struct gate *gate_about(const struct level *l, size_t figure)
{
    for (size_t i = 0; i < l->gate_count; i++) {
        if (l->gates[i].figure == (int32_t)figure)
            return &l->gates[i];
    }
    return NULL;
}

static const struct gate *gate_of(const struct state *s, size_t figure)
{
    int32_t wanted =
        s->opened == NULL ? -1 : scheme_level(s->scheme, s->opened->level);
    const struct gate *g =
        wanted < 0 ? NULL : gate_about(&s->scheme->levels[wanted], figure);

    for (size_t i = 0; g == NULL && i < s->scheme->level_count; i++)
        g = gate_about(&s->scheme->levels[i], figure);
    return g;
}

bool records_case_verdict(const struct state *s, size_t at,
                          const struct case_share *share,
                          enum rate_verdict *out)
{
    const struct gate *g = gate_of(s, at);

    if (g == NULL)
        return false;
    *out = rate_verdict(share->k, share->n, g->min_n, g->min_d);
    return true;
}
