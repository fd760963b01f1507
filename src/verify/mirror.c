#include "verify/mirror.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "codec/gzip.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "verify/tree.h"

#include <stdio.h>

enum {
    HEX = 2 * sizeof(struct hash),
    LINE = HEX + HEX + 3, /* "2 ROOT PIECE" */
    BRANCH_BYTES = MIRROR_FAN * (LINE + 1),
    /* So many pairs are in one piece, and in 256. */
    PAIRS_OF_ONE = 200,
    PAIRS_OF_MANY = 50000,
};

static const str type = S_INIT("tenstar register mirror");

/* --- the index ------------------------------------------------------------ */

static str hex_of(struct arena *a, const struct hash *h)
{
    struct buf b;
    str text = S("");

    buf_init(&b, a, HEX);
    buf_hex(&b, h->b, sizeof h->b);
    return failed(buf_done(&b, &text)) ? S("") : text;
}

/* NULL without memory. */
static struct json *hash_json(struct arena *a, const struct hash *h)
{
    str text = hex_of(a, h);

    return text.n == 0 ? NULL : json_new_str(a, text);
}

err mirror_index_write(struct arena *a, const struct mirror_index *x, str *out)
{
    struct json *j = json_new_object(a);
    struct json *files = json_new_object(a);

    for (size_t i = 0; i < x->n; i++)
        json_set(files, x->files[i].path, hash_json(a, &x->files[i].hash));
    json_set(j, S("depth"), json_new_int(a, x->depth));
    json_set(j, S("files"), files);
    json_set(j, S("log"), json_new_str(a, x->log));
    json_set(j, S("top"), hash_json(a, &x->top));
    json_set(j, S("type"), json_new_str(a, type));
    json_set(j, S("version"), json_new_int(a, 1));
    TRY_MEMORY(j);
    return tree_text(a, j, out);
}

static int64_t number_of(const struct json *j, str name)
{
    const struct json *m = json_get(j, name);

    return m != NULL && m->kind == JSON_INT ? m->number : -1;
}

/* What is no hash is written as another, which is seen [MI3]. */
static err read_files(struct arena *a, const struct json *files,
                      struct mirror_index *x)
{
    struct mirror_file *made;

    if (files == NULL || files->kind != JSON_OBJECT)
        return OK;
    made = arena_array(a, files->count, sizeof *made);
    TRY_MEMORY(made);
    x->files = made;
    for (const struct json *f = files->first; f != NULL; f = f->next) {
        made[x->n].path = f->key;
        if (f->kind == JSON_STR)
            (void)hex_parse(f->text, made[x->n].hash.b, sizeof made->hash.b);
        x->n++;
    }
    return OK;
}

/* [MI3] What was read would be written so. */
err mirror_index_read(struct arena *a, str text, struct mirror_index *out)
{
    struct mirror_index x = { 0 };
    struct json *j = NULL;
    str again;
    err e = json_parse(a, text, &j);

    if (err_is(e, ERR_INVALID))
        return err_new(a, ERR_INVALID, "mirror.index");
    TRY(e);
    int64_t depth = number_of(j, S("depth"));
    bool sound = depth >= 0 && depth <= MIRROR_DEPTH_MAX && depth % 8 == 0 &&
                 hex_parse(json_get_str(j, S("top")), x.top.b, sizeof x.top.b);
    x.depth = (unsigned)depth;
    x.log = json_get_str(j, S("log"));
    TRY(read_files(a, json_get(j, S("files")), &x));
    TRY(mirror_index_write(a, &x, &again));
    if (!sound || !str_eq(again, text))
        return err_new(a, ERR_INVALID, "mirror.index");
    *out = x;
    return OK;
}

unsigned mirror_depth(int64_t pairs)
{
    if (pairs <= PAIRS_OF_ONE)
        return 0;
    return pairs <= PAIRS_OF_MANY ? 8 : MIRROR_DEPTH_MAX;
}

/* --- pieces --------------------------------------------------------------- */

str mirror_path(const struct hash *piece, char out[static MIRROR_PATH])
{
    int n = snprintf(out, MIRROR_PATH, "register/%02x/", piece->b[0]);

    for (size_t i = 0; i < sizeof piece->b; i++)
        n += snprintf(out + n, (size_t)(MIRROR_PATH - n), "%02x", piece->b[i]);
    return (str){ out, (size_t)n };
}

err mirror_pack(struct arena *a, str plain, str *file, struct hash *name)
{
    TRY(gzip_write(a, plain, file));
    sha256(file->p, file->n, name->b);
    return OK;
}

err mirror_unpack(struct arena *a, str file, const struct hash *name,
                  str *plain)
{
    struct hash is;

    sha256(file.p, file.n, is.b);
    if (!hash_eq(&is, name))
        return err_new(a, ERR_INVALID, "mirror.piece",
                       ARG_STR("piece", hex_of(a, name)));
    return gzip_read(a, file, MIRROR_PIECE_MAX, plain);
}

/* --- branches ------------------------------------------------------------- */

err mirror_branch_write(struct arena *a, const struct mirror_branch *x,
                        str *out)
{
    struct buf b;

    buf_init(&b, a, BRANCH_BYTES);
    for (size_t i = 0; i < MIRROR_FAN; i++) {
        buf_char(&b, (char)('0' + x->part[i].pairs));
        if (x->part[i].pairs > 0) {
            buf_char(&b, ' ');
            buf_hex(&b, x->part[i].root.b, sizeof x->part[i].root.b);
            buf_char(&b, ' ');
            buf_hex(&b, x->piece[i].b, sizeof x->piece[i].b);
        }
        buf_char(&b, '\n');
    }
    return buf_done(&b, out);
}

