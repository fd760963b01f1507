#include "base/arena.h"
#include "cli/verify.h"
#include "verify/did.h"

enum { PATH_MOST = 4096, SCRATCH_MOST = 256 << 20 };

struct gathering {
    struct cli *cli;
    struct arena *a;
    const struct trust_files *files;
    str log_folder; /* where the log is; empty: nowhere */
};

/* --- files of the folder [CV2] ------------------------------------------ */

static err path_in(struct arena *a, str folder, str name, str *out)
{
    struct buf b;

    buf_init(&b, a, PATH_MOST);
    buf_str(&b, folder);
    buf_char(&b, '/');
    buf_str(&b, name);
    return buf_done(&b, out);
}

/* The bytes of a file of the folder; *out is empty when there is none. */
static err read_optional(const struct gathering *g, str folder, str name,
                         size_t limit, str *out)
{
    str path;
    str bytes;

    *out = S("");
    TRY(path_in(g->a, folder, name, &path));
    err e = file_read(g->cli->files, g->a, path, limit, &bytes);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    *out = bytes;
    return OK;
}

/* The same, of two names the first that is there. */
static err read_either(const struct gathering *g, const str names[static 2],
                       size_t limit, str *out)
{
    TRY(read_optional(g, g->files->from, names[0], limit, out));
    if (out->n == 0)
        TRY(read_optional(g, g->files->from, names[1], limit, out));
    return OK;
}

/* --- keys --------------------------------------------------------------- */

static err read_document(struct arena *a, str text,
                         const struct did_document **out)
{
    struct did_document *made = arena_zero(a, sizeof *made);

    TRY_MEMORY(made);
    TRY(did_document_read(a, text, made));
    *out = made;
    return OK;
}

static err read_keys(const struct gathering *g, struct thing_trust *out)
{
    static const str names[2] = { S_INIT("did.json"),
                                  S_INIT(".well-known/did.json") };
    str text = S("");

    if (g->files->keys.n > 0) {
        TRY(file_read(g->cli->files, g->a, g->files->keys, DID_DOCUMENT_MAX,
                      &text));
        return read_document(g->a, text, &out->keys);
    }
    if (g->files->from.n == 0)
        return OK;
    TRY(read_either(g, names, DID_DOCUMENT_MAX, &text));
    if (text.n == 0)
        return OK;
    out->keys_fetched = true;
    return read_document(g->a, text, &out->keys);
}

/* --- lists -------------------------------------------------------------- */

/* What stands behind the host of an address; empty when nothing does. */
static str path_of(str address)
{
    str rest = str_from(address, str_find(address, S("://")) + 3);

    rest = str_from(rest, str_index(rest, '/') + 1);
    return str_contains(rest, S("..")) ? S("") : rest;
}

static err read_list(const struct gathering *g, str address, str *out)
{
    str path = path_of(address);

    return path.n == 0
               ? OK
               : read_optional(g, g->files->from, path, SEALED_MAX, out);
}

static err read_lists(const struct gathering *g, const struct thing *t,
                      struct thing_trust *out)
{
    const struct credential_facts *f = &t->credential.facts;

    if (g->files->from.n == 0 || !t->has_credential)
        return OK;
    TRY(read_list(g, f->revocations, &out->revocations));
    return read_list(g, f->suspensions, &out->suspensions);
}

/* --- the log ------------------------------------------------------------ */

static err read_tile(const struct gathering *g, struct arena *scratch,
                     struct tile tile, size_t limit, str *out)
{
    char name[TILE_PATH];
    str path;

    TRY(path_in(scratch, g->log_folder, tile_path(tile, name), &path));
    return file_read(g->cli->files, scratch, path, limit, out);
}

static err check_tiles(const struct gathering *g, struct arena *scratch,
                       struct log_copy *c)
{
    struct tile tile;
    str bytes;

    for (int level = 0; level < LOG_COPY_LEVELS; level++) {
        if (!log_copy_tile(c, level, &tile))
            continue;
        err e = read_tile(g, scratch, tile, LOG_COPY_TILE_MAX, &bytes);
        if (err_is(e, ERR_NOT_FOUND))
            continue; /* it need not be there [LC4] */
        TRY(e);
        log_copy_compare(c, tile, bytes);
    }
    return OK;
}

static err read_bundle(const struct gathering *g, struct arena *scratch,
                       struct log_copy *c, struct tile tile)
{
    str bytes;

    TRY(read_tile(g, scratch, tile, LOG_COPY_BUNDLE_MAX, &bytes));
    TRY(log_copy_add(c, scratch, bytes));
    return check_tiles(g, scratch, c);
}

static err read_bundles(const struct gathering *g, struct log_copy *c)
{
    scoped(arena_end) struct arena scratch;
    struct tile tile;

    arena_init(&scratch, g->cli->heap, SCRATCH_MOST);
    while (log_copy_next(c, &tile)) {
        TRY(err_keep(g->a, read_bundle(g, &scratch, c, tile)));
        arena_reset(&scratch);
    }
    return log_copy_end(c);
}

static err read_whole(const struct gathering *g, str note,
                      const struct trust_policy *policy, str number,
                      const struct log_copy **out)
{
    struct log_copy *c = arena_zero(g->a, sizeof *c);

    TRY_MEMORY(c);
    TRY(log_copy_begin(c, g->a, policy, note, number));
    TRY(read_bundles(g, c));
    *out = c;
    return OK;
}

/* The checkpoint, and the folder it is in. */
static err find_log(struct gathering *g, str *note)
{
    str folder;

    TRY(read_optional(g, g->files->from, S("checkpoint"), NOTE_BYTES_MAX,
                      note));
    g->log_folder = g->files->from;
    if (note->n > 0)
        return OK;
    TRY(path_in(g->a, g->files->from, S("log"), &folder));
    g->log_folder = folder;
    return read_optional(g, folder, S("checkpoint"), NOTE_BYTES_MAX, note);
}

static err read_log(struct gathering *g, const struct thing *t,
                    struct verify_report *r, struct thing_trust *out)
{
    str note;

    if (g->files->from.n == 0 || out->policy == NULL)
        return OK;
    TRY(find_log(g, &note));
    if (note.n == 0)
        return OK;
    err e = read_whole(g, note, out->policy, t->number, &out->log);
    if (!err_is(e, ERR_INVALID))
        return e;
    report_refuted(r, e);
    return OK;
}

static err read_policy(const struct gathering *g, struct thing_trust *out)
{
    str text;

    if (g->files->policy.n == 0)
        return OK;
    TRY(file_read(g->cli->files, g->a, g->files->policy, POLICY_BYTES_MAX,
                  &text));
    return policy_read(g->a, text, &out->policy);
}

err verify_trust(struct cli *cli, const struct trust_files *files,
                 const struct thing *t, struct verify_report *r,
                 struct thing_trust *out)
{
    struct gathering g = { .cli = cli, .a = cli->arena, .files = files };

    if (files->from.n > 0)
        TRY(folder_check(cli->files, cli->arena, files->from));
    TRY(read_policy(&g, out));
    TRY(read_keys(&g, out));
    TRY(read_lists(&g, t, out));
    return read_log(&g, t, r, out);
}
