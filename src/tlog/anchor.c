#include "tlog/anchor.h"

#include "sys/files.h"
#include "tlog/own.h"

err anchor_read(const struct tlog_anchor *n, struct arena *a,
                const struct tlog_key *key, struct checkpoint_body *out,
                bool *found)
{
    str note;
    err e = file_read(n->files, a, n->path, NOTE_BYTES_MAX, &note);

    *found = false;
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    if (!err_is(e, ERR_LIMIT)) /* too long to be one */
        TRY(e);
    if (!failed(e))
        e = own_open(a, key, note, out);
    if (err_is(e, ERR_MEMORY))
        return e;
    if (failed(e))
        return err_new(a, ERR_CORRUPT, "tlog.anchor", ARG_STR("path", n->path));
    *found = true;
    return OK;
}

err anchor_keep(const struct tlog_anchor *n, struct arena *a, str note)
{
    return file_write(n->files, a, n->path, note, FILE_PUBLIC);
}
