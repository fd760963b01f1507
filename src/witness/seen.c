/* seen -- what a witness has cosigned, a file for each log. [WT1] [WT2] */

#include "base/buf.h"
#include "base/id.h"
#include "crypto/hash.h"
#include "merkle/witness.h"
#include "sys/files.h"
#include "witness/parts.h"

enum { PATHS_MOST = 4096 };

static err folder_of(const struct witness *w, struct arena *a, str digits,
                     str *out)
{
    struct buf b;

    buf_init(&b, a, PATHS_MOST);
    buf_str(&b, w->dir);
    buf_str(&b, S("/state/"));
    buf_str(&b, digits);
    return buf_done(&b, out);
}

static err path_of(const struct witness *w, struct arena *a, str digits,
                   str *out)
{
    struct buf b;
    str folder;

    TRY(folder_of(w, a, digits, &folder));
    buf_init(&b, a, PATHS_MOST);
    buf_str(&b, folder);
    buf_str(&b, S("/checkpoint"));
    return buf_done(&b, out);
}

/* What a file says that this witness has cosigned, of this log. */
static err read_own(const struct witness *w, struct arena *a, str note,
                    str origin, struct checkpoint_body *out)
{
    str text;

    TRY(note_verify(a, note, &w->own, &text));
    TRY(checkpoint_read(a, text, out));
    if (!str_eq(out->origin, origin))
        return err_new(a, ERR_INVALID, "checkpoint.origin",
                       ARG_STR("origin", out->origin));
    return OK;
}

err seen_read(const struct witness *w, struct arena *a, str origin,
              struct checkpoint_body *body, bool *found)
{
    str digits;
    str path;
    str note;

    TRY(witness_log_name(a, origin, &digits));
    TRY(path_of(w, a, digits, &path));
    err e = file_read(w->world.files, a, path, NOTE_BYTES_MAX, &note);
    *found = !failed(e);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    if (!failed(e))
        e = read_own(w, a, note, origin, body);
    if (err_is(e, ERR_INVALID) || err_is(e, ERR_LIMIT))
        return err_new(a, ERR_CORRUPT, "witness.state", ARG_STR("path", path));
    return e;
}

err seen_keep(const struct witness *w, struct arena *a, str origin, str note)
{
    str digits;
    str folder;
    str path;

    TRY(witness_log_name(a, origin, &digits));
    TRY(folder_of(w, a, digits, &folder));
    TRY(path_of(w, a, digits, &path));
    TRY(folder_make(w->world.files, a, folder, FOLDER_PUBLIC));
    return file_write(w->world.files, a, path, note, FILE_PUBLIC);
}

err seen_note(const struct witness *w, struct arena *a, str digits, str *out)
{
    uint8_t bytes[SHA256_BYTES];
    str path;

    if (!hex_parse(digits, bytes, sizeof bytes))
        return err_new(a, ERR_NOT_FOUND, "witness.none");
    TRY(path_of(w, a, digits, &path));
    err e = file_read(w->world.files, a, path, NOTE_BYTES_MAX, out);
    return err_is(e, ERR_NOT_FOUND) ? err_new(a, ERR_NOT_FOUND, "witness.none")
                                    : e;
}
