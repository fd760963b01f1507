#include "service/records_risk_case.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "service/order.h"
#include "service/records_case.h"
#include "service/records_label.h"
#include "service/records_sheet.h"
#include "store/blob.h"

#include <string.h>

#define COMMAND    "risk.note"
#define MEDIA_TYPE "application/x.tenstar.record-risk+json"

enum { SCREENS_MOST = 64, TREE_MOST = 64 * RISK_NOTE_MAX };

/* --- what a note says ----------------------------------------------------- */

static bool take_int(const struct json *j, const char *name, int64_t *out)
{
    const struct json *m = json_get(j, str_of(name));

    if (m == NULL || m->kind != JSON_INT || m->number < 0)
        return false;
    *out = m->number;
    return true;
}

/* "2 3 9" */
static err lines_text(struct arena *a, const struct json *lines, str *out)
{
    struct buf b;

    buf_init(&b, a, RISK_LINES_TEXT);
    for (const struct json *m = lines->first; m != NULL; m = m->next) {
        if (m->kind != JSON_INT)
            continue;
        buf_str(&b, m == lines->first ? S("") : S(" "));
        buf_int(&b, m->number);
    }
    return buf_done(&b, out);
}

static err read_screen(struct arena *a, const struct json *j,
                       struct case_screen *out, bool *good)
{
    const struct json *lines = json_get(j, S("lines"));

    out->screen = records_screen_label(json_get_str(j, S("screen")));
    *good = out->screen != NULL && take_int(j, "k", &out->k) &&
            take_int(j, "n", &out->n) && take_int(j, "base_k", &out->base_k) &&
            take_int(j, "base_n", &out->base_n) &&
            take_int(j, "concerned", &out->concerned) && lines != NULL &&
            lines->kind == JSON_ARRAY;
    if (!*good)
        return OK;
    return lines_text(a, lines, &out->lines);
}

static bool is_raised(const struct json *j)
{
    return str_eq(json_get_str(j, S("status")), S("raised"));
}

static err read_screens(struct arena *a, const struct json *list,
                        struct case_risk *out, bool *good)
{
    struct case_screen *made = arena_array(a, SCREENS_MOST, sizeof *made);
    size_t n = 0;

    TRY_MEMORY(made);
    *good =
        list != NULL && list->kind == JSON_ARRAY && list->count <= SCREENS_MOST;
    for (const struct json *j = *good ? list->first : NULL; j != NULL && *good;
         j = j->next) {
        if (is_raised(j))
            TRY(read_screen(a, j, &made[n++], good));
    }
    out->screens = made;
    out->screen_count = n;
    return OK;
}

/* [RX2] Into `a`; the tree is of `own`. */
static err read_note(struct arena *a, struct arena *own, str bytes,
                     struct case_risk *out, bool *good)
{
    struct json *j = NULL;

    *good = false;
    if (failed(json_parse(own, bytes, &j)))
        return OK;
    *good = str_eq(json_get_str(j, S("type")), S("TenstarRecordRisk")) &&
            take_int(j, "tickets", &out->tickets);
    if (!*good)
        return OK;
    TRY_MEMORY(arena_str(a, json_get_str(j, S("name")), &out->file_name));
    out->file_name = sheet_file_name(out->file_name);
    return read_screens(a, json_get(j, S("screens")), out, good);
}

static err read_bytes(struct arena *a, str bytes, struct case_risk *out,
                      bool *good)
{
    scoped(arena_end) struct arena own = { 0 };

    arena_init(&own, a->heap, TREE_MOST);
    return err_keep(a, read_note(a, &own, bytes, out, good));
}

/* --- those of a case ------------------------------------------------------ */

static err read_blob(struct app *app, struct arena *a,
                     const struct risk_note *note, struct case_risk *out,
                     bool *good)
{
    const struct case_document of = { .hash = note->blob, .size = note->size };
    str bytes;

    TRY(cases_file_bytes(app, a, &of, &bytes));
    return read_bytes(a, bytes, out, good);
}

