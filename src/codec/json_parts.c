#include "codec/json_parts.h"

#include "base/arena.h"
#include "codec/json.h"
#include "codec/utf8.h"

#include <stdlib.h>

/* Objects up to this size are looked through pair by pair: no more work than
 * qsort() makes of them, and no memory. */
enum { FEW_MEMBERS = 16 };

static bool continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Up to JSON_NEAR characters before text.p[end]; empty if they are none. */
static str lead_up(str text, size_t end)
{
    size_t from = end;
    int n = 0;

    while (from > 0 && n < JSON_NEAR) {
        from--;
        n += !continues(text.p[from]);
    }
    str near = { text.p + from, end - from };
    return utf8_check(near, NULL) ? str_trim(near) : S("");
}

struct json_place json_place(str text, size_t at)
{
    struct json_place place = { .line = 1, .column = 1 };
    size_t end = at;

    for (size_t i = 0; i < at; i++) {
        bool begins_next = i + 1 >= text.n || !continues(text.p[i + 1]);

        if (text.p[i] == '\n') {
            place.line++;
            place.column = 1;
        } else if (begins_next) {
            place.column++;
        }
    }
    while (end < text.n && (end == at || continues(text.p[end])))
        end++;
    place.near = lead_up(text, end);
    return place;
}

/*
 * It differs from the order of UTF-8 bytes only between U+E000..U+FFFF (lead
 * bytes EE, EF) and what lies above (F0..F4), which UTF-16 writes with the
 * smaller surrogates.
 */
int json_key_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;

    for (size_t i = 0; i < n; i++) {
        unsigned char x = (unsigned char)a.p[i];
        unsigned char y = (unsigned char)b.p[i];

        if (x == y)
            continue;
        if (x >= 0xee && y >= 0xee && (x >= 0xf0) != (y >= 0xf0))
            return x > y ? -1 : 1;
        return x < y ? -1 : 1;
    }
    return (a.n > b.n) - (a.n < b.n);
}

static int member_cmp(const void *x, const void *y)
{
    const struct json *const *a = x;
    const struct json *const *b = y;
    int c = json_key_cmp((*a)->key, (*b)->key);

    /* Equal keys in the order of the text, whichever way qsort() goes. */
    return c != 0 ? c
                  : ((*a)->key.p > (*b)->key.p) - ((*a)->key.p < (*b)->key.p);
}

/* Put `m` where it belongs among the `n` that are sorted; most come in order.
 */
static void insert(const struct json **sorted, size_t n, const struct json *m)
{
    size_t at = n;

    for (; at > 0 && member_cmp(&sorted[at - 1], &m) > 0; at--)
        sorted[at] = sorted[at - 1];
    sorted[at] = m;
}

const struct json **json_sorted(struct arena *a, const struct json *object)
{
    const struct json **sorted =
        arena_array(a, object->count, sizeof(const struct json *));
    size_t n = 0;

    if (sorted == NULL)
        return NULL;
    bool few = object->count <= FEW_MEMBERS;
    for (const struct json *m = object->first; m != NULL; m = m->next, n++) {
        if (few)
            insert(sorted, n, m);
        else
            sorted[n] = m;
    }
    if (!few)
        qsort(sorted, n, sizeof(const struct json *), member_cmp);
    return sorted;
}

static const struct json *duplicate_of_few(const struct json *object)
{
    for (const struct json *m = object->first; m != NULL; m = m->next) {
        for (const struct json *e = object->first; e != m; e = e->next) {
            if (str_eq(e->key, m->key))
                return m;
        }
    }
    return NULL;
}

bool json_find_duplicate(struct arena *a, const struct json *object,
                         const struct json **out)
{
    const struct json *found = NULL;

    if (object->count <= FEW_MEMBERS) {
        *out = duplicate_of_few(object);
        return true;
    }

    const struct json **sorted = json_sorted(a, object);
    if (sorted == NULL)
        return false;
    for (size_t i = 1; i < object->count; i++) {
        const struct json *m = sorted[i];

        if (str_eq(sorted[i - 1]->key, m->key) &&
            (found == NULL || m->key.p < found->key.p))
            found = m;
    }
    *out = found;
    return true;
}
