#include "store/credentials.h"

#include "base/check.h"
#include "store/aside.h"
#include "store/certificates.h"

static void read_credential(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 0);
    *(struct credential_row *)out = (struct credential_row){
        .number = query_str(q, a, 0),
        .serial = query_int(q, 1, 1, INT64_MAX),
        .digest = query_hash(q, 2),
        .index = query_int(q, 3, 0, INT64_MAX),
        .json = query_str(q, a, 4),
        .jwt = query_str(q, a, 5),
        .qr = query_str(q, a, 6),
        .key = query_int(q, 7, 1, INT64_MAX),
        .at = query_int(q, 8, INT64_MIN, INT64_MAX),
    };
}

static const struct row_kind credential_kind = { sizeof(struct credential_row),
                                                 read_credential };

err credential_put(struct tx *tx, const struct credential_row *c)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_credential_add, &q));
    query_bind_str(q, 1, c->number);
    query_bind_int(q, 2, c->serial);
    query_bind_hash(q, 3, &c->digest);
    query_bind_int(q, 4, c->index);
    query_bind_str(q, 5, c->json);
    query_bind_str(q, 6, c->jwt);
    query_bind_str(q, 7, c->qr);
    query_bind_int(q, 8, c->key);
    query_bind_int(q, 9, c->at);
    return query_change_one(q);
}

err credential_get(struct tx *tx, struct arena *a, str number, int64_t serial,
                   struct credential_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(tx_settle(tx));
    TRY(query_begin(tx, SQL_credential_get, &q));
    query_bind_str(q, 1, number);
    query_bind_int(q, 2, serial);
    return row_maybe(q, a, &credential_kind, out, found);
}

err credential_newest(struct tx *tx, struct arena *a, str number,
                      struct credential_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    if (tx_aside_named(tx, number))
        TRY(tx_settle(tx));
    TRY(query_begin(tx, SQL_credential_newest, &q));
    query_bind_str(q, 1, number);
    return row_maybe(q, a, &credential_kind, out, found);
}

static void bind_page(struct query *q, int64_t after, int32_t limit)
{
    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    query_bind_int(q, 1, after);
    query_bind_int(q, 2, limit);
}

err credential_list(struct tx *tx, struct arena *a, int64_t after,
                    int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(tx_settle(tx));
    TRY(query_begin(tx, SQL_credential_list, &q));
    bind_page(q, after, limit);
    return rows_all(q, a, &credential_kind, out);
}

err credential_list_of_key(struct tx *tx, struct arena *a, int64_t key,
                           int64_t after, int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(tx_settle(tx));
    TRY(query_begin(tx, SQL_credential_list_of_key, &q));
    bind_page(q, after, limit);
    query_bind_int(q, 3, key);
    return rows_all(q, a, &credential_kind, out);
}

err credential_last_index(struct tx *tx, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    bool found;

    TRY(query_begin(tx, SQL_credential_last, &q));
    TRY(query_next(q, &found));
    int64_t last = found ? query_int(q, 0, 0, INT64_MAX) : -1;
    int64_t aside = tx_aside_last(tx);
    TRY(query_done(q));
    *out = aside > last ? aside : last;
    return OK;
}

err credential_index_taken(struct tx *tx, int64_t index, bool *taken)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_credential_at, &q));
    query_bind_int(q, 1, index);
    TRY(query_next(q, taken));
    *taken = *taken || tx_aside_numbered(tx, index);
    return OK;
}

err credential_count(struct tx *tx, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(tx_settle(tx));
    TRY(query_begin(tx, SQL_credential_count, &q));
    TRY(query_one(q));
    int64_t n = query_int(q, 0, 0, INT64_MAX);
    TRY(query_done(q));
    *out = n;
    return OK;
}

static void read_standing(struct query *q, struct arena *a, void *out)
{
    struct credential_standing *s = out;

    query_name_row(q, 1);
    *s = (struct credential_standing){
        .index = query_int(q, 0, 0, INT64_MAX),
        .number = query_str(q, a, 1),
        .at = query_int(q, 2, INT64_MIN, INT64_MAX),
        .replaced = query_null(q, 3) ? INT64_MAX
                                     : query_int(q, 3, INT64_MIN, INT64_MAX),
        .certificate = query_id(q, 4),
        .status = (int32_t)query_int(q, 5, 0, STATUS_LAST),
        .status_since = query_day(q, 6),
        .suspended_until = query_opt_day(q, 7),
        .valid_until = query_day(q, 8),
        .is_sub = !query_null(q, 9),
        .sub_issued = query_opt_day(q, 9),
        .sub_until = query_opt_day(q, 10),
        .sub_ended = query_opt_day(q, 11),
        .touched = query_null(q, 12) ? INT64_MIN
                                     : query_int(q, 12, INT64_MIN, INT64_MAX),
    };
}

static const struct row_kind standing_kind = {
    sizeof(struct credential_standing), read_standing
};

err credential_standings(struct tx *tx, struct arena *a, int64_t after,
                         int64_t last, int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(tx_settle(tx));
    TRY(query_begin(tx, SQL_credential_standings, &q));
    bind_page(q, after, limit);
    query_bind_int(q, 3, last);
    return rows_all(q, a, &standing_kind, out);
}

err credential_stamp(struct tx *tx, struct credential_stamp *out)
{
    scoped(query_end) struct query *q = NULL;
    struct credential_stamp stamp;

    TRY(query_begin(tx, SQL_credential_stamp, &q));
    TRY(query_one(q));
    stamp.entry = query_int(q, 0, -1, INT64_MAX);
    stamp.pending = query_int(q, 1, -1, INT64_MAX);
    TRY(query_done(q));
    *out = stamp;
    return OK;
}
