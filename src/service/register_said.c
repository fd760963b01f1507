#include "service/register_said.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/names.h"
#include "domain/view.h"
#include "store/certificates.h"
#include "store/imported.h"
#include "store/subs.h"

#include <stdlib.h>

enum { SAID_MAX = 256 << 20 };

/* NULL, which breaks the tree, without memory (json.h [J4]). */
static struct json *day_json(struct arena *a, day d)
{
    char text[DAY_TEXT];
    str copy;

    if (d == DAY_NEVER)
        return json_new_null(a);
    return arena_str(a, day_text(d, text), &copy) ? json_new_str(a, copy)
                                                  : NULL;
}

static struct json *sub_said(struct arena *a, const struct sub_row *sub)
{
    struct json *j = json_new_object(a);

    json_set(j, S("number"), json_new_str(a, sub->number));
    json_set(j, S("site"), json_new_str(a, sub->site));
    json_set(j, S("issued"), day_json(a, sub->issued));
    json_set(j, S("valid_until"), day_json(a, sub->valid_until));
    json_set(j, S("ended"), day_json(a, sub->ended));
    return j;
}

static struct json *subs_said(struct arena *a, const struct list *subs)
{
    const struct sub_row *rows = subs->p;
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < subs->n; i++)
        json_add(list, sub_said(a, &rows[i]));
    return list;
}

static struct json *row_said(struct arena *a, const struct certificate_row *row,
                             const struct label *level, const struct list *subs)
{
    struct json *j = json_new_object(a);

    json_set(j, S("number"), json_new_str(a, row->number));
    json_set(j, S("body"), json_new_null(a));
    json_set(j, S("holder"), json_new_str(a, row->holder));
    json_set(j, S("scheme"), json_new_str(a, row->scheme_id));
    json_set(j, S("criterion"), json_new_str(a, row->criterion));
    json_set(j, S("level"), json_new_str(a, row->level_id));
    json_set(j, S("level_name"), label_json(a, *level));
    json_set(j, S("scope"), json_new_str(a, row->scope_zh));
    json_set(j, S("issued"), day_json(a, row->issued));
    json_set(j, S("first_issued"), day_json(a, row->first_issued));
    json_set(j, S("valid_from"), day_json(a, row->valid_from));
    json_set(j, S("valid_until"), day_json(a, row->valid_until));
    json_set(j, S("status"),
             json_new_str(a, str_of(status_names[row->status])));
    json_set(j, S("status_since"), day_json(a, row->status_since));
    json_set(j, S("suspended_until"), day_json(a, row->suspended_until));
    json_set(j, S("sub_certificates"), subs_said(a, subs));
    return j;
}

/* --- of other bodies -------------------------------------------------------
 */

static struct json *imported_said(struct arena *a, const struct imported_row *r)
{
    struct json *j = json_new_object(a);

    json_set(j, S("number"), json_new_str(a, r->number));
    json_set(j, S("body"), json_new_str(a, r->body));
    json_set(j, S("holder"), json_new_str(a, r->holder));
    json_set(j, S("scheme"), json_new_str(a, r->scheme_id));
    json_set(j, S("criterion"), json_new_str(a, r->criterion));
    json_set(j, S("level"), json_new_str(a, r->level_id));
    json_set(j, S("level_name"), json_new_null(a));
    json_set(j, S("scope"), json_new_str(a, r->scope));
    json_set(j, S("issued"), day_json(a, r->issued));
    json_set(j, S("first_issued"), day_json(a, r->issued));
    json_set(j, S("valid_from"), day_json(a, r->valid_from));
    json_set(j, S("valid_until"), day_json(a, r->valid_until));
    json_set(j, S("status"), json_new_str(a, str_of(status_names[r->status])));
    json_set(j, S("status_since"), day_json(a, r->status_since));
    json_set(j, S("suspended_until"), json_new_null(a));
    json_set(j, S("sub_certificates"), json_new_array(a));
    return j;
}

/* --- all of them -----------------------------------------------------------
 */

/* One of them, by its number [SD2]. */
struct said {
    str number;
    struct json *json;
};

struct saying {
    struct app *app;
    struct tx *tx;
    struct arena *a;
    struct list all; /* of struct said */
    size_t room;
};

static err add(struct saying *x, str number, struct json *json)
{
    TRY_MEMORY(json != NULL &&
               rows_grow(x->a, &x->all, sizeof(struct said), &x->room));
    ((struct said *)x->all.p)[x->all.n++] = (struct said){ number, json };
    return OK;
}

/* A level is called as the package has it by which it was judged, which never
 * changes [SD1]. */
static err add_row(struct saying *x, const struct certificate_row *row)
{
    struct scheme_words words;
    struct list subs;

    TRY(sub_list(x->tx, x->a, row->number, &subs));
    TRY(app_scheme_words(x->app, x->tx, &row->scheme_hash, row->scheme_id,
                         row->level_id, &words));
    return add(x, row->number, row_said(x->a, row, &words.level, &subs));
}

static err add_page(struct saying *x, const struct list *page)
{
    const struct certificate_row *rows = page->p;

    for (size_t i = 0; i < page->n; i++)
        TRY(add_row(x, &rows[i]));
    return OK;
}

static err add_ours(struct saying *x, str uscc)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct list rows = { NULL, STORE_PAGE_MAX };

    while (rows.n == STORE_PAGE_MAX) {
        TRY(certificate_list_of_uscc(x->tx, x->a, uscc, &page, &rows));
        TRY(add_page(x, &rows));
        if (rows.n > 0)
            page.after =
                ((const struct certificate_row *)rows.p)[rows.n - 1].number;
    }
    return OK;
}

static err add_imported(struct saying *x, str uscc)
{
    struct list rows;

    TRY(imported_of(x->tx, x->a, uscc, &rows));
    const struct imported_row *r = rows.p;
    for (size_t i = 0; i < rows.n; i++)
        TRY(add(x, r[i].number, imported_said(x->a, &r[i])));
    return OK;
}

static int by_number(const void *a, const void *b)
{
    const struct said *x = a;
    const struct said *y = b;

    return str_cmp(x->number, y->number);
}

static struct json *whole(struct saying *x, str uscc)
{
    struct said *all = x->all.p;
    struct json *j = json_new_object(x->a);
    struct json *list = json_new_array(x->a);

    qsort(all, x->all.n, sizeof *all, by_number);
    for (size_t i = 0; i < x->all.n; i++)
        json_add(list, all[i].json);
    json_set(j, S("uscc"), json_new_str(x->a, uscc));
    json_set(j, S("certificates"), list);
    return j;
}

err register_holder_said(struct app *app, struct tx *tx, struct arena *a,
                         str uscc, str *out)
{
    struct saying x = { .app = app, .tx = tx, .a = a };
    struct buf b;

    *out = S("");
    TRY(add_ours(&x, uscc));
    TRY(add_imported(&x, uscc));
    if (x.all.n == 0)
        return OK;
    buf_init(&b, a, SAID_MAX);
    json_canonical(&b, whole(&x, uscc));
    return buf_done(&b, out);
}
