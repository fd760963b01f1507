#include "service/certificate_numbers.h"

#include "base/arena.h"
#include "base/heap.h"
#include "service/app.h"
#include "store/certificates.h"

enum { PAGE_MEMORY = 64 << 20 };

/* Numbers as they are found, page by page; the rows themselves go with their
 * page. */
struct finding {
    struct app *app;
    const struct certificate_span *span;
    struct arena *kept;
    struct list found;
    size_t room;
    str after;
    bool more;
};

static err keep(struct finding *f, const struct certificate_row *row)
{
    str *numbers;

    TRY_MEMORY(arena_str(f->kept, row->number, &f->after));
    if (row->issued < f->span->from || row->issued > f->span->to)
        return OK;
    TRY_MEMORY(rows_grow(f->kept, &f->found, sizeof *numbers, &f->room));
    numbers = f->found.p;
    numbers[f->found.n++] = f->after;
    return OK;
}

static err read_page(struct finding *f, struct arena *a)
{
    const struct page page = { .after = f->after, .limit = STORE_PAGE_MAX };
    scoped(tx_abort) struct tx *tx = NULL;
    const struct certificate_row *rows;
    struct list list;

    TRY(app_read(f->app, a, &tx));
    TRY(certificate_list(tx, a, &page, &list));
    rows = list.p;
    for (size_t i = 0; i < list.n; i++)
        TRY(keep(f, &rows[i]));
    f->more = list.n == STORE_PAGE_MAX;
    return OK;
}

err certificate_numbers(struct app *app, struct arena *a,
                        const struct certificate_span *span, struct list *out)
{
    struct finding f = { .app = app, .span = span, .kept = a, .more = true };

    while (f.more) {
        scoped(arena_end) struct arena page;

        arena_init(&page, a->heap, PAGE_MEMORY);
        TRY(read_page(&f, &page));
    }
    *out = f.found;
    return OK;
}
