/* lookup_search -- certificates by what somebody types. [M21] [LU6] */

#include "service/lookup_parts.h"

#include "base/arena.h"
#include "codec/utf8.h"
#include "search/fold.h"
#include "service/register_names.h"
#include "service/typed.h"
#include "store/certificates.h"

enum {
    MOST = SEARCH_WANT_MAX,
    CODE_MOST = 100'000, /* that files brought of one holder */
    AFTER_DIGITS = 19,   /* below 2^64 */
};

/* A search on its way. */
struct finding {
    struct app *app;
    struct arena *a;
    struct tx *tx;
    const struct lookup_wish *wish;
    struct register_wish names;
    struct public_certificate *found; /* room for `most` */
    size_t most;
    struct lookup_answer answer;
};

/* --- what is asked for -------------------------------------------------- */

static err begin(struct finding *f)
{
    const struct lookup_wish *w = f->wish;

    f->most = w->most < 1 || w->most > MOST ? MOST : w->most;
    f->names = (struct register_wish){
        .words = str_trim(w->words),
        .today = w->today,
        .after = w->after,
        .most = f->most,
    };
    TRY(facet_wish_read(f->a, w, &f->names.narrow));
    f->found = arena_array(f->a, f->most, sizeof *f->found);
    TRY_MEMORY(f->found);
    f->answer.found = (struct list){ f->found, 0 };
    return OK;
}

static bool fits(const struct finding *f, const struct public_certificate *c)
{
    return facet_fits(&f->names.narrow, c);
}

static size_t left(const struct finding *f)
{
    return f->most - f->answer.found.n;
}

/* --- by number or code -------------------------------------------------- */

/* Those of the rows that fit, as long as there is room for one; there are more
 * where there is none. */
static err complete_rows(struct finding *f, const struct list *rows)
{
    const struct certificate_row *r = rows->p;
    struct public_certificate *c = arena_zero(f->a, sizeof *c);

    TRY_MEMORY(c);
    for (size_t i = 0; i < rows->n && !f->answer.more; i++) {
        TRY(lookup_complete(f->app, f->tx, &r[i], f->wish->today, c));
        if (!fits(f, c))
            continue;
        f->answer.more = left(f) == 0;
        if (!f->answer.more)
            f->found[f->answer.found.n++] = *c;
    }
    return OK;
}

/* Rows of the store by number, page by page, as far as is needed. */
typedef err listing(struct tx *tx, struct arena *a, str of,
                    const struct page *p, struct list *out);

static err complete_all(struct finding *f, listing *list, str of)
{
    struct page page = { .after = S(""), .limit = (int32_t)f->most + 1 };
    struct list rows;

    do {
        TRY(list(f->tx, f->a, of, &page, &rows));
        TRY(complete_rows(f, &rows));
        if (rows.n > 0)
            page.after =
                ((const struct certificate_row *)rows.p)[rows.n - 1].number;
    } while (rows.n == (size_t)page.limit && !f->answer.more);
    return OK;
}

/* Behind the body's own, those of files. */
static err add_imported(struct finding *f, str code)
{
    struct list all = { NULL, 0 };

    if (f->answer.more)
        return OK;
    TRY(lookup_add_imported(f->app, f->tx, code, f->wish->today, CODE_MOST,
                            &all));
    const struct public_certificate *c = all.p;
    for (size_t i = 0; i < all.n && !f->answer.more; i++) {
        if (!fits(f, &c[i]))
            continue;
        f->answer.more = left(f) == 0;
        if (!f->answer.more)
            f->found[f->answer.found.n++] = c[i];
    }
    return OK;
}

static err by_code(struct finding *f, str code)
{
    TRY(complete_all(f, certificate_list_of_uscc, code));
    return add_imported(f, code);
}

/* --- by name ------------------------------------------------------------ */

static struct public_certificate *find_again(struct finding *f, str number)
{
    for (size_t i = 0; i < f->answer.found.n; i++) {
        if (str_eq(f->found[i].number, number))
            return &f->found[i];
    }
    return NULL;
}

/* By two of its names it is there once. */
static err add_named(struct finding *f, const struct register_name_found *n)
{
    struct public_certificate *c = find_again(f, n->number);
    bool found = true;

    if (c == NULL) {
        c = &f->found[f->answer.found.n];
        TRY(lookup_written(f->app, f->tx, n->number, f->wish->today, c,
                           &found));
        found = found && fits(f, c);
        f->answer.found.n += found;
    }
    if (found && n->former && c->formerly.n == 0)
        c->formerly = n->name;
    return OK;
}

/* Those that were found, as far as there is room for them. */
static err add_all(struct finding *f, const struct register_names_found *x)
{
    const struct register_name_found *n = x->found.p;

    for (size_t i = 0; i < x->found.n && left(f) > 0; i++)
        TRY(add_named(f, &n[i]));
    f->answer.more = f->answer.more || x->more;
    return OK;
}

static err from_store(struct finding *f)
{
    if (f->wish->after != 0)
        return OK;
    TRY(complete_all(f, certificate_search, f->names.words));
    return lookup_formerly(f->tx, f->a, f->names.words, &f->answer.found);
}

/* What folds to nothing, as a bracket does, can stand in a name all the same:
 * the index cannot find it. */
static bool folds_to_nothing(str words)
{
    uint16_t units[2];
    size_t n;

    return fold_name(words, units, 1, &n) && n == 0;
}

/* [LU6] */
static err by_name(struct finding *f)
{
    struct register_names_found x = { 0 };

    if (!folds_to_nothing(f->names.words))
        TRY(register_names_find(f->app, f->a, &f->names, &x));
    if (!x.ready || !x.whole)
        TRY(from_store(f));
    if (x.ready)
        TRY(add_all(f, &x));
    if (!x.ready || !x.whole)
        return OK;
    f->answer.next = x.next;
    f->answer.counted = true;
    f->answer.count =
        x.more || f->wish->after != 0 ? x.count : (int64_t)f->answer.found.n;
    f->answer.above = x.above;
    return OK;
}

/* --- all of it ---------------------------------------------------------- */

static err find(struct finding *f)
{
    bool found;
    str normal;

    TRY(begin(f));
    if (f->names.words.n == 0 || !utf8_is_text(f->names.words))
        return OK;
    TRY(typed_number(f->a, f->names.words, &normal));
    TRY(lookup_written(f->app, f->tx, normal, f->wish->today, f->found,
                       &found));
    f->answer.found.n = found && fits(f, f->found);
    if (!found)
        TRY(by_code(f, normal));
    if (f->answer.found.n == 0)
        TRY(by_name(f));
    return OK;
}

err lookup_find(struct app *app, struct arena *a, const struct lookup_wish *w,
                struct lookup_answer *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct finding f = { .app = app, .a = a, .wish = w };

    TRY(app_read(app, a, &tx));
    f.tx = tx;
    TRY(find(&f));
    *out = f.answer;
    return OK;
}

bool lookup_after(str text, uint64_t *out)
{
    uint64_t n = 0;

    if (text.n == 0 || text.n > AFTER_DIGITS)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        n = n * 10 + (uint64_t)(text.p[i] - '0');
    }
    *out = n;
    return true;
}

err lookup_search(struct app *app, struct arena *a, str words, day today,
                  size_t most, struct list *out)
{
    const struct lookup_wish w = { .words = words,
                                   .today = today,
                                   .most = most };
    struct lookup_answer x;

    TRY(lookup_find(app, a, &w, &x));
    *out = x.found;
    return OK;
}
