#include "service/directory.h"

#include "codec/utf8.h"
#include "service/lookup_parts.h"
#include "service/typed.h"
#include "store/certificates.h"

/* [DY3] */
static bool is_text(const struct directory_filter *f, str after)
{
    return utf8_is_text(f->scheme) && utf8_is_text(f->level) &&
           utf8_is_text(f->place) && utf8_is_text(f->scope) &&
           utf8_is_text(f->words) && utf8_is_text(after);
}

/* What to go on after, when there were more rows than a page has; those that
 * cannot be read count as well.  Whatever is too many is taken off. */
static str cut(struct list *rows, const struct list *unreadable)
{
    const struct certificate_row *row = rows->p;

    if (rows->n == 0 || rows->n + unreadable->n <= DIRECTORY_PAGE)
        return S("");
    if (rows->n > DIRECTORY_PAGE)
        rows->n = DIRECTORY_PAGE;
    return row[rows->n - 1].number;
}

err directory_list(struct app *app, struct arena *a,
                   const struct directory_filter *f, day today, str after,
                   struct directory_page *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct showing x = { .app = app, .today = today };
    struct page page = { .after = after, .limit = DIRECTORY_PAGE + 1 };
    struct certificate_filter filter = {
        .scheme = f->scheme,
        .level = f->level,
        .status = f->status,
        .today = today,
        .place = f->place,
        .scope = f->scope,
        .words = f->words,
    };
    struct list rows;
    struct list unreadable;

    *out = (struct directory_page){ .next = S("") };
    if (!is_text(f, after))
        return OK;
    TRY(typed_number(a, f->words, &filter.code));
    TRY(app_read(app, a, &tx));
    x.tx = tx;
    TRY(certificate_directory(tx, a, &filter, &page, &rows, &unreadable));
    out->next = cut(&rows, &unreadable);
    TRY(showing_rows(&x, &rows, &unreadable));
    out->found = x.shown;
    out->left_out = x.left_out;
    return OK;
}
