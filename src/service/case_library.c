#include "service/case_library.h"

#include "base/arena.h"
#include "domain/rights.h"
#include "service/stream.h"
#include "store/cases.h"

#include <string.h>

struct collecting {
    struct library_item *items; /* room for as many as are counted */
    size_t n;
};

static bool is_document(const struct event *e)
{
    return strcmp(e->kind->name, "document.added") == 0;
}

static err collect_case(struct tx *tx, const struct case_row *row,
                        struct collecting *c)
{
    struct stream_row stream;
    struct event_list events;
    struct library_item *items;

    TRY(stream_get(tx, tx_arena(tx), row->id, &stream));
    TRY(stream_events(tx, tx_arena(tx), &stream, &events));
    items = arena_array(tx_arena(tx), c->n + events.n, sizeof *items);
    TRY_MEMORY(items);
    if (c->n > 0)
        memcpy(items, c->items, c->n * sizeof *items);
    c->items = items;
    for (const struct event *e = events.first; e != NULL; e = e->next) {
        if (is_document(e))
            items[c->n++] = (struct library_item){ row->number, row->scheme_id,
                                                   e->data, e->on };
    }
    return OK;
}

/* Of this enterprise and no other: whatever stands here may be shown. */
err library_of(struct tx *tx, id enterprise, struct list *out)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct collecting c = { 0 };
    struct list rows;

    do {
        TRY(case_list_of_enterprise(tx, tx_arena(tx), enterprise, &page,
                                    &rows));
        const struct case_row *row = rows.p;
        for (size_t i = 0; i < rows.n; i++)
            TRY(collect_case(tx, &row[i], &c));
        if (rows.n > 0)
            page.after = row[rows.n - 1].number;
    } while (rows.n == STORE_PAGE_MAX);
    *out = (struct list){ c.items, c.n };
    return OK;
}

err case_library(struct app *app, struct arena *a, const struct session *who,
                 const struct case_file *file, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    *out = (struct list){ 0 };
    if ((who->actor.roles & right_find("document.reuse")->roles) == 0)
        return OK; /* [CL2] */
    TRY(app_read(app, a, &tx));
    return library_of(tx, file->enterprise.id, out);
}
