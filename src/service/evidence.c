#include "service/evidence.h"

#include "base/arena.h"
#include "base/hex.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "service/app_parts.h"
#include "service/file_type.h"
#include "service/order.h"
#include "service/records_case.h"

#define COMMAND "document.add"

/* What can be said of the file alone. */
static err check_file(struct arena *a, str bytes, str *type)
{
    if (bytes.n == 0)
        return err_new(a, ERR_INVALID, "case.file_empty");
    if (bytes.n > CASE_FILE_MAX)
        return err_new(a, ERR_LIMIT, "case.file_size", ARG_INT("size", bytes.n),
                       ARG_INT("most", CASE_FILE_MAX));
    return file_type(a, bytes, type);
}

/* Beside what can be said of the file alone: a sheet that this body never
 * signed as it stands. */
static err check_document(struct app *app, struct arena *a, str bytes,
                          str *type)
{
    TRY(check_file(a, bytes, type));
    return records_case_takes(app, a, *type, bytes);
}

static void set_text(struct arena *a, struct json *to, const char *name,
                     str text)
{
    if (text.n > 0)
        (void)json_set(to, str_of(name), json_new_str(a, text));
}

/* Of the SHA-256 of these bytes. */
static err digits_of(struct arena *a, str bytes, str *out)
{
    struct hash hash;

    sha256(bytes.p, bytes.n, hash.b);
    return hex_text(a, hash.b, sizeof hash.b, out);
}

/* The data of the command. */
static err write_data(struct arena *a, const struct evidence *e,
                      const struct json **out)
{
    struct json *data = json_new_object(a);
    str digits;

    TRY(digits_of(a, e->bytes, &digits));
    set_text(a, data, "requirement", e->requirement);
    set_text(a, data, "title", e->title.n > 0 ? e->title : e->name);
    set_text(a, data, "blob", digits);
    set_text(a, data, "covers_from", e->from);
    set_text(a, data, "covers_to", e->to);
    TRY_MEMORY(json_set(data, S("size"), json_new_int(a, (int64_t)e->bytes.n)));
    *out = data;
    return OK;
}

/* [EV1] Of another version it is either the same command once more, which is
 * answered, or a conflict: neither needs the file. */
static err ask(struct app *app, struct arena *a, const struct case_order *order,
               bool *keeps)
{
    err e = cases_ask(app, a, order);

    *keeps = !failed(e);
    return err_is(e, ERR_CONFLICT) ? OK : e;
}

static err add(struct app *app, struct arena *a, const struct evidence *e,
               const struct case_order *order, struct case_answer *out)
{
    struct case_upload file = { .bytes = e->bytes, .name = e->name };
    struct hash unused;
    bool keeps = false;

    err refusal = check_document(app, a, e->bytes, &file.media_type);
    if (!failed(refusal))
        refusal = ask(app, a, order, &keeps);
    if (failed(refusal)) {
        const struct refused r = { .who = e->who,
                                   .command = S(COMMAND),
                                   .why = refusal };
        order_refused(app, a, &r);
        return refusal;
    }
    if (keeps)
        TRY(cases_keep_file(app, a, e->who, &file, &unused));
    return cases_do(app, a, order, out);
}

err evidence_add(struct app *app, struct arena *a, const struct evidence *e,
                 struct case_answer *out)
{
    struct case_order order = {
        .who = e->who,
        .today = e->today,
        .ref = e->ref,
        .command = S(COMMAND),
        .command_id = e->command_id,
        .expected = e->expected,
    };

    TRY(write_data(a, e, &order.data));
    return add(app, a, e, &order, out);
}

/* --- photographs ---------------------------------------------------------- */

bool evidence_takes_papers(str command)
{
    return str_eq(command, S("correction.submit"));
}

/* A command in the making, and its files. */
struct pictured {
    struct app *app;
    const struct case_order *order;
    const struct list *photographs;
    struct case_upload *files; /* room for each */
};

/* [EV6] */
static err check_picture(const struct pictured *x, struct arena *a,
                         const struct photograph *p, struct case_upload *out)
{
    out->bytes = p->bytes;
    out->name = p->name;
    TRY(check_document(x->app, a, p->bytes, &out->media_type));
    return evidence_takes_papers(x->order->command) ||
                   str_begins(out->media_type, S("image/"))
               ? OK
               : err_new(a, ERR_INVALID, "evidence.no_picture",
                         ARG_STR("name", p->name));
}

/* The list of the command's data, made where there is none. */
static err name_them(const struct pictured *x, struct arena *a,
                     struct json *data)
{
    const struct photograph *p = x->photographs->p;
    struct json *array = json_new_array(a);
    const struct json *had = json_get(data, S("photos"));

    for (const struct json *m = had == NULL ? NULL : had->first; m != NULL;
         m = m->next)
        TRY_MEMORY(json_add(array, json_new_str(a, m->text)));
    for (size_t i = 0; i < x->photographs->n; i++) {
        str digits;

        TRY(check_picture(x, a, &p[i], &x->files[i]));
        TRY(digits_of(a, p[i].bytes, &digits));
        TRY_MEMORY(json_add(array, json_new_str(a, digits)));
    }
    TRY_MEMORY(json_set(data, S("photos"), array));
    return OK;
}

err evidence_photographs(struct app *app, struct arena *a,
                         const struct case_order *order, struct json *data,
                         const struct list *photographs,
                         struct case_answer *out)
{
    struct case_upload *files = arena_array(a, photographs->n, sizeof *files);
    const struct pictured x = { app, order, photographs, files };
    struct case_order whole = *order;
    struct hash unused;
    bool keeps = false;

    TRY_MEMORY(files);
    err refusal = name_them(&x, a, data);
    whole.data = data;
    if (!failed(refusal))
        refusal = ask(app, a, &whole, &keeps);
    if (failed(refusal)) {
        const struct refused r = { .who = order->who,
                                   .command = order->command,
                                   .why = refusal };
        order_refused(app, a, &r);
        return refusal;
    }
    for (size_t i = 0; keeps && i < photographs->n; i++)
        TRY(cases_keep_file_for(app, a, order->who, order->command, &files[i],
                                &unused));
    return cases_do(app, a, &whole, out);
}
