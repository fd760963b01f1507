#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "cli/verify_gather.h"
#include "service/site.h"
#include "verify/did.h"

enum { SCRATCH_MOST = 256 << 20 };

/* --- what is there [CV2] [CV3] -------------------------------------------- */

/* What the folder or the site has under `name`. */
err verify_read(const struct gathering *g, struct arena *a, str name,
                size_t limit, str *out)
{
    str path;

    if (g->site != NULL)
        return site_read(g->site, a, name, limit, out);
    TRY(file_in(a, g->files->from, name, &path));
    return file_read(g->cli->files, a, path, limit, out);
}

/* What could not be fetched is left open, with its address and why. [CV3] */
err verify_leave_open(const struct gathering *g, err e)
{
    if (!failed(e) || !site_failed(e))
        return e;
    report_add(g->report, FINDING_OPEN, e.info->id, e.info->args);
    return OK;
}

/* Of several names the first that is there; *out is empty when none is.  A
 * site is to have one of them, and its last answer says that it has not. */
static err read_first(const struct gathering *g, const str *names, size_t n,
                      size_t limit, str *out)
{
    err e = OK;

    *out = S("");
    for (size_t i = 0; i < n; i++) {
        str bytes;

        e = verify_read(g, g->a, names[i], limit, &bytes);
        if (!failed(e)) {
            *out = bytes;
            return OK;
        }
        if (!err_is(e, ERR_NOT_FOUND))
            break;
    }
    return err_is(e, ERR_NOT_FOUND) && g->site == NULL
               ? OK
               : verify_leave_open(g, e);
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

/* Only what somebody signed is checked with keys. */
static bool needs_keys(const struct thing *t)
{
    return t->has_credential || t->kind == THING_LIST ||
           (t->kind == THING_QR && t->qr.with_statement);
}

/* What a site gives in place of keys says nothing of the thing. */
static err leave_unreadable(const struct gathering *g, err e)
{
    if (g->site == NULL || !err_is(e, ERR_INVALID))
        return e;
    report_open(g->report, "verify.keys_unreadable",
                ARG_STR("address", g->site->base));
    return OK;
}

static err read_keys(const struct gathering *g, const struct thing *t,
                     struct thing_trust *out)
{
    static const str names[] = { S_INIT("did.json"),
                                 S_INIT(".well-known/did.json") };
    str text = S("");

    if (g->files->keys.n > 0) {
        TRY(file_read(g->cli->files, g->a, g->files->keys, DID_DOCUMENT_MAX,
                      &text));
        return read_document(g->a, text, &out->keys);
    }
    if (g->files->from.n == 0 || (g->site != NULL && !needs_keys(t)))
        return OK;
    TRY(read_first(g, names, COUNT(names), DID_DOCUMENT_MAX, &text));
    if (text.n == 0)
        return OK;
    out->keys_fetched = true;
    return leave_unreadable(g, read_document(g->a, text, &out->keys));
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

    return path.n == 0 ? OK : read_first(g, &path, 1, SEALED_MAX, out);
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
    struct buf b;
    str path;

    buf_init(&b, scratch, sizeof name + g->log_prefix.n);
    buf_str(&b, g->log_prefix);
    buf_str(&b, tile_path(tile, name));
    TRY(buf_done(&b, &path));
    return verify_read(g, scratch, path, limit, out);
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

/* The checkpoint, and where the log is by it: it names the place itself, or
 * what is above it. */
static err find_log(struct gathering *g, str *note)
{
    static const str names[] = { S_INIT("checkpoint"),
                                 S_INIT("log/checkpoint") };

    g->log_prefix = S("");
    err e = verify_read(g, g->a, names[0], NOTE_BYTES_MAX, note);
    if (!err_is(e, ERR_NOT_FOUND))
        return verify_leave_open(g, e);
    g->log_prefix = S("log/");
    return read_first(g, &names[1], 1, NOTE_BYTES_MAX, note);
}

static err read_log(struct gathering *g, const struct thing *t,
                    struct verify_report *r, struct thing_trust *out)
{
    str note = S("");

    if (g->files->from.n == 0 || out->policy == NULL)
        return OK;
    TRY(find_log(g, &note));
    if (note.n == 0)
        return OK;
    err e = verify_leave_open(g, read_whole(g, note, out->policy, t->number,
                                            &out->log));
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

static err gather(struct gathering *g, const struct thing *t,
                  struct thing_trust *out)
{
    TRY(read_policy(g, out));
    TRY(read_keys(g, t, out));
    TRY(read_lists(g, t, out));
    TRY(read_log(g, t, g->report, out));
    return verify_mirror(g, t, out);
}

/* An address that nothing is fetched from is no folder either. */
static err check_folder(struct cli *cli, str from)
{
    if (str_contains(from, S("://")))
        return err_new(cli->arena, ERR_INVALID, "cli.verify_from_scheme",
                       ARG_STR("given", from));
    return folder_check(cli->files, cli->arena, from);
}

err verify_trust(struct cli *cli, const struct trust_files *files,
                 const struct thing *t, struct verify_report *r,
                 struct thing_trust *out)
{
    scoped(site_end) struct site site = { 0 };
    struct gathering g = {
        .cli = cli, .a = cli->arena, .files = files, .report = r
    };

    if (site_is(files->from)) {
        TRY(site_open(cli->arena, files->from, &site));
        g.site = &site;
    } else if (files->from.n > 0) {
        TRY(check_folder(cli, files->from));
    }
    return gather(&g, t, out);
}
