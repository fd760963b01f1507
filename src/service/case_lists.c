/*
 * case_lists -- cases by their numbers, as far as somebody may read them.
 */

#include "service/case_parts.h"

#include "base/arena.h"
#include "base/check.h"
#include "codec/utf8.h"
#include "domain/rights.h"
#include "service/typed.h"
#include "store/enterprises.h"

err case_line_of(struct app *app, struct tx *tx, const struct case_row *row,
                 str enterprise, struct case_line *out)
{
    struct scheme_words words;

    TRY(app_scheme_words(app, tx, &row->scheme_hash, row->scheme_id,
                         row->wanted, &words));
    *out = (struct case_line){
        .id = row->id,
        .number = row->number,
        .enterprise = enterprise,
        .scheme = row->scheme_id,
        .scheme_name = words.scheme,
        .level = row->wanted,
        .level_name = words.level,
        .stage = (enum stage)row->stage,
        .waiting = (enum waiting)row->status,
        .opened = row->opened,
        .due = row->due,
        .due_provisional = row->due_provisional,
        .certificate = row->certificate,
    };
    return OK;
}

/* Lines on their way into a list. */
struct listing {
    struct app *app;
    struct tx *tx;
    const struct actor *who;
    const struct case_words *words; /* NULL: all of them */
    struct case_line *lines;
    int32_t n;
    int32_t most;
};

/* Staff see every case but those of their own enterprise, which only its
 * applicants do: rights_may_read() of no enterprise tells who is staff. */
static err list_rows(const struct listing *l, const struct page *page,
                     struct list *out)
{
    struct arena *a = tx_arena(l->tx);

    if (!rights_may_read(l->who, (id){ { 0 } }))
        return case_list_of_enterprise(l->tx, a, l->who->enterprise, page, out);
    return l->words == NULL ? case_list(l->tx, a, page, out)
                            : case_find(l->tx, a, l->words, page, out);
}

/* Of one's own few cases, which were all read. */
static bool is_sought(const struct listing *l, const struct case_row *row,
                      str enterprise)
{
    return l->words == NULL || str_contains(row->number, l->words->number) ||
           str_contains(enterprise, l->words->name);
}

static err add_line(struct listing *l, const struct case_row *row)
{
    struct enterprise_row enterprise;

    if (l->n == l->most || !rights_may_read(l->who, row->enterprise))
        return OK;
    TRY(enterprise_get(l->tx, tx_arena(l->tx), row->enterprise, &enterprise));
    if (!is_sought(l, row, enterprise.name))
        return OK;
    TRY(case_line_of(l->app, l->tx, row, enterprise.name, &l->lines[l->n]));
    l->n++;
    return OK;
}

/* The lines of one page; its last number is the key of the next. */
static err add_page(struct listing *l, struct page *page, size_t *rows)
{
    struct list found;

    TRY(list_rows(l, page, &found));

    const struct case_row *r = found.p;
    for (size_t i = 0; i < found.n; i++)
        TRY(add_line(l, &r[i]));
    if (found.n > 0)
        page->after = r[found.n - 1].number;
    *rows = found.n;
    return OK;
}

/* Page after page, for some of a page may not be theirs to read. */
static err add_lines(struct listing *l, str after)
{
    struct page page = { after, l->most };
    size_t rows = (size_t)l->most;

    while (rows == (size_t)l->most && l->n < l->most)
        TRY(add_page(l, &page, &rows));
    return OK;
}

static err list(struct arena *a, struct listing *l, str after, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    check(l->most >= 1 && l->most <= STORE_PAGE_MAX);
    l->lines = arena_array(a, (size_t)l->most, sizeof *l->lines);
    TRY_MEMORY(l->lines);
    TRY(typed_number(a, after, &after));
    TRY(app_read(l->app, a, &tx));
    l->tx = tx;
    TRY(add_lines(l, after));
    *out = (struct list){ l->lines, (size_t)l->n };
    return OK;
}

err cases_list(struct app *app, struct arena *a, const struct session *who,
               str after, int32_t most, struct list *out)
{
    struct listing l = { .app = app, .who = &who->actor, .most = most };

    return list(a, &l, after, out);
}

err cases_find(struct app *app, struct arena *a, const struct session *who,
               const struct case_search *search, struct list *out)
{
    struct case_words words = { .name = search->words };
    struct listing l = { .app = app, .who = &who->actor, .most = search->most };

    *out = (struct list){ 0 };
    if (!utf8_is_text(search->words))
        return OK;
    TRY(typed_number(a, search->words, &words.number));
    if (words.number.n > 0)
        l.words = &words;
    return list(a, &l, search->after, out);
}
