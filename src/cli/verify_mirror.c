/* verify_mirror -- what a mirror of the register says, read piece by piece.
 * [CV4] [MI1] [MI2] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "cli/verify_gather.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "service/site.h"

#include <stdio.h>

enum { PIECE_ARENA = 256 << 20, FOLDERS = 256, NAMES_MOST = 1 << 20 };

static const str index_name = S_INIT("register.json");

bool verify_is_mirror(struct cli *cli, str word)
{
    str path;
    str bytes;

    return !failed(folder_check(cli->files, cli->arena, word)) &&
           !failed(file_in(cli->arena, word, index_name, &path)) &&
           !failed(file_read(cli->files, cli->arena, path, MIRROR_INDEX_MAX,
                             &bytes));
}

/* --- the index and its root ----------------------------------------------- */

struct mirror {
    const struct gathering *g;
    struct mirror_index index;
    struct mirror_found *found;
    int64_t pieces; /* that were read */
    int64_t holders;
    int64_t numbers;
};

/* A site that is no mirror is none; one that cannot be asked is told by what
 * else is fetched. */
static err read_index(struct mirror *m, bool *there)
{
    const struct gathering *g = m->g;
    str text;
    err e = verify_read(g, g->a, index_name, MIRROR_INDEX_MAX, &text);

    *there = !failed(e);
    if (err_is(e, ERR_NOT_FOUND) || (failed(e) && site_failed(e)))
        return OK;
    TRY(e);
    return mirror_index_read(g->a, text, &m->index);
}

static err check_entry(const struct mirror *m, const struct tlog_proof *proof,
                       const struct trust_policy *policy)
{
    struct policy_seen *seen = arena_zero(m->g->a, sizeof *seen);
    struct hash leaf;

    TRY_MEMORY(seen);
    merkle_leaf(proof->extra, &leaf);
    return tlog_proof_check(m->g->a, proof, &leaf, policy, seen);
}

static err read_root(struct mirror *m, const struct trust_policy *policy)
{
    struct arena *a = m->g->a;
    struct tlog_proof *proof = arena_zero(a, sizeof *proof);
    struct log_entry entry = { 0 };

    TRY_MEMORY(proof);
    TRY(tlog_proof_read(a, m->index.log, proof));
    TRY(entry_read(a, proof->extra, &entry));
    TRY(holder_root_read(a, &entry, &m->found->root));
    m->found->on = entry.on;
    return check_entry(m, proof, policy);
}

/* --- pieces --------------------------------------------------------------- */

static err read_piece(struct mirror *m, struct arena *a,
                      const struct hash *piece, str *plain)
{
    char path[MIRROR_PATH];
    str file;

    TRY(verify_read(m->g, a, mirror_path(piece, path), MIRROR_PIECE_MAX,
                    &file));
    m->pieces++;
    return mirror_unpack(a, file, piece, plain);
}

static err read_branch(struct mirror *m, struct arena *a,
                       const struct hash *piece, const struct hash *root,
                       const struct mirror_branch **out)
{
    struct mirror_branch *b = arena_zero(a, sizeof *b);
    str plain;

    TRY_MEMORY(b);
    TRY(read_piece(m, a, piece, &plain));
    TRY(mirror_branch_read(a, plain, b));
    *out = b;
    return mirror_branch_check(a, b, piece, root);
}

/* The part of the tree that a piece is of. */
struct place {
    unsigned depth;
    struct hash piece;
    struct hash root;
};

static err read_leaf(struct mirror *m, struct arena *a, const struct place *at,
                     struct mirror_leaf *out)
{
    str plain;

    TRY(read_piece(m, a, &at->piece, &plain));
    TRY(mirror_leaf_read(a, plain, out));
    return mirror_leaf_check(a, out, at->depth, &at->piece, &at->root);
}

/* --- one key [MI2] -------------------------------------------------------- */

