#include "verify/log_copy.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "codec/json.h"

#include <stdio.h>

static const int64_t second = 1000000;

enum { PAPER_KEY_MAX = 1024 }; /* RSA of 4096 bits takes 550 bytes */

/* --- bundles ------------------------------------------------------------ */

bool log_copy_next(const struct log_copy *c, struct tile *out)
{
    uint64_t index = c->edge.size / TILE_WIDTH;
    uint32_t width = tile_width(c->seen.body.size, TILE_ENTRIES, index);

    if (c->edge.size >= c->seen.body.size)
        return false;
    *out = (struct tile){ TILE_ENTRIES, index, width };
    return true;
}

/* The entry that `rest` begins with, after its length in two bytes. */
static bool take_entry(str *rest, str *leaf)
{
    size_t n;

    if (rest->n < 2)
        return false;
    n = (size_t)(unsigned char)rest->p[0] << 8 | (unsigned char)rest->p[1];
    if (rest->n - 2 < n)
        return false;
    *leaf = str_first(str_from(*rest, 2), n);
    *rest = str_from(*rest, 2 + n);
    return true;
}

/* --- what is kept [LC3] ------------------------------------------------- */

static err keep(struct log_copy *c, str leaf, struct log_found **first,
                struct log_found **last)
{
    struct log_found *made = arena_zero(c->a, sizeof *made);

    TRY_MEMORY(made != NULL && arena_str(c->a, leaf, &leaf));
    made->index = c->edge.size;
    TRY(entry_read(c->a, leaf, &made->entry));
    if (*last == NULL)
        *first = made;
    else
        (*last)->next = made;
    *last = made;
    return OK;
}

/* Of the certificate, or of the one whose sub-certificate it is. */
static bool is_about(const struct log_copy *c, const struct log_entry *e)
{
    str number = c->number;

    if (number.n == 0 || e->number.n == 0)
        return false;
    return str_eq(e->number, number) ||
           (str_begins(number, e->number) &&
            str_begins(str_from(number, e->number.n), S("-")));
}

/* The hash of a subtree goes to its place in its tile. [LC4] */
static err put_hash(struct log_copy *c, size_t level, uint64_t index,
                    const struct hash *hash)
{
    if (c->tiles[level] == NULL)
        c->tiles[level] = arena_array(c->a, TILE_WIDTH, sizeof *hash);
    TRY_MEMORY(c->tiles[level]);
    c->tiles[level][index % TILE_WIDTH] = *hash;
    return OK;
}

static err append(struct log_copy *c, str leaf)
{
    struct hash made[MERKLE_LEVELS];
    struct hash hash;
    uint64_t index = c->edge.size;

    merkle_leaf(leaf, &hash);
    size_t n = merkle_append(&c->edge, &hash, made);
    for (size_t k = 0; k < n; k += TILE_HEIGHT)
        TRY(put_hash(c, k / TILE_HEIGHT, index >> k, &made[k]));
    return OK;
}

static err take_leaf(struct log_copy *c, struct arena *scratch, str leaf)
{
    struct log_entry e = { 0 };
    day on;

    TRY(entry_read(scratch, leaf, &e));
    on = day_of_micros(e.at);
    if (is_about(c, &e))
        TRY(keep(c, leaf, &c->about, &c->last_about));
    if (str_begins(e.kind, S("key.")))
        TRY(keep(c, leaf, &c->keys, &c->last_key));
    if (on > c->as_of && c->seen.witnesses == 0)
        c->as_of = on;
    return append(c, leaf);
}

err log_copy_add(struct log_copy *c, struct arena *scratch, str bytes)
{
    struct tile tile = { 0 };
    bool more = log_copy_next(c, &tile);
    str leaf;

    for (uint32_t i = 0; more && i < tile.width; i++) {
        if (!take_entry(&bytes, &leaf))
            return err_new(c->a, ERR_INVALID, "log_copy.bundle",
                           ARG_INT("index", tile.index));
        TRY(take_leaf(c, scratch, leaf));
    }
    if (bytes.n > 0)
        return err_new(c->a, ERR_INVALID, "log_copy.bundle",
                       ARG_INT("index", tile.index));
    return OK;
}

/* --- tiles of hashes [LC4] ---------------------------------------------- */

bool log_copy_tile(const struct log_copy *c, int level, struct tile *out)
{
    const unsigned bits = (unsigned)level * TILE_HEIGHT;
    const uint64_t subtrees = c->edge.size >> bits;
    const uint64_t beyond = c->edge.size - (subtrees << bits);
    const uint32_t width = (uint32_t)(subtrees % TILE_WIDTH);

    if (subtrees == 0)
        return false;
    if (width > 0)
        *out = (struct tile){ level, subtrees / TILE_WIDTH, width };
    else
        *out = (struct tile){ level, subtrees / TILE_WIDTH - 1, TILE_WIDTH };
    return width > 0 ? c->edge.size == c->seen.body.size : beyond == 0;
}

void log_copy_compare(struct log_copy *c, struct tile t, str bytes)
{
    const struct hash *hashes = c->tiles[t.level];
    bool fits = bytes.n == t.width * sizeof *hashes &&
                memcmp(bytes.p, hashes, bytes.n) == 0;

    if (!fits && c->misfit.width == 0)
        c->misfit = t;
}

static err check_fit(const struct log_copy *c)
{
    char path[TILE_PATH];

    if (c->misfit.width == 0)
        return OK;
    return err_new(c->a, ERR_INVALID, "log_copy.tile",
                   ARG_STR("path", tile_path(c->misfit, path)));
}

