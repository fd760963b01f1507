#include "store/founding.h"

#include "base/size.h"

err founding_begun(struct tx *tx, bool *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_founding_begun, &q));
    TRY(query_one(q));
    *out = query_int(q, 0, 0, 1) > 0;
    return query_done(q);
}

static err run(struct tx *tx, enum sql which)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, which, &q));
    return query_run(q);
}

err founding_undo(struct tx *tx)
{
    static const enum sql all[] = {
        SQL_founding_undo_files,    SQL_founding_undo_packages,
        SQL_founding_undo_pending,  SQL_founding_undo_nodes,
        SQL_founding_undo_entries,  SQL_founding_undo_checkpoints,
        SQL_founding_undo_mail,     SQL_founding_undo_tickets,
        SQL_founding_undo_passages, SQL_founding_undo_journal,
        SQL_founding_undo_streams,  SQL_founding_undo_meta,
    };

    for (size_t i = 0; i < COUNT(all); i++)
        TRY(run(tx, all[i]));
    return OK;
}
