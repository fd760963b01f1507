#include "verify/tree.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "crypto/hash.h"

enum { PATH_MAX_BYTES = 400 };

struct json *tree_share(struct arena *a, const struct json *j)
{
    struct json *made = j == NULL ? NULL : arena_zero(a, sizeof *made);

    if (made != NULL) {
        *made = *j;
        made->next = NULL;
    }
    return made;
}

err tree_without(struct arena *a, const struct json *object, str key,
                 struct json **out)
{
    struct json *made = json_new_object(a);

    for (const struct json *m = object->first; m != NULL; m = m->next) {
        if (!str_eq(m->key, key))
            json_set(made, m->key, tree_share(a, m));
    }
    TRY_MEMORY(made != NULL && !made->broken);
    *out = made;
    return OK;
}

/* How long the canonical text of `j` will be, when it is an object made of
 * members that were read (json.h [J5]): each has its source, and beside it a
 * key in quotes, a colon and a comma. */
static size_t about_bytes(const struct json *j)
{
    size_t n = 2;

    if (j == NULL || j->source.n > 0)
        return j == NULL ? 0 : j->source.n;
    for (const struct json *m = j->first; m != NULL; m = m->next)
        n += m->key.n + 4 + m->source.n;
    return n;
}

err tree_text(struct arena *a, const struct json *j, str *out)
{
    struct buf b;

    buf_init(&b, a, TREE_TEXT_MAX);
    buf_expect(&b, about_bytes(j));
    json_canonical(&b, j);
    return buf_done(&b, out);
}

err tree_hash(struct arena *a, const struct json *j, struct hash *out)
{
    str text;

    TRY(tree_text(a, j, &text));
    sha256(text.p, text.n, out->b);
    return OK;
}

/* As it was read: a canonical text without the member `m` of the object that
 * it is, and without the comma on one side. */
static void hash_around(str text, const struct json *m, struct hash *out)
{
    size_t from = (size_t)(m->key.p - 1 - text.p);
    size_t to = (size_t)(m->source.p + m->source.n - text.p);
    struct sha256 h;

    if (text.p[to] == ',')
        to++;
    else if (text.p[from - 1] == ',')
        from--;
    sha256_init(&h);
    sha256_add(&h, text.p, from);
    sha256_add(&h, text.p + to, text.n - to);
    sha256_end(&h, out->b);
}

err tree_hash_without(struct arena *a, const struct json *object, str key,
                      struct hash *out)
{
    const struct json *m = json_get(object, key);
    struct json *rest = NULL;

    if (m == NULL)
        return tree_hash(a, object, out);
    if (object->source.n > 0) { /* it has sources throughout */
        hash_around(object->source, m, out);
        return OK;
    }
    TRY(tree_without(a, object, key, &rest));
    return tree_hash(a, rest, out);
}

/* --- in a canonical text ------------------------------------------------ */

/* Behind the string that begins at `at`. */
static size_t behind_string(str t, size_t at)
{
    for (at++; at < t.n && t.p[at] != '"'; at++)
        at += t.p[at] == '\\' ? 1 : 0;
    return at + 1;
}

/* Behind the value that begins at `at`: at the comma after it, or at the end of
 * what it stands in. */
static size_t behind_value(str t, size_t at)
{
    int depth = 0;

    while (at < t.n) {
        char c = t.p[at];

        if (depth == 0 && (c == ',' || c == '}' || c == ']'))
            break;
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        at = c == '"' ? behind_string(t, at) : at + 1;
    }
    return at;
}

/* A member of an object's text. */
struct place {
    size_t at; /* where it begins; at the end: there is none */
    str key;
    str value;
};

/* The first, for at = 1, or the one after another. */
static struct place member_at(str t, size_t at)
{
    struct place m = { .at = at };

    if (at + 1 >= t.n)
        return m;
    size_t colon = behind_string(t, at);
    size_t end = behind_value(t, colon + 1);

    m.key = (str){ t.p + at + 1, colon - at - 2 };
    m.value = (str){ t.p + colon + 1, end - colon - 1 };
    return m;
}

/* The first whose key is not before `key`.  Both orders are the same for what
 * is ASCII: RFC 8785 compares UTF-16. */
static struct place find_place(str t, str key)
{
    struct place m = member_at(t, 1);

    while (m.key.n > 0 && str_cmp(m.key, key) < 0) {
        size_t end = (size_t)(m.value.p - t.p) + m.value.n;

        m = member_at(t, t.p[end] == ',' ? end + 1 : end);
    }
    return m;
}

