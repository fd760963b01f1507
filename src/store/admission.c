#include "store/admission.h"

#include "store/rows.h"

static void read_admission(struct query *q, struct arena *a, void *out)
{
    *(struct admission_row *)out = (struct admission_row){
        .until = query_opt_day(q, 0),
        .mail = query_str(q, a, 1),
        .lang = query_str(q, a, 2),
    };
}

static const struct row_kind admission_kind = { sizeof(struct admission_row),
                                                read_admission };

err admission_get(struct tx *tx, struct arena *a, id person,
                  struct admission_row *out)
{
    scoped(query_end) struct query *q = NULL;
    struct admission_row row = { DAY_NEVER, S(""), S("") };
    bool found;

    TRY(query_begin(tx, SQL_admission_get, &q));
    query_bind_id(q, 1, person);
    TRY(row_maybe(q, a, &admission_kind, &row, &found));
    *out = row;
    return OK;
}

err admission_put(struct tx *tx, id person, const struct admission_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_admission_put, &q));
    query_bind_id(q, 1, person);
    query_bind_opt_day(q, 2, row->until);
    query_bind_str(q, 3, row->mail);
    return query_change_one(q);
}

err admission_speak(struct tx *tx, id person, str lang)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_admission_speak, &q));
    query_bind_id(q, 1, person);
    query_bind_str(q, 2, lang);
    return query_change_one(q);
}
