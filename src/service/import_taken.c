/* Rows of a file against those that are in the register already. [RI4] */

#include "service/import_parts.h"

#include "base/size.h"

struct imported_row import_stored(const struct import_row *row)
{
    return (struct imported_row){
        .number = row->number,
        .holder = row->holder,
        .uscc = row->uscc,
        .body = row->body,
        .scheme_id = row->scheme,
        .level_id = row->level,
        .criterion = row->criterion,
        .place = row->place,
        .trade = row->trade,
        .scope = row->scope,
        .issued = row->issued,
        .valid_from = row->from,
        .valid_until = row->until,
        .status = (int32_t)row->status,
        .status_since = row->since,
    };
}

struct import_row import_row_of(const struct imported_row *r)
{
    return (struct import_row){
        .number = r->number,
        .holder = r->holder,
        .uscc = r->uscc,
        .body = r->body,
        .scheme = r->scheme_id,
        .level = r->level_id,
        .criterion = r->criterion,
        .place = r->place,
        .trade = r->trade,
        .scope = r->scope,
        .issued = r->issued,
        .from = r->valid_from,
        .until = r->valid_until,
        .status = (enum certificate_status)r->status,
        .since = r->status_since,
    };
}

struct imported_chunk import_chunk_row(const struct import_chunk *c)
{
    return (struct imported_chunk){ c->file,  c->part,  c->first, c->last,
                                    c->lines, c->ended, c->root };
}

/* The columns in which they differ, as ids of the catalogue. */
static err differences(struct arena *a, const struct import_row *x,
                       const struct import_row *y, str *out)
{
    const struct {
        enum import_column column;
        bool same;
    } columns[] = {
        { IMPORT_HOLDER, str_eq(x->holder, y->holder) },
        { IMPORT_USCC, str_eq(x->uscc, y->uscc) },
        { IMPORT_BODY, str_eq(x->body, y->body) },
        { IMPORT_SCHEME, str_eq(x->scheme, y->scheme) },
        { IMPORT_LEVEL, str_eq(x->level, y->level) },
        { IMPORT_CRITERION, str_eq(x->criterion, y->criterion) },
        { IMPORT_PLACE, str_eq(x->place, y->place) },
        { IMPORT_TRADE, str_eq(x->trade, y->trade) },
        { IMPORT_SCOPE, str_eq(x->scope, y->scope) },
        { IMPORT_ISSUED, x->issued == y->issued },
        { IMPORT_FROM, x->from == y->from },
        { IMPORT_UNTIL, x->until == y->until },
        { IMPORT_STATUS, x->status == y->status },
        { IMPORT_SINCE, x->since == y->since },
    };
    unsigned differ = 0;

    for (size_t i = 0; i < COUNT(columns); i++)
        differ |= columns[i].same ? 0 : 1U << columns[i].column;
    return import_labels(a, differ, out);
}

err import_taken(struct tx *tx, struct arena *a, const struct import_row *row,
                 const struct hash *file, err *why)
{
    struct imported_chunk chunk;
    struct imported_row stored;
    struct import_row there;
    bool found;
    str differ;
    err e = imported_get(tx, a, row->number, &stored);

    *why =
        err_new(a, ERR_CONFLICT, "import.own", ARG_STR("number", row->number));
    if (failed(e))
        return err_is(e, ERR_NOT_FOUND) ? OK : e;
    there = import_row_of(&stored);
    TRY(differences(a, &there, row, &differ));
    TRY(imported_chunk_with(tx, stored.row, &chunk, &found));
    /* In no chunk yet: it came a moment ago, in this one. */
    bool twice = !found || hash_eq(&chunk.file, file);
    *why = differ.n == 0
               ? OK
               : err_new(a, ERR_CONFLICT,
                         twice ? "import.twice" : "import.otherwise",
                         ARG_INT("at", stored.line), ARG_IDS("differ", differ));
    return OK;
}