str tree_text_of(str text, str key)
{
    struct place m = find_place(text, key);

    return str_eq(m.key, key) ? m.value : S("");
}

err tree_text_with(struct arena *a, str text, str key, str value, str *out)
{
    size_t at = find_place(text, key).at;
    bool last = at + 1 >= text.n;
    struct buf b;

    buf_init(&b, a, TREE_TEXT_MAX);
    buf_expect(&b, text.n + key.n + value.n + sizeof "\"\":,");
    buf_str(&b, str_first(text, at));
    buf_str(&b, last && at > 1 ? S(",\"") : S("\""));
    buf_str(&b, key);
    buf_str(&b, S("\":"));
    buf_str(&b, value);
    buf_str(&b, last ? S("") : S(","));
    buf_str(&b, str_from(text, at));
    return buf_done(&b, out);
}

/* --- where two trees part ----------------------------------------------- */

/* The way down to the place that is compared, as a list from the inside out. */
struct step {
    const struct step *above;
    str key;   /* of a member */
    size_t at; /* of an element, when `key` has no bytes */
};

static void put_path(struct buf *b, const struct step *s)
{
    if (s == NULL)
        return;
    put_path(b, s->above);
    if (s->key.n == 0) {
        buf_printf(b, "[%zu]", s->at);
        return;
    }
    if (b->n > 0)
        buf_char(b, '.');
    buf_str(b, str_first(s->key, 60));
}

static err say(struct arena *a, const struct step *s, str *out)
{
    struct buf b;

    buf_init(&b, a, PATH_MAX_BYTES);
    put_path(&b, s);
    if (err_is(b.first, ERR_LIMIT))
        b.first = OK; /* the beginning of so long a path will do */
    if (b.n == 0)
        buf_char(&b, '.');
    return buf_done(&b, out);
}

static bool same_scalar(const struct json *got, const struct json *want)
{
    switch (want->kind) {
    case JSON_BOOL: return got->boolean == want->boolean;
    case JSON_INT: return got->number == want->number;
    case JSON_REAL:
        return !(got->real < want->real) && !(got->real > want->real);
    case JSON_STR: return str_eq(got->text, want->text);
    case JSON_NULL:
    case JSON_ARRAY:
    case JSON_OBJECT: break;
    }
    return true;
}

static err differs(struct arena *a, const struct json *got,
                   const struct json *want, const struct step *here, str *out);

static err elements_differ(struct arena *a, const struct json *got,
                           const struct json *want, const struct step *here,
                           str *out)
{
    const struct json *g = got->first;
    struct step inner = { here, { NULL, 0 }, 0 };

    for (const struct json *w = want->first; w != NULL && out->n == 0;
         w = w->next, g = g->next, inner.at++) {
        if (g == NULL)
            return say(a, &inner, out);
        TRY(differs(a, g, w, &inner, out));
    }
    if (out->n == 0 && g != NULL)
        return say(a, &inner, out);
    return OK;
}

static err members_differ(struct arena *a, const struct json *got,
                          const struct json *want, const struct step *here,
                          str *out)
{
    const struct json *g = got->first;

    for (const struct json *w = want->first; w != NULL && out->n == 0;
         w = w->next) {
        struct step inner = { here, w->key, 0 };

        g = g != NULL && str_eq(g->key, w->key) ? g : json_get(got, w->key);
        TRY(differs(a, g, w, &inner, out));
        g = g == NULL ? NULL : g->next; /* mostly the next that is wanted */
    }
    if (out->n == 0 && got->count == want->count)
        return OK; /* each of them was found, and no key stands twice */
    for (g = got->first; g != NULL && out->n == 0; g = g->next) {
        struct step inner = { here, g->key, 0 };

        if (json_get(want, g->key) == NULL)
            return say(a, &inner, out);
    }
    return OK;
}

/* Recursion ends where `want` does. */
static err differs(struct arena *a, const struct json *got,
                   const struct json *want, const struct step *here, str *out)
{
    if (got == NULL || got->kind != want->kind || !same_scalar(got, want))
        return say(a, here, out);
    if (want->kind == JSON_ARRAY)
        return elements_differ(a, got, want, here, out);
    if (want->kind == JSON_OBJECT)
        return members_differ(a, got, want, here, out);
    return OK;
}

err tree_differs(struct arena *a, const struct json *got,
                 const struct json *want, str *out)
{
    str place = { NULL, 0 };

    TRY(differs(a, got, want, NULL, &place));
    *out = place;
    return OK;
}
