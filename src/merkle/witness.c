#include "merkle/witness.h"

#include "base/buf.h"
#include "base/hex.h"
#include "codec/base64.h"
#include "crypto/hash.h"
#include "merkle/cosignature.h"

/* --- the request ------------------------------------------------------ */

err witness_write(struct arena *a, const struct witness_request *r, str *out)
{
    struct buf b;

    buf_init(&b, a, NOTE_BYTES_MAX);
    buf_str(&b, S("old "));
    buf_int(&b, (int64_t)r->old_size);
    buf_char(&b, '\n');
    for (size_t i = 0; i < r->proof.n; i++) {
        base64_encode(&b, BASE64_PADDED, r->proof.hashes[i].b,
                      sizeof r->proof.hashes[i].b);
        buf_char(&b, '\n');
    }
    buf_char(&b, '\n');
    buf_str(&b, r->note);
    return buf_done(&b, out);
}

static err bad_line(struct arena *a, size_t line)
{
    return err_new(a, ERR_INVALID, "witness.form", ARG_INT("line", line));
}

/* Hashes up to the empty line; every line ends with a newline. */
static err read_proof(struct arena *a, str *rest, struct merkle_proof *out)
{
    for (;;) {
        const size_t line = 2 + out->n;
        str s = str_cut(rest, '\n');
        bool valid = false;

        if (rest->p == NULL || (s.n > 0 && out->n == MERKLE_PROOF_MAX))
            return bad_line(a, line);
        if (s.n == 0)
            return OK;
        TRY(checkpoint_read_hash(a, s, &out->hashes[out->n], &valid));
        if (!valid)
            return bad_line(a, line);
        out->n++;
    }
}

err witness_read(struct arena *a, str body, struct witness_request *out)
{
    struct witness_request r = { .old_size = 0 };
    str rest = body;
    str first = str_cut(&rest, '\n');

    if (rest.p == NULL || !str_begins(first, S("old ")) ||
        !checkpoint_read_size(str_from(first, strlen("old ")), &r.old_size))
        return bad_line(a, 1);
    TRY(read_proof(a, &rest, &r.proof));
    r.note = rest;
    *out = r;
    return OK;
}

/* --- the checkpoint --------------------------------------------------- */

/* Whatever else is wrong than memory is the sender's. */
static err read_body(struct arena *a, str note, struct signed_note *opened,
                     struct checkpoint_body *body, bool *valid)
{
    err e = note_open(a, note, opened);

    if (!failed(e))
        e = checkpoint_read(a, opened->text, body);
    *valid = !failed(e);
    return err_is(e, ERR_MEMORY) ? e : OK;
}

/* The line of this key; empty: a signature that does not match is none. */
static err line_of(struct arena *a, const struct signed_note *note,
                   const struct note_key *key, str *out)
{
    const struct note_signature *by = NULL;
    err e = note_find(a, note, key, &by);

    if (failed(e) && !err_is(e, ERR_INVALID))
        return e;
    *out = failed(e) || by == NULL ? S("") : by->line;
    return OK;
}

err witness_open(struct arena *a, const struct trust_policy *logs, str note,
                 struct witness_asked *asked, enum witness_verdict *out)
{
    struct witness_asked read = { .line = S("") };
    struct signed_note opened = { 0 };
    bool valid;

    TRY(read_body(a, note, &opened, &read.body, &valid));
    *out = valid ? WITNESS_UNKNOWN : WITNESS_MALFORMED;
    if (!valid)
        return OK;
    read.text = opened.text;
    for (size_t i = 0; i < logs->log_count && read.line.n == 0; i++) {
        const struct note_key *key = &logs->logs[i].key;

        if (!str_eq(key->name, read.body.origin))
            continue;
        TRY(line_of(a, &opened, key, &read.line));
        *out = read.line.n > 0 ? WITNESS_COSIGNS : WITNESS_UNSIGNED;
    }
    *asked = read;
    return OK;
}

/* --- the verdict [WI1] ------------------------------------------------ */

enum witness_verdict witness_judge(const struct witness_request *r,
                                   const struct checkpoint_body *asked,
                                   const struct checkpoint_body *newest)
{
    struct hash old = newest->root;

    if (newest->size == 0)
        merkle_empty(&old);
    if (r->old_size > asked->size)
        return WITNESS_MALFORMED;
    if (r->old_size != newest->size)
        return WITNESS_CONFLICT;
    if (r->old_size == asked->size && !hash_eq(&old, &asked->root))
        return WITNESS_CONFLICT;
    return merkle_consistency_holds(r->old_size, asked->size, &old,
                                    &asked->root, &r->proof)
               ? WITNESS_COSIGNS
               : WITNESS_UNPROVED;
}

/* --- the answer ------------------------------------------------------- */

bool witness_read_size(str body, uint64_t *out)
{
    str rest = body;
    str digits = str_cut(&rest, '\n');
    uint64_t size;

    if (rest.p == NULL || rest.n > 0 || !checkpoint_read_size(digits, &size))
        return false;
    *out = size;
    return true;
}

err witness_read_line(struct arena *a, str lines, str text,
                      const struct note_key *key, str *line, int64_t *time)
{
    const struct note_signature *by = NULL;
    struct signed_note opened = { 0 };

    TRY(note_open_lines(a, lines, &opened));
    opened.text = text;
    TRY(note_find(a, &opened, key, &by));
    if (by == NULL)
        return err_new(a, ERR_INVALID, "note.unsigned",
                       ARG_STR("name", key->name));
    *line = by->line;
    *time = cosignature_time(by->bytes);
    return OK;
}

err witness_log_name(struct arena *a, str origin, str *out)
{
    uint8_t hash[SHA256_BYTES];

    sha256(origin.p, origin.n, hash);
    return hex_text(a, hash, sizeof hash, out);
}