/* What is said under the key, into `a`; empty: nothing. */
static err find(struct mirror *m, struct arena *a, const struct hash *key,
                str *said)
{
    struct place at = { 0, m->index.top, m->found->root.root };
    struct mirror_leaf leaf = { 0 };

    *said = S("");
    while (at.depth < m->index.depth) {
        const struct mirror_branch *b = NULL;
        size_t i = key->b[at.depth / 8];

        TRY(read_branch(m, a, &at.piece, &at.root, &b));
        if (b->part[i].pairs == 0)
            return OK;
        at = (struct place){ at.depth + 8, b->piece[i], b->part[i].root };
    }
    TRY(read_leaf(m, a, &at, &leaf));
    *said = mirror_leaf_find(&leaf, key);
    return OK;
}

/* As JSON, which outlives the pieces; NULL: nothing is said. */
static err find_said(struct mirror *m, const struct hash *key,
                     const struct json **out)
{
    scoped(arena_end) struct arena own;
    struct json *j = NULL;
    str said;

    arena_init(&own, m->g->cli->heap, PIECE_ARENA);
    TRY(err_keep(m->g->a, find(m, &own, key, &said)));
    if (said.n > 0)
        TRY(json_parse(m->g->a, said, &j));
    *out = j;
    return OK;
}

static const struct json *certificate_in(const struct json *holder, str number)
{
    const struct json *list = json_get(holder, S("certificates"));

    if (list == NULL || list->kind != JSON_ARRAY)
        return NULL;
    for (const struct json *c = list->first; c != NULL; c = c->next) {
        if (str_eq(json_get_str(c, S("number")), number))
            return c;
    }
    return NULL;
}

static err find_holder(struct mirror *m, str uscc)
{
    struct hash key;

    m->found->uscc = uscc;
    holder_key(uscc, &key);
    return find_said(m, &key, &m->found->holder);
}

/* A word that may be a number may be the code of an enterprise as well. */
static err find_thing(struct mirror *m, const struct thing *t)
{
    const struct json *whose;
    struct hash key;

    TRY(holder_number_key(m->g->a, t->number, &key));
    TRY(find_said(m, &key, &whose));
    m->found->found = whose != NULL;
    if (whose != NULL)
        TRY(find_holder(m, json_get_str(whose, S("uscc"))));
    else if (t->kind == THING_NUMBER && t->number.n == HOLDER_USCC)
        TRY(find_holder(m, t->number));
    m->found->certificate = certificate_in(m->found->holder, t->number);
    return OK;
}

/* --- all of it [MI1] ------------------------------------------------------ */

static err check_place(struct mirror *m, const struct place *at);

static err check_branch(struct mirror *m, struct arena *a,
                        const struct place *at)
{
    const struct mirror_branch *b = NULL;

    TRY(read_branch(m, a, &at->piece, &at->root, &b));
    for (size_t i = 0; i < MIRROR_FAN; i++) {
        const struct place below = { at->depth + 8, b->piece[i],
                                     b->part[i].root };

        if (b->part[i].pairs > 0)
            TRY(check_place(m, &below));
    }
    return OK;
}

static err check_leaf(struct mirror *m, struct arena *a, const struct place *at)
{
    struct mirror_leaf leaf = { 0 };

    TRY(read_leaf(m, a, at, &leaf));
    m->holders += (int64_t)leaf.holders;
    m->numbers += (int64_t)(leaf.n - leaf.holders);
    return OK;
}

static err check_place(struct mirror *m, const struct place *at)
{
    scoped(arena_end) struct arena own;

    arena_init(&own, m->g->cli->heap, PIECE_ARENA);
    return err_keep(m->g->a, at->depth == m->index.depth
                                 ? check_leaf(m, &own, at)
                                 : check_branch(m, &own, at));
}

/* Files that are called by the hash of their bytes: pieces, also those of a
 * mirror before, to which the index does not lead, and scheme packages. */
static err check_named(const struct mirror *m, struct arena *a, str folder,
                       str name)
{
    struct hash want;
    struct hash is;
    str path;
    str file;

    TRY(file_in(a, folder, name, &path));
    if (!hex_parse(name, want.b, sizeof want.b))
        return err_new(a, ERR_INVALID, "mirror.stranger",
                       ARG_STR("path", path));
    TRY(file_read(m->g->cli->files, a, path, MIRROR_PIECE_MAX, &file));
    sha256(file.p, file.n, is.b);
    if (hash_eq(&is, &want))
        return OK;
    return err_new(a, ERR_INVALID, "mirror.piece", ARG_STR("piece", name));
}

