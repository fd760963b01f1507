#include "scheme/load.h"

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/hash.h"
#include "scheme/parts.h"

/* --- the package ------------------------------------------------------ */

static bool is_plain_name(str s)
{
    return s.n <= 100 && str_index(s, '/') == s.n && !str_begins(s, S("."));
}

bool package_path(str path)
{
    str golden = S("golden/");

    if (str_eq(path, S("scheme.yaml")) || str_eq(path, S("README.md")))
        return true;
    return str_begins(path, golden) && str_ends(path, S(".yaml")) &&
           is_plain_name(str_from(path, golden.n));
}

static err check_paths(struct arena *a, const struct package *p)
{
    for (size_t i = 0; i < p->n; i++) {
        str path = p->files[i].path;

        if (!package_path(path))
            return err_new(a, ERR_INVALID, "scheme.path",
                           ARG_STR("path", path));
        for (size_t j = 0; j < i; j++) {
            if (str_eq(path, p->files[j].path))
                return err_new(a, ERR_INVALID, "scheme.path_twice",
                               ARG_STR("path", path));
        }
    }
    return OK;
}

static const struct package_file *find_file(const struct package *p, str path)
{
    for (size_t i = 0; i < p->n; i++) {
        if (str_eq(p->files[i].path, path))
            return &p->files[i];
    }
    return NULL;
}

/* --- scheme.yaml ------------------------------------------------------ */

/* [SC5] Whatever is marked as assumed is explained in words. */
static void check_notes(struct reading *r, const struct yaml *root,
                        const struct scheme *s)
{
    bool assumed = s->fees.assumed || s->specials.assumed;

    for (size_t i = 0; i < s->indicator_count; i++)
        assumed = assumed || s->indicators[i].assumed;
    for (size_t i = 0; i < s->level_count; i++)
        assumed = assumed || s->levels[i].assumed;
    if (assumed && s->note_count == 0)
        PROBLEM(r, root, "scheme.no_notes");
}

static void load_parts(struct reading *r, const struct yaml *root,
                       struct scheme *s)
{
    static const char *const keys[] = {
        "format", "id",          "version",   "kind",         "method",
        "name",   "owner",       "criterion", "field",        "filing",
        "notes",  "figures",     "levels",    "specials",     "indicators",
        "stages", "eligibility", "documents", "limits",       "team",
        "sites",  "sample",      "defence",   "surveillance", "certificate",
        "fees",   "trades",      "contract",  "measures",     "decision",
        "advice", NULL,
    };

    if (!reading_mapping(r, root, keys))
        return;

    bool sound = load_identity(r, root, s);
    sound = load_indicators(r, root, s) && sound;
    bool levels = load_levels(r, root, s);
    sound = load_specials(r, root, s) && sound;
    load_eligibility(r, root, s);
    load_documents(r, root, s);
    load_stages(r, root, s);
    load_limits(r, root, s);
    bool audit = load_audit(r, root, s);
    load_surveillance(r, root, s);
    load_measures(r, root, s);
    sound = load_fees(r, root, s) && sound;
    load_contract(r, root, s);
    load_certificate(r, root, s);
    if (levels)
        load_level_factors(r, root, s);
    if (levels && audit)
        check_gates(r, root, s);
    if (levels && sound)
        check_notes(r, root, s);
}

static err load(struct arena *a, const struct package *p, bool frozen,
                struct scheme **out, struct problem **problems)
{
    const struct package_file *file = find_file(p, S("scheme.yaml"));
    struct scheme *s = arena_zero(a, sizeof *s);
    struct reading r = {
        .arena = a,
        .file = S("scheme.yaml"),
        .frozen = frozen,
    };

    *problems = NULL;
    TRY_MEMORY(s);
    TRY(check_paths(a, p));
    if (file == NULL)
        return err_new(a, ERR_INVALID, "scheme.no_file");

    const struct yaml *root = reading_parse(&r, file->bytes);
    if (root != NULL)
        load_parts(&r, root, s);
    TRY(reading_end(&r, problems));
    s->hash = scheme_hash(p);
    *out = s;
    return OK;
}

err scheme_load(struct arena *a, const struct package *p, struct scheme **out,
                struct problem **problems)
{
    return load(a, p, false, out, problems);
}

err scheme_thaw(struct arena *a, const struct package *p, struct scheme **out,
                struct problem **problems)
{
    return load(a, p, true, out, problems);
}

void check_id(struct reading *r, const struct yaml *y, str own, const str *ids,
              size_t n, size_t stride)
{
    const char *at = (const char *)ids;

    for (size_t i = 0; own.n > 0 && i < n; i++, at += stride) {
        const str *other = (const void *)at;

        if (str_eq(*other, own)) {
            PROBLEM(r, yaml_get(y, S("id")), "scheme.id_twice",
                    ARG_STR("id", own));
            return;
        }
    }
}

/* --- [SC4] ------------------------------------------------------------ */

/* Whoever takes the bytes, one piece after the other. */
typedef void take_bytes(void *to, const void *p, size_t n);

static void give_number(take_bytes *take, void *to, uint64_t n, size_t bytes)
{
    uint8_t out[8];

    for (size_t i = 0; i < bytes; i++)
        out[i] = (uint8_t)(n >> (8 * (bytes - 1 - i)));
    take(to, out, bytes);
}

static bool is_hashed(str path)
{
    return !str_begins(path, S("golden/"));
}

/* The file with the smallest path after `last`; NULL after the largest. */
static const struct package_file *next_file(const struct package *p, str last)
{
    const struct package_file *best = NULL;

    for (size_t i = 0; i < p->n; i++) {
        const struct package_file *f = &p->files[i];

        if (is_hashed(f->path) && str_cmp(f->path, last) > 0 &&
            (best == NULL || str_cmp(f->path, best->path) < 0))
            best = f;
    }
    return best;
}

static void give_package(const struct package *p, take_bytes *take, void *to)
{
    const struct package_file *f;
    str last = S("");

    while ((f = next_file(p, last)) != NULL) {
        give_number(take, to, f->path.n, 4);
        take(to, f->path.p, f->path.n);
        give_number(take, to, f->bytes.n, 8);
        take(to, f->bytes.p, f->bytes.n);
        last = f->path;
    }
}

static void hash_bytes(void *to, const void *p, size_t n)
{
    sha256_add(to, p, n);
}

struct hash scheme_hash(const struct package *p)
{
    struct hash out;
    struct sha256 h;

    sha256_init(&h);
    give_package(p, hash_bytes, &h);
    sha256_end(&h, out.b);
    return out;
}

static void keep_bytes(void *to, const void *p, size_t n)
{
    buf_str(to, (str){ p, n });
}

err scheme_bytes(struct arena *a, const struct package *p, str *out)
{
    struct buf b;

    buf_init(&b, a, PACKAGE_BYTES_MAX);
    give_package(p, keep_bytes, &b);
    return buf_done(&b, out);
}
