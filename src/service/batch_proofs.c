#include "service/batch_proofs.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/zip.h"
#include "service/public_keys.h"
#include "service/published.h"
#include "store/credentials.h"

#include <stdlib.h>

enum {
    BESIDE = 4, /* files that are of no certificate */
    PER_CERTIFICATE = 2,
    README_MOST = 1 << 16,
};

/* An archive while it is filled. */
struct packing {
    struct arena *arena;
    struct zip_file *files;
    size_t n;
    const struct batch_answer **found; /* by number, once each */
    size_t found_n;
    const struct batch_answer *at;
    struct batch_proved proved;
};

static void add(struct packing *p, str name, str bytes)
{
    p->files[p->n++] = (struct zip_file){ name, bytes };
}

/* --- which certificates [BP1] --------------------------------------------- */

static int by_number(const void *x, const void *y)
{
    const struct batch_answer *const *a = x;
    const struct batch_answer *const *b = y;

    return str_cmp((*a)->number, (*b)->number);
}

static err gather(struct packing *p, const struct batch *b, int64_t most)
{
    size_t n = 0;

    p->found = arena_array(p->arena, b->n, sizeof *p->found);
    TRY_MEMORY(p->found);
    for (size_t i = 0; i < b->n; i++) {
        if (b->answers[i].found)
            p->found[n++] = &b->answers[i];
    }
    if (n > 0)
        qsort(p->found, n, sizeof *p->found, by_number);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || !str_eq(p->found[i]->number, p->found[i - 1]->number))
            p->found[p->found_n++] = p->found[i];
    }
    p->proved.certificates = (int64_t)p->found_n;
    if (p->proved.certificates <= most)
        return OK;
    return err_new(p->arena, ERR_LIMIT, "batch.proofs",
                   ARG_INT("found", p->proved.certificates),
                   ARG_INT("most", most));
}

/* --- files of one --------------------------------------------------------- */

static bool is_plain(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

/* A number as part of a file's name; one with other signs by the row it stands
 * in. */
static void put_name(struct buf *b, const struct batch_answer *x)
{
    for (size_t i = 0; i < x->number.n; i++) {
        if (is_plain(x->number.p[i]))
            continue;
        buf_str(b, S("row-"));
        buf_int(b, x->given->line);
        return;
    }
    buf_str(b, x->number);
}

static err file_name(const struct packing *p, str folder, str ending, str *out)
{
    struct buf b;

    buf_init(&b, p->arena, ZIP_NAME_MAX);
    buf_str(&b, folder);
    put_name(&b, p->at);
    buf_str(&b, ending);
    return buf_done(&b, out);
}

static err add_proof(struct packing *p, struct tx *tx, struct arena *a)
{
    struct published_proof proof;
    str name;
    str text;

    err e = published_proof_in(tx, a, p->at->number, &proof);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    TRY(file_name(p, S("proofs/"), S(".tlog-proof"), &name));
    TRY_MEMORY(arena_str(p->arena, proof.text, &text));
    add(p, name, text);
    p->proved.proofs++;
    return OK;
}

static err add_credential(struct packing *p, struct tx *tx, struct arena *a)
{
    struct credential_row row;
    bool found;
    str name;
    str text;

    TRY(credential_newest(tx, a, p->at->number, &row, &found));
    if (!found)
        return OK;
    TRY(file_name(p, S("credentials/"), S(".json"), &name));
    TRY_MEMORY(arena_str(p->arena, row.json, &text));
    add(p, name, text);
    p->proved.credentials++;
    return OK;
}

/* In an arena of its own. */
static err add_one(struct tx *tx, struct arena *a, void *context)
{
    struct packing *p = (struct packing *)context;

    TRY(add_proof(p, tx, a));
    return add_credential(p, tx, a);
}

static err add_all(struct packing *p, struct app *app)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, p->arena, &tx));
    for (size_t i = 0; i < p->found_n; i++) {
        p->at = p->found[i];
        TRY(tx_apart(tx, add_one, p));
    }
    return OK;
}

/* --- files beside them [BP2] ---------------------------------------------- */

static err readme(struct packing *p, enum lang lang, const struct batch *b,
                  str *out)
{
    const struct label body = { b->body->name_zh, b->body->name_en };
    struct buf text;

    buf_init(&text, p->arena, README_MOST);
    text_render(&text, lang, "batch.readme",
                (const struct err_arg[]){
                    ARG_LABEL("body", body),
                    ARG_DAY("on", b->when.on),
                    ARG_DAY("today", b->when.today),
                    ARG_INT("rows", b->n),
                    ARG_INT("certificates", p->proved.certificates),
                    ARG_INT("proofs", p->proved.proofs),
                    ARG_INT("credentials", p->proved.credentials),
                    { 0 } });
    buf_char(&text, '\n');
    return buf_done(&text, out);
}

static err add_beside(struct packing *p, struct app *app, enum lang lang,
                      const struct batch *b)
{
    struct published_log log;
    str result;
    str words;
    str did;

    TRY(batch_write(p->arena, app_world_of(app)->heap, lang, b, BATCH_XLSX,
                    &result));
    TRY(public_keys_document(app, p->arena, &did));
    TRY(published_log(app, p->arena, &log));
    TRY(readme(p, lang, b, &words));
    add(p, S("README.txt"), words);
    add(p, S("did.json"), did);
    add(p, S("log.vkey"), log.vkey);
    add(p, S("result.xlsx"), result);
    return OK;
}

/* --- the archive ---------------------------------------------------------- */

static int by_name(const void *x, const void *y)
{
    const struct zip_file *a = x;
    const struct zip_file *b = y;

    return str_cmp(a->name, b->name);
}

err batch_proofs(struct app *app, struct arena *a, enum lang lang,
                 const struct batch *b, int64_t most, struct batch_proved *out)
{
    struct packing p = { .arena = a };

    TRY(gather(&p, b, most < BATCH_PROOFS_MAX ? most : BATCH_PROOFS_MAX));
    p.files =
        arena_array(a, PER_CERTIFICATE * p.found_n + BESIDE, sizeof *p.files);
    TRY_MEMORY(p.files);
    TRY(add_all(&p, app));
    TRY(add_beside(&p, app, lang, b));
    qsort(p.files, p.n, sizeof *p.files, by_name);
    TRY(zip_write(a, p.files, p.n, &p.proved.archive));
    *out = p.proved;
    return OK;
}
