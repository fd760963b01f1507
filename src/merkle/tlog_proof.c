#include "merkle/tlog_proof.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/base64.h"

static const str first_line = S_INIT("c2sp.org/tlog-proof@v1");

/* --- writing ---------------------------------------------------------- */

static void put_base64(struct buf *b, const void *p, size_t n)
{
    base64_encode(b, BASE64_PADDED, p, n);
    buf_char(b, '\n');
}

err tlog_proof_write(struct arena *a, const struct tlog_proof *p, str *out)
{
    struct buf b;

    buf_init(&b, a, TLOG_PROOF_BYTES_MAX);
    buf_str(&b, first_line);
    buf_char(&b, '\n');
    if (p->has_extra) {
        buf_str(&b, S("extra "));
        put_base64(&b, p->extra.p, p->extra.n);
    }
    buf_str(&b, S("index "));
    buf_int(&b, (int64_t)p->index);
    buf_char(&b, '\n');
    for (size_t i = 0; i < p->path.n; i++)
        put_base64(&b, p->path.hashes[i].b, sizeof p->path.hashes[i].b);
    buf_char(&b, '\n');
    buf_str(&b, p->checkpoint);
    return buf_done(&b, out);
}

/* --- reading [TP1] ---------------------------------------------------- */

/* The lines that are left, and which comes next. */
struct reading {
    struct arena *arena;
    str rest;
    str line;
    int64_t number;
};

/* The next line; false when no newline ends it. */
static bool next_line(struct reading *r)
{
    r->line = str_cut(&r->rest, '\n');
    r->number++;
    return r->rest.p != NULL;
}

static err bad_line(const struct reading *r)
{
    return err_new(r->arena, ERR_INVALID, "proof.form",
                   ARG_INT("line", r->number));
}

static err take_line(struct reading *r)
{
    return next_line(r) ? OK : bad_line(r);
}

/* extra BASE64, if it is there; then the line after it is the next. */
static err read_extra(struct reading *r, struct tlog_proof *p)
{
    bool valid = false;

    if (!str_begins(r->line, S("extra ")))
        return OK;
    TRY(base64_decode(r->arena, BASE64_PADDED,
                      str_from(r->line, strlen("extra ")), &p->extra, &valid));
    if (!valid)
        return bad_line(r);
    p->has_extra = true;
    return take_line(r);
}

static err read_index(struct reading *r, struct tlog_proof *p)
{
    if (!str_begins(r->line, S("index ")) ||
        !checkpoint_read_size(str_from(r->line, strlen("index ")), &p->index))
        return bad_line(r);
    return OK;
}

/* Hashes up to the empty line. */
static err read_path(struct reading *r, struct merkle_proof *path)
{
    for (;;) {
        bool valid = false;

        TRY(take_line(r));
        if (r->line.n == 0)
            return OK;
        if (path->n == MERKLE_PROOF_MAX)
            return bad_line(r);
        TRY(checkpoint_read_hash(r->arena, r->line, &path->hashes[path->n],
                                 &valid));
        if (!valid)
            return bad_line(r);
        path->n++;
    }
}

err tlog_proof_read(struct arena *a, str text, struct tlog_proof *out)
{
    struct tlog_proof p = { 0 };
    struct reading r = { .arena = a, .rest = text };

    if (text.n > TLOG_PROOF_BYTES_MAX)
        return err_new(a, ERR_LIMIT, "proof.long",
                       ARG_INT("limit", TLOG_PROOF_BYTES_MAX));
    TRY(take_line(&r));
    if (!str_eq(r.line, first_line))
        return bad_line(&r);
    TRY(take_line(&r));
    TRY(read_extra(&r, &p));
    TRY(read_index(&r, &p));
    TRY(read_path(&r, &p.path));
    p.checkpoint = r.rest;
    *out = p;
    return OK;
}

/* --- checking [TP2] --------------------------------------------------- */

err tlog_proof_check(struct arena *a, const struct tlog_proof *p,
                     const struct hash *leaf, const struct trust_policy *policy,
                     struct policy_seen *out)
{
    struct policy_seen *seen = arena_zero(a, sizeof *seen);

    TRY_MEMORY(seen);
    TRY(policy_check(a, policy, p->checkpoint, seen));
    if (!merkle_inclusion_holds(p->index, seen->body.size, leaf, &p->path,
                                &seen->body.root))
        return err_new(a, ERR_INVALID, "proof.path", ARG_INT("index", p->index),
                       ARG_INT("size", seen->body.size));
    if (!seen->quorum)
        return err_new(a, ERR_INVALID, "proof.quorum",
                       ARG_INT("count", seen->witnesses));
    *out = *seen;
    return OK;
}