static err check_folder_of(const struct mirror *m, struct arena *a, str name)
{
    struct file_names names;
    str folder;

    TRY(file_in(a, m->g->files->from, name, &folder));
    err e = folder_list(m->g->cli->files, a, folder, NAMES_MOST, &names);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    for (size_t i = 0; i < names.n; i++) {
        scoped(arena_end) struct arena own;

        arena_init(&own, m->g->cli->heap, PIECE_ARENA);
        TRY(err_keep(a, check_named(m, &own, folder, names.at[i])));
    }
    return OK;
}

static err check_folder(const struct mirror *m, const char *name)
{
    scoped(arena_end) struct arena own;

    arena_init(&own, m->g->cli->heap, PIECE_ARENA);
    return err_keep(m->g->a, check_folder_of(m, &own, str_of(name)));
}

static err check_folders(const struct mirror *m)
{
    for (unsigned i = 0; i < FOLDERS; i++) {
        char name[sizeof "register/00"];

        (void)snprintf(name, sizeof name, "register/%02x", i & 0xff);
        TRY(check_folder(m, name));
    }
    return check_folder(m, "schemes");
}

/* What nobody signed: a slip is told, and nothing is proved. */
static err check_beside(const struct mirror *m)
{
    for (size_t i = 0; i < m->index.n; i++) {
        const struct mirror_file *f = &m->index.files[i];
        scoped(arena_end) struct arena own;
        struct hash is = { 0 };
        str bytes;

        arena_init(&own, m->g->cli->heap, PIECE_ARENA);
        err e = verify_read(m->g, &own, f->path, MIRROR_PIECE_MAX, &bytes);
        if (!failed(e))
            sha256(bytes.p, bytes.n, is.b);
        else if (!err_is(e, ERR_NOT_FOUND))
            return err_keep(m->g->a, e);
        if (!hash_eq(&is, &f->hash))
            report_open(m->g->report, "verify.mirror_beside",
                        ARG_STR("path", f->path));
    }
    return OK;
}

static err check_whole(struct mirror *m)
{
    const struct holder_root *root = &m->found->root;
    const struct place top = { 0, m->index.top, root->root };

    TRY(check_folders(m));
    TRY(check_place(m, &top));
    if (m->holders != root->holders || m->numbers != root->numbers)
        return err_new(m->g->a, ERR_INVALID, "mirror.count",
                       ARG_INT("holders", m->holders),
                       ARG_INT("numbers", m->numbers));
    report_proved(m->g->report, "verify.mirror_whole",
                  ARG_DAY("on", m->found->on), ARG_INT("holders", m->holders),
                  ARG_INT("numbers", m->numbers), ARG_INT("pieces", m->pieces),
                  ARG_INT("upto", root->upto));
    return check_beside(m);
}

/* --- what is asked -------------------------------------------------------- */

static err ask(struct mirror *m, const struct thing *t, struct thing_trust *out)
{
    bool there;

    TRY(read_index(m, &there));
    if (!there)
        return OK;
    TRY(read_root(m, out->policy));
    if (t->kind == THING_MIRROR)
        return check_whole(m);
    TRY(find_thing(m, t));
    out->mirror = m->found;
    return OK;
}

err verify_mirror(const struct gathering *g, const struct thing *t,
                  struct thing_trust *out)
{
    struct mirror m = { .g = g };

    if (g->files->from.n == 0 || out->policy == NULL ||
        (t->kind != THING_MIRROR && t->number.n == 0))
        return OK;
    m.found = arena_zero(g->a, sizeof *m.found);
    TRY_MEMORY(m.found);
    err e = verify_leave_open(g, ask(&m, t, out));
    if (!err_is(e, ERR_INVALID))
        return e;
    report_refuted(g->report, e);
    return OK;
}
