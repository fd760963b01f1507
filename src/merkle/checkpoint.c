#include "merkle/checkpoint.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "codec/base64.h"
#include "merkle/tree.h"

enum { SIZE_DIGITS_MAX = 19 };

static bool is_origin(str s)
{
    return s.n > 0 && str_index(s, '\n') == s.n;
}

/* Whole lines, none of them empty. */
static bool are_extensions(str s)
{
    return s.n == 0 || (s.p[0] != '\n' && str_ends(s, S("\n")) &&
                        !str_contains(s, S("\n\n")));
}

err checkpoint_write(struct arena *a, const struct checkpoint_body *c, str *out)
{
    struct buf b;

    check(c->size <= MERKLE_SIZE_MAX);
    if (!is_origin(c->origin))
        return err_new(a, ERR_INVALID, "checkpoint.origin",
                       ARG_STR("origin", c->origin));
    if (!are_extensions(c->extensions))
        return err_new(a, ERR_INVALID, "checkpoint.extension");

    buf_init(&b, a, NOTE_BYTES_MAX);
    buf_str(&b, c->origin);
    buf_char(&b, '\n');
    buf_int(&b, (int64_t)c->size);
    buf_char(&b, '\n');
    base64_encode(&b, BASE64_PADDED, c->root.b, sizeof c->root.b);
    buf_char(&b, '\n');
    buf_str(&b, c->extensions);
    return buf_done(&b, out);
}

bool checkpoint_read_size(str s, uint64_t *out)
{
    uint64_t size = 0;

    if (s.n == 0 || s.n > SIZE_DIGITS_MAX || (s.n > 1 && s.p[0] == '0'))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        size = size * 10 + (uint64_t)(s.p[i] - '0');
    }
    *out = size;
    return size <= MERKLE_SIZE_MAX;
}

err checkpoint_read_hash(struct arena *a, str s, struct hash *out, bool *valid)
{
    bool is_base64 = false;
    str bytes = { NULL, 0 };

    TRY(base64_decode(a, BASE64_PADDED, s, &bytes, &is_base64));
    *valid = is_base64 && bytes.n == sizeof out->b;
    if (*valid)
        memcpy(out->b, bytes.p, sizeof out->b);
    return OK;
}

static err bad_line(struct arena *a, int line)
{
    return err_new(a, ERR_INVALID, "checkpoint.form", ARG_INT("line", line));
}

err checkpoint_read(struct arena *a, str text, struct checkpoint_body *out)
{
    struct checkpoint_body c = { 0 };
    str rest = text;
    bool valid = false;

    c.origin = str_cut(&rest, '\n');
    if (!is_origin(c.origin))
        return bad_line(a, 1);
    if (!checkpoint_read_size(str_cut(&rest, '\n'), &c.size))
        return bad_line(a, 2);
    TRY(checkpoint_read_hash(a, str_cut(&rest, '\n'), &c.root, &valid));
    /* The newline that ends the line must be there. */
    if (!valid || rest.p == NULL)
        return bad_line(a, 3);
    if (!are_extensions(rest))
        return bad_line(a, 4);
    c.extensions = rest;
    *out = c;
    return OK;
}

err note_checkpoint(struct arena *a, str origin, const struct sign_key *key,
                    int64_t size, const struct hash *root, str *out)
{
    struct checkpoint_body c = { .origin = origin, .root = *root };
    str text = { NULL, 0 };

    check(size >= 0);
    c.size = (uint64_t)size;
    TRY(checkpoint_write(a, &c, &text));
    return note_sign(a, text, origin, key, out);
}

err note_checkpoint_open(struct arena *a, str note, const struct note_key *key,
                         struct checkpoint_body *out)
{
    struct checkpoint_body c = { 0 };
    str text = { NULL, 0 };

    TRY(note_verify(a, note, key, &text));
    TRY(checkpoint_read(a, text, &c));
    if (!str_eq(c.origin, key->name))
        return err_new(a, ERR_INVALID, "checkpoint.origin_of",
                       ARG_STR("origin", c.origin), ARG_STR("name", key->name));
    *out = c;
    return OK;
}

err note_checkpoint_valid(struct arena *a, str note, const struct note_key *key,
                          int64_t size, const struct hash *root, bool *valid)
{
    struct checkpoint_body c = { 0 };
    err e = note_checkpoint_open(a, note, key, &c);

    if (err_is(e, ERR_MEMORY))
        return e;
    *valid = !failed(e) && size >= 0 && c.size == (uint64_t)size &&
             hash_eq(&c.root, root);
    return OK;
}
