#include "service/evidence.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "service/file_type.h"
#include "service/order.h"

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

static void set_text(struct arena *a, struct json *to, const char *name,
                     str text)
{
    if (text.n > 0)
        (void)json_set(to, str_of(name), json_new_str(a, text));
}

/* The data of the command. */
static err write_data(struct arena *a, const struct evidence *e,
                      const struct json **out)
{
    struct json *data = json_new_object(a);
    struct hash hash;
    struct buf b;
    str digits;

    sha256(e->bytes.p, e->bytes.n, hash.b);
    buf_init(&b, a, 2 * sizeof hash.b);
    buf_hex(&b, hash.b, sizeof hash.b);
    TRY(buf_done(&b, &digits));
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

    err refusal = check_file(a, e->bytes, &file.media_type);
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
