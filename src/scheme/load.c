#include "scheme/load.h"

#include "base/arena.h"
#include "crypto/hash.h"
#include "scheme/reading.h"

static const struct package_file *find_file(const struct package *p, str path)
{
    for (size_t i = 0; i < p->n; i++) {
        if (str_eq(p->files[i].path, path))
            return &p->files[i];
    }
    return NULL;
}

static err load_parts(struct reading *r, const struct yaml *root)
{
    static const char *const keys[] = {
        "id",        "version",   "kind",        "method",     "name",
        "owner",     "criterion", "field",       "filing",     "notes",
        "figures",   "levels",    "specials",    "indicators", "eligibility",
        "documents", "stages",    "limits",      "team",       "sample",
        "defence",   "fees",      "certificate", NULL,
    };

    if (!reading_mapping(r, root, keys))
        return r->fatal;
    load_identity(r, root);
    load_indicators(r, root);
    load_levels(r, root);
    load_application(r, root);
    load_stages(r, root);
    load_audit(r, root);
    load_money(r, root);
    return r->fatal;
}

/* Problems come part by part; people read them down the file. */
static void sort_problems(struct reading *r)
{
    struct problem *sorted = NULL;

    while (r->first != NULL) {
        struct problem *p = r->first;
        struct problem **at = &sorted;

        r->first = p->next;
        while (*at != NULL &&
               ((*at)->line < p->line ||
                ((*at)->line == p->line && (*at)->column <= p->column)))
            at = &(*at)->next;
        p->next = *at;
        *at = p;
    }
    r->first = sorted;
}

static err report(struct reading *r, struct problem **problems)
{
    sort_problems(r);
    *problems = r->first;
    return err_new(r->arena, ERR_INVALID, "scheme.problems",
                   ARG_INT("count", r->count));
}

/* What YAML itself refuses is a problem of the file like any other. */
static err unreadable(struct reading *r, err e, struct problem **problems)
{
    struct yaml at = { .line = 1, .column = 1 };

    if (e.info->code == ERR_MEMORY)
        return e;
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, "line") == 0)
            at.line = (int32_t)g->number;
        if (strcmp(g->name, "column") == 0)
            at.column = (int32_t)g->number;
    }
    reading_problem(r, &at, e);
    return failed(r->fatal) ? r->fatal : report(r, problems);
}

err scheme_load(struct arena *a, const struct package *p, struct scheme **out,
                struct problem **problems)
{
    const struct package_file *file = find_file(p, S("scheme.yaml"));
    struct scheme *s = arena_zero(a, sizeof *s);
    struct reading r = { .arena = a, .file = S("scheme.yaml"), .scheme = s };
    struct yaml *root;

    TRY_MEMORY(s);
    *problems = NULL;
    if (file == NULL)
        return err_new(a, ERR_INVALID, "scheme.no_file");

    err e = yaml_parse(a, file->path, file->bytes, &root);
    if (failed(e))
        return unreadable(&r, e, problems);
    TRY(load_parts(&r, root));
    if (r.count > 0)
        return report(&r, problems);
    s->hash = scheme_hash(p);
    *out = s;
    return OK;
}

/* --- [SC4] ------------------------------------------------------------ */

static void add_number(struct sha256 *h, uint64_t n, size_t bytes)
{
    uint8_t out[8];

    for (size_t i = 0; i < bytes; i++)
        out[i] = (uint8_t)(n >> (8 * (bytes - 1 - i)));
    sha256_add(h, out, bytes);
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

struct hash scheme_hash(const struct package *p)
{
    const struct package_file *f;
    struct hash out;
    struct sha256 h;
    str last = S("");

    sha256_init(&h);
    while ((f = next_file(p, last)) != NULL) {
        add_number(&h, f->path.n, 4);
        sha256_add(&h, f->path.p, f->path.n);
        add_number(&h, f->bytes.n, 8);
        sha256_add(&h, f->bytes.p, f->bytes.n);
        last = f->path;
    }
    sha256_end(&h, out.b);
    return out;
}