/* --- beginning and end -------------------------------------------------- */

/* The newest day a witness has cosigned on. [LC2] */
static day witnessed_until(const struct trust_policy *p,
                           const struct policy_seen *seen)
{
    day newest = DAY_MIN;

    for (size_t i = 0; i < p->name_count; i++) {
        if (p->names[i].group || !seen->cosigned[i] ||
            seen->times[i] > INT64_MAX / second)
            continue;
        day on = day_of_micros(seen->times[i] * second);
        newest = on > newest ? on : newest;
    }
    return newest;
}

err log_copy_begin(struct log_copy *c, struct arena *a,
                   const struct trust_policy *policy, str note, str number)
{
    struct log_copy *made = arena_zero(a, sizeof *made);

    TRY_MEMORY(made);
    made->a = a;
    made->number = number;
    TRY(policy_check(a, policy, note, &made->seen));
    if (!made->seen.quorum)
        return err_new(a, ERR_INVALID, "proof.quorum",
                       ARG_INT("count", made->seen.witnesses));
    made->as_of = witnessed_until(policy, &made->seen);
    *c = *made;
    return OK;
}

err log_copy_end(struct log_copy *c)
{
    struct hash root;

    merkle_edge_root(&c->edge, &root);
    if (c->edge.size != c->seen.body.size ||
        !hash_eq(&root, &c->seen.body.root))
        return err_new(c->a, ERR_INVALID, "log_copy.root",
                       ARG_INT("size", c->seen.body.size));
    return check_fit(c);
}

/* --- keys --------------------------------------------------------------- */

/* Is the entry about the key that documents call `name`, "credential-1"? */
static bool is_of_key(const struct log_entry *e, str name)
{
    str purpose = json_get_str(e->open, S("purpose"));
    const struct json *serial = json_get(e->open, S("serial"));
    char text[40];

    if (serial == NULL || serial->kind != JSON_INT || purpose.n == 0 ||
        !str_begins(name, purpose))
        return false;
    (void)snprintf(text, sizeof text, "-%lld", (long long)serial->number);
    return str_eq(str_from(name, purpose.n), str_of(text));
}

/* Others may have it. */
static bool is_lost(const struct log_entry *e)
{
    return str_eq(e->kind, S("key.retired")) &&
           str_eq(json_get_str(e->open, S("ending")), S("compromised"));
}

static day lost_since(const struct log_entry *e)
{
    day since = e->on;

    (void)day_parse(json_get_str(e->open, S("since")), &since);
    return since;
}

static err key_was_lost(const struct log_copy *c, const struct log_entry *e,
                        str name)
{
    return err_new(c->a, ERR_INVALID, "log_copy.key_lost", ARG_STR("key", name),
                   ARG_DAY("since", lost_since(e)));
}

err log_copy_check_key(const struct log_copy *c, str name,
                       const uint8_t public[static SIGN_PUBLIC_BYTES])
{
    bool made = false;

    for (const struct log_found *f = c->keys; f != NULL; f = f->next) {
        uint8_t key[SIGN_PUBLIC_BYTES];

        if (!is_of_key(&f->entry, name))
            continue;
        if (is_lost(&f->entry))
            return key_was_lost(c, &f->entry, name);
        if (str_eq(f->entry.kind, S("key.made")) &&
            hex_parse(json_get_str(f->entry.open, S("public")), key,
                      sizeof key) &&
            memcmp(key, public, sizeof key) == 0)
            made = true;
    }
    if (made)
        return OK;
    return err_new(c->a, ERR_NOT_FOUND, "log_copy.key", ARG_STR("key", name));
}

/* The entry by which the body has made this key; *any: it has made one. */
static const struct log_entry *find_paper_key(const struct log_copy *c, str key,
                                              bool *any)
{
    *any = false;
    for (const struct log_found *f = c->keys; f != NULL; f = f->next) {
        uint8_t made[PAPER_KEY_MAX];
        str hex = json_get_str(f->entry.open, S("public"));

        if (!str_eq(f->entry.kind, S("key.made")) ||
            !str_eq(json_get_str(f->entry.open, S("purpose")), S("pdf")))
            continue;
        *any = true;
        if (key.n <= sizeof made && hex_parse(hex, made, key.n) &&
            memcmp(made, key.p, key.n) == 0)
            return &f->entry;
    }
    return NULL;
}

/* "pdf-1" */
static err paper_name(struct arena *a, const struct log_entry *made, str *out)
{
    const struct json *serial = json_get(made->open, S("serial"));
    struct buf b;

    buf_init(&b, a, 40);
    buf_printf(&b, "pdf-%lld", serial == NULL ? 0 : (long long)serial->number);
    return buf_done(&b, out);
}

err log_copy_check_paper(const struct log_copy *c, str key, day seen, str *name)
{
    bool any;
    const struct log_entry *made = find_paper_key(c, key, &any);

    if (made == NULL)
        return any ? err_new(c->a, ERR_INVALID, "log_copy.paper_key")
                   : err_new(c->a, ERR_NOT_FOUND, "log_copy.no_papers");
    TRY(paper_name(c->a, made, name));
    for (const struct log_found *f = c->keys; f != NULL; f = f->next) {
        if (is_of_key(&f->entry, *name) && is_lost(&f->entry) &&
            seen >= lost_since(&f->entry))
            return key_was_lost(c, &f->entry, *name);
    }
    return OK;
}