/* Of several, those that were noted last. */
static size_t count_notes(const struct case_file *file)
{
    size_t n = 0;

    for (const struct event *e = file->events.first; e != NULL; e = e->next)
        n += strcmp(e->kind->name, "risk.noted") == 0;
    return n;
}

err records_risks(struct app *app, struct arena *a,
                  const struct case_file *file, struct list *out)
{
    size_t all = count_notes(file);
    size_t n = all < CASE_RISKS_MAX ? all : CASE_RISKS_MAX;
    struct case_risk *made = arena_array(a, n, sizeof *made);
    size_t at = all;

    TRY_MEMORY(made);
    for (const struct event *e = file->events.first; e != NULL; e = e->next) {
        bool good;

        if (strcmp(e->kind->name, "risk.noted") != 0 || --at >= n)
            continue;
        made[at] = (struct case_risk){ .note = e->data, .noted = e->on };
        TRY(read_blob(app, a, made[at].note, &made[at], &good));
    }
    *out = (struct list){ made, n };
    return OK;
}

/* --- noting one ----------------------------------------------------------- */

static err digits_of(struct arena *a, const struct hash *h, str *out)
{
    return hex_text(a, h->b, sizeof h->b, out);
}

/* The SHA-256 of the records, as the note has it. */
static err records_of(struct arena *a, str bytes, str *out)
{
    scoped(arena_end) struct arena own = { 0 };
    const struct json *file;
    struct json *j = NULL;

    arena_init(&own, a->heap, TREE_MOST);
    TRY(err_keep(a, json_parse(&own, bytes, &j)));
    file = json_get(j, S("file"));
    TRY_MEMORY(arena_str(a,
                         file == NULL ? S("") : json_get_str(file, S("sha256")),
                         out));
    return OK;
}

static err write_data(struct arena *a, const struct risk_file *file,
                      const struct case_risk *risk, struct json **out)
{
    struct json *data = json_new_object(a);
    struct hash hash;
    str records;
    str blob;

    sha256(file->bytes.p, file->bytes.n, hash.b);
    TRY(digits_of(a, &hash, &blob));
    TRY(records_of(a, file->bytes, &records));
    json_set_str(a, data, "title",
                 file->title.n > 0 ? file->title : file->name);
    json_set_str(a, data, "blob", blob);
    json_set_int(a, data, "size", (int64_t)file->bytes.n);
    json_set_str(a, data, "records", records);
    TRY_MEMORY(json_set_int(a, data, "raised", (int64_t)risk->screen_count));
    *out = data;
    return OK;
}

/* [RX2] */
static err check_note(struct arena *a, const struct risk_file *file,
                      struct case_risk *risk)
{
    bool good;

    if (file->bytes.n > RISK_NOTE_MAX)
        return err_new(a, ERR_LIMIT, "risk.long",
                       ARG_INT("most", RISK_NOTE_MAX));
    TRY(read_bytes(a, file->bytes, risk, &good));
    return good ? OK
                : err_new(a, ERR_INVALID, "risk.no_note",
                          ARG_STR("name", file->name));
}

static err refuse(struct app *app, struct arena *a,
                  const struct case_order *order, err e)
{
    const struct refused r = { .who = order->who,
                               .command = S(COMMAND),
                               .why = e };

    order_refused(app, a, &r);
    return e;
}

err records_risk_add(struct app *app, struct arena *a,
                     const struct case_order *order,
                     const struct risk_file *file, struct case_answer *out)
{
    const struct case_upload kept = { file->bytes, S(MEDIA_TYPE), file->name };
    struct case_order whole = *order;
    struct case_risk risk = { 0 };
    struct json *data = NULL;
    struct hash unused;
    err e = check_note(a, file, &risk);

    if (!failed(e))
        e = write_data(a, file, &risk, &data);
    if (failed(e))
        return refuse(app, a, order, e);
    whole.command = S(COMMAND);
    whole.data = data;
    e = cases_ask(app, a, &whole);
    if (failed(e) && !err_is(e, ERR_CONFLICT))
        return refuse(app, a, order, e);
    if (!failed(e))
        TRY(cases_keep_file_for(app, a, order->who, S(COMMAND), &kept,
                                &unused));
    return cases_do(app, a, &whole, out);
}
