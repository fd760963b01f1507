#include "store/command.h"

#include "base/arena.h"
#include "store/rows.h"

static void read_command(struct query *q, struct arena *a, void *out)
{
    *(struct command_row *)out = (struct command_row){
        .id = query_id(q, 0),
        .actor = query_id(q, 1),
        .request = query_hash(q, 2),
        .stream = query_opt_id(q, 3),
        .version = query_int(q, 4, 0, INT64_MAX),
        .answer = query_str(q, a, 5),
        .at = query_int(q, 6, INT64_MIN, INT64_MAX),
    };
}

static const struct row_kind command_kind = { sizeof(struct command_row),
                                              read_command };

static bool same_request(const struct command_row *a,
                         const struct command_row *b)
{
    return id_eq(a->actor, b->actor) && hash_eq(&a->request, &b->request);
}

err command_find(struct tx *tx, struct arena *a, const struct command_row *want,
                 struct command_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;
    struct command_row got;
    char name[ID_TEXT];
    bool row;

    TRY(query_begin(tx, SQL_command_get, &q));
    query_bind_id(q, 1, want->id);
    TRY(row_maybe(q, a, &command_kind, &got, &row));
    if (row && !same_request(&got, want))
        return err_new(tx_arena(tx), ERR_CONFLICT, "command.reused",
                       ARG_STR("command", id_text(want->id, name)));
    if (row)
        *out = got;
    *found = row;
    return OK;
}

err command_record(struct tx *tx, const struct command_row *c)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_command_add, &q));
    query_bind_id(q, 1, c->id);
    query_bind_id(q, 2, c->actor);
    query_bind_hash(q, 3, &c->request);
    query_bind_opt_id(q, 4, c->stream);
    query_bind_int(q, 5, c->version);
    query_bind_str(q, 6, c->answer);
    query_bind_int(q, 7, c->at);
    return query_change_one(q);
}

err command_forget(struct tx *tx, int64_t before, int64_t *n)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_command_forget, &q));
    query_bind_int(q, 1, before);
    return query_change(q, n);
}
