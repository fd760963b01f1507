/*
 * lookup_imported -- certificates that a file brought (register_import.h): what
 * the file said, and whose they are; out of the store, and out of the book's
 * answer about it. [LU5] [LU7]
 */

#include "service/lookup_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "service/body_known.h"
#include "service/certificate_json.h"
#include "service/register_home.h"
#include "service/typed.h"
#include "store/imported.h"
#include "text/text.h"

enum { STATEMENT_MAX = 1 << 14 };

/* What the file says changed last took effect on its day; before that it was
 * valid. */
static struct stand stand_then(const struct imported_row *r, day on)
{
    const struct stand first = { CERTIFICATE_VALID, r->valid_from, DAY_NEVER };
    const struct stand recorded = { (enum certificate_status)r->status,
                                    r->status_since, DAY_NEVER };

    return stand_on(on < r->status_since ? first : recorded, r->valid_until,
                    on);
}

/* What is said of it besides what its row says. */
struct words {
    const struct scheme *scheme; /* the newest of that name; NULL: none */
    const struct body *body;     /* on the day asked about */
};

/* The labels of its package; the ids themselves where there is none, or it has
 * no such level. */
static void take_labels(const struct scheme *s, struct public_certificate *c)
{
    int32_t level;

    c->scheme_name = (struct label){ c->scheme, c->scheme };
    c->level_label = (struct label){ c->level, c->level };
    if (s == NULL)
        return;
    c->scheme_name = s->name;
    if (str_eq(c->criterion, s->criterion))
        c->criterion_title = s->criterion_title;
    level = scheme_level(s, c->level);
    if (level < 0)
        return;
    c->level_label = s->levels[level].label;
    c->stars = s->levels[level].stars;
}

static err write_statement(struct arena *a, enum lang l, str issuer, str *out)
{
    const struct err_arg args[] = { ARG_STR("issuer", issuer), { 0 } };
    struct buf b;

    buf_init(&b, a, STATEMENT_MAX);
    text_render(&b, l, "lookup.imported_statement", args);
    return buf_done(&b, out);
}

static err take_history(struct arena *a, struct public_certificate *c)
{
    static const enum public_act acts[] = {
        [CERTIFICATE_VALID] = ACT_COUNT,
        [CERTIFICATE_SUSPENDED] = ACT_SUSPENDED,
        [CERTIFICATE_WITHDRAWN] = ACT_WITHDRAWN,
        [CERTIFICATE_CANCELLED] = ACT_CANCELLED,
        [CERTIFICATE_EXPIRED] = ACT_EXPIRED,
    };
    bool changed = c->status != CERTIFICATE_VALID;
    struct public_change *changes =
        arena_array(a, 1 + (size_t)changed, sizeof *changes);

    TRY_MEMORY(changes);
    changes[0] = (struct public_change){ c->issued, ACT_ISSUED };
    if (changed)
        changes[1] = (struct public_change){ c->status_since, acts[c->status] };
    c->history = (struct list){ changes, 1 + (size_t)changed };
    return OK;
}

static err say(struct arena *a, const struct imported_row *row,
               const struct words *w, day on, struct public_certificate *out)
{
    struct stand now = stand_then(row, on);

    *out = (struct public_certificate){
        .body = w->body,
        .number = row->number,
        .holder = row->holder,
        .uscc = row->uscc,
        .scheme = row->scheme_id,
        .criterion = row->criterion,
        .level = row->level_id,
        .title = { text_get(LANG_ZH, "lookup.imported_title"),
                   text_get(LANG_EN, "lookup.imported_title") },
        .scope = row->scope,
        .issued = row->issued,
        .from = row->valid_from,
        .until = row->valid_until,
        .first_issued = row->issued,
        .status = now.status,
        .status_since = now.since,
        .suspended_until = DAY_NEVER,
        .log_index = -1,
        .issuer = row->body,
        .place = row->place,
        .trade = row->trade,
    };
    take_labels(w->scheme, out);
    TRY(write_statement(a, LANG_ZH, row->body, &out->statement.zh));
    TRY(write_statement(a, LANG_EN, row->body, &out->statement.en));
    return take_history(a, out);
}

err lookup_imported(struct app *app, struct tx *tx,
                    const struct imported_row *row, day on,
                    struct public_certificate *out)
{
    struct words w = { NULL, NULL };
    err e = OK;

    if (row->scheme_id.n > 0)
        e = app_scheme_named(app, tx, row->scheme_id, &w.scheme);
    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    TRY(body_today_in(app, tx, on, &w.body));
    return say(tx_arena(tx), row, &w, on, out);
}

/* --- out of the book [LU7] ------------------------------------------------ */

err lookup_answer(struct app *app, struct arena *a, str number, day today,
                  struct register_answer *out, bool *found)
{
    str folded;

    TRY(typed_number(a, number, &folded));
    err e = register_answer(app, a, folded, today, out, found);
    if (!err_is(e, ERR_CORRUPT) && !err_is(e, ERR_BUSY))
        return e;
    *found = false;
    return OK;
}

err lookup_in_book(struct app *app, struct arena *a, str number, day today,
                   struct public_certificate *out, bool *found)
{
    struct words w = { NULL, NULL };
    struct register_answer got;
    struct imported_row row;

    TRY(lookup_answer(app, a, number, today, &got, found));
    if (*found)
        TRY(certificate_json_row(a, got.json, &row, found));
    if (!*found)
        return OK;
    if (row.scheme_id.n > 0)
        TRY(app_scheme_newest(app, a, row.scheme_id, &w.scheme));
    TRY(body_today(app, a, today, &w.body));
    return say(a, &row, &w, today, out);
}

/* --- found by what was typed -------------------------------------------- */

err lookup_add_imported(struct app *app, struct tx *tx, str uscc, day today,
                        size_t most, struct list *out)
{
    struct public_certificate *all;
    const struct imported_row *r;
    struct list rows;
    size_t n = out->n;

    TRY(imported_of(tx, tx_arena(tx), uscc, &rows));
    r = rows.p;
    all = arena_array(tx_arena(tx), n + rows.n, sizeof *all);
    TRY_MEMORY(all);
    if (n > 0)
        memcpy(all, out->p, n * sizeof *all);
    for (size_t i = 0; i < rows.n && n < most; i++)
        TRY(lookup_imported(app, tx, &r[i], today, &all[n++]));
    *out = (struct list){ all, n };
    return OK;
}
