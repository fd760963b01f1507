/*
 * lookup_imported -- certificates that a file brought (register_import.h): what
 * the file said, and whose they are. [LU5]
 */

#include "service/lookup_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "service/body_known.h"
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

/* The labels of a package of that name; the ids themselves where there is none,
 * or it has no such level. */
static err take_labels(struct app *app, struct tx *tx,
                       struct public_certificate *c)
{
    const struct scheme *s = NULL;
    int32_t level;

    c->scheme_name = (struct label){ c->scheme, c->scheme };
    c->level_label = (struct label){ c->level, c->level };
    if (c->scheme.n == 0)
        return OK;
    err e = app_scheme_named(app, tx, c->scheme, &s);
    if (failed(e))
        return err_is(e, ERR_NOT_FOUND) ? OK : e;
    c->scheme_name = s->name;
    if (str_eq(c->criterion, s->criterion))
        c->criterion_title = s->criterion_title;
    level = scheme_level(s, c->level);
    if (level < 0)
        return OK;
    c->level_label = s->levels[level].label;
    c->stars = s->levels[level].stars;
    return OK;
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

err lookup_imported(struct app *app, struct tx *tx,
                    const struct imported_row *row, day on,
                    struct public_certificate *out)
{
    struct stand now = stand_then(row, on);
    struct arena *a = tx_arena(tx);

    *out = (struct public_certificate){
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
    TRY(take_labels(app, tx, out));
    TRY(write_statement(a, LANG_ZH, row->body, &out->statement.zh));
    TRY(write_statement(a, LANG_EN, row->body, &out->statement.en));
    TRY(body_today_in(app, tx, on, &out->body));
    return take_history(a, out);
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
