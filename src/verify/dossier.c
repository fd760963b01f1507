#include "verify/dossier.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "codec/zip.h"
#include "merkle/tlog_proof.h"
#include "merkle/tree.h"

#include <string.h>

#define MANIFEST "manifest.json"
#define PROOF    "record.tlog-proof"
#define VKEY     "vkey"
#define README   "README.en.md"
#define READ_ME  "README.zh.md"
#define SCHEME   "scheme/"

enum {
    VERSION = 1,
    MANIFEST_MAX = 1 << 20,
    OTHER_FILES = 5, /* the first five above */
    PATH_MAX_BYTES = 80,
};

/* clang-format off */
static const struct field manifest_part_fields[] = {
    F_STR(struct manifest_part, part, 1, 40),
    F_HASH(struct manifest_part, seal),
    F_HASH_OPT(struct manifest_part, salt),
    F_STR_OPT(struct manifest_part, file, PATH_MAX_BYTES),
};
static const struct record manifest_part_record =
    RECORD(manifest_part, manifest_part_fields);

static const struct field dossier_manifest_fields[] = {
    F_INT(struct dossier_manifest, version, VERSION, VERSION),
    F_ID(struct dossier_manifest, case_id),
    F_HASH(struct dossier_manifest, scheme_hash),
    F_LIST(struct dossier_manifest, parts, DOSSIER_PARTS, DOSSIER_PARTS,
           &manifest_part_record),
};
static const struct record manifest_record =
    RECORD(dossier_manifest, dossier_manifest_fields);
/* clang-format on */

static err path_of(struct arena *a, const char *folder, str name,
                   const char *ending, str *out)
{
    struct buf b;

    buf_init(&b, a, ZIP_NAME_MAX + 1);
    buf_str(&b, str_of(folder));
    buf_str(&b, name);
    buf_str(&b, str_of(ending));
    return buf_done(&b, out);
}

static err part_path(struct arena *a, int part, str *out)
{
    return path_of(a, "parts/", str_of(dossier_part_names[part]), ".json", out);
}

static err refuse_part(struct arena *a, const char *why, int part)
{
    return err_new(a, ERR_INVALID, why,
                   ARG_STR("part", str_of(dossier_part_names[part])));
}

/* The canonical text of a struct. */
static err text_of(struct arena *a, const struct record *r, const void *from,
                   str *out)
{
    return record_text(a, r, from, DOSSIER_PART_MAX, out);
}

/* A struct of its canonical text; *same is false when it is none. [VD4] */
static err read_text(struct arena *a, const struct record *r, str text,
                     void *out, bool *same)
{
    struct json *j = NULL;
    str again = S("");
    err e = text.n > DOSSIER_PART_MAX ? OK : json_parse(a, text, &j);

    *same = false;
    if (!failed(e) && j != NULL)
        e = record_read(a, r, j, out);
    if (failed(e))
        return err_is(e, ERR_MEMORY) ? e : OK;
    if (j == NULL)
        return OK;
    TRY(text_of(a, r, out, &again));
    *same = str_eq(again, text);
    return OK;
}

/* --- writing -------------------------------------------------------------- */

static bool is_shown(const struct dossier_contents *c, int part)
{
    return (c->withheld >> part & 1) == 0;
}

static err write_manifest(struct arena *a, const struct dossier_contents *c,
                          str *out)
{
    struct manifest_part parts[DOSSIER_PARTS];
    struct dossier_manifest m = {
        .version = VERSION,
        .case_id = c->case_id,
        .scheme_hash = c->scheme_hash,
        .parts = { parts, DOSSIER_PARTS },
    };

    for (int i = 0; i < DOSSIER_PARTS; i++) {
        parts[i] = (struct manifest_part){
            .part = str_of(dossier_part_names[i]),
        };
        dossier_seal(&c->salts[i], c->parts[i], &parts[i].seal);
        if (!is_shown(c, i))
            continue;
        parts[i].salt = c->salts[i];
        TRY(part_path(a, i, &parts[i].file));
    }
    return text_of(a, &manifest_record, &m, out);
}

/* Is it one of the files that the package's hash is over? */
static bool is_hashed(str path)
{
    return !str_begins(path, S("golden/"));
}

static err add_scheme(struct arena *a, const struct package *p,
                      struct zip_file *files, size_t *n)
{
    for (size_t i = 0; i < p->n; i++) {
        if (!is_hashed(p->files[i].path))
            continue;
        files[*n].bytes = p->files[i].bytes;
        TRY(path_of(a, SCHEME, p->files[i].path, "", &files[(*n)++].name));
    }
    return OK;
}

/* In the order of their names. */
static err list_files(struct arena *a, const struct dossier_contents *c,
                      struct zip_file *files, size_t *n)
{
    str manifest;

