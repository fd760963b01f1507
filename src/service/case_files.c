/* case_files -- documents of a case, read back. */

#include "base/arena.h"
#include "base/hex.h"
#include "crypto/hash.h"
#include "domain/risk.h"
#include "service/app_parts.h"
#include "service/cases.h"
#include "store/blob.h"

#include <string.h>

static bool is_among(const struct list *photos, str digits)
{
    const str *p = photos->p;

    for (size_t i = 0; i < photos->n; i++) {
        if (str_eq(p[i], digits))
            return true;
    }
    return false;
}

/* A photograph of a meeting or of a correction: by the digits of its hash, as
 * the event has it. */
static bool is_photograph(const struct event *e, str digits)
{
    const struct meeting *m = e->data;
    const struct correction *c = e->data;

    if (strcmp(e->kind->name, "audit.opened") == 0 ||
        strcmp(e->kind->name, "audit.closed") == 0)
        return is_among(&m->photos, digits);
    return strcmp(e->kind->name, "correction.submitted") == 0 &&
           is_among(&c->photos, digits);
}

/* Only what stands in the case is of the case. */
static bool is_named(const struct case_file *file, const struct hash *hash,
                     str digits)
{
    for (const struct event *e = file->events.first; e != NULL; e = e->next) {
        const struct document *d = e->data;
        const struct risk_note *r = e->data;

        if (strcmp(e->kind->name, "document.added") == 0 &&
            hash_eq(&d->blob, hash))
            return true;
        if (strcmp(e->kind->name, "risk.noted") == 0 && hash_eq(&r->blob, hash))
            return true;
        if (is_photograph(e, digits))
            return true;
    }
    return false;
}

static err about_hash(struct arena *a, enum err_code code, const char *message,
                      const struct hash *hash)
{
    str digits;

    TRY(hex_text(a, hash->b, sizeof hash->b, &digits));
    return err_new(a, code, message, ARG_STR("hash", digits));
}

static err find_row(struct app *app, struct arena *a, const struct hash *hash,
                    struct blob_row *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    bool found = false;

    TRY(app_read(app, a, &tx));
    TRY(blob_find(tx, a, hash, out, &found));
    return found ? OK : about_hash(a, ERR_NOT_FOUND, "case.no_file", hash);
}

/* [BL3] */
static err check_hash(struct arena *a, const struct hash *hash, str bytes)
{
    struct hash found;

    sha256(bytes.p, bytes.n, found.b);
    if (hash_eq(&found, hash))
        return OK;
    return about_hash(a, ERR_CORRUPT, "case.file_hash", hash);
}

err cases_find_file(struct app *app, struct arena *a, const struct session *who,
                    str ref, const struct hash *hash, struct case_document *out)
{
    struct case_file file;
    struct blob_row row;
    str digits;

    TRY(cases_load(app, a, who, ref, &file));
    TRY(hex_text(a, hash->b, sizeof hash->b, &digits));
    if (!is_named(&file, hash, digits))
        return about_hash(a, ERR_NOT_FOUND, "case.no_file", hash);
    TRY(find_row(app, a, hash, &row));
    *out =
        (struct case_document){ row.hash, row.size, row.media_type, row.name };
    return OK;
}

err cases_file_bytes(struct app *app, struct arena *a,
                     const struct case_document *of, str *out)
{
    const struct blobs blobs = { app_world_of(app)->files,
                                 app_blob_folder(app) };
    const struct blob_row row = { .hash = of->hash, .size = of->size };

    TRY(blob_read(&blobs, a, &row, out));
    return check_hash(a, &of->hash, *out);
}