/* Lower case only [MI3]. */
static bool read_hash(str hex, struct hash *out)
{
    for (size_t i = 0; i < hex.n; i++) {
        if (hex.p[i] >= 'A' && hex.p[i] <= 'F')
            return false;
    }
    return hex_parse(hex, out->b, sizeof out->b);
}

static bool read_line(str line, struct map_part *part, struct hash *piece)
{
    str rest = line;
    str count = str_cut(&rest, ' ');
    str root = str_cut(&rest, ' ');

    *part = (struct map_part){ 0 };
    *piece = (struct hash){ 0 };
    if (str_eq(line, S("0")))
        return true;
    if (!str_eq(count, S("1")) && !str_eq(count, S("2")))
        return false;
    part->pairs = (unsigned)(count.p[0] - '0');
    return read_hash(root, &part->root) && read_hash(rest, piece);
}

static err bad_line(struct arena *a, const char *message, size_t line)
{
    return err_new(a, ERR_INVALID, message, ARG_INT("line", line));
}

err mirror_branch_read(struct arena *a, str text, struct mirror_branch *out)
{
    for (size_t i = 0; i < MIRROR_FAN; i++) {
        if (!read_line(str_cut(&text, '\n'), &out->part[i], &out->piece[i]))
            return bad_line(a, "mirror.branch", i + 1);
    }
    if (text.p == NULL || text.n > 0)
        return bad_line(a, "mirror.branch", MIRROR_FAN + 1);
    return OK;
}

static void part_of(const struct mirror_branch *b, struct map_part *out)
{
    struct map_part parts[MIRROR_FAN / 2];

    for (size_t i = 0; i < MIRROR_FAN / 2; i++)
        map_join(&b->part[2 * i], &b->part[2 * i + 1], &parts[i]);
    for (size_t n = MIRROR_FAN / 4; n > 0; n /= 2) {
        for (size_t i = 0; i < n; i++) {
            struct map_part joined;

            map_join(&parts[2 * i], &parts[2 * i + 1], &joined);
            parts[i] = joined;
        }
    }
    *out = parts[0];
}

static err other_root(struct arena *a, const struct hash *piece)
{
    return err_new(a, ERR_INVALID, "mirror.root",
                   ARG_STR("piece", hex_of(a, piece)));
}

err mirror_branch_check(struct arena *a, const struct mirror_branch *b,
                        const struct hash *piece, const struct hash *root)
{
    struct map_part all;

    part_of(b, &all);
    return hash_eq(&all.root, root) ? OK : other_root(a, piece);
}

/* --- leaf pieces ---------------------------------------------------------- */

/* The key that what is said stands under, told from what it says. */
static err key_of(struct arena *a, str said, size_t line, bool *holder,
                  struct hash *out)
{
    struct json *j = NULL;
    err e = json_parse(a, said, &j);

    if (err_is(e, ERR_INVALID))
        return bad_line(a, "mirror.leaf", line);
    TRY(e);
    str number = json_get_str(j, S("number"));
    str uscc = json_get_str(j, S("uscc"));
    *holder = json_get(j, S("certificates")) != NULL;
    if (!*holder && number.n > 0)
        return holder_number_key(a, number, out);
    if (!*holder || uscc.n == 0)
        return bad_line(a, "mirror.leaf", line);
    holder_key(uscc, out);
    return OK;
}

static size_t count_lines(str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

static err read_leaf_line(struct arena *a, str line, size_t i,
                          struct map_pair *pairs, size_t *holders)
{
    bool holder = false;

    TRY(key_of(a, line, i + 1, &holder, &pairs[i].key));
    *holders += holder;
    sha256(line.p, line.n, pairs[i].value.b);
    if (i > 0 &&
        memcmp(&pairs[i - 1].key, &pairs[i].key, sizeof pairs[i].key) >= 0)
        return bad_line(a, "mirror.leaf", i + 1);
    return OK;
}

err mirror_leaf_read(struct arena *a, str text, struct mirror_leaf *out)
{
    size_t n = count_lines(text);
    size_t holders = 0;
    struct map_pair *pairs = arena_array(a, n, sizeof *pairs);
    str *lines = arena_array(a, n, sizeof *lines);

    TRY_MEMORY(pairs != NULL && lines != NULL);
    for (size_t i = 0; i < n; i++) {
        lines[i] = str_cut(&text, '\n');
        TRY(read_leaf_line(a, lines[i], i, pairs, &holders));
    }
    if (text.n > 0)
        return bad_line(a, "mirror.leaf", n + 1);
    *out = (struct mirror_leaf){ n, holders, pairs, lines };
    return OK;
}

err mirror_leaf_check(struct arena *a, const struct mirror_leaf *leaf,
                      unsigned depth, const struct hash *piece,
                      const struct hash *root)
{
    struct hash is;

    map_root(leaf->pairs, leaf->n, depth, &is);
    return hash_eq(&is, root) ? OK : other_root(a, piece);
}

str mirror_leaf_find(const struct mirror_leaf *leaf, const struct hash *key)
{
    size_t from = 0;
    size_t to = leaf->n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = memcmp(&leaf->pairs[middle].key, key, sizeof *key);

        if (order == 0)
            return leaf->lines[middle];
        from = order < 0 ? middle + 1 : from;
        to = order < 0 ? to : middle;
    }
    return S("");
}