    TRY(write_manifest(a, c, &manifest));
    files[(*n)++] = (struct zip_file){ S(README), c->readme_en };
    files[(*n)++] = (struct zip_file){ S(READ_ME), c->readme_zh };
    files[(*n)++] = (struct zip_file){ S(MANIFEST), manifest };
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        if (!is_shown(c, i))
            continue;
        files[*n].bytes = c->parts[i];
        TRY(part_path(a, i, &files[(*n)++].name));
    }
    files[(*n)++] = (struct zip_file){ S(PROOF), c->proof };
    TRY(add_scheme(a, c->scheme, files, n));
    files[(*n)++] = (struct zip_file){ S(VKEY), c->vkey };
    return OK;
}

err dossier_write(struct arena *a, const struct dossier_contents *c, str *out)
{
    struct zip_file *files =
        arena_array(a, OTHER_FILES + DOSSIER_PARTS + c->scheme->n,
                    sizeof *files);
    size_t n = 0;

    TRY_MEMORY(files);
    if (!is_shown(c, PART_SCHEME)) /* [VD1] */
        return refuse_part(a, "dossier.needed", PART_SCHEME);
    TRY(list_files(a, c, files, &n));
    return zip_write(a, files, n, out);
}

/* --- what is in it [VD4] -------------------------------------------------- */

struct opening {
    struct arena *arena;
    struct zip zip;
    struct dossier *d;
};

static err file_of(const struct opening *o, str name, str *out)
{
    const struct zip_file *f = zip_find(&o->zip, name);

    if (f == NULL)
        return err_new(o->arena, ERR_INVALID, "dossier.missing",
                       ARG_STR("name", name));
    *out = f->bytes;
    return OK;
}

static const struct manifest_part *manifest_of(const struct dossier *d, int i)
{
    return (const struct manifest_part *)d->manifest.parts.p + i;
}

/* A part is shown with its salt and its file, or not at all. */
static err check_line(const struct opening *o, int i, bool *fits)
{
    const struct manifest_part *p = manifest_of(o->d, i);
    bool shown = p->file.n > 0;
    str path = S("");

    TRY(part_path(o->arena, i, &path));
    *fits = str_eq(p->part, str_of(dossier_part_names[i])) &&
            shown == !hash_is_zero(&p->salt) &&
            (!shown || str_eq(p->file, path));
    if (!shown)
        o->d->withheld |= 1U << i;
    return OK;
}

static err read_manifest(const struct opening *o)
{
    bool fits;
    str text = S("");

    TRY(file_of(o, S(MANIFEST), &text));
    TRY(read_text(o->arena, &manifest_record, text, &o->d->manifest, &fits));
    for (int i = 0; i < DOSSIER_PARTS && fits; i++)
        TRY(check_line(o, i, &fits));
    if (!fits)
        return err_new(o->arena, ERR_INVALID, "dossier.manifest");
    if ((o->d->withheld >> PART_SCHEME & 1) != 0)
        return refuse_part(o->arena, "dossier.needed", PART_SCHEME);
    return OK;
}

static bool belongs(const struct dossier *d, str name)
{
    static const str others[OTHER_FILES] = {
        S_INIT(README), S_INIT(READ_ME), S_INIT(MANIFEST),
        S_INIT(PROOF),  S_INIT(VKEY),
    };

    for (size_t i = 0; i < COUNT(others); i++) {
        if (str_eq(name, others[i]))
            return true;
    }
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        if (str_eq(name, manifest_of(d, i)->file))
            return true;
    }
    return str_begins(name, S(SCHEME)) && is_hashed(str_from(name, 7));
}

static err check_files(const struct opening *o)
{
    for (size_t i = 0; i < o->zip.n; i++) {
        if (!belongs(o->d, o->zip.files[i].name))
            return err_new(o->arena, ERR_INVALID, "dossier.extra",
                           ARG_STR("name", o->zip.files[i].name));
    }
    return OK;
}

/* --- the parts ------------------------------------------------------------ */

static err open_part(const struct opening *o, int i)
{
    const struct manifest_part *p = manifest_of(o->d, i);
    const struct record *r = dossier_part_records[i];
    void *data = arena_zero(o->arena, r->size);
    struct hash seal;
    bool same;
    str text = S("");

    TRY_MEMORY(data);
    if (p->file.n == 0) /* [VD2] */
        return OK;
    TRY(file_of(o, p->file, &text));
    dossier_seal(&p->salt, text, &seal);
    if (!hash_eq(&seal, &p->seal))
        return refuse_part(o->arena, "dossier.seal", i);
    TRY(read_text(o->arena, r, text, data, &same));
    if (!same)
        return refuse_part(o->arena, "dossier.part", i);
    o->d->parts[i] = data;
    return OK;
}

/* --- the entry ------------------------------------------------------------ */

static err wrong_entry(struct arena *a)
{
    return err_new(a, ERR_INVALID, "dossier.entry");
}

