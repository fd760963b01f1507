#include "scheme/reading.h"

#include "base/arena.h"
#include "base/buf.h"

/* --- problems --------------------------------------------------------- */

static void keep_problem(struct reading *r, struct problem *p)
{
    if (r->last == NULL)
        r->first = p;
    else
        r->last->next = p;
    r->last = p;
    r->kept++;
}

void reading_problem(struct reading *r, const struct yaml *y, err what)
{
    struct problem *p = arena_zero(r->arena, sizeof *p);

    if (p == NULL || what.info->code == ERR_MEMORY) {
        r->fatal = err_memory();
        return;
    }
    *p = (struct problem){
        .file = r->file,
        .line = y == NULL ? 1 : y->line,
        .column = y == NULL ? 1 : y->column,
        .what = what,
    };
    r->count++;
    if (r->kept < PROBLEM_MAX)
        keep_problem(r, p);
}

static int64_t number_of(err e, const char *name, int64_t otherwise)
{
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, name) == 0)
            return g->number;
    }
    return otherwise;
}

const struct yaml *reading_parse(struct reading *r, str text)
{
    struct yaml *root = NULL;
    err e = yaml_parse(r->arena, r->file, text, &root);

    if (!failed(e))
        return root;

    struct yaml at = {
        .line = (int32_t)number_of(e, "line", 1),
        .column = (int32_t)number_of(e, "column", 1),
    };
    reading_problem(r, &at, e);
    return NULL;
}

static bool stands_before(const struct problem *a, const struct problem *b)
{
    return a->line < b->line || (a->line == b->line && a->column < b->column);
}

/* Problems come part by part; people read them down the file.  Two at one
 * place stay in the order they were found. */
static struct problem *sorted(struct problem *p)
{
    struct problem *first = NULL;

    while (p != NULL) {
        struct problem **at = &first;
        struct problem *next = p->next;

        while (*at != NULL && !stands_before(p, *at))
            at = &(*at)->next;
        p->next = *at;
        *at = p;
        p = next;
    }
    return first;
}

err reading_end(struct reading *r, struct problem **problems)
{
    TRY(r->fatal);
    if (r->count == 0)
        return OK;

    err e = err_new(r->arena, ERR_INVALID, "reading.problems",
                    ARG_STR("name", r->file), ARG_INT("count", r->count));
    if (e.info->code != ERR_MEMORY)
        *problems = sorted(r->first);
    return e;
}

void *reading_array(struct reading *r, size_t n, size_t size)
{
    void *p = arena_array(r->arena, n, size);

    if (p == NULL)
        r->fatal = err_memory();
    return p;
}

const struct yaml *reading_nth(const struct yaml *list, size_t i)
{
    const struct yaml *y = list->first;

    for (; i > 0; i--)
        y = y->next;
    return y;
}

/* --- names ------------------------------------------------------------ */

str reading_names(struct reading *r, const char *const *names)
{
    struct buf b;
    str out = S("");

    buf_init(&b, r->arena, 4000);
    for (size_t i = 0; names[i] != NULL; i++)
        buf_printf(&b, "%s%s", i > 0 ? ", " : "", names[i]);
    if (failed(buf_done(&b, &out)))
        r->fatal = err_memory();
    return out;
}

enum { KEY_MAX = 24 };

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;

    return m < c ? m : c;
}

/* Levenshtein distance; texts longer than KEY_MAX are far from everything. */
static size_t distance(str a, str b)
{
    size_t row[KEY_MAX + 1];

    if (a.n > KEY_MAX || b.n > KEY_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t corner = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t change = corner + (a.p[i - 1] != b.p[j - 1]);

            corner = row[j];
            row[j] = smallest(row[j] + 1, row[j - 1] + 1, change);
        }
    }
    return row[b.n];
}

static bool is_known(str key, const char *const *keys)
{
    for (size_t i = 0; keys[i] != NULL; i++) {
        if (str_eq(key, str_of(keys[i])))
            return true;
    }
    return false;
}

/* The known key that `key` was meant to be, judging by its letters: a third of
 * them and one more may be wrong.  Empty when none is near. */
static str nearest(str key, const char *const *keys)
{
    size_t best = key.n / 3 + 1;
    str found = S("");

    for (size_t i = 0; keys[i] != NULL; i++) {
        size_t d = distance(key, str_of(keys[i]));

        if (d < best || (d == best && found.n == 0)) {
            best = d;
            found = str_of(keys[i]);
        }
    }
    return found;
}

static void unknown_key(struct reading *r, const struct yaml *member,
                        const char *const *keys)
{
    struct yaml at = { .line = member->key_line, .column = member->key_column };
    str meant = nearest(member->key, keys);

    if (meant.n > 0)
        PROBLEM(r, &at, "reading.unknown_key", ARG_STR("key", member->key),
                ARG_STR("nearest", meant));
    else
        PROBLEM(r, &at, "reading.unknown_of", ARG_STR("key", member->key),
                ARG_STR("known", reading_names(r, keys)));
}

bool reading_mapping(struct reading *r, const struct yaml *y,
                     const char *const *keys)
{
    if (y == NULL)
        return false;
    if (y->kind != YAML_MAPPING) {
        PROBLEM(r, y, "reading.mapping",
                ARG_STR("known", reading_names(r, keys)));
        return false;
    }
    for (const struct yaml *m = y->first; m != NULL; m = m->next) {
        if (!is_known(m->key, keys))
            unknown_key(r, m, keys);
    }
    return true;
}

const struct yaml *reading_need(struct reading *r, const struct yaml *mapping,
                                const char *key)
{
    const struct yaml *y = yaml_get(mapping, str_of(key));

    if (y == NULL && mapping != NULL)
        PROBLEM(r, mapping, "reading.missing", ARG_STR("key", str_of(key)));
    return y;
}

const struct yaml *reading_list(struct reading *r, const struct yaml *mapping,
                                const char *key, size_t least, size_t most)
{
    const struct yaml *y = least > 0 ? reading_need(r, mapping, key)
                                     : yaml_get(mapping, str_of(key));

    if (y == NULL)
        return NULL;
    if (y->kind != YAML_SEQUENCE) {
        PROBLEM(r, y, "reading.list", ARG_STR("key", str_of(key)));
        return NULL;
    }
    if (y->count < least || y->count > most) {
        PROBLEM(r, y, "reading.count", ARG_STR("key", str_of(key)),
                ARG_INT("given", y->count), ARG_INT("least", least),
                ARG_INT("most", most));
        return NULL;
    }
    return y;
}
