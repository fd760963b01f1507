#include "service/register_said.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/names.h"
#include "store/certificates.h"
#include "store/subs.h"

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
                             const struct list *subs)
{
    struct json *j = json_new_object(a);

    json_set(j, S("number"), json_new_str(a, row->number));
    json_set(j, S("holder"), json_new_str(a, row->holder));
    json_set(j, S("scheme"), json_new_str(a, row->scheme_id));
    json_set(j, S("criterion"), json_new_str(a, row->criterion));
    json_set(j, S("level"), json_new_str(a, row->level_id));
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

static err add_page(struct tx *tx, struct arena *a, const struct list *page,
                    struct json *list)
{
    const struct certificate_row *rows = page->p;

    for (size_t i = 0; i < page->n; i++) {
        struct list subs;

        TRY(sub_list(tx, a, rows[i].number, &subs));
        json_add(list, row_said(a, &rows[i], &subs));
    }
    return OK;
}

static err add_ours(struct tx *tx, struct arena *a, str uscc, struct json *list)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct list rows = { NULL, STORE_PAGE_MAX };

    while (rows.n == STORE_PAGE_MAX) {
        TRY(certificate_list_of_uscc(tx, a, uscc, &page, &rows));
        TRY(add_page(tx, a, &rows, list));
        if (rows.n > 0)
            page.after =
                ((const struct certificate_row *)rows.p)[rows.n - 1].number;
    }
    return OK;
}

err register_holder_said(struct tx *tx, struct arena *a, str uscc, str *out)
{
    struct json *j = json_new_object(a);
    struct json *list = json_new_array(a);
    struct buf b;

    *out = S("");
    TRY_MEMORY(j != NULL && list != NULL);
    TRY(add_ours(tx, a, uscc, list));
    if (list->count == 0 && !list->broken)
        return OK;
    json_set(j, S("uscc"), json_new_str(a, uscc));
    json_set(j, S("certificates"), list);
    buf_init(&b, a, SAID_MAX);
    json_canonical(&b, j);
    return buf_done(&b, out);
}