/* Does the entry have the very seals of the manifest? */
static bool has_seals(struct arena *a, const struct json *entry,
                      const struct dossier *d)
{
    const struct json *public = json_get(entry, S("public"));
    const struct json *parts =
        public == NULL ? NULL : json_get(public, S("parts"));
    int i = 0;

    if (parts == NULL || parts->kind != JSON_ARRAY ||
        parts->count != DOSSIER_PARTS)
        return false;
    for (const struct json *j = parts->first; j != NULL; j = j->next) {
        struct part_seal x = { 0 };
        const struct manifest_part *p = manifest_of(d, i++);

        if (failed(record_read(a, &part_seal_record, j, &x)) ||
            !str_eq(x.part, p->part) || !hash_eq(&x.seal, &p->seal))
            return false;
    }
    return true;
}

static err read_entry(const struct opening *o, str entry)
{
    struct json *j = NULL;
    const struct json *at;
    err e = json_parse(o->arena, entry, &j);

    if (failed(e))
        return err_is(e, ERR_MEMORY) ? e : wrong_entry(o->arena);
    at = json_get(j, S("at"));
    if (!str_eq(json_get_str(j, S("type")), S("record.committed")) ||
        at == NULL || at->kind != JSON_INT || !has_seals(o->arena, j, o->d))
        return wrong_entry(o->arena);
    o->d->at = at->number;
    o->d->on = json_get_str(j, S("on"));
    return OK;
}

/* [VD3] */
static err policy_of_own(struct arena *a, str vkey,
                         const struct trust_policy **out)
{
    struct buf b;
    str text = S("");

    buf_init(&b, a, POLICY_BYTES_MAX);
    buf_str(&b, S("log "));
    buf_str(&b, vkey);
    buf_str(&b, S("\nquorum none\n"));
    TRY(buf_done(&b, &text));
    return policy_read(a, text, out);
}

/* The key that lies in the dossier, which is to be the one that signed. */
static err read_vkey(const struct opening *o, str *vkey, struct note_key *key)
{
    str text = S("");
    err e;

    TRY(file_of(o, S(VKEY), &text));
    *vkey = str_first(text, str_index(text, '\n'));
    e = vkey->n + 1 == text.n ? note_key_parse(o->arena, *vkey, key)
                              : err_new(o->arena, ERR_INVALID, "dossier.vkey");
    if (failed(e) && !err_is(e, ERR_MEMORY))
        return err_new(o->arena, ERR_INVALID, "dossier.vkey");
    return e;
}

static err check_proof(const struct opening *o,
                       const struct trust_policy *policy)
{
    struct tlog_proof proof = { 0 };
    struct note_key key;
    struct hash leaf;
    str text = S("");
    str vkey = S("");

    TRY(read_vkey(o, &vkey, &key));
    o->d->own_key = policy == NULL;
    if (policy == NULL)
        TRY(policy_of_own(o->arena, vkey, &policy));
    TRY(file_of(o, S(PROOF), &text));
    TRY(tlog_proof_read(o->arena, text, &proof));
    if (!proof.has_extra)
        return wrong_entry(o->arena);
    merkle_leaf(proof.extra, &leaf);
    TRY(tlog_proof_check(o->arena, &proof, &leaf, policy, &o->d->seen));
    if (memcmp(o->d->seen.log->key.public, key.public, sizeof key.public) != 0)
        return err_new(o->arena, ERR_INVALID, "dossier.vkey");
    o->d->index = proof.index;
    return read_entry(o, proof.extra);
}

/* --- the package ---------------------------------------------------------- */

static err gather_package(const struct opening *o, struct package *out)
{
    struct package_file *files = arena_array(o->arena, o->zip.n, sizeof *files);
    size_t n = 0;

    TRY_MEMORY(files);
    for (size_t i = 0; i < o->zip.n; i++) {
        const struct zip_file *f = &o->zip.files[i];

        if (str_begins(f->name, S(SCHEME)))
            files[n++] =
                (struct package_file){ str_from(f->name, 7), f->bytes };
    }
    *out = (struct package){ files, n };
    return OK;
}

static err check_scheme(const struct opening *o)
{
    const struct dossier_scheme *said = o->d->parts[PART_SCHEME];
    struct problem *problems = NULL;
    struct package package;
    struct hash hash;

    TRY(gather_package(o, &package));
    hash = scheme_hash(&package);
    if (!hash_eq(&hash, &said->scheme_hash) ||
        !hash_eq(&hash, &o->d->manifest.scheme_hash))
        return err_new(o->arena, ERR_INVALID, "dossier.scheme");
    if (!id_eq(said->case_id, o->d->manifest.case_id))
        return err_new(o->arena, ERR_INVALID, "dossier.case");
    return scheme_thaw(o->arena, &package, &o->d->scheme, &problems);
}

err dossier_open(struct arena *a, str archive,
                 const struct trust_policy *policy, struct dossier *out)
{
    struct dossier *d = arena_zero(a, sizeof *d);
    struct opening o = { .arena = a, .d = d };

    TRY_MEMORY(d);
    TRY(zip_read(a, archive, &o.zip));
    TRY(read_manifest(&o));
    TRY(check_files(&o));
    for (int i = 0; i < DOSSIER_PARTS; i++)
        TRY(open_part(&o, i));
    TRY(check_proof(&o, policy));
    TRY(check_scheme(&o));
    *out = *d;
    return OK;
}
